"""One page of every kind, in every language: what the checks of access, HTML, weight and print look at."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from site_checker import Site
from sites import ROOT, VARIETY, Inventor, read, rendered, with_disclosures

LANGUAGES = ("ja", "en")
NODE_MODULES = ROOT / "node_modules"


@dataclass(frozen=True)
class Kind:
    """An address of a site; `wait` is what shows that scripts have done their part.

    `variant` is a kind that others stand for, in another state: browsers look at it in `make test-all` only.
    """

    name: str
    site: str
    address: str
    wait: str = "h1"
    variant: bool = False

    def __str__(self) -> str:
        return self.name

    def at(self, language: str) -> str:
        return self.address if language == LANGUAGES[0] else f"{language}/{self.address}"

    def file(self, language: str) -> str:
        """What is served there."""
        return "404.html" if self == NOT_FOUND else f"{re.split('[?#]', self.at(language))[0]}index.html"


COMPLETE = "providers/kakuu-cloud/iot-platform/"
"""The sheet of the complete sample."""
COMPARED = f"compare/?s={COMPLETE.removeprefix('providers/').strip('/')}"

PROFILE = (
    "match/#g=iot-iaas-paas&t=x&must=location:in:JP&should=ups:at_least:10:minute&should=certifications:contains:ISMS"
)
"""Requirements of every control, in the fragment of the page."""

KINDS = (
    Kind("home", "real", ""),
    Kind("search", "real", "?q=ISMS", ".search__hit"),
    Kind("find", "real", "?location=JP&ups=8min,_unanswered&sort=-date", ".find__chip"),
    Kind("list-2", "crowded", "list/2/", variant=True),
    Kind("empty", "empty", ""),
    Kind("provider", "real", "providers/kakuu-cloud/"),
    Kind("provider-without-services", "variety", "providers/dan-net/", variant=True),
    Kind("sheet", "real", COMPLETE),
    Kind("sheet-transcribed", "variety", "providers/fuji-data/lake/"),
    Kind("sheet-with-two-centers", "variety", "providers/aoi-cloud/compute/", variant=True),
    Kind("sheet-with-gaps", "variety", "providers/beni-systems/shared/"),
    Kind("sheet-expired", "variety", "providers/cha-works/press/", variant=True),
    Kind("item", "real", "g/iot-iaas-paas/items/112/"),
    Kind("item-with-figures", "variety", "g/cloud/items/17/"),
    Kind("guideline", "variety", "g/cloud/"),
    Kind("statistics", "crowded", "statistics/"),
    Kind("statistics-of-nothing", "real", "statistics/", variant=True),
    Kind("match", "real", "match/", ".match-found button"),
    Kind("match-result", "real", PROFILE, ".match-table"),
    Kind("match-profile", "real", "match/local-government/"),
    Kind("match-without-profiles", "variety", "match/", ".match-found button", variant=True),
    Kind("prose", "real", "method/"),
    Kind("compare-nothing", "real", "compare/", "[data-part=add-count]:not(:empty)"),
    Kind("compare", "real", f"{COMPARED},kakuu-cloud/base,iij/iij-iot", "[aria-busy=false] .compare__row"),
    Kind("compare-section", "real", "g/iot-iaas-paas/compare/finance/"),
    Kind("compare-section-of-an-older-version", "variety", "g/cloud/compare/legacy/", variant=True),
    Kind("withdrawn", "variety", "withdrawn/"),
    Kind("form", "real", "contribute/form/", ".form-start select:has([value=kakuu-cloud])"),
    Kind("form-file", "real", "contribute/form/?file=kakuu-cloud#provider/finance", "#field-capital", variant=True),
    Kind("data", "real", "data/"),
    Kind("item-of-a-crowd", "crowded", "g/iot-iaas-paas/items/110/", variant=True),
    Kind("withdrawn-entry", "variety", "providers/ebi-link/"),
)
NOT_FOUND = Kind("404", "real", "no/such/page/")

PAGES = [(kind, language) for kind in KINDS for language in LANGUAGES] + [(NOT_FOUND, LANGUAGES[0])]
"""One page speaks all languages where nothing is found."""


def _pages(is_left_out: Callable[[Kind, str], bool]) -> pytest.MarkDecorator:
    """All pages; those left out are looked at in `make test-all` only."""
    marked = [pytest.param(*one, marks=[pytest.mark.all_pages] if is_left_out(*one) else []) for one in PAGES]
    return pytest.mark.parametrize(("kind", "language"), marked, ids=lambda value: str(value))


every_page = _pages(lambda kind, language: kind.variant)
wide_words = _pages(lambda kind, language: kind.variant or (kind != NOT_FOUND and language == LANGUAGES[0]))
"""Without the pages in Japanese, which may be broken anywhere."""


@functools.cache
def _bilingual() -> Site:
    """`tests/roots/variety`, also in English."""
    catalog = read(VARIETY)
    return rendered(replace(catalog, settings=replace(catalog.settings, languages=LANGUAGES)))


@functools.cache
def _crowded() -> Site:
    """More services than one page of a list takes, with random answers to the ministry's guideline."""
    catalog = read(ROOT)
    inventor = Inventor.of(catalog, seed=7)
    crowd = with_disclosures(catalog, [inventor.disclosure(number) for number in range(80)])
    return rendered(crowd, wanted=lambda path: path.startswith("assets/") or path in _CROWDED)


_CROWDED = {kind.at(language) + "index.html" for kind in KINDS for language in LANGUAGES if kind.site == "crowded"}


@functools.cache
def _empty() -> Site:
    catalog = with_disclosures(read(ROOT), [])
    return rendered(catalog, wanted=lambda path: path.startswith("assets/") or path in ("index.html", "en/index.html"))


def sites(real: Site) -> dict[str, Site]:
    """The sites that the pages are of, by name."""
    return {"real": real, "variety": _bilingual(), "crowded": _crowded(), "empty": _empty()}


def installed(path: str) -> Path:
    """A file of the packages of package-lock.json."""
    found = NODE_MODULES / path
    if not found.exists():
        pytest.fail(f"no {path} in node_modules: run scripts/setup.sh test")
    return found
