"""Sheets and how complete they are: one way to count, and the rows behind every number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from catalog.dates import state_of
from catalog.model import (
    UNANSWERED,
    Answer,
    Completeness,
    DataCenter,
    Disclosure,
    Level,
    Provider,
    Row,
    Scope,
    Service,
    Sheet,
    Slot,
    Status,
    Tally,
)


def tally(rows: Iterable[Row]) -> Tally:
    """How many of the rows stand in which status."""
    counts = Counter(row.answer.status for row in rows)
    return Tally(
        owed=counts.total(),
        disclosed=counts[Status.DISCLOSED],
        partial=counts[Status.PARTIAL],
        on_request=counts[Status.ON_REQUEST],
        withheld=counts[Status.WITHHELD],
        unanswered=counts[Status.UNANSWERED],
    )


def completeness(rows: Iterable[Row]) -> Completeness:
    """The one function that counts: 必須 and 選択 apart."""
    by_level: dict[Level, list[Row]] = {level: [] for level in Level}
    for row in rows:
        by_level[row.slot.field.level].append(row)
    return Completeness(tally(by_level[Level.REQUIRED]), tally(by_level[Level.OPTIONAL]))


def counts_for(disclosure: Disclosure) -> bool:
    """Whether a disclosure has a completeness: a provider submitted it, and it is not withdrawn."""
    return not disclosure.by_third_party and disclosure.withdrawn is None


def sheet_of(disclosure: Disclosure, service: Service, today: date) -> Sheet:
    """Everything that applies to one service, in the guideline's order; one data centre after the other."""
    rows = tuple(sheet_rows(disclosure, service))
    return Sheet(
        disclosure=disclosure,
        service=service,
        rows=rows,
        state=state_of(disclosure, today),
        completeness=completeness(rows) if counts_for(disclosure) else None,
    )


def sheet_rows(disclosure: Disclosure, service: Service) -> Iterator[Row]:
    """What one service's sheet owes, in the guideline's order."""
    centers = [disclosure.data_center[name] for name in service.data_centers]
    for section in disclosure.guideline.sections:
        slots = [slot for slot in disclosure.guideline.slots if slot.section is section]
        if section.scope is Scope.PROVIDER:
            yield from _provider_rows(slots, disclosure.answers, service.answers)
        elif section.scope is Scope.SERVICE:
            yield from _rows(slots, service.answers)
        elif centers:
            for center in centers:
                yield from _rows(slots, center.answers, center)
        elif not service.no_data_center:
            yield from _rows(slots, {})


def _rows(slots: Iterable[Slot], answers: Mapping[str, Answer], center: DataCenter | None = None) -> Iterator[Row]:
    for slot in slots:
        yield Row(slot, answers.get(slot.field.id, UNANSWERED), center)


def _provider_rows(slots: Iterable[Slot], own: Mapping[str, Answer], service: Mapping[str, Answer]) -> Iterator[Row]:
    for slot in slots:
        if slot.field.id in service:
            yield Row(slot, service[slot.field.id], overridden=True)
        else:
            yield Row(slot, own.get(slot.field.id, UNANSWERED))


def provider_rows(disclosure: Disclosure) -> Iterator[Row]:
    """What a provider owes in one disclosure."""
    return (row for row, _ in placed_provider_rows(disclosure))


def placed_provider_rows(disclosure: Disclosure) -> Iterator[tuple[Row, Service | None]]:
    """What a provider owes, each row with a service whose sheet shows it: its own fields, each service and each data
    centre once, and a blank block where a service neither names a data centre nor says why there is none."""
    scopes = disclosure.guideline.scopes
    for row in _rows(scopes[Scope.PROVIDER], disclosure.answers):
        yield row, next((one for one in disclosure.services if row.slot.field.id not in one.answers), None)
    for service in disclosure.services:
        for row in _rows(scopes[Scope.SERVICE], service.answers):
            yield row, service
        if not service.data_centers and not service.no_data_center:
            for row in _rows(scopes[Scope.DATA_CENTER], {}):
                yield row, service
    for center in disclosure.data_centers:
        user = next((service for service in disclosure.services if center.id in service.data_centers), None)
        for row in _rows(scopes[Scope.DATA_CENTER], center.answers, center):
            yield row, user


def provider_of(disclosures: Iterable[Disclosure], today: date) -> Provider:
    """A company with the sheets of all its disclosures."""
    all_of_it = tuple(disclosures)
    return Provider(
        id=all_of_it[0].provider_id,
        disclosures=all_of_it,
        sheets=tuple(
            sheet_of(disclosure, service, today) for disclosure in all_of_it for service in disclosure.services
        ),
        completeness={
            disclosure.guideline.key: completeness(provider_rows(disclosure)) if counts_for(disclosure) else None
            for disclosure in all_of_it
        },
        states={disclosure.guideline.key: state_of(disclosure, today) for disclosure in all_of_it},
    )
