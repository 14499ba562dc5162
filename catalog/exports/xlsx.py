"""`/api/v1/services/<p>/<s>.xlsx` and `/api/v1/guidelines/<id>.xlsx`: the workbook, filled and empty.

Every cell is a string: nothing is calculated, no address becomes a link. The same workbook gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cache, partial
from typing import Any

from catalog.artifacts import Artifact
from catalog.exports.answers_csv import paths_of
from catalog.exports.workbook import COLUMNS, LOCKED, Tab, Workbook, empty, filled
from catalog.messages import Messages
from catalog.model import Catalog, Guideline, Sheet

_CREATED = datetime(2000, 1, 1)
"""Of every workbook: the clock would make equal contents differ."""
_WIDTHS = (12, 7, 22, 38, 7, 34, 13, 30, 22, 20, 11)
_HEAD = 4
"""Rows above the first line: title, guidance, hidden keys, headings."""
_MAX_TITLE, _MAX_MESSAGE, _MAX_TAB = 32, 255, 31
_NOT_IN_A_TAB = re.compile(r"[\[\]:*?/\\]|^'|'$")
_PARTING = re.compile(r"""[,"=]""")
_A4 = 9


def artifacts(catalog: Catalog, languages: Mapping[str, Messages]) -> Iterator[Artifact]:
    first = languages[catalog.settings.language]
    for guideline in catalog.newest:
        for t in languages.values():
            named = ("code", f"messages:{t.language}", f"guideline:{guideline.key}")
            yield Artifact(empty_path(guideline, t, first), named, partial(_empty, guideline, t))
    for provider in catalog.providers:
        paths = list(paths_of(provider))
        # a workbook takes its time: it is made once for all addresses of a sheet, and kept only where there are several
        once = cache if len(paths) > len(provider.sheets) else _as_it_is
        renders = {sheet.path: once(partial(_filled, sheet, first)) for _, sheet in paths}
        for path, sheet in paths:
            inputs = (
                "code",
                f"messages:{first.language}",
                f"provider:{provider.id}",
                f"guideline:{sheet.guideline.key}",
            )
            yield Artifact(f"api/v1/services/{path}.xlsx", inputs, renders[sheet.path])


def _as_it_is(render: Callable[[], bytes]) -> Callable[[], bytes]:
    return render


def empty_path(guideline: Guideline, t: Messages, first: Messages) -> str:
    """Of the form in one language; that in the catalog's first language has none in its name."""
    suffix = "" if t is first else f".{t.language}"
    return f"api/v1/guidelines/{guideline.id}{suffix}.xlsx"


def _filled(sheet: Sheet, t: Messages) -> bytes:
    return written(filled(sheet, t))


def _empty(guideline: Guideline, t: Messages) -> bytes:
    return written(empty(guideline, t))


def written(workbook: Workbook) -> bytes:
    import xlsxwriter  # only now: it takes its time, and most builds write no workbook

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
        page = self.book.add_worksheet(self._name(tab.name))
        for number, width in enumerate(_WIDTHS):
            page.set_column(number, number, width, None, {"hidden": True} if number == 0 else {})
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
        page.print_area(0, 1, _HEAD + len(tab.lines) - 1, len(COLUMNS) - 1)
        self._printed(page)
        page.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})

    def _lines(self, page: Any, tab: Tab) -> None:
        for number, line in enumerate(tab.lines, _HEAD):
            if not line.id:
                self._heading(page, number, line.asked)
                continue
            page.write_string(number, 0, line.id)
            for column, text in enumerate(line.asked, 1):
                page.write_string(number, column, text, self.asked)
            for column in range(LOCKED, len(COLUMNS)):
                text, look = (
                    ("", self.asked) if column >= LOCKED + len(line.said) else (line.said[column - LOCKED], self.said)
                )
                # an empty string would be a cell that says nothing
                page.write_string(number, column, text, look) if text else page.write_blank(number, column, None, look)
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
            from xlsxwriter.utility import xl_col_to_name

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


def _in_margin(text: str) -> str:
    """Text for head or foot of a page, where `&` begins a code, and a digit behind one would belong to it."""
    return " " + _clipped(text, 150).replace("&", "&&")


def _clipped(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
