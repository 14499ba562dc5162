"""Search finds what the catalog says: a list of queries against plain text comparison, in a real browser."""

from __future__ import annotations

import functools
import json
import random
import re
import sys
import threading
import time
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle, pairwise
from pathlib import Path
from typing import Any

import pytest
import sites
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import Browser, Page, Route
from site_checker import Site
from sites import with_rows

from catalog import answers, pipeline, search, search_text
from catalog.diagnostics import Report, in_language
from catalog.messages import Messages, load_messages
from catalog.model import Answer, Asks, Catalog, Disclosure, Kind, Role, Row, Scope, State, Status, Withdrawn
from catalog.source import ParseCache
from catalog.theme import Theme

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)
QUERIES = json.loads((ROOT / "tests" / "queries.json").read_text(encoding="utf-8"))
CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; manifest-src 'self'"
)
MORE_PROVIDERS = 30


# --- the catalog: the real one, and more providers that answer with the same words -----------------------------------


@pytest.fixture(scope="module")
def real() -> Catalog:
    report = Report()
    catalog = pipeline.read(ROOT, TODAY, ParseCache(None, ""), report)
    assert catalog is not None, report.sorted()
    return catalog


@pytest.fixture(scope="module")
def catalog(real: Catalog) -> Catalog:
    disclosures = [disclosure for provider in real.providers for disclosure in provider.disclosures]
    made = [_mixed(disclosures, number) for number in range(1, MORE_PROVIDERS + 1)]
    providers = (*real.providers, *pipeline.assemble(made, real.settings, TODAY))
    return replace(real, providers=providers)


def _mixed(disclosures: list[Disclosure], number: int) -> Disclosure:
    """A provider with one service and up to two data centres; each answer is some real disclosure's, or missing."""
    dice = random.Random(number)
    base = disclosures[0]
    pools: dict[Scope, dict[str, list[Answer]]] = {scope: defaultdict(list) for scope in Scope}
    for disclosure in disclosures:
        for scope, given in (
            (Scope.PROVIDER, disclosure.answers),
            *((Scope.SERVICE, service.answers) for service in disclosure.services),
            *((Scope.DATA_CENTER, center.answers) for center in disclosure.data_centers),
        ):
            for field, answer in given.items():
                pools[scope][field].append(answer)
    services = [service for disclosure in disclosures for service in disclosure.services]
    centers = [center for disclosure in disclosures for center in disclosure.data_centers]

    def mix(scope: Scope) -> dict[str, Answer]:
        share = dice.uniform(0.2, 0.9)
        return {field: dice.choice(pool) for field, pool in pools[scope].items() if dice.random() < share}

    used = [
        replace(center, id=f"dc-{place}", answers=mix(Scope.DATA_CENTER))
        for place, center in enumerate(dice.sample(centers, dice.randrange(3)))
    ]
    service = replace(
        dice.choice(services), id="service", data_centers=tuple(c.id for c in used), answers=mix(Scope.SERVICE)
    )
    return replace(
        base,
        path=f"content/providers/mixed-{number}.yaml",
        provider_id=f"mixed-{number}",
        name=f"架空商事第{number}",
        reading="",
        name_en="",
        aliases=(),
        sample=True,
        answers=mix(Scope.PROVIDER),
        services=(service,),
        data_centers=tuple(used),
    )


# --- the truth: what a person would find by reading ------------------------------------------------------------------


_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(text.split())).casefold()


def said_in(row: Row) -> str:
    """What the row of the sheet says."""
    answer, asks = row.answer, row.slot.field.asks
    if answer.status is Status.UNANSWERED:
        return ""
    words = answer.text
    if asks.type == "parts" and isinstance(answer.value, dict):
        words = " / ".join(f"{part['text']} / {part['detail']}" for part in answer.value.values())
    elif asks.choices and answer.kind is Kind.VALUE:
        words = answers.text(answer.value, asks, "ja")
    return plain(" / ".join((_LINK.sub(r"\1", words), _LINK.sub(r"\1", answer.detail), answer.note)))


