"""`check`: read everything, report every problem, write nothing."""

from __future__ import annotations

import argparse
import sys

from catalog import pipeline
from catalog.commands import Context, Exit
from catalog.diagnostics import Report, printers
from catalog.source import ParseCache

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
    report = Report()
    pipeline.read(context.root, context.today, ParseCache(None, ""), report)
    show(report, context.language, context.arguments.format)
    return Exit.CONTENT if report.errors else Exit.CLEAN


def show(report: Report, language: str, style: str = "text") -> None:
    """All problems on standard output, and one line of summary; nothing but that line where all is well."""
    problems = report.sorted()
    if style == "json":
        sys.stdout.write(printers.as_json(problems))
        return
    sys.stdout.write(
        printers.as_github(problems, language) if style == "github" else printers.as_text(problems, language)
    )
    print(printers.summary(problems, language))
