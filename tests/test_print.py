"""A printed sheet can be handed on as it is: A4, head and foot on every page, no row cut, no date of today."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import date

import pytest
from kinds import COMPLETE, LANGUAGES
from playwright.sync_api import Browser
from pypdf import PdfReader
from site_checker import Site
from sites import BASE_URL, served, watched, words

pytestmark = pytest.mark.browser

A4 = (210, 297)
POINT = 25.4 / 72


@pytest.fixture(
    scope="module",
    params=[LANGUAGES[0], *(pytest.param(other, marks=pytest.mark.all_pages) for other in LANGUAGES[1:])],
)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def printed(browser: Browser, real_site: Site, language: str) -> PdfReader:
    with served(real_site) as address, watched(browser, address) as tab:
        page = tab.go(("" if language == "ja" else f"{language}/") + COMPLETE)
        return PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))


def plain(text: str) -> str:
    """A text without white space, for lines break where they must, and with the usual characters."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def kana(text: str) -> str:
    """Only letters, digits and kana: for some kanji, a font's table names a radical that looks the same."""
    return re.sub(r"[^A-Za-z0-9ぁ-ゖァ-ヺ]", "", plain(text))


@pytest.fixture(scope="module")
def texts(printed: PdfReader) -> list[str]:
    """The text of every page."""
    return [plain(page.extract_text()) for page in printed.pages]


def test_pages_are_a4_upright(printed: PdfReader) -> None:
    for page in printed.pages:
        size = tuple(round(float(side) * POINT) for side in (page.mediabox.width, page.mediabox.height))
        assert size == A4


def test_a_sheet_takes_few_pages(texts: list[str]) -> None:
    assert 5 <= len(texts) <= 30


def test_the_foot_stands_on_every_page(texts: list[str], language: str) -> None:
    prefix = "" if language == "ja" else f"{language}/"
    for text in texts:
        for part in ("架空IoTプラットフォーム", "2026-04-01", f"{BASE_URL}{prefix}{COMPLETE}"):
            assert plain(part) in text
        assert re.search(r"[0-9a-f]{8}", text)


def test_the_head_of_the_form_stands_on_every_page_with_rows(texts: list[str], language: str) -> None:
    t = words(language)
    head = plain("".join(t(f"row.{name}") for name in ("item", "prompt", "level")))  # the fourth may name a data center
    without = [number for number, text in enumerate(texts, 1) if head not in text]
    assert without in ([], [1])  # the first page may have no room for rows


def test_every_row_is_there_and_none_is_cut(texts: list[str], real_site: Site, language: str) -> None:
    """A row's label and its answer stand on one page."""
    page = real_site.page(("" if language == "ja" else f"{language}/") + COMPLETE)
    rows = page.all("tr", "row")
    assert len(rows) == 163
    pages = [kana(text) for text in texts]
    for row in rows:
        parts = (row.one("span", "row__label").child("a"), row.one("td", "row__answer"))
        assert any(all(kana(part.text) in text for part in parts) for text in pages), row["id"]


def test_nothing_tells_the_day_of_printing(texts: list[str]) -> None:
    today = date.today()
    everything = "".join(texts)
    for form in (today.isoformat(), f"{today:%Y/%m/%d}", f"{today.month}/{today.day}/{today:%y}"):
        assert form not in everything


def test_what_is_for_the_screen_is_left_out(texts: list[str], language: str) -> None:
    t = words(language)
    everything = "".join(texts)
    for key in ("nav.search", "filter.rows", "page.skip", "page.top", "legend.title", "footer.what"):
        assert plain(t(key)) not in everything, key
