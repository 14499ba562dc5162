"""Answers ↔ what stands in a file or in the cells of a form for them.

`as_written` is the inverse of reading: what it gives reads back as the same answer. `of_cells` takes what people typed
into the columns of a form; nothing is judged here but what the columns say together, the file is checked as any other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from catalog import answers
from catalog.answers import Problem, yes_no
from catalog.load import states
from catalog.load.shapes import FIELD_ID, MAIN_KEYS
from catalog.model import Answer, Asks, DataCenter, Disclosure, Json, Kind, Role, Scope, Service, Slot, Status
from catalog.scalars import Written

FREE_WORDS = "free_words"
_TOGETHER = "@group"
EXTRAS = ("note", "source", "as_of")
_UNDISCLOSED = {Status.WITHHELD: "withheld", Status.ON_REQUEST: "on_request"}
_SHORT = 60
_MOST_SEPARATORS = 8


@dataclass(frozen=True, slots=True)
class Cells:
    """The columns of an answer. `state` is a key: of `Status`, `not_applicable`, `free_words`, or ""."""

    answer: str = ""
    state: str = ""
    detail: str = ""
    note: str = ""
    source: str = ""
    as_of: str = ""

    def mark(self) -> str:
        """Tells whether the columns of the answer itself were changed."""
        said = "\0".join(" ".join(part.split()) for part in (self.answer, self.state, self.detail))
        return hashlib.sha256(said.encode()).hexdigest()[:12]


# --- answers ---------------------------------------------------------------------------------------------------------


def as_written(answer: Answer, asks: Asks) -> Written:
    """The answer as it would stand in a file; "" for none."""
    if answer.status is Status.UNANSWERED:
        return ""
    return with_extras(main_of(answer, asks), answer.note, answer.source, answer.as_of)


def with_extras(main: Written, *extras: str) -> Written:
    """What says the answer, with note, source and date."""
    given: dict[str, Written] = {key: text for key, text in zip(EXTRAS, extras, strict=True) if text}
    if not given:
        return main
    if isinstance(main, dict) and any(key in main for key in MAIN_KEYS):
        return {**main, **given}
    return {"answer": main, **given} if main else given


def main_of(answer: Answer, asks: Asks) -> Written:
    """The answer without note, source and date."""
    if answer.kind is Kind.VALUE and isinstance(answer.value, dict) and asks.type == "parts":
        whole = answer.status is Status.DISCLOSED
        parts = {part.id: part.asks for part in asks.parts}
        said = {name: main_of(part_answer(one, parts[name], whole=whole), parts[name]) for name, one in _of(answer)}
        return {"answer": {name: node for name, node in said.items() if node}}
    if answer.kind is Kind.TEXT:
        return {"text": answer.text}
    if answer.kind is Kind.VALUE:
        as_it_is = _reads_as(answer.text, answer.value, asks)
        return answer.text if as_it_is else _entries(answer.text, answer.value, asks)
    return of_cells(cells_of(answer, asks), asks)[0]


def _of(answer: Answer) -> list[tuple[str, Mapping[str, Json]]]:
    return list(answer.value.items())


def part_answer(one: Mapping[str, Json], asks: Asks, *, whole: bool) -> Answer:
    """A part of an answer as an answer; `whole` tells that no part is missing or half."""
    text, value, detail = one["text"], one["value"], one["detail"]
    state = states.of_whole(text) if value is None else None
    if state and state.key == "not_applicable":
        return Answer(Status.DISCLOSED, Kind.NOT_APPLICABLE, text, detail=detail)
    if state:
        status = next(status for status, key in _UNDISCLOSED.items() if key == state.key)
        return Answer(status, None, text, detail=detail)
    if value is None:
        word = yes_no.word(text, Asks("yes_no"))
        bare = word is not None and asks.type != "yes_no" and not asks.choices and not (word == "yes" and whole)
        return Answer(Status.DISCLOSED, Kind(word) if bare and word else Kind.TEXT, text)
    if asks.type == "yes_no":
        return Answer(Status.DISCLOSED, Kind.NO if value == "no" else Kind.YES, text, value, detail=detail)
    return Answer(Status.DISCLOSED, Kind.VALUE, text, value)


def _reads_as(text: str, value: Json, asks: Asks) -> bool:
    found: object = answers.parse(text, asks)
    return states.of_whole(text) is None and found == value


def _entries(text: str, value: Json, asks: Asks) -> Written:
    """A list whose entries, each on a line, have the value: written so, the text would be read otherwise."""
    pieces = text.split("、")
    places = range(1, len(pieces))
    if len(pieces) <= _MOST_SEPARATORS:
        for count in range(len(pieces)):
            for cuts in combinations(places, count):
                ends = (0, *cuts, len(pieces))
                found = ["、".join(pieces[start:end]) for start, end in pairwise(ends)]
                if answers.parse("\n".join(found), asks) == value:
                    return [*found]
    return [*pieces]


# --- cells -----------------------------------------------------------------------------------------------------------


def cells_of(answer: Answer, asks: Asks) -> Cells:
    """An answer in columns, in its own words."""
    extras = (answer.note, answer.source, answer.as_of)
    if answer.status in _UNDISCLOSED:
        return Cells("", _UNDISCLOSED[answer.status], answer.detail, *extras)
    if answer.kind is Kind.NOT_APPLICABLE:
        state = "not_applicable" if answer.status is Status.DISCLOSED else str(answer.status)
        return Cells(states.WORDS["not_applicable"]["ja"], state, answer.detail, *extras)
    state = FREE_WORDS if answer.kind is Kind.TEXT or _has_free_detail(answer, asks) else str(answer.status)
    return Cells(answer.text, state, answer.detail, *extras)


def _has_free_detail(answer: Answer, asks: Asks) -> bool:
    """Whether what follows a yes is told in free words (`text:`) instead of the words that are asked for."""
    if answer.kind is not Kind.YES or not answer.detail or not asks.detail or states.hides(answer.detail):
        return False
    wanted = asks.detail.asks
    if wanted.type in ("text", "line"):
        return isinstance(answers.parse(answer.detail, wanted), Problem)
    return bool(answer.value == "yes")


def of_cells(cells: Cells, asks: Asks) -> tuple[Written, str]:
    """What the columns say, as it would stand in a file, without the extras; and the code of a contradiction."""
    text, state, detail = cells.answer, cells.state, cells.detail
    named = _named(text) if state != FREE_WORDS else None
    if state in states.WORDS:
        agrees = not text or (named is not None and named.key == state and not (named.reason and detail))
        return (_state(state, detail or (named.reason if named else "")), "") if agrees else ("", "state-contradicts")
    if named and not (named.reason and detail):
        return _state(named.key, detail or named.reason), ""
    if not text and not detail:
        return "", "state-without-answer" if state in (FREE_WORDS, Status.DISCLOSED, Status.PARTIAL) else ""
    if not text:
        return {"detail": detail}, ""
    is_word = asks.type == "yes_no" and yes_no.word(text, asks) is not None
    if state == FREE_WORDS and not (is_word and detail):
        return {"text": text, **({"detail": detail} if detail else {})}, ""
    if not detail:
        return text, ""
    if state == FREE_WORDS:
        return {"answer": text, "detail": {"text": detail}}, ""
    return _with_detail(text, detail, asks), ""


def _named(text: str) -> states.State | None:
    """The state that the words of an answer name, in the words of a file or of a form in any language."""
    for key, words in states.WORDS.items():
        if text.strip().lower() in (word.lower() for word in words.values()):
            return states.State(key, text, "")
    return states.of_whole(text) if text else None


def _state(key: str, reason: str) -> Written:
    """`非公開(理由)`, or written out where that would be read otherwise."""
    word = states.WORDS[key]["ja"]
    if not reason:
        return word
    short = f"{word}({reason})"
    fits = "\n" not in reason and len(reason) <= _SHORT
    return short if fits and states.of_whole(short) == (key, short, reason) else {key: reason}


def _with_detail(text: str, detail: str, asks: Asks) -> Written:
    """`有り(東証)`; written out where that would be read otherwise. Behind a no nothing else is read."""
    inline = f"{text}({detail})"
    is_no = asks.type == "yes_no" and yes_no.word(text, asks) == "no"
    fits = is_no or ("\n" not in detail and len(detail) <= _SHORT and not states.of_whole(detail))
    if asks.type == "yes_no" and fits and yes_no.split_detail(inline, asks) == (text, detail):
        return inline
    return {"answer": text, "detail": detail}


# --- what a form cannot show -----------------------------------------------------------------------------------------


def kept(answer: Answer, asks: Asks, shown: Cells) -> str:
    """What a form has to keep beside an answer, so that it comes back to the letter as long as nobody changes it;
    "" where the cells say all of it."""
    if answer.status is Status.UNANSWERED:
        return ""
    written = main_of(answer, asks)
    return "" if written == of_cells(shown, asks)[0] else _kept(written, shown)


def kept_list(names: Sequence[str], shown: Cells) -> str:
    """The same of a list that stands in one cell."""
    return _kept([*names], shown)


def kept_together(shown: Cells) -> str:
    """The same of an answer that only repeats what stands at its group's heading."""
    return _kept(_TOGETHER, shown)


