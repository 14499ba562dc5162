"""Whatever strangers write, in every field at once, is text on every page, in every file, and in a real Chromium."""

from __future__ import annotations

import csv
import io
import json
import random
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from playwright.sync_api import Browser
from site_checker import Document, Element, Site
from sites import served, watched
from test_hostile import IN_FRAMES, squeezed, write

from catalog.exports.answers_csv import unguarded
from torture.conftest import Effort
from torture.forge import Forge
from torture.record import Tally
from torture.targets import ROOT, TARGETS, fields, small_root

GROUPS: dict[str, list[str]] = json.loads((ROOT / "tests/data/payloads.json").read_text(encoding="utf-8"))
BASE_URL = "https://example.com/catalog/"
PER_PROVIDER = 6
ONE_LINE = ("provider_name", "service_name", "center_name")
"""Fields that are names: they hold no line ends."""
_FORMATTED = ("Markdown", "Markdown links")
"""Payloads of which something may rightly be shown in another way than it was typed: a list, a link to the web."""


@dataclass(frozen=True)
class Strangers:
    """The site, and what was typed into every field of which service."""

    site: Site
    typed: dict[str, str]

    def plain(self) -> Iterator[tuple[str, str]]:
        formatted = {payload for group in _FORMATTED for payload in GROUPS[group]}
        return ((path, payload) for path, payload in self.typed.items() if payload not in formatted)


def said(text: str) -> str:
    """What is read: without white space, and without signs that may mean emphasis."""
    return re.sub(r"[\s*_`\\]", "", text)


def one_line(payload: str) -> str:
    return " ".join(payload.split()) or "-"


def answers(names: list[str], payload: str) -> dict[str, Any]:
    """The payload as every answer, each fourth time as a reason, a way to get it, a detail, a note."""
    found: dict[str, Any] = {}
    for number, name in enumerate(names):
        forms: tuple[Any, ...] = (
            {"text": payload, "note": payload},
            {"withheld": payload},
            {"on_request": payload, "note": payload},
            {"not_applicable": payload},
        )
        found[name] = one_line(payload) if name in ONE_LINE else forms[number % 4] if number % 2 else forms[0]
    return found


def disclosure(payloads: list[str]) -> dict[str, Any]:
    provider, service, center = fields()
    first = payloads[0]
    return {
        "guideline": "mini",
        "guideline_version": "1",
        "submitted_by": "provider",
        "reading": one_line(first),
        "name_en": one_line(first),
        "aliases": [one_line(payload) for payload in payloads],
        "provider": {**answers(provider, first), "disclosure_date": "2026-05-01", "homepage": "https://a.example/"},
        "services": {
            f"s{number}": {"data_centers": ["dc"], "answers": answers(service, payload)}
            for number, payload in enumerate(payloads)
        },
        "data_centers": {"dc": answers(center, first)},
    }


def overlay(text: str, payloads: list[str]) -> str:
    """The English guideline, every text of which is a payload."""
    dice = random.Random(6)
    values = re.compile(r"""(?<=: )("[^"]*"|[A-Z][^{},\n]*)(?=[,}\n])""")
    return values.sub(lambda _: json.dumps(one_line(dice.choice(payloads)), ensure_ascii=False), text)


def settings(payloads: list[str]) -> dict[str, Any]:
    texts = [one_line(payload) for payload in payloads]
    return {
        "title": {"ja": texts[0], "en": texts[1]},
        "description": {"ja": texts[2], "en": texts[3]},
        "operator": texts[4],
        "contact": texts[5],
        "content_licence": texts[6],
        "repository": "https://a.example/r",
        "languages": ["ja", "en"],
        "brand": {"name": {"ja": texts[7], "en": texts[8]}, "footer": {"ja": texts[9], "en": texts[10]}},
    }


def profile(payloads: list[str]) -> dict[str, Any]:
    words = [{"field": "overview", "level": "must", "contains": one_line(payload)[:80]} for payload in payloads[:1]]
    return {"title": one_line(payloads[2]), "about": payloads[3], "guideline": "mini", "requirements": words}


