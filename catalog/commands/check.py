"""`check`: read everything, or some files wherever they stand; report every problem, write nothing."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.commands import Context, Exit
from catalog.place import Place, theme_of

if TYPE_CHECKING:  # what `--help` does without
    from catalog.diagnostics import Report

HELP = {
    "ja": "content/ と guideline/ を検査し、すべての問題を場所つきで表示する",
    "en": "check content/ and guideline/ and show every problem with its place",
}
FORMAT_HELP = {
    "ja": "表示の形式: text(既定)、github(注釈)、json",
    "en": "output format: text (default), github (annotations), json",
}
_WORDS = {
    "ja": {
        "file": "開示ファイル。カタログの外にあるものでもかまいません(既定: カタログの全体)",
        "missing": "ファイル {found} がありません。名前と置き場所を確かめてください",
        "folder": "{found} はフォルダーです。開示ファイル(.yaml)を指定するか、"
        "カタログの全体を調べるなら --root で指定してください",
    },
    "en": {
        "file": "disclosure files, inside the catalog or not (default: the whole catalog)",
        "missing": "there is no file {found}; check its name and place",
        "folder": "{found} is a folder; name a disclosure file (.yaml), or a whole catalog with --root",
    },
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    parser.add_argument("file", nargs="*", metavar="FILE", help=_WORDS[language]["file"])
    parser.add_argument("--format", choices=("text", "github", "json"), default="text", help=FORMAT_HELP[language])


def run(context: Context) -> Exit:
    from catalog.commands.problems import show
    from catalog.diagnostics import Report

    report = Report()
    for name in context.arguments.file:
        if not (Path.cwd() / name).is_file():
            kind = "folder" if (Path.cwd() / name).is_dir() else "missing"
            print(_WORDS[context.language][kind].format(found=name), file=sys.stderr)
            return Exit.USAGE
    if context.arguments.file:
        for name in dict.fromkeys(context.arguments.file):
            _check_file(context, name, report)
    else:
        _check_all(context, report)
    show(report, context.language, context.arguments.format)
    return Exit.CONTENT if report.errors else Exit.CLEAN


def _check_all(context: Context, report: Report) -> None:
    from catalog import pipeline
    from catalog.source import ParseCache

    no_cache = ParseCache(None, "")
    catalog = pipeline.read(context.root, context.today, no_cache, report)
    pipeline.read_theme(Place(context.root, theme_of(context.root), context.out), catalog, no_cache, report)


def _check_file(context: Context, name: str, report: Report) -> None:
    """One disclosure for itself, by the catalog's guidelines; places carry the name as it was given."""
    from catalog import source
    from catalog.checks import run_checks
    from catalog.diagnostics import Location, Report
    from catalog.load.disclosures import disclosure_of, is_file_name
    from catalog.load.guidelines import load_guidelines
    from catalog.source import ParseCache

    path = Path.cwd() / name
    problems = Report()
    guidelines = tuple(load_guidelines(context.root, ParseCache(None, ""), problems))
    file = source.read(path.parent, path, path.resolve().parent, problems)
    called = path.name
    if not is_file_name(called):
        problems.add("file-name", Location(called), found=called)
        called = "provider.yaml"  # what is in it is told all the same
    disclosure = disclosure_of(file._replace(path=called), context.root, guidelines, problems)
    run_checks([disclosure] if disclosure else [], context.today, problems)
    for one in problems.diagnostics:
        inside = one.location.path in (file.path, called)
        report.diagnostics.append(replace(one, location=replace(one.location, path=name)) if inside else one)
