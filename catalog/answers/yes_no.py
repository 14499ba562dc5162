"""Whether something exists or is allowed: 有り/無し, 可/否, or the field's own words. The detail is read by `load`."""

from __future__ import annotations

import re

from catalog.answers.problem import Problem, problem
from catalog.answers.wording import tight
from catalog.model import Asks, Compare, Json

YES = ("有り", "あり", "有", "可", "yes")
NO = ("無し", "なし", "無", "否", "no")
WORDS = {"yes": {"ja": "有り", "en": "Yes"}, "no": {"ja": "無し", "en": "No"}}

_WITH_DETAIL = re.compile(r"([^:：(（、,，\s]+)\s*(?:[:：、,，]\s*(?P<after>.+)|[(（](?P<inside>.+)[)）])", re.DOTALL)


def word(text: str, asks: Asks) -> str | None:
    """`yes` or `no` if the whole text is such a word."""
    wanted = tight(text).lower()
    for answer, common in (("yes", YES), ("no", NO)):
        own = (tight(label).lower() for label in asks.words.get(answer, {}).values())
        if wanted in common or wanted in own:
            return answer
    return None


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
            for language, between in (("ja", "・"), ("en", " or "))
        }
        return problem("not-yes-or-no", found=text.strip(), expected=expected)
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
