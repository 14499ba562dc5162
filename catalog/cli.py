"""The command line: arguments, exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import cast

from catalog.commands import Command, Context, Exit, language_of_environment, today_in_tokyo

COMMANDS = ("check",)
"""Each the name of a module in `catalog.commands`; only the one that runs is imported in full."""

_WORDS = {
    "ja": {
        "about": "クラウドサービスの情報開示カタログを、開示ファイル(YAML)から静的サイトとして生成します。",
        "root": "カタログのあるフォルダー(既定: build.py のある場所)",
        "out": "サイトの出力先(既定: <root>/site)",
        "today": "今日の日付 YYYY-MM-DD(既定: 日本時間の今日)",
        "lang": "メッセージの言語(既定: 環境変数から。はっきりしなければ日本語)",
        "date": "{value} は日付ではありません(YYYY-MM-DD)",
        "environment": "実行環境の問題: {error}",
        "epilog": "例:\n{examples}",
    },
    "en": {
        "about": "Builds a static site, a public catalog of cloud service disclosures, from YAML files.",
        "root": "the catalog's folder (default: where build.py stands)",
        "out": "where the site goes (default: <root>/site)",
        "today": "today's date YYYY-MM-DD (default: today in Tokyo)",
        "lang": "the language of messages (default: from the environment; Japanese if unclear)",
        "date": "{value} is not a date (YYYY-MM-DD)",
        "environment": "a problem of the environment: {error}",
        "epilog": "examples:\n{examples}",
    },
}
_EXAMPLES = """  python build.py                          → site/
  python build.py check
  python build.py new kaku-shoji
  python build.py serve
"""


def main(arguments: Sequence[str], home: Path) -> int:
    """Run one command line; `home` is the folder of `build.py`. Returns the exit code."""
    language = _language(arguments)
    words = _WORDS[language]
    parsed = _parser(language).parse_args(list(arguments) or ["build"])
    root = Path(parsed.root or home).resolve()
    try:
        today = date.fromisoformat(parsed.today) if parsed.today else today_in_tokyo()
    except ValueError:
        print(words["date"].format(value=parsed.today), file=sys.stderr)
        return Exit.USAGE
    command = _command(parsed.command)
    context = Context(root, Path(parsed.out).resolve() if parsed.out else root / "site", today, language, parsed)
    try:
        return command.run(context)
    except BrokenPipeError:  # `… | head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Exit.CLEAN
    except OSError as error:
        print(words["environment"].format(error=error), file=sys.stderr)
        return Exit.ENVIRONMENT
    except KeyboardInterrupt:
        return 130


def _language(arguments: Sequence[str]) -> str:
    """`--lang` is needed before the parser is built, because the help is in that language."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    early.add_argument("--lang", choices=tuple(_WORDS))
    try:
        known, _ = early.parse_known_args(list(arguments))
    except SystemExit:
        raise SystemExit(int(Exit.USAGE)) from None
    return known.lang or language_of_environment()


def _parser(language: str) -> argparse.ArgumentParser:
    words = _WORDS[language]
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--root", help=words["root"])
    common.add_argument("--out", help=words["out"])
    common.add_argument("--today", metavar="YYYY-MM-DD", help=words["today"])
    common.add_argument("--lang", choices=tuple(_WORDS), help=words["lang"])
    parser = argparse.ArgumentParser(
        prog="build.py",
        description=words["about"],
        epilog=words["epilog"].format(examples=_EXAMPLES),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        command = _command(name)
        sub = commands.add_parser(
            name, help=command.HELP[language], description=command.HELP[language], parents=[common]
        )
        command.add_arguments(sub, language)
    return parser


def _command(name: str) -> Command:
    return cast(Command, import_module(f"catalog.commands.{name}"))
