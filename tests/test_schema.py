"""The schema that editors read agrees with the loader: neither takes what the other refuses, but for what is listed."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from sites import ROOT, TODAY, VARIETY, read
from test_broken import CASES, DISCLOSURE, change, valid_root

from bench.generate import generate
from catalog.checks import run_checks
from catalog.diagnostics import Report
from catalog.diagnostics.codes import CODES
from catalog.load.disclosures import load_disclosures
from catalog.load.guidelines import load_guidelines
from catalog.model import Guideline
from catalog.schema import BEYOND, disclosure_schema
from catalog.source import ParseCache

UNSAYABLE = frozenset(code for codes in BEYOND.values() for code in codes)
ROOTS = [ROOT, VARIETY, ROOT / "tests/roots/smallest", ROOT / "tests/roots/second", ROOT / "tests/roots/roleless"]


class AsText(yaml.CSafeLoader):
    """Every scalar as it is written, as the loader reads it."""


AsText.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class AsTyped(yaml.CSafeLoader):
    """As editors read YAML 1.2: `on` and `no` are words."""


AsTyped.yaml_implicit_resolvers = {
    first: [
        (tag, re.compile("true|false") if tag.endswith(":bool") else pattern)
        for tag, pattern in resolvers
        if first in "tf" or not tag.endswith(":bool")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def tree(text: str, loader: type[yaml.CSafeLoader] = AsText) -> Any:
    """As an editor hands it to a validator: nothing but JSON."""
    return json.loads(json.dumps(yaml.load(text, loader), default=str))


@cache
def validator(key: str, root: Path) -> Draft7Validator:
    schema = disclosure_schema(guidelines(root)[key])
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


@cache
def guidelines(root: Path) -> dict[str, Guideline]:
    return {guideline.key: guideline for guideline in load_guidelines(root, ParseCache(None, ""), Report())}


def is_valid(data: Any, root: Path) -> bool:
    key = f"{data['guideline']}@{data['guideline_version']}"
    return validator(key, root).is_valid(data)


def errors(root: Path) -> set[str]:
    """The codes of what the loader refuses below a root."""
    report = Report()
    known = list(guidelines(root).values())
    run_checks(tuple(load_disclosures(root, known, ParseCache(None, ""), report)), TODAY, report)
    return {one.code for one in report.diagnostics if one.severity == "error"}


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.name)
def test_a_schema_is_sound_and_takes_every_disclosure_that_the_loader_takes(root: Path) -> None:
    read(root)
    for path in sorted((root / "content/providers").glob("*.yaml")):
        for loader in (AsText, AsTyped):
            data = tree(path.read_text(encoding="utf-8"), loader)
            key = f"{data['guideline']}@{data['guideline_version']}"
            assert [error.message[:200] for error in validator(key, root).iter_errors(data)] == [], path.name


def test_generated_disclosures_fit(tmp_path: Path) -> None:
    generate(ROOT, tmp_path / "root", 8, "schema")
    for path in sorted((tmp_path / "root/content/providers").glob("*.yaml")):
        assert is_valid(tree(path.read_text(encoding="utf-8")), ROOT), path.name


# --- broken files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES)
def test_a_broken_file_is_refused_by_both_or_for_a_reason_that_no_schema_can_say(case: str, tmp_path: Path) -> None:
    root = valid_root(tmp_path)
    folder = ROOT / "tests/broken" / case
    if (folder / "input.yaml").exists():
        (root / DISCLOSURE).write_bytes((folder / "input.yaml").read_bytes())
    elif (folder / "change.txt").exists():
        change(root, (folder / "change.txt").read_text(encoding="utf-8"))
    try:
        data = tree((root / DISCLOSURE).read_text(encoding="utf-8"))
        known = is_known(data)
    except (OSError, UnicodeError, yaml.YAMLError, ValueError, RecursionError):
        return  # no editor gets as far as the schema
    if known:
        compare(root, data)


def is_known(data: Any) -> bool:
    """Whether the file names a guideline as the smallest catalog has it."""
    return isinstance(data, dict) and (data.get("guideline"), data.get("guideline_version")) == ("smallest", "1")


def compare(root: Path, data: Any) -> None:
    found = errors(root)
    where = (root / DISCLOSURE).read_text(encoding="utf-8")
    if is_valid(data, ROOT / "tests/roots/smallest"):
        assert found <= UNSAYABLE, where
    else:
        assert found, where


# --- changed files ---------------------------------------------------------------------------------------------------

SCALARS = [
    "有り",
    "無し",
    "該当なし",
    "非公開(理由)",
    "",
    "近日中",
    "2024-10-31",
    "12",
    "99.9%",
    "日本",
    "有り(理由)",
    None,
    "true",
]
WORDS = ["answer", "text", "note", "source", "as_of", "detail", "withheld", "on_request", "not_applicable", "name", "x"]


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where something stands, from the root."""
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [found for key, value in inner for found in ((*path, key), *places(value, (*path, key)))]


