"""`/match/` in a real browser: requirements are put together, judged, kept, printed; what is missing is asked for."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from kinds import PROFILE, installed
from playwright.sync_api import Browser, Page, Request
from pypdf import PdfReader
from site_checker import Site
from sites import ROOT, VARIETY, Watched, chromium, read, rendered, served, watched
from test_access import axe
from test_print import plain

pytestmark = pytest.mark.browser

WIDTHS = (360, 1280)
READY = "地方公共団体向けの最低限"


@dataclass(frozen=True)
class Desk:
    """A browser, and the sites below the addresses where it finds them."""

    browser: Browser
    real: Site
    addresses: dict[str, str]

    def tab(self, width: int = 1280, site: str = "real", **options: Any) -> Any:
        options = {"viewport": {"width": width, "height": 900}, "accept_downloads": True, **options}
        return watched(self.browser, self.addresses[site], **options)


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with ExitStack() as stack:
        sites = {"real": rendered(read(ROOT)), "variety": rendered(read(VARIETY))}
        addresses = {name: stack.enter_context(served(site)) for name, site in sites.items()}
        yield Desk(stack.enter_context(chromium()), sites["real"], addresses)


@pytest.fixture(params=[pytest.param(360, marks=pytest.mark.all_pages), 1280])
def tab(desk: Desk, request: pytest.FixtureRequest) -> Iterator[Watched]:
    with desk.tab(request.param) as found:
        yield found
        assert found.said == []


def open_desk(tab: Watched, fragment: str = "") -> Page:
    page = tab.go(f"match/{fragment}")
    page.locator(".match-table" if fragment else ".match-found button").first.wait_for()
    return page


def begin_with(page: Page, title: str) -> None:
    page.locator(".match-ready__list li", has_text=title).locator("a.match-ready__edit").click()
    page.locator(".match-table").wait_for()


TABLE = """() => [...document.querySelectorAll(".match-table tr[data-service]")].map((row) => [
  row.dataset.service,
  [...row.cells].slice(1).map((cell) => [cell.dataset.verdict, cell.innerText.replace(/\\s+/g, " ").trim()]),
])"""


def table(page: Page) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every service with the verdicts and words of its cells, in the order shown."""
    return [(path, [(verdict, text) for verdict, text in cells]) for path, cells in page.evaluate(TABLE)]


def verdicts(page: Page) -> list[tuple[str, list[str]]]:
    return [(path, [verdict for verdict, _ in cells]) for path, cells in table(page)]


def fragment_of(page: Page) -> str:
    return page.url.partition("#")[2]


# --- the result ------------------------------------------------------------------------------------------------------

ASKED = [
    ("data_location", "must", lambda row: in_japan(row)),
    ("location", "must", lambda row: in_japan(row)),
    ("certifications", "must", lambda row: says_yes(row)),
    ("sla", "must", lambda row: says_yes(row)),
    ("alive_monitoring", "must", lambda row: says_yes(row)),
    ("uptime_target", "should", lambda row: number(row, lambda found: found >= 99.9)),
    ("vulnerability_assessment", "should", lambda row: says_yes(row)),
    ("data_backup_site", "should", lambda row: in_japan(row)),
    ("usage_log", "should", lambda row: number(row, lambda found: found >= 365.25 * 86400)),
    ("deletion_certificate", "should", lambda row: says_yes(row)),
    ("base_isolation", "should", lambda row: says_yes(row)),
    ("minimum_contract_term", "should", lambda row: number(row, lambda found: found <= 365.25 * 86400, none="ask")),
]
"""The ready-made profile, put down once more by hand."""


def in_japan(row: Any) -> str:
    if row["kind"] == "no":
        return "unmet"
    keys = ((row["compare"] or {}).get("key") or "").split()
    if not keys or keys == ["yes"]:
        return "ask"
    inside = sum(key == "JP" or key.startswith("JP-") for key in keys)
    return "met" if inside == len(keys) else "partly" if inside else "unmet"


def says_yes(row: Any) -> str:
    return {"yes": "met", "no": "unmet"}.get(row["kind"], "ask")


def number(row: Any, enough: Any, none: str = "unmet") -> str:
    if row["kind"] == "no":
        return none
    found = (row["compare"] or {}).get("number")
    return "ask" if found is None else "met" if enough(found) else "unmet"


