"""The workbook: one layout for reading a sheet and for filling one in. What stands in which cell is said here (and for
importers in docs/workbook.md); `xlsx` writes it.

A tab for the company, one for the service, one for each data centre. A row of a tab is known by the id in its hidden
first column: a field's id, `field.part`, or `@key` for what belongs to the file rather than to the guideline.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as default

from catalog import answers
from catalog.messages import Messages
from catalog.model import (
    UNANSWERED,
    Answer,
    Asks,
    DataCenter,
    Disclosure,
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

LAYOUT = "1"
COLUMNS = ("id", "item", "label", "prompt", "level", "answer", "state", "detail", "note", "source", "as_of")
"""The keys in the hidden third row of every tab, in the order of the columns."""
LOCKED = 5
"""So many columns say what is asked; the others are filled in."""
STATES = ("disclosed", "free_words", "not_applicable", "partial", "on_request", "withheld", "unanswered")


@dataclass(frozen=True, slots=True)
class Line:
    """A row: `asked` are the locked cells after the id, `said` the others. A line without id is a heading."""

    id: str
    asked: tuple[str, ...]
    said: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    hint: str = ""


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


def empty(guideline: Guideline, t: Messages) -> Workbook:
    """The form: the company, one service, one data centre."""
    return _Layout(guideline, t).empty()


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
            lines = [*self._of_center(center), *self._rows(rows)]
            tabs.append(self._tab("data_center", center.name if center else "", lines, number))
        return self._workbook(f"{sheet.service.name} - {one.name}", tabs, one)

    def empty(self) -> Workbook:
        scopes = self.guideline.scopes
        blank = {scope: [Row(slot, UNANSWERED) for slot in slots] for scope, slots in scopes.items()}
        lines = {scope: list(self._rows(rows, stated=False)) for scope, rows in blank.items()}
        tabs = [
            self._tab("provider", "", [*self._of_provider(None), *lines[Scope.PROVIDER]]),
            self._tab("service", "", [*self._of_service(None, None), *lines[Scope.SERVICE]]),
        ]
        if scopes[Scope.DATA_CENTER]:
            tabs.append(self._tab("data_center", "", [*self._of_center(None), *lines[Scope.DATA_CENTER]], 1))
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
        return "id" if name == "id" else self.t(f"workbook.column.{name}")

    def _tab(self, kind: str, name: str, lines: Sequence[Line], number: int = 0) -> Tab:
        word = self.t(f"workbook.tab.{kind}")
        title = f"{word.strip()}: {name}" if name else word.strip()
        return Tab(f"{word}{number}" if number else word, kind, title, lines)

    # --- what belongs to the file ---

    def _of_provider(self, one: Disclosure | None) -> Iterator[Line]:
        by_role, t = self.guideline.by_role, self.t
        yield self._own("provider", one.provider_id if one else "")
        submitted = tuple(t(f"submitted_by.{by}") for by in SubmittedBy)
        yield self._own("submitted_by", t(f"submitted_by.{one.submitted_by}") if one else "", submitted)
        if Role.PROVIDER_NAME not in by_role:
            yield self._own("name", one.name if one else "")
        if Role.DISCLOSURE_DATE not in by_role:
            yield self._own("disclosed_on", str(one.disclosed_on or "") if one else "")
        yield self._own("transcribed_on", str(one.transcribed_on or "") if one else "")
        yield self._own("reading", one.reading if one else "")
        yield self._own("name_en", one.name_en if one else "")
        if one and one.sample:
            yield self._own("sample", "true")

    def _of_service(self, one: Disclosure | None, service: Service | None) -> Iterator[Line]:
        yield self._own("service", service.id if service else "")
        if Role.SERVICE_NAME not in self.guideline.by_role:
            yield self._own("name", service.name if service else "")
        if self.guideline.scopes[Scope.DATA_CENTER]:
            yield self._own("data_centers", self.t("list.separator").join(service.data_centers) if service else "")
            yield self._own("no_data_center", service.no_data_center if service else "")

    def _of_center(self, center: DataCenter | None) -> Iterator[Line]:
        yield self._own("data_center", center.id if center else "")
        if Role.DATA_CENTER_NAME not in self.guideline.by_role:
            yield self._own("name", center.name if center else "")

    def _own(self, key: str, text: str, choices: tuple[str, ...] = ()) -> Line:
        words = self.t(f"workbook.own.{key}")
        return Line(f"@{key}", ("", words, self.t(f"workbook.own_about.{key}"), ""), (text,), choices)

    # --- the guideline's rows ---

    def _service(self, one: Disclosure, service: Service, rows: Sequence[Row], own: Sequence[Row]) -> list[Line]:
        lines = [*self._of_service(one, service), *self._rows(rows)]
        if own:
            lines += [Line("", ("", self.t("workbook.overrides"), "", "")), *self._rows(own, headed=False)]
        return lines

    def _rows(self, rows: Sequence[Row], *, stated: bool = True, headed: bool = True) -> Iterator[Line]:
        section, group = "", ""
        for row in rows:
            slot = row.slot
            if headed and slot.section.id != section:
                section = slot.section.id
                yield Line("", (self.t.of(slot.section.title), "", "", ""))
            if headed and slot.group.id != group:
                group = slot.group.id
                yield Line("", ("", self.t.of(slot.group.title), "", ""))
            yield from self._row(slot, row.answer, stated=stated)

    def _row(self, slot: Slot, answer: Answer, *, stated: bool) -> Iterator[Line]:
        field, item, t = slot.field, slot.item, self.t
        label = t.of(item.label)
        if len(item.fields) > 1:
            label = f"{label} / {t.of(field.title)}"
        asked = (item.number, label, t.of(field.prompt), t.of(self.guideline.levels[field.level]))
        parts = field.asks.parts
        in_parts = bool(parts) and isinstance(answer.value, dict)
        said = (
            "" if in_parts else self._answer(answer, field.asks),
            self._state(answer) if stated else "",
            *(answer.detail, answer.note, answer.source, answer.as_of),
        )
        yield Line(field.id, asked, said, self._choices(field.asks), self._hint(t.of(field.hint or {}), field.example))
        for part in parts:
            given = answer.value.get(part.id, {}) if in_parts else {}
            yield self._part(slot, part, given)

    def _part(self, slot: Slot, part: Part, given: dict[str, str]) -> Line:
        label = f"{self.t.of(slot.item.label)} / {self.t.of(part.label)}"
        text = given.get("text", "")
        return Line(
            f"{slot.field.id}.{part.id}",
            ("", label, self.t.of(part.asks.detail.prompt) if part.asks.detail else "", ""),
            (text, "", given.get("detail", ""), "", "", ""),
            self._choices(part.asks),
            self._hint(self.t.of(part.hint or {}), part.example),
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

    def _state(self, answer: Answer) -> str:
        if answer.status is Status.DISCLOSED and answer.kind is Kind.TEXT:
            return self.states["free_words"]
        if answer.status is Status.DISCLOSED and answer.kind is Kind.NOT_APPLICABLE:
            return self.states["not_applicable"]
        return self.states[answer.status]

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
