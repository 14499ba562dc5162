"""`/api/v1/services/<p>/<s>.xlsx`, `/api/v1/providers/<p>.xlsx` and `/api/v1/guidelines/<id>.xlsx`: the workbook of a
sheet, of a whole disclosure file, and the empty one.

Every cell is a string: nothing is calculated, no address becomes a link. The same workbook gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import PurePosixPath

from catalog.artifacts import ANYWHERE, Artifact
from catalog.exports.answers_csv import paths_of
from catalog.exports.workbook import Workbook, empty, filled, whole
from catalog.messages import Messages
from catalog.model import Catalog, Disclosure, Guideline, Provider, Sheet


def artifacts(catalog: Catalog, languages: Mapping[str, Messages]) -> Iterator[Artifact]:
    first = languages[catalog.settings.language]
    for guideline in catalog.newest:
        for t in languages.values():
            named = ("code", f"messages:{t.language}", f"guideline:{guideline.key}")
            yield Artifact(empty_path(guideline, t, first), named, partial(_empty, guideline, t))
    for provider in catalog.providers:
        yield from _of_provider(provider, first, catalog.places)


def _of_provider(provider: Provider, t: Messages, places: Mapping[str, int]) -> Iterator[Artifact]:
    """A workbook takes its time: it is made once for all its addresses. A sheet that shows all that its file says has
    the file's workbook."""
    files = {one.path: cache(partial(_whole, one, t)) for one in provider.disclosures}
    sheets = {
        sheet.path: files[sheet.disclosure.path] if _is_all(sheet) else cache(partial(_filled, sheet, t))
        for sheet in provider.sheets
    }

    def inputs(guideline: Guideline) -> tuple[str, ...]:
        return ("code", f"messages:{t.language}", f"provider:{provider.id}", f"guideline:{guideline.key}")

    for path, sheet in paths_of(provider):
        yield Artifact(f"api/v1/services/{path}.xlsx", inputs(sheet.guideline), sheets[sheet.path], places[sheet.path])
    for one in provider.disclosures:
        if one.withdrawn is None:
            first = next((places[sheet.path] for sheet in provider.sheets if sheet.disclosure is one), ANYWHERE)
            yield Artifact(whole_path(one), inputs(one.guideline), files[one.path], first)


def _is_all(sheet: Sheet) -> bool:
    one = sheet.disclosure
    return len(one.services) == 1 and set(sheet.service.data_centers) == set(one.data_center)


def whole_path(one: Disclosure) -> str:
    """Of the workbook of a disclosure file."""
    return f"api/v1/providers/{PurePosixPath(one.path).stem}.xlsx"


def empty_path(guideline: Guideline, t: Messages, first: Messages) -> str:
    """Of the form in one language; that in the catalog's first language has none in its name."""
    suffix = "" if t is first else f".{t.language}"
    return f"api/v1/guidelines/{guideline.id}{suffix}.xlsx"


def _filled(sheet: Sheet, t: Messages) -> bytes:
    return _bytes(filled(sheet, t))


def _whole(one: Disclosure, t: Messages) -> bytes:
    return _bytes(whole(one, t))


def _empty(guideline: Guideline, t: Messages) -> bytes:
    return _bytes(empty(guideline, t))


def _bytes(workbook: Workbook) -> bytes:
    from catalog.exports.xlsx_book import written

    return written(workbook)