def wording(texts: Asks) -> Iterator[str]:
    yield from (in_language(choice.label, "ja") for choice in texts.choices)
    if texts.detail:
        yield in_language(texts.detail.prompt, "ja")
        yield from wording(texts.detail.asks)
    for part in texts.parts:
        yield in_language(part.label, "ja")
        yield from wording(part.asks)


@dataclass(frozen=True)
class Truth:
    """Everything that can be found, as plain text: sheets by path with their rows by anchor, items by path."""

    sheets: Mapping[str, Mapping[str, str]]
    items: Mapping[str, str]

    @staticmethod
    def of(catalog: Catalog) -> Truth:
        sheets: dict[str, dict[str, str]] = {}
        for sheet in catalog.sheets:
            rows = {row.anchor: text for row in sheet.rows if (text := said_in(row))}
            told = {row.slot.field.role for row in sheet.rows if said_in(row)}
            head = [sheet.service.name] if Role.SERVICE_NAME not in told else []
            head += [sheet.disclosure.name] if Role.PROVIDER_NAME not in told else []
            katakana = re.sub("[ぁ-ゖ]", lambda match: chr(ord(match[0]) + 0x60), sheet.disclosure.reading)
            also = (sheet.disclosure.reading, katakana, sheet.disclosure.name_en, *sheet.disclosure.aliases)
            head += [name for name in also if name]
            head += [c.name for c in sheet.data_centers] if Role.DATA_CENTER_NAME not in told else []
            sheets[f"providers/{sheet.path}/"] = rows | ({"": plain(" / ".join(head))} if head else {})
        items = {}
        for guideline in catalog.newest:
            for _, group, item in guideline.items:
                texts = [item.number + " " + in_language(item.label, "ja"), in_language(group.title, "ja")]
                for field in item.fields:
                    texts += [in_language(field.title, "ja"), in_language(field.prompt, "ja"), *wording(field.asks)]
                items[f"g/{guideline.id}/items/{item.slug}/"] = plain(" / ".join(texts))
        return Truth(sheets, items)


@dataclass(frozen=True)
class Query:
    kind: str
    text: str
    words: tuple[tuple[str, ...], ...]
    """Each word that must occur, in each spelling that counts."""

    @property
    def may_spread(self) -> bool:
        """Words with spaces between them may stand in different rows of a sheet."""
        return self.kind in ("several", "across")

    @staticmethod
    def of(entry: Mapping[str, Any]) -> Query:
        text = entry["query"]
        if "means" in entry:
            return Query(entry["class"], text, (tuple(plain(one) for one in entry["means"]),))
        quotes = re.findall('[「『“"](.+?)[」』”"]', text)
        words = entry.get("words") or quotes or plain(text).split()
        return Query(entry["class"], text, tuple((plain(word),) for word in words))

    def is_in(self, text: str) -> bool:
        return all(any(_occurs(one, text) for one in spellings) for spellings in self.words)

    def resembles(self, text: str) -> bool:
        """Some of the words occur; for a query that stands nowhere, some of its pairs of characters."""
        if self.kind == "resembling":
            return any(pair in text for pair in map("".join, pairwise(plain(self.text))))
        given = plain(self.text).split()
        return any(_occurs(one, text) for spellings in (*self.words, given) for one in spellings)


def _occurs(word: str, text: str) -> bool:
    """As a part of the text; a Latin word or number from its beginning on (SMS is no part of ISMS)."""
    before = "(?<![a-z])" if "a" <= word[0] <= "z" else "(?<![0-9])" if word[0].isdigit() else ""
    return re.search(before + re.escape(word), text) is not None


# --- the site and the browser ----------------------------------------------------------------------------------------


@functools.cache
def words() -> Messages:
    """The interface's words in Japanese."""
    return load_messages(ROOT / "theme", ("ja",), ParseCache(None, ""), Report())["ja"]


