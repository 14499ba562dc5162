"""How the search spells and cuts texts and queries: as theme/assets/js/search-text.js does, which a test proves."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_CJK = "\u3001-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_VARIANTS = str.maketrans(
    "髙﨑𠮷濵濱邊邉齋齊瀨澤廣國德ς〜∼‐‑‒–—―−\t\n\v\f\r\u0085\u1680\u2028\u2029",
    "高崎吉浜浜辺辺斎斉瀬沢広国徳σ~~-------         ",
)
STEMS = (
    "サーバ|ユーザ|センタ|コンピュータ|ルータ|センサ|モニタ|フォルダ|ブラウザ|プリンタ|メンバ|プロバイダ|アダプタ|フィルタ|パラメータ|"
    "プロセッサ|コントローラ|ハイパーバイザ|ベンダ|クラスタ|ドライバ|レイヤ|ヘッダ|メータ|メーカ"
)
_CUTS = tuple(
    re.compile(rule)
    for rule in (
        "()[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]+",  # what is not seen
        f"([{_CJK}]) +| +(?=[{_CJK}])",  # line ends within Japanese
        "( ) +",
        "([0-9]),(?=[0-9]{3}(?![0-9]))",  # 1,000
        rf"({STEMS})ー",  # サーバールーム = サーバルーム
        "([ァ-ヺー]{2,})ー(?![ァ-ヺー])",  # サーバー = サーバ
    )
)
"""What is taken out: all of a match but its first group."""
UNSEEN = _CUTS[0]
_MONTHS = re.compile("([0-9])[ヶヵケカ箇](?=[月所国年])")

_RUN = re.compile(
    "([々-〇ぁ-ゖ゙-ゟァ-ヺー-ヿ\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
    "\u00df-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1eff\uac00-\ud7a3]+)"
    "|([a-z0-9]+(?:[.+/_:-]+[a-z0-9]+)*)"
)
_PART = re.compile("[a-z]+|[0-9]+")
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def fold(text: str) -> str:
    """One spelling for what is written in several ways: widths, case, long vowels at word ends, spaces in Japanese."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_VARIANTS)
    for rule in _CUTS:
        text = rule.sub(r"\1", text)
    return _MONTHS.sub("\\1か", text)


def tokens(text: str) -> str:
    """The words under which a text is found: pairs of characters spelled in Latin letters, and Latin words.

    Letters only, because Pagefind cuts and folds everything else; each pair begins with \u00fe, a last character with
    \u00f0, so that no Latin word of a query is the beginning of one.
    """
    found: dict[str, None] = {}
    for run, word in _RUN.findall(fold(text)):
        if run:
            found.update(dict.fromkeys(map(_pair, run, run[1:])))
            found["\u00f0" + _spelled(run[-1])] = None
        else:
            found[re.sub("[^a-z0-9]", "", word)] = None
            found.update(dict.fromkeys(_PART.findall(word)))
    return " ".join(found)


@cache
def _pair(first: str, second: str) -> str:
    return "\u00fe" + _spelled(first + second)


def is_pair(token: str) -> bool:
    """Whether a word of the index stands for two characters that follow each other."""
    return token.startswith("\u00fe")


def mark(name: str) -> str:
    """The word under which all pages with a mark are found: `sheet`, `sample`."""
    return f"\u00f8{_spelled(name)}z"


def _spelled(characters: str) -> str:
    return "".join(f"{ord(character):04x}" for character in characters).translate(_LETTERS)
