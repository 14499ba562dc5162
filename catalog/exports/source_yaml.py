"""`/api/v1/sources/<file>.yaml`: disclosure files as they are, to correct and send back; `sources.json` lists them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from catalog.artifacts import Artifact
from catalog.exports.public_json import to_bytes
from catalog.model import Catalog, Disclosure

FOLDER = "api/v1/sources/"
LIST = "api/v1/sources.json"


def artifacts(catalog: Catalog, base_url: str) -> Iterator[Artifact]:
    yield Artifact(LIST, ("code", "providers"), partial(_list, catalog))
    for provider in catalog.providers:
        for disclosure in provider.disclosures:
            if has_source(disclosure):
                path = f"{FOLDER}{stem(disclosure)}.yaml"
                yield Artifact(path, ("code", f"provider:{provider.id}"), partial(bytes, disclosure.source))


def _list(catalog: Catalog) -> bytes:
    disclosures = (one for provider in catalog.providers for one in provider.disclosures if has_source(one))
    files = [
        {"file": stem(one), "name": one.name, "name_en": one.name_en or None, "guideline": one.guideline.id}
        for one in disclosures
    ]
    return to_bytes({"files": files})


def has_source(disclosure: Disclosure) -> bool:
    """Whether its file is published: not that of a withdrawn one, whose answers are shown no more."""
    return bool(disclosure.source) and not disclosure.withdrawn


def stem(disclosure: Disclosure) -> str:
    """The name of its file without `.yaml`: the provider's id, with the guideline's where there are several."""
    return PurePosixPath(disclosure.path).stem
