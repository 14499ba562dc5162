"""The words that say not what the answer is but why there is none: 非公開, 個別開示, 該当なし."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from catalog.diagnostics import Text

WORDS: Mapping[str, Text] = {
    "withheld": {"ja": "非公開", "en": "Withheld"},
    "on_request": {"ja": "個別開示", "en": "On request"},
    "not_applicable": {"ja": "該当なし", "en": "Not applicable"},
}
_SPELLINGS = {
    "not_applicable": r"該当\s*+(?:なし|無し|無|しない|しません|せず|ありません)|非該当",
    "withheld": "非公開|非開示|不開示|非公表",
    "on_request": r"個別に?(?:開示|回答)",
}
"""What is understood, by the key of the state. The first is the word to write."""
_REASON = r"\s*+(?:[(（](?P<inside>.*)[)）]\s*+|[:：](?P<after>.+))?。?"
_POLITE = "(?:です|とします|します|いたします|としています|とさせていただきます)?"
_WHOLE = {key: re.compile(f"(?:{words}){_POLITE}{_REASON}", re.DOTALL) for key, words in _SPELLINGS.items()}
_BEGINNING = {key: re.compile(rf"(?:{words}){_POLITE}(?=[\s。、,.(（:：]|\Z)") for key, words in _SPELLINGS.items()}
_UNCLEAR = {
    "not_applicable": re.compile(r"(?:適用)?対象外|適用(?:外|なし|無し|せず)|n\.?[/.]?a\.?|n/a", re.IGNORECASE),
    "on_request": re.compile(r"(?:要|別途)?お?問い?合わ?せ(?:ください|下さい|願います|が?必要)?"),
    "withheld": re.compile(
        r"社外秘|(?:企業)?秘密|機密(?:情報|事項)?|(?:公開|公表|開示|回答|お答え)(?:は|を)?"
        r"(?:しない|しません|していない|していません|して(?:い|お)りません|致しかねます|いたしかねます|控えます|"
        r"差し?控えます|控えさせていただきます|差し?控えさせていただきます)"
    ),
}
"""Whole answers that mean a state, but leave open which, or say it in words that are not settled."""
ADVICE: Mapping[str, Text] = {
    "not_applicable": {
        "ja": "あてはまらないなら「該当なし(理由)」、存在しない・行っていないなら「無し」と書いてください",
        "en": "write 該当なし(reason) where it does not apply, or 無し (no) where there is none",
    },
    "on_request": {
        "ja": "求めに応じて示すなら on_request: に方法を書いてください",
        "en": "write into on_request: how to get the answer",
    },
    "withheld": {
        "ja": "答えを公開しないなら「非公開(理由)」、できない・無いという答えなら「無し」と書いてください",
        "en": "write 非公開(reason) to withhold the answer, or 無し (no) if the answer is no",
    },
}


class State(NamedTuple):
    """The key of the state, the words found for it, the reason given with them."""

    key: str
    words: str
    reason: str


class Unclear(NamedTuple):
    key: str
    advice: Text


def of_whole(words: str) -> State | None:
    """The state that the whole text names, as `非公開` or `非公開(理由)`."""
    for key, pattern in _WHOLE.items():
        if match := pattern.fullmatch(words):
            return State(key, words, (match["inside"] or match["after"] or "").strip())
    return None


def at_the_beginning(words: str) -> State | None:
    """The state whose word the text begins with."""
    for key, pattern in _BEGINNING.items():
        if match := pattern.match(words):
            return State(key, match[0], "")
    return None


def hides(words: str) -> bool:
    """Whether the words are no answer because it is given to nobody, or to those who ask."""
    found = of_whole(words)
    return found is not None and found.key != "not_applicable"


def unclear(words: str) -> Unclear | None:
    """What the contributor probably wants to say with a text that names no state, but means one."""
    bare = words.strip().rstrip("。")
    for key, pattern in _UNCLEAR.items():
        if pattern.fullmatch(bare):
            return Unclear(key, ADVICE[key])
    found = at_the_beginning(words)
    return Unclear(found.key, ADVICE[found.key]) if found and not of_whole(words) else None
