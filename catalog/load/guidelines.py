"""`guideline/<id>/<version>/` → `Guideline`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from catalog import answers, source
from catalog.answers import OPTIONS, TYPES, Problem
from catalog.answers.date import PRECISIONS
from catalog.diagnostics import Location, Report, Severity, Text, some_of
from catalog.load.shapes import FIELD_ID, RESERVED_FIELD_IDS, RESERVED_PART_IDS, Shapes, is_id, nearest
from catalog.model import (
    Asks,
    Choice,
    Detail,
    Facet,
    Field,
    Group,
    Guideline,
    Item,
    Level,
    Part,
    Premise,
    Role,
    Scope,
    Section,
)
from catalog.source import Node, ParseCache

ROLE_SCOPES: Mapping[Role, Scope] = {
    Role.DISCLOSURE_DATE: Scope.PROVIDER,
    Role.PROVIDER_NAME: Scope.PROVIDER,
    Role.HOMEPAGE: Scope.PROVIDER,
    Role.SERVICE_NAME: Scope.SERVICE,
    Role.SERVICE_TYPE: Scope.SERVICE,
    Role.REGION: Scope.DATA_CENTER,
    Role.DATA_CENTER_NAME: Scope.DATA_CENTER,
    Role.DATA_CENTER_COUNT: Scope.SERVICE,
}
"""Where a role makes sense; a role that is not here may stand in any scope."""
ROLE_TYPES: Mapping[Role, tuple[str, ...]] = {
    Role.DISCLOSURE_DATE: ("date",),
    Role.PROVIDER_NAME: ("line", "text"),
    Role.SERVICE_NAME: ("line", "text"),
    Role.DATA_CENTER_NAME: ("line", "text"),
    Role.HOMEPAGE: ("url",),
    Role.DATA_CENTER_COUNT: ("count",),
}
"""What a role's answers must be for the engine to read them; any type will do for the others."""

_FIELD_KEYS = ("title", "hint", "example", "facet", "role", "since", "retired")
_ASKS_KEYS = (
    "max_length",
    "choices",
    "units",
    "unit",
    "precision",
    "words",
    "multiple",
    "detail",
    "parts",
    "min",
    "max",
)


def load_guidelines(root: Path, cache: ParseCache, report: Report) -> tuple[Guideline, ...]:
    """All definitions below `guideline/`, by id and version (numbers in versions sort as numbers)."""
    found = (_Definition(root, folder, cache, report).read() for folder in _folders(root))
    return tuple(guideline for guideline in found if guideline)


def definitions(root: Path) -> frozenset[tuple[str, str]]:
    """Id and version of every definition that is there, be it usable or not."""
    return frozenset((folder.parent.name, folder.name) for folder in _folders(root))


def _folders(root: Path) -> list[Path]:
    return sorted((path for path in (root / "guideline").glob("*/*") if path.is_dir()), key=_natural)


def _natural(path: Path) -> list[tuple[int, int, str]]:
    parts = re.split(r"(\d+)", path.as_posix())
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


@dataclass(slots=True)
class _Overlay:
    """The texts of one language by the kind of thing and its id; what is used is ticked off."""

    language: str
    shapes: Shapes
    node: source.Mapping
    asked: dict[int, set[str]] = field(default_factory=dict)
    """The keys that were looked for, by the mapping's identity."""

    def find(self, *path: str) -> Node | None:
        node: Node | None = self.node
        for step in path:
            if not isinstance(node, source.Mapping):
                return None
            self.asked.setdefault(id(node), set()).add(step)
            node = node.get(step)
        return node

    def text(self, *path: str) -> str | None:
        node = self.find(*path)
        if node is None:
            return None
        scalar = self.shapes.scalar(node, ".".join(path))
        return scalar.text.strip() if scalar and not scalar.is_null else None


