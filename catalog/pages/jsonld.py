"""Structured data for search engines (schema.org), as JSON-LD that can stand in a page."""

from __future__ import annotations

import json

from markupsafe import Markup

from catalog.model import Answer, Json, Kind, Provider, Role, Sheet
from catalog.pages.edition import Edition, Page


def catalog_json(edition: Edition, page: Page) -> Markup:
    settings = edition.catalog.settings
    return _script(
        {
            "@context": "https://schema.org",
            "@type": "DataCatalog",
            "name": edition.messages.of(settings.title),
            "description": edition.messages.of(settings.description),
            "inLanguage": edition.language,
            "url": page.canonical,
        }
    )


def service_json(edition: Edition, sheet: Sheet, page: Page) -> Markup:
    types = sheet.by_role.get(Role.SERVICE_TYPE, ())
    disclosure = sheet.disclosure
    return _script(
        {
            "@context": "https://schema.org",
            "@type": "Service",
            "name": sheet.service.name,
            "serviceType": [answer.text for answer in types if answer.kind is Kind.VALUE],
            "provider": _organization(disclosure.name, sheet),
            "url": page.canonical,
        }
    )


def provider_json(edition: Edition, provider: Provider, page: Page) -> Markup:
    sheet = next((one for one in provider.sheets if one.disclosure.withdrawn is None), None)
    organization = _organization(provider.name, sheet)
    return _script({"@context": "https://schema.org", **organization, "subjectOf": page.canonical})


def _organization(name: str, sheet: Sheet | None) -> Json:
    homepage: tuple[Answer, ...] = sheet.by_role.get(Role.HOMEPAGE, ()) if sheet else ()
    url = next((answer.value for answer in homepage if answer.kind is Kind.VALUE), "")
    return {"@type": "Organization", "name": name, "url": url}


def _script(data: Json) -> Markup:
    """JSON without empty values; `<` and `&` escaped, so that it can neither end the script nor open a comment."""
    text = json.dumps(_without_empty(data), ensure_ascii=False, separators=(",", ":"))
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return Markup(text)


def _without_empty(data: Json) -> Json:
    if isinstance(data, dict):
        return {key: inner for key, value in data.items() if (inner := _without_empty(value)) not in ("", [], {}, None)}
    return data
