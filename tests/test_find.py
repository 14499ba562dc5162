"""Finding services: what the filters count and list is what the answers say, and people can use them."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from kinds import installed
from playwright.sync_api import Browser, Page
from site_checker import Site
from sites import (
    ROOT,
    TODAY,
    VARIETY,
    Inventor,
    Watched,
    read,
    rendered,
    served,
    watched,
    with_disclosures,
    words,
)
from test_access import axe, tab_to

from catalog.diagnostics import in_language
from catalog.exports.find_json import OWN_NAMES, facet_slots, find_json
from catalog.model import Catalog, Facet, Kind, Role, Row, Sheet, State, Status

# --- what the answers say, read from the model -----------------------------------------------------------------------

GAPS = (Status.UNANSWERED, Status.WITHHELD, Status.ON_REQUEST)


@dataclass(frozen=True)
class Entry:
    """A sheet with its rows by field."""

    sheet: Sheet
    rows: Mapping[str, list[Row]]

    @staticmethod
    def of(sheet: Sheet) -> Entry:
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in sheet.rows:
            rows[row.slot.field.id].append(row)
        return Entry(sheet, rows)

    @property
    def path(self) -> str:
        return self.sheet.path

    @property
    def sample(self) -> bool:
        return self.sheet.disclosure.sample


def listed(catalog: Catalog) -> list[Entry]:
    return [Entry.of(sheet) for sheet in catalog.sheets if sheet.state is not State.WITHDRAWN]


def rows_of(entry: Entry, name: str) -> list[Row]:
    return entry.rows[name]


def gap(row: Row, sheet: Entry) -> str:
    """`_unanswered` … where a row discloses nothing, else ""."""
    if row.answer.status not in GAPS:
        return ""
    third = row.answer.status is Status.UNANSWERED and sheet.sheet.disclosure.by_third_party
    return "_not_transcribed" if third else f"_{row.answer.status}"


def keys(row: Row) -> set[str]:
    answer = row.answer
    if answer.status in GAPS:
        return set()
    kind = {str(answer.kind)} if answer.kind in (Kind.YES, Kind.NO) else set()
    return kind | set(answer.compare.key.split() if answer.compare and answer.compare.number is None else ())


def number(row: Row) -> float | None:
    return row.answer.compare.number if row.answer.compare and row.answer.status not in GAPS else None


def says(sheet: Entry, name: str, code: str) -> bool:
    """Whether a sheet counts under an option."""
    rows = rows_of(sheet, name)
    if code == "_answered":
        return not any(gap(row, sheet) for row in rows)
    if code.startswith("_"):
        return any(gap(row, sheet) == code for row in rows)
    if code == "JP-only":
        named = set().union(*map(keys, rows)) - {"yes", "no"}
        return all(keys(row) for row in rows) and bool(named) and all(key.partition("-")[0] == "JP" for key in named)
    return any(key == code or key.startswith(f"{code}-") for row in rows for key in keys(row))


def reaches(sheet: Entry, name: str, bound: float) -> bool:
    """Whether every row has a number within the bound."""
    found = [number(row) for row in rows_of(sheet, name)]
    most = sheet.sheet.guideline.by_field[name].field.facet is Facet.AT_MOST
    return bool(found) and all(one is not None and (one <= bound if most else one >= bound) for one in found)


@dataclass(frozen=True)
class Wish:
    codes: frozenset[str] = frozenset()
    bound: float | None = None

    def met(self, sheet: Entry, name: str) -> bool:
        by_code = any(says(sheet, name, code) for code in self.codes)
        return by_code or (self.bound is not None and reaches(sheet, name, self.bound))


def found_by(sheets: Iterable[Entry], wishes: Mapping[str, Wish]) -> list[str]:
    return [sheet.path for sheet in sheets if all(wish.met(sheet, name) for name, wish in wishes.items())]


# --- counts equal lists, over catalogs that nobody wrote -------------------------------------------------------------

SCRIPT = """
const base = "%s/theme/assets/js/find/";
const { guidelineFacets, servicesOf } = await import(base + "facets.js");
const { byCode, select, within } = await import(base + "selection.js");
let text = "";
for await (const piece of process.stdin) text += piece;
const { found, guideline, cases } = JSON.parse(text);
const services = servicesOf(found, "%s");
const facets = guidelineFacets(found, guideline, services, "ja", String);
const among = services.map((one) => one.guideline === guideline);
console.log(JSON.stringify(cases.map((wishes) => {
  const wanted = new Map();
  for (const [name, { codes, bound }] of Object.entries(wishes)) wanted.set(name, { keys: new Set(codes), bound });
  const { shown, answers } = select(facets, wanted, among);
  return {
    shown: shown.map((rank) => services[rank].path),
    codes: Object.fromEntries(facets.map((one) => [one.name, Object.fromEntries(byCode(one, answers.get(one.name)))])),
    bounds: Object.fromEntries(facets.map((one) => [
      one.name,
      [...new Set(one.numbers)].filter((each) => each !== null)
        .map((each) => [each, within(one, answers.get(one.name), each)]),
    ])),
  };
})));
"""


def node(data: Any) -> Any:
    program = shutil.which("node")
    if program is None:
        pytest.fail("no Node.js: run scripts/setup.sh test")
    command = [program, "--input-type=module", "-e", SCRIPT % (ROOT.as_uri(), TODAY)]
    run = subprocess.run(command, input=json.dumps(data), capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def made_up(seed: int, count: int) -> Catalog:
    catalog = read(ROOT)
    inventor = Inventor.of(catalog, seed)
    return with_disclosures(catalog, [inventor.disclosure(each) for each in range(count)])


def random_wishes(catalog: Catalog, dice: random.Random) -> dict[str, Wish]:
    """One to three facets, each with some of its options, a bound where it has numbers."""
    sheets = listed(catalog)
    wishes = {}
    for slot in dice.sample(facet_slots(catalog.newest[0]), dice.randrange(1, 4)):
        rows = [row for sheet in sheets for row in rows_of(sheet, slot.field.id)]
        codes = sorted({key for row in rows for key in keys(row)} | {"_answered", "_unanswered", "_withheld", "JP"})
        numbers = sorted({found for row in rows if (found := number(row)) is not None})
        bound = (
            dice.choice(numbers) if numbers and slot.field.facet is not Facet.FILTER and dice.random() < 0.7 else None
        )
        wishes[slot.field.id] = Wish(
            frozenset(dice.sample(codes, dice.randrange(0 if bound is not None else 1, 3))), bound
        )
    return wishes


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.all_pages) for seed in (1, 2))])
def test_counts_equal_the_lists_that_choosing_gives(seed: int) -> None:
    catalog = made_up(seed, 25)
    sheets, dice = listed(catalog), random.Random(seed)
    names = [slot.field.id for slot in facet_slots(catalog.newest[0])]
    cases = [{}, *(random_wishes(catalog, dice) for _ in range(12))]
    asked = [
        {name: {"codes": sorted(wish.codes), "bound": wish.bound} for name, wish in wishes.items()} for wishes in cases
    ]
    data = {"found": find_json(catalog), "guideline": catalog.newest[0].id, "cases": asked}
    counted = 0
    for wishes, told in zip(cases, node(data), strict=True):
        assert sorted(told["shown"]) == sorted(found_by(sheets, wishes))
        for name in names:
            others = {one: wish for one, wish in wishes.items() if one != name}
            among = [sheet for sheet in sheets if sheet.path in set(found_by(sheets, others))]
            for code, count in told["codes"][name].items():
                if code not in ("_words", "_not_applicable", "_not_asked"):
                    assert count == sum(says(sheet, name, code) for sheet in among), (name, code)
                    counted += count
            for bound, count in told["bounds"][name]:
                assert count == sum(reaches(sheet, name, bound) for sheet in among), (name, bound)
    assert counted > 1000


def test_nothing_undisclosed_looks_like_an_answer() -> None:
    catalog = made_up(9, 25)
    guideline = find_json(catalog)["guidelines"][0]
    by_id = {facet["field"]: facet for facet in guideline["facets"]}
    for slot in facet_slots(catalog.newest[0]):
        facet = by_id[slot.field.id]
        for sheet, place in zip(listed(catalog), facet["services"], strict=True):
            told, rows = facet["answers"][place], rows_of(sheet, slot.field.id)
            gaps = {gap(row, sheet).removeprefix("_") for row in rows} - {""}
            assert gaps == set(told.get("also", ())) - {"words", "not_applicable", "not_asked"}
            if gaps and len(rows) == 1:
                assert "keys" not in told
            if gaps:
                assert "number" not in told


class TestExport:
    def test_facets_come_from_the_definition(self) -> None:
        for root in (ROOT, VARIETY, ROOT / "tests/roots/second", ROOT / "tests/roots/roleless"):
            catalog = read(root)
            found = find_json(catalog)
            for guideline, told in zip(catalog.newest, found["guidelines"], strict=True):
                wanted = [
                    slot.field.id
                    for slot in guideline.slots
                    if slot.field.facet or slot.field.role in (Role.SERVICE_TYPE, Role.REGION)
                ]
                assert [facet["field"] for facet in told["facets"]] == wanted
                assert not OWN_NAMES & {facet["name"] for facet in told["facets"]}
                assert len({facet["name"] for facet in told["facets"]}) == len(wanted)

    def test_an_older_version_is_not_said_to_withhold_what_it_does_not_ask(self) -> None:
        found = find_json(read(VARIETY))
        told = {
            code for g in found["guidelines"] for f in g["facets"] for a in f["answers"] for code in a.get("also", ())
        }
        assert "not_asked" in told

    def test_every_key_has_its_words(self) -> None:
        found = find_json(read(ROOT))
        for facet in found["guidelines"][0]["facets"]:
            options = {option["key"] for option in facet["options"]}
            assert {key for answer in facet["answers"] for key in answer.get("keys", ())} <= options
            assert all(option["label"]["ja"] and option["label"]["en"] for option in facet["options"])
            assert all(option.get("within") in (None, *options) for option in facet["options"])

    def test_withdrawn_entries_are_not_there(self) -> None:
        catalog = read(VARIETY)
        assert any(sheet.state is State.WITHDRAWN for sheet in catalog.sheets)
        assert len(find_json(catalog)["services"]["service"]) == len(listed(catalog))


# --- in a browser ----------------------------------------------------------------------------------------------------

WIDTHS = (360, 1280)
ROWS = "[data-find-result] :is(.card__name, .services__name)"


@pytest.fixture(scope="module")
def address(real_site: Site) -> Iterator[str]:
    with served(real_site) as found:
        yield found


@pytest.fixture(scope="module")
def sheets() -> list[Entry]:
    return listed(read(ROOT))


@dataclass
class Finder:
    """The home page, as a person looks for services on it."""

    tab: Watched
    page: Page
    width: int = 1280
    names: Mapping[str, str] = field(default_factory=dict)

    def go(self, path: str = "") -> None:
        self.tab.go(path)

    def open(self) -> None:
        if "?" in self.page.url:
            self.rows()  # what the address asks for may open them by itself
        if self.page.locator("[data-find-open][aria-expanded=false]").count():
            self.page.locator("[data-find-open]").click()
        self.page.locator("[data-facet]").first.wait_for()

    def facet(self, name: str) -> Any:
        self.open()
        found = self.page.locator(f"[data-facet={name}]")
        if found.get_attribute("open") is None:
            found.locator("summary").click()
        return found

    def tick(self, name: str, code: str) -> int:
        """Choose an option; its count."""
        option = self.facet(name).locator(f"label:has(input[value='{code}'])")
        count = int(option.locator(".facet__count").inner_text())
        option.click()
        return count

    def rows(self) -> list[str]:
        """The paths of the services shown."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        done = "[data-find-result]:not([hidden]):not([aria-busy])"
        self.page.locator(done).wait_for(state="attached")
        links = self.page.locator(ROWS).evaluate_all("(all) => all.map((one) => one.pathname)")
        return [link.partition("/providers/")[2].rstrip("/") for link in links]

    def status(self) -> str:
        return self.page.locator("[data-find-status]").inner_text()


