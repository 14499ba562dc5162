"""`fmt`: the guideline's order and no quotes that are not needed; answers, comments and the user's file are safe."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from sites import ROOT, VARIETY, copy_root, read

from catalog import source
from catalog.cli import main
from catalog.diagnostics import Report
from catalog.dump import scaffold
from catalog.formatting import formatted, same
from catalog.model import Guideline, Scope
from catalog.source import Mapping, Node, Scalar

CATALOG = read(VARIETY)
WORDS = (
    "有り(法務部)",
    "無し",
    '"無し"',
    "'12,000'",
    '"2024-10-31"',
    '"a: b"',
    "非公開(理由)",
    '["一つ", "二つ"]',
    "|-\n{}一行目\n{}\n{}二行目",
)


def parsed(text: str) -> Node:
    report = Report()
    node = source.parse(source.File("x.yaml", text.encode(), text), report)
    assert node is not None, report.diagnostics
    return node


def written(guideline: Guideline, dice: random.Random) -> str:
    """A disclosure in any order and any quotes, a comment above and behind each of its fields."""

    def field(name: str, indent: str) -> str:
        word = dice.choice(WORDS).replace("{}", indent + "  ")
        lines = f"{indent}# above {name}\n" if dice.random() < 0.7 else ""
        if dice.random() < 0.3 and "\n" not in word:
            keys = [f"answer: {word}", "note: 補足", "source: https://example.com/", "as_of: 2026-04"]
            dice.shuffle(keys)
            inner = "".join(f"{indent}  {key}\n" for key in keys)
            return f"{lines}{indent}{name}: # behind {name}\n{inner}"
        return f"{lines}{indent}{name}: {word}" + ("\n" if "\n" in word else f" # behind {name}\n")

    def block(scope: Scope, indent: str) -> str:
        slots = guideline.scopes[scope]
        fields = [
            field(slot.field.id, indent)
            for slot in dice.sample(slots, dice.randint(min(1, len(slots)), min(9, len(slots))))
        ]
        gaps = [dice.choice(("", "\n", f"\n{indent}# --- a heading\n\n")) for _ in fields]
        return "".join(gap + one for gap, one in zip(gaps, fields, strict=True))

    center, services = block(Scope.DATA_CENTER, "    "), block(Scope.SERVICE, "      ")
    parts = [
        f"guideline: {guideline.id}\n",
        f'"guideline_version": "{guideline.version}"\n',
        "submitted_by: 'provider'\n",
        f"# about the provider\nprovider:\n{block(Scope.PROVIDER, '  ')}",
        f"services:\n  one:\n    answers:\n{services}    data_centers: [tokyo]\n",
        f"\n# about the places\ndata_centers:\n  tokyo:\n{center}",
    ]
    dice.shuffle(parts)
    text = "# the head of the file\n" + "".join(parts)
    if dice.random() < 0.3:
        text = text.rstrip("\n")
    return text.replace("\n", "\r\n") if dice.random() < 0.3 else text


def comments(text: str) -> list[str]:
    return sorted(re.findall(r"#.*", text.replace("\r", "")))


def in_order(node: Node, ranks: dict[str, int]) -> bool:
    if not isinstance(node, Mapping):
        return True
    known = [ranks[key.text] for key, _ in node.entries if key.text in ranks]
    return known == sorted(known) and all(in_order(value, ranks) for _, value in node.entries)


@pytest.mark.parametrize("guideline", CATALOG.guidelines, ids=lambda one: one.key)
@pytest.mark.parametrize("seed", [*range(8), *(pytest.param(n, marks=pytest.mark.all_pages) for n in range(8, 200))])
def test_answers_and_comments_stay_and_the_order_is_the_guidelines(guideline: Guideline, seed: int) -> None:
    text = written(guideline, random.Random(f"{guideline.key} {seed}"))
    before = parsed(text)
    after = formatted(text, before, guideline)
    assert same(before, parsed(after))
    assert comments(after) == comments(text)
    ranks = {slot.field.id: rank for rank, slot in enumerate(guideline.all_slots)}
    assert in_order(parsed(after), ranks)
    keys = [key.text for key, _ in parsed(after).entries]  # type: ignore[union-attr]
    assert keys == ["guideline", "guideline_version", "submitted_by", "provider", "services", "data_centers"]
    assert formatted(after, parsed(after), guideline) == after
    for name in re.findall(r"# above (\S+)", text):
        assert re.search(rf"# above {name}\r?\n *{name}:", after), name
    for name in re.findall(r"# behind (\S+)", text):
        assert re.search(rf"{name}: .*# behind {name}", after), name
    assert after.count("\r\n") == after.count("\n") if "\r\n" in text else "\r" not in after
    assert after.startswith("# the head of the file")


def test_quotes_are_dropped_where_nothing_else_would_be_read() -> None:
    guideline = CATALOG.guidelines[0]
    field = guideline.scopes[Scope.PROVIDER][0].field.id
    kept = (
        '"1.10"',
        '"no"',
        "'- a'",
        '"a: b"',
        '"a #1"',
        '"~"',
        '""',
        '" a"',
        '"2024-10-31"',
        '"a\\tb"',
        "[\"a\", 'b']",
    )
    for word in kept:
        text = f"guideline: x\nprovider:\n  {field}: {word}\n"
        assert formatted(text, parsed(text), guideline) == text
    text = f"guideline: x\nprovider:\n  {field}: '株式会社 架空 \"A\"'\n"
    assert formatted(text, parsed(text), guideline) == f'guideline: x\nprovider:\n  {field}: 株式会社 架空 "A"\n'


def test_what_is_in_order_stays_to_the_letter(capsys: pytest.CaptureFixture[str]) -> None:
    for guideline in CATALOG.guidelines:
        text = scaffold(guideline, "kaku", ["a", "b"], ["x", "y"], "ja")
        assert formatted(text, parsed(text), guideline) == text
    assert main(["fmt", "--check"], ROOT) == 0
    assert capsys.readouterr().out == ""


def test_a_file_is_formatted_where_it_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    real = (ROOT / "content" / "providers" / "soracom.yaml").read_text(encoding="utf-8")
    untidy = "\ufeff" + real.replace("submitted_by: third_party\n", "").rstrip("\n") + "\nsubmitted_by: 'third_party'\n"
    file = tmp_path / "anything.yaml"
    file.write_text(untidy, encoding="utf-8", newline="")
    file.chmod(0o640)
    assert main(["fmt", "--check", str(file), "--lang", "en"], ROOT) == 1
    assert "is not in order" in capsys.readouterr().out
    assert file.read_text(encoding="utf-8") == untidy
    assert main(["fmt", str(file), "--lang", "en"], ROOT) == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith("\ufeff")
    assert text.index("submitted_by: third_party") < text.index("services:")
    assert same(parsed(untidy[1:]), parsed(text[1:]))
    assert file.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["anything.yaml"]


def test_a_file_that_cannot_be_read_is_told_and_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text, code in (
        ("a: [", "yaml-syntax"),
        ("- a\n", "expected-mapping"),
        ("provider:\n", "missing-key"),
        ("a: 1\na: 2\n", "yaml-duplicate-key"),
    ):
        file = tmp_path / "x.yaml"
        file.write_text(text, encoding="utf-8")
        assert main(["fmt", str(file)], ROOT) == 1
        assert f"[{code}]" in capsys.readouterr().out
        assert file.read_text(encoding="utf-8") == text
    assert main(["fmt", str(tmp_path / "nothing.yaml")], ROOT) == 2


# --- check FILE ----------------------------------------------------------------------------------------------------


def test_a_file_outside_the_catalog_is_checked_by_its_guidelines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_root(ROOT / "tests" / "roots" / "smallest", tmp_path / "catalog")
    (good,) = (root / "content" / "providers").glob("*.yaml")
    outside = tmp_path / "kaku.yaml"
    outside.write_bytes(good.read_bytes())
    (root / "content" / "providers" / "broken.yaml").write_text("a: [", encoding="utf-8")  # somebody else's
    assert main(["check", str(outside), "--root", str(root), "--lang", "en"], ROOT) == 0
    assert capsys.readouterr().out == "no problems\n"
    outside.write_text(outside.read_text(encoding="utf-8") + "nonsense: 1\n", encoding="utf-8")
    assert main(["check", str(outside), "--root", str(root), "--lang", "en"], ROOT) == 1
    line = len(outside.read_text(encoding="utf-8").splitlines())
    assert capsys.readouterr().out.startswith(f"{outside}:{line}:1: error[unknown-key]")


def test_a_file_with_a_name_that_cannot_be_used_is_read_all_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("kaku (1).yaml", ".hidden.yaml", "README", "con.yaml"):
        (tmp_path / name).write_text("nonsense: 1\n", encoding="utf-8")
        assert main(["check", str(tmp_path / name), "--lang", "en"], ROOT) == 1
        printed = capsys.readouterr().out
        assert "[file-name]" in printed
        assert "[unknown-key]" in printed
        assert printed.count(f"{tmp_path / name}:") == printed.count(": error[")


@pytest.mark.parametrize(("name", "said"), [("nothing.yaml", "there is no file"), (".", "is a folder")])
def test_what_is_no_file_is_told(name: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", name, "--lang", "en"], ROOT) == 2
    assert said in capsys.readouterr().err


def test_scalars_are_the_same_only_if_they_are_read_the_same() -> None:
    assert isinstance(parsed("a"), Scalar)
    assert same(parsed("a: ~"), parsed('a: ""'))
    assert not same(parsed("a: ~"), parsed('a: "~"'))
    assert not same(parsed("[a]"), parsed("a: 1"))
