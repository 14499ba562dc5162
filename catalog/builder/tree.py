"""The new tree: made beside the old one, sharing every file that is the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Set
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from catalog.builder import spare
from catalog.builder.checksums import CHECKSUMS, checksum, of_text
from catalog.builder.manifest import Stat, Stats, look, survey
from catalog.builder.output import new_tree

_REGULAR = 0o100644
_SEALED = 1_000_000_000 * 10**9
"""September 2001: no folder is changed then, so that a folder's mtime tells whether something came or went since."""


class Index(Protocol):
    """A folder of the site that one external program makes, from everything that `inputs` name."""

    @property
    def path(self) -> str: ...
    @property
    def inputs(self) -> tuple[str, ...]: ...
    def write(self, folder: Path) -> None:
        """Fill `folder`, which is empty."""


class Tree:
    """`old` is the site as it stands, `recorded` what the last build left there, `planned` the new tree's artifacts.

    First comes all that is kept, then what is put, filled and completed. Nothing is written before the first `put` of
    new bytes.
    """

    def __init__(self, old: Path, work: Path, recorded: Stats, planned: Set[str]) -> None:
        self.old = old
        self.new = new_tree(old)
        self.work = work
        self.written = 0
        self._recorded = recorded
        self._planned = planned
        self._untouched = {path for path, found in recorded.items() if look(f"{old}/{path}") == found}
        self._kept: Stats = {}  # of the old tree
        self._made: Stats = {}  # of the new one; a folder in `_touched` is not up to date
        self._touched: set[str] = set()
        self._sums: dict[str, str] = {}

    @property
    def is_untouched(self) -> bool:
        """Nobody changed, removed or added anything since the last build. False if there was none."""
        return bool(self._recorded) and len(self._untouched) == len(self._recorded)

    @property
    def equals_old(self) -> bool:
        """Nothing needs to be exchanged: what is kept is all there was, and all there shall be."""
        files = {path for path in self._recorded if not path.endswith("/")}
        return self.is_untouched and not self.written and self._kept.keys() == files

    def has(self, path: str) -> bool:
        """The old tree has this file as the last build left it."""
        return path in self._untouched

    def has_folder(self, path: str) -> bool:
        """The old tree has this folder with all that is in it as the last build left it."""
        return path + "/" in self._untouched and survey(self.old, path + "/") == self._recorded_in(path)

    def keep(self, path: str) -> None:
        """The old file goes into the new tree."""
        self._kept[path] = self._recorded[path]

    def keep_folder(self, path: str) -> None:
        """All old files of a folder go into the new tree."""
        self._kept |= {name: found for name, found in self._recorded_in(path).items() if not name.endswith("/")}

    def put(self, path: str, data: bytes) -> None:
        """The file with these bytes goes into the new tree: the old file, if it has them."""
        self._sums[path] = checksum(data)
        if (same := self._old_with(path, data)) is not None:
            self._kept[path] = same
            return
        self._make_room(path)
        self._write(path, data)
        self._add(path)
        self.written += 1

    def expect(self, paths: Iterable[str]) -> None:
        """Make room for files that workers are going to `write`."""
        for path in paths:
            self._make_room(path)

    def write(self, path: str, data: bytes) -> tuple[str, Stat | None]:
        """As `put`, by a worker, which has a copy of this tree: the checksum, and what now stands in the new tree;
        None if that is the old file."""
        found = checksum(data)
        if self._old_with(path, data) is not None:
            return found, None
        self._write(path, data)
        return found, look(f"{self.new}/{path}")

    def take(self, path: str, told: tuple[str, Stat | None]) -> None:
        """Count in what a worker's `write` returned."""
        self._sums[path], written = told
        if written is None:
            found = look(f"{self.old}/{path}")
            assert found is not None, path
            self._kept[path] = found
            return
        self._made[path] = written
        self._touched.add(_folder(path))
        self.written += 1

    def _write(self, path: str, data: bytes) -> None:
        try:
            with (self.new / path).open("xb") as file:
                file.write(data)
        except OSError:
            with suppress(OSError):  # half a file is in nobody's way
                (self.new / path).unlink()
            raise

    def fill(self, index: Index) -> None:
        """Let the program write its folder."""
        self._make_folder(index.path + "/")
        index.write(self.new / index.path)
        for path in survey(self.new, index.path + "/"):
            made = self.new / path
            if path.endswith("/"):
                made.chmod(0o755)
                self._touched.add(path)
                self._add(path)
                continue
            data = made.read_bytes()
            self._sums[path] = checksum(data)
            if (same := self._old_with(path, data)) is not None:
                made.unlink()
                self._kept[path] = same
            else:
                made.chmod(0o644)
                self.written += 1
                self._add(path)

    def sums(self) -> dict[str, str]:
        """The checksums of all that goes into the new tree; of what is kept, those of the last build."""
        known = of_text((self.old / CHECKSUMS).read_bytes()) if self.has(CHECKSUMS) else {}
        for path in self._kept.keys() - self._sums.keys():
            self._sums[path] = known.get(path) or checksum((self.old / path).read_bytes())
        return self._sums

    def complete(self) -> Stats:
        """Bring in what is kept; all that then stands in the new tree."""
        for path, kept in sorted(self._kept.items()):
            if self._made.get(path) != kept:
                self._make_room(path)
                _link(f"{self.old}/{path}", f"{self.new}/{path}")
                self._add(path)
        for folder in self._touched & self._made.keys():
            os.utime(self.new / folder, ns=(_SEALED, _SEALED))
            self._add(folder)
        return self._made

    def _open(self) -> None:
        """Start with the spare tree, less what does not belong into the new one."""
        self._made = spare.adopt(self.old, self.work)
        self._touched.add("./")
        files = self._planned | self._kept.keys()
        folders = {folder for path in files for folder in _folders(path)}
        for path in sorted(self._made, reverse=True):  # what is in a folder before the folder
            if path not in files and path not in folders:
                (self.new / path).rmdir() if path.endswith("/") else (self.new / path).unlink()
                self._drop(path)

    def _make_room(self, path: str) -> None:
        """See to it that `path` can be made: there is its folder, and nothing of that name."""
        self._make_folder(_folder(path))
        if path in self._made:
            (self.new / path).unlink()
            self._drop(path)

    def _make_folder(self, folder: str) -> None:
        if not self._made:
            self._open()
        if folder not in self._made:
            self._make_folder(_folder(folder))
            (self.new / folder).mkdir()
            self._add(folder)

    def _add(self, path: str) -> None:
        found = look(f"{self.new}/{path}")
        assert found is not None, path
        self._made[path] = found
        self._touched.add(_folder(path))

    def _drop(self, path: str) -> None:
        del self._made[path]
        self._touched.add(_folder(path))

    def _recorded_in(self, folder: str) -> Stats:
        return {path: found for path, found in self._recorded.items() if path.startswith(folder + "/")}

    def _old_with(self, path: str, data: bytes) -> Stat | None:
        """The old file, if it has these bytes and nobody took away its mode."""
        found = look(f"{self.old}/{path}")
        if found is None or found[3] != _REGULAR or found[0] != len(data):
            return None
        try:
            return found if (self.old / path).read_bytes() == data else None
        except OSError:
            return None


def _folder(path: str) -> str:
    """The folder in which a file or folder stands."""
    above = path.rstrip("/").rpartition("/")[0]
    return above + "/" if above else "./"


def _folders(path: str) -> list[str]:
    """All folders above a file."""
    found = [_folder(path)]
    while found[-1] != "./":
        found.append(_folder(found[-1]))
    return found


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # no hard links here, or too many; a copy tells what else is wrong
        shutil.copyfile(source, target)
        status = os.lstat(source)
        os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
