"""The page of all components: everything is on it, nothing of it is real, and no published site has it."""

from __future__ import annotations

import argparse
import re
from dataclasses import replace
from pathlib import Path

import pytest
from kinds import installed
from playwright.sync_api import Browser
from site_checker import Document, Site
from sites import BASE_URL, ROOT, VARIETY, copy_root, read, run_build, served, theme, watched
from test_access import axe
from test_html import problems

from catalog import answers, pipeline
from catalog.commands import Context, build, today_in_tokyo
from catalog.diagnostics import Report
from catalog.messages import load_messages
from catalog.model import Kind, State, Status
from catalog.place import Options
from catalog.source import ParseCache

LANGUAGES = ("ja", "en")
INVISIBLE = {"answer_templates", "policy", "site"}
"""The components that show nothing, or what is on every page."""


@pytest.fixture(scope="module")
def site() -> Site:
    """The variety root in two languages with its gallery, but for the search index."""
    catalog = read(VARIETY)
    catalog = replace(catalog, settings=replace(catalog.settings, languages=LANGUAGES))
    words = load_messages(ROOT / "theme", LANGUAGES, ParseCache(None, ""), Report())
    plan = pipeline.plan(catalog, theme(), words, BASE_URL, Options(gallery=True))
    return Site({artifact.path: artifact.render() for artifact in plan} | {"pagefind/pagefind.js": b""})


@pytest.fixture(params=LANGUAGES)
def gallery(site: Site, request: pytest.FixtureRequest) -> Document:
    return site.page("gallery/" if request.param == "ja" else "en/gallery/")


class TestTheGallery:
    def test_is_sound(self, site: Site) -> None:
        assert site.problems() == []

    def test_has_a_part_for_every_component(self, gallery: Document) -> None:
        parts = {one["aria-labelledby"] for one in gallery.all("section", "gallery__part")}
        components = {path.stem for path in (ROOT / "theme/templates/components").glob("*.html")}
        assert components - INVISIBLE <= parts

    def test_has_an_answer_in_every_status_and_kind_and_of_every_type(self, gallery: Document) -> None:
        shown = {cell["data-status"] for cell in gallery.all("td", "row__answer")}
        assert shown == {status.value for status in Status}
        classes = {name for one in gallery.main.within() for name in one.classes}
        assert {f"answer--{kind}" for kind in Kind} <= classes
        assert {f"answer--{status}" for status in (Status.WITHHELD, Status.ON_REQUEST, Status.UNANSWERED)} <= classes
        assert "answer__partial" in classes
        rows = {row["id"] for row in gallery.all("tr", "row")}
        assert set(answers.TYPES) - rows == {"yes_no"}  # which stands among the states

    def test_has_every_state_as_words_and_as_a_badge(self, gallery: Document) -> None:
        classes = {name for one in gallery.all("span", "state") for name in one.classes}
        assert {f"state--{state}" for state in State} | {"state--sample"} <= classes
        badges = {one["src"] for one in gallery.all("img", "badge")}
        assert badges == {f"{state}.svg" for state in State} | {"sample.svg"}

    def test_has_every_mark(self, gallery: Document) -> None:
        macro = (ROOT / "theme/templates/components/mark.html").read_text(encoding="utf-8")
        marks = set(re.findall(r"'(\w+)'", macro))
        part = next(one for one in gallery.all("section", "gallery__part") if one.get("aria-labelledby") == "mark")
        shown = {name.removeprefix("mark--") for one in part.all("svg") for name in one.classes}
        assert marks <= shown

    def test_names_no_real_company(self, gallery: Document) -> None:
        names = {sheet.disclosure.name for sheet in read(ROOT).sheets if not sheet.disclosure.sample}
        assert names
        assert [name for name in names if name in gallery.main.text] == []


class TestWhoSeesIt:
    def test_search_engines_and_visitors_do_not(self, site: Site) -> None:
        for address in ("gallery/", "en/gallery/"):
            assert not site.page(address).is_indexed
            assert f"{address}index.html" not in site.reachable() - site.reachable("gallery/index.html")
        assert b"gallery" not in site.files["sitemap.xml"]
        linking = {path for path in site.pages for link in site.links(path) if "gallery/" in link}
        assert linking == {"gallery/index.html", "en/gallery/index.html"}  # by the switch of languages

    def test_the_next_ordinary_build_takes_it_away(self, tmp_path: Path) -> None:
        root, out = copy_root(VARIETY.parent / "smallest", tmp_path / "root"), tmp_path / "site"
        assert run_build(root, out, "--no-search").returncode == 0
        before = Site.of_folder(out).files
        assert run_build(root, out, "--no-search", "--gallery").returncode == 0
        added = set(Site.of_folder(out).files) - set(before)
        assert {path for path in added if path.endswith(".html")} == {"gallery/index.html", "en/gallery/index.html"}
        assert run_build(root, out, "--no-search").returncode == 0
        assert Site.of_folder(out).files == before

    def test_the_preview_has_it(self, tmp_path: Path) -> None:
        root, out = copy_root(VARIETY.parent / "smallest", tmp_path / "root"), tmp_path / "site"
        arguments = argparse.Namespace(no_search=True, base_url="")
        report, changed = build.build_once(Context(root, out, today_in_tokyo(), "en", arguments))
        assert changed
        assert not report.errors
        assert (out / "gallery" / "index.html").is_file()


# --- in a browser ----------------------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.all_pages)])
def test_a_browser_shows_it_and_says_nothing(browser: Browser, site: Site, width: int) -> None:
    with served(site) as address, watched(browser, address, viewport={"width": width, "height": 800}) as tab:
        for path in ("gallery/", "en/gallery/"):
            page = tab.go(path)
            for closed in page.locator("details > summary").locator("visible=true").all():
                closed.click()
            assert page.evaluate("() => [...document.images].every((one) => one.naturalWidth > 0)")
            assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
            assert tab.said == []


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.all_pages)])
def test_everyone_can_use_it(browser: Browser, site: Site, width: int) -> None:
    size = {"width": width, "height": 800}
    with served(site) as address, watched(browser, address, viewport=size, bypass_csp=True) as tab:
        page = tab.go("gallery/")
        page.add_script_tag(path=installed("axe-core/axe.min.js"))
        assert axe(page) == []


def test_its_html_is_sound(site: Site, tmp_path: Path) -> None:
    pages = {path: data for path, data in site.files.items() if path.endswith("gallery/index.html")}
    assert len(pages) == 2
    assert problems(pages, tmp_path) == []
