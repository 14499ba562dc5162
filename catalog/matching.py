"""Whether answers meet what a buyer requires: met, partly, to be asked, not disclosed, not met.

Reads only `compare`, `status`, `kind` and, for "contains", the words of the rows. What is not disclosed never counts
as met. The rules in words: docs/matching.md. `theme/assets/js/match/judge.js` is this module's twin, as
`tests/test_matching.py` proves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import assert_never

from catalog.answers import conditions, place
from catalog.model import (
    Answer,
    Asks,
    Condition,
    Kind,
    Profile,
    Requirement,
    Row,
    Scope,
    Sheet,
    Slot,
    Status,
    Test,
    Weight,
)


class Verdict(StrEnum):
    MET = "met"
    PARTLY = "partly"
    ASK = "ask"
    UNDISCLOSED = "undisclosed"
    UNMET = "unmet"


class Absence(StrEnum):
    """Why a sheet has no row for a field."""

    NO_DATA_CENTER = "no_data_center"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Finding:
    """What becomes of one requirement on one sheet: the whole, and each row (several where data centres answer)."""

    requirement: Requirement
    verdict: Verdict
    rows: tuple[tuple[Row, Verdict], ...] = ()
    absence: Absence | None = None


@dataclass(frozen=True)
class Standing:
    """A sheet against all requirements of a profile, in their order."""

    sheet: Sheet
    findings: tuple[Finding, ...]

    def count(self, weight: Weight, verdict: Verdict) -> int:
        return sum(one.verdict is verdict and one.requirement.weight is weight for one in self.findings)

    @cached_property
    def rank(self) -> tuple[int | str, ...]:
        """Sorts the best first: samples last, then musts met, shoulds met, musts not met, partly met, address."""
        must, should = Weight.MUST, Weight.SHOULD
        return (
            int(self.sheet.disclosure.sample),
            -self.count(must, Verdict.MET),
            -self.count(should, Verdict.MET),
            self.count(must, Verdict.UNMET),
            -self.count(must, Verdict.PARTLY),
            -self.count(should, Verdict.PARTLY),
            self.sheet.path,
        )


def match(profile: Profile, sheets: Iterable[Sheet]) -> list[Standing]:
    """The sheets of the profile's guideline against it, best first."""
    own = [sheet for sheet in sheets if sheet.guideline.id == profile.guideline.id]
    standings = [Standing(sheet, tuple(_findings(profile, sheet))) for sheet in own]
    return sorted(standings, key=lambda standing: standing.rank)


def _findings(profile: Profile, sheet: Sheet) -> Iterable[Finding]:
    for requirement in profile.requirements:
        slot = profile.guideline.by_field[requirement.field]
        yield finding(requirement, slot, sheet, sheet.rows_by_field.get(requirement.field, ()))


def finding(requirement: Requirement, slot: Slot, sheet: Sheet, rows: Sequence[Row]) -> Finding:
    """One requirement on the rows that a sheet has for its field."""
    if rows:
        found = tuple((row, judge(row.answer, requirement.condition, slot.field.asks)) for row in rows)
        return Finding(requirement, together([verdict for _, verdict in found]), found)
    if absence(slot, sheet) is Absence.NO_DATA_CENTER:
        return Finding(requirement, Verdict.UNMET, absence=Absence.NO_DATA_CENTER)
    return Finding(requirement, Verdict.UNDISCLOSED, absence=Absence.NOT_ASKED)


def absence(slot: Slot, sheet: Sheet) -> Absence:
    """Why a sheet has no row for a field: it uses no data centre, or its guideline's version does not ask."""
    asked = sheet.guideline.by_field.get(slot.field.id)
    if asked and not asked.field.retired and asked.section.scope is Scope.DATA_CENTER and sheet.service.no_data_center:
        return Absence.NO_DATA_CENTER
    return Absence.NOT_ASKED


def together(verdicts: Sequence[Verdict]) -> Verdict:
    """One verdict for several data centres: met only if all meet it."""
    if all(verdict is Verdict.MET for verdict in verdicts):
        return Verdict.MET
    if any(verdict in (Verdict.MET, Verdict.PARTLY) for verdict in verdicts):
        return Verdict.PARTLY
    for verdict in (Verdict.UNMET, Verdict.UNDISCLOSED):
        if verdict in verdicts:
            return verdict
    return Verdict.ASK


def judge(answer: Answer, condition: Condition, asks: Asks) -> Verdict:
    """One answer against one condition."""
    if answer.status not in (Status.DISCLOSED, Status.PARTIAL):
        return Verdict.UNDISCLOSED
    if answer.kind is Kind.NOT_APPLICABLE:
        return Verdict.UNMET
    found = _as_written(answer, condition, asks)
    if answer.status is Status.PARTIAL:
        if found is Verdict.MET:
            return Verdict.PARTLY
        if condition.test is Test.CONTAINS and found is Verdict.UNMET:
            return Verdict.ASK  # the words may stand in what is missing
    return found


def _as_written(answer: Answer, condition: Condition, asks: Asks) -> Verdict:
    """As if nothing were missing."""
    match condition.test:
        case Test.ANSWERED:
            return Verdict.MET
        case Test.YES | Test.NO:
            return _yes_or_no(answer, Kind(condition.test.value))
        case Test.CONTAINS:
            words = fold(f"{answer.text}\n{answer.detail}")
            return Verdict.MET if fold(condition.text) in words else Verdict.UNMET
        case Test.AT_LEAST | Test.AT_MOST:
            return _number(answer, condition, conditions.own_unit(asks))
        case Test.IN:
            return _among(answer, condition, asks)
    assert_never(condition.test)


def _yes_or_no(answer: Answer, wanted: Kind) -> Verdict:
    if answer.kind not in (Kind.YES, Kind.NO):
        return Verdict.ASK
    return Verdict.MET if answer.kind is wanted else Verdict.UNMET


def _number(answer: Answer, condition: Condition, unit: str) -> Verdict:
    """Nothing there is no amount at all, so less than any; whether it is little enough has to be asked."""
    if answer.kind is Kind.NO:
        return Verdict.UNMET if condition.test is Test.AT_LEAST else Verdict.ASK
    found = answer.compare
    if found is None or found.number is None or (unit and found.unit != unit):
        return Verdict.ASK
    bound = conditions.threshold(condition)
    enough = found.number >= bound if condition.test is Test.AT_LEAST else found.number <= bound
    return Verdict.MET if enough else Verdict.UNMET


def _among(answer: Answer, condition: Condition, asks: Asks) -> Verdict:
    if answer.kind is Kind.NO:
        return Verdict.UNMET
    key = answer.compare.key if answer.compare else ""
    if not key or (answer.kind is Kind.YES and key == "yes"):
        return Verdict.ASK
    named = key.split(" ")
    if conditions.compared(asks).type == "place":
        return _places(named, condition.values)
    return Verdict.MET if any(one in condition.values for one in named) else Verdict.UNMET


def _places(named: Sequence[str], wanted: Sequence[str]) -> Verdict:
    """Met only if all places lie inside, partly if some do."""
    found = [_inside_any(one, wanted) for one in named]
    if all(found):
        return Verdict.MET
    if any(found):
        return Verdict.PARTLY
    return Verdict.ASK if None in found else Verdict.UNMET


def _inside_any(named: str, wanted: Sequence[str]) -> bool | None:
    """None where it cannot be told."""
    found = [place.inside(named, one) for one in wanted]
    if True in found:
        return True
    return None if None in found else False


def fold(text: str) -> str:
    """For "contains": no difference of width or case."""
    return unicodedata.normalize("NFKC", text).lower()
