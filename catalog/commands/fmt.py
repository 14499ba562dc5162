"""`fmt`: bring disclosure files into the guideline's order, quoted only where needed; answers and comments stay."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.commands import Context, Exit

if TYPE_CHECKING:  # what `--help` does without
    from catalog.diagnostics import Report
    from catalog.model import Guideline

HELP = {
    "ja": "開示ファイルの項目を指針の順に並べ、いらない引用符を外す(回答とコメントは変えない)",
    "en": "put a disclosure's items into the guideline's order and drop quotes that are not needed (answers and"
    " comments stay)",
}
_WORDS = {
    "ja": {
        "file": "整えるファイル(既定: content/providers/ のすべて)",
        "check": "書きかえず、整っていないファイルの名前を示して終了コード 1 で終わる",
        "missing": "ファイル {found} がありません。名前と置き場所を確かめてください",
        "formatted": "{path} を整えました",
        "untidy": "{path} は整っていません。次で整えられます: python build.py fmt {path}",
    },
    "en": {
        "file": "the files to put in order (default: all in content/providers/)",
        "check": "write nothing; name the files that are not in order, and end with exit code 1",
        "missing": "there is no file {found}; check its name and place",
        "formatted": "put {path} in order",
        "untidy": "{path} is not in order; this does it: python build.py fmt {path}",
    },
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    parser.add_argument("file", nargs="*", metavar="FILE", help=_WORDS[language]["file"])
    parser.add_argument("--check", action="store_true", help=_WORDS[language]["check"])


def run(context: Context) -> Exit:
    from catalog.commands.problems import show
    from catalog.diagnostics import Report
    from catalog.load.disclosures import disclosure_files
    from catalog.load.guidelines import load_guidelines
    from catalog.source import ParseCache

    words, names = _WORDS[context.language], context.arguments.file
    for name in names:
        if not (Path.cwd() / name).is_file():
            print(words["missing"].format(found=name), file=sys.stderr)
            return Exit.USAGE
    report = Report()
    guidelines = tuple(load_guidelines(context.root, ParseCache(None, ""), report))
    untidy = False
    if not report.errors:
        for shown in names or [os.path.relpath(file) for file in disclosure_files(context.root)]:
            if _format(Path.cwd() / shown, shown, guidelines, report, write=not context.arguments.check):
                untidy = True
                print(words["untidy" if context.arguments.check else "formatted"].format(path=shown))
    if report.diagnostics:
        show(report, context.language)
    return Exit.CONTENT if report.errors or (untidy and context.arguments.check) else Exit.CLEAN


def _format(file: Path, shown: str, guidelines: tuple[Guideline, ...], report: Report, *, write: bool) -> bool:
    """Whether the file was, or would have been, changed. One that cannot be read is reported and left alone."""
    from catalog import source
    from catalog.formatting import formatted
    from catalog.load.head import Head
    from catalog.load.shapes import Shapes

    folder = file.resolve().parent
    read = source.read(folder, folder / file.name, folder, report)._replace(path=shown)
    node = source.parse(read, report)
    if node is None or read.text is None:
        return False
    shapes = Shapes(shown, report)
    mapping = shapes.mapping(node, {"ja": "開示ファイル", "en": "a disclosure"})
    if mapping is None:
        return False
    others = [key.text for key, _ in mapping.entries]  # whatever stands there: `check` tells what is wrong with it
    keys = shapes.keys(mapping, required=("guideline", "guideline_version"), optional=others)
    guideline = Head(shapes, mapping, keys).guideline(guidelines, frozenset(), None)
    if guideline is None:
        return False
    text = formatted(read.text, node, guideline)
    if text == read.text:
        return False
    if write:
        mark = b"\xef\xbb\xbf" if read.data.startswith(b"\xef\xbb\xbf") else b""
        _write(file, mark + text.encode("utf-8"))
    return True


def _write(file: Path, data: bytes) -> None:
    """In one step: a file that is being read is the old or the new one."""
    target = file.resolve()
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.chmod(target.stat().st_mode)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
