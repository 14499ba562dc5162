"""`/<slug>/`: pages of prose from `content/pages/`, and the list of withdrawn entries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog.artifacts import Artifact
from catalog.markup import page_html
from catalog.model import Prose
from catalog.pages.context import Content, page_artifact
from catalog.pages.edition import Edition, Page


def artifacts(edition: Edition) -> Iterator[Artifact]:
    for prose in edition.prose:
        page = edition.page(f"{prose.slug}/")
        yield page_artifact(page, "prose", ("prose", "guidelines"), partial(_content, prose, page))


def _content(prose: Prose, page: Page) -> Content:
    body = page_html(prose.markdown, partial(page.link, language=prose.language))
    return Content(
        title=prose.title,
        description=body.striptags()[:200],
        variables={"prose": prose, "body": body},
    )
