"""The copy that opens by double click: every link names a file, nothing is loaded but files, one ZIP holds it all."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page
from site_checker import OFFLINE_CSP, UNNAMED, Site, references
from sites import BASE_URL, VARIETY, copy_root, read, rendered, run_build

from catalog.pages.edition import OFFLINE_ZIP

LANDED = """() => {
  const top = document.querySelector(":target").getBoundingClientRect().top;
  return 0 <= top && top < innerHeight - 100;
}"""
SCROLLS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
ABORTED = "net::ERR_ABORTED"
ONLINE_LINK = f'<a href="{OFFLINE_ZIP}" download>'.encode()


def small(folder: Path, *settings: str) -> Path:
    """A copy of the smallest root, with more settings."""
    root = copy_root(VARIETY.parent / "smallest", folder)
    with (root / "content" / "catalog.yaml").open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in settings)
    return root


def rename(root: Path) -> None:
    path = root / "content" / "providers" / "kaku-shoji.yaml"
    text = path.read_text(encoding="utf-8")
    assert "架空商事" in text
    path.write_text(text.replace("架空商事", "別の架空商事"), encoding="utf-8")


def build(root: Path, out: Path, *arguments: str) -> str:
    done = run_build(root, out, "--no-search", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of a ZIP by path below its one folder."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where an offline copy was built."""
    folder = tmp_path_factory.mktemp("offline")
    root = copy_root(VARIETY, folder / "root")
    settings = root / "content" / "catalog.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[ja]", "[ja, en]"), encoding="utf-8")
    build(root, folder / "my copy", "--offline", "--base-url", BASE_URL)
    return folder


@pytest.fixture(scope="module")
def copy(place: Path) -> Site:
    return Site.of_folder(place / "my copy", "/")


@pytest.fixture(scope="module")
def online(place: Path) -> Site:
    return rendered(read(place / "root"))


class TestTheCopy:
    def test_has_the_pages_of_the_site_but_for_those_that_need_a_server(self, copy: Site, online: Site) -> None:
        wanted = {path for path, page in online.pages.items() if not page.is_redirect} - {"404.html"}
        wanted -= {"compare/index.html", "en/compare/index.html"}  # which needs a script
        assert set(copy.pages) == wanted

    def test_has_the_same_data_badges_and_pictures_and_no_scripts_index_or_sitemap(
        self, copy: Site, online: Site
    ) -> None:
        kept = {path for path in online.files if path.startswith(("api/", "badges/", "assets/img", "assets/site."))}
        kept -= {path for path in kept if path.startswith(("api/v1/scaffolds/", "api/v1/problems.json"))}  # for scripts
        assert len(kept) > 30
        assert {path for path in copy.files if path not in copy.pages} == kept | {*UNNAMED}
        assert all(copy.files[path] == online.files[path] for path in kept)

    def test_is_sound(self, copy: Site) -> None:
        assert copy.problems() == []

    def test_names_the_file_in_every_link(self, copy: Site) -> None:
        found = 0
        for path, page in copy.pages.items():
            for reference in references(path, page):
                if not urlsplit(reference.url).scheme:
                    assert urlsplit(reference.url).path.rpartition("/")[2] or reference.url.startswith("#"), reference
                    found += 1
        assert found > 1000

    def test_links_lead_from_home_to_every_page(self, copy: Site) -> None:
        withdrawn = {path for path, page in copy.pages.items() if page.all("p", "notice--withdrawn")}
        assert set(copy.pages) - copy.reachable() <= withdrawn

    def test_has_neither_scripts_nor_anything_that_needs_one(self, copy: Site) -> None:
        for path, page in copy.pages.items():
            assert not page.all("script") + page.all("form") + page.all("noscript"), path
            assert not [one for one in page.all("input") if one.get("type") not in ("radio", "checkbox")], path
            assert page.one("meta", http_equiv="Content-Security-Policy")["content"] == OFFLINE_CSP

    def test_tells_where_search_is(self, copy: Site) -> None:
        for address in ("", "providers/aoi-cloud/compute/", "en/", "en/g/cloud/"):
            (said,) = copy.page(address).all("p", "offline-search")
            home = f"{BASE_URL}en/" if address.startswith("en") else BASE_URL
            assert said.one("a")["href"] == said.one("a").text == home

    def test_tells_so_without_an_address_where_none_is_known(self, place: Path, tmp_path: Path) -> None:
        build(place / "root", tmp_path / "copy", "--offline")
        (said,) = Site.of_folder(tmp_path / "copy").page("").all("p", "offline-search")
        assert said.text
        assert not said.all("a")

    def test_switches_languages_on_the_same_page(self, copy: Site) -> None:
        switch = copy.page("en/providers/aoi-cloud/").one("nav", "language-switch").one("a")
        assert switch["href"] == "../../../providers/aoi-cloud/index.html"

    def test_leads_from_prose_to_pages_and_files_in_both_languages(self, copy: Site) -> None:
        links = {one["href"] for one in copy.page("method/").main.all("a")}
        assert {"../about/index.html", "../api/v1/catalog.json", "https://www.example.com/?a=1&b=2"} <= links
        fallback = {one["href"] for one in copy.page("en/method/").main.all("a")}  # the Japanese page in English
        assert {"../about/index.html", "../../api/v1/catalog.json"} <= fallback

    def test_stands_beside_a_site_that_stays_as_it_is(self, tmp_path: Path) -> None:
        root = small(tmp_path / "root")
        for _ in range(2):
            build(root, root / "site")
            done = run_build(root, root / "offline", "--no-search", "--offline")
            assert done.returncode == 0
        assert "最新" in done.stdout
        assert "最新" in build(root, root / "site")
        assert (root / "site" / "404.html").exists()

    def test_goes_to_the_folder_offline_by_default(self, tmp_path: Path) -> None:
        from catalog.cli import main

        root = small(tmp_path / "root")
        assert main(["build", "--offline", "--root", str(root), "--today", "2026-11-23", "--lang", "en"], root) == 0
        assert {path.name for path in root.iterdir()} == {".build", "content", "guideline", "offline", "offline.zip"}


