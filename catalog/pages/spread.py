"""How the answers to a field spread, in words and widths of bars: what the component `distribution` shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from catalog import answers
from catalog.distribution import Bar, Distribution, Numbers, distribution, number_text, share_text
from catalog.messages import Messages
from catalog.model import Asks, Field, Kind, Row, Scope, Sheet, Status


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """`width` is in per cent of the longest bar; `mark` and `look` name the sign and the colour."""

    label: str
    count: int
    width: float
    mark: str = ""
    look: str = "value"
    bar: Bar | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    field: Field
    basis: str
    bars: Sequence[DrawnBar]
    shares: Sequence[DrawnBar]
    shares_about: str
    numbers: Sequence[str]
    """A sentence for each unit."""
    span: str


def spread(t: Messages, field: Field, rows: Sequence[tuple[Sheet, Row]], *, third_party: bool) -> Spread:
    """Of the rows of one field; `third_party` rows are transcribed or not, but never unanswered by the provider."""
    found = distribution(field, rows)
    longest = max((share.count for share in found.shares), default=0)
    return Spread(
        field=field,
        basis=_basis(t, found, rows[0][1].slot.section.scope if rows else Scope.SERVICE),
        bars=[_bar(t, bar, found.most, field.asks, third_party=third_party) for bar in found.bars],
        shares=[
            DrawnBar(share_text(one.key, field.asks, t.language), one.count, _width(one.count, longest))
            for one in found.shares
        ],
        shares_about=t("distribution.shares", count=found.named),
        numbers=[_sentence(t, numbers, found.numbers) for numbers in found.numbers],
        span=t("distribution.span", first=found.span.first, last=found.span.last, count=found.span.count)
        if found.span
        else "",
    )


def _basis(t: Messages, found: Distribution, scope: Scope) -> str:
    """What was counted: a service has as many answers as data centres where each of them is asked."""
    return t(f"distribution.basis.{scope}", rows=found.owed, sheets=found.sheets)


def _bar(t: Messages, bar: Bar, longest: int, asks: Asks, *, third_party: bool) -> DrawnBar:
    look = bar.kind or bar.status
    sign = "disclosed" if look in (Kind.VALUE, Kind.TEXT) else look
    label = _label(t, bar, asks, third_party=third_party)
    return DrawnBar(label, bar.count, _width(bar.count, longest), sign, look, bar)


def _label(t: Messages, bar: Bar, asks: Asks, *, third_party: bool) -> str:
    if bar.status is Status.UNANSWERED and third_party:
        return t("status.not_transcribed")
    if bar.status is not Status.DISCLOSED:
        return t(f"status.{bar.status}")
    if bar.kind in (Kind.YES, Kind.NO) and asks.type == "yes_no":
        return answers.text(bar.kind.value, asks, t.language)
    return t(f"mark.{bar.kind}") if bar.kind not in (Kind.VALUE, Kind.TEXT) else t(f"distribution.kind.{bar.kind}")


def _width(count: int, longest: int) -> float:
    return round(100 * count / longest, 1) if longest else 0


def _sentence(t: Messages, numbers: Numbers, all_of_them: Sequence[Numbers]) -> str:
    """Where some amounts are a month's or an hour's, those that name no period are told as such."""
    sentence = _figures(t, numbers)
    others_have_rates = any(one.rate for one in all_of_them)
    return t("distribution.no_rate", sentence=sentence) if others_have_rates and not numbers.rate else sentence


def _figures(t: Messages, numbers: Numbers) -> str:
    least, median, most = (
        number_text(number, numbers, t.language) for number in (numbers.least, numbers.median, numbers.most)
    )
    if numbers.least == numbers.most:
        return t("distribution.same", number=median, count=numbers.count)
    return t("distribution.numbers", median=median, least=least, most=most, count=numbers.count)