@contextmanager
def finder(browser: Browser, address: str, width: int, **options: Any) -> Iterator[Finder]:
    with watched(browser, address, viewport={"width": width, "height": 900}, **options) as tab:
        yield Finder(tab, tab.page, width)
        assert tab.said == []


def wanted(sheets: list[Entry], **wishes: Wish) -> set[str]:
    return set(found_by(sheets, wishes))


@pytest.mark.browser
@pytest.mark.parametrize("width", WIDTHS)
class TestFilters:
    def test_services_that_store_data_in_japan_and_have_an_sla(
        self, browser: Browser, address: str, sheets: list[Entry], width: int
    ) -> None:
        with finder(browser, address, width) as find:
            find.go()
            in_japan = wanted(sheets, data_location=Wish(frozenset(("JP",))))
            assert find.tick("data_location", "JP") == len(in_japan)
            assert set(find.rows()) == in_japan
            both = wanted(sheets, data_location=Wish(frozenset(("JP",))), sla=Wish(frozenset(("yes",))))
            assert find.tick("sla", "yes") == len(both) > 0
            assert set(find.rows()) == both
            assert find.page.url.endswith("?sla=yes&data_location=JP")
            shown = words()("find.count", all=len(sheets), shown=len(both), parts="").partition("(")[0]
            assert find.status().startswith(shown)
            assert find.page.locator(".find__chip").count() == 2

    def test_those_that_do_not_disclose_are_told_and_can_be_included(
        self, browser: Browser, address: str, sheets: list[Entry], width: int
    ) -> None:
        with finder(browser, address, width) as find:
            find.go("?sla=yes")
            facet = find.facet("sla")
            missing = {sheet.path for sheet in sheets if not says(sheet, "sla", "_answered")}
            assert words()("find.undisclosed", count=len(missing)) in facet.inner_text()
            assert missing
            before = set(find.rows())
            count = find.tick("sla", "_not_transcribed")
            assert set(find.rows()) == before | wanted(sheets, sla=Wish(frozenset(("_not_transcribed",))))
            assert len(find.rows()) == len(before) + count
            find.go("?sla=_answered")
            assert set(find.rows()) == {sheet.path for sheet in sheets} - missing

    def test_a_bound_is_chosen_in_peoples_words(
        self, browser: Browser, address: str, sheets: list[Entry], width: int
    ) -> None:
        with finder(browser, address, width) as find:
            find.go()
            select = find.facet("ups").locator("select")
            enough = wanted(sheets, ups=Wish(bound=480))
            label = words()("find.at_least", amount=words()("find.unit.min", number="8"))
            select.select_option(label=f"{label}({len(enough)})")
            assert set(find.rows()) == enough
            assert find.page.url.endswith("?ups=8min")

    def test_chips_take_conditions_away(self, browser: Browser, address: str, sheets: list[Entry], width: int) -> None:
        with finder(browser, address, width) as find:
            find.go("?by=sample&sla=yes&data_location=JP")
            find.page.locator(".find__chip").nth(1).click()
            left = wanted(sheets, data_location=Wish(frozenset(("JP",))))
            assert set(find.rows()) == {sheet.path for sheet in sheets if sheet.sample} & left
            assert find.page.evaluate("() => document.activeElement.className") == "find__chip"
            find.page.get_by_role("button", name=words()("find.clear")).click()
            assert len(find.rows()) == len(sheets)
            assert "?" not in find.page.url

    def test_sorting(self, browser: Browser, address: str, sheets: list[Entry], width: int) -> None:
        with finder(browser, address, width) as find:
            find.go("?sla=_answered,_not_transcribed,_unanswered")
            find.page.locator(".find__sort select").first.select_option("uptime_target")
            assert find.page.url.endswith("&sort=-uptime_target")

            def uptime(path: str) -> float:
                (row,) = rows_of(next(one for one in sheets if one.path == path), "uptime_target")
                return number(row) or 0

            samples = {sheet.path for sheet in sheets if sheet.sample}
            for descending in (True, False):
                rows = find.rows()
                assert [path in samples for path in rows] == sorted(path in samples for path in rows)
                values = [uptime(path) for path in rows if path in samples]
                known = [one for one in values if one]
                assert known == sorted(known, reverse=descending)
                assert values == known + [0.0] * (len(values) - len(known))
                find.page.locator(".find__sort select").nth(1).select_option("" if descending else "-")

    def test_a_link_opens_the_same_and_the_back_button_goes_back(
        self, browser: Browser, address: str, width: int
    ) -> None:
        with finder(browser, address, width) as find:
            find.go()
            find.tick("data_location", "JP")
            first, url = find.rows(), find.page.url
            find.tick("sla", "yes")
            second, link = find.rows(), find.page.url
            assert first != second
            find.page.go_back()
            assert find.rows() == first
            assert find.page.url == url
            assert not find.facet("sla").locator("input[value=yes]").is_checked()
            find.page.go_forward()
            assert find.rows() == second
        with finder(browser, address, width) as fresh:
            fresh.go(link.removeprefix(address))
            assert fresh.rows() == second

    def test_what_is_unknown_is_named_and_dropped(self, browser: Browser, address: str, width: int) -> None:
        evil = "<img src=x onerror=alert(1)>"
        with finder(browser, address, width) as find:
            find.go(
                f"?sla=yes,{evil}&{evil}=1&uptime_target=1e999&sort=-{evil}&guideline=__proto__&location=constructor"
            )
            told = find.page.locator(".find__dropped").inner_text()
            assert f"sla: {evil}" in told
            assert "uptime_target: 1e999" in told
            assert "guideline: __proto__" in told
            assert "location: constructor" in told
            assert find.page.locator("main img").count() == 0
            find.go("?sla=yes")
            assert find.page.locator(".find__dropped").count() == 0

    def test_axe_finds_nothing(self, browser: Browser, address: str, width: int, pytestconfig: pytest.Config) -> None:
        """Every address at every width in `make test-all`; else the one with most to show on a phone."""
        filtered = "?sla=yes,_unanswered&ups=8min&foo=bar&sort=date"
        one = filtered if width == WIDTHS[0] else "en/?by=own"
        for path in ("", filtered, "en/?by=own") if pytestconfig.getoption("--all-pages") else (one,):
            with finder(browser, address, width, bypass_csp=True) as find:
                find.go(path)
                find.open()
                for facet in ("ups", "sla", "data_location"):
                    find.facet(facet)
                find.rows()
                find.page.add_script_tag(path=installed("axe-core/axe.min.js"))
                assert axe(find.page) == [], path
                width_of = "() => document.documentElement.scrollWidth"
                assert find.page.evaluate(width_of) <= width


