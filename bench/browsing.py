"""What measurements in Chromium share: a built site served, a page on a slowed processor, a line of figures."""

from __future__ import annotations

import functools
import http.server
import statistics
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from chromium import LAUNCH_ARGS, find_chromium
from playwright.sync_api import Browser, Page, sync_playwright

SLOWER = 4
"""How many times slower the processor is made, or its time counted."""


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of the folder's home, with a slash at its end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=LAUNCH_ARGS)
        yield browser
        browser.close()


def desk(browser: Browser, *, slowed: bool) -> Page:
    """A new page of 1280 × 800 px in a profile of its own."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    if slowed:
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def report(name: str, times: Sequence[float]) -> None:
    print(f"{name}: least {min(times):.0f} ms, median {statistics.median(times):.0f} ms, most {max(times):.0f} ms")
