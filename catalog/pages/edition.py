"""One language's edition of the site: what every page needs to know, and how pages address each other."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit, urlunsplit

from jinja2.runtime import Macro
from markupsafe import Markup

from catalog.messages import Messages
from catalog.model import Catalog, Disclosure, Guideline, Item, Prose, Provider, Section, Sheet
from catalog.pages.cells import Answers
from catalog.theme import Logo, Theme, brand_stylesheet

OFFLINE_ZIP = "catalog-offline.zip"
"""The site's own offline copy, where the settings ask for one."""


@dataclass(frozen=True)
class Edition:
    """`base_url` is absolute and ends in `/`, or empty.

    `offline` pages are opened as files: their links name `index.html`, they load no script, and search is elsewhere.
    """

    catalog: Catalog
    messages: Messages
    theme: Theme
    base_url: str
    languages: Mapping[str, Messages]
    offline: bool = False

    @property
    def language(self) -> str:
        return self.messages.language

    @property
    def prefix(self) -> str:
        """The folder of this edition: "" for the first language, `en/` for another."""
        return self.prefix_of(self.language)

    def prefix_of(self, language: str) -> str:
        return "" if language == self.catalog.settings.language else f"{language}/"

    @cached_property
    def site_inputs(self) -> tuple[str, ...]:
        """What every page of this edition depends on."""
        return ("code", "theme", f"messages:{self.language}", "settings", "navigation")

    @property
    def online(self) -> str:
        """The absolute address of this edition's home, or "" where no base is known."""
        return self.base_url + self.prefix if self.base_url else ""

    @cached_property
    def cells(self) -> Answers:
        """Answers rendered in this language, each once for all pages."""
        return Answers(self.theme, self.messages)

    @cached_property
    def prose(self) -> list[Prose]:
        """One page of prose a slug, in this edition's language where there is one, in the order of slugs."""
        by_slug: dict[str, Prose] = {}
        for prose in self.catalog.prose:
            if prose.slug not in by_slug or prose.language == self.language:
                by_slug[prose.slug] = prose
        return [by_slug[slug] for slug in sorted(by_slug)]

    @cached_property
    def pieces(self) -> dict[tuple[object, ...], Markup]:
        """What `Page.once` printed; there are few depths of pages."""
        return {}

    def page(self, address: str) -> Page:
        """The page at an address of this edition: `providers/kaku/`, "" for home."""
        return Page(self, address)


