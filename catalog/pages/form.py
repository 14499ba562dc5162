"""`/contribute/form/`: a disclosure is filled in or corrected in the browser, where a script writes the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from catalog.answers import place
from catalog.artifacts import Artifact
from catalog.exports.xlsx import empty_path
from catalog.messages import Messages
from catalog.model import Status
from catalog.pages.context import Content, page_artifact
from catalog.pages.edition import Edition

ADDRESS = "contribute/form/"
MARKS = (*(status.value for status in Status), "yes", "no", "not_applicable")
SHARED = ("status.", "mark.", "answer.", "level.", "scope.", "list.separator", "sheet.sections", "row.")
"""Words that the site says already, by the beginnings of their keys."""


def artifacts(edition: Edition) -> Iterator[Artifact]:
    page = edition.page(ADDRESS)
    yield page_artifact(page, "form", ("guidelines",), partial(_content, edition))


def _content(edition: Edition) -> Content:
    t = edition.messages
    settings = edition.catalog.settings
    first = edition.languages[settings.language]
    return Content(
        t("form.title"),
        t("form.description"),
        {
            "words": words(t),
            "marks": MARKS,
            "send": {"repository": settings.repository, "branch": settings.branch, "contact": settings.contact},
            "own_guidelines": [
                {"id": one.id, "title": t.of(one.short_title), "version": one.version} for one in edition.catalog.newest
            ],
            "places": list(dict.fromkeys(place.names("ja").values())),
            "workbooks": [(one, empty_path(one, t, first)) for one in edition.catalog.newest],
        },
    )


def words(t: Messages) -> Mapping[str, str]:
    """What the script says, by key below `form.`; words that the site says already by their own."""
    own = {key.removeprefix("form."): text for key, text in t.words.items() if key.startswith("form.")}
    return own | {key: text for key, text in t.words.items() if key.startswith(SHARED)}