@pytest.mark.browser
class TestWithTheSearch:
    def test_text_and_filters_narrow_the_same_list(self, browser: Browser, address: str, sheets: list[Entry]) -> None:
        with finder(browser, address, 1280) as find:
            find.go("?q=ISMS")
            text = words()("find.query", query="ISMS")
            find.page.get_by_text(text).wait_for()
            with_text = set(find.rows())
            hits = find.page.locator(".search__hit--sheet .search__name a")
            assert {self.path(one) for one in hits.evaluate_all("(all) => all.map((one) => one.href)")} == with_text
            narrower = with_text & wanted(sheets, service_type=Wish(frozenset(("iot",))))
            assert 0 < len(narrower) < len(with_text)
            assert find.tick("service_type", "iot") == len(narrower)
            assert set(find.rows()) == narrower
            assert "?q=ISMS&service_type=iot" in find.page.url
            find.page.wait_for_function(
                f"() => document.querySelectorAll('.search__hit--sheet').length === {len(narrower)}"
            )
            find.page.get_by_role("searchbox").fill("")
            find.page.wait_for_function("() => !location.search.includes('q=')")
            assert set(find.rows()) == wanted(sheets, service_type=Wish(frozenset(("iot",))))

    @staticmethod
    def path(link: str) -> str:
        return link.partition("/providers/")[2].partition("#")[0].rstrip("/")

    def test_names_are_found_by_their_reading(self, browser: Browser, address: str) -> None:
        with finder(browser, address, 1280) as find:
            find.go()
            find.page.get_by_role("searchbox").fill("さくらいんたーねっと")
            find.page.get_by_text(words()("find.query", query="さくらいんたーねっと")).wait_for()
            assert find.rows() == ["sakura-internet/sakura-cloud"]


