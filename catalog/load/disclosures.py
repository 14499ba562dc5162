"""`content/providers/<id>.yaml` → `Disclosure`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath, PurePosixPath

from catalog import source
from catalog.dates import months_later
from catalog.diagnostics import Location, Report, Text
from catalog.load.blocks import Blocks
from catalog.load.fields import KEY_NAMES, SCOPE_NAMES, Fields, is_answer, joined
from catalog.load.guidelines import definitions
from catalog.load.head import Head, day, formerly
from catalog.load.shapes import MAX_ENTRIES, Shapes, is_id
from catalog.model import (
    Answer,
    DataCenter,
    Disclosure,
    Guideline,
    Kind,
    Role,
    Scope,
    Service,
    Slot,
    Status,
    SubmittedBy,
)
from catalog.source import Node, ParseCache

_FILE_NAME = re.compile(r"(?P<id>[^.]+)(?:\.(?P<guideline>[^.]+))?\.yaml")
MAX_USED = 500
USED: Text = {"ja": "サービスが使うデータセンター(のべ)", "en": "data centres used, counted per service"}


def disclosure_files(root: Path) -> Iterator[Path]:
    """Every file of `content/providers/`, but for hidden ones and a README."""
    for path in sorted((root / "content" / "providers").glob("*")):
        if not path.name.startswith(".") and path.name.upper() not in ("README", "README.MD"):
            yield path


def load_disclosures(
    root: Path, guidelines: Iterable[Guideline], cache: ParseCache, report: Report
) -> Iterator[Disclosure]:
    """All disclosures, by file name. A file that cannot be used is missing here and reported."""
    known, defined = tuple(guidelines), definitions(root)
    for path in disclosure_files(root):
        if disclosure := load_disclosure(root, path, known, defined, cache, report):
            yield disclosure


def load_disclosure(
    root: Path,
    path: Path,
    guidelines: tuple[Guideline, ...],
    defined: frozenset[tuple[str, str]],
    cache: ParseCache,
    report: Report,
) -> Disclosure | None:
    """One of them; `defined` are the guidelines that there are, be they right or wrong."""
    name = _file_name(path.relative_to(root), report)
    if name is None:
        return None
    file = source.read(root, path, root / "content", report)
    return _of(file, cache.parse(file, report), name, guidelines, defined, report)


def disclosure_of(file: source.File, root: Path, guidelines: Iterable[Guideline], report: Report) -> Disclosure | None:
    """What a file's bytes say that need not stand in the tree of `root`; its path is told in messages."""
    name = _file_name(PurePosixPath(file.path), report)
    node = source.parse(file, report) if name else None
    return _of(file, node, name, tuple(guidelines), definitions(root), report) if name else None


def _of(
    file: source.File,
    node: Node | None,
    name: _Name,
    guidelines: tuple[Guideline, ...],
    defined: frozenset[tuple[str, str]],
    report: Report,
) -> Disclosure | None:
    if node is None:
        return None
    shapes = Shapes(file.path, report)
    mapping = shapes.mapping(node, {"ja": "開示ファイル", "en": "a disclosure"})
    if mapping is None:
        return None
    source.cuts(file, node, report)
    return _Reader(shapes, name, mapping, guidelines, defined, file).read()


@dataclass(frozen=True, slots=True)
class _Name:
    provider: str
    guideline: str | None


def is_file_name(name: str) -> bool:
    """Whether a disclosure may be called so: `<id>.yaml` or `<id>.<guideline>.yaml`."""
    match = _FILE_NAME.fullmatch(name)
    return match is not None and is_id(match["id"]) and (match["guideline"] is None or is_id(match["guideline"]))


def _file_name(path: PurePath, report: Report) -> _Name | None:
    where = Location(path.as_posix())
    match = _FILE_NAME.fullmatch(path.name)
    if not match or not is_file_name(path.name):
        report.add("file-name", where, found=path.name)
        return None
    return _Name(match["id"], match["guideline"])


def _is_given(answers: Node | None, field: str) -> bool:
    """Whether anything is written at a field, be it right or wrong."""
    node = answers.get(field) if isinstance(answers, source.Mapping) else answers
    return node is not None and not _is_empty(node)


