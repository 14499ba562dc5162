"""The cells of the form → what a disclosure file would say, and which cell said it.

A row is known by the id in its hidden column (else by number and wording), a column by the key in the hidden row above
it (else by its heading in any language), a sheet by its kind: moved, sorted, added and deleted rows, columns and sheets
change nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from catalog import source
from catalog.answers.wording import tight
from catalog.diagnostics import Location, Report, Subject, Text
from catalog.exports.workbook import COLUMNS, GROUP, LOCKED, STATES
from catalog.imports.names import Names
from catalog.imports.sheets import Entry, Grid
from catalog.load import states
from catalog.load.shapes import FIELD_ID, is_id, nearest
from catalog.messages import Messages
from catalog.model import Asks, Guideline, Scope, Slot, SubmittedBy
from catalog.scalars import Written
from catalog.written import Cells, is_kept_together, of_cells, restored, with_extras

Path = tuple[str, ...]
SAID = COLUMNS[LOCKED:-1]
_KINDS = ("provider", "service", "data_center")
_OWN_ROWS = tuple(f"@{kind}" for kind in _KINDS)
_EXAMPLES = {"provider": "kaku-cloud", "service": "my-cloud", "data_center": "tokyo-1"}
_TOP = 60
"""So far down the row of headings is looked for."""
_ENOUGH, _NEAR = 4, 3
"""So many known headings make a row of headings; so far below the keys it stands at most."""
_LISTS = ("aliases", "formerly", "service_formerly", "data_centers")
_TEXTS = ("transcribed_on", "reading", "name_en", "name", "disclosed_on", "sample")


@dataclass(slots=True)
class Form:
    """What was found: `document` as a disclosure file would say it, `places` the cells by path, `rows` every path that
    has a row, be it empty or not."""

    guideline: Guideline
    provider: str = ""
    document: dict[str, Written] = field(default_factory=dict)
    places: dict[Path, Location] = field(default_factory=dict)
    rows: set[Path] = field(default_factory=set)
    answered: int = 0
    details: dict[Path, str] = field(default_factory=dict)
    """What follows a yes, by the path of its field: it stands in a cell of its own."""
    words: dict[str, Text] = field(default_factory=dict)
    """What a message about a form calls its states and columns: values of its placeholders."""

    def say(self, path: Path, value: Written, where: Location) -> None:
        """Put a value at its place in the document."""
        inner: dict[str, Written] = self.document
        for key in path[:-1]:
            found = inner.setdefault(key, {})
            assert isinstance(found, dict)
            inner = found
        inner[path[-1]] = value
        self.places[path] = where


def of_workbook(
    grids: Sequence[Grid], guidelines: Sequence[Guideline], words: Mapping[str, Messages], report: Report
) -> Form | None:
    """What the sheets of a workbook say; None, with the reason in `report`, if they are none of a form."""
    tabs = [tab for grid in grids if (tab := _tab(grid, words))]
    if not tabs:
        report.add("form-missing", Location(grids[0].path) if grids else Location(""))
        return None
    guideline = _guideline(grids, guidelines, report)
    if guideline is None:
        return None
    known = {tab.grid.index for tab in tabs}
    for grid in grids:
        about = any(text in ("guideline", "layout") for text in _firsts(grid))
        if grid.index not in known and not about and not grid.hidden and grid.rows:
            report.add("sheet-ignored", grid.at(1, 1), found=grid.title)
    reader = _Reader(Form(guideline), words, report)
    for tab in tabs:
        reader.tab(tab)
    return reader.finished()


def _firsts(grid: Grid) -> Iterator[str]:
    return (entry.text for _, column, entry in grid.entries() if column <= 2)


def _guideline(grids: Sequence[Grid], guidelines: Sequence[Guideline], report: Report) -> Guideline | None:
    """The one that the first sheet names; the only one there is, if none is named."""
    named: dict[str, tuple[str, Location]] = {}
    for grid in grids:
        for row, column, entry in grid.entries():
            if entry.text in ("guideline", "guideline_version") and (value := grid.text(row, column + 2)):
                named.setdefault(entry.text, (value, grid.at(row, column + 2)))
    ids = sorted({guideline.id for guideline in guidelines})
    newest = {guideline.id: guideline for guideline in guidelines}
    if "guideline" not in named:
        if len(ids) == 1:
            return newest[ids[0]]
        report.add("missing-key", Location(grids[0].path), expected="guideline")
        return None
    name, where = named["guideline"]
    versions = {guideline.version: guideline for guideline in guidelines if guideline.id == name}
    if not versions:
        report.add("unknown-guideline", where, found=name, nearest=nearest(name, ids), expected=", ".join(ids))
        return None
    version, where = named.get("guideline_version", (newest[name].version, where))
    if version not in versions:
        report.add("unknown-guideline-version", where, found=version, expected=", ".join(versions))
        return None
    return versions[version]


# --- where the columns are -------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Tab:
    grid: Grid
    kind: str
    columns: Mapping[str, int]
    head: int
    """The last of the rows that name the columns."""


def _tab(grid: Grid, words: Mapping[str, Messages]) -> _Tab | None:
    """A sheet of the form; None for any other."""
    headings = _headings(words)
    columns: dict[str, int] = {}
    head = 0
    for row in sorted(grid.rows)[:_TOP]:
        here = {entry.text: column for column, entry in sorted(grid.rows[row].items(), reverse=True)}
        named = {headings[name]: column for text, column in here.items() if (name := tight(text).lower()) in headings}
        if not columns and "answer" in here and "id" in here:
            columns, head = {key: here[key] for key in COLUMNS if key in here}, row
        elif len(named) >= _ENOUGH and (not columns or row <= head + _NEAR):
            columns, head = columns or named, row
            break
    if "answer" not in columns:
        return None
    columns.setdefault("id", _id_column(grid, columns, head))
    kind = _kind(grid, columns["id"], head)
    return _Tab(grid, kind, columns, head) if kind else None


def _id_column(grid: Grid, columns: Mapping[str, int], head: int) -> int:
    """Where most of what looks like our own ids stands, in case that column lost its key; 0 if nowhere."""
    found = Counter(
        column
        for row, column, entry in grid.entries()
        if row > head
        and column not in columns.values()
        and (entry.text.startswith("@") or FIELD_ID.fullmatch(entry.text))
    )
    return max(found, key=lambda column: found[column], default=0)


def _headings(words: Mapping[str, Messages]) -> Mapping[str, str]:
    """The keys of the columns by their headings, in any language."""
    keys = [key for key in COLUMNS if key not in ("id", "kept")]
    return {tight(t(f"workbook.column.{key}")).lower(): key for t in words.values() for key in keys}


def _kind(grid: Grid, column: int, head: int) -> str:
    """What the sheet is about: told by the row of its own id, else above the headings."""
    for row, at, entry in grid.entries():
        if at == column and entry.text in _OWN_ROWS:
            return entry.text.removeprefix("@")
        if row < head and entry.text in _KINDS:
            return entry.text
    return ""


# --- what the rows say -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Line:
    """A row that has an id: its columns' entries by key."""

    tab: _Tab
    row: int
    id: str
    said: Mapping[str, Entry]

    def at(self, key: str) -> Location:
        return self.tab.grid.at(self.row, self.tab.columns.get(key, self.tab.columns.get("answer", 1)))

    def text(self, key: str) -> str:
        return self.said[key].text if key in self.said else ""

    @property
    def is_empty(self) -> bool:
        return not any(self.text(key) for key in SAID)