@pytest.mark.browser
def test_finding_with_the_keyboard_alone(browser: Browser, address: str, sheets: list[Entry]) -> None:
    with finder(browser, address, 1280) as find:
        find.go()
        tab_to(find.page, "[data-find-open]")
        find.page.keyboard.press("Enter")
        find.page.locator("[data-facet]").first.wait_for()
        tab_to(find.page, "[data-facet=service_type] input[value=iot]")
        find.page.keyboard.press("Space")
        found = wanted(sheets, service_type=Wish(frozenset(("iot",))))
        assert set(find.rows()) == found
        assert find.page.evaluate("() => document.activeElement.value") == "iot"
        tab_to(find.page, ".find__chip", 200)
        find.page.keyboard.press("Enter")
        assert len(find.rows()) == len(sheets)
        assert find.page.evaluate("() => document.activeElement.matches('[data-find-open]')")


@pytest.mark.browser
def test_without_a_script_the_list_is_as_it_is(browser: Browser, address: str, sheets: list[Entry]) -> None:
    with finder(browser, address, 1280, java_script_enabled=False) as find:
        find.go("?sla=yes")
        assert not find.page.locator("[data-find-open]").is_visible()
        assert find.page.locator("[data-find-static] .services__name:visible").count() == len(sheets)


@pytest.mark.browser
def test_nothing_is_loaded_before_somebody_uses_the_filters(browser: Browser, address: str) -> None:
    with finder(browser, address, 1280) as find:
        asked: list[str] = []
        find.page.on("request", lambda request: asked.append(request.url))
        find.go()
        find.page.wait_for_load_state("networkidle")
        assert not [url for url in asked if "find.json" in url or "find/find.js" in url]
        find.open()
        assert [url for url in asked if url.endswith("find.json")] == [f"{address}api/v1/find.json"]


