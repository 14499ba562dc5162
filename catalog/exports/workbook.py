"""The workbook: one layout for reading a sheet and for filling in a file. What stands in which cell is said here (and
in docs/workbook.md); `xlsx` writes it, `imports` reads it.

A tab for the company, one for each service, one for each data centre. A row of a tab is known by the id in its hidden
first column: a field's id, `field.part`, `@group:id`, or `@key` for what belongs to the file rather than to the
guideline.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as default

from catalog import answers
from catalog.diagnostics import Location
from catalog.messages import Messages
from catalog.model import (
    UNANSWERED,
    Answer,
    Asks,
    DataCenter,
    Disclosure,
    Group,
    Guideline,
    Kind,
    Part,
    Role,
    Row,
    Scope,
    Service,
    Sheet,
    Slot,
    Status,
    SubmittedBy,
)
from catalog.written import Cells, cells_of, group_reasons, kept, kept_list, kept_together, own_name, part_answer

LAYOUT = "1"
COLUMNS = ("id", "item", "label", "prompt", "level", "answer", "state", "detail", "note", "source", "as_of", "kept")
"""The keys in the hidden third row of every tab, in the order of the columns."""
LOCKED = 5
"""So many columns say what is asked; the others are filled in, but for the hidden last one."""
GROUP = "@group:"
"""Before the id of a group whose fields can be answered together: none of them applies."""
_PLAIN = (Status.DISCLOSED, Status.PARTIAL, Status.UNANSWERED)
STATES = ("disclosed", "free_words", "not_applicable", "partial", "on_request", "withheld", "unanswered")


@dataclass(frozen=True, slots=True)
class Line:
    """A row: `asked` are the locked cells after the id, `said` the others. A line without id is a heading, and so is
    one of a group, where state and detail can be filled in."""

    id: str
    asked: tuple[str, ...]
    said: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    hint: str = ""
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """`kind` is `provider`, `service` or `data_center`."""

    name: str
    kind: str
    title: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Workbook:
    title: str
    about: Sequence[tuple[str, str, str]]
    """(key, label, text) of the first tab; without a key it is only to be read."""
    tabs: Sequence[Tab]
    columns: tuple[str, ...]
    states: tuple[str, ...]
    footer: str
    notice: str = ""
    """Stands at the head of every printed page: a sample, a transcription."""
    guidance: str = ""
    words: tuple[str, str] = default(default=("", ""))
    """The names of the first tab and of the tab that holds the lists of the drop-downs."""


def filled(sheet: Sheet, t: Messages) -> Workbook:
    """Every owed row of a sheet, as it was answered."""
    return _Layout(sheet.guideline, t).filled(sheet)


def whole(one: Disclosure, t: Messages) -> Workbook:
    """All that a disclosure file says, so that an import gives the same file."""
    return _Layout(one.guideline, t).whole(one)


def empty(
    guideline: Guideline, t: Messages, services: Sequence[str] = ("",), centers: Sequence[str] = ("",)
) -> Workbook:
    """The form: the company, services and data centres with these ids."""
    return _Layout(guideline, t).empty(services, centers)


class _Layout:
    def __init__(self, guideline: Guideline, t: Messages) -> None:
        self.guideline = guideline
        self.t = t
        self.states = {name: self._state_word(name) for name in STATES}

    def _state_word(self, name: str) -> str:
        if name == "free_words":
            return self.t("workbook.free_words")
        return self.t("mark.not_applicable") if name == "not_applicable" else self.t(f"status.{name}")

    # --- the two kinds of workbooks ---

    def filled(self, sheet: Sheet) -> Workbook:
        one = sheet.disclosure
        if one.by_third_party:
            self.states["unanswered"] = self.t("status.not_transcribed")
        company, service, centers = _blocks(sheet)
        own = [row for row in company if row.overridden]
        # the company's tab says what the company says, whatever this service answers instead
        company = [Row(row.slot, one.answers.get(row.slot.field.id, UNANSWERED)) for row in company]
        tabs = [
            self._tab("provider", one.name, [*self._of_provider(one), *self._rows(company)]),
            self._tab("service", sheet.service.name, self._service(one, sheet.service, service, own)),
        ]
        for number, rows in enumerate(centers, 1):
            center = rows[0].data_center
            lines = [*self._of_center(one, center), *self._rows(rows)]
            tabs.append(self._tab("data_center", center.name if center else "", lines, number))
        return self._workbook(f"{sheet.service.name} - {one.name}", tabs, one)

    def whole(self, one: Disclosure) -> Workbook:
        if one.by_third_party:
            self.states["unanswered"] = self.t("status.not_transcribed")
        rows = self._block(one.answers, Scope.PROVIDER)
        tabs = [self._tab("provider", one.name, [*self._of_provider(one), *rows])]
        for service in one.services:
            own = [Row(slot, answer, overridden=True) for slot, answer in self._overrides(service)]
            lines = [
                *self._of_service(one, service),
                *self._block(service.answers, Scope.SERVICE),
                *self._own_rows(own),
            ]
            tabs.append(self._tab("service", service.name, lines, service.id))
        for center in one.data_centers:
            lines = [*self._of_center(one, center), *self._block(center.answers, Scope.DATA_CENTER)]
            tabs.append(self._tab("data_center", center.name, lines, center.id))
        if not one.data_centers and any(not service.no_data_center for service in one.services):
            tabs += self._blank_center()
        return self._workbook(one.name, tabs, one)

    def _blank_center(self) -> Iterator[Tab]:
        """What a service owes that names no data centre and gives no reason; an import leaves it out while empty."""
        if self.guideline.scopes[Scope.DATA_CENTER]:
            lines = [*self._of_center(None, None), *self._block({}, Scope.DATA_CENTER)]
            yield self._tab("data_center", "", lines, 1)

    def _block(self, given: Mapping[str, Answer], scope: Scope) -> Iterator[Line]:
        slots = self.guideline.scopes[scope]
        rows = [Row(slot, given.get(slot.field.id, UNANSWERED)) for slot in slots]
        return self._rows(rows, group_reasons(slots, given))

    def _overrides(self, service: Service) -> Iterator[tuple[Slot, Answer]]:
        for slot in self.guideline.scopes[Scope.PROVIDER]:
            if answer := service.answers.get(slot.field.id):
                yield slot, answer

    def empty(self, services: Sequence[str], centers: Sequence[str]) -> Workbook:
        scopes = self.guideline.scopes
        blank = {scope: [Row(slot, UNANSWERED) for slot in slots] for scope, slots in scopes.items()}
        lines = {scope: list(self._rows(rows, stated=False)) for scope, rows in blank.items()}
        centers = centers if scopes[Scope.DATA_CENTER] else ()
        tabs = [self._tab("provider", "", [*self._of_provider(None), *lines[Scope.PROVIDER]])]
        used = tuple(filter(None, centers))
        for name in services:
            own = self._of_service(None, Service(name, "", used, "", {}, (), Location("")) if name else None)
            tabs.append(self._tab("service", "", [*own, *lines[Scope.SERVICE]], name))
        for number, name in enumerate(centers, 1):
            own = self._of_center(None, DataCenter(name, name, {}, Location("")) if name else None)
            tabs.append(self._tab("data_center", "", [*own, *lines[Scope.DATA_CENTER]], name or number))
        return self._workbook(self.t("workbook.form"), tabs, None)

    def _workbook(self, title: str, tabs: Sequence[Tab], one: Disclosure | None) -> Workbook:
        t = self.t
        guideline = t("guideline.version", version=self.guideline.version)
        notice = "" if one is None else _notice(one, t)
        about = [
            ("layout", t("workbook.layout"), LAYOUT),
            ("guideline", t("sheet.guideline"), self.guideline.id),
            ("guideline_version", t("guideline.version_label"), self.guideline.version),
            ("", t("workbook.guideline"), t.of(self.guideline.title)),
            *(("", "", line) for line in (notice, *t("workbook.about").splitlines()) if line),
            *(("", word, t(f"workbook.states.{name}")) for name, word in self.states.items()),
        ]
        return Workbook(
            title=title,
            about=about,
            tabs=tabs,
            columns=tuple(self._heading(name) for name in COLUMNS),
            states=tuple(self.states.values()),
            footer=f"{title} {t.of(self.guideline.short_title)} {guideline}",
            notice=notice,
            guidance=t("workbook.guidance"),
            words=(t("workbook.tab.about"), t("workbook.tab.lists")),
        )

    def _heading(self, name: str) -> str:
        return name if name in ("id", "kept") else self.t(f"workbook.column.{name}")

    def _tab(self, kind: str, name: str, lines: Sequence[Line], mark: int | str = "") -> Tab:
        """`mark` tells several of a kind apart: a number, or the id."""
        word = self.t(f"workbook.tab.{kind}")
        title = f"{word.strip()}: {name}" if name else word.strip()
        between = " " if isinstance(mark, str) and not word.endswith(" ") else ""
        return Tab(f"{word}{between}{mark}" if mark else word, kind, title, lines)

    # --- what belongs to the file ---

    def _of_provider(self, one: Disclosure | None) -> Iterator[Line]:
        by_role, t = self.guideline.by_role, self.t
        yield self._own("provider", one.provider_id if one else "")
        submitted = tuple(t(f"submitted_by.{by}") for by in SubmittedBy)
        yield self._own("submitted_by", t(f"submitted_by.{one.submitted_by}") if one else "", submitted)
        name = own_name(one) if one else ""
        if name or Role.PROVIDER_NAME not in by_role:
            yield self._own("name", name)
        if Role.DISCLOSURE_DATE not in by_role:
            yield self._own("disclosed_on", str(one.disclosed_on or "") if one else "")
        yield self._own("transcribed_on", str(one.transcribed_on or "") if one else "")
        yield self._own("reading", one.reading if one else "")
        yield self._own("name_en", one.name_en if one else "")
        yield self._list("aliases", one.aliases if one else ())
        if one and one.sample:
            yield self._own("sample", "true")
        if one and one.formerly:
            yield self._list("formerly", one.formerly)
        if one and one.withdrawn:
            yield self._own("withdrawn_on", one.withdrawn.on)
            yield self._own("withdrawn_reason", one.withdrawn.reason)

    def _of_service(self, one: Disclosure | None, service: Service | None) -> Iterator[Line]:
        yield self._own("service", service.id if service else "")
        name = own_name(one, service) if one and service else ""
        if name or Role.SERVICE_NAME not in self.guideline.by_role:
            yield self._own("name", name)
        if self.guideline.scopes[Scope.DATA_CENTER]:
            yield self._list("data_centers", service.data_centers if service else ())
            yield self._own("no_data_center", service.no_data_center if service else "")
        if service and service.formerly:
            yield self._list("service_formerly", service.formerly)

    def _of_center(self, one: Disclosure | None, center: DataCenter | None) -> Iterator[Line]:
        yield self._own("data_center", center.id if center else "")
        name = own_name(one, center) if one and center else ""
        if name or Role.DATA_CENTER_NAME not in self.guideline.by_role:
            yield self._own("name", name)

    def _list(self, key: str, names: Sequence[str]) -> Line:
        """Several names in one cell; kept beside it where one of them holds what parts them."""
        line = self._own(key, self.t("list.separator").join(names))
        if not any(re.search(r"[、,，;；]", name) for name in names):
            return line
        return replace(line, kept=kept_list(names, Cells(line.said[0])))

    def _own(self, key: str, text: str, choices: tuple[str, ...] = ()) -> Line:
        words = self.t(f"workbook.own.{key}")
        return Line(f"@{key}", ("", words, self.t(f"workbook.own_about.{key}"), ""), (text,), choices)

    # --- the guideline's rows ---

    def _service(self, one: Disclosure, service: Service, rows: Sequence[Row], own: Sequence[Row]) -> list[Line]:
        return [*self._of_service(one, service), *self._rows(rows), *self._own_rows(own)]

    def _own_rows(self, own: Sequence[Row]) -> Iterator[Line]:
        """What a service answers instead of the company."""
        if own:
            yield Line("", ("", self.t("workbook.overrides"), "", ""))
            yield from self._rows(own, headed=False)

    def _rows(
        self, rows: Sequence[Row], reasons: Mapping[str, str] | None = None, *, stated: bool = True, headed: bool = True
    ) -> Iterator[Line]:
        """`reasons`: why groups do not apply as a whole, told at the group as well as at each of its rows."""
        section, group = "", ""
        reasons = reasons or {}
        sizes = Counter(row.slot.group.id for row in rows)
        for row in rows:
            slot = row.slot
            if headed and slot.section.id != section:
                section = slot.section.id
                yield Line("", (self.t.of(slot.section.title), "", "", ""))
            if headed and slot.group.id != group:
                group = slot.group.id
                yield self._group(slot.group, reasons.get(group, ""), together=sizes[group] > 1)
            yield from self._row(slot, row.answer, stated=stated, together=headed and group in reasons)

    def _group(self, group: Group, reason: str, *, together: bool) -> Line:
        title = self.t.of(group.title)
        if not together:
            return Line("", ("", title, "", ""))
        state = self.states["not_applicable"]
        said = ("", state, reason) if reason else ("", "", "")
        return Line(f"{GROUP}{group.id}", ("", title, self.t("workbook.group", state=state), ""), said)

    def _row(self, slot: Slot, answer: Answer, *, stated: bool, together: bool = False) -> Iterator[Line]:
        field, item, t = slot.field, slot.item, self.t
        label = t.of(item.label)
        if len(item.fields) > 1:
            label = f"{label} / {t.of(field.title)}"
        asked = (item.number, label, t.of(field.prompt), t.of(self.guideline.levels[field.level]))
        parts = field.asks.parts
        in_parts = bool(parts) and isinstance(answer.value, dict)
        shown = Cells(
            "" if in_parts else self._answer(answer, field.asks), self._state(answer, field.asks), answer.detail
        )
        keep = "" if in_parts else kept_together(shown) if together else kept(answer, field.asks, shown)
        said = (
            shown.answer,
            self.states[shown.state] if stated else "",
            *(shown.detail, answer.note, answer.source, answer.as_of),
        )
        hint = self._hint(t.of(field.hint or {}), field.example)
        yield Line(field.id, asked, said, self._choices(field.asks), hint, keep)
        whole = answer.status is Status.DISCLOSED
        for part in parts:
            given = answer.value.get(part.id) if in_parts else None
            yield self._part(slot, part, part_answer(given, part.asks, whole=whole) if given else UNANSWERED)

    def _part(self, slot: Slot, part: Part, answer: Answer) -> Line:
        """Its state is only told where it is not the answer that says it."""
        label = f"{self.t.of(slot.item.label)} / {self.t.of(part.label)}"
        state = self._state(answer, part.asks)
        shown = Cells(self._answer(answer, part.asks), "" if state in _PLAIN else state, answer.detail)
        stated = self.states[shown.state] if shown.state else ""
        return Line(
            f"{slot.field.id}.{part.id}",
            ("", label, self.t.of(part.asks.detail.prompt) if part.asks.detail else "", ""),
            (shown.answer, stated, shown.detail, "", "", ""),
            self._choices(part.asks),
            self._hint(self.t.of(part.hint or {}), part.example),
            kept(answer, part.asks, shown),
        )

    def _answer(self, answer: Answer, asks: Asks) -> str:
        """In words that the field's type reads; empty where there is no answer but a state."""
        if answer.kind is Kind.VALUE and asks.type in ("choice", "choices"):
            return answers.text(answer.value, asks, self.t.language)
        if answer.kind in (Kind.YES, Kind.NO) and asks.type == "yes_no":
            return answers.text(answer.kind.value, asks, self.t.language)
        if answer.kind is Kind.NOT_APPLICABLE:
            return self.t("mark.not_applicable")
        return answer.text if answer.kind else ""

    def _state(self, answer: Answer, asks: Asks) -> str:
        """The key of the word that stands beside the answer."""
        return cells_of(answer, asks).state

    def _choices(self, asks: Asks) -> tuple[str, ...]:
        if asks.type == "yes_no":
            return tuple(answers.text(word, asks, self.t.language) for word in ("yes", "no"))
        return tuple(self.t.of(choice.label) for choice in asks.choices)

    def _hint(self, hint: str, example: str) -> str:
        shown = self.t("workbook.example", example=example) if example else ""
        return "\n".join(part for part in (hint, shown) if part)


def _blocks(sheet: Sheet) -> tuple[list[Row], list[Row], list[list[Row]]]:
    """The rows of the company, of the service, and of each data centre, or the blank block of one that is missing."""
    by_scope: dict[Scope, list[Row]] = {scope: [] for scope in Scope}
    centers: dict[str, list[Row]] = {}
    for row in sheet.rows:
        by_scope[row.slot.section.scope].append(row)
        if row.slot.section.scope is Scope.DATA_CENTER:
            centers.setdefault(row.data_center.id if row.data_center else "", []).append(row)
    return by_scope[Scope.PROVIDER], by_scope[Scope.SERVICE], list(centers.values())


def _notice(one: Disclosure, t: Messages) -> str:
    words = []
    if one.sample:
        words.append(t("notice.sample"))
    if one.by_third_party:
        words.append(t("notice.transcribed"))
    return " ".join(words)