def verdict_of(service: Any, field: str, judged: Any) -> str:
    found = []
    for row in service["answers"]:
        if row["field"] != field:
            continue
        if row["status"] in ("withheld", "on_request", "unanswered"):
            found.append("undisclosed")
        elif row["kind"] == "not_applicable":
            found.append("unmet")
        else:
            one = judged(row)
            found.append("partly" if row["status"] == "partial" and one == "met" else one)
    if not found:
        return "unmet" if service["no_data_center"] else "undisclosed"
    if set(found) == {"met"}:
        return "met"
    if {"met", "partly"} & set(found):
        return "partly"
    return next(one for one in ("unmet", "undisclosed", "ask") if one in found)


def expected(site: Site) -> dict[str, list[str]]:
    """From the services' own files, which the page does not read."""
    services = [one for one in site.json("api/v1/catalog.json")["services"] if one["state"] != "withdrawn"]
    paths = [f"{one['provider']}/{one['service']}" for one in services]
    files = {path: site.json(f"api/v1/services/{path}.json") for path in paths}
    return {path: [verdict_of(one, field, judged) for field, _, judged in ASKED] for path, one in files.items()}


def test_the_result_is_what_the_services_files_say(desk: Desk, tab: Watched) -> None:
    page = open_desk(tab)
    begin_with(page, READY)
    wanted = expected(desk.real)
    found = verdicts(page)
    assert dict(found) == wanted
    assert len({verdict for cells in wanted.values() for verdict in cells}) == 5
    samples = [one["sample"] for path, _ in found for one in services_of(desk.real, path)]
    assert samples == sorted(samples)
    musts = [-sum(c == "met" for c, one in zip(cells, ASKED, strict=True) if one[1] == "must") for _, cells in found]
    real = samples.count(False)
    assert musts[:real] == sorted(musts[:real])
    assert musts[real:] == sorted(musts[real:])
    assert page.locator(".match-table__group").inner_text().startswith("架空の見本")
    full = sum(musts[place] == -5 for place in range(real))
    counted = page.locator(".match-summary").inner_text()
    assert f"{real}件のサービスのうち、必須5件すべてに適合するのは{full}件" in counted
    assert f"見本が{len(found) - real}件" in counted


def services_of(site: Site, path: str) -> list[Any]:
    return [
        one for one in site.json("api/v1/catalog.json")["services"] if f"{one['provider']}/{one['service']}" == path
    ]


def test_a_verdict_leads_to_its_row(desk: Desk, tab: Watched) -> None:
    page = open_desk(tab, PROFILE.removeprefix("match/"))
    links = page.evaluate("() => [...document.querySelectorAll('.match-table a')].map((one) => one.href)")
    assert len(links) > 20
    for link in links:
        path, _, anchor = link.removeprefix(desk.addresses["real"]).partition("#")
        assert not anchor or anchor in desk.real.page(path).ids, link


def test_only_the_files_of_the_chosen_fields_are_asked_for(desk: Desk) -> None:
    with desk.tab() as tab:
        asked: list[Request] = []
        tab.page.on("request", lambda request: asked.append(request))
        open_desk(tab, PROFILE.removeprefix("match/"))
        files = sorted(one.url.partition("/api/v1/")[2] for one in asked if "/api/v1/" in one.url)
        folder = "answers/iot-iaas-paas"
        fields = [f"{folder}/{name}.json" for name in ("certifications", "location", "ups")]
        assert files == [*fields, "catalog.json", "guidelines/iot-iaas-paas.json"]
        assert not any("at_least" in one.url.partition("#")[0] or one.post_data for one in asked)


def test_ready_made_results_need_no_script(desk: Desk, tab: Watched) -> None:
    page = open_desk(tab)
    begin_with(page, READY)
    by_script = table(page)
    conditions = page.locator(".match-table thead").inner_text()
    with desk.tab(java_script_enabled=False) as without:
        plain_page = without.go("match/")
        assert not plain_page.locator("a.match-ready__edit").first.is_visible()
        plain_page.get_by_role("link", name=f"結果を見る {READY}").click()
        assert plain_page.url.endswith("/match/local-government/")
        assert plain_page.locator("tr[data-service]").count() == len(by_script)
    again = tab.go("match/local-government/")
    assert table(again) == by_script
    assert again.locator(".match-table thead").inner_text() == conditions
    again.get_by_role("link", name="これをもとに組み立てる").click()
    again.locator(".match-requirement").first.wait_for()
    again.locator(".match-table").wait_for()
    assert table(again) == by_script