@pytest.mark.browser
def test_without_its_data_the_list_stays_and_the_next_try_may_succeed(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport={"width": 1280, "height": 900}) as tab:
        page = tab.go("")
        page.route("**/find.json", lambda route: route.abort())
        page.locator("[data-find-open]").click()
        page.get_by_text(words()("find.error")).wait_for()
        assert page.locator("[data-find-static] .services__name").first.is_visible()
        page.unroute("**/find.json")
        page.locator("[data-find-open]").click()
        page.locator("[data-facet]").first.wait_for()
        assert words()("find.error") not in page.locator("main").inner_text()


@pytest.mark.browser
def test_many_services_come_in_steps_and_hostile_names_stay_text(browser: Browser) -> None:
    evil = "<img src=x onerror=alert(1)>\"'&amp;"
    catalog = made_up(5, 120)
    disclosures = [
        replace(
            one,
            name=f"{one.name}{evil}",
            withdrawn=None,
            services=tuple(replace(service, name=f"{service.name}{evil}") for service in one.services),
        )
        for provider in catalog.providers
        for one in provider.disclosures
    ]
    catalog = with_disclosures(catalog, disclosures)
    total = len(listed(catalog))
    assert total > 150
    site = rendered(catalog, wanted=lambda path: path.startswith(("index.html", "assets/", "api/v1/find.json")))
    with served(site) as address, finder(browser, address, 1280) as find:
        find.go("?sort=name")
        assert len(find.rows()) == 50
        find.page.locator(".find__more").click()
        assert len(find.rows()) == 150
        assert find.page.evaluate("() => document.activeElement.className") == "services__name"
        names = find.page.locator(ROWS).all_inner_texts()
        assert all(name.endswith(evil) for name in names)
        assert find.page.locator("main img").count() == 0
        find.page.locator(".view-switch [value=cards]").check()
        assert len(find.rows()) == 150
        assert find.page.locator("[data-find-result] .card__name").first.inner_text().endswith(evil)


