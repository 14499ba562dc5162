"""`/api/v1/find.json`: what lists of services are filtered and sorted by, in columns.

A column has one entry a service, in the catalog's order; a facet names each different answer once, and for each service
the place of its answer. Which facets there are, their words and their order come from the guideline's definition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from catalog.answers import place, yes_no
from catalog.artifacts import Artifact
from catalog.diagnostics import Text
from catalog.exports.public_json import day, to_bytes
from catalog.model import (
    Asks,
    Catalog,
    Disclosure,
    Facet,
    Guideline,
    Json,
    Kind,
    Level,
    Role,
    Row,
    Sheet,
    Slot,
    Status,
)

ROLES = (Role.SERVICE_TYPE, Role.REGION)
"""What is offered even where the definition names no facet."""
OWN_NAMES = frozenset(("q", "guideline", "by", "state", "completeness", "sort"))
"""What stands in the addresses of the page itself; a field of the same name gets a `_` behind."""
LANGUAGES = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Found:
    """What one sheet says to a facet: the keys it counts under, the number that holds for all its rows, and in `also`
    what some row says instead (`unanswered`, `withheld`, …, `not_applicable`, `words` that nothing can compare)."""

    keys: tuple[str, ...] = ()
    number: float | int | None = None
    unit: str = ""
    also: tuple[str, ...] = ()

    def json(self) -> Json:
        number = {} if self.number is None else {"number": self.number}
        return {
            **({"keys": list(self.keys)} if self.keys else {}),
            **number,
            **({"also": list(self.also)} if self.also else {}),
        }


def artifacts(catalog: Catalog, base_url: str) -> Iterator[Artifact]:
    inputs = ("code", "guidelines", "providers")
    yield Artifact("api/v1/find.json", inputs, lambda: to_bytes(find_json(catalog)))


def find_json(catalog: Catalog) -> Json:
    sheets = list(catalog.shown_sheets)
    disclosures = list({id(sheet.disclosure): sheet for sheet in sheets}.values())
    place_of = {id(sheet.disclosure): number for number, sheet in enumerate(disclosures)}
    tallies = [sheet.completeness.required if sheet.completeness else None for sheet in sheets]
    return {
        "disclosures": _columns([_disclosure(sheet) for sheet in disclosures]),
        "services": {
            "disclosure": [place_of[id(sheet.disclosure)] for sheet in sheets],
            "service": [sheet.service.id for sheet in sheets],
            "name": [sheet.service.name for sheet in sheets],
            "required_disclosed": [tally.disclosed if tally else None for tally in tallies],
            "required_owed": [tally.owed if tally else None for tally in tallies],
        },
        "guidelines": [
            _guideline(guideline, [sheet for sheet in sheets if sheet.guideline.id == guideline.id])
            for guideline in catalog.newest
        ],
    }


def _disclosure(sheet: Sheet) -> dict[str, Json]:
    one: Disclosure = sheet.disclosure
    return {
        "provider": one.provider_id,
        "name": one.name,
        "reading": one.reading or None,
        "name_en": one.name_en or None,
        "aliases": list(one.aliases) or None,
        "guideline": one.guideline.id,
        "submitted_by": one.submitted_by.value,
        "sample": one.sample,
        "state": sheet.state.value,
        "disclosed_on": day(one.disclosed_on),
        "transcribed_on": day(one.transcribed_on),
        "expires_on": day(one.expires_on),
    }


def _columns(rows: Sequence[Mapping[str, Json]]) -> Json:
    return {name: [row[name] for row in rows] for name in rows[0]} if rows else {}


# --- facets ----------------------------------------------------------------------------------------------------------


def _guideline(guideline: Guideline, sheets: Sequence[Sheet]) -> Json:
    return {
        "id": guideline.id,
        "title": dict(guideline.short_title),
        "required": dict(guideline.levels[Level.REQUIRED]) if Level.REQUIRED in guideline.levels else None,
        "facets": [_facet(slot, sheets) for slot in facet_slots(guideline)],
    }


def facet_slots(guideline: Guideline) -> list[Slot]:
    """The fields that services are found by, in the guideline's order."""
    return [slot for slot in guideline.slots if slot.field.facet or slot.field.role in ROLES]


