"""What was tried, what survived, what was lost; `make torture` writes it into docs/reliability.md.

A run replaces the rows of the suites that it ran and leaves the others, so that one suite can be repeated alone.
"""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- figures: written by make torture -->", "<!-- end of figures -->"
_HEAD = "| Suite | Tried | Survived | Lost | On |\n|---|---:|---:|---:|---|\n"
_ROW = re.compile(
    r"^\| (?P<suite>[^|]+) \| (?P<tried>[\d,]+) \| [\d,]+ \| (?P<lost>[\d,]+) \| (?P<day>[^|]+) \|$", re.M
)


@dataclass
class Tally:
    """One suite's count. An attempt that fails is lost, and the next one is made all the same."""

    suite: str = ""
    tried: int = 0
    lost: list[str] = field(default_factory=list)

    def of(self, suite: str) -> Tally:
        """Name the suite, in the words of the table."""
        self.suite = suite
        return self

    @contextmanager
    def attempt(self, what: object) -> Iterator[None]:
        """One thing that is tried. `what` tells which one if it is lost."""
        self.tried += 1
        try:
            yield
        except Exception as error:
            self.lost.append(f"{what}: {type(error).__name__}: {error}"[:3000])

    def count(self, tried: int, lost: Iterable[str] = ()) -> None:
        """What was tried elsewhere: in another process, or in one go."""
        self.tried += tried
        self.lost += lost


@dataclass(frozen=True)
class Row:
    suite: str
    tried: int
    lost: int
    day: str

    def __str__(self) -> str:
        return f"| {self.suite} | {self.tried:,} | {self.tried - self.lost:,} | {self.lost:,} | {self.day} |"


def rows(results: Iterable[tuple[str, int, int]]) -> list[Row]:
    """One row a suite, those of the same name added up."""
    sums: dict[str, tuple[int, int]] = {}
    for suite, tried, lost in results:
        before = sums.get(suite, (0, 0))
        sums[suite] = (before[0] + tried, before[1] + lost)
    return [Row(suite, *counts, date.today().isoformat()) for suite, counts in sums.items()]


def table(found: Iterable[Row]) -> str:
    return _HEAD + "".join(f"{row}\n" for row in found)


def write(found: list[Row]) -> None:
    """Put the rows into the page, in the place of those of the same suites."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    known, after = rest.split(END)
    kept = {one["suite"]: _row(one) for one in _ROW.finditer(known)}
    kept |= {row.suite: row for row in found}
    written = f"{BEGIN}\n\n{machine()}\n\n{table(kept.values())}\n{END}"
    PAGE.write_text(before + written + after, encoding="utf-8")


def _row(found: re.Match[str]) -> Row:
    return Row(found["suite"], *(int(found[name].replace(",", "")) for name in ("tried", "lost")), found["day"])


def machine() -> str:
    """Where and with what it ran, in a line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 10**9
    names = ("PyYAML", "Markdown", "nh3", "Jinja2", "pagefind_bin", "hypothesis", "playwright")
    libraries = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {libraries}."
    )
