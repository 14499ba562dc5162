"""Side by side: what a buyer does with services to compare, in Chromium on a phone and on a desk, also by keyboard."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import test_hostile
from kinds import installed
from playwright.sync_api import Browser, Page, Route
from pypdf import PdfReader
from site_checker import Site
from sites import ROOT, VARIETY, Watched, read, rendered, served, watched, words
from test_access import axe, tab_to

from catalog import comparing
from catalog.model import Catalog, Level, Sheet, State

pytestmark = pytest.mark.browser

WIDTHS = pytest.mark.parametrize("width", [360, 1280])
CLOUD = "kakuu-cloud/iot-platform"
THREE = (CLOUD, "kakuu-systems/managed-cloud", "kakuu-cloud/base")
VARIOUS = ("aoi-cloud/compute", "beni-systems/shared", "cha-works/press")

TABLE = """() => [...document.querySelector(".compare").rows].map((row) => ({
  kind: row.className, field: row.dataset.field ?? null,
  cells: [...row.cells].map((cell) => ({text: cell.innerText, lang: cell.lang}))}))"""
HELD = """() => {
  const one = document.activeElement, [box] = one.getClientRects();
  const there = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return Boolean(there) && (one.contains(there) || there.contains(one));
}"""
DRAWN = "section.compare-region[aria-busy=false] .compare"
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def real() -> Catalog:
    return read(ROOT)


@pytest.fixture(scope="module")
def real_pages(real: Catalog) -> Site:
    """Without an index; whoever tabs through the search box asks for its labels."""
    return Site(rendered(real).files | {"pagefind/labels.json": b"{}"})


@pytest.fixture(scope="module")
def real_address(real_pages: Site) -> Iterator[str]:
    with served(real_pages) as address:
        yield address


@pytest.fixture(scope="module")
def variety() -> Catalog:
    catalog = read(VARIETY)
    return replace(catalog, settings=replace(catalog.settings, languages=("ja", "en")))


@pytest.fixture(scope="module")
def variety_pages(variety: Catalog) -> Site:
    return rendered(variety)


@pytest.fixture(scope="module")
def variety_address(variety_pages: Site) -> Iterator[str]:
    with served(variety_pages) as address:
        yield address


def comparison(*paths: str, **more: str) -> str:
    return "compare/?" + "&".join([f"s={','.join(paths)}", *(f"{name}={value}" for name, value in more.items())])


def opened(tab: Watched, address: str) -> Page:
    page = tab.go(address)
    drawn(page)
    return page


def drawn(page: Page) -> None:
    """All of the table is there."""
    page.locator(DRAWN).wait_for()


@contextmanager
def tab_of(browser: Browser, address: str, **options: Any) -> Iterator[Watched]:
    with watched(browser, address, **options) as tab:
        tab.page.set_default_timeout(8000)
        yield tab


def until(page: Page, part: str) -> None:
    """The address has come to hold a part."""
    page.wait_for_url(lambda url: part in url)


def screen(width: int, **more: Any) -> dict[str, Any]:
    return {"viewport": {"width": width, "height": 800}, **more}


def table(page: Page) -> list[dict[str, Any]]:
    page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    return page.evaluate(TABLE)


def fields(page: Page) -> list[str]:
    return [row["field"] for row in table(page) if row["field"]]


def squeezed(text: str) -> str:
    """Without white space and the colons that a style puts behind labels."""
    return re.sub(r"[\s::]", "", text)


def services(page: Page) -> list[str]:
    return [one.split("providers/")[1].strip("/") for one in page.locator(".compare__name").evaluate_all(HREFS)]


HREFS = "(all) => all.map((one) => one.href)"


def sheets(catalog: Catalog, *paths: str) -> list[Sheet]:
    by_path = {sheet.path: sheet for sheet in catalog.sheets}
    return [by_path[path] for path in paths]


def fields_that_differ(catalog: Catalog, *paths: str, level: Level | None = None, section: str = "") -> list[str]:
    """Worked out from the catalog, in the guideline's order."""
    chosen = sheets(catalog, *paths)
    found = []
    for slot in chosen[0].guideline.slots:
        columns = [[row.answer for row in sheet.rows if row.slot.field.id == slot.field.id] for sheet in chosen]
        wanted = level in (None, slot.field.level) and section in ("", slot.section.id)
        if wanted and comparing.differ(columns):
            found.append(slot.field.id)
    return found


# --- the whole way ---------------------------------------------------------------------------------------------------


