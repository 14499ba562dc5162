"""Sheets and how complete they are: one way to count, and the rows behind every number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from catalog.dates import state_of
from catalog.model import (
    Completeness,
    Disclosure,
    Level,
    Provider,
    Row,
    Scope,
    Service,
    Sheet,
    State,
    Status,
    Tally,
    rows_of,
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


def sheet_of(disclosure: Disclosure, service: Service, today: date, counted: Completeness | None = None) -> Sheet:
    """Everything that applies to one service; `counted` is its completeness, where that is known."""
    known = (counted or completeness(sheet_rows(disclosure, service))) if counts_for(disclosure) else None
    return Sheet(disclosure, service, state_of(disclosure, today), known)


def sheet_rows(disclosure: Disclosure, service: Service) -> tuple[Row, ...]:
    """What one service's sheet owes, in the guideline's order."""
    return Sheet(disclosure, service, State.UNDATED, None).rows


def provider_rows(disclosure: Disclosure) -> Iterator[Row]:
    """What a provider owes in one disclosure."""
    return (row for row, _ in placed_provider_rows(disclosure))


def placed_provider_rows(disclosure: Disclosure) -> Iterator[tuple[Row, Service | None]]:
    """What a provider owes, each row with a service whose sheet shows it: its own fields, each service and each data
    centre once, and a blank block where a service neither names a data centre nor says why there is none."""
    scopes = disclosure.guideline.scopes
    for row in rows_of(scopes[Scope.PROVIDER], disclosure.answers):
        yield row, next((one for one in disclosure.services if row.slot.field.id not in one.answers), None)
    for service in disclosure.services:
        for row in rows_of(scopes[Scope.SERVICE], service.answers):
            yield row, service
        if not service.data_centers and not service.no_data_center:
            for row in rows_of(scopes[Scope.DATA_CENTER], {}):
                yield row, service
    for center in disclosure.data_centers:
        user = next((service for service in disclosure.services if center.id in service.data_centers), None)
        for row in rows_of(scopes[Scope.DATA_CENTER], center.answers, center):
            yield row, user


OWN = ""
"""Among counts: the provider's own."""


def counts(disclosure: Disclosure) -> dict[str, Completeness]:
    """The completeness of each sheet by the service's id, and of the provider (`OWN`)."""
    own = completeness(provider_rows(disclosure))
    return {OWN: own, **{one.id: completeness(sheet_rows(disclosure, one)) for one in disclosure.services}}


def provider_of(
    disclosures: Iterable[Disclosure], today: date, counted: Mapping[str, Mapping[str, Completeness]] | None = None
) -> Provider:
    """A company with the sheets of all its disclosures; `counted` are the `counts` that are known, by path."""
    all_of_it = tuple(disclosures)
    known = {one.path: (counted or {}).get(one.path, {}) for one in all_of_it}
    return Provider(
        id=all_of_it[0].provider_id,
        disclosures=all_of_it,
        sheets=tuple(
            sheet_of(one, service, today, known[one.path].get(service.id))
            for one in all_of_it
            for service in one.services
        ),
        completeness={
            one.guideline.key: (known[one.path].get(OWN) or completeness(provider_rows(one)))
            if counts_for(one)
            else None
            for one in all_of_it
        },
        states={one.guideline.key: state_of(one, today) for one in all_of_it},
    )
