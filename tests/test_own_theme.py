"""A publisher's own look: the brand of `catalog.yaml`, and files of `content/theme/` that win over the theme's."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from site_checker import Site, checksums
from sites import BASE_URL, ROOT, TODAY, VARIETY, copy_root, read, run_build, served, watched
from test_contrast import PAIRS, values

from catalog import pipeline
from catalog.builder.output import MARKER, MARKER_TEXT
from catalog.cli import main
from catalog.colors import READABLE, contrast, darkened, readable
from catalog.diagnostics import Report
from catalog.messages import load_messages
from catalog.source import ParseCache
from catalog.theme import Theme, brand_stylesheet

COLOR = "#8a1f5c"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 80"><path fill="#8a1f5c" d="M0 0h240v80H0z"/></svg>\n'
OVERRIDES = {
    "assets/img/logo.svg": LOGO,
    "assets/css/components/own.css": "@layer components { .own { color: var(--color-brand); } }\n",
    "i18n/ja.yaml": "footer:\n  what: わたしたちの言葉です。\n",
    "templates/base.html": "{% extends 'original/base.html' %}\n"
    '{% block head %}{{ super() }}<meta name="own" content="{{ t(\'footer.data\') }}">{% endblock %}\n',
    "templates/components/breadcrumb.html": '{% macro breadcrumb(t, page, way) %}<p class="own">›</p>{% endmacro %}\n',
}


def branded(folder: Path, brand: str = "", files: dict[str, str] | None = None, source: str = "smallest") -> Path:
    root = copy_root(VARIETY.parent / source, folder)
    with (root / "content" / "catalog.yaml").open("a", encoding="utf-8") as file:
        file.write(brand)
    override(root, files or {})
    return root


def override(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / "content" / "theme" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def build(root: Path, out: Path, *arguments: str) -> Site:
    done = run_build(root, out, "--no-search", "--base-url", BASE_URL, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return Site({**Site.of_folder(out).files, "pagefind/pagefind.js": b""})


def clean(root: Path) -> dict[str, bytes]:
    """What a clean build makes."""
    catalog, report = read(root), Report()
    own, cache = root / "content" / "theme", ParseCache(None, "")
    languages = load_messages(ROOT / "theme", catalog.settings.languages, cache, report, own)
    plan = pipeline.plan(catalog, Theme(ROOT / "theme", own), languages, BASE_URL)
    files = {one.path: one.render() for one in plan} | {MARKER: MARKER_TEXT}
    return files | {"checksums.txt": checksums(files), "pagefind/pagefind.js": b""}


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("own")
    brand = (
        f'brand: {{name: 架空協会, color: "{COLOR.upper()}", footer: {{ja: 架空協会の運営です。, en: Run by us.}}}}\n'
    )
    return build(branded(folder / "root", brand, OVERRIDES, "variety"), folder / "site")


class TestTheBrand:
    def test_has_its_name_beside_the_sign_and_the_title_everywhere_else(self, own: Site) -> None:
        for path in ("index.html", "404.html", "providers/aoi-cloud/index.html"):
            page = own.pages[path]
            assert page.one("a", "wordmark").text == "架空協会"
            assert page.one("meta", property="og:site_name")["content"] == '架空カタログ "A&B" <試験>'

    def test_has_its_line_at_the_foot_beside_what_the_catalog_says_of_itself(self, own: Site) -> None:
        paragraphs = [one.text for one in own.page("").one("footer").all("p")]
        assert paragraphs[:2] == ["わたしたちの言葉です。", "架空協会の運営です。"]

    def test_has_its_colour_in_a_file_of_its_own(self, own: Site) -> None:
        (name,) = (path for path in own.files if path.startswith("assets/brand."))
        text = own.files[name].decode()
        assert f"--color-brand: {COLOR};" in text
        assert re.fullmatch(r"assets/brand\.[0-9a-f]{12}\.css", name)
        for path, page in own.pages.items():
            if not page.is_redirect:
                sheets = [own.file_at(own.absolute(path, one["href"])) for one in page.all("link", rel="stylesheet")]
                assert sheets[-1] == name, path

    def test_is_sound(self, own: Site) -> None:
        # the tool's `head` comes before what a template of one's own adds
        assert own.problems() == []

    def test_is_nothing_where_nothing_is_said(self, variety_site: Site) -> None:
        assert not [path for path in variety_site.files if "brand" in path or "logo" in path]
        page = variety_site.page("")
        assert page.one("a", "wordmark").text == '架空カタログ "A&B" <試験>'
        assert page.one("span", "wordmark__sign")

    def test_changes_with_its_settings(self, tmp_path: Path) -> None:
        root = branded(tmp_path / "root", f'brand: {{color: "{COLOR}"}}\n')
        build(root, tmp_path / "site")
        settings = root / "content" / "catalog.yaml"
        settings.write_text(settings.read_text(encoding="utf-8").replace(COLOR, "#005f73"), encoding="utf-8")
        assert build(root, tmp_path / "site").files == clean(root)


class TestColours:
    def test_contrast_is_that_of_wcag(self) -> None:
        assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == 21
        assert contrast("#777777", "#777777") == 1
        assert 4.54 < contrast("#767676", "#ffffff") < 4.55
        assert contrast("#777777", "#ffffff") < READABLE

    @given(st.integers(0, 0xFFFFFF), st.sampled_from(["#ffffff", "#e6e6e6"]))
    def test_a_readable_shade_is_the_colour_itself_or_a_darker_one(self, number: int, background: str) -> None:
        color = f"#{number:06x}"
        shade = readable(color, background)
        assert contrast(shade, background) >= READABLE
        assert (shade == color) == (contrast(color, background) >= READABLE)
        assert all(int(shade[at : at + 2], 16) <= int(color[at : at + 2], 16) for at in (1, 3, 5))

    def test_a_colour_mixed_with_black(self) -> None:
        assert [darkened("#80ff01", percent) for percent in (0, 50, 100)] == ["#80ff01", "#407f00", "#000000"]

    @pytest.mark.parametrize("color", ["#767676", "#c74700", "#0017c1", "#000000"])
    def test_texts_in_the_brands_colour_can_be_read_on_every_ground(self, color: str) -> None:
        (css,) = brand_stylesheet(color).values()
        brand = dict(re.findall(r"(--color-[\w-]+): (#[0-9a-f]{6});", css.decode()))
        pairs = [(text, ground) for text, ground in PAIRS if text in brand and text != "--color-brand"]
        assert {"--color-link", "--color-link-hover", "--color-brand-text"} == {text for text, _ in pairs}
        assert [pair for pair in pairs if contrast(brand[pair[0]], values()[pair[1]]) < READABLE] == []
        assert contrast(brand["--color-brand"], values()["--color-on-brand"]) >= READABLE


class TestOwnFiles:
    def test_the_logo_takes_the_place_of_the_sign_and_keeps_its_room(self, own: Site) -> None:
        for path, page in own.pages.items():
            if page.is_redirect:
                continue
            logo = page.one("a", "wordmark").one("img")
            assert (logo["width"], logo["height"], logo["alt"]) == ("96", "32", "")
            assert own.files[own.file_at(own.absolute(path, logo["src"])) or ""].decode() == LOGO
            assert not page.all("span", "wordmark__sign")

    def test_a_template_takes_the_place_of_the_themes_and_can_extend_it(self, own: Site) -> None:
        page = own.page("providers/aoi-cloud/")
        assert page.meta("own") == "データ"
        assert page.one("p", "own").text == "›"
        assert not page.all("nav", "breadcrumb")

    def test_a_stylesheet_joins_the_others(self, own: Site) -> None:
        (name,) = (path for path in own.files if path.startswith("assets/site."))
        text = own.files[name].decode()
        assert ".own { color" in text
        assert text.index(".mark {") < text.index(".own {") < text.index(".pager ") < text.index("@page")

    def test_words_win_one_by_one(self, own: Site) -> None:
        footer = own.page("").one("footer").text
        assert "わたしたちの言葉です。" in footer
        assert "掲載終了" in footer

    @pytest.mark.all_pages
    def test_an_edit_makes_the_site_that_a_clean_build_makes(self, tmp_path: Path) -> None:
        root, out = branded(tmp_path / "root", files=OVERRIDES), tmp_path / "site"
        files = build(root, out).files
        for name in OVERRIDES:
            path = root / "content" / "theme" / name
            path.write_text(path.read_text("utf-8").replace("own", "ours").replace("言葉", "心").replace("80", "90"))
            before, files = files, build(root, out).files
            assert before != files == clean(root), name
        shutil.rmtree(root / "content" / "theme")
        assert build(root, out).files == clean(root)

    def test_hidden_files_and_empty_folders_are_nothing(self, tmp_path: Path) -> None:
        root = branded(tmp_path / "root")
        plain = build(root, tmp_path / "plain").files
        override(root, {"assets/img/.DS_Store": "x", "templates/.base.html.swp": "{%", ".git/config": "x"})
        (root / "content/theme/i18n").mkdir()
        assert build(root, tmp_path / "site").files == plain

    def test_a_logo_of_unknown_size_is_shown_at_its_height(self, tmp_path: Path) -> None:
        files = {"assets/img/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>'}
        logo = (
            build(branded(tmp_path / "root", files=files), tmp_path / "site").page("").one("a", "wordmark").one("img")
        )
        assert logo["height"] == "32"
        assert "width" not in logo.attributes


class TestBrokenTemplates:
    """What `check` cannot see, because it renders nothing."""

    @pytest.fixture(scope="class")
    @classmethod
    def plain(cls, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Site]:
        """A root, its site's folder, its site."""
        folder = tmp_path_factory.mktemp("plain")
        root, out = branded(folder / "root"), folder / "site"
        return root, out, build(root, out)

    @pytest.mark.parametrize(
        ("name", "text", "place", "said"),
        [
            (
                "pages/home.html",
                "{% extends 'base.html' %}\n{% block main %}{{ nowhere.such }}{% endblock %}",
                "pages/home.html:2",
                "nowhere",
            ),
            ("pages/home.html", "\n{% include 'gone.html' %}\n", "pages/home.html:2", "gone.html"),
            ("components/row.html", "{% macro head() %}{% endmacro %}", "", "head"),
            ("components/mark.html", "{% macro sign(name) %}{% endmacro %}", "", "mark"),
            ("components/answer.html", "nothing", "", "answer"),
            ("badges/badge.svg", "<svg>\n{{ badge.colour }}\n</svg>", "badges/badge.svg:2", "colour"),
        ],
    )
    def test_are_named_with_their_place_and_the_site_stays(
        self, plain: tuple[Path, Path, Site], name: str, text: str, place: str, said: str
    ) -> None:
        root, out, site = plain
        override(root, {f"templates/{name}": text})
        done = run_build(root, out, "--no-search", "--lang", "en")
        shutil.rmtree(root / "content" / "theme")
        assert done.returncode == 1, done.stderr
        assert "Traceback" not in done.stderr
        assert f"content/theme/templates{'/' if place else ''}{place}" in done.stdout
        assert "error[template-broken]" in done.stdout
        assert said in done.stdout
        assert Site.of_folder(out).files.items() <= site.files.items()

    def test_a_macro_that_python_calls_is_named_with_its_line(self, tmp_path: Path) -> None:
        head = "{% macro head(t, page, slot, url, first, several, level) %}\n<td>\n{{ slot.no }}</td>{% endmacro %}"
        root = branded(tmp_path / "root", files={"templates/components/row.html": head})
        done = run_build(root, tmp_path / "site", "--no-search", "--lang", "en")
        assert "content/theme/templates/components/row.html:3:1: error[template-broken]" in done.stdout

    def test_mistakes_of_the_tool_itself_are_not_taken_for_somebody_elses(self, tmp_path: Path) -> None:
        root = branded(
            tmp_path / "root", files={"templates/components/legend.html": "{% macro legend(t, x) %}{% endmacro %}"}
        )
        shutil.copytree(ROOT / "theme", root / "theme")
        (root / "theme/templates/pages/home.html").write_text("{{ 1 / 0 }}", encoding="utf-8")
        done = run_build(root, tmp_path / "site", "--no-search")
        assert "ZeroDivisionError" in done.stderr


