"""What a change of the files means: answers, completeness, services, data centres, warnings; before → after.

`compare` is pure. What it returns is plain data (texts, numbers, tuples), so that it goes through JSON and back and
can be shown where the guideline is not at hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from catalog.completeness import completeness, counts_for, provider_rows, sheet_rows
from catalog.diagnostics import Diagnostic, Severity
from catalog.diagnostics.printers import LANGUAGES, hint, message
from catalog.model import Answer, Completeness, DataCenter, Disclosure, Guideline, Role, Scope, Service

__all__ = [
    "AnswerChange",
    "Change",
    "Changes",
    "DisclosureChange",
    "Fact",
    "Part",
    "Problem",
    "Severity",
    "Shown",
    "Side",
    "compare",
    "problem",
]

_Named = TypeVar("_Named", Disclosure, Service, DataCenter)


class Change(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two catalogs: the disclosures that could be read, every problem, the paths of all disclosures."""

    disclosures: tuple[Disclosure, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    files: frozenset[str] = frozenset()

    @property
    def broken(self) -> frozenset[str]:
        """The files with errors, and those that could not be read because of another's: what they say is not known
        whole, so nothing is said about them."""
        errors = {one.location.path for one in self.problems if one.severity is Severity.ERROR}
        return frozenset(errors | (self.files - {one.path for one in self.disclosures}))


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as it reads. "" is absent."""

    status: str
    kind: str = ""
    text: str = ""
    detail: str = ""
    note: str = ""
    source: str = ""
    as_of: str = ""


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """One answer; None before: it was added, None after: it was withdrawn (the field is unanswered now)."""

    field: str
    item: str
    title: Mapping[str, str]
    before: Shown | None
    after: Shown | None

    @property
    def change(self) -> Change:
        return _change(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about a file, a service or a data centre that is no answer; "" is absent."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Part:
    """The provider's own answers, a service or a data centre; `formerly` is the id that it had before, if another.

    Completeness is that of a service's sheet; None where there is none.
    """

    scope: Scope
    id: str
    name: str
    formerly: str
    change: Change
    facts: tuple[Fact, ...]
    answers: tuple[AnswerChange, ...]
    before: Completeness | None
    after: Completeness | None


@dataclass(frozen=True, slots=True)
class DisclosureChange:
    """One provider's answers to one guideline; completeness is the provider's whole."""

    provider: str
    name: str
    formerly: str
    guideline: str
    change: Change
    facts: tuple[Fact, ...]
    parts: tuple[Part, ...]
    before: Completeness | None
    after: Completeness | None


@dataclass(frozen=True, slots=True)
class Problem:
    """A diagnostic in words; `corrected` is the value that was probably meant, if one is known."""

    path: str
    line: int
    column: int
    severity: str
    code: str
    message: Mapping[str, str]
    hint: Mapping[str, str]
    corrected: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs; `not_compared` are the files that have errors on either side."""

    disclosures: tuple[DisclosureChange, ...] = ()
    new_warnings: tuple[Problem, ...] = ()
    gone_warnings: tuple[Problem, ...] = ()
    not_compared: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.disclosures or self.new_warnings or self.gone_warnings or self.not_compared)


def compare(before: Side, after: Side) -> Changes:
    """What differs. Renamed providers and services are known by their former ids."""
    broken = before.broken | after.broken
    old, new = _by_guideline(before), _by_guideline(after)
    pairs = [pair for key in sorted({*old, *new}) for pair in _pairs(old.get(key, []), new.get(key, []))]
    moved = {one.path: other.path for one, other in pairs if one and other}
    shown = [pair for pair in pairs if not broken & {side.path for side in pair if side}]
    found = (_disclosure(*pair) for pair in shown)
    new_warnings, gone_warnings = _warnings(before, after, broken, moved)
    return Changes(
        disclosures=tuple(sorted((one for one in found if one), key=lambda one: (one.provider, one.guideline))),
        new_warnings=new_warnings,
        gone_warnings=gone_warnings,
        not_compared=tuple(sorted(broken)),
    )


def problem(found: Diagnostic) -> Problem:
    """A diagnostic in words, in every language."""
    return Problem(
        path=found.location.path,
        line=found.location.line,
        column=found.location.column,
        severity=found.severity.value,
        code=found.code,
        message={language: message(found, language) for language in LANGUAGES},
        hint={language: hint(found, language) for language in LANGUAGES},
        corrected=_corrected(found),
    )