@WIDTHS
def test_from_the_list_to_a_link_that_opens_the_same_table(
    browser: Browser, real_address: str, real: Catalog, width: int
) -> None:
    may = ["clipboard-read", "clipboard-write"]
    with tab_of(browser, real_address, **screen(width), permissions=may, accept_downloads=True) as tab:
        page = tab.go("")
        for path in THREE:
            page.locator(f'[data-compare-add="{path}"]').locator("visible=true").click()
        assert page.locator("[data-tray-part=count]").text_content() == "比較 3件"
        page.get_by_role("link", name="比較する").click()
        drawn(page)
        everything = len(fields(page))
        page.get_by_label("違いのある行だけ").check()
        until(page, "diff=1")
        assert fields(page) == fields_that_differ(real, *THREE)
        assert len(fields(page)) < everything
        assert services(page) == list(THREE if width > 800 else THREE[:2])
        page.get_by_role("button", name="リンクをコピー").click()
        page.get_by_text("コピーしました。").wait_for()
        link = page.evaluate("() => navigator.clipboard.readText()")
        assert link == page.url
        with page.expect_download() as download:
            page.get_by_role("button", name="CSV").click()
        data = Path(download.value.path()).read_bytes()
        shown = table(page)
        assert tab.said == []
    with tab_of(browser, real_address, **screen(width)) as fresh:
        again = opened(fresh, link.removeprefix(real_address))
        assert table(again) == shown
        assert fresh.said == []
    assert_csv_is_the_table(data, shown)


def assert_csv_is_the_table(data: bytes, shown: list[dict[str, Any]]) -> None:
    assert data.startswith(b"\xef\xbb\xbf")
    names, providers, dates, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    head, more, *body = shown
    assert names[:5] == ["大項目", "中項目", "番号", "項目", "区分"]
    for place, cell in enumerate(head["cells"][1:], 5):
        first, second = squeezed(cell["text"]), squeezed(more["cells"][place - 4]["text"])
        assert first.startswith(squeezed(names[place]))
        assert second.startswith(squeezed(providers[place]))
        for part in re.split(r"\s", dates[place]):
            assert squeezed(part) in first + second
    section = group = ""
    expected = []
    for row in body:
        first, *cells = [squeezed(cell["text"]) for cell in row["cells"]]
        if "compare__section" in row["kind"]:
            section = re.sub(r"^[▸▾]|\d+行$", "", first)
        elif "compare__group" in row["kind"]:
            group = first
        elif row["field"]:
            expected.append([section, group, first, *cells])
    found = [
        [squeezed(one[0]), squeezed(one[1]), squeezed(one[2] + one[4] + one[3]), *(squeezed(c) for c in one[5:])]
        for one in rows
    ]
    assert found == [[guarded(cell) for cell in row] for row in expected]
    assert len(found) > 50


def guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


def test_the_same_with_the_keyboard_alone(browser: Browser, real_address: str, real: Catalog) -> None:
    may = ["clipboard-read", "clipboard-write"]
    with tab_of(browser, real_address, **screen(1280), permissions=may, accept_downloads=True) as tab:
        page = tab.go("")
        for path in sorted(THREE[1:], key=lambda path: path.startswith("kakuu")):
            tab_to(page, f'[data-compare-add="{path}"]')
            page.keyboard.press("Enter")
            assert page.evaluate(HELD)
        tab_to(page, ".tray__picked summary")
        page.keyboard.press("Enter")
        tab_to(page, ".tray__remove")
        tab_to(page, ".tray__go")
        page.keyboard.press("Enter")
        drawn(page)
        tab_to(page, "summary")
        page.keyboard.press("Enter")
        tab_to(page, "[data-part=find]")
        page.keyboard.type("架空IoTプラ")
        page.wait_for_function("() => document.querySelector('[data-part=choice]').length === 1")
        page.keyboard.press("Enter")
        until(page, f"{CLOUD}")
        page.locator(".compare--3").wait_for()
        assert "3件" in (page.locator("[data-part=status]").text_content() or "")
        tab_to(page, "input[name=diff]")
        page.keyboard.press("Space")
        until(page, "diff=1")
        assert page.evaluate("() => document.activeElement.name") == "diff"
        assert fields(page) == fields_that_differ(real, *services(page))
        tab_to(page, "select[name=base]")
        page.keyboard.press("ArrowDown")
        until(page, "base=")
        tab_to(page, "[data-act=right]")
        before = services(page)
        page.keyboard.press("Enter")
        page.wait_for_function(
            "(first) => !document.querySelector('.compare__name').href.includes(first)", arg=before[0]
        )
        assert services(page) == [before[1], before[0], before[2]]
        assert page.evaluate("() => document.activeElement.dataset.act") == "right"
        tab_to(page, "[data-do=copyLink]", most=400)
        page.keyboard.press("Enter")
        page.get_by_text("コピーしました。").wait_for()
        link = page.evaluate("() => navigator.clipboard.readText()")
        tab_to(page, "[data-do=saveCsv]")
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        shown = table(page)
        assert_csv_is_the_table(Path(download.value.path()).read_bytes(), shown)
        assert tab.said == []
    with tab_of(browser, real_address, **screen(1280)) as fresh:
        assert table(opened(fresh, link.removeprefix(real_address))) == shown


