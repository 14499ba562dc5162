"""A percentage or a multiple: 99.95%以上, 12.3倍."""

from __future__ import annotations

import re
from decimal import Decimal

from catalog.answers.problem import Problem, problem
from catalog.answers.wording import ABOUT, BOUND, NUMBER, as_number, decimal, plain, split_remarks, tight
from catalog.model import Asks, Compare, Json

_UNITS = {"%": "%", "パーセント": "%", "percent": "%", "倍": "倍", "times": "倍"}
_RATIO = re.compile(rf"{ABOUT}({NUMBER})(%|パーセント|percent|倍|times)?{BOUND}")
NAMES = {"%": {"ja": "百分率(%)", "en": "percent"}, "倍": {"ja": "倍率(倍)", "en": "multiples (倍)"}}


def parse(text: str, asks: Asks) -> Json | Problem:
    """`{number, unit}` in the field's unit; a number alone is in that unit."""
    core, _ = split_remarks(tight(text))
    wanted = asks.unit or "%"
    match = _RATIO.fullmatch(core)
    if not match or _UNITS.get(match[2] or wanted) != wanted:
        return problem("not-a-ratio", found=text.strip(), unit=NAMES[wanted], expected=f"99.9{wanted}")
    number = decimal(match[1])
    if (asks.least is not None and number < asks.least) or (asks.most is not None and number > asks.most):
        least, most = ("" if bound is None else plain(Decimal(bound)) for bound in (asks.least, asks.most))
        return problem("ratio-range", found=text.strip(), expected=f"{least}〜{most}{wanted}")
    return {"number": plain(number), "unit": wanted}


def text(value: Json, asks: Asks, language: str) -> str:
    unit = value["unit"]
    return f"{value['number']}{unit}" if language == "ja" or unit == "%" else f"{value['number']} times"


def compare(value: Json, asks: Asks) -> Compare | None:
    return Compare(number=as_number(value["number"]), unit=value["unit"])


def schema(asks: Asks) -> Json:
    return {"type": ["string", "number"], "pattern": r"[0-9０-９]"}
