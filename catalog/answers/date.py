"""A western date of day, month or year precision: `2024-10-31`, `2024-10`, `2024`."""

from __future__ import annotations

import calendar
import re

from catalog.answers.problem import Problem, problem
from catalog.answers.wording import split_remarks, tight
from catalog.diagnostics import Text
from catalog.model import Asks, Compare, Json

PRECISIONS = ("year", "month", "day")
EXAMPLES = {"year": "2026", "month": "2026-04", "day": "2026-04-01"}
FORMS: dict[str, Text] = {
    "year": {"ja": "2026-04-01、2026-04、2026", "en": "2026-04-01, 2026-04 or 2026"},
    "month": {"ja": "2026-04-01、2026-04", "en": "2026-04-01 or 2026-04"},
    "day": {"ja": "2026-04-01", "en": "2026-04-01"},
}

_WESTERN = re.compile(r"(?:西暦)?(\d{4})(?:年|[-/.年](\d{1,2})月?|[-/.年](\d{1,2})[-/.月](\d{1,2})日?)?", re.ASCII)
_TAIL = re.compile(r"(?:頃|ごろ|現在|時点|より|から|開始|設立|付)*$")
_ERA = re.compile(
    r"(明治|大正|昭和|平成|令和|[MTSHR](?=\d))(元|\d{1,2})(?:[年./-](?:(\d{1,2})(?:[月./-](?:(\d{1,2})日?)?)?)?)?",
    re.ASCII,
)
_ERA_START = {
    "明": 1867,
    "大": 1911,
    "昭": 1925,
    "平": 1988,
    "令": 2018,
    "M": 1867,
    "T": 1911,
    "S": 1925,
    "H": 1988,
    "R": 2018,
}
_UNORDERED = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}", re.ASCII)
NAMES = {
    "year": {"ja": "年", "en": "year"},
    "month": {"ja": "月", "en": "month"},
    "day": {"ja": "日", "en": "day"},
}


def parse(text: str, asks: Asks) -> Json | Problem:
    """The date in ISO form, as precise as it was written; a remark in brackets may follow."""
    core, _ = split_remarks(tight(text))
    core = _TAIL.sub("", core)
    if match := _WESTERN.fullmatch(core):
        return _date(text, *_numbers(match), asks)
    if match := _ERA.fullmatch(core):
        return _era(text, match)
    if _UNORDERED.fullmatch(core):
        return problem("date-order", found=text.strip(), expected=EXAMPLES["day"])
    return problem("not-a-date", found=text.strip(), expected=FORMS[_needed(asks)])


def _numbers(match: re.Match[str]) -> tuple[int, int | None, int | None]:
    year, only_month, month, day = match.groups()
    month = month or only_month
    return int(year), int(month) if month else None, int(day) if day else None


def _date(text: str, year: int, month: int | None, day: int | None, asks: Asks) -> Json | Problem:
    if not _exists(year, month, day):
        return problem("no-such-day", found=text.strip())
    precision = "day" if day else "month" if month else "year"
    if PRECISIONS.index(precision) < PRECISIONS.index(_needed(asks)):
        needed = _needed(asks)
        return problem("date-precision", found=text.strip(), expected=NAMES[needed], example=EXAMPLES[needed])
    return _iso(year, month, day)


def _exists(year: int, month: int | None, day: int | None) -> bool:
    if not 1000 <= year <= 9998 or (month is not None and not 1 <= month <= 12):
        return False
    return day is None or month is None or 1 <= day <= calendar.monthrange(year, month)[1]


def _iso(year: int, month: int | None, day: int | None) -> str:
    return "-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part)])


def _era(text: str, match: re.Match[str]) -> Problem:
    year = _ERA_START[match[1][0]] + (1 if match[2] == "元" else int(match[2]))
    month, day = (int(part) if part else None for part in match.group(3, 4))
    western = _iso(year, month, day) if _exists(year, month, day) else ""
    return problem("japanese-era", found=text.strip(), western=western)


def _needed(asks: Asks) -> str:
    return asks.precision or "year"


def text(value: Json, asks: Asks, language: str) -> str:
    """`2024年10月31日`, or ISO form in other languages."""
    if language != "ja":
        return str(value)
    return "".join(f"{int(part)}{unit}" for part, unit in zip(str(value).split("-"), "年月日", strict=False))


def compare(value: Json, asks: Asks) -> Compare | None:
    return Compare(key=str(value))


def schema(asks: Asks) -> Json:
    return {"type": ["string", "number"], "pattern": r"[0-9０-９]"}
