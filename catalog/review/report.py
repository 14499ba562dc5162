"""What the check of a pull request tells: into the job's summary, and as JSON for the comment. Has and needs no rights.

    python -m catalog.review.report --base HEAD^1 --out report.json

Reads `GITHUB_EVENT_PATH` and appends to `GITHUB_STEP_SUMMARY` where these are set. Exit 0 whatever is found: it is
`check` that fails the job.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from catalog import changes, pipeline, revisions
from catalog.changes import Changes
from catalog.commands import today_in_tokyo
from catalog.diagnostics import Diagnostic, Report
from catalog.model import Json
from catalog.place import Place, theme_of
from catalog.review import Review, page, review_of, to_bytes
from catalog.source import ParseCache


def main(arguments: list[str], environment: Mapping[str, str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m catalog.review.report", description=__doc__)
    parser.add_argument("--root", type=Path, default=Path.cwd(), help="the catalog's folder")
    parser.add_argument("--base", required=True, help="the revision that the change is compared with")
    parser.add_argument("--out", type=Path, required=True, help="the JSON file to write")
    parser.add_argument("--today", type=date.fromisoformat, default=today_in_tokyo())
    given = parser.parse_args(arguments)
    found = review(given.root.resolve(), given.base, given.today)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_bytes(to_bytes(found))
    text = page.summary(found, where(environment))
    if summary := environment.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8", errors="replace") as file:
            file.write(text)
    else:
        print(text)
    return 0


def review(root: Path, base: str, today: date) -> Review:
    """What is wrong with the whole tree, and what differs from a revision (nothing is said where there is none)."""
    return review_of(map(changes.problem, _problems(root, today)), _changes(root, base, today))


def _problems(root: Path, today: date) -> list[Diagnostic]:
    """What `check` finds."""
    report, cache = Report(), ParseCache(None, "")
    catalog = pipeline.read(root, today, cache, report)
    pipeline.read_theme(Place(root, theme_of(root), root / "site"), catalog, cache, report)
    return report.sorted()


def _changes(root: Path, base: str, today: date) -> Changes | None:
    with tempfile.TemporaryDirectory(prefix="catalog-base-") as folder:
        try:
            revisions.export(root, base, Path(folder))
        except revisions.UnknownRevision:
            return None
        return changes.compare(pipeline.read_side(Path(folder), today), pipeline.read_side(root, today))


def where(environment: Mapping[str, str]) -> page.Where:
    """The addresses of this run; "" outside of GitHub."""
    server = environment.get("GITHUB_SERVER_URL", "https://github.com")
    repository, run = environment.get("GITHUB_REPOSITORY", ""), environment.get("GITHUB_RUN_ID", "")
    head, commit = repository, environment.get("GITHUB_SHA", "")
    if path := environment.get("GITHUB_EVENT_PATH"):
        event: Json = json.loads(Path(path).read_text(encoding="utf-8"))
        if pull := event.get("pull_request"):
            # a fork may be gone by now; its commit is then found in the repository itself
            head = (pull["head"].get("repo") or {}).get("full_name") or repository
            commit = pull["head"]["sha"]
    return page.Where(
        run=f"{server}/{repository}/actions/runs/{run}",
        files=f"{server}/{head}/blob/{commit}/" if head else "",
        commit=commit,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
