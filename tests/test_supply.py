"""What others wrote and we ship or run: under which terms, unchanged, and whether something is known against it."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "theme" / "assets" / "vendor"
FREE = re.compile(r"MIT|BSD|Apache|ISC|PSF")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestVendoredFiles:
    def test_are_as_they_were_taken(self) -> None:
        """No file more, none less, every byte the same."""
        named = dict(
            reversed(line.split("  ")) for line in (VENDOR / "CHECKSUMS").read_text(encoding="ascii").splitlines()
        )
        found = {path.relative_to(VENDOR).as_posix(): path for path in VENDOR.rglob("*") if path.is_file()}
        assert named.keys() == found.keys() - {"CHECKSUMS", "README.md"}
        for name, digest in named.items():
            assert hashlib.sha256(found[name].read_bytes()).hexdigest() == digest, name

    def test_have_version_and_licence(self) -> None:
        readme = (VENDOR / "README.md").read_text(encoding="utf-8")
        for folder in (path for path in VENDOR.iterdir() if path.is_dir()):
            (row,) = re.findall(rf"(?m)^\| `{folder.name}/` .*$", readme)
            assert re.search(rf"\| \d+\.\d+\.\d+ \| \w+, `{folder.name}/LICENSE` \|$", row), row
            assert (folder / "LICENSE").stat().st_size > 500


class TestLicences:
    def test_the_list_is_current(self, golden: Callable[[Path, str], None]) -> None:
        golden(ROOT / "docs" / "licences.md", script("licences").document())

    def test_every_one_is_free(self) -> None:
        rows = re.findall(r"(?m)^\| .+ \| .+$", script("licences").document())
        terms = [row.split(" | ")[1] for row in rows if not row.startswith(("| package", "| folder"))]
        assert len(terms) >= 12
        assert [term for term in terms if not FREE.search(term)] == []


class TestAudit:
    @pytest.fixture
    def audit(self) -> ModuleType:
        return script("audit")

    def test_asks_for_all_that_is_locked_and_vendored(self, audit: ModuleType) -> None:
        asked = audit.packages()
        names = {(ecosystem, name) for ecosystem, name, _ in asked}
        assert {("PyPI", "jinja2"), ("PyPI", "pytest"), ("npm", "yaml"), ("npm", "axe-core")} <= names
        assert len(asked) > 200

    def test_tells_what_is_known(self, audit: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        def ask(queries: list[dict[str, Any]]) -> list[list[str]]:
            return [["X-2026-1"] if query["package"]["name"] == "jinja2" else [] for query in queries]

        assert audit.main([], ask, tmp_path / "audit.json") == 1
        assert re.search(r"PyPI jinja2 \S+: https://osv.dev/X-2026-1\n", capsys.readouterr().out)
        assert audit.main([], lambda queries: [[]] * len(queries), tmp_path / "audit.json") == 0

    def test_without_a_network_tells_the_last_answer_or_that_there_is_none(
        self, audit: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def fail(queries: list[dict[str, Any]]) -> list[list[str]]:
            raise OSError("no network")

        kept = tmp_path / "audit.json"
        assert audit.main([], fail, kept) == 0
        assert capsys.readouterr().out.startswith("skipped: ")
        kept.write_text(json.dumps({"on": "2026-11-01", "asked": [], "found": {}}), encoding="utf-8")
        assert audit.main([], fail, kept) == 0
        assert "as of 2026-11-01" in capsys.readouterr().out