def _is_empty(node: Node) -> bool:
    match node:
        case source.Mapping():
            return not node.entries
        case source.Sequence():
            return all(map(_is_empty, node.items))
        case _:
            return node.is_null


class _Reader:
    """Reads one file."""

    def __init__(
        self,
        shapes: Shapes,
        name: _Name,
        root: source.Mapping,
        guidelines: tuple[Guideline, ...],
        defined: frozenset[tuple[str, str]],
        file: source.File,
    ) -> None:
        self.shapes = shapes
        self.name = name
        self.root = root
        self.guidelines = guidelines
        self.defined = defined
        self.file = file

    def read(self) -> Disclosure | None:
        shapes = self.shapes
        fields = {field for guideline in self.guidelines for field in guideline.by_field}
        keys = shapes.keys(
            self.root,
            names=KEY_NAMES,
            others=fields,
            required=("guideline", "guideline_version", "submitted_by"),
            optional=(
                *("provider", "services", "data_centers", "name", "reading", "name_en", "aliases", "sample"),
                *("disclosed_on", "transcribed_on", "formerly", "withdrawn"),
            ),
        )
        head = Head(shapes, self.root, keys)
        self.submitted_by = shapes.one_of(
            keys, "submitted_by", {by.value: by for by in SubmittedBy}, SubmittedBy.PROVIDER
        )
        sample, withdrawn = shapes.flag(keys, "sample"), head.withdrawn()
        transcribed_on = head.transcribed_on(self.submitted_by)
        reading, name_en = shapes.text(keys, "reading"), shapes.text(keys, "name_en")
        for key, written in (("reading", reading), ("name_en", name_en)):
            if written:
                shapes.check_name(keys[key], written)
        aliases, former_ids = head.aliases(), formerly(shapes, keys)
        guideline = head.guideline(self.guidelines, self.defined, self.name.guideline)
        if guideline is None:
            return None
        self.guideline = guideline
        self.fields = Fields(guideline, shapes)
        self.blocks = Blocks(guideline, shapes, self.fields, self.submitted_by)
        self._take_strays(keys)
        provider = self.blocks.read(keys.get("provider"), Scope.PROVIDER)
        centers = tuple(self._data_centers(keys))
        services = tuple(self._services(keys))
        disclosed_on = self._disclosed_on(keys, provider)
        name = self._name(keys, provider)
        self._check_names(keys, sample, name, [*services, *centers])
        return Disclosure(
            path=shapes.path,
            provider_id=self.name.provider,
            guideline=guideline,
            submitted_by=self.submitted_by,
            name=name,
            answers=provider,
            services=services,
            data_centers=centers,
            sample=sample,
            reading=reading,
            name_en=name_en,
            aliases=aliases,
            formerly=former_ids,
            disclosed_on=disclosed_on,
            expires_on=months_later(disclosed_on, guideline.validity_months)
            if disclosed_on and guideline.validity_months
            else None,
            transcribed_on=transcribed_on,
            withdrawn=withdrawn,
            digest=self.file.digest,
            source=self.file.data,
            places={key: shapes.location(node) for key, node in keys.items()},
        )

    def _take_strays(self, keys: dict[str, Node]) -> None:
        """Fields at the level of `provider:` are reported, and those of the provider read all the same."""
        strays = [(key, value) for key, value in self.root.entries if key.text not in keys]
        for scope, entries in self.fields.misplaced(strays).items():
            self.fields.report_misplaced(entries, scope)
            if scope is Scope.PROVIDER and (provider := joined(keys.get("provider"), entries)):
                keys["provider"] = provider

    def _check_names(
        self, keys: Mapping[str, Node], sample: bool, name: str, parts: Iterable[Service | DataCenter]
    ) -> None:
        """Every name of a sample says 架空; a name that says so without `sample:` is probably one's."""
        at_name = self.shapes.location(self._at(Role.PROVIDER_NAME, keys, "name"))
        if "sample" not in keys and "架空" in name:
            self.shapes.report.add("real-name-looks-fictional", at_name, found=name)
        if sample:
            self._check_fictional(at_name, name)
            for part in parts:
                if part.location and part.name != part.id:
                    self._check_fictional(part.location, part.name)

    def _check_fictional(self, where: Location, name: str) -> None:
        if name and "架空" not in name:
            self.shapes.report.add("fictional-name", where, found=name)

    # --- head ---

    def _name(self, keys: Mapping[str, Node], provider: Mapping[str, Answer]) -> str:
        written = keys.get("provider")
        return self._name_by_role(Role.PROVIDER_NAME, provider, written, keys, Scope.PROVIDER, written or self.root)

    def _name_by_role(
        self,
        role: Role,
        given: Mapping[str, Answer],
        written: Node | None,
        keys: Mapping[str, Node],
        scope: Scope,
        node: Node,
    ) -> str:
        """The answer at the role's field, else the file's own `name:`."""
        slot = self.guideline.by_role.get(role)
        answer = given.get(slot.field.id) if slot else None
        own = self.shapes.text(keys, "name")
        if own:
            self.shapes.check_name(keys["name"], own)
        if slot and answer:
            if answer.location:
                self.shapes.check_name(answer.location, answer.text, slot.subject)
            if answer.kind in (Kind.VALUE, Kind.TEXT) and answer.status is Status.DISCLOSED:
                return answer.text
            self._report_role(slot, answer)
        elif not own and not (slot and _is_given(written, slot.field.id)) and "name" not in keys:
            where = slot.field.id + ":" if slot else "name:"
            empty = written.key(slot.field.id) if slot and isinstance(written, source.Mapping) else None
            self.shapes.add(
                "name-missing", empty or node, slot.subject if slot else None, expected=SCOPE_NAMES[scope], where=where
            )
        return own

    def _report_role(self, slot: Slot, answer: Answer) -> None:
        """An answer that says nothing where the engine needs a value."""
        if answer.location:
            found, title = answer.text, slot.field.title
            self.shapes.report.add("role-needs-value", answer.location, slot.subject, found=found, title=title)

    def _at(self, role: Role, keys: Mapping[str, Node], key: str) -> Node:
        slot = self.guideline.by_role.get(role)
        provider = keys.get("provider")
        if slot and isinstance(provider, source.Mapping) and (node := provider.get(slot.field.id)):
            return node
        return keys.get(key, self.root)

    def _disclosed_on(self, keys: Mapping[str, Node], provider: Mapping[str, Answer]) -> date | None:
        own = day(self.shapes, keys, "disclosed_on")
        slot = self.guideline.by_role.get(Role.DISCLOSURE_DATE)
        answer = provider.get(slot.field.id) if slot else None
        if self.submitted_by is SubmittedBy.THIRD_PARTY:
            if "disclosed_on" in keys:
                self.shapes.add("third-party-date", keys["disclosed_on"], title="disclosed_on")
            if slot and answer and answer.location:
                self.shapes.report.add("third-party-date", answer.location, slot.subject, title=slot.field.title)
            return None
        if slot and "disclosed_on" in keys:
            self.shapes.add("disclosed-on-has-a-field", keys["disclosed_on"], slot.subject, expected=slot.field.id)
        if slot and answer and answer.kind is not Kind.VALUE:
            self._report_role(slot, answer)
        elif answer and len(str(answer.value)) == len("2024-10-31"):
            return date.fromisoformat(str(answer.value))
        return own

    # --- services and data centres ---

    def _named(
        self, keys: Mapping[str, Node], key: str, scope: Scope
    ) -> Iterator[tuple[source.Scalar, source.Mapping]]:
        """The entries of `services:` or `data_centers:` with a fit id."""
        node = keys.get(key)
        if node is None or (isinstance(node, source.Scalar) and node.is_null):
            return
        if (mapping := self.shapes.mapping(node, key)) is None:
            return
        answered = [(name, value) for name, value in mapping.entries if is_answer(value)]
        strays = self.fields.misplaced(answered)
        for entries in strays.values():
            self.fields.report_misplaced(entries, scope)
        misplaced = {name for entries in strays.values() for name, _ in entries}
        for name, value in self.shapes.few(node, mapping.entries, MAX_ENTRIES, key):
            if name in misplaced:
                continue
            if not is_id(name.text):
                self.shapes.add("invalid-id", name, found=name.text)
                continue
            if isinstance(value, source.Scalar) and value.is_null:
                value = source.Mapping((), name.line, name.column, name.start, name.end)
            if inner := self.shapes.mapping(value, SCOPE_NAMES[scope]):
                yield name, inner

    def _data_centers(self, keys: Mapping[str, Node]) -> Iterator[DataCenter]:
        for name, node in self._named(keys, "data_centers", Scope.DATA_CENTER):
            given = self.blocks.read(node, Scope.DATA_CENTER, skip=frozenset(("name",)))
            own = {key.text: value for key, value in node.entries if key.text == "name"}
            slot = self.guideline.by_role.get(Role.DATA_CENTER_NAME)
            answer = given.get(slot.field.id) if slot else None
            shown = answer.text if answer and answer.kind in (Kind.VALUE, Kind.TEXT) else self.shapes.text(own, "name")
            if shown:
                self.shapes.check_name(answer.location if answer and answer.location else own.get("name", name), shown)
            yield DataCenter(name.text, shown or name.text, given, self.shapes.location(name))

    def _services(self, keys: Mapping[str, Node]) -> Iterator[Service]:
        known = keys.get("data_centers")
        centers = {key.text for key, _ in known.entries} if isinstance(known, source.Mapping) else set()
        total = 0
        for name, node in self._named(keys, "services", Scope.SERVICE):
            inner = self._service_keys(name, node)
            written = inner.get("answers")
            given = self.blocks.read(written, Scope.SERVICE, overrides=True)
            used, reason = self._used_centers(inner, centers)
            if total <= MAX_USED < total + len(used):
                self.shapes.add("too-many", name, what=USED, expected=str(MAX_USED))
            total += len(used)
            yield Service(
                id=name.text,
                name=self._name_by_role(Role.SERVICE_NAME, given, written, inner, Scope.SERVICE, name) or name.text,
                data_centers=used,
                no_data_center=reason,
                answers=given,
                formerly=formerly(self.shapes, inner),
                location=self.shapes.location(name),
            )

    def _service_keys(self, name: source.Scalar, node: source.Mapping) -> dict[str, Node]:
        """What stands in a service. Answers without `answers:` above them are reported, and read all the same."""
        keys = self.shapes.keys(
            node,
            optional=("name", "data_centers", "answers", "formerly"),
            names=KEY_NAMES,
            others=self.guideline.by_field,
        )
        strays = dict(self.fields.misplaced(node.entries))
        if of_centers := strays.pop(Scope.DATA_CENTER, []):
            self.fields.report_misplaced(of_centers, Scope.DATA_CENTER)
        own = [pair for entries in strays.values() for pair in entries]
        if own:
            path = ("services", "my-service" if name.text == "answers" else name.text, "answers")
            self.fields.report_misplaced(own, Scope.SERVICE, path)
        if answers := joined(keys.get("answers"), own):
            keys["answers"] = answers
        return keys

    def _used_centers(self, keys: Mapping[str, Node], known: set[str]) -> tuple[tuple[str, ...], str]:
        node = keys.get("data_centers")
        if node is None or (isinstance(node, source.Scalar) and node.is_null):
            return (), ""
        if isinstance(node, source.Mapping):
            inner = self.shapes.keys(node, required=("not_applicable",))
            reason = self.shapes.text(inner, "not_applicable")
            if reason:
                self.shapes.check_text(inner["not_applicable"], reason)
            return (), reason
        used: dict[str, None] = {}
        for scalar in self.shapes.scalars(keys, "data_centers"):
            name = scalar.text.strip()
            if name in used:
                self.shapes.add("data-center-twice", scalar, found=name)
            elif name not in known:
                self.shapes.add("data-center-unknown", scalar, found=name, nearest=self.shapes.nearest(name, known))
            else:
                used[name] = None
        return tuple(used), ""
