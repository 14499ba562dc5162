"""The reader in the browser finds in a disclosure what this one finds: the same problems, answers, rows, counts."""

from __future__ import annotations

import gzip
import json
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from sites import ROOT, TODAY, VARIETY
from test_broken import CASES, DISCLOSURE, MADE, broken_root
from test_schema import at, guidelines, places, spoil, tree

from bench.generate import generate
from catalog import twin
from catalog.checks import run_checks
from catalog.completeness import completeness, counts_for, provider_rows, sheet_of
from catalog.diagnostics import Report
from catalog.diagnostics.codes import CODES
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
    sheets = [
        sheet_of(read[0], service, TODAY)
        for service in read[0].services
        if all(center in read[0].data_center for center in service.data_centers)
    ]  # where a service uses a data centre that could not be read, no sheet is ever made of the file
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
    found = {
        field.name: getattr(one, field.name)
        for field in fields(one)
        if field.name not in ("digest", "field_digests", "places", "source")
    }
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


def compare(cases: list[Case], folder: Path) -> None:
    """Both say the same of every case."""
    for case, there in zip(cases, read_there(cases), strict=True):
        here = json.loads(json.dumps(plain(read_here(case, folder))))
        assert there["problems"] == here["problems"], case.text
        if not here.get("sheets"):
            there = {**there, "sheets": here.get("sheets")} if "sheets" in here else there
        assert there == here, case.text


# --- what must be the same -------------------------------------------------------------------------------------------


def test_the_tables_are_current(golden: Callable[[Path, str], None]) -> None:
    golden(ROOT / "theme/assets/js/disclosure/tables.js", twin.module())


def written() -> list[Case]:
    """Every disclosure that lies in a root here."""
    return [
        Case(name, path.read_text(encoding="utf-8"), path.name.split(".")[0])
        for name, root in ROOTS.items()
        for path in sorted((root / "content/providers").glob("*.yaml"))
    ]


def test_what_people_wrote_is_read_the_same(tmp_path: Path) -> None:
    compare(written(), tmp_path)


HEAVY = ("many-unknown-keys-take-no-time", "too-many-keys")
"""Cases of some 10,000 keys each, for `make test-all`."""


def broken(folder: Path, names: Iterable[str]) -> Iterable[Case]:
    for name in names:
        path = broken_root(name, folder / name) / DISCLOSURE
        if path.is_file():
            with suppress(UnicodeDecodeError):
                yield Case("smallest", path.read_bytes().decode())


def test_what_is_broken_is_explained_in_the_same_words_at_the_same_places(tmp_path: Path) -> None:
    cases = list(broken(tmp_path, sorted({*CASES, *MADE} - {*HEAVY})))
    assert len(cases) > 120
    compare(cases, tmp_path / "read")


def test_lines_in_quotes_and_brackets_may_begin_anywhere(tmp_path: Path) -> None:
    head = (SMALLEST / "content/providers/kaku-shoji.yaml").read_text(encoding="utf-8").partition("provider:\n")[0]
    written = (
        'provider:\n  overview: "架空の\n事業を\n\n  営む"\n',
        "provider:\n  overview: 'It''s\r\n  架空'\r\n",
        "aliases: [架空, # 略称\n架空A,\n  '架空\nB'\n]\nprovider: {\noverview: {answer: 架空,\n note: 補足},\n}\n",
        'provider:\n  overview: {answer: "架空\n  employees: 5人\n',
        "provider:\n  overview: {answer\n: 架空}\n",
    )
    compare([Case("smallest", head + one) for one in written], tmp_path)


def test_escapes_are_taken_and_refused_alike(tmp_path: Path) -> None:
    head = (SMALLEST / "content/providers/kaku-shoji.yaml").read_text(encoding="utf-8").partition("provider:\n")[0]
    escapes = (
        r"\ud83d\ude00",
        r"\\ud83d",
        r"\\\ud83d",
        r"\U0001f600",
        r"\U00110000",
        r"\u12",
        r"\xzz",
        r"\q",
        r"\/\t\_",
        r"\0",
        r"\r",
    )
    compare([Case("smallest", f'{head}provider:\n  overview: "架空{one}"\n') for one in escapes], tmp_path)


@pytest.mark.all_pages
def test_what_is_broken_thousands_of_times_is_explained_the_same(tmp_path: Path) -> None:
    compare(list(broken(tmp_path, HEAVY)), tmp_path / "read")


# --- disclosures that nobody wrote -----------------------------------------------------------------------------------

STATES = ["該当なし", "非公開(社内規定)", "個別開示: 窓口へ", "対象外", "お問い合わせください", "開示しません", "未定"]
WORDS = [
    *STATES,
    "有り(東証)",
    "有り: 年1回",
    "有り、10分",
    "○",
    "はい",
    "無し。",
    "約10分",
    "①",
    "1",
    "否",
    "n/a",
    "-",
]
NOISE = [*"約()、 円％．年/・。2", "以上", "\n", "😀", "ｱ"]
KEYS = ["answer", "text", "withheld", "on_request", "not_applicable", "detail", "note", "source", "as_of"]


