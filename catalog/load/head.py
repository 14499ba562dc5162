"""The head of a disclosure file: which guideline, whose, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from catalog import answers, source
from catalog.answers import Problem
from catalog.load.shapes import MAX_LISTED, Shapes, is_id, nearest
from catalog.model import Asks, Guideline, SubmittedBy, Withdrawn
from catalog.source import Node


class Head:
    """Reads the keys beside `provider:`, `services:` and `data_centers:`."""

    def __init__(self, shapes: Shapes, root: source.Mapping, keys: Mapping[str, Node]) -> None:
        self.shapes = shapes
        self.root = root
        self.keys = keys

    def guideline(
        self, guidelines: Sequence[Guideline], defined: frozenset[tuple[str, str]], in_file_name: str | None
    ) -> Guideline | None:
        """The guideline that is answered; `defined` are all that are there, be they usable or not."""
        shapes, keys = self.shapes, self.keys
        name, version = shapes.text(keys, "guideline"), shapes.text(keys, "guideline_version")
        if not name or not version:
            return None
        if in_file_name not in (None, name):
            shapes.add("file-name-mismatch", keys["guideline"], found=str(in_file_name), expected=name)
        versions = {guideline.version: guideline for guideline in guidelines if guideline.id == name}
        if version not in versions and (name, version) in defined:
            return None  # the definition's own problems are reported at the definition
        if not versions:
            ids = sorted({guideline.id for guideline in guidelines})
            shapes.add(
                "unknown-guideline", keys["guideline"], found=name, nearest=nearest(name, ids), expected=", ".join(ids)
            )
            return None
        if version not in versions:
            shapes.add(
                "unknown-guideline-version", keys["guideline_version"], found=version, expected=", ".join(versions)
            )
            return None
        return versions[version]

    def transcribed_on(self, submitted_by: SubmittedBy) -> date | None:
        if submitted_by is SubmittedBy.THIRD_PARTY and "transcribed_on" not in self.keys:
            self.shapes.add("transcribed-on-missing", self.root)
        return day(self.shapes, self.keys, "transcribed_on")

    def withdrawn(self) -> Withdrawn | None:
        if "withdrawn" not in self.keys or (node := self.shapes.mapping(self.keys["withdrawn"], "withdrawn")) is None:
            return None
        inner = self.shapes.keys(node, required=("on", "reason"))
        on = day(self.shapes, inner, "on")
        reason = self.shapes.text(inner, "reason")
        if reason:
            self.shapes.check_text(inner["reason"], reason)
        return Withdrawn(on.isoformat() if on else "", reason)

    def aliases(self) -> tuple[str, ...]:
        found = self.shapes.scalars(self.keys, "aliases")
        if found:
            found = self.shapes.few(self.keys["aliases"], found, MAX_LISTED, "aliases")
        for scalar in found:
            self.shapes.check_name(scalar, scalar.text.strip())
        return tuple(scalar.text.strip() for scalar in found)


def day(shapes: Shapes, keys: Mapping[str, Node], key: str) -> date | None:
    """A date that needs its day."""
    words = shapes.text(keys, key)
    if not words:
        return None
    parsed = answers.parse(words, Asks("date", precision="day"))
    if isinstance(parsed, Problem):
        shapes.add(parsed.code, keys[key], **parsed.values)
        return None
    return date.fromisoformat(parsed)


def formerly(shapes: Shapes, keys: Mapping[str, Node]) -> tuple[str, ...]:
    """The former ids of a provider or a service."""
    found = shapes.scalars(keys, "formerly")
    if found:
        found = shapes.few(keys["formerly"], found, MAX_LISTED, "formerly")
    for scalar in found:
        if not is_id(scalar.text.strip()):
            shapes.add("invalid-id", scalar, found=scalar.text)
    return tuple(scalar.text.strip() for scalar in found if is_id(scalar.text.strip()))
