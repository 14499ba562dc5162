"""Contents that strangers write to do harm are shown as they were typed, everywhere, and do nothing."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser
from site_checker import Document, Element, Site
from sites import BASE_URL, ROOT, VARIETY, copy_root, run_build, served, watched

from catalog import answers
from catalog.answers import Problem
from catalog.model import Asks

PAYLOADS: tuple[str, ...] = tuple(json.loads((ROOT / "tests/data/payloads.json").read_text(encoding="utf-8"))["core"])
"""One of every kind; tests/torture/test_strangers.py has them all."""
SERVICES = 11
URLS = (
    'https://a.example/"onmouseover="window.__pwned=1',
    "https://a.example/'onmouseover='window.__pwned=1",
    "https://a.example/><script>window.__pwned=1</script>",
    "https://a.example/?a=1&lt;b=2&amp;c",
    "https://a.example/#</script><script>window.__pwned=1</script>",
    "https://a.example/`{{7*7}}`",
    "https://evil.invalid\\@a.example/",
    "https://user:password@a.example/",
    "javascript:window.__pwned=1//https://a.example/",
    "https://a.example/\u3000x",
)
SHEET_PLACES = {
    "employees": "p",
    "service_name": "p",
    "billing": "p",
    "contact": "answer__detail",
    "support_hours": "answer__detail",
    "notice": "answer__detail",
    "report": "answer__detail",
    "termination": "p",
    "data_location": "answer__detail",
}
"""The fields of the guideline that hold a service's payload, and the element of the cell that shows it."""


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def accepted_url(number: int) -> str:
    fine = [url for url in URLS if not isinstance(answers.parse(url, Asks("url")), Problem)]
    return [*fine, "https://a.example/"][number % (len(fine) + 1)]


def provider(number: int, payloads: tuple[str, ...]) -> dict[str, Any]:
    """A disclosure that says its first payload of itself and one payload after the other of its services."""
    own = payloads[0]
    return {
        "guideline": "cloud",
        "guideline_version": "2",
        "submitted_by": "provider",
        "reading": own,
        "name_en": own,
        "aliases": [own],
        "provider": {
            "disclosure_date": "2026-05-01",
            "provider_name": own,
            "homepage": accepted_url(number),
            "overview": {"answer": own, "note": own, "source": accepted_url(number + 1), "as_of": "2026-04"},
            "revenue": {"text": own},
            "shareholders": {"withheld": own},
        },
        "services": {f"s{place}": service(payload, place) for place, payload in enumerate(payloads)},
        "data_centers": {
            "dc": {"center_name": own, "location": {"text": own}, "ups": {"answer": "有り", "detail": {"text": own}}},
            "dc-2": {"center_name": payloads[-1], "visit": {"on_request": own}},
        },
    }


def service(payload: str, place: int) -> dict[str, Any]:
    return {
        "data_centers": ["dc", "dc-2"] if place % 3 else {"not_applicable": payload},
        "answers": {
            "employees": {"text": payload},
            "service_name": payload,
            "kinds": "iaas",
            "billing": {"text": payload},
            "os": {"hypervisor": {"answer": "有り", "detail": payload}, "systems": payload, "remarks": payload},
            "support_hours": {"withheld": payload},
            "contact": {"on_request": payload},
            "notice": {"not_applicable": payload, "note": payload, "source": accepted_url(place)},
            "report": {"answer": "有り", "detail": payload, "note": payload},
            "termination": {"answer": payload, "source": accepted_url(place + 1)},
            "not_applicable": {"data": payload},
        },
    }


