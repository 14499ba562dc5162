"""`/compare/`: services of the reader's choice side by side; a script fills it in from the service JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from catalog.artifacts import Artifact
from catalog.pages.compare_section import amount_words, section_tables
from catalog.pages.context import Content, page_artifact
from catalog.pages.edition import Edition, Page, compare_address

ADDRESS = "compare/"

_WORDS = (
    *(
        "about_service",
        "added",
        "caption",
        "copied",
        "copy_by_hand",
        "count",
        "count_differences",
        "dates",
        "dropped",
        "failed",
        "file",
    ),
    *("dropped_guideline", "dropped_many", "dropped_unknown", "dropped_withdrawn", "found", "found_more", "found_none"),
    *("item", "left", "level", "loading", "major", "minor", "moved", "no_differences", "no_match", "none_shown"),
    *(
        "about_service",
        "base_none",
        "number",
        "provider",
        "remove",
        "removed",
        "renamed",
        "required",
        "right",
        "rows",
        "section_all",
    ),
)
"""What the script says, below `compare.`; it knows them by the same names, written `camelCase`."""


def artifacts(edition: Edition) -> Iterator[Artifact]:
    page = edition.page(ADDRESS)
    yield page_artifact(page, "compare", ("guidelines",), lambda: _content(edition, page))


def _content(edition: Edition, page: Page) -> Content:
    t = edition.messages
    tables = [(one, section_tables(edition.catalog, one)) for one in edition.catalog.newest]
    return Content(
        title=t("compare.title"),
        description=t("compare.description"),
        variables={
            "words": _words(edition),
            "guideline_sections": [
                (guideline, [(one.section, compare_address(guideline, one.section)) for one in sections])
                for guideline, sections in tables
            ],
        },
    )


def _words(edition: Edition) -> Mapping[str, object]:
    t = edition.messages
    return {
        **{_camel(name): t(f"compare.{name}") for name in _WORDS},
        "amount": amount_words(edition),
        "asOf": t("answer.as_of"),
        "missing": t("answer.missing"),
        "notTranscribed": t("answer.not_transcribed"),
        "separator": t("list.separator"),
        "overridden": t("answer.overridden"),
        "yes": t("mark.yes"),
        "no": t("mark.no"),
    }


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
