"""法人番号: 13 digits, the first of which checks the others (国税庁)."""

from __future__ import annotations

import re

from catalog.answers.problem import Problem, problem
from catalog.answers.wording import tight
from catalog.model import Asks, Compare, Json


def parse(text: str, asks: Asks) -> Json | Problem:
    """The 13 digits."""
    digits = tight(text).replace("-", "")
    if not re.fullmatch(r"[0-9]{13}", digits):
        return problem("not-a-corporate-number", found=text.strip())
    expected = check_digit(digits[1:])
    if digits[0] != expected:
        return problem("corporate-number-check", found=digits, expected=expected)
    return digits


def check_digit(twelve: str) -> str:
    """9 - (Σ Pn·Qn mod 9) over the twelve digits counted from the right, Qn = 1 for odd n and 2 for even."""
    total = sum(int(digit) * (1 if n % 2 else 2) for n, digit in enumerate(reversed(twelve), 1))
    return str(9 - total % 9)


def text(value: Json, asks: Asks, language: str) -> str:
    return str(value)


def compare(value: Json, asks: Asks) -> Compare | None:
    return Compare(key=str(value))


def schema(asks: Asks) -> Json:
    return {"type": ["string", "number"], "pattern": r"^\D*([0-9０-９][^0-9０-９]*){13}$"}
