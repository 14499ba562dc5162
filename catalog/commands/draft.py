"""What `serve` shows of a provider at once, while the whole site is still being built: the provider's own pages.

Kept between builds, so that one saved file costs reading that file and rendering a few pages. A draft is only shown;
nothing of it is ever written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from catalog import pipeline, place
from catalog.commands import Context
from catalog.completeness import provider_of
from catalog.diagnostics import Report
from catalog.load.disclosures import load_disclosure
from catalog.load.guidelines import definitions
from catalog.messages import Messages
from catalog.model import Catalog, Disclosure, Provider
from catalog.pages import provider as provider_page
from catalog.pages import sheet as sheet_page
from catalog.pages.edition import Edition
from catalog.pipeline import code_digest
from catalog.source import ParseCache
from catalog.theme import Theme


@dataclass(frozen=True)
class Draft:
    """The catalog as it was last read, and what shows it."""

    root: Path
    catalog: Catalog
    theme: Theme
    languages: Mapping[str, Messages]
    base_url: str

    @property
    def providers(self) -> Path:
        """The folder of the disclosures."""
        return self.root / "content" / "providers"

    def with_file(self, path: Path) -> Draft | None:
        """The same with one disclosure read anew; None if it has problems, or is none that was there before."""
        report = Report()
        known = {one.path for provider in self.catalog.providers for one in provider.disclosures}
        name = path.relative_to(self.root).as_posix()
        if name not in known or not path.is_file():
            return None
        guidelines = self.catalog.guidelines
        found = load_disclosure(self.root, path, guidelines, definitions(self.root), ParseCache(None, ""), report)
        if found is None or report.errors:
            return None
        providers = tuple(self._renewed(provider, found) for provider in self.catalog.providers)
        return replace(self, catalog=replace(self.catalog, providers=providers))

    def _renewed(self, provider: Provider, found: Disclosure) -> Provider:
        if provider.id != found.provider_id:
            return provider
        disclosures = [found if one.path == found.path else one for one in provider.disclosures]
        return provider_of(disclosures, self.catalog.today)

    def pages(self, path: Path) -> dict[str, bytes]:
        """The pages of the provider whose file this is, by their paths in the site."""
        provider = path.name.partition(".")[0]
        return dict(self._pages(f"providers/{provider}/"))

    def _pages(self, address: str) -> Iterator[tuple[str, bytes]]:
        for messages in self.languages.values():
            edition = Edition(self.catalog, messages, self.theme, self.base_url, self.languages)
            for artifacts in (sheet_page.artifacts, provider_page.artifacts):
                for one in artifacts(edition):
                    if one.path.startswith(edition.prefix + address):
                        yield one.path, one.render()


def drafted(context: Context, base_url: str) -> Draft | None:
    """Of the files as they are; None if anything is wrong with them."""
    report = Report()
    where = place.Place(context.root, place.theme_of(context.root), context.out)
    cache = ParseCache(where.work / "parse", code_digest())
    catalog = pipeline.read(where.root, context.today, cache, report)
    theme, languages = pipeline.read_theme(where, catalog, cache, report)
    if catalog is None or report.errors:
        return None
    made = Draft(where.root, catalog, theme, languages, pipeline.base_of(base_url, catalog))
    if catalog.providers:  # templates are compiled when they are first used: not while somebody waits
        made.pages(where.root / catalog.providers[0].main.path)
    return made
