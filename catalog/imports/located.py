"""Problems of the file that an import writes, told by the cells that it was made from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from catalog import source
from catalog.diagnostics import Diagnostic, Location
from catalog.imports.forms import Form
from catalog.source import Node

Path = tuple[str, ...]


def by_cell(
    diagnostics: Iterable[Diagnostic], file: source.File, node: Node | None, form: Form
) -> Iterator[Diagnostic]:
    """The problems of `file` at the cell of the key or value that they are about; of any other file as they are."""
    marks = sorted(_marks(node, ())) if node else []
    starts = [(line, column) for line, column, _ in marks]
    for one in diagnostics:
        if one.location.path != file.path:
            yield one
            continue
        at = bisect_right(starts, (one.location.line, one.location.column)) - 1
        path = marks[at][2] if at >= 0 else ()
        if one.values.get("found") == form.details.get(path, ""):
            path = (*path, "detail")
        where = _nearest(path, form.places)
        # the lines to copy are those of a disclosure file, not of a form
        values = {key: value for key, value in one.values.items() if key != "yaml"} | form.words
        yield replace(one, location=where, values=values) if where else one


def _marks(node: Node, path: Path) -> Iterator[tuple[int, int, Path]]:
    """Where every key and value begins, and its path."""
    yield node.line, node.column, path
    if isinstance(node, source.Mapping):
        for key, value in node.entries:
            yield key.line, key.column, (*path, key.text)
            yield from _marks(value, (*path, key.text))
    elif isinstance(node, source.Sequence):
        for item in node.items:
            yield from _marks(item, path)


def _nearest(path: Path, places: Mapping[Path, Location]) -> Location | None:
    """The cell of a path, or of what it is a part of."""
    for length in range(len(path), -1, -1):
        if found := places.get(path[:length]):
            return found
    return None
