"""Pages are light and stand still: what a browser loads for the sheet of the complete sample, and how it is painted."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from kinds import COMPLETE
from playwright.sync_api import Browser
from site_checker import Site
from sites import served, watched

pytestmark = pytest.mark.browser

LIMIT = 60_000
"""Bytes of HTML, CSS and JavaScript, packed as a host sends them, before search is used."""

PATHS = ["", "en/", "g/iot-iaas-paas/items/112/", "statistics/", COMPLETE, f"en/{COMPLETE}"]


@pytest.fixture(scope="module")
def address(real_site: Site) -> Iterator[str]:
    with served(real_site) as found:
        yield found


def loaded(browser: Browser, address: str, path: str) -> set[str]:
    """The files that a browser asks for to show a page."""
    with watched(browser, address) as tab:
        urls: list[str] = []
        tab.page.on("request", lambda request: urls.append(request.url))
        tab.go(path)
        tab.page.wait_for_load_state("networkidle")
        assert tab.said == []
        files = {url.removeprefix(address) for url in urls}
    return {f"{file}index.html" if file.endswith("/") or not file else file for file in files}


@pytest.mark.parametrize("language", ["", "en/"])
def test_the_complete_sheet_is_light(browser: Browser, address: str, real_site: Site, language: str) -> None:
    files = loaded(browser, address, language + COMPLETE)
    code = [path for path in files if path.endswith((".html", ".css", ".js"))]
    sizes = {path: len(gzip.compress(real_site.files[path], 6)) for path in code}
    assert {path.rpartition(".")[2] for path in sizes} == {"html", "css", "js"}
    assert sum(sizes.values()) <= LIMIT, sizes
    assert not any("search" in path or "pagefind" in path for path in files)


@pytest.mark.parametrize("path", PATHS)
def test_only_the_stylesheet_holds_up_the_first_paint(browser: Browser, address: str, path: str) -> None:
    with watched(browser, address) as tab:
        page = tab.go(path)
        blocking = page.evaluate(
            "() => performance.getEntriesByType('resource')"
            ".filter((one) => one.renderBlockingStatus === 'blocking').map((one) => one.name)"
        )
        assert [url.rpartition(".")[2] for url in blocking] == ["css"]
        kinds = page.locator("script[src]").evaluate_all("(all) => all.map((one) => one.type)")
        assert set(kinds) == {"module"}


SHIFTS = """() => new Promise((tell) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({type: "layout-shift", buffered: true});
  const afterTwoFrames = (then) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(then)));
  document.fonts.ready.then(() => afterTwoFrames(() => tell(sum)));
})"""


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.all_pages)])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_moves_while_a_page_loads(browser: Browser, address: str, path: str, width: int) -> None:
    with watched(browser, address, viewport={"width": width, "height": 800}) as tab:
        page = tab.go(path)
        page.wait_for_load_state("networkidle")
        assert page.evaluate(SHIFTS) == 0
