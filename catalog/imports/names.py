"""Which field a row means that names it in words: by its item's number, its label, its wording."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from catalog.answers.wording import tight
from catalog.load.shapes import nearest
from catalog.model import Guideline, Part, Scope, Slot

_BEGINNING = re.compile(r"(?:項目|item|no\.?|#)?(\d+)(?:[.．:：)）\s]+|(?=\D)|$)", re.IGNORECASE)


def folded(text: str) -> str:
    return tight(text).lower().rstrip("。.:：")


class Names:
    """The fields of a guideline by what is printed."""

    def __init__(self, guideline: Guideline) -> None:
        self.slots = guideline.slots
        self.by_number: dict[str, list[Slot]] = {}
        self.by_words: dict[str, list[Slot]] = {}
        for slot in self.slots:
            self.by_number.setdefault(folded(slot.item.number), []).append(slot)
            for words in _words(slot):
                if slot not in self.by_words.setdefault(words, []):
                    self.by_words[words].append(slot)

    def item(self, texts: Iterable[str]) -> list[Slot]:
        """The fields of the item that the texts name by number or label; none if they name none, or several."""
        found: list[Slot] = []
        for text in filter(None, texts):
            number = _BEGINNING.match(text.strip())
            here = self.by_number.get(folded(text)) or (self.by_number.get(number[1]) if number else None)
            here = here or self._by_label(text)
            if found and here and here[0].item is not found[0].item:
                return []
            found = here or found
        return found

    def _by_label(self, text: str) -> list[Slot]:
        wanted = folded(text)
        return [slot for slot in self.slots if wanted in map(folded, slot.item.label.values())]

    def find(self, number: str, texts: Sequence[str], scopes: Sequence[Scope]) -> Slot | None:
        """The one field of the scopes that a number and some of its words name."""
        numbered = self.by_number.get(folded(number), ())
        for text in reversed([text for text in texts if text]):
            named = [slot for slot in self.by_words.get(folded(text), ()) if slot.section.scope in scopes]
            both = [slot for slot in named if slot in numbered] if number else named
            if len(both) == 1:
                return both[0]
        alone = [slot for slot in numbered if slot.section.scope in scopes]
        return alone[0] if len(alone) == 1 and not any(texts) else None


def within(slots: Sequence[Slot], prompt: str, *, alone: bool) -> Slot | None:
    """The field of an item that a wording names; with `alone` the only one there is, whatever the wording."""
    wanted = folded(prompt)
    named = [slot for slot in slots if wanted in _words(slot)]
    if len(named) == 1:
        return named[0]
    if alone and len(slots) == 1:
        return slots[0]
    near = nearest(wanted, [words for slot in slots for words in _words(slot)])
    return next((slot for slot in slots if near and near in _words(slot)), None)


def part_of(slot: Slot, prompt: str) -> Part | None:
    """The part of a field that a wording names."""
    wanted = folded(prompt)
    return next((part for part in slot.field.asks.parts if wanted in map(folded, part.label.values())), None)


def _words(slot: Slot) -> list[str]:
    """What is printed for a field, and what the form prints: the label and the title."""
    label, title = slot.item.label, slot.field.title
    both = [f"{label[language]} / {title[language]}" for language in label if language in title]
    return [folded(text) for text in (*slot.field.prompt.values(), *title.values(), *both, *label.values())]
