"""A disclosure's text → the same answers in the guideline's order, quoted only where YAML needs it.

Nothing is printed anew: entries are moved whole, with the comments that belong to them, and quotes are changed in
place. What stands where is known from the nodes' offsets (`catalog.source`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from catalog import source
from catalog.load.shapes import MAIN_KEYS
from catalog.model import Asks, Guideline, Scope
from catalog.scalars import scalar
from catalog.source import Mapping, Node, Scalar

HEAD = (
    *("guideline", "guideline_version", "submitted_by", "transcribed_on", "sample", "name", "disclosed_on"),
    *("reading", "name_en", "aliases", "formerly", "withdrawn", "provider", "services", "data_centers"),
)
SERVICE = ("name", "formerly", "data_centers", "answers")
_ANSWER = (*MAIN_KEYS, "detail", "source", "as_of", "note")


def formatted(text: str, root: Node, guideline: Guideline) -> str:
    """`text`, whose parsed document is `root`, in order and plainly quoted.

    Formatted once more, it stays as it is. What cannot be told apart safely (within `[…]` and `{…}`, several entries
    on one line) stays as written.
    """
    return _ordered(*_unquoted(text, root), guideline)


# --- quotes --------------------------------------------------------------------------------------------------------


_TYPED = re.compile(r"[-+.0-9]|(?:true|false|yes|no|on|off|y|n)\Z", re.IGNORECASE)
"""What other readers of YAML take for a number, a date or a truth value when it is not quoted."""


def _unquoted(text: str, root: Node) -> tuple[str, Node]:
    """Scalars without the quotes that they do not need. Offsets of the returned nodes are those of the new text."""
    changed = text
    for one in sorted(_block_scalars(text, root), key=lambda found: found.start, reverse=True):
        if scalar(one.text) == one.text and not _TYPED.match(one.text):
            changed = changed[: one.start] + one.text + changed[one.end :]
    again = _parsed(changed)
    return (changed, again) if again is not None and same(root, again) else (text, root)


def _block_scalars(text: str, node: Node) -> Iterator[Scalar]:
    """Quoted scalars on one line that stand in no brackets: there a comma or bracket would need the quotes."""
    match node:
        case Scalar():
            written = text[node.start : node.end]
            if not node.plain and written[:1] in "'\"" and "\n" not in written and node.text == node.text.strip():
                yield node
        case Mapping() if text[node.start] != "{":
            for key, value in node.entries:
                yield from _block_scalars(text, key)
                yield from _block_scalars(text, value)
        case source.Sequence() if text[node.start] != "[":
            for item in node.items:
                yield from _block_scalars(text, item)


def _parsed(text: str) -> Node | None:
    from catalog.diagnostics import Report

    return source.parse(source.File("", b"", text), Report())


def same(one: Node, other: Node) -> bool:
    """Whether two documents say the same, in whatever order their keys stand."""
    if isinstance(one, Scalar) and isinstance(other, Scalar):
        return (one.is_null and other.is_null) or (not (one.is_null or other.is_null) and one.text == other.text)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        by_key = {key.text: value for key, value in other.entries}
        return len(one.entries) == len(by_key) and all(
            key.text in by_key and same(value, by_key[key.text]) for key, value in one.entries
        )
    if isinstance(one, source.Sequence) and isinstance(other, source.Sequence):
        return len(one.items) == len(other.items) and all(map(same, one.items, other.items))
    return False


# --- order ---------------------------------------------------------------------------------------------------------


class _Block(NamedTuple):
    """A mapping, the wanted order of its keys, and of each key the group under whose heading it stands."""

    mapping: Mapping
    order: Sequence[str]
    group: dict[str, str]


def _ordered(text: str, root: Node, guideline: Guideline) -> str:
    """Block by block, from the innermost: moving entries of an outer one leaves their inner order as it is."""
    count = len(list(_blocks(root, guideline)))
    for number in range(count):
        block = list(_blocks(root, guideline))[count - 1 - number]
        if _moves(block):
            moved = _reordered(text, block)
            again = _parsed(moved)
            if again is not None and same(root, again):
                text, root = moved, again
    return text


def _moves(block: _Block) -> bool:
    ranks = _ranks(block)
    return ranks != sorted(ranks)


def _blocks(root: Node, guideline: Guideline) -> Iterator[_Block]:
    """Every mapping whose keys have an order, outer ones first."""
    if not isinstance(root, Mapping):
        return
    yield _Block(root, HEAD, {})
    yield from _answers(root.get("provider"), guideline)
    for service in _values(root.get("services")):
        yield _Block(service, SERVICE, {})
        yield from _answers(service.get("answers"), guideline)
    for center in _values(root.get("data_centers")):
        yield from _answers(center, guideline)


def _values(node: Node | None) -> Iterator[Mapping]:
    if isinstance(node, Mapping):
        yield from (value for _, value in node.entries if isinstance(value, Mapping))


def _answers(node: Node | None, guideline: Guideline) -> Iterator[_Block]:
    if not isinstance(node, Mapping):
        return
    slots = [slot for scope in Scope for slot in guideline.all_slots if slot.section.scope is scope]
    yield _Block(node, ("name", *(s.field.id for s in slots)), {s.field.id: s.group.id for s in slots})
    for key, value in node.entries:
        slot = guideline.by_field.get(key.text)
        if slot and isinstance(value, Mapping):
            yield from _answer(value, slot.field.asks)


def _answer(mapping: Mapping, asks: Asks) -> Iterator[_Block]:
    parts = [part.id for part in asks.parts]
    yield _Block(mapping, (*_ANSWER, *parts), {})
    inner = mapping.get("answer")
    if parts and isinstance(inner, Mapping):
        yield _Block(inner, parts, {})


def _ranks(block: _Block) -> list[int]:
    """Where each entry belongs. One that is not known stays behind the one before it."""
    place = {key: rank for rank, key in enumerate(block.order)}
    ranks: list[int] = []
    for key, _ in block.mapping.entries:
        ranks.append(place.get(key.text, ranks[-1] if ranks else -1))
    return ranks


class _Entry(NamedTuple):
    """An entry with the comment right above it: where that begins, and where its last line ends."""

    start: int
    end: int


def _reordered(text: str, block: _Block) -> str:
    """The block with as few entries moved as can be; as it is where its entries do not stand on lines of their own.

    Headings and blank lines stay where they are: what moves into a group goes below the group's heading.
    """
    entries = _entries(text, block)
    if entries is None:
        return text
    ranks, keys = _ranks(block), [key.text for key, _ in block.mapping.entries]
    staying = _longest_rising(ranks)
    order = [at for at in range(len(ranks)) if at in staying]
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for at in sorted(set(range(len(ranks))) - staying, key=lambda one: ranks[one]):
        position = sum(ranks[other] <= ranks[at] for other in order)
        previous = order[position - 1] if position else None
        following = order[position] if position < len(order) else None
        if following is not None and (
            previous is None or (_together(block, keys, at, following) and not _together(block, keys, at, previous))
        ):
            before.setdefault(following, []).append(at)
        else:
            after.setdefault(order[-1] if previous is None else previous, []).append(at)
    lines = [text[entry.start : entry.end] for entry in entries]
    newline = "\r\n" if "\r\n" in text else "\n"
    if not lines[-1].endswith("\n"):  # the file's last line, which may come to stand elsewhere
        lines[-1] += newline
    written, done = [], entries[0].start
    for at, entry in enumerate(entries):
        written.append(text[done : entry.start])
        if at in staying:
            written += [lines[one] for one in (*before.get(at, ()), at, *after.get(at, ()))]
        done = entry.end
    return text[: entries[0].start] + "".join(written) + text[done:]


def _together(block: _Block, keys: Sequence[str], one: int, other: int) -> bool:
    return keys[one] in block.group and block.group[keys[one]] == block.group.get(keys[other])


_HEADING = re.compile(r"[ \t]*#[ \t]*(?:[-=#]{3}|yaml-language-server:)")


def _entries(text: str, block: _Block) -> list[_Entry] | None:
    """The lines of each entry; None where a line is not one entry's alone. What stands above the first entry of the
    file is the file's own."""
    found: list[_Entry] = []
    done = _line_start(text, block.mapping.start) if block.order is HEAD else 0
    for key, value in block.mapping.entries:
        start = _line_start(text, key.start)
        if text[start : key.start].strip(" ") or start < done:
            return None
        end = _line_end(text, _last_offset(key, value, text))
        found.append(_Entry(_comment_start(text, start, done), end))
        done = end
    return found


