#!/usr/bin/env python3
"""Writes docs/licences.md: under which terms the parts stand that the site is built of. `--print` only shows it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "licences.md"
_ADDRESSES = ("homepage", "source code", "source", "repository", "documentation")
_HEAD = """# Licences of others

What this project is built of, by the packages' own metadata. `scripts/licences.py` writes this page, a test compares.
Versions and hashes stand in `requirements.txt`. What only the tests use stands in `requirements-test.txt` and
`package-lock.json`; it is no part of a site.

## Python packages that build a site

None of them is copied into this repository. Into a site go only Pagefind's script and WebAssembly, below `pagefind/`.

| package | licence | |
|---|---|---|
"""
_VENDORED = """
## Files of others in this repository

They go into sites. Versions, origins and the licences' texts: [vendor/README.md](../theme/assets/vendor/README.md).

| folder | licence |
|---|---|
"""


def document() -> str:
    return _HEAD + "".join(_packages()) + _VENDORED + "".join(_vendored())


def _packages() -> Iterator[str]:
    for name in re.findall(r"(?m)^([\w.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8")):
        known = metadata(name)
        yield f"| {known['Name']} | {licence(known)} | {_address(known)} |\n"


def licence(known: PackageMetadata) -> str:
    """The expression, else the short name, else what the classifiers say."""
    if expression := known.get("License-Expression"):
        return str(expression)
    classifiers = [one.rpartition(" :: ")[2] for one in known.get_all("Classifier") or () if one.startswith("License")]
    words = str(known.get("License") or "")
    return words if words and len(words) < 40 and "\n" not in words else ", ".join(classifiers)


def _address(known: PackageMetadata) -> str:
    given = {name.lower(): url for name, _, url in (one.partition(", ") for one in known.get_all("Project-URL") or ())}
    found = next((given[name] for name in _ADDRESSES if name in given), known.get("Home-page") or "")
    return f"<{found}>" if found else f"<https://pypi.org/project/{known['Name']}/>"


def _vendored() -> Iterator[str]:
    readme = (ROOT / "theme" / "assets" / "vendor" / "README.md").read_text(encoding="utf-8")
    for folder, terms in re.findall(r"(?m)^\| `([^`]+)` \|.*\| ([\w.-]+), `[^`]+` \|$", readme):
        yield f"| `theme/assets/vendor/{folder}` | {terms} |\n"


if __name__ == "__main__":
    if "--print" in sys.argv:
        print(document(), end="")
    else:
        PAGE.write_text(document(), encoding="utf-8")
