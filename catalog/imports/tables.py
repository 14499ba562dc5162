"""A CSV file's bytes → its rows as texts."""

from __future__ import annotations

import csv
import io

from catalog import source
from catalog.diagnostics import Cell, Location, Report
from catalog.exports.answers_csv import unguarded
from catalog.imports.sheets import MAX_COLUMN, MAX_FILE

MAX_ROWS = 50_000
_ENCODINGS = ("utf-8-sig", "cp932")
_DELIMITERS = ",\t;"


def at(path: str, row: int, column: int) -> Cell:
    """A cell as a spreadsheet counts it, from 1."""
    return Cell(path, row, column)


def rows_of(path: str, data: bytes, report: Report) -> list[list[str]]:
    """The rows of a table in UTF-8, UTF-16 with its mark, or Shift_JIS; none, and told, if it cannot be read."""
    if len(data) > MAX_FILE:
        report.add("workbook-too-large", Location(path), found=f"{len(data):,}", expected=f"{MAX_FILE:,}")
        return []
    text = _decoded(path, data, report)
    if text is None:
        return []
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    found = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1):
            if number > MAX_ROWS:
                what = {"ja": "行", "en": "rows"}
                report.add("too-many", at(path, number, 1), what=what, expected=f"{MAX_ROWS:,}")
                break
            found.append([_clean(cell) for cell in row[:MAX_COLUMN]])
    except csv.Error as error:
        report.add("file-unreadable", Location(path), found=str(error))
    for number, row in enumerate(found, 1):
        for column, cell in enumerate(row, 1):
            if match := source.REFUSED.search(cell):
                report.add(source.refusal(match[0]), at(path, number, column), found=f"U+{ord(match[0]):04X}")
                row[column - 1] = ""
    return found


def _clean(cell: str) -> str:
    return unguarded(cell).replace("\r\n", "\n").replace("\r", "\n").strip()


def _decoded(path: str, data: bytes, report: Report) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    failed: UnicodeDecodeError | None = None
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            failed = failed or error
    assert failed is not None
    report.add("table-encoding", Location(path), found=f"{data[failed.start]:02X}")
    return None
