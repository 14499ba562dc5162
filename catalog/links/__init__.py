"""The evidence that answers name by address: where each is used, what was seen of it, when it is called broken.

Pure; `fetch` looks, `report` tells. A link is called broken only after several failures over several days, because
most failures pass.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from catalog.diagnostics import Location
from catalog.model import Disclosure

FRESH_DAYS = 7
"""A link that worked is looked at again after this, and up to as many days more, so that not all fall on one day."""
FAILURES = 4
FAILING_DAYS = 4
"""So many failures over so many days at the least make a link broken."""


class Seen(StrEnum):
    """What one look at a link showed. FORBIDDEN: its host answers people, not programs; that proves nothing."""

    WORKS = "works"
    FAILS = "fails"
    FORBIDDEN = "forbidden"
    NOT_PUBLIC = "not_public"


class Verdict(StrEnum):
    WORKS = "works"
    BROKEN = "broken"
    WAITING = "waiting"
    FORBIDDEN = "forbidden"
    NOT_PUBLIC = "not_public"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Look:
    """One look: what was seen, in which words (a status, an error), and where redirects led ("" if nowhere else)."""

    seen: Seen
    said: str
    led_to: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a link. Days are ISO dates; `failing_since` is "" unless the last look failed."""

    last: str
    seen: Seen
    said: str
    led_to: str = ""
    worked: str = ""
    failing_since: str = ""
    failures: int = 0


@dataclass(frozen=True, slots=True)
class Use:
    """Where an address is named: the place in the file, and the item's number."""

    location: Location
    item: str


def uses_of(disclosures: Iterable[Disclosure]) -> Mapping[str, tuple[Use, ...]]:
    """Every source of every answer, by its address; withdrawn entries and fictional samples are left out."""
    found: dict[str, list[Use]] = {}
    for one in disclosures:
        if one.sample or one.withdrawn:
            continue
        of_parts = (part.answers for parts in (one.services, one.data_centers) for part in parts)
        for answers in (one.answers, *of_parts):
            for field, answer in answers.items():
                if answer.source:
                    place = answer.location or Location(one.path)
                    found.setdefault(answer.source, []).append(Use(place, one.guideline.by_field[field].item.number))
    return {address: tuple(uses) for address, uses in sorted(found.items())}


def is_due(address: str, known: History | None, today: date) -> bool:
    """Whether to look again: what failed every day, what worked after a while."""
    if known is None:
        return True
    age = today - date.fromisoformat(known.last)
    if known.seen is Seen.FAILS:
        return age >= timedelta(days=1)
    spread = int.from_bytes(hashlib.sha256(address.encode("utf-8", "replace")).digest()[:2]) % FRESH_DAYS
    return age >= timedelta(days=FRESH_DAYS + spread)


def after(known: History | None, look: Look, today: date) -> History:
    """What is known after one more look."""
    day = today.isoformat()
    now = History(day, look.seen, look.said, look.led_to, worked=known.worked if known else "")
    if look.seen is Seen.WORKS:
        return replace(now, worked=day)
    if look.seen is not Seen.FAILS:
        return now
    since = known.failing_since if known and known.failing_since else day
    count = known.failures if known else 0
    again = known is not None and known.last == day and count > 0
    return replace(now, failing_since=since, failures=count if again else count + 1)


def verdict(known: History | None) -> Verdict:
    if known is None:
        return Verdict.NEW
    if known.seen is not Seen.FAILS:
        return Verdict(known.seen.value)
    lasted = date.fromisoformat(known.last) - date.fromisoformat(known.failing_since)
    patient = known.failures >= FAILURES and lasted >= timedelta(days=FAILING_DAYS)
    return Verdict.BROKEN if patient else Verdict.WAITING
