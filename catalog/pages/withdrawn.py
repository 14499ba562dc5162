"""`/withdrawn/`: the entries that were withdrawn (掲載終了), since when and why."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.artifacts import Artifact
from catalog.pages.context import Content, page_artifact
from catalog.pages.edition import Edition


def artifacts(edition: Edition) -> Iterator[Artifact]:
    yield page_artifact(edition.page("withdrawn/"), "withdrawn", ("providers", "guidelines"), lambda: _content(edition))


def _content(edition: Edition) -> Content:
    t = edition.messages
    entries = [
        (disclosure, disclosure.withdrawn)
        for provider in edition.catalog.providers
        for disclosure in provider.disclosures
        if disclosure.withdrawn
    ]
    return Content(t("withdrawn.title"), t("withdrawn.about"), {"entries": entries})
