"""A number of things with its counter: 580人, 約1,000社, 3世代."""

from __future__ import annotations

import re

from catalog.answers.problem import Problem, problem
from catalog.answers.wording import ABOUT, SCALED, as_number, plain, scaled, split_remarks, tight
from catalog.model import Asks, Compare, Json

_BOUNDS = r"(?:以上|以内|超|余り?|強|程度|前後|まで|を?目標)*"
_COUNT = re.compile(rf"{ABOUT}({SCALED}){_BOUNDS}((?![千百十兆億万数何])[^0-9]*?){_BOUNDS}")
_LIMIT = 10**15
_BELOW = ("未満", "以下", "弱")
_SAME_UNIT = re.compile("^[かカヶケヵ箇]所$")


def parse(text: str, asks: Asks) -> Json | Problem:
    """`{number, unit}`; the unit is the field's canonical one for any counter that the field accepts."""
    core, _ = split_remarks(tight(text))
    match = _COUNT.fullmatch(core)
    number = scaled(match[1]) if match else None
    if not match or number is None or number >= _LIMIT or match[2].endswith(_BELOW):
        return problem("not-a-count", found=text.strip(), expected=_example(asks))
    unit, units = match[2], [_same(known) for known in asks.units]
    if unit and units and _same(unit) not in units:
        return problem("unit-unknown", found=text.strip(), expected="・".join(asks.units))
    return {"number": plain(number), "unit": asks.units[0] if asks.units else unit}


def _same(unit: str) -> str:
    return _SAME_UNIT.sub("箇所", unit)


def _example(asks: Asks) -> str:
    return f"12{asks.units[0]}" if asks.units else "12"


def text(value: Json, asks: Asks, language: str) -> str:
    number = f"{as_number(value['number']):,}"
    return f"{number}{value['unit']}" if language == "ja" else number


def compare(value: Json, asks: Asks) -> Compare | None:
    return Compare(number=as_number(value["number"]), unit=value["unit"])


def schema(asks: Asks) -> Json:
    return {"type": ["string", "number"], "pattern": r"[0-9０-９]"}
