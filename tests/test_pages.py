"""Pages say what the model says: shown numbers are listed rows, every entry has its page, every word is a message."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from site_checker import Document, Element, Site, references
from sites import ROOT, TODAY, VARIETY, Inventor, read, rendered, with_disclosures, words

from catalog import source
from catalog.diagnostics import Report
from catalog.model import Answer, Catalog, Kind, Level, Row, Sheet, State, Status
from catalog.source import ParseCache

LEVELS = ("required", "optional")
STATUSES = tuple(status.value for status in Status)


@dataclass(frozen=True)
class Case:
    """A catalog and the pages made of it."""

    catalog: Catalog
    site: Site

    @property
    def shown(self) -> list[Sheet]:
        return [sheet for sheet in self.catalog.sheets if sheet.state is not State.WITHDRAWN]

    def page_of(self, sheet: Sheet) -> Document:
        return self.site.page(f"providers/{sheet.path}/")


@pytest.fixture(scope="module")
def variety() -> Case:
    catalog = read(VARIETY)
    return Case(catalog, rendered(catalog))


@pytest.fixture(scope="module")
def invented() -> Case:
    """Sixteen disclosures with random answers to the ministry's guideline, whatever their state."""
    read_here = read(ROOT)
    real = replace(read_here, settings=replace(read_here.settings, languages=("ja",)))
    inventor = Inventor.of(real, seed=8)
    catalog = with_disclosures(real, [inventor.disclosure(number) for number in range(16)])
    site = rendered(catalog, wanted=lambda path: not re.search(r"items/[^/]*[2-9]/", path))  # a fifth will do
    return Case(catalog, site)


@pytest.fixture(scope="module")
def many(variety: Case) -> Case:
    """More services than one page of a list takes, of a small guideline."""
    record = next(guideline for guideline in variety.catalog.guidelines if guideline.id == "record")
    aoi = next(provider for provider in variety.catalog.providers if provider.id == "aoi-cloud").disclosures[1]
    (service,) = aoi.services
    two = (service, replace(service, id="second", name="第二"))
    names = [f"made-{number:03}" for number in range(90)]
    made = [replace(aoi, provider_id=name, name=name, path=f"{name}.yaml", services=two) for name in names]
    catalog = with_disclosures(replace(variety.catalog, guidelines=(record,)), made)
    return Case(catalog, rendered(catalog))


@pytest.fixture(params=["variety", "invented"])
def case(request: pytest.FixtureRequest) -> Case:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Case)
    return found


def numbers(element: Element) -> list[int]:
    return [int(digits.replace(",", "")) for digits in re.findall(r"\d[\d,]*", element.text)]


def meters(element: Element) -> list[tuple[str, int, int, int]]:
    """Name, disclosed, owed and per cent of every meter."""
    found = []
    for meter in element.all("span", "meter"):
        name = "".join(one.text for one in meter.all("span", "meter__name"))
        disclosed, owed = numbers(meter.one("span", "meter__number"))
        (percent,) = numbers(meter.one("span", "meter__percent"))
        assert meter.one("rect", "meter__fill")["width"] == str(percent)
        found.append((name, disclosed, owed, percent))
    return found


def figures(element: Element) -> dict[tuple[str, str], tuple[int, list[Element]]]:
    """The number shown for each level and status, and the rows listed behind it."""
    found: dict[tuple[str, str], tuple[int, list[Element]]] = {}
    for one in [*element.all("details", "figures__rows"), *element.all("p", "figures__none")]:
        key = one["data-level"], one["data-status"]
        assert key not in found
        (number,) = numbers((one.all("summary") or [one])[0].one("b"))
        found[key] = number, one.all("li")
    return found


def cells(page: Element) -> Counter[tuple[str, str]]:
    return Counter((cell["data-level"], cell["data-status"]) for cell in page.all("td", data_level=None))


