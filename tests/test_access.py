"""Pages can be used by everyone: axe, small screens, wide spacing, the keyboard alone, forced colours, reduced motion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from kinds import LANGUAGES, Kind, every_page, installed, sites
from playwright.sync_api import Browser, Page
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

    def go(self, page: Page, kind: Kind, language: str) -> None:
        page.goto(self.addresses[kind.site] + kind.at(language))
        page.locator(kind.wait).first.wait_for()


@pytest.fixture(scope="module")
def look(real_site: Site) -> Iterator[Sites]:
    with ExitStack() as stack:
        addresses = {name: stack.enter_context(served(site)) for name, site in sites(real_site).items()}
        yield Sites(stack.enter_context(chromium()), addresses)


# --- axe -------------------------------------------------------------------------------------------------------------

AXE = """async (tags) => {
  const found = await axe.run(document, {runOnly: tags, resultTypes: ["violations"]});
  return found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)}`));
}"""


def axe(page: Page) -> list[str]:
    """What axe-core finds against the rules of WCAG 2.0 to 2.2, A and AA, and its own best practices."""
    return page.evaluate(AXE, RULES)


@every_page
def test_axe_finds_nothing(look: Sites, kind: Kind, language: str) -> None:
    with look.tab(360, bypass_csp=True) as page:
        look.go(page, kind, language)
        page.add_script_tag(path=installed("axe-core/axe.min.js"))
        found = axe(page)
        page.set_viewport_size({"width": 1280, "height": 800})
        assert found + axe(page) == []


@pytest.mark.all_pages
@pytest.mark.parametrize("share", range(16))
@pytest.mark.parametrize("site", ["real", "variety"])
def test_axe_finds_nothing_on_any_page(look: Sites, real_site: Site, site: str, share: int) -> None:
    pages = {path: page for path, page in sites(real_site)[site].pages.items() if not page.is_redirect}
    found: list[str] = []
    with look.tab(360, bypass_csp=True) as page:
        for path in sorted(pages)[share::16]:
            page.goto(look.addresses[site] + path)
            page.add_script_tag(path=installed("axe-core/axe.min.js"))
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                found += [f"{path} at {width}: {problem}" for problem in axe(page)]
    assert found == []
