"""Where a build reads and writes. Imports nothing of the generator, so that "nothing changed" is told at once."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from catalog.builder import Inputs

CODE = Path(__file__).parent


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
    folders = (place.root / "content", place.root / "guideline", place.theme, CODE)
    names = tuple(os.path.relpath(folder, place.root) for folder in folders)
    return Inputs(place.root, names, "\0".join((str(place.out), base_url, str(search), sys.version)))
