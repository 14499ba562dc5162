"""The generator of large catalogs: realistic, valid, the same every time; and the measuring command built on it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from bench.change import change_one
from bench.generate import TODAY, generate, providers_for
from catalog import pipeline
from catalog.cli import main
from catalog.commands.bench import BuildFailed, timed
from catalog.diagnostics import Report
from catalog.model import Answer, Catalog, Kind, Role, Scope, Status
from catalog.source import ParseCache

ROOT = Path(__file__).resolve().parent.parent
ROOTS = ROOT / "tests" / "roots"


def read(root: Path) -> tuple[Catalog | None, Report]:
    report = Report()
    return pipeline.read(root, TODAY, ParseCache(None, ""), report), report


def contents(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("generated") / "twenty"
    generate(ROOT, root, 20)
    return root


@pytest.fixture(scope="module")
def catalog(twenty: Path) -> Catalog:
    catalog, report = read(twenty)
    assert not report.diagnostics
    assert catalog is not None
    return catalog


def given(catalog: Catalog) -> list[tuple[str, Answer]]:
    """Type and answer of everything that the files say."""
    return [
        (provider.main.guideline.by_field[name].field.asks.type, answer)
        for provider in catalog.providers
        for one in provider.disclosures
        for answers in (one.answers, *(s.answers for s in one.services), *(c.answers for c in one.data_centers))
        for name, answer in answers.items()
    ]


class TestTwentyProviders:
    def test_pass_the_check(self, twenty: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "--root", str(twenty), "--today", str(TODAY), "--lang", "en"], ROOT) == 0
        assert capsys.readouterr().out == "no problems\n"

    def test_have_the_size_of_real_ones(self, twenty: Path, catalog: Catalog) -> None:
        sizes = [len(data) for name, data in contents(twenty).items() if name.startswith("content/providers/")]
        assert 26_000 < sum(sizes) / len(sizes) < 38_000
        assert 160 < len(given(catalog)) / 20 < 240

    def test_use_every_status_kind_and_type(self, catalog: Catalog) -> None:
        answers = given(catalog)
        assert {answer.status for _, answer in answers} == set(Status) - {Status.UNANSWERED}
        assert {answer.kind for _, answer in answers} >= set(Kind)
        asked = {slot.field.asks.type for slot in catalog.newest[0].slots}
        assert {name for name, _ in answers} == asked
        assert any(row.answer.status is Status.UNANSWERED for sheet in catalog.sheets for row in sheet.rows)
        assert any(row.overridden for sheet in catalog.sheets for row in sheet.rows)
        assert any(answer.note for _, answer in answers)
        assert any(answer.source for _, answer in answers)
        assert any(answer.as_of for _, answer in answers)

    def test_count_but_are_recognized_as_fictional(self, catalog: Catalog) -> None:
        assert all(sheet.counted for sheet in catalog.sheets)
        assert all("架空" in provider.name for provider in catalog.providers)
        assert all("架空" in sheet.service.name for sheet in catalog.sheets)
        assert len({provider.name for provider in catalog.providers}) == 20

    def test_vary_in_what_buyers_rank_by(self, catalog: Catalog) -> None:
        ranked = [slot.field.id for slot in catalog.newest[0].slots if slot.field.facet and not slot.field.role]
        for name in ranked:
            found = Counter(
                row.answer.compare for sheet in catalog.sheets for row in sheet.rows if row.slot.field.id == name
            )
            assert len(found) > 2, name

    def test_are_the_same_every_time_and_for_every_number(self, twenty: Path, tmp_path: Path) -> None:
        generate(ROOT, tmp_path / "again", 20)
        assert contents(tmp_path / "again") == contents(twenty)
        generate(ROOT, tmp_path / "five", 5)
        assert contents(tmp_path / "five").items() <= contents(twenty).items()
        generate(ROOT, tmp_path / "other", 5, seed="2")
        assert not contents(tmp_path / "other").items() <= contents(twenty).items()

    def test_one_can_be_changed_a_little(self, twenty: Path, tmp_path: Path) -> None:
        shutil.copytree(twenty, tmp_path / "changed")
        path = change_one(tmp_path / "changed")
        before, after = contents(twenty), contents(tmp_path / "changed")
        assert [name for name in before if before[name] != after[name]] == [
            path.relative_to(tmp_path / "changed").as_posix()
        ]
        assert not read(tmp_path / "changed")[1].diagnostics


class TestManyProviders:
    def test_have_one_and_a_half_services_each(self) -> None:
        assert 600 < providers_for(1000) < 690
        assert providers_for(1) == 1

    def test_have_every_number_of_services_and_data_centers(self, tmp_path: Path) -> None:
        generate(ROOTS / "smallest", tmp_path / "many", 120)
        catalog, report = read(tmp_path / "many")
        assert not report.diagnostics
        assert catalog is not None
        assert {len(provider.sheets) for provider in catalog.providers} == {1, 2, 3}
        assert {len(sheet.data_centers) for sheet in catalog.sheets} == {0, 1, 2, 3, 4}
        assert len({sheet.state for sheet in catalog.sheets}) == 3
        assert len({provider.name for provider in catalog.providers}) == 120


class TestOtherGuidelines:
    def test_are_answered_without_a_line_of_code(self, tmp_path: Path) -> None:
        generate(ROOTS / "roleless", tmp_path / "other", 40)
        catalog, report = read(tmp_path / "other")
        assert not report.diagnostics
        assert catalog is not None
        guideline = catalog.newest[0]
        assert (guideline.version, dict(guideline.by_role)) == ("10", {})
        assert all(guideline.scopes[scope] == () for scope in (Scope.PROVIDER, Scope.SERVICE))
        answered = {row.slot.field.id for sheet in catalog.sheets for row in sheet.rows if row.answer.kind}
        assert answered == {slot.field.id for slot in guideline.slots}

    def test_beside_the_first_are_answered_in_turns(self, tmp_path: Path) -> None:
        template = tmp_path / "template"
        shutil.copytree(ROOTS / "roleless", template)
        shutil.copytree(ROOTS / "smallest" / "guideline" / "mini", template / "guideline" / "mini")
        generate(template, tmp_path / "both", 20)
        catalog, report = read(tmp_path / "both")
        assert not report.diagnostics
        assert catalog is not None
        assert Counter(provider.main.guideline.id for provider in catalog.providers) == {"mini": 10, "stations": 10}
        counted = {sheet.guideline.id for sheet in catalog.sheets if Role.DATA_CENTER_COUNT in sheet.guideline.by_role}
        assert counted <= {"mini"}

    def test_must_exist(self, tmp_path: Path) -> None:
        (tmp_path / "content").mkdir()
        (tmp_path / "guideline").mkdir()
        (tmp_path / "content" / "catalog.yaml").touch()
        with pytest.raises(ValueError, match="no guideline"):
            generate(tmp_path, tmp_path / "target", 1)


def test_the_generator_runs_as_a_program_and_overwrites_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench.generate", "2", str(tmp_path / "new"), "--template", ROOTS / "smallest"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("2 providers, ")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "exists" in done.stderr


class TestBench:
    def test_times_three_kinds_of_builds(self, capsys: pytest.CaptureFixture[str]) -> None:
        small = ["--services", "3", "--runs", "1", "--no-search", "--lang", "en"]
        assert main(["bench", "--root", str(ROOTS / "smallest"), *small], ROOT) == 0
        printed = capsys.readouterr().out
        assert re.match(r".*, \d+ CPU, .*Python 3\.\d+", printed)
        assert re.search(r"\d+ providers, \d+ services", printed)
        row = r" +\d+\.\d\d s +\d+\.\d\d s +[\d,]+ MB +[\d,]+ +[\d.]+ MB$"
        for name in ("clean", "nothing changed", "one provider changed"):
            assert re.search(rf"(?m)^{name}{row}", printed), printed

    def test_costs_are_those_of_the_process_and_its_children(self) -> None:
        program = "import subprocess, sys; x = bytearray(60_000_000); print('done')"
        child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {program!r}], check=True)"
        printed, run = timed([sys.executable, "-c", child])
        assert printed == "done\n"
        assert run.wall > 0
        if hasattr(os, "wait4"):
            assert run.cpu > 0
            assert run.peak > 60_000_000

    def test_a_build_that_fails_is_shown(self) -> None:
        with pytest.raises(BuildFailed, match="no way"):
            timed([sys.executable, "-c", "raise SystemExit('no way')"])
