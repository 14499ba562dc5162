"""The words of the field as frozen data: guideline, answer, disclosure, sheet, catalog.

No dict passes `load` but these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeAlias

from catalog.diagnostics import Location, Subject, Text

Json: TypeAlias = Any
"""What `json.dumps` writes as it is."""


class Level(StrEnum):
    REQUIRED = "required"
    OPTIONAL = "optional"


class Scope(StrEnum):
    PROVIDER = "provider"
    SERVICE = "service"
    DATA_CENTER = "data_center"


class Facet(StrEnum):
    """What buyers do with a field: pick among its answers, ask for at least or at most a value."""

    FILTER = "filter"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Role(StrEnum):
    """All that the engine knows of a field's meaning."""

    DISCLOSURE_DATE = "disclosure_date"
    PROVIDER_NAME = "provider_name"
    HOMEPAGE = "homepage"
    SERVICE_NAME = "service_name"
    SERVICE_TYPE = "service_type"
    REGION = "region"
    DATA_CENTER_NAME = "data_center_name"
    DATA_CENTER_COUNT = "data_center_count"
    CONTACT = "contact"


# --- guideline -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    id: str
    label: Text
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Asks:
    """What an answer must look like: an answer type's name and that type's options."""

    type: str
    choices: tuple[Choice, ...] = ()
    units: tuple[str, ...] = ()
    unit: str = ""
    precision: str = ""
    words: Mapping[str, Text] = field(default_factory=dict)
    multiple: bool = False
    detail: Detail | None = None
    parts: tuple[Part, ...] = ()
    max_length: int | None = None
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Detail:
    """What must follow the answer 有り."""

    prompt: Text
    asks: Asks
    example: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One of several small answers that count as one."""

    id: str
    label: Text
    asks: Asks
    hint: Text | None = None
    example: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One answer that is owed."""

    id: str
    level: Level
    prompt: Text
    asks: Asks
    title: Text
    hint: Text | None = None
    example: str = ""
    role: Role | None = None
    facet: Facet | None = None
    since: str = ""
    retired: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    number: str
    slug: str
    label: Text
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    title: Text
    items: tuple[Item, ...]
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: Text
    scope: Scope
    groups: tuple[Group, ...]
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Premise:
    id: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class Slot:
    """A field in its place."""

    section: Section
    group: Group
    item: Item
    field: Field

    @property
    def subject(self) -> Subject:
        """The item as messages name it; the field's own title where the item has several fields."""
        return Subject(self.item.number, self.field.title if len(self.item.fields) > 1 else self.item.label)


@dataclass(frozen=True)
class Guideline:
    """A versioned list of what a provider must disclose."""

    id: str
    version: str
    language: str
    title: Text
    short_title: Text
    publisher: Text
    levels: Mapping[Level, Text]
    sections: tuple[Section, ...]
    level_note: Text | None = None
    columns: Mapping[str, Text] = field(default_factory=dict)
    premises: tuple[Premise, ...] = ()
    notes: tuple[Text, ...] = ()
    source: str = ""
    validity_months: int | None = None
    expiry_notice_months: int = 4
    digest: str = ""
    """Of all the files it was read from."""

    @property
    def key(self) -> str:
        """`id@version`: what artifacts name as their input."""
        return f"{self.id}@{self.version}"

    @cached_property
    def all_slots(self) -> tuple[Slot, ...]:
        """Every field in its place, in the guideline's order, retired ones included."""
        return tuple(
            Slot(section, group, item, field)
            for section in self.sections
            for group in section.groups
            for item in group.items
            for field in item.fields
        )

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """The fields that are owed."""
        return tuple(slot for slot in self.all_slots if not slot.field.retired)

    @cached_property
    def by_section(self) -> tuple[tuple[Section, tuple[Slot, ...]], ...]:
        """The owed fields of each section."""
        return tuple((one, tuple(slot for slot in self.slots if slot.section is one)) for one in self.sections)

    @cached_property
    def by_field(self) -> Mapping[str, Slot]:
        return {slot.field.id: slot for slot in self.all_slots}

    @cached_property
    def by_role(self) -> Mapping[Role, Slot]:
        return {slot.field.role: slot for slot in self.slots if slot.field.role}

    @cached_property
    def scopes(self) -> Mapping[Scope, tuple[Slot, ...]]:
        """The owed fields of each scope."""
        return {scope: tuple(slot for slot in self.slots if slot.section.scope is scope) for scope in Scope}

    @cached_property
    def items(self) -> tuple[tuple[Section, Group, Item], ...]:
        return tuple(
            (section, group, item) for section in self.sections for group in section.groups for item in group.items
        )


