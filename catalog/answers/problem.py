"""Why a text is no answer of its type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from catalog.diagnostics import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """A code of `catalog.diagnostics.codes` and the values of its placeholders."""

    code: str
    values: Mapping[str, str | Text]


def problem(code: str, **values: str | Text) -> Problem:
    return Problem(code, values)
