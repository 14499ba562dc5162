"""`/g/<guideline>/items/<slug>/`: one item of the guideline, how its answers spread, and what every service answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from itertools import zip_longest

from markupsafe import Markup

from catalog.artifacts import ANYWHERE, Artifact
from catalog.distribution import order
from catalog.forms import Form, form
from catalog.listing import ListedItem, Listing, listings, paged
from catalog.model import DataCenter, Row, Scope, Sheet
from catalog.pages.context import Content, page_artifact
from catalog.pages.downloads import of_item
from catalog.pages.edition import Edition, Page, guideline_address, item_address, section_anchor, sheet_address
from catalog.pages.spread import Spread, spread

_BETWEEN = "\n        "
"""Cells stand below each other, as the template's own lines do."""


def artifacts(edition: Edition) -> Iterator[Artifact]:
    lines = _Lines(edition)
    for listing in listings(edition.catalog):
        pages = paged(listing.sheets)
        places = edition.catalog.places
        for one in listing.items:
            view = _View(edition, listing, one, lines)
            inputs = (one.input, f"guideline:{listing.newest.key}", f"guideline:{one.guideline.key}")
            for number, on_page in enumerate(pages, 1):
                page = edition.page(item_address(listing.newest, one.item, number))
                content = partial(view.content, page, number, len(pages), on_page)
                place = places[on_page[0].path] if on_page else ANYWHERE
                yield page_artifact(page, "item", inputs, content, place=place)


class _View:
    def __init__(self, edition: Edition, listing: Listing, listed: ListedItem, lines: _Lines) -> None:
        self.edition = edition
        self.listing = listing
        self.listed = listed
        self.lines = lines

    def content(self, page: Page, number: int, last: int, sheets: Sequence[Sheet]) -> Content:
        t, one = self.edition.messages, self.listed
        lines = list(self._lines(sheets, page))
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
                "lines": len(lines),
                "body": Markup("\n      ".join(lines)),
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

    def _lines(self, sheets: Sequence[Sheet], page: Page) -> Iterator[str]:
        """Each with the address of its service, as the list's body has them."""
        places = self._places(sheets)
        for sheet in sheets:
            address = page.url(sheet_address(sheet))
            yield from self._of_sheet(sheet, page, address, places)

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

    def _of_sheet(self, sheet: Sheet, page: Page, address: str, places: dict[int, int]) -> Iterator[str]:
        """One line a service, or one a data centre of it, with a cell per field, also for one that it does not owe."""
        by_field = self.listed.rows_of(sheet)
        absent = self.listed.section.scope is Scope.DATA_CENTER and sheet.service.no_data_center
        if absent and not any(by_field):
            url = f"{address}#{section_anchor(self.listed.section)}"
            cell = self.lines.absent(page, absent, len(self.listed.fields))
            yield self._line(sheet, _BETWEEN.join((self.lines.service(page, sheet, url, None, leads=True), cell)))
        leads = True  # the first line of a sheet offers it for comparison
        for line in zip_longest(*by_field):
            first = next(row for row in line if row)
            head = self.lines.service(page, sheet, f"{address}#{first.anchor}", first.data_center, leads=leads)
            cells = (self._cell(sheet, row, places) if row else self.lines.not_asked for row in line)
            yield self._line(sheet, _BETWEEN.join((head, *cells)))
            leads = False

    def _line(self, sheet: Sheet, cells: str) -> str:
        return f'<tr data-service="{sheet.path}">{_BETWEEN}{cells}\n      </tr>'

    def _cell(self, sheet: Sheet, row: Row, places: dict[int, int]) -> str:
        third_party = sheet.disclosure.by_third_party
        html = self.edition.cells.cell(row.slot, row.answer, sheet.guideline.language, third_party=third_party)
        counted = " data-counted" if sheet.counted else ""
        said = f'data-field="{row.slot.field.id}" data-status="{row.answer.status}"{counted}'
        return f'<td class="row__answer" {said} data-value="{places.get(id(row), "")}">{html}</td>'


class _Lines:
    """What the lists of all items have in common: whose answers a line shows."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._heads: dict[tuple[str, str, bool], Form | None] = {}

    def service(self, page: Page, sheet: Sheet, url: str, center: DataCenter | None, *, leads: bool) -> str:
        """The first cell; it depends on the page by the address only."""
        key = (sheet.path, center.id if center else "", leads)
        if key not in self._heads:
            self._heads[key] = form(lambda gap: self._service(page, sheet, gap("url"), center, leads))
        found = self._heads[key]
        return found.filled(lambda _: url) if found else self._service(page, sheet, url, center, leads)

    def _service(self, page: Page, sheet: Sheet, url: object, center: DataCenter | None, leads: bool) -> str:
        return self._macro("service")(self.edition.messages, page, sheet, url, center, leads).strip()

    def absent(self, page: Page, reason: str, columns: int) -> str:
        return self._macro("absent")(self.edition.messages, page, reason, columns).strip()

    @cached_property
    def not_asked(self) -> str:
        return self._macro("not_asked")(self.edition.messages).strip()

    def _macro(self, name: str) -> Callable[..., str]:
        return self.edition.theme.macro("components/answers_row.html", name)
