"""`404.html`: one page for all languages, shown at any depth, so it links by path."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.artifacts import Artifact
from catalog.pages.context import Content, page_artifact
from catalog.pages.edition import Edition, Page


def artifacts(edition: Edition) -> Iterator[Artifact]:
    if edition.language != edition.catalog.settings.language:
        return
    page = Page(edition, "", absolute=True)
    t = edition.messages
    content = Content(t("not_found.title"), t("not_found.text"), {}, indexed=False)
    yield page_artifact(page, "not_found", ("guidelines", "prose"), lambda: content, path="404.html")
