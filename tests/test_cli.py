"""The command line: what is typed without thinking works, what is wrong is told kindly, help comes at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from catalog.cli import COMMANDS, main

ROOT = Path(__file__).resolve().parent.parent
SMALLEST = ROOT / "tests" / "roots" / "smallest"


def loaded(*arguments: str) -> set[str]:
    """The heavy modules that a command line imports."""
    heavy = ("yaml", "jinja2", "markdown", "livereload", "tornado", "catalog.model", "catalog.pipeline")
    program = (
        "import contextlib, io, sys; from pathlib import Path; from catalog.cli import main\n"
        "with contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()):\n"
        f"    main({list(arguments)!r}, Path('.'))\n"
        f"print(*(name for name in {heavy!r} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


class TestHelp:
    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_names_every_command_and_shows_how_to_begin(
        self, language: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["--lang", language, "--help"], ROOT)
        assert ended.value.code == 0
        printed = capsys.readouterr().out
        assert all(f"    {name} " in printed for name in COMMANDS)
        assert "python build.py new kaku-cloud" in printed

    @pytest.mark.parametrize("command", COMMANDS)
    def test_of_a_command_explains_it(self, command: str, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as ended:
            main([command, "--help", "--lang", "en"], ROOT)
        assert ended.value.code == 0
        assert "--root" in capsys.readouterr().out

    @pytest.mark.parametrize("arguments", [["--help"], ["serve", "--help"], ["bench", "-h"], ["nonsense"]])
    def test_imports_nothing_that_takes_time(self, arguments: list[str]) -> None:
        assert loaded(*arguments) == set()


class TestCommands:
    def test_build_is_the_default(self, tmp_path: Path) -> None:
        assert main(["--root", str(SMALLEST), "--out", str(tmp_path), "--base-url", "nonsense"], ROOT) == 2
        assert main(["--no-such-option"], ROOT) == 2

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("ja", "「chek」というコマンドはありません。「check」ではありませんか(説明: python build.py --help)\n"),
            ("en", "there is no command “chek”; did you mean “check”? (see python build.py --help)\n"),
        ],
    )
    def test_that_do_not_exist_are_told_with_the_nearest(
        self, language: str, said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["chek", "--lang", language], ROOT) == 2
        assert capsys.readouterr().err == said
        assert main(["xyz", "--lang", language], ROOT) == 2
        assert "build, check" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("arguments", "japanese", "english"),
        [
            (["check", "--nonsense"], "「--nonsense」という引数はありません", "there is no argument “--nonsense”"),
            (["new", "a", "b"], "「b」という引数はありません", "there is no argument “b”"),
            (["check", "--today"], "--today の後に値がありません", "--today needs a value behind it"),
            (
                ["check", "--format", "xml"],
                "--format に「xml」は書けません。書けるのは text, github, json です",
                "--format cannot be “xml”; the choices are text, github, json",
            ),
            (["serve", "--port", "x"], "--port の「x」は数ではありません", "“x” of --port is not a number"),
            (["new", "--stdout=1"], "--stdout に値「1」は書けません", "--stdout takes no value (found “1”)"),
        ],
    )
    def test_that_are_written_wrongly_are_explained(
        self, arguments: list[str], japanese: str, english: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for language, said in (("ja", japanese), ("en", english)):
            assert main([*arguments, "--lang", language], ROOT) == 2
            problem, hint = capsys.readouterr().err.splitlines()
            assert problem == said
            assert hint.startswith("  hint: ")
            assert f"python build.py {arguments[0]} --help" in hint

    def test_refuse_a_language_that_is_not_spoken(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "--lang", "fr"], ROOT) == 2
        assert "ja, en" in capsys.readouterr().err

    def test_refuse_a_day_that_is_none(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "--today", "tomorrow", "--lang", "en"], ROOT) == 2
        assert capsys.readouterr().err == "tomorrow is not a date (YYYY-MM-DD)\n"


def test_a_python_without_the_modules_names_the_one_that_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(context: object) -> int:
        raise ModuleNotFoundError("no yaml", name="yaml")

    monkeypatch.setattr("catalog.commands.check.run", run)
    assert main(["check", "--lang", "ja"], tmp_path) == 3
    assert "make check か make site" in capsys.readouterr().err
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    assert main(["check", "--lang", "ja"], tmp_path) == 3
    assert "python の代わりに .venv/bin/python" in capsys.readouterr().err
