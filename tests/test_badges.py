"""Badges: as wide as what they say, loading nothing, in every state, and never a certificate."""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from playwright.sync_api import Browser
from site_checker import Site
from sites import ROOT, VARIETY, read, rendered, served, theme, watched, with_disclosures, words

from catalog import badges
from catalog.model import State, Withdrawn

SVG = "{http://www.w3.org/2000/svg}"
CLAIMS = re.compile("認定|認証|適合|合格|承認|安全|保証|certif|approv|complian|secure|verified", re.IGNORECASE)


@pytest.fixture(scope="module")
def site() -> Site:
    return rendered(read(VARIETY), wanted=lambda path: path.startswith("badges/"))


def texts(svg: bytes) -> tuple[str, list[str]]:
    """The title, and what is seen."""
    root = ET.fromstring(svg)
    return root.findtext(f"{SVG}title") or "", [one.text or "" for one in root.iter(f"{SVG}text")]


def message(site: Site, path: str) -> str:
    title, (label, seen) = texts(site.files[f"badges/{path}.svg"])
    shields = site.json(f"badges/{path}.json")
    assert (shields["label"], shields["message"]) == (label, seen)
    assert seen in title
    return seen


class TestMessage:
    @pytest.mark.parametrize(
        ("path", "expected"),
        [
            ("aoi-cloud", "必須 32/32 2026-05-01"),
            ("aoi-cloud/compute", "必須 22/22 2026-05-01"),
            ("aoi-cloud/archive", "基本 2/2 2026-06-01"),  # the levels have the guideline's own names
            ("beni-systems/blank", "必須 6/19 2025-01-15 まもなく期限"),
            ("cha-works/press", "必須 8/19 2024-03-31 期限切れ"),
            ("dan-net", "必須 2/6 開示日なし"),
            ("ebi-link", "掲載終了"),
            ("ebi-link/net", "掲載終了"),
            ("fuji-data", "転記・事業者未確認"),
            ("fuji-data/lake", "転記・事業者未確認"),
            ("gin-sample/demo", "架空の見本 必須 5/19 2026-01-10"),
            ("iro-press", "基本 1/1 開示日なし"),  # goes on with another guideline
            ("iro-press/gone", "掲載終了"),
        ],
    )
    def test_says_how_much_is_disclosed_since_when_and_where_it_stands(
        self, site: Site, path: str, expected: str
    ) -> None:
        assert message(site, path) == expected

    def test_a_transcription_has_no_figures(self, site: Site) -> None:
        assert not re.search(r"\d", message(site, "fuji-data/lake"))

    def test_every_state_has_a_word_of_its_own_but_the_usual_one(self) -> None:
        catalog = read(VARIETY)
        aoi = next(provider for provider in catalog.providers if provider.id == "aoi-cloud").main
        seen = {badges.badge(words(), aoi, state, None, "名").message for state in State}
        assert len(seen) == len(State)
        assert badges.badge(words(), aoi, State.VALID, None, "名").message == "2026-05-01"

    def test_a_withdrawn_sample_is_still_a_sample(self) -> None:
        catalog = read(VARIETY)
        gin = next(provider for provider in catalog.providers if provider.id == "gin-sample").main
        gone = with_disclosures(catalog, [replace(gin, withdrawn=Withdrawn("2026-10-01", "試験"))])
        assert message(rendered(gone, wanted=lambda path: "badges" in path), "gin-sample") == "架空の見本 掲載終了"


class TestNoCertificate:
    def test_claims_nothing(self, site: Site) -> None:
        assert words()("badge.label") == "情報開示"
        for path, data in site.files.items():
            if path.endswith(".svg"):
                title, seen = texts(data)
                assert not any(CLAIMS.search(one) for one in seen), path
                disclaimer = "事業者の開示の有無を数えたもので、安全性の認定ではありません"
                assert disclaimer in title
                assert not CLAIMS.search(title.replace(disclaimer, "")), path

    def test_has_no_green_and_no_tick(self, site: Site) -> None:
        for path, data in site.files.items():
            if path.endswith(".svg"):
                assert not re.search("[✓✔☑🏅🛡]", data.decode())
                colors = set(re.findall(r'(?:fill|stroke)="#([0-9a-f]{6})"', data.decode()))
                assert colors == {site.json(path.replace(".svg", ".json"))["color"]}
                for color in colors:
                    red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
                    assert not green > red + blue


class TestLanguages:
    def test_the_title_stands_there_in_every_language(self) -> None:
        catalog = read(ROOT)
        site = rendered(catalog, wanted=lambda path: path.startswith("badges/"))
        for path, data in site.files.items():
            if path.endswith(".svg"):
                own, english = ET.fromstring(data).findall(f"{SVG}title")
                assert (own.get("lang"), english.get("lang")) == (None, "en")
                assert not re.search("[ぁ-ん]", (english.text or "").replace(self.named(own.text or ""), ""))
                assert CLAIMS.search(english.text or "")  # it says that it is none

    def named(self, title: str) -> str:
        """Whose badge it is."""
        return title.partition("の情報開示:")[0]


