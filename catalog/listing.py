"""What the catalog lists: sheets in the order of every list, and items with the answers of everybody."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property

from catalog.model import Catalog, Disclosure, Field, Group, Guideline, Item, Role, Row, Section, Sheet, Slot, State

PER_PAGE = 100
"""Services on one page of a list."""
SIDE_BY_SIDE = 6
"""Services on one page of a comparison table."""

ITEM = "item:"
"""How the names of inputs begin that stand for an item with all answers to it."""


def page_count(sheets: int, per_page: int = PER_PAGE) -> int:
    """How many pages a list of so many sheets takes; an empty one takes a page too."""
    return max(1, -(-sheets // per_page))


def paged(sheets: Sequence[Sheet], per_page: int = PER_PAGE) -> list[Sequence[Sheet]]:
    count = page_count(len(sheets), per_page)
    return [sheets[number * per_page : (number + 1) * per_page] for number in range(count)]


@dataclass(frozen=True, eq=False)
class Listing:
    """The sheets of all versions of one guideline, in the order of every list, and their rows by field."""

    catalog: Catalog
    newest: Guideline

    @cached_property
    def sheets(self) -> list[Sheet]:
        return [sheet for sheet in self.catalog.listed if sheet.guideline.id == self.newest.id]

    @cached_property
    def items(self) -> list[ListedItem]:
        """The items of a guideline, then those that only its older versions have: their addresses keep working."""
        versions = [one for one in reversed(self.catalog.guidelines) if one.id == self.newest.id]
        found: dict[str, ListedItem] = {}
        for version in versions:
            for section, group, item in version.items:
                found.setdefault(item.slug, ListedItem(self, version, section, group, item))
        return list(found.values())

    @property
    def row_count(self) -> int:
        """How many rows all the sheets owe."""
        return sum(sheet.row_count for sheet in self.sheets)


@dataclass(frozen=True, eq=False)
class ListedItem:
    """One item, and what every sheet answers to it. `guideline` is the newest version that has the item."""

    listing: Listing
    guideline: Guideline
    section: Section
    group: Group
    item: Item

    @property
    def input(self) -> str:
        """The name of the input that stands for all that is shown of the item."""
        return f"{ITEM}{self.listing.newest.id}/{self.item.slug}"

    @property
    def is_newest(self) -> bool:
        return self.guideline is self.listing.newest

    @cached_property
    def fields(self) -> list[Field]:
        """Those that somebody owes: retired ones only where a sheet of an older version still does."""
        asked = [field for field in self.item.fields if not field.retired or self._is_owed(field)]
        return asked or list(self.item.fields)

    def _is_owed(self, field: Field) -> bool:
        return any(field.id in sheet.rows_by_field for sheet in self.listing.sheets)

    def rows_of(self, sheet: Sheet) -> list[Sequence[Row]]:
        """The rows of a sheet, one sequence a field."""
        return [sheet.rows_by_field.get(field.id, ()) for field in self.fields]

    def rows(self) -> Iterator[tuple[Sheet, Row]]:
        """All rows of all sheets, in the order of the list."""
        for sheet in self.listing.sheets:
            for rows in self.rows_of(sheet):
                for row in rows:
                    yield sheet, row


def listings(catalog: Catalog) -> list[Listing]:
    return [Listing(catalog, guideline) for guideline in catalog.newest]


# --- which rows a section has ---


@dataclass(frozen=True, slots=True)
class SectionTable:
    """A section's rows by group, of all versions of a guideline: an address that was published keeps working.

    What only an older version asks comes after the rest. `guideline` is the newest version that has the section.
    """

    guideline: Guideline
    section: Section
    groups: tuple[tuple[Group, tuple[Slot, ...]], ...]


def section_tables(catalog: Catalog, newest: Guideline) -> list[SectionTable]:
    versions = [one for one in reversed(catalog.guidelines) if one.id == newest.id]
    seen: set[str] = set()
    first: dict[str, tuple[Guideline, Section]] = {}
    groups: dict[str, list[tuple[Group, tuple[Slot, ...]]]] = {}
    for version in versions:
        for section in version.sections:
            first.setdefault(section.id, (version, section))
            for group in section.groups:
                slots = tuple(
                    Slot(section, group, item, field)
                    for item in group.items
                    for field in item.fields
                    if field.id not in seen
                )
                if slots:
                    groups.setdefault(section.id, []).append((group, slots))
        seen |= {slot.field.id for slot in version.all_slots}
    return [SectionTable(*first[name], tuple(groups.get(name, ()))) for name in first]


# --- digests: equal ones, equal pages ---


def list_digest(catalog: Catalog) -> str:
    """Of all that the list of services, on whatever page of it, shows of them and of providers without any."""
    digest = hashlib.sha256()
    for provider in catalog.providers:
        said = (provider.id, provider.name, *provider.states.values(), *(one.path for one in provider.sheets))
        digest.update(json.dumps(said).encode())
        if not provider.sheets:  # one of its disclosures stands for it
            digest.update("".join(one.digest for one in provider.disclosures).encode())
        for sheet in provider.sheets:
            figures = astuple(sheet.completeness) if sheet.completeness else None
            digest.update(_head(sheet) + json.dumps(figures).encode())
            if slot := sheet.guideline.by_role.get(Role.SERVICE_TYPE):
                for row in sheet.rows_at(slot.section.scope, (slot,)):
                    digest.update(_said(row))
            digest.update(str(sheet.row_count).encode())
    return digest.hexdigest()


def item_digests(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """(input, digest) of every item: of all that its pages and files show of the sheets."""
    for listing in listings(catalog):
        said = [(_head(sheet), _digested(sheet)) for sheet in listing.sheets]
        for one in listing.items:
            digest = hashlib.sha256()
            for head, by_field in said:
                digest.update(head)
                for field in one.fields:
                    digest.update(by_field.get(field.id, b""))
            yield one.input, digest.hexdigest()


def _digested(sheet: Sheet) -> Mapping[str, bytes]:
    """By field, what stands for its rows."""
    known = sheet.disclosure.field_digests.get(sheet.service.id) or _of_fields(sheet)
    pieces = (known[start : start + _DIGITS].encode() for start in range(0, len(known), _DIGITS))
    return dict(zip((slot.field.id for slot in sheet.guideline.slots), pieces, strict=True))


def field_digests(disclosure: Disclosure) -> dict[str, str]:
    """By service, digests of the rows of each field of the guideline, in its order, one behind the other."""
    return {one.id: _of_fields(Sheet(disclosure, one, State.UNDATED, None)) for one in disclosure.services}


_DIGITS = 24


def _of_fields(sheet: Sheet) -> str:
    rows = sheet.rows_by_field
    return "".join(
        hashlib.blake2b(b"".join(map(_said, rows.get(slot.field.id, ()))), digest_size=_DIGITS // 2).hexdigest()
        for slot in sheet.guideline.slots
    )


def _said(row: Row) -> bytes:
    """All that a row says, but the place where its answer was written."""
    answer, center = row.answer, row.data_center
    said = (
        *(row.slot.field.id, center and [center.id, center.name], row.overridden),
        *(answer.status, answer.kind, answer.text, answer.value, answer.detail, answer.note),
        *(answer.source, answer.as_of, [dict(text) for text in answer.missing]),
        answer.compare.json() if answer.compare else None,
    )
    return json.dumps(said).encode()


def _head(sheet: Sheet) -> bytes:
    """What a list says about a sheet, whatever the item."""
    one = sheet.disclosure
    said = (
        *(sheet.path, sheet.service.name, one.name, one.name_en, one.reading, sheet.state),
        *(
            one.submitted_by,
            one.sample,
            sheet.counted,
            str(one.disclosed_on),
            str(one.expires_on),
            str(one.transcribed_on),
        ),
        *(sheet.service.no_data_center, sheet.guideline.key, sheet.guideline.digest),
    )
    return json.dumps(said).encode()
