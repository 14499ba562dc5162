"""`/api/v1/guidelines/<id>/answers.xlsx`: every service a row, every field a column, to filter and sort.

What is not disclosed says so in its own word and look: 未記入, 非公開 and 個別開示 never pass for answers. Beyond
`MOST` services there is no such workbook: nobody looks through it, and every changed answer would make it anew.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from catalog.artifacts import Artifact
from catalog.exports.public_json import day
from catalog.listing import Listing, listings
from catalog.messages import Messages
from catalog.model import Answer, Catalog, Kind, Row, Sheet, Slot, Status

MOST = 500
_CREATED = datetime(2000, 1, 1)
_ABOUT = ("name", "provider", "by", "state", "disclosed_on", "expires_on", "required", "optional", "path")
_WIDTHS = (28, 24, 16, 12, 11, 11, 8, 8, 24)
_HEAD = 5
"""Rows above the services: title, section, number, label, level; the filters sit on the last one."""
_LONGEST = 32_000
_WIDTH, _LINES = 24, 4


class _Cell(NamedTuple):
    text: str
    look: str = "answer"


def artifacts(catalog: Catalog, languages: Mapping[str, Messages]) -> Iterator[Artifact]:
    first = languages[catalog.settings.language]
    for listing in listings(catalog):
        if is_offered(listing):
            inputs = ("code", "guidelines", "providers", f"messages:{first.language}")
            yield Artifact(path_of(listing), inputs, partial(_written, listing, first))


def is_offered(listing: Listing) -> bool:
    return 0 < len(listing.sheets) <= MOST


def path_of(listing: Listing) -> str:
    return f"api/v1/guidelines/{listing.newest.id}/answers.xlsx"


def _written(listing: Listing, t: Messages) -> bytes:
    import xlsxwriter  # only now: it takes its time, and most builds write no workbook

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    title = f"{t.of(listing.newest.short_title)} {t('matrix.title')}"
    book.set_properties({"title": title, "created": _CREATED})
    _Writer(book, listing, t, title).write()
    book.close()
    return data.getvalue()


class _Writer:
    def __init__(self, book: Any, listing: Listing, t: Messages, title: str) -> None:
        self.book = book
        self.listing = listing
        self.t = t
        self.title = title
        self.slots = listing.newest.slots
        cell = {"text_wrap": True, "valign": "top", "font_size": 10, "border": 1, "border_color": "#bfbfbf"}
        away = cell | {"italic": True, "font_color": "#595959"}
        looks = {
            "title": {"bold": True, "font_size": 14},
            "plain": {"text_wrap": True, "valign": "top", "font_size": 10},
            "head": cell | {"bold": True, "bg_color": "#f2f2f2"},
            "section": cell | {"bold": True, "bg_color": "#c5d7fb", "text_wrap": False},
            "answer": cell,
            "name": cell | {"bold": True},
            "number": cell | {"num_format": '0"%"'},
            Status.PARTIAL: cell | {"bg_color": "#fff2cc"},
            Status.ON_REQUEST: away | {"bg_color": "#e8f1fe"},
            Status.WITHHELD: away | {"bg_color": "#ededed"},
            Status.UNANSWERED: away,
            "sample": away | {"bg_color": "#fde9d9"},
        }
        self.looks = {name: book.add_format(look) for name, look in looks.items()}

    def write(self) -> None:
        self._about()
        self._answers()
        self._items()

    # --- what it is ---

    def _about(self) -> None:
        t, page = self.t, self.book.add_worksheet(self.t("workbook.tab.about"))
        page.set_column(0, 0, 18)
        page.set_column(1, 1, 90)
        page.write_string(0, 0, self.title, self.looks["title"])
        rows = [(look, t(f"status.{status}"), t(f"legend.{status}")) for look, status in self._states()]
        lines = [("plain", "", line) for line in t("matrix.about").splitlines()]
        for number, (look, word, text) in enumerate([*lines, *rows], 2):
            page.write_string(number, 0, word, self.looks[look])
            page.write_string(number, 1, text, self.looks["plain"])
        page.set_paper(9)
        page.fit_to_pages(1, 0)

    def _states(self) -> Iterator[tuple[str, str]]:
        for status in (Status.PARTIAL, Status.ON_REQUEST, Status.WITHHELD, Status.UNANSWERED):
            yield status, status
        yield Status.UNANSWERED, "not_transcribed"

    # --- the table ---

    def _answers(self) -> None:
        t, page = self.t, self.book.add_worksheet(self.t("matrix.tab.answers"))
        width = len(_ABOUT)
        for column, size in enumerate(_WIDTHS):
            page.set_column(column, column, size)
        page.set_column(width, width + len(self.slots) - 1, _WIDTH)
        page.write_string(0, 0, self.title, self.looks["title"])
        for column, key in enumerate(_ABOUT):
            page.write_string(_HEAD - 1, column, t(f"matrix.column.{key}"), self.looks["head"])
        section = ""
        for column, slot in enumerate(self.slots, width):
            page.write_string(1, column, self._section(slot, section), self.looks["section"])
            section = slot.section.id
            for row, text in enumerate(self._heading(slot), 2):
                page.write_string(row, column, text, self.looks["head"])
        page.set_row(3, 45)
        for number, sheet in enumerate(self.listing.sheets, _HEAD):
            self._row(page, number, sheet)
        last = _HEAD + len(self.listing.sheets) - 1
        page.autofilter(_HEAD - 1, 0, last, width + len(self.slots) - 1)
        page.freeze_panes(_HEAD, 1)
        page.set_paper(8)
        page.set_landscape()
        page.repeat_rows(1, _HEAD - 1)
        page.repeat_columns(0)

    def _section(self, slot: Slot, before: str) -> str:
        return self.t.of(slot.section.title) if slot.section.id != before else ""

    def _heading(self, slot: Slot) -> tuple[str, str, str]:
        """Number, label, level."""
        label, title = self.t.of(slot.item.label), self.t.of(slot.field.title)
        several = len(slot.item.fields) > 1 and title != label
        level = self.t.of(self.listing.newest.levels[slot.field.level])
        return slot.item.number, f"{label} / {title}" if several else label, level

    def _row(self, page: Any, number: int, sheet: Sheet) -> None:
        for column, value in enumerate(self._of_sheet(sheet)):
            if isinstance(value, int):
                page.write_number(number, column, value, self.looks["number"])
            else:
                page.write_string(number, column, value.text, self.looks[value.look])
        for column, slot in enumerate(self.slots, len(_ABOUT)):
            cell = self._cell(sheet, sheet.rows_by_field.get(slot.field.id, ()))
            page.write_string(number, column, cell.text, self.looks[cell.look])
        page.set_row(number, 15 * _LINES)

    def _of_sheet(self, sheet: Sheet) -> Iterator[_Cell | int]:
        """The columns before the answers; rates only where there are any."""
        one, t = sheet.disclosure, self.t
        yield _Cell(sheet.service.name, "name")
        yield _Cell(one.name)
        by = t(f"submitted_by.{one.submitted_by}")
        yield (
            _Cell(t("state.sample"), "sample")
            if one.sample
            else _Cell(by, "sample" if one.by_third_party else "answer")
        )
        yield _Cell(t(f"state.{sheet.state}"))
        yield _Cell(day(one.disclosed_on) or "")
        yield _Cell(day(one.expires_on) or "")
        counted = sheet.completeness
        for tally in (counted.required, counted.optional) if counted else ():
            yield tally.percent
        if not counted:
            yield from (_Cell(t("completeness.not_counted"), Status.UNANSWERED),) * 2
        yield _Cell(sheet.path)

    def _cell(self, sheet: Sheet, rows: Sequence[Row]) -> _Cell:
        """The answer; of several data centres each with its name. The look is that of what is least disclosed."""
        said = [self._answer(row.answer, third_party=sheet.disclosure.by_third_party) for row in rows]
        if len(said) < 2:
            return said[0] if said else _Cell("")
        if len(set(said)) == 1:
            return said[0]
        names = [row.data_center.name if row.data_center else "" for row in rows]
        text = "\n".join(f"{name}: {cell.text}" for name, cell in zip(names, said, strict=True))
        looks = {cell.look for cell in said}
        mixed = Status.PARTIAL if looks & {"answer", Status.PARTIAL} else Status.UNANSWERED
        return _Cell(_clipped(text), looks.pop() if len(looks) == 1 else mixed)

    def _answer(self, answer: Answer, *, third_party: bool) -> _Cell:
        t, status = self.t, answer.status
        if status is Status.UNANSWERED:
            return _Cell(t("status.not_transcribed" if third_party else "status.unanswered"), status)
        words = t("mark.not_applicable") if answer.kind is Kind.NOT_APPLICABLE else answer.text
        if answer.kind is None:
            words = t(f"status.{status}")
        if answer.detail:
            words = f"{words}({answer.detail})"
        if status is Status.PARTIAL:
            words = f"{t('status.partial')}: {words}"
        return _Cell(_clipped(words), "answer" if status is Status.DISCLOSED else status)

    # --- what is asked ---

    def _items(self) -> None:
        t, page = self.t, self.book.add_worksheet(self.t("matrix.tab.items"))
        for column, (key, size) in enumerate((("item", 8), ("label", 40), ("prompt", 80), ("level", 8))):
            page.set_column(column, column, size)
            page.write_string(0, column, t(f"workbook.column.{key}"), self.looks["head"])
        for number, slot in enumerate(self.slots, 1):
            item, label, level = self._heading(slot)
            for column, text in enumerate((item, label, t.of(slot.field.prompt), level)):
                page.write_string(number, column, text, self.looks["answer"])
        page.autofilter(0, 0, len(self.slots), 3)
        page.freeze_panes(1, 0)
        page.set_paper(9)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)


def _clipped(text: str) -> str:
    """What fits into a cell; the whole of it stands in the CSV file."""
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
