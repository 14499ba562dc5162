"""Decide, write, prune: the only package that writes into the site's folder.

The new tree is made beside the old one and exchanged when it is complete; what did not change is hard-linked from the
old tree and not rendered. Whoever calls `build` holds `locked`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from catalog import archive, workers
from catalog.artifacts import Artifact
from catalog.builder import manifest, spare
from catalog.builder.checksums import CHECKSUMS, as_text
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
    "claim_zip",
    "is_current",
    "locked",
    "pack",
    "recover",
    "stamp_inputs",
)


_WORTH_WORKERS = 48
"""Files from which on other processes are worth the time it takes to start them."""
_SAMPLES = 24
_WORTH_SAMPLES = 1000


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
    jobs: int = 1,
) -> Outcome:
    """Make `out` what `artifacts` and `indexes` say; whatever happens, `out` is the old site or the new one, whole.

    `digests` has a hash for every input that they name. `protected` are sources, which `out` may not touch. `stamp` was
    taken before the inputs were read; with it and `days`, `is_current` can tell next time that nothing changed. `jobs`
    processes work at the same time.
    Raises `OutputRefused` and other `OSError`s, ValueError for paths that collide or escape, whatever a render raises.
    """
    claim(out, (*protected, work))
    recover(out)
    plan = (*artifacts, Artifact(MARKER, (), lambda: MARKER_TEXT))
    everything: tuple[Planned, ...] = (*plan, *indexes, Artifact(CHECKSUMS, (), bytes))  # which is made last of all
    check_paths(entry.path for entry in everything)
    wanted = fingerprints(everything, digests)
    last = manifest.load(work)
    tree = Tree(out, work, last.outputs, {artifact.path for artifact in plan})
    if tree.is_untouched and wanted == last.made:
        outputs = None
    else:
        same = {path for path, fingerprint in wanted.items() if fingerprint == last.made.get(path)}
        outputs = _replace(tree, plan, indexes, same, progress, jobs)
    now = Manifest.of(wanted, last.outputs if outputs is None else outputs, stamp, days)
    if now != last:
        manifest.store(now, work)
    files = now.files
    return Outcome(outputs is not None, tree.written, len(files) - tree.written, len(last.files - files))


def claim_zip(out: Path) -> Path:
    """Where the ZIP file of a site goes: beside its folder. Raises `OutputRefused` if what is there is none of ours."""
    target = out.parent / f"{out.name}.zip"
    if os.path.lexists(target) and not (target.is_file() and archive.is_ours(target.read_bytes())):
        raise OutputRefused(target, Refusal.NOT_OURS)
    return target


def pack(out: Path) -> Path:
    """The site as one ZIP file beside its folder, written if it is not there or says something else.

    Raises `OutputRefused` and other `OSError`s.
    """
    target = claim_zip(out)
    left_out = (out / MARKER, out / CHECKSUMS)
    paths = [path for path in out.rglob("*") if path.is_file() and path not in left_out]
    data = archive.zipped(((path.relative_to(out).as_posix(), path.read_bytes) for path in paths), out.name)
    if not target.exists() or target.read_bytes() != data:
        new = out.parent / f".{target.name}.new"
        with _umask(0o022):
            new.write_bytes(data)
        new.replace(target)
    return target


def _replace(
    tree: Tree,
    plan: Sequence[Artifact],
    indexes: Sequence[Index],
    same: Set[str],
    progress: Callable[[int, int], None],
    jobs: int,
) -> Stats | None:
    """Make the new tree and exchange it for the old one; None if it would be no different."""
    try:
        with _umask(0o022):
            _fill(tree, plan, indexes, same, progress, jobs)
            if tree.equals_old:
                return None
            outputs = tree.complete()
        exchange(tree.old)
        if tree.is_untouched:
            spare.set_aside(tree.old, tree.work)
        return outputs
    finally:
        with suppress(OSError):  # the next build tries again
            recover(tree.old)


def _fill(
    tree: Tree,
    plan: Sequence[Artifact],
    indexes: Sequence[Index],
    same: Set[str],
    progress: Callable[[int, int], None],
    jobs: int,
) -> None:
    """Keep what was made from the `same` inputs and is still there; then make the rest."""
    stale = []
    for artifact in plan:
        if artifact.path in same and tree.has(artifact.path):
            tree.keep(artifact.path)
        else:
            stale.append(artifact)
    unfilled = []
    for index in indexes:
        if index.path in same and tree.has_folder(index.path):
            tree.keep_folder(index.path)
        else:
            unfilled.append(index)
    total = len(plan) + len(indexes)
    first = total - len(stale) - len(unfilled) + 1
    for done, _ in enumerate(_put(tree, stale, jobs), first):
        progress(done, total)
    for done, index in enumerate(unfilled, first + len(stale)):
        tree.fill(index)
        progress(done, total)
    tree.put(CHECKSUMS, as_text({path: found for path, found in tree.sums().items() if path != MARKER}))


def _put(tree: Tree, stale: Sequence[Artifact], jobs: int) -> Iterator[None]:
    """Render and write each of them; many of them by several processes, neighbours by the same one."""
    if jobs < 2 or len(stale) < _WORTH_WORKERS:
        for artifact in stale:
            tree.put(artifact.path, artifact.render())
            yield
        return
    stale = sorted(stale, key=lambda one: one.place)
    tree.expect(artifact.path for artifact in stale)
    for artifact in _samples(stale):
        artifact.render()
    for number, told in workers.each(lambda n: tree.write(stale[n].path, stale[n].render()), len(stale), jobs):
        tree.take(stale[number].path, told)
        yield


def _samples(stale: Sequence[Artifact]) -> Sequence[Artifact]:
    """Some of many pages about single services, rendered before there are copies of this process, so that these know
    the templates already."""
    single = [one for one in stale if one.place >= 0]
    return single[:: -(-len(single) // _SAMPLES)] if len(single) > _WORTH_SAMPLES else ()


@contextmanager
def _umask(mask: int) -> Iterator[None]:
    """Modes of files, those of child processes too, do not depend on who builds."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)
