"""The tool's table of contents: read → check → plan → build."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from catalog import archive, badges, builder, exports, pages, workers
from catalog.artifacts import Artifact
from catalog.checks import run_checks
from catalog.completeness import provider_of
from catalog.dates import turning_days
from catalog.diagnostics import Report, kept
from catalog.exports import matrix, xlsx
from catalog.listing import ITEM, item_digests, list_digest
from catalog.load.disclosures import disclosure_files
from catalog.load.guidelines import load_guidelines
from catalog.load.profiles import load_profiles
from catalog.load.settings import check_prose_languages, load_prose, load_settings
from catalog.messages import Messages, load_messages
from catalog.model import Catalog, Completeness, Disclosure, Guideline, Prose, Provider, Settings
from catalog.pages.edition import OFFLINE_ZIP, Edition
from catalog.place import CODE, ONLINE, Options, Place, inputs
from catalog.recall import Recalled, disclosures
from catalog.search import PagefindIndex
from catalog.source import ParseCache
from catalog.theme import Theme, brand_stylesheet, check_own_theme, place_of

if TYPE_CHECKING:
    from catalog.changes import Side


def read(root: Path, today: date, cache: ParseCache, report: Report, jobs: int = 1) -> Catalog | None:
    """Everything below `root` as a catalog; None if anything is wrong. All problems of all files go to `report`."""
    settings, guidelines, recalled, prose = _load(root, today, cache, report, jobs)
    profiles = tuple(load_profiles(root, guidelines, settings.languages if settings else (), cache, report))
    if report.errors or settings is None:
        return None
    return Catalog(
        settings=settings,
        guidelines=guidelines,
        providers=tuple(assemble(recalled.disclosures, settings, today, recalled.counts)),
        prose=prose,
        today=today,
        profiles=profiles,
    )


def read_side(root: Path, today: date) -> Side:
    """The same for a comparison, which can do with the files in which nothing is wrong."""
    from catalog.changes import Side  # a build has nothing to compare

    report = Report()
    _, _, recalled, _ = _load(root, today, ParseCache(None, ""), report)
    files = frozenset(path.relative_to(root).as_posix() for path in disclosure_files(root))
    return Side(recalled.disclosures, tuple(report.sorted()), files)


def _load(
    root: Path, today: date, cache: ParseCache, report: Report, jobs: int = 1
) -> tuple[Settings | None, tuple[Guideline, ...], Recalled, tuple[Prose, ...]]:
    settings = load_settings(root, cache, report)
    guidelines = load_guidelines(root, cache, report)
    recalled = disclosures(root, guidelines, cache, report, jobs)
    prose = tuple(load_prose(root, settings.languages if settings else (), report))
    run_checks(recalled.disclosures, today, report)
    if settings:
        check_prose_languages(prose, settings, report)
    return settings, guidelines, recalled, prose


def assemble(
    disclosures: Iterable[Disclosure],
    settings: Settings,
    today: date,
    counts: Mapping[str, Mapping[str, Completeness]] | None = None,
) -> Iterable[Provider]:
    """Providers with their sheets, by id; `counts` by path, where they are known."""
    shown = [disclosure for disclosure in disclosures if settings.samples or not disclosure.sample]
    shown.sort(key=lambda disclosure: (disclosure.provider_id, disclosure.path.count("."), disclosure.path))
    for _, group in groupby(shown, key=lambda disclosure: disclosure.provider_id):
        yield provider_of(group, today, counts)


@dataclass(frozen=True, slots=True)
class Built:
    """What became of the site, and the address that it was built for ("" if none is known)."""

    outcome: builder.Outcome
    base_url: str


@workers.uncollected()
def build(
    place: Place, today: date, options: Options, report: Report, progress: Callable[[int, int], None]
) -> Built | None:
    """Read, check, and bring the site up to date; None, and an untouched site, if anything is wrong.

    The caller holds `builder.locked`. Raises OSError for problems of the environment.
    """
    jobs = workers.usable()
    builder.recover(place.out)
    stamp = builder.stamp_inputs(inputs(place, options), place.work)
    cache = ParseCache(place.work / "parse", code_digest())
    catalog = read(place.root, today, cache, report, jobs)
    theme, languages = read_theme(place, catalog, cache, report)
    if catalog is None or report.errors:
        return None
    if options.repository and not catalog.settings.repository:
        catalog = replace(catalog, settings=replace(catalog.settings, repository=options.repository))
    base_url = base_of(options.base_url, catalog)
    kept.keep(report, today, place.work)
    try:
        artifacts = tuple(plan(catalog, theme, languages, base_url, options))
        outcome = builder.build(
            artifacts,
            [PagefindIndex(catalog, place.work / "search", jobs)] if options.search and not options.offline else [],
            digests(catalog, theme, languages, base_url, items=any(map(_names_item, artifacts))),
            place.out,
            place.work,
            progress,
            protected=place.sources,
            stamp=stamp,
            days=span(catalog, today),
            jobs=jobs,
        )
    except Exception as error:
        if (where := place_of(error, place.root, theme)) is None:
            raise
        report.add("template-broken", where, found=f"{type(error).__name__}: {error}")
        return None
    cache.prune()
    return Built(outcome, base_url)


def base_of(asked: str, catalog: Catalog) -> str:
    """The public address, ending in `/`: the one that is asked for, else the settings'; "" if there is none."""
    base_url = asked or catalog.settings.base_url
    return base_url.rstrip("/") + "/" if base_url else ""


