"""The tree before the last one: set aside, and made into the next one.

Consecutive trees share nearly all their files and folders, so that a small change costs what it changes. (ext4 needs
up to half a millisecond to make a folder within a minute after others were removed: 2 s for 4,000 of them.)
"""

from __future__ import annotations

from pathlib import Path

from catalog.builder import manifest
from catalog.builder.manifest import Stats, look
from catalog.builder.output import new_tree, old_tree, remove, spare_tree


def adopt(out: Path, work: Path) -> Stats:
    """Make the spare tree the new one and return what is in it; an empty folder if it is not as it was set aside."""
    spare, new = spare_tree(out), new_tree(out)
    known = manifest.load_spare(work).outputs
    if known and all(look(f"{spare}/{path}") == found for path, found in known.items()):
        spare.rename(new)
        return known
    remove(spare)
    new.parent.mkdir(parents=True, exist_ok=True)
    new.mkdir()
    found = look(str(new))
    assert found is not None
    return {"./": found}


def set_aside(out: Path, work: Path) -> None:
    """Make the tree that was just displaced the spare one, and the manifest, which still tells of it, its own."""
    for displaced in (new_tree(out), old_tree(out)):
        if displaced.exists():
            displaced.rename(spare_tree(out))
            manifest.set_aside(work)
