"""`/g/<guideline>/items/<slug>/`: one item of the guideline, and what every service answers to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from markupsafe import Markup

from catalog.artifacts import Artifact
from catalog.completeness import tally
from catalog.model import Group, Guideline, Item, Row, Section, Sheet
from catalog.pages.context import Content, page_artifact
from catalog.pages.edition import Edition, Page, guideline_address, item_address, section_anchor, sheet_address
from catalog.pages.home import listed
from catalog.pages.rows import Answers

PER_PAGE = 100


def artifacts(edition: Edition) -> Iterator[Artifact]:
    cells = Answers(edition.theme, edition.messages)
    everything = listed(edition)
    for guideline in edition.catalog.newest:
        sheets = [sheet for sheet in everything if sheet.guideline.id == guideline.id]
        pages = [sheets[start : start + PER_PAGE] for start in range(0, len(sheets), PER_PAGE)] or [[]]
        rows = {sheet.path: _rows_by_field(sheet) for sheet in sheets}
        for place in guideline.items:
            for number, on_page in enumerate(pages, 1):
                page = edition.page(item_address(guideline, place[2], number))
                view = _View(edition, guideline, place, sheets, rows, cells)
                yield page_artifact(
                    page,
                    "item",
                    ("providers", f"guideline:{guideline.key}"),
                    partial(view.content, page, number, len(pages), on_page),
                )


def _rows_by_field(sheet: Sheet) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in sheet.rows:
        found.setdefault(row.slot.field.id, []).append(row)
    return found


class _View:
    def __init__(
        self,
        edition: Edition,
        guideline: Guideline,
        place: tuple[Section, Group, Item],
        sheets: Sequence[Sheet],
        rows: dict[str, dict[str, list[Row]]],
        cells: Answers,
    ) -> None:
        self.edition = edition
        self.guideline = guideline
        self.section, self.group, self.item = place
        self.sheets = sheets
        self.rows = rows
        self.cells = cells

    def content(self, page: Page, number: int, last: int, sheets: Sequence[Sheet]) -> Content:
        t = self.edition.messages
        label = t.of(self.item.label)
        title = t("item.title", number=self.item.number, label=label)
        return Content(
            title=title if number == 1 else f"{title} ({number}/{last})",
            description=t(
                "item.description", number=self.item.number, label=label, title=t.of(self.guideline.short_title)
            ),
            variables={
                "guideline": self.guideline,
                "section": self.section,
                "group": self.group,
                "item": self.item,
                "section_anchor": section_anchor(self.section),
                "guideline_url": page.url(guideline_address(self.guideline)),
                "figures": [self._figures(field.id) for field in self.item.fields if not field.retired],
                "rows": [row for sheet in sheets for row in self._sheet(sheet, page)],
                "number": number,
                "last": last,
                "first_address": item_address(self.guideline, self.item),
            },
        )

    def _figures(self, field: str) -> dict[str, object]:
        """How the counted sheets answer: own submissions, no samples."""
        counted = [row for sheet in self.sheets if sheet.counted for row in self.rows[sheet.path].get(field, ())]
        return {"slot": self.guideline.by_field[field], "tally": tally(counted)}

    def _sheet(self, sheet: Sheet, page: Page) -> Iterator[dict[str, object]]:
        """One line a service, or one a data centre of it, with a cell per field of the item."""
        by_field = [self.rows[sheet.path].get(field.id, []) for field in self.item.fields if not field.retired]
        lines = max((len(rows) for rows in by_field), default=0)
        for line in range(lines):
            rows = [rows[line] for rows in by_field if line < len(rows)]
            center = rows[0].data_center
            yield {
                "sheet": sheet,
                "url": page.url(sheet_address(sheet)),
                "center": center,
                "cells": [(row, self._cell(sheet, row)) for row in rows],
            }

    def _cell(self, sheet: Sheet, row: Row) -> Markup:
        return self.cells.cell(row.slot, row.answer, third_party=sheet.disclosure.by_third_party)
