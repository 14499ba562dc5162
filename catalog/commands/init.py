"""`init`: an empty catalog of one's own, elsewhere. The generator and its theme stay where they are."""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import sys
from pathlib import Path

from catalog.commands import Context, Exit

HOME = Path(__file__).resolve().parents[2]
"""The generator's own folder: its guidelines and prose are what a new catalog begins with."""
STARTER = HOME / "catalog" / "starter"
"""The files of a new catalog. Names without a dot in front, as git and GitHub would act on them here."""
_DOTTED = ("gitignore", "github")
_MAY_EXIST = frozenset((".git",))

HELP = {
    "ja": "自分のカタログを別の場所に始める(内容のない、すぐに生成できるフォルダー)",
    "en": "begin a catalog of your own elsewhere: a folder without contents that builds at once",
}
_WORDS = {
    "ja": {
        "folder": "作るフォルダー(まだないか、空のもの)",
        "missing": "作るフォルダーを書いてください。例: python build.py init ../my-catalog",
        "not-empty": "{folder} は空ではありません。何も変えませんでした。新しいフォルダーを指定してください",
        "written": "{folder} にカタログを用意しました。",
        "next": "次にすること:\n"
        "  1. {settings} に題名や連絡先を書く\n"
        "  2. python build.py new <事業者のID> --root {folder}\n"
        "  3. python build.py serve --root {folder}   手元で表示する\n"
        "公開のしかたは {readme} にあります。",
    },
    "en": {
        "folder": "the folder to make (a new or an empty one)",
        "missing": "name the folder to make, for example: python build.py init ../my-catalog",
        "not-empty": "{folder} is not empty; nothing was changed. Name a new folder",
        "written": "A catalog is ready in {folder}.",
        "next": "Next:\n"
        "  1. write title, contact and so on into {settings}\n"
        "  2. python build.py new <provider's id> --root {folder}\n"
        "  3. python build.py serve --root {folder}   to look at it\n"
        "{readme} tells how to publish it.",
    },
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    parser.add_argument("folder", nargs="?", metavar="DIR", help=_WORDS[language]["folder"])


def run(context: Context) -> Exit:
    words = _WORDS[context.language]
    named = context.arguments.folder or context.arguments.root
    if not named:
        print(words["missing"], file=sys.stderr)
        return Exit.USAGE
    folder = Path(named)
    if not _is_free(folder):
        print(words["not-empty"].format(folder=named), file=sys.stderr)
        return Exit.USAGE
    write_catalog(folder)
    print(words["written"].format(folder=named))
    shown = {"settings": folder / "content" / "catalog.yaml", "readme": folder / "README.md"}
    print(words["next"].format(folder=shlex.quote(named), **shown))
    return Exit.CLEAN


def _is_free(folder: Path) -> bool:
    """Not there yet, or holding nothing (a fresh repository holds nothing)."""
    if not folder.exists():
        return not folder.is_symlink()
    return folder.is_dir() and {entry.name for entry in folder.iterdir()} <= _MAY_EXIST


def write_catalog(folder: Path) -> None:
    """The starter's files, the generator's guidelines, and its prose and profiles to begin with."""
    for path in sorted(STARTER.rglob("*")):
        if path.is_file():
            _write(folder / _dotted(path.relative_to(STARTER)), path.read_text(encoding="utf-8"), folder)
    shutil.copytree(HOME / "guideline", folder / "guideline")
    for name, pattern in (("pages", "*.md"), ("profiles", "*.yaml"), ("profiles", "*.md")):
        target = folder / "content" / name
        target.mkdir(parents=True, exist_ok=True)
        for path in sorted((HOME / "content" / name).glob(pattern)):
            shutil.copy(path, target)


def _dotted(path: Path) -> Path:
    first = path.parts[0]
    return Path(f".{first}" if first in _DOTTED else first, *path.parts[1:])


def _write(path: Path, text: str, folder: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    tool = Path(os.path.relpath(HOME, folder)).as_posix()
    path.write_text(text.replace("@TOOL@", tool), encoding="utf-8", newline="\n")