def read_theme(
    place: Place, catalog: Catalog | None, cache: ParseCache, report: Report
) -> tuple[Theme, Mapping[str, Messages]]:
    """The theme with the catalog's own files over it, and the words of the catalog's languages. To be used only if
    nothing was wrong; without a catalog, which names the languages, there are no words."""
    theme = Theme(place.theme, place.own_theme)
    check_own_theme(place.root, place.own_theme, theme, report)
    languages = catalog.settings.languages if catalog else ()
    return theme, load_messages(place.theme, languages, cache, report, place.own_theme)


def span(catalog: Catalog, today: date) -> builder.Span:
    """The days on which the same site would be built: until the next disclosure changes its state."""
    turns = [day for provider in catalog.providers for one in provider.disclosures for day in turning_days(one)]
    coming = [day for day in turns if day > today]
    # not before today: a date in the future would have been an error then
    return builder.Span(today, min(coming, default=None))


def plan(
    catalog: Catalog, theme: Theme, languages: Mapping[str, Messages], base_url: str, options: Options = ONLINE
) -> Iterator[Artifact]:
    """Every file of the site, but for the search index."""
    left_out = (*pages.ONLINE_ONLY, *exports.ONLINE_ONLY) if options.offline else ()

    def wanted(artifacts: Callable[..., Iterator[Artifact]]) -> bool:
        return artifacts not in left_out and (not options.only or kind_of(artifacts) in options.only)

    if catalog.settings.offline_zip and not options.offline and not options.only:
        # first, so that the others of several workers need not wait for it in the end
        everything = tuple(digests(catalog, theme, languages, base_url, items=False))
        yield Artifact(OFFLINE_ZIP, everything, partial(_zip, catalog, theme, languages, base_url))
    for messages in languages.values():
        edition = Edition(catalog, messages, theme, base_url, languages, offline=options.offline)
        for one in filter(wanted, (*pages.PAGES, *(pages.DEVELOPMENT if options.gallery else ()))):
            yield from one(edition)
    for export in filter(wanted, exports.EXPORTS):
        yield from export(catalog, base_url)
    if wanted(xlsx.artifacts):
        yield from xlsx.artifacts(catalog, languages)
    if wanted(matrix.artifacts):
        yield from matrix.artifacts(catalog, languages)
    if wanted(badges.artifacts):
        yield from badges.artifacts(catalog, theme, languages)
    for name, data in (theme.looks if options.offline else theme.files).items():
        yield Artifact(f"assets/{name}", ("theme",), partial(bytes, data))
    if color := catalog.settings.brand.color:
        for name, data in brand_stylesheet(color).items():
            yield Artifact(f"assets/{name}", ("code", "settings"), partial(bytes, data))


