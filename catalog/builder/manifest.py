"""What the last build read, made and left: a JSON file in the work folder.

Whatever is wrong with the file, it reads as the empty manifest, with which everything is built anew. Nothing in it is
believed without a look at the disk: an output counts as ours only while its `Stat` is the recorded one, and a `Stat`
names an inode, so that a manifest cannot pass for that of another tree.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

SCHEMA = 1
_NAME = "manifest.json"
_SPARE = "spare.json"

Stat: TypeAlias = list[int]
"""Size, mtime in ns, inode, mode; a list because JSON has no tuples."""

Stats: TypeAlias = dict[str, Stat]
"""By path relative to some folder; the path of a folder ends in `/`, that of the folder itself is `./`."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `since` on and before `until`; None is no limit."""

    since: date | None
    until: date | None


ALWAYS = Span(None, None)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The inputs as they were before they were read; `hashes` are of those whose `Stat` alone proves nothing."""

    stats: Stats
    hashes: dict[str, str]
    settings: str


@dataclass(frozen=True)
class Manifest:
    """`made`: fingerprints of artifacts and indexes by path; `outputs`: every file and folder of the site.

    `inputs`, `hashes` and `settings` are the `Stamp`'s (empty: none was given); `since` and `until` ISO dates or "".
    """

    made: dict[str, str] = field(default_factory=dict)
    outputs: Stats = field(default_factory=dict)
    inputs: Stats = field(default_factory=dict)
    hashes: dict[str, str] = field(default_factory=dict)
    settings: str = ""
    since: str = ""
    until: str = ""

    @staticmethod
    def of(made: dict[str, str], outputs: Stats, stamp: Stamp | None, days: Span) -> Manifest:
        stamp = stamp or Stamp({}, {}, "")
        since, until = (day.isoformat() if day else "" for day in (days.since, days.until))
        return Manifest(made, outputs, stamp.stats, stamp.hashes, stamp.settings, since, until)

    @cached_property
    def files(self) -> frozenset[str]:
        """The paths of the outputs that are no folders."""
        return frozenset(path for path in self.outputs if not path.endswith("/"))

    def holds_on(self, today: date) -> bool:
        day = today.isoformat()
        return self.since <= day and (not self.until or day < self.until)


def load(work: Path) -> Manifest:
    """The last build's; the empty one if there is none, or if it is broken or of another version."""
    return _read(work / _NAME)


def load_spare(work: Path) -> Manifest:
    """That of the tree that was set aside."""
    return _read(work / _SPARE)


def _read(path: Path) -> Manifest:
    empty = Manifest()
    try:
        found = json.loads(path.read_bytes())
        if found.pop("schema") != SCHEMA:
            return empty
        manifest = Manifest(**found)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return empty
    kinds = ((getattr(manifest, part.name), getattr(empty, part.name)) for part in fields(Manifest))
    return manifest if all(type(value) is type(model) for value, model in kinds) else empty


def store(manifest: Manifest, work: Path) -> None:
    """Put it in the place of the last one, at once or not at all."""
    work.mkdir(parents=True, exist_ok=True)
    content = {part.name: getattr(manifest, part.name) for part in fields(Manifest)}
    temporary = work / f"{_NAME}.new"
    temporary.write_text(json.dumps({"schema": SCHEMA, **content}, separators=(",", ":")), encoding="ascii")
    temporary.replace(work / _NAME)


def set_aside(work: Path) -> None:
    """The last build's manifest is now that of the spare tree."""
    (work / _NAME).replace(work / _SPARE)


def stat_of(status: os.stat_result) -> Stat:
    return [status.st_size, status.st_mtime_ns, status.st_ino, status.st_mode]


def look(path: str) -> Stat | None:
    """The `Stat` of what stands at `path` (of a link, not of what it leads to); None for nothing."""
    try:
        return stat_of(os.lstat(path))
    except (OSError, ValueError):
        return None


def survey(top: Path, at: str = "./") -> Stats:
    """What stands in the folder `at` of `top`, at any depth, and the folder itself; nothing if there is none."""
    found: Stats = {}
    folders = [at]
    for folder in folders:
        if (own := look(f"{top}/{folder}")) is None:
            continue
        found[folder] = own
        with os.scandir(f"{top}/{folder}") as entries:
            for entry in entries:
                path = entry.name if folder == "./" else folder + entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(path + "/")
                else:
                    found[path] = stat_of(entry.stat(follow_symlinks=False))
    return found