PAGE = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ csp }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>test</title><link rel="icon" href="{{ root }}icon.svg">
<link rel="stylesheet" href="{{ root }}assets/{{ css }}">
<script type="module" src="{{ root }}assets/{{ scripts }}/search.js"></script>
</head><body><main id="main"><div class="home"><section class="hero"><h1>カタログ</h1>
{% from 'components/search.html' import search %}
{{ search(t, root, root ~ bundle) }}
</section></div></main></body></html>
"""


def write_site(catalog: Catalog, folder: Path) -> None:
    """A home page, the same page deeper down, one whose index is missing; assets and index."""
    theme = Theme(ROOT / "theme")
    for name, data in theme.files.items():
        path = folder / "assets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    environment = Environment(
        loader=FileSystemLoader(ROOT / "theme" / "templates"), autoescape=True, undefined=StrictUndefined
    )
    template = environment.from_string(PAGE)
    pages = (
        ("", "./", "pagefind/"),
        ("deep/er", "../../", "pagefind/"),
        ("broken", "../", "no/"),
        ("many", "../", "common/"),
    )
    for path, root, bundle in pages:
        values = {"csp": CSP, "css": theme.css, "scripts": theme.scripts, "t": words(), "root": root, "bundle": bundle}
        page = folder / path / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(template.render(values), encoding="utf-8")
    (folder / "icon.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    search.PagefindIndex(catalog).write(folder / "pagefind")
    search.PagefindIndex(nasty(catalog)).write(folder / "nasty")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_MANY", 1)
        patch.setattr(search, "_COMMON", 0.3)
        search.PagefindIndex(catalog).write(folder / "common")


def nasty(catalog: Catalog) -> Catalog:
    """One provider whose answers are made to be misread."""
    provider = max(catalog.providers, key=lambda one: len(one.sheets[0].rows))
    sheet = provider.sheets[0]
    texts = cycle(NASTY)
    rows = (
        replace(row, answer=replace(row.answer, kind=Kind.TEXT, text=next(texts), detail=next(texts), note=next(texts)))
        for row in sheet.rows
    )
    return replace(catalog, providers=(replace(provider, sheets=(with_rows(sheet, rows),)),))


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of `catalog/` in the folder: a site under a sub-path."""
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/catalog/"
        server.shutdown()


