"""The answers of one block of a disclosure file: below `provider:`, below `answers:`, of a data centre."""

from __future__ import annotations

from collections.abc import Iterator

from catalog import source
from catalog.load.fields import SCOPE_NAMES, Fields
from catalog.load.reading import read_answer
from catalog.load.shapes import Shapes
from catalog.model import Answer, Guideline, Role, Scope, Slot, Status, SubmittedBy
from catalog.source import Node


class Blocks:
    """Reads the blocks of one file."""

    def __init__(self, guideline: Guideline, shapes: Shapes, fields: Fields, submitted_by: SubmittedBy) -> None:
        self.guideline = guideline
        self.shapes = shapes
        self.fields = fields
        self.submitted_by = submitted_by

    def read(
        self, node: Node | None, scope: Scope, *, overrides: bool = False, skip: frozenset[str] = frozenset()
    ) -> dict[str, Answer]:
        """The answers of a mapping of field ids, groups answered as not applicable expanded."""
        if node is None or (isinstance(node, source.Scalar) and node.is_null):
            return {}
        mapping = self.shapes.mapping(node, SCOPE_NAMES[scope])
        if mapping is None:
            return {}
        found: dict[str, Answer] = {}
        for key, value in mapping.entries:
            if key.text in skip:
                continue
            if key.text == "not_applicable":
                continue
            slot = self.guideline.by_field.get(key.text)
            if slot is None or not self.fields.belongs(slot, scope, overrides=overrides):
                self.fields.report_unknown(key, scope, overrides=overrides)
                continue
            answer = read_answer(self.shapes, value, slot, self.guideline.language, self.guideline.by_field)
            if slot.field.retired:
                self.shapes.add("retired-field", key, slot.subject, found=key.text, version=slot.field.retired)
                continue
            if answer.status is not Status.UNANSWERED:
                found[key.text] = answer
                self._check_source(answer, value, slot)
        for slot, answer in self._of_groups(mapping, scope):
            found.setdefault(slot.field.id, answer)
        return found

    def _check_source(self, answer: Answer, node: Node, slot: Slot) -> None:
        dated = slot.field.role is Role.DISCLOSURE_DATE  # which a third party must leave out anyway
        if self.submitted_by is SubmittedBy.THIRD_PARTY and not answer.source and not dated:
            self.shapes.add("source-missing", node, slot.subject)

    def _of_groups(self, mapping: source.Mapping, scope: Scope) -> Iterator[tuple[Slot, Answer]]:
        """`not_applicable: {<group-id>: <reason>}`: one answer for every field of the group."""
        node = mapping.get("not_applicable")
        if node is None or (inner := self.shapes.mapping(node, "not_applicable")) is None:
            return
        groups: dict[str, list[Slot]] = {}
        titles: dict[str, str] = {}
        for slot in self.guideline.scopes[scope]:
            groups.setdefault(slot.group.id, []).append(slot)
            titles.update(dict.fromkeys(slot.group.title.values(), slot.group.id))
        for key, value in inner.entries:
            if key.text not in groups:
                self.shapes.add(
                    "unknown-group",
                    key,
                    found=key.text,
                    scope=SCOPE_NAMES[scope],
                    nearest=self.shapes.nearest(key.text, groups)
                    or titles.get(self.shapes.nearest(key.text, titles), ""),
                    expected=", ".join(groups),
                )
                continue
            reason = self.shapes.scalar(value, key.text)
            if reason is None:
                continue
            wrapped = source.Mapping(((key._replace(text="not_applicable"), reason),), *value[1:5])
            answer = read_answer(self.shapes, wrapped, groups[key.text][0], self.guideline.language)
            yield from ((slot, answer) for slot in groups[key.text])