def _facet(slot: Slot, sheets: Sequence[Sheet]) -> Json:
    field, kind = slot.field, slot.field.facet or Facet.FILTER
    said = [
        _said(rows, kind, sheet.disclosure.by_third_party)
        if (rows := sheet.rows_by_field.get(field.id))
        else _not_owed(slot, sheet)
        for sheet in sheets
    ]
    units = Counter(one.unit for one in said if one.number is not None)
    unit = max(units, key=lambda name: (units[name], name), default="")
    said = [one if one.number is None or one.unit == unit else Found(one.keys, also=("words",)) for one in said]
    different = {one: number for number, one in enumerate(dict.fromkeys(said))}
    return {
        "name": field.id + "_" * (field.id in OWN_NAMES),
        "field": field.id,
        "item": slot.item.number,
        "section": dict(slot.section.title),
        "title": dict(slot.subject.title),
        "facet": kind.value,
        "role": field.role.value if field.role else None,
        "unit": unit or None,
        "options": list(_options(field.asks, {key for one in different for key in one.keys})),
        "answers": [one.json() for one in different],
        "services": [different[one] for one in said],
    }


def _said(rows: Sequence[Row], facet: Facet, third_party: bool) -> Found:
    """What the rows of a field say together. The number is the worst of them, and there is one only if all have one."""
    keys: dict[str, None] = {}
    also: dict[str, None] = {}
    numbers: list[tuple[float | int, str]] = []
    for row in rows:
        own, number = list(_keys(row)), _number(row)
        if number and facet is Facet.FILTER:
            own.append("".join(map(str, number)))
        elif number:
            numbers.append(number)
        keys |= dict.fromkeys(own)
        if not number and (not own or (facet is not Facet.FILTER and own == ["yes"])):
            also[_instead(row, third_party)] = None
    asks = rows[0].slot.field.asks
    if _names_places(asks):
        keys = dict.fromkeys(place.widened(keys, certain=not also))
    if len(numbers) == len(rows) and len({unit for _, unit in numbers}) == 1:
        worst, unit = (min if facet is Facet.AT_LEAST else max)(numbers)
        return Found(tuple(sorted(keys)), worst, unit, tuple(sorted(also)))
    if len(numbers) == len(rows):
        also["words"] = None
    return Found(tuple(sorted(keys)), also=tuple(sorted(also)))


def _not_owed(slot: Slot, sheet: Sheet) -> Found:
    """An older version may not ask; a service without data centres owes nothing about them."""
    field = sheet.guideline.by_field.get(slot.field.id)
    return Found(also=("not_applicable" if field and not field.field.retired else "not_asked",))


def _number(row: Row) -> tuple[float | int, str] | None:
    compare = row.answer.compare
    return (compare.number, compare.unit) if _told(row) and compare and compare.number is not None else None


def _told(row: Row) -> bool:
    return row.answer.status in (Status.DISCLOSED, Status.PARTIAL)


def _keys(row: Row) -> Iterator[str]:
    answer = row.answer
    if not _told(row):
        return
    if answer.kind in (Kind.YES, Kind.NO):
        yield answer.kind.value
    if answer.compare and answer.compare.number is None:
        yield from answer.compare.key.split()


def _instead(row: Row, third_party: bool) -> str:
    """In a word, what stands where nothing can be compared."""
    status = row.answer.status
    if status is Status.UNANSWERED:
        return "not_transcribed" if third_party else status.value
    if status in (Status.WITHHELD, Status.ON_REQUEST):
        return status.value
    return "not_applicable" if row.answer.kind is Kind.NOT_APPLICABLE else "words"


# --- words -----------------------------------------------------------------------------------------------------------


def _names_places(asks: Asks) -> bool:
    return asks.type == "place" or bool(asks.detail and asks.detail.asks.type == "place")


def _options(asks: Asks, used: set[str]) -> Iterator[Json]:
    """What can be chosen: all choices of the definition, else what anybody answered; `within` names the wider one."""
    choices = {choice.id: choice.label for choice in asks.choices}
    both = ("yes", "no") if asks.type == "yes_no" else ()
    order = [*both, *choices, *place.ORDER, *sorted(used)]
    shown = used | set(choices) | set(both)
    for key in dict.fromkeys(key for key in order if key in shown):
        option: dict[str, Json] = {"key": key, "label": dict(_label(key, asks, choices))}
        if _names_places(asks) and "-" in key:
            option["within"] = key.partition("-")[0]
        yield option


def _label(key: str, asks: Asks, choices: Mapping[str, Text]) -> Text:
    if key in choices:
        return choices[key]
    if key in yes_no.WORDS:
        return {language: yes_no.text(key, asks, language) for language in LANGUAGES}
    if _names_places(asks):
        return place.label(key)
    return {LANGUAGES[0]: key}
