"""What people filled in comes back: workbooks to the letter, whatever was done to them; tables by number and wording.
What is not understood is told by its cell; a file that is none, or means harm, is refused in a word."""

from __future__ import annotations

import csv
import io
import random
import re
import shutil
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import libreoffice
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from sites import ROOT, VARIETY, read, words
from test_written import generated, reread, same

from catalog import dump, source
from catalog.cli import main
from catalog.diagnostics import Report, printers
from catalog.diagnostics.codes import SPREADSHEETS
from catalog.exports import answers_csv, workbook, xlsx_book
from catalog.imports import answers_table, forms, merged, published, sheets, tables
from catalog.imports.forms import Form
from catalog.load.disclosures import disclosure_of
from catalog.messages import Messages
from catalog.model import Disclosure, Guideline, Scope, Slot
from catalog.scalars import Written

ROLELESS = ROOT / "tests" / "roots" / "roleless"
SMALLEST = ROOT / "tests" / "roots" / "smallest"
HOSTILE = (
    *("=1+1", "+81-3", "-1+2", "@SUM(A1)", "'=1", '=HYPERLINK("http://x")', "_x000D_", "a_x005F_b", "max005F_limit"),
    *(
        "1行目\n2行目",
        "字下げ:\n  - a\n\n  - b",
        "タブ\tあり",
        "#1 : [x] {y} & * ! | > % @ `",
        "～全角　空白～",
        "葛󠄀城市 𠮷野 👩‍👩‍👧",
    ),
    *(
        "2026-04-01",
        "12:30",
        "0120777777",
        "99.90",
        "TRUE",
        "null",
        "~",
        "1e5",
        "\"quoted\" and 'single'",
        "長い" * 2000,
    ),
)


def languages() -> Mapping[str, Messages]:
    return {language: words(language) for language in ("ja", "en")}


@cache
def guidelines(root: Path = ROOT) -> tuple[Guideline, ...]:
    return read(root).guidelines


def taken(data: bytes, known: tuple[Guideline, ...] | None = None) -> tuple[Form | None, Report]:
    """What an import understands of a workbook."""
    report = Report()
    grids = sheets.opened("form.xlsx", data, report)
    form = forms.of_workbook(grids, known or guidelines(), languages(), report) if grids else None
    return form, report


def told(report: Report) -> list[str]:
    """Cell and code of every problem."""
    return [f"{str(one.location).rpartition(':')[2]} {one.code}" for one in report.diagnostics]


def codes(report: Report) -> list[str]:
    return [one.code for one in report.diagnostics]


def round_trip(one: Disclosure, language: str, known: tuple[Guideline, ...], root: Path) -> None:
    form, report = taken(xlsx_book.written(workbook.whole(one, words(language))), known)
    assert form is not None
    assert told(report) == []
    assert form.provider == one.provider_id
    text = dump.filled(one.guideline, Path(one.path).stem, form.document, "ja")
    same(reread(root, one.path, text, known), one)


