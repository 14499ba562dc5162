"""A workbook as bytes, by XlsxWriter: apart from `xlsx`, as it takes its time to import and most builds write none."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from catalog.exports.workbook import COLUMNS, GROUP, LOCKED, Line, Tab, Workbook

_CREATED = datetime(2000, 1, 1)
"""Of every workbook: the clock would make equal contents differ."""
_WIDTHS = (12, 7, 22, 38, 7, 34, 13, 30, 22, 20, 11, 12)
_HIDDEN = (0, len(COLUMNS) - 1)
_HEAD = 4
"""Rows above the first line: title, guidance, hidden keys, headings."""
_MAX_TITLE, _MAX_MESSAGE, _MAX_TAB, _MAX_CELL = 32, 255, 31, 32_767
_NOT_IN_A_TAB = re.compile(r"[\[\]:*?/\\]|^'|'$")
_LINE, _HIGHEST = 13.5, 400
_PARTING = re.compile(r"""[,"=]""")
_A4 = 9


def written(workbook: Workbook) -> bytes:
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.set_properties({"title": workbook.title, "created": _CREATED})
    writer = _Writer(book, workbook)
    writer.about()
    for tab in workbook.tabs:
        writer.tab(tab)
    writer.lists()
    book.close()
    return data.getvalue()


class _Page(Worksheet):  # type: ignore[misc]
    """A sheet whose rows have a height to begin with, and still grow with what people write into them."""

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, Any]]) -> None:
        super()._xml_start_tag_unencoded(tag, [one for one in attributes if one[0] != "customHeight" or tag != "row"])


