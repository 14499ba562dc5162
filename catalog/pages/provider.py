"""`/providers/<p>/`: a company, its services, its own answers, what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog.artifacts import ANYWHERE, Artifact
from catalog.completeness import placed_provider_rows
from catalog.model import Completeness, Disclosure, Provider, Role, Row, Scope
from catalog.pages.context import Content, page_artifact
from catalog.pages.downloads import of_file, of_sheet
from catalog.pages.edition import Edition, Page, provider_address
from catalog.pages.figures import rows_behind
from catalog.pages.home import service_types
from catalog.pages.jsonld import provider_json
from catalog.pages.sheet import withdrawn_content


def artifacts(edition: Edition) -> Iterator[Artifact]:
    for provider in edition.catalog.providers:
        page = edition.page(provider_address(provider))
        inputs = (f"provider:{provider.id}", *(f"guideline:{d.guideline.key}" for d in provider.disclosures))
        if all(disclosure.withdrawn for disclosure in provider.disclosures):
            content = partial(withdrawn_content, edition, provider.name, provider.main)
            yield page_artifact(page, "withdrawn_entry", inputs, content)
        else:
            place = edition.catalog.places[provider.sheets[0].path] if provider.sheets else ANYWHERE
            yield page_artifact(page, "provider", inputs, partial(_content, edition, provider, page), place=place)


def _content(edition: Edition, provider: Provider, page: Page) -> Content:
    t = edition.messages
    sample = any(disclosure.sample for disclosure in provider.disclosures)
    shown = [disclosure for disclosure in provider.disclosures if disclosure.withdrawn is None]
    return Content(
        title=provider.name,
        description=t("provider.description", provider=provider.name),
        indexed=not sample,
        variables={
            "provider": provider,
            "parts": [_part(edition, provider, disclosure, page) for disclosure in shown],
            "json_ld": "" if sample else provider_json(edition, provider, page),
        },
    )


def _part(edition: Edition, provider: Provider, disclosure: Disclosure, page: Page) -> dict[str, object]:
    """What one disclosure of the company says."""
    sheets = [sheet for sheet in provider.sheets if sheet.disclosure is disclosure]
    counted: Completeness | None = provider.completeness[disclosure.guideline.key]
    homepage = disclosure.guideline.by_role.get(Role.HOMEPAGE)
    answer = disclosure.answers.get(homepage.field.id) if homepage else None
    return {
        "disclosure": disclosure,
        "guideline": disclosure.guideline,
        "services": [{"sheet": sheet, "types": service_types(edition, sheet)} for sheet in sheets],
        "downloads": [(sheet, of_sheet(edition.messages, sheet)) for sheet in sheets],
        "file": of_file(edition.messages, disclosure),
        "completeness": counted,
        "rows_behind": rows_behind(_addressed(disclosure, page), edition.messages) if counted else {},
        "homepage": answer.value if answer and isinstance(answer.value, str) else "",
    }


def _addressed(disclosure: Disclosure, page: Page) -> Iterator[tuple[Row, str, str]]:
    """The rows that the company owes, each with the address of a sheet that shows it."""
    for row, service in placed_provider_rows(disclosure):
        # a data centre that no service uses stands on no sheet
        address = f"{page.url(f'providers/{disclosure.provider_id}/{service.id}/')}#{row.anchor}" if service else ""
        if row.slot.section.scope is Scope.PROVIDER:
            yield row, address, ""
        else:
            yield row, address, row.data_center.name if row.data_center else service.name if service else ""
