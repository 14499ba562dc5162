"""`/match/`: services against a buyer's requirements. `/match/<profile>/` shows what a ready-made profile finds.

The script of the page judges as `catalog.matching` does, which these pages are rendered from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from urllib.parse import quote

from catalog import answers
from catalog.answers import conditions, place
from catalog.artifacts import Artifact
from catalog.matching import Absence, Finding, Standing, Verdict, match
from catalog.messages import Messages
from catalog.model import (
    Answer,
    Asks,
    Catalog,
    Condition,
    Field,
    Kind,
    Profile,
    Requirement,
    Row,
    Sheet,
    Slot,
    State,
    Status,
    Test,
    Weight,
)
from catalog.pages.context import Content, page_artifact
from catalog.pages.edition import Edition, Page, item_address, section_anchor, sheet_address

PER_PAGE = 100
WIDEST = 12
"""How many requirements stand side by side on paper."""
LONGEST = 120
"""Of an answer that is quoted in the table, in characters; the row that it links to has all of it."""
ADDRESS = "match/"


def profile_address(profile: Profile, number: int = 1) -> str:
    """The result of a ready-made profile; from the second page on with its number."""
    return f"{ADDRESS}{profile.id}/" if number == 1 else f"{ADDRESS}{profile.id}/{number}/"


def artifacts(edition: Edition) -> Iterator[Artifact]:
    letters = sorted({f"messages:{guideline.language}" for guideline in edition.catalog.newest} & _messages(edition))
    yield page_artifact(
        page := edition.page(ADDRESS), "match", ("profiles", "guidelines", *letters), partial(_content, edition, page)
    )
    for profile in edition.catalog.profiles:
        result = Result(edition, profile, matched(edition.catalog, profile))
        for number in range(1, _pages(edition.catalog, profile) + 1):
            page = edition.page(profile_address(profile, number))
            inputs = ("profiles", "providers", "guidelines")
            yield page_artifact(page, "match_profile", inputs, partial(result.content, page, number))


def _messages(edition: Edition) -> set[str]:
    return {f"messages:{language}" for language in edition.languages}


def _pages(catalog: Catalog, profile: Profile) -> int:
    return max(1, -(-len(matched(catalog, profile)) // PER_PAGE))


def matched(catalog: Catalog, profile: Profile) -> list[Sheet]:
    """The sheets that a profile is held against."""
    return [sheet for sheet in catalog.shown_sheets if sheet.guideline.id == profile.guideline.id]


# --- the page that is worked with ------------------------------------------------------------------------------------


def _content(edition: Edition, page: Page) -> Content:
    t = edition.messages
    profiles = [
        {
            "profile": profile,
            "url": page.url(profile_address(profile)),
            "fragment": fragment(profile, t),
            "must": _weighing(profile, Weight.MUST),
            "should": _weighing(profile, Weight.SHOULD),
        }
        for profile in edition.catalog.profiles
    ]
    guidelines = [{"id": one.id, "title": t.of(one.short_title)} for one in edition.catalog.newest]
    return Content(
        t("match.title"),
        t("match.description"),
        {
            "profiles": profiles,
            "own_guidelines": guidelines,
            "places": place.names(edition.language),
            "words": _words(t),
            "letters": {one.id: _letter(edition, page, one.language) for one in edition.catalog.newest},
            "marks": MARKS,
        },
    )


MARKS = (
    *(verdict.value for verdict in Verdict),
    *("yes", "no", "not_applicable", "withheld", "on_request", "unanswered", "partial"),
    *(state.value for state in State),
    "sample",
)


def _words(t: Messages) -> Mapping[str, str]:
    """What the script says, by key below `match.`; words of answers and states by their own."""
    own = {key.removeprefix("match."): words for key, words in t.words.items() if key.startswith("match.")}
    shared = ("status.", "mark.", "state.", "date.", "level.", "list.separator", "tray.")
    return own | {key: words for key, words in t.words.items() if key.startswith(shared)}


def _letter(edition: Edition, page: Page, language: str) -> Mapping[str, str]:
    """The words of the letter in the guideline's language, which its providers answer in, where the site has them."""
    t = edition.languages.get(language, edition.messages)
    words = {key.removeprefix("match.letter_body."): t(key) for key in t.words if key.startswith("match.letter_body.")}
    states = {key: t(key) for key in t.words if key.startswith(("status.", "mark."))}
    site = page.site + edition.prefix_of(t.language)
    return {"language": t.language, "separator": t("list.separator"), "site": site, **states, **words}


def fragment(profile: Profile, t: Messages) -> str:
    """The profile as it stands in the address of the page; `match/profile.js` reads and writes the same."""
    title = t.of(profile.title)
    parts = [f"g={_quoted(profile.guideline.id)}", *([f"t={_quoted(title)}"] if title else [])]
    parts += [f"{one.weight}={_in_address(one)}" for one in profile.requirements]
    return "#" + "&".join(parts)


