"""`/g/<guideline>/items/<slug>/`: one item of the guideline, and what every service answers to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import zip_longest
from typing import TypedDict

from markupsafe import Markup

from catalog.artifacts import Artifact
from catalog.completeness import tally
from catalog.model import Catalog, Field, Group, Guideline, Item, Row, Scope, Section, Sheet, Tally
from catalog.pages.context import Content, page_artifact
from catalog.pages.edition import Edition, Page, guideline_address, item_address, section_anchor, sheet_address
from catalog.pages.home import listed

PER_PAGE = 100


def artifacts(edition: Edition) -> Iterator[Artifact]:
    everything = listed(edition)
    for guideline in edition.catalog.newest:
        sheets = [sheet for sheet in everything if sheet.guideline.id == guideline.id]
        pages = [sheets[start : start + PER_PAGE] for start in range(0, len(sheets), PER_PAGE)] or [[]]
        rows = {sheet.path: _rows_by_field(sheet) for sheet in sheets}
        for version, place in _places(edition.catalog, guideline):
            view = _View(edition, version, place, sheets, rows, is_newest=version is guideline)
            inputs = ("providers", f"guideline:{guideline.key}", f"guideline:{version.key}")
            for number, on_page in enumerate(pages, 1):
                page = edition.page(item_address(guideline, place[2], number))
                yield page_artifact(page, "item", inputs, partial(view.content, page, number, len(pages), on_page))


def _places(catalog: Catalog, newest: Guideline) -> Iterator[tuple[Guideline, tuple[Section, Group, Item]]]:
    """The items of a guideline, then those that only its older versions have: their addresses keep working."""
    versions = [one for one in reversed(catalog.guidelines) if one.id == newest.id]
    seen: set[str] = set()
    for version in versions:
        for place in version.items:
            if place[2].slug not in seen:
                seen.add(place[2].slug)
                yield version, place


def _rows_by_field(sheet: Sheet) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in sheet.rows:
        found.setdefault(row.slot.field.id, []).append(row)
    return found


class _Figures(TypedDict):
    field: Field
    tally: Tally


class _View:
    def __init__(
        self,
        edition: Edition,
        guideline: Guideline,
        place: tuple[Section, Group, Item],
        sheets: Sequence[Sheet],
        rows: dict[str, dict[str, list[Row]]],
        *,
        is_newest: bool,
    ) -> None:
        self.edition = edition
        self.guideline = guideline
        self.section, self.group, self.item = place
        self.sheets = sheets
        self.rows = rows
        self.is_newest = is_newest
        asked = [field for field in self.item.fields if not field.retired or self._is_owed(field)]
        self.fields = asked or list(self.item.fields)

    def _is_owed(self, field: Field) -> bool:
        """Whether a sheet owes a field that is retired: one of an older version."""
        return any(field.id in self.rows[sheet.path] for sheet in self.sheets)

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
                "fields": self.fields,
                "section_url": page.url(guideline_address(self.guideline))
                + (f"#{section_anchor(self.section)}" if self.is_newest else ""),
                "figures": [figures for field in self.fields if (figures := self._figures(field))["tally"].owed],
                "rows": [row for sheet in sheets for row in self._sheet(sheet, page)],
                "number": number,
                "last": last,
                "first_address": item_address(self.guideline, self.item),
            },
        )

    def _figures(self, field: Field) -> _Figures:
        """How the counted sheets answer: own submissions, no samples."""
        counted = [row for sheet in self.sheets if sheet.counted for row in self.rows[sheet.path].get(field.id, ())]
        return {"field": field, "tally": tally(counted)}

    def _sheet(self, sheet: Sheet, page: Page) -> Iterator[dict[str, object]]:
        """One line a service, or one a data centre of it, with a cell per field; None for one that it does not owe."""
        by_field = [self.rows[sheet.path].get(field.id, []) for field in self.fields]
        absent = self.section.scope is Scope.DATA_CENTER and sheet.service.no_data_center
        leads = True  # the first line of a sheet offers it for comparison
        if absent and not any(by_field):
            url = f"{page.url(sheet_address(sheet))}#{section_anchor(self.section)}"
            yield {"sheet": sheet, "url": url, "center": None, "cells": [], "absent": absent, "leads": True}
        for line in zip_longest(*by_field):
            first = next(row for row in line if row)
            yield {
                "sheet": sheet,
                "url": f"{page.url(sheet_address(sheet))}#{first.anchor}",
                "center": first.data_center,
                "cells": [(row, self._cell(sheet, row)) if row else None for row in line],
                "leads": leads,
            }
            leads = False

    def _cell(self, sheet: Sheet, row: Row) -> Markup:
        return self.edition.cells.cell(
            row.slot, row.answer, sheet.guideline.language, third_party=sheet.disclosure.by_third_party
        )
