"""Whether anything changed since the last build, told by `stat` alone."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from catalog.builder import manifest
from catalog.builder.fingerprints import hash_of
from catalog.builder.manifest import Stamp, Stats, look, stat_of
from catalog.builder.output import leftovers

_GRANULARITY = 2 * 10**9
"""The coarsest clock of a file system (FAT), in ns."""
_LARGEST = 16 * 1024 * 1024
_CACHES = "__pycache__"


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that a build reads: files and whole folders below `root`, and in `settings` what is not a file."""

    root: Path
    names: tuple[str, ...]
    settings: str


def stamp_inputs(inputs: Inputs, work: Path) -> Stamp:
    """The inputs' state; to be taken before the first of them is read, so that a later edit is seen next time.

    A file changed this very moment may change again without its `Stat` showing it. It is hashed; so is one whose mtime
    lies ahead, as after a clock was set back.
    """
    now = _clock(work)
    stats = _survey(inputs)
    racy = [name for name, (_, mtime, _, mode) in stats.items() if mtime >= now - _GRANULARITY and stat.S_ISREG(mode)]
    return Stamp(stats, {name: _hash(inputs.root / name) for name in racy}, inputs.settings)


def is_current(inputs: Inputs, out: Path, work: Path, today: date) -> bool:
    """`out` is what a build would make of the inputs today. False if in doubt."""
    last = manifest.load(work)
    return (
        bool(last.inputs and last.outputs)
        and last.settings == inputs.settings
        and last.holds_on(today)
        and not leftovers(out)
        and last.inputs == _survey(inputs)
        and all(_hash(inputs.root / name) == known for name, known in last.hashes.items())
        and all(look(f"{out}/{path}") == found for path, found in last.outputs.items())
    )


def _survey(inputs: Inputs) -> Stats:
    """Files by name. Links to files are followed, those to folders only at the top."""
    found: Stats = {}
    seen: set[tuple[int, int]] = set()
    names = list(inputs.names)
    for place, name in enumerate(names):
        path = inputs.root / name
        if place >= len(inputs.names) and path.is_symlink() and path.is_dir():
            found[name] = look(str(path)) or []  # a linked folder may lead anywhere; nothing in it is read
            continue
        try:
            status = path.stat()
        except OSError:
            if (link := look(str(path))) is not None:
                found[name] = link
            continue
        if not stat.S_ISDIR(status.st_mode):
            found[name] = stat_of(status)
        elif (status.st_dev, status.st_ino) not in seen:
            seen.add((status.st_dev, status.st_ino))
            names += [f"{name}/{entry}" for entry in _entries(path) if entry != _CACHES]
    return found


def _entries(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entry.name for entry in entries)
    except OSError:
        return []


def _hash(path: Path) -> str:
    """The hash of a file; nothing for what cannot be read, or is so large that no reader takes it."""
    try:
        return hash_of(path.read_bytes()) if path.stat().st_size <= _LARGEST else ""
    except OSError:
        return ""


def _clock(work: Path) -> int:
    """The time in ns as the file system has it, whose clock may be another machine's."""
    work.mkdir(parents=True, exist_ok=True)
    probe = work / "clock"
    probe.touch()
    return probe.stat().st_mtime_ns
