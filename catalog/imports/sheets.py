"""A workbook's bytes → its cells as texts, in bounded time and memory. Nothing is calculated, nothing is followed.

openpyxl parses; before it does, the sizes that the archive declares are held against limits (reading never exceeds what
is declared), and no part may declare a document type, so that no entity is ever expanded.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple
from xml.etree.ElementTree import iterparse
from xml.parsers import expat

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS

from catalog.answers.wording import plain
from catalog.diagnostics import Cell, Location, Report, Text

MAX_FILE = 20 * 1024 * 1024
MAX_PART, MAX_OTHER = 4 * 1024 * 1024, 1024 * 1024
"""Of a sheet and of the texts; of any other part, as styles, which take openpyxl longer."""
MAX_PARTS = 1_000
MAX_WHOLE = 64 * 1024 * 1024
MAX_SHEETS = 300
MAX_ROWS = 5_000
"""Of one sheet: rows in which something stands. A form has a few hundred."""
MAX_COLUMN = 100
_EXACT = 10**15
"""Excel keeps fifteen digits; a longer number is not what was typed."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_XML = re.compile(r"\.(?:xml|rels)$", re.IGNORECASE)
_LARGE = re.compile(r"worksheets/[^/]+\.xml$|sharedStrings\.xml$", re.IGNORECASE)
_MACROS = re.compile(r"vbaProject|macrosheets", re.IGNORECASE)
_CODE = re.compile("_x([0-9A-Fa-f]{4})_")
_BREAK = re.compile("\r\n?")


class Entry(NamedTuple):
    """A cell: its text, or the code of what is wrong with it and what was found there. `flag` is TRUE or FALSE."""

    text: str
    code: str = ""
    found: str = ""
    flag: bool | None = None


