"""`/api/v1/guidelines/<id>.json`: a guideline's newest version; every version as `<id>.<version>.json` beside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog.artifacts import Artifact
from catalog.diagnostics import Text
from catalog.exports.public_json import to_bytes, versioned
from catalog.model import Asks, Catalog, Detail, Field, Group, Guideline, Item, Json, Part, Section


def artifacts(catalog: Catalog, base_url: str) -> Iterator[Artifact]:
    for name, guideline in versioned(catalog):
        inputs = ("code", f"guideline:{guideline.key}", "guidelines")
        yield Artifact(f"api/v1/guidelines/{name}.json", inputs, partial(_render, guideline))


def _render(guideline: Guideline) -> bytes:
    return to_bytes(guideline_json(guideline))


def guideline_json(guideline: Guideline) -> Json:
    return {
        "id": guideline.id,
        "version": guideline.version,
        "language": guideline.language,
        "title": dict(guideline.title),
        "short_title": dict(guideline.short_title),
        "publisher": dict(guideline.publisher),
        "source": guideline.source or None,
        "validity_months": guideline.validity_months,
        "expiry_notice_months": guideline.expiry_notice_months,
        "levels": {level.value: dict(text) for level, text in guideline.levels.items()},
        "level_note": _text(guideline.level_note),
        "columns": {name: dict(text) for name, text in guideline.columns.items()},
        "premises": [{"id": one.id, "title": dict(one.title), "text": dict(one.text)} for one in guideline.premises],
        "notes": [dict(note) for note in guideline.notes],
        "sections": [_section(section) for section in guideline.sections],
    }


def _section(section: Section) -> Json:
    return {
        "id": section.id,
        "title": dict(section.title),
        "scope": section.scope.value,
        "note": _text(section.note),
        "groups": [_group(group) for group in section.groups],
    }


def _group(group: Group) -> Json:
    return {
        "id": group.id,
        "title": dict(group.title),
        "ours": group.ours,
        "items": [_item(item) for item in group.items],
    }


def _item(item: Item) -> Json:
    fields = [_field(field) for field in item.fields]
    return {"number": item.number, "slug": item.slug, "label": dict(item.label), "fields": fields}


def _field(field: Field) -> Json:
    return {
        "id": field.id,
        "level": field.level.value,
        **_asks(field.asks),
        "prompt": dict(field.prompt),
        "title": dict(field.title),
        "hint": _text(field.hint),
        "example": field.example or None,
        "role": field.role.value if field.role else None,
        "facet": field.facet.value if field.facet else None,
        "since": field.since or None,
        "retired": field.retired or None,
    }


def _asks(asks: Asks) -> Json:
    """The type and those of its options that are set."""
    options: dict[str, Json] = {
        "choices": [{"id": one.id, "label": dict(one.label), "exclusive": one.exclusive} for one in asks.choices],
        "units": list(asks.units),
        "unit": asks.unit,
        "precision": asks.precision,
        "words": {word: dict(text) for word, text in asks.words.items()},
        "multiple": asks.multiple,
        "detail": _detail(asks.detail),
        "parts": [_part(part) for part in asks.parts],
        "max_length": asks.max_length,
    }
    bounds = {name: bound for name, bound in (("min", asks.least), ("max", asks.most)) if bound is not None}
    return {"type": asks.type, **{name: value for name, value in options.items() if value}, **bounds}


def _detail(detail: Detail | None) -> Json:
    return {"prompt": dict(detail.prompt), **_asks(detail.asks), "example": detail.example or None} if detail else None


def _part(part: Part) -> Json:
    return {
        "id": part.id,
        "label": dict(part.label),
        **_asks(part.asks),
        "hint": _text(part.hint),
        "example": part.example or None,
        "optional": part.optional,
    }


def _text(text: Text | None) -> Json:
    return dict(text) if text else None