def is_kept_together(text: str, shown: Cells) -> bool:
    """Whether the cells still only repeat what stood at the group's heading."""
    return restored(text, shown) == _TOGETHER


def _kept(written: Written, shown: Cells) -> str:
    return json.dumps([shown.mark(), written], ensure_ascii=False, separators=(",", ":"))


def restored(text: str, shown: Cells) -> Written:
    """What was kept, if the cells are still those that it was kept for; else ""."""
    try:
        mark, written = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        return ""
    return written if mark == shown.mark() and _is_written(written, 4) else ""


def _is_written(value: Json, depth: int) -> bool:
    if isinstance(value, str) or not depth:
        return isinstance(value, str)
    if isinstance(value, dict):
        return all(bool(FIELD_ID.fullmatch(name)) and _is_written(one, depth - 1) for name, one in value.items())
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


# --- files -----------------------------------------------------------------------------------------------------------


def document(one: Disclosure) -> dict[str, Written]:
    """A disclosure file: its keys in order. What every answer of a group says stands at the group."""
    head: dict[str, Written] = {
        "guideline": one.guideline.id,
        "guideline_version": one.guideline.version,
        "submitted_by": one.submitted_by.value,
        **({"transcribed_on": str(one.transcribed_on)} if one.transcribed_on else {}),
        **({"sample": "true"} if one.sample else {}),
    }
    if name := own_name(one):
        head["name"] = name
    if one.disclosed_on and Role.DISCLOSURE_DATE not in one.guideline.by_role:
        head["disclosed_on"] = str(one.disclosed_on)
    texts: dict[str, Written] = {"reading": one.reading, "name_en": one.name_en}
    lists: dict[str, Written] = {"aliases": [*one.aliases], "formerly": [*one.formerly]}
    head |= {key: value for key, value in (texts | lists).items() if value}
    if one.withdrawn:
        head["withdrawn"] = {"on": one.withdrawn.on, "reason": one.withdrawn.reason}
    return {
        **head,
        "provider": block(one, one.answers, Scope.PROVIDER),
        "services": {service.id: _service(one, service) for service in one.services},
        "data_centers": {center.id: _center(one, center) for center in one.data_centers},
    }


