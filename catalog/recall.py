"""All disclosures of a catalog: those that changed are read by several processes, the others remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from catalog import completeness, source, workers
from catalog.diagnostics import Diagnostic, Report
from catalog.listing import field_digests
from catalog.load.disclosures import disclosure_files, load_disclosure
from catalog.load.guidelines import definitions
from catalog.model import Completeness, Disclosure, Guideline, Json
from catalog.records import disclosure_of, record
from catalog.source import ParseCache

_WORTH_WORKERS = 16
"""Files from which on other processes are worth the time it takes to start them."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """Disclosures by file name, and by their paths what was counted in them."""

    disclosures: tuple[Disclosure, ...]
    counts: Mapping[str, Mapping[str, Completeness]]


def disclosures(
    root: Path, guidelines: tuple[Guideline, ...], cache: ParseCache, report: Report, jobs: int = 1
) -> Recalled:
    """All of them. A file that cannot be used is missing here and reported; one with problems is not remembered."""
    reading = _Reading(root, guidelines, cache)
    records: list[Json] = [reading.recalled(path) for path in reading.paths]
    unknown = [number for number, found in enumerate(records) if found is None]
    for place, (found, problems, name) in workers.each(
        lambda place: reading.read(unknown[place]), len(unknown), jobs if len(unknown) >= _WORTH_WORKERS else 1
    ):
        records[unknown[place]] = found
        report.extend(problems)
        if name:
            cache.used.add(name)
    by_key = {guideline.key: guideline for guideline in guidelines}
    made = [
        disclosure_of(found, data, by_key)
        for found, data in zip(records, reading.data, strict=True)
        if found is not None
    ]
    return Recalled(tuple(one for one, _ in made), {one.path: counts for one, counts in made})


class _Reading:
    def __init__(self, root: Path, guidelines: tuple[Guideline, ...], cache: ParseCache) -> None:
        self.root = root
        self.guidelines = guidelines
        self.cache = cache
        self.paths = list(disclosure_files(root))
        self.defined = definitions(root)
        known = (part for guideline in guidelines for part in (guideline.key, guideline.digest))
        self.world = "\0".join((*known, *(f"{id}@{version}" for id, version in sorted(self.defined))))
        """What the meaning of a file depends on, beside its own name and bytes."""
        self.data: list[bytes] = []
        """The bytes of the files that were looked for, by file name."""

    def recalled(self, path: Path) -> Json:
        """What is remembered of a file; None if nothing is."""
        file = source.read(self.root, path, self.root / "content", Report())
        self.data.append(file.data)
        if file.text is None:
            return None
        try:
            return self.cache.kept(self._name(file.path, file.digest))
        except (OSError, ValueError):
            return None

    def read(self, number: int) -> tuple[Json, list[Diagnostic], str]:
        """What a file says, its problems, and the name under which it is remembered ("": it is not)."""
        report = Report()
        none = ParseCache(None, "")
        found = load_disclosure(self.root, self.paths[number], self.guidelines, self.defined, none, report)
        if found is None:
            return None, report.diagnostics, ""
        data = record(found, completeness.counts(found), field_digests(found))
        if report.diagnostics or self.cache.folder is None:
            return data, report.diagnostics, ""
        name = self._name(found.path, found.digest)
        self.cache.keep(name, data)
        return data, [], name

    def _name(self, path: str, digest: str) -> str:
        return self.cache.name("disclosure", self.world, path, digest)
