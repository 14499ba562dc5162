"""Files → located nodes. The only module that imports yaml.

Every scalar stays text: a value gets its type from the guideline's field, never from YAML (which would turn `24:00`
into 1440 and drop one of two equal keys). Nodes keep line, column and the range of their text, so that messages point
at them and writers can splice.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import yaml

from catalog.diagnostics import Location, Report, Text, syntax

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20
MAX_NODES = 20_000
MAX_SHOWN = 20
"""Of what may stand in a file thousands of times, the first ones are reported."""
NULLS = frozenset(("", "~", "null", "Null", "NULL"))

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
INVISIBLE = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\U000110bd\U000110cd\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f"
)
"""For a regex's character class: what takes part in a text without being seen (category Cf, blank letters)."""
_VISIBLE = re.compile(rf"[^\s{INVISIBLE}]")
_CUT = re.compile(r"[ \t]+(?=#[^\s#])")
_LINE_BREAK = re.compile("\r\n|\r|\n")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
REFUSED = re.compile(f"{_CONTROL.pattern}|{_BIDI.pattern}")


_UNREADABLE: dict[int | None, Text] = {
    None: {"ja": "通常のファイルではありません", "en": "it is no ordinary file"},
    errno.ENOENT: {"ja": "リンクの先がありません", "en": "the link leads nowhere"},
    errno.ELOOP: {"ja": "リンクが輪になっています", "en": "the link leads back to itself"},
    errno.EACCES: {"ja": "読む権限がありません", "en": "reading it is not permitted"},
}
"""Why a file cannot be read, in words; None: it is a folder, a pipe or a device."""


class Scalar(NamedTuple):
    """A text.

    `line` and `column` are 1-based, `start` and `end` offsets in code points; `plain` tells that it is not quoted.
    """

    text: str
    line: int
    column: int
    start: int
    end: int
    plain: bool

    @property
    def is_null(self) -> bool:
        """Nothing written: empty, `~` or `null`, or nothing that can be seen."""
        return (self.plain and self.text in NULLS) or not _VISIBLE.search(self.text)


class Mapping(NamedTuple):
    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int
    start: int
    end: int

    def get(self, key: str) -> Node | None:
        return next((node for scalar, node in self.entries if scalar.text == key), None)

    def key(self, key: str) -> Scalar | None:
        return next((scalar for scalar, _ in self.entries if scalar.text == key), None)


class Sequence(NamedTuple):
    items: tuple[Node, ...]
    line: int
    column: int
    start: int
    end: int


Node: TypeAlias = Scalar | Mapping | Sequence


def at(path: str, node: Node) -> Location:
    """The place of a node for a message."""
    return Location(path, node.line, node.column)


class File(NamedTuple):
    """One file that was read: its path relative to the root, its bytes, its text without a BOM (None: unusable)."""

    path: str
    data: bytes
    text: str | None

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def read(root: Path, path: Path, inside: Path, report: Report) -> File:
    """Read a file below `inside` (links must not lead out of it). Whatever is wrong with its bytes goes to `report`."""
    name = path.relative_to(root).as_posix()
    data = read_bytes(root, path, inside, report)
    return File(name, b"", None) if data is None else File(name, data, _decode(name, data, report))


def file_of(name: str, data: bytes, report: Report) -> File:
    """As `read`, of bytes that stand in no file of the tree."""
    return File(name, data, _decode(name, data, report))


def read_bytes(root: Path, path: Path, inside: Path, report: Report) -> bytes | None:
    """As `read`, of a file that need not be text; None, with the reason in `report`, if it cannot be used."""
    where = Location(path.relative_to(root).as_posix())
    try:
        resolved = path.resolve(strict=True)
        if not resolved.is_relative_to(inside.resolve()):
            found = os.path.relpath(resolved, root.resolve()).replace(os.sep, "/")
            report.add("file-symlink", where, found=found, expected=inside.relative_to(root).as_posix() + "/")
            return None
        status = resolved.stat()
        if not stat.S_ISREG(status.st_mode):
            report.add("file-unreadable", where, found=_UNREADABLE[None])
            return None
        if status.st_size > MAX_BYTES:
            report.add("file-too-large", where, found=f"{status.st_size:,}", expected=f"{MAX_BYTES:,}")
            return None
        return resolved.read_bytes()
    except OSError as error:
        report.add("file-unreadable", where, found=_UNREADABLE.get(error.errno) or error.strerror or "OSError")
    except RuntimeError:
        report.add("file-unreadable", where, found=_UNREADABLE[errno.ELOOP])
    return None


