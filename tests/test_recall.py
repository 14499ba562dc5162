"""A disclosure that is remembered, or read by another process, is the one that its file says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from catalog import recall
from catalog.completeness import counts
from catalog.diagnostics import Report
from catalog.listing import field_digests
from catalog.load.disclosures import load_disclosures
from catalog.load.guidelines import load_guidelines
from catalog.records import dated
from catalog.source import ParseCache

ROOT = Path(__file__).resolve().parent.parent
ROOTS = [ROOT, *(ROOT / "tests" / "roots" / name for name in ("variety", "second", "roleless", "smallest"))]
NONE = ParseCache(None, "")


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.name)
def test_read_and_remembered_are_the_same(root: Path, tmp_path: Path) -> None:
    guidelines = load_guidelines(root, NONE, Report())
    plain = tuple(load_disclosures(root, guidelines, NONE, Report()))
    for _ in ("read", "remembered"):
        cache = ParseCache(tmp_path / "cache", "salt")
        found = recall.disclosures(root, guidelines, cache, Report(), jobs=2)
        assert found.disclosures == plain
        for one, other in zip(found.disclosures, plain, strict=True):
            assert found.counts[one.path] == counts(other)
            assert dated(one.answers) == dated(other.answers)
            assert one.places == other.places
            assert one.field_digests == field_digests(other)
            for field, answer in one.answers.items():
                assert answer.location == other.answers[field].location


def test_what_has_problems_is_not_remembered(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(ROOT / "tests" / "roots" / "smallest", root)
    path = next((root / "content" / "providers").glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "nonsense: x\n", encoding="utf-8")
    guidelines = load_guidelines(root, NONE, Report())
    for _ in range(2):
        report = Report()
        recall.disclosures(root, guidelines, ParseCache(tmp_path / "cache", "salt"), report)
        assert report.diagnostics


@pytest.mark.parametrize("harm", [b"", b"{}", b"x" * 40 + b"\n{}"])
def test_a_broken_memory_is_no_memory(tmp_path: Path, harm: bytes) -> None:
    root = ROOT / "tests" / "roots" / "variety"
    guidelines = load_guidelines(root, NONE, Report())
    cache = ParseCache(tmp_path / "cache", "salt")
    first = recall.disclosures(root, guidelines, cache, Report())
    for kept in (tmp_path / "cache").iterdir():
        kept.write_bytes(harm + kept.read_bytes()[50:] if harm else b"")
    assert recall.disclosures(root, guidelines, cache, Report()).disclosures == first.disclosures
