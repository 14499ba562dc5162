"""A number of `compare` in words that people use: 48時間, 168億5,943万円, 99.95%; with 約 where it is rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from catalog.answers import duration
from catalog.answers.wording import plain

_DURATIONS = (
    ("Y", Decimal(31_557_600), Decimal(31_557_600)),
    ("M", Decimal(2_629_800), Decimal(2_629_800)),
    ("D", Decimal(86_400), Decimal(3 * 86_400)),
    ("TH", Decimal(3_600), Decimal(3_600)),
    ("TM", Decimal(60), Decimal(60)),
    ("TS", Decimal(1), Decimal(0)),
)
"""Units of time, their seconds, and from how many seconds on one counts in them: 48時間 is not 2日."""
_MOST = 1000
"""So many of a smaller unit are still easy to read: 18ヶ月 rather than 1.5年."""
_RATES = {
    "month": {"ja": "月額", "en": "a month"},
    "year": {"ja": "年額", "en": "a year"},
    "day": {"ja": "日額", "en": "a day"},
    "hour": {"ja": "1時間あたり", "en": "an hour"},
}


def text(number: Decimal, unit: str, language: str, rate: str = "") -> str:
    """`unit` as in `compare`; `rate` is the period that an amount of money is paid for."""
    if unit == "s":
        return _duration(number, language)
    if unit == "JPY":
        return _with_rate(_yen(number, language), rate, language)
    value, about = _rounded(number, language)
    if unit == "h/week":
        return f"{about}週{value}時間" if language == "ja" else f"{about}{value} hours a week"
    if language == "ja" or unit == "%":
        return f"{about}{value}{unit}"
    return f"{about}{value} times" if unit == "倍" else f"{about}{value}"


def _duration(seconds: Decimal, language: str) -> str:
    """In the largest unit that fits; in a smaller one where only that makes it a whole number."""
    fitting = [(letter, seconds / size) for letter, size, least in _DURATIONS if seconds >= least]
    whole = ((letter, amount) for letter, amount in fitting if amount == int(amount) and amount < _MOST)
    letter, amount = next(whole, fitting[0])
    number = amount.quantize(Decimal("0.1"), ROUND_HALF_UP)
    about = "" if number == amount else _about(language)
    prefix = "PT" if letter.startswith("T") else "P"
    return about + duration.text(f"{prefix}{plain(number)}{letter[-1]}", duration.ANY, language)


def _yen(number: Decimal, language: str) -> str:
    number, about = number.quantize(Decimal(1), ROUND_HALF_UP), "" if number == int(number) else _about(language)
    if language != "ja":
        return f"{about}¥{number:,}" if number >= 0 else f"{about}-¥{-number:,}"
    sign, left = ("-" if number < 0 else ""), abs(int(number))
    if left < 10**8 or left % 10**4:
        return f"{about}{sign}{left:,}円"
    parts = ((left // 10**12, "兆"), (left // 10**8 % 10**4, "億"), (left // 10**4 % 10**4, "万"))
    return about + sign + "".join(f"{amount:,}{name}" for amount, name in parts if amount) + "円"


def _with_rate(words: str, rate: str, language: str) -> str:
    if rate not in _RATES:
        return words
    return f"{_RATES[rate]['ja']}{words}" if language == "ja" else f"{words} {_RATES[rate]['en']}"


def _rounded(number: Decimal, language: str) -> tuple[str, str]:
    """At most four digits after the point, and the word that says that some were left out."""
    shown = number.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return f"{Decimal(plain(shown)):,}", "" if shown == number else _about(language)


def _about(language: str) -> str:
    return "約" if language == "ja" else "about "