def _decode(name: str, data: bytes, report: Report) -> str | None:
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        report.add("not-utf-8", _place(name, before, len(before)), found=f"{data[error.start]:02X}")
        return None
    refused = list(islice(REFUSED.finditer(text), MAX_SHOWN))
    for match in refused:
        report.add(refusal(match[0]), _place(name, text, match.start()), found=f"U+{ord(match[0]):04X}")
    return None if refused else text


def refusal(letter: str) -> str:
    """The code of what is wrong with a letter that `REFUSED` finds."""
    return "bidi-override" if _BIDI.fullmatch(letter) else "control-character"


def _place(name: str, text: str, offset: int) -> Location:
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return Location(name, before.count("\n") + 1, len(before) - before.rfind("\n"))


def parse(file: File, report: Report) -> Node | None:
    """The one document of a file as located nodes; None, with the reasons in `report`, if it cannot be used."""
    if file.text is None:
        return None
    reader = _Reader(file.path, report)
    try:
        node = reader.document(yaml.parse(file.text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        _report_syntax(file, error, report)
        return None
    except yaml.YAMLError as error:
        report.add("yaml-syntax", Location(file.path), found=str(error))
        return None
    except _TooDeep as deep:
        report.add("yaml-depth", Location(file.path, deep.line, deep.column), expected=str(MAX_DEPTH))
        return None
    except _TooMany as many:
        report.add("too-many", Location(file.path, many.line, many.column), what=NODES, expected=f"{MAX_NODES:,}")
        return None
    if reader.refused:
        return None
    if node is None or (isinstance(node, Scalar) and node.is_null):
        report.add("yaml-empty", Location(file.path))
        return None
    return node


def _report_syntax(file: File, error: yaml.MarkedYAMLError, report: Report) -> None:
    problem = error.problem or error.context or ""
    mark = (error.context_mark if problem in syntax.BEGINNINGS else None) or error.problem_mark or error.context_mark
    if mark is None:
        report.add("yaml-syntax", Location(file.path), found=problem)
        return
    lines = [*_LINE_BREAK.split(file.text or ""), ""]
    blamed = syntax.explain(problem, lines, mark.line, mark.column + 1)
    place = Location(file.path, blamed.row + 1, blamed.column)
    report.add("yaml-syntax", place, found=blamed.words.found, advice=blamed.words.advice)


def cuts(file: File, node: Node, report: Report) -> None:
    """Warn where a comment that looks like text (`#1`) ends an answer without quotes."""
    if file.text is None or " #" not in file.text.replace("\t", " "):
        return
    for offset in islice(_cut(file.text, node), MAX_SHOWN):
        report.add("comment-cuts", _place(file.path, file.text, offset))


def _cut(text: str, node: Node) -> Iterator[int]:
    if isinstance(node, Scalar):
        if node.plain and (match := _CUT.match(text, node.end)):
            yield match.end()
        return
    for inner in node.items if isinstance(node, Sequence) else [value for _, value in node.entries]:
        yield from _cut(text, inner)


NODES: Text = {"ja": "ファイルの項目と値", "en": "keys and values in the file"}


class _TooDeep(Exception):
    def __init__(self, line: int, column: int) -> None:
        self.line, self.column = line, column


class _TooMany(Exception):
    def __init__(self, line: int, column: int) -> None:
        self.line, self.column = line, column


class _Reader:
    """Turns the parser's events into nodes; refuses what makes a YAML file say something else than it shows."""

    def __init__(self, path: str, report: Report) -> None:
        self.path = path
        self.report = report
        self.refused = False
        self.nodes = 0

    def document(self, events: Iterator[Any]) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse("yaml-documents", event)
                    return None
            elif isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent, yaml.CollectionStartEvent)):
                root = self._node(event, events, 1)
        return root

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        if type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None and self.nodes < MAX_NODES:
            self.nodes += 1
            return self._scalar(event)
        line, column, start, end = _span(event)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            raise _TooMany(line, column)
        if isinstance(event, yaml.AliasEvent):
            self._refuse("yaml-alias", event, found=str(event.anchor))
            return Scalar("", line, column, start, end, plain=True)
        if event.anchor is not None:
            self._refuse("yaml-anchor", event, found=event.anchor)
        if event.tag is not None:
            self._refuse("yaml-tag", event, found=event.tag.replace("tag:yaml.org,2002:", "!!"))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth > MAX_DEPTH:
            raise _TooDeep(line, column)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self._node(event, events, depth + 1))
            return Sequence(tuple(items), line, column, start, _span(event)[3])
        in_braces = bool(event.flow_style)
        entries: list[tuple[Scalar, Node]] = []
        first: dict[str, int] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth + 1)
            value = self._node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self._refuse_at("yaml-complex-key", key)
                continue
            if key.plain and key.text == "<<":
                self._refuse_at("yaml-merge", key)
            if key.plain and key.text.startswith("\u3000"):
                self._refuse_at("yaml-syntax", key, **syntax.WIDE_SPACE._asdict())
            if key.plain and ":" in key.text and isinstance(value, Scalar) and value.start == value.end:
                self._refuse_at("yaml-syntax", key, **syntax.COLON_IN_BRACKETS._asdict())
            elif in_braces and key.plain and isinstance(value, Scalar) and value.start == value.end == key.end:
                self._refuse_at("yaml-syntax", key, **syntax.COMMA_IN_BRACES._asdict())
            if key.text in first:
                self._refuse_at("yaml-duplicate-key", key, found=key.text, line=str(first[key.text]))
                continue
            first[key.text] = key.line
            entries.append((key, value))
        return Mapping(tuple(entries), line, column, start, _span(event)[3])

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        start: Any = event.start_mark
        place = (start.line + 1, start.column + 1, start.index, event.end_mark.index)  # type: ignore[union-attr]
        scalar = Scalar(event.value, *place, not event.style)
        if event.style == '"':  # only there can an escape bring in what the file's text was checked for
            for code, pattern in (("control-character", _CONTROL), ("bidi-override", _BIDI)):
                if match := pattern.search(scalar.text):
                    self._refuse_at(code, scalar, found=f"U+{ord(match[0]):04X}")
        return scalar

    def _refuse(self, code: str, event: Any, **values: str) -> None:
        self.refused = True
        self.report.add(code, Location(self.path, *_span(event)[:2]), **values)

    def _refuse_at(self, code: str, node: Node, **values: str | Text) -> None:
        self.refused = True
        self.report.add(code, at(self.path, node), **values)


