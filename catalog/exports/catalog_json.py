"""`/api/v1/catalog.json`: guidelines, providers and services with their addresses, dates, states and completeness."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.artifacts import Artifact
from catalog.exports.public_json import completeness_json, sheet_head, to_bytes
from catalog.model import Catalog, Guideline, Json, Provider, Sheet


def artifacts(catalog: Catalog, base_url: str) -> Iterator[Artifact]:
    inputs = ("code", "settings", "guidelines", "providers")
    yield Artifact("api/v1/catalog.json", inputs, lambda: to_bytes(_catalog(catalog, base_url)))


def _catalog(catalog: Catalog, base_url: str) -> Json:
    return {
        "title": dict(catalog.settings.title),
        "base_url": base_url or None,
        "licence": catalog.settings.content_licence or None,
        "operator": catalog.settings.operator or None,
        "contact": catalog.settings.contact or None,
        "guidelines": [_guideline(guideline) for guideline in catalog.newest],
        "providers": [_provider(provider) for provider in catalog.providers],
        "services": [_service(sheet) for sheet in catalog.sheets],
    }


def _guideline(guideline: Guideline) -> Json:
    return {
        "id": guideline.id,
        "version": guideline.version,
        "title": dict(guideline.title),
        "items": len(guideline.items),
        "fields": len(guideline.slots),
        "address": f"g/{guideline.id}/",
        "json": f"api/v1/guidelines/{guideline.id}.json",
    }


def _provider(provider: Provider) -> Json:
    main = provider.main
    return {
        "provider": provider.id,
        "name": provider.name,
        "reading": main.reading or None,
        "name_en": main.name_en or None,
        "aliases": list(main.aliases),
        "formerly": list(provider.formerly),
        "submitted_by": main.submitted_by.value,
        "sample": main.sample,
        "address": f"providers/{provider.id}/",
        "badge": f"badges/{provider.id}.svg",
        "completeness": {
            key.partition("@")[0]: completeness_json(completeness)
            for key, completeness in provider.completeness.items()
        },
        "services": [sheet.service.id for sheet in provider.sheets],
    }


def _service(sheet: Sheet) -> Json:
    return sheet_head(sheet) | {
        "formerly": list(sheet.service.formerly),
        "data_centers": [{"id": center.id, "name": center.name} for center in sheet.data_centers],
        "address": f"providers/{sheet.path}/",
        "json": f"api/v1/services/{sheet.path}.json",
        "badge": f"badges/{sheet.path}.svg",
    }
