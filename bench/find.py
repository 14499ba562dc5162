"""How fast filtering is in Chromium on a processor slowed to a quarter: `python -m bench.find SITE [PATH]`.

SITE is the folder of a built site; without PATH its home page. Of a large catalog:

    python -m bench.generate 5000 /tmp/large --services
    python build.py build --root /tmp/large --out /tmp/large/site --today 2025-10-01 --no-search
    python -m bench.find /tmp/large/site
"""

from __future__ import annotations

import functools
import gzip
import http.server
import statistics
import sys
import threading
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from chromium import LAUNCH_ARGS, find_chromium
from playwright.sync_api import Page, sync_playwright

SLOWER = 4
STEP = """async (index) => {
  const boxes = [...document.querySelectorAll(".facet__option input")];
  const box = boxes[(index * 7) % boxes.length];
  const start = performance.now();
  box.click();
  const script = performance.now() - start;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const painted = performance.now() - start;
  box.click();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return [script, painted];
}"""
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"


class _Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


def main(site: Path, path: str = "") -> None:
    data = (site / "api/v1/find.json").read_bytes()
    print(f"find.json: {len(data):,} bytes, gzipped {len(gzip.compress(data, 6)):,}")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=LAUNCH_ARGS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"http://127.0.0.1:{server.server_port}/{path}")
        page.wait_for_load_state("networkidle")
        print(f"first contentful paint: {page.evaluate(PAINT):.0f} ms")
        print(f"opening the filters: {opening(page):.0f} ms")
        steps = [page.evaluate(STEP, index) for index in range(1, 16)]
        for name, one in (("script", 0), ("until painted", 1)):
            times = [step[one] for step in steps]
            print(f"a filter step, {name}: median {statistics.median(times):.0f} ms, most {max(times):.0f} ms")
        browser.close()


def opening(page: Page) -> float:
    """Until the filters and the list are there, the data included."""
    start = page.evaluate(
        "() => { const now = performance.now(); document.querySelector('[data-find-open]').click(); return now; }"
    )
    page.locator(".facet").first.wait_for()
    return float(
        page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"
        )
    ) - float(start)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