# --- keeping and handing on ------------------------------------------------------------------------------------------


def test_the_address_opens_the_same_in_a_fresh_window(desk: Desk, tab: Watched) -> None:
    page = open_desk(tab)
    begin_with(page, READY)
    page.get_by_label("値", exact=True).first.fill("99.99")
    page.get_by_label("値", exact=True).first.press("Tab")
    page.wait_for_function("location.hash.includes('99.99')")
    page.locator("th", has_text="99.99%以上").wait_for()
    shown, address = table(page), page.url
    with desk.tab() as fresh:
        other = fresh.go(address.removeprefix(fresh.address))
        other.locator(".match-table").wait_for()
        assert table(other) == shown
        assert fresh.said == []


def test_back_and_forward_walk_through_what_was_changed(tab: Watched) -> None:
    page = open_desk(tab)
    begin_with(page, "国内データ保管")
    before = fragment_of(page)
    page.get_by_role("button", name="「データの所在」を外す").click()
    page.wait_for_function("document.querySelectorAll('.match-requirement').length === 4")
    after = fragment_of(page)
    assert after != before
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.match-requirement').length === 5")
    assert fragment_of(page) == before
    page.go_back()
    page.wait_for_function("document.querySelectorAll('.match-requirement').length === 0")
    page.go_forward()
    page.wait_for_function("document.querySelectorAll('.match-requirement').length === 5")


def test_the_name_of_a_place_on_the_page_changes_no_requirement(tab: Watched) -> None:
    page = open_desk(tab, PROFILE.removeprefix("match/"))
    before = fragment_of(page)
    page.get_by_role("link", name="結果へ").click()
    page.wait_for_function("location.hash.startsWith('#g=')")
    assert fragment_of(page) == before
    assert page.locator(".match-requirement").count() == 3


def test_a_saved_file_gives_the_same_result(desk: Desk, tab: Watched, tmp_path: Path) -> None:
    page = open_desk(tab)
    begin_with(page, READY)
    shown, address = table(page), fragment_of(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="ファイルに保存").click()
    assert waiting.value.suggested_filename == "requirements.json"
    path = tmp_path / "requirements.json"
    waiting.value.save_as(path)
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept["title"] == READY
    assert [one["field"] for one in kept["requirements"]] == [field for field, _, _ in ASKED]
    with desk.tab() as fresh:
        other = open_desk(fresh)
        other.locator("input[type=file]").set_input_files(path)
        other.locator(".match-table").wait_for()
        assert table(other) == shown
        assert fragment_of(other) == address
        assert fresh.said == []


