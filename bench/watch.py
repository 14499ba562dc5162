"""How long a saved disclosure takes to be seen while somebody writes: `python -m bench.watch [SERVICES] [--runs N]`.

Ours, `build.py serve` with the whole site, until the text stands in Chromium, which reloads the page by itself. Then
ours, Hugo's server and Eleventy's alike until the page's address answers with it; the peers have the smaller job of
`bench/race.py`.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from chromium import LAUNCH_ARGS, find_chromium
from playwright.sync_api import sync_playwright

from bench.change import change_one
from bench.generate import TODAY
from bench.race import HOME, Racer, edit, racers
from catalog.commands.bench import machine

_QUIET = 3.0
"""Seconds between two saves at least: nobody types faster, and the rest of the site is built meanwhile."""
_PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Watcher:
    """A server that builds again what is saved: of which racer, and how it is started at a port."""

    racer: Racer
    command: Callable[[int], Sequence[str]]


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("services", type=int, nargs="?", default=1000)
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="saves, for medians (default: %(default)s)")
    parser.add_argument("--work", type=Path, default=HOME / ".build" / "bench", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="catalog-watch-") as folder:
        field, whole, _ = racers(asked.work, asked.services, Path(folder))
        print(f"{machine()}; load {os.getloadavg()[0]:.1f}; {asked.services:,} services", flush=True)
        ours, *peers = map(watcher, (whole, *field[1:]))
        page = address_of(whole.folder)
        with serving(ours, page) as url:
            told("ours, in Chromium", seen_in_chromium(whole, url, asked.runs))
        for one in (ours, *peers):
            with serving(one, page) as url:
                told(one.racer.name, answered(one.racer, url, asked.runs))
    return 0


def watcher(racer: Racer) -> Watcher:
    """How each of them serves and watches."""

    def command(port: int) -> Sequence[str]:
        if racer.name == "Hugo":
            return [racer.command[0], "server", "--quiet", "--disableBrowserError", "--port", str(port)]
        if racer.name == "Eleventy":
            return [*racer.command, "--serve", "--port", str(port)]
        root = ["--root", str(racer.folder), "--today", str(TODAY)]
        return [sys.executable, str(HOME / "build.py"), "serve", *root, "--no-search", "--port", str(port)]

    return Watcher(racer, command)


def address_of(root: Path) -> str:
    """The page of a service of the provider that is edited."""
    path = change_one(root, "")
    service = re.search(r"(?m)^services:\n  ([a-z0-9-]+):", path.read_text(encoding="utf-8"))
    assert service
    return f"providers/{path.stem}/{service[1]}/"


@contextmanager
def serving(one: Watcher, page: str) -> Iterator[str]:
    """The address of the page, once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        one.command(port), cwd=one.racer.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}/{page}"
    try:
        started = time.monotonic()
        while not read(url):
            if server.poll() is not None or time.monotonic() - started > _PATIENCE:
                raise SystemExit(f"{one.racer.name} does not serve {url}")
            time.sleep(0.2)
        print(f"{one.racer.name}: first build, until the page is there {time.monotonic() - started:.1f} s", flush=True)
        yield url
    finally:
        server.terminate()
        server.wait()


def read(url: str) -> str:
    """The page as it is served now; "" if it is not."""
    with suppress(OSError), urllib.request.urlopen(url, timeout=60) as answer:
        return str(answer.read().decode("utf-8"))
    return ""


def seen_in_chromium(racer: Racer, url: str, runs: int) -> Iterator[float]:
    """Seconds from each save until the text is on the page, which nobody has reloaded by hand."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=LAUNCH_ARGS)
        page = browser.new_page()
        page.goto(url)
        for number in range(runs):
            page.wait_for_timeout(_QUIET * 1000)
            sentence = f"{number + 1}回目の保存です。"
            saved = time.monotonic()
            edit(racer, sentence)
            page.get_by_text(sentence).first.wait_for(timeout=_PATIENCE * 1000)
            yield time.monotonic() - saved
        browser.close()


def answered(racer: Racer, url: str, runs: int) -> Iterator[float]:
    """Seconds from each save until the page's address answers with the text."""
    for number in range(runs):
        time.sleep(_QUIET)
        sentence = f"{number + 1}度目の保存です。"
        saved = time.monotonic()
        edit(racer, sentence)
        while sentence not in read(url):
            if time.monotonic() - saved > _PATIENCE:
                raise SystemExit(f"{racer.name} does not show what was saved at {url}")
            time.sleep(0.02)
        yield time.monotonic() - saved


def told(name: str, seconds: Iterator[float]) -> None:
    times = [round(one * 1000) for one in seconds]
    print(f"{name}: saved, then seen after {', '.join(map(str, times))} ms; median {statistics.median(times):.0f} ms")


if __name__ == "__main__":
    sys.exit(main())