def kind_of(artifacts: Callable[..., Iterator[Artifact]]) -> str:
    """The name of the module that plans them: `sheet`, `service_json`."""
    return artifacts.__module__.rpartition(".")[2]


_PLANNERS: tuple[Callable[..., Iterator[Artifact]], ...] = (
    *pages.PAGES,
    *pages.DEVELOPMENT,
    *exports.EXPORTS,
    xlsx.artifacts,
    badges.artifacts,
)
KINDS = tuple(dict.fromkeys(map(kind_of, _PLANNERS)))
"""What `Options.only` may name."""


def _zip(catalog: Catalog, theme: Theme, languages: Mapping[str, Messages], base_url: str) -> bytes:
    files = ((one.path, one.render) for one in plan(catalog, theme, languages, base_url, Options(offline=True)))
    return archive.zipped(files, OFFLINE_ZIP.removesuffix(".zip"))


def _names_item(artifact: Artifact) -> bool:
    return any(name.startswith(ITEM) for name in artifact.inputs)


def digests(
    catalog: Catalog, theme: Theme, languages: Mapping[str, Messages], base_url: str, *, items: bool = True
) -> Mapping[str, str]:
    """What the inputs that artifacts name stand for: equal digests, equal bytes. Those of `items` take time."""
    guidelines = {f"guideline:{guideline.key}": guideline.digest for guideline in catalog.guidelines}
    providers = {f"provider:{provider.id}": _provider_digest(provider) for provider in catalog.providers}
    return {
        "code": code_digest(),
        "theme": theme.digest,
        "settings": _digest(catalog.settings.digest, catalog.settings.repository, base_url),
        "prose": _digest(*(prose.digest for prose in catalog.prose)),
        "navigation": _digest(*_navigation(catalog)),
        "listing": _digest(*_listing(catalog)),
        "lists": list_digest(catalog),
        "profiles": _digest(*(part for one in catalog.profiles for part in (one.id, one.digest, one.guideline.digest))),
        "guidelines": _digest(*guidelines.values()),
        "providers": _digest(*(part for pair in providers.items() for part in pair)),
        **{f"messages:{language}": messages.digest for language, messages in languages.items()},
        **guidelines,
        **providers,
        **(dict(item_digests(catalog)) if items else {}),
    }


def _navigation(catalog: Catalog) -> Iterator[str]:
    """What every page links to: guidelines and pages of prose, by their titles."""
    for guideline in catalog.newest:
        yield from (guideline.id, *(part for pair in guideline.short_title.items() for part in pair))
    for prose in catalog.prose:
        yield from (prose.slug, prose.language, prose.title)


def _listing(catalog: Catalog) -> Iterator[str]:
    """Which services there are, in which order lists show them: what stands on which page of a list of many."""
    for sheet in catalog.sheets:
        disclosure = sheet.disclosure
        yield from (sheet.path, sheet.guideline.id, str(disclosure.sample), disclosure.submitted_by.value, sheet.state)


def _provider_digest(provider: Provider) -> str:
    """Of its files, and of the state that today puts them in."""
    parts = [part for d in provider.disclosures for part in (d.path, d.digest, d.guideline.digest)]
    return _digest(*parts, *(state.value for state in provider.states.values()))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@cache
def code_digest() -> str:
    """Of the tool's own code and of the libraries that shape what it writes."""
    digest = hashlib.sha256()
    for path in sorted(CODE.rglob("*.py")):
        digest.update(path.relative_to(CODE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for library in ("Jinja2", "Markdown", "MarkupSafe", "nh3", "PyYAML", "XlsxWriter", "pagefind_bin"):
        digest.update(f"{library} {version(library)}\0".encode())
    digest.update(sys.version.encode())
    return digest.hexdigest()
