"""What was read can be written again: a disclosure → the scaffold filled in → the same disclosure."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import ROOT, VARIETY, read

from bench.generate import generate
from catalog import dump, source, written
from catalog.diagnostics import Location, Report
from catalog.load.disclosures import disclosure_of
from catalog.model import Catalog, Disclosure, Guideline
from catalog.scalars import entry

NOWHERE = Location("")
ROOTS = [ROOT, VARIETY, ROOT / "tests" / "roots" / "roleless", ROOT / "tests" / "roots" / "smallest"]


def bare(one: Disclosure) -> Disclosure:
    """Without what tells where it stood."""
    return replace(
        one,
        digest="",
        services=tuple(replace(service, location=NOWHERE) for service in one.services),
        data_centers=tuple(replace(center, location=NOWHERE) for center in one.data_centers),
    )


def reread(root: Path, path: str, text: str, guidelines: tuple[Guideline, ...]) -> Disclosure:
    """What a file with this text says."""
    report = Report()
    found = disclosure_of(source.file_of(path, text.encode(), report), root, guidelines, report)
    assert found is not None, report.sorted()
    assert not report.errors, report.sorted()
    return found


def same(found: Disclosure, wanted: Disclosure) -> None:
    found, wanted = bare(found), bare(wanted)
    for one, other in ((found.answers, wanted.answers), *_blocks(found, wanted)):
        assert {key: answer for key, answer in one.items() if other.get(key) != answer} == {
            key: answer for key, answer in other.items() if one.get(key) != answer
        }
    assert found == wanted


def _blocks(found: Disclosure, wanted: Disclosure) -> Iterator[tuple[object, object]]:
    for one, other in zip(found.services, wanted.services, strict=True):
        yield one.answers, other.answers
    for one, other in zip(found.data_centers, wanted.data_centers, strict=True):
        yield one.answers, other.answers


@cache
def generated() -> Catalog:
    """A few providers whom nobody wrote."""
    with tempfile.TemporaryDirectory() as folder:
        generate(ROOT, Path(folder) / "root", 8, seed="written")
        return read(Path(folder) / "root")


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.name)
def test_disclosures_of_a_catalog_come_back(root: Path) -> None:
    catalog = read(root)
    for provider in catalog.providers:
        for one in provider.disclosures:
            text = dump.filled(one.guideline, Path(one.path).stem, written.document(one), "ja")
            same(reread(root, one.path, text, catalog.guidelines), one)


def test_disclosures_that_nobody_wrote_come_back() -> None:
    catalog = generated()
    for provider in catalog.providers[:5]:
        (one,) = provider.disclosures
        for most in (0, 1):
            text = dump.filled(one.guideline, Path(one.path).stem, written.document(one), "en", most=most)
            same(reread(ROOT, one.path, text, catalog.guidelines), one)


class TestTexts:
    @given(st.text(st.sampled_from("ab \t\n\r:#-'\"|>[]{},&*!%@`=<~?\\　\xa0有"), max_size=12))
    def test_of_any_letters_read_back_to_the_letter(self, text: str) -> None:
        text = text.strip()
        for indent in (0, 4):
            lines = [*(["x:", "  y:"] if indent else []), *entry("key", text, indent)]
            node = source.parse(source.File("t.yaml", b"", "\n".join(lines) + "\n"), report := Report())
            assert not report.diagnostics, lines
            while isinstance(node, source.Mapping):
                node = node.entries[0][1]
            assert isinstance(node, source.Scalar)
            assert node.text == text
