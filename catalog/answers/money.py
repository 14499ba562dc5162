"""An amount or a range in yen: 16,859,430(千円)[2022年12月期], 4,600円(税込5,060円), 100〜200円, 無料."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from catalog.answers.problem import Problem, problem
from catalog.answers.wording import ABOUT, DIGITS, SCALED, as_number, plain, scaled, split_remarks, tight
from catalog.diagnostics import Text
from catalog.model import Asks, Compare, Json

_YEN = r"円|JPY|yen"
_UNITS = {
    "円": Decimal(1),
    "千円": Decimal(1_000),
    "万円": Decimal(10_000),
    "百万円": Decimal(1_000_000),
    "億円": Decimal(100_000_000),
    "十億円": Decimal(1_000_000_000),
    "兆円": Decimal(1_000_000_000_000),
    "JPY": Decimal(1),
    "yen": Decimal(1),
}
"""What a remark may tell of the numbers before it: (千円)."""
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_AMOUNT = rf"(?:¥|\\)?[-△▲]?{SCALED}(?:{_YEN})?"
_LIMIT = 10**18
_WHOLE = re.compile(
    rf"(?P<before>(?:月額|年額|日額|時間額|税込み?|税抜き?|税別)*){ABOUT}(?P<low>{_AMOUNT})"
    rf"(?:(?:~|から|-)(?P<high>{_AMOUNT})?)?(?P<after>(?:以上|より|~|程度)?)"
    r"(?P<per>(?:[/／](?:月|年|日|時間|1?[かカヶケヵ箇]月))?)(?P<tax>(?:税込み?|税抜き?|税別)?)"
)
_FREE = frozenset(("無料", "無償", "free"))
_EXCLUDED = ("税抜", "税別", "外税")
_INCLUDED = ("税込", "内税")
_PERIODS = {"月": "month", "年": "year", "日": "day", "時間": "hour"}
_FISCAL = re.compile(r"[0-9]{4}年|[0-9]{4}[-/.][0-9]{1,2}|期$|年度|現在|時点")
_SALES_TAX = (Decimal("1.10"), Decimal("1.08"))
_FOREIGN = re.compile(r"[$€£]|ドル|ユーロ|元|ウォン|USD|EUR|GBP|CNY|dollar|euro", re.IGNORECASE)
EXAMPLE = "16,859,430(千円)[2022年12月期]"
IN_YEN: Text = {
    "ja": "円に直して書き、もとの通貨は note: に添えてください",
    "en": "give the amount in yen, and the original currency in note:",
}
NAME_THE_UNIT: Text = {
    "ja": "数の後に 円・千円・百万円 などの単位を付けてください",
    "en": "put the unit behind the number: 円, 千円 (thousand yen), 百万円 (million yen)",
}


@dataclass(slots=True)
class _Remarks:
    """What the brackets say."""

    unit: str = ""
    tax: str | None = None
    period: str | None = None
    second_price: Decimal | None = None


def parse(text: str, asks: Asks) -> Json | Problem:
    """`{amount, max?, currency, tax, period}`: decimal strings in yen; tax `included`, `excluded` or None; period as
    `month`, `year`, `day`, `hour`, a fiscal period as written, or None."""
    core, brackets = split_remarks(tight(text))
    remarks = _remarks(brackets)
    if core.removeprefix("初期費用は").removeprefix("月額").lower() in _FREE:
        return _value(Decimal(0), None, remarks.tax, remarks.period)
    match = _WHOLE.fullmatch(core)
    if not match:
        return _refused(text, IN_YEN if _FOREIGN.search(core) else "")
    low, high = _read(match["low"]), _read(match["high"]) if match["high"] else None
    if not remarks.unit and not low.yen and not (high and high.yen):
        return _refused(text, NAME_THE_UNIT)
    amounts = _in_yen(low, high, remarks.unit)
    if amounts is None or any(abs(amount) >= _LIMIT for amount in amounts) or sorted(amounts) != amounts:
        return _refused(text, "")
    tax = _tax(match["before"] + match["tax"]) or remarks.tax
    if tax is None and remarks.second_price is not None:
        tax = _tax_by_second_price(amounts[0], remarks.second_price)
    highest = amounts[1] if high else None
    return _value(amounts[0], highest, tax, _rate(match["before"] + match["per"]) or remarks.period)


def _refused(text: str, advice: Text | str) -> Problem:
    return problem("not-money", found=text.strip(), expected=EXAMPLE, advice=advice)


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number as written, whether 円 stands with it, and the one scale behind it (`2万` → 10,000; none → 1).

    `number` is None where the scales make no sense; `scale` is None where there are several.
    """

    number: Decimal | None
    yen: bool
    scale: Decimal | None