def test_focus_is_never_below_the_tray(browser: Browser, real_address: str) -> None:
    for width in (360, 1280):
        with tab_of(browser, real_address, **screen(width)) as tab:
            page = tab.go("g/iot-iaas-paas/items/112/")
            page.locator("[data-compare-add]").first.click()
            page.evaluate("() => { document.body.tabIndex = -1; document.body.focus(); scrollTo(0, 0); }")
            for _ in range(60):
                page.keyboard.press("Tab")
                if page.evaluate("() => document.activeElement === document.body"):
                    break
                assert page.evaluate(HELD), page.evaluate("() => document.activeElement.outerHTML")


# --- picking ---------------------------------------------------------------------------------------------------------


def test_a_seventh_is_refused_with_a_word(browser: Browser, real_address: str) -> None:
    with tab_of(browser, real_address, **screen(1280)) as tab:
        page = tab.go("")
        buttons = page.locator("[data-compare-add]").locator("visible=true")
        for place in range(7):
            buttons.nth(place).click()
        name = buttons.nth(6).get_attribute("data-name")
        status = page.locator("[data-tray-part=status]")
        assert status.text_content() == words()("tray.full", name=name)
        assert page.locator("[data-compare-add][aria-pressed=true]").locator("visible=true").count() == 6
        page.reload()
        assert page.locator("[data-tray-part=count]").text_content() == "比較 6件"
        buttons.nth(0).click()
        buttons.nth(6).click()
        assert buttons.nth(6).get_attribute("aria-pressed") == "true"
        page.locator(".tray__picked summary").click()
        page.locator(".tray__remove").nth(2).click()
        assert page.evaluate("() => document.activeElement.className") == "tray__remove"
        page.get_by_role("button", name="すべて外す").click()
        assert not page.locator(".tray__bar").is_visible()
        assert page.locator("[data-compare-add][aria-pressed=true]").count() == 0


def test_the_tray_follows_to_every_page_that_offers_services(browser: Browser, real_address: str) -> None:
    with tab_of(browser, real_address, **screen(1280)) as tab:
        page = tab.go("")
        page.locator(f'[data-compare-add="{CLOUD}"]').locator("visible=true").click()
        places = ("", "providers/kakuu-cloud/", f"providers/{CLOUD}/", "g/iot-iaas-paas/items/112/")
        for address in (*places, "g/iot-iaas-paas/compare/finance/2/", "en/", f"en/providers/{CLOUD}/"):
            tab.go(address)
            picked = page.locator(f'[data-compare-add="{CLOUD}"]').locator("visible=true")
            assert picked.count() >= 1, address
            assert picked.first.get_attribute("aria-pressed") == "true", address
            assert page.locator(".tray__go").get_attribute("href", timeout=1000).endswith(f"compare/?s={CLOUD}")
        for address in ("statistics/", "g/iot-iaas-paas/", "about/"):
            tab.go(address)
            assert page.locator(".tray__bar").is_visible()
        assert tab.said == []


def test_one_of_another_guideline_is_refused_with_a_word(browser: Browser, variety_address: str) -> None:
    with tab_of(browser, variety_address, **screen(1280)) as tab:
        page = tab.go("")
        page.locator('[data-compare-add="aoi-cloud/compute"]').locator("visible=true").click()
        other = page.locator('[data-guideline="record"]').locator("visible=true").first
        other.click()
        assert other.get_attribute("aria-pressed") == "false"
        expected = words()("tray.guideline", name=other.get_attribute("data-name"))
        assert page.locator("[data-tray-part=status]").text_content() == expected


def test_a_browser_that_keeps_nothing_still_picks(browser: Browser, real_address: str) -> None:
    with tab_of(browser, real_address, **screen(1280)) as tab:
        tab.page.add_init_script(
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
        )
        page = tab.go("")
        for path in THREE[:2]:
            page.locator(f'[data-compare-add="{path}"]').locator("visible=true").click()
        page.locator(".tray__go").click()
        drawn(page)
        assert services(page) == list(THREE[:2])
        assert tab.said == []


# --- the address -----------------------------------------------------------------------------------------------------


