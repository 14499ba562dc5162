"""Whether something exists or is allowed: 有り/無し, 可/否, or the field's own words. The detail is read by `load`."""

from __future__ import annotations

import re

from catalog.answers.problem import Problem, problem
from catalog.answers.wording import tight
from catalog.diagnostics import Text
from catalog.model import Asks, Compare, Json

YES = ("有り", "あり", "有", "可", "yes")
NO = ("無し", "なし", "無", "否", "no")
"""The settled words. What else people write for the same, and can mean nothing else:"""
ALSO_YES = (
    *(
        "はい",
        "ある",
        "あります",
        "可能",
        "できる",
        "できます",
        "実施",
        "実施済",
        "実施済み",
        "実施している",
        "実施しています",
    ),
    *"○◯〇⭕✓✔☑",
)
ALSO_NO = (
    *(
        "いいえ",
        "ない",
        "ありません",
        "無い",
        "不可",
        "不可能",
        "できない",
        "できません",
        "未実施",
        "実施なし",
        "実施していない",
    ),
    *("実施していません", *"×✕✖☓❌✗✘"),
)
_COMMON = (("yes", frozenset((*YES, *ALSO_YES))), ("no", frozenset((*NO, *ALSO_NO))))
WORDS = {"yes": {"ja": "有り", "en": "Yes"}, "no": {"ja": "無し", "en": "No"}}

VAGUE = frozenset(
    ("対応", "対応済", "対応済み", "未対応", "非対応", "必要", "不要", "true", "false", "ok", "ng", "たぶん", "多分")
)
PARTLY = frozenset(("△", "▲", "一部", "一部有り", "一部あり", "一部可", "一部可能", "部分的", "条件付き", "条件付"))
IN_PART: Text = {
    "ja": "一部だけなら「有り(どの範囲か)」と書いてください",
    "en": "if it holds in part, write 有り(which part)",
}

UNCLOSED: Text = {
    "ja": 'かっこが閉じていません。かっこを閉じ、「 #」を含むなら回答全体を "…" で囲んでください',
    "en": 'a bracket is not closed: close it, and put an answer that contains " #" into "…"',
}
_OPEN = re.compile(r"([^(（［\[【「\s]+)\s*[(（［\[【「][^)）］\]】」]*", re.DOTALL)
_WITH_DETAIL = re.compile(
    r"([^:：(（［\[【「、,，。\s]+)\s*"
    r"(?:(?:[:：、,，。]|(?<=\w\w)\s|(?<=[○◯〇⭕✓✔×✕✖])\s)\s*(?P<after>.+)|[(（［\[【「](?P<inside>.+)[)）］\]】」])",
    re.DOTALL,
)
_VARIATION = re.compile("[\ufe0e\ufe0f]")


def word(text: str, asks: Asks) -> str | None:
    """`yes` or `no` if the whole text is such a word."""
    wanted = _VARIATION.sub("", tight(text)).lower().removesuffix("。")
    for answer, common in _COMMON:
        if wanted in common or any(tight(label).lower() == wanted for label in asks.words.get(answer, {}).values()):
            return answer
    return None


def is_other_word(text: str) -> bool:
    """Whether yes or no is said by another word than the settled ones: ○, はい, 未実施."""
    return tight(text).lower() not in YES + NO


def is_vague(text: str) -> bool:
    """Whether the text neither says yes or no nor tells anything else: ◎, 対応, 非上場."""
    bare = tight(text).lower().rstrip("。")
    return bare in VAGUE or bare.startswith(("非", "未", "不")) or not re.search(r"\w\w", bare)


def split_detail(text: str, asks: Asks) -> tuple[str, str]:
    """`有り: 東証` and `有り(東証)` as (`有り`, `東証`), in the original wording; any other text as (text, "")."""
    if word(text, asks) is None and (match := _WITH_DETAIL.fullmatch(text.strip())) and word(match[1], asks):
        return match[1], (match["after"] or match["inside"]).strip()
    return text, ""


def parse(text: str, asks: Asks) -> Json | Problem:
    """`"yes"` or `"no"`."""
    answer = word(text, asks)
    if answer is None:
        expected = {
            language: between.join(_words(asks, one).get(language, "") for one in ("yes", "no"))
            for language, between in (("ja", "」か「"), ("en", "” or “"))
        }
        opened = _OPEN.fullmatch(text.strip())
        cut = UNCLOSED if opened and word(opened[1], asks) else ""
        advice = IN_PART if tight(text).rstrip("。") in PARTLY else cut
        return problem("not-yes-or-no", found=text.strip(), expected=expected, advice=advice)
    return answer


def _words(asks: Asks, answer: str) -> dict[str, str]:
    return WORDS[answer] | dict(asks.words.get(answer, {}))


def text(value: Json, asks: Asks, language: str) -> str:
    words = _words(asks, value)
    return words.get(language) or words["ja"]


def compare(value: Json, asks: Asks) -> Compare | None:
    return Compare(key=str(value))


def schema(asks: Asks) -> Json:
    own = [label for words in asks.words.values() for label in words.values()]
    return {"type": ["string", "boolean"], "examples": [*YES, *NO, *own]}
