"""What can be taken along from a page: links to files, each with its format and how much is in it."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.listing import ListedItem
from catalog.pages.edition import Edition


@dataclass(frozen=True, slots=True)
class Download:
    """A file below the site's root; `size` is in words: 163行."""

    path: str
    format: str
    size: str = ""
    what: str = ""


def of_item(edition: Edition, one: ListedItem) -> list[Download]:
    rows = edition.messages("downloads.rows", count=f"{sum(1 for _ in one.rows()):,}")
    return [Download(f"api/v1/guidelines/{one.listing.newest.id}/items/{one.item.slug}.csv", "CSV", rows)]
