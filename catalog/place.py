"""Where a build reads and writes. Imports nothing of the generator, so that "nothing changed" is told at once."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from catalog.builder import Inputs

CODE = Path(__file__).parent
_STARTED_WITH = str(max(path.stat().st_mtime_ns for path in CODE.rglob("*.py")))
"""The code's age when this process began: what runs may be older than what lies in the folder by now."""


@dataclass(frozen=True, slots=True)
class Place:
    """The catalog's folder, the theme's, the site's."""

    root: Path
    theme: Path
    out: Path

    @property
    def work(self) -> Path:
        """What the tool keeps between builds."""
        return self.root / ".build"

    @property
    def sources(self) -> tuple[Path, ...]:
        """What `out` must not touch."""
        return (self.root / "content", self.root / "guideline", self.theme, CODE, self.root / ".git")


def inputs(place: Place, base_url: str, *, search: bool) -> Inputs:
    """All that a build depends on."""
    # the lock stands for the libraries
    read = (place.root / "content", place.root / "guideline", place.theme, CODE, CODE.parent / "requirements.txt")
    names = tuple(os.path.relpath(path, place.root) for path in read)
    settings = (str(place.out), base_url, str(search), sys.version, _STARTED_WITH)
    return Inputs(place.root, names, "\0".join(settings))


def theme_of(root: Path) -> Path:
    """The catalog's own theme, else the tool's."""
    own = root / "theme"
    return own if own.is_dir() else CODE.parent / "theme"
