"""`/api/v1/scaffolds/<guideline>.<language>.json`: the file that `build.py new` writes, for the form to begin with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog.artifacts import Artifact
from catalog.dump import further_data_center, further_service, scaffold
from catalog.exports.public_json import to_bytes, versioned
from catalog.exports.schema_json import address_of
from catalog.model import Catalog, Guideline, Json, Scope

FOLDER = "api/v1/scaffolds/"
PROVIDER, SERVICE, DATA_CENTER = "my-company", "service-1", "dc-1"
"""The ids in it, to be replaced."""


def artifacts(catalog: Catalog, base_url: str) -> Iterator[Artifact]:
    for name, guideline in versioned(catalog):
        for language in catalog.settings.languages:
            inputs = ("code", f"guideline:{guideline.key}", "guidelines", "settings")
            render = partial(_render, guideline, language, base_url)
            yield Artifact(f"{FOLDER}{name}.{language}.json", inputs, render)


def _render(guideline: Guideline, language: str, base_url: str) -> bytes:
    language = language if language in ("ja", "en") else "en"
    centers = [DATA_CENTER] if guideline.scopes[Scope.DATA_CENTER] else []
    text = scaffold(guideline, PROVIDER, [SERVICE], centers, language, address_of(guideline, base_url))
    data: Json = {
        "guideline": guideline.id,
        "version": guideline.version,
        "provider": PROVIDER,
        "text": text,
        "service": further_service(guideline, SERVICE, centers, language),
        "data_center": further_data_center(guideline, DATA_CENTER, language, first=False) if centers else None,
        "first_data_center": further_data_center(guideline, DATA_CENTER, language, first=True) if centers else None,
    }
    return to_bytes(data)