@pytest.mark.browser
def test_the_rows_are_those_of_the_page(browser: Browser, address: str) -> None:
    shown = """(place) => [...document.querySelectorAll(`${place} [data-service]`)].map((row) =>
      [row.dataset.service, row.innerText.replace(/\\s+/g, " "),
       [...row.querySelectorAll("a")].map((one) => one.href)])"""
    cards = """(place) => [...document.querySelectorAll(`${place} .card`)].map((card) =>
      [card.innerText.replace(/\\s+/g, " "), card.querySelector("a").href, card.querySelector("a").lang])"""
    for path in ("", "en/"):
        with finder(browser, address, 1280) as find:
            find.go(path)
            static = find.page.evaluate(shown, "[data-find-static]")
            find.open()
            find.rows()
            made = find.page.evaluate(shown, "[data-find-result]")
            missing = (
                words("en" if path else "ja")("status.not_transcribed"),
                words("en" if path else "ja")("completeness.not_counted"),
            )
            bare = [(name, links) for name, _, links in static]
            assert [(name, [one for one in links if "#completeness" not in one]) for name, _, links in made] == [
                (name, [one for one in links if "#completeness" not in one]) for name, links in bare
            ]
            assert all(
                any(one in text for one in missing) or text == before
                for (_, text, _), (_, before, _) in zip(made, static, strict=True)
            )
            find.page.locator(".view-switch [value=cards]").check()
            find.rows()
            made_cards = find.page.evaluate(cards, "[data-find-result]")
            find.page.evaluate("() => { document.querySelector('[data-find-static]').hidden = false; }")
            assert made_cards == find.page.evaluate(cards, "[data-find-static]")


@pytest.mark.browser
def test_several_guidelines_have_a_choice_of_their_own(browser: Browser, variety_site: Site) -> None:
    catalog = read(VARIETY)
    shown = listed(catalog)
    with served(variety_site) as address, finder(browser, address, 1280) as find:
        find.go()
        find.open()
        select = find.page.locator(".find__guideline select")
        assert find.page.locator("[data-facet]").count() == 3
        for guideline in catalog.newest:
            count = sum(sheet.sheet.guideline.id == guideline.id for sheet in shown)
            title = in_language(guideline.short_title, "ja")
            select.select_option(label=f"{title}({count})")
            assert len(find.rows()) == count
            assert find.page.url.endswith(f"?guideline={guideline.id}")
        find.page.go_back()
        assert select.input_value() == catalog.newest[0].id
