"""Answers as CSV, one row each: of the whole catalog, of a guideline, of one item, of one service.

UTF-8 with a byte order mark and CRLF, as spreadsheets expect them. A text that a spreadsheet would take for a formula
gets a `'` in front (`guarded`), which `unguarded` takes away again.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from functools import partial

from catalog.artifacts import Artifact
from catalog.exports.columns import COLUMNS
from catalog.exports.public_json import day
from catalog.listing import ListedItem, Listing, listings
from catalog.model import Answer, Catalog, Provider, Row, Sheet, Slot, State

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


def artifacts(catalog: Catalog, base_url: str) -> Iterator[Artifact]:
    everything = ("code", "guidelines", "providers")
    yield Artifact("api/v1/answers.csv", everything, lambda: of_sheets(catalog.listed))
    for listing in listings(catalog):
        folder = f"api/v1/guidelines/{listing.newest.id}"
        yield Artifact(f"{folder}/answers.csv", everything, partial(_of_guideline, listing))
        for one in listing.items:
            inputs = ("code", one.input, f"guideline:{listing.newest.key}", f"guideline:{one.guideline.key}")
            yield Artifact(f"{folder}/items/{one.item.slug}.csv", inputs, partial(_of_item, one))
    for provider in catalog.providers:
        for path, sheet in paths_of(provider):
            named = ("code", f"provider:{provider.id}", f"guideline:{sheet.guideline.key}")
            yield Artifact(
                f"api/v1/services/{path}.csv", named, partial(of_sheets, [sheet]), catalog.places[sheet.path]
            )


def paths_of(provider: Provider) -> Iterator[tuple[str, Sheet]]:
    """The sheets that show answers, at their present and their former paths."""
    return ((path, sheet) for path, sheet in provider.sheet_paths() if sheet.state is not State.WITHDRAWN)


def guarded(text: str) -> str:
    """`text` so that no spreadsheet calculates it; one that begins with such a guard already gets one more."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if _GUARDED.match(text) else text


def of_sheets(sheets: Iterable[Sheet]) -> bytes:
    return _file((sheet, row) for sheet in sheets for row in sheet.rows)


def _of_guideline(listing: Listing) -> bytes:
    return of_sheets(listing.sheets)


def _of_item(one: ListedItem) -> bytes:
    return _file(one.rows())


def _file(rows: Iterable[tuple[Sheet, Row]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS])
    heads: dict[str, tuple[list[str], list[str]]] = {}
    asked: dict[int, tuple[str, ...]] = {}  # by the id of a field, which its guideline keeps
    for sheet, row in rows:
        head = heads.get(sheet.path)
        if head is None:
            head = heads[sheet.path] = _sheet(sheet)
        slot = asked.get(id(row.slot.field))
        if slot is None:
            slot = asked[id(row.slot.field)] = _slot(row.slot, sheet.guideline.language)
        writer.writerow([*head[0], *slot, *_row(row), *head[1]])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _sheet(sheet: Sheet) -> tuple[list[str], list[str]]:
    """The columns before and after those of the row."""
    one = sheet.disclosure
    names = (sheet.provider_id, one.name, sheet.service.id, sheet.service.name)
    answered = (sheet.guideline.id, sheet.guideline.version)
    dates = [day(date) or "" for date in (one.disclosed_on, one.expires_on, one.transcribed_on)]
    before = [guarded(text) for text in (*names, *answered)]
    return before, [sheet.state, *dates, one.submitted_by, _boolean(one.sample)]


def _slot(slot: Slot, language: str) -> tuple[str, ...]:
    """The columns of a row that every answer to its field has alike."""
    title = slot.field.title.get(language) or next(iter(slot.field.title.values()))
    return guarded(slot.item.number), slot.field.id, guarded(title), slot.field.level, slot.section.scope


def _row(row: Row) -> list[str]:
    center = row.data_center
    return [
        *((guarded(center.id), guarded(center.name)) if center else ("", "")),
        *_answer(row.answer),
        _boolean(row.overridden),
    ]


def _answer(answer: Answer) -> Iterator[str]:
    compare = answer.compare
    yield answer.status
    yield answer.kind or ""
    yield guarded(answer.text)
    yield "" if answer.value is None else json.dumps(answer.value, ensure_ascii=False, separators=(",", ":"))
    yield "" if compare is None or compare.number is None else repr(compare.number)
    yield guarded(compare.unit) if compare and compare.number is not None else ""
    yield guarded(compare.key) if compare and compare.number is None else ""
    yield guarded(answer.detail)
    yield guarded(answer.note)
    yield guarded(answer.source)
    yield guarded(answer.as_of)


def _boolean(value: bool) -> str:
    return "true" if value else "false"
