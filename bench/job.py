"""The job of the race, made easy for the peers: what our build works out of the disclosures, they are given.

From a generated catalog, `write` makes the input of Hugo and of Eleventy: for each provider a YAML file of about the
size of its disclosure, in which every answer is the ready HTML of its cell (without marks and classes), and a JSON file
with all that is the same on every page (headings, items, levels). They only read, look up and put together; nothing is
checked, counted or understood.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from catalog import badges, pipeline, place
from catalog.diagnostics import Report
from catalog.listing import SIDE_BY_SIDE, section_tables
from catalog.model import UNANSWERED, Answer, Catalog, Json, Provider, Sheet, Slot
from catalog.pages.context import Content, layout_context
from catalog.pages.edition import Edition
from catalog.pages.home import service_types
from catalog.pages.rows import SheetRows
from catalog.source import ParseCache

KINDS = ("home", "sheet", "compare_section", "service_json", "badges")
"""What our build makes in the race (`build --only`)."""
_LEFT_OUT = re.compile('<svg.*?</svg>| class="[^"]*"| rel="[^"]*"|\n', re.DOTALL)
"""What says nothing, so that the peers have no more to read than we."""


class Job:
    """One generated catalog in one language, and how it is told to the peers."""

    def __init__(self, root: Path, today: date) -> None:
        report = Report()
        found = pipeline.read(root, today, ParseCache(None, ""), report)
        assert found is not None, report.sorted()[:3]
        self.catalog: Catalog = found
        where = place.Place(root, place.theme_of(root), root / "site")
        theme, languages = pipeline.read_theme(where, found, ParseCache(None, ""), report)
        self.t = languages[found.settings.language]
        self.edition = Edition(found, self.t, theme, "", languages)
        self.guideline = found.newest[0]

    def common(self) -> Json:
        """What is the same on every page."""
        return {
            "side_by_side": SIDE_BY_SIDE,
            "unanswered": self._cell(self.guideline.slots[0], UNANSWERED),
            "head": self._layout("<body"),
            "sections": [self._section(table.section) for table in section_tables(self.catalog, self.guideline)],
        }

    def _layout(self, until: str) -> str:
        """The head of a page of ours, as text that the peers print before theirs."""
        page = self.edition.page("providers/kaku/service/")
        html = self.edition.theme.render("base.html", layout_context(page, Content("", "", {})))
        return html.decode().partition(until)[0]

    def _section(self, section: object) -> Json:
        sheet_rows, page = SheetRows(self.edition, self.guideline), self.edition.page("providers/kaku/service/")
        groups: list[Json] = []
        for one, slots in self.guideline.by_section:
            if one is not section:
                continue
            for group in one.groups:
                rows = [
                    {
                        "field": slot.field.id,
                        "level": slot.field.level.value,
                        "item": slot.item.number,
                        "head": str(sheet_rows.head(slot, page)),
                        "label": self._label(slot),
                    }
                    for slot in slots
                    if slot.group is group
                ]
                groups.append({"id": group.id, "title": self.t.of(group.title), "rows": rows})
            return {"id": one.id, "title": self.t.of(one.title), "scope": one.scope.value, "groups": groups}
        raise AssertionError(section)

    def _label(self, slot: Slot) -> str:
        """The head of a row of a comparison."""
        macro = self.edition.theme.macro("components/compare_table.html", "item_head")
        title = self.t.of(slot.field.title) if len(slot.item.fields) > 1 else ""
        level = self.t.of(self.guideline.levels[slot.field.level])
        url = f"../../items/{slot.item.slug}/"
        return macro(slot.item.number, self.t.of(slot.item.label), title, slot.field.level, level, url).strip()

    def provider(self, one: Provider) -> Json:
        disclosure = one.main
        return {
            "id": one.id,
            "name": one.name,
            "answers": self._answers(disclosure.answers),
            "services": [self._service(sheet) for sheet in sorted(one.sheets, key=lambda sheet: sheet.path)],
            "centers": {
                dc.id: {"name": dc.name, "answers": self._answers(dc.answers)} for dc in disclosure.data_centers
            },
        }

    def _service(self, sheet: Sheet) -> Json:
        badge = badges.badge(self.t, sheet.disclosure, sheet.state, sheet.completeness, sheet.service.name)
        service = sheet.service
        return {
            "id": service.id,
            "name": service.name,
            "path": sheet.path,
            "centers": list(service.data_centers),
            "absent": service.no_data_center,
            "absent_cell": self._absent(service.no_data_center) if service.no_data_center else "",
            "types": service_types(self.edition, sheet),
            "disclosed": sheet.completeness.required.disclosed if sheet.completeness else 0,
            "owed": sheet.completeness.required.owed if sheet.completeness else 0,
            "badge": [badge.title, badge.label, badge.message],
            "answers": self._answers(service.answers),
        }

    def _absent(self, reason: str) -> str:
        macro = self.edition.theme.macro("components/compare_table.html", "absent")
        return _LEFT_OUT.sub("", macro(self.t, reason, ""))

    def _answers(self, answers: Mapping[str, Answer]) -> Json:
        return {field: self._cell(self.guideline.by_field[field], answer) for field, answer in answers.items()}

    def _cell(self, slot: Slot, answer: Answer) -> str:
        html = self.edition.cells.cell(slot, answer, self.guideline.language, third_party=False)
        return _LEFT_OUT.sub("", html).replace("<div><p>", "<p>").replace("</p></div>", "</p>").replace('"', "'")


def write(job: Job, folder: Path) -> None:
    """`providers/<id>.yaml` and `common.json` below `folder`."""
    (folder / "providers").mkdir(parents=True, exist_ok=True)
    (folder / "common.json").write_text(json.dumps(job.common(), ensure_ascii=False), encoding="utf-8")
    for provider in job.catalog.providers:
        text = "\n".join(_yaml(job.provider(provider), 0)) + "\n"
        (folder / "providers" / f"{provider.id}.yaml").write_text(text, encoding="utf-8", newline="\n")


def _yaml(data: Json, depth: int) -> Iterator[str]:
    """Block style; texts in double quotes, as JSON has them."""
    margin = "  " * depth
    for key, value in data.items():
        if isinstance(value, dict) and value:
            yield f"{margin}{key}:"
            yield from _yaml(value, depth + 1)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield f"{margin}{key}:"
            for one in value:
                first, *others = _yaml(one, depth + 2)
                yield f"{margin}  - {first.strip()}"
                yield from others
        else:
            yield f"{margin}{key}: {json.dumps(value, ensure_ascii=False)}"
