"""What may be asked of an answer: which tests fit a type, in which unit a number is told. See docs/matching.md.

The script's `match/conditions.js` says the same; `tests/test_matching.py` proves it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from catalog.model import Asks, Condition, Test

UNITS: Mapping[str, int] = {
    "second": 1,
    "minute": 60,
    "hour": 3_600,
    "day": 86_400,
    "week": 604_800,
    "month": 2_629_800,
    "year": 31_557_600,
}
"""Seconds of a unit that people tell a length of time in (months and years as `duration` compares them)."""
NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,6})?", re.ASCII)
MAX_WORDS = 100
"""The most characters of what an answer has to contain."""
_OWN_UNIT = {"duration": "s", "money": "JPY", "hours": "h/week"}
_NUMBERS = ("duration", "money", "hours", "ratio", "count")
_LISTS = ("place", "choice", "choices")


def compared(asks: Asks) -> Asks:
    """The answer whose value is compared: the detail of 有り where it has a comparable type, else the answer."""
    detail = asks.detail.asks if asks.type == "yes_no" and asks.detail else None
    return detail if detail and detail.type in (*_NUMBERS, *_LISTS) else asks


def tests(asks: Asks) -> tuple[Test, ...]:
    """What may be asked of answers to a field, the most natural first."""
    found: list[Test] = [Test.YES, Test.NO] if asks.type == "yes_no" else []
    own = compared(asks)
    if own.type in _NUMBERS:
        found += [Test.AT_LEAST, Test.AT_MOST]
    if own.type in _LISTS:
        found.append(Test.IN)
    if asks.type not in (*_NUMBERS, *_LISTS):
        found.append(Test.CONTAINS)
    return (*found, Test.ANSWERED)


def own_unit(asks: Asks) -> str:
    """The unit that a field's numbers are compared in, "" where any counts."""
    own = compared(asks)
    if own.type == "ratio":
        return own.unit or "%"
    if own.type == "count":
        return own.units[0] if own.units else ""
    return _OWN_UNIT.get(own.type, "")


def needs_unit(asks: Asks) -> bool:
    """Whether a number says nothing without its unit: of a length of time."""
    return compared(asks).type == "duration"


def threshold(condition: Condition) -> float:
    """The number in the unit that the field is compared in."""
    return float(condition.number) * UNITS.get(condition.unit, 1)
