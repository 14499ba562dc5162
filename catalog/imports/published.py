"""The table that providers publish → what a disclosure file would say: item, description, level, answer.

There are no ids in it: a row is known by its item's number or label and its wording; what is not known is told. A row
without a number belongs to the item above it. Where the items of a data centre begin anew, so does another data centre.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from catalog import answers
from catalog.answers import Problem, yes_no
from catalog.answers.wording import tight
from catalog.diagnostics import Report, Text
from catalog.imports.forms import Form
from catalog.imports.names import Names, part_of, within
from catalog.imports.tables import at
from catalog.load import states
from catalog.load.shapes import nearest
from catalog.model import Asks, Guideline, Scope, Slot, SubmittedBy
from catalog.scalars import Written
from catalog.written import with_extras

_HEADINGS = {
    "answer": r"情報開示内容|開示内容|開示情報|回答|answer|disclosure",
    "prompt": r"記述内容|description|whatisasked|prompt",
    "level": r"必須[/／・]?選択|区分|level|required.*",
    "item": r".*項目.*|no\.?|番号|項番|item|label",
}
_NEEDED: dict[str, Text] = {
    "answer": {"ja": "情報開示内容(回答)", "en": "the answer"},
    "item": {"ja": "項目", "en": "the item"},
}
_TOP = 30


@dataclass(slots=True)
class _Columns:
    head: int
    items: list[int]
    prompt: int | None
    answer: int


@dataclass(frozen=True, slots=True)
class Ids:
    """What a published table does not say."""

    provider: str
    service: str
    centers: Sequence[str]
    transcribed_on: str = ""
    """Only of a transcription by a third party; `source` is then where all of it stands."""
    source: str = ""
    free_words: bool = False


def of_table(path: str, rows: Sequence[Sequence[str]], guideline: Guideline, ids: Ids, report: Report) -> Form | None:
    """What the rows say; None, and told, if they are no such table."""
    columns = _columns(rows)
    if isinstance(columns, str):
        report.add("table-columns", at(path, 1, 1), expected=_NEEDED[columns])
        return None
    reader = _Reader(path, Form(guideline, ids.provider), ids, report)
    for number, row in enumerate(rows[columns.head :], columns.head + 1):
        reader.row(number, row, columns)
    return reader.finished()


def _columns(rows: Sequence[Sequence[str]]) -> _Columns | str:
    """Where the columns are; the key of one that is missing. Four columns need no headings."""
    for number, row in enumerate(rows[:_TOP], 1):
        found: dict[str, list[int]] = {}
        for column, text in enumerate(row):
            key = next((key for key, form in _HEADINGS.items() if re.fullmatch(form, tight(text).lower())), "")
            found.setdefault(key, []).append(column)
        if "answer" in found and ("item" in found or "prompt" in found):
            prompt = found["prompt"][0] if "prompt" in found else None
            answer = found["answer"][-1]
            before = range(min(prompt if prompt is not None else answer, answer))
            items = found.get("item") or [*before]
            return _Columns(number, sorted({*items, *before}), prompt, answer)
    if rows and all(len(row) == len(_HEADINGS) for row in rows):
        return _Columns(0, [0], 1, 3)
    return "answer"


class _Reader:
    def __init__(self, path: str, form: Form, ids: Ids, report: Report) -> None:
        self.path = path
        self.form = form
        self.ids = ids
        self.report = report
        self.names = Names(form.guideline)
        self.item: list[Slot] = []
        self.center = 0
        self.taken: dict[tuple[str, ...], int] = {}

    def finished(self) -> Form:
        form, ids = self.form, self.ids
        by = SubmittedBy.THIRD_PARTY if ids.transcribed_on else SubmittedBy.PROVIDER
        head: dict[str, Written] = {"guideline": form.guideline.id, "guideline_version": form.guideline.version}
        head["submitted_by"] = by.value
        if ids.transcribed_on:
            head["transcribed_on"] = ids.transcribed_on
            form.rows.add(("submitted_by",))
        form.document = {**head, **form.document}
        services = form.document.setdefault("services", {})
        assert isinstance(services, dict)
        service = services.setdefault(ids.service, {})
        assert isinstance(service, dict)
        if isinstance(centers := form.document.get("data_centers"), dict):
            service["data_centers"] = [*centers]
        return form

    def row(self, number: int, row: Sequence[str], columns: _Columns) -> None:
        cells = {column: text for column, text in enumerate(row) if text}
        answer = cells.get(columns.answer, "")
        prompt = cells.get(columns.prompt, "") if columns.prompt is not None else ""
        items = [cells[column] for column in columns.items if column in cells]
        if found := self.names.item(items):
            self.item = found
        elif items:
            self.item = []  # the title of a section, or an item that is not known
        if not answer:
            return
        slot = self._slot(items, prompt, named=bool(found))
        if slot is None:
            words = " / ".join((*items, *filter(None, (prompt,)), answer))
            near = nearest(tight(items[-1] if items else prompt).lower(), self.names.by_words)
            title = {**self.names.by_words[near][0].field.title} if near else ""
            self.report.add("row-unknown", at(self.path, number, columns.answer + 1), found=words, nearest=title)
            return
        self._say(slot, prompt, answer, number, columns.answer + 1)

    def _slot(self, items: Sequence[str], prompt: str, *, named: bool) -> Slot | None:
        """By item and wording; by the wording alone where the item is not known, if that names one field only."""
        if self.item and (named or not items):
            parts = [slot for slot in self.item if part_of(slot, prompt)]
            return parts[0] if parts else within(self.item, prompt, alone=named or not prompt)
        return self.names.find("", (prompt,), [*Scope]) if prompt else None

    def _say(self, slot: Slot, prompt: str, answer: str, row: int, column: int) -> None:
        path, where = self._path(slot), at(self.path, row, column)
        part = part_of(slot, prompt)
        if part:
            path = (*path, "answer", part.id)
        if path in self.taken and slot.section.scope is Scope.DATA_CENTER:
            self.center += 1
            path = (*self._path(slot), *path[3:])
        if path in self.taken:
            other = at(self.path, self.taken[path], column).name
            self.report.add("row-twice", where, slot.subject, other=other)
            return
        self.taken[path] = row
        asks = part.asks if part else slot.field.asks
        free = self.ids.free_words and _is_free(answer, asks.type, answers.parse(answer, asks))
        written: Written = {"text": answer} if free else answer
        self.form.say(path, with_extras(written, "", "" if part else self.ids.source, ""), where)
        if part and self.ids.source:
            self.form.say((*self._path(slot), "source"), self.ids.source, where)
        self.form.places.setdefault(self._path(slot), where)
        self.form.answered += 1

    def _path(self, slot: Slot) -> tuple[str, ...]:
        match slot.section.scope:
            case Scope.PROVIDER:
                return ("provider", slot.field.id)
            case Scope.SERVICE:
                return ("services", self.ids.service, "answers", slot.field.id)
            case Scope.DATA_CENTER:
                centers = self.ids.centers
                center = centers[self.center] if self.center < len(centers) else f"dc-{self.center + 1}"
                return ("data_centers", center, slot.field.id)


def _is_free(answer: str, type: str, parsed: object) -> bool:
    """Whether an answer can only be taken in its own words."""
    if not isinstance(parsed, Problem) or states.at_the_beginning(answer) or type == "parts":
        return False
    word = yes_no.split_detail(answer, _YES_NO)[0]
    return yes_no.word(word, _YES_NO) is None


_YES_NO = Asks("yes_no")
