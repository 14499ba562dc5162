"""`/compare/`: services of the reader's choice side by side; a script fills it in from the service JSON."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.artifacts import Artifact
from catalog.listing import section_tables
from catalog.pages.compare_section import amount_words
from catalog.pages.context import Content, page_artifact
from catalog.pages.edition import Edition, Page, compare_address

ADDRESS = "compare/"


def artifacts(edition: Edition) -> Iterator[Artifact]:
    page = edition.page(ADDRESS)
    yield page_artifact(page, "compare", ("guidelines",), lambda: _content(edition, page))


def _content(edition: Edition, page: Page) -> Content:
    t = edition.messages
    tables = [(one, section_tables(edition.catalog, one)) for one in edition.catalog.newest]
    return Content(
        title=t("compare.title"),
        description=t("compare.description"),
        variables={
            "amount_words": amount_words(edition),
            "guideline_sections": [
                (guideline, [(one.section, compare_address(guideline, one.section)) for one in sections])
                for guideline, sections in tables
            ],
        },
    )
