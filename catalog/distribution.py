"""How the answers to one field spread: how many say what, which choices and places they name, median and range."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog import answers
from catalog.answers import amount
from catalog.model import Answer, Asks, Compare, Field, Kind, Row, Sheet, Status

_RATES = ("month", "year", "day", "hour")


@dataclass(frozen=True, slots=True)
class Bar:
    """How many rows stand in one status and kind. The bars of a field add up to what is owed."""

    status: Status
    kind: Kind | None
    count: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many disclosed answers name one choice or place; an answer may name several."""

    key: str
    count: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """Median and range of the disclosed answers that are numbers of one unit (and, of money, one rate)."""

    count: int
    least: Decimal
    median: Decimal
    most: Decimal
    unit: str
    rate: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last of the disclosed dates."""

    count: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Distribution:
    field: Field
    owed: int
    sheets: int
    """How many services the rows are of; with several data centres one of them has several rows."""
    bars: tuple[Bar, ...]
    shares: tuple[Share, ...]
    named: int
    """How many answers the shares are of."""
    numbers: tuple[Numbers, ...]
    span: Span | None

    @property
    def most(self) -> int:
        """The longest bar."""
        return max((bar.count for bar in self.bars), default=0)


def distribution(field: Field, rows: Sequence[tuple[Sheet, Row]]) -> Distribution:
    """Of the rows of one field, whatever sheets they are of."""
    said = [row.answer for _, row in rows]
    disclosed = [answer for answer in said if answer.status is Status.DISCLOSED]
    named = [keys for answer in disclosed if (keys := _named(answer, field.asks))]
    dates = [answer.compare.key for answer in disclosed if field.asks.type == "date" and answer.compare]
    return Distribution(
        field=field,
        owed=len(said),
        sheets=len({sheet.path for sheet, _ in rows}),
        bars=tuple(_bars(said, field.asks)),
        shares=tuple(_shares(named, field.asks)),
        named=len(named),
        numbers=tuple(_numbers(disclosed)),
        span=Span(len(dates), min(dates), max(dates)) if dates else None,
    )


def _bars(said: Iterable[Answer], asks: Asks) -> Iterable[Bar]:
    counts = Counter((one.status, one.kind if one.status is Status.DISCLOSED else None) for one in said)
    always = (Kind.YES, Kind.NO) if asks.type == "yes_no" else (Kind.VALUE,)
    for kind in (Kind.YES, Kind.NO, Kind.VALUE, Kind.TEXT, Kind.NOT_APPLICABLE):
        if (count := counts[Status.DISCLOSED, kind]) or kind in always:
            yield Bar(Status.DISCLOSED, kind, count)
    for status in (Status.PARTIAL, Status.ON_REQUEST, Status.WITHHELD, Status.UNANSWERED):
        if (count := counts[status, None]) or status is Status.UNANSWERED:
            yield Bar(status, None, count)


# --- what is named ---


def _naming(asks: Asks) -> Asks | None:
    """What asks for the choice, place or word that is counted: the field, or the detail of its 有り."""
    if asks.type in ("choice", "choices", "place"):
        return asks
    detail = asks.detail.asks if asks.detail else None
    return detail if detail and detail.type in ("choice", "choices", "place", "yes_no") else None


def _named(answer: Answer, asks: Asks) -> list[str]:
    """The keys that a disclosed answer names."""
    wanted = _naming(asks)
    if wanted is None or answer.kind not in (Kind.VALUE, Kind.YES):
        return []
    if wanted is asks:
        return answer.compare.key.split(" ") if answer.compare else []
    value = answer.value.get("detail") if isinstance(answer.value, Mapping) else None
    compare = answers.compare(value, wanted) if value is not None else None
    return compare.key.split(" ") if compare else []


def _shares(named: Sequence[Sequence[str]], asks: Asks) -> Iterable[Share]:
    """Choices in the guideline's order, those that nobody named too; places by how often they are named."""
    counts = Counter(key for keys in named for key in keys)
    wanted = _naming(asks)
    if wanted is None or not counts:
        return []
    if wanted.type == "place":
        return [Share(key, count) for key, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]
    known = ("yes", "no") if wanted.type == "yes_no" else tuple(choice.id for choice in wanted.choices)
    return [Share(key, counts[key]) for key in known]


def share_text(key: str, asks: Asks, language: str) -> str:
    """What a share's key stands for."""
    wanted = _naming(asks) or asks
    if wanted.type != "place":
        return answers.text([key] if wanted.type == "choices" else key, wanted, language)
    country, _, block = key.partition("-")
    return answers.text({"country": country, "block": block or None}, wanted, language)


# --- numbers ---


def _numbers(disclosed: Iterable[Answer]) -> Iterable[Numbers]:
    """The most frequent unit first."""
    found: dict[tuple[str, str], list[Decimal]] = {}
    for answer in disclosed:
        if answer.compare and answer.compare.number is not None:
            key = answer.compare.unit, _rate(answer)
            found.setdefault(key, []).append(Decimal(str(answer.compare.number)))
    for (unit, rate), numbers in sorted(found.items(), key=lambda one: (-len(one[1]), one[0])):
        numbers.sort()
        yield Numbers(len(numbers), numbers[0], _median(numbers), numbers[-1], unit, rate)


def _rate(answer: Answer) -> str:
    """The period that an amount is paid for; amounts of different ones are not compared."""
    value = answer.value
    if isinstance(value, Mapping) and isinstance(value.get("detail"), Mapping):
        value = value["detail"]
    rate = value.get("period") if isinstance(value, Mapping) else None
    return rate if rate in _RATES else ""


def _median(ordered: Sequence[Decimal]) -> Decimal:
    """The middle of numbers in order, or half-way between the middle two."""
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def number_text(number: Decimal, numbers: Numbers, language: str) -> str:
    return amount.text(number, numbers.unit, language, numbers.rate)


# --- order ---


def order(answer: Answer, asks: Asks) -> tuple[int, float, str] | None:
    """What answers to a field are sorted by: 無し, then numbers, then keys, choices in the guideline's order.

    None for what is not disclosed or cannot be compared: it stands behind everything else.
    """
    compare = answer.compare if answer.status is Status.DISCLOSED else None
    if answer.status is Status.DISCLOSED and answer.kind is Kind.NO:
        return 0, 0, ""
    if compare is None:
        return None
    if compare.number is not None:
        return 1, compare.number, ""
    return 2, 0, _sortable(compare, asks)


def _sortable(compare: Compare, asks: Asks) -> str:
    places = {choice.id: f"{place:03d}" for place, choice in enumerate(asks.choices)}
    return " ".join(places.get(key, key) for key in compare.key.split(" "))
