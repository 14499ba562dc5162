"""`/api/v1/schemas/<guideline>.json`: JSON Schema of disclosure files, for editors; every version beside the newest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog.artifacts import Artifact
from catalog.exports.public_json import to_bytes
from catalog.model import Catalog, Guideline
from catalog.schema import disclosure_schema


def artifacts(catalog: Catalog, base_url: str) -> Iterator[Artifact]:
    for guideline in catalog.guidelines:
        paths = [path_of(guideline)]
        if guideline in catalog.newest:
            paths.append(f"api/v1/schemas/{guideline.id}.json")
        for path in paths:
            inputs = ("code", f"guideline:{guideline.key}", "guidelines", "settings")
            yield Artifact(path, inputs, partial(_render, guideline, base_url + path if base_url else ""))


def path_of(guideline: Guideline) -> str:
    """Of the schema of exactly this version."""
    return f"api/v1/schemas/{guideline.id}.{guideline.version}.json"


def _render(guideline: Guideline, address: str) -> bytes:
    return to_bytes(disclosure_schema(guideline, address))
