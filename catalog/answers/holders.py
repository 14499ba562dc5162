"""Shareholders and their shares: 架空ホールディングス 60.0%、架空信託 12.5%."""

from __future__ import annotations

import re

from catalog.answers.problem import Problem, problem
from catalog.answers.wording import decimal, fold, pieces, plain
from catalog.model import Asks, Compare, Json

_ABOUT = r"(?:(?<![契予要規公条節誓盟特先確解成制])約|(?<=[\s(:])(?:約|およそ|概ね|おおむね)\s*)?"
_HOLDER = re.compile(
    rf"(?P<name>[^%]+?){_ABOUT}(?<![0-9.])(?P<share>[0-9]{{1,3}}(?:\.[0-9]{{1,9}})?)\s*(?:%|パーセント)\)?", re.DOTALL
)
EXAMPLE = "架空ホールディングス 60.0%"


def parse(text: str, asks: Asks) -> Json | Problem:
    """A list of `{name, share}`, share in percent as a decimal string, in the order written."""
    holders = []
    for piece in pieces(text):
        match = _HOLDER.fullmatch(fold(piece))
        name = match["name"].rstrip(" \t\n:(") if match else ""
        if not match or name in ("", "約") or "パーセント" in name:
            return problem("not-holders", found=piece, expected=EXAMPLE)
        if decimal(match["share"]) > 100:
            return problem("ratio-range", found=piece, expected={"ja": "0〜100%", "en": "0 to 100%"})
        holders.append({"name": name, "share": plain(decimal(match["share"]))})
    return holders if holders else problem("not-holders", found=text.strip(), expected=EXAMPLE)


def text(value: Json, asks: Asks, language: str) -> str:
    return ("、" if language == "ja" else ", ").join(f"{holder['name']} {holder['share']}%" for holder in value)


def compare(value: Json, asks: Asks) -> Compare | None:
    return None


def schema(asks: Asks) -> Json:
    one = {"type": "string", "pattern": r"[0-9０-９].*[%％パ]"}
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
