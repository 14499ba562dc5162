"""How people write: widths, dashes, remarks in parentheses, numbers with their Japanese units."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

_DASHES = re.compile("[\u2010-\u2015\u2212\u301c\u223c]")
_BRACKETS = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)|\[([^\[\]]*)\]|【([^【】]*)】")
_SPACE = re.compile(r"\s+")
_SEPARATORS = frozenset("、､,，;；")
_OPENING, _CLOSING = frozenset("(（[［【「『"), frozenset(")）]］】」』")

DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,18})(?:\.[0-9]{1,9})?"
"""A number without a sign. Commas stand between thousands only, and what is longer is no number that people write."""
NUMBER = rf"[-△▲]?{DIGITS}"
ABOUT = r"(?:原則として|原則|約|およそ|概ね|おおむね|平均|最大|最長|最短|最低|最小)?"
BOUND = r"(?:以上|以内|超|程度|前後|まで)?(?:を?目標)?"
"""Not 以下 and 未満: a value that only stays below the number must not count as reaching it."""


def fold(text: str) -> str:
    """For parsing and comparing: NFKC, one kind of dash and wave, no white space around."""
    return _remembered_fold(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    return _DASHES.sub(lambda m: "~" if m[0] in "\u301c\u223c" else "-", text).strip()


def tight(text: str) -> str:
    """Folded and without any white space."""
    return _remembered_tight(text) if len(text) <= _SHORT else _tight(text)


def _tight(text: str) -> str:
    return _SPACE.sub("", fold(text))


_SHORT = 40
"""Words of labels, yes and no, which are looked at again and again."""
_remembered_fold, _remembered_tight = (lru_cache(maxsize=4096)(one) for one in (_fold, _tight))


def split_remarks(text: str) -> tuple[str, list[str]]:
    """A folded text without its bracketed remarks, and the remarks: `16(千円)[2022年]` → (`16`, [`千円`, `2022年`])."""
    remarks = [next(group for group in match.groups() if group is not None) for match in _BRACKETS.finditer(text)]
    return _BRACKETS.sub("", text).strip(), remarks


def pieces(text: str) -> list[str]:
    """The entries of a list written in one text: one a line, or separated by 、 , or ;. Brackets keep together."""
    found = text.strip().splitlines() if "\n" in text.strip() else _split(text)
    return [stripped for piece in found if (stripped := piece.strip().lstrip("・•- ").strip())]


def _split(text: str) -> list[str]:
    found, depth = [""], 0
    for letter in text:
        depth = max(0, depth + (letter in _OPENING) - (letter in _CLOSING))
        if letter in _SEPARATORS and not depth:
            found.append("")
        else:
            found[-1] += letter
    return found


def decimal(text: str) -> Decimal:
    """A number as people write it: `1,234.5`, `△12`."""
    return Decimal(text.replace(",", "").replace("△", "-").replace("▲", "-"))


_LETTERS = {"千": Decimal(1_000), "百": Decimal(100), "十": Decimal(10)}
_STEPS = {"兆": Decimal(10**12), "億": Decimal(10**8), "万": Decimal(10**4), "": Decimal(1)}
SCALED = rf"{DIGITS}(?:[千百十兆億万]{{1,2}}{DIGITS})*[千百十兆億万]{{0,2}}"
"""A number that may be written with its scales; `scaled` tells what it is."""
_GROUP = re.compile("(?:{0}千)?(?:{0}百)?(?:{0}十)?(?:{0})?".format(rf"({DIGITS})"))


def scaled(text: str) -> Decimal | None:
    """`12億3千万`, `1.2万`, `3百`, `1,234`: a number with Japanese scales, the larger first; else None."""
    total, rest = Decimal(0), text
    for letter, step in _STEPS.items():
        group, found, after = rest.partition(letter) if letter else (rest, rest, "")
        if not found:
            continue
        value = _group(group)
        if value is None:
            return None
        total, rest = total + value * step, after
        if not rest:
            return total
    return None


def _group(text: str) -> Decimal | None:
    """What stands before 兆, 億 and 万, or after them all: `1千2百`, `5百`, `1,234`."""
    match = _GROUP.fullmatch(text)
    if not text or not match:
        return None
    scales = (*_LETTERS.values(), Decimal(1))
    return sum((decimal(part) * scale for part, scale in zip(match.groups(), scales, strict=True) if part), Decimal(0))


def plain(number: Decimal) -> str:
    """A decimal as a string without exponent, needless zeros and minus zero."""
    text = format(number, "f") if number else "0"
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_number(text: str | Decimal) -> int | float:
    """A decimal string as a JSON number."""
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)
