"""`/` and `/list/<n>/`: what this is, search, and the list of all services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from catalog.artifacts import Artifact
from catalog.listing import paged
from catalog.model import Completeness, Kind, Provider, Role, Sheet, State, Tally
from catalog.pages.context import Content, page_artifact
from catalog.pages.downloads import of_catalog
from catalog.pages.edition import Edition, Page
from catalog.pages.jsonld import catalog_json


def artifacts(edition: Edition) -> Iterator[Artifact]:
    pages = paged(edition.catalog.listed)
    for number, on_page in enumerate(pages, 1):
        page = edition.page("" if number == 1 else f"list/{number}/")
        yield page_artifact(
            page,
            "home",
            ("lists", "guidelines", "prose"),
            partial(_content, edition, page, number, len(pages), on_page),
        )


def _content(edition: Edition, page: Page, number: int, last: int, sheets: Sequence[Sheet]) -> Content:
    t, settings = edition.messages, edition.catalog.settings
    everything = edition.catalog.listed
    own = [sheet for sheet in everything if sheet.counted]
    title = t.of(settings.title)
    return Content(
        title=title if number == 1 else f"{t('home.list')} ({number}/{last})",
        description=t.of(settings.description),
        variables={
            "downloads": of_catalog(edition),
            "number": number,
            "last": last,
            "groups": _groups(edition, sheets),
            "specimen": _specimen(sheets) if number == 1 else None,
            "counts": {
                "own": len(own),
                "transcribed": sum(
                    sheet.state is State.TRANSCRIBED and not sheet.disclosure.sample for sheet in everything
                ),
                "sample": sum(sheet.disclosure.sample for sheet in everything),
            },
            "without_services": _without_services(edition) if number == last else [],
            "json_ld": catalog_json(edition, page) if number == 1 else "",
        },
    )


def _without_services(edition: Edition) -> list[Provider]:
    """The providers that no list of services leads to, because they name none."""
    leading = {sheet.provider_id for sheet in edition.catalog.listed}
    shown = (one for one in edition.catalog.providers if one.id not in leading)
    return [one for one in shown if not all(disclosure.withdrawn for disclosure in one.disclosures)]


def _groups(edition: Edition, sheets: Sequence[Sheet]) -> list[tuple[str, list[dict[str, object]]]]:
    """The sheets of a page by who submitted them, each group with its rows."""
    groups: dict[str, list[dict[str, object]]] = {}
    for sheet in sheets:
        disclosure = sheet.disclosure
        kind = "sample" if disclosure.sample else "transcribed" if disclosure.by_third_party else "own"
        groups.setdefault(kind, []).append({"sheet": sheet, "types": service_types(edition, sheet)})
    return list(groups.items())


def _specimen(sheets: Sequence[Sheet]) -> dict[str, object] | None:
    """A row that shows everything there is to show: the shape of those that the script fills in."""
    if not sheets:
        return None
    figures = Completeness(Tally(1, 1), Tally())
    return {"sheet": replace(sheets[0], completeness=figures), "types": [sheets[0].service.name]}


def service_types(edition: Edition, sheet: Sheet) -> list[str]:
    """The labels of the service's types, in this language."""
    slot = sheet.guideline.by_role.get(Role.SERVICE_TYPE)
    labels = {choice.id: edition.messages.of(choice.label) for choice in slot.field.asks.choices} if slot else {}
    found: list[str] = []
    for answer in sheet.by_role.get(Role.SERVICE_TYPE, ()):
        if answer.kind is Kind.VALUE:
            chosen = answer.value if isinstance(answer.value, list) else [answer.value]
            found.extend(labels.get(one, str(one)) for one in chosen)
    return found
