"""`/api/v1/services/<p>/<s>.json`: every owed row of a sheet, in the guideline's order."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog.artifacts import Artifact
from catalog.exports.public_json import sheet_head, to_bytes
from catalog.model import Catalog, Json, Row, Sheet


def artifacts(catalog: Catalog, base_url: str) -> Iterator[Artifact]:
    for provider in catalog.providers:
        for path, sheet in provider.sheet_paths():
            inputs = ("code", f"provider:{provider.id}", f"guideline:{sheet.guideline.key}")
            yield Artifact(f"api/v1/services/{path}.json", inputs, partial(_render, sheet), catalog.places[sheet.path])


def _render(sheet: Sheet) -> bytes:
    return to_bytes(service_json(sheet))


def service_json(sheet: Sheet) -> Json:
    """A withdrawn entry keeps its head and shows no answers."""
    rows = () if sheet.disclosure.withdrawn else sheet.rows
    return sheet_head(sheet) | {
        "data_centers": [{"id": center.id, "name": center.name} for center in sheet.data_centers],
        "no_data_center": sheet.service.no_data_center or None,
        "answers": [row_json(row) for row in rows],
    }


def row_json(row: Row) -> Json:
    answer, slot = row.answer, row.slot
    missing = {"missing": [dict(one) for one in answer.missing]} if answer.missing else {}
    return {
        "field": slot.field.id,
        "item": slot.item.number,
        "level": slot.field.level.value,
        "scope": slot.section.scope.value,
        "data_center": row.data_center.id if row.data_center else None,
        "status": answer.status.value,
        "kind": answer.kind.value if answer.kind else None,
        "value": answer.value,
        "compare": answer.compare.json() if answer.compare else None,
        "text": answer.text or None,
        "detail": answer.detail or None,
        "note": answer.note or None,
        "source": answer.source or None,
        "as_of": answer.as_of or None,
        "overridden": row.overridden,
        **missing,
    }
