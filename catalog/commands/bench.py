"""`bench`: how long builds of many providers take, clean, unchanged and with one provider changed."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.commands import Context, Exit

HOME = Path(__file__).resolve().parents[2]
HELP = {
    "ja": "架空の事業者を大量に作り、生成にかかる時間を測る",
    "en": "generate many fictional providers and time the builds",
}
_WORDS = {
    "ja": {
        "services": "サービスの数(既定: %(default)s)",
        "runs": "それぞれ何回測って中央値をとるか(既定: %(default)s)",
        "no-search": "検索の索引(Pagefind)を作らない場合だけを測る",
        "seed": "架空の事業者を変える",
        "generating": "事業者を作っています",
        "measuring": "測っています: {what} ({run}/{runs})",
        "failed": "生成に失敗しました: {command}",
        "without": "検索の索引なし",
        "with": "検索の索引(Pagefind)あり",
        "clean": "すべて生成",
        "unchanged": "変更なし",
        "one": "1事業者を変更",
        "columns": "|時間|CPU|メモリ|ファイル|サイズ",
        "memory": "メモリは、いちばん大きなプロセスの最大値です。時間は{runs}回の中央値です。",
    },
    "en": {
        "services": "how many services (default: %(default)s)",
        "runs": "how often each is measured, for the median (default: %(default)s)",
        "no-search": "measure only builds without the search index (Pagefind)",
        "seed": "other fictional providers",
        "generating": "writing the providers",
        "measuring": "measuring: {what} ({run}/{runs})",
        "failed": "the build failed: {command}",
        "without": "without search index",
        "with": "with search index (Pagefind)",
        "clean": "clean",
        "unchanged": "nothing changed",
        "one": "one provider changed",
        "columns": "|time|CPU|memory|files|size",
        "memory": "Memory is the peak of the largest process; times are medians of {runs}.",
    },
}


@dataclass(frozen=True, slots=True)
class Run:
    """One build in a new process: seconds, CPU seconds with all children, peak bytes of the largest process."""

    wall: float
    cpu: float
    peak: int


class BuildFailed(Exception):
    """A build that should have worked did not: a bug, or the environment."""


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    words = _WORDS[language]
    parser.add_argument("--services", type=int, default=100, metavar="N", help=words["services"])
    parser.add_argument("--runs", type=int, default=3, metavar="N", help=words["runs"])
    parser.add_argument("--no-search", action="store_true", help=words["no-search"])
    parser.add_argument("--seed", default="1", help=words["seed"])


def run(context: Context) -> Exit:
    try:
        with tempfile.TemporaryDirectory(prefix="catalog-bench-") as folder:
            for line in _report(context, Path(folder) / "catalog"):
                print(line, flush=True)
    except BuildFailed as failure:
        print(_WORDS[context.language]["failed"].format(command=failure), file=sys.stderr)
        return Exit.ENVIRONMENT
    return Exit.CLEAN


def _report(context: Context, root: Path) -> Iterator[str]:
    words, asked = _WORDS[context.language], context.arguments
    yield machine()
    _progress(words["generating"])
    generator = ["-m", "bench.generate", str(max(1, asked.services)), str(root), "--services", "--seed", asked.seed]
    summary, _ = timed([sys.executable, *generator, "--template", str(context.root)])
    _progress("")
    yield summary.splitlines()[0]
    for title, options in (("without", ["--no-search"]), ("with", [])):
        if title == "with" and asked.no_search:
            continue
        yield from ("", _row([words[title], *words["columns"].split("|")[1:]]))
        yield from _builds(root, options, max(1, asked.runs), words)
    yield from ("", words["memory"].format(runs=max(1, asked.runs)))


def _builds(root: Path, options: Sequence[str], runs: int, words: dict[str, str]) -> Iterator[str]:
    """A row each for a clean build, one with nothing to do, and one after a small edit."""
    from bench.change import change_one

    command = [sys.executable, str(HOME / "build.py"), "build", "--root", str(root), "--today", "2025-10-01", *options]
    steps: tuple[tuple[str, Callable[[Path], object]], ...] = (
        ("clean", _forget),
        ("unchanged", lambda root: None),
        ("one", change_one),
    )
    for name, prepare in steps:
        done = []
        for number in range(runs):
            _progress(words["measuring"].format(what=words[name], run=number + 1, runs=runs))
            prepare(root)
            done.append(timed(command)[1])
        _progress("")
        files = [path.stat().st_size for path in (root / "site").rglob("*") if path.is_file()]
        yield _row(
            [
                words[name],
                f"{statistics.median(run.wall for run in done):.2f} s",
                f"{statistics.median(run.cpu for run in done):.2f} s",
                f"{max(run.peak for run in done) / 1e6:,.0f} MB" if done[0].peak else "-",
                f"{len(files):,}",
                f"{sum(files) / 1e6:,.1f} MB",
            ]
        )


def _forget(root: Path) -> None:
    """Remove all that a build has made."""
    for path in root.iterdir():
        if path.name not in ("content", "guideline"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def timed(command: Sequence[str]) -> tuple[str, Run]:
    """What the command printed, and what it cost. Raises BuildFailed, with what it printed, if it did not succeed."""
    with tempfile.TemporaryFile() as log:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=HOME, stdout=log, stderr=subprocess.STDOUT)
        cpu, peak = 0.0, 0
        if hasattr(os, "wait4"):  # not on Windows
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            cpu = usage.ru_utime + usage.ru_stime
            peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        process.wait()
        wall = time.perf_counter() - started
        log.seek(0)
        printed = log.read().decode("utf-8", "replace")
    if process.returncode:
        raise BuildFailed(f"{' '.join(command)}\n{printed}")
    return printed, Run(wall, cpu, peak)


def machine() -> str:
    """System, processor, cores, memory, Python: what a time means nothing without."""
    facts = [f"{platform.system()} {platform.release()}", _processor(), f"{_cores()} CPU"]
    if memory := _memory():
        facts.append(f"{memory / 2**30:.0f} GB")
    return ", ".join([*filter(None, facts), f"Python {platform.python_version()}"])


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0


def _row(cells: Sequence[str]) -> str:
    from catalog.dump import columns

    first, *others = cells
    widths = (10, 10, 10, 10, 12)
    padded = [" " * (width - columns(cell)) + cell for cell, width in zip(others, widths, strict=True)]
    return first + " " * (30 - columns(first)) + "".join(padded)


def _progress(text: str) -> None:
    """One line on the terminal that the next one replaces."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()
