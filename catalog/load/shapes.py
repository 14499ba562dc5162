"""Reading located nodes into plain values: every surprise is a diagnostic with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Container, Iterable, Mapping
from itertools import islice
from types import MappingProxyType
from typing import TypeVar

from catalog import source
from catalog.diagnostics import Location, Report, Subject, Text
from catalog.source import Node, Scalar, at

ID = re.compile(r"[a-z0-9-]{1,40}")
FIELD_ID = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
RESERVED_FIELD_IDS = (
    *("name", "answers", "data_centers", "not_applicable", "formerly"),
    *("main", "top", "sections", "completeness"),
)
"""Keys of a file, and names that the sheet gives to its own parts: a field's id is its address there.

The other names of a page (`section-…`, `group-…`, `item-…`) hold a hyphen, which no field's id does.
"""
MAIN_KEYS = ("answer", "text", "withheld", "on_request", "not_applicable")
"""The keys of a written-out answer, of which one says what the answer is."""
EXTRA_KEYS = ("detail", "note", "source", "as_of")
RESERVED_PART_IDS = (*MAIN_KEYS, *EXTRA_KEYS)
RESERVED_WINDOWS_NAMES = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10)))
)
SHAPES: Mapping[type, Text] = {
    source.Mapping: {"ja": "「項目: 値」の並び", "en": "lines of “key: value”"},
    source.Sequence: {"ja": "「- 値」の並び", "en": "a list of “- value”"},
    Scalar: {"ja": "1つの値", "en": "a single value"},
}
_LONGEST_WORD = 80
_MOST_SUGGESTIONS = 20
MAX_NAME = 120
MAX_TEXT = 20_000
MAX_LISTED = 20
MAX_ENTRIES = 100
SHORT_NAME: Text = {"ja": "短くしてください", "en": "make it shorter"}
_V = TypeVar("_V")


def is_id(text: str) -> bool:
    """Whether `text` may be an id that stands in addresses and file names."""
    return bool(ID.fullmatch(text)) and text not in RESERVED_WINDOWS_NAMES


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` was probably meant to be, or "". Numbers are never near each other."""
    if word.isdigit() or len(word) > _LONGEST_WORD:
        return ""
    return next(iter(difflib.get_close_matches(word, list(known), 1, 0.6)), "")


class Shapes:
    """Reads the nodes of one file."""

    def __init__(self, path: str, report: Report) -> None:
        self.path = path
        self.report = report
        self._suggestions = 0

    def nearest(self, word: str, known: Iterable[str]) -> str:
        """As `nearest`, which takes its time, for the first misses of the file only."""
        self._suggestions += 1
        return nearest(word, known) if self._suggestions <= _MOST_SUGGESTIONS else ""

    def check_name(self, node: Node | Location, name: str, subject: Subject | None = None) -> None:
        """Names stand in headings, lists and addresses' titles: they are short."""
        if len(name) > MAX_NAME:
            where = node if isinstance(node, Location) else at(self.path, node)
            found, expected = f"{len(name):,}", str(MAX_NAME)
            self.report.add("too-long", where, subject, found=found, expected=expected, advice=SHORT_NAME)

    def check_text(self, node: Node, words: str, subject: Subject | None = None) -> None:
        if len(words) > MAX_TEXT:
            self.add("too-long", node, subject, found=f"{len(words):,}", expected=f"{MAX_TEXT:,}")

    def few(self, node: Node, given: Collection[_V], most: int, what: str | Text) -> tuple[_V, ...]:
        """The entries; if they are too many, that is said and the first ones are read."""
        if len(given) > most:
            self.add("too-many", node, what=what, expected=f"{most:,}")
        return tuple(islice(given, most))

    def add(self, code: str, node: Node, subject: Subject | None = None, /, **values: str | Text) -> None:
        self.report.add(code, at(self.path, node), subject, **values)

    def location(self, node: Node) -> Location:
        return at(self.path, node)

    def mapping(self, node: Node, name: str | Text, subject: Subject | None = None) -> source.Mapping | None:
        if isinstance(node, source.Mapping):
            return node
        self.add("expected-mapping", node, subject, expected=name, found=SHAPES[type(node)])
        return None

    def sequence(self, node: Node, name: str | Text) -> source.Sequence | None:
        if isinstance(node, source.Sequence):
            return node
        self.add("expected-sequence", node, expected=name, found=SHAPES[type(node)])
        return None

    def scalar(self, node: Node, name: str | Text, subject: Subject | None = None) -> Scalar | None:
        if isinstance(node, Scalar):
            return node
        self.add("expected-text", node, subject, expected=name, found=SHAPES[type(node)])
        return None

    def keys(
        self,
        node: source.Mapping,
        *,
        required: Iterable[str] = (),
        optional: Iterable[str] = (),
        end: Node | None = None,
        names: Mapping[str, str] = MappingProxyType({}),
        others: Container[str] = frozenset(),
    ) -> dict[str, Node]:
        """The values by key, unknown keys refused and missing ones reported.

        `names`: what people call a key instead; `others`: keys that the caller sees to itself.
        """
        needed, known = list(required), [*required, *optional]
        found: dict[str, Node] = {}
        for key, value in node.entries:
            if key.text in known:
                found[key.text] = value
            elif key.text not in others:
                near = names.get(key.text.strip(), "")
                near = near if near in known else self.nearest(key.text, known)
                self.add("unknown-key", key, found=key.text, nearest=near, expected=", ".join(known))
        for key_name in needed:
            if key_name not in found:
                self.add("missing-key", end or node, expected=key_name)
        return found

    def text(self, keys: Mapping[str, Node], key: str, default: str = "") -> str:
        """A single value that is not empty."""
        if key not in keys:
            return default
        scalar = self.scalar(keys[key], key)
        if scalar is None:
            return default
        if scalar.is_null:
            self.add("empty-value", scalar, expected=key)
            return default
        return scalar.text.strip()

    def texts(self, keys: Mapping[str, Node], key: str) -> tuple[str, ...]:
        """A list of single values that are not empty."""
        return tuple(scalar.text.strip() for scalar in self.scalars(keys, key))

    def scalars(self, keys: Mapping[str, Node], key: str) -> tuple[Scalar, ...]:
        if key not in keys or (sequence := self.sequence(keys[key], key)) is None:
            return ()
        found = [scalar for item in sequence.items if (scalar := self.scalar(item, key))]
        for scalar in found:
            if scalar.is_null:
                self.add("empty-value", scalar, expected=key)
        return tuple(scalar for scalar in found if not scalar.is_null)

    def one_of(self, keys: Mapping[str, Node], key: str, options: Mapping[str, _V], default: _V) -> _V:
        """What a word of a closed list stands for."""
        word = self.text(keys, key)
        if not word:
            return default
        if word not in options:
            self.add("invalid-value", keys[key], found=word, key=key, expected=", ".join(options))
            return default
        return options[word]

    def flag(self, keys: Mapping[str, Node], key: str, *, default: bool = False) -> bool:
        return self.one_of(keys, key, {"true": True, "false": False}, default)

    def whole_number(self, keys: Mapping[str, Node], key: str) -> int | None:
        word = self.text(keys, key)
        if not word:
            return None
        if not re.fullmatch(r"[1-9][0-9]{0,8}", word):
            self.add("invalid-value", keys[key], found=word, key=key, expected="1, 2, 3 …")
            return None
        return int(word)
