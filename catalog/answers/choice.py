"""One of a list, by id or label."""

from __future__ import annotations

import difflib
import re

from catalog.answers.problem import Problem, problem
from catalog.answers.wording import tight
from catalog.model import Asks, Choice, Compare, Json

_NUMBERING = re.compile(r"[\u2460-\u2473]|[(（]?[0-9０-９]{1,2}(?:[)）]|[.．](?![0-9０-９]))")


def parse(text: str, asks: Asks) -> Json | Problem:
    """The choice's id."""
    found = find(text, asks)
    return found.id if isinstance(found, Choice) else found


def find(text: str, asks: Asks) -> Choice | Problem:
    """The choice that `text` names by id, by label, by a label without its printed number, or by that number alone."""
    names, wanted = _names(asks), text.strip()
    for name in (wanted, tight(wanted).lower(), _bare(wanted)):
        if name in names:
            return names[name]
    number = _number(wanted)
    if number:
        printed = {_number(match[0]): one for label, one in _all_labels(asks) if (match := _NUMBERING.match(label))}
        if number in printed:
            return printed[number]
        meant = None if printed else _by_place(number, asks)
    else:
        near = difflib.get_close_matches(_bare(wanted), list(names), 1, 0.6)
        meant = names[near[0]] if near else None
    return problem("not-a-choice", found=wanted, nearest=meant.label if meant else "", expected=_labels(asks))


def _number(text: str) -> str:
    """The number that is all of `text`, however it is written: `①`, `(1)`, `1.`; else nothing."""
    number = tight(text).strip("().")
    return number if re.fullmatch("[0-9]{1,2}", number) else ""


def _by_place(number: str, asks: Asks) -> Choice | None:
    """Where no numbers are printed, the choice of that place is a guess and no answer."""
    return asks.choices[int(number) - 1] if 0 < int(number) <= len(asks.choices) else None


def _all_labels(asks: Asks) -> list[tuple[str, Choice]]:
    return [(label.strip(), one) for one in asks.choices for label in one.label.values()]


def _names(asks: Asks) -> dict[str, Choice]:
    """What may be written for each choice. An id goes before a label, a whole label before a part of one."""
    names: dict[str, Choice] = {}
    labels = _all_labels(asks)
    for name, choice in (
        *((choice.id, choice) for choice in asks.choices),
        *((tight(label).lower(), choice) for label, choice in labels),
        *((_bare(label), choice) for label, choice in labels),
    ):
        names.setdefault(name, choice)
    return names


def _bare(label: str) -> str:
    """A label without its printed number, or all of it."""
    label = label.strip()
    match = _NUMBERING.match(label)
    return tight(label[match.end() :] if match else label).lower()


def _labels(asks: Asks) -> dict[str, str]:
    languages = {language for choice in asks.choices for language in choice.label}
    return {
        language: ("、" if language == "ja" else ", ").join(
            choice.label.get(language, choice.id) for choice in asks.choices
        )
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
    return {"type": ["string", "number"], "anyOf": [{"enum": [choice.id for choice in asks.choices] + labels}, {}]}
