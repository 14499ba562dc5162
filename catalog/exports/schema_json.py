"""`/api/v1/schemas/<guideline>.json`: JSON Schema of disclosure files, for editors; every version beside the newest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog.artifacts import Artifact
from catalog.exports.public_json import to_bytes, versioned
from catalog.model import Catalog, Guideline
from catalog.schema import disclosure_schema

FOLDER = "api/v1/schemas/"


def artifacts(catalog: Catalog, base_url: str) -> Iterator[Artifact]:
    for name, guideline in versioned(catalog):
        path = f"{FOLDER}{name}.json"
        inputs = ("code", f"guideline:{guideline.key}", "guidelines", "settings")
        yield Artifact(path, inputs, partial(_render, guideline, base_url + path if base_url else ""))


def path_of(guideline: Guideline) -> str:
    """Of the schema of exactly this version."""
    return f"{FOLDER}{guideline.id}.{guideline.version}.json"


def address_of(guideline: Guideline, base_url: str) -> str:
    """Where editors find it: on the published site if its address is known, else in the site built beside the files."""
    return (base_url.rstrip("/") + "/" if base_url else "../../site/") + path_of(guideline)


def _render(guideline: Guideline, address: str) -> bytes:
    return to_bytes(disclosure_schema(guideline, address))