def _comment_start(text: str, start: int, limit: int) -> int:
    """Where the comment right above a line begins; a heading is none. Nothing above `limit` is looked at."""
    while start > limit:
        above = _line_start(text, start - 1)
        line = text[above:start]
        if above < limit or not line.lstrip().startswith("#") or _HEADING.match(line):
            break
        start = above
    return start


def _last_offset(key: Scalar, value: Node, text: str) -> int:
    """The offset behind the last character of an entry."""
    match value:
        case Mapping() if value.entries and text[value.start] != "{":
            return _last_offset(*value.entries[-1], text)
        case source.Sequence() if value.items and text[value.start] != "[":
            return _last_offset(key, value.items[-1], text)
        case Scalar() if value.start == value.end:
            return key.end  # empty: the parser places it anywhere up to the next entry
    return value.start + len(text[value.start : value.end].rstrip()) if value.end > value.start else key.end


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _line_end(text: str, offset: int) -> int:
    return text.find("\n", offset) + 1 or len(text)


def _longest_rising(ranks: Sequence[int]) -> frozenset[int]:
    """The indices of a longest subsequence that never falls."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for at, rank in enumerate(ranks):
        place = bisect_right(tails, rank)
        previous.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [rank]
        ends[place : place + 1] = [at]
    found: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        found.add(at)
        at = previous[at]
    return frozenset(found)
