"""`check`: read everything, report every problem, write nothing."""

from __future__ import annotations

import argparse

from catalog.commands import Context, Exit
from catalog.place import Place, theme_of

HELP = {
    "ja": "content/ と guideline/ を検査し、すべての問題を場所つきで表示する",
    "en": "check content/ and guideline/ and show every problem with its place",
}
FORMAT_HELP = {
    "ja": "表示の形式: text(既定)、github(注釈)、json",
    "en": "output format: text (default), github (annotations), json",
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    parser.add_argument("--format", choices=("text", "github", "json"), default="text", help=FORMAT_HELP[language])


def run(context: Context) -> Exit:
    from catalog import pipeline
    from catalog.commands.problems import show
    from catalog.diagnostics import Report
    from catalog.source import ParseCache

    report = Report()
    no_cache = ParseCache(None, "")
    catalog = pipeline.read(context.root, context.today, no_cache, report)
    pipeline.read_theme(Place(context.root, theme_of(context.root), context.out), catalog, no_cache, report)
    show(report, context.language, context.arguments.format)
    return Exit.CONTENT if report.errors else Exit.CLEAN
