"""Pages at the former addresses of providers and services (`formerly`), which lead to the present ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog.artifacts import Artifact
from catalog.pages.context import Content, page_artifact
from catalog.pages.edition import Edition


def artifacts(edition: Edition) -> Iterator[Artifact]:
    for provider in edition.catalog.providers:
        for old, new in provider.former_paths():
            page = edition.page(f"providers/{old}/")
            target = page.url(f"providers/{new}/")
            content = Content(
                edition.messages("redirect.title"), edition.messages("redirect.text"), {"target": target}, indexed=False
            )
            yield page_artifact(page, "redirect", (f"provider:{provider.id}",), partial(_same, content))


def _same(content: Content) -> Content:
    return content
