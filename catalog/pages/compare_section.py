"""`/g/<guideline>/compare/<section>/`: what all services answer to one section, six side by side on each page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from markupsafe import Markup, escape

from catalog import comparing
from catalog.artifacts import ANYWHERE, Artifact
from catalog.listing import SIDE_BY_SIDE, SectionTable, listings, paged, section_tables
from catalog.model import Guideline, Row, Scope, Sheet, Slot
from catalog.pages.context import Content, page_artifact
from catalog.pages.edition import Edition, Page, compare_address, guideline_address, item_address


def artifacts(edition: Edition) -> Iterator[Artifact]:
    words, columns = amount_words(edition), _Columns(edition)
    for listing in listings(edition.catalog):
        guideline = listing.newest
        pages = paged(listing.sheets, SIDE_BY_SIDE)
        versions = tuple(f"guideline:{one.key}" for one in edition.catalog.guidelines if one.id == guideline.id)
        tables = section_tables(edition.catalog, guideline)
        for table in tables:
            view = _View(edition, guideline, table, tables, words, columns)
            for number, on_page in enumerate(pages, 1):
                page = edition.page(compare_address(guideline, table.section, number))
                providers = dict.fromkeys(f"provider:{sheet.provider_id}" for sheet in on_page)
                inputs = ("listing", *versions, *providers)
                content = partial(view.content, page, number, len(pages), on_page)
                place = edition.catalog.places[on_page[0].path] if on_page else ANYWHERE
                yield page_artifact(page, "compare_section", inputs, content, place=place)


def amount_words(edition: Edition) -> Mapping[str, str]:
    """The words in which `comparing` writes numbers."""
    t = edition.messages
    return {name: t(f"compare.amount.{name}") for name in comparing.WORDS}


# --- a page ---


class _Columns:
    """The heads of columns, which are the same in the tables of all sections."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._made: dict[tuple[str, str], tuple[Markup, Markup]] = {}

    def of(self, sheet: Sheet, page: Page) -> tuple[Markup, Markup]:
        """Both lines of a column's head; they depend on the page by its depth only."""
        key = (sheet.path, page.root)
        found = self._made.get(key)
        if found is None:
            first, second = (Markup(macro(self.edition.messages, page, sheet)) for macro in self._macros)
            found = self._made[key] = first, second
        return found

    @cached_property
    def _macros(self) -> tuple[Callable[..., str], Callable[..., str]]:
        macro = partial(self.edition.theme.macro, "components/compare_table.html")
        return macro("service_head"), macro("service_more")