class TestItsZip:
    def test_holds_the_copy_in_one_folder(self, place: Path, copy: Site) -> None:
        data = (place / "my copy.zip").read_bytes()
        assert unpacked(data) == {path: file for path, file in copy.files.items() if path not in UNNAMED}
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            assert names == sorted(names)
            assert all(name.startswith("my copy/") for name in names)
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}

    def test_is_the_same_for_the_same_input(self, place: Path, tmp_path: Path) -> None:
        root = shutil.copytree(place / "root", tmp_path / "elsewhere", ignore=shutil.ignore_patterns(".build"))
        build(root, tmp_path / "my copy", "--offline", "--base-url", BASE_URL)
        assert (tmp_path / "my copy.zip").read_bytes() == (place / "my copy.zip").read_bytes()

    def test_is_made_again_only_where_it_is_not_what_it_should_be(self, tmp_path: Path) -> None:
        root, out, target = small(tmp_path / "root"), tmp_path / "copy", tmp_path / "copy.zip"
        build(root, out, "--offline")
        first, stamp = target.read_bytes(), target.stat()
        build(root, out, "--offline")
        assert (target.stat().st_mtime_ns, target.stat().st_ino) == (stamp.st_mtime_ns, stamp.st_ino)
        target.unlink()
        build(root, out, "--offline")
        assert target.read_bytes() == first
        rename(root)
        build(root, out, "--offline")
        assert "別の架空商事" in unpacked(target.read_bytes())["index.html"].decode()

    def test_never_takes_the_place_of_somebody_elses_file(self, tmp_path: Path) -> None:
        root = small(tmp_path / "root")
        (tmp_path / "copy.zip").write_bytes(b"mine")
        done = run_build(root, tmp_path / "copy", "--offline", "--lang", "en")
        assert done.returncode == 3
        assert "copy.zip" in done.stderr
        assert (tmp_path / "copy.zip").read_bytes() == b"mine"
        assert not (tmp_path / "copy").exists()


class TestTheSiteThatOffersIt:
    def test_offers_none_unless_it_is_asked_to(self, online: Site) -> None:
        assert OFFLINE_ZIP not in online.files
        assert ONLINE_LINK not in online.files["index.html"]

    def test_links_to_it_on_every_page_and_holds_what_an_offline_build_makes(self, tmp_path: Path) -> None:
        root = small(tmp_path / "root", "offline_zip: true")
        build(root, tmp_path / "site", "--base-url", BASE_URL)
        build(root, tmp_path / "copy", "--offline", "--base-url", BASE_URL)
        site = Site.of_folder(tmp_path / "site")
        for path, page in site.pages.items():
            if not page.is_redirect:
                links = [one["href"] for one in page.one("footer").all("a") if "download" in one.attributes]
                assert [site.file_at(site.absolute(path, link)) for link in links] == [OFFLINE_ZIP], path
        assert unpacked(site.files[OFFLINE_ZIP]) == unpacked((tmp_path / "copy.zip").read_bytes())
        assert OFFLINE_ZIP.encode() not in unpacked(site.files[OFFLINE_ZIP])["index.html"]

    def test_keeps_it_until_something_changes(self, tmp_path: Path) -> None:
        root, out = small(tmp_path / "root", "offline_zip: true"), tmp_path / "site"
        build(root, out)
        stamp = (out / OFFLINE_ZIP).stat()
        build(root, out)
        assert (out / OFFLINE_ZIP).stat().st_ino == stamp.st_ino
        rename(root)
        build(root, out)
        build(root, tmp_path / "clean")
        assert (out / OFFLINE_ZIP).read_bytes() == (tmp_path / "clean" / OFFLINE_ZIP).read_bytes()


