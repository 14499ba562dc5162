"""One file of the site: a path, what it depends on, a function that returns its bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

ANYWHERE = -1
"""The place of what shows no service, or all of them."""


@dataclass(frozen=True, slots=True)
class Artifact:
    """`path` is relative to the site (posix); `inputs` name all that `render` reads (`provider:kaku`, `theme`, …).

    Two artifacts with equal inputs in an unchanged state have equal bytes: the builder relies on it. `place` is where
    in the list of all services begins what is shown; those that are near each other are made by the same process.
    """

    path: str
    inputs: tuple[str, ...]
    render: Callable[[], bytes]
    place: int = ANYWHERE
