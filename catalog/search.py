"""Full-text search: small shadow pages of what can be found, indexed by one run of Pagefind.

Pagefind cuts Japanese neither well nor the same way in every browser. So each shadow page carries the pairs of
neighbouring characters of its text as words of its own (`tokens`), and the browser asks for the pairs of the query.
Pairs only find candidates: `theme/assets/js/search-engine.js` then looks for the query itself in the texts of the rows.

What makes the index large is the pairs, and most of them tell sheets hardly apart: where there are many sheets, those
that nearly all of them say are left out, and the browser takes them for said (`common_pairs`).
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup, escape

from catalog import answers, workers
from catalog.diagnostics import Text, in_language
from catalog.markup import answer_html
from catalog.model import (
    Answer,
    Asks,
    Catalog,
    Guideline,
    Item,
    Json,
    Kind,
    Part,
    Role,
    Sheet,
    Slot,
    Status,
)
from catalog.search_text import UNSEEN, is_pair, mark, tokens

LABELS = "labels.json"
"""What the script prints for the ids in the index; stands beside Pagefind's own files."""

SHEETS = "sheets.json"
"""Pagefind's names of the sheets; stands beside the labels."""
_SIGNATURE = b"pagefind_dcd"

PAGE_ITSELF = "-"
"""The anchor of a text that has no row on its sheet: the page's head."""

_SERVED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "index", "fragment")
_SERVED_SUFFIXES = (".pf_meta", ".pagefind")


class SearchFailed(OSError):
    """Pagefind is missing or gave up; the text says what it said."""


_BLOCK_END = re.compile("</(?:p|li|blockquote|pre)>")
_NO_MARKDOWN = re.compile(r"(?!\s*(?:[-+>]|\d+[.)])\s)[^*_`\[\\<&\n]*")
"""One line that means nothing but itself."""


# --- what can be found ---------------------------------------------------------------------------------------------


def sheet_texts(sheet: Sheet) -> Iterator[tuple[str, str]]:
    """(anchor, text) of every answered row, in the sheet's order; what the page's head says comes first.

    Readings and aliases stand with the page itself: no row says them.
    """
    disclosure = sheet.disclosure
    also = (disclosure.reading, _katakana(disclosure.reading), disclosure.name_en, *disclosure.aliases)
    rows = [(row, row_text(row.slot, row.answer, sheet.guideline.language)) for row in sheet.rows]
    told = {row.slot.field.role for row, text in rows if text}
    head = [sheet.service.name] if Role.SERVICE_NAME not in told else []
    head += [disclosure.name, *also] if Role.PROVIDER_NAME not in told else also
    if Role.DATA_CENTER_NAME not in told:
        head += [center.name for center in sheet.data_centers]
    if any(head):
        yield PAGE_ITSELF, _joined(head)
    for row, text in rows:
        if text:
            yield row.anchor, text


def row_text(slot: Slot, answer: Answer, language: str) -> str:
    """An answer's words, detail and note as a reader sees them, without the guideline's own words."""
    if answer.status is Status.UNANSWERED:
        return ""
    return _joined((_words(slot.field.asks, answer, language), _plain(answer.detail), answer.note))


def _words(asks: Asks, answer: Answer, language: str) -> str:
    if answer.kind is Kind.TEXT or (answer.kind is Kind.VALUE and asks.type == "text"):
        return _plain(answer.text)
    if asks.type == "parts" and isinstance(answer.value, dict):
        return _joined(_plain(part[key]) for part in answer.value.values() for key in ("text", "detail"))
    if asks.choices and answer.value:
        return answers.text(answer.value, asks, language)  # an id may have been written
    return answer.text