def test_former_unknown_withdrawn_and_other_ids_are_named(browser: Browser, variety_address: str) -> None:
    with tab_of(browser, variety_address, **screen(1280)) as tab:
        asked = ("older-aoi/vm", "no-such/service", "ebi-link/net", "aoi-cloud/archive", "beni-systems/shared", "<b>")
        page = opened(tab, comparison(*asked, base="older-aoi/vm"))
        assert services(page) == ["aoi-cloud/compute", "beni-systems/shared"]
        notice = page.locator("[data-part=notice]").inner_text()
        t = words()
        assert t("compare.dropped_unknown", id="no-such/service") in notice
        assert t("compare.dropped_unknown", id="<b>") in notice
        assert t("compare.dropped_withdrawn", name="海老ネット") in notice
        assert "aoi-cloud/archive" not in notice
        assert "別の指針への回答のため" in notice
        assert t("compare.renamed", old="older-aoi/vm", new="aoi-cloud/compute") in notice
        assert page.url.endswith("?s=aoi-cloud/compute,beni-systems/shared&base=aoi-cloud/compute")
        page.reload()
        drawn(page)
        assert not page.locator("[data-part=notice]").is_visible()
        page = opened(tab, comparison("aoi-cloud/compute", "beni-systems/shared", base="old/base", section="moved"))
        notice = page.locator("[data-part=notice]").inner_text()
        assert t("compare.dropped_base", id="old/base") in notice
        assert t("compare.dropped_section", id="moved") in notice
        assert t("compare.dropped") not in notice
        assert page.url.endswith("?s=aoi-cloud/compute,beni-systems/shared")
        assert [one for one in tab.said if "404" not in one] == []


@pytest.mark.parametrize(
    "query",
    [
        "?s=%3Cscript%3Ewindow.__pwned=1%3C/script%3E",
        "?s=javascript:1/x&base=%22%3E&section=%3Cb%3E&fold=%00&show=..",
        "?s=" + "a" * 20_000,
        "?s=../../etc/passwd,..%2F..%2Fx",
        "?diff=1&required=1",
        "?s=constructor/prototype",
    ],
)
def test_nonsense_in_the_address_is_harmless(browser: Browser, real_address: str, query: str) -> None:
    with tab_of(browser, real_address, **screen(360)) as tab:
        page = tab.go("compare/" + query)
        page.locator("[data-part=empty]").wait_for()
        page.wait_for_load_state("networkidle")
        assert page.locator("[data-part=empty]").is_visible()
        assert page.evaluate("() => window.__pwned") is None
        assert page.evaluate(SIDEWAYS) <= 0
        assert [one for one in tab.said if "404" not in one] == []


def test_the_back_button_goes_back(browser: Browser, real_address: str) -> None:
    with tab_of(browser, real_address, **screen(1280)) as tab:
        page = opened(tab, comparison(*THREE))
        everything = len(fields(page))
        page.get_by_label("必須だけ").check()
        until(page, "required=1")
        fewer = len(fields(page))
        assert fewer < everything
        page.locator("select[name=section]").select_option("finance")
        until(page, "section=finance")
        assert 0 < len(fields(page)) < fewer
        page.locator("[data-act=remove]").nth(1).click()
        page.locator(".compare--2").wait_for()
        page.go_back()
        page.locator(".compare--3").wait_for()
        page.go_back()
        until(page, "required=1")
        page.wait_for_function("(count) => document.querySelectorAll('.compare__row').length === count", arg=fewer)
        assert page.locator("select[name=section]").input_value() == ""
        page.go_back()
        page.wait_for_function("(count) => document.querySelectorAll('.compare__row').length === count", arg=everything)
        assert not page.get_by_label("必須だけ").is_checked()
        page.go_forward()
        page.wait_for_function("(count) => document.querySelectorAll('.compare__row').length === count", arg=fewer)


# --- what is shown ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ja", pytest.param("en", marks=pytest.mark.all_pages)])
def test_the_script_shows_what_the_pages_without_scripts_show(
    browser: Browser, real_pages: Site, real_address: str, language: str
) -> None:
    """Six services, cell by cell; Markdown in an answer is shown as it was typed."""
    prefix = "" if language == "ja" else "en/"
    with tab_of(browser, real_address, **screen(1280)) as tab:
        for number in ("", "2/"):
            static: dict[str, list[dict[str, Any]]] = {}
            paths: list[str] = []
            for section in read(ROOT).newest[0].sections:
                page = tab.go(f"{prefix}g/iot-iaas-paas/compare/{section.id}/{number}")
                paths = services(page)
                static |= {row["field"]: row["cells"] for row in table(page) if row["field"]}
            page = opened(tab, prefix + comparison(*paths))
            shown = {row["field"]: row["cells"] for row in table(page) if row["field"]}
            assert list(shown) == list(static)
            differing = [
                (field, one["text"], other["text"])
                for field in static
                for one, other in zip(static[field], shown[field], strict=True)
                if squeezed(one["text"]) != squeezed(other["text"])
            ]
            assert differing == [], "\n".join(map(str, differing))
        assert tab.said == []


