"""A catalog that is edited back and forth, and what a clean build makes of either state."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from torture.forge import Done, Forge
from torture.targets import TARGETS, small_root

State = Literal["a", "b"]
Clean = dict[State, dict[str, bytes]]
"""The files of a site, by the state of the catalog."""
ADDRESS = ("--base-url", "https://example.com/catalog/")
ADDED = "content/providers/kaku-denki.yaml"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def other(state: State) -> State:
    return "b" if state == "a" else "a"


def put(root: Path, state: State) -> None:
    """Edit the catalog into a state: another answer, a provider more, another title, or none of it."""
    for kind, old, new in (("provider", "架空商事株式会社", "架空産業株式会社"), ("prose", "# 案内", "# 別の案内")):
        path = root / TARGETS[kind]
        text = path.read_text(encoding="utf-8").replace(new, old)
        path.write_text(text.replace(old, new) if state == "b" else text, encoding="utf-8")
    (root / ADDED).unlink(missing_ok=True)
    if state == "b":
        shutil.copy(root / TARGETS["provider"], root / ADDED)


@dataclass
class Yard:
    """A root, its site, and the two sites that it may be."""

    forge: Forge
    folder: Path
    options: tuple[str, ...]
    clean: Clean
    state: State = "a"

    @property
    def root(self) -> Path:
        return self.folder / "root"

    @property
    def out(self) -> Path:
        return self.folder / "site"

    @property
    def work(self) -> Path:
        return self.root / ".build"

    def turn(self) -> None:
        """Edit the catalog into its other state."""
        self.state = other(self.state)
        put(self.root, self.state)

    def build(self, **options: object) -> Done:
        return self.forge.build(self.root, self.out, *self.options, **options)

    def assert_whole(self) -> None:
        """What is served is the old site or the new one, to the last byte."""
        found = contents(self.out)
        if found not in self.clean.values():
            raise AssertionError(f"neither one nor the other: {self.difference(found)}")

    def assert_right(self) -> None:
        """What is served is what a clean build makes of the catalog as it is, and nothing stands beside it."""
        found = contents(self.out)
        if found != self.clean[self.state]:
            raise AssertionError(f"another site than a clean build makes: {self.difference(found)}")
        beside = {path.name for path in self.folder.iterdir()} - {"root", "site", ".site.spare", "filler"}
        assert not beside, f"left behind: {beside}"

    def difference(self, found: dict[str, bytes]) -> str:
        wanted = self.clean[self.state]
        changed = sorted(path for path in found.keys() & wanted.keys() if found[path] != wanted[path])
        lacks, more = sorted(wanted.keys() - found.keys()), sorted(found.keys() - wanted.keys())
        return f"lacks {lacks[:5]}, has {more[:5]}, differs in {changed[:5]}"

    def mend(self, **options: object) -> None:
        """Build undisturbed, and look at the site."""
        done = self.build(**options)
        assert done.status == 0, done
        self.assert_right()


def clean_sites(forge: Forge, folder: Path, *options: str) -> Clean:
    """What clean builds make of either state. `options` of `build`, beside the address."""
    found: Clean = {}
    for state in ("a", "b"):
        root = small_root(folder / state / "root")
        put(root, state)
        done = forge.build(root, folder / state / "site", *ADDRESS, *options)
        assert done.status == 0, done
        found[state] = contents(folder / state / "site")
    assert found["a"] != found["b"]
    return found


def yard(forge: Forge, folder: Path, clean: Clean, *options: str) -> Yard:
    """A yard in a new folder, whose site stands."""
    folder.mkdir(parents=True, exist_ok=True)
    small_root(folder / "root")
    found = Yard(forge, folder, (*ADDRESS, *options), clean)
    put(found.root, "a")
    found.mend()
    return found