def item_texts(item: Item, group_title: Text, languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(language, text): number, label and wording of an item in each language of the site."""
    for language in languages:
        label = in_language(item.label, language)
        texts: dict[str, None] = {in_language(group_title, language): None}
        for field in item.fields:
            if not field.retired:
                wordings = (field.title, field.prompt, *_asked(field.asks))
                texts.update(dict.fromkeys(in_language(text, language) for text in wordings))
        texts.pop(label, None)
        yield language, _joined((f"{item.number} {label}", *texts))


def _asked(asks: Asks) -> Iterator[Text]:
    """The wording within a field: choices, parts, the detail that must follow."""
    yield from (choice.label for choice in asks.choices)
    if asks.detail:
        yield asks.detail.prompt
        yield from _asked(asks.detail.asks)
    for part in asks.parts:
        yield from _part_asked(part)


def _part_asked(part: Part) -> Iterator[Text]:
    yield part.label
    yield from _asked(part.asks)


def _joined(texts: Iterable[str]) -> str:
    """Apart from each other, so that no word arises where two of them meet; nothing between words but one space."""
    return " / ".join(filter(None, (" ".join(UNSEEN.sub("", text).split()) for text in texts)))


def _plain(markdown: str) -> str:
    """As it reads on the page; paragraphs and entries of lists apart from each other."""
    if _NO_MARKDOWN.fullmatch(markdown):
        return markdown.strip()
    return _joined(_words_of(block) for block in _BLOCK_END.split(answer_html(markdown)))


def _words_of(html: str) -> str:
    return Markup(html).striptags()


def _katakana(reading: str) -> str:
    return "".join(chr(ord(letter) + 0x60) if "ぁ" <= letter <= "ゖ" else letter for letter in reading)


# --- shadow pages --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shadow:
    """What of a page can be found: its address, what its results tell, its marks, its rows as HTML, and the words
    under which its title and its rows are found."""

    path: str
    meta: Mapping[str, str]
    marks: str
    rows: str
    title: str
    words: tuple[str, ...]

    @property
    def is_sheet(self) -> bool:
        return bool(self.meta)

    def html(self, left_out: Set[str] = frozenset()) -> str:
        """Each text after an empty element with its anchor: Pagefind tells at which word of the content that stood.

        Marks are words of the index as well. Pagefind's own filters would do, but it writes them in no certain order.
        """
        words = [word for word in self.words if word not in left_out] if self.is_sheet and left_out else self.words
        said = {**self.meta, "ng": " ".join(words), "tn": self.title, "mk": self.marks}
        keys = ",".join(f"{key}[data-{key}]" for key in said)
        values = " ".join(f'data-{key}="{escape(value)}"' for key, value in said.items())
        return (
            '<!doctype html>\n<html lang="ja"><head><meta charset="utf-8"><title></title></head>'
            f'<body data-pagefind-body><i data-pagefind-meta="{keys}" {values}></i>\n{self.rows}\n</body></html>\n'
        )


def shadows(catalog: Catalog, jobs: int = 1) -> Iterator[Shadow]:
    """Of everything that can be found; `jobs` processes work at the same time."""
    languages = catalog.settings.languages
    for guideline in catalog.newest:
        for _, group, item in guideline.items:
            texts = item_texts(item, group.title, languages)
            path = f"g/{guideline.id}/items/{item.slug}/index.html"
            title = " ".join(filter(None, (item.number, *item.label.values())))
            yield _shadow(path, texts, title, {}, ["item", f"guideline/{guideline.key}"])
    sheets = list(catalog.shown_sheets)
    made: dict[int, Shadow] = {}
    for number, found in workers.each(lambda one: _of_sheet(sheets[one]), len(sheets), jobs):
        made[number] = found
    yield from (made[number] for number in range(len(sheets)))


def _of_sheet(sheet: Sheet) -> Shadow:
    disclosure = sheet.disclosure
    names = (sheet.service.name, disclosure.name, disclosure.reading, disclosure.name_en, *disclosure.aliases)
    meta = {"title": sheet.service.name, "provider": disclosure.name}
    marks = [
        "sheet",
        f"guideline/{sheet.guideline.key}",
        "sample" if disclosure.sample else "real",
        disclosure.submitted_by.value,
    ]
    return _shadow(f"providers/{sheet.path}/index.html", sheet_texts(sheet), " ".join(names), meta, marks)


def _shadow(
    path: str, texts: Iterable[tuple[str, str]], title: str, meta: Mapping[str, str], marks: Iterable[str]
) -> Shadow:
    rows = list(texts)
    words = dict.fromkeys(word for _, text in rows for word in _words_for(text))
    html = "\n".join(f'<pre><a id="{escape(anchor)}"></a>{escape(text)}</pre>' for anchor, text in rows)
    return Shadow(path, meta, " ".join(map(mark, marks)), html, tokens(title), tuple(words))


@lru_cache(maxsize=20_000)
def _words_for(text: str) -> tuple[str, ...]:
    """Services share what their provider answers."""
    return tuple(tokens(text).split())


_MANY = 300
"""Sheets from which on common pairs are left out; with fewer, all are in the index."""
_COMMON = 0.7


def common_pairs(pages: Iterable[Shadow]) -> frozenset[str]:
    """The pairs of characters that at least seven of ten sheets say, and no sheet's title: their own names count more
    in the order of results."""
    sheets = [one for one in pages if one.is_sheet]
    if len(sheets) < _MANY:
        return frozenset()
    counts = Counter(word for one in sheets for word in one.words if is_pair(word))
    titles = {word for one in sheets for word in one.title.split()}
    return frozenset(word for word, count in counts.items() if count >= _COMMON * len(sheets)) - titles


# --- labels --------------------------------------------------------------------------------------------------------


def labels(catalog: Catalog) -> Json:
    """Per guideline: items by slug, of each field its item (and its own title where the item has several), the field
    that names a data centre. Texts by language."""
    languages = catalog.settings.languages
    used = {guideline.key: guideline for guideline in catalog.newest}
    used |= {sheet.guideline.key: sheet.guideline for sheet in catalog.shown_sheets}
    return {"guidelines": {key: _guideline_labels(used[key], languages) for key in sorted(used)}}


def _guideline_labels(guideline: Guideline, languages: Iterable[str]) -> Json:
    def text(words: Text) -> Text:
        return {language: in_language(words, language) for language in languages}

    center = guideline.by_role.get(Role.DATA_CENTER_NAME)
    return {
        "title": text(guideline.short_title),
        "items": {item.slug: {"number": item.number, "label": text(item.label)} for _, _, item in guideline.items},
        "fields": {
            slot.field.id: {"item": slot.item.slug}
            | ({"title": text(slot.field.title)} if len(slot.item.fields) > 1 else {})
            for slot in guideline.slots
        },
        "centerName": center.field.id if center else None,
    }


# --- the index -----------------------------------------------------------------------------------------------------


class PagefindIndex:
    """The folder `pagefind/` of the site. `cache` keeps the last one: equal shadow pages are not indexed again."""

    path = "pagefind"
    inputs: tuple[str, ...] = ("code", "guidelines", "providers", "settings")

    def __init__(self, catalog: Catalog, cache: Path | None = None, jobs: int = 1) -> None:
        self.catalog = catalog
        self.cache = cache
        self.jobs = jobs

    def write(self, folder: Path) -> None:
        """Fill an empty folder (it may not exist yet). Raises `SearchFailed`."""
        found = list(shadows(self.catalog, self.jobs))
        common = common_pairs(found)
        pages = {one.path: one.html(common) for one in found}
        if pages:
            digest = _digest(pages)
            kept = self._kept(digest)
            if kept:
                shutil.copytree(kept, folder, dirs_exist_ok=True)
            else:
                run_pagefind(pages, folder)
                (folder / SHEETS).write_text(_compact(sheet_ids(folder)), encoding="utf-8")
                self._keep(folder, digest)
        else:
            folder.mkdir(parents=True, exist_ok=True)
        said = labels(self.catalog) | {"common": sorted(common)}
        (folder / LABELS).write_text(_compact(said), encoding="utf-8")

    def _kept(self, digest: str) -> Path | None:
        """The last index, if it is that of these pages and every byte of it is still as it was made."""
        if self.cache is None:
            return None
        try:
            whole = (self.cache / f"{digest}.sum").read_text(encoding="ascii") == _sum(self.cache / digest)
        except (OSError, ValueError):
            return None
        return self.cache / digest if whole else None

    def _keep(self, folder: Path, digest: str) -> None:
        """Exchange what the cache holds. A half-made copy has no sum, or another one."""
        if self.cache is None:
            return
        self.cache.mkdir(parents=True, exist_ok=True)
        for old in self.cache.iterdir():
            shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
        shutil.copytree(folder, self.cache / digest)
        (self.cache / f"{digest}.sum").write_text(_sum(folder), encoding="ascii")


def _sum(folder: Path) -> str:
    """A hash of all that is in a folder."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def sheet_ids(folder: Path) -> dict[str, str]:
    """By path (`provider/service`), the name that Pagefind gave a sheet: its results tell only that, at first."""
    found: dict[str, str] = {}
    for fragment in folder.glob("fragment/*.pf_fragment"):
        page = json.loads(gzip.decompress(fragment.read_bytes()).removeprefix(_SIGNATURE))
        kind, _, path = page["url"].strip("/").partition("/")
        if kind == "providers":
            found[path.removesuffix("index.html").rstrip("/")] = fragment.stem
    return dict(sorted(found.items()))


def _compact(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _digest(pages: Mapping[str, str]) -> str:
    digest = hashlib.sha256(importlib.metadata.version("pagefind_bin").encode())
    for path in sorted(pages):
        digest.update(f"\0{path}\0{pages[path]}".encode())
    return digest.hexdigest()


def run_pagefind(pages: Mapping[str, str], folder: Path) -> None:
    """Index pages (path → HTML) into a folder: one run of the standard binary, without what we do not serve."""
    with tempfile.TemporaryDirectory(prefix="catalog-search-") as name:
        shadow = Path(name, "shadow")
        for path, html in pages.items():
            file = shadow / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(html, encoding="utf-8")
        index = Path(name, "index")  # not into the site's new tree: when we are killed, the program goes on
        command = [os.fspath(_binary()), "--site", os.fspath(shadow), "--output-path", os.fspath(index)]
        # Neither a configuration file where we happen to stand nor the environment may change the index.
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PAGEFIND_")}
        try:
            run = subprocess.run(command, cwd=name, env=environment, capture_output=True, check=False)
        except OSError as error:
            raise SearchFailed(f"Pagefind: {error}") from error
        if run.returncode != 0 or not (index / "pagefind.js").is_file():
            said = (run.stderr + run.stdout).decode(errors="replace").strip()
            raise SearchFailed(f"Pagefind: exit status {run.returncode}\n{said}")
        shutil.copytree(index, folder, dirs_exist_ok=True)
    for made in folder.iterdir():
        if made.name not in _SERVED and made.suffix not in _SERVED_SUFFIXES:
            made.unlink()


def _binary() -> Path:
    """The program of the package `pagefind_bin`, and never the extended one that cuts Japanese its own way."""
    spec = importlib.util.find_spec("pagefind_bin")
    name = "pagefind.exe" if sys.platform == "win32" else "pagefind"
    for place in (spec.submodule_search_locations or ()) if spec else ():
        if (found := Path(place, name)).is_file():
            return found
    raise SearchFailed("Pagefind: the package pagefind_bin is not installed (pip install -r requirements.txt)")