def test_on_english_pages_names_are_english_and_answers_in_japanese_marked(
    browser: Browser, real_address: str, real: Catalog
) -> None:
    with tab_of(browser, real_address, **screen(1280)) as tab:
        page = opened(tab, "en/" + comparison(*THREE))
        unmarked = page.evaluate(
            """() => {
              const walker = document.createTreeWalker(document.querySelector(".compare"), NodeFilter.SHOW_TEXT);
              const found = [];
              while (walker.nextNode()) {
                const {data, parentElement} = walker.currentNode;
                if (/[ぁ-ヺ一-龠]/.test(data) && parentElement.closest("[lang]").lang !== "ja") found.push(data);
              }
              return found;
            }"""
        )
        assert unmarked == []
        named = [sheet.disclosure for sheet in sheets(real, *THREE)]
        shown = page.locator(".compare__provider").all_text_contents()
        assert shown == [one.name_en or one.name for one in named]
        page.locator(".compare-add-box summary").click()
        page.locator("[data-part=choice] option:nth-child(2)").wait_for(state="attached")
        offered = page.locator("[data-part=choice] option").all_text_contents()
        names = [one.disclosure for one in real.sheets if one.path not in THREE]
        assert [one.split(" — ")[1] for one in offered] == [one.name_en or one.name for one in names]


def test_services_with_different_numbers_of_data_centres(
    browser: Browser, variety_address: str, variety: Catalog
) -> None:
    newest = variety.newest[0].id
    shown = [one for one in variety.sheets if one.guideline.id == newest and one.state is not State.WITHDRAWN]
    chosen = list({len(one.data_centers): one for one in shown}.values())
    assert len(chosen) > 1
    with tab_of(browser, variety_address, **screen(1280)) as tab:
        page = opened(tab, comparison(*(sheet.path for sheet in chosen)))
        ups = page.locator('[data-field="ups"] td')
        for place, sheet in enumerate(chosen):
            names = ups.nth(place).locator(".compare__center-name").all_text_contents()
            assert names == [center.name for center in sheet.data_centers]


def test_a_baseline_marks_what_differs_from_it(browser: Browser, real_address: str, real: Catalog) -> None:
    with tab_of(browser, real_address, **screen(1280)) as tab:
        page = opened(tab, comparison(*THREE, base=THREE[1]))
        for place, path in ((1, THREE[0]), (3, THREE[2])):
            marked = page.locator(f".compare__row > :nth-child({place + 1})").evaluate_all(
                "(all) => all.filter((one) => one.querySelector('.compare__differs'))"
                ".map((one) => one.parentElement.dataset.field)"
            )
            assert marked == fields_that_differ(real, THREE[1], path)
        assert page.locator(".compare__row > :nth-child(3) .compare__differs").count() == 0
        page.locator("select[name=base]").select_option("")
        page.wait_for_url(lambda url: "base=" not in url)
        drawn(page)
        assert page.locator(".compare__differs").count() == 0


def test_sections_fold_and_stay_folded_in_the_address(browser: Browser, real_address: str) -> None:
    with tab_of(browser, real_address, **screen(1280)) as tab:
        page = opened(tab, comparison(*THREE))
        everything = len(fields(page))
        fold = page.locator("#section-finance button")
        fold.click()
        assert fold.get_attribute("aria-expanded") == "false"
        assert page.evaluate("() => document.activeElement.getAttribute('aria-expanded')") == "false"
        fewer = len(fields(page))
        assert fewer < everything
        page.reload()
        drawn(page)
        assert len(fields(page)) == fewer
        page.get_by_role("button", name="すべて閉じる").click()
        assert fields(page) == []
        page.get_by_role("button", name="すべて開く").click()
        assert len(fields(page)) == everything


@WIDTHS
def test_the_jump_list_leads_to_sections_and_the_head_stays_in_sight(
    browser: Browser, real_address: str, width: int
) -> None:
    with tab_of(browser, real_address, **screen(width)) as tab:
        page = opened(tab, comparison(*THREE))
        page.locator(".compare-jump summary").click()
        page.locator('.compare-jump a[href="#section-data-center"]').click()
        assert page.evaluate(HELD)
        assert page.evaluate("() => document.activeElement.closest('tbody').id") == "section-data-center"
        tops = page.evaluate(
            "() => ['.compare-region', '.compare__name', '#section-data-center'].map((one) =>"
            " document.querySelector(one).getBoundingClientRect().top)"
        )
        assert 0 <= tops[0] <= tops[1] < tops[2] < 400
        assert page.evaluate(SIDEWAYS) <= 0


