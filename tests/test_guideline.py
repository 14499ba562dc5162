"""The ministry's guideline: its counts, and that every cell of the printed table is carried, in its order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from catalog import answers
from catalog.answers import Problem
from catalog.completeness import sheet_of
from catalog.diagnostics import Location, Report
from catalog.load.guidelines import load_guidelines
from catalog.model import (
    Asks,
    DataCenter,
    Disclosure,
    Guideline,
    Item,
    Level,
    Role,
    Scope,
    Service,
    SubmittedBy,
)
from catalog.source import ParseCache

ROOT = Path(__file__).resolve().parent.parent
SOURCE = (Path(__file__).resolve().parent / "data" / "guideline-source.txt").read_text(encoding="utf-8")
LEVELS = {"必須": Level.REQUIRED, "選択": Level.OPTIONAL}
UNPRINTED = {"50", "51", "52", "54", "55", "56", "57"}


@cache
def loaded() -> tuple[Guideline, Report]:
    report = Report()
    (guideline,) = load_guidelines(ROOT, ParseCache(None, ""), report)
    return guideline, report


@pytest.fixture
def guideline() -> Guideline:
    return loaded()[0]


def bare(text: str) -> str:
    """Without white space: the line wraps of the printed table left some inside words."""
    return re.sub(r"\s", "", text)


# --- counts ---


def test_it_is_valid_and_completely_translated() -> None:
    assert loaded()[1].diagnostics == []


def test_items_are_numbered_from_1_to_129_without_a_gap(guideline: Guideline) -> None:
    assert [item.number for _, _, item in guideline.items] == [str(number) for number in range(1, 130)]


def test_there_are_163_fields_of_which_136_are_required(guideline: Guideline) -> None:
    assert len(guideline.slots) == len(guideline.all_slots) == 163
    assert Counter(slot.field.level for slot in guideline.slots) == {Level.REQUIRED: 136, Level.OPTIONAL: 27}


def test_items_are_required_optional_or_mixed(guideline: Guideline) -> None:
    kinds = {item.number: frozenset(field.level for field in item.fields) for _, _, item in guideline.items}
    assert Counter(kinds.values()) == {
        frozenset({Level.REQUIRED}): 105,
        frozenset({Level.OPTIONAL}): 22,
        frozenset(Level): 2,
    }
    assert [number for number, levels in kinds.items() if len(levels) == 2] == ["6", "110"]


def test_fields_belong_to_providers_services_and_data_centers(guideline: Guideline) -> None:
    assert {scope: len(slots) for scope, slots in guideline.scopes.items()} == {
        Scope.PROVIDER: 43,
        Scope.SERVICE: 99,
        Scope.DATA_CENTER: 21,
    }
    scopes = {int(item.number): section.scope for section, _, item in guideline.items}
    for number, scope in scopes.items():
        expected = Scope.PROVIDER if number <= 33 else Scope.DATA_CENTER if 107 <= number <= 122 else Scope.SERVICE
        assert scope is expected, number


def test_items_with_several_fields_are_those_whose_cells_join_questions(guideline: Guideline) -> None:
    several = {int(item.number): len(item.fields) for _, _, item in guideline.items if len(item.fields) > 1}
    three = {28, 61, 66, 69, 76, 83, 84, 120}
    two = {2, 4, 6, 22, 24, 30, 32, 33, 35, 38, 62, 65, 110, 111, 121, 124, 125, 126}
    assert several == dict.fromkeys(three, 3) | dict.fromkeys(two, 2)


def test_sections_stand_in_the_printed_order(guideline: Guideline) -> None:
    begins = {section.title["ja"]: section.groups[0].items[0].number for section in guideline.sections}
    assert begins == {
        "開示情報の時点": "1",
        "事業所・事業": "2",
        "人材": "6",
        "財務状況": "9",
        "資本関係・所属団体": "18",
        "コンプライアンス": "20",
        "センターサービス": "34",
        "端末サービス": "69",
        "サービス共通事項": "81",
        "システム運用(システム基盤運用、セキュリティ等)": "90",
        "ハウジング(サーバ設置場所)": "107",
        "サービスサポート": "123",
    }


def test_groups_begin_where_the_merged_cells_began(guideline: Guideline) -> None:
    begins = [int(group.items[0].number) for section in guideline.sections for group in section.groups]
    assert begins == [
        *(1, 2, 4, 5, 6, 7, 8, 9, 15, 16, 18, 19, 20, 23, 24, 25, 27, 29, 34, 40, 46, 48, 49, 53, 58, 61, 69, 76),
        *(81, 83, 84, 87, 88, 90, 93, 100, 107, 110, 111, 112, 115, 117, 119, 120, 123, 126),
    ]
    assert [group.items[0].number for section in guideline.sections for group in section.groups if group.ours] == [
        "34",
        "40",
    ]


@pytest.mark.parametrize("centers", range(4))
def test_a_sheet_owes_more_with_every_data_center(guideline: Guideline, centers: int) -> None:
    here = Location("content/providers/kaku.yaml")
    names = tuple(f"dc{number}" for number in range(centers))
    service = Service("cloud", "架空", names, "" if centers else "自社で持たない", {}, (), here)
    disclosure = Disclosure(
        path=here.path,
        provider_id="kaku",
        guideline=guideline,
        submitted_by=SubmittedBy.PROVIDER,
        name="架空",
        answers={},
        services=(service,),
        data_centers=tuple(DataCenter(name, name, {}, here) for name in names),
    )
    completeness = sheet_of(disclosure, service, date(2026, 11, 23)).completeness
    assert completeness
    assert completeness.required.owed == 119 + 17 * centers
    assert completeness.optional.owed == 23 + 4 * centers


# --- the printed text ---


def rows() -> Iterator[list[str]]:
    """The table's rows as cells without white space, but for the heading and the footnotes."""
    for line in SOURCE.splitlines():
        cells = [cell for cell in map(bare, line.split("\t")) if cell]
        if "\t" in line and cells and not cells[0].startswith("【"):
            yield cells