# --- a third language ------------------------------------------------------------------------------------------------

FRENCH = """\
language: {name: Français, switch: Langue}
nav: {home: Accueil, services: Services}
home: {list: Liste des services}
"""


@pytest.fixture(scope="module")
def french_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The variety root in three languages, of which the third is one file of `content/theme/`."""
    root = branded(tmp_path_factory.mktemp("third") / "root", files={"i18n/fr.yaml": FRENCH}, source="variety")
    settings = root / "content" / "catalog.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[ja]", "[ja, en, fr]"), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def french(french_root: Path) -> Site:
    return build(french_root, french_root.parent / "site")


class TestAThirdLanguage:
    def test_has_every_page(self, french: Site) -> None:
        wanted = {path for path in french.pages if not path.startswith(("en/", "fr/")) and path != "404.html"}
        assert {path.removeprefix("fr/") for path in french.pages if path.startswith("fr/")} == wanted
        assert french.problems() == []

    def test_speaks_what_it_can_and_falls_back_to_the_first_language(self, french: Site) -> None:
        page = french.page("fr/")
        assert page.one("html")["lang"] == "fr"
        assert page.one("h2", id="services").text == "Liste des services"
        assert "統計" in page.one("nav", "site-nav").text
        assert french.page("fr/method/").one("article")["lang"] == "ja"

    def test_is_one_of_the_choices_on_every_page(self, french: Site) -> None:
        for address in ("", "en/", "fr/"):
            others = {
                one["lang"]: one["href"]
                for one in french.page(f"{address}g/cloud/").one("nav", "language-switch").all("a")
            }
            assert set(others) == {"ja", "en", "fr"} - {address.rstrip("/") or "ja"}
        alternates = {one.get("hreflang"): one["href"] for one in french.page("fr/").all("link", rel="alternate")}
        assert alternates["fr"] == f"{BASE_URL}fr/"

    def test_check_warns_of_what_is_missing(self, french_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "--root", str(french_root), "--today", str(TODAY), "--lang", "en"], ROOT) == 0
        shown = capsys.readouterr().out
        missing = re.search(
            r"(?m)^content/theme/i18n/fr\.yaml:1:1: warning\[translation-missing\]: .* to fr: (.*)$", shown
        )
        assert missing
        assert missing[1].startswith("page.")
        assert "about.fr.md" in shown

    def test_may_be_the_only_one(self, tmp_path: Path) -> None:
        root = branded(tmp_path / "root", files={"i18n/fr.yaml": FRENCH})
        settings = root / "content" / "catalog.yaml"
        text = "title: Catalogue fictif\ndescription: Un essai\nlanguages: [fr]\n"
        settings.write_text(text, encoding="utf-8")
        page = build(root, tmp_path / "site").page("")
        assert page.one("html")["lang"] == "fr"
        assert "Liste des services" in page.main.text
        assert "統計" in page.one("nav", "site-nav").text


# --- in a browser ----------------------------------------------------------------------------------------------------


STYLE = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1280])
def test_a_browser_shows_the_brand_and_says_nothing(browser: Browser, own: Site, width: int) -> None:
    color = f"rgb({', '.join(str(int(COLOR[at : at + 2], 16)) for at in (1, 3, 5))})"
    with served(own) as address, watched(browser, address, viewport={"width": width, "height": 800}) as tab:
        page = tab.go("providers/aoi-cloud/compute/")
        assert page.evaluate(STYLE, [".wordmark", "color"]) == color
        assert page.evaluate(STYLE, [".breadcrumb a, .sheet__provider a", "color"]) == color
        assert page.evaluate(STYLE, [".site-header", "borderTopColor"]) == color
        assert page.evaluate("() => document.querySelector('.wordmark img').naturalWidth") > 0
        assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert tab.said == []
