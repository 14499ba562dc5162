"""Which field a key names, was meant to name, and where it is to be written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from catalog import source
from catalog.answers.wording import tight
from catalog.diagnostics import Text
from catalog.load.shapes import EXTRA_KEYS, MAIN_KEYS, Shapes
from catalog.load.spelling import opened
from catalog.model import Guideline, Role, Scope, Slot
from catalog.source import Node, Scalar

SCOPE_NAMES: Mapping[Scope, Text] = {
    Scope.PROVIDER: {"ja": "事業者(provider)", "en": "the provider"},
    Scope.SERVICE: {"ja": "サービス(services)", "en": "a service"},
    Scope.DATA_CENTER: {"ja": "データセンター(data_centers)", "en": "a data centre"},
}
WHERE: Mapping[Scope, Text] = {
    Scope.PROVIDER: {"ja": "provider: の下", "en": "provider:"},
    Scope.SERVICE: {"ja": "services: の各サービスの answers: の下", "en": "answers: of a service"},
    Scope.DATA_CENTER: {"ja": "data_centers: の各データセンターの下", "en": "data_centers:"},
}
PATHS: Mapping[Scope, tuple[str, ...]] = {
    Scope.PROVIDER: ("provider",),
    Scope.SERVICE: ("services", "my-service", "answers"),
    Scope.DATA_CENTER: ("data_centers", "my-center"),
}
BELOW_ANSWER: Text = {
    "ja": "回答の下に1段下げて書き、回答そのものは answer: に書きます",
    "en": "indent it below the answer, and put the answer itself into answer:",
}
NO_ANSWERS: Text = {
    "ja": "answers: はサービスの中でだけ使います。この行を消し、下の行を1段上げてください",
    "en": "answers: is for services only: remove the line and begin those below it here",
}
_NUMBER = re.compile(r"(?:項目|item|no\.?|#)?(.+?)\.?", re.IGNORECASE)
KEY_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("事業者", "会社", "企業", "provider:"), "provider"),
    **dict.fromkeys(("サービス", "service"), "services"),
    **dict.fromkeys(("データセンター", "データセンタ", "data_center", "datacenters"), "data_centers"),
    **dict.fromkeys(("回答", "答え", "answer"), "answers"),
    **dict.fromkeys(("名称", "名前"), "name"),
    **dict.fromkeys(("よみがな", "読みがな", "ふりがな", "フリガナ", "読み"), "reading"),
    **dict.fromkeys(("別名", "略称", "通称"), "aliases"),
    **dict.fromkeys(("見本", "サンプル"), "sample"),
    **dict.fromkeys(("指針", "ガイドライン"), "guideline"),
    "版": "guideline_version",
}
"""What people call the keys of a file."""


class Fields:
    """The fields of a guideline, by what stands in a file."""

    def __init__(self, guideline: Guideline, shapes: Shapes) -> None:
        self.guideline = guideline
        self.shapes = shapes
        self._by_title: dict[str, tuple[Slot, ...]] = {}

    def belongs(self, slot: Slot, scope: Scope, *, overrides: bool) -> bool:
        """Whether a field may be answered in a scope. What names and dates the whole file is not overridden."""
        own = slot.section.scope
        of_the_file = slot.field.role in (Role.DISCLOSURE_DATE, Role.PROVIDER_NAME)
        return own is scope or (overrides and own is Scope.PROVIDER and not of_the_file)

    def report_unknown(self, key: Scalar, scope: Scope, *, overrides: bool) -> None:
        """A key that names no field of the scope: it belongs elsewhere, or another one was meant."""
        slot = self.guideline.by_field.get(key.text)
        advice: Text | str = ""
        if slot is None and key.text in (*MAIN_KEYS, *EXTRA_KEYS):
            advice = BELOW_ANSWER
        elif key.text == "answers":
            advice = NO_ANSWERS
        meant = () if slot or advice else self._meant(key.text, scope, overrides=overrides)
        subject = slot.subject if slot else meant[0].subject if meant else None
        self.shapes.add(
            "unknown-field",
            key,
            subject,
            found=key.text,
            scope=SCOPE_NAMES[scope],
            nearest=_either([one.field.id for one in meant]),
            elsewhere=self._elsewhere([slot] if slot else meant, scope, overrides=overrides),
            advice=advice,
        )

    def _elsewhere(self, slots: Sequence[Slot], scope: Scope, *, overrides: bool) -> Text | str:
        if not slots or self.belongs(slots[0], scope, overrides=overrides):
            return ""
        return WHERE[slots[0].section.scope]

    def _meant(self, word: str, scope: Scope, *, overrides: bool) -> tuple[Slot, ...]:
        """The fields that a key probably means: a near id, an item's number, a title or nearly one."""
        here = [slot for slot in self.guideline.slots if self.belongs(slot, scope, overrides=overrides)]
        if near := self.shapes.nearest(word.lower(), [slot.field.id for slot in here]):
            return (self.guideline.by_field[near],)
        titles = self._titles()
        wanted = tight(word).lower()
        number = _NUMBER.fullmatch(wanted)
        return (
            titles.get(wanted)
            or titles.get(f"#{number[1]}" if number else "", ())
            or tuple(slot for slot in self.guideline.slots if slot.field.id == wanted)
            or titles.get(self.shapes.nearest(wanted, titles), ())
            or tuple(slot for slot in here if wanted in _CALLED_NAME and slot.field.role in _NAMES)
        )

    def _titles(self) -> Mapping[str, tuple[Slot, ...]]:
        """The fields by their titles and labels, and by `#` and their item's number."""
        if not self._by_title:
            for slot in self.guideline.slots:
                names = [*slot.field.title.values(), *slot.item.label.values(), *slot.field.prompt.values()]
                for name in dict.fromkeys((*(tight(name).lower() for name in names), f"#{tight(slot.item.number)}")):
                    self._by_title[name] = (*self._by_title.get(name, ()), slot)
        return self._by_title

    # --- fields at a place where no field stands ---

    def misplaced(self, entries: Iterable[tuple[Scalar, Node]]) -> Mapping[Scope, list[tuple[Scalar, Node]]]:
        """Those of the entries that are fields, by the scope that they belong to."""
        found: dict[Scope, list[tuple[Scalar, Node]]] = {}
        for key, value in entries:
            if slot := self.guideline.by_field.get(key.text):
                found.setdefault(slot.section.scope, []).append((key, value))
        return found

    def report_misplaced(self, entries: Sequence[tuple[Scalar, Node]], scope: Scope, path: Sequence[str] = ()) -> None:
        """Once for all of them, at the first: they belong under `path`."""
        first = entries[0][0]
        self.shapes.add(
            "fields-misplaced",
            first,
            self.guideline.by_field[first.text].subject,
            found=first.text,
            count=str(len(entries)),
            elsewhere=WHERE[scope],
            yaml=opened((*(path or PATHS[scope]), first.text)),
        )


_CALLED_NAME = frozenset(("name", "名前", "名称", "会社名", "社名"))
_NAMES = frozenset((Role.PROVIDER_NAME, Role.SERVICE_NAME, Role.DATA_CENTER_NAME))


def _either(names: Sequence[str]) -> Text | str:
    if len(names) < 2:
        return "".join(names)
    return {"ja": "」か「".join(names[:3]), "en": "” or “".join(names[:3])}


def is_answer(node: Node) -> bool:
    """Whether a value can only be an answer, and not the block of a service or a data centre."""
    if isinstance(node, source.Mapping):
        return any(key.text in MAIN_KEYS for key, _ in node.entries)
    return not (isinstance(node, Scalar) and node.is_null)


def joined(node: Node | None, entries: Sequence[tuple[Scalar, Node]]) -> Node | None:
    """A mapping with further entries, as if they had stood there."""
    if isinstance(node, source.Mapping):
        return node._replace(entries=(*node.entries, *(pair for pair in entries if not node.get(pair[0].text))))
    if entries and (node is None or (isinstance(node, Scalar) and node.is_null)):
        key = entries[0][0]
        return source.Mapping(tuple(entries), key.line, key.column, key.start, key.end)
    return node
