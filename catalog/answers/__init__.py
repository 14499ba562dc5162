"""The answer types: one module each, stating `parse`, `text`, `compare` and `schema`.

- `parse(text, asks)`: the typed value (JSON), or a `Problem`. The text is not empty; widths, dashes and white space
  are free.
- `text(value, asks, language)`: the value in words; the Japanese ones, parsed again, give the same value.
- `compare(value, asks)`: what sorting, facets and matching read, or None.
- `schema(asks)`: JSON Schema (draft-07) of what a file may hold.
"""

from __future__ import annotations

from typing import Protocol, cast

from catalog.answers import (
    choice,
    choices,
    contact,
    corporate_number,
    count,
    date,
    duration,
    holders,
    hours,
    line,
    money,
    parts,
    place,
    ratio,
    url,
    yes_no,
)
from catalog.answers import text as text_type
from catalog.answers.problem import Problem, problem
from catalog.model import Asks, Compare, Json

__all__ = ["LISTS", "OPTIONS", "TYPES", "AnswerType", "Problem", "accepts_list", "compare", "parse", "schema", "text"]


class AnswerType(Protocol):
    def parse(self, text: str, asks: Asks) -> Json | Problem: ...
    def text(self, value: Json, asks: Asks, language: str) -> str: ...
    def compare(self, value: Json, asks: Asks) -> Compare | None: ...
    def schema(self, asks: Asks) -> Json: ...


TYPES: dict[str, AnswerType] = {
    "line": cast(AnswerType, line),
    "text": cast(AnswerType, text_type),
    "date": cast(AnswerType, date),
    "url": cast(AnswerType, url),
    "corporate_number": cast(AnswerType, corporate_number),
    "count": cast(AnswerType, count),
    "money": cast(AnswerType, money),
    "ratio": cast(AnswerType, ratio),
    "duration": cast(AnswerType, duration),
    "hours": cast(AnswerType, hours),
    "choice": cast(AnswerType, choice),
    "choices": cast(AnswerType, choices),
    "yes_no": cast(AnswerType, yes_no),
    "place": cast(AnswerType, place),
    "holders": cast(AnswerType, holders),
    "contact": cast(AnswerType, contact),
    "parts": cast(AnswerType, parts),
}

OPTIONS: dict[str, frozenset[str]] = {
    "date": frozenset(("precision",)),
    "count": frozenset(("units",)),
    "ratio": frozenset(("unit", "min", "max")),
    "choice": frozenset(("choices",)),
    "choices": frozenset(("choices",)),
    "yes_no": frozenset(("words", "detail")),
    "place": frozenset(("multiple",)),
    "parts": frozenset(("parts",)),
}
"""The options that a type understands, beside `max_length`, which all do."""

LISTS = frozenset(("choices", "holders", "contact", "hours"))
"""The types whose answer may be written as a YAML list, one entry a line (and `place` with `multiple`)."""


MAX_LENGTH = 4000
"""Of an answer that is read by more than its lines. Whoever writes more than that wants `text:`."""


def parse(text: str, asks: Asks) -> Json | Problem:
    if len(text) > MAX_LENGTH and asks.type not in ("line", "text"):
        return problem("too-long", found=f"{len(text):,}", expected=f"{MAX_LENGTH:,}")
    return TYPES[asks.type].parse(text, asks)


def text(value: Json, asks: Asks, language: str) -> str:
    return TYPES[asks.type].text(value, asks, language)


def compare(value: Json, asks: Asks) -> Compare | None:
    return TYPES[asks.type].compare(value, asks)


def schema(asks: Asks) -> Json:
    return TYPES[asks.type].schema(asks)


def accepts_list(asks: Asks) -> bool:
    return asks.type in LISTS or asks.multiple