_ONE_RIGHT_VALUE = frozenset(("data-center-count",))
"""The codes whose `expected` is the very value to write."""


def _corrected(found: Diagnostic) -> str:
    value = found.values.get("nearest") or (found.values.get("expected") if found.code in _ONE_RIGHT_VALUE else "")
    return value if isinstance(value, str) else ""


# --- what belongs together -------------------------------------------------------------------------------------------


def _by_guideline(side: Side) -> Mapping[str, list[Disclosure]]:
    found: dict[str, list[Disclosure]] = {}
    for one in side.disclosures:
        found.setdefault(one.guideline.id, []).append(one)
    return found


def _pairs(before: Iterable[_Named], after: Sequence[_Named]) -> Iterator[tuple[_Named | None, _Named | None]]:
    """Each with its counterpart: of the same id, else of an id that it had formerly; then what is gone."""
    left: dict[str, _Named] = {_id(one): one for one in before}
    present: set[str] = {_id(one) for one in after}
    later: _Named
    for later in after:
        names = [_id(later), *(name for name in _former(later) if name not in present)]
        known = next((name for name in names if name in left), None)
        earlier = left.pop(known) if known is not None else None
        yield earlier, later
    for gone in left.values():
        yield gone, None


def _id(one: Disclosure | Service | DataCenter) -> str:
    return one.provider_id if isinstance(one, Disclosure) else one.id


def _former(one: Disclosure | Service | DataCenter) -> tuple[str, ...]:
    return () if isinstance(one, DataCenter) else one.formerly


def _change(before: object, after: object) -> Change:
    if before is None:
        return Change.ADDED
    return Change.REMOVED if after is None else Change.CHANGED


def _formerly(before: _Named | None, after: _Named | None) -> str:
    return _id(before) if before and after and _id(before) != _id(after) else ""


# --- what differs ----------------------------------------------------------------------------------------------------


def _disclosure(before: Disclosure | None, after: Disclosure | None) -> DisclosureChange | None:
    """None where nothing does."""
    one = after or before
    assert one is not None
    parts = tuple(_parts(before, after))
    found = DisclosureChange(
        provider=one.provider_id,
        name=one.name,
        formerly=_formerly(before, after),
        guideline=one.guideline.id,
        change=_change(before, after),
        facts=_facts(_of_disclosure(before), _of_disclosure(after), _told(parts, one.guideline)),
        parts=parts,
        before=_whole(before),
        after=_whole(after),
    )
    differs = found.facts or found.parts or found.formerly or found.before != found.after
    return found if differs or found.change is not Change.CHANGED else None


def _parts(before: Disclosure | None, after: Disclosure | None) -> Iterator[Part]:
    own = _answers(before, after, before, after)
    if own:
        yield Part(Scope.PROVIDER, "", "", "", _change(before, after), (), own, None, None)
    for old, new in _pairs(before.services if before else (), after.services if after else ()):
        yield from _part(Scope.SERVICE, before, after, old, new, _sheet(before, old), _sheet(after, new))
    for left, right in _pairs(before.data_centers if before else (), after.data_centers if after else ()):
        yield from _part(Scope.DATA_CENTER, before, after, left, right, None, None)


def _part(
    scope: Scope,
    before: Disclosure | None,
    after: Disclosure | None,
    old: Service | DataCenter | None,
    new: Service | DataCenter | None,
    counted_before: Completeness | None,
    counted_after: Completeness | None,
) -> Iterator[Part]:
    one, disclosure = new or old, after or before
    assert one is not None
    assert disclosure is not None
    answers = _answers(before, after, old, new)
    role = Role.SERVICE_NAME if scope is Scope.SERVICE else Role.DATA_CENTER_NAME
    slot = disclosure.guideline.by_role.get(role)
    named = any(slot and answer.field == slot.field.id for answer in answers)
    facts = _facts(_of_part(old), _of_part(new), frozenset(("name",)) if named else frozenset())
    formerly = old.id if old and new and old.id != new.id else ""
    if answers or facts or formerly or counted_before != counted_after or not (old and new):
        change = _change(old, new)
        yield Part(scope, one.id, one.name, formerly, change, facts, answers, counted_before, counted_after)