def _read(written: str) -> _Amount:
    bare = re.sub(rf"(?:{_YEN})$", "", written)
    digits = bare.lstrip("¥\\").lstrip("-△▲")
    number = scaled(digits)
    if number is not None and re.search(r"[-△▲]", bare):
        number = -number
    simple = re.fullmatch(rf"{DIGITS}(\D*)", digits)
    return _Amount(
        number, bare != written or written.startswith(("¥", "\\")), scaled(f"1{simple[1]}") if simple else None
    )


def _in_yen(low: _Amount, high: _Amount | None, unit: str) -> list[Decimal] | None:
    """The amounts; the unit of a remark, or of the other end of the range, is that of a number without one."""
    found = []
    for amount, other in ((low, high), (high, low)):
        if amount is None:
            continue
        if unit and amount.scale != 1 and _UNITS[unit] != 1:
            return None  # 12億(千円) says two things
        bare = amount.scale == 1 and not amount.yen
        factor = _UNITS[unit] if unit else other.scale if bare and other else Decimal(1)
        if amount.number is None or factor is None:
            return None
        found.append(amount.number * factor)
    return found


def _value(low: Decimal, high: Decimal | None, tax: str | None, period: str | None) -> Json:
    value: dict[str, str | None] = {"amount": plain(low)}
    if high is not None:
        value["max"] = plain(high)
    return value | {"currency": "JPY", "tax": tax, "period": period}


def _remarks(brackets: list[str]) -> _Remarks:
    found = _Remarks()
    for bracket in brackets:
        if re.fullmatch(rf"(?:単位[:は]?)?(?:{_UNIT})", bracket):
            found.unit = re.sub(r"^単位[:は]?", "", bracket)
        elif _tax(bracket) and not re.search(r"\d", bracket):
            found.tax = _tax(bracket)
        elif price := re.fullmatch(rf"(税込み?)?(?P<amount>{_AMOUNT})(税込み?)?", bracket):
            second = _read(price["amount"])
            if second.yen and second.number is not None:
                found.second_price = second.number
                found.tax = "excluded" if _tax(bracket) == "included" else found.tax
        elif _FISCAL.search(bracket):
            found.period = re.sub(r"[\[\]【】]", "", bracket)
        elif _rate(bracket):
            found.period = _rate(bracket)
    return found


def _tax(words: str) -> str | None:
    if any(word in words for word in _EXCLUDED):
        return "excluded"
    return "included" if any(word in words for word in _INCLUDED) else None


def _tax_by_second_price(first: Decimal, second: Decimal) -> str | None:
    """A second price that is the first with sales tax tells that the first is without."""
    return "excluded" if any(abs(first * rate - second) < 1 for rate in _SALES_TAX) and second != first else None


def _rate(words: str) -> str | None:
    match = re.search(r"(月|年|日|時間)額|[/／]1?[かカヶケヵ箇]?(月|年|日|時間)$", words)
    return _PERIODS[match[1] or match[2]] if match else None


def text(value: Json, asks: Asks, language: str) -> str:
    amounts = [f"{Decimal(value[key]):,f}" for key in ("amount", "max") if key in value]
    tax, period = value["tax"], value["period"] or ""
    if language == "ja":
        per = {english: f"/{japanese}" for japanese, english in _PERIODS.items()}.get(period)
        written = "〜".join(amounts) + "円" + (per or "") + {"included": "(税込)", "excluded": "(税抜)", None: ""}[tax]
    else:
        per = f" per {period}" if period in _PERIODS.values() else None
        written = "JPY " + "–".join(amounts) + (per or "") + (f" (tax {tax})" if tax else "")
    return written if per or not period else f"{written}[{period}]"


def compare(value: Json, asks: Asks) -> Compare | None:
    return Compare(number=as_number(value["amount"]), unit="JPY")


def schema(asks: Asks) -> Json:
    return {"type": "string", "pattern": r"[0-9０-９]|無料|無償|[fF][rR][eE][eE]"}
