"""An amount or a range in yen: 16,859,430(千円)[2022年12月期], 4,600円(税込5,060円), 100〜200円, 無料."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from catalog.answers.problem import Problem, problem
from catalog.answers.wording import ABOUT, DIGITS, NUMBER, as_number, decimal, plain, split_remarks, tight
from catalog.model import Asks, Compare, Json

_UNITS = {
    "円": Decimal(1),
    "千円": Decimal(1_000),
    "万円": Decimal(10_000),
    "百万円": Decimal(1_000_000),
    "億円": Decimal(100_000_000),
    "十億円": Decimal(1_000_000_000),
    "兆円": Decimal(1_000_000_000_000),
}
_SCALES = {"千": 1_000, "万": 10_000, "百万": 1_000_000, "億": 100_000_000, "兆": 1_000_000_000_000}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True)) + "|JPY|yen"
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_AMOUNT = rf"(?:¥|\\)?{NUMBER}(?:(?:{_SCALE}){DIGITS})*(?:{_UNIT})?"
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
EXAMPLE = "16,859,430(千円)[2022年12月期]"


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
        return problem("not-money", found=text.strip(), expected=EXAMPLE)
    high_text = match["high"]
    unit = remarks.unit or _unit(match["low"]) or (_unit(high_text) if high_text else "")
    low = _amount(match["low"], unit)
    high = _amount(high_text, remarks.unit or _unit(high_text) or unit) if high_text else None
    if not unit or max(abs(low), abs(high or low)) >= _LIMIT or (high is not None and high < low):
        return problem("not-money", found=text.strip(), expected=EXAMPLE)
    tax = _tax(match["before"] + match["tax"]) or remarks.tax
    if tax is None and remarks.second_price is not None:
        tax = _tax_by_second_price(low, remarks.second_price)
    return _value(low, high, tax, _rate(match["before"] + match["per"]) or remarks.period)


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
            if _unit(price["amount"]):
                found.second_price = _amount(price["amount"], _unit(price["amount"]))
                found.tax = "excluded" if _tax(bracket) == "included" else found.tax
        elif _FISCAL.search(bracket):
            found.period = re.sub(r"[\[\]【】]", "", bracket)
        elif _rate(bracket):
            found.period = _rate(bracket)
    return found


def _unit(amount: str) -> str:
    if match := re.search(rf"(?:{_UNIT})$", amount):
        return "円" if match[0] in ("JPY", "yen") else match[0]
    return "円" if amount.startswith(("¥", "\\")) else ""


def _amount(written: str, unit: str) -> Decimal:
    bare = re.sub(rf"(?:{_UNIT})$", "", written.lstrip("¥\\"))
    numbers = re.findall(rf"({NUMBER})({_SCALE})?", bare)
    if len(numbers) == 1 and not numbers[0][1]:
        return decimal(numbers[0][0]) * _UNITS.get(unit, Decimal(1))
    scaled = [decimal(number) * _SCALES.get(scale, 1) for number, scale in numbers[:-1]]
    last, scale = numbers[-1]
    return sum(scaled, decimal(last) * (_SCALES[scale] if scale else _UNITS.get(unit, Decimal(1))))


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
