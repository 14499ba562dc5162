"""The command line: arguments, exit codes."""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import NoReturn, cast

from catalog.commands import Command, Context, Exit, language_of_environment, today_in_tokyo

COMMANDS = ("build", "check", "diff", "links", "serve", "new", "fmt", "export", "import", "init", "bench")
"""Each the name of a module in `catalog.commands`. Only the one that is asked for is imported, all of them for
`--help`; what takes time to import they import in `run`."""
DEFAULT = "build"

_WORDS = {
    "ja": {
        "about": "クラウドサービスの情報開示カタログを、開示ファイル(YAML)から静的サイトとして生成します。",
        "root": "カタログのあるフォルダー(既定: build.py のある場所)",
        "out": "サイトの出力先(既定: <root>/site)",
        "today": "今日の日付 YYYY-MM-DD(既定: 日本時間の今日)",
        "lang": "メッセージの言語(既定: 環境変数から。はっきりしなければ日本語)",
        "date": "{value} は日付ではありません(YYYY-MM-DD)",
        "environment": "実行環境の問題: {error}",
        "setup": "準備がまだです({module} がありません)。make check か make site を実行すると、必要なものが入ります",
        "other-python": "このPythonには {module} がありません。python の代わりに {python} で実行してください",
        "unknown": "「{found}」というコマンドはありません。使えるのは {known} です(説明: python build.py --help)",
        "nearest": "「{found}」というコマンドはありません。「{near}」ではありませんか(説明: python build.py --help)",
        "help": "この説明を表示する",
        "arguments": "引数",
        "options": "オプション",
        "commands": "コマンド",
        "epilog": "例:\n{examples}",
        "usage": "{problem}\n  hint: 書き方は python build.py {command} --help で見られます",
        "unrecognized": "「{found}」という引数はありません",
        "value": "{option} の後に値がありません",
        "no-value": "{option} に値「{found}」は書けません",
        "choice": "{option} に「{found}」は書けません。書けるのは {known} です",
        "number": "{option} の「{found}」は数ではありません",
        "required": "{found} を書いてください",
        "ambiguous": "「{found}」では {known} のどれかわかりません",
    },
    "en": {
        "about": "Builds a static site, a public catalog of cloud service disclosures, from YAML files.",
        "root": "the catalog's folder (default: where build.py stands)",
        "out": "where the site goes (default: <root>/site)",
        "today": "today's date YYYY-MM-DD (default: today in Tokyo)",
        "lang": "the language of messages (default: from the environment; Japanese if unclear)",
        "date": "{value} is not a date (YYYY-MM-DD)",
        "environment": "a problem of the environment: {error}",
        "setup": "not set up yet ({module} is missing): make check or make site installs what is needed",
        "other-python": "this Python has no {module}: run it with {python} instead of python",
        "unknown": "there is no command “{found}”; the commands are {known} (see python build.py --help)",
        "nearest": "there is no command “{found}”; did you mean “{near}”? (see python build.py --help)",
        "help": "show this help",
        "arguments": "arguments",
        "options": "options",
        "commands": "commands",
        "epilog": "examples:\n{examples}",
        "usage": "{problem}\n  hint: python build.py {command} --help shows what can be written",
        "unrecognized": "there is no argument “{found}”",
        "value": "{option} needs a value behind it",
        "no-value": "{option} takes no value (found “{found}”)",
        "choice": "{option} cannot be “{found}”; the choices are {known}",
        "number": "“{found}” of {option} is not a number",
        "required": "{found} is missing",
        "ambiguous": "“{found}” could be any of {known}",
    },
}
_EXAMPLES = {
    "ja": """  python build.py                          site/ にサイトを生成する
  python build.py new kaku-cloud           content/providers/kaku-cloud.yaml のひな形を書く
  python build.py export --xlsx            空の記入用紙(Excel)を書き出す
  python build.py import form.xlsx         書きこんだ記入用紙から開示ファイルを作る
  python build.py check                    書いた内容を検査する
  python build.py check ~/kaku-cloud.yaml  カタログの外にあるファイルを検査する
  python build.py diff main                main からの変更の意味を項目ごとに見る
  python build.py serve                    手元で表示し、保存のたびに生成し直す
  python build.py init ../my-catalog       自分のカタログを別の場所に始める
  python build.py build --root ../my-catalog
""",
    "en": """  python build.py                          build the site into site/
  python build.py new kaku-cloud           write content/providers/kaku-cloud.yaml to fill in
  python build.py export --xlsx            write an empty form (Excel) to fill in
  python build.py import form.xlsx         make a disclosure file of a form that was filled in
  python build.py check                    check what was written
  python build.py check ~/kaku-cloud.yaml  check a file outside the catalog
  python build.py diff main                see what changed since main, by item
  python build.py serve                    preview, rebuilding whenever a file is saved
  python build.py init ../my-catalog       begin a catalog of your own elsewhere
  python build.py build --root ../my-catalog
""",
}