@cache
def inputs() -> list[str]:
    """What the vectors of all types were written as."""
    files = sorted((ROOT / "tests/vectors").glob("*.json"))
    return [vector["input"] for path in files for vector in json.loads(path.read_text(encoding="utf-8"))]


def words(dice: random.Random) -> str:
    found = dice.choice(inputs() if dice.random() < 0.6 else WORDS)
    if dice.random() > 0.15:
        return found
    place = dice.randrange(len(found) + 1)
    return found[:place] + dice.choice(NOISE) + found[place:]


def other_answer(dice: random.Random) -> Any:
    kind = dice.random()
    if kind < 0.7:
        return words(dice)
    if kind < 0.8:
        return [words(dice) for _ in range(dice.randrange(1, 4))]
    return {key: words(dice) for key in dice.sample(KEYS, dice.randrange(1, 3))}


def invented(dice: random.Random) -> Case:
    """A disclosure that somebody wrote, with other answers, and spoilt."""
    name = dice.choice(sorted(ROOTS))
    path = dice.choice(sorted((ROOTS[name] / "content/providers").glob("*.yaml")))
    data = tree(path.read_text(encoding="utf-8"))
    for place in places(data) if dice.random() < 0.7 else ():
        holder = at(data, place[:-1])
        if place[0] not in ("guideline", "guideline_version") and isinstance(holder[place[-1]], str):
            holder[place[-1]] = other_answer(dice) if dice.random() < 0.35 else holder[place[-1]]
    for _ in range(dice.randrange(5)):
        spoil(data, dice)
    return Case(name, yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000), path.name.split(".")[0])


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.all_pages) for seed in range(1, 12))])
def test_disclosures_that_nobody_wrote_are_read_the_same(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    compare([invented(dice) for _ in range(300 if seed else 60)], tmp_path)


def test_generated_disclosures_are_read_the_same(tmp_path: Path) -> None:
    generate(ROOT, tmp_path / "root", 8, "twin")
    files = sorted((tmp_path / "root/content/providers").glob("*.yaml"))
    compare([Case("real", path.read_text(encoding="utf-8"), path.stem) for path in files], tmp_path / "read")


# --- text that is damaged --------------------------------------------------------------------------------------------

BITS = [
    *(" ", "\n", "\n  ", "\t", ":", ": ", "-", "- ", "#", " #", '"', "'", "[", "]", "{", "}", ",", "|", ">", "?", "? "),
    *("%", "@", "`", "\\", "x", "架空", "：", "　", "\r", "\r\n", "~", "null", "|-\n"),
    *("&a ", "*a", "!x ", "<<: x", "---\n"),
]


def damaged(dice: random.Random, texts: list[str]) -> Case:
    """Something put in, taken out or indented anew, anywhere."""
    text = dice.choice(texts)
    place, kind = dice.randrange(len(text) + 1), dice.randrange(4)
    if kind == 0:
        return Case("smallest", text[:place] + dice.choice(BITS) + text[place:])
    if kind == 1:
        return Case("smallest", text[:place] + text[place + dice.choice((1, 2, 5)) :])
    lines = text.split("\n")
    row = dice.randrange(len(lines))
    begin = lines[row].find(": ") + 2 if ": " in lines[row] else 0
    lines[row] = f"  {lines[row]}" if kind == 2 else lines[row][:begin] + dice.choice(BITS) + lines[row][begin:]
    return Case("smallest", "\n".join(lines))


def test_damage_is_damage_to_both_and_mostly_in_the_same_words_at_the_same_place(tmp_path: Path) -> None:
    dice = random.Random(1)
    broken_inputs = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests/broken").glob("*/input.yaml"))]
    cases = [damaged(dice, broken_inputs) for _ in range(300)]
    others = 0
    for case, there in zip(cases, read_there(cases), strict=True):
        here = json.loads(json.dumps(plain(read_here(case, tmp_path))))
        if there["problems"] == here["problems"]:
            continue
        others += 1
        codes = [{one["code"] for one in read["problems"]} for read in (here, there)]
        assert all(codes), case.text
        assert "yaml-syntax" in codes[0] | codes[1], case.text
    assert others < len(cases) * 0.08


# --- what is published -----------------------------------------------------------------------------------------------


def test_the_published_words_are_those_that_a_text_can_need() -> None:
    script = (ROOT / "theme/assets/js/disclosure").rglob("*.js")
    code = "".join(path.read_text(encoding="utf-8") for path in script if path.name != "tables.js")
    listed = code.partition("export const BEYOND")[2].partition("};")[0]
    beyond = set(re.findall(r'"([a-z0-9-]+)"', listed)) - {"yaml-syntax"}
    said = {name for name in CODES if f'"{name}"' in code} - beyond
    assert said == set(problems_json())
    assert not beyond & set(problems_json())
    assert len(gzip.compress(json.dumps(problems_json(), ensure_ascii=False).encode())) < 9_000