def _answers(
    before: Disclosure | None,
    after: Disclosure | None,
    old: Disclosure | Service | DataCenter | None,
    new: Disclosure | Service | DataCenter | None,
) -> tuple[AnswerChange, ...]:
    """In the guideline's order; fields that only the older definition has come last."""
    slots = {**(after.guideline.by_field if after else {}), **(before.guideline.by_field if before else {})}
    if after:
        slots |= after.guideline.by_field
    earlier, later = old.answers if old else {}, new.answers if new else {}
    found = []
    for name, slot in slots.items():
        first, second = _shown(earlier.get(name)), _shown(later.get(name))
        if first != second:
            found.append(AnswerChange(name, slot.item.number, dict(slot.subject.title), first, second))
    return tuple(found)


def _shown(answer: Answer | None) -> Shown | None:
    if answer is None:
        return None
    kind = answer.kind.value if answer.kind else ""
    return Shown(answer.status.value, kind, answer.text, answer.detail, answer.note, answer.source, answer.as_of)


def _told(parts: Iterable[Part], guideline: Guideline) -> frozenset[str]:
    """The facts that are taken from an answer, where that answer is among those that changed."""
    changed = {answer.field for part in parts if part.scope is Scope.PROVIDER for answer in part.answers}
    taken = {"name": Role.PROVIDER_NAME, "disclosed_on": Role.DISCLOSURE_DATE}
    slots = {fact: guideline.by_role.get(role) for fact, role in taken.items()}
    return frozenset(fact for fact, slot in slots.items() if slot and slot.field.id in changed)


def _facts(old: Mapping[str, str], new: Mapping[str, str], known: frozenset[str]) -> tuple[Fact, ...]:
    """`known` are those that an answer tells already."""
    pairs = ((name, old.get(name, ""), new.get(name, "")) for name in {**old, **new} if name not in known)
    return tuple(Fact(name, first, second) for name, first, second in pairs if first != second)


def _of_disclosure(one: Disclosure | None) -> Mapping[str, str]:
    if one is None:
        return {}
    withdrawn = f"{one.withdrawn.on} {one.withdrawn.reason}".strip() if one.withdrawn else ""
    return {
        "name": one.name,
        "name_en": one.name_en,
        "reading": one.reading,
        "aliases": ", ".join(one.aliases),
        "formerly": ", ".join(one.formerly),
        "guideline_version": one.guideline.version,
        "submitted_by": one.submitted_by.value,
        "sample": "true" if one.sample else "",
        "disclosed_on": one.disclosed_on.isoformat() if one.disclosed_on else "",
        "transcribed_on": one.transcribed_on.isoformat() if one.transcribed_on else "",
        "withdrawn": withdrawn,
    }


def _of_part(one: Service | DataCenter | None) -> Mapping[str, str]:
    if one is None:
        return {}
    if isinstance(one, DataCenter):
        return {"name": one.name}
    return {
        "name": one.name,
        "formerly": ", ".join(one.formerly),
        "data_centers": ", ".join(one.data_centers),
        "no_data_center": one.no_data_center,
    }


def _whole(disclosure: Disclosure | None) -> Completeness | None:
    return completeness(provider_rows(disclosure)) if disclosure and counts_for(disclosure) else None


def _sheet(disclosure: Disclosure | None, service: Service | None) -> Completeness | None:
    if disclosure is None or service is None or not counts_for(disclosure):
        return None
    return completeness(sheet_rows(disclosure, service))


# --- warnings --------------------------------------------------------------------------------------------------------


def _warnings(
    before: Side, after: Side, broken: frozenset[str], moved: Mapping[str, str]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The new and the gone ones, wherever in its file one stands; of files with errors, neither."""

    def of(side: Side, paths: Mapping[str, str]) -> list[tuple[str, Diagnostic]]:
        found = [one for one in side.problems if one.severity is Severity.WARNING and one.location.path not in broken]
        return [(f"{paths.get(one.location.path, one.location.path)}\0{_said(one)}", one) for one in found]

    old, new = of(before, moved), of(after, {})
    return _beyond(new, Counter(key for key, _ in old)), _beyond(old, Counter(key for key, _ in new))


def _said(one: Diagnostic) -> str:
    number = one.subject.number if one.subject else ""
    return f"{one.code}\0{number}\0{sorted(one.values.items(), key=str)}"


def _beyond(found: Iterable[tuple[str, Diagnostic]], others: Counter[str]) -> tuple[Problem, ...]:
    """Those that the other side does not have as often."""
    left = []
    for key, one in found:
        if others[key] > 0:
            others[key] -= 1
        else:
            left.append(problem(one))
    return tuple(left)
