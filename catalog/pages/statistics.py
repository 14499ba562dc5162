"""`/statistics/`: what is disclosed across the catalog, per section and item, and how old the disclosures are.

Only sheets that providers submitted count; where there is none, the page says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from catalog.artifacts import Artifact
from catalog.completeness import completeness, tally
from catalog.model import Guideline, Item, Row, Section, Sheet
from catalog.pages.context import Content, page_artifact
from catalog.pages.edition import Edition, Page, item_address

STEPS = 5
"""Shades of the heat map: 0 for nothing disclosed, `STEPS` for everything."""


def artifacts(edition: Edition) -> Iterator[Artifact]:
    page = edition.page("statistics/")
    yield page_artifact(page, "statistics", ("providers", "guidelines"), partial(_content, edition, page))


def _content(edition: Edition, page: Page) -> Content:
    t = edition.messages
    counted = [sheet for sheet in edition.catalog.shown_sheets if sheet.counted]
    parts = [
        _part(guideline, sheets, page)
        for guideline in edition.catalog.newest
        if (sheets := [sheet for sheet in counted if sheet.guideline.key == guideline.key])
    ]
    return Content(t("statistics.title"), t("statistics.about"), {"parts": parts})


def _part(guideline: Guideline, sheets: Sequence[Sheet], page: Page) -> dict[str, object]:
    """The figures of one guideline over the sheets that count."""
    by_item: dict[str, list[Row]] = {}
    for sheet in sheets:
        for row in sheet.rows:
            by_item.setdefault(row.slot.item.slug, []).append(row)
    months = Counter(f"{day.year}-{day.month:02d}" for sheet in sheets if (day := sheet.disclosure.disclosed_on))
    return {
        "guideline": guideline,
        "sheets": len(sheets),
        "sections": [_section(section, sheets, by_item, guideline, page) for section in guideline.sections],
        "months": sorted(months.items()),
        "most": max(months.values(), default=0),
        "undated": sum(sheet.disclosure.disclosed_on is None for sheet in sheets),
    }


def _section(
    section: Section, sheets: Sequence[Sheet], by_item: dict[str, list[Row]], guideline: Guideline, page: Page
) -> dict[str, object]:
    rows = [row for sheet in sheets for row in sheet.section_rows(section)]
    items = (item for group in section.groups for item in group.items)
    return {
        "section": section,
        "completeness": completeness(rows),
        "items": [_item(item, by_item.get(item.slug, []), guideline, page) for item in items],
    }


def _item(item: Item, rows: Sequence[Row], guideline: Guideline, page: Page) -> dict[str, object]:
    counted = tally(rows)
    step = counted.disclosed * STEPS // counted.owed if counted.owed else 0
    return {"item": item, "url": page.url(item_address(guideline, item)), "tally": counted, "step": step}