# --- answers -------------------------------------------------------------------------------------------------------


class Status(StrEnum):
    DISCLOSED = "disclosed"
    PARTIAL = "partial"
    ON_REQUEST = "on_request"
    WITHHELD = "withheld"
    UNANSWERED = "unanswered"


class Kind(StrEnum):
    VALUE = "value"
    TEXT = "text"
    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Compare:
    """What sorting, facets, matching and differences read: a number with its unit, or a key."""

    number: float | int | None = None
    unit: str = ""
    key: str = ""

    def json(self) -> Json:
        return {"key": self.key} if self.number is None else {"number": self.number, "unit": self.unit}


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands at one field.

    `text` is the original wording (有り/無し … as the field's words); `detail` is what was added to 有り, or the reason
    of 非公開 and 該当なし, or how to get a 個別開示; `missing` names what a partial answer lacks.
    """

    status: Status
    kind: Kind | None = None
    text: str = ""
    value: Json = None
    compare: Compare | None = None
    detail: str = ""
    note: str = ""
    source: str = ""
    as_of: str = ""
    missing: tuple[Text, ...] = ()
    location: Location | None = field(default=None, compare=False)

    def at(self, location: Location) -> Answer:
        """The same answer at its place in a file (`dataclasses.replace` takes five times as long)."""
        said = (self.text, self.value, self.compare, self.detail, self.note, self.source, self.as_of, self.missing)
        return Answer(self.status, self.kind, *said, location)


UNANSWERED = Answer(Status.UNANSWERED)


# --- disclosures ---------------------------------------------------------------------------------------------------


class SubmittedBy(StrEnum):
    PROVIDER = "provider"
    THIRD_PARTY = "third_party"


class State(StrEnum):
    """Where a disclosure stands in its life, as of a day."""

    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    UNDATED = "undated"
    TRANSCRIBED = "transcribed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """掲載終了: since when, and why."""

    on: str
    reason: str


@dataclass(frozen=True, slots=True)
class DataCenter:
    id: str
    name: str
    answers: Mapping[str, Answer]
    location: Location


@dataclass(frozen=True, slots=True)
class Service:
    """`data_centers` are ids of the same disclosure; `no_data_center` is the reason why there is none."""

    id: str
    name: str
    data_centers: tuple[str, ...]
    no_data_center: str
    answers: Mapping[str, Answer]
    formerly: tuple[str, ...]
    location: Location


@dataclass(frozen=True)
class Disclosure:
    """One file: a provider's answers to one guideline."""

    path: str
    provider_id: str
    guideline: Guideline
    submitted_by: SubmittedBy
    name: str
    answers: Mapping[str, Answer]
    services: tuple[Service, ...]
    data_centers: tuple[DataCenter, ...]
    sample: bool = False
    reading: str = ""
    name_en: str = ""
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    disclosed_on: date | None = None
    expires_on: date | None = None
    transcribed_on: date | None = None
    withdrawn: Withdrawn | None = None
    digest: str = ""
    source: bytes = field(default=b"", repr=False, compare=False)
    """The file itself."""
    places: Mapping[str, Location] = field(default_factory=dict, compare=False)
    """Where the values of the file's own keys stand, for messages."""
    field_digests: Mapping[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What stands for the rows of each service, where it is remembered (`listing.field_digests`); a changed copy has
    none."""

    @property
    def by_third_party(self) -> bool:
        return self.submitted_by is SubmittedBy.THIRD_PARTY

    @cached_property
    def data_center(self) -> Mapping[str, DataCenter]:
        return {center.id: center for center in self.data_centers}


@dataclass(frozen=True, slots=True)
class Row:
    """One owed answer of a sheet.

    `data_center` is None outside that scope, and for the blank block of a service that names none.
    """

    slot: Slot
    answer: Answer
    data_center: DataCenter | None = None
    overridden: bool = False

    @property
    def anchor(self) -> str:
        """The fragment of the row on its sheet."""
        return f"{self.data_center.id}--{self.slot.field.id}" if self.data_center else self.slot.field.id


def rows_of(slots: Iterable[Slot], answers: Mapping[str, Answer], center: DataCenter | None = None) -> Iterator[Row]:
    """A row for each field, with its answer if there is one."""
    for slot in slots:
        yield Row(slot, answers.get(slot.field.id, UNANSWERED), center)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of the owed rows stand in which status."""

    owed: int = 0
    disclosed: int = 0
    partial: int = 0
    on_request: int = 0
    withheld: int = 0
    unanswered: int = 0

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means that nothing is missing; 100 where nothing is owed."""
        return self.disclosed * 100 // self.owed if self.owed else 100


@dataclass(frozen=True, slots=True)
class Completeness:
    required: Tally
    optional: Tally


@dataclass(frozen=True)
class Sheet:
    """Everything that applies to one service: the unit of disclosure, of comparison and of the badge."""

    disclosure: Disclosure
    service: Service
    state: State
    completeness: Completeness | None
    """None for third-party transcriptions and withdrawn entries: a company that submitted nothing is not incomplete."""

    @property
    def provider_id(self) -> str:
        return self.disclosure.provider_id

    @property
    def guideline(self) -> Guideline:
        return self.disclosure.guideline

    @property
    def path(self) -> str:
        """`provider/service`: its address in URLs and lists."""
        return f"{self.provider_id}/{self.service.id}"

    @property
    def data_centers(self) -> tuple[DataCenter, ...]:
        return tuple(self.disclosure.data_center[id] for id in self.service.data_centers)

    @property
    def counted(self) -> bool:
        """Whether lists' counts, rankings and statistics may count it."""
        return not self.disclosure.sample and self.completeness is not None

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """What the sheet owes, in the guideline's order; one data centre after the other."""
        sections = self.guideline.by_section
        return tuple(row for section, slots in sections for row in self.rows_at(section.scope, slots))

    @property
    def row_count(self) -> int:
        """How many rows there are, without making them."""
        sizes = {scope: len(slots) for scope, slots in self.guideline.scopes.items()}
        blocks = len(self.service.data_centers) or (0 if self.service.no_data_center else 1)
        return sizes[Scope.PROVIDER] + sizes[Scope.SERVICE] + sizes[Scope.DATA_CENTER] * blocks

    def rows_at(self, scope: Scope, slots: Sequence[Slot]) -> Iterator[Row]:
        """The rows of some fields of one section, which has this scope."""
        own, given = self.disclosure.answers, self.service.answers
        if scope is Scope.PROVIDER:
            for slot in slots:
                name = slot.field.id
                overridden = name in given
                yield Row(slot, (given if overridden else own).get(name, UNANSWERED), overridden=overridden)
        elif scope is Scope.SERVICE:
            yield from rows_of(slots, given)
        elif self.service.data_centers:
            for center in self.data_centers:
                yield from rows_of(slots, center.answers, center)
        elif not self.service.no_data_center:
            yield from rows_of(slots, {})

    def section_rows(self, section: Section) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.slot.section is section)

    @cached_property
    def rows_by_field(self) -> Mapping[str, Sequence[Row]]:
        """By the field's id; several rows where a field is asked per data centre."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.slot.field.id, []).append(row)
        return found

    @cached_property
    def by_role(self) -> Mapping[Role, tuple[Answer, ...]]:
        """The answers that carry a role (several for one that is asked per data centre)."""
        found: dict[Role, tuple[Answer, ...]] = {}
        for slot in self.guideline.slots:
            if role := slot.field.role:
                answers = (row.answer for row in self.rows_at(slot.section.scope, (slot,)))
                found[role] = (*found.get(role, ()), *answers)
        return found


@dataclass(frozen=True)
class Provider:
    """A company with all its disclosures and sheets."""

    id: str
    disclosures: tuple[Disclosure, ...]
    sheets: tuple[Sheet, ...]
    completeness: Mapping[str, Completeness | None]
    """By guideline key: provider's fields, each service and each data centre once."""
    states: Mapping[str, State]
    """By guideline key."""

    @property
    def main(self) -> Disclosure:
        """The disclosure that names the company."""
        return self.disclosures[0]

    @property
    def name(self) -> str:
        return self.main.name

    @property
    def formerly(self) -> tuple[str, ...]:
        return tuple(old for disclosure in self.disclosures for old in disclosure.formerly)

    def former_paths(self) -> Iterator[tuple[str, str]]:
        """(former path, present path) of the provider and of each of its services, by every former id."""
        for old in self.formerly:
            yield old, self.id
        for sheet in self.sheets:
            for owner in (self.id, *self.formerly):
                for name in (sheet.service.id, *sheet.service.formerly):
                    if f"{owner}/{name}" != sheet.path:
                        yield f"{owner}/{name}", sheet.path

    def sheet_paths(self) -> Iterator[tuple[str, Sheet]]:
        """(path, sheet) at every path that a sheet has, then at every one that it had."""
        present = {sheet.path: sheet for sheet in self.sheets}
        yield from present.items()
        yield from ((old, present[new]) for old, new in self.former_paths() if new in present)


# --- requirements --------------------------------------------------------------------------------------------------


class Test(StrEnum):
    """What a buyer may ask of an answer."""

    __test__ = False
    YES = "yes"
    NO = "no"
    ANSWERED = "answered"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    IN = "in"
    CONTAINS = "contains"


class Weight(StrEnum):
    """必須とする, できれば: how much a requirement means to the buyer (not the guideline's level)."""

    MUST = "must"
    SHOULD = "should"


@dataclass(frozen=True, slots=True)
class Condition:
    """`number` is a decimal as written, in `unit` (of `conditions.UNITS`; "" for the field's own); `values` are places
    or choices, of which one is enough; `text` is what an answer has to contain."""

    test: Test
    number: str = ""
    unit: str = ""
    values: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    field: str
    weight: Weight
    condition: Condition


@dataclass(frozen=True)
class Profile:
    """A set of requirements to begin with: `content/profiles/<id>.yaml`."""

    id: str
    title: Text
    about: Text
    guideline: Guideline
    requirements: tuple[Requirement, ...]
    digest: str = ""


# --- catalog -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose catalog it is: a name beside the sign, a colour `#rrggbb`, a line of one's own at the foot of each page."""

    name: Text | None = None
    color: str = ""
    footer: Text | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """`content/catalog.yaml`."""

    title: Text
    description: Text
    languages: tuple[str, ...] = ("ja",)
    base_url: str = ""
    repository: str = ""
    branch: str = "main"
    """Of the repository: what the site is published from."""
    contact: str = ""
    operator: str = ""
    content_licence: str = ""
    samples: bool = True
    brand: Brand = Brand()
    offline_zip: bool = False
    """Whether the site offers a copy of itself to take along."""
    digest: str = ""

    @property
    def language(self) -> str:
        """The language that stands at `/`."""
        return self.languages[0]


@dataclass(frozen=True, slots=True)
class Prose:
    """A page of prose: `content/pages/<slug>.<language>.md`."""

    slug: str
    language: str
    title: str
    markdown: str
    path: str
    digest: str


@dataclass(frozen=True)
class Catalog:
    """All guidelines, all disclosures, their sheets, as of a day."""

    settings: Settings
    guidelines: tuple[Guideline, ...]
    providers: tuple[Provider, ...]
    prose: tuple[Prose, ...]
    today: date
    profiles: tuple[Profile, ...] = ()

    @property
    def sheets(self) -> Iterator[Sheet]:
        return (sheet for provider in self.providers for sheet in provider.sheets)

    @property
    def shown_sheets(self) -> Iterator[Sheet]:
        """Every sheet that is not withdrawn."""
        return (sheet for sheet in self.sheets if sheet.state is not State.WITHDRAWN)

    @cached_property
    def listed(self) -> tuple[Sheet, ...]:
        """Every sheet that is not withdrawn: providers' own first, then transcriptions, samples last."""

        def place(sheet: Sheet) -> tuple[bool, bool, str]:
            return sheet.disclosure.sample, sheet.disclosure.by_third_party, sheet.path

        return tuple(sorted(self.shown_sheets, key=place))

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each sheet stands among those that are listed, by path; withdrawn ones come after them."""
        paths = dict.fromkeys(one.path for one in (*self.listed, *self.sheets))
        return {path: place for place, path in enumerate(paths)}

    @cached_property
    def newest(self) -> tuple[Guideline, ...]:
        """The newest version of each guideline, in the order of ids."""
        by_id = {guideline.id: guideline for guideline in self.guidelines}
        return tuple(by_id.values())