class _Reader:
    def __init__(self, form: Form, words: Mapping[str, Messages], report: Report) -> None:
        self.form = form
        self.guideline = form.guideline
        self.words = words
        self.report = report
        self.names = Names(form.guideline)
        self.states = _state_words(words)
        self.by = _submitters(words)
        self.seen: dict[tuple[str, str], str] = {}

    def finished(self) -> Form:
        """The keys that a file has to begin with, whatever was said."""
        form = self.form
        head: dict[str, Written] = {"guideline": form.guideline.id, "guideline_version": form.guideline.version}
        free_words, column = "workbook.free_words", "workbook.column.note"
        form.words = {
            "free_words": {language: t(free_words) for language, t in self.words.items()},
            "column": {language: t(column) for language, t in self.words.items()},
        }
        form.document = {**head, "submitted_by": SubmittedBy.PROVIDER.value, **form.document}
        return form

    def tab(self, tab: _Tab) -> None:
        lines = self._lines(tab)
        self._ignored(tab)
        base = self._base(tab, lines)
        if base is None:
            return
        self._own(tab, lines, base)
        block = (*base, "answers") if tab.kind == "service" else base
        reasons = self._groups(lines, block)
        for line in lines.values():
            if line.id.startswith("@") or "." in line.id:
                continue
            slot = self.guideline.by_field.get(line.id)
            if slot is None or not self._belongs(slot, tab.kind):
                self._unknown(line)
                continue
            self._field(line, slot, block, reasons, lines)

    # --- rows ---

    def _lines(self, tab: _Tab) -> dict[str, _Line]:
        """The rows by id; what is wrong with single cells, and rows that answer nothing that is asked, are told."""
        found: dict[str, _Line] = {}
        merged = self._merged(tab)
        for row in sorted(row for row in tab.grid.rows if row > tab.head):
            entries = tab.grid.rows[row]
            said = {key: entries[at] for key, at in tab.columns.items() if at in entries}
            line = _Line(tab, row, said["id"].text if "id" in said else "", said)
            line.id = line.id if self._is_known(line.id) else self._named(line) or line.id
            self._check_cells(line, merged)
            if not line.id:
                self._stray(line)
            elif line.id not in found or found[line.id].is_empty:
                found[line.id] = line
            elif not line.is_empty:
                other = tab.grid.at(found[line.id].row, tab.columns["answer"]).name
                self.report.add("row-twice", line.at("answer"), self._subject(line.id), other=other)
        return found

    def _is_known(self, name: str) -> bool:
        return name.startswith("@") or name.partition(".")[0] in self.guideline.by_field

    def _named(self, line: _Line) -> str:
        """The field that a row without a known id names by number and wording."""
        if line.is_empty:
            return ""
        number, label, prompt = (line.text(key) for key in ("item", "label", "prompt"))
        scopes = (Scope.PROVIDER, Scope.SERVICE) if line.tab.kind == "service" else (Scope(line.tab.kind),)
        slot = self.names.find(number, (label, prompt), scopes) if label or prompt else None
        return slot.field.id if slot else ""

    def _check_cells(self, line: _Line, merged: Mapping[tuple[int, int], str]) -> None:
        subject = self._subject(line.id)
        for key in (*SAID, "kept"):
            entry = line.said.get(key)
            if entry and entry.code:
                self.report.add(entry.code, line.at(key), subject, found=entry.found)
            elif entry and (match := source.REFUSED.search(entry.text)):
                self.report.add(source.refusal(match[0]), line.at(key), subject, found=f"U+{ord(match[0]):04X}")
            if first := merged.get((line.row, line.tab.columns.get(key, 0))):
                self.report.add("cells-merged", line.at(key), subject, found=first)

    def _merged(self, tab: _Tab) -> dict[tuple[int, int], str]:
        """The first cells of what is merged over several rows of the form and says something."""
        ids = [row for row in tab.grid.rows if row > tab.head and tab.grid.text(row, tab.columns["id"])]
        found: dict[tuple[int, int], str] = {}
        for top, low, left, right in tab.grid.merged:
            if tab.grid.text(top, left) and sum(top <= row <= low for row in ids) > 1:
                name = f"{tab.grid.at(top, left).name}:{tab.grid.at(low, right).name}"
                columns = (tab.columns.get(key, 0) for key in SAID)
                found |= {(top, column): name for column in columns if left <= column <= right}
        return found

    def _stray(self, line: _Line) -> None:
        """A row that a person added. One that answers nothing is a heading."""
        words = [line.text(key) for key in SAID if line.text(key)]
        if words:
            label = line.text("label") or line.text("prompt")
            found = " / ".join(filter(None, (label, *words)))
            self.report.add("row-unknown", line.at("answer"), found=found, nearest="")

    def _ignored(self, tab: _Tab) -> None:
        """Columns that a person added."""
        known = set(tab.columns.values())
        told = set()
        for row, column, entry in tab.grid.entries():
            if row > tab.head and column not in known and column not in told:
                told.add(column)
                heading = tab.grid.text(tab.head, column) or entry.text
                self.report.add("column-ignored", tab.grid.at(row, column), found=heading)

    def _unknown(self, line: _Line) -> None:
        if line.is_empty:
            return
        near = self.guideline.by_field.get(nearest(line.id, self.guideline.by_field))
        title = {**near.field.title} if near else ""
        self.report.add("row-unknown", line.at("answer"), found=line.id, nearest=title)

    def _belongs(self, slot: Slot, kind: str) -> bool:
        """What the form has there; a service may answer instead of the company."""
        scope = slot.section.scope
        return scope == kind or (kind == "service" and scope is Scope.PROVIDER)

    def _subject(self, name: str) -> Subject | None:
        slot = self.guideline.by_field.get(name.partition(".")[0])
        return slot.subject if slot else None

    # --- what belongs to the file ---

    def _base(self, tab: _Tab, lines: Mapping[str, _Line]) -> Path | None:
        """Where the answers of the sheet belong; None, and told, if its id is not fit for it."""
        own = lines.get(f"@{tab.kind}")
        name = own.text("answer") if own else ""
        where = own.at("answer") if own else tab.grid.at(1, 1)
        said = any(self._says_something(line) for line in lines.values())
        if not name:
            if tab.kind == "provider":
                return ("provider",)
            if said:
                expected = self._label(tab.kind)
                self.report.add("form-id-missing", where, expected=expected, example=_EXAMPLES[tab.kind])
            return None
        if not is_id(name):
            self.report.add("invalid-id", where, found=name)
            return ("provider",) if tab.kind == "provider" else None  # the rest is told in the same run
        if (tab.kind, name) in self.seen:
            self.report.add("form-id-twice", where, found=name, other=self.seen[tab.kind, name])
            return None
        self.seen[tab.kind, name] = tab.grid.title
        if tab.kind == "provider":
            self.form.provider = name
            self.form.places["provider",] = where
            return ("provider",)
        base = ("services" if tab.kind == "service" else "data_centers", name)
        self.form.say(base, {}, where)
        self.form.rows.add(base)
        return base

    def _says_something(self, line: _Line) -> bool:
        """Whether a row says more than that nothing is answered."""
        state = self.states.get(tight(line.text("state")).lower())
        return any(line.text(key) for key in SAID if key != "state" or state != "unanswered")

    def _label(self, key: str) -> dict[str, str]:
        return {language: t(f"workbook.own.{key}") for language, t in self.words.items()}

    def _own(self, tab: _Tab, lines: Mapping[str, _Line], base: Path) -> None:
        head: Path = () if tab.kind == "provider" else base
        for line in lines.values():
            key, text, where = line.id.removeprefix("@"), line.text("answer"), line.at("answer")
            if not line.id.startswith("@") or line.id.startswith(GROUP) or key in (*_KINDS, "no_data_center"):
                continue
            if key in _LISTS:
                name = "formerly" if key == "service_formerly" else key
                self.form.rows.add((*head, name))
                if names := _names(line):
                    self.form.say((*head, name), [*names], where)
            elif key == "submitted_by":
                self.form.rows.add((key,))
                self.form.say((key,), self.by.get(tight(text).lower(), text or SubmittedBy.PROVIDER.value), where)
            elif key in ("withdrawn_on", "withdrawn_reason"):
                self.form.rows.add(("withdrawn",))
                if text:
                    self.form.say(("withdrawn", key.removeprefix("withdrawn_")), text, where)
            elif key in _TEXTS:
                self.form.rows.add((*head, key))
                if text:
                    self.form.say((*head, key), text.lower() if key == "sample" else text, where)
            elif text:
                self._unknown(line)
        self._no_center(lines, base)

    def _no_center(self, lines: Mapping[str, _Line], base: Path) -> None:
        line = lines.get("@no_data_center")
        if line is None or not (reason := line.text("answer")):
            return
        used = lines.get("@data_centers")
        if used and used.text("answer"):
            self.report.add("centers-contradict", line.at("answer"), found=used.text("answer"))
        else:
            self.form.say((*base, "data_centers"), {"not_applicable": reason}, line.at("answer"))
            self.form.places[*base, "data_centers", "not_applicable"] = line.at("answer")

    # --- answers ---

    def _groups(self, lines: Mapping[str, _Line], block: Path) -> set[str]:
        """The groups that are answered as a whole."""
        found = set()
        for line in lines.values():
            if not line.id.startswith(GROUP):
                continue
            group = line.id.removeprefix(GROUP)
            path = (*block, "not_applicable", group)
            self.form.rows.add(path)
            cells = self._cells(line, Asks("text"))
            if cells is None or not (cells.answer or cells.state or cells.detail):
                continue
            written, problem = of_cells(cells, Asks("text"))
            if problem or not (cells.state == "not_applicable" or str(written).startswith("該当なし")):
                said = line.text("state") or line.text("answer") or line.text("detail")
                expected = {language: t("mark.not_applicable") for language, t in self.words.items()}
                self.report.add("group-state", line.at("state"), found=said, expected=expected)
                continue
            named = states.of_whole(cells.answer)
            self.form.say(path, cells.detail or (named.reason if named else ""), line.at("state"))
            found.add(group)
        return found

    def _parts(self, lines: Mapping[str, _Line], slot: Slot) -> Written:
        """What the rows of the parts say; "" if nothing."""
        found: dict[str, Written] = {}
        for part in slot.field.asks.parts:
            below = lines.get(f"{slot.field.id}.{part.id}")
            if below and (written := self._main(below, part.asks)):
                found[part.id] = written
        return found or ""

    def _field(self, line: _Line, slot: Slot, block: Path, reasons: set[str], lines: Mapping[str, _Line]) -> None:
        path, parts = (*block, slot.field.id), self._parts(lines, slot)
        self.form.rows.add(path)
        self.form.places[path] = line.at("answer")
        extras = [line.text(key) for key in ("note", "source", "as_of")]
        covered = slot.group.id in reasons and slot.section.scope == line.tab.kind
        if covered and not any(extras) and self._repeats(line, slot.field.asks):
            return
        if parts:
            if line.text("answer"):
                self.report.add("parts-and-answer", line.at("answer"), slot.subject, found=line.text("answer"))
            main: Written = {"answer": parts}
        else:
            main = self._main(line, slot.field.asks)
        if written := with_extras(main, *extras):
            self.form.say(path, written, line.at("answer"))
            self.form.answered += bool(main)
            self._place(path, line, slot, lines)

    def _repeats(self, line: _Line, asks: Asks) -> bool:
        """Whether a row only says 該当なし, as its group's heading does."""
        state = self.states.get(tight(line.text("state")).lower())
        bare = state == "not_applicable" and not line.text("detail")
        if bare and self.states.get(tight(line.text("answer")).lower(), state) == state:
            return True
        cells = Cells(line.text("answer"), state or "", line.text("detail"))
        return is_kept_together(line.text("kept"), cells)

    def _main(self, line: _Line, asks: Asks) -> Written:
        """The answer without its extras; what the columns say against each other is told."""
        cells = self._cells(line, asks)
        if cells is None:
            return ""
        keep = line.text("kept")
        if keep and not is_kept_together(keep, cells) and (written := restored(keep, cells)):
            return written
        written, problem = of_cells(cells, asks)
        if problem == "state-without-answer" and asks.type == "parts":
            return ""
        if problem:
            found = cells.answer if problem == "state-contradicts" else line.text("state")
            at, subject = line.at("state"), self._subject(line.id)
            self.report.add(problem, at, subject, found=found, other=line.text("state"))
        return written

    def _cells(self, line: _Line, asks: Asks) -> Cells | None:
        """The columns, the state by its key; None, and told, if that is not known."""
        word = line.text("state")
        state = self.states.get(tight(word).lower(), "") if word else ""
        if word and not state:
            shown = {language: t("list.separator").join(_shown_states(t)) for language, t in self.words.items()}
            near = nearest(word, [text for t in self.words.values() for text in _shown_states(t)])
            subject = self._subject(line.id)
            self.report.add("unknown-state", line.at("state"), subject, found=word, nearest=near, expected=shown)
            return None
        answer = line.said.get("answer", Entry(""))
        text = answer.text
        if answer.flag is not None and asks.type == "yes_no":
            text = "有り" if answer.flag else "無し"
        return Cells(text, state, line.text("detail"))

    def _place(self, path: Path, line: _Line, slot: Slot, lines: Mapping[str, _Line]) -> None:
        """The cells of what stands below a field."""
        places = self.form.places
        for key in ("detail", "note", "source", "as_of"):
            places[*path, key] = line.at(key)
        for key in ("withheld", "on_request", "not_applicable"):
            places[*path, key] = line.at("detail")
        places[*path, "detail", "text"] = line.at("detail")
        if detail := line.text("detail"):
            self.form.details[path] = detail
        for part in slot.field.asks.parts:
            if below := lines.get(f"{slot.field.id}.{part.id}"):
                places[*path, "answer", part.id] = below.at("answer")
                places[*path, "answer", part.id, "detail"] = below.at("detail")


