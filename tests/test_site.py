"""The built site as a whole: references resolve, pages are sound, and a browser has nothing to say about them."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser
from site_checker import CONTENT_REL, CSP, Document, Site, references
from sites import BASE_URL, VARIETY, read, rendered, served, watched

SITES = ("real_site", "variety_site")
FORMER = {
    "old-aoi": "aoi-cloud",
    "older-aoi": "aoi-cloud",
    "old-aoi/compute": "aoi-cloud/compute",
    "old-aoi/archive": "aoi-cloud/archive",
    "older-aoi/vm": "aoi-cloud/compute",
    "aoi-cloud/vm": "aoi-cloud/compute",
    "aoi-cloud/virtual": "aoi-cloud/compute",
    "ebi": "ebi-link",
    "ebi/wire": "ebi-link/net",
    "ebi-link/wire": "ebi-link/net",
    "fujidata/lake": "fuji-data/lake",
}
"""Former addresses of the variety root, and where they lead."""


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest) -> Site:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Site)
    return found


def sheets(site: Site) -> list[str]:
    """The paths of the pages of all sheets, withdrawn ones and redirects left out."""
    return [path for path, page in site.pages.items() if page.all("article", "sheet")]


class TestReferences:
    def test_pages_are_well_formed_and_every_reference_resolves(self, site: Site) -> None:
        assert site.problems() == []

    def test_every_kind_of_page_is_there(self, variety_site: Site) -> None:
        for address in ("", "providers/aoi-cloud/", "providers/aoi-cloud/compute/", "g/cloud/", "g/cloud/items/1-1/"):
            assert variety_site.page(address).main
        for address in ("about/", "method/", "withdrawn/", "g/record/items/1-1-a/", "providers/ebi-link/net/"):
            assert variety_site.page(address).main

    def test_links_lead_from_home_to_every_page(self, site: Site) -> None:
        reachable = site.reachable()
        assert set(sheets(site)) <= reachable
        missing = {path for path, page in site.pages.items() if not page.is_redirect} - reachable
        assert {path for path in missing if path != "404.html" and not _is_withdrawn(site.pages[path])} == set()

    def test_a_withdrawn_entry_is_linked_from_the_list_of_withdrawn_entries(self, variety_site: Site) -> None:
        assert "providers/ebi-link/index.html" in variety_site.links("withdrawn/index.html")

    def test_a_provider_without_services_is_linked_from_home(self, variety_site: Site) -> None:
        assert "providers/dan-net/index.html" in variety_site.links("index.html")

    def test_links_of_contents_are_marked_as_such(self, site: Site) -> None:
        ours = {"https://git.example.org/catalog", "https://guideline.example.org/cloud/2/"}
        found = 0
        for path, page in site.pages.items():
            for reference in references(path, page):
                if reference.tag == "a" and "://" in reference.url and reference.url not in ours:
                    if path.startswith("g/") and path.count("/") == 2:
                        continue  # the guideline's own source
                    assert reference.rel == CONTENT_REL, (path, reference.url)
                    found += 1
        assert found > 20

    def test_the_links_are_the_same_wherever_the_site_stands(self, variety_site: Site) -> None:
        pages = {path: data for path, data in variety_site.files.items() if path != "404.html"}
        for base in ("/", "/deep/er/"):
            assert list(Site(pages, base).dead_references(variety_site.pages)) == []

    def test_the_data_knows_where_the_site_stands(self, site: Site) -> None:
        catalog = site.json("api/v1/catalog.json")
        assert catalog["base_url"] == BASE_URL
        assert len(catalog["services"]) == len({service["address"] for service in catalog["services"]})

    def test_only_the_site_itself_is_loaded(self, site: Site) -> None:
        for page in site.pages.values():
            policy = page.one("meta", http_equiv="Content-Security-Policy")
            assert policy["content"] == CSP
            for one in page.all("link"):
                if one["rel"] in ("stylesheet", "icon"):
                    assert not re.match(r"\w+:|//", one["href"])


class TestHead:
    def test_titles_tell_pages_apart(self, site: Site) -> None:
        titles = Counter(page.one("head").one("title").text for page in site.pages.values() if not page.is_redirect)
        assert [title for title, count in titles.items() if count > 1] == []

    def test_pages_name_their_absolute_address(self, site: Site) -> None:
        for path, page in site.pages.items():
            canonical = [one["href"] for one in page.all("link", rel="canonical")]
            shared = [one["content"] for one in page.all("meta", property="og:url")]
            expected = [BASE_URL + path.removesuffix("index.html")] if page.is_indexed else []
            assert canonical == shared == expected, path

    def test_previews_have_title_and_description(self, site: Site) -> None:
        for page in site.pages.values():
            if not page.is_redirect:
                assert page.one("meta", property="og:title")["content"] == page.one("head").one("title").text
                assert page.one("meta", property="og:description")["content"] == page.meta("description")
                assert page.one("meta", property="og:type")["content"] == "website"

    def test_samples_withdrawn_entries_redirects_and_404_are_not_for_search_engines(self, variety_site: Site) -> None:
        hidden = {path for path, page in variety_site.pages.items() if not page.is_indexed}
        redirects = {path for path, page in variety_site.pages.items() if page.is_redirect}
        assert hidden - redirects == {
            "404.html",
            "providers/ebi-link/index.html",
            "providers/ebi-link/net/index.html",
            "providers/gin-sample/demo/index.html",
            "providers/gin-sample/index.html",
            "providers/iro-press/gone/index.html",
        }


class TestSitemap:
    def test_names_the_pages_that_search_engines_may_know(self, site: Site) -> None:
        root = ET.fromstring(site.files["sitemap.xml"])
        found = [one.text or "" for one in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
        assert len(found) == len(set(found))
        paths = {address.removeprefix(BASE_URL) + "index.html" for address in found}
        assert all(address.startswith(BASE_URL) for address in found)
        indexed = {path for path, page in site.pages.items() if page.is_indexed}
        assert paths <= indexed
        assert paths == indexed


class TestStructuredData:
    def data(self, page: Document) -> list[dict[str, object]]:
        import json

        return [json.loads(one.raw) for one in page.all("script", type="application/ld+json")]

    def test_home_is_a_catalog(self, variety_site: Site) -> None:
        (found,) = self.data(variety_site.page(""))
        assert found["@type"] == "DataCatalog"
        assert found["name"] == '架空カタログ "A&B" <試験>'
        assert found["url"] == BASE_URL

    def test_a_sheet_is_a_service_of_an_organisation(self, variety_site: Site) -> None:
        (found,) = self.data(variety_site.page("providers/aoi-cloud/compute/"))
        assert found["@type"] == "Service"
        assert found["name"] == "葵コンピュート"
        assert found["url"] == BASE_URL + "providers/aoi-cloud/compute/"
        assert found["provider"] == {
            "@type": "Organization",
            "name": "葵クラウド株式会社(架空)",
            "url": "https://aoi.example.com/?a=1&b=2",
        }

    def test_a_provider_is_an_organisation(self, variety_site: Site) -> None:
        (found,) = self.data(variety_site.page("providers/aoi-cloud/"))
        assert (found["@type"], found["name"]) == ("Organization", "葵クラウド株式会社(架空)")

    def test_a_disclosure_that_was_withdrawn_says_nothing_of_a_provider_that_stays(self, variety_site: Site) -> None:
        assert "iro.example.com" not in str(self.data(variety_site.page("providers/iro-press/")))
        assert b"iro.example.com" not in variety_site.files["providers/iro-press/index.html"]

    def test_samples_withdrawn_entries_and_other_pages_have_none(self, site: Site) -> None:
        for path, page in site.pages.items():
            kinds = {"DataCatalog"} if path in ("index.html", "en/index.html") else set()
            if path.removeprefix("en/").startswith("providers/") and page.is_indexed:
                kinds = {"Service"} if page.all("article", "sheet") else {"Organization"}
            assert {one["@type"] for one in self.data(page)} == kinds, path


class TestFormerAddresses:
    @pytest.mark.parametrize("old", FORMER)
    def test_lead_to_the_present_one(self, variety_site: Site, old: str) -> None:
        page = variety_site.page(f"providers/{old}/")
        target = f"providers/{FORMER[old]}/index.html"
        assert page.is_redirect
        assert variety_site.links(f"providers/{old}/index.html") == {target}
        assert not variety_site.pages[target].is_redirect

    def test_lead_to_the_same_row(self, browser: Browser, variety_address: str) -> None:
        page = browser.new_page()
        page.goto(f"{variety_address}providers/old-aoi/compute/?q=1#uptime")
        page.wait_for_url(f"{variety_address}providers/aoi-cloud/compute/?q=1#uptime")
        page.close()

    @pytest.mark.parametrize("old", FORMER)
    def test_keep_serving_badges_and_data(self, variety_site: Site, old: str) -> None:
        new, files = FORMER[old], variety_site.files
        assert files[f"badges/{old}.svg"] == files[f"badges/{new}.svg"]
        assert files[f"badges/{old}.json"] == files[f"badges/{new}.json"]
        if "/" in old:
            assert files[f"api/v1/services/{old}.json"] == files[f"api/v1/services/{new}.json"]

    def test_are_in_the_data(self, variety_site: Site) -> None:
        catalog = variety_site.json("api/v1/catalog.json")
        providers = {entry["provider"]: entry["formerly"] for entry in catalog["providers"]}
        services = {(entry["provider"], entry["service"]): entry["formerly"] for entry in catalog["services"]}
        assert providers["aoi-cloud"] == ["old-aoi", "older-aoi"]
        assert services["aoi-cloud", "compute"] == ["vm", "virtual"]


class TestNotFound:
    def test_links_by_path_so_that_it_works_at_any_depth(self, site: Site) -> None:
        for reference in references("404.html", site.pages["404.html"]):
            if not reference.url.startswith(("#", "https://")):
                assert reference.url.startswith(site.base), reference
                deeper = replace(reference, page="providers/no/such/page/index.html")
                assert site.target(deeper) == site.target(reference)

    def test_stands_at_the_root_where_no_address_is_known(self) -> None:
        found = rendered(read(VARIETY), base_url="", wanted=lambda path: path == "404.html" or "assets" in path)
        urls = [one.url for one in references("404.html", found.pages["404.html"])]
        assert "/" in urls
        assert all(url.startswith(("/", "#", "https://git.")) for url in urls)


def _is_withdrawn(page: Document) -> bool:
    return bool(page.all("p", "notice--withdrawn"))


class TestChecker:
    """The checker sees what it is there to see."""

    HEAD = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{CSP}">' + (
        '<meta name="viewport" content="width=device-width"><title>題</title><meta name="description" content="説明">'
    )

    def site(self, body: str, head: str = HEAD) -> Site:
        page = f'<!doctype html><html lang="ja"><head>{head}</head><body>{body}</body></html>'
        return Site({"index.html": page.encode(), "a/index.html": page.encode(), "x.svg": b"<svg/>"})

    def test_takes_a_sound_page(self) -> None:
        body = '<main id="main"><h1>題</h1><p><a href="#main">本文</a> <a href="https://b.example/">外</a><br>次</p></main>'
        assert self.site(body).problems() == []

    @pytest.mark.parametrize(
        "body",
        [
            "",
            "<h1>題</h1><h3>跳び</h3>",
            "<h1>題</h1><h1>二つ</h1>",
            '<h1 id="a">題</h1><p id="a">二つ</p>',
            "<h1>題<p>段落</p></h1>",
            "<h1>題</h1><p>開いたまま",
            "<h1>題</h1><div><p>入れ違い</div></p>",
            '<h1>題</h1><p class="a" class="b">二つ</p>',
            '<h1>題</h1><p style="color:red">赤</p>',
            '<h1 onclick="x()">題</h1>',
            "<h1>題</h1><script>x()</script>",
            '<h1>題</h1><script type="module" src="https://b.example/x.js"></script>',
            '<h1>題</h1><img src="https://b.example/x.png" alt="絵">',
            '<h1>題</h1><p><a href="nowhere/">どこ</a></p>',
            '<h1>題</h1><p><a href="a/#nothing">どこ</a></p>',
            '<h1>題</h1><p><a href="/catalog/a/">根から</a></p>',
            '<h1>題</h1><p><a href="../../up/">外へ</a></p>',
            '<h1>題</h1><p><a href="https://b.example/" rel="nofollow">外</a></p>',
            '<h1>題</h1><p><a href="javascript:x()">実行</a></p>',
            '<h1>題</h1><p><a href="a/"></a></p>',
            '<h1>題</h1><p aria-labelledby="none">名</p>',
            "<h1>題</h1><table><tbody><tr><th>見出し</th></tr></tbody></table>",
            "<h1>題</h1><table><tbody><tr><td>一</td></tr><tr><td>一</td><td>二</td></tr></tbody></table>",
            "<h1>題</h1><ul><p>項目ではない</p></ul>",
            "<h1>題</h1><marquee>流れる</marquee>",
            "<h1>題</h1><!-- 注 -->",
            '<h1>題</h1><form action="a/"><input name="q"></form>',
            '<h1>題</h1><svg viewBox="0 0 1 1"></svg>',
        ],
    )
    def test_sees_what_is_wrong_with_a_body(self, body: str) -> None:
        assert self.site(body).problems()

    @pytest.mark.parametrize(
        ("old", "new"),
        [("script-src 'self'", "script-src *"), ("題", ""), ("説明", ""), ("viewport", "v"), ("utf-8", "x")],
    )
    def test_sees_what_is_wrong_with_a_head(self, old: str, new: str) -> None:
        assert self.HEAD.replace(old, new) != self.HEAD
        assert self.site("<h1>題</h1>", self.HEAD.replace(old, new)).problems()

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("a.css", "a { background: url(x.png) }"),
            ("a.css", '@import "x.css";'),
            ("a.js", 'export { x } from "./x.js";'),
            ("a.js", 'const x = await import("./x.js");'),
            ("a.svg", '<svg><use href="y.svg#a"/></svg>'),
            ("api/v1/datapackage.json", '{"resources": [{"path": "x.csv"}]}'),
            ("site.webmanifest", '{"start_url": "./x/"}'),
            ("sitemap.xml", f"<loc>{BASE_URL}x/</loc>"),
            ("api/v1/answers.csv", f'a,"{BASE_URL}x/"'),
            ("pagefind/sheets.json", '{"a/x": "ja_1"}'),
            ("checksums.txt", f"{'0' * 64}  index.html"),
        ],
    )
    def test_sees_what_is_wrong_with_a_file(self, path: str, text: str) -> None:
        catalog = {"base_url": BASE_URL, "guidelines": [], "providers": [], "services": [{"address": "a/"}]}
        sound = self.site("<h1>題</h1>").files | {"api/v1/catalog.json": json.dumps(catalog).encode()}
        assert Site(sound).problems() == []
        assert Site(sound | {path: text.encode()}).problems()

    def test_sees_what_the_catalog_or_the_index_cannot_lead_to(self) -> None:
        sound = self.site("<h1>題</h1>").files
        catalog = {"base_url": None, "guidelines": [], "providers": [], "services": [{"address": "x/"}]}
        assert Site(sound | {"api/v1/catalog.json": json.dumps(catalog).encode()}).problems()
        fragment = gzip.compress(b'pagefind_dcd{"url": "/x/"}')
        assert Site(sound | {"pagefind/fragment/ja_1.pf_fragment": fragment}).problems()


# --- in a browser ----------------------------------------------------------------------------------------------------

PAGES = {
    "home": "",
    "sheet": "providers/aoi-cloud/compute/",
    "sheet with gaps": "providers/beni-systems/shared/",
    "transcription": "providers/fuji-data/lake/",
    "provider": "providers/aoi-cloud/",
    "withdrawn entry": "providers/ebi-link/",
    "item": "g/cloud/items/17/",
    "guideline": "g/cloud/",
    "prose": "method/",
    "withdrawn": "withdrawn/",
}
REAL_PAGES = {
    "home": "",
    "sheet": "providers/kakuu-cloud/base/",
    "provider": "providers/kakuu-cloud/",
    "item": "g/iot-iaas-paas/items/112/",
    "guideline": "g/iot-iaas-paas/",
    "prose": "method/",
}


@pytest.fixture(scope="module")
def variety_address(variety_site: Site) -> Iterator[str]:
    with served(variety_site) as address:
        yield address


@pytest.fixture(scope="module")
def real_address(real_site: Site) -> Iterator[str]:
    with served(real_site) as address:
        yield address


LANDED = """() => {
  const top = document.querySelector(":target").getBoundingClientRect().top;
  return 0 <= top && top < innerHeight - 100;
}"""
SCROLLS = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.mark.browser
class TestBrowser:
    @pytest.mark.parametrize("width", [320, pytest.param(1280, marks=pytest.mark.all_pages)])
    def test_has_nothing_to_say_and_the_page_never_scrolls_sideways(
        self, browser: Browser, variety_address: str, real_address: str, width: int
    ) -> None:
        for address, pages in ((variety_address, PAGES), (real_address, REAL_PAGES)):
            with watched(browser, address, viewport={"width": width, "height": 800}) as tab:
                for name, path in pages.items():
                    page = tab.go(path)
                    assert not page.evaluate(SCROLLS), (name, width)
                    assert page.locator("h1").is_visible()
                assert tab.said == []

    @pytest.mark.parametrize("width", [320, 1280])
    def test_shows_the_404_page_at_any_depth(self, browser: Browser, variety_address: str, width: int) -> None:
        with watched(browser, variety_address, viewport={"width": width, "height": 800}) as tab:
            page = tab.go("no/such/page/at/all")
            assert page.locator("h1").text_content() == "ページが見つかりません"
            assert page.evaluate("() => getComputedStyle(document.querySelector('.site-header')).display") != "inline"
            assert not page.evaluate(SCROLLS)
            page.locator("main a").first.click()
            page.wait_for_url(variety_address)
            assert [line for line in tab.said if "404" not in line] == []

    def test_a_link_to_a_row_lands_on_it(self, browser: Browser, variety_address: str, real_address: str) -> None:
        places = {
            variety_address: ("aoi-cloud/compute/#west--ups", "beni-systems/blank/#ups", "aoi-cloud/storage/#item-1-1"),
            real_address: ("kakuu-cloud/base/#item-129", "kakuu-systems/managed-cloud/#uptime_target"),
        }
        for address, paths in places.items():
            for width in (360, 1280):
                with watched(browser, address, viewport={"width": width, "height": 700}) as tab:
                    for path in paths:
                        page = tab.go(f"providers/{path}")
                        page.wait_for_function(LANDED, timeout=5000)
                    assert tab.said == []

    def test_every_row_that_a_figure_lists_can_be_gone_to(self, browser: Browser, variety_address: str) -> None:
        with watched(browser, variety_address) as tab:
            page = tab.go("providers/beni-systems/")
            details = page.locator("details.figures__rows[data-status=withheld]").first
            details.locator("summary").click()
            details.locator("a").first.click()
            page.wait_for_url("**/providers/beni-systems/*/#*")
            row = page.locator(":target")
            assert "非公開" in (row.text_content() or "")
            assert tab.said == []

    def test_the_site_works_without_scripts(self, browser: Browser, variety_address: str) -> None:
        with watched(browser, variety_address, java_script_enabled=False) as tab:
            page = tab.go("")
            page.get_by_role("link", name="葵コンピュート").click()
            page.wait_for_url("**/providers/aoi-cloud/compute/")
            assert page.locator("h1").text_content() == "葵コンピュート"
            details = page.locator("details.figures__rows").first
            details.locator("summary").click()
            details.locator("a").first.click()
            page.wait_for_url("**/providers/aoi-cloud/compute/#*")
            page.locator("tr:target .row__label a").click()
            page.wait_for_url("**/g/cloud/items/*/")
            page.goto(variety_address + "providers/old-aoi/")
            page.wait_for_url("**/providers/aoi-cloud/")

    @pytest.mark.parametrize(
        ("now", "word"),
        [
            ("2027-01-15T23:59:00+09:00", "まもなく期限"),  # the last day is still valid, in Tokyo
            ("2027-01-16T00:01:00+09:00", "期限切れ"),
        ],
    )
    def test_a_script_turns_the_state_when_the_last_day_has_passed(
        self, browser: Browser, variety_address: str, now: str, word: str
    ) -> None:
        for path in ("providers/beni-systems/blank/", "", "g/cloud/items/10/"):
            with watched(browser, variety_address, timezone_id="America/Los_Angeles") as tab:
                tab.page.clock.set_fixed_time(now)
                page = tab.go(path)
                state = page.locator("[data-expires-on='2027-01-15']:visible").first
                assert state.text_content() == word
                marks = [one.get_attribute("class") for one in state.locator(".mark:visible").all()]
                assert marks == ["mark mark--expired" if word == "期限切れ" else "mark mark--expiring"]
                assert ("state--expired" in (state.get_attribute("class") or "")) == (word == "期限切れ")
                assert tab.said == []

    def test_a_script_leaves_other_states_alone(self, browser: Browser, variety_address: str) -> None:
        with watched(browser, variety_address) as tab:
            tab.page.clock.set_fixed_time("2099-01-01T00:00:00+09:00")
            page = tab.go("")
            found = page.locator("table .services__state").all_text_contents()
            assert {text.split()[-1] for text in found} == {"期限切れ", "転記・事業者未確認", "有効", "開示日なし"}
            assert found.count("有効") == 1  # of a guideline without a validity
            assert tab.said == []
