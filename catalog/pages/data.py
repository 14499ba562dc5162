"""`/data/` and `/data/<n>/`: everything that can be taken along, by guideline and service, and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from catalog.artifacts import Artifact
from catalog.exports.columns import COLUMNS
from catalog.exports.matrix import MOST
from catalog.listing import listings, paged
from catalog.model import Sheet
from catalog.pages.context import Content, page_artifact
from catalog.pages.downloads import of_catalog, of_guideline, of_sheet
from catalog.pages.edition import Edition

ADDRESS = "data/"


def artifacts(edition: Edition) -> Iterator[Artifact]:
    pages = paged(edition.catalog.listed)
    for number, sheets in enumerate(pages, 1):
        page = edition.page(ADDRESS if number == 1 else f"{ADDRESS}{number}/")
        content = partial(_content, edition, number, len(pages), sheets)
        yield page_artifact(page, "data", ("providers", "guidelines"), content)


def _content(edition: Edition, number: int, last: int, sheets: Sequence[Sheet]) -> Content:
    t = edition.messages
    language = 0 if t.language == "ja" else 1
    return Content(
        title=t("data.title") if number == 1 else f"{t('data.title')} ({number}/{last})",
        description=t("data.about"),
        variables={
            "number": number,
            "last": last,
            "address": ADDRESS,
            "everything": of_catalog(edition),
            "parts": [(listing.newest, of_guideline(edition, listing)) for listing in listings(edition.catalog)],
            "most": MOST,
            "services": [(sheet, of_sheet(t, sheet)) for sheet in sheets],
            "columns": [(column.name, column.title[language], column.description[language]) for column in COLUMNS],
        },
    )