class TestShields:
    def test_is_the_endpoint_format(self, site: Site) -> None:
        for path in site.files:
            if path.startswith("badges/") and path.endswith(".json"):
                data = site.json(path)
                assert set(data) == {"schemaVersion", "label", "message", "color"}
                assert data["schemaVersion"] == 1
                assert re.fullmatch("[0-9a-f]{6}", data["color"])
                assert data["label"]
                assert data["message"]


class TestSvg:
    def test_is_accessible_and_loads_nothing(self, site: Site) -> None:
        for path, data in site.files.items():
            if not path.endswith(".svg"):
                continue
            root = ET.fromstring(data)
            assert root.tag == f"{SVG}svg"
            assert root.get("role") == "img"
            assert root.get("lang") == "ja"
            title = root.find(f"{SVG}title")
            assert title is not None
            assert root.get("aria-labelledby") == title.get("id")
            allowed = {f"{SVG}{name}" for name in ("svg", "title", "rect", "g", "text")}
            assert {one.tag for one in root.iter()} <= allowed
            for one in root.iter():
                assert not any(name.startswith("on") or name == "style" or "href" in name for name in one.attrib)
            assert b"url(" not in data
            assert b"@font-face" not in data
            assert data.count(b"http") == 1  # the name space

    def test_is_as_wide_as_its_texts(self, site: Site) -> None:
        for path, data in site.files.items():
            if not path.endswith(".svg"):
                continue
            root = ET.fromstring(data)
            total = float(root.get("width") or 0)
            left, right = root.iter(f"{SVG}text")
            assert root.get("viewBox") == f"0 0 {root.get('width')} 22"
            boxes = [(float(one.get("x") or 0), float(one.get("textLength") or 0)) for one in (left, right)]
            for (_, length), text in zip(boxes, (left.text or "", right.text or ""), strict=True):
                wide = sum(unicodedata.east_asian_width(letter) in "WFA" for letter in text)
                assert length == pytest.approx(11 * wide + 6.2 * (len(text) - wide))
            (start, length), (second, rest) = boxes
            assert start + length < second  # the texts do not touch
            assert second + rest + 8 == pytest.approx(total)

    @pytest.mark.browser
    def test_texts_keep_their_natural_width_within_reason(self, browser: Browser, site: Site) -> None:
        """Japanese is neither squeezed nor torn apart: the given width is close to that of real letters."""
        messages = ("必須 120/136 2026-05-01", "転記・事業者未確認", "架空の見本 必須 5/19 まもなく期限", "掲載終了")
        measured = """(texts) => texts.map((text) => {
          const canvas = document.createElement("canvas").getContext("2d");
          canvas.font = "11px 'Noto Sans JP','Hiragino Sans','Yu Gothic UI',Meiryo,'Noto Sans CJK JP',sans-serif";
          return canvas.measureText(text).width;
        })"""
        with served(Site({"404.html": b"<!doctype html>", **site.files})) as address, watched(browser, address) as tab:
            tab.go("badges/aoi-cloud.svg")
            drawn = tab.page.evaluate(
                "() => [...document.querySelectorAll('text')].map((one) => one.getBoundingClientRect().width)"
            )
            natural = tab.go("nothing").evaluate(measured, list(messages))
        assert [round(one, 1) for one in drawn] == [badges.width("情報開示"), badges.width("必須 32/32 2026-05-01")]
        for text, width in zip(messages, natural, strict=True):
            assert badges.width(text) / width == pytest.approx(1, abs=0.2), text


class TestHostileNames:
    @pytest.mark.parametrize(
        "name",
        [
            "</title><script>alert(1)</script>",
            '"><svg onload=alert(1)>',
            "a & b &amp; &#60;",
            "{{ 7*7 }} {% raw %}",
            "]]><![CDATA[",
            "𠮷野家👨‍👩‍👧",
            "a\tb",
        ],
    )
    def test_are_text(self, name: str) -> None:
        catalog = read(VARIETY)
        aoi = next(provider for provider in catalog.providers if provider.id == "aoi-cloud").main
        found = badges.badge(words(), aoi, State.VALID, None, name)
        title, seen = texts(badges.svg(theme(), words(), found))
        assert name in title
        assert seen == ["情報開示", "2026-05-01"]
        assert badges.shields(found)


def test_stand_at_the_addresses_of_the_contract() -> None:
    site = rendered(read(ROOT), wanted=lambda path: path.startswith("badges/"))
    for sheet in read(ROOT).sheets:
        for path in (sheet.provider_id, sheet.path):
            assert {f"badges/{path}.svg", f"badges/{path}.json"} <= set(site.files)
