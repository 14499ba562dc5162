"""From a page to its file: the context that the layout needs, and the artifact."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from catalog.artifacts import ANYWHERE, Artifact
from catalog.pages.edition import Page


@dataclass(frozen=True, slots=True)
class Content:
    """What a template shows: title and description (for the head, search engines, previews), and its own variables."""

    title: str
    description: str
    variables: Mapping[str, object]
    indexed: bool = True
    """False: not for search engines (samples, withdrawn entries, 404)."""


def page_artifact(
    page: Page,
    template: str,
    inputs: tuple[str, ...],
    content: Callable[[], Content],
    path: str | None = None,
    place: int = ANYWHERE,
) -> Artifact:
    """The file of a page, rendered when the builder asks for it."""

    def render() -> bytes:
        return page.edition.theme.render(f"pages/{template}.html", layout_context(page, content()))

    return Artifact(path or page.path, (*page.edition.site_inputs, *inputs), render, place)


def layout_context(page: Page, content: Content) -> Mapping[str, object]:
    edition = page.edition
    site_title = edition.messages.of(edition.catalog.settings.title)
    return {
        "page": page,
        "t": edition.messages,
        "settings": edition.catalog.settings,
        "languages": edition.catalog.settings.languages,
        "others": [one for one in edition.languages.values() if one.language != edition.language],
        "guidelines": edition.catalog.newest,
        "prose_links": edition.prose,
        "method_url": page.url("method/") if any(one.slug == "method" for one in edition.catalog.prose) else "",
        "title": content.title if content.title == site_title else f"{content.title} | {site_title}",
        "description": " ".join(content.description.split())[:160],
        "indexed": content.indexed,
        **content.variables,
    }