def _in_address(requirement: Requirement) -> str:
    condition = requirement.condition
    values = {
        Test.AT_LEAST: [condition.number, condition.unit],
        Test.AT_MOST: [condition.number, condition.unit],
        Test.IN: [",".join(_quoted(value) for value in condition.values)],
        Test.CONTAINS: [_quoted(condition.text)],
    }.get(condition.test, [])
    return ":".join([requirement.field, condition.test.value, *(value for value in values if value)])


def _quoted(text: str) -> str:
    """As JavaScript's encodeURIComponent."""
    return quote(text, safe="!~*'()")


def _weighing(profile: Profile, weight: Weight) -> int:
    return sum(one.weight is weight for one in profile.requirements)


# --- requirements and answers in words -------------------------------------------------------------------------------


def condition_words(t: Messages, condition: Condition, field: Field) -> str:
    """`10分以上`, `日本にある`; `match/words.js` says the same."""
    match condition.test:
        case Test.YES | Test.NO:
            return t(f"match.condition.{condition.test}", **yes_and_no(t, field.asks))
        case Test.AT_LEAST | Test.AT_MOST:
            return t(f"match.condition.{condition.test}", value=_amount(t, condition, field.asks))
        case Test.IN:
            own = conditions.compared(field.asks)
            kind = "in_place" if own.type == "place" else "in_choice"
            return t(f"match.condition.{kind}", values=_any_of(t, _labels(t, condition.values, own)))
        case Test.CONTAINS:
            return t("match.condition.contains", text=condition.text)
        case Test.ANSWERED:
            return t("match.condition.answered")


def yes_and_no(t: Messages, asks: Asks) -> dict[str, str]:
    """The field's words for 有り and 無し."""
    own = asks if asks.type == "yes_no" else Asks("yes_no")
    return {word: answers.text(word, own, t.language) for word in ("yes", "no")}


def _amount(t: Messages, condition: Condition, asks: Asks) -> str:
    unit = condition.unit or conditions.own_unit(asks)
    key = f"match.units.{unit}" if condition.unit else f"match.own_units.{unit}"
    return t("match.condition.amount", number=condition.number, unit=t(key) if key in t.words else unit).strip()


def _labels(t: Messages, values: Sequence[str], own: Asks) -> list[str]:
    if own.type == "place":
        names = place.names(t.language)
        return [names[value] for value in values]
    labels = {choice.id: t.of(choice.label) for choice in own.choices}
    return [labels[value] for value in values]