def groups() -> list[tuple[str, ...]]:
    return [PAYLOADS[start : start + SERVICES] for start in range(0, len(PAYLOADS), SERVICES)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = tmp_path_factory.mktemp("hostile")
    root = copy_root(VARIETY, folder / "root")
    for path in (root / "content" / "providers").iterdir():
        path.unlink()
    for number, payloads in enumerate(groups()):
        write(root / f"content/providers/p{number}.yaml", provider(number, payloads))
    gone = provider(99, PAYLOADS[-2:]) | {
        "withdrawn": {"on": "2026-10-01", "reason": "<script>window.__pwned=1</script>"}
    }
    write(root / "content/providers/gone.yaml", gone)
    settings = {"title": PAYLOADS[0], "description": PAYLOADS[3], "operator": PAYLOADS[46], "contact": PAYLOADS[2]}
    write(root / "content/catalog.yaml", {**settings, "repository": "https://a.example/r", "languages": ["ja"]})
    lines = "\n\n".join(("# " + PAYLOADS[34], *PAYLOADS, *(f"## {payload}" for payload in PAYLOADS)))
    (root / "content/pages/about.ja.md").write_text(lines, encoding="utf-8")
    definition = root / "guideline/cloud/2"
    spoil(definition / "guideline.yaml", "short_title: 架空クラウド指針", f"short_title: {json.dumps(PAYLOADS[0])}")
    spoil(definition / "guideline.yaml", "この指針は**試験**のためのものです。", "<script>window.__pwned=1</script>")
    company = definition / "sections/01-company.yaml"
    spoil(company, "label: 従業員数", f"label: {json.dumps(PAYLOADS[46])}")
    spoil(company, "prompt: 売上高", f"prompt: {json.dumps(PAYLOADS[3])}")
    spoil(company, 'hint: "https:// から書きます。"', f"hint: {json.dumps(PAYLOADS[44])}")
    spoil(company, "title: 財務", f"title: {json.dumps(PAYLOADS[36])}")
    done = run_build(root, folder / "site", "--base-url", BASE_URL)
    assert done.returncode == 0, done.stdout + done.stderr
    return Site.of_folder(folder / "site")


def write(path: Path, data: object) -> None:
    """JSON is YAML."""
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def placed() -> Iterator[tuple[str, str]]:
    """`provider/service` and its payload."""
    for number, payloads in enumerate(groups()):
        for place, payload in enumerate(payloads):
            yield f"p{number}/s{place}", payload


def test_there_are_many_payloads() -> None:
    assert len(set(PAYLOADS)) >= 80
    assert any(not isinstance(answers.parse(url, Asks("url")), Problem) for url in URLS[:5])


def test_every_page_is_well_formed_and_holds_nothing_but_our_own_elements(site: Site) -> None:
    assert site.problems() == []


@pytest.mark.parametrize(("path", "payload"), list(placed()))
def test_a_sheet_shows_what_was_typed(site: Site, path: str, payload: str) -> None:
    page = site.page(f"providers/{path}/")
    wanted = squeezed(payload)
    assert squeezed(page.one("h1").raw) == wanted
    assert wanted in squeezed(page.one("nav", "breadcrumb").raw)
    assert squeezed(page.one("head").one("title").raw).startswith(wanted)
    for field, place in SHEET_PLACES.items():
        cell = page.ids[field].one("td", "row__answer")
        part = cell.one("div", place) if place != "p" else cell.one("div", "answer")
        found = squeezed(part.raw.removeprefix("理由").removeprefix("入手方法"))
        assert found == wanted, field
    for field in ("notice", "report"):
        note = page.ids[field].one("p", "answer__note")
        assert squeezed(note.raw) == "補足" + wanted
    parts = page.ids["os"].one("dl", "parts").all("dd")
    assert [squeezed(part.raw) for part in parts] == ["有り" + wanted, wanted, wanted]
    if section := [
        one for one in page.all("p", "answer--not_applicable") if one.parent and one.parent.tag == "section"
    ]:
        assert wanted in squeezed(section[0].raw)


@pytest.mark.parametrize(("path", "payload"), list(placed()))
def test_data_badges_and_structured_data_hold_what_was_typed(site: Site, path: str, payload: str) -> None:
    data = site.json(f"api/v1/services/{path}.json")
    assert data["service_name"] == payload
    rows = {row["field"]: row for row in data["answers"]}
    assert rows["termination"]["text"] == rows["billing"]["text"] == payload
    assert rows["report"]["detail"] == rows["report"]["note"] == rows["contact"]["detail"] == payload
    svg = ET.fromstring(site.files[f"badges/{path}.svg"])
    assert (svg.findtext("{http://www.w3.org/2000/svg}title") or "").startswith(f"{payload}の情報開示")
    assert site.json(f"badges/{path}.json")["label"] == "情報開示"
    page = site.page(f"providers/{path}/")
    (script,) = page.all("script", type="application/ld+json")
    assert json.loads(script.raw)["name"] == payload
    assert not re.search("[<>&]", script.raw)


def test_lists_providers_items_and_data_centres_show_what_was_typed(site: Site) -> None:
    home, item = site.page(""), site.page("g/cloud/items/1-1/")
    listed = {row["data-service"]: row for row in home.all("tr", data_service=None)}
    answered = {row["data-service"]: row for row in item.all("tr", data_service=None)}
    for path, payload in placed():
        assert squeezed(listed[path].one("a", "services__name").raw) == squeezed(payload)
        assert squeezed(answered[path].one("td", "row__answer").one("div", "answer").raw) == squeezed(payload)
    for number, payloads in enumerate(groups()):
        page = site.page(f"providers/p{number}/")
        assert squeezed(page.one("h1").raw) == squeezed(payloads[0])
        assert squeezed(page.main.raw).count(squeezed(payloads[0])) >= 3
        sheet = site.page(f"providers/p{number}/s1/")
        table = next(one for one in sheet.ids["ups"].above() if one.tag == "table")
        names = [squeezed(one.raw) for one in table.one("thead").all("th")[3:]]
        assert names == [squeezed(payloads[0]), squeezed(payloads[-1])]
        assert squeezed(sheet.ids["dc--location"].raw) == squeezed(payloads[0])


def test_prose_withdrawn_entries_and_the_guideline_show_what_was_typed(site: Site) -> None:
    prose = squeezed(site.page("about/").main.raw)
    for payload in PAYLOADS:
        assert squeezed(payload) in prose, payload
    assert squeezed("<script>window.__pwned=1</script>") in squeezed(site.page("withdrawn/").main.raw)
    guideline = site.page("g/cloud/")
    for payload in (PAYLOADS[0], PAYLOADS[3], PAYLOADS[36], PAYLOADS[46]):
        assert squeezed(payload) in squeezed(guideline.main.raw)
    assert squeezed(PAYLOADS[44]) in squeezed(site.page("g/cloud/items/3/").main.raw)


def test_the_catalog_s_own_words_are_text_too(site: Site) -> None:
    for page in site.pages.values():
        title = page.one("head").one("title").raw
        assert title.endswith(PAYLOADS[0])
        if not page.is_redirect:
            assert squeezed(PAYLOADS[46]) in squeezed(page.one("footer").raw)
    assert squeezed(site.page("").one("p", "hero__lead").raw) == squeezed(PAYLOADS[3])


def test_addresses_are_refused_or_lead_where_they_say(site: Site) -> None:
    found = {link["href"] for page in site.pages.values() for link in page.all("a") if "a.example" in link["href"]}
    assert len(found) > 2
    for href in found:
        assert href.startswith("https://a.example/"), href


def test_nothing_was_evaluated(site: Site) -> None:
    for path, data in site.files.items():
        if path.endswith((".html", ".json", ".svg")) and not path.startswith("pagefind/"):
            assert b"root:x:0" not in data
            assert b"class 'str'" not in data
    for element in all_elements(site.page("g/cloud/items/12/")):
        assert "__pwned" not in " ".join(element.attributes)


def all_elements(page: Document) -> list[Element]:
    return page.everything


IN_FRAMES = """async (paths) => {
  const bad = [];
  const open = async (path) => {
    const frame = document.createElement("iframe");
    frame.src = path || "./";
    const loaded = new Promise((done) => frame.addEventListener("load", done));
    document.body.append(frame);
    await loaded;
    if (frame.contentWindow.__pwned !== undefined) bad.push(path);
    if (!frame.contentDocument.documentElement) bad.push(`${path} is not there`);
    frame.remove();
  };
  const rest = [...paths];
  const worker = async () => { while (rest.length) await open(rest.pop()); };
  await Promise.all([1, 2, 3, 4, 5, 6].map(worker));
  if (window.__pwned !== undefined) bad.push("the frames' own page");
  return bad;
}"""
"""Opens the pages in frames, some at a time, and tells in which of them something ran."""


@pytest.mark.browser
def test_in_a_browser_nothing_runs_and_nothing_is_asked_of_others(
    site: Site, browser: Browser, pytestconfig: pytest.Config
) -> None:
    kinds = ("index.html", ".svg", "catalog.json")
    alike = re.compile(
        r"pagefind/|g/cloud/items/2\d/|g/cloud/compare/\w+/([3-9]|\d\d)/|badges/p\d/s[3-9]"
    )  # the cells of items are the same everywhere
    paths = [path for path in site.files if path.endswith(kinds) and not alike.match(path)]
    assert len(paths) > 130
    if not pytestconfig.getoption("--all-pages"):
        paths = paths[::4]
    frames = Site({"frames.html": b"<!doctype html><title>-</title><link rel=icon href=data:,>", **site.files})
    with served(frames) as address, watched(browser, address) as tab:
        page = tab.go("frames.html")
        assert page.evaluate(IN_FRAMES, [path.removesuffix("index.html") for path in paths]) == []
        assert tab.said == []
        for path in ("", "providers/p0/s0/", "g/cloud/items/1-1/", "about/"):
            assert tab.go(path).evaluate("() => window.__pwned") is None
        assert tab.said == []


@pytest.mark.browser
def test_in_a_browser_what_is_found_is_text(site: Site, browser: Browser) -> None:
    with served(site) as address, watched(browser, address) as tab:
        for query in ("script", "onerror", "<img src=x onerror=window.__pwned=1>", '"><svg onload=window.__pwned=1>'):
            page = tab.go("")
            page.locator("#search-query").fill(query)
            page.locator("#search-query").press("Enter")
            page.wait_for_function("() => document.querySelector('.search__results').dataset.query !== undefined")
            page.wait_for_function("() => document.querySelector('.search__status').textContent.trim() !== ''")
            inside = "() => [...document.querySelectorAll('.search__results *')].map((one) => one.localName)"
            assert set(page.evaluate(inside)) <= {
                *("ol", "ul", "li", "h2", "h3", "h4", "p", "a", "span", "mark", "div", "section", "strong", "b", "em"),
                *("button", "small", "br", "wbr", "details", "summary"),
            }
            assert page.evaluate("() => window.__pwned") is None
        assert tab.said == []
