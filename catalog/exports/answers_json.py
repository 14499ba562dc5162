"""`/api/v1/answers/<guideline>/<field>.json`: what every service answers to one field.

Matching reads these: some fields of all services, without a file a service.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, partial

from catalog.artifacts import Artifact
from catalog.exports.public_json import to_bytes
from catalog.matching import Absence, absence
from catalog.model import Catalog, Guideline, Json, Row, Sheet, Slot


def artifacts(catalog: Catalog, base_url: str) -> Iterator[Artifact]:
    versions = {one.id: [version for version in catalog.guidelines if version.id == one.id] for one in catalog.newest}
    for guideline in catalog.newest:
        answers = _Answers(catalog, guideline)
        inputs = ("code", "providers", *(f"guideline:{version.key}" for version in versions[guideline.id]))
        for slot in guideline.slots:
            path = f"api/v1/answers/{guideline.id}/{slot.field.id}.json"
            yield Artifact(path, inputs, partial(answers.render, slot))


class _Answers:
    """The sheets of a guideline, withdrawn ones left out."""

    def __init__(self, catalog: Catalog, guideline: Guideline) -> None:
        self.catalog = catalog
        self.guideline = guideline

    @cached_property
    def sheets(self) -> list[Sheet]:
        return [sheet for sheet in self.catalog.shown_sheets if sheet.guideline.id == self.guideline.id]

    def render(self, slot: Slot) -> bytes:
        services = {sheet.path: entry for sheet in self.sheets if (entry := _entry(slot, sheet))}
        return to_bytes({"guideline": self.guideline.id, "field": slot.field.id, "services": services})


def _entry(slot: Slot, sheet: Sheet) -> Json:
    """Its rows, or why there is none; nothing where the sheet's version of the guideline does not ask."""
    if found := sheet.rows_by_field.get(slot.field.id):
        return {"rows": [_row(row) for row in found]}
    if absence(slot, sheet) is Absence.NO_DATA_CENTER:
        return {"no_data_center": sheet.service.no_data_center}
    return None


def _row(row: Row) -> Json:
    """What matching reads; null and empty ones left out."""
    answer = row.answer
    values = {
        "data_center": row.data_center.id if row.data_center else None,
        "status": answer.status.value,
        "kind": answer.kind.value if answer.kind else None,
        "compare": answer.compare.json() if answer.compare else None,
        "text": answer.text,
        "detail": answer.detail,
    }
    return {name: value for name, value in values.items() if value}