def _any_of(t: Messages, names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return t("match.condition.any", values=t("match.condition.or").join(names))


@dataclass(frozen=True, slots=True)
class Quoted:
    """An answer in a line: the mark and word of its status or kind, and what was written."""

    mark: str
    word: str
    text: str
    partial: bool


def quoted(t: Messages, answer: Answer, asks: Asks, *, third_party: bool) -> Quoted:
    """`match/words.js` says the same."""
    partly = answer.status is Status.PARTIAL
    if answer.status in (Status.WITHHELD, Status.ON_REQUEST, Status.UNANSWERED):
        missing = third_party and answer.status is Status.UNANSWERED
        word = t("status.not_transcribed" if missing else f"status.{answer.status}")
        return Quoted(answer.status.value, word, shortened(answer.detail), partial=False)
    if answer.kind is Kind.NOT_APPLICABLE:
        return Quoted("not_applicable", t("mark.not_applicable"), shortened(answer.detail), partly)
    if answer.kind in (Kind.YES, Kind.NO):
        kind = answer.kind.value
        word = yes_and_no(t, asks)[kind] if asks.type == "yes_no" else t(f"mark.{kind}")
        return Quoted(kind, word, shortened(answer.detail), partly)
    text = answer.text
    if answer.kind is Kind.VALUE and asks.choices and answer.compare:
        text = t("list.separator").join(_labels(t, answer.compare.key.split(" "), asks))
    return Quoted("", "", shortened(text), partly)


def shortened(text: str) -> str:
    """In one line, and not longer than a table bears."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[:LONGEST] + "…"


# --- the result of a ready-made profile ------------------------------------------------------------------------------


class Result:
    """A profile held against sheets, in one language."""

    def __init__(self, edition: Edition, profile: Profile, sheets: Sequence[Sheet]) -> None:
        self.edition = edition
        self.profile = profile
        self.sheets = sheets

    @cached_property
    def standings(self) -> list[Standing]:
        return match(self.profile, self.sheets)

    @property
    def real(self) -> list[Standing]:
        return [one for one in self.standings if not one.sheet.disclosure.sample]

    def content(self, page: Page, number: int) -> Content:
        t = self.edition.messages
        title = t.of(self.profile.title)
        last = max(1, -(-len(self.sheets) // PER_PAGE))
        shown = self.standings[(number - 1) * PER_PAGE : number * PER_PAGE]
        named = t("match.result_of", title=title)
        about = t.of(self.profile.about)
        return Content(
            named if number == 1 else f"{named} ({number}/{last})",
            about or t("match.description"),
            {
                "profile": self.profile,
                "number": number,
                "last": last,
                "first_address": profile_address(self.profile),
                "edit_url": page.url(ADDRESS) + fragment(self.profile, t),
                "summary": self._summary(t),
                **self.table(shown, page),
                "parts": self._parts_for_paper(shown, page),
                "honest": not any(one.sheet.counted for one in self.real),
                "guideline": self.profile.guideline,
            },
        )

    def table(self, standings: Sequence[Standing], page: Page, part: slice = slice(None)) -> dict[str, object]:
        """What `components/match_table.html` shows: all requirements, or a part of them."""
        columns = [self._column(one, page) for one in self.profile.requirements[part]]
        return {"columns": columns, "groups": self._groups(standings, page, part)}

    def _parts_for_paper(self, standings: Sequence[Standing], page: Page) -> list[dict[str, object]]:
        """One table after the other, where there are more requirements than paper bears side by side."""
        many = len(self.profile.requirements)
        starts = range(0, many, WIDEST) if many > WIDEST else ()
        return [self.table(standings, page, slice(start, start + WIDEST)) for start in starts]

    def _summary(self, t: Messages) -> str:
        must, should = _weighing(self.profile, Weight.MUST), _weighing(self.profile, Weight.SHOULD)
        full = sum(one.count(Weight.MUST, Verdict.MET) == must for one in self.real)
        key = "match.counts" if must else "match.counts_no_must"
        counted = t(key, services=len(self.real), full=full, must=must, should=should)
        samples = len(self.standings) - len(self.real)
        more = t("match.counts_samples", samples=samples) if samples else ""
        return f"{counted}{' ' if t.language != 'ja' and more else ''}{more}"

    def _column(self, requirement: Requirement, page: Page) -> dict[str, object]:
        t = self.edition.messages
        slot = self.profile.guideline.by_field[requirement.field]
        return {
            "slot": slot,
            "name": field_name(t, slot),
            "weight": requirement.weight.value,
            "url": page.url(item_address(self.profile.guideline, slot.item)),
            "condition": condition_words(t, requirement.condition, slot.field),
        }

    def _groups(
        self, standings: Sequence[Standing], page: Page, part: slice
    ) -> list[tuple[str, list[dict[str, object]]]]:
        """Real services, then fictional samples."""
        groups: dict[str, list[dict[str, object]]] = {}
        for standing in standings:
            kind = "sample" if standing.sheet.disclosure.sample else "real"
            groups.setdefault(kind, []).append(self._row(standing, page, part))
        return list(groups.items())

    def _row(self, standing: Standing, page: Page, part: slice) -> dict[str, object]:
        t = self.edition.messages
        sums = [
            t(f"match.sum_{weight}", met=standing.count(weight, Verdict.MET), all=count)
            for weight in Weight
            if (count := _weighing(self.profile, weight))
        ]
        return {
            "sheet": standing.sheet,
            "sums": sums,
            "cells": [self._cell(standing.sheet, one, page) for one in standing.findings[part]],
        }

    def _cell(self, sheet: Sheet, finding: Finding, page: Page) -> dict[str, object]:
        slot = self.profile.guideline.by_field[finding.requirement.field]
        sheet_url = page.url(sheet_address(sheet))
        parts = [self._part(sheet, row, verdict, slot, sheet_url) for row, verdict in finding.rows]
        none = finding.absence is Absence.NO_DATA_CENTER
        anchor = finding.rows[0][0].anchor if finding.rows else section_anchor(slot.section) if none else ""
        return {
            "verdict": finding.verdict.value,
            "word": self._word(sheet, finding.verdict),
            "url": f"{sheet_url}#{anchor}" if anchor else sheet_url,
            "absence": self.edition.messages(f"match.absence.{finding.absence}") if finding.absence else "",
            "reason": shortened(sheet.service.no_data_center) if none else "",
            "parts": parts,
            "several": len(parts) > 1,
        }

    def _word(self, sheet: Sheet, verdict: Verdict) -> str:
        """What a transcription lacks may be disclosed elsewhere: it is only not transcribed."""
        lacking = verdict is Verdict.UNDISCLOSED and sheet.disclosure.by_third_party
        return self.edition.messages(f"match.verdict.{'not_transcribed' if lacking else verdict.value}")

    def _part(self, sheet: Sheet, row: Row, verdict: Verdict, slot: Slot, sheet_url: str) -> dict[str, object]:
        third_party = sheet.disclosure.by_third_party
        return {
            "center": row.data_center.name if row.data_center else "",
            "url": f"{sheet_url}#{row.anchor}",
            "verdict": verdict.value,
            "word": self._word(sheet, verdict),
            "answer": quoted(self.edition.messages, row.answer, slot.field.asks, third_party=third_party),
        }


def field_name(t: Messages, slot: Slot) -> str:
    """The item's label, with the field's title where the item asks several things."""
    label, title = t.of(slot.item.label), t.of(slot.field.title)
    return f"{label}: {title}" if len(slot.item.fields) > 1 and title != label else label
