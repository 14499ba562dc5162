"""The new tree: filled beside the old one, sharing every file that is the same."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Protocol

from catalog.builder.manifest import Stats, look, stat_of, survey
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
    """`old` is the site as it stands, `recorded` what the last build left there."""

    def __init__(self, old: Path, recorded: Stats) -> None:
        self.old = old
        self.new = new_tree(old)
        self.written = 0
        self._recorded = recorded
        self._untouched = {path for path, found in recorded.items() if look(f"{old}/{path}") == found}
        self._kept: set[str] = set()
        self._folders: set[str] = set()

    @property
    def is_untouched(self) -> bool:
        """Nobody changed, removed or added anything since the last build. False if there was none."""
        return bool(self._recorded) and len(self._untouched) == len(self._recorded)

    @property
    def equals_old(self) -> bool:
        """Nothing needs to be exchanged: what is kept is all there was, and all there shall be."""
        files = {path for path in self._recorded if not path.endswith("/")}
        return self.is_untouched and not self.written and self._kept == files

    def has(self, path: str) -> bool:
        """The old tree has this file as the last build left it."""
        return path in self._untouched

    def has_folder(self, path: str) -> bool:
        """The old tree has this folder with all that is in it as the last build left it."""
        return path + "/" in self._untouched and survey(self.old, path + "/") == self._recorded_in(path)

    def keep(self, path: str) -> None:
        """The old file goes into the new tree."""
        self._kept.add(path)

    def keep_folder(self, path: str) -> None:
        self._kept.update(name for name in self._recorded_in(path) if not name.endswith("/"))

    def put(self, path: str, data: bytes) -> None:
        """The file with these bytes goes into the new tree; the old file, if it has them."""
        if self._equals(path, data):
            self._kept.add(path)
            return
        self._make_folder(path.rpartition("/")[0])
        with (self.new / path).open("xb") as file:
            file.write(data)
        self.written += 1

    def fill(self, index: Index) -> None:
        """Let the program write its folder."""
        self._make_folder(index.path)
        index.write(self.new / index.path)
        for path in survey(self.new, index.path + "/"):
            made = self.new / path
            if path.endswith("/"):
                made.chmod(0o755)
                self._folders.add(path.rstrip("/"))
            elif self._equals(path, made.read_bytes()):
                made.unlink()
                self._kept.add(path)
            else:
                made.chmod(0o644)
                self.written += 1

    def complete(self) -> Stats:
        """Bring in what is kept; what then stands in the new tree."""
        for path in sorted(self._kept):
            self._make_folder(path.rpartition("/")[0])
            _link(f"{self.old}/{path}", f"{self.new}/{path}")
        outputs = survey(self.new)
        for path in outputs:
            if path.endswith("/"):
                os.utime(self.new / path, ns=(_SEALED, _SEALED))
                outputs[path] = stat_of(os.lstat(self.new / path))
        return outputs

    def _recorded_in(self, folder: str) -> Stats:
        return {path: found for path, found in self._recorded.items() if path.startswith(folder + "/")}

    def _equals(self, path: str, data: bytes) -> bool:
        found = look(f"{self.old}/{path}")
        return found is not None and found[3] == _REGULAR and found[0] == len(data) and self._old_bytes(path) == data

    def _old_bytes(self, path: str) -> bytes | None:
        try:
            return (self.old / path).read_bytes()
        except OSError:
            return None

    def _make_folder(self, path: str) -> None:
        """The new tree and the folder `path` in it, with those above."""
        if not self._folders:
            self.new.parent.mkdir(parents=True, exist_ok=True)
            self.new.mkdir()
            self._folders.add("")
        if path not in self._folders:
            self._make_folder(path.rpartition("/")[0])
            (self.new / path).mkdir()
            self._folders.add(path)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # no hard links here, or too many; a copy tells what else is wrong
        shutil.copyfile(source, target)
        status = os.lstat(source)
        os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