def test_a_phone_shows_two_columns_that_one_chooses(browser: Browser, real_address: str) -> None:
    with tab_of(browser, real_address, **screen(360)) as tab:
        page = opened(tab, comparison(*THREE))
        assert services(page) == list(THREE[:2])
        page.locator("select[name=column2]").select_option(THREE[2])
        until(page, "show=")
        assert services(page) == [THREE[0], THREE[2]]
        page.locator("select[name=column1]").select_option(THREE[2])
        page.wait_for_function("(path) => document.querySelector('.compare__name').href.includes(path)", arg=THREE[2])
        assert services(page) == [THREE[2], THREE[0]]
        page.set_viewport_size({"width": 1280, "height": 800})
        page.locator(".compare--3").wait_for()
        assert services(page) == list(THREE)


def test_a_disclosure_expires_in_the_browser_too(browser: Browser, real_address: str, real: Catalog) -> None:
    (sheet,) = sheets(real, CLOUD)
    assert sheet.state is State.VALID
    with tab_of(browser, real_address, **screen(1280)) as tab:
        page = opened(tab, comparison(*THREE[:2]))
        assert page.locator(".compare__state").first.inner_text().endswith(words()("state.valid"))
        page.clock.set_fixed_time("2030-01-01T00:00:00Z")
        page.reload()
        drawn(page)
        states = page.locator(".compare__state").all_inner_texts()
        assert all(words()("state.expired") in state for state in states)


# --- states that are nothing, or not enough --------------------------------------------------------------------------


def test_without_a_script_the_page_leads_to_the_tables(browser: Browser, real_address: str, real: Catalog) -> None:
    with tab_of(browser, real_address, **screen(1280), java_script_enabled=False) as tab:
        page = tab.go(comparison(*THREE))
        assert words()("compare.noscript") in page.locator("main").inner_text()
        assert not page.locator("[data-part=add]").is_visible()
        page.get_by_role("link", name="センターサービス").click()
        shown = set(services(page))
        rows = page.locator(".compare__row")
        everything = rows.count()
        page.get_by_label("違いのある行だけ").check()
        assert 0 < rows.locator("visible=true").count() <= everything
        page.locator(".pager a").first.click()
        assert shown | set(services(page)) == {sheet.path for sheet in real.sheets}
        assert not page.locator("[data-compare-add]").first.is_visible()


def test_one_service_invites_another(browser: Browser, real_address: str) -> None:
    with tab_of(browser, real_address, **screen(1280)) as tab:
        page = opened(tab, comparison(CLOUD, diff="1"))
        assert page.get_by_text(words()("compare.one")).is_visible()
        assert len(fields(page)) > 100
        page.locator(".compare-add-box summary").click()
        page.get_by_label("名前で絞り込む").fill("iij")
        page.get_by_role("button", name="加える", exact=True).click()
        page.locator(".compare--2").wait_for()
        assert not page.get_by_text(words()("compare.one")).is_visible()


def test_no_differences_are_said_to_be_none(browser: Browser, real_address: str, real: Catalog) -> None:
    chosen = (CLOUD, "kakuu-cloud/base")
    assert fields_that_differ(real, *chosen, section="finance") == []
    with tab_of(browser, real_address, **screen(1280)) as tab:
        page = tab.go(comparison(*chosen, diff="1", section="finance"))
        page.get_by_text(words()("compare.no_differences")).wait_for()


def test_a_network_that_fails_is_told_and_tried_again(browser: Browser, real_address: str) -> None:
    with tab_of(browser, real_address, **screen(360)) as tab:
        broken = True

        def answer(route: Route) -> None:
            if broken:
                route.abort()
            else:
                route.continue_()

        tab.page.route("**/api/v1/services/kakuu-systems/**", answer)
        page = tab.go(comparison(*THREE))
        page.get_by_text(words()("compare.failed")).wait_for()
        assert not page.locator(".compare").is_visible()
        broken = False
        page.get_by_role("button", name="もう一度読み込む").click()
        drawn(page)
        assert not page.get_by_text(words()("compare.failed")).is_visible()


