"""Pages are sound HTML: html-validate, with the rules of `.htmlvalidate.mjs`, has nothing to say."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from kinds import PAGES, installed, sites
from site_checker import Site
from sites import ROOT


def problems(pages: Mapping[str, bytes], folder: Path) -> list[str]:
    """What html-validate says of pages by their names."""
    for name, data in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    report = folder / "report.json"  # through a pipe, it is cut where the program ends
    command = ["node", str(installed("html-validate/bin/html-validate.mjs")), f"--formatter=json={report}"]
    command += [f"--config={ROOT / '.htmlvalidate.mjs'}", "--max-warnings=0", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return [
        f"{Path(file['filePath']).relative_to(folder)}:{one['line']} {one['ruleId']}: {one['message']}"
        for file in json.loads(report.read_text(encoding="utf-8"))
        for one in file["messages"]
    ]


def test_one_page_of_every_kind(real_site: Site, tmp_path: Path) -> None:
    found = sites(real_site)
    pages = {f"{kind}/{language}.html": found[kind.site].files[kind.file(language)] for kind, language in PAGES}
    assert len(pages) > 30
    assert problems(pages, tmp_path) == []


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    head = b"<!doctype html>\n<html lang=ja><head><title>x</title></head>"
    page = head + b"<body><img src=x><p><div></div></p></body></html>\n"
    found = " ".join(problems({"a/b.html": page}, tmp_path))
    assert "a/b.html:2" in found
    for rule in ("attr-quotes", "wcag/h37", "no-implicit-close"):
        assert rule in found


@pytest.mark.all_pages
@pytest.mark.parametrize("name", ["real", "variety"])
def test_every_page(real_site: Site, tmp_path: Path, name: str) -> None:
    site = sites(real_site)[name]
    assert problems({path: site.files[path] for path in site.pages}, tmp_path) == []
