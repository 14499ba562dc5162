"""One language's edition of the site: what every page needs to know, and how pages address each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from markupsafe import Markup

from catalog.messages import Messages
from catalog.model import Catalog, Disclosure, Guideline, Item, Provider, Section, Sheet
from catalog.pages.cells import Answers
from catalog.theme import Theme


@dataclass(frozen=True)
class Edition:
    """`base_url` is absolute and ends in `/`, or empty."""

    catalog: Catalog
    messages: Messages
    theme: Theme
    base_url: str
    languages: Mapping[str, Messages]

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

    @cached_property
    def cells(self) -> Answers:
        """Answers rendered in this language, each once for all pages."""
        return Answers(self.theme, self.messages)

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
        return self.root + address

    def file(self, path: str) -> str:
        """To a file outside the editions: `api/v1/catalog.json`."""
        return self.site + path

    def asset(self, name: str) -> str:
        return f"{self.site}assets/{name}"

    def image(self, name: str) -> str:
        return self.asset(f"{self.edition.theme.images}/{name}")

    @property
    def css(self) -> str:
        return self.asset(self.edition.theme.css)

    @property
    def script(self) -> str:
        return self.asset(f"{self.edition.theme.scripts}/main.js")

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
        return f"{self.site}{self.edition.prefix_of(language)}{self.address}" or "./"


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


def section_anchor(section: Section) -> str:
    return f"section-{section.id}"
