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
class Options:
    """What is built: `base_url` is absolute, ending in `/`, or empty: then the settings' own. `repository` is what
    contributors are sent to where the settings name none.

    `search` False leaves the index out; `offline` makes a copy to be opened as files; `gallery` adds the page of all
    components, for those who work on the theme. `only` names the kinds of files to build (`sheet`, `service_json`: the
    modules of pages and exports), none of them for all; links to the others lead nowhere then.
    """

    base_url: str = ""
    repository: str = ""
    search: bool = True
    offline: bool = False
    gallery: bool = False
    only: tuple[str, ...] = ()


ONLINE = Options()


@dataclass(frozen=True, slots=True)
class Place:
    """The catalog's folder, the theme's, the site's; `name` tells one site of the catalog from another."""

    root: Path
    theme: Path
    out: Path
    name: str = ""

    @property
    def own_theme(self) -> Path:
        """The catalog's own folder of the theme, whose files win; it need not exist."""
        return self.root / "content" / "theme"

    @property
    def work(self) -> Path:
        """What the tool keeps between builds of this site."""
        return self.root / ".build" / self.name

    @property
    def sources(self) -> tuple[Path, ...]:
        """What `out` must not touch."""
        return (self.root / "content", self.root / "guideline", self.theme, CODE, self.root / ".git")


def inputs(place: Place, options: Options) -> Inputs:
    """All that a build depends on."""
    # `own_theme` stands in content/
    # the lock stands for the libraries
    read = (place.root / "content", place.root / "guideline", place.theme, CODE, CODE.parent / "requirements.txt")
    names = tuple(os.path.relpath(path, place.root) for path in read)
    settings = (str(place.out), repr(options), sys.version, _STARTED_WITH)
    return Inputs(place.root, names, "\0".join(settings))


def theme_of(root: Path) -> Path:
    """The catalog's own theme, else the tool's."""
    own = root / "theme"
    return own if own.is_dir() else CODE.parent / "theme"
