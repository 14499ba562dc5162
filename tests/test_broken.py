"""The corpus of broken files: each case with the exact text that its author reads.

A case is a folder of `broken/`. What is broken is laid over the smallest valid catalog (`roots/smallest/`):

- `input.yaml` takes the place of the disclosure;
- `change.txt` mends or spoils files: a path, then lines that begin with `-` (to be found there, once) and lines that
  begin with `+` (to stand in their place); a path with `+` lines only is a new file, a path alone is removed;
- what neither can hold is made by a function of `MADE`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.cli import main
from catalog.diagnostics.codes import CODES, SPREADSHEETS
from catalog.diagnostics.document import document

HERE = Path(__file__).resolve().parent
DISCLOSURE = "content/providers/kaku-shoji.yaml"
CASES = sorted(path.name for path in (HERE / "broken").iterdir() if path.is_dir())

Check = Callable[[Path, str], None]


def valid_root(folder: Path) -> Path:
    """A copy of the smallest valid catalog."""
    return Path(shutil.copytree(HERE / "roots" / "smallest", folder / "root"))


def change(root: Path, changes: str) -> None:
    """Apply a `change.txt`."""
    for block in re.split(r"\n(?=[^-+\n])", changes.strip("\n")):
        name, *lines = block.split("\n")
        path = root / name
        gone = "".join(f"{line[1:]}\n" for line in lines if line.startswith("-"))
        new = "".join(f"{line[1:]}\n" for line in lines if line.startswith("+"))
        if not lines:
            path.unlink()
        elif gone:
            text = path.read_text(encoding="utf-8")
            assert text.count(gone) == 1, f"{name} must hold these lines once:\n{gone}"
            path.write_text(text.replace(gone, new), encoding="utf-8")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(new, encoding="utf-8")


def disclosure(root: Path, *, provider: str = "", encoding: str = "utf-8") -> None:
    """The valid disclosure with further lines under `provider:`."""
    text = (root / DISCLOSURE).read_text(encoding="utf-8")
    (root / DISCLOSURE).write_bytes(text.replace("provider:\n  ", f"provider:\n{provider}  ").encode(encoding))


# --- cases that no text file can hold ---


def made_byte_order_mark_inside(root: Path) -> None:
    disclosure(root, provider="  overview: 前半\ufeff後半\n")


def made_control_characters(root: Path) -> None:
    disclosure(root, provider="  overview: ベル\x07と改行\x85\n  homepage: https://example.co.jp/\u200e\u202egpj.exe\n")


def made_crlf_keeps_the_places(root: Path) -> None:
    disclosure(root, provider="  founded_on: 近日中\n")
    text = (root / DISCLOSURE).read_bytes()
    (root / DISCLOSURE).write_bytes(b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))


def made_fifo(root: Path) -> None:
    (root / DISCLOSURE).unlink()
    os.mkfifo(root / DISCLOSURE)


def made_folder_in_the_place_of_a_file(root: Path) -> None:
    (root / DISCLOSURE).unlink()
    (root / DISCLOSURE).mkdir()
    (root / "content/providers/old").mkdir()


def made_many_problems_in_one_file(root: Path) -> None:
    disclosure(root, provider="".join(f"  unknown_{number}: あり\n" for number in range(250)))


def made_many_unknown_keys_take_no_time(root: Path) -> None:
    disclosure(root, provider="".join(f"  provider_nam{number}: あり\n" for number in range(9_000)))


def made_too_many_keys(root: Path) -> None:
    disclosure(root, provider="".join(f"  key_{number}: あり\n" for number in range(10_000)))


def made_too_many_services_and_data_centers(root: Path) -> None:
    used = ", ".join(f"d{number}" for number in range(60))
    text = "".join(f"  t{number}: {{name: 架空, data_centers: [{used}]}}\n" for number in range(9))
    text += "".join(f"  s{number}: {{name: 架空{number}}}\n" for number in range(101))
    centers = "data_centers:\n" + "".join(f"  d{number}: {{}}\n" for number in range(60))
    before = (root / DISCLOSURE).read_text(encoding="utf-8").partition("services:\n")[0]
    (root / DISCLOSURE).write_text(f"{before}services:\n{text}{centers}", encoding="utf-8")


def made_many_control_characters_take_no_time(root: Path) -> None:
    disclosure(root, provider="  overview: a" + "\x07" * 400_000 + "\n")


def made_many_spaces_take_no_time(root: Path) -> None:
    disclosure(root, provider='  overview: "該当なし' + " " * 200_000 + 'x"\n')


def made_nesting_too_deep(root: Path) -> None:
    disclosure(root, provider=f"  overview: {'[' * 30}{']' * 30}\n")


def made_file_name_that_is_no_text(root: Path) -> None:
    name = b"content/providers/kaku\xff:,%\n.yaml"
    with open(os.fsencode(root) + b"/" + name, "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write((root / DISCLOSURE).read_bytes())


def made_page_too_large(root: Path) -> None:
    (root / "content/pages").mkdir()
    for language in ("ja", "en"):
        (root / f"content/pages/about.{language}.md").write_text("# 案内\n" + "長い文章。\n" * 9_000, encoding="utf-8")


def made_shift_jis(root: Path) -> None:
    disclosure(root, encoding="cp932")


def made_symlink_leaves_content(root: Path) -> None:
    (root.parent / "secret.yaml").write_text("password: 1234\n", encoding="utf-8")
    (root / "content/providers/outside.yaml").symlink_to(root.parent / "secret.yaml")
    (root.parent / "secret.ja.md").write_text("# 秘密\n", encoding="utf-8")
    (root / "content/pages").symlink_to(root.parent)


def made_symlink_leads_nowhere(root: Path) -> None:
    (root / "content/providers/lost.yaml").symlink_to("nowhere.yaml")
    (root / "content/providers/ring.yaml").symlink_to("ring.yaml")


def made_theme_that_links_elsewhere(root: Path) -> None:
    theme = root / "content/theme"
    (theme / "templates").mkdir(parents=True)
    (root.parent / "secret.html").write_text("secret", encoding="utf-8")
    (theme / "templates/base.html").symlink_to(root.parent / "secret.html")
    (theme / "i18n").symlink_to(root.parent)
    (theme / "assets").mkdir()
    (theme / "assets/img").symlink_to("../templates")
    (theme / "assets/lost.css").symlink_to("nowhere.css")


def made_theme_folder_is_a_link(root: Path) -> None:
    (root.parent / "elsewhere/templates").mkdir(parents=True)
    (root.parent / "elsewhere/templates/base.html").write_text("{% broken", encoding="utf-8")
    (root / "content/theme").symlink_to(root.parent / "elsewhere")


def made_too_large(root: Path) -> None:
    disclosure(root, provider=f"  overview: {'長' * 400_000}\n")


def made_too_long_for_its_type(root: Path) -> None:
    disclosure(root, provider=f"  revenue: {'1' * 5_000}円\n  shareholders: {'(' * 30_000}\n")


MADE: dict[str, Callable[[Path], None]] = {
    name.removeprefix("made_").replace("_", "-"): function
    for name, function in sorted(globals().items())
    if name.startswith("made_")
}


def broken_root(case: str, folder: Path) -> Path:
    root = valid_root(folder)
    here = HERE / "broken" / case
    if case in MADE:
        MADE[case](root)
    if (here / "input.yaml").exists():
        shutil.copyfile(here / "input.yaml", root / DISCLOSURE)
    if (here / "change.txt").exists():
        change(root, (here / "change.txt").read_text(encoding="utf-8"))
    return root


def run(root: Path, *arguments: str) -> int:
    return main(["check", "--root", str(root), "--today", "2026-11-23", *arguments], root)


# --- tests ---


def test_the_smallest_catalog_is_valid(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(valid_root(tmp_path), "--lang", "en") == 0
    assert capsys.readouterr().out == "no problems\n"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("case", sorted({*CASES, *MADE}))
def test_what_is_broken_is_explained(
    case: str, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], golden: Check
) -> None:
    root = broken_root(case, tmp_path)
    status = run(root, "--lang", language)
    shown = capsys.readouterr().out
    golden(HERE / "broken" / case / f"expected.{language}.txt", shown)
    assert status == int(" error[" in shown)
    assert str(tmp_path) not in shown


def test_every_case_holds_something_broken() -> None:
    lost = [case for case in CASES if case not in MADE and not any((HERE / "broken" / case).glob("[ic]*.*"))]
    assert not lost, f"no input: {lost}"


def test_the_corpus_is_large_and_shows_every_code() -> None:
    assert len(CASES) >= 70
    shown = "".join(path.read_text(encoding="utf-8") for path in (HERE / "broken").glob("*/expected.en.txt"))
    occurring = set(re.findall(r" (?:error|warning)\[([a-z0-9-]+)\]", shown))
    elsewhere = set(SPREADSHEETS)  # told of workbooks and tables, in test_import.py
    assert sorted(set(CODES) - occurring - elsewhere) == []


def test_every_code_has_words_in_both_languages_with_the_same_placeholders() -> None:
    for name, code in CODES.items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert len(code.ja) == len(code.en) >= 2, name
        for ja, en in zip(code.ja, code.en, strict=True):
            used = [set(re.findall(r"\{(\w+)\}", words)) for words in (ja, en)]
            assert used[0] == used[1], (name, ja, en)


def test_the_list_of_messages_is_current(golden: Check) -> None:
    golden(HERE.parent / "docs" / "messages.md", document())


def test_one_run_shows_forty_different_problems_of_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(broken_root("forty-at-once", tmp_path), "--lang", "en")
    codes = re.findall(r"kaku-shoji\.yaml:\d+:\d+: (?:error|warning)\[([a-z0-9-]+)\]", capsys.readouterr().out)
    assert len(codes) >= 40
    assert len(set(codes)) >= 30


def test_problems_stand_in_the_order_of_files_and_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(broken_root("forty-at-once", tmp_path), "--lang", "en")
    places = re.findall(r"(?m)^(\S+?):(\d+):(\d+): ", capsys.readouterr().out)
    assert places == sorted(places, key=lambda place: (place[0], int(place[1]), int(place[2])))


class TestGitHub:
    def test_shows_the_first_ten_problems_and_says_how_many_there_are(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], golden: Check
    ) -> None:
        run(broken_root("forty-at-once", tmp_path), "--format", "github", "--lang", "ja")
        shown = capsys.readouterr().out
        assert len(re.findall(r"(?m)^::(?:error|warning) ", shown)) == 10
        golden(HERE / "data" / "github.ja.txt", shown)

    def test_shows_errors_before_warnings(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        root = valid_root(tmp_path)
        disclosure(root, provider="  employees: あり\n  founded_on: いつか\n")
        run(root, "--format", "github", "--lang", "en")
        assert re.findall(r"(?m)^::(\w+) ", capsys.readouterr().out) == ["error", "warning"]

    def test_escapes_what_means_something_to_workflow_commands(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        root = valid_root(tmp_path)
        (root / "content/providers/a:b,c%d.yaml").write_text("guideline: mini\n", encoding="utf-8")
        disclosure(root, provider='  founded_on: "100%\\n::error::"\n')
        run(root, "--format", "github", "--lang", "en")
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].startswith("::error file=content/providers/a%3Ab%2Cc%25d.yaml,line=1,col=1,title=file-name::")
        assert "“100%25⏎::error::”" in lines[1]
        assert "%0A" in lines[1]
        assert len(lines) == 3

    def test_survives_a_file_name_that_is_no_text(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        run(broken_root("file-name-that-is-no-text", tmp_path), "--format", "github")
        capsys.readouterr().out.encode("utf-8")


class TestJson:
    def test_tells_everything_in_both_languages(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        root = valid_root(tmp_path)
        disclosure(root, provider="  employees: 5社\n")
        assert run(root, "--format", "json") == 1
        assert json.loads(capsys.readouterr().out) == [
            {
                "path": DISCLOSURE,
                "line": 6,
                "column": 14,
                "severity": "error",
                "code": "unit-unknown",
                "item": "6",
                "values": {"expected": "人・名", "found": "5社", "yaml": "employees:\n  text: 5社"},
                "message": {
                    "ja": "「5社」の単位がわかりません(項目6 従業員数)",
                    "en": "the unit of “5社” is not known here (item 6, Employees)",
                },
                "hint": {"ja": "人・名 で書いてください", "en": "use 人・名"},
            }
        ]

    def test_is_not_cut_off(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        run(broken_root("many-problems-in-one-file", tmp_path), "--format", "json")
        assert len(json.loads(capsys.readouterr().out)) == 250

    def test_is_an_empty_list_where_all_is_well(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(valid_root(tmp_path), "--format", "json") == 0
        assert json.loads(capsys.readouterr().out) == []