def test_columns_are_moved_added_and_removed(browser: Browser, real_address: str) -> None:
    with tab_of(browser, real_address, **screen(1280)) as tab:
        page = opened(tab, comparison(*THREE))
        page.get_by_role("button", name="架空マネージドクラウドを左へ").click()
        until(page, "s=kakuu-systems")
        assert services(page) == [THREE[1], THREE[0], THREE[2]]
        for _ in range(2):
            page.locator("[data-act=remove]").first.click()
            page.wait_for_timeout(100)
        assert services(page) == [THREE[2]]
        assert page.evaluate("() => document.activeElement.dataset.act") == "remove"
        page.locator("[data-act=remove]").click()
        page.locator("[data-part=empty]").wait_for()
        assert page.url.endswith("compare/")
        assert page.evaluate("() => document.activeElement.localName") == "h1"
        for _ in range(6):
            count = page.locator(".compare__name").count()
            page.get_by_role("button", name="加える", exact=True).click()
            page.wait_for_function("(n) => document.querySelectorAll('.compare__name').length > n", arg=count)
        assert page.get_by_text(words()("compare.full")).is_visible()
        page.get_by_text(words()("compare.print_hint")).wait_for()


ADDED = """async (path) => {
  const region = document.querySelector(".compare-region");
  const lines = () => document.querySelectorAll(".compare--3 .compare__row").length;
  region.scrollTop = 2000;
  const drawn = new Promise((done) => new MutationObserver(() => lines() && done()).observe(region, {childList: true}));
  document.querySelector("[data-part=choice]").value = path;
  document.querySelector("[data-do=add]").click();
  await drawn;
  const first = [lines(), region.scrollTop];
  dispatchEvent(new Event("beforeprint"));
  return [...first, lines(), region.scrollTop, document.querySelectorAll(".compare").length];
}"""


def test_a_further_column_shows_in_sight_first_and_everything_where_it_is_needed(
    browser: Browser, real_address: str
) -> None:
    with tab_of(browser, real_address, **screen(1280)) as tab:
        page = opened(tab, comparison(*THREE[:2]))
        everything = len(fields(page))
        page.locator(".compare-add-box summary").click()
        page.locator(f"[data-part=choice] option[value='{THREE[2]}']").wait_for(state="attached")
        first, place, printed, then, tables = page.evaluate(ADDED, THREE[2])
        assert 0 < first < everything == printed
        assert (place, then, tables) == (2000, 2000, 1)
        assert len(fields(page)) == everything
        assert tab.said == []


# --- strangers' texts ------------------------------------------------------------------------------------------------

hostile_site = test_hostile.site


@pytest.mark.all_pages  # the torture's strangers go the same way in every run
def test_hostile_texts_stay_text(browser: Browser, hostile_site: Site) -> None:
    placed = list(test_hostile.placed())
    with served(hostile_site) as address, tab_of(browser, address, **screen(1280)) as tab:
        for start in range(0, len(placed), 6):
            six = dict(placed[start : start + 6])
            page = opened(tab, comparison(*six))
            found = page.locator('[data-field="termination"] td .answer').all_text_contents()
            assert [squeezed(one) for one in found] == [squeezed(one) for one in six.values()]
            found = page.locator('[data-field="contact"] td .answer__detail p').all_text_contents()
            assert "".join(map(squeezed, found)) == "".join(map(squeezed, six.values()))
            kinds = page.locator(".compare *").evaluate_all("(all) => [...new Set(all.map((one) => one.localName))]")
            assert set(kinds) <= OURS
            links = page.locator(".compare a").evaluate_all(
                "(all) => all.map((one) => [one.protocol, one.rel, one.host])"
            )
            assert {protocol for protocol, _, _ in links} <= {"http:", "https:"}
            own = address.split("/")[2]
            assert {rel for _, rel, host in links if host != own} <= {"nofollow ugc noopener"}
            assert page.evaluate("() => window.__pwned") is None
            assert tab.said == []


OURS = {"caption", "thead", "tbody", "tfoot", "tr", "th", "td", "a", "span", "p", "div", "svg", "circle", "path"}
OURS |= {"time", "button", "ul", "li", "dl", "dt", "dd", "br", "table"}


def test_a_tray_shows_hostile_names_as_text(browser: Browser, hostile_site: Site) -> None:
    with served(hostile_site) as address, tab_of(browser, address, **screen(1280)) as tab:
        page = tab.go("")
        buttons = page.locator("[data-compare-add]").locator("visible=true")
        names = [buttons.nth(place).get_attribute("data-name") or "" for place in range(6)]
        for place in range(6):
            buttons.nth(place).click()
        assert page.locator(".tray__name").all_text_contents() == names
        assert page.evaluate("() => window.__pwned") is None
        assert tab.said == []


