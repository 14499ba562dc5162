"""Search finds what the catalog says: a list of queries against plain text comparison, in a real browser."""

from __future__ import annotations

import functools
import json
import random
import re
import shutil
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
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from chromium import LAUNCH_ARGS, find_chromium
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from playwright.sync_api import Browser, Page, sync_playwright

from catalog import answers, pipeline, search, source
from catalog.diagnostics import Report, in_language
from catalog.messages import Messages
from catalog.model import Answer, Asks, Catalog, Disclosure, Kind, Provider, Role, Row, Scope, Sheet, Status, Withdrawn
from catalog.source import ParseCache
from catalog.theme import Theme

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)
QUERIES = json.loads((ROOT / "tests" / "queries.json").read_text(encoding="utf-8"))
CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; manifest-src 'self'"
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


def said_in(row: Row, sheet: Sheet) -> str:
    """What the row of the sheet says."""
    answer, asks = row.answer, row.slot.field.asks
    if answer.status is Status.UNANSWERED:
        return ""
    words = answer.text
    if asks.type == "parts" and isinstance(answer.value, dict):
        words = " / ".join(f"{part['text']} / {part['detail']}" for part in answer.value.values())
    elif asks.choices and answer.kind is Kind.VALUE:
        words = answers.text(answer.value, asks, "ja")
    names: tuple[str, ...] = ()
    if row.slot.field.role is Role.PROVIDER_NAME:
        disclosure = sheet.disclosure
        katakana = re.sub("[ぁ-ゖ]", lambda match: chr(ord(match[0]) + 0x60), disclosure.reading)
        names = (disclosure.reading, katakana, disclosure.name_en, *disclosure.aliases)
    return plain(" / ".join((_LINK.sub(r"\1", words), _LINK.sub(r"\1", answer.detail), answer.note, *names)))


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
            rows = {row.anchor: text for row in sheet.rows if (text := said_in(row, sheet))}
            told = {row.slot.field.role for row in sheet.rows if said_in(row, sheet)}
            head = [sheet.service.name] if Role.SERVICE_NAME not in told else []
            head += [sheet.disclosure.name] if Role.PROVIDER_NAME not in told else []
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
        quotes = re.findall("[「『“\"](.+?)[」』”\"]", text)
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


def words() -> Messages:
    """The interface's words in Japanese."""
    found: dict[str, str] = {}
    for name, prefix in (("search.ja.snippet", "ja."), ("ja.yaml", "")):
        path = ROOT / "theme" / "i18n" / name
        if path.exists():
            file = source.read(ROOT, path, ROOT / "theme", report := Report())
            node = source.parse(file, report)
            assert node is not None, report.sorted()
            found |= {key.removeprefix(prefix): text for key, text in _flat(node) if key.startswith(prefix)}
    return Messages("ja", found, "")


def _flat(node: source.Node, prefix: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, source.Scalar):
        yield prefix.rstrip("."), node.text
    elif isinstance(node, source.Mapping):
        for key, value in node.entries:
            yield from _flat(value, f"{prefix}{key.text}.")


PAGE = """<!doctype html>
<html lang="ja"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ csp }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>test</title><link rel="icon" href="{{ root }}pagefind/labels.json">
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
    for path, root, bundle in (("", "./", "pagefind/"), ("deep/er", "../../", "pagefind/"), ("broken", "../", "no/")):
        values = {"csp": CSP, "css": theme.css, "scripts": theme.scripts, "t": words(), "root": root, "bundle": bundle}
        page = folder / path / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(template.render(values), encoding="utf-8")
    search.PagefindIndex(catalog).write(folder / "pagefind")


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = {**SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site(catalog: Catalog, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, which is served under a sub-path."""
    folder = tmp_path_factory.mktemp("www")
    write_site(catalog, folder / "catalog")
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/catalog/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    chromium = find_chromium()
    if chromium is None:
        pytest.fail("no Chromium: run scripts/setup.sh test")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=LAUNCH_ARGS)
        yield running
        running.close()


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
