"""How public JSON is written, and the pieces that several files share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date

from catalog.model import Catalog, Completeness, Guideline, Json, Sheet


def to_bytes(data: Json) -> bytes:
    """Compact UTF-8 JSON, keys in the order given."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def versioned(catalog: Catalog) -> Iterator[tuple[str, Guideline]]:
    """(name of its file, guideline): every version as `<id>.<version>`, the newest as `<id>` too."""
    for guideline in catalog.guidelines:
        yield f"{guideline.id}.{guideline.version}", guideline
        if guideline in catalog.newest:
            yield guideline.id, guideline


def day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def completeness_json(completeness: Completeness | None) -> Json:
    """Counts by level, or null where nothing is counted."""
    return asdict(completeness) if completeness else None


def sheet_head(sheet: Sheet) -> Json:
    """What identifies a sheet and tells where it stands."""
    disclosure = sheet.disclosure
    head = {
        "provider": sheet.provider_id,
        "provider_name": disclosure.name,
        "provider_name_en": disclosure.name_en or None,
        "service": sheet.service.id,
        "service_name": sheet.service.name,
        "guideline": sheet.guideline.id,
        "guideline_version": sheet.guideline.version,
        "submitted_by": disclosure.submitted_by.value,
        "sample": disclosure.sample,
        "state": sheet.state.value,
        "disclosed_on": day(disclosure.disclosed_on),
        "transcribed_on": day(disclosure.transcribed_on),
        "expires_on": day(disclosure.expires_on),
        "completeness": completeness_json(sheet.completeness),
    }
    if disclosure.withdrawn:
        head["withdrawn"] = asdict(disclosure.withdrawn)
    return head
