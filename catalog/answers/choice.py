"""One of a list, by id or label."""

from __future__ import annotations

import difflib
import re

from catalog.answers.problem import Problem, problem
from catalog.answers.wording import tight
from catalog.model import Asks, Choice, Compare, Json

_NUMBERING = re.compile(r"^(?:[\u2460-\u2473]|\(?\d{1,2}[).]?)\s*")


def parse(text: str, asks: Asks) -> Json | Problem:
    """The choice's id."""
    found = find(text, asks)
    return found.id if isinstance(found, Choice) else found


def find(text: str, asks: Asks) -> Choice | Problem:
    """The choice that `text` names by id, by label, or by a label without its printed number."""
    names: dict[str, Choice] = {}
    for choice in asks.choices:
        names[choice.id] = choice
        for label in choice.label.values():
            names[_bare(label)] = choice
    wanted = text.strip()
    if wanted in names:
        return names[wanted]
    if _bare(wanted) in names:
        return names[_bare(wanted)]
    # ①…⑤ alone name the printed choice
    for choice in asks.choices:
        if any(label[0] == wanted for label in choice.label.values()):
            return choice
    near = difflib.get_close_matches(_bare(wanted), list(names), 1, 0.6)
    nearest = names[near[0]].label if near else ""
    return problem("not-a-choice", found=wanted, nearest=nearest, expected=_labels(asks))


def _bare(label: str) -> str:
    return tight(_NUMBERING.sub("", label.strip())).lower()


def _labels(asks: Asks) -> dict[str, str]:
    languages = {language for choice in asks.choices for language in choice.label}
    return {
        language: "、".join(choice.label.get(language, choice.id) for choice in asks.choices)
        for language in sorted(languages, key=lambda code: (code != "ja", code))
    }


def text(value: Json, asks: Asks, language: str) -> str:
    from_id = {choice.id: choice for choice in asks.choices}
    label = from_id[value].label
    return label.get(language) or next(iter(label.values()))


def compare(value: Json, asks: Asks) -> Compare | None:
    return Compare(key=str(value))


def schema(asks: Asks) -> Json:
    labels = [label for choice in asks.choices for label in choice.label.values()]
    return {"type": "string", "anyOf": [{"enum": [choice.id for choice in asks.choices] + labels}, {"type": "string"}]}
