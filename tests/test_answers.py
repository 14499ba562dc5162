"""The answer types against their vectors (`vectors/<type>.json`), and against any text at all."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from vectors_asks import asks_of

from catalog import answers
from catalog.answers import Problem
from catalog.diagnostics.codes import CODES
from catalog.model import Asks, Choice, Part

VECTORS = Path(__file__).resolve().parent / "vectors"
TRIVIAL = ("line", "text", "url", "corporate_number", "choice", "choices", "yes_no", "holders", "contact")
NUMEROUS = ("money", "date", "duration", "hours", "place", "ratio", "count")


def vectors(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return found


ALL = [
    pytest.param(name, vector, id=f"{name}-{number}-{vector['input'][:20]!a}")
    for name in (*TRIVIAL, *NUMEROUS)
    for number, vector in enumerate(vectors(name), 1)
]


def accepted(name: str) -> list[tuple[dict[str, Any], Asks]]:
    return [(vector, asks_of(name, vector["asks"])) for vector in vectors(name) if "problem" not in vector]


@pytest.mark.parametrize(("name", "vector"), ALL)
def test_a_vector_gives_its_value_or_its_problem(name: str, vector: dict[str, Any]) -> None:
    asks = asks_of(name, vector["asks"])
    parsed = answers.parse(vector["input"], asks)
    if isinstance(parsed, Problem):
        assert vector.get("problem") == parsed.code
        return
    assert {"asks", "input", "value", "compare", "text"} == set(vector)
    compared = answers.compare(parsed, asks)
    assert parsed == vector["value"]
    assert (compared.json() if compared else None) == vector["compare"]
    assert {language: answers.text(parsed, asks, language) for language in ("ja", "en")} == vector["text"]


@pytest.mark.parametrize("name", [*TRIVIAL, *NUMEROUS])
def test_a_value_in_japanese_words_is_read_as_the_same_value(name: str) -> None:
    for vector, asks in accepted(name):
        assert answers.parse(vector["text"]["ja"], asks) == vector["value"], vector


@pytest.mark.parametrize("name", [*TRIVIAL, *NUMEROUS])
def test_an_accepted_text_fits_the_schema(name: str) -> None:
    for vector, asks in accepted(name):
        schema = answers.schema(asks)
        Draft7Validator.check_schema(schema)
        validator = Draft7Validator(schema)
        assert validator.is_valid(vector["input"]), vector
        assert validator.is_valid([vector["input"]]) == answers.accepts_list(asks), vector


@pytest.mark.parametrize("name", [name for name in answers.TYPES if name != "parts"])
def test_every_type_has_enough_vectors(name: str) -> None:
    assert len(vectors(name)) >= (20 if name in NUMEROUS else 12)


def test_vectors_are_for_types_and_problems_that_exist() -> None:
    assert {path.stem for path in VECTORS.glob("*.json")} == set(answers.TYPES) - {"parts"}
    problems = {param.values[1].get("problem") for param in ALL} - {None}
    assert problems <= set(CODES)


PARTS = (Part("a", {"ja": "甲", "en": "A"}, Asks("line")), Part("b", {"ja": "乙"}, Asks("count", units=("台",))))
CHOICES = (
    Choice("one", {"ja": "①会計監査人による会計監査", "en": "One"}),
    Choice("two", {"ja": "(2) 二"}),
    Choice("none", {"ja": "いずれでもない"}, exclusive=True),
    Choice("empty", {"ja": ""}),
)
ANY_ASKS = [
    *(Asks(name, choices=CHOICES, parts=PARTS) for name in answers.TYPES),
    *(Asks(name) for name in ("choice", "choices", "parts")),
    Asks("date", precision="day"),
    Asks("count", units=("人", "名")),
    Asks("ratio", unit="倍"),
    Asks("place", multiple=True),
    Asks("yes_no", words={"yes": {"ja": "可"}, "no": {"ja": "否", "en": "Not possible"}}),
]
WRITTEN = (
    "0 1 9 12 24 31 99.9 1,000 0120 ０ １２ ① ⑤ 年 月 日 時 分 秒 ヶ月 週間 半年 令和 元 H R : ： / - 〜 ～ − . , 、 "
    "; 時間 % ％ 倍 円 千円 百万円 万 億 (税込) （税抜） [2022年12月期] ( ) （ ） [ ] 【 】 約 以上 まで 目標 以内 "
    "以下 未満 から 兆 平日 土日 毎日 月 金 曜 人 社 電話 FAX @ example.co.jp https:// +81 有り 無し 可 否 日本 "
    "関東 東京 米国 中国 架空信託 該当なし 甲 ' \" \\ \n \r\n \t \u3000 \u00a0 \u200b \U00020bb7 \ud800 "
    "\x00 ½ ㍻ ㈱ ٣ ² 𝟙"
)
PIECES = st.sampled_from(WRITTEN.split(" "))
TEXTS = st.one_of(st.lists(PIECES, min_size=1, max_size=12).map("".join), st.text(min_size=1, max_size=40))


@pytest.mark.parametrize("asks", ANY_ASKS, ids=lambda asks: asks.type)
@settings(max_examples=150)
@given(text=TEXTS)
def test_any_text_is_a_value_or_a_problem(asks: Asks, text: str) -> None:
    parsed = answers.parse(text, asks)
    if isinstance(parsed, Problem):
        assert parsed.code in CODES
        return
    json.dumps(parsed, allow_nan=False)
    compared = answers.compare(parsed, asks)
    json.dumps(compared.json() if compared else None, allow_nan=False)
    for language in ("ja", "en"):
        assert isinstance(answers.text(parsed, asks, language), str)


@pytest.mark.parametrize("asks", [asks for asks in ANY_ASKS if asks.type in NUMEROUS], ids=lambda asks: asks.type)
@settings(max_examples=150)
@given(text=TEXTS)
def test_any_value_in_words_is_read_as_the_same_value(asks: Asks, text: str) -> None:
    parsed = answers.parse(text, asks)
    if not isinstance(parsed, Problem):
        assert answers.parse(answers.text(parsed, asks, "ja"), asks) == parsed


@pytest.mark.parametrize("asks", ANY_ASKS, ids=lambda asks: asks.type)
@pytest.mark.parametrize(
    "letter", ["(", "1", "a", "日本", "、", "9:00-17:00、", "a@", "電話 03-0000-0000 ", "１,", "月", "1以上"]
)
def test_an_endless_answer_takes_no_time(asks: Asks, letter: str) -> None:
    answers.parse(letter * (1_000_000 // len(letter)), asks)
    answers.parse(letter * (3_900 // len(letter)), asks)