@dataclass(slots=True)
class Grid:
    """One sheet: the rows in which something stands, each with such cells by column, from 1. `merged` are ranges over
    several rows (first row, last row, first column, last column)."""

    path: str
    title: str
    index: int
    rows: dict[int, dict[int, Entry]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False

    def at(self, row: int, column: int) -> Cell:
        return Cell(self.path, row, column, self.title, self.index)

    def text(self, row: int, column: int) -> str:
        entry = self.rows.get(row, {}).get(column)
        return entry.text if entry else ""

    def entries(self) -> Iterator[tuple[int, int, Entry]]:
        """Row, column and entry of every cell, in the order of the rows."""
        for row in sorted(self.rows):
            yield from ((row, column, entry) for column, entry in sorted(self.rows[row].items()))


def opened(path: str, data: bytes, report: Report) -> list[Grid]:
    """The sheets of a workbook; none, with the reason in `report`, if it cannot be used."""
    where = Location(path)
    if problem := _refused(data):
        code, values = problem
        report.add(code, where, **values)
        return []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return list(_grids(path, data, report))
    except _FAULTS as error:
        report.add("workbook-unreadable", where, found=f"{type(error).__name__}: {error}"[:200])
        return []


_FAULTS = (Exception,)
"""A damaged workbook makes openpyxl raise whatever it stumbles over; none of that is ours, and all of it means this."""
_FOUND: dict[str, Text] = {
    "no-archive": {"ja": "ZIP形式ではありません", "en": "it is no ZIP archive"},
    "no-workbook": {"ja": "ブックが入っていません", "en": "there is no workbook in it"},
}


def _refused(data: bytes) -> tuple[str, dict[str, str | Text]] | None:
    """What is told by the bytes and the archive's directory alone."""
    if len(data) > MAX_FILE:
        return "workbook-too-large", {"found": f"{len(data):,}", "expected": f"{MAX_FILE:,}"}
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        return ("workbook-locked" if locked else "workbook-old"), {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _refused_archive(archive)
    except Exception:  # as with `_FAULTS`: damaged archives fail in many ways
        return "workbook-unreadable", {"found": _FOUND["no-archive"]}


def _refused_archive(archive: zipfile.ZipFile) -> tuple[str, dict[str, str | Text]] | None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if any(_MACROS.search(name) for name in names):
        return "workbook-macros", {}
    if "mimetype" in names or "[Content_Types].xml" not in names:
        return "workbook-unreadable", {"found": _FOUND["no-workbook"]}
    read = [part for part in parts if _XML.search(part.filename)]
    sizes = [part.file_size for part in read]
    if len(parts) > MAX_PARTS or sum(sizes) > MAX_WHOLE:
        return "workbook-too-large", {"found": f"{sum(sizes):,}", "expected": f"{MAX_WHOLE:,}"}
    for part in read:
        most = MAX_PART if _LARGE.search(part.filename) else MAX_OTHER
        if part.file_size > most:
            return "workbook-too-large", {"found": f"{part.file_size:,}", "expected": f"{most:,}"}
        with archive.open(part) as stream:
            if _has_document_type(stream):
                return "workbook-unsafe", {"found": part.filename}
    return None


class _Decided(Exception):
    pass


def _has_document_type(stream: Any) -> bool:
    """Whether a part declares a document type, which stands before its first element."""
    found = []

    def declared(*_: object) -> None:
        found.append(True)
        raise _Decided

    def began(*_: object) -> None:
        raise _Decided

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = began
    try:
        while chunk := stream.read(1 << 16):
            parser.Parse(chunk, False)
    except _Decided:
        pass
    except expat.ExpatError:  # which the real reading meets as well
        pass
    return bool(found)


# --- cells -----------------------------------------------------------------------------------------------------------


def _grids(path: str, data: bytes, report: Report) -> Iterator[Grid]:
    reader = _Reader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    reader.read()
    part = reader.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
    strings = _strings(reader.archive, part.PartName[1:]) if part is not None else []
    pages = reader.wb.worksheets
    if len(pages) > MAX_SHEETS:
        what: Text = {"ja": "シート", "en": "sheets"}
        report.add("too-many", Location(path), what=what, expected=f"{MAX_SHEETS:,}")
    for index, page in enumerate(pages[:MAX_SHEETS]):
        yield _grid(Grid(path, page.title, index, hidden=page.sheet_state != "visible"), page, strings, report)


class _Reader(ExcelReader):
    """Leaves the shared texts to `_strings`, which decodes them as they were written."""

    def read_strings(self) -> None:
        pass


def _strings(archive: zipfile.ZipFile, name: str) -> list[str]:
    """The texts that cells share, without the readings of their kanji."""
    found = []
    namespace = f"{{{SHEET_MAIN_NS}}}"
    with archive.open(name) as stream:
        for _, element in iterparse(stream):
            if element.tag == f"{namespace}si":
                texts = [*element.findall(f"{namespace}t"), *element.findall(f"{namespace}r/{namespace}t")]
                found.append(_decoded("".join(text.text or "" for text in texts)))
                element.clear()
    return found


def _decoded(text: str) -> str:
    return _CODE.sub(lambda match: chr(int(match[1], 16)), text)


class _Parser(WorkSheetParser):
    """Tells a formula whose result is not in the file."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        found: dict[str, Any] = super().parse_cell(element)
        if found["value"] is None and element.find(FORMULA_TAG) is not None:
            found |= {"value": "=", "data_type": "f"}
        if element.get("t") in ("inlineStr", "str") and isinstance(found["value"], str):
            found["value"] = _decoded(found["value"])
        return found


def _grid(grid: Grid, page: Any, strings: list[str], report: Report) -> Grid:
    book = page.parent
    with page._get_source() as source:
        parser = _Parser(
            source,
            strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        rows = parser.parse()
        for _, cells in islice(rows, MAX_ROWS):
            for cell in cells:
                if cell["value"] is not None and cell["column"] <= MAX_COLUMN:
                    entry = _entry(ReadOnlyCell(page, **cell))
                    if entry.text or entry.code:
                        grid.rows.setdefault(cell["row"], {})[cell["column"]] = entry
        if next(rows, None) is not None:
            what: Text = {"ja": f"「{grid.title}」の行", "en": f"rows of “{grid.title}”"}
            report.add("too-many", grid.at(MAX_ROWS + 1, 1), what=what, expected=f"{MAX_ROWS:,}")
    if parser.merged_cells is not None:
        bounds = (one.bounds for one in islice(parser.merged_cells.mergeCell, MAX_ROWS))
        grid.merged = [(top, low, left, right) for left, top, right, low in bounds if low > top]
    return grid


def _entry(cell: Any) -> Entry:
    """A cell as the text that it shows."""
    value, kind = cell.value, cell.data_type
    if kind == "e":
        return Entry("", "cell-error", str(value))
    if kind == "f":
        return Entry("", "cell-formula")
    if isinstance(value, bool):
        return Entry("TRUE" if value else "FALSE", flag=value)
    if isinstance(value, str):
        return Entry(_BREAK.sub("\n", value).strip())
    if isinstance(value, int | float):
        number = Decimal(repr(value))
        if abs(number) >= _EXACT:
            return Entry("", "cell-number", plain(number))
        return Entry(_number(number, cell.number_format))
    return Entry(_moment(value, cell.number_format))


def _moment(value: date | datetime | time | timedelta, form: str) -> str:
    """A date as precise as its format shows it; hours and minutes."""
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, time):
        return f"{value:%H:%M:%S}".removesuffix(":00")
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    letters = re.sub(r'"[^"]*"|\\.|\[[^]]*\]', "", form.split(";")[0]).lower()
    if "d" in letters or ("y" not in letters and "e" not in letters):
        return f"{value:%Y-%m-%d}"
    return f"{value:%Y-%m}" if "m" in letters else f"{value:%Y}"


_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|(?P<plain>.)'
)


def _number(number: Decimal, form: str) -> str:
    """A number with what its format writes around it: `%`, 円, 名; leading zeros where the format is of zeros."""
    section = form.split(";")[0]
    if form == "General" or not re.search(r"[0#?]", section):
        return plain(number)
    if re.fullmatch(r"0{2,}", section) and number == number.to_integral_value() and number >= 0:
        return plain(number).zfill(len(section))
    before, after, seen = "", "", False
    for match in _TOKEN.finditer(section):
        if match["plain"] and match["plain"] in "0#?.,/E+-":
            seen = seen or match["plain"] in "0#?"
            continue
        literal = match["quoted"] or match["escaped"] or match["currency"] or match["plain"] or ""
        before, after = (before, after + literal) if seen else (before + literal, after)
    if "%" in after:
        number *= 100
    if scaled := re.search(r"[0#?](,+)(?![0#?,])", re.sub(r'"[^"]*"', "", section)):
        number /= Decimal(1000) ** len(scaled[1])
    return f"{before.strip()}{plain(number)}{after.strip()}"
