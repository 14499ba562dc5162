"""`diff`: what a change of the files means, by item; between two revisions, folders or files."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.commands import Context, Exit

if TYPE_CHECKING:  # what `--help` does without
    from catalog.changes import Changes, Side

HELP = {
    "ja": "変更の意味を示す: 加わった回答、変わった回答、開示率など(git の版、フォルダー、ファイルの2つを比べる)",
    "en": "tell what a change means: answers added, changed, withdrawn, rates (two git revisions, folders or files)",
}
WORDS = {
    "ja": {
        "old": "古いほう: git の版(main、HEAD~1 など)、カタログのフォルダー、開示ファイル(既定: HEAD)",
        "new": "新しいほう(既定: いまのフォルダーの内容)",
        "format": "表示の形式: text(既定)、markdown、json",
        "revision": "「{found}」は、ファイルでもフォルダーでも、git の版でもありません。名前を確かめてください"
        "(版の一覧: git log --oneline、ブランチの一覧: git branch)",
        "folder": "フォルダー {found} には content/ がありません。カタログのフォルダーを指定してください",
        "mixed": "開示ファイルは、もう1つの開示ファイルと比べてください(例: python build.py diff old.yaml new.yaml)",
        "git": "git が見つかりません。git を入れるか、2つのファイルかフォルダーを比べてください",
        "errors": "{side} に {count}件のエラーがあります。エラーのあるファイルは比べていません",
    },
    "en": {
        "old": "the old one: a git revision (main, HEAD~1, …), a catalog's folder or a disclosure (default: HEAD)",
        "new": "the new one (default: what the folder holds now)",
        "format": "output format: text (default), markdown, json",
        "revision": "“{found}” is neither a file nor a folder nor a git revision; check the name "
        "(git log --oneline lists revisions, git branch lists branches)",
        "folder": "the folder {found} has no content/; name a catalog's folder",
        "mixed": "compare a disclosure with another disclosure (for example python build.py diff old.yaml new.yaml)",
        "git": "git was not found; install it, or compare two files or folders",
        "errors": "{side} has {count} errors; files with errors are not compared",
    },
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    words = WORDS[language]
    parser.add_argument("old", nargs="?", metavar="OLD", default="HEAD", help=words["old"])
    parser.add_argument("new", nargs="?", metavar="NEW", default="", help=words["new"])
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text", help=words["format"])


_FIRST = 10
"""Errors that are shown; `check` shows all."""


class _Kind(Enum):
    FILE = "file"
    FOLDER = "folder"
    REVISION = "revision"


class _Refused(Exception):
    """The key of the words that tell why, and what was found."""


def run(context: Context) -> Exit:
    from catalog import pipeline
    from catalog.changes import compare

    names = (context.arguments.old, context.arguments.new or str(context.root))
    try:
        with tempfile.TemporaryDirectory(prefix="catalog-diff-") as folder:
            roots = _roots(context.root, names, Path(folder))
            before, after = (pipeline.read_side(root, context.today) for root in roots)
    except _Refused as refused:
        key, found = refused.args
        print(WORDS[context.language][key].format(found=found), file=sys.stderr)
        return Exit.ENVIRONMENT if key == "git" else Exit.USAGE
    for name, side in zip(names, (before, after), strict=True):
        _tell_errors(name, side, context.language)
    changes = compare(before, after)
    _show(changes, context.arguments.format, context.language)
    return Exit.CONTENT if changes.not_compared else Exit.CLEAN


def _tell_errors(name: str, side: Side, language: str) -> None:
    """How many errors one side has, and the first of them."""
    from catalog.diagnostics import Severity, printers

    errors = [one for one in side.problems if one.severity is Severity.ERROR]
    if errors:
        print(WORDS[language]["errors"].format(side=name, count=len(errors)), file=sys.stderr)
        print(printers.as_text(errors[:_FIRST], language), end="", file=sys.stderr)


def _show(changes: Changes, style: str, language: str) -> None:
    from catalog.changes import printers

    match style:
        case "json":
            sys.stdout.write(printers.as_json(changes))
        case "markdown":
            sys.stdout.write(printers.as_markdown(changes, (language,)))
        case _:
            sys.stdout.write(printers.as_text(changes, language))


def _roots(root: Path, names: tuple[str, str], folder: Path) -> tuple[Path, Path]:
    """The two catalogs as folders; those that are none yet are written below `folder`."""
    from catalog.load.disclosures import is_file_name

    kinds = tuple(_kind(name) for name in names)
    if (kinds[0] is _Kind.FILE) != (kinds[1] is _Kind.FILE):
        raise _Refused("mixed", "")
    if kinds[0] is _Kind.FILE:
        # one name for both, since a provider's id is the name of its file
        called = Path(names[1]).name
        name = called if is_file_name(called) else "provider.yaml"
        old, new = (_alone(root, Path(one), folder / str(at), name) for at, one in enumerate(names))
    else:
        old, new = (_whole(root, *pair, folder / str(at)) for at, pair in enumerate(zip(names, kinds, strict=True)))
    return old, new


def _kind(name: str) -> _Kind:
    path = Path.cwd() / name
    return _Kind.FILE if path.is_file() else _Kind.FOLDER if path.is_dir() else _Kind.REVISION


def _whole(root: Path, name: str, kind: _Kind, target: Path) -> Path:
    """A folder as it is; a revision of `root`, written below `target`."""
    from catalog import revisions

    if kind is _Kind.FOLDER:
        folder = Path.cwd() / name
        if not (folder / "content").is_dir():
            raise _Refused("folder", name)
        return folder
    target.mkdir()
    try:
        revisions.export(root, name, target)
    except revisions.UnknownRevision:
        raise _Refused("revision", name) from None
    except FileNotFoundError as error:
        if error.filename != "git":
            raise
        raise _Refused("git", name) from None
    return target


def _alone(root: Path, file: Path, target: Path, name: str) -> Path:
    """A catalog of one file, with the settings and guidelines of `root`."""
    providers = target / "content" / "providers"
    providers.mkdir(parents=True)
    shutil.copyfile(file, providers / name)
    shutil.copyfile(root / "content" / "catalog.yaml", target / "content" / "catalog.yaml")
    shutil.copytree(root / "guideline", target / "guideline")
    return target
