"""Days and times of day: 24時間365日, 平日 9:00-17:00, 月曜〜土曜 8:30〜20:00."""

from __future__ import annotations

import re

from catalog.answers.problem import Problem, problem
from catalog.answers.wording import as_number, pieces, split_remarks, tight
from catalog.model import Asks, Compare, Json

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_JA = dict(zip("月火水木金土日", DAYS, strict=True))
_EN = dict(zip(DAYS, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True))
_NAMED = {
    "平日": DAYS[:5],
    "営業日": DAYS[:5],
    "毎日": DAYS,
    "全日": DAYS,
    "年中無休": DAYS,
    "365日": DAYS,
    "土日": DAYS[5:],
    "土日祝": DAYS[5:],
    "土日祝日": DAYS[5:],
}
_ALWAYS = re.compile(
    r"(?:24時間[・/、]?(?:365日|年中無休|対応)?|24/365|24x365|24h/?365d?|(?:365日|年中無休)[・/]?24時間)(?:対応|受付)?"
)
_DAY_RANGE = re.compile(r"([月火水木金土日])(?:曜日?)?(?:~|-|から)([月火水木金土日])(?:曜日?)?")
_DAY_LIST = re.compile(r"(?:[月火水木金土日](?:曜日?)?[・/]?)+")
_CLOCK = r"(午前|午後)?([0-9]{1,2})(?::([0-9]{2})|時(?:([0-9]{1,2})分|(半))?)"
_WEEKEND_OFF = re.compile(
    r"土[・、]?日(?:曜日?)?(?:[・、]?祝(?:祭日|祭|日)?)?(?:[・、]年末年始)?[をは]?(?:除く|休み|休業)"
)
_TIMES = re.compile(rf"{_CLOCK}(?:~|-|から)(?:翌日?の?)?{_CLOCK}(?:まで)?")
EXAMPLE = "平日 9:00-17:00"


def parse(text: str, asks: Asks) -> Json | Problem:
    """A list of `{days, from, to}`: days as `mon` … `sun`, times as `09:00`, `24:00` ends a day.

    Whether public holidays are among them is not told.
    """
    windows: list[Json] = []
    for piece in pieces(text):
        core, remarks = split_remarks(tight(piece))
        window = _window(core, remarks, windows[-1]["days"] if windows else None)
        if window is None:
            return problem("not-hours", found=text.strip(), expected=EXAMPLE)
        windows.append(window)
    return windows if windows else problem("not-hours", found=text.strip(), expected=EXAMPLE)


def _window(core: str, remarks: list[str], days_before: list[str] | None) -> Json | None:
    """The window that `core` tells; times alone are of the days in a remark, or of the window before."""
    if _ALWAYS.fullmatch(core):
        return {"days": list(DAYS), "from": "00:00", "to": "24:00"}
    times = _TIMES.search(core)
    around_the_clock = "24時間" in core
    if times:
        start, end = _clock(*times.groups()[:5]), _clock(*times.groups()[5:])
        rest = core[: times.start()] + core[times.end() :]
    elif around_the_clock:
        start, end, rest = "00:00", "24:00", core.replace("24時間", "")
    else:
        return None
    named = re.sub(r"[:、,の・/は]|対応|受付", "", rest)
    days = _days(named) if named or not times else _first_days(remarks) or days_before
    if days is None or start is None or end is None or start in (end, "24:00"):
        return None
    if _length(start, end) >= 1080 and end < start:
        return None  # 9時から5時 means the afternoon: too long a night to believe
    return {"days": list(days), "from": start, "to": end}


def _first_days(remarks: list[str]) -> tuple[str, ...] | None:
    return next((days for remark in remarks if (days := _days(remark))), None)


def _clock(half: str | None, hour: str, digits: str | None, minutes: str | None, thirty: str | None) -> str | None:
    h, m = int(hour), 30 if thirty else int(digits or minutes or 0)
    if half and h >= 12:
        return None  # 午後12時 may be noon or midnight
    h = h + 12 if half == "午後" else h
    return f"{h:02d}:{m:02d}" if (h < 24 and m < 60) or (h, m) == (24, 0) else None


def _days(words: str) -> tuple[str, ...] | None:
    if words in _NAMED:
        return _NAMED[words]
    if _WEEKEND_OFF.fullmatch(words):
        return DAYS[:5]
    if match := _DAY_RANGE.fullmatch(words):
        first, last = DAYS.index(_JA[match[1]]), DAYS.index(_JA[match[2]])
        return DAYS[first : last + 1] if first <= last else (*DAYS[: last + 1], *DAYS[first:])
    if _DAY_LIST.fullmatch(words):
        named = {_JA[letter] for letter in re.sub("曜日?", "", words) if letter in _JA}
        return tuple(day for day in DAYS if day in named)
    return None


def text(value: Json, asks: Asks, language: str) -> str:
    return ("、" if language == "ja" else ", ").join(_window_text(window, language) for window in value)


def _window_text(window: Json, language: str) -> str:
    days = tuple(window["days"])
    if days == DAYS and (window["from"], window["to"]) == ("00:00", "24:00"):
        return "24時間365日" if language == "ja" else "24 hours, 365 days"
    if language == "ja":
        letters = {day: letter for letter, day in _JA.items()}
        named = "毎日" if days == DAYS else "平日" if days == DAYS[:5] else "・".join(letters[day] for day in days)
    else:
        named = "daily" if days == DAYS else "weekdays" if days == DAYS[:5] else ", ".join(_EN[day] for day in days)
    return f"{named} {window['from']}-{window['to']}"


def compare(value: Json, asks: Asks) -> Compare | None:
    """Hours a week in which somebody is there."""
    week = 7 * 1440
    minutes = 0  # a bit each, so that what overlaps counts once
    for window in value:
        length = _length(window["from"], window["to"])
        for day in window["days"]:
            begin = DAYS.index(day) * 1440 + _minutes(window["from"])
            minutes |= ((1 << length) - 1) << begin
    minutes = (minutes | minutes >> week) & ((1 << week) - 1)  # what ends after Sunday begins the week
    return Compare(number=as_number(f"{minutes.bit_count() / 60:.2f}"), unit="h/week")


def _length(start: str, end: str) -> int:
    """Minutes from one time of day to the next time that the clock shows the other."""
    return (_minutes(end) - _minutes(start) - 1) % 1440 + 1


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def schema(asks: Asks) -> Json:
    one = {"type": "string", "pattern": r"[0-9０-９]"}
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