WHITE_ON_WHITE = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const { color, printColorAdjust } = getComputedStyle(one);
  return color === "rgb(255, 255, 255)" && printColorAdjust !== "exact" && one.checkVisibility();
}).map((one) => one.className)"""
"""What stands white on a colour that browsers leave out on paper, unless they are told not to."""


def test_it_prints_as_an_annex(desk: Desk) -> None:
    with desk.tab() as tab:
        page = open_desk(tab)
        begin_with(page, READY)
        page.emulate_media(media="print")
        assert page.evaluate(WHITE_ON_WHITE) == []
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    texts = [plain(one.extract_text()) for one in printed.pages]
    assert all(float(one.mediabox.width) > float(one.mediabox.height) for one in printed.pages)
    whole = "".join(texts)
    assert plain("99.9%以上") in texts[0]
    assert "ファイルに" not in whole
    with_rows = [text for text in texts if "サービス" in text and "/5" in text]
    assert len(with_rows) > 1
    assert all(plain("12か月") in text or plain("99.9%") in text for text in with_rows)
    days = set(re.findall(r"20\d\d-\d\d-\d\d", whole))
    known = json.dumps(desk.real.json("api/v1/catalog.json"))
    assert days
    assert all(day in known for day in days)


def test_more_than_paper_bears_becomes_several_tables(desk: Desk) -> None:
    slots = read(ROOT).newest[0].slots[:30]
    fragment = "#g=iot-iaas-paas&" + "&".join(f"must={slot.field.id}:answered" for slot in slots)
    with desk.tab() as tab:
        page = open_desk(tab, fragment)
        assert page.locator(".match-table:visible").count() == 1
        page.emulate_media(media="print")
        shown = page.locator(".match-table:visible")
        heads = [shown.nth(place).locator("thead th .match-number").all_inner_texts() for place in range(shown.count())]
        assert [len(head) for head in heads] == [12, 12, 6]
        assert [number for head in heads for number in head] == [slot.item.number for slot in slots]
        sums = {shown.nth(place).locator(".match-sum").first.inner_text() for place in range(shown.count())}
        assert len(sums) == 1


# --- putting together ------------------------------------------------------------------------------------------------


def test_a_draft_does_not_count_until_it_says_something(tab: Watched) -> None:
    page = open_desk(tab)
    page.get_by_label("項目を絞り込む").fill("無停電")
    page.locator(".match-add", has_text="112").click()
    value = page.get_by_label("値", exact=True)
    assert fragment_of(page) == ""
    assert page.locator(".match-requirement--draft").count() == 1
    value.fill("十分")
    value.press("Tab")
    assert fragment_of(page) == ""
    page.get_by_label("単位").select_option("minute")
    value.fill("１０")
    value.press("Tab")
    page.locator(".match-table").wait_for()
    assert fragment_of(page) == "g=iot-iaas-paas&must=ups:at_least:10:minute"
    assert page.locator(".match-requirement--draft").count() == 0
    page.get_by_label("条件").select_option("yes")
    page.wait_for_function("location.hash.endsWith('must=ups:yes')")
    page.get_by_label("重み").select_option("should")
    page.wait_for_function("location.hash.endsWith('should=ups:yes')")


def test_places_and_choices_have_their_controls(tab: Watched) -> None:
    page = open_desk(tab)
    page.locator(".match-add", has_text="110").click()
    page.get_by_label("場所を加える").select_option("US")
    page.wait_for_function("location.hash.endsWith('location:in:JP,US')")
    page.get_by_role("button", name="日本を外す").click()
    page.wait_for_function("location.hash.endsWith('location:in:US')")
    page.locator("details.match-picker summary").click()
    if not page.locator(".match-add").first.is_visible():
        page.locator("details.match-picker summary").click()
    page.locator(".match-add", has_text="サービスの基本タイプ").click()
    boxes = page.get_by_role("group", name="次のどれか").get_by_role("checkbox")
    boxes.nth(1).check()
    page.wait_for_function("location.hash.endsWith('must=service_type:in:iot')")
    boxes.nth(0).check()
    page.wait_for_function("location.hash.endsWith('must=service_type:in:system-platform,iot')")


def test_one_item_bears_several_conditions_of_a_kind(desk: Desk) -> None:
    """Two certificates, say: both are asked for, and the link opens both again."""
    asked = "must=certifications:contains:9001&must=certifications:contains:SOC%202"
    with desk.tab() as tab:
        page = open_desk(tab, "#g=iot-iaas-paas&must=certifications:contains:9001")
        page.locator("details.match-picker summary").click()
        page.get_by_label("項目を絞り込む").fill("認証取得")
        page.locator(".match-add", has_text="63").first.click()
        assert page.locator(".match-requirement--draft").count() == 1
        page.get_by_label("語", exact=True).last.fill("SOC 2")
        page.get_by_label("語", exact=True).last.press("Tab")
        page.wait_for_function(f"location.hash.endsWith({asked!r})")
        page.locator(".match-table th", has_text="SOC 2").wait_for()
        shown = table(page)
        page.reload()
        page.locator(".match-table").wait_for()
        assert table(page) == shown
        assert page.locator(".match-problems").inner_text() == ""


def test_the_keyboard_alone_is_enough(tab: Watched) -> None:
    page = open_desk(tab)
    link = page.locator("a.match-ready__edit").first
    press_until(page, "Tab", link)
    page.keyboard.press("Enter")
    page.locator(".match-table").wait_for()
    summary = page.locator("details.match-picker summary")
    press_until(page, "Tab", summary)
    if not page.locator(".match-add").first.is_visible():
        page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("稼働率の目標値")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("99.9")
    page.keyboard.press("Tab")
    page.wait_for_function("location.hash.endsWith('must=uptime_target:at_least:99.9')")
    page.locator("th", has_text="99.9%以上").wait_for()
    region = page.locator(".match-region")
    press_until(page, "Tab", region)
    letter = page.locator(".match-row-tools .match-button").first
    press_until(page, "Tab", letter)
    page.keyboard.press("Enter")
    page.locator(".match-letter").wait_for()
    assert "への確認の依頼文" in page.evaluate("document.activeElement.textContent")
    close = page.get_by_role("button", name="閉じる")
    press_until(page, "Tab", close)
    page.keyboard.press("Enter")
    assert letter.evaluate("(one) => one === document.activeElement")


def press_until(page: Page, key: str, wanted: Any, most: int = 200) -> None:
    for _ in range(most):
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
        page.keyboard.press(key)
    pytest.fail("the keyboard never gets there")


def test_the_best_are_one_click_from_side_by_side(tab: Watched) -> None:
    page = open_desk(tab)
    begin_with(page, READY)
    best = [path for path, _ in table(page)][:6]
    link = page.get_by_role("link", name="上位6件を並べて比べる")
    assert link.get_attribute("href").endswith(f"/compare/?s={','.join(best)}")


# --- the letter ------------------------------------------------------------------------------------------------------


def test_a_letter_asks_for_what_is_missing_and_goes_to_a_disclosed_address(desk: Desk) -> None:
    site = rendered(read(VARIETY))
    guideline = site.json("api/v1/guidelines/cloud.json")
    service = site.json("api/v1/services/aoi-cloud/compute.json")
    missing = [row["field"] for row in service["answers"] if row["status"] in ("unanswered", "withheld", "on_request")]
    given = [row["field"] for row in service["answers"] if row["status"] == "disclosed" and row["kind"] == "value"]
    asked = "&".join(f"must={field}:answered" for field in dict.fromkeys([*missing[:3], *given[:2]]))
    with desk.tab(site="variety") as tab:
        page = open_desk(tab, f"#g=cloud&{asked}")
        row = page.locator('tr[data-service="aoi-cloud/compute"]')
        row.get_by_role("button", name="確認の依頼文").click()
        page.locator(".match-letter").wait_for()
        items = {field["id"]: item for item, field in fields_of(guideline)}
        if missing:
            text = page.locator(".match-letter textarea").input_value()
            for field in dict.fromkeys(missing[:3]):
                assert f"項目{items[field]['number']} " in text
            for field in given[:2]:
                assert f"項目{items[field]['number']} " not in text or items[field]["number"] in str(missing)
            href = page.get_by_role("link", name="メールの下書きを開く").get_attribute("href")
            assert href.startswith("mailto:support@aoi.example.com?subject=")
            assert service["service_name"] in unquote(href)
            assert "送信されません" in page.locator(".match-letter").inner_text()
        assert tab.said == []


def fields_of(guideline: Any) -> list[tuple[Any, Any]]:
    groups = [group for section in guideline["sections"] for group in section["groups"]]
    return [(item, field) for group in groups for item in group["items"] for field in item["fields"]]


def test_nobody_is_written_to_for_a_sample(tab: Watched) -> None:
    page = open_desk(tab, PROFILE.removeprefix("match/"))
    row = page.locator('tr[data-service="kakuu-iot/field-platform"]')
    row.get_by_role("button", name="確認の依頼文").click()
    box = page.locator(".match-letter")
    box.wait_for()
    assert page.get_by_role("link", name="メールの下書きを開く").count() == 0


# --- what strangers wrote --------------------------------------------------------------------------------------------

HOSTILE = [
    "#g=iot-iaas-paas&t=<img src=x onerror=alert(1)>&must=ups:yes",
    "#g=iot-iaas-paas&t=%3Cscript%3Ealert(1)%3C/script%3E&must=ups:yes&must=%3Cb%3E:yes&must=__proto__:yes",
    "#g=iot-iaas-paas&must=ups:yes&must=ups:at_least:1e999:minute&must=location:in:%22%3E%3Csvg%20onload=alert(1)%3E",
    "#g=iot-iaas-paas&must=ups:yes&%E0%A4%A=%&&&=&must&x=y",
    "#g=iot-iaas-paas&must=ups:yes&must=certifications:contains:%3Cimg%20src=x%20onerror=alert(1)%3E",
]


@pytest.mark.parametrize("fragment", HOSTILE)
def test_a_hostile_address_is_text_at_most(desk: Desk, fragment: str) -> None:
    with desk.tab() as tab:
        page = open_desk(tab, fragment)
        assert page.locator("article.match :is(script, img)").count() == 0
        assert page.locator(".match-requirement", has_text="無停電電源").count() == 1
        assert tab.said == []


def test_requirements_of_another_guideline_are_refused_by_name(desk: Desk) -> None:
    with desk.tab() as tab:
        page = tab.go("match/#g=elsewhere&must=ups:yes")
        page.locator(".match-problems p").wait_for()
        assert "「elsewhere」" in page.locator(".match-problems").inner_text()
        assert page.locator(".match-requirement").count() == 0


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "JSONとして読めません"),
        ("not json", "JSONとして読めません"),
        ("[1, 2]", "要件のファイルではありません"),
        ('{"guideline": "iot-iaas-paas"}', "要件のファイルではありません"),
        ('{"guideline": "<b>x</b>", "requirements": []}', "「<b>x</b>」"),
        (" " * 300_000, "大きすぎます"),
    ],
)
def test_a_hostile_file_is_refused_with_a_word(desk: Desk, text: str, word: str, tmp_path: Path) -> None:
    path = tmp_path / "hostile.json"
    path.write_text(text, encoding="utf-8")
    with desk.tab() as tab:
        page = open_desk(tab, PROFILE.removeprefix("match/"))
        page.locator("input[type=file]").set_input_files(path)
        page.locator(".match-problems p").wait_for()
        assert word in page.locator(".match-problems").inner_text()
        assert page.locator(".match-requirement").count() == 3
        assert tab.said == []


def test_single_requirements_that_do_not_fit_are_left_out_by_name(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "mixed.json"
    requirements = [
        {"field": "ups", "level": "must", "is": "yes"},
        {"field": "<script>alert(1)</script>", "level": "must", "is": "yes"},
        {"field": "ups", "level": "must", "in": ["JP"]},
        {"field": "ups", "level": "must", "is": "yes"},
    ]
    kept = {"title": {"ja": "<i>題</i>"}, "guideline": "iot-iaas-paas", "requirements": requirements}
    path.write_text(json.dumps(kept), encoding="utf-8")
    with desk.tab() as tab:
        page = open_desk(tab)
        page.locator("input[type=file]").set_input_files(path)
        page.locator(".match-table").wait_for()
        told = page.locator(".match-problems").inner_text()
        assert "<script>alert(1)</script>: この指針にない項目です" in told
        assert "使えない条件" in told
        assert "2回あります" in told
        assert page.get_by_label("この要件の名前").input_value() == "<i>題</i>"
        assert tab.said == []


def test_a_failing_network_is_told_and_can_be_tried_again(desk: Desk) -> None:
    with desk.tab() as tab:
        tab.page.route("**/answers/**", lambda route: route.abort())
        page = tab.go(PROFILE)
        retry = page.get_by_role("button", name="もう一度試す")
        retry.wait_for()
        tab.page.unroute("**/answers/**")
        retry.click()
        page.locator(".match-table").wait_for()


# --- everyone --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "language"),
    [
        pytest.param(width, language, marks=[] if (width == WIDTHS[0]) == (language == "") else pytest.mark.all_pages)
        for width in WIDTHS
        for language in ("", "en/")
    ],
)
def test_axe_finds_nothing_in_any_state(desk: Desk, width: int, language: str) -> None:
    with desk.tab(width, bypass_csp=True) as tab:
        page = tab.go(f"{language}match/")
        page.locator(".match-found button").first.wait_for()
        page.add_script_tag(path=installed("axe-core/axe.min.js"))
        assert axe(page) == [], "empty"
        page.locator(".match-add").first.click()
        page.locator("details.match-picker summary").click()
        assert axe(page) == [], "a first requirement"
        page.locator("a.match-ready__edit").nth(1).click()
        page.locator(".match-table").wait_for()
        page.locator(".match-row-tools .match-button").first.click()
        page.locator(".match-letter").wait_for()
        assert axe(page) == [], "with a letter"
        bad = {"name": "x.json", "mimeType": "application/json", "buffer": b"?"}
        page.locator("input[type=file]").set_input_files(bad)
        page.locator(".match-problems p").wait_for()
        assert axe(page) == [], "with a problem"
