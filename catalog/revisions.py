"""A catalog as it stood in a git revision, written into a folder of its own. Nothing is checked out."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

PARTS = ("content", "guideline")
"""What a catalog's contents consist of."""
_FILES = frozenset((b"100644", b"100755"))


class UnknownRevision(ValueError):
    """Not a revision of the repository, or there is no repository."""


def commit_of(root: Path, revision: str) -> str:
    """The id of the commit that is meant. Raises UnknownRevision, and OSError where there is no git."""
    done = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if done.returncode != 0:
        raise UnknownRevision(revision)
    return done.stdout.decode().strip()


def export(root: Path, revision: str, target: Path) -> None:
    """Write the ordinary files of a catalog, as they stood below `root` in a revision, below `target`.

    Attributes of the repository (`export-ignore` and the like) hide nothing. Raises UnknownRevision and OSError.
    """
    commit = commit_of(root, revision)
    listed = _git(root, "ls-tree", "-r", "-z", commit, "--", *PARTS)
    if listed.returncode != 0:
        raise UnknownRevision(revision)
    files = list(_files(listed.stdout))
    asked = "".join(f"{blob}\n" for blob, _ in files).encode()
    contents = _git(root, "cat-file", "--batch", given=asked).stdout
    for (_, path), data in zip(files, _blobs(contents, len(files)), strict=True):
        place = target / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def _files(listed: bytes) -> Iterator[tuple[str, PurePosixPath]]:
    """(blob, path) of `mode type blob<TAB>path<NUL>…`; no links, nothing that leads elsewhere."""
    for entry in filter(None, listed.split(b"\0")):
        head, _, name = entry.partition(b"\t")
        mode, _, blob = head.split(b" ")
        path = PurePosixPath(name.decode(errors="surrogateescape"))
        if mode in _FILES and not path.is_absolute() and ".." not in path.parts:
            yield blob.decode(), path


def _blobs(contents: bytes, count: int) -> Iterator[bytes]:
    """The contents out of `blob type size<LF>…<LF>`, one after the other."""
    at = 0
    for _ in range(count):
        start = contents.index(b"\n", at) + 1
        size = int(contents[at:start].split()[2])
        yield contents[start : start + size]
        at = start + size + 1


def _git(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command: Sequence[str] = ("git", "-C", str(root), *arguments)
    return subprocess.run(command, input=given, capture_output=True, check=False)
