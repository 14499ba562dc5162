"""The tool's table of contents: read → check → plan → build."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from pathlib import Path

from catalog.checks import run_checks
from catalog.completeness import provider_of
from catalog.diagnostics import Report
from catalog.load.disclosures import load_disclosures
from catalog.load.guidelines import load_guidelines
from catalog.load.settings import load_prose, load_settings
from catalog.model import Catalog, Disclosure, Provider, Settings
from catalog.source import ParseCache


def read(root: Path, today: date, cache: ParseCache, report: Report) -> Catalog | None:
    """Everything below `root` as a catalog; None if anything is wrong. All problems of all files go to `report`."""
    settings = load_settings(root, cache, report)
    guidelines = load_guidelines(root, cache, report)
    disclosures = tuple(load_disclosures(root, guidelines, cache, report))
    prose = tuple(load_prose(root, report))
    run_checks(disclosures, today, report)
    if report.errors or settings is None:
        return None
    return Catalog(
        settings=settings,
        guidelines=guidelines,
        providers=tuple(assemble(disclosures, settings, today)),
        prose=prose,
        today=today,
    )


def assemble(disclosures: Iterable[Disclosure], settings: Settings, today: date) -> Iterable[Provider]:
    """Providers with their sheets, by id."""
    shown = [disclosure for disclosure in disclosures if settings.samples or not disclosure.sample]
    shown.sort(key=lambda disclosure: (disclosure.provider_id, disclosure.path.count("."), disclosure.path))
    for _, group in groupby(shown, key=lambda disclosure: disclosure.provider_id):
        yield provider_of(group, today)
