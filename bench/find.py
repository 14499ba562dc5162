"""How fast filtering is in Chromium on a processor slowed to a quarter: `python -m bench.find SITE [PATH]`.

SITE is the folder of a built site; without PATH its home page. Of a large catalog:

    python -m bench.generate 5000 /tmp/large --services
    python build.py build --root /tmp/large --out /tmp/large/site --today 2025-10-01 --no-search
    python -m bench.find /tmp/large/site

The clock tells little on a busy machine; the main thread's processor time, measured at full speed, tells more.
"""

from __future__ import annotations

import gzip
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.browsing import SLOWER, chromium, desk, report, served

STEPS = range(1, 16)
STEP = """async (index) => {
  const boxes = [...document.querySelectorAll(".facet__option input")];
  const start = performance.now();
  boxes[(index * 7) % boxes.length].click();
  const script = performance.now() - start;
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return [script, performance.now() - start];
}"""
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
NOW = "() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))"
OPEN = "() => { document.querySelector('[data-find-open]').click(); }"


def main(site: Path, path: str = "") -> None:
    data = (site / "api/v1/find.json").read_bytes()
    print(f"find.json: {len(data):,} bytes, gzipped {len(gzip.compress(data, 6)):,}")
    with served(site) as address, chromium() as browser:
        by_the_clock(browser, address + path)
        processor_time(browser, address + path)


def by_the_clock(browser: Browser, address: str) -> None:
    page = desk(browser, slowed=True)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    print(f"first contentful paint: {page.evaluate(PAINT):.0f} ms")
    start = page.evaluate("() => performance.now()")
    open_filters(page)
    print(f"opening the filters, the data included: {page.evaluate(NOW) - start:.0f} ms")
    steps = [step(page, index) for index in STEPS]
    report("a filter step, script", [one for one, _ in steps])
    report("a filter step, until painted", [one for _, one in steps])


def processor_time(browser: Browser, address: str) -> None:
    page = desk(browser, slowed=False)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(address)
    open_filters(page)

    def used() -> float:
        metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
        return float(metrics["TaskDuration"]) * 1000

    found = []
    for index in STEPS:
        page.wait_for_timeout(500)  # rows further down follow when there is nothing else to do
        before = used()
        step(page, index)
        found.append((used() - before) * SLOWER)
    report(f"processor time of a step, until painted, × {SLOWER}", found)


def open_filters(page: Page) -> None:
    page.evaluate(OPEN)
    page.locator(".facet").first.wait_for()


def step(page: Page, index: int) -> tuple[float, float]:
    script, painted = page.evaluate(STEP, index)
    return float(script), float(painted)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