def _shown_states(t: Messages) -> list[str]:
    return [_state_word(name, t) for name in STATES]


def _state_word(name: str, t: Messages) -> str:
    if name == "free_words":
        return t("workbook.free_words")
    return t("mark.not_applicable") if name == "not_applicable" else t(f"status.{name}")


def _state_words(words: Mapping[str, Messages]) -> Mapping[str, str]:
    """The keys of the states by their words in any language."""
    found = {name: name for name in STATES}
    for t in words.values():
        found |= {tight(_state_word(name, t)).lower(): name for name in STATES}
        found[tight(t("status.not_transcribed")).lower()] = "unanswered"
    return found


def _submitters(words: Mapping[str, Messages]) -> Mapping[str, str]:
    found = {by.value: by.value for by in SubmittedBy}
    return found | {tight(t(f"submitted_by.{by}")).lower(): by.value for t in words.values() for by in SubmittedBy}


def _names(line: _Line) -> Iterable[str]:
    """A list in one cell: one a line, else parted by 、 or commas; ids by white space as well."""
    text, key = line.text("answer"), line.id.removeprefix("@")
    if isinstance(kept := restored(line.text("kept"), Cells(text)), list):
        return [str(name) for name in kept]
    separators = "[\n、,，;；]" if key == "aliases" else r"[、,，;；\s]+"
    return [name for part in re.split(separators, text) if (name := part.strip())]
