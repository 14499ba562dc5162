"""Counting: every number is that of the rows behind it. Dates: how long a disclosure is valid."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.completeness import completeness, placed_provider_rows, provider_of, provider_rows, sheet_of, tally
from catalog.dates import months_later, state_of, turning_days
from catalog.diagnostics import Location, Report
from catalog.load.guidelines import load_guidelines
from catalog.model import (
    UNANSWERED,
    Answer,
    Completeness,
    DataCenter,
    Disclosure,
    Guideline,
    Kind,
    Level,
    Row,
    Scope,
    Service,
    State,
    Status,
    SubmittedBy,
    Tally,
    Withdrawn,
)
from catalog.source import ParseCache

ROOT = Path(__file__).resolve().parent / "roots" / "smallest"
HERE = Location("content/providers/kaku.yaml")
TODAY = date(2026, 11, 23)
ANSWERS = [
    Answer(Status.DISCLOSED, Kind.VALUE, "値"),
    Answer(Status.DISCLOSED, Kind.NO, "無し"),
    Answer(Status.DISCLOSED, Kind.NOT_APPLICABLE, "該当なし", detail="理由"),
    Answer(Status.PARTIAL, Kind.YES, "有り"),
    Answer(Status.ON_REQUEST, None, "個別開示"),
    Answer(Status.WITHHELD, None, "非公開", detail="理由"),
]


@cache
def guideline() -> Guideline:
    (found,) = load_guidelines(ROOT, ParseCache(None, ""), Report())
    return found


def disclosure_of(**values: object) -> Disclosure:
    empty = Disclosure(HERE.path, "kaku", guideline(), SubmittedBy.PROVIDER, "架空", {}, (), ())
    return replace(empty, **values)  # type: ignore[arg-type]


@st.composite
def answers_to(draw: st.DrawFn, *scopes: Scope) -> dict[str, Answer]:
    """Answers to some of the fields: often to all or none, so that the ends of the scale are met."""
    fields = [slot.field.id for scope in scopes for slot in guideline().scopes[scope]]
    some = draw(st.sampled_from([ANSWERS[:3], ANSWERS, [*ANSWERS, *[UNANSWERED] * 3], [UNANSWERED]]))
    picked = {field: draw(st.sampled_from(some)) for field in fields}
    return {field: answer for field, answer in picked.items() if answer is not UNANSWERED}


@st.composite
def disclosures(draw: st.DrawFn) -> Disclosure:
    ids = [f"dc{number}" for number in range(draw(st.integers(0, 3)))]
    centers = [DataCenter(name, name, draw(answers_to(Scope.DATA_CENTER)), HERE) for name in ids]
    services = []
    for number in range(draw(st.integers(0, 3))):
        used = tuple(draw(st.lists(st.sampled_from(ids), unique=True))) if ids else ()
        reason = "" if used else draw(st.sampled_from(["", "自社で持たない"]))
        overrides = draw(answers_to(Scope.PROVIDER)) if draw(st.booleans()) else {}
        answers = draw(answers_to(Scope.SERVICE)) | overrides
        services.append(Service(f"s{number}", "架空", used, reason, answers, (), HERE))
    return disclosure_of(
        answers=draw(answers_to(Scope.PROVIDER)), services=tuple(services), data_centers=tuple(centers)
    )


def counted(rows: list[Row]) -> Tally:
    """The plain way to count: one by one."""
    found = Counter(row.answer.status.value for row in rows)
    return Tally(owed=len(rows), **{status.value: found[status.value] for status in Status})


def by_level(shown: Completeness) -> tuple[tuple[Level, Tally], tuple[Level, Tally]]:
    return (Level.REQUIRED, shown.required), (Level.OPTIONAL, shown.optional)


# --- counting ---


@given(disclosure=disclosures())
def test_every_number_is_that_of_the_rows_behind_it(disclosure: Disclosure) -> None:
    for sheet in provider_of([disclosure], TODAY).sheets:
        assert sheet.completeness
        for level, shown in (
            (Level.REQUIRED, sheet.completeness.required),
            (Level.OPTIONAL, sheet.completeness.optional),
        ):
            assert shown == counted([row for row in sheet.rows if row.slot.field.level is level])
            assert shown.owed == sum(getattr(shown, status.value) for status in Status)


@given(disclosure=disclosures())
def test_sections_add_up_to_the_sheet(disclosure: Disclosure) -> None:
    for sheet in provider_of([disclosure], TODAY).sheets:
        parts = [completeness(sheet.section_rows(section)) for section in guideline().sections]
        assert sheet.completeness
        for name in ("owed", "disclosed", "partial", "on_request", "withheld", "unanswered"):
            for level in ("required", "optional"):
                whole = getattr(getattr(sheet.completeness, level), name)
                assert whole == sum(getattr(getattr(part, level), name) for part in parts)


@given(disclosure=disclosures())
def test_100_percent_means_that_nothing_is_missing(disclosure: Disclosure) -> None:
    for sheet in provider_of([disclosure], TODAY).sheets:
        assert sheet.completeness
        for level, shown in (
            (Level.REQUIRED, sheet.completeness.required),
            (Level.OPTIONAL, sheet.completeness.optional),
        ):
            missing = [
                row for row in sheet.rows if row.slot.field.level is level and row.answer.status is not Status.DISCLOSED
            ]
            assert (shown.percent == 100) == (not missing)
            assert 0 <= shown.percent <= 100


@pytest.mark.parametrize(
    ("disclosed", "owed", "percent"),
    [
        (0, 136, 0),
        (1, 136, 0),
        (135, 136, 99),
        (249, 250, 99),
        (9999, 10000, 99),
        (136, 136, 100),
        (0, 0, 100),
        (1, 3, 33),
    ],
)
def test_percents_are_rounded_down(disclosed: int, owed: int, percent: int) -> None:
    assert Tally(owed=owed, disclosed=disclosed, unanswered=owed - disclosed).percent == percent


@given(disclosure=disclosures())
def test_a_sheet_owes_the_providers_the_services_and_each_data_centers_fields(disclosure: Disclosure) -> None:
    sizes = {scope: len(slots) for scope, slots in guideline().scopes.items()}
    for service in disclosure.services:
        rows = sheet_of(disclosure, service, TODAY).rows
        blocks = len(service.data_centers) or (0 if service.no_data_center else 1)
        assert len(rows) == sizes[Scope.PROVIDER] + sizes[Scope.SERVICE] + sizes[Scope.DATA_CENTER] * blocks
        assert len({row.anchor for row in rows}) == len(rows)
        order = [guideline().slots.index(row.slot) for row in rows if row.slot.section.scope is not Scope.DATA_CENTER]
        assert order == sorted(order)


@given(disclosure=disclosures())
def test_a_row_shows_the_answer_of_its_owner(disclosure: Disclosure) -> None:
    for service in disclosure.services:
        for row in sheet_of(disclosure, service, TODAY).rows:
            field, scope = row.slot.field.id, row.slot.section.scope
            own = row.data_center.answers if row.data_center else {}
            if scope is Scope.SERVICE or field in service.answers:
                own = service.answers
            elif scope is Scope.PROVIDER:
                own = disclosure.answers
            assert row.answer == own.get(field, UNANSWERED)
            assert row.overridden == (scope is Scope.PROVIDER and field in service.answers)


@given(disclosure=disclosures())
def test_a_providers_figure_counts_everything_once(disclosure: Disclosure) -> None:
    shown = provider_of([disclosure], TODAY).completeness[guideline().key]
    assert shown
    scopes = guideline().scopes
    blank = sum(not service.data_centers and not service.no_data_center for service in disclosure.services)
    expected = [
        *((slot, disclosure.answers) for slot in scopes[Scope.PROVIDER]),
        *((slot, service.answers) for service in disclosure.services for slot in scopes[Scope.SERVICE]),
        *((slot, center.answers) for center in disclosure.data_centers for slot in scopes[Scope.DATA_CENTER]),
        *((slot, {}) for _ in range(blank) for slot in scopes[Scope.DATA_CENTER]),
    ]
    for level, found in by_level(shown):
        rows = [Row(slot, own.get(slot.field.id, UNANSWERED)) for slot, own in expected if slot.field.level is level]
        assert found == counted(rows)
    assert tally(provider_rows(disclosure)).owed == shown.required.owed + shown.optional.owed


@given(disclosure=disclosures())
def test_every_row_behind_a_providers_figure_stands_on_the_sheet_it_names(disclosure: Disclosure) -> None:
    for row, service in placed_provider_rows(disclosure):
        if service:
            assert row in sheet_of(disclosure, service, TODAY).rows
        elif row.data_center:
            assert not any(row.data_center.id in one.data_centers for one in disclosure.services)


@given(disclosure=disclosures())
def test_who_submitted_nothing_has_no_completeness(disclosure: Disclosure) -> None:
    for other in (
        replace(disclosure, submitted_by=SubmittedBy.THIRD_PARTY),
        replace(disclosure, withdrawn=Withdrawn("2026-04-01", "終了")),
    ):
        provider = provider_of([other], TODAY)
        assert set(provider.completeness.values()) == {None}
        assert {sheet.completeness for sheet in provider.sheets} <= {None}
        assert not any(sheet.counted for sheet in provider.sheets)


@given(disclosure=disclosures())
def test_samples_are_complete_but_not_counted(disclosure: Disclosure) -> None:
    for sheet in provider_of([replace(disclosure, sample=True)], TODAY).sheets:
        assert sheet.completeness
        assert not sheet.counted


def test_retired_fields_are_owed_no_longer() -> None:
    assert "old_feature" in guideline().by_field
    assert "old_feature" not in {slot.field.id for slot in guideline().slots}
    service = Service("s", "架空", (), "", {}, (), HERE)
    rows = sheet_of(disclosure_of(services=(service,)), service, TODAY).rows
    assert "old_feature" not in {row.slot.field.id for row in rows}


# --- dates ---


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 10, 31), 24, date(2026, 10, 31)),
        (date(2024, 8, 31), 1, date(2024, 9, 30)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
        (date(2024, 12, 1), 1, date(2025, 1, 1)),
        (date(2024, 1, 31), -1, date(2023, 12, 31)),
        (date(2026, 2, 28), -4, date(2025, 10, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(9998, 12, 31), 24, date.max),
        (date(1, 1, 31), -1, date.min),
    ],
)
def test_months_later_is_the_same_day_clamped_to_the_month(day: date, months: int, expected: date) -> None:
    assert months_later(day, months) == expected


@given(day=st.dates(date(1000, 1, 1), date(9000, 1, 1)), months=st.integers(-600, 600))
def test_months_later_never_leaves_the_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def dated(disclosed_on: date | None, months: int | None = 24) -> Disclosure:
    return disclosure_of(
        disclosed_on=disclosed_on,
        expires_on=months_later(disclosed_on, months) if disclosed_on and months else None,
    )


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2024, 2, 29), State.VALID),
        (date(2025, 10, 27), State.VALID),
        (date(2025, 10, 28), State.EXPIRING),
        (date(2026, 2, 27), State.EXPIRING),
        (date(2026, 2, 28), State.EXPIRING),
        (date(2026, 3, 1), State.EXPIRED),
        (date(2030, 1, 1), State.EXPIRED),
    ],
)
def test_a_disclosure_is_valid_on_its_last_day_and_warns_four_months_before(today: date, state: State) -> None:
    assert state_of(dated(date(2024, 2, 29)), today) is state


def test_states_that_are_not_of_a_date() -> None:
    day = date(2024, 2, 29)
    assert state_of(dated(None), TODAY) is State.UNDATED
    assert state_of(dated(day, None), TODAY) is State.VALID
    assert state_of(replace(dated(day), submitted_by=SubmittedBy.THIRD_PARTY), TODAY) is State.TRANSCRIBED
    withdrawn = Withdrawn("2026-04-01", "終了")
    assert state_of(replace(dated(day), withdrawn=withdrawn), TODAY) is State.WITHDRAWN
    third = replace(dated(day), submitted_by=SubmittedBy.THIRD_PARTY, withdrawn=withdrawn)
    assert state_of(third, TODAY) is State.WITHDRAWN


@given(
    day=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    months=st.integers(1, 60),
    days=st.integers(-100, 2000),
)
def test_the_state_changes_on_the_turning_days_alone(day: date, months: int, days: int) -> None:
    disclosure = dated(day, months)
    today = day + timedelta(days=days)
    before, after = state_of(disclosure, today - timedelta(days=1)), state_of(disclosure, today)
    assert (before is not after) == (today in turning_days(disclosure))


def test_what_never_expires_has_no_turning_days() -> None:
    assert turning_days(dated(None)) == ()
    assert turning_days(dated(date(2024, 1, 1), None)) == ()
    assert turning_days(dated(date(9998, 12, 1))) == ()
