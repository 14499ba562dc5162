"""The review of a pull request: what the check found and what the change means, as plain data.

`report` writes it where the contributor's files are read, without any rights; `comment` reads it where rights are, and
trusts nothing in it. Both show it through `page`. This module and `comment` use the standard library alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from catalog.changes import Changes, Problem, codec

FORMAT = 1
MAX_PROBLEMS = 1000
MAX_BYTES = 4 * 1024 * 1024
"""Of a review as JSON."""


@dataclass(frozen=True, slots=True)
class Review:
    """`problems` are the first ones, errors before warnings; the counts are of all. `changes` are None where there was
    nothing to compare with, or more than fits."""

    problems: tuple[Problem, ...]
    errors: int
    warnings: int
    changes: Changes | None


def review_of(problems: Iterable[Problem], changes: Changes | None) -> Review:
    every = sorted(problems, key=lambda one: (one.severity != "error", one.path, one.line, one.column))
    errors = sum(one.severity == "error" for one in every)
    return Review(tuple(every[:MAX_PROBLEMS]), errors, len(every) - errors, changes)


def to_bytes(review: Review) -> bytes:
    """As JSON; without the changes where these do not fit."""
    data = json.dumps({"format": FORMAT, "review": codec.to_json(review)}, ensure_ascii=False).encode(
        "utf-8", "replace"
    )
    if len(data) <= MAX_BYTES or review.changes is None:
        return data
    return to_bytes(replace(review, changes=None))


def from_bytes(data: bytes) -> Review:
    """What a stranger's computer sent, or `codec.Malformed`."""
    try:
        value = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise codec.Malformed("no JSON") from error
    if not isinstance(value, dict) or value.keys() != {"format", "review"} or value["format"] != FORMAT:
        raise codec.Malformed("another format")
    return codec.from_json(Review, value["review"])