def floor_percent(disclosed: int, owed: int) -> int:
    return 100 if disclosed == owed else min(99, disclosed * 100 // owed)


class TestNumbers:
    """Every number that a page shows is the length of a list that the reader can open."""

    def test_the_summary_of_a_sheet_counts_its_cells_and_lists_their_rows(self, case: Case) -> None:
        counted = [sheet for sheet in case.shown if sheet.completeness]
        assert len(counted) > 5
        for sheet in counted[::2]:  # every second one: a sheet has hundreds of rows behind its figures
            page = case.page_of(sheet)
            there = cells(page)
            summary = page.one("section", "sheet__completeness")
            for (level, status), (number, listed) in figures(summary).items():
                assert number == len(listed) == there[level, status], (sheet.path, level, status)
                for one in listed:
                    cell = self.target(page, one.one("a")["href"].removeprefix("#"))
                    assert (cell["data-level"], cell["data-status"]) == (level, status)
                    assert one.one("span", "row__number").text == self.item_number(cell)
            assert sum(number for number, _ in figures(summary).values()) == there.total() == len(sheet.rows)

    def test_the_rows_behind_a_number_are_all_different(self, case: Case) -> None:
        for sheet in case.shown:
            hrefs = [link["href"] for link in case.page_of(sheet).one("section", "sheet__completeness").all("a")]
            assert len(hrefs) == len(set(hrefs))

    def test_meters_show_what_is_disclosed_of_what_is_owed(self, case: Case) -> None:
        for sheet in case.shown:
            page = case.page_of(sheet)
            there = cells(page)
            names = {words().of(text): level.value for level, text in sheet.guideline.levels.items()}
            shown = meters(page.one("section", "sheet__completeness"))
            assert bool(shown) == bool(sheet.completeness)
            for name, disclosed, owed, percent in shown:
                level = names[name]
                assert disclosed == there[level, "disclosed"]
                assert owed == sum(there[level, status] for status in STATUSES)
                assert percent == floor_percent(disclosed, owed)

    def test_sections_count_their_own_rows(self, case: Case) -> None:
        for sheet in case.shown:
            names = {words().of(text): level.value for level, text in sheet.guideline.levels.items()}
            for section in case.page_of(sheet).all("section", "sheet-section"):
                there = cells(section)
                progress = section.all("p", "sheet-section__progress")
                assert len(progress) == bool(sheet.completeness)
                owed_levels = {level for level, _ in there} if progress else set()
                shown = [meter for one in progress for meter in meters(one)]
                assert {names[name] for name, *_ in shown} == owed_levels
                for name, disclosed, owed, percent in shown:
                    assert disclosed == there[names[name], "disclosed"]
                    assert owed == sum(there[names[name], status] for status in STATUSES)
                    assert percent == floor_percent(disclosed, owed)

    def test_the_jump_list_counts_as_the_sections_do(self, case: Case) -> None:
        for sheet in case.shown:
            page = case.page_of(sheet)
            for entry in page.one("nav", "section-nav").all("li"):
                heading = page.ids[entry.one("a")["href"].removeprefix("#")]
                section = heading.parent
                assert section is not None
                there = cells(section)
                shown = [number for one in entry.all("span", "section-nav__progress") for number in numbers(one)]
                if not there:  # it has no data centre
                    assert shown == []
                    assert words()("mark.not_applicable") in entry.text
                elif sheet.completeness:
                    level = "required" if any(there["required", status] for status in STATUSES) else "optional"
                    assert shown == [there[level, "disclosed"], sum(there[level, status] for status in STATUSES)]
                elif sheet.disclosure.by_third_party:
                    assert shown == [sum(n for (_, status), n in there.items() if status != "unanswered")]
                else:
                    assert shown == []

    def test_a_provider_s_figures_count_each_row_once_and_lead_to_it(self, case: Case) -> None:
        seen = 0
        for provider in case.catalog.providers:
            page = case.site.page(f"providers/{provider.id}/")
            parts = page.all("section", "figures__level")
            for part in parts:
                for (level, status), (number, listed) in figures(part).items():
                    assert number == len(listed)
                    for one in listed:
                        for link in one.all("a"):
                            path, _, fragment = link["href"].partition("#")
                            at = case.site.file_at(case.site.absolute(f"providers/{provider.id}/index.html", path))
                            cell = self.target(case.site.pages[at or ""], fragment)
                            assert (cell["data-level"], cell["data-status"]) == (level, status), link["href"]
                            seen += 1
                (meter,) = meters(part)
                own = figures(part)
                level = next(level for level, _ in own)
                owed = sum(number for number, _ in own.values())
                assert meter[1:] == (own[level, "disclosed"][0], owed, floor_percent(meter[1], owed))
        assert seen > 100

    def test_a_provider_s_rows_without_a_sheet_are_listed_without_a_link(self, variety: Case) -> None:
        page = variety.site.page("providers/beni-systems/")
        unlinked = [one.text for one in page.one("article").all("li") if not one.all("a") and one.all("span")]
        assert len(unlinked) == 4  # of the data centre that no service uses
        assert all("使われていないセンター" in text for text in unlinked)

    def test_lists_show_the_figures_of_the_sheets(self, case: Case) -> None:
        for page in (*self.list_pages(case), *(case.site.page(f"providers/{p.id}/") for p in case.catalog.providers)):
            for row in page.all("tr", data_service=None):
                sheet = next(sheet for sheet in case.shown if sheet.path == row["data-service"])
                shown = [one[1:] for one in meters(row)]
                assert shown == [one[1:] for one in meters(self.summary(case, sheet))][: len(shown)]
                assert bool(shown) == (not sheet.disclosure.by_third_party)

    def test_home_counts_the_services_that_it_lists(self, case: Case) -> None:
        names = {words()(f"home.group.{kind}"): place for place, kind in enumerate(("own", "transcribed", "sample"))}
        listed = [0, 0, 0]
        for page in self.list_pages(case):
            for table in page.all("table", "services"):
                listed[names[table.one("caption").text]] += len(table.child("tbody").elements)
        for page in self.list_pages(case):
            assert numbers(page.one("p", "home__counts")) == listed
        assert sum(listed) == len(case.shown)

    def test_the_figures_of_an_item_count_the_cells_of_its_pages(self, case: Case) -> None:
        seen = 0
        pages: dict[str, list[Document]] = {}
        for path, page in case.site.pages.items():
            if match := re.fullmatch(r"(g/.*/items/[^/]+/)(?:\d+/)?index\.html", path):
                pages.setdefault(match[1], []).append(page)
        for address, of_item in pages.items():
            found = Counter(
                (cell["data-field"], cell["data-status"])
                for page in of_item
                for cell in page.all("td", data_counted=None)
            )
            shown: Counter[tuple[str, str]] = Counter()
            for spread in of_item[0].all("div", "distribution"):
                if not any("distribution--transcribed" in one.classes for one in spread.above()):
                    for bar in spread.all("tr", data_status=None):
                        shown[spread["data-field"], bar["data-status"]] += int(bar.one("span", "bar__count").text)
            assert +shown == found, address
            seen += len(found)
        assert seen > 20

    def test_items_count_neither_samples_nor_transcriptions_nor_withdrawn_entries(self, case: Case) -> None:
        counted = {sheet.path for sheet in case.catalog.sheets if sheet.counted}
        for path, page in case.site.pages.items():
            if "/items/" in path:
                for row in page.all("tr", data_service=None):
                    if not row.all("td", data_field=None):
                        assert words()("mark.not_applicable") in row.text  # it has no data centre
                        continue
                    is_counted = bool(row.all("td", data_counted=None))
                    assert is_counted == (row["data-service"] in counted), (path, row["data-service"])

    def test_badges_and_data_show_the_figures_of_the_sheets(self, case: Case) -> None:
        for sheet in case.shown:
            page = case.page_of(sheet)
            there = cells(page)
            data = case.site.json(f"api/v1/services/{sheet.path}.json")["completeness"]
            badge = case.site.json(f"badges/{sheet.path}.json")["message"]
            fractions = re.findall(r"(\d+)/(\d+)", badge)
            if sheet.completeness is None:
                assert data is None
                assert fractions == []
                continue
            for level in LEVELS:
                assert {status: there[level, status] for status in STATUSES} == {s: data[level][s] for s in STATUSES}
                assert data[level]["owed"] == sum(data[level][status] for status in STATUSES)
            assert fractions == [(str(data["required"]["disclosed"]), str(data["required"]["owed"]))]

    def test_a_hundred_per_cent_means_that_nothing_is_missing(self, case: Case) -> None:
        complete = 0
        for page in case.site.pages.values():
            for _, disclosed, owed, percent in meters(page):
                assert (percent == 100) == (disclosed == owed)
                complete += percent == 100
        assert complete

    def test_all_but_one_of_many_is_no_hundred_per_cent(self, invented: Case) -> None:
        real = read(ROOT)
        whole = next(d for p in real.providers for d in p.disclosures if all(s.completeness for s in p.sheets))
        answer = Answer(Status.DISCLOSED, Kind.TEXT, "架空の回答")
        everything = {slot.field.id: answer for slot in whole.guideline.slots}
        service = replace(whole.services[0], data_centers=(), no_data_center="なし", answers=dict(everything))
        last = [slot for slot in whole.guideline.slots if slot.section.scope == "service"][-1].field.id
        del service.answers[last]  # type: ignore[attr-defined]
        one = replace(whole, answers=everything, services=(service,), data_centers=())
        site = rendered(with_disclosures(real, [one]), wanted=lambda path: path.startswith("providers/"))
        found = meters(site.page(f"providers/{one.provider_id}/{service.id}/").one("section", "sheet__completeness"))
        assert (found[0][2] - found[0][1], found[0][3]) == (1, 99)

    def list_pages(self, case: Case) -> list[Document]:
        return [page for path, page in case.site.pages.items() if re.fullmatch(r"(list/\d+/)?index\.html", path)]

    def summary(self, case: Case, sheet: Sheet) -> Element:
        return case.page_of(sheet).one("section", "sheet__completeness")

    def target(self, page: Document, id: str) -> Element:
        """The cell at a fragment: itself an answer's cell, or a row with one of them."""
        found = page.ids[id]
        if found.tag == "td":
            return found
        (cell,) = found.all("td", data_status=None)
        return cell

    def item_number(self, cell: Element) -> str:
        assert cell.parent is not None
        return cell.parent.one("a", "row__number").text


class TestSheet:
    def test_shows_every_owed_row_in_the_order_of_the_guideline(self, case: Case) -> None:
        for sheet in case.shown:
            rows = case.page_of(sheet).one("div", "sheet__sections").all("tr", "row")
            centers = max(len(sheet.data_centers), 1) if not sheet.service.no_data_center else 0
            fields = [slot.field.id for slot in sheet.guideline.slots if slot.section.scope != "data_center" or centers]
            assert [row["id"] for row in rows] == fields
            for row in rows:
                is_center = sheet.guideline.by_field[row["id"]].section.scope == "data_center"
                assert len(row.all("td", data_status=None)) == (centers if is_center else 1)

    def test_a_row_shows_number_label_level_and_the_guideline_s_wording(self, variety: Case) -> None:
        row = variety.site.page("providers/aoi-cloud/compute/").ids["report"]
        assert row.one("a", "row__number").text == "17"
        assert row.one("a", "row__number")["href"] == "#report"
        assert row.one("span", "row__label").text.startswith("告知と報告 定期報告".replace(" ", ""))
        assert row.one("td", "row__prompt").text == "定期報告の有無と、「有り」の場合は内容"
        assert row.one("td", "row__level").text == "必須"
        assert row.one("td", "row__answer").text.startswith("有り")
        assert "月次の稼働報告" in row.one("td", "row__answer").text

    def test_an_item_of_several_fields_has_one_anchor(self, variety: Case) -> None:
        page = variety.site.page("providers/aoi-cloud/compute/")
        anchor = page.ids["item-17"]
        assert anchor.parent is page.ids["notice"]

    def test_data_centres_stand_side_by_side(self, variety: Case) -> None:
        page = variety.site.page("providers/aoi-cloud/compute/")
        row = page.ids["ups"]
        assert [cell["id"] for cell in row.all("td", data_status=None)] == ["east--ups", "west--ups"]
        table = next(one for one in row.above() if one.tag == "table")
        assert [one.text for one in table.one("thead").all("th")[3:]] == ["東センター", "西センター <第2棟>"]
        assert "10分間" in page.ids["east--ups"].text

    def test_a_service_that_names_no_data_centre_owes_one_blank_block(self, variety: Case) -> None:
        page = variety.site.page("providers/beni-systems/blank/")
        assert [cell["data-status"] for cell in page.ids["ups"].all("td", data_status=None)] == ["unanswered"]

    def test_a_service_without_data_centre_says_why(self, variety: Case) -> None:
        page = variety.site.page("providers/beni-systems/nowhere/")
        assert "ups" not in page.ids
        section = page.ids["section-center"].parent
        assert section is not None
        assert "該当なし" in section.text
        assert "他社の<クラウド>を使っているため" in section.text

    def test_an_answer_of_the_service_s_own_is_marked_as_such(self, variety: Case) -> None:
        own = variety.site.page("providers/aoi-cloud/storage/").ids["employees"]
        assert own.one("p", "answer__override").text == words()("answer.overridden")
        assert "25人" in own.text
        assert not variety.site.page("providers/aoi-cloud/compute/").ids["employees"].all("p", "answer__override")

    def test_statuses_are_told_apart_in_words(self, variety: Case) -> None:
        page = variety.site.page("providers/beni-systems/nowhere/")
        expected = {
            "overview": ("withheld", "非公開", "準備中の事業があるため"),
            "revenue": ("on_request", "個別開示", "営業窓口からお知らせします"),
            "shareholders": ("partial", "一部", "理由の記載がありません"),
            "audit": ("unanswered", "未記入", ""),
            "data_location": ("disclosed", "該当なし", "端末の中だけで処理するため"),
            "billing": ("disclosed", "通信量による", ""),
            "report": ("disclosed", "有り", "年1回"),
        }
        for field, (status, word, reason) in expected.items():
            cell = page.ids[field].one("td", "row__answer")
            assert cell["data-status"] == status
            assert word in cell.text
            assert reason in cell.text

    def test_note_source_and_day_stand_with_the_answer(self, variety: Case) -> None:
        cell = variety.site.page("providers/aoi-cloud/compute/").ids["termination"].one("td", "row__answer")
        assert "月末締め。" in cell.one("p", "answer__note").text
        assert cell.one("p", "answer__evidence").one("a")["href"] == "https://aoi.example.com/terms"
        assert "2026-04時点" in cell.one("p", "answer__evidence").text

    def test_a_transcription_says_that_nobody_confirmed_it_and_has_no_figures(self, variety: Case) -> None:
        page = variety.site.page("providers/fuji-data/lake/")
        assert "公開情報からの転記・事業者未確認" in page.one("p", "notice--transcribed").text
        assert not meters(page)
        unanswered = page.ids["employees"].one("td", "row__answer")
        assert unanswered.text == "転記なし"
        assert not variety.site.page("providers/fuji-data/").all("section", "figures__level")

    def test_the_life_of_a_disclosure_shows(self, variety: Case) -> None:
        states = {
            "aoi-cloud/compute": "有効",
            "aoi-cloud/archive": "有効",
            "beni-systems/blank": "まもなく期限",
            "cha-works/press": "期限切れ",
            "iro-press/paper": "開示日なし",
            "fuji-data/lake": "転記・事業者未確認",
            "gin-sample/demo": "架空の見本 有効",
        }
        for path, word in states.items():
            assert variety.site.page(f"providers/{path}/").one("p", "sheet__state").text == word
        assert "2026-03-31" in variety.site.page("providers/cha-works/press/").one("p", "notice--expired").text
        assert "架空の見本" in variety.site.page("providers/gin-sample/demo/").one("p", "notice--sample").text

    def test_a_sheet_to_an_older_version_shows_that_version(self, variety: Case) -> None:
        page = variety.site.page("providers/hai-legacy/mainframe/")
        assert page.ids["tape"].one("td", "row__answer").text == "有り"
        assert "版 1" in page.one("dl", "facts").text
        assert "notice" not in page.ids

    def test_a_page_without_method_links_to_none(self) -> None:
        site = rendered(replace(read(VARIETY), prose=()), wanted=lambda path: "compute" in path)
        assert not [link for link in site.page("providers/aoi-cloud/compute/").all("a") if "method" in link["href"]]


class TestProvider:
    def test_two_guidelines_stand_one_after_the_other(self, variety: Case) -> None:
        page = variety.site.page("providers/aoi-cloud/")
        assert [row["data-service"] for row in page.all("tr", data_service=None)] == [
            "aoi-cloud/compute",
            "aoi-cloud/storage",
            "aoi-cloud/archive",
        ]
        assert len(page.all("section", "figures__level")) == 4

    def test_one_without_services_says_so(self, variety: Case) -> None:
        page = variety.site.page("providers/dan-net/")
        assert words()("provider.no_services") in page.main.text
        assert ("disclosed", 2) in {(s, n) for (_, s), (n, _) in figures(page).items()}

    def test_names_reading_and_english_name(self, variety: Case) -> None:
        text = variety.site.page("providers/aoi-cloud/").main.text
        assert "あおいくらうど" in text
        assert "Aoi Cloud & Co. (fictional)" in text

    def test_one_that_goes_on_with_another_guideline_keeps_its_page(self, variety: Case) -> None:
        page = variety.site.page("providers/iro-press/")
        assert [row["data-service"] for row in page.all("tr", data_service=None)] == ["iro-press/paper"]


class TestWithdrawn:
    def test_entries_show_since_when_and_why_and_no_answers(self, variety: Case) -> None:
        for path in ("providers/ebi-link/", "providers/ebi-link/net/"):
            text = variety.site.page(path).main.text
            assert "2026-09-30" in text
            assert "事業譲渡のため<譲渡先は未定>" in text
        for path, data in variety.site.files.items():
            assert "掲載終了後は表示しない回答".encode() not in data, path

    def test_entries_are_in_no_list_but_their_own(self, variety: Case) -> None:
        listing = [
            path for path, page in variety.site.pages.items() if "海老リンク" in page.main.text if not page.is_redirect
        ]
        assert sorted(listing) == [
            "providers/ebi-link/index.html",
            "providers/ebi-link/net/index.html",
            "withdrawn/index.html",
        ]

    def test_an_empty_list_says_so(self) -> None:
        site = rendered(with_disclosures(read(VARIETY), []), wanted=lambda path: path == "withdrawn/index.html")
        assert words()("withdrawn.empty") in site.page("withdrawn/").main.text


class TestItem:
    def test_shows_every_service_s_answer_and_leads_to_it(self, variety: Case) -> None:
        page = variety.site.page("g/cloud/items/21/")
        rows = page.one("table", "answers").child("tbody").elements
        found = [(row["data-service"], row.child("td").text) for row in rows]
        assert ("aoi-cloud/compute", "東センター") in found
        assert ("aoi-cloud/compute", "西センター <第2棟>") in found
        assert any(service == "fuji-data/lake" and text.startswith("岸センター") for service, text in found)
        assert ("beni-systems/nowhere", "該当なし理由他社の<クラウド>を使っているため") in found
        links = [row.one("a", "services__name")["href"] for row in rows]
        assert "../../../../providers/aoi-cloud/compute/#west--center_name" in links

    def test_columns_belong_to_their_fields_where_a_version_asks_for_less(self, variety: Case) -> None:
        table = variety.site.page("g/cloud/items/17/").one("table", "answers")
        assert [one.text for one in table.one("thead").all("th")[1:]] == ["告知時期", "報告の形式", "定期報告"]
        rows = {row["data-service"]: row.all("td") for row in table.child("tbody").elements}
        not_asked = words()("item.not_asked")
        assert [cell.text for cell in rows["hai-legacy/mainframe"]] == [not_asked, "紙", "有り四半期ごと"]
        assert [cell.text for cell in rows["aoi-cloud/storage"]] == ["無し", not_asked, "無し"]

    def test_of_an_older_version_keeps_its_page(self, variety: Case) -> None:
        page = variety.site.page("g/cloud/items/30/")
        assert [row["data-service"] for row in page.all("tr", data_service=None)] == ["hai-legacy/mainframe"]

    def test_says_so_when_nobody_answers_or_nobody_counts(self) -> None:
        catalog = read(VARIETY)
        nobody = rendered(with_disclosures(catalog, []), wanted=lambda path: path.startswith("g/"))
        text = nobody.page("g/cloud/items/10/").main.text
        assert words()("home.empty") in text
        assert nobody.problems_of_pages() == []
        others = [d for p in catalog.providers for d in p.disclosures if d.by_third_party or d.sample]
        site = rendered(with_disclosures(catalog, others), wanted=lambda path: path.startswith("g/"))
        assert words()("item.none_counted") in site.page("g/cloud/items/10/").main.text


class TestManyServices:
    """More than a hundred services: lists and items go on, on further pages."""

    def test_are_all_listed_a_hundred_a_page(self, many: Case) -> None:
        pages = [many.site.page(address) for address in ("", "list/2/")]
        listed = [[row["data-service"] for row in page.all("tr", data_service=None)] for page in pages]
        assert [len(one) for one in listed] == [100, 80]
        assert sorted(listed[0] + listed[1]) == sorted(sheet.path for sheet in many.catalog.sheets)
        assert numbers(pages[0].one("p", "home__counts"))[0] == 180

    def test_are_all_on_the_pages_of_an_item(self, many: Case) -> None:
        pages = [many.site.page(f"g/record/items/2-1/{address}") for address in ("", "2/")]
        listed = [[row["data-service"] for row in page.all("tr", data_service=None)] for page in pages]
        assert sorted(listed[0] + listed[1]) == sorted(sheet.path for sheet in many.catalog.sheets)
        assert [len(one) for one in listed] == [100, 80]

    def test_pages_are_well_formed_and_lead_to_each_other(self, many: Case) -> None:
        assert many.site.problems() == []
        assert {"list/2/index.html"} <= many.site.links("index.html")
        assert {"index.html"} <= many.site.links("list/2/index.html")
        assert "g/record/items/2-1/2/index.html" in many.site.links("g/record/items/2-1/index.html")
        titles = Counter(page.one("head").one("title").text for page in many.site.pages.values())
        assert titles["サービス一覧 (2/2) | " + '架空カタログ "A&B" <試験>'] == 1


class TestEmptyAndPartCatalogs:
    def test_an_empty_catalog_is_whole_and_says_that_it_is_empty(self) -> None:
        catalog = with_disclosures(read(VARIETY), [])
        site = rendered(catalog)
        assert site.problems() == []
        home = site.page("").main.text
        assert words()("home.empty") in home
        assert words()("home.none_submitted") not in home  # it speaks of transcriptions and samples below
        assert site.json("api/v1/catalog.json")["services"] == []
        assert "providers" not in site.folders

    def test_an_honest_word_stands_where_no_provider_has_submitted(self) -> None:
        home = rendered(read(ROOT), wanted=lambda path: path == "index.html").page("").main
        assert words()("home.none_submitted") in home.text
        assert numbers(home.one("p", "home__counts"))[0] == 0

    def test_it_is_gone_when_one_has(self, variety: Case) -> None:
        assert words()("home.none_submitted") not in variety.site.page("").main.text

    def test_samples_can_be_left_out(self) -> None:
        catalog = read(VARIETY)
        settings = replace(catalog.settings, samples=False)
        disclosures = [d for p in catalog.providers for d in p.disclosures]
        site = rendered(with_disclosures(replace(catalog, settings=settings), disclosures))
        assert site.problems() == []
        assert [path for path in site.files if "gin-sample" in path] == []
        assert all("架空銀".encode() not in data for data in site.files.values())

    def test_a_catalog_of_samples_only_counts_nothing(self) -> None:
        catalog = read(VARIETY)
        samples = [replace(d, sample=True) for p in catalog.providers for d in p.disclosures if not d.withdrawn]
        site = rendered(with_disclosures(catalog, samples))
        assert site.problems() == []
        assert numbers(site.page("").one("p", "home__counts"))[:2] == [0, 0]
        assert b"providers/" not in site.files["sitemap.xml"]
        assert not any(page.all("td", data_counted=None) for page in site.pages.values())
        assert not any(page.all("table", "figures-table") for page in site.pages.values())

    def test_a_catalog_without_prose_is_whole(self) -> None:
        catalog = replace(with_disclosures(read(VARIETY), []), prose=())
        assert rendered(catalog).problems() == []


class TestGuideline:
    def test_has_all_items_with_the_wording(self, invented: Case) -> None:
        page = invented.site.page("g/iot-iaas-paas/")
        guideline = invented.catalog.newest[0]
        assert len([one for one in page.ids if re.fullmatch(r"item-\d+", one)]) == 129
        prompts = Counter(row.all("td")[0].text for row in page.all("tr", "row"))
        assert prompts == Counter(" ".join(words().of(slot.field.prompt).split()) for slot in guideline.slots)

    def test_leads_to_every_item(self, invented: Case) -> None:
        path = "g/iot-iaas-paas/index.html"
        found = {invented.site.target(one)[0] for one in references(path, invented.site.pages[path])}
        assert {f"g/iot-iaas-paas/items/{number}/index.html" for number in range(1, 130)} <= found

    def test_sections_say_who_answers(self, variety: Case) -> None:
        page = variety.site.page("g/cloud/")
        section = page.ids["section-service"].parent
        assert section is not None
        assert "サービスごとに回答 · サービスごとに記載" in section.text


class TestWords:
    """Templates print; every word for people is a message, so that another language is a file."""

    JAPANESE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")
    TEMPLATES = sorted((ROOT / "theme" / "templates").rglob("*.*"))
    KEYS_IN_PARTS = (
        *("status.", "mark.", "legend.", "state.", "submitted_by.", "scope.", "home.group.", "home.about."),
        *("distribution.basis.", "distribution.kind.", "compare.amount."),
        *(
            "workbook.tab.",
            "workbook.column.",
            "workbook.states.",
            "workbook.own.",
            "workbook.own_about.",
            "data.address.",
            "matrix.column.",
        ),
    )
    """Beginnings of keys that are put together: the status, the state, … makes the end."""
    PUT_TOGETHER = frozenset(("list.cards", "list.table"))

    @pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
    def test_templates_hold_no_literal_words(self, path: Path) -> None:
        text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not self.JAPANESE.search(text)
        bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.DOTALL)
        bare = re.sub(r"<(style|script)\b.*?</\1>", "", bare, flags=re.DOTALL)
        spoken = re.findall(r"""\b(?:aria-label|placeholder|title|alt)=["']([^"']+)""", bare)
        spoken += re.findall(r">([^<>]*[^\W\d_]{2}[^<>]*)<", bare)
        assert [one for one in spoken if one.strip() not in ("JSON", "")] == []

    def test_every_message_that_is_asked_for_exists(self) -> None:
        known = self.keys()
        asked = {key for text in self.sources() for key in self.asked(text)}
        assert len(asked) > 100
        assert asked - known == set()

    def test_every_message_is_used(self) -> None:
        asked = {key for text in self.sources() for key in self.asked(text)}
        elsewhere = (*self.KEYS_IN_PARTS, "match.", "form.")  # test_matching.py and test_form.py look after those
        unused = {key for key in self.keys() - asked if not key.startswith(elsewhere)} - self.PUT_TOGETHER
        assert unused == set()

    def test_every_beginning_of_keys_is_used(self) -> None:
        everything = "\n".join(self.sources())
        for beginning in self.KEYS_IN_PARTS:
            assert re.search(rf"""t\(f?["']{re.escape(beginning)}(["'{{])""", everything), beginning

    def test_put_together_keys_exist_for_every_status_state_and_kind(self) -> None:
        known = self.keys()
        kinds = (Kind.YES, Kind.NO, Kind.NOT_APPLICABLE)
        assert {f"status.{status}" for status in Status} <= known
        assert {f"state.{state}" for state in State} <= known
        assert {f"mark.{kind}" for kind in kinds} | {f"legend.{kind}" for kind in kinds} <= known

    def test_messages_have_the_placeholders_that_are_filled(self) -> None:
        for text in self.sources():
            for key, arguments in re.findall(
                r"""\bt\(\s*["']([a-z_.]+)["'],\s*([^()]*(?:\([^()]*\)[^()]*)*)\)""", text
            ):
                given = set(re.findall(r"\b(\w+)=", arguments))
                if "**" not in arguments:
                    assert set(re.findall(r"\{(\w+)\}", words().words[key])) == given, key

    def keys(self) -> set[str]:
        return set(words().words)

    def sources(self) -> Iterator[str]:
        for path in (*self.TEMPLATES, *sorted((ROOT / "catalog").rglob("*.py"))):
            yield path.read_text(encoding="utf-8")

    def asked(self, text: str) -> Iterator[str]:
        yield from re.findall(r"""\b(?:t|other|messages|self\.t)\(\s*["']([a-z_]+(?:\.[a-z_]+)+)["']\s*[,)]""", text)
        yield from re.findall(r"""\bt\(["'][a-z_.]+["'] if [^)]*? else ["']([a-z_.]+)["'][,)]""", text)
        yield from re.findall(r"""\bt\(["']([a-z_.]+)["'] if """, text)
        yield from re.findall(r"""\bwords\(["']([a-z_.]+)["']\)""", text)


