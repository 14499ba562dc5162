"""`links`: look whether the evidence that answers name can still be opened; nothing is called broken in haste."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from catalog.commands import Context, Exit

if TYPE_CHECKING:  # it imports the model, which `--help` does without
    from catalog.links import History

HELP = {
    "ja": "回答の出典(source)のリンクを確かめる(何日も続けて失敗したものだけを「切れている」とする)",
    "en": "look at the links of evidence (uses the network; only what fails for days is called broken)",
}
WORDS = {
    "ja": {
        "known": "これまでの結果を置くファイル(既定: <root>/.build/links.json)",
        "report": "結果を Markdown で書くファイル(既定: 標準出力)",
        "minutes": "これより長くは調べない(分。既定: 20)。残りは次の回に調べる",
        "done": "{looked}件を確かめました。残り{left}件は次の回に確かめます",
        "spoiled": "{path} を読めないため、はじめから確かめます",
    },
    "en": {
        "known": "the file with what is known so far (default: <root>/.build/links.json)",
        "report": "the file for the report, in Markdown (default: standard output)",
        "minutes": "look no longer than this (minutes, default: 20); the rest is for the next time",
        "done": "looked at {looked} links; {left} are left for the next time",
        "spoiled": "{path} cannot be read; everything is looked at anew",
    },
}
PAUSE = 1.0
"""Seconds between two requests, links of one host apart from each other where others are left."""


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    words = WORDS[language]
    parser.add_argument("--known", metavar="FILE", help=words["known"])
    parser.add_argument("--report", metavar="FILE", help=words["report"])
    parser.add_argument("--minutes", metavar="N", type=float, default=20, help=words["minutes"])


def run(context: Context) -> Exit:
    """Never fails for what it finds: a link that is gone is no reason to refuse anything."""
    from catalog import links, pipeline
    from catalog.links import fetch, report

    given, words = context.arguments, WORDS[context.language]
    path = Path(given.known) if given.known else context.root / ".build" / "links.json"
    uses = links.uses_of(pipeline.read_side(context.root, context.today).disclosures)
    known = {address: one for address, one in read(path, words["spoiled"]).items() if address in uses}
    due = [address for address in uses if links.is_due(address, known.get(address), context.today)]
    net, until, looked = fetch.Net(), time.monotonic() + 60 * given.minutes, 0
    for address in apart(due):
        if time.monotonic() > until:
            break
        if looked:
            time.sleep(PAUSE)
        known[address] = links.after(known.get(address), fetch.look(address, net), context.today)
        looked += 1
        write(path, known)
    text = report.as_markdown(uses, known)
    if given.report:
        with Path(given.report).open("a", encoding="utf-8") as file:
            file.write(text)
    else:
        print(text, end="")
    print(words["done"].format(looked=looked, left=len(due) - looked), file=sys.stderr)
    return Exit.CLEAN


def apart(addresses: Iterable[str]) -> Iterator[str]:
    """One of each host in turn."""
    by_host: dict[str, list[str]] = {}
    for address in addresses:
        by_host.setdefault(urlsplit(address).netloc, []).append(address)
    for turn in zip_longest(*by_host.values()):
        yield from (address for address in turn if address is not None)


def read(path: Path, spoiled: str) -> dict[str, History]:
    """What is known so far; nothing where there is no file or it is not ours."""
    from catalog.changes.codec import from_json
    from catalog.links import History

    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        known = {str(address): from_json(History, one) for address, one in value.items()}
        for one in known.values():
            failing = one.failing_since or one.last
            for day in (one.last, failing, one.worked or one.last):
                date.fromisoformat(day)
        return known
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError, RecursionError):
        print(spoiled.format(path=path), file=sys.stderr)
        return {}


def write(path: Path, known: Mapping[str, History]) -> None:
    """After every look, so that nothing is lost when the run is cut short."""
    from catalog.changes.codec import to_json

    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".new")
    beside.write_text(json.dumps(to_json(dict(sorted(known.items()))), ensure_ascii=False, indent=1), encoding="utf-8")
    beside.replace(path)
