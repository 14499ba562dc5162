"""What is taken along says what the model says: CSV, workbooks, descriptors; nothing of it is ever calculated."""

from __future__ import annotations

import csv
import io
import json
import posixpath
import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from site_checker import Site
from sites import BASE_URL, ROOT, VARIETY, Inventor, read, rendered, with_disclosures, with_rows, words

from catalog import answers
from catalog.completeness import sheet_of
from catalog.exports import answers_csv, datapackage, matrix, xlsx, xlsx_book
from catalog.exports.answers_csv import guarded, unguarded
from catalog.exports.columns import COLUMNS
from catalog.exports.service_json import row_json
from catalog.exports.workbook import COLUMNS as CELLS
from catalog.exports.workbook import empty, filled, whole
from catalog.listing import listings
from catalog.model import Answer, Catalog, Kind, Scope, Settings, Sheet, State, Status

FORMULAS = ("=1+1", "+81-3-0000-0000", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''+1", '=HYPERLINK("http://x")')


def crowd(seed: int, size: int = 12) -> Catalog:
    real = read(ROOT)
    inventor = Inventor.of(real, seed)
    return with_disclosures(real, [inventor.disclosure(number) for number in range(size)])


@pytest.fixture(scope="module", params=["variety", "invented"])
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return read(VARIETY) if request.param == "variety" else crowd(11)


def table(data: bytes) -> list[dict[str, str]]:
    """A CSV file as a program reads it that knows our one rule."""
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert text.endswith("\r\n")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    return [{name: unguarded(cell) for name, cell in row.items()} for row in rows]


def expected(sheet: Sheet) -> list[dict[str, str]]:
    """The rows of a sheet, told from its public JSON."""
    one = sheet.disclosure
    found = []
    for row in sheet.rows:
        data = row_json(row)
        compare = data["compare"] or {}
        found.append(
            {
                "provider": sheet.provider_id,
                "provider_name": one.name,
                "service": sheet.service.id,
                "service_name": sheet.service.name,
                "guideline": sheet.guideline.id,
                "guideline_version": sheet.guideline.version,
                **{name: data[name] or "" for name in ("item", "field", "level", "scope", "data_center")},
                "title": words().of(row.slot.field.title),
                "data_center_name": row.data_center.name if row.data_center else "",
                **{name: data[name] or "" for name in ("status", "kind", "text", "detail", "note", "source", "as_of")},
                "value": json.dumps(data["value"], ensure_ascii=False, separators=(",", ":"))
                if data["value"] is not None
                else "",
                "compare_number": str(compare["number"]) if "number" in compare else "",
                "compare_unit": compare.get("unit", ""),
                "compare_key": compare.get("key", ""),
                "overridden": "true" if data["overridden"] else "false",
                "state": sheet.state.value,
                "disclosed_on": str(one.disclosed_on or ""),
                "expires_on": str(one.expires_on or ""),
                "transcribed_on": str(one.transcribed_on or ""),
                "submitted_by": one.submitted_by.value,
                "sample": "true" if one.sample else "false",
            }
        )
    return found


@pytest.fixture(scope="module")
def site(catalog: Catalog) -> Site:
    return rendered(catalog, wanted=lambda path: path.startswith("api/"))


class TestCsv:
    def test_of_a_service_has_its_rows(self, catalog: Catalog, site: Site) -> None:
        for sheet in catalog.listed:
            assert table(site.files[f"api/v1/services/{sheet.path}.csv"]) == expected(sheet)

    def test_of_catalog_guideline_and_item_have_everybody_s_rows(self, catalog: Catalog, site: Site) -> None:
        everything = [row for sheet in catalog.listed for row in expected(sheet)]
        assert table(site.files["api/v1/answers.csv"]) == everything
        for listing in listings(catalog):
            own = [row for row in everything if row["guideline"] == listing.newest.id]
            folder = f"api/v1/guidelines/{listing.newest.id}"
            assert table(site.files[f"{folder}/answers.csv"]) == own
            for one in listing.items:
                fields = {field.id for field in one.item.fields}
                wanted = [row for row in own if row["field"] in fields]
                found = table(site.files[f"{folder}/items/{one.item.slug}.csv"])
                assert sorted(sorted(row.items()) for row in found) == sorted(sorted(row.items()) for row in wanted)

    def test_withdrawn_entries_show_no_answers(self, catalog: Catalog, site: Site) -> None:
        for sheet in catalog.sheets:
            if sheet.state is State.WITHDRAWN:
                assert f"api/v1/services/{sheet.path}.csv" not in site.files
                assert f"api/v1/services/{sheet.path}.xlsx" not in site.files
                assert f"api/v1/services/{sheet.path}.json" in site.files
        assert not any(row["state"] == "withdrawn" for row in table(site.files["api/v1/answers.csv"]))

    def test_former_addresses_keep_working(self) -> None:
        catalog = read(VARIETY)
        site = rendered(catalog, wanted=lambda path: path.startswith("api/v1/services/"))
        former = [(old, new) for p in catalog.providers for old, new in p.former_paths() if "/" in old]
        shown = [(old, new) for old, new in former if f"api/v1/services/{new}.csv" in site.files]
        assert shown
        for old, new in shown:
            for ending in ("csv", "xlsx"):
                assert site.files[f"api/v1/services/{old}.{ending}"] == site.files[f"api/v1/services/{new}.{ending}"]

    def test_columns_are_those_of_the_schema(self, site: Site) -> None:
        head = site.files["api/v1/answers.csv"].decode("utf-8-sig").splitlines()[0]
        assert head.split(",") == [column.name for column in COLUMNS]


class TestFormulas:
    @pytest.mark.parametrize("text", FORMULAS)
    def test_are_guarded_and_come_back(self, text: str) -> None:
        assert guarded(text) == f"'{text}"
        assert unguarded(guarded(text)) == text

    def test_are_guarded_as_the_script_does(self) -> None:
        cells = json.loads((ROOT / "tests/data/guarded.json").read_text(encoding="utf-8"))
        assert [[text, guarded(text)] for text, _ in cells] == cells
        assert all(unguarded(cell) == text for text, cell in cells)

    @given(st.text(st.sampled_from("'=+-@\t\rab1"), max_size=6))
    def test_the_guard_takes_nothing_away(self, text: str) -> None:
        assert unguarded(guarded(text)) == text
        assert not re.match(r"[=+\-@\t\r]", guarded(text))

    def test_no_cell_of_a_csv_file_begins_like_a_formula(self) -> None:
        data = answers_csv.of_sheets([hostile()])
        cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
        numbers = re.compile(r"-\d+(\.\d+)?")
        assert not [cell for cell in cells if re.match(r"[=+\-@\t\r]", cell) and not numbers.fullmatch(cell)]
        assert {row["text"] for row in table(data)} >= set(FORMULAS)

    def test_are_strings_in_a_workbook_and_untouched(self) -> None:
        data = xlsx_book.written(filled(hostile(), words()))
        book = openpyxl.load_workbook(io.BytesIO(data))
        cells = [cell for page in book for line in page.iter_rows() for cell in line]
        assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
        assert not [cell for cell in cells if cell.hyperlink]
        found = {cell.value for cell in cells}
        assert {text.replace("\r", "\n") for text in FORMULAS} <= {
            str(one).replace("_x000D_", "\n").replace("\r", "\n") for one in found
        }
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert not [
                name for name in archive.namelist() if "externalLink" in name or ("rels" in name and "sheet" in name)
            ]


def hostile() -> Sheet:
    """A sheet whose answers are formulas."""
    sheet = next(iter(read(VARIETY).sheets))
    said = [Answer(Status.DISCLOSED, Kind.TEXT, text, detail=text, note=text) for text in FORMULAS]
    rows = tuple(replace(row, answer=said[place % len(said)]) for place, row in enumerate(sheet.rows))
    assert len(rows) >= len(FORMULAS)
    ours = {row.slot.field.id: row.answer for row in rows if row.slot.section.scope is Scope.PROVIDER}
    return with_rows(replace(sheet, disclosure=replace(sheet.disclosure, answers=ours, name="=1+1")), rows)


# --- workbooks ---


def lines(page: Worksheet) -> Iterator[dict[str, str]]:
    """The rows of a tab that have an id, by the keys of the hidden third row."""
    keys = [cell.value for cell in page[3]]
    assert keys == list(CELLS)
    for line in page.iter_rows(min_row=5):
        if line[0].value:
            yield {str(key): str(cell.value or "") for key, cell in zip(keys, line, strict=True)}


def opened(data: bytes) -> dict[str, Worksheet]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {page.title: page for page in book.worksheets}


class TestFilledWorkbook:
    def test_has_every_owed_row_with_its_answer_and_state(self, catalog: Catalog) -> None:
        t = words()
        for sheet in catalog.listed[:8]:
            pages = list(opened(xlsx_book.written(filled(sheet, t))).values())[1:-1]
            assert [page["A1"].value for page in pages] == self._kinds(sheet)
            found = [(page["A1"].value, line) for page in pages for line in lines(page)]
            wanted: dict[tuple[str, str], list[Answer]] = {}
            for row in sheet.rows:
                kind = "service" if row.overridden else row.slot.section.scope.value
                wanted.setdefault((kind, row.slot.field.id), []).append(row.answer)
            seen = 0
            for (kind, field), said in wanted.items():
                own = [line for on, line in found if on == kind and line["id"] == field]
                assert len(own) == len(said), (sheet.path, field)
                for line, answer in zip(own, said, strict=True):
                    assert (line["detail"], line["note"], line["source"]) == (answer.detail, answer.note, answer.source)
                    assert line["as_of"] == answer.as_of
                    assert line["state"] == self._state(sheet, answer)
                    assert (
                        bool(line["answer"]) == bool(answer.kind) or isinstance(answer.value, dict) or not answer.text
                    )
                    seen += 1
            assert seen == len(sheet.rows)

    def _kinds(self, sheet: Sheet) -> list[str]:
        blocks = {
            row.data_center.id if row.data_center else ""
            for row in sheet.rows
            if row.slot.section.scope is Scope.DATA_CENTER
        }
        return ["provider", "service", *["data_center"] * len(blocks)]

    def _state(self, sheet: Sheet, answer: Answer) -> str:
        t = words()
        if answer.status is Status.UNANSWERED:
            return t("status.not_transcribed" if sheet.disclosure.by_third_party else "status.unanswered")
        if answer.status is Status.DISCLOSED and answer.kind is Kind.TEXT:
            return t("workbook.free_words")
        if answer.status is Status.DISCLOSED and answer.kind is Kind.NOT_APPLICABLE:
            return t("mark.not_applicable")
        return t(f"status.{answer.status}")

    def test_marks_samples_and_transcriptions_on_every_page(self) -> None:
        for sheet in read(ROOT).listed:
            pages = opened(xlsx_book.written(filled(sheet, words()))).values()
            heads = [page.oddHeader.right.text or "" for page in pages if page.sheet_state == "visible"]
            for word, wanted in (
                ("架空の見本", sheet.disclosure.sample),
                ("転記・事業者未確認", sheet.disclosure.by_third_party),
            ):
                assert {word in head for head in heads} == {wanted}

    def test_same_contents_same_bytes(self, catalog: Catalog) -> None:
        sheet = catalog.listed[0]
        assert xlsx_book.written(filled(sheet, words())) == xlsx_book.written(filled(sheet, words()))

    def test_keeps_ids_and_what_belongs_to_the_file(self) -> None:
        sheet = next(sheet for sheet in read(VARIETY).sheets if sheet.path == "aoi-cloud/compute")
        pages = list(opened(xlsx_book.written(filled(sheet, words()))).values())
        about = {str(line[0].value): line[2].value for line in pages[0].iter_rows() if line[0].value}
        assert about == {"layout": "1", "guideline": sheet.guideline.id, "guideline_version": sheet.guideline.version}
        own = {line["id"]: line["answer"] for page in pages[1:-1] for line in lines(page) if line["id"].startswith("@")}
        assert own["@provider"] == "aoi-cloud"
        assert own["@service"] == "compute"
        assert own["@data_centers"] == "、".join(sheet.service.data_centers)
        centers = [line["answer"] for page in pages[1:-1] for line in lines(page) if line["id"] == "@data_center"]
        assert centers == list(sheet.service.data_centers)


class TestEmptyWorkbook:
    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_asks_everything_and_answers_nothing(self, language: str) -> None:
        t, guideline = words(language), read(ROOT).newest[0]
        pages = list(opened(xlsx_book.written(empty(guideline, t))).values())[1:-1]
        found = [
            line for page in pages for line in lines(page) if not line["id"].startswith("@") and "." not in line["id"]
        ]
        assert [line["id"] for line in found] == [slot.field.id for scope in Scope for slot in guideline.scopes[scope]]
        assert len(found) == 163
        for line, slot in zip(found, (slot for scope in Scope for slot in guideline.scopes[scope]), strict=True):
            assert line["item"] == slot.item.number
            assert line["prompt"] == t.of(slot.field.prompt)
            assert line["level"] == t.of(guideline.levels[slot.field.level])
            assert not any(line[key] for key in CELLS[5:])

    def test_parts_have_rows_of_their_own(self) -> None:
        guideline = read(ROOT).newest[0]
        pages = list(opened(xlsx_book.written(empty(guideline, words()))).values())[1:-1]
        ids = {line["id"] for page in pages for line in lines(page)}
        slot = next(slot for slot in guideline.slots if slot.field.asks.parts)
        assert {f"{slot.field.id}.{part.id}" for part in slot.field.asks.parts} <= ids

    def test_can_be_filled_in_where_it_should_and_nowhere_else(self) -> None:
        guideline = read(ROOT).newest[0]
        for page in list(opened(xlsx_book.written(empty(guideline, words()))).values())[1:-1]:
            assert page.protection.sheet
            assert not page.protection.password
            for line in page.iter_rows(min_row=5):
                if not line[0].value:
                    continue
                assert all(cell.protection.locked for cell in line[:5])
                if str(line[0].value).startswith("@group:"):
                    answers = line[6:8]
                else:
                    answers = line[5:6] if str(line[0].value).startswith("@") else line[5:11]
                assert not any(cell.protection.locked for cell in answers)

    def test_offers_states_and_choices_as_lists(self) -> None:
        guideline = read(ROOT).newest[0]
        book = openpyxl.load_workbook(io.BytesIO(xlsx_book.written(empty(guideline, words()))))
        lists = book.worksheets[-1]
        assert lists.sheet_state == "hidden"
        offered: dict[str, tuple[str, ...]] = {}
        for page in book.worksheets[1:-1]:
            by_cell = {cell.coordinate: cell.row for line in page.iter_rows(min_row=5) for cell in line}
            for rule in page.data_validations.dataValidation:
                for cells in rule.sqref.ranges:
                    first = by_cell[cells.coord.split(":")[0]]
                    key = "state" if cells.min_col == 7 else str(page.cell(first, 1).value)
                    if rule.type == "list":
                        offered[key] = self._choices(rule.formula1, lists)
        t = words()
        assert offered["state"][0] == t("status.disclosed")
        assert offered["state"][-1] == t("status.unanswered")
        for slot in guideline.slots:
            if slot.field.asks.type == "yes_no":
                assert len(offered[slot.field.id]) == 2
            elif slot.field.asks.choices:
                assert offered[slot.field.id] == tuple(t.of(choice.label) for choice in slot.field.asks.choices)

    def _choices(self, formula: str, lists: Worksheet) -> tuple[str, ...]:
        if formula.startswith('"'):
            return tuple(formula.strip('"').split(","))
        cells = lists[formula.partition("!")[2].replace("$", "")]
        return tuple(str(cell[0].value) for cell in cells)

    def test_prints_on_a4_with_its_headings(self) -> None:
        for page in list(opened(xlsx_book.written(empty(read(ROOT).newest[0], words()))).values())[1:-1]:
            assert page.page_setup.paperSize == 9
            assert page.page_setup.orientation == "landscape"
            assert page.page_setup.fitToHeight == 0
            assert page.print_title_rows == "$4:$4"
            assert page.freeze_panes == "D5"
            assert page.column_dimensions["A"].hidden
            assert page.row_dimensions[3].hidden

    def test_hints_fit_their_window(self) -> None:
        for language in ("ja", "en"):
            for page in opened(xlsx_book.written(empty(read(ROOT).newest[0], words(language)))).values():
                for rule in page.data_validations.dataValidation:
                    assert len(rule.prompt or "") <= 255
                    assert len(rule.promptTitle or "") <= 32

    def test_is_linked_in_each_language(self) -> None:
        catalog = read(ROOT)
        site = rendered(catalog, wanted=lambda path: path in ("data/index.html", "en/data/index.html"))
        assert "api/v1/guidelines/iot-iaas-paas.xlsx" in linked(site, "data/index.html")
        assert "api/v1/guidelines/iot-iaas-paas.en.xlsx" in linked(site, "en/data/index.html")


class TestWholeWorkbooks:
    def test_are_there_for_every_file_that_is_not_withdrawn(self, catalog: Catalog, site: Site) -> None:
        found = {path for path in site.files if re.fullmatch(r"api/v1/providers/[^/]+\.xlsx", path)}
        shown = [one for provider in catalog.providers for one in provider.disclosures if one.withdrawn is None]
        assert found == {xlsx.whole_path(one) for one in shown}

    def test_hold_every_service_and_data_center(self) -> None:
        for provider in read(VARIETY).providers:
            one = provider.main
            pages = list(opened(xlsx_book.written(whole(one, words()))).values())[1:-1]
            own = {line["id"]: line["answer"] for line in lines(pages[0])}
            assert own["@provider"] == provider.id
            kinds = [(page["A1"].value, next(lines(page))["answer"]) for page in pages[1:]]
            named = [(kind, name) for kind, name in kinds if name]
            services = [("service", service.id) for service in one.services]
            assert named == [*services, *(("data_center", center.id) for center in one.data_centers)]


class TestTableOfAllServices:
    def test_says_of_every_service_what_it_answers_or_that_it_does_not(self, catalog: Catalog, site: Site) -> None:
        t = words()
        undisclosed = {t(f"status.{name}") for name in ("unanswered", "not_transcribed", "withheld", "on_request")}
        for listing in listings(catalog):
            book = openpyxl.load_workbook(io.BytesIO(site.files[matrix.path_of(listing)]))
            page = book.worksheets[1]
            assert page.freeze_panes == "B6"
            assert page.auto_filter.ref.startswith("A5:")
            rows = list(page.iter_rows(min_row=6))
            assert [line[8].value for line in rows] == [sheet.path for sheet in listing.sheets]
            for line, sheet in zip(rows, listing.sheets, strict=True):
                assert (line[2].value == t("state.sample")) == sheet.disclosure.sample
                assert (line[6].value == t("completeness.not_counted")) == (sheet.completeness is None)
                for cell, slot in zip(line[9:], listing.newest.slots, strict=True):
                    said = [row.answer for row in sheet.rows_by_field.get(slot.field.id, ())]
                    text = str(cell.value or "")
                    assert cell.data_type in ("s", "n")
                    if len(said) == 1 and said[0].status is Status.DISCLOSED:
                        assert text.split("(")[0] not in undisclosed
                        assert not cell.font.italic
                    elif said and not any(one.kind for one in said):
                        assert cell.font.italic
                        assert any(word in text for word in undisclosed)

    def test_is_not_made_of_too_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        catalog = read(VARIETY)
        listing = listings(catalog)[0]
        assert matrix.is_offered(listing)
        monkeypatch.setattr(matrix, "MOST", 1)
        site = rendered(catalog, wanted=lambda path: path.startswith(("api/v1/guidelines/", "data/")))
        assert matrix.path_of(listing) not in site.files
        assert matrix.path_of(listing) not in linked(site, "data/index.html")


class TestTabs:
    @pytest.mark.parametrize("name", ["a/b:c*d?e[f]", "'quoted'", "x" * 60, "", "History/"])
    def test_names_are_ones_that_a_tab_may_have(self, name: str) -> None:
        made = filled(read(VARIETY).listed[0], words())
        tabs = [replace(tab, name=name) for tab in made.tabs]
        names = list(opened(xlsx_book.written(replace(made, tabs=tabs))))
        assert len({one.lower() for one in names}) == len(names)
        assert all(0 < len(one) <= 31 and not re.search(r"[\[\]:*?/\\]", one) for one in names)


# --- descriptors ---

NAME = re.compile(r"[-a-z0-9._/]+")
TYPES = {"string", "number", "integer", "boolean", "object", "array", "date", "any"}


def check_package(data: dict[str, Any], path: str, site: Site) -> None:
    """The rules of Data Package, Data Resource, CSV Dialect and Table Schema, version 1."""
    assert NAME.fullmatch(data["name"])
    assert data["resources"]
    names = [one["name"] for one in data["resources"]]
    assert len(set(names)) == len(names)
    for licence in data.get("licenses", ()):
        assert licence.get("name") or licence.get("path")
    for one in data["resources"]:
        assert NAME.fullmatch(one["name"])
        assert not one["path"].startswith(("/", "."))
        assert ".." not in one["path"].split("/")
        target = f"{path.rpartition('/')[0]}/{one['path']}"
        assert target in site.files, target
        if one["format"] == "csv":
            assert one["profile"] == "tabular-data-resource"
            fields = one["schema"]["fields"]
            head = next(csv.reader(io.StringIO(site.files[target].decode("utf-8-sig"))))
            assert [field["name"] for field in fields] == head
            assert {field["type"] for field in fields} <= TYPES
            check_rows(fields, site.files[target])


def check_rows(fields: list[dict[str, Any]], data: bytes) -> None:
    """Every cell is of its field's type and keeps its constraints."""
    for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        for field in fields:
            cell, rules = row[field["name"]], field.get("constraints", {})
            if not cell:
                assert not rules.get("required"), (field["name"], row)
                continue
            assert "enum" not in rules or cell in rules["enum"], (field["name"], cell)
            if field["type"] == "number":
                float(cell)
            elif field["type"] == "date":
                assert re.fullmatch(r"\d{4}-\d\d-\d\d", cell)
            elif field["type"] == "boolean":
                assert cell in (*field["trueValues"], *field["falseValues"])


class TestDescriptors:
    def test_keep_the_rules_and_tell_the_truth(self, site: Site) -> None:
        found = [path for path in site.files if path.endswith("datapackage.json")]
        assert len(found) > 3
        for path in found:
            check_package(site.json(path), path, site)

    def test_describe_every_column_in_both_languages(self) -> None:
        for column in COLUMNS:
            assert all(column.title)
            assert all(column.description)
            assert len(column.json()["description"].splitlines()) == 2

    @pytest.mark.parametrize(
        ("words", "name", "path"),
        [
            ("CC BY 4.0", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
            ("CC-BY-SA-3.0", "CC-BY-SA-3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
            ("CC0 1.0", "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
            ("独自の条件", "notspecified", None),
        ],
    )
    def test_name_the_licence(self, words: str, name: str, path: str | None) -> None:
        settings = Settings({"ja": "名"}, {"ja": "説明"}, content_licence=words)
        (licence,) = datapackage._licences(settings)["licenses"]
        assert (licence["name"], licence.get("path"), licence["title"]) == (name, path, words)
        assert datapackage._licences(replace(settings, content_licence="")) == {}


def linked(site: Site, path: str) -> set[str]:
    """The paths that a page's links lead to."""
    hrefs = (link["href"] for link in site.pages[path].all("a", href=None))
    return {posixpath.normpath(posixpath.join(posixpath.dirname(path), href)) for href in hrefs if ":" not in href}


class TestPages:
    def test_every_file_is_linked_and_every_link_is_a_file(self) -> None:
        catalog = read(ROOT)
        site = rendered(catalog)
        found = {link for path in site.pages for link in linked(site, path)}
        files = {path for path in site.files if re.search(r"\.(csv|xlsx)$|datapackage\.json$", path)}
        assert files <= found
        data = site.page("data/")
        assert "CC BY 4.0" in data.main.text
        assert "data/index.html" in site.links("index.html")

    def test_sizes_are_those_of_the_files(self) -> None:
        catalog = read(VARIETY)
        site = rendered(catalog)
        sizes = 0
        for path, page in site.pages.items():
            for link in page.all("a"):
                found = re.search(r"CSV \(([\d,]+)行\)", link.text)
                if found:
                    target = re.sub(r"^(\.\./|\./)+", "", link["href"])
                    assert int(found[1].replace(",", "")) == len(table(site.files[target])), (path, target)
                    sizes += 1
        assert sizes > 30

    def test_the_sitemap_has_every_page_of_a_list(self) -> None:
        catalog = crowd(5, 90)
        assert len(catalog.listed) > 100
        kept = ("sitemap.xml", "list/2/index.html", "data/2/index.html", "g/iot-iaas-paas/items/112/2/index.html")
        site = rendered(catalog, wanted=lambda path: path in kept)
        assert set(site.files) >= set(kept)
        for path in kept[1:]:
            address = f"<loc>{BASE_URL}{path.removesuffix('index.html')}</loc>"
            assert address.encode() in site.files["sitemap.xml"]


def test_a_sheet_of_any_answers_can_be_written() -> None:
    """Answers of every status and kind at every field, as random disclosures have them."""
    real = read(ROOT)
    inventor = Inventor.of(real, 99)
    for number in range(6):
        disclosure = inventor.disclosure(number)
        for service in disclosure.services:
            sheet = sheet_of(disclosure, service, real.today)
            data = xlsx_book.written(filled(sheet, words(random.Random(number).choice(["ja", "en"]))))
            assert len(opened(data)) >= 4 or service.no_data_center


@pytest.mark.parametrize("root", [ROOT, VARIETY], ids=["real", "variety"])
def test_what_a_workbook_says_reads_back_as_it_was(root: Path) -> None:
    """An import can rely on it: answers parse to their values, states and reasons stand beside them."""
    seen = 0
    for sheet in read(root).listed:
        pages = list(opened(xlsx_book.written(filled(sheet, words()))).values())[1:-1]
        found = {(page["A1"].value, line["id"]): line for page in pages[:2] for line in lines(page)}
        for row in sheet.rows:
            slot, answer = row.slot, row.answer
            if slot.section.scope is Scope.DATA_CENTER or answer.kind is not Kind.VALUE:
                continue
            kind = "service" if row.overridden else slot.section.scope.value
            if slot.field.asks.parts:
                for part in slot.field.asks.parts:
                    if part.id in answer.value:
                        line = found[kind, f"{slot.field.id}.{part.id}"]
                        assert answers.parse(line["answer"], part.asks) == answer.value[part.id]["value"]
                continue
            assert answers.parse(found[kind, slot.field.id]["answer"], slot.field.asks) == answer.value, slot.field.id
            seen += 1
    assert seen > 50