def test_the_rows_of_invented_disclosures_stand_in_every_status(invented: Case) -> None:
    found = Counter((row.slot.field.level, row.answer.status) for sheet in invented.shown for row in sheet.rows)
    assert set(found) == {(level, status) for level in Level for status in Status}
    assert {sheet.state for sheet in invented.catalog.sheets} == set(State)
    assert any(isinstance(row, Row) and row.overridden for sheet in invented.shown for row in sheet.rows)


def test_today_decides_the_state_only(variety: Case) -> None:
    later = rendered(read(VARIETY, TODAY.replace(year=2028, month=12)))
    assert later.problems() == []
    assert later.page("providers/aoi-cloud/compute/").one("p", "sheet__state").text == "期限切れ"


def test_prose_of_another_language_stands_in_where_there_is_none(variety: Case) -> None:
    prose = next(one for one in variety.catalog.prose if one.slug == "about")
    catalog = replace(variety.catalog, prose=(replace(prose, language="en", title="About"),))
    site = rendered(catalog, wanted=lambda path: path.startswith("about"))
    assert site.page("about/").one("article")["lang"] == "en"


def test_the_parser_of_messages_and_the_file_agree() -> None:
    report = Report()
    file = source.read(ROOT / "theme", ROOT / "theme" / "i18n" / "ja.yaml", ROOT / "theme", report)
    assert ParseCache(None, "").parse(file, report) is not None
    assert report.diagnostics == []