def _span(event: Any) -> tuple[int, int, int, int]:
    """Line and column (1-based) where an event begins, the offsets of its begin and end."""
    start = event.start_mark
    return start.line + 1, start.column + 1, start.index, event.end_mark.index


class ParseCache:
    """What was read of files, as JSON below `folder` by the hash of their bytes: what did not change is not read again.

    Only what had no problems is kept. JSON, because a cache must never become code.
    """

    def __init__(self, folder: Path | None, salt: str) -> None:
        self.folder = folder
        self.salt = salt
        self.used: set[str] = set()

    def parse(self, file: File, report: Report) -> Node | None:
        """As `parse`, from the cache where it has the file."""
        if self.folder is None or file.text is None:
            return parse(file, report)
        name = self.name("parsed", file.digest)
        try:
            return _decoded(self.kept(name))
        except (OSError, ValueError, TypeError, KeyError, IndexError):
            node = parse(file, report)
        if node is not None:
            self.keep(name, _encoded(node))
        return node

    def name(self, *parts: str) -> str:
        """Under which something is kept that depends on the parts, and on nothing else but the tool."""
        return hashlib.sha256("\0".join((self.salt, *parts)).encode()).hexdigest() + ".json"

    def kept(self, name: str) -> Any:
        """What is kept under a name. Raises OSError or ValueError if that is nothing, or not what was kept."""
        if self.folder is None:
            raise FileNotFoundError(name)
        self.used.add(name)
        checksum, _, data = (self.folder / name).read_bytes().partition(b"\n")
        if checksum != _checksum(name, data):
            raise ValueError(name)
        return json.loads(data)

    def keep(self, name: str, data: Any) -> None:
        """For the next build; `data` is JSON."""
        if self.folder is None:
            return
        self.used.add(name)
        self.folder.mkdir(parents=True, exist_ok=True)
        temporary = self.folder / f"{name}.{os.getpid()}.tmp"
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        temporary.write_bytes(_checksum(name, text) + b"\n" + text)
        temporary.replace(self.folder / name)

    def prune(self) -> None:
        """Drop what this run did not use."""
        if self.folder is not None and self.folder.is_dir():
            for kept in self.folder.iterdir():
                if kept.name not in self.used:
                    kept.unlink(missing_ok=True)


def _checksum(name: str, data: bytes) -> bytes:
    """Tells whose the data is and that it is whole."""
    return hashlib.blake2b(name.encode() + b"\0" + data, digest_size=16).hexdigest().encode()


def _encoded(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node
    if isinstance(node, Mapping):
        return {"m": [(key, _encoded(value)) for key, value in node.entries], "at": node[1:]}
    return {"s": [_encoded(item) for item in node.items], "at": node[1:]}


def _decoded(data: Any) -> Node:
    if isinstance(data, list):
        return Scalar(*data)
    if "m" in data:
        return Mapping(tuple((Scalar(*key), _decoded(value)) for key, value in data["m"]), *data["at"])
    return Sequence(tuple(map(_decoded, data["s"])), *data["at"])
