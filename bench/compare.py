"""How soon a further column stands at /compare/ in Chromium, with its processor slowed to a quarter.

    python build.py build --no-search --out /tmp/site
    python -m bench.compare /tmp/site

Measured is the time from the arrival of the column's data to the paint of the lines in sight, on a new page each time;
the services are those of this repository. The clock tells little on a busy machine; the main thread's processor time,
measured at full speed, tells more, and what it went to.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from bench.browsing import SLOWER, chromium, desk, report, served

TIMES = 15
COLUMNS = (
    "kakuu-cloud/iot-platform",
    "kakuu-cloud/base",
    "kakuu-iot/field-platform",
    "kddi/kcps",
    "sakura-internet/sakura-cloud",
)
ADDED = "kakuu-systems/managed-cloud"
"""The second column is the first of COLUMNS and this one, the sixth all of them and this one."""

PARTS = {"UpdateLayoutTree": "style", "Layout": "layout"}
"""What the trace calls them; the rest is script and paint."""

MARKED = """() => {
  const {json} = Response.prototype;
  Response.prototype.json = async function () {
    if (!window.wanted || !this.url.includes("/services/")) return json.call(this);
    const text = await this.text();
    performance.mark("arrived");
    requestAnimationFrame(look);
    return JSON.parse(text);
  };
  function look() {
    if (document.querySelector(window.wanted)) setTimeout(() => window.painted(performance.mark("painted").startTime));
    else requestAnimationFrame(look);
  }
}"""
CHOOSE = "(path) => { document.querySelector('[data-part=choice]').value = path; }"
ADD = """async (wanted) => {
  window.wanted = wanted;
  document.querySelector("[data-do=add]").click();
  const end = await new Promise((done) => (window.painted = done));
  return end - performance.getEntriesByName("arrived")[0].startTime;
}"""
"""One call that waits in the page: asking again and again from outside would count."""


def main(site: Path, times: int = TIMES) -> None:
    with served(site) as address, chromium() as browser:
        for before, name in ((COLUMNS[:1], "second column"), (COLUMNS, "sixth column")):
            report(f"{name}, until painted", [by_the_clock(browser, address, before) for _ in range(times)])
            found = [processor_time(browser, address, before) for _ in range(times)]
            for part in ("all", "style", "layout", "rest"):
                report(f"{name}, processor time × {SLOWER}, {part}", [one[part] for one in found])


def by_the_clock(browser: Browser, address: str, before: Sequence[str]) -> float:
    page = opened(browser, address, before, slowed=True)
    took = added(page, len(before) + 1)
    page.close()
    return took


def processor_time(browser: Browser, address: str, before: Sequence[str]) -> Mapping[str, float]:
    page = opened(browser, address, before, slowed=False)
    browser.start_tracing(page=page, categories=["toplevel", "devtools.timeline", "blink.user_timing"])
    added(page, len(before) + 1)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    page.close()
    return spent(events)


def opened(browser: Browser, address: str, before: Sequence[str], *, slowed: bool) -> Page:
    """The comparison with all its lines, and the list to choose another service from."""
    page = desk(browser, slowed=slowed)
    page.add_init_script(f"({MARKED})()")
    page.goto(f"{address}compare/?s={','.join(before)}")
    page.locator("[aria-busy=false] .compare").wait_for()
    page.locator("[data-part=add] > summary").click()
    page.locator(f"[data-part=choice] option[value='{ADDED}']").wait_for(state="attached")
    page.evaluate(CHOOSE, ADDED)
    page.wait_for_timeout(500)
    return page


def added(page: Page, count: int) -> float:
    return float(page.evaluate(ADD, f".compare--{count}"))


def spent(events: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """The main thread's processor time between the marks in ms × SLOWER, by part."""
    marks = {one["name"]: one for one in events if one["name"] in ("arrived", "painted")}
    start, end = marks["arrived"], marks["painted"]
    found = Counter({"all": end["tts"] - start["tts"]})
    for one in events:
        part = PARTS.get(one["name"])
        if part and "tdur" in one and one["tid"] == start["tid"] and start["ts"] <= one["ts"] <= end["ts"]:
            found[part] += one["tdur"]
    found["rest"] = found["all"] - sum(found[part] for part in set(PARTS.values()))
    return Counter({part: time * SLOWER / 1000 for part, time in found.items()})


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:3]))