class _Writer:
    def __init__(self, book: Any, workbook: Workbook) -> None:
        self.book = book
        self.workbook = workbook
        self.names: set[str] = set()
        self.first, self.last = (self._name(name) for name in workbook.words)
        self.columns: dict[tuple[str, ...], str] = {}
        cell = {"text_wrap": True, "valign": "top", "font_size": 10, "border": 1, "border_color": "#bfbfbf"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.plain = book.add_format({"text_wrap": True, "valign": "top", "font_size": 10})
        self.strong = book.add_format({"text_wrap": True, "valign": "top", "font_size": 10, "bold": True})
        self.heading = book.add_format(cell | {"bold": True, "bg_color": "#f2f2f2"})
        self.section = book.add_format(cell | {"bold": True, "bg_color": "#c5d7fb", "text_wrap": False})
        self.group = book.add_format(cell | {"bold": True, "bg_color": "#e8f1fe", "text_wrap": False})
        self.beside = book.add_format(cell | {"bg_color": "#e8f1fe", "text_wrap": False, "font_size": 9})
        self.asked = book.add_format(cell)
        self.said = book.add_format(cell | {"locked": False, "bg_color": "#fffceb"})

    def _name(self, wanted: str) -> str:
        """A name that a tab may have, once."""
        name = _NOT_IN_A_TAB.sub(" ", wanted).strip()[:_MAX_TAB] or "-"
        number = 2
        while name.lower() in self.names:
            name = f"{name[: _MAX_TAB - 3]} {number}"
            number += 1
        self.names.add(name.lower())
        return name

    def about(self) -> None:
        """Title, keys and values, how to fill in."""
        page = self.book.add_worksheet(self.first)
        page.set_column(0, 0, 18, None, {"hidden": True})
        page.set_column(1, 1, 24)
        page.set_column(2, 2, 90)
        page.write_string(0, 1, self.workbook.title, self.title)
        for number, (key, label, text) in enumerate(self.workbook.about, 2):
            page.write_string(number, 0, key)
            page.write_string(number, 1, label, self.strong)
            page.write_string(number, 2, text, self.plain)
        self._printed(page)
        page.protect("", {"format_columns": True, "format_rows": True})

    def tab(self, tab: Tab) -> None:
        page = self.book.add_worksheet(self._name(tab.name), _Page)
        for number, width in enumerate(_WIDTHS):
            page.set_column(number, number, width, None, {"hidden": True} if number in _HIDDEN else {})
        page.write_string(0, 0, tab.kind)
        page.write_string(0, 1, tab.title, self.title)
        page.write_string(1, 1, self.workbook.guidance)
        page.set_row(2, None, None, {"hidden": True})
        for number, (key, words) in enumerate(zip(COLUMNS, self.workbook.columns, strict=True)):
            page.write_string(2, number, key)
            page.write_string(3, number, words, self.heading)
        self._lines(page, tab)
        page.freeze_panes(_HEAD, 3)
        page.repeat_rows(3)
        page.print_area(0, 1, _HEAD + len(tab.lines) - 1, len(COLUMNS) - 2)
        self._printed(page)
        page.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})

    def _lines(self, page: Any, tab: Tab) -> None:
        for number, line in enumerate(tab.lines, _HEAD):
            if not line.id:
                self._heading(page, number, line.asked)
                continue
            page.write_string(number, 0, line.id)
            if (height := _height(line)) > _LINE:
                page.set_row(number, height)
            if line.id.startswith(GROUP):
                self._group(page, number, line)
                continue
            for column, text in enumerate(line.asked, 1):
                page.write_string(number, column, text, self.asked)
            if line.kept:
                self._kept(page, number, line.kept)
            for column in range(LOCKED, len(COLUMNS) - 1):
                if column < LOCKED + len(line.said):
                    self._cell(page, number, column, line.said[column - LOCKED])
                else:
                    page.write_blank(number, column, None, self.asked)
            if line.choices or line.hint:
                page.data_validation(
                    number, LOCKED, number, LOCKED, self._validation(line.choices, line.asked, line.hint)
                )
        state, last = COLUMNS.index("state"), _HEAD + len(tab.lines) - 1
        # once for the whole column: each drop-down costs
        states = {"validate": "list", "source": self._source(self.workbook.states)}
        page.data_validation(_HEAD, state, last, state, states)

    def _heading(self, page: Any, number: int, texts: tuple[str, ...]) -> None:
        """A section's title stands in the first column that is shown, a group's in the second."""
        look = self.section if texts[0] else self.group
        page.set_row(number, None, look)
        page.write_string(number, 1 if texts[0] else 2, texts[0] or texts[1], look)

    def _group(self, page: Any, number: int, line: Line) -> None:
        """A heading at which all of the group can be answered: the state, and in the next cell the reason."""
        self._heading(page, number, line.asked)
        page.write_string(number, COLUMNS.index("prompt"), line.asked[2], self.beside)
        for column, text in enumerate(line.said[1:], COLUMNS.index("state")):
            self._cell(page, number, column, text)

    def _cell(self, page: Any, number: int, column: int, text: str) -> None:
        """One to be filled in. An empty string would be a cell that says nothing."""
        if text:
            page.write_string(number, column, text, self.said)
        else:
            page.write_blank(number, column, None, self.said)

    def _kept(self, page: Any, number: int, text: str) -> None:
        """Only for the import; too long for a cell, it is left out, and the cells that people see have to do."""
        if len(text) <= _MAX_CELL:
            page.write_string(number, len(COLUMNS) - 1, text)

    def _validation(self, choices: tuple[str, ...], asked: tuple[str, ...], hint: str) -> dict[str, object]:
        """A drop-down only proposes: free words stay possible, and what cannot be read is told at the import."""
        said: dict[str, object] = {
            "input_title": _clipped(asked[1], _MAX_TITLE),
            "input_message": _clipped(hint, _MAX_MESSAGE),
        }
        if not hint:
            said = {}
        if choices:
            return {"validate": "list", "source": self._source(choices), "show_error": False, **said}
        return {"validate": "any", **said}

    def _source(self, choices: tuple[str, ...]) -> list[str] | str:
        """A short list as it is; another where it stands on the hidden tab, because commas would part its entries."""
        if len(",".join(choices)) <= _MAX_MESSAGE and not any(_PARTING.search(choice) for choice in choices):
            return list(choices)
        found = self.columns.get(choices)
        if found is None:
            letter = xl_col_to_name(len(self.columns))
            quoted = self.last.replace("'", "''")
            found = self.columns[choices] = f"='{quoted}'!${letter}$1:${letter}${len(choices)}"
        return found

    def lists(self) -> None:
        page = self.book.add_worksheet(self.last)
        for column, choices in enumerate(self.columns):
            for row, text in enumerate(choices):
                page.write_string(row, column, text)
        page.hide()
        page.protect()

    def _printed(self, page: Any) -> None:
        page.set_paper(_A4)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        if self.workbook.notice:
            page.set_header(f"&R&8{_in_margin(self.workbook.notice)}")
        page.set_footer(f"&L&8{_in_margin(self.workbook.footer)}&R&8&P / &N")


def _height(line: Line) -> float:
    """How high a row begins, so that all that is wrapped in it can be read; of a heading one line."""
    if line.id.startswith(GROUP):
        return _LINE
    cells = zip((*line.asked, *line.said), _WIDTHS[1:], strict=False)
    return min(_LINE * max(_lines(text, width) for text, width in cells), _HIGHEST)


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes, whose full-width letters (three bytes) take two columns."""
    if not text:
        return 1
    parts = text.split("\n")
    return sum(1 + (len(part) + len(part.encode())) // 2 // width for part in parts)


def _in_margin(text: str) -> str:
    """Text for head or foot of a page, where `&` begins a code, and a digit behind one would belong to it."""
    return " " + _clipped(text, 150).replace("&", "&&")


def _clipped(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
