#!/usr/bin/env python3
"""Asks the OSV database which of the locked and vendored packages have known vulnerabilities.

    python scripts/audit.py            everything of requirements-test.txt, package-lock.json and theme/assets/vendor/
    python scripts/audit.py --offline  the last answer, wherever it was got

What was answered is kept in `.build/audit.json`; without a network that is told instead, with its day. Never part of
the tests: what it says changes from day to day. Exit status: 0 nothing is known, or nobody could be asked; 1 something.
"""

from __future__ import annotations

import json
import re
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".build" / "audit.json"
SERVICE = "https://api.osv.dev/v1/querybatch"
AT_ONCE = 500
_LOCKED = re.compile(r"(?m)^([\w.-]+)==([\w.!+]+)")
_VENDORED = re.compile(r"(?m)^\| `[^`]+/` \|.*?npm `(?P<name>[^`]+)`.*\| (?P<version>[\d.]+) \|")

Package = tuple[str, str, str]
"""Ecosystem, name, version."""
Ask = Callable[[list[dict[str, Any]]], list[list[str]]]
"""Queries → for each the ids of what is known."""


def packages(root: Path = ROOT) -> list[Package]:
    """All that the site is built, tested or shipped with, once each."""
    return sorted({*_python(root), *_node(root), *_vendored(root)})


def _python(root: Path) -> Iterator[Package]:
    for name, version in _LOCKED.findall((root / "requirements-test.txt").read_text(encoding="utf-8")):
        yield "PyPI", name, version


def _node(root: Path) -> Iterator[Package]:
    locked = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for path, package in locked.items():
        if path and "version" in package:
            yield "npm", package.get("name") or path.rpartition("node_modules/")[2], package["version"]


def _vendored(root: Path) -> Iterator[Package]:
    readme = (root / "theme" / "assets" / "vendor" / "README.md").read_text(encoding="utf-8")
    for found in _VENDORED.finditer(readme):
        yield "npm", found["name"], found["version"]


def ask_osv(queries: list[dict[str, Any]]) -> list[list[str]]:
    """Raises OSError if the service cannot be asked, ValueError if it does not answer the question."""
    data = json.dumps({"queries": queries}).encode()
    request = urllib.request.Request(SERVICE, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        results = json.load(answer)["results"]
    if len(results) != len(queries):
        raise ValueError(f"{len(results)} answers to {len(queries)} questions")
    return [[known["id"] for known in (one or {}).get("vulns", [])] for one in results]


def audit(asked: Sequence[Package], ask: Ask) -> dict[str, list[str]]:
    """What is known, by `ecosystem name version`."""
    found: dict[str, list[str]] = {}
    for start in range(0, len(asked), AT_ONCE):
        some = asked[start : start + AT_ONCE]
        queries = [{"package": {"ecosystem": one[0], "name": one[1]}, "version": one[2]} for one in some]
        for package, known in zip(some, ask(queries), strict=True):
            if known:
                found[" ".join(package)] = sorted(known)
    return found


def main(arguments: Sequence[str], ask: Ask = ask_osv, kept: Path = KEPT) -> int:
    asked = packages()
    try:
        if "--offline" in arguments:
            raise OSError("not asked (--offline)")
        now = {"on": datetime.now(UTC).date().isoformat(), "asked": [" ".join(one) for one in asked]}
        last: dict[str, Any] = {**now, "found": audit(asked, ask)}
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(last, indent=1), encoding="utf-8")
    except (OSError, ValueError, KeyError, TypeError) as error:
        if not kept.is_file():
            print(f"skipped: {SERVICE} cannot be asked ({error}), and no earlier answer is kept in {kept}")
            return 0
        last = json.loads(kept.read_text(encoding="utf-8"))
        missing = len({" ".join(one) for one in asked} - {*last["asked"]})
        print(f"{SERVICE} cannot be asked ({error}); as of {last['on']}, which did not know {missing} of the packages:")
    known = {" ".join(one) for one in asked} & last["found"].keys()
    for package in sorted(known):
        print(f"{package}: " + ", ".join(f"https://osv.dev/{name}" for name in last["found"][package]))
    print(f"{len(asked)} packages, {len(known)} with known vulnerabilities")
    return int(bool(known))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
