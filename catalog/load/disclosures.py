"""`content/providers/<id>.yaml` → `Disclosure`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from catalog import answers, source
from catalog.answers import Problem
from catalog.dates import months_later
from catalog.diagnostics import Location, Report, Text
from catalog.load.guidelines import definitions
from catalog.load.reading import read_answer
from catalog.load.shapes import EXTRA_KEYS, MAIN_KEYS, MAX_ENTRIES, MAX_LISTED, Shapes, is_id, nearest
from catalog.model import (
    Answer,
    Asks,
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
    Withdrawn,
)
from catalog.source import Node, ParseCache

_FILE_NAME = re.compile(r"(?P<id>[^.]+)(?:\.(?P<guideline>[^.]+))?\.yaml")
_SCOPE_NAMES: Mapping[Scope, Text] = {
    Scope.PROVIDER: {"ja": "事業者(provider)", "en": "the provider"},
    Scope.SERVICE: {"ja": "サービス(services)", "en": "a service"},
    Scope.DATA_CENTER: {"ja": "データセンター(data_centers)", "en": "a data centre"},
}
MAX_USED = 500
_USED: Text = {"ja": "サービスが使うデータセンター(のべ)", "en": "data centres used, counted per service"}
_BELOW_ANSWER: Text = {
    "ja": "回答の下に1段下げて書き、回答そのものは answer: に書きます",
    "en": "indent it below the answer, and put the answer itself into answer:",
}
_WHERE: Mapping[Scope, Text] = {
    Scope.PROVIDER: {"ja": "provider: の下", "en": "provider:"},
    Scope.SERVICE: {"ja": "services: の各サービスの answers: の下", "en": "answers: of a service"},
    Scope.DATA_CENTER: {"ja": "data_centers: の各データセンターの下", "en": "data_centers:"},
}


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
        if disclosure := _load(root, path, known, defined, cache, report):
            yield disclosure


def _load(
    root: Path,
    path: Path,
    guidelines: tuple[Guideline, ...],
    defined: frozenset[tuple[str, str]],
    cache: ParseCache,
    report: Report,
) -> Disclosure | None:
    name = _file_name(root, path, report)
    if name is None:
        return None
    file = source.read(root, path, root / "content", report)
    node = cache.parse(file, report)
    if node is None:
        return None
    shapes = Shapes(file.path, report)
    mapping = shapes.mapping(node, {"ja": "開示ファイル", "en": "a disclosure"})
    if mapping is None:
        return None
    source.cuts(file, node, report)
    return _Reader(shapes, name, mapping, guidelines, defined, file.digest).read()


@dataclass(frozen=True, slots=True)
class _Name:
    provider: str
    guideline: str | None


def _file_name(root: Path, path: Path, report: Report) -> _Name | None:
    where = Location(path.relative_to(root).as_posix())
    match = _FILE_NAME.fullmatch(path.name)
    if not match or not is_id(match["id"]) or (match["guideline"] is not None and not is_id(match["guideline"])):
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
        digest: str,
    ) -> None:
        self.shapes = shapes
        self.name = name
        self.root = root
        self.guidelines = guidelines
        self.defined = defined
        self.digest = digest

    def read(self) -> Disclosure | None:
        shapes = self.shapes
        keys = shapes.keys(
            self.root,
            required=("guideline", "guideline_version", "submitted_by"),
            optional=(
                *("provider", "services", "data_centers", "name", "reading", "name_en", "aliases", "sample"),
                *("disclosed_on", "transcribed_on", "formerly", "withdrawn"),
            ),
        )
        self.submitted_by = shapes.one_of(
            keys, "submitted_by", {by.value: by for by in SubmittedBy}, SubmittedBy.PROVIDER
        )
        sample, withdrawn = shapes.flag(keys, "sample"), self._withdrawn(keys)
        transcribed_on = self._transcribed_on(keys)
        reading, name_en = shapes.text(keys, "reading"), shapes.text(keys, "name_en")
        for key, written in (("reading", reading), ("name_en", name_en)):
            if written:
                shapes.check_name(keys[key], written)
        aliases, formerly = self._aliases(keys), self._formerly(keys)
        guideline = self._guideline(keys)
        if guideline is None:
            return None
        self.guideline = guideline
        provider = self._answers(keys.get("provider"), Scope.PROVIDER)
        centers = tuple(self._data_centers(keys))
        services = tuple(self._services(keys))
        disclosed_on = self._disclosed_on(keys, provider)
        name = self._name(keys, provider)
        if sample:
            self._check_fictional(shapes.location(self._at(Role.PROVIDER_NAME, keys, "name")), name)
            named = [
                *((service.id, service.name, service.location) for service in services),
                *((center.id, center.name, center.location) for center in centers),
            ]
            for its_id, its_name, where in named:
                if where and its_name != its_id:
                    self._check_fictional(where, its_name)
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
            formerly=formerly,
            disclosed_on=disclosed_on,
            expires_on=months_later(disclosed_on, guideline.validity_months)
            if disclosed_on and guideline.validity_months
            else None,
            transcribed_on=transcribed_on,
            withdrawn=withdrawn,
            digest=self.digest,
            places={key: shapes.location(node) for key, node in keys.items()},
        )

    def _check_fictional(self, where: Location, name: str) -> None:
        if name and "架空" not in name:
            self.shapes.report.add("fictional-name", where, found=name)

    # --- head ---

    def _guideline(self, keys: Mapping[str, Node]) -> Guideline | None:
        shapes = self.shapes
        name, version = shapes.text(keys, "guideline"), shapes.text(keys, "guideline_version")
        if not name or not version:
            return None
        if self.name.guideline not in (None, name):
            shapes.add("file-name-mismatch", keys["guideline"], found=str(self.name.guideline), expected=name)
        versions = {guideline.version: guideline for guideline in self.guidelines if guideline.id == name}
        if version not in versions and (name, version) in self.defined:
            return None  # the definition's own problems are reported at the definition
        if not versions:
            ids = sorted({guideline.id for guideline in self.guidelines})
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
                "name-missing", empty or node, slot.subject if slot else None, expected=_SCOPE_NAMES[scope], where=where
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

    def _day(self, keys: Mapping[str, Node], key: str) -> date | None:
        words = self.shapes.text(keys, key)
        if not words:
            return None
        parsed = answers.parse(words, Asks("date", precision="day"))
        if isinstance(parsed, Problem):
            self.shapes.add(parsed.code, keys[key], **parsed.values)
            return None
        return date.fromisoformat(parsed)

    def _disclosed_on(self, keys: Mapping[str, Node], provider: Mapping[str, Answer]) -> date | None:
        own = self._day(keys, "disclosed_on")
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

    def _transcribed_on(self, keys: Mapping[str, Node]) -> date | None:
        if self.submitted_by is SubmittedBy.THIRD_PARTY and "transcribed_on" not in keys:
            self.shapes.add("transcribed-on-missing", self.root)
        return self._day(keys, "transcribed_on")

    def _withdrawn(self, keys: Mapping[str, Node]) -> Withdrawn | None:
        if "withdrawn" not in keys or (node := self.shapes.mapping(keys["withdrawn"], "withdrawn")) is None:
            return None
        inner = self.shapes.keys(node, required=("on", "reason"))
        on = self._day(inner, "on")
        reason = self.shapes.text(inner, "reason")
        if reason:
            self.shapes.check_text(inner["reason"], reason)
        return Withdrawn(on.isoformat() if on else "", reason)

    def _aliases(self, keys: Mapping[str, Node]) -> tuple[str, ...]:
        found = self.shapes.scalars(keys, "aliases")
        if found:
            found = self.shapes.few(keys["aliases"], found, MAX_LISTED, "aliases")
        for scalar in found:
            self.shapes.check_name(scalar, scalar.text.strip())
        return tuple(scalar.text.strip() for scalar in found)

    def _formerly(self, keys: Mapping[str, Node]) -> tuple[str, ...]:
        found = self.shapes.scalars(keys, "formerly")
        if found:
            found = self.shapes.few(keys["formerly"], found, MAX_LISTED, "formerly")
        for scalar in found:
            if not is_id(scalar.text.strip()):
                self.shapes.add("invalid-id", scalar, found=scalar.text)
        return tuple(scalar.text.strip() for scalar in found if is_id(scalar.text.strip()))

    # --- answers ---

    def _answers(
        self, node: Node | None, scope: Scope, *, overrides: bool = False, skip: frozenset[str] = frozenset()
    ) -> dict[str, Answer]:
        """The answers of a mapping of field ids, groups answered as not applicable expanded."""
        if node is None or (isinstance(node, source.Scalar) and node.is_null):
            return {}
        mapping = self.shapes.mapping(node, _SCOPE_NAMES[scope])
        if mapping is None:
            return {}
        allowed = [
            slot.field.id for slot in self.guideline.all_slots if self._belongs(slot, scope, overrides=overrides)
        ]
        found: dict[str, Answer] = {}
        for key, value in mapping.entries:
            if key.text in skip:
                continue
            if key.text == "not_applicable":
                continue
            slot = self.guideline.by_field.get(key.text)
            if slot is None or not self._belongs(slot, scope, overrides=overrides):
                self._unknown_field(key, slot, scope, allowed)
                continue
            answer = read_answer(self.shapes, value, slot, self.guideline.language)
            if slot.field.retired:
                self.shapes.add("retired-field", key, slot.subject, found=key.text, version=slot.field.retired)
                continue
            if answer.status is not Status.UNANSWERED:
                found[key.text] = answer
                self._check_source(answer, value, slot)
        for slot, answer in self._group_answers(mapping, scope):
            found.setdefault(slot.field.id, answer)
        return found

    def _belongs(self, slot: Slot, scope: Scope, *, overrides: bool) -> bool:
        """Whether a field may be answered in a scope. What names and dates the whole file is not overridden."""
        own = slot.section.scope
        of_the_file = slot.field.role in (Role.DISCLOSURE_DATE, Role.PROVIDER_NAME)
        return own is scope or (overrides and own is Scope.PROVIDER and not of_the_file)

    def _unknown_field(self, key: source.Scalar, slot: Slot | None, scope: Scope, allowed: list[str]) -> None:
        elsewhere: Text | str = _WHERE[slot.section.scope] if slot else ""
        remark = not slot and key.text in (*MAIN_KEYS, *EXTRA_KEYS)
        near = "" if slot or remark else self.shapes.nearest(key.text, allowed)
        self.shapes.add(
            "unknown-field",
            key,
            slot.subject if slot else None,
            found=key.text,
            scope=_SCOPE_NAMES[scope],
            nearest=near,
            elsewhere=elsewhere,
            advice=_BELOW_ANSWER if remark else "",
        )

    def _check_source(self, answer: Answer, node: Node, slot: Slot) -> None:
        dated = slot.field.role is Role.DISCLOSURE_DATE  # which a third party must leave out anyway
        if self.submitted_by is SubmittedBy.THIRD_PARTY and not answer.source and not dated:
            self.shapes.add("source-missing", node, slot.subject)

    def _group_answers(self, mapping: source.Mapping, scope: Scope) -> Iterator[tuple[Slot, Answer]]:
        """`not_applicable: {<group-id>: <reason>}`: one answer for every field of the group."""
        node = mapping.get("not_applicable")
        if node is None or (inner := self.shapes.mapping(node, "not_applicable")) is None:
            return
        groups: dict[str, list[Slot]] = {}
        for slot in self.guideline.scopes[scope]:
            groups.setdefault(slot.group.id, []).append(slot)
        for key, value in inner.entries:
            if key.text not in groups:
                self.shapes.add(
                    "unknown-group",
                    key,
                    found=key.text,
                    scope=_SCOPE_NAMES[scope],
                    nearest=self.shapes.nearest(key.text, groups),
                    expected=", ".join(groups),
                )
                continue
            reason = self.shapes.scalar(value, key.text)
            if reason is None:
                continue
            wrapped = source.Mapping(((key._replace(text="not_applicable"), reason),), *value[1:5])
            answer = read_answer(self.shapes, wrapped, groups[key.text][0], self.guideline.language)
            yield from ((slot, answer) for slot in groups[key.text])

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
        for name, value in self.shapes.few(node, mapping.entries, MAX_ENTRIES, key):
            if not is_id(name.text):
                self.shapes.add("invalid-id", name, found=name.text)
                continue
            if isinstance(value, source.Scalar) and value.is_null:
                value = source.Mapping((), name.line, name.column, name.start, name.end)
            if inner := self.shapes.mapping(value, _SCOPE_NAMES[scope]):
                yield name, inner

    def _data_centers(self, keys: Mapping[str, Node]) -> Iterator[DataCenter]:
        for name, node in self._named(keys, "data_centers", Scope.DATA_CENTER):
            given = self._answers(node, Scope.DATA_CENTER, skip=frozenset(("name",)))
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
            inner = self.shapes.keys(node, optional=("name", "data_centers", "answers", "formerly"))
            written = inner.get("answers")
            given = self._answers(written, Scope.SERVICE, overrides=True)
            used, reason = self._used_centers(inner, centers)
            if total <= MAX_USED < total + len(used):
                self.shapes.add("too-many", name, what=_USED, expected=str(MAX_USED))
            total += len(used)
            yield Service(
                id=name.text,
                name=self._name_by_role(Role.SERVICE_NAME, given, written, inner, Scope.SERVICE, name) or name.text,
                data_centers=used,
                no_data_center=reason,
                answers=given,
                formerly=self._formerly(inner),
                location=self.shapes.location(name),
            )

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
