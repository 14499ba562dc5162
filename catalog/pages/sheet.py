"""`/providers/<p>/<s>/`: the sheet, every owed row in the guideline's order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from catalog.artifacts import Artifact
from catalog.completeness import completeness
from catalog.exports.source_yaml import has_source, stem
from catalog.model import Completeness, Disclosure, Provider, Row, Scope, Section, Sheet, Status
from catalog.pages.context import Content, page_artifact
from catalog.pages.downloads import of_sheet
from catalog.pages.edition import Edition, Page, provider_address, section_anchor, sheet_address
from catalog.pages.figures import rows_behind
from catalog.pages.jsonld import service_json
from catalog.pages.rows import SheetRows


def artifacts(edition: Edition) -> Iterator[Artifact]:
    rows = {guideline.key: SheetRows(edition, guideline) for guideline in edition.catalog.guidelines}
    places = edition.catalog.places
    for provider in edition.catalog.providers:
        for sheet in provider.sheets:
            page, place = edition.page(sheet_address(sheet)), places[sheet.path]
            inputs = (f"guideline:{sheet.guideline.key}", f"provider:{provider.id}")
            if sheet.disclosure.withdrawn:
                name = f"{sheet.service.name} - {provider.name}"
                content = partial(withdrawn_content, edition, name, sheet.disclosure)
                yield page_artifact(page, "withdrawn_entry", inputs, content, place=place)
            else:
                content = partial(_content, edition, provider, sheet, page, rows[sheet.guideline.key])
                yield page_artifact(page, "sheet", inputs, content, place=place)


def _content(edition: Edition, provider: Provider, sheet: Sheet, page: Page, rows: SheetRows) -> Content:
    t = edition.messages
    disclosure = sheet.disclosure
    guideline = t.of(sheet.guideline.short_title)
    return Content(
        title=f"{sheet.service.name} - {disclosure.name}",
        description=t("sheet.description", service=sheet.service.name, provider=disclosure.name, guideline=guideline),
        indexed=not disclosure.sample,
        variables={
            "provider": provider,
            "provider_url": page.url(provider_address(provider)),
            "sheet": sheet,
            "disclosure": disclosure,
            "guideline": sheet.guideline,
            "sections": _sections(sheet, page, rows),
            "rows_behind": rows_behind(_addressed(sheet), t) if sheet.completeness else {},
            "downloads": of_sheet(t, sheet),
            "source_file": stem(disclosure) if has_source(disclosure) else "",
            "json_ld": "" if disclosure.sample else service_json(edition, sheet, page),
        },
    )


def _addressed(sheet: Sheet) -> Iterator[tuple[Row, str, str]]:
    for row in sheet.rows:
        yield row, f"#{row.anchor}", row.data_center.name if row.data_center else ""


def _sections(sheet: Sheet, page: Page, rows: SheetRows) -> list[dict[str, object]]:
    by_section: dict[str, list[Row]] = {section.id: [] for section in sheet.guideline.sections}
    for row in sheet.rows:
        by_section[row.slot.section.id].append(row)
    return [_section(one, by_section[one.id], sheet, page, rows) for one in sheet.guideline.sections]


def _section(section: Section, own: Sequence[Row], sheet: Sheet, page: Page, rows: SheetRows) -> dict[str, object]:
    counted: Completeness | None = completeness(own) if sheet.completeness else None
    return {
        "section": section,
        "anchor": section_anchor(section),
        "completeness": counted,
        "filled": sum(row.answer.status is not Status.UNANSWERED for row in own),
        "data_centers": sheet.data_centers if section.scope is Scope.DATA_CENTER else (),
        "absent": sheet.service.no_data_center if section.scope is Scope.DATA_CENTER and not own else "",
        "body": rows.body(sheet, section, page),
        "rows": own,
    }


def withdrawn_content(edition: Edition, name: str, disclosure: Disclosure) -> Content:
    """What stands at the address of an entry that was withdrawn."""
    t = edition.messages
    variables = {"name": name, "withdrawn": disclosure.withdrawn}
    return Content(f"{name} ({t('state.withdrawn')})", t("withdrawn.description", name=name), variables, indexed=False)