def test_cells_that_look_like_formulas_are_none_in_what_is_taken_along(browser: Browser, hostile_site: Site) -> None:
    path = next(path for path, payload in test_hostile.placed() if payload.startswith("=cmd"))
    with served(hostile_site) as address, tab_of(browser, address, **screen(1280)) as tab:
        page = opened(tab, comparison(path))
        with page.expect_download() as download:
            page.get_by_role("button", name="CSV").click()
        rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"), newline="")))
        cells = [cell for row in rows for cell in row]
        assert any(cell.startswith("'=cmd") for cell in cells)
        assert [cell for cell in cells if re.match(r"[=+\-@\t\r]", cell)] == []


def test_what_cannot_be_copied_is_shown_to_be_copied_by_hand(browser: Browser, real_address: str) -> None:
    with tab_of(browser, real_address, **screen(360)) as tab:
        tab.page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
        page = opened(tab, comparison(*THREE, section="finance"))
        page.get_by_role("button", name="Markdown").click()
        page.get_by_text(words()("compare.copy_by_hand")).wait_for()
        text = page.get_by_label(words()("compare.by_hand")).input_value()
        assert text.startswith("| 大項目 | 中項目 | 番号 | 項目 | 区分 | 架空IoTプラットフォーム |")
        assert text.count("\n") == len(fields(page)) + 4
        assert "架空の見本 まもなく期限 開示日 2024-12-15" in text
        assert "理由: " in text
        assert re.search(r"出典: [a-z.]+ \d{4}-\d{2}-\d{2}時点", text)
        page.get_by_role("button", name="TSV").click()
        page.wait_for_function("() => document.querySelector('textarea').value.includes('\\t')")


# --- access, paper ---------------------------------------------------------------------------------------------------

STATES = {
    "table": comparison(*THREE, base=THREE[1]),
    "differences": comparison(*THREE, diff="1", required="1"),
    "one": comparison(CLOUD),
    "six": comparison(*THREE, "kddi/kcps", "soracom/soracom", "kakuu-cloud/base", diff="1"),
    "dropped": comparison(CLOUD, "no-such/service"),
    "folded": comparison(*THREE, fold="finance,company"),
}


@pytest.mark.parametrize(
    ("language", "state"),
    [
        *(pytest.param("ja", state, marks=pytest.mark.all_pages) for state in STATES),
        ("en", "table"),
    ],
)
def test_axe_finds_nothing_in_any_state(browser: Browser, real_address: str, state: str, language: str) -> None:
    for width in (360, 1280):
        with tab_of(browser, real_address, **screen(width), bypass_csp=True) as tab:
            page = opened(tab, ("" if language == "ja" else "en/") + STATES[state])
            page.locator(".compare-add-box summary").click()
            page.add_script_tag(path=installed("axe-core/axe.min.js"))
            assert axe(page) == [], width
            assert page.evaluate(SIDEWAYS) <= 0, width


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_the_tray(browser: Browser, real_address: str, width: int) -> None:
    with tab_of(browser, real_address, **screen(width), bypass_csp=True) as tab:
        page = tab.go("")
        buttons = page.locator("[data-compare-add]").locator("visible=true")
        for place in range(7):
            buttons.nth(place).click()
        page.locator(".tray__picked summary").click()
        page.add_script_tag(path=installed("axe-core/axe.min.js"))
        assert axe(page) == []
        assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize(
    ("paper", "size"), [("A4", (297, 210)), pytest.param("A3", (420, 297), marks=pytest.mark.all_pages)]
)
def test_on_paper_the_head_and_the_address_are_on_every_page(
    browser: Browser, real_address: str, paper: str, size: tuple[int, int]
) -> None:
    with tab_of(browser, real_address, **screen(1280)) as tab:
        page = opened(tab, comparison(THREE[0], "iij/iij-iot", base=THREE[0]))
        pdf = PdfReader(io.BytesIO(page.pdf(format=paper, landscape=True, print_background=True)))
        url = page.url
    point = 25.4 / 72
    texts = []
    for one in pdf.pages:
        assert (round(float(one.mediabox.width) * point), round(float(one.mediabox.height) * point)) == size
        texts.append("".join(unicodedata.normalize("NFKC", one.extract_text()).split()))
    assert 3 <= len(texts) <= 40
    for text in texts:
        assert "163行のうち163行を表示しています。" in text
        assert "2026-04-01有効期限2028-04-01" in text
        assert "2026-11-23" in text
        assert "".join(url.split("/compare/")[1].split()) in text
        for word in ("リンクをコピー", "サービスを加える", "外す", "すべて閉じる"):
            assert word not in text