class TestRoundTrip:
    @pytest.mark.parametrize("root", [ROOT, VARIETY, ROLELESS, SMALLEST], ids=lambda root: root.name)
    def test_of_every_disclosure_loses_nothing(self, root: Path) -> None:
        catalog = read(root)
        every = [one for provider in catalog.providers for one in provider.disclosures]
        for number, one in enumerate(every[:: 1 + len(every) // 6]):
            round_trip(one, ("ja", "en")[number % 2], catalog.guidelines, root)

    def test_of_disclosures_that_nobody_wrote_loses_nothing(self) -> None:
        catalog = generated()
        for number, provider in enumerate(catalog.providers[:2]):
            round_trip(provider.main, ("en", "ja")[number % 2], catalog.guidelines, ROOT)

    @pytest.mark.parametrize("seed", range(3))
    def test_of_hostile_answers_loses_nothing(self, seed: int) -> None:
        one = invented(guidelines()[-1], random.Random(seed))
        round_trip(one, ("ja", "en")[seed % 2], guidelines(), ROOT)

    @pytest.mark.all_pages
    @pytest.mark.parametrize("seed", range(100, 160))
    def test_of_more_hostile_answers_loses_nothing(self, seed: int) -> None:
        one = invented(guidelines()[-1], random.Random(seed))
        round_trip(one, ("ja", "en")[seed % 2], guidelines(), ROOT)


# --- disclosures of anything -----------------------------------------------------------------------------------------


def invented(guideline: Guideline, dice: random.Random) -> Disclosure:
    """A disclosure with every kind of answer and texts that spreadsheets and YAML stumble over."""
    document: dict[str, Written] = {
        "guideline": guideline.id,
        "guideline_version": guideline.version,
        "submitted_by": "provider",
        "reading": "かくう",
        "name_en": "=Kaku, Inc.",
        "aliases": ["架空, 別名", "KC"] if dice.random() < 0.5 else ["A、B"],
        "formerly": ["old-kaku", "1"],
        "provider": block(guideline, Scope.PROVIDER, dice),
        "services": {name: service(guideline, dice, used) for name, used in (("a", ["x", "1"]), ("null", []))},
        "data_centers": {name: block(guideline, Scope.DATA_CENTER, dice) for name in ("x", "1")},
    }
    text = dump.filled(guideline, "kaku", document, "ja")
    report = Report()
    file = source.file_of("content/providers/kaku.yaml", text.encode(), report)
    one = disclosure_of(file, ROOT, (guideline,), report)
    assert one is not None  # what it refuses counts as unanswered
    assert len(one.answers) > 10
    return one


def service(guideline: Guideline, dice: random.Random, used: list[str]) -> dict[str, Written]:
    centers: Written = [*used] if used else {"not_applicable": dice.choice(HOSTILE[:12])}
    overrides = {name: said for name, said in block(guideline, Scope.PROVIDER, dice).items() if dice.random() < 0.1}
    kept = {name: said for name, said in overrides.items() if name not in ("provider_name", "disclosure_date")}
    kept.pop("not_applicable", None)
    return {
        "data_centers": centers,
        "formerly": [f"old-{dice.randrange(9)}"],
        "answers": block(guideline, Scope.SERVICE, dice) | kept,
    }


def block(guideline: Guideline, scope: Scope, dice: random.Random) -> dict[str, Written]:
    slots = guideline.scopes[scope]
    groups = sorted({slot.group.id for slot in slots})
    found: dict[str, Written] = {}
    if scope is not Scope.PROVIDER:
        found["not_applicable"] = {dice.choice(groups): dice.choice(HOSTILE[:12])}
    for slot in slots:
        if slot.field.role in ("provider_name", "service_name", "data_center_name"):
            found[slot.field.id] = {"answer": f"架空{slot.field.id}"}
        elif slot.field.role == "disclosure_date":
            found[slot.field.id] = "2026-04-01"
        elif dice.random() < 0.8:
            found[slot.field.id] = answer(slot, dice)
    return found


def answer(slot: Slot, dice: random.Random) -> Written:
    asks, text = slot.field.asks, dice.choice(HOSTILE)
    extras: dict[str, Written] = {}
    if dice.random() < 0.4:
        extras = {"note": dice.choice(HOSTILE), "source": "https://www.example.com/?a=1&b=2#x", "as_of": "2026-04"}
    ways: list[Callable[[], Written]] = [
        lambda: {"text": text, **extras},
        lambda: {"withheld": text, **extras},
        lambda: {"on_request": text, **extras},
        lambda: {"not_applicable": text, **extras},
    ]
    if asks.type == "yes_no":
        free: Written = text if not asks.detail or asks.detail.asks.type == "text" else {"text": text}
        ways += [lambda: {"answer": "無し", **extras}, lambda: {"answer": "有り", "detail": free, **extras}]
    elif asks.type == "text":
        ways += [lambda: {"answer": f"文: {text}", **extras}]
    elif asks.choices:
        ids = [choice.id for choice in asks.choices]
        ways += [lambda: {"answer": dice.choice(ids), **extras}]
    elif asks.type == "parts":
        ways += [lambda: {"answer": {part.id: {"text": text} for part in asks.parts}, **extras}]
    return dice.choice(ways)()


# --- what people do to a form ----------------------------------------------------------------------------------------


@cache
def blank(language: str = "ja") -> bytes:
    return xlsx_book.written(workbook.empty(guidelines()[-1], words(language), ("cloud",), ("tokyo",)))


def form() -> Workbook:
    book = openpyxl.load_workbook(io.BytesIO(blank()))
    put(page(book, "provider"), "@provider", "kaku")
    put(page(book, "provider"), "provider_name", "架空商事株式会社")
    put(page(book, "service"), "service_name", "架空クラウド")
    return book


def page(book: Workbook, kind: str) -> Worksheet:
    return next(one for one in book.worksheets if one["A1"].value == kind)


def row(page: Worksheet, name: str) -> int:
    """Where the row with this id is by now."""
    return next(cell.row for line in page.iter_rows() for cell in line if cell.value == name)


def column(page: Worksheet, key: str) -> int:
    return next(cell.column for line in page.iter_rows(max_row=9) for cell in line if cell.value == key)


def put(page: Worksheet, name: str, value: object, key: str = "answer", form: str = "") -> None:
    cell = page.cell(row(page, name), column(page, key))
    cell.value = value  # type: ignore[assignment]
    if form:
        cell.number_format = form


def saved(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def answers_of(book: Workbook) -> tuple[dict[str, Written], Report]:
    """All answers by field, and what was told."""
    found, report = taken(saved(book))
    assert found is not None
    document = found.document
    provider, services, centers = (document.get(key, {}) for key in ("provider", "services", "data_centers"))
    assert isinstance(provider, dict)
    assert isinstance(services, dict)
    assert isinstance(centers, dict)
    said = dict(provider)
    for one in services.values():
        assert isinstance(one, dict)
        given = one.get("answers", {})
        assert isinstance(given, dict)
        said |= given
    for one in centers.values():
        assert isinstance(one, dict)
        said |= one
    return said, report


class TestPeople:
    def test_type_numbers_dates_and_ticks_as_spreadsheets_have_them(self) -> None:
        book = form()
        company, cloud, center = (page(book, kind) for kind in ("provider", "service", "data_center"))
        put(company, "disclosure_date", datetime(2026, 4, 1), form="yyyy/m/d")
        put(company, "established_on", datetime(1999, 8, 1), form='yyyy"年"m"月"')
        put(company, "corporate_number", 6011101045308, form="0")
        put(company, "employee_count", 580, form='#,##0"人"')
        put(company, "revenue", 16859430000, form='#,##0,"千円"')
        put(company, "capital", 30000000, form='"¥"#,##0')
        put(company, "listed", True)
        put(cloud, "uptime_target", 0.9995, form="0.00%")
        put(cloud, "sla", "○")
        put(cloud, "alive_monitoring", "あり")
        put(cloud, "alive_monitoring", "全機器", "detail")
        put(cloud, "support_hours", time(9, 30))
        put(center, "data_center_opened", 2011)
        put(center, "entry_log", False)
        said, report = answers_of(book)
        assert told(report) == []
        assert said["disclosure_date"] == "2026-04-01"
        assert said["established_on"] == "1999-08"
        assert said["corporate_number"] == "6011101045308"
        assert said["employee_count"] == "580人"
        assert said["revenue"] == "16859430千円"
        assert said["capital"] == "¥30000000"
        assert said["listed"] == "有り"
        assert said["uptime_target"] == "99.95%"
        assert said["sla"] == "○"
        assert said["alive_monitoring"] == "あり(全機器)"
        assert said["support_hours"] == "09:30"
        assert said["data_center_opened"] == "2011"
        assert said["entry_log"] == "無し"

    def test_fill_a_cell_to_its_end(self) -> None:
        book = form()
        put(page(book, "provider"), "business_overview", "長" * 32_767)
        said, report = answers_of(book)
        assert told(report) == []
        assert said["business_overview"] == "長" * 32_767  # which the check then finds too long

    def test_choose_states_in_any_language(self) -> None:
        book = form()
        company, cloud = page(book, "provider"), page(book, "service")
        for name, state, detail in (
            ("revenue", "非公開", "非上場のため"),
            ("capital", "On request", "窓口へ"),
            ("listed", "該当 なし", "理由"),
            ("employee_count", "文章で回答", ""),
        ):
            put(company, name, state, "state")
            put(company, name, detail or None, "detail")
        put(company, "employee_count", "契約による")
        put(company, "homepage", "非公開(準備のため)")
        put(cloud, "uptime_target", "該当なし")
        put(cloud, "uptime_target", "目標なし", "detail")
        put(cloud, "uptime_target", "補足です", "note")
        said, report = answers_of(book)
        assert told(report) == []
        assert said["revenue"] == "非公開(非上場のため)"
        assert said["capital"] == "個別開示(窓口へ)"
        assert said["listed"] == "該当なし(理由)"
        assert said["employee_count"] == {"text": "契約による"}
        assert said["homepage"] == "非公開(準備のため)"
        assert said["uptime_target"] == {"answer": "該当なし(目標なし)", "note": "補足です"}

    def test_answer_a_whole_group_at_its_heading(self) -> None:
        book = form()
        cloud = page(book, "service")
        slot = next(slot for slot in guidelines()[-1].slots if slot.group.id == "gateways")
        put(cloud, "@group:gateways", "該当なし", "state")
        put(cloud, "@group:gateways", "提供していないため", "detail")
        put(cloud, slot.field.id, "該当なし", "state")
        said, report = answers_of(book)
        assert told(report) == []
        assert said["not_applicable"] == {"gateways": "提供していないため"}
        assert slot.field.id not in said
        put(cloud, "@group:gateways", "非公開", "state")
        assert codes(answers_of(book)[1]) == ["group-state"]

    def test_move_sort_add_and_delete_rows_columns_and_sheets(self) -> None:
        book = form()
        company, cloud = page(book, "provider"), page(book, "service")
        put(company, "revenue", "1億円")
        put(cloud, "sla", "添付する")
        put(cloud, "sla", "補足", "note")
        company.insert_rows(1, 3)
        company.insert_cols(2, 2)
        company.delete_rows(row(company, "capital"))
        lines = [[cell.value for cell in line] for line in cloud.iter_rows(min_row=5)]
        random.Random(1).shuffle(lines)
        for number, line in enumerate(lines, 5):
            for place, value in enumerate(line, 1):
                cloud.cell(number, place).value = value
        cloud.move_range(f"I1:I{cloud.max_row}", cols=5)  # the notes, behind everything
        company.title, cloud.title = "会社", "クラウド!"
        book.move_sheet(cloud, -1)
        said, report = answers_of(book)
        assert told(report) == []
        assert said["revenue"] == "1億円"
        assert said["sla"] == {"answer": "添付する", "note": "補足"}
        assert said["provider_name"] == "架空商事株式会社"

    def test_copy_sheets_for_more_services_and_data_centers(self) -> None:
        book = form()
        put(page(book, "service"), "@data_centers", "tokyo, osaka")
        second, third = (book.copy_worksheet(page(book, kind)) for kind in ("service", "data_center"))
        put(second, "@service", "edge")
        put(third, "@data_center", "osaka")
        found, report = taken(saved(book))
        assert found is not None
        assert told(report) == []
        assert list(found.document["services"]) == ["cloud", "edge"]
        assert list(found.document["data_centers"]) == ["tokyo", "osaka"]
        put(second, "@service", "cloud")
        put(third, "@data_center", None)
        put(third, "ups", "有り")
        _, report = taken(saved(book))
        assert codes(report) == ["form-id-twice", "form-id-missing"]

    def test_answer_in_parts_or_as_a_whole(self) -> None:
        slot = next(slot for slot in guidelines()[-1].slots if slot.field.asks.parts)
        book, part = form(), slot.field.asks.parts[0]
        where = page(book, slot.section.scope)
        put(where, f"{slot.field.id}.{part.id}", "有り")
        said, report = answers_of(book)
        assert told(report) == []
        assert said[slot.field.id] == {"answer": {part.id: "有り"}}
        put(where, slot.field.id, "有り")
        assert codes(answers_of(book)[1]) == ["parts-and-answer"]

    def test_lose_the_hidden_columns_and_are_understood_by_the_words(self) -> None:
        book = form()
        company = page(book, "provider")
        put(company, "revenue", "1億円")
        place = row(company, "revenue")
        company.cell(place, 1).value = None
        said, report = answers_of(book)
        assert told(report) == []
        assert said["revenue"] == "1億円"
        company.delete_rows(3)  # the hidden keys of the columns
        assert answers_of(book)[0]["revenue"] == "1億円"

    def test_mistype_the_providers_id_and_are_told_the_rest_too(self) -> None:
        book = form()
        put(page(book, "provider"), "@provider", "Kaku_Shoji")
        put(page(book, "provider"), "listed", "有り")
        found, report = taken(saved(book))
        assert codes(report) == ["invalid-id"]
        assert found is not None
        assert (found.provider, found.document["provider"]["listed"]) == ("", "有り")

    def test_are_told_of_everything_that_is_not_understood(self) -> None:
        book = form()
        company, cloud = page(book, "provider"), page(book, "service")
        put(company, "revenue", "=1+1")
        put(company, "capital", "#N/A")
        put(company, "corporate_number", 6011101045308123)
        put(company, "listed", "たぶん", "state")
        put(company, "homepage", "開示", "state")
        put(company, "head_office", "東京都")
        put(company, "head_office", "非公開", "state")
        put(company, "business_overview", "ベル_x0007_")
        company["N8"] = "社内メモ"
        company.cell(company.max_row + 2, 6).value = "最後に思ったこと"
        company.cell(company.max_row + 2, 1).value = "revenu"
        company.cell(company.max_row, 6).value = "売上"
        company.cell(company.max_row + 1, 1).value = "provider_name"
        company.cell(company.max_row, 6).value = "1円"
        first = row(cloud, "alive_monitoring")
        cloud.cell(first, 6).value = "有り"
        cloud.merge_cells(start_row=first, end_row=first + 1, start_column=6, end_column=6)
        put(cloud, "@data_centers", "tokyo")
        put(cloud, "@no_data_center", "使わない")
        book.create_sheet("メモ")["B2"] = "忘れずに"
        _, report = answers_of(book)
        found = set(codes(report))
        assert found == {
            *("cell-formula", "cell-error", "cell-number", "unknown-state", "state-without-answer"),
            *("state-contradicts", "control-character", "column-ignored", "row-unknown", "row-twice"),
            *("cells-merged", "centers-contradict", "sheet-ignored"),
        }
        assert f"事業者!F{row(company, 'revenue')} cell-formula" in told(report)
        assert f"サービス cloud!F{first} cells-merged" in told(report)


# --- files that are none ---------------------------------------------------------------------------------------------


def archive(parts: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return data.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        return {name: made.read(name) for name in made.namelist()}


def changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = parts_of(blank())
    return archive(parts | {name: change(parts[name])})


def entities(part: bytes) -> bytes:
    """Ten to the ninth laughs."""
    lines = ['<!ENTITY l0 "ha">', *(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))]
    head, _, rest = part.partition(b"?>")
    return head + b"?><!DOCTYPE sst [" + "".join(lines).encode() + b"]>" + rest.replace(b"<t>", b"<t>&l9;", 1)


SHEET = "xl/worksheets/sheet2.xml"
STRINGS = "xl/sharedStrings.xml"
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "workbook-unreadable"),
    "text": (lambda: "項目,回答".encode(), "workbook-unreadable"),
    "cut off": (lambda: blank()[: len(blank()) // 2], "workbook-unreadable"),
    "another archive": (lambda: archive({"a.txt": b"a"}), "workbook-unreadable"),
    "a document": (
        lambda: archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "workbook-unreadable",
    ),
    "old": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "workbook-old"),
    "locked": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
        "workbook-locked",
    ),
    "macros": (lambda: archive(parts_of(blank()) | {"xl/vbaProject.bin": b"x"}), "workbook-macros"),
    "a bomb": (lambda: archive(parts_of(blank()) | {STRINGS: bytes(30_000_000)}), "workbook-too-large"),
    "many parts": (lambda: archive(parts_of(blank()) | {f"x{n}.xml": b"" for n in range(1200)}), "workbook-too-large"),
    "large": (lambda: b"PK" + bytes(sheets.MAX_FILE), "workbook-too-large"),
    "entities": (lambda: changed(STRINGS, entities), "workbook-unsafe"),
    "entities in other letters": (
        lambda: changed(STRINGS, lambda part: entities(part).decode().replace("UTF-8", "UTF-16").encode("utf-16")),
        "workbook-unsafe",
    ),
    "broken XML": (lambda: changed(SHEET, lambda part: part[:-400]), "workbook-unreadable"),
    "no sheets of a form": (lambda: saved(Workbook()), "form-missing"),
    "another guideline": (
        lambda: changed(STRINGS, lambda part: part.replace(b">iot-iaas-paas<", b">iot-iaas-pass<")),
        "unknown-guideline",
    ),
    "another version": (
        lambda: changed(STRINGS, lambda part: part.replace(b"<t>1</t>", b"<t>9</t>", 2)),
        "unknown-guideline-version",
    ),
}


class TestFilesThatAreNone:
    @pytest.mark.parametrize("name", BAD)
    def test_are_refused_in_a_word(self, name: str) -> None:
        made, code = BAD[name]
        found, report = taken(made())
        assert found is None
        assert codes(report) == [code]
        for language in ("ja", "en"):
            assert printers.as_text(report.sorted(), language).startswith("form.xlsx:")

    def test_take_no_time_however_large_they_say_they_are(self) -> None:
        far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
        data = changed(SHEET, lambda part: part.replace(b"</sheetData>", far))
        _, report = taken(data)
        assert codes(report) == []
        rows = b"".join(b'<row r="%d"><c r="B%d"><v>1</v></c></row>' % (n, n) for n in range(1000, 9000))
        data = changed(SHEET, lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>"))
        _, report = taken(data)
        assert "too-many" in codes(report)

    @given(st.binary(max_size=64), st.integers(0, 4000))
    @settings(max_examples=25)
    def test_never_end_in_a_traceback(self, noise: bytes, place: int) -> None:
        data = bytearray(blank())
        at = len(data) * place // 4001
        data[at : at + len(noise)] = noise
        _, report = taken(bytes(data))
        printers.as_text(report.sorted(), "ja")


# --- LibreOffice -----------------------------------------------------------------------------------------------------


def back(data: bytes, one: Disclosure, root: Path) -> None:
    """The workbook says what the disclosure says."""
    found, report = taken(data, read(root).guidelines)
    assert found is not None
    assert told(report) == []
    text = dump.filled(one.guideline, Path(one.path).stem, found.document, "ja")
    same(reread(root, one.path, text, read(root).guidelines), one)


class TestLibreOffice:
    def test_saved_a_workbook_that_still_says_everything(self) -> None:
        one = next(provider for provider in read(VARIETY).providers if provider.id == "aoi-cloud").main
        back(libreoffice.KEPT.read_bytes(), one, VARIETY)

    @pytest.mark.all_pages
    @pytest.mark.parametrize("seed", [0, 1])
    def test_saves_anything_so_that_it_comes_back(self, seed: int) -> None:
        if not libreoffice.is_installed():
            pytest.skip("no soffice: install LibreOffice Calc to try it")
        one = invented(guidelines()[-1], random.Random(seed))
        back(libreoffice.resaved(xlsx_book.written(workbook.whole(one, words()))), one, ROOT)

    @pytest.mark.all_pages
    def test_opens_the_empty_form(self) -> None:
        if not libreoffice.is_installed():
            pytest.skip("no soffice: install LibreOffice Calc to try it")
        book = openpyxl.load_workbook(io.BytesIO(libreoffice.resaved(blank())))
        assert [one["A1"].value for one in book.worksheets[1:-1]] == ["provider", "service", "data_center"]
        for one in book.worksheets[1:-1]:
            assert one.protection.sheet
            assert one.data_validations.dataValidation


# --- tables ----------------------------------------------------------------------------------------------------------


def of_published(data: bytes, **more: Any) -> tuple[Form | None, Report]:
    report = Report()
    rows = tables.rows_of("sheet.csv", data, report)
    ids = published.Ids(**({"provider": "kaku", "service": "cloud", "centers": ["tokyo"]} | more))
    return published.of_table("sheet.csv", rows, guidelines()[-1], ids, report), report


def printed(answers: Mapping[str, str], head: str = "項目,記述内容,必須/選択,情報開示内容") -> str:
    """The four columns as they are published: sub-rows of an item repeat neither number nor level."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    if head:
        writer.writerow(head.split(","))
    section, item = "", ""
    for slot in guidelines()[-1].slots:
        if slot.section.id != section:
            section = slot.section.id
            writer.writerow([slot.section.title["ja"], "", "", ""])
        first = slot.item.number != item
        item = slot.item.number
        number = f"{item} {slot.item.label['ja']}" if first else ""
        level = guidelines()[-1].levels[slot.field.level]["ja"] if first else ""
        for part in slot.field.asks.parts:
            writer.writerow([number, part.label["ja"], level, answers.get(f"{slot.field.id}.{part.id}", "")])
        if not slot.field.asks.parts:
            writer.writerow([number, slot.field.prompt["ja"], level, answers.get(slot.field.id, "")])
    return text.getvalue()


class TestPublishedTables:
    @pytest.mark.parametrize(("encoding", "head"), [("utf-8-sig", True), ("cp932", True), ("utf-8", False)])
    def test_are_matched_by_number_and_wording(self, encoding: str, head: bool) -> None:
        slots = [slot for slot in guidelines()[-1].slots if not slot.field.asks.parts]
        answers = {slot.field.id: f"回答 {slot.field.id}" for slot in slots}
        found, report = of_published(
            printed(answers, "項目,記述内容,必須/選択,情報開示内容" if head else "").encode(encoding)
        )
        assert found is not None
        assert told(report) == []
        document: Any = found.document
        said = document["provider"] | document["services"]["cloud"]["answers"] | document["data_centers"]["tokyo"]
        assert said == answers
        assert document["services"]["cloud"]["data_centers"] == ["tokyo"]
        assert found.answered == len(answers)

    def test_answer_parts_in_rows_of_their_own(self) -> None:
        slot = next(slot for slot in guidelines()[-1].slots if slot.field.asks.parts)
        answers = {f"{slot.field.id}.{part.id}": "有り" for part in slot.field.asks.parts}
        found, report = of_published(printed(answers).encode())
        assert found is not None
        assert told(report) == []
        document: Any = found.document
        blocks = (document.get("provider", {}), document["services"]["cloud"].get("answers", {}))
        (said,) = [one[slot.field.id] for one in blocks if slot.field.id in one]
        assert said == {"answer": {part.id: "有り" for part in slot.field.asks.parts}}

    def test_take_what_has_no_form_as_free_words_if_asked_to(self) -> None:
        answers = {"revenue": "公表資料による", "listed": "有り(東証)", "capital": "1億円", "usage_log": "非公開"}
        found, report = of_published(
            printed(answers).encode(), free_words=True, transcribed_on="2026-04-01", source="x"
        )
        assert found is not None
        assert told(report) == []
        document: Any = found.document
        assert document["submitted_by"] == "third_party"
        assert document["provider"]["revenue"] == {"text": "公表資料による", "source": "x"}
        assert document["provider"]["listed"] == {"answer": "有り(東証)", "source": "x"}
        assert document["services"]["cloud"]["answers"]["usage_log"] == {"answer": "非公開", "source": "x"}

    def test_tell_what_is_not_matched(self) -> None:
        lines = (
            *("No,項目,記述内容,必須/選択,回答", "9,売上高,売上高,必須,1億円", "999,謎の項目,謎,必須,42"),
            *(",,まったく別のこと,,はみ出し", "9,売上高,売上高,必須,2億円"),
        )
        text = "\r\n".join(lines)
        found, report = of_published(text.encode())
        assert found is not None
        assert told(report) == ["E3 row-unknown", "E4 row-unknown", "E5 row-twice"]

    @pytest.mark.parametrize(
        ("data", "code"),
        [
            ("名前,値\r\na,b\r\n".encode(), "table-columns"),
            ("項目,回答\r\n\x07,ベル\r\n".encode(), "control-character"),
            (b"\x81\xff\xff\xfe", "table-encoding"),
        ],
    )
    def test_that_are_none_are_told(self, data: bytes, code: str) -> None:
        assert code in codes(of_published(data)[1])


def test_an_update_takes_the_rows_of_the_form_and_leaves_the_rest() -> None:
    file: dict[str, Written] = {
        "submitted_by": "third_party",
        "provider": {"a": "1", "b": {"answer": "2", "note": "x"}, "c": "3"},
        "services": {"s": {"answers": {"d": "4"}, "formerly": ["old"]}, "t": {"answers": {"d": "5"}}},
    }
    form: dict[str, Written] = {"provider": {"a": "10"}, "services": {"s": {"answers": {}}}}
    rows = {("provider", "a"), ("provider", "b"), ("services", "s"), ("services", "s", "answers", "d")}
    assert merged.over(file, form, rows) == {
        "submitted_by": "third_party",
        "provider": {"a": "10", "c": "3"},
        "services": {"s": {"answers": {}, "formerly": ["old"]}, "t": {"answers": {"d": "5"}}},
    }


class TestOurOwnTables:
    def test_say_all_answers_again(self) -> None:
        catalog = generated()
        sheets_of = [sheet for provider in catalog.providers for sheet in provider.sheets if len(provider.sheets) == 1]
        tried = [sheet for sheet in sheets_of if set(sheet.service.data_centers) == set(sheet.disclosure.data_center)]
        for sheet in [one for one in tried if not one.service.no_data_center][:2]:
            report = Report()
            rows = tables.rows_of("a.csv", answers_csv.of_sheets([sheet]), report)
            found = answers_table.of_table("a.csv", rows, catalog.guidelines, report)
            assert found is not None
            assert told(report) == []
            one = replace(sheet.disclosure, reading="", name_en="", aliases=(), formerly=())
            text = dump.filled(one.guideline, one.provider_id, found.document, "ja")
            same(reread(ROOT, one.path, text, catalog.guidelines), one)

    def test_of_several_providers_are_refused(self) -> None:
        report = Report()
        rows = tables.rows_of("a.csv", answers_csv.of_sheets(read(VARIETY).sheets), report)
        assert answers_table.of_table("a.csv", rows, guidelines(VARIETY), report) is None
        assert codes(report) == ["table-several"]


# --- the commands ----------------------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A catalog without disclosures."""
    (tmp_path / "content").mkdir()
    shutil.copy(ROOT / "content" / "catalog.yaml", tmp_path / "content")
    (tmp_path / "guideline").symlink_to(ROOT / "guideline")
    return tmp_path


def run(root: Path, *arguments: str, language: str = "ja") -> int:
    return main([*arguments, "--root", str(root), "--today", "2026-11-23", "--lang", language], ROOT)


class TestCommands:
    def test_lead_from_nothing_to_a_file_that_check_accepts(
        self, root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(root)
        assert run(root, "export", "--xlsx", "--services", "cloud", "--data-centers", "tokyo") == 0
        assert "python build.py import form.xlsx" in capsys.readouterr().out
        assert run(root, "export") == 2
        assert "--force" in capsys.readouterr().err
        book = openpyxl.load_workbook(root / "form.xlsx")
        put(page(book, "provider"), "@provider", "kaku")
        put(page(book, "provider"), "provider_name", "格商事株式会社")
        put(page(book, "provider"), "disclosure_date", "近日中")
        put(page(book, "service"), "@service", "cloud")
        put(page(book, "service"), "service_name", "格クラウド")
        put(page(book, "data_center"), "@data_center", "tokyo")
        put(page(book, "service"), "@data_centers", "tokyo")
        book.save("filled.xlsx")
        assert run(root, "import", "filled.xlsx") == 1
        printed = capsys.readouterr().out
        place = f"filled.xlsx:事業者!F{row(page(book, 'provider'), 'disclosure_date')}"
        assert f"{place}: error[not-a-date]: 「近日中」は日付ではありません(項目1 開示情報の日付)" in printed
        assert not (root / "content" / "providers").exists()
        # a wrong id hides nothing of the rest, and what follows a 有り has a cell of its own
        put(page(book, "provider"), "@provider", "Kaku_Shoji")
        put(page(book, "service"), "usage_log", "有り")
        put(page(book, "service"), "usage_log", "契約による", "detail")
        book.save("filled.xlsx")
        assert run(root, "import", "filled.xlsx") == 2
        printed = capsys.readouterr().out
        assert re.findall(r"error\[([a-z-]+)\]", printed) == ["invalid-id", "not-a-date", "not-a-duration"]
        assert f"サービス cloud!H{row(page(book, 'service'), 'usage_log')}: error[not-a-duration]" in printed
        assert "「文章で回答」を選んで" in printed
        put(page(book, "provider"), "@provider", "kaku")
        for key in ("answer", "detail"):
            put(page(book, "service"), "usage_log", None, key)
        put(page(book, "provider"), "disclosure_date", datetime(2026, 4, 1), form="yyyy/m/d")
        book.save("filled.xlsx")
        assert run(root, "import", "filled.xlsx") == 0
        said = "content/providers/kaku.yaml を書きました(サービス 1、データセンター 1、回答 3件)"
        assert said in capsys.readouterr().out
        assert run(root, "check") == 0
        # an existing file is never overwritten in silence
        path = root / "content" / "providers" / "kaku.yaml"
        path.write_text(path.read_text().replace("submitted_by: provider", "submitted_by: provider\naliases: [KK]"))
        assert run(root, "import", "filled.xlsx", language="en") == 2
        assert "--update" in capsys.readouterr().err
        put(page(book, "provider"), "@aliases", None)
        page(book, "provider").delete_rows(row(page(book, "provider"), "@aliases"))
        put(page(book, "provider"), "revenue", "1億円")
        book.save("filled.xlsx")
        assert run(root, "import", "filled.xlsx", "--update") == 0
        text = path.read_text()
        assert "aliases:\n  - KK\n" in text
        assert "  revenue: 1億円\n" in text
        assert run(root, "check") == 0
        # and out again
        assert run(root, "export", "kaku", "--out", "again.xlsx", language="en") == 0
        capsys.readouterr()
        assert run(root, "import", "again.xlsx", "--stdout", language="en") == 0
        (root / "again.yaml").write_text(capsys.readouterr().out)
        assert run(root, "diff", "content/providers/kaku.yaml", "again.yaml") == 0
        assert capsys.readouterr().out == "内容の違いはありません\n"

    def test_take_tables(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        table = root / "sheet.csv"
        answers = {
            "provider_name": "格商事",
            "service_name": "格クラウド",
            "data_center_name": "東京",
            "listed": "有り(東証)",
        }
        table.write_bytes(printed(answers).encode("cp932"))
        assert run(root, "import", str(table)) == 2
        assert "--provider" in capsys.readouterr().err
        assert run(root, "import", str(table), "--provider", "kaku", "--services", "cloud") == 0
        assert run(root, "check") == 0

    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_are_kind_about_what_is_not_there(
        self, root: Path, language: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert run(root, "import", str(root / "nothing.xlsx"), language=language) == 2
        assert run(root, "import", str(root), language=language) == 2
        assert run(root, "export", "nobody", language=language) == 2
        assert run(root, "export", "--services", "A B!", language=language) == 2
        (root / "broken.xlsx").write_bytes(b"PK")
        assert run(root, "import", str(root / "broken.xlsx"), language=language) == 1
        assert "error[workbook-unreadable]" in capsys.readouterr().out


def test_every_message_about_spreadsheets_is_tried_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")
    assert [code for code in SPREADSHEETS if f'"{code}"' not in text] == []
