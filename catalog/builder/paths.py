"""Which paths a site may have: those that mean one and the same file on every file system and web server."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

_UNSAFE = re.compile("[\x00-\x1f\x7f\\\\\ud800-\udfff]")


def check_paths(paths: Iterable[str]) -> None:
    """ValueError (a bug of ours) for a path that is not plain and relative, and for two that collide.

    Two collide if they are equal, if they differ only by case or Unicode composition, or if one would be a folder of
    the other; the same goes for the folders they stand in.
    """
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for path in paths:
        if _UNSAFE.search(path) or not {"", ".", ".."}.isdisjoint(path.split("/")):
            raise ValueError(f"not a plain relative path: {path!r}")
        key = _folded(path)
        if key in files:
            raise ValueError(f"paths collide: {files[key]!r}, {path!r}")
        files[key] = path
        for folder in _folders(path):
            if folders.setdefault(_folded(folder), folder) != folder:
                raise ValueError(f"paths collide: {folders[_folded(folder)]!r}, {path!r}")
    for key in files.keys() & folders.keys():
        raise ValueError(f"paths collide: the file {files[key]!r}, the folder {folders[key]!r}")


def _folders(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path


def _folded(path: str) -> str:
    return path if path.isascii() and path.islower() else unicodedata.normalize("NFC", path).casefold()
