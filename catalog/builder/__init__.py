"""Decide, write, prune: the only package that writes into the site's folder.

The new tree is made beside the old one and exchanged when it is complete; what did not change is hard-linked from the
old tree and not rendered. Whoever calls `build` holds `locked`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from catalog.artifacts import Artifact
from catalog.builder import manifest
from catalog.builder.current import Inputs, is_current, stamp_inputs
from catalog.builder.fingerprints import Planned, fingerprints
from catalog.builder.lock import locked
from catalog.builder.manifest import ALWAYS, Manifest, Span, Stamp, Stats
from catalog.builder.output import MARKER, MARKER_TEXT, OutputRefused, Refusal, claim, exchange, recover
from catalog.builder.paths import check_paths
from catalog.builder.tree import Index, Tree

__all__ = (
    "ALWAYS",
    "Index",
    "Inputs",
    "Outcome",
    "OutputRefused",
    "Refusal",
    "Span",
    "Stamp",
    "build",
    "claim",
    "is_current",
    "locked",
    "recover",
    "stamp_inputs",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether the site's folder was exchanged, and counts of files; `removed` are those the last build had made."""

    changed: bool
    written: int
    kept: int
    removed: int


def build(
    artifacts: Iterable[Artifact],
    indexes: Sequence[Index],
    digests: Mapping[str, str],
    out: Path,
    work: Path,
    progress: Callable[[int, int], None],
    *,
    protected: Sequence[Path] = (),
    stamp: Stamp | None = None,
    days: Span = ALWAYS,
) -> Outcome:
    """Make `out` what `artifacts` and `indexes` say; whatever happens, `out` is the old site or the new one, whole.

    `digests` has a hash for every input that they name. `protected` are sources, which `out` may not touch. `stamp` was
    taken before the inputs were read; with it and `days`, `is_current` can tell next time that nothing changed.
    Raises `OutputRefused` and other `OSError`s, ValueError for paths that collide or escape, whatever a render raises.
    """
    claim(out, (*protected, work))
    recover(out)
    plan = (*artifacts, Artifact(MARKER, (), lambda: MARKER_TEXT))
    everything: tuple[Planned, ...] = (*plan, *indexes)
    check_paths(entry.path for entry in everything)
    wanted = fingerprints(everything, digests)
    last = manifest.load(work)
    tree = Tree(out, last.outputs)
    outputs: Stats | None = None
    if not (tree.is_untouched and wanted == last.made):
        same = {path for path, fingerprint in wanted.items() if fingerprint == last.made.get(path)}
        outputs = _replace(tree, plan, indexes, same, progress)
    now = Manifest.of(wanted, last.outputs if outputs is None else outputs, stamp, days)
    if now != last:
        manifest.store(now, work)
    files = now.files
    return Outcome(outputs is not None, tree.written, len(files) - tree.written, len(last.files - files))


def _replace(
    tree: Tree,
    plan: Sequence[Artifact],
    indexes: Sequence[Index],
    same: set[str],
    progress: Callable[[int, int], None],
) -> Stats | None:
    """Fill the new tree and exchange it; None if it would be no different from the old one. `same` need no work."""
    total = len(plan) + len(indexes)
    try:
        with _umask(0o022):
            for done, artifact in enumerate(plan, 1):
                if artifact.path in same and tree.has(artifact.path):
                    tree.keep(artifact.path)
                else:
                    tree.put(artifact.path, artifact.render())
                progress(done, total)
            for done, index in enumerate(indexes, len(plan) + 1):
                if index.path in same and tree.has_folder(index.path):
                    tree.keep_folder(index.path)
                else:
                    tree.fill(index)
                progress(done, total)
            if tree.equals_old:
                recover(tree.old)
                return None
            outputs = tree.complete()
        exchange(tree.old)
    except BaseException:
        with suppress(OSError):
            recover(tree.old)
        raise
    return outputs


@contextmanager
def _umask(mask: int) -> Iterator[None]:
    """Modes of files, those of child processes too, do not depend on who builds."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)
