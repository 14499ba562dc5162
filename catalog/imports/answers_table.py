"""The catalog's own CSV (one answer a row, ids included) → what a disclosure file would say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from catalog.diagnostics import Report
from catalog.imports.forms import Form, Path
from catalog.imports.tables import at
from catalog.load.shapes import is_id, nearest
from catalog.model import Answer, Guideline, Json, Kind, Role, Scope, Slot, Status
from catalog.scalars import Written
from catalog.written import as_written

NEEDED = ("provider", "service", "guideline", "field", "status", "text")


def is_one(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns of such a table."""
    return bool(rows) and set(NEEDED) <= set(rows[0])


def of_table(path: str, rows: Sequence[Sequence[str]], guidelines: Sequence[Guideline], report: Report) -> Form | None:
    """What the rows say; None, and told, if they are of several providers, or of a guideline that is not there."""
    columns = {name: column for column, name in enumerate(rows[0])}
    lines = [{name: row[at] if at < len(row) else "" for name, at in columns.items()} for row in rows[1:]]
    owners = sorted({(line["provider"], line["guideline"]) for line in lines})
    if len(owners) != 1:
        found = ", ".join("/".join(owner) for owner in owners[:5])
        report.add("table-several" if owners else "table-columns", at(path, 1, 1), found=found, expected="answer")
        return None
    (provider, name), version = owners[0], lines[0].get("guideline_version", "")
    known = {one.version: one for one in guidelines if one.id == name}
    if not known:
        ids = sorted({one.id for one in guidelines})
        where = at(path, 2, columns["guideline"] + 1)
        report.add("unknown-guideline", where, found=name, nearest=nearest(name, ids), expected=", ".join(ids))
        return None
    reader = _Reader(path, Form(known.get(version) or [*known.values()][-1], provider), columns, report)
    for number, line in enumerate(lines, 2):
        reader.line(number, line)
    return reader.finished(lines[0])


class _Reader:
    def __init__(self, path: str, form: Form, columns: Mapping[str, int], report: Report) -> None:
        self.path = path
        self.form = form
        self.columns = columns
        self.report = report
        self.names: dict[Path, tuple[str, Path]] = {}
        self.used: dict[str, dict[str, None]] = {}

    def finished(self, line: Mapping[str, str]) -> Form:
        form = self.form
        roles = form.guideline.by_role
        head: dict[str, Written] = {"guideline": form.guideline.id, "guideline_version": form.guideline.version}
        head["submitted_by"] = line.get("submitted_by") or "provider"
        form.rows.add(("submitted_by",))
        dated = Role.DISCLOSURE_DATE not in roles
        for key, wanted in (
            ("transcribed_on", True),
            ("disclosed_on", dated),
            ("sample", line.get("sample") == "true"),
        ):
            if wanted and line.get(key):
                head[key] = line[key]
        for base, (name, field) in self.names.items():
            if name and self._at(field) != name and (not base or name != base[-1]):
                form.say((*base, "name"), name, at(self.path, 2, 1))
        for service, centers in self.used.items():
            if centers:
                form.say(("services", service, "data_centers"), [*centers], at(self.path, 2, 1))
        form.document = {**head, **form.document}
        return form

    def _at(self, path: Path) -> Written:
        """The answer at a path, however it is written."""
        found: Written = self.form.document
        for key in path:
            found = found.get(key, "") if isinstance(found, dict) else ""
        return str(found.get("answer") or found.get("text") or "") if isinstance(found, dict) else found

    def line(self, number: int, line: Mapping[str, str]) -> None:
        slot = self.form.guideline.by_field.get(line["field"])
        where = at(self.path, number, self.columns["text"] + 1)
        if slot is None:
            if line["text"]:
                near = nearest(line["field"], self.form.guideline.by_field)
                self.report.add("row-unknown", where, found=f"{line['field']} / {line['text']}", nearest=near)
            return
        for key in ("service", "data_center"):
            if (name := line.get(key, "")) and not is_id(name):
                self.report.add("invalid-id", at(self.path, number, self.columns[key] + 1), found=name)
                return
        path = self._path(slot, line)
        if path is None:
            return
        answer = _answer(line)
        if answer is None:
            self.report.add(
                "unknown-state", where, slot.subject, found=line["status"], expected=", ".join(Status), nearest=""
            )
        elif written := as_written(answer, slot.field.asks):
            if self._is_new(path):
                self.form.answered += 1
            self.form.say(path, written, where)

    def _is_new(self, path: Path) -> bool:
        return path not in self.form.places

    def _path(self, slot: Slot, line: Mapping[str, str]) -> Path | None:
        """Where the answer belongs; None for the blank block of a service that names no data centre."""
        service, center = line["service"], line.get("data_center", "")
        here: Path = ("services", service)
        if here not in self.form.places:
            self.form.say(here, {}, at(self.path, 2, 1))
        self._name((), Role.PROVIDER_NAME, line.get("provider_name", ""), ("provider",))
        self._name(here, Role.SERVICE_NAME, line.get("service_name", ""), (*here, "answers"))
        self.used.setdefault(service, {})
        if slot.section.scope is Scope.PROVIDER and line.get("overridden") != "true":
            return ("provider", slot.field.id)
        if slot.section.scope is not Scope.DATA_CENTER:
            return (*here, "answers", slot.field.id)
        if not center:
            return None
        self.used[service][center] = None
        block: Path = ("data_centers", center)
        if block not in self.form.places:
            self.form.say(block, {}, at(self.path, 2, 1))
        self._name(block, Role.DATA_CENTER_NAME, line.get("data_center_name", ""), block)
        return (*block, slot.field.id)

    def _name(self, base: Path, role: Role, name: str, block: Path) -> None:
        slot = self.form.guideline.by_role.get(role)
        self.names.setdefault(base, (name, (*block, slot.field.id if slot else "")))


def _answer(line: Mapping[str, str]) -> Answer | None:
    """The row's answer; None if its words are none of ours."""
    try:
        status = Status(line["status"])
        kind = Kind(line["kind"]) if line.get("kind") else None
        value: Json = json.loads(line["value"]) if line.get("value") else None
    except (ValueError, RecursionError):
        return None
    detail, note, source, as_of = (line.get(key, "") for key in ("detail", "note", "source", "as_of"))
    return Answer(status, kind, line["text"], value, None, detail, note, source, as_of)
