"""`/sitemap.xml`: every page that search engines may know. Its addresses are absolute, so it needs a base."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from catalog.artifacts import Artifact
from catalog.listing import PER_PAGE, SIDE_BY_SIDE, listings, page_count, section_tables
from catalog.model import Catalog


def artifacts(catalog: Catalog, base_url: str) -> Iterator[Artifact]:
    if base_url:
        inputs = ("code", "settings", "guidelines", "providers", "prose", "profiles")
        yield Artifact("sitemap.xml", inputs, lambda: _sitemap(catalog, base_url))


def _sitemap(catalog: Catalog, base_url: str) -> bytes:
    settings = catalog.settings
    prefixes = ["" if language == settings.language else f"{language}/" for language in settings.languages]
    lines = [
        f"<url><loc>{escape(base_url + prefix + address, quote=False)}</loc></url>"
        for prefix in prefixes
        for address in addresses(catalog)
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n' + "\n".join(lines) + "\n</urlset>\n"
    ).encode()


def list_addresses(first: str, rest: str, count: int, per_page: int = PER_PAGE) -> Iterator[str]:
    """The pages of a list: the first at `first`, page n at `rest` + n."""
    yield first
    for number in range(2, page_count(count, per_page) + 1):
        yield f"{rest}{number}/"


def addresses(catalog: Catalog) -> Iterator[str]:
    """The pages of one language; neither samples nor withdrawn entries."""
    yield from list_addresses("", "list/", len(catalog.listed))
    yield "compare/"
    yield "statistics/"
    yield "withdrawn/"
    yield from list_addresses("data/", "data/", len(catalog.listed))
    yield "match/"
    yield "contribute/form/"
    yield from (f"match/{profile.id}/" for profile in catalog.profiles)
    yield from sorted({f"{prose.slug}/" for prose in catalog.prose})
    for listing in listings(catalog):
        yield f"g/{listing.newest.id}/"
        for one in listing.items:
            address = f"g/{listing.newest.id}/items/{one.item.slug}/"
            yield from list_addresses(address, address, len(listing.sheets))
        real = sum(not sheet.disclosure.sample for sheet in listing.sheets)  # they come first
        for table in section_tables(catalog, listing.newest) if real else ():
            address = f"g/{listing.newest.id}/compare/{table.section.id}/"
            yield from list_addresses(address, address, real, SIDE_BY_SIDE)
    for provider in catalog.providers:
        shown = [d for d in provider.disclosures if not d.sample and not d.withdrawn]
        if shown:
            yield f"providers/{provider.id}/"
        for sheet in provider.sheets:
            if sheet.disclosure in shown:
                yield f"providers/{sheet.path}/"