def _service(one: Disclosure, service: Service) -> dict[str, Written]:
    found: dict[str, Written] = {}
    if name := own_name(one, service):
        found["name"] = name
    if service.no_data_center:
        found["data_centers"] = {"not_applicable": service.no_data_center}
    elif service.data_centers:
        found["data_centers"] = [*service.data_centers]
    if service.formerly:
        found["formerly"] = [*service.formerly]
    found["answers"] = block(one, service.answers, Scope.SERVICE)
    return found


def _center(one: Disclosure, center: DataCenter) -> dict[str, Written]:
    name = own_name(one, center)
    return {**({"name": name} if name else {}), **block(one, center.answers, Scope.DATA_CENTER)}


def own_name(one: Disclosure, part: Service | DataCenter | None = None) -> str:
    """The name that no answer gives: what stands at `name:`."""
    owner: Disclosure | Service | DataCenter = one if part is None else part
    role = Role.PROVIDER_NAME
    if part is not None:
        role = Role.SERVICE_NAME if isinstance(part, Service) else Role.DATA_CENTER_NAME
    slot = one.guideline.by_role.get(role)
    answer = owner.answers.get(slot.field.id) if slot else None
    said = answer is not None and answer.kind in (Kind.VALUE, Kind.TEXT) and answer.text == owner.name
    return "" if said or (part is not None and part.name == part.id) else owner.name


def block(one: Disclosure, given: Mapping[str, Answer], scope: Scope) -> dict[str, Written]:
    """The answers of the company, of a service, of a data centre."""
    slots = one.guideline.by_field
    reasons = group_reasons(one.guideline.scopes[scope], given)
    found: dict[str, Written] = {}
    if reasons:
        found["not_applicable"] = dict(reasons.items())
    for name, answer in given.items():
        slot = slots[name]
        if slot.section.scope is not scope or slot.group.id not in reasons:
            found[name] = as_written(answer, slot.field.asks)
    return {name: written for name, written in found.items() if written}


def group_reasons(slots: tuple[Slot, ...], given: Mapping[str, Answer]) -> dict[str, str]:
    """The groups that do not apply as a whole, with the one reason that all their fields give."""
    groups: dict[str, list[Answer | None]] = {}
    for slot in slots:
        groups.setdefault(slot.group.id, []).append(given.get(slot.field.id))
    return {
        group: said[0].detail
        for group, said in groups.items()
        if len(said) > 1 and said[0] and _is_bare(said[0]) and all(one == said[0] for one in said)
    }


def _is_bare(answer: Answer) -> bool:
    """Whether 該当なし and its reason are all that is said."""
    if answer.kind is not Kind.NOT_APPLICABLE or not answer.detail:
        return False
    return replace(answer, note="", source="", as_of="") == answer
