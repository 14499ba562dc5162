"""One disclosure file as a catalog of its own, wherever the file stands: what `check FILE` and `diff A B` read."""

from __future__ import annotations

import shutil
from pathlib import Path

from catalog.load.shapes import is_id

PROVIDERS = Path("content", "providers")


def catalog_of(root: Path, file: Path, target: Path, name: str) -> Path:
    """Writes below `target` a catalog whose only disclosure is a copy of `file`, called `name`; settings and
    guidelines are those of `root`. Returns `target`."""
    providers = target / PROVIDERS
    providers.mkdir(parents=True)
    shutil.copyfile(file, providers / name)
    shutil.copyfile(root / "content" / "catalog.yaml", target / "content" / "catalog.yaml")
    shutil.copytree(root / "guideline", target / "guideline")
    return target


def is_disclosure_name(name: str) -> bool:
    """Whether a disclosure may be called so: `<id>.yaml` or `<id>.<guideline>.yaml`."""
    stem, dot, suffix = name.rpartition(".")
    parts = stem.split(".")
    return dot + suffix == ".yaml" and len(parts) < 3 and all(map(is_id, parts))