def main(arguments: Sequence[str], home: Path) -> int:
    """Run one command line; `home` is the folder of `build.py`. Returns the exit code."""
    language = _language(arguments)
    words = _WORDS[language]
    given = _with_command(arguments)
    if given[0] != "--help" and given[0] not in COMMANDS:
        near = next(iter(difflib.get_close_matches(given[0], COMMANDS, 1)), "")
        sentence = words["nearest" if near else "unknown"]
        print(sentence.format(found=given[0], near=near, known=", ".join(COMMANDS)), file=sys.stderr)
        return Exit.USAGE
    try:
        parsed = _parser(language, given[0]).parse_args(given)
    except _Refused as refused:
        print(words["usage"].format(problem=_in_words(str(refused), words), command=given[0]), file=sys.stderr)
        return Exit.USAGE
    root = Path(parsed.root or home).resolve()
    try:
        today = date.fromisoformat(parsed.today) if parsed.today else today_in_tokyo()
    except ValueError:
        print(words["date"].format(value=parsed.today), file=sys.stderr)
        return Exit.USAGE
    command = _command(parsed.command)
    context = Context(root, Path.cwd() / parsed.out if parsed.out else root / "site", today, language, parsed)
    try:
        return command.run(context)
    except BrokenPipeError:  # `… | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.CLEAN
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "catalog":
            raise
        own = _own_python(home)
        print(words["other-python" if own else "setup"].format(module=error.name, python=own), file=sys.stderr)
        return Exit.ENVIRONMENT
    except OSError as error:
        print(words["environment"].format(error=error), file=sys.stderr)
        return Exit.ENVIRONMENT
    except KeyboardInterrupt:
        return 130


def _own_python(home: Path) -> str:
    """The Python that the set-up made here, called from `home`; "" if there is none or it is running."""
    names = (".venv/bin/python", ".venv/Scripts/python.exe")
    found = [name for name in names if os.access(home / name, os.F_OK)]  # `Path.exists` raises where it may not look
    return found[0] if found and (home / ".venv").resolve() != Path(sys.prefix).resolve() else ""


def _language(arguments: Sequence[str]) -> str:
    """`--lang` is needed before the parser is built, because the help is in that language."""
    early = _Parser(add_help=False, allow_abbrev=False)
    early.add_argument("--lang", nargs="?")
    asked, _ = early.parse_known_args(list(arguments))
    return asked.lang if asked.lang in _WORDS else language_of_environment()


class _Refused(Exception):
    """Arguments that cannot be understood, in the words of argparse."""


class _Parser(argparse.ArgumentParser):
    """Leaves it to `main` to say what is wrong."""

    def error(self, message: str) -> NoReturn:
        raise _Refused(message)


_COMPLAINTS = {
    "unrecognized": r"unrecognized arguments: (?P<found>.+)",
    "value": r"argument (?P<option>\S+?)(?:/\S+)?: expected (?:one|at least one) argument",
    "no-value": r"argument (?P<option>\S+?)(?:/\S+)?: ignored explicit argument (?P<found>.+)",
    "choice": r"argument (?P<option>\S+?)(?:/\S+)?: invalid choice: (?P<found>.+?) \(choose from (?P<known>.+)\)",
    "number": r"argument (?P<option>\S+?)(?:/\S+)?: invalid (?:int|float|\w+) value: (?P<found>.+)",
    "required": r"the following arguments are required: (?P<found>.+)",
    "ambiguous": r"ambiguous option: (?P<found>\S+) could match (?P<known>.+)",
}


def _in_words(complaint: str, words: Mapping[str, str]) -> str:
    """What argparse says, in our own words."""
    for name, pattern in _COMPLAINTS.items():
        if match := re.fullmatch(pattern, complaint):
            return words[name].format(**{key: value.replace("'", "") for key, value in match.groupdict().items()})
    return complaint


def _with_command(arguments: Sequence[str]) -> list[str]:
    """The arguments, a command first: `build` where none is named; or only `--help` where nothing else is asked."""
    if arguments and not arguments[0].startswith("-"):
        return list(arguments)
    return ["--help"] if {"-h", "--help"} & set(arguments) else [DEFAULT, *arguments]


def _parser(language: str, asked: str) -> argparse.ArgumentParser:
    """The parser of one command, which knows of the others' names; of all commands for `--help`."""
    words = _WORDS[language]
    parser = _Parser(
        prog="build.py",
        description=words["about"],
        epilog=words["epilog"].format(examples=_EXAMPLES[language]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    _say(parser, words)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, title=words["commands"])
    for name in COMMANDS:
        if asked not in ("--help", name):
            commands.add_parser(name)
            continue
        command = _command(name)
        sub = commands.add_parser(
            name,
            help=command.HELP[language],
            description=command.HELP[language],
            parents=[_common(command, language)],
            add_help=False,
        )
        _say(sub, words)
        command.add_arguments(sub, language)
    return parser


def _say(parser: argparse.ArgumentParser, words: Mapping[str, str]) -> None:
    """The headings of the help, which argparse knows in English only."""
    parser._positionals.title, parser._optionals.title = words["arguments"], words["options"]
    parser.add_argument("-h", "--help", action="help", help=words["help"])


def _common(command: Command, language: str) -> _Parser:
    """What every command takes; `--out` may mean something else there."""
    words = _WORDS[language]
    out: Mapping[str, str] = getattr(command, "OUT_HELP", {language: words["out"]})
    common = _Parser(add_help=False)
    common.add_argument("--root", help=words["root"])
    common.add_argument("--out", help=out[language])
    common.add_argument("--today", metavar="YYYY-MM-DD", help=words["today"])
    common.add_argument("--lang", choices=tuple(_WORDS), help=words["lang"])
    return common


def _command(name: str) -> Command:
    return cast(Command, import_module(f"catalog.commands.{name}" + ("_" if iskeyword(name) else "")))
