"""The reader in the browser finds in a disclosure's text what this one finds: the same problems, answers, rows, counts."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from sites import ROOT, TODAY, VARIETY
from test_broken import CASES, DISCLOSURE, MADE, broken_root
from test_schema import guidelines, spoil, tree

from catalog import twin
from catalog.checks import run_checks
from catalog.completeness import completeness, counts_for, provider_rows, sheet_of
from catalog.diagnostics import Report
from catalog.diagnostics.printers import LANGUAGES, hint, message
from catalog.exports.guideline_json import guideline_json
from catalog.exports.problems_json import problems_json
from catalog.load.disclosures import load_disclosures
from catalog.model import Answer, DataCenter, Disclosure, Row, Service
from catalog.source import ParseCache

SMALLEST = ROOT / "tests/roots/smallest"
ROOTS = {"real": ROOT, "variety": VARIETY, "smallest": SMALLEST, "second": ROOT / "tests/roots/second"}
ID = "kaku-shoji"


@dataclass(frozen=True)
class Case:
    """A disclosure's text, and the root whose guidelines it may answer."""

    root: str
    text: str
    id: str = ID


# --- as this side reads ----------------------------------------------------------------------------------------------


def read_here(case: Case, folder: Path) -> Any:
    """As tests/js/reader.mjs tells it."""
    path = folder / f"content/providers/{case.id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(case.text.encode())
    report = Report()
    known = list(guidelines(ROOTS[case.root]).values())
    read = list(load_disclosures(folder, known, ParseCache(None, ""), report))
    run_checks(read, TODAY, report)
    path.unlink()
    problems = [_said(one) for one in report.sorted()]
    if not read:
        return {"problems": problems, "disclosure": None}
    sheets = [sheet_of(read[0], service, TODAY) for service in read[0].services]
    own = completeness(provider_rows(read[0])) if counts_for(read[0]) else None
    return {
        "problems": problems,
        "disclosure": _disclosure(read[0]),
        "sheets": [
            {"rows": [_row(row) for row in one.rows], "completeness": one.completeness and asdict(one.completeness)}
            for one in sheets
        ],
        "completeness": own and asdict(own),
    }


def _said(one: Any) -> Any:
    return {
        "code": one.code,
        "severity": one.severity.value,
        "line": one.location.line,
        "column": one.location.column,
        "values": {key: value if isinstance(value, str) else dict(value) for key, value in one.values.items()},
        "item": one.subject.number if one.subject else None,
        "words": {code: {"message": message(one, code), "hint": hint(one, code)} for code in LANGUAGES},
    }


def _disclosure(one: Disclosure) -> Any:
    found = {field.name: getattr(one, field.name) for field in fields(one) if field.name not in ("digest", "places")}
    return found | {
        "guideline": one.guideline.id,
        "answers": _answers(one.answers),
        "services": [_part(service) for service in one.services],
        "data_centers": [_part(center) for center in one.data_centers],
        "withdrawn": one.withdrawn and asdict(one.withdrawn),
    }


def _part(part: Service | DataCenter) -> Any:
    found = {field.name: getattr(part, field.name) for field in fields(part) if field.name != "location"}
    return found | {"answers": _answers(part.answers)}


def _answers(answers: Any) -> Any:
    return {field: _answer(answer) for field, answer in answers.items()}


def _answer(answer: Answer) -> Any:
    found = {field.name: getattr(answer, field.name) for field in fields(answer) if field.name != "location"}
    return found | {"compare": answer.compare.json() if answer.compare else None}


def _row(row: Row) -> Any:
    return {
        "field": row.slot.field.id,
        "item": row.slot.item.number,
        "level": row.slot.field.level,
        "scope": row.slot.section.scope,
        "data_center": row.data_center.id if row.data_center else None,
        "overridden": row.overridden,
        "answer": _answer(row.answer),
    }


# --- as the browser reads --------------------------------------------------------------------------------------------


def read_there(cases: Iterable[Case]) -> list[Any]:
    """One Node.js process reads them all."""
    node = shutil.which("node")
    if node is None:
        pytest.fail("no Node.js: run scripts/setup.sh test")
    given = {
        "today": TODAY.isoformat(),
        "codes": problems_json(),
        "roots": {name: _definitions(name) for name in ROOTS},
        "cases": [{"root": case.root, "id": case.id, "text": case.text} for case in cases],
    }
    script = str(ROOT / "tests/js/reader.mjs")
    run = subprocess.run([node, script], input=json.dumps(given).encode(), capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return [_without_places(one) for one in json.loads(run.stdout)]


@cache
def _definitions(root: str) -> Any:
    return [guideline_json(guideline) for guideline in guidelines(ROOTS[root]).values()]


def _without_places(data: Any) -> Any:
    """Without the offsets that only the browser keeps, and the services that stand beside their rows."""
    if isinstance(data, list):
        return [_without_places(one) for one in data]
    if isinstance(data, dict):
        left = {"start", "end", "places", "service"} if "rows" in data or "start" in data or "places" in data else set()
        return {key: _without_places(value) for key, value in data.items() if key not in left}
    return data


def plain(data: Any) -> Any:
    """What JSON makes of it."""
    if isinstance(data, dict):
        return {key: plain(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [plain(one) for one in data]
    return data.isoformat() if hasattr(data, "isoformat") else data


def compare(cases: list[Case], folder: Path, is_same: Callable[[Any, Any], bool] = lambda here, there: False) -> None:
    """Both say the same of every case, or what `is_same` lets pass."""
    for case, there in zip(cases, read_there(cases), strict=True):
        here = json.loads(json.dumps(plain(read_here(case, folder)), ensure_ascii=False))
        if not is_same(here, there):
            assert there["problems"] == here["problems"], case.text
            assert there == here, case.text