def blocks(guideline: Guideline) -> Iterator[tuple[tuple[Item, ...], list[list[str]]]]:
    """The items with the rows from a printed number to the next one; an item without a number joins the one before."""
    all_items = [item for _, _, item in guideline.items]
    printed = [index for index, item in enumerate(all_items) if item.number not in UNPRINTED]
    titles = section_titles(guideline)
    table = [cells for cells in rows() if cells not in titles]
    starts = [index for index, cells in enumerate(table) if cells[0].isdigit()]
    assert [table[index][0] for index in starts] == [all_items[index].number for index in printed]
    assert len(starts) == 122
    for (first, after), (begin, end) in zip(pairwise([*printed, None]), pairwise([*starts, None]), strict=True):
        yield tuple(all_items[first:after]), table[begin:end]


def section_titles(guideline: Guideline) -> list[list[str]]:
    return [
        [bare(section.title["ja"] + (section.note["ja"] if section.note else ""))] for section in guideline.sections
    ]


def test_every_section_heading_is_carried_in_order(guideline: Guideline) -> None:
    titles = section_titles(guideline)
    printed = [cells for cells in rows() if cells in titles]
    assert printed == titles[1:]  # the first one has no heading of its own


def test_every_cell_is_carried_at_its_item(guideline: Guideline) -> None:
    groups = {bare(group.title["ja"]) for section in guideline.sections for group in section.groups if not group.ours}
    seen: set[str] = set()
    for items, table in blocks(guideline):
        prompts = [bare(field.prompt["ja"]) for item in items for field in item.fields]
        joined = {first + second for first, second in pairwise(prompts)}
        known = {*prompts, *joined, *(bare(item.label["ja"]) for item in items), *LEVELS, items[0].number}
        for cells in table:
            assert {cell for cell in cells if cell not in known} <= groups, (items[0].number, cells)
            seen.update(cell for cell in cells if cell in groups)
    assert groups - seen == set()


