"""`/g/<guideline>/items/<slug>/`: one item of the guideline, how its answers spread, and what every service answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import zip_longest

from markupsafe import Markup

from catalog.artifacts import Artifact
from catalog.distribution import order
from catalog.listing import ListedItem, Listing, listings, paged
from catalog.model import Row, Scope, Sheet
from catalog.pages.context import Content, page_artifact
from catalog.pages.downloads import of_item
from catalog.pages.edition import Edition, Page, guideline_address, item_address, section_anchor, sheet_address
from catalog.pages.spread import Spread, spread


def artifacts(edition: Edition) -> Iterator[Artifact]:
    for listing in listings(edition.catalog):
        pages = paged(listing.sheets)
        for one in listing.items:
            view = _View(edition, listing, one)
            inputs = (one.input, f"guideline:{listing.newest.key}", f"guideline:{one.guideline.key}")
            for number, on_page in enumerate(pages, 1):
                page = edition.page(item_address(listing.newest, one.item, number))
                yield page_artifact(page, "item", inputs, partial(view.content, page, number, len(pages), on_page))


class _View:
    def __init__(self, edition: Edition, listing: Listing, listed: ListedItem) -> None:
        self.edition = edition
        self.listing = listing
        self.listed = listed

    def content(self, page: Page, number: int, last: int, sheets: Sequence[Sheet]) -> Content:
        t, one = self.edition.messages, self.listed
        label = t.of(one.item.label)
        title = t("item.title", number=one.item.number, label=label)
        return Content(
            title=title if number == 1 else f"{title} ({number}/{last})",
            description=t(
                "item.description", number=one.item.number, label=label, title=t.of(one.guideline.short_title)
            ),
            variables={
                "guideline": one.guideline,
                "section": one.section,
                "group": one.group,
                "item": one.item,
                "fields": one.fields,
                "section_url": page.url(guideline_address(one.guideline))
                + (f"#{section_anchor(one.section)}" if one.is_newest else ""),
                **self._figures(number),
                "rows": self._rows(sheets, page),
                "number": number,
                "last": last,
                "first_address": item_address(self.listing.newest, one.item),
                "downloads": of_item(self.edition, one),
            },
        )

    # --- how the answers spread ---

    def _figures(self, number: int) -> dict[str, list[Spread]]:
        """On the first page, over the sheets that count; where none does, what transcriptions say, apart."""
        counted = self._spreads(third_party=False) if number == 1 else []
        transcribed = self._spreads(third_party=True) if number == 1 and not counted else []
        return {"counted": counted, "transcribed": transcribed}

    def _spreads(self, *, third_party: bool) -> list[Spread]:
        """One a field that is owed: over the sheets that count, or over the transcriptions that are no samples."""
        rows: dict[str, list[tuple[Sheet, Row]]] = {field.id: [] for field in self.listed.fields}
        for sheet, row in self.listed.rows():
            one = sheet.disclosure
            if one.by_third_party and not one.sample if third_party else sheet.counted:
                rows[row.slot.field.id].append((sheet, row))
        return [
            spread(self.edition.messages, field, rows[field.id], third_party=third_party)
            for field in self.listed.fields
            if rows[field.id]
        ]

    # --- the list ---

    def _rows(self, sheets: Sequence[Sheet], page: Page) -> list[dict[str, object]]:
        places = self._places(sheets)
        return [row for sheet in sheets for row in self._sheet(sheet, page, places)]

    def _places(self, sheets: Sequence[Sheet]) -> dict[int, int]:
        """By the id of a row: its answer's place in the order of its column, for the rows that have one."""
        orders: dict[str, dict[int, tuple[int, float, str]]] = {}
        for sheet in sheets:
            for row in (row for rows in self.listed.rows_of(sheet) for row in rows):
                field = row.slot.field
                if (found := order(row.answer, field.asks)) is not None:
                    orders.setdefault(field.id, {})[id(row)] = found
        places: dict[int, int] = {}
        for column in orders.values():
            ranks = {one: rank for rank, one in enumerate(sorted(set(column.values())), 1)}
            places.update((row, ranks[one]) for row, one in column.items())
        return places

    def _sheet(self, sheet: Sheet, page: Page, places: dict[int, int]) -> Iterator[dict[str, object]]:
        """One line a service, or one a data centre of it, with a cell per field; None for one that it does not owe."""
        by_field = self.listed.rows_of(sheet)
        absent = self.listed.section.scope is Scope.DATA_CENTER and sheet.service.no_data_center
        leads = True  # the first line of a sheet offers it for comparison
        if absent and not any(by_field):
            url = f"{page.url(sheet_address(sheet))}#{section_anchor(self.listed.section)}"
            yield {"sheet": sheet, "url": url, "center": None, "cells": [], "absent": absent, "leads": True}
        for line in zip_longest(*by_field):
            first = next(row for row in line if row)
            yield {
                "sheet": sheet,
                "url": f"{page.url(sheet_address(sheet))}#{first.anchor}",
                "center": first.data_center,
                "cells": [(row, self._cell(sheet, row), places.get(id(row), "")) if row else None for row in line],
                "leads": leads,
            }
            leads = False

    def _cell(self, sheet: Sheet, row: Row) -> Markup:
        return self.edition.cells.cell(
            row.slot, row.answer, sheet.guideline.language, third_party=sheet.disclosure.by_third_party
        )