@dataclass(frozen=True)
class Page:
    """A page's own address, and the way from there to everything else; links are relative, so any sub-path works."""

    edition: Edition
    address: str
    absolute: bool = False
    """A page that is shown at any depth (404) links by path."""

    @property
    def path(self) -> str:
        """Of its file in the site."""
        return f"{self.edition.prefix}{self.address}index.html"

    @cached_property
    def root(self) -> str:
        """From this page to the folder of its edition."""
        if self.absolute:
            return self.site + self.edition.prefix
        return "../" * self.address.count("/") or "./"

    @cached_property
    def site(self) -> str:
        """From this page to the site's root."""
        if self.absolute:
            return urlsplit(self.edition.base_url).path or "/"
        return "../" * (self.edition.prefix + self.address).count("/") or "./"

    def url(self, address: str = "") -> str:
        """To a page of the same edition."""
        return self._named(self.root + address)

    def _named(self, url: str) -> str:
        """A file has to be named where no server adds `index.html` to a folder."""
        return f"{url}index.html" if self.edition.offline and url.endswith("/") else url

    def link(self, url: str, language: str) -> str:
        """Where a relative link of prose leads from this page, which may show what was written for `language`'s."""
        parts = urlsplit(url)
        own = self.edition.prefix_of(language)
        target = posixpath.normpath(posixpath.join(own, self.address, parts.path))
        if parts.scheme or parts.netloc or not parts.path or target.startswith(("/", "..")):
            return url
        if not parts.path.endswith(("/", ".")):
            return urlunsplit(parts._replace(path=self.file(target)))
        address = "" if target == "." else f"{target}/"
        prefixes = (self.edition.prefix_of(one) for one in self.edition.languages)
        where = next((prefix for prefix in prefixes if prefix and address.startswith(prefix)), "")
        path = self.url(address.removeprefix(own)) if where == own else self._named(self.site + address)
        return urlunsplit(parts._replace(path=path))

    def file(self, path: str) -> str:
        """To a file outside the editions: `api/v1/catalog.json`."""
        return self.site + path

    def asset(self, name: str) -> str:
        return f"{self.site}assets/{name}"

    def image(self, name: str) -> str:
        return self.asset(f"{self.edition.theme.images}/{name}")

    def once(self, macro: Macro, *flags: bool) -> Markup:
        """What `macro(t, [page,] *flags)` prints, which must be the same on all pages that are as deep as this one."""
        key = (macro.name, self.root, self.site, *flags)
        found = self.edition.pieces.get(key)
        if found is None:
            page = (self,) if "page" in macro.arguments else ()
            found = self.edition.pieces[key] = Markup(macro(self.edition.messages, *page, *flags))
        return found

    @property
    def stylesheets(self) -> list[str]:
        """The theme's, then the brand's own colours."""
        color = self.edition.catalog.settings.brand.color
        return [self.asset(name) for name in (self.edition.theme.css, *(brand_stylesheet(color) if color else ()))]

    @property
    def scripts(self) -> list[str]:
        return self.script("main.js")

    def script(self, name: str) -> list[str]:
        """The address of a script of its own; none in the offline copy, which does without."""
        return [] if self.offline else [self.asset(f"{self.edition.theme.scripts}/{name}")]

    @property
    def offline(self) -> bool:
        return self.edition.offline

    @property
    def offline_zip(self) -> str:
        """To the site's offline copy; "" where none is offered, or on that copy itself."""
        return self.file(OFFLINE_ZIP) if self.edition.catalog.settings.offline_zip and not self.offline else ""

    @property
    def logo(self) -> Logo | None:
        """The publisher's own sign, if there is one."""
        return self.edition.theme.logo

    @property
    def canonical(self) -> str:
        """The absolute address, or "" where no base is known."""
        return self.in_language(self.edition.language)

    def in_language(self, language: str) -> str:
        """The absolute address of the same page in another language."""
        base = self.edition.base_url
        return f"{base}{self.edition.prefix_of(language)}{self.address}" if base else ""

    @property
    def names(self) -> Markup:
        """The attribute of names that providers wrote, where this page is in another language than they are."""
        own = self.edition.catalog.settings.language
        return Markup(' lang="{}"').format(own) if own != self.edition.language else Markup("")

    def name_of(self, disclosure: Disclosure) -> str:
        """The provider's name, in English on English pages where it has one."""
        return disclosure.name_en if self.edition.language == "en" and disclosure.name_en else disclosure.name

    def names_of(self, disclosure: Disclosure) -> Markup:
        """The attribute of `name_of`."""
        return self.names if self.name_of(disclosure) == disclosure.name else Markup("")

    def switch(self, language: str) -> str:
        """To the same page in another language."""
        return self._named(f"{self.site}{self.edition.prefix_of(language)}{self.address}" or "./")


# --- addresses: a promise; once published they keep working ---


def provider_address(provider: Provider) -> str:
    return f"providers/{provider.id}/"


def sheet_address(sheet: Sheet) -> str:
    return f"providers/{sheet.path}/"


def guideline_address(guideline: Guideline) -> str:
    return f"g/{guideline.id}/"


def item_address(guideline: Guideline, item: Item, number: int = 1) -> str:
    """The page of an item; from the second on with its number."""
    address = f"g/{guideline.id}/items/{item.slug}/"
    return address if number == 1 else f"{address}{number}/"


def compare_address(guideline: Guideline, section: Section, number: int = 1) -> str:
    """The table of a section that stands services side by side; from the second on with its number."""
    address = f"g/{guideline.id}/compare/{section.id}/"
    return address if number == 1 else f"{address}{number}/"


def section_anchor(section: Section) -> str:
    return f"section-{section.id}"