class _View:
    """The pages of one section."""

    def __init__(
        self,
        edition: Edition,
        guideline: Guideline,
        table: SectionTable,
        tables: Sequence[SectionTable],
        words: Mapping[str, str],
        columns: _Columns,
    ) -> None:
        self.edition = edition
        self.guideline = guideline
        self.table = table
        self.tables = tables
        self.words = words
        self.columns = columns
        self._heads: dict[tuple[str, str], Markup] = {}

    def content(self, page: Page, number: int, last: int, sheets: Sequence[Sheet]) -> Content:
        t = self.edition.messages
        name = t.of(self.table.section.title)
        title = t("compare.section_title", section=name)
        return Content(
            title=title if number == 1 else f"{title} ({number}/{last})",
            description=t("compare.section_description", section=name, title=t.of(self.guideline.short_title)),
            indexed=any(not sheet.disclosure.sample for sheet in sheets),
            variables={
                "guideline": self.guideline,
                "section": self.table.section,
                "guideline_address": guideline_address(self.guideline),
                "sections": [
                    (one.section, compare_address(self.guideline, one.section), one is self.table)
                    for one in self.tables
                ],
                "sheets": sheets,
                "columns": [self.columns.of(sheet, page) for sheet in sheets],
                "body": self.body(page, sheets),
                "number": number,
                "last": last,
                "address": compare_address(self.guideline, self.table.section),
            },
        )

    def body(self, page: Page, sheets: Sequence[Sheet]) -> Markup:
        """The `<tbody>`s, one a group, with a column for each sheet."""
        owed = {field for sheet in sheets for field in sheet.rows_by_field}
        asked = [slot for _, slots in self.table.groups for slot in slots]
        wanted = {slot.field.id for slot in asked} & owed or {slot.field.id for slot in asked}
        html: list[str] = []
        for group, slots in self.table.groups:
            shown = [slot for slot in slots if slot.field.id in wanted]
            if shown:
                title = escape(self.edition.messages.of(group.title))
                heading = f'<th scope="rowgroup" colspan="{1 + len(sheets)}"><span>{title}</span></th>'
                html.append(f'<tbody><tr class="compare__group">{heading}</tr>')
                html.extend(self._row(slot, sheets, page) for slot in shown)
                html.append("</tbody>")
        return Markup("\n".join(html))

    def _row(self, slot: Slot, sheets: Sequence[Sheet], page: Page) -> str:
        columns = [sheet.rows_by_field.get(slot.field.id, ()) for sheet in sheets]
        same = not comparing.differ([[row.answer for row in rows] for rows in columns])
        mark = " compare__row--same" if same else ""
        cells = "".join(self._cell(sheet, slot, rows) for sheet, rows in zip(sheets, columns, strict=True))
        return f'<tr class="compare__row{mark}" data-field="{slot.field.id}">{self._head(slot, page)}{cells}</tr>'

    def _head(self, slot: Slot, page: Page) -> Markup:
        key = (slot.field.id, page.root)
        found = self._heads.get(key)
        if found is None:
            t = self.edition.messages
            level = t.of(self.table.guideline.levels[slot.field.level])
            url = page.url(item_address(self.guideline, slot.item))
            title = t.of(slot.field.title) if len(slot.item.fields) > 1 else ""
            found = Markup(
                self._item_head(slot.item.number, t.of(slot.item.label), title, slot.field.level, level, url).strip()
            )
            self._heads[key] = found
        return found

    def _cell(self, sheet: Sheet, slot: Slot, rows: Sequence[Row]) -> str:
        if not rows:
            absent = slot.section.scope is Scope.DATA_CENTER and sheet.service.no_data_center
            return f'<td class="compare__answer">{self._absent(absent or "")}</td>'
        return f'<td class="compare__answer">{"".join(self._answer(sheet, row, len(rows)) for row in rows)}</td>'

    def _answer(self, sheet: Sheet, row: Row, count: int) -> str:
        t = self.edition.messages
        third_party = sheet.disclosure.by_third_party
        html = self.edition.cells.cell(row.slot, row.answer, sheet.guideline.language, third_party=third_party)
        if amount := comparing.wording(row.answer, self.words, t.language):
            html = Markup(self._amount(amount).strip()) + html
        if row.overridden:
            html = Markup('<p class="answer__override">{}</p>').format(t("answer.overridden")) + html
        if row.data_center is None:
            return html
        lang = "" if sheet.guideline.language == t.language else f' lang="{sheet.guideline.language}"'
        name = f'<p class="compare__center-name"{lang}>{escape(row.data_center.name)}</p>'
        return f'<div class="compare__center">{name}{html}</div>'

    def _absent(self, reason: str) -> Markup:
        t = self.edition.messages
        own = self.guideline.language
        lang = Markup("") if own == t.language else Markup(f' lang="{own}"')
        return Markup(self._absent_macro(t, reason, lang).strip())

    @cached_property
    def _item_head(self) -> Callable[..., str]:
        return self.edition.theme.macro("components/compare_table.html", "item_head")

    @cached_property
    def _absent_macro(self) -> Callable[..., str]:
        return self.edition.theme.macro("components/compare_table.html", "absent")

    @cached_property
    def _amount(self) -> Callable[..., str]:
        return self.edition.theme.macro("components/compare_table.html", "amount")
