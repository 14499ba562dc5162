"""Disclosures as JSON, and back: what a build remembers of a file, and what its processes tell each other.

JSON, because what is remembered must never become code. Answers are made from it when they are asked for: most builds
ask for few. Those that lists and rules ask for stand beside a text with the others, which is read only then.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import asdict, astuple
from datetime import date

from catalog.diagnostics import Location
from catalog.model import (
    Answer,
    Compare,
    Completeness,
    DataCenter,
    Disclosure,
    Guideline,
    Json,
    Kind,
    Service,
    Status,
    SubmittedBy,
    Tally,
    Withdrawn,
)

_STATUS = {status.value: status for status in Status}
_LISTED = ("corporate_number",)
"""Types that rules over all disclosures look at, whatever their field's role."""
_KIND: dict[str | None, Kind | None] = {None: None, **{kind.value: kind for kind in Kind}}


class Answers(Mapping[str, Answer]):
    """Answers by field, each made when it is first asked for."""

    __slots__ = ("_known", "_made", "_others", "_path", "dated")

    def __init__(self, found: Json, path: str) -> None:
        self._known: dict[str, Json]
        self._others: str
        self.dated: list[tuple[str, str]]
        """(field, day) of the answers that are as of some day."""
        self._known, self._others, days = found
        self.dated = [(field, day) for field, day in days]
        self._path = path
        self._made: dict[str, Answer] = {}

    def __getitem__(self, field: str) -> Answer:
        found = self._made.get(field)
        if found is None:
            record = self._known[field] if field in self._known else self._records[field]
            found = self._made[field] = _answer(record, self._path)
        return found

    @property
    def _records(self) -> Mapping[str, Json]:
        if self._others:
            self._known = {**self._known, **json.loads(self._others)}
            self._others = ""
        return self._known

    def __contains__(self, field: object) -> bool:
        return field in self._known or field in self._records

    def __iter__(self) -> Iterator[str]:
        return iter(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __eq__(self, other: object) -> bool:
        return dict(self) == dict(other) if isinstance(other, Mapping) else NotImplemented

    __hash__ = None  # type: ignore[assignment]


def dated(answers: Mapping[str, Answer]) -> list[tuple[str, str]]:
    """(field, day) of the answers that are as of some day."""
    if isinstance(answers, Answers):
        return answers.dated
    return [(field, answer.as_of) for field, answer in answers.items() if answer.as_of]


# --- to JSON ---


def record(disclosure: Disclosure, counts: Mapping[str, Completeness], digests: Mapping[str, str]) -> Json:
    """All of a disclosure but its bytes and its guideline, which it names by key, what was counted in it, and what
    stands for its rows."""
    one = disclosure
    asked = {slot.field.id for slot in one.guideline.slots if slot.field.role or slot.field.asks.type in _LISTED}
    return {
        "path": one.path,
        "provider_id": one.provider_id,
        "guideline": one.guideline.key,
        "submitted_by": one.submitted_by.value,
        "name": one.name,
        "answers": _records(one.answers, asked),
        "services": [_service_record(service, asked) for service in one.services],
        "data_centers": [
            [center.id, center.name, _records(center.answers, asked), *_place(center.location)]
            for center in one.data_centers
        ],
        "sample": one.sample,
        "reading": one.reading,
        "name_en": one.name_en,
        "aliases": one.aliases,
        "formerly": one.formerly,
        "days": [day.isoformat() if day else None for day in (one.disclosed_on, one.expires_on, one.transcribed_on)],
        "withdrawn": asdict(one.withdrawn) if one.withdrawn else None,
        "digest": one.digest,
        "field_digests": digests,
        "places": {key: _place(place) for key, place in one.places.items()},
        "counts": {name: [astuple(found.required), astuple(found.optional)] for name, found in counts.items()},
    }


def _service_record(one: Service, asked: Set[str]) -> Json:
    centers = [one.data_centers, one.no_data_center]
    return [one.id, one.name, *centers, _records(one.answers, asked), one.formerly, *_place(one.location)]


def _records(answers: Mapping[str, Answer], asked: Set[str]) -> Json:
    """The answers to what lists and rules ask for, a text with the others, and which are as of some day."""
    known: dict[str, Json] = {}
    others: dict[str, Json] = {}
    for field, answer in answers.items():
        (known if field in asked else others)[field] = _answer_record(answer)
    return [known, _text(others) if others else "", dated(answers)]


_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _answer_record(one: Answer) -> Json:
    compare = [one.compare.number, one.compare.unit, one.compare.key] if one.compare else None
    said = [one.text, one.value, compare, one.detail, one.note, one.source, one.as_of, one.missing]
    return [one.status.value, one.kind.value if one.kind else None, *said, *_place(one.location)]


def _place(location: Location | None) -> list[int]:
    return [location.line, location.column] if location else []


# --- and back ---


def disclosure_of(
    found: Json, source: bytes, guidelines: Mapping[str, Guideline]
) -> tuple[Disclosure, dict[str, Completeness]]:
    """What `record` was given, read from the bytes `source`. Raises KeyError, TypeError or ValueError for what it did
    not write."""
    path = found["path"]
    disclosed_on, expires_on, transcribed_on = (date.fromisoformat(day) if day else None for day in found["days"])
    disclosure = Disclosure(
        path=path,
        provider_id=found["provider_id"],
        guideline=guidelines[found["guideline"]],
        submitted_by=SubmittedBy(found["submitted_by"]),
        name=found["name"],
        answers=Answers(found["answers"], path),
        services=tuple(_service(one, path) for one in found["services"]),
        data_centers=tuple(
            DataCenter(id, name, Answers(answers, path), Location(path, *place))
            for id, name, answers, *place in found["data_centers"]
        ),
        sample=found["sample"],
        reading=found["reading"],
        name_en=found["name_en"],
        aliases=tuple(found["aliases"]),
        formerly=tuple(found["formerly"]),
        disclosed_on=disclosed_on,
        expires_on=expires_on,
        transcribed_on=transcribed_on,
        withdrawn=Withdrawn(**found["withdrawn"]) if found["withdrawn"] else None,
        digest=found["digest"],
        places={key: Location(path, *place) for key, place in found["places"].items()},
        source=source,
    )
    object.__setattr__(disclosure, "field_digests", found["field_digests"])
    counts = {name: Completeness(Tally(*one), Tally(*other)) for name, (one, other) in found["counts"].items()}
    return disclosure, counts


def _service(found: Json, path: str) -> Service:
    id, name, centers, reason, answers, formerly, *place = found
    return Service(id, name, tuple(centers), reason, Answers(answers, path), tuple(formerly), Location(path, *place))


def _answer(found: Json, path: str) -> Answer:
    status, kind, text, value, compare, detail, note, source, as_of, missing, *place = found
    return Answer(
        _STATUS[status],
        _KIND[kind],
        text,
        value,
        Compare(*compare) if compare else None,
        detail,
        note,
        source,
        as_of,
        tuple(missing),
        Location(path, *place) if place else None,
    )
