"""Everyone can use the pages: axe, small screens, wide spacing, the keyboard alone, forced colours, reduced motion."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from kinds import LANGUAGES, NOT_FOUND, Kind, every_page, installed, sites, wide_words
from playwright.sync_api import Browser, Page, Route
from site_checker import Site
from sites import chromium, served

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Sites:
    """The served sites, and a browser to look at them."""

    browser: Browser
    addresses: dict[str, str]

    @contextmanager
    def tab(self, width: int, **options: Any) -> Iterator[Page]:
        options = {"reduced_motion": "reduce", "viewport": {"width": width, "height": 800}, **options}
        context = self.browser.new_context(**options)
        yield context.new_page()
        context.close()

    def go(self, page: Page, kind: Kind, language: str, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        if "#" in kind.address:
            page.goto("about:blank")  # another fragment alone would load nothing
        found = page.goto(self.addresses[kind.site] + kind.at(language))
        assert found
        assert found.status == (404 if kind == NOT_FOUND else 200)
        page.locator(kind.wait).first.wait_for()


@pytest.fixture(scope="module")
def look(real_site: Site) -> Iterator[Sites]:
    with ExitStack() as stack:
        addresses = {name: stack.enter_context(served(site)) for name, site in sites(real_site).items()}
        yield Sites(stack.enter_context(chromium()), addresses)


@pytest.fixture(scope="module")
def open_page(look: Sites) -> Iterator[Page]:
    """One tab for all that only look, into which scripts and styles of ours may be put."""
    with look.tab(360, bypass_csp=True) as page:
        yield page


# --- axe -------------------------------------------------------------------------------------------------------------

AXE = """async (tags) => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)}`));
}"""


def axe(page: Page) -> list[str]:
    """What axe-core finds against the rules of WCAG 2.0 to 2.2, A and AA, and its own best practices."""
    return page.evaluate(AXE, RULES)


@every_page
def test_axe_finds_nothing(
    look: Sites, open_page: Page, kind: Kind, language: str, pytestconfig: pytest.Config
) -> None:
    """Every width in every language in `make test-all`; else a phone's in Japanese and a desk's in English."""
    one = (360,) if language == LANGUAGES[0] else (1280,)
    for width in (360, 1280) if pytestconfig.getoption("--all-pages") else one:
        look.go(open_page, kind, language, width)
        open_page.add_script_tag(path=installed("axe-core/axe.min.js"))
        assert axe(open_page) == [], width


@pytest.mark.all_pages
@pytest.mark.parametrize("share", range(16))
@pytest.mark.parametrize("site", ["real", "variety"])
def test_axe_finds_nothing_on_any_page(look: Sites, open_page: Page, real_site: Site, site: str, share: int) -> None:
    pages = {path: page for path, page in sites(real_site)[site].pages.items() if not page.is_redirect}
    found: list[str] = []
    for path in sorted(pages)[share::16]:
        for width in (360, 1280):
            open_page.set_viewport_size({"width": width, "height": 800})
            open_page.goto(look.addresses[site] + path)
            open_page.add_script_tag(path=installed("axe-core/axe.min.js"))
            found += [f"{path} at {width}: {problem}" for problem in axe(open_page)]
    assert found == []


# --- small screens, wide spacing, targets ----------------------------------------------------------------------------

SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

SMALL_TARGETS = """() => {
  const isText = (one) => {  // a link within a sentence
    if (getComputedStyle(one).display !== "inline") return false;
    let block = one.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    const others = [...block.querySelectorAll("a, button, input")].map((other) => other.textContent.trim().length);
    return block.textContent.trim().length > others.reduce((sum, length) => sum + length, 0);
  };
  return [...document.querySelectorAll("a[href], button, summary, select, input")].filter((one) => {
    if (!one.checkVisibility() || one.closest(".skip-link") || isText(one)) return false;
    const boxes = [...(one.closest("label") ?? one).getClientRects()];
    return Math.min(...boxes.map((box) => box.height)) < 24 || Math.max(...boxes.map((box) => box.width)) < 24;
  }).map((one) => one.outerHTML.slice(0, 200));
}"""

CLIPPED = """() => [...document.querySelectorAll("body *")].filter((one) => {
  if (!one.checkVisibility() || one.closest(".visually-hidden, svg")) return false;
  const {overflowX, overflowY, display} = getComputedStyle(one);
  const wide = one.scrollWidth > one.clientWidth + 1, high = one.scrollHeight > one.clientHeight + 1;
  const cuts = (overflow) => overflow === "hidden" || overflow === "clip";
  return (wide && (cuts(overflowX) || display === "table-cell")) || (high && cuts(overflowY));
}).map((one) => one.outerHTML.slice(0, 200))"""

UNREACHABLE = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const {overflowX, overflowY} = getComputedStyle(one);
  const hides = (overflow, rest) => (overflow === "auto" || overflow === "scroll") && rest > 1;
  const wide = hides(overflowX, one.scrollWidth - one.clientWidth);
  const high = hides(overflowY, one.scrollHeight - one.clientHeight);
  return (wide || high) && one.tabIndex < 0 && ![...one.querySelectorAll("*")].some((inner) => inner.tabIndex >= 0);
}).map((one) => one.outerHTML.slice(0, 200))"""

WIDE_SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
"""What WCAG 1.4.12 wants a page to stand."""


@wide_words
def test_a_page_fits_its_screen(
    look: Sites, open_page: Page, kind: Kind, language: str, pytestconfig: pytest.Config
) -> None:
    """Nothing scrolls sideways but tables, nothing is cut off, targets are large enough, and so with wide spacing."""
    for width in (320, 768, 1280) if pytestconfig.getoption("--all-pages") else (320,):
        look.go(open_page, kind, language, width)
        assert open_page.evaluate(SIDEWAYS) <= 0, width
        assert open_page.evaluate(CLIPPED) == [], width
        assert open_page.evaluate(UNREACHABLE) == [], width
        assert open_page.evaluate(SMALL_TARGETS) == [], width
        open_page.add_style_tag(content=WIDE_SPACING)
        assert open_page.evaluate(SIDEWAYS) <= 0, f"{width} with wide spacing"
        assert open_page.evaluate(CLIPPED) == [], f"{width} with wide spacing"


# --- the keyboard alone ----------------------------------------------------------------------------------------------

FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const {outlineStyle, outlineWidth} = getComputedStyle(one);
  const [box] = one.getClientRects();
  const x = box.left + box.width / 2, y = box.top + box.height / 2;
  const there = document.elementFromPoint(x, y);
  return {
    number: [...document.querySelectorAll("*")].indexOf(one),
    html: one.outerHTML.slice(0, 200),
    isMarked: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    isSeen: Boolean(there) && (one.contains(there) || there.contains(one)),
  };
}"""

STOPS = """() => [...document.querySelectorAll("a[href], button, summary, select, input")].filter((one) => {
  if (!one.checkVisibility() || one.disabled) return false;
  if (one.type !== "radio") return true;
  const group = [...document.querySelectorAll(`input[name="${one.name}"]`)];
  return one === (group.find((other) => other.checked) ?? group[0]);  // arrow keys lead to the others
}).map((one) => [...document.querySelectorAll("*")].indexOf(one))"""


def walk(page: Page) -> list[int]:
    """Tab from the top to the end: the stops by their place in the page. Each is seen and marked, none comes twice."""
    stops: list[int] = []
    while True:
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at is None or at["number"] in stops:
            return stops
        assert at["isMarked"], at["html"]
        assert at["isSeen"], at["html"]
        stops.append(at["number"])


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.all_pages)])
@pytest.mark.parametrize(
    ("site", "address"),
    [
        ("real", ""),
        ("variety", "providers/beni-systems/shared/"),
        ("variety", "g/cloud/items/17/"),
        ("real", "statistics/"),
        ("real", "no/such/page/"),
    ],
)
def test_tab_leads_to_everything_in_order_and_out_again(look: Sites, site: str, address: str, width: int) -> None:
    with look.tab(width) as page:
        page.goto(look.addresses[site] + address)
        assert walk(page) == page.evaluate(STOPS)


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until something that a selector names has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => Boolean(document.activeElement?.matches(selector))", selector):
            return
    pytest.fail(f"{most} × Tab do not lead to {selector}")


def test_the_skip_link_comes_first_and_skips(look: Sites) -> None:
    with look.tab(1280) as page:
        page.goto(look.addresses["real"] + "method/")
        page.keyboard.press("Tab")
        skip = page.locator(".skip-link")
        box = skip.bounding_box()
        assert skip.evaluate("(link) => link === document.activeElement")
        assert box
        assert box["y"] >= 0
        page.keyboard.press("Enter")
        page.wait_for_url("**/method/#main")
        page.keyboard.press("Tab")
        assert page.evaluate("() => Boolean(document.activeElement.closest('main'))")


def test_searching_with_the_keyboard_alone(look: Sites) -> None:
    with look.tab(1280) as page:
        page.goto(look.addresses["real"])
        page.keyboard.press("/")
        page.keyboard.type("免震")
        page.locator(".search__hit").first.wait_for()
        assert "免震" in (page.locator("[role=status].search__status").text_content() or "")
        tab_to(page, ".search__rows a")
        page.keyboard.press("Enter")
        page.wait_for_url("**/providers/**#*")
        assert "免震" in (page.locator(":target").text_content() or "")


def test_a_focus_counts_that_came_before_the_script(look: Sites) -> None:
    with look.tab(1280) as page:
        waiting: list[Route] = []
        page.route("**/search.js", lambda route: waiting.append(route))
        with page.expect_request("**/search.js"):
            page.goto(look.addresses["real"], wait_until="commit")
        page.locator("[data-search] input[type=search]").focus()
        with page.expect_request("**/labels.json"):
            waiting[0].continue_()


def test_a_search_from_another_page(look: Sites) -> None:
    with look.tab(1280) as page:
        page.goto(look.addresses["real"] + "method/")
        tab_to(page, "input[type=search]")
        page.keyboard.type("ISMS")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?q=ISMS*")
        page.locator(".search__hit").first.wait_for()


def test_reading_a_sheet_with_the_keyboard_alone(look: Sites) -> None:
    with look.tab(1280) as page:
        page.goto(look.addresses["variety"] + "providers/beni-systems/shared/")
        rows = page.locator(".row:visible")
        everything = rows.count()

        tab_to(page, "details.figures__rows summary")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url("**/shared/#*")
        assert page.locator(":target").is_visible()

        page.reload()
        tab_to(page, ".row-filter input")
        page.keyboard.press("ArrowRight")
        assert page.locator(".row-filter input:checked").get_attribute("value") == "required"
        assert 0 < rows.count() < everything
        page.keyboard.press("ArrowLeft")
        assert rows.count() == everything

        tab_to(page, ".row a.row__number")
        link = page.evaluate("() => document.activeElement.getAttribute('href')")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/shared/{link}")


# --- colours and motion as the reader's system wants them ------------------------------------------------------------

FAINT = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = numbers(colour).slice(0, 3).map((c) => linear(c / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = light(getComputedStyle(document.body).backgroundColor);
  const contrast = (colour) => {
    const [low, high] = [light(colour), ground].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const checks = {".mark": "stroke", ".meter__fill": "fill", ".meter__bar svg": "outlineColor", ".bar rect": "fill",
    ".level": "borderTopColor", "input[type=search]": "borderTopColor", ".sheet-section > h2": "borderLeftColor"};
  return Object.entries(checks).flatMap(([selector, property]) =>
    [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).flatMap((one) => {
      const colour = getComputedStyle(one)[property];
      return numbers(colour)[3] === 0 || contrast(colour) < 3 ? [`${selector} ${property} ${colour}`] : [];
    }));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("site", "address"),
    [("variety", "providers/beni-systems/shared/"), ("crowded", "statistics/"), ("real", "")],
)
def test_marks_and_meters_are_seen_in_forced_colours(look: Sites, site: str, address: str, scheme: str) -> None:
    with look.tab(1280, forced_colors="active", color_scheme=scheme) as page:
        page.goto(look.addresses[site] + address)
        ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(0, 0, 0)"}[scheme]
        assert page.evaluate(FAINT) == []


MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
  const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(one);
  return parseFloat(transitionDuration) > 0 || animationName !== "none" || scrollBehavior === "smooth";
}).map((one) => one.localName)"""


def test_nothing_moves_for_those_who_want_it_still(look: Sites) -> None:
    for motion in ("reduce", "no-preference"):
        with look.tab(1280, reduced_motion=motion) as page:
            page.goto(look.addresses["real"] + "providers/kakuu-systems/managed-cloud/")
            assert (page.evaluate(MOVING) == []) == (motion == "reduce")
