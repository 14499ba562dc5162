"""What a form says over what a file says: of the file stays what the form has no row for."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import TypeAlias

from catalog import source
from catalog.scalars import Written
from catalog.source import Node

Path: TypeAlias = tuple[str, ...]


def plain(node: Node) -> Written:
    """The texts of a file's node."""
    match node:
        case source.Mapping():
            return {key.text: plain(value) for key, value in node.entries}
        case source.Sequence():
            return [plain(item) for item in node.items]
        case _:
            return "" if node.is_null else node.text


def over(file: Mapping[str, Written], form: Mapping[str, Written], rows: Set[Path]) -> dict[str, Written]:
    """The two as one document. `rows` are the paths that the form has a row for: nothing there means no answer."""
    above = {row[:length] for row in rows for length in range(len(row))}
    return _over(file, form, rows, above, ())


def _over(
    file: Mapping[str, Written], form: Mapping[str, Written], rows: Set[Path], above: Set[Path], path: Path
) -> dict[str, Written]:
    found: dict[str, Written] = {}
    for key in dict.fromkeys((*form, *file)):
        here = (*path, key)
        ours, theirs = form.get(key), file.get(key)
        if here in above and isinstance(theirs, dict) and (ours is None or isinstance(ours, dict)):
            inner = _over(theirs, ours or {}, rows, above, here)
            if inner or ours is not None:
                found[key] = inner
        elif ours is not None:
            found[key] = ours
        elif theirs is not None and here not in rows:
            found[key] = theirs
    return found
