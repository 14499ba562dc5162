"""What can be taken along from a page: links to files, each with its format and how much is in it."""

from __future__ import annotations

from dataclasses import dataclass

from catalog.exports import matrix
from catalog.exports.xlsx import empty_path, whole_path
from catalog.listing import ListedItem, Listing
from catalog.messages import Messages
from catalog.model import Disclosure, Guideline, Row, Scope, Sheet, State
from catalog.pages.edition import Edition


@dataclass(frozen=True, slots=True)
class Download:
    """A file below the site's root; `size` is in words: 163行."""

    path: str
    format: str
    size: str = ""
    what: str = ""


def of_sheet(t: Messages, sheet: Sheet) -> list[Download]:
    """A withdrawn entry keeps no more than its JSON, which says so."""
    stem = f"api/v1/services/{sheet.path}"
    if sheet.state is State.WITHDRAWN:
        return [Download(f"{stem}.json", "JSON")]
    rows = _rows(t, sheet.row_count)
    centers = {row.data_center.id if row.data_center else "" for row in sheet.rows if _is_of_center(row)}
    return [
        Download(f"{stem}.csv", "CSV", rows),
        Download(f"{stem}.xlsx", "Excel", t("downloads.tabs", count=2 + len(centers))),
        Download(f"{stem}.json", "JSON", rows),
        Download(f"{stem}.datapackage.json", t("downloads.datapackage")),
    ]


def of_item(edition: Edition, one: ListedItem) -> list[Download]:
    rows = _rows(edition.messages, sum(1 for _ in one.rows()))
    return [Download(f"api/v1/guidelines/{one.listing.newest.id}/items/{one.item.slug}.csv", "CSV", rows)]


def of_guideline(edition: Edition, listing: Listing) -> list[Download]:
    """All answers to it, the empty form, the definition."""
    t, folder = edition.messages, f"api/v1/guidelines/{listing.newest.id}"
    return [
        Download(f"{folder}/answers.csv", "CSV", _rows(t, listing.row_count), t("downloads.answers")),
        *of_matrix(t, listing),
        *of_definition(edition, listing.newest),
    ]


def of_matrix(t: Messages, listing: Listing) -> list[Download]:
    """All services in one table, while they are few enough for one."""
    size = t("downloads.services", count=len(listing.sheets))
    return (
        [Download(matrix.path_of(listing), "Excel", size, t("downloads.matrix"))] if matrix.is_offered(listing) else []
    )


def of_file(t: Messages, one: Disclosure) -> list[Download]:
    """All that a disclosure file says, to be changed and imported again."""
    return [Download(whole_path(one), "Excel", t("downloads.services", count=len(one.services)), t("downloads.whole"))]


def of_definition(edition: Edition, guideline: Guideline) -> list[Download]:
    """What does not change with the disclosures: the empty form and the definition."""
    t, first = edition.messages, edition.languages[edition.catalog.settings.language]
    fields = t("downloads.fields", count=len(guideline.slots))
    return [
        Download(empty_path(guideline, t, first), "Excel", fields, t("downloads.form")),
        Download(f"api/v1/guidelines/{guideline.id}.json", "JSON", fields, t("downloads.definition")),
    ]


def of_catalog(edition: Edition) -> list[Download]:
    t = edition.messages
    sheets = edition.catalog.listed
    rows, services = _rows(t, sum(sheet.row_count for sheet in sheets)), t("downloads.services", count=len(sheets))
    return [
        Download("api/v1/answers.csv", "CSV", rows, t("downloads.answers")),
        Download("api/v1/catalog.json", "JSON", services, t("downloads.catalog")),
        Download("api/v1/datapackage.json", t("downloads.datapackage")),
    ]


def _is_of_center(row: Row) -> bool:
    return row.slot.section.scope is Scope.DATA_CENTER


def _rows(t: Messages, count: int) -> str:
    return t("downloads.rows", count=f"{count:,}")