def test_every_label_and_wording_is_printed_at_its_item_in_order(guideline: Guideline) -> None:
    for items, table in blocks(guideline):
        text = "".join(cell for cells in table for cell in cells)
        cursor = 0
        for item in items:
            assert bare(item.label["ja"]) in text, item.number
            for field in item.fields:
                cursor = text.find(bare(field.prompt["ja"]), cursor)
                assert cursor >= 0, (item.number, field.id)


def test_levels_are_those_printed(guideline: Guideline) -> None:
    for items, table in blocks(guideline):
        printed = {LEVELS[cell] for cells in table for cell in cells if cell in LEVELS}
        assert printed == {field.level for item in items for field in item.fields}, items[0].number


def test_what_stands_around_the_table_is_carried(guideline: Guideline) -> None:
    level_note = guideline.level_note
    assert level_note
    carried = [
        guideline.title["ja"],
        level_note["ja"],
        *(guideline.columns[name]["ja"] for name in ("item", "field", "level")),
        *(premise.title["ja"] for premise in guideline.premises),
        *(part for premise in guideline.premises for part in premise.text["ja"].split("\n\n")),
    ]
    around = [line for line in SOURCE.splitlines() if line.strip() and ("\t" not in line or line.startswith("【"))]
    printed = {bare(cell).lstrip("#") for line in around for cell in line.split("\t")} - {""}
    sections = {title for (title,) in section_titles(guideline)}
    assert printed - sections == {bare(text) for text in carried}
    assert [guideline.levels[level]["ja"] for level in Level] == ["必須", "選択"]


# --- what we added ---


def texts(value: Any) -> Iterator[dict[str, str]]:
    """Every text of a definition in its languages."""
    if isinstance(value, dict) and "ja" in value:
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts(inner)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))


def test_every_text_is_also_in_english(guideline: Guideline) -> None:
    found = list(texts(guideline))
    assert len(found) > 700
    assert [text for text in found if not text.get("en")] == []
    assert [text["en"] for text in found if text["en"] == text["ja"] and re.search("[ぁ-ん]", text["ja"])] == []


def all_asks(guideline: Guideline) -> Iterator[tuple[str, str, Asks]]:
    """Every example with the place it stands at and what it must be."""
    for slot in guideline.all_slots:
        yield slot.field.id, slot.field.example, slot.field.asks
        if detail := slot.field.asks.detail:
            yield f"{slot.field.id}.detail", detail.example, detail.asks
        for part in slot.field.asks.parts:
            yield f"{slot.field.id}.{part.id}", part.example, part.asks


def test_every_example_is_an_answer(guideline: Guideline) -> None:
    for name, example, asks in all_asks(guideline):
        if asks.type != "parts":
            assert example, name
            assert not isinstance(answers.parse(example, asks), Problem), name


def test_every_field_has_a_hint_and_a_self_explaining_id(guideline: Guideline) -> None:
    for slot in guideline.slots:
        assert slot.field.hint, slot.field.id
        assert not re.search(r"\d|^(item|field|q)_", slot.field.id), slot.field.id
    assert len({slot.field.id for slot in guideline.all_slots}) == 163


def test_a_field_that_asks_for_more_when_it_is_so_has_a_detail(guideline: Guideline) -> None:
    for slot in guideline.slots:
        asked = re.search("「有り」の場合|可能な場合の条件|対策がある場合", slot.field.prompt["ja"])
        if asked and slot.field.asks.type == "yes_no":
            assert slot.field.asks.detail, slot.field.id


def test_every_role_is_given_once(guideline: Guideline) -> None:
    assert Counter(slot.field.role for slot in guideline.slots if slot.field.role) == dict.fromkeys(Role, 1)


def test_what_buyers_pick_and_rank_by_is_marked(guideline: Guideline) -> None:
    marked = {slot.item.number for slot in guideline.slots if slot.field.facet}
    assert {"36", "61", "63", "66", "68", "84", "88", "112", "114", "124"} <= marked