# --- in a browser ----------------------------------------------------------------------------------------------------


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """Without network and without scripts; whatever fails or is said fails the test."""
    context = browser.new_context(offline=True, java_script_enabled=False, reduced_motion="reduce")
    page = context.new_page()
    wrong: list[str] = []
    # the next page may be gone to before the icon is there
    page.on("requestfailed", lambda one: wrong.append(f"{one.failure}: {one.url}") if one.failure != ABORTED else None)
    page.on("console", lambda message: wrong.append(message.text))
    page.on("request", lambda one: None if one.url.startswith("file:") else wrong.append(f"asked for: {one.url}"))
    yield page
    context.close()
    assert wrong == []


LINKS = """() => ({
  ids: [...document.querySelectorAll("[id]")].map((one) => one.id),
  links: [...document.querySelectorAll("a[href]")].map((one) => one.href),
  styled: getComputedStyle(document.querySelector(".site-header")).borderTopStyle,
})"""


KINDS = ("", "providers/aoi-cloud/", "providers/aoi-cloud/compute/", "g/cloud/", "g/cloud/items/17/")
KINDS += ("statistics/", "method/", "withdrawn/", "providers/ebi-link/", "en/", "en/providers/aoi-cloud/compute/")


@pytest.mark.browser
class TestInABrowser:
    def test_one_page_of_each_kind_shows_and_asks_for_nothing(self, tab: Page, place: Path) -> None:
        for address in KINDS:
            tab.goto((place / "my copy" / address / "index.html").as_uri())
            assert tab.locator("h1").is_visible()
            assert tab.evaluate(LINKS)["styled"] == "solid"

    @pytest.mark.all_pages
    def test_every_link_of_every_page_leads_to_a_file_and_a_place_in_it(self, tab: Page, place: Path) -> None:
        start = (place / "my copy" / "index.html").as_uri()
        ids: dict[str, set[str]] = {}
        wanted: set[tuple[str, str]] = {(start, "")}
        while todo := {url for url, _ in wanted} - ids.keys():
            for url in sorted(todo):
                path = Path(unquote(urlsplit(url).path))
                assert path.is_file(), url
                ids[url] = set()
                if path.suffix != ".html":
                    continue
                tab.goto(url)
                found = tab.evaluate(LINKS)
                assert found["styled"] == "solid", url
                ids[url] = {"", *found["ids"]}
                local = (urlsplit(link) for link in found["links"] if link.startswith("file:"))
                wanted |= {(one._replace(fragment="").geturl(), unquote(one.fragment)) for one in local}
        assert [(url, name) for url, name in wanted if name and name not in ids[url]] == []
        assert len([url for url in ids if url.endswith(".html")]) > 100

    @pytest.mark.parametrize("width", [360, 1280])
    def test_fragments_land_and_pages_do_not_scroll_sideways(self, tab: Page, place: Path, width: int) -> None:
        tab.set_viewport_size({"width": width, "height": 700})
        tab.goto((place / "my copy" / "index.html").as_uri())
        assert not tab.evaluate(SCROLLS)
        tab.get_by_role("link", name="葵コンピュート").locator("visible=true").first.click()
        tab.wait_for_url("**/providers/aoi-cloud/compute/index.html")
        details = tab.locator("details.figures__rows").first
        details.locator("summary").click()
        details.locator("a").first.click()
        tab.wait_for_url("**/compute/index.html#*")
        tab.wait_for_function(LANDED, timeout=5000)
        tab.locator("tr:target .row__label a").click()
        tab.wait_for_url("**/g/cloud/items/*/index.html")
        assert not tab.evaluate(SCROLLS)
        tab.locator("table.answers .services__name").first.click()
        tab.wait_for_url("**/providers/*/*/index.html#*")
        tab.wait_for_function(LANDED, timeout=5000)

    def test_rows_are_filtered_without_scripts(self, tab: Page, place: Path) -> None:
        tab.goto((place / "my copy/providers/beni-systems/shared/index.html").as_uri())
        tab.locator(".row-filter [value=unanswered]").check()
        assert tab.locator("tr.row--unanswered").first.is_visible()
        assert not tab.locator("tr.row:not(.row--unanswered)").first.is_visible()


def test_the_data_of_the_copy_is_that_of_the_site(copy: Site) -> None:
    assert json.loads(copy.files["api/v1/catalog.json"])["base_url"] == BASE_URL
