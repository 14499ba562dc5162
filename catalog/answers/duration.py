"""A length of time: 48時間, 10分間, 3ヶ月前, 5年. Value in ISO 8601 (`PT48H`), compared in seconds."""

from __future__ import annotations

import re
from decimal import Decimal

from catalog.answers.problem import Problem, problem
from catalog.answers.wording import ABOUT, BOUND, DIGITS, as_number, decimal, plain, split_remarks, tight
from catalog.model import Asks, Compare, Json

EXAMPLES = "48時間、10日、3ヶ月"
ANY = Asks("duration")

_UNIT = {
    "Y": r"年間?|years?",
    "M": r"[かカヶケヵ箇]月間?|months?",
    "W": r"週間?|weeks?",
    "D": r"日間?|days?",
    "H": r"時間|hours?|h",
    "T": r"分間?|minutes?|min",
    "S": r"秒間?|seconds?|sec",
}
"""By a letter of our own (`T` for minutes, which share ISO's M with months), longest first as one reads them."""
_PIECE = re.compile(rf"({DIGITS})(?:" + "|".join(f"(?P<{letter}>{unit})" for letter, unit in _UNIT.items()) + ")")
_WHOLE = re.compile(
    rf"{ABOUT}(?P<pieces>(?:{_PIECE.pattern.replace('?P<', '?P<_')})+)"
    rf"{BOUND}(?:前|後|毎|ごと|分|保存|保管)?{BOUND}"
)
_SECONDS = {
    "Y": Decimal(31_557_600),
    "M": Decimal(2_629_800),
    "D": Decimal(86_400),
    "H": Decimal(3_600),
    "T": Decimal(60),
    "S": Decimal(1),
}
"""A year is 365.25 days and a month its twelfth, so that 12 months equal one year."""
_ORDER = "YMDHTS"
_JA = {"Y": "年", "M": "ヶ月", "D": "日", "H": "時間", "T": "分", "S": "秒"}
_EN = {"Y": "year", "M": "month", "D": "day", "H": "hour", "T": "minute", "S": "second"}


def parse(text: str, asks: Asks) -> Json | Problem:
    """An ISO 8601 duration; weeks become days, 半年 six months."""
    core = split_remarks(tight(text))[0].lower()
    core = core.replace("半年", "6ヶ月").replace("半日", "12時間")
    match = _WHOLE.fullmatch(core)
    if not match:
        return problem("not-a-duration", found=text.strip(), expected=EXAMPLES)
    amounts: dict[str, Decimal] = {}
    for piece in _PIECE.finditer(match["pieces"]):
        letter = piece.lastgroup or ""
        amount = decimal(piece[1])
        if letter == "W":
            letter, amount = "D", amount * 7
        if any(_ORDER.index(earlier) >= _ORDER.index(letter) for earlier in amounts):
            return problem("not-a-duration", found=text.strip(), expected=EXAMPLES)
        amounts[letter] = amount
    return _iso(amounts)


def _iso(amounts: dict[str, Decimal]) -> str:
    days = "".join(f"{plain(amounts[letter])}{letter}" for letter in "YMD" if letter in amounts)
    times = "".join(f"{plain(amounts[letter])}{letter.replace('T', 'M')}" for letter in "HTS" if letter in amounts)
    return f"P{days}T{times}" if times else f"P{days}"


def _amounts(value: str) -> dict[str, Decimal]:
    days, _, times = value[1:].partition("T")
    found = {letter: Decimal(number) for number, letter in re.findall(r"([\d.]+)([YMD])", days)}
    return found | {
        letter.replace("M", "T"): Decimal(number) for number, letter in re.findall(r"([\d.]+)([HMS])", times)
    }


def text(value: Json, asks: Asks, language: str) -> str:
    amounts = _amounts(value)
    if language == "ja":
        return "".join(f"{plain(amount)}{_JA[letter]}" for letter, amount in amounts.items())
    return " ".join(f"{plain(amount)} {_EN[letter]}{'' if amount == 1 else 's'}" for letter, amount in amounts.items())


def compare(value: Json, asks: Asks) -> Compare | None:
    seconds = sum((_SECONDS[letter] * amount for letter, amount in _amounts(value).items()), Decimal(0))
    return Compare(number=as_number(seconds), unit="s")


def schema(asks: Asks) -> Json:
    return {"type": "string", "pattern": r"[0-9０-９]|半年|半日"}
