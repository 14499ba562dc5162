"""A sheet's rows, put together from parts: the item's once per guideline and language, an answer once per language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from markupsafe import Markup, escape

from catalog.model import Guideline, Row, Section, Sheet, Slot, Status
from catalog.pages.edition import Edition, Page, item_address


class SheetRows:
    """The rows of all sheets of one guideline in one language."""

    def __init__(self, edition: Edition, guideline: Guideline) -> None:
        self.edition = edition
        self.guideline = guideline
        self._heads: dict[str, Markup] = {}

    @cached_property
    def _macro(self) -> Callable[..., str]:
        return self.edition.theme.macro("components/row.html", "head")

    def head(self, slot: Slot, page: Page) -> Markup:
        """Number, label, wording and level: the same on every sheet, because all sheets are at the same depth."""
        found = self._heads.get(slot.field.id)
        if found is None:
            t = self.edition.messages
            first = slot.item.fields[0] is slot.field
            level = t.of(self.guideline.levels[slot.field.level])
            url = page.url(item_address(self.guideline, slot.item))
            several = len(slot.item.fields) > 1
            found = Markup(self._macro(t, page, slot, url, first, several, level).strip())
            self._heads[slot.field.id] = found
        return found

    def body(self, sheet: Sheet, section: Section, page: Page) -> Markup:
        """The `<tbody>`s of a section, one a group; data centres stand side by side."""
        asked = [field.id for group in section.groups for item in group.items for field in item.fields]
        by_field = {name: rows for name in asked if (rows := sheet.rows_by_field.get(name))}
        columns = max(map(len, by_field.values()), default=1)
        html: list[str] = []
        for group in section.groups:
            ids = [field.id for item in group.items for field in item.fields if field.id in by_field]
            if not ids:
                continue
            title = escape(self.edition.messages.of(group.title))
            # two cells of its own for the columns that a narrow screen leaves out, so that the others still fit
            spare = '<td class="row__prompt"></td><td class="row__level"></td>'
            heading = f'<tr class="group"><th scope="rowgroup" colspan="{1 + columns}">{title}</th>{spare}</tr>'
            html.append(f'<tbody id="group-{group.id}">{heading}')
            html.extend(self._row(by_field[name], sheet, page) for name in ids)
            html.append("</tbody>")
        return Markup("\n".join(html))

    def _row(self, rows: Sequence[Row], sheet: Sheet, page: Page) -> str:
        slot = rows[0].slot
        third_party = sheet.disclosure.by_third_party
        is_open = " row--unanswered" if any(row.answer.status is Status.UNANSWERED for row in rows) else ""
        cells = "".join(self._cell(row, third_party=third_party) for row in rows)
        return (
            f'<tr class="row row--{slot.field.level}{is_open}" id="{slot.field.id}">{self.head(slot, page)}{cells}</tr>'
        )

    def _cell(self, row: Row, *, third_party: bool) -> str:
        anchor = f' id="{row.anchor}"' if row.data_center else ""
        override = ""
        if row.overridden:
            override = f'<p class="answer__override">{escape(self.edition.messages("answer.overridden"))}</p>'
        answer = self.edition.cells.cell(row.slot, row.answer, self.guideline.language, third_party=third_party)
        state = f'data-level="{row.slot.field.level}" data-status="{row.answer.status}"'
        return f'<td class="row__answer"{anchor} {state}>{override}{answer}</td>'