class _Definition:
    """Reads one definition; `read` returns None if it cannot be used."""

    def __init__(self, root: Path, folder: Path, cache: ParseCache, report: Report) -> None:
        self.root = root
        self.folder = folder
        self.cache = cache
        self.report = report
        self.hash = hashlib.sha256()
        self.language = "ja"
        self.overlays: list[_Overlay] = []
        self.missing: dict[str, list[str]] = {}
        self.ids: dict[tuple[str, str], Location] = {}
        self.roles: dict[Role, str] = {}

    def read(self) -> Guideline | None:
        before = len(self.report.diagnostics)
        opened = self._open("guideline.yaml")
        if opened is None:
            return None
        shapes, root = opened
        keys = shapes.keys(
            root,
            required=("id", "version", "title", "publisher", "levels", "sections"),
            optional=(
                *("language", "short_title", "source", "validity_months", "expiry_notice_months"),
                *("level_note", "columns", "premises", "notes"),
            ),
        )
        self.language = shapes.text(keys, "language", "ja")
        self.overlays = list(self._open_overlays())
        name = self._identity(shapes, keys, "id", self.folder.parent.name)
        version = self._identity(shapes, keys, "version", self.folder.name)
        sections = tuple(self._sections(shapes, keys))
        title = self._text(shapes, keys, "title", "guideline", "title")
        guideline = Guideline(
            id=name,
            version=version,
            language=self.language,
            title=title,
            short_title=self._text(shapes, keys, "short_title", "guideline", "short_title")
            if "short_title" in keys
            else title,
            publisher=self._text(shapes, keys, "publisher", "guideline", "publisher"),
            levels=self._levels(shapes, keys),
            level_note=self._text(shapes, keys, "level_note", "guideline", "level_note")
            if "level_note" in keys
            else None,
            columns=self._columns(shapes, keys),
            premises=tuple(self._premises(shapes, keys)),
            notes=tuple(self._notes(shapes, keys)),
            sections=sections,
            source=self._source(shapes, keys),
            validity_months=shapes.whole_number(keys, "validity_months"),
            expiry_notice_months=shapes.whole_number(keys, "expiry_notice_months") or 4,
            digest=self.hash.hexdigest(),
        )
        wrong = {d.location.path for d in self.report.diagnostics[before:] if d.severity is Severity.ERROR}
        if wrong <= {overlay.shapes.path for overlay in self.overlays}:
            # else translations of what could not be read would seem to belong to nothing
            self._report_translations()
        return None if any(d.severity is Severity.ERROR for d in self.report.diagnostics[before:]) else guideline

    def _identity(self, shapes: Shapes, keys: Mapping[str, Node], key: str, folder: str) -> str:
        """Id or version, which is the folder's name too and stands in addresses."""
        name = shapes.text(keys, key)
        if name and not is_id(name.replace(".", "-") if key == "version" else name):
            shapes.add("invalid-id", keys[key], found=name)
        elif name and name != folder:
            shapes.add("file-name-mismatch", keys[key], found=folder, expected=name)
        return name

    def _open(self, name: str) -> tuple[Shapes, source.Mapping] | None:
        path = self.folder / name
        relative = path.relative_to(self.root).as_posix()
        if not path.exists():
            self.report.add("file-missing", Location(relative), expected=relative)
            return None
        file = source.read(self.root, path, self.root / "guideline", self.report)
        self.hash.update(name.encode() + b"\0" + file.data + b"\0")
        node = self.cache.parse(file, self.report)
        if node is None:
            return None
        shapes = Shapes(relative, self.report)
        mapping = shapes.mapping(node, name)
        return (shapes, mapping) if mapping else None

    def _open_overlays(self) -> Iterator[_Overlay]:
        for path in sorted((self.folder / "i18n").glob("*.yaml")):
            if path.stem != self.language and (opened := self._open(f"i18n/{path.name}")):
                yield _Overlay(path.stem, *opened)

    # --- texts ---

    def _texts(self, original: str, *path: str) -> Text:
        """The original and its translations; a missing translation is noted."""
        texts = {self.language: original}
        for overlay in self.overlays:
            translated = overlay.text(*path)
            if translated:
                texts[overlay.language] = translated
            elif original:
                self.missing.setdefault(overlay.language, []).append(".".join(path))
        return texts

    def _text(self, shapes: Shapes, keys: Mapping[str, Node], key: str, *path: str) -> Text:
        return self._texts(shapes.text(keys, key), *path)

    def _report_translations(self) -> None:
        for overlay in self.overlays:
            missing = self.missing.get(overlay.language, [])
            if missing:
                where = Location(overlay.shapes.path)
                self.report.add("translation-missing", where, language=overlay.language, missing=some_of(missing))
            _report_unused(overlay, overlay.node, ())

    # --- guideline.yaml ---

    def _levels(self, shapes: Shapes, keys: Mapping[str, Node]) -> Mapping[Level, Text]:
        if "levels" not in keys or (node := shapes.mapping(keys["levels"], "levels")) is None:
            return {level: {self.language: level.value} for level in Level}
        names = shapes.keys(node, required=[level.value for level in Level])
        return {level: self._text(shapes, names, level.value, "levels", level.value) for level in Level}

    def _columns(self, shapes: Shapes, keys: Mapping[str, Node]) -> Mapping[str, Text]:
        if "columns" not in keys or (node := shapes.mapping(keys["columns"], "columns")) is None:
            return {}
        names = shapes.keys(node, required=("item", "field", "level"))
        return {name: self._text(shapes, names, name, "guideline", "columns", name) for name in names}

    def _premises(self, shapes: Shapes, keys: Mapping[str, Node]) -> Iterator[Premise]:
        for node in self._items(shapes, keys, "premises"):
            inner = shapes.keys(node, required=("id", "title", "text"))
            name = shapes.text(inner, "id")
            title = self._text(shapes, inner, "title", "premises", name, "title")
            yield Premise(name, title, self._text(shapes, inner, "text", "premises", name, "text"))

    def _notes(self, shapes: Shapes, keys: Mapping[str, Node]) -> Iterator[Text]:
        for index, note in enumerate(shapes.texts(keys, "notes")):
            texts = {self.language: note}
            for overlay in self.overlays:
                node = overlay.find("guideline", "notes")
                if isinstance(node, source.Sequence) and index < len(node.items):
                    scalar = overlay.shapes.scalar(node.items[index], "notes")
                    if scalar and not scalar.is_null:
                        texts[overlay.language] = scalar.text.strip()
                        continue
                self.missing.setdefault(overlay.language, []).append(f"guideline.notes[{index + 1}]")
            yield texts

    def _source(self, shapes: Shapes, keys: Mapping[str, Node]) -> str:
        written = shapes.text(keys, "source")
        if written and isinstance(refused := answers.parse(written, Asks("url")), Problem):
            shapes.add(refused.code, keys["source"], **refused.values)
        return written

    def _items(self, shapes: Shapes, keys: Mapping[str, Node], key: str) -> Iterator[source.Mapping]:
        if key in keys and (sequence := shapes.sequence(keys[key], key)):
            for node in sequence.items:
                if mapping := shapes.mapping(node, {"ja": f"{key} の1件", "en": f"an entry of {key}"}):
                    yield mapping

    # --- sections ---

    def _sections(self, shapes: Shapes, keys: Mapping[str, Node]) -> Iterator[Section]:
        ids = shapes.scalars(keys, "sections")
        expected = [f"{place:02d}-{scalar.text.strip()}.yaml" for place, scalar in enumerate(ids, 1)]
        there = {path.name for path in (self.folder / "sections").glob("*.yaml")}
        for scalar, name in zip(ids, expected, strict=True):
            if name not in there:
                shapes.add("section-file", scalar, found=scalar.text, expected=name.removesuffix(".yaml"))
            elif section := self._section(scalar.text.strip(), f"sections/{name}"):
                yield section
        misplaced = {scalar.text.strip() for scalar in ids}
        for name in sorted(there.difference(expected)):
            if name.removesuffix(".yaml").partition("-")[2] in misplaced:
                continue  # reported where the order stands
            where = Location((self.folder / "sections" / name).relative_to(self.root).as_posix())
            self.report.add("section-file-extra", where, found=name, nearest=nearest(name, expected))

    def _section(self, name: str, path: str) -> Section | None:
        opened = self._open(path)
        if opened is None:
            return None
        shapes, root = opened
        keys = shapes.keys(root, required=("id", "title", "scope", "groups"), optional=("note",))
        written = shapes.text(keys, "id")
        if written != name and "id" in keys:
            shapes.add("file-name-mismatch", keys["id"], found=name, expected=written)
        self._claim(shapes, keys, "section")
        scope = shapes.one_of(keys, "scope", {scope.value: scope for scope in Scope}, None)
        return Section(
            id=written,
            title=self._text(shapes, keys, "title", "sections", written, "title"),
            scope=scope or Scope.PROVIDER,
            note=self._text(shapes, keys, "note", "sections", written, "note") if "note" in keys else None,
            groups=tuple(self._group(shapes, node, scope) for node in self._items(shapes, keys, "groups")),
        )

    def _group(self, shapes: Shapes, node: source.Mapping, scope: Scope | None) -> Group:
        keys = shapes.keys(node, required=("id", "title", "items"), optional=("ours",))
        name = self._claim(shapes, keys, "group")
        return Group(
            id=name,
            title=self._text(shapes, keys, "title", "groups", name),
            ours=shapes.flag(keys, "ours"),
            items=tuple(self._item(shapes, item, scope) for item in self._items(shapes, keys, "items")),
        )

    def _item(self, shapes: Shapes, node: source.Mapping, scope: Scope | None) -> Item:
        keys = shapes.keys(node, required=("number", "label", "fields"), optional=("slug",))
        number = shapes.text(keys, "number")
        slug = shapes.text(keys, "slug", number)
        if slug and not is_id(slug):
            code = "invalid-id" if "slug" in keys else "slug-needed"
            shapes.add(code, keys.get("slug", keys.get("number", node)), found=slug)
        elif slug:
            self._claim_name(shapes, keys.get("slug", keys.get("number", node)), "item", slug)
        label = self._text(shapes, keys, "label", "items", slug)
        fields = (self._field(shapes, field, label, scope) for field in self._items(shapes, keys, "fields"))
        return Item(number, slug, label, tuple(field for field in fields if field))

    def _claim(self, shapes: Shapes, keys: Mapping[str, Node], kind: str) -> str:
        """The id of a section or group, refused where it is unfit or taken."""
        name = shapes.text(keys, "id")
        if name and not is_id(name):
            shapes.add("invalid-id", keys["id"], found=name)
        elif name:
            self._claim_name(shapes, keys["id"], kind, name)
        return name

    def _claim_name(self, shapes: Shapes, node: Node, kind: str, name: str) -> None:
        first = self.ids.setdefault((kind, name), shapes.location(node))
        if first != shapes.location(node):
            shapes.add("duplicate-id", node, found=name, other=f"{first.path}:{first.line}")

    # --- fields ---

    def _field(self, shapes: Shapes, node: source.Mapping, label: Text, scope: Scope | None) -> Field | None:
        keys = shapes.keys(node, required=("id", "level", "type", "prompt"), optional=(*_FIELD_KEYS, *_ASKS_KEYS))
        name = shapes.text(keys, "id")
        if name and (not FIELD_ID.fullmatch(name) or name in RESERVED_FIELD_IDS):
            shapes.add("invalid-field-id", keys["id"], found=name, reserved=", ".join(RESERVED_FIELD_IDS))
        elif name:
            self._claim_name(shapes, keys["id"], "field", name)
        path = ("fields", name)
        asks = self._asks(shapes, keys, path, node)
        if asks is None or not name:
            return None
        self._check_example(shapes, keys, asks)
        return Field(
            id=name,
            level=shapes.one_of(keys, "level", {level.value: level for level in Level}, Level.REQUIRED),
            prompt=self._text(shapes, keys, "prompt", *path, "prompt"),
            asks=asks,
            title=self._text(shapes, keys, "title", *path, "title") if "title" in keys else label,
            hint=self._text(shapes, keys, "hint", *path, "hint") if "hint" in keys else None,
            example=self._example(shapes, keys, *path),
            role=self._role(shapes, keys, name, scope, asks.type),
            facet=shapes.one_of(keys, "facet", {facet.value: facet for facet in Facet}, None),
            since=shapes.text(keys, "since"),
            retired=shapes.text(keys, "retired"),
        )

    def _example(self, shapes: Shapes, keys: Mapping[str, Node], *path: str) -> str:
        for overlay in self.overlays:
            overlay.find(*path, "example")  # a translated example may exist; it is for readers of the definition
        return shapes.text(keys, "example")

    def _role(
        self, shapes: Shapes, keys: Mapping[str, Node], name: str, scope: Scope | None, type_name: str
    ) -> Role | None:
        role = shapes.one_of(keys, "role", {role.value: role for role in Role}, None)
        if role is None:
            return None
        if role in self.roles:
            shapes.add("role-twice", keys["role"], found=role.value, other=self.roles[role])
        if type_name not in ROLE_TYPES.get(role, (type_name,)):
            shapes.add("role-type", keys["role"], found=role.value, expected=", ".join(ROLE_TYPES[role]))
        if scope and ROLE_SCOPES.get(role, scope) is not scope:
            shapes.add("role-scope", keys["role"], found=role.value, expected=ROLE_SCOPES[role].value)
        self.roles.setdefault(role, name)
        return role

    def _asks(
        self, shapes: Shapes, keys: Mapping[str, Node], path: tuple[str, ...], node: Node, default: str = ""
    ) -> Asks | None:
        """The type and its options."""
        type_name = shapes.text(keys, "type", default)
        if type_name not in TYPES:
            if type_name:
                at = keys.get("type", node)
                shapes.add(
                    "unknown-type", at, found=type_name, nearest=nearest(type_name, TYPES), expected=", ".join(TYPES)
                )
            return None
        allowed = OPTIONS.get(type_name, frozenset()) | {"max_length"}
        for option in _ASKS_KEYS:
            if option in keys and option not in allowed:
                shapes.add("option-not-for-type", keys[option], found=option, type=type_name)
        keys = {key: value for key, value in keys.items() if key in allowed or key not in _ASKS_KEYS}
        needed = {"choice": "choices", "choices": "choices", "parts": "parts"}.get(type_name)
        if needed and needed not in keys:
            shapes.add("missing-key", node, expected=needed)
        elif needed and isinstance(given := keys[needed], source.Sequence) and not given.items:
            shapes.add("empty-value", given, expected=needed)
        return Asks(
            type=type_name,
            choices=tuple(self._choices(shapes, keys, path)),
            units=shapes.texts(keys, "units"),
            unit=shapes.one_of(keys, "unit", {"%": "%", "倍": "倍"}, ""),
            precision=shapes.one_of(keys, "precision", {precision: precision for precision in PRECISIONS}, ""),
            words=self._words(shapes, keys, path),
            multiple=shapes.flag(keys, "multiple"),
            detail=self._detail(shapes, keys, path),
            parts=tuple(self._parts(shapes, keys, path)),
            max_length=shapes.whole_number(keys, "max_length"),
            least=_bound(shapes, keys, "min"),
            most=_bound(shapes, keys, "max"),
        )

    def _choices(self, shapes: Shapes, keys: Mapping[str, Node], path: tuple[str, ...]) -> Iterator[Choice]:
        seen: dict[str, Node] = {}
        for node in self._items(shapes, keys, "choices"):
            inner = shapes.keys(node, required=("id", "label"), optional=("exclusive",))
            name = shapes.text(inner, "id")
            if name and not re.fullmatch(r"[a-z0-9_-]{1,40}", name):
                shapes.add("invalid-id", inner["id"], found=name)
            elif name and (first := seen.setdefault(name, inner["id"])) is not inner["id"]:
                shapes.add("duplicate-id", inner["id"], found=name, other=f"{shapes.path}:{first.line}")
            yield Choice(
                name, self._text(shapes, inner, "label", *path, "choices", name), shapes.flag(inner, "exclusive")
            )

    def _words(self, shapes: Shapes, keys: Mapping[str, Node], path: tuple[str, ...]) -> Mapping[str, Text]:
        if "words" not in keys or (node := shapes.mapping(keys["words"], "words")) is None:
            return {}
        inner = shapes.keys(node, required=("yes", "no"))
        return {word: self._text(shapes, inner, word, *path, "words", word) for word in inner}

    def _detail(self, shapes: Shapes, keys: Mapping[str, Node], path: tuple[str, ...]) -> Detail | None:
        if "detail" not in keys or (node := shapes.mapping(keys["detail"], "detail")) is None:
            return None
        inner = shapes.keys(node, required=("prompt",), optional=("type", "example", *_ASKS_KEYS))
        if shapes.text(inner, "type") == "parts":
            shapes.add("nested-parts", inner["type"])
            return None
        asks = self._asks(shapes, inner, (*path, "detail"), node, "text")
        if asks is None:
            return None
        self._check_example(shapes, inner, asks)
        # a translated detail is its prompt, or a mapping where there is more to translate
        whole = any(isinstance(overlay.find(*path, "detail"), source.Mapping) for overlay in self.overlays)
        prompt_path = (*path, "detail", "prompt") if whole else (*path, "detail")
        return Detail(self._text(shapes, inner, "prompt", *prompt_path), asks, shapes.text(inner, "example"))

    def _parts(self, shapes: Shapes, keys: Mapping[str, Node], path: tuple[str, ...]) -> Iterator[Part]:
        seen: dict[str, Node] = {}
        for node in self._items(shapes, keys, "parts"):
            inner = shapes.keys(
                node, required=("id", "label", "type"), optional=("hint", "example", "optional", *_ASKS_KEYS)
            )
            name = shapes.text(inner, "id")
            if name and (not FIELD_ID.fullmatch(name) or name in RESERVED_PART_IDS):
                shapes.add("invalid-field-id", inner["id"], found=name, reserved=", ".join(RESERVED_PART_IDS))
            elif name and (first := seen.setdefault(name, inner["id"])) is not inner["id"]:
                shapes.add("duplicate-id", inner["id"], found=name, other=f"{shapes.path}:{first.line}")
            if shapes.text(inner, "type") == "parts":
                shapes.add("nested-parts", inner["type"])
                continue
            inner_path = (*path, "parts", name)
            asks = self._asks(shapes, inner, inner_path, node)
            if asks is None:
                continue
            self._check_example(shapes, inner, asks)
            whole = any(isinstance(overlay.find(*inner_path), source.Mapping) for overlay in self.overlays)
            label_path = (*inner_path, "label") if whole else inner_path
            yield Part(
                id=name,
                label=self._text(shapes, inner, "label", *label_path),
                asks=asks,
                hint=self._text(shapes, inner, "hint", *inner_path, "hint") if "hint" in inner else None,
                example=shapes.text(inner, "example"),
                optional=shapes.flag(inner, "optional"),
            )

    def _check_example(self, shapes: Shapes, keys: Mapping[str, Node], asks: Asks) -> None:
        """An example must be what it asks contributors to write (parts have theirs one by one)."""
        example = shapes.text(keys, "example")
        if example and asks.type != "parts" and isinstance(answers.parse(example, asks), Problem):
            shapes.add("example-invalid", keys["example"], found=example, type=asks.type)


def _bound(shapes: Shapes, keys: Mapping[str, Node], key: str) -> int | None:
    word = shapes.text(keys, key)
    if word and not re.fullmatch(r"-?[0-9]{1,9}", word):
        shapes.add("invalid-value", keys[key], found=word, key=key, expected="0, 1, 100 …")
        return None
    return int(word) if word else None


def _report_unused(overlay: _Overlay, node: source.Mapping, path: tuple[str, ...]) -> None:
    """Name the translations that belong to nothing."""
    known = overlay.asked.get(id(node), set())
    lacking = sorted(known.difference(key.text for key, _ in node.entries))
    for key, value in node.entries:
        if key.text not in known:
            found = ".".join((*path, key.text))
            overlay.shapes.add("translation-unknown", key, found=found, nearest=nearest(key.text, lacking))
        elif isinstance(value, source.Mapping):
            _report_unused(overlay, value, (*path, key.text))
