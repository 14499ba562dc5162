"""A country, or a region block of Japan: 日本(関東), 北海道(石狩市), 米国、シンガポール."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from functools import cache

from catalog.answers.countries import COUNTRIES, OTHER_NAMES
from catalog.answers.problem import Problem, problem
from catalog.answers.wording import fold, pieces
from catalog.diagnostics import Text
from catalog.model import Asks, Compare, Json

BLOCKS = {
    "hokkaido": ("北海道", "Hokkaido"),
    "tohoku": ("東北", "Tohoku"),
    "kanto": ("関東", "Kanto"),
    "koshinetsu": ("甲信越", "Koshinetsu"),
    "hokuriku": ("北陸", "Hokuriku"),
    "tokai": ("東海", "Tokai"),
    "chubu": ("中部", "Chubu"),
    "kinki": ("近畿", "Kinki"),
    "chugoku": ("中国地方", "Chugoku"),
    "shikoku": ("四国", "Shikoku"),
    "kyushu": ("九州", "Kyushu"),
    "okinawa": ("沖縄", "Okinawa"),
    "kyushu-okinawa": ("九州・沖縄", "Kyushu and Okinawa"),
    "east-japan": ("東日本", "East Japan"),
    "west-japan": ("西日本", "West Japan"),
}
WITHIN = {
    "kyushu-okinawa": frozenset(("kyushu", "okinawa")),
    "east-japan": frozenset(("tohoku", "kanto")),
    "west-japan": frozenset(("kinki", "chugoku", "shikoku", "kyushu")),
}
"""The blocks that surely lie within a larger one."""
PERHAPS = {
    "chubu": frozenset(("koshinetsu", "hokuriku", "tokai", "east-japan", "west-japan")),
    "east-japan": frozenset(("hokkaido", "koshinetsu", "hokuriku", "tokai")),
    "west-japan": frozenset(("koshinetsu", "hokuriku", "tokai", "okinawa", "kyushu-okinawa")),
}
"""Blocks that overlap as some draw them, so that nobody can tell from the name alone."""
OTHER_BLOCKS = {"関西": "kinki", "首都圏": "kanto", "中国ブロック": "chugoku"}
PREFECTURES = {
    "tohoku": "青森 岩手 宮城 秋田 山形 福島",
    "kanto": "茨城 栃木 群馬 埼玉 千葉 東京 神奈川",
    "koshinetsu": "新潟 山梨 長野",
    "hokuriku": "富山 石川 福井",
    "tokai": "岐阜 静岡 愛知 三重",
    "kinki": "滋賀 京都 大阪 兵庫 奈良 和歌山",
    "chugoku": "鳥取 島根 岡山 広島 山口",
    "shikoku": "徳島 香川 愛媛 高知",
    "kyushu": "福岡 佐賀 長崎 熊本 大分 宮崎 鹿児島",
}
_REMARK = re.compile(
    r"(?:地方|地域|ブロック|都|府|県)?(?:[\s(・、:/のにで].*|[^\s()]{1,10}[市区町村郡]|内|リージョン)?", re.DOTALL
)
_OPENING = " (・/:、,の"
EXAMPLE = "日本(関東)"
_SEVERAL_IN_JAPAN = re.compile(r"(?:日本国?内?|国内)\s*\(([^()]+)\)")
_BETWEEN = re.compile(r"[/／・]|及び|および")
REGIONS = frozenset(
    (
        *("EU", "欧州", "ヨーロッパ", "アジア", "アジア太平洋", "APAC", "北米", "南米", "中南米", "中東", "アフリカ"),
        *("海外", "国外", "全世界", "世界", "グローバル"),
    )
)
"""What people write for several countries at once: no answer to which."""
NAME_COUNTRIES: Text = {
    "ja": "国名で書いてください(例: ドイツ、アイルランド)",
    "en": "name the countries, for example ドイツ (Germany) or アイルランド (Ireland)",
}
CHINA: Text = {
    "ja": "「中華人民共和国」か「日本(中国地方)」のどちらかを書いてください",
    "en": "write 中華人民共和国 (China) or 日本(中国地方) (a region of Japan)",
}


def parse(text: str, asks: Asks) -> Json | Problem:
    """`{country, block}` (block None outside Japan or where not told), or a list of them where several may be named."""
    entries = [part for entry in pieces(text) for part in _parts(entry)]
    found = [_place(entry) for entry in entries]
    if not asks.multiple:
        named = [place for place in found if place is not None]
        if len(named) > 1 and not _is_block_of_japan(named):
            return problem("several-values", found=str(len(named)))
        entries, found = [text.strip()], [named[1] if len(named) > 1 else _place(text)]
    places: list[Json] = []
    for entry, place in zip(entries, found, strict=True):
        if place is None:
            return _refused(entry, asks)
        if place not in places:
            places.append(place)
    if not places:
        return problem("not-a-place", found=text.strip(), expected=_example(asks))
    return places if asks.multiple else places[0]


def _parts(entry: str) -> list[str]:
    """`日本/米国` and `日本(東京・大阪)` as the places that they name; anything that is no such list stays whole."""
    if _place(entry):
        return [entry]
    if match := _SEVERAL_IN_JAPAN.fullmatch(fold(entry)):
        blocks = [part.strip() for part in re.split("[・、,/]", match[1])]
        return blocks if len(blocks) > 1 and all(map(_is_in_japan, blocks)) else [entry]
    parts = [part.strip() for part in _BETWEEN.split(entry)]
    return parts if all(_place(part) or _is_region(part) for part in parts) else [entry]


def _is_in_japan(text: str) -> bool:
    place = _place(text)
    return place is not None and place["country"] == "JP" and place["block"] is not None


def _is_region(text: str) -> bool:
    return fold(text).removesuffix("諸国").removesuffix("圏") in REGIONS


def _refused(entry: str, asks: Asks) -> Problem:
    if fold(entry) == "中国":
        return problem("not-a-place", found=entry, advice=CHINA)
    if _is_region(entry):
        return problem("not-a-place", found=entry, advice=NAME_COUNTRIES)
    return problem("not-a-place", found=entry, nearest=_nearest(entry), expected=_example(asks))


def _is_block_of_japan(places: list[dict[str, str | None]]) -> bool:
    """`日本、関東` is one place."""
    first, *rest = places
    return first == {"country": "JP", "block": None} and [place["country"] for place in rest] == ["JP"]


def _example(asks: Asks) -> str:
    return f"{EXAMPLE}、米国" if asks.multiple else EXAMPLE


def _place(entry: str) -> dict[str, str | None] | None:
    folded = fold(entry)
    country, rest = _longest(folded, _countries())
    if country == "JP" and rest:
        inside = rest.lstrip(_OPENING).removesuffix(")")
        block, after = _longest(inside, _blocks() | {"中国": "chugoku"})
        return {"country": "JP", "block": block} if _is_remark(after if block else rest) else None
    if country:
        return {"country": country, "block": None} if _is_remark(rest) else None
    block, after = _longest(folded, _blocks())
    return {"country": "JP", "block": block} if block and _is_remark(after) else None


def _is_remark(rest: str) -> bool:
    """Whether what follows a place only tells more about it, and is no further place."""
    if not _REMARK.fullmatch(rest):
        return False
    further = rest.lstrip(_OPENING + "と")
    return _longest(further, _countries())[0] in (None, "JP") and (
        rest.startswith("(") or (_longest(further, _blocks())[0] is None and not _is_region(further))
    )


def _longest(text: str, names: dict[str, str]) -> tuple[str | None, str]:
    """What the longest name that `text` begins with stands for, and what follows it."""
    lowered = text.lower()
    for length in range(min(len(text), 60), 0, -1):
        if found := names.get(lowered[:length]):
            return found, text[length:]
    return None, text


@cache
def _countries() -> dict[str, str]:
    names = {fold(name).lower(): code for code, both in COUNTRIES.items() for name in both}
    return (
        names
        | {code.lower(): code for code in ("JP", "US")}
        | {fold(name).lower(): code for name, code in OTHER_NAMES.items()}
    )


@cache
def _blocks() -> dict[str, str]:
    names = {name.lower(): block for block, both in BLOCKS.items() for name in both}
    names |= {prefecture: block for block, all_of_it in PREFECTURES.items() for prefecture in all_of_it.split()}
    return names | OTHER_BLOCKS | {"九州沖縄": "kyushu-okinawa"}


def _nearest(piece: str) -> str:
    names = [name for both in (*COUNTRIES.values(), *BLOCKS.values()) for name in both]
    return next(iter(difflib.get_close_matches(fold(piece), names, 1, 0.6)), "")


def text(value: Json, asks: Asks, language: str) -> str:
    places = value if isinstance(value, list) else [value]
    return ("、" if language == "ja" else ", ").join(_place_text(place, language) for place in places)


def _place_text(place: Json, language: str) -> str:
    index = 0 if language == "ja" else 1
    country = COUNTRIES[place["country"]][index]
    if place["block"] is None:
        return country
    block = BLOCKS[place["block"]][index]
    return f"{country}({block})" if language == "ja" else f"{country} ({block})"


def compare(value: Json, asks: Asks) -> Compare | None:
    """`JP-kanto`, `US`; several sorted, with a space between."""
    places = value if isinstance(value, list) else [value]
    return Compare(
        key=" ".join(sorted({"-".join(filter(None, (place["country"], place["block"]))) for place in places}))
    )


ONLY_JAPAN = "JP-only"
ORDER = ("JP", ONLY_JAPAN, *(f"JP-{block}" for block in BLOCKS), *COUNTRIES)
"""All keys in the order in which they are listed."""


def widened(keys: Iterable[str], *, certain: bool) -> Iterator[str]:
    """The keys, each with the country that it lies in; `JP-only` where it is certain that there is no other country."""
    countries: dict[str, None] = {}
    for key in keys:
        yield key
        country = key.partition("-")[0]
        if country in COUNTRIES:
            countries[country] = None
    yield from countries
    if certain and list(countries) == ["JP"]:
        yield ONLY_JAPAN


def label(key: str) -> Text:
    """The name of a key: `JP-kanto` is 日本(関東)."""
    if key == ONLY_JAPAN:
        return {"ja": f"{COUNTRIES['JP'][0]}のみ", "en": f"{COUNTRIES['JP'][1]} only"}
    country, _, block = key.partition("-")
    return {language: _place_text({"country": country, "block": block or None}, language) for language in ("ja", "en")}


def names(language: str) -> dict[str, str]:
    """What a place's key stands for: Japan, its blocks, then all other countries by name."""
    japan = {"JP": {"country": "JP", "block": None}}
    blocks = {f"JP-{block}": {"country": "JP", "block": block} for block in BLOCKS}
    index = 0 if language == "ja" else 1
    others = {code: {"country": code, "block": None} for code in COUNTRIES if code != "JP"}
    ordered = sorted(others.items(), key=lambda pair: COUNTRIES[pair[0]][index])
    return {key: _place_text(place, language) for key, place in (*japan.items(), *blocks.items(), *ordered)}


def inside(place: str, wanted: str) -> bool | None:
    """Whether a place's key lies in another one; None where the names cannot tell (日本 in 日本(関東))."""
    country, _, block = place.partition("-")
    wanted_country, _, wanted_block = wanted.partition("-")
    if country != wanted_country:
        return False
    if not wanted_block or block == wanted_block or block in WITHIN.get(wanted_block, ()):
        return True
    apart = (
        block
        and wanted_block not in WITHIN.get(block, ())
        and wanted_block not in PERHAPS.get(block, ())
        and block not in PERHAPS.get(wanted_block, ())
    )
    return False if apart else None


def schema(asks: Asks) -> Json:
    one = {"type": "string", "minLength": 1}
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]} if asks.multiple else one
