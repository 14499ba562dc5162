"""`/g/<guideline>/`: the guideline itself, its premises, sections and items."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from catalog.artifacts import Artifact
from catalog.markup import prose_html
from catalog.model import Guideline, Level
from catalog.pages.context import Content, page_artifact
from catalog.pages.downloads import Download, of_definition
from catalog.pages.edition import Edition, Page, guideline_address, section_anchor


def artifacts(edition: Edition) -> Iterator[Artifact]:
    for guideline in edition.catalog.newest:
        page = edition.page(guideline_address(guideline))
        inputs = (f"guideline:{guideline.key}", "guidelines")
        yield page_artifact(page, "guideline", inputs, partial(_content, edition, guideline, page))


def _content(edition: Edition, guideline: Guideline, page: Page) -> Content:
    t = edition.messages
    return Content(
        title=t.of(guideline.title),
        description=t(
            "guideline.description",
            title=t.of(guideline.title),
            publisher=t.of(guideline.publisher),
            items=len(guideline.items),
            fields=len(guideline.slots),
        ),
        variables={
            "guideline": guideline,
            "downloads": [
                Download(f"api/v1/guidelines/{guideline.id}/answers.csv", "CSV", "", t("downloads.answers")),
                *of_definition(edition, guideline),
            ],
            "premises": [
                (premise, prose_html(t.of(premise.text), partial(page.link, language=t.language_of(premise.text))))
                for premise in guideline.premises
            ],
            "sections": [(section, section_anchor(section)) for section in guideline.sections],
            "level_counts": {level: sum(slot.field.level is level for slot in guideline.slots) for level in Level},
        },
    )
