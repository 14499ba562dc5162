"""Several of a list, by ids or labels."""

from __future__ import annotations

import re

from catalog.answers import choice
from catalog.answers.problem import Problem, problem
from catalog.answers.wording import pieces, tight
from catalog.model import Asks, Choice, Compare, Json

_BEFORE_CIRCLED = re.compile("(?=[\u2460-\u2473])")
_BETWEEN = re.compile(r"[・･/／&＆+＋\s]+|と|及び|および")


def parse(text: str, asks: Asks) -> Json | Problem:
    """The ids of the chosen ones, in the guideline's order. An exclusive choice stands alone."""
    chosen: list[Choice] = []
    for piece in _pieces(text, asks):
        found = choice.find(piece, asks)
        if isinstance(found, Problem):
            return found
        if found in chosen:
            return problem("choice-twice", found=piece)
        chosen.append(found)
    if not chosen:
        return choice.find(text, asks)
    alone = next((one for one in chosen if one.exclusive), None)
    if alone and len(chosen) > 1:
        return problem("choice-exclusive", found=alone.label)
    return [one.id for one in asks.choices if one in chosen]


def _pieces(text: str, asks: Asks) -> list[str]:
    whole = tight(text)
    if any(tight(label) == whole for one in asks.choices for label in one.label.values()):
        return [text]  # a label may contain a separator itself
    return [part for piece in pieces(text) for part in _parts(piece, asks)]


def _parts(piece: str, asks: Asks) -> list[str]:
    """`①④` and `IaaS・PaaS` as the choices that they name, if every part of them is one."""
    if isinstance(choice.find(piece, asks), Choice):
        return [piece]
    for between in (_BEFORE_CIRCLED, _BETWEEN):
        parts = [part.strip() for part in between.split(piece) if part.strip()]
        if len(parts) > 1 and all(isinstance(choice.find(part, asks), Choice) for part in parts):
            return parts
    return [piece]


def text(value: Json, asks: Asks, language: str) -> str:
    return ("、" if language == "ja" else ", ").join(choice.text(one, asks, language) for one in value)


def compare(value: Json, asks: Asks) -> Compare | None:
    return Compare(key=" ".join(value))


def schema(asks: Asks) -> Json:
    return {"anyOf": [choice.schema(asks), {"type": "array", "items": choice.schema(asks), "minItems": 1}]}