def at(node: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        node = node[key]
    return node


def other_value(dice: random.Random) -> Any:
    made: list[Callable[[], Any]] = [
        lambda: dice.choice(SCALARS),
        lambda: [dice.choice(SCALARS) for _ in range(dice.randrange(3))],
        lambda: {dice.choice(WORDS): dice.choice(SCALARS) for _ in range(dice.randrange(3))},
    ]
    return dice.choice(made)()


def spoil(data: Any, dice: random.Random) -> None:
    """One change: another value, another key, one more, one less, or something moved elsewhere."""
    everywhere = [path for path in places(data) if path[0] not in ("guideline", "guideline_version")]
    path = dice.choice(everywhere)
    holder, key = at(data, path[:-1]), path[-1]
    change = dice.randrange(5)
    if change == 0:
        holder[key] = other_value(dice)
    elif change == 1:
        del holder[key]
    elif isinstance(holder, list):
        holder.append(other_value(dice))
    elif change == 2:
        holder[dice.choice([*WORDS, "Field", "a-b", "uptime_target", "名称"])] = other_value(dice)
    elif change == 3:
        holder[f"{key}x"] = holder.pop(key)
    else:
        target = at(data, dice.choice([*everywhere, ()])[:-1]) if everywhere else data
        if isinstance(target, dict) and target is not holder:
            target[key] = json.loads(json.dumps(holder[key]))


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(seed, marks=pytest.mark.all_pages) for seed in range(3, 24))]
)
def test_changed_disclosures_are_refused_by_both_or_taken_by_both(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    roots = [VARIETY, ROOT / "tests/roots/smallest", ROOT / "tests/roots/second"]
    root = roots[seed % len(roots)]
    files = sorted((root / "content/providers").glob("*.yaml"))
    folder = tmp_path / "content/providers"
    folder.mkdir(parents=True)
    tally = {True: 0, False: 0}
    for number in range(160):
        source = dice.choice(files)
        data = tree(source.read_text(encoding="utf-8"))
        for _ in range(dice.randrange(1, 4)):
            spoil(data, dice)
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=10_000)
        (folder / source.name).write_text(text, encoding="utf-8")
        report = Report()
        known = list(guidelines(root).values())
        list(load_disclosures(tmp_path, known, ParseCache(None, ""), report))
        refused = {one.code for one in report.diagnostics if one.severity == "error"}
        fits = is_valid(data, root)
        (folder / source.name).unlink()
        tally[fits] += 1
        if fits:
            assert refused <= UNSAYABLE, f"{seed}/{number}\n{text}"
        else:
            assert refused, f"{seed}/{number}\n{text}"
    assert all(tally.values())


def test_what_a_schema_cannot_say_is_listed_by_codes_that_exist() -> None:
    assert set(CODES) >= UNSAYABLE


# --- what editors show -----------------------------------------------------------------------------------------------


def test_an_editor_explains_a_field_in_both_languages_with_an_example() -> None:
    guideline = next(iter(guidelines(ROOT).values()))
    found = disclosure_schema(guideline)["definitions"]["field-uptime_target"]
    slot = guideline.by_field["uptime_target"]
    for text in (slot.field.prompt, slot.field.hint or {}):
        for words in text.values():
            assert words in found["description"]
    assert found["title"] == f"{slot.item.number} {slot.field.title['ja']} / {slot.field.title['en']}"
    assert found["examples"] == [slot.field.example]


def test_an_editor_offers_choices_and_states() -> None:
    guideline = next(iter(guidelines(ROOT).values()))
    schema = json.dumps(disclosure_schema(guideline), ensure_ascii=False)
    for choice in guideline.by_field["service_type"].field.asks.choices:
        assert choice.label["ja"] in schema
        assert choice.label["en"] in schema
    assert '"withheld": "${1:' in schema
