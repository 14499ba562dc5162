"""What a phone on a slow line waits for: `python -m bench.slow_line SITE`, a built site with its search index.

Measured in Chromium with a processor slowed to a quarter and the line of a slow 4G network, from a static host that
compresses as GitHub Pages does: when the largest part of the home page is painted, and what a first search loads.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar

from playwright.sync_api import Browser, Page

from bench.browsing import SLOWER, chromium, report

TIMES = 5
PHONE = {"width": 360, "height": 800}
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 1474.56 * 128, "uploadThroughput": 675 * 128}
"""As the developer tools of Chrome have it: ms, bytes a second."""
QUERY = "バックアップ"
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".txt", ".xml")

LARGEST = """() => new Promise((tell) => new PerformanceObserver((list) => tell(list.getEntries().at(-1).startTime))
  .observe({type: "largest-contentful-paint", buffered: true}))"""


def main(site: Path) -> None:
    with compressing(site) as address, chromium() as browser:
        report("home, largest contentful paint", [largest_paint(browser, address) for _ in range(TIMES)])
        bytes_, seconds = first_search(browser, address)
        print(f"first search for {QUERY}: {bytes_:,} bytes, hits after {seconds:.1f} s")


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """Sends text compressed; knows nothing of ranges or caches."""

    sent: ClassVar[list[int]] = []
    """The bytes of every answer: the browser itself does not tell those of its workers."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        data = path.read_bytes()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        if path.suffix in COMPRESSED:
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        self.sent.append(len(data))

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def compressing(site: Path) -> Iterator[str]:
    """The address of the folder's home, with a slash at its end."""
    handler = functools.partial(_Compressing, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def phone(browser: Browser) -> Page:
    """A page of a phone on the slow line."""
    page = browser.new_page(viewport=PHONE)
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def largest_paint(browser: Browser, address: str) -> float:
    """ms since the page was asked for."""
    page = phone(browser)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = float(page.evaluate(LARGEST))
    page.context.close()
    return found


def first_search(browser: Browser, address: str) -> tuple[int, float]:
    """Bytes that a first search loads on top of the page, and seconds until its first hit is there."""
    page = phone(browser)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    _Compressing.sent.clear()
    start = page.evaluate("() => performance.now()")
    page.get_by_role("searchbox").fill(QUERY)
    page.locator(".search__hit").first.wait_for(timeout=120_000)
    seconds = (page.evaluate("() => performance.now()") - start) / 1000
    page.wait_for_load_state("networkidle")
    return sum(_Compressing.sent), seconds


if __name__ == "__main__":
    main(Path(sys.argv[1]))
