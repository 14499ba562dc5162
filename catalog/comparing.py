"""How answers to one field compare: whether they say the same, and numbers in one wording.

Only `status`, `kind` and `compare` are read, and the wording (NFKC) where there is nothing to compare by. What is never
true: that something undisclosed equals an answer. `theme/assets/js/compare/comparing.js` is the same for the browser; a
test proves both equal.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from catalog.model import Answer, Kind, Status

Stance: TypeAlias = tuple[str, ...]
"""What an answer says, as far as two answers are compared."""

_UNDISCLOSED = (Status.ON_REQUEST, Status.WITHHELD, Status.UNANSWERED)
_SPACE = re.compile("[\t\n\v\f\r ]+")
_NOISE = re.compile("[,、約 \t\n\v\f\r]")
_MONTHS = re.compile("[ヶヵケカ箇](?=月)")

_YEN = {
    "ja": (("trillion", 10**12), ("oku", 10**8), ("man", 10**4), ("yen", 1)),
    "en": (("billion", 10**9), ("million", 10**6), ("yen", 1)),
}
_YEN_DECIMALS = {"ja": 1, "en": 2}
_TIMES = (("year", 31_557_600), ("month", 2_629_800), ("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
WORDS = (
    *("about", "percent", "weekly", "trillion", "oku", "man", "yen", "billion", "million"),
    *(name for unit, _ in _TIMES for name in (unit, f"{unit}s")),
)
"""The words of amounts: `compare.amount.<word>`."""


def differ(columns: Sequence[Sequence[Answer]]) -> bool:
    """Whether services answer a field differently. A column holds a service's answers: one, or one a data centre."""
    return len({column_stance(column) for column in columns}) > 1


def column_stance(answers: Sequence[Answer]) -> tuple[Stance, ...]:
    """What a service says: data centres that all say the same count once, else each counts, in whatever order."""
    stances = sorted(stance(answer) for answer in answers)
    return tuple(stances[:1] if len(set(stances)) == 1 else stances)


def stance(answer: Answer) -> Stance:
    if answer.status in _UNDISCLOSED:
        return (answer.status.value,)
    if answer.compare is not None and answer.compare.number is not None:
        said = (repr(float(answer.compare.number)), answer.compare.unit)
    elif answer.compare is not None:
        said = (answer.compare.key, "")
    elif answer.kind in (Kind.VALUE, Kind.TEXT):
        return (answer.status.value, "words", folded(answer.text))
    else:
        said = ("", "")
    return (answer.status.value, answer.kind.value if answer.kind else "", *said)


def folded(text: str) -> str:
    """One form for the widths and spaces that a text may be written with."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip(" ")


# --- numbers in one wording ---


def wording(answer: Answer, words: Mapping[str, str], language: str) -> str:
    """An amount, a time, hours a week or a percentage as one reads it best: 168.6億円 for 16,859,430千円.

    "" where there is no such number, where it is a range, and where the answer's own words say the same already.
    """
    compare = answer.compare
    if answer.status in _UNDISCLOSED or compare is None or compare.number is None:
        return ""
    if isinstance(answer.value, dict) and "max" in answer.value:
        return ""
    found = _wording(float(compare.number), compare.unit, words, "ja" if language == "ja" else "en")
    return "" if _bare(found) in _bare(f"{answer.text} {answer.detail}") else found


def _wording(number: float, unit: str, words: Mapping[str, str], language: str) -> str:
    match unit:
        case "JPY":
            return _yen(number, words, language)
        case "s":
            return _time(number, words)
        case "%" | "h/week":
            return _filled(words["percent" if unit == "%" else "weekly"], plain(number))
    return ""


def _yen(number: float, words: Mapping[str, str], language: str) -> str:
    size = abs(number)
    name, scale = next(((name, scale) for name, scale in _YEN[language] if size >= scale), _YEN[language][-1])
    factor = 10 ** _YEN_DECIMALS[language]
    scaled = math.floor(size * factor / scale + 0.5)
    sign = "-" if number < 0 else ""
    found = _filled(words[name], sign + plain(scaled / factor))
    return found if scaled * scale == size * factor else _filled(words["about"], found)


def _time(number: float, words: Mapping[str, str]) -> str:
    """In the largest unit of which it is a whole number."""
    whole = (name for name, seconds in _TIMES if number and number % seconds == 0)
    name = next(whole, "second")
    count = number / dict(_TIMES)[name]
    return _filled(words[name if count == 1 else f"{name}s"], plain(count))


def plain(number: float) -> str:
    """1,234 or 99.95, every digit of it; "" for what would need an exponent."""
    size = abs(number)
    if size >= 1e15 or 0 < size < 1e-4:
        return ""
    whole, _, rest = repr(float(size)).partition(".")
    return ("-" if number < 0 else "") + f"{int(whole):,}" + (f".{rest}" if rest != "0" else "")


def _filled(words: str, number: str) -> str:
    return words.replace("{number}", number) if number else ""


def _bare(text: str) -> str:
    return _MONTHS.sub("か", _NOISE.sub("", unicodedata.normalize("NFKC", text)))