PARTS = 6
"""Catalogs over which all payloads are spread."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    parts = range(PARTS) if metafunc.config.getoption("--torture") else range(1)
    if "strangers" in metafunc.fixturenames:
        metafunc.parametrize("strangers", parts, indirect=True, scope="module")


@pytest.fixture(scope="module")
def strangers(
    request: pytest.FixtureRequest, forge: Forge, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Strangers:
    effort = Effort(pytestconfig.getoption("--torture"))
    everything = [payload for payloads in GROUPS.values() for payload in payloads]
    payloads = random.Random(6).sample(everything, len(everything))[request.param :: PARTS]
    payloads = payloads[: effort.times(18, len(payloads))]
    folder = tmp_path_factory.mktemp("strangers")
    root = small_root(folder / "root")
    (root / TARGETS["provider"]).unlink()
    typed: dict[str, str] = {}
    for start in range(0, len(payloads), PER_PROVIDER):
        own, name = payloads[start : start + PER_PROVIDER], f"p{start // PER_PROVIDER}"
        write(root / f"content/providers/{name}.yaml", disclosure(own))
        typed |= {f"{name}/s{number}": payload for number, payload in enumerate(own)}
    write(root / TARGETS["catalog"], settings(payloads))
    write(root / TARGETS["profile"], profile(payloads))
    (root / TARGETS["prose"]).write_text("# " + "\n\n".join(payloads), encoding="utf-8")
    (root / TARGETS["message"]).unlink()
    translation = root / TARGETS["translation"]
    translation.write_text(overlay(translation.read_text(encoding="utf-8"), payloads), encoding="utf-8")
    done = forge.build(root, folder / "site", "--base-url", BASE_URL, seconds=600)
    assert done.status == 0, done
    return Strangers(Site.of_folder(folder / "site"), typed)


def test_every_page_holds_only_our_own_elements(tally: Tally, strangers: Strangers) -> None:
    tally.of("Pages of strangers' texts: well-formed, no element, attribute or address that is not ours")
    problems = strangers.site.problems()
    tally.count(len(strangers.site.pages), problems)


def test_sheets_show_what_was_typed(tally: Tally, strangers: Strangers) -> None:
    tally.of("Sheets, in both languages: every field shows the text as it was typed")
    for path, payload in strangers.plain():
        for language in ("", "en/"):
            with tally.attempt(f"{language}{path}: {payload!r}"):
                page = strangers.site.page(f"{language}providers/{path}/")
                assert squeezed(page.one("h1").raw) == squeezed(one_line(payload))
                for row in rows(page, fields()[1]):
                    assert said(payload) in said(row.raw), row.raw


def rows(page: Document, names: list[str]) -> Iterator[Element]:
    for name in names:
        yield page.ids[name].one("td", "row__answer")


def test_files_hold_what_was_typed_and_no_formula(tally: Tally, strangers: Strangers) -> None:
    tally.of("JSON, CSV, workbooks and badges of strangers' texts: the text as typed, no formula, no markup")
    site = strangers.site
    for path, payload in strangers.typed.items():
        with tally.attempt(f"{path}: {payload!r}"):
            data = site.json(f"api/v1/services/{path}.json")
            assert data["service_name"] == one_line(payload)
            said = {row["field"]: row for row in data["answers"]}
            for name in fields()[1]:
                wanted = one_line(payload) if name in ONE_LINE else payload
                assert wanted.strip() in (said[name]["text"], said[name]["detail"]), name
            table = list(csv.DictReader(io.StringIO(site.files[f"api/v1/services/{path}.csv"].decode("utf-8-sig"))))
            assert not [cell for row in table for cell in row.values() if re.match(r"[=+\-@\t\r]", cell)]
            assert any(unguarded(cell) == payload.strip() for row in table for cell in row.values())
            book = openpyxl.load_workbook(io.BytesIO(site.files[f"api/v1/services/{path}.xlsx"]))
            cells = [cell for sheet in book.worksheets for line in sheet.iter_rows() for cell in line]
            assert not [cell.value for cell in cells if cell.data_type == "f" and payload[:5] in str(cell.value)]
            badge = ET.fromstring(site.files[f"badges/{path}.svg"])
            assert {one.tag.rpartition("}")[2] for one in badge.iter()} <= {"svg", "title", "g", "rect", "text", "path"}


ADDRESSES = (
    "?q={}",
    "?location={}",
    "?sort={}",
    "compare/?s={}",
    "compare/?s=p0/s0&base={}&section={}",
    "match/#{}",
    "#{}",
)


FOREIGN = "() => document.querySelectorAll('main :is(script, iframe, object, embed, base, style, math)').length"
FRAMES = b"<!doctype html><title>-</title><link rel=icon href=data:,>"


@pytest.mark.browser
def test_in_chromium_nothing_runs(tally: Tally, effort: Effort, strangers: Strangers, browser: Browser) -> None:
    tally.of("Pages and pictures of strangers' texts in Chromium: nothing runs, no other host is asked, CSP is silent")
    paths = [path for path in strangers.site.files if path.endswith(("index.html", ".svg"))]
    paths = random.Random(6).sample(paths, min(len(paths), effort.times(40, len(paths))))
    frames = Site(
        {"frames.html": b"<!doctype html><title>-</title><link rel=icon href=data:,>", **strangers.site.files}
    )
    with served(frames) as address, watched(browser, address) as tab:
        for start in range(0, len(paths), 40):
            some = [path.removesuffix("index.html") for path in paths[start : start + 40]]
            bad = tab.go("frames.html").evaluate(IN_FRAMES, some)
            tally.count(len(some), [*bad, *tab.said])
            tab.said.clear()


@pytest.mark.browser
def test_in_chromium_nothing_runs_where_people_compare_match_and_search(
    tally: Tally, effort: Effort, strangers: Strangers, browser: Browser
) -> None:
    tally.of("Comparisons, matches, searches and filters of strangers' texts, and such texts in addresses: the same")
    dice = random.Random(6)
    paths, payloads = list(strangers.typed), list(dict.fromkeys(strangers.typed.values()))
    ways = [f"compare/?s={','.join(paths[start : start + 6])}" for start in range(0, len(paths), 6)]
    ways += ["match/#g=mini&t=x&must=overview:answered&should=notice:answered", "match/nightly/"]
    ways += [way.replace("{}", quote(payload)) for payload in payloads for way in ADDRESSES]
    with served(strangers.site) as address, watched(browser, address) as tab:
        for way in dice.sample(ways, min(len(ways), effort.times(8, 150))):
            with tally.attempt(way):
                page = tab.go(way)
                page.wait_for_load_state("networkidle")
                assert page.evaluate("() => window.__pwned") is None
                foreign = "() => [...document.querySelectorAll('main *')].map((one) => one.localName)"
                assert not {"script", "iframe", "object", "embed", "base", "style", "math"} & set(
                    page.evaluate(foreign)
                )
                said = [one for one in tab.said if "404" not in one]
                tab.said.clear()
                assert not said