@pytest.fixture(scope="module")
def site(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the pages that show nothing but the search."""
    folder = tmp_path_factory.mktemp("www")
    write_site(catalog, folder / "catalog")
    with served(folder) as address:
        yield address


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """A page; afterwards, nothing was said on the console and nothing was thrown."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    yield page
    assert said == []
    page.close()


SEARCH = """async (query) => {
  const results = document.querySelector(".search__results");
  const input = document.querySelector(".search__query");
  const pause = () => new Promise((done) => setTimeout(done, 2));
  delete results.dataset.query;
  input.value = query;
  input.form.requestSubmit();
  while (results.dataset.query !== query) await pause();
  for (let button; (button = results.querySelector(".search__more")); ) {
    if (!button.disabled) button.click();
    await pause();
  }
  const text = (from, selector) => from.querySelector(selector)?.textContent ?? "";
  const target = (from) => from.querySelector("a").href.slice(new URL(".", location.href).href.length);
  return {
    status: document.querySelector("[role=status]").textContent,
    hits: [...results.querySelectorAll(".search__hit")].map((hit) => ({
      kind: hit.classList.contains("search__hit--item") ? "item" : "sheet",
      path: target(hit),
      name: text(hit, ".search__name a"),
      marks: [...hit.querySelectorAll(".search__mark")].map((mark) => mark.textContent),
      rows: [...hit.querySelectorAll(".search__row")].map((row) => ({
        target: target(row), name: text(row, "a"), excerpt: text(row, ".search__excerpt"), marked: text(row, "mark"),
      })),
      marked: text(hit, "mark"),
    })),
  };
}"""


def searched(page: Page, query: str) -> dict[str, Any]:
    """All hits for a query, as the reader sees them."""
    found = page.evaluate(SEARCH, query)
    assert isinstance(found, dict)
    return found


# --- the list of queries ---------------------------------------------------------------------------------------------


def test_the_list_of_queries_is_long_enough() -> None:
    assert len(QUERIES) >= 110
    assert len({(entry["class"], entry["query"]) for entry in QUERIES}) == len(QUERIES)


@pytest.mark.browser
def test_queries_find_every_sheet_and_every_row_that_says_so(catalog: Catalog, site: str, browser: Browser) -> None:
    truth = Truth.of(catalog)
    tallies: dict[str, list[int]] = defaultdict(lambda: [0] * 7)
    wrong: list[str] = []
    started = time.monotonic()
    with opened(browser, site) as page:
        for query in map(Query.of, QUERIES):
            found = searched(page, query.text)
            compare(query, found["hits"], truth, tallies[query.kind], wrong)
    report = [
        f"{kind:16} sheets {t[0]}/{t[1]}  rows {t[2]}/{t[3]}  items {t[4]}/{t[5]}  queries {t[6]}"
        for kind, t in tallies.items()
    ]
    print("\n".join(report), f"\n{len(QUERIES)} queries, {time.monotonic() - started:.1f} s")
    assert not wrong, "\n".join(wrong)
    totals = [sum(tally[place] for tally in tallies.values()) for place in range(6)]
    assert totals[1] > 1000
    assert totals[0] / totals[1] >= 0.99, report
    assert totals[2] / totals[3] >= 0.99, report
    assert totals[4] / totals[5] >= 0.99, report


def compare(query: Query, hits: list[dict[str, Any]], truth: Truth, tally: list[int], wrong: list[str]) -> None:
    """Count what was found of what should be; note every hit that says something else than was asked for."""
    kinds = [hit["kind"] for hit in hits]
    if kinds != sorted(kinds):
        wrong.append(f"{query.text}: items do not come first")
    samples = [words()("search.sample") in hit["marks"] for hit in hits]
    if samples != sorted(samples):
        wrong.append(f"{query.text}: samples do not come last")
    loose = {words()("search.partial"), words()("search.spread")}
    whole = defaultdict[str, set[str]](set)
    some: set[str] = set()
    for hit in hits:
        partial = loose & set(hit["marks"])
        if hit["kind"] == "item":
            if not (query.resembles if partial else query.is_in)(truth.items[hit["path"]]):
                wrong.append(f"{query.text}: {hit['name']} does not say so")
            continue
        some.add(hit["path"])
        for row in hit["rows"]:
            path, _, anchor = row["target"].partition("#")
            said = truth.sheets[path][anchor]
            if path != hit["path"] or not (query.resembles if partial else query.is_in)(said):
                wrong.append(f"{query.text}: {row['target']} does not say so ({said[:80]})")
            if not row["marked"]:
                wrong.append(f"{query.text}: nothing is marked in {row['target']} ({row['excerpt']})")
            whole[path].add(anchor)
    wanted_rows = {
        (path, anchor) for path, rows in truth.sheets.items() for anchor, said in rows.items() if query.is_in(said)
    }
    wanted = {path for path, _ in wanted_rows}
    if query.may_spread:
        wanted |= {path for path, rows in truth.sheets.items() if query.is_in(" / ".join(rows.values()))}
    found_rows = {(path, anchor) for path, anchors in whole.items() for anchor in anchors}
    items = {path for path, said in truth.items.items() if query.is_in(said)}
    found_items = {hit["path"] for hit in hits if hit["kind"] == "item"}
    for place, (found, should) in enumerate(((some, wanted), (found_rows, wanted_rows), (found_items, items))):
        tally[2 * place] += len(found & should)
        tally[2 * place + 1] += len(should)
        if missed := should - found:
            print(f"missed by {query.text}: {sorted(missed)[:3]}")
    tally[6] += 1
    if query.kind == "nothing" and hits:
        wrong.append(f"{query.text}: found something")
    if query.kind == "resembling" and not (hits and all(words()("search.partial") in hit["marks"] for hit in hits)):
        wrong.append(f"{query.text}: found nothing that resembles it, or without saying so")


# --- what a reader does ----------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_typing_finds_the_row_from_a_page_at_any_depth(catalog: Catalog, site: str, browser: Browser) -> None:
    asked: list[str] = []
    with opened(browser, site + "deep/er/") as page:
        page.on("request", lambda request: asked.append(request.url))
        page.wait_for_load_state("networkidle")
        assert not [url for url in asked if "/pagefind/" in url], "the index is loaded before it is used"
        box = page.get_by_role("searchbox")
        for query, item, anchors in (
            ("サーバールーム", "115", {"ishikari--ups"}),
            ("免震", "111", {"kanto-1--base_isolation"}),
            ("ＩＳＭＳ", "63", {"certifications"}),
        ):
            box.fill("")
            box.press_sequentially(query)
            page.wait_for_function(
                "query => document.querySelector('.search__results').dataset.query === query", arg=query
            )
            hrefs = page.locator(".search__results a").evaluate_all("links => links.map(link => link.href)")
            assert hrefs[0].startswith(f"{site}g/iot-iaas-paas/items/")
            assert f"{site}g/iot-iaas-paas/items/{item}/" in hrefs
            targets = {href.partition("#")[2] for href in hrefs if href.startswith(f"{site}providers/")}
            known = {row.anchor for sheet in catalog.sheets for row in sheet.rows}
            assert targets - {""} <= known
            assert {anchor.partition("--")[2] or anchor for anchor in anchors} <= {
                target.partition("--")[2] or target for target in targets
            }
            assert re.search(r"項目 \d+件(以上)?、サービス \d+件(以上)?", page.get_by_role("status").inner_text())
            assert page.evaluate("new URL(location.href).searchParams.get('q')") == query
        box.press("Escape")
        assert box.input_value() == ""
        assert page.locator(".search__results > *").count() == 0
        assert page.get_by_role("status").inner_text() == ""
        assert "?" not in page.url


@pytest.mark.browser
def test_a_hit_leads_to_the_row_that_says_so(real_site: Site, browser: Browser) -> None:
    with sites.served(real_site) as address, opened(browser, address) as page:
        type_before_the_script_runs(page, address, "免震")
        for query in ("サーバールーム", "免震", "ＩＳＭＳ"):
            page.goto(address)
            page.get_by_role("searchbox").press_sequentially(query)
            page.locator(".search__row a").first.click()
            page.wait_for_url("**/providers/**")
            target = page.locator(":target")
            assert plain(query) in plain(target.inner_text())
            page.go_back()
            page.wait_for_selector(".search__hit")
            assert page.get_by_role("searchbox").input_value() == query
            page.locator(".search__hit--item a").first.click()
            page.wait_for_url("**/items/**")
            assert plain(query) in plain(page.locator("main").inner_text())


def type_before_the_script_runs(page: Page, address: str, query: str) -> None:
    held: list[Route] = []
    page.route("**/search.js", lambda route: held.append(route))
    page.goto(address)
    page.get_by_role("searchbox").fill(query)
    held[0].continue_()
    page.wait_for_selector(".search__hit")
    page.unroute("**/search.js")


@pytest.mark.browser
def test_a_query_can_be_linked_and_leaves_the_rest_of_the_address_alone(site: str, browser: Browser) -> None:
    with opened(browser, site + "?by=own,sample&q=バックアップ") as page:
        page.wait_for_selector(".search__hit")
        assert page.get_by_role("searchbox").input_value() == "バックアップ"
        searched(page, "免震")
        assert page.url.endswith("?q=%E5%85%8D%E9%9C%87&by=own,sample")


PATHS = """async ([module, query, among]) => {
  const { open } = await import(module + "search-engine.js");
  const engine = await open(new URL("pagefind/", location.href).href);
  const { paths, certain } = await engine.pathsFor(query);
  const found = [];
  for await (const { path } of engine.sheets(query, { among })) found.push(path);
  return { paths: [...paths], certain, found };
}"""


@pytest.mark.browser
@pytest.mark.parametrize("query", ["免震", "サービス", "存在しない言い回し"])
def test_lists_are_narrowed_to_the_sheets_that_say_it(
    catalog: Catalog, site: str, browser: Browser, query: str
) -> None:
    asked = Query("", query, ((plain(query),),))
    sheets = Truth.of(catalog).sheets
    wanted = {path for path, rows in sheets.items() if any(asked.is_in(said) for said in rows.values())}
    few = sorted(path.removeprefix("providers/").rstrip("/") for path in sheets)[::2]
    with opened(browser, site) as page:
        module = page.evaluate("document.querySelector('script[src$=\"search.js\"]').src.replace('search.js', '')")
        told = page.evaluate(PATHS, [module, query, few])
    found = {f"providers/{path}/" for path in told["paths"]}
    assert found >= wanted
    if told["certain"] and wanted:
        assert found == wanted
    assert set(told["found"]) == {path for path in wanted if path.removeprefix("providers/").rstrip("/") in few}


@pytest.mark.browser
def test_pairs_that_nearly_all_sheets_say_are_found_without_the_index(site: str, browser: Browser) -> None:
    """What is left out where there are many sheets changes no hit and no row."""
    with opened(browser, site) as whole, opened(browser, site + "many/") as less:
        common = less.evaluate("fetch('../common/labels.json').then((it) => it.json()).then((it) => it.common)")
        assert len(common) > 50
        for query in (
            "サービス",
            "データ",
            "時",
            "冗長化",
            "バックアップの頻度",
            "サービス データ",
            "クラウド",
            "無停電電源装置の点検",
        ):
            found = [searched(page, query)["hits"] for page in (whole, less)]
            for hit in (hit for hits in found for hit in hits):
                del hit["path"]  # from another depth
                for row in hit["rows"]:
                    del row["target"]
            assert sorted(found[0], key=str) == sorted(found[1], key=str), query


@pytest.mark.browser
def test_the_last_query_wins(site: str, browser: Browser) -> None:
    with opened(browser, site) as page:
        page.evaluate(
            """() => {
              const input = document.querySelector(".search__query");
              for (const query of ["データ", "サービス", "免震"]) {
                input.value = query;
                input.form.requestSubmit();
              }
            }"""
        )
        page.wait_for_selector(".search__hit")
        page.wait_for_timeout(500)
        assert "「免震」" in page.get_by_role("status").inner_text()
        assert {mark.strip() for mark in page.locator(".search mark").all_inner_texts()} == {"免震"}


@pytest.mark.browser
def test_a_query_is_shown_as_text(site: str, browser: Browser) -> None:
    with opened(browser, site) as page:
        found = searched(page, "<img src=x onerror=alert(1)> データ")
        assert "「<img src=x onerror=alert(1)> データ」" in found["status"]
        assert page.locator(".search img").count() == 0


@pytest.mark.browser
def test_a_missing_index_is_told_and_the_page_stays(site: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(site + "broken/")
    page.get_by_role("searchbox").fill("免震")
    page.wait_for_function("() => document.querySelector('[role=status]').textContent !== ''")
    assert page.get_by_role("status").inner_text() == words()("search.error")
    page.close()


@pytest.mark.browser
def test_browser_and_builder_read_and_cut_text_in_the_same_way(catalog: Catalog, site: str, browser: Browser) -> None:
    texts = [text for sheet in catalog.sheets for _, text in search.sheet_texts(sheet)]
    stems = [f"{stem}ー{stem}ール {stem}ー" for stem in search_text.STEMS.split("|")]
    texts = [*NASTY, *stems, *(entry["query"] for entry in QUERIES), *dict.fromkeys(texts)]
    assert len(texts) > 500
    with opened(browser, site) as page:
        module = page.evaluate("document.querySelector('script[src$=\"search.js\"]').src.replace('search.js', '')")
        cut = page.evaluate(
            """async ([module, texts]) => {
              const { fold, foldWithPlaces, tokens } = await import(module + "search-text.js");
              return texts.map((text) => [fold(text), foldWithPlaces(text), tokens(text)]);
            }""",
            [module, texts],
        )
        for text, (folded, placed, tokens) in zip(texts, cut, strict=True):
            assert folded == search_text.fold(text)
            assert tokens == search_text.tokens(text)
            assert placed["folded"] == folded
            assert len(placed["places"]) == len(folded.encode("utf-16-le")) // 2
        for bundle, shown in (("pagefind/", catalog), ("nasty/", nasty(catalog))):
            rows = {f"providers/{one.path}/": [list(row) for row in search.sheet_texts(one)] for one in shown.sheets}
            assert dict(page.evaluate(READ, [module, bundle])) == rows


READ = """async ([module, bundle]) => {
  const { open, Page } = await import(module + "search-engine.js");
  const { mark } = await import(module + "search-text.js");
  const { pagefind, labels } = await open(new URL(bundle, location.href).href);
  const found = (await pagefind.search(mark("sheet"))).results;
  return Promise.all(found.map(async (result) => {
    const page = new Page(result.id, await result.data(), null, labels);
    return [page.path, page.rows.map(({ anchor, text }) => [anchor, text])];
  }));
}"""


NASTY = (
    "",
    " ",
    "サーバー サーバーー ーサーバー ｻｰﾊﾞｰ･ﾙｰﾑ ﾊﾟﾋﾟﾌﾟ が か゛ か\u3099",
    "ＩＳＭＳ（JIS Q 27001）① ㈱ ㍿ ㎡ Ⅳ ½ ﬁ ™ ℡",
    "1,000社 1,0000 12,345,678円 0,5 3ヶ月 3カ月 三ヶ月 1ヵ所 10箇国",
    "A\u200bB\ufeff\u00adC 日\u200b本 葛\U000e0100城 ☎\ufe0f",
    "日本 の 空白\u3000全角\tタブ\n改行 A B\r\nC　D",
    "髙橋 﨑 𠮷野家 𩸽 Café naïve Straße ΣΊΣΥΦΟΣ İstanbul Москва 한국어 þorn ðe",
    "〜～∼-‐–—―− a.b-c_d/e:f+g ..x.. 99.99%以上 https://a.example/b?c=d#e <script>&amp;\"'",
    "コーヒー コンピューター室 エレベーターホール データセンター間 ユーザー・サーバー",
)


# --- the builder's side ----------------------------------------------------------------------------------------------


def test_spellings_that_mean_the_same_fold_to_the_same() -> None:
    for one, other in (
        ("サーバールーム", "ｻｰﾊﾞﾙｰﾑ"),
        ("サーバー", "サーバ"),
        ("ＩＳＭＳ", "isms"),
        ("1,200社", "１２００社"),
        ("3ヶ月", "3カ月"),
        ("2024年 6月 1日", "2024年6月1日"),
        ("髙橋", "高橋"),
        ("無停電\n電源", "無停電電源"),
    ):
        assert search_text.fold(one) == search_text.fold(other)
    assert search_text.fold("ビール") != search_text.fold("ビル")
    assert search_text.fold("Windows Server") == "windows server"


def test_a_text_is_found_under_its_pairs_of_characters_and_its_latin_words() -> None:
    assert search_text.tokens("免震 TLS1.3") == search_text.tokens("免震TLS1.3")
    assert set(search_text.tokens("免震").split()) == {
        "\u00fe" + "".join(map(spelled, "免震")),
        "\u00f0" + spelled("震"),
    }
    assert search_text.tokens("TLS1.3").split() == ["tls13", "tls", "1", "3"]


def spelled(character: str) -> str:
    return "".join("abcdefghijklmnop"[int(digit, 16)] for digit in f"{ord(character):04x}")


def shadow_pages(catalog: Catalog) -> dict[str, str]:
    """What Pagefind is fed with, by path."""
    return {one.path: one.html() for one in search.shadows(catalog)}


def test_sheets_are_indexed_by_what_they_say_and_not_by_the_guidelines_words(real: Catalog) -> None:
    pages = shadow_pages(real)
    sheet = next(sheet for sheet in real.sheets if sheet.path == "sakura-internet/sakura-cloud")
    page = pages["providers/sakura-internet/sakura-cloud/index.html"]
    assert page.startswith('<!doctype html>\n<html lang="ja">')
    assert '<a id="ishikari--data_center_name"></a>石狩データセンター' in page
    assert "さくらいんたーねっと / サクラインターネット" in page
    for slot in sheet.guideline.slots:
        prompt = in_language(slot.field.prompt, "ja")
        assert len(prompt) < 12 or prompt not in page
    assert {f"{sheet.path}" for sheet in real.sheets} == {
        path.removeprefix("providers/").removesuffix("/index.html") for path in pages if path.startswith("providers/")
    }
    assert sum(path.startswith("g/iot-iaas-paas/items/") for path in pages) == 129
    assert "無停電電源装置(UPS)の有無" in pages["g/iot-iaas-paas/items/112/index.html"]


def test_withdrawn_sheets_cannot_be_found(real: Catalog) -> None:
    gone = real.providers[0]
    disclosure = replace(gone.main, withdrawn=Withdrawn("2026-01-01", "事業の終了"))
    sheets = tuple(replace(sheet, disclosure=disclosure, state=State.WITHDRAWN) for sheet in gone.sheets)
    catalog = replace(real, providers=(replace(gone, sheets=sheets), *real.providers[1:]))
    pages = shadow_pages(catalog)
    assert not [path for path in pages if path.startswith(f"providers/{gone.id}/")]


def test_answers_cannot_break_out_of_their_page(real: Catalog) -> None:
    sheet = next(iter(real.sheets))
    evil = Answer(Status.DISCLOSED, Kind.TEXT, "<script>alert(1)</script>\" data-x='", note="</pre></body>&amp;")
    rows = tuple(replace(row, answer=evil) for row in sheet.rows)
    provider = replace(real.providers[0], sheets=(with_rows(sheet, rows),))
    ((_, page),) = (
        (path, html)
        for path, html in shadow_pages(replace(real, providers=(provider,))).items()
        if path.startswith("providers/")
    )
    assert "<script" not in page
    assert page.count("</body>") == 1
    assert "&lt;script&gt;" in page


def test_the_index_holds_only_what_is_served(real: Catalog, tmp_path: Path) -> None:
    search.PagefindIndex(real).write(tmp_path / "pagefind")
    names = {path.name for path in (tmp_path / "pagefind").iterdir()}
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "labels.json", "wasm.unknown.pagefind"} <= names
    assert not [name for name in names if "ui" in name or "highlight" in name]
    ids = json.loads((tmp_path / "pagefind" / "sheets.json").read_text(encoding="utf-8"))
    assert set(ids) == {sheet.path for sheet in real.sheets}
    assert all((tmp_path / "pagefind" / "fragment" / f"{id}.pf_fragment").is_file() for id in ids.values())


def test_equal_pages_are_indexed_once(real: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[int] = []
    run = search.run_pagefind
    monkeypatch.setattr(search, "run_pagefind", lambda pages, folder: (runs.append(len(pages)), run(pages, folder)))
    cache = tmp_path / "cache"
    search.PagefindIndex(real, cache).write(tmp_path / "one")
    settings = replace(real.settings, title={"ja": "別の題名"})
    search.PagefindIndex(replace(real, settings=settings), cache).write(tmp_path / "two")
    assert len(runs) == 1
    assert _files(tmp_path / "one") == _files(tmp_path / "two")
    fewer = replace(real, providers=real.providers[1:])
    search.PagefindIndex(fewer, cache).write(tmp_path / "three")
    assert len(runs) == 2
    assert sorted(path.suffix for path in cache.iterdir()) == ["", ".sum"]
    search.PagefindIndex(fewer).write(tmp_path / "four")
    assert _files(tmp_path / "three") == _files(tmp_path / "four")


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_configuration_file_nearby_changes_nothing(
    real: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pagefind.toml").write_text('glob = "nothing"\n', encoding="utf-8")
    monkeypatch.setenv("PAGEFIND_GLOB", "nothing")
    search.PagefindIndex(real).write(tmp_path / "pagefind")
    assert (tmp_path / "pagefind" / "pagefind-entry.json").is_file()


def test_a_catalog_without_anything_to_find_has_an_index_of_labels_only(real: Catalog, tmp_path: Path) -> None:
    search.PagefindIndex(replace(real, providers=(), guidelines=())).write(tmp_path / "pagefind")
    assert [path.name for path in (tmp_path / "pagefind").iterdir()] == ["labels.json"]


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")
def test_what_pagefind_says_when_it_fails_is_passed_on(
    real: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in = tmp_path / "pagefind"
    stand_in.write_text("#!/bin/sh\necho no space left >&2\nexit 3\n", encoding="utf-8")
    stand_in.chmod(0o755)
    monkeypatch.setattr(search, "_binary", lambda: stand_in)
    with pytest.raises(search.SearchFailed, match="status 3\nno space left") as caught:
        search.PagefindIndex(real, tmp_path / "cache").write(tmp_path / "out")
    assert isinstance(caught.value, OSError)
    monkeypatch.setattr(search, "_binary", lambda: tmp_path / "missing")
    with pytest.raises(search.SearchFailed):
        search.PagefindIndex(real).write(tmp_path / "out2")
