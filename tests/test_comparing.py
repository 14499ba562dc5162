"""How answers compare: the rules, and that the browser's are the same, over disclosures that nobody wrote."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from collections.abc import Mapping
from typing import Any

import pytest
from sites import ROOT, Inventor, read, with_disclosures, words

from catalog import comparing
from catalog.exports.service_json import row_json
from catalog.model import Answer, Compare, Kind, Row, Status

SCRIPT = """
import { differ, wording, plain } from "./theme/assets/js/compare/comparing.js";
let text = "";
for await (const part of process.stdin) text += part;
const { rows, amounts, numbers, words } = JSON.parse(text);
const languages = ["ja", "en"];
console.log(JSON.stringify({
  differ: rows.map((columns) => differ(columns)),
  wording: amounts.map((row) => languages.map((language) => wording(row, words[language], language))),
  plain: numbers.map((number) => plain(number)),
}));
"""


def amount_words(language: str) -> Mapping[str, str]:
    return {name: words(language)(f"compare.amount.{name}") for name in comparing.WORDS}


def said(text: str, **more: Any) -> Answer:
    return Answer(more.pop("status", Status.DISCLOSED), more.pop("kind", Kind.VALUE), text, **more)


def amount(number: float, unit: str, text: str = "") -> Answer:
    return said(text, compare=Compare(number, unit))


YES = said("有り", kind=Kind.YES, compare=Compare(key="yes"))
NO = said("無し", kind=Kind.NO, compare=Compare(key="no"))
NOTHING = Answer(Status.UNANSWERED)
WITHHELD = Answer(Status.WITHHELD, detail="未公表")
ON_REQUEST = Answer(Status.ON_REQUEST, detail="窓口へ")
PARTIAL = said("有り", kind=Kind.YES, status=Status.PARTIAL, compare=Compare(key="yes"))
NOT_APPLICABLE = said("該当なし", kind=Kind.NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NOTHING, NOTHING),
        (WITHHELD, Answer(Status.WITHHELD, detail="別の理由")),
        (ON_REQUEST, ON_REQUEST),
        (NOT_APPLICABLE, NOT_APPLICABLE),
        (YES, said("可", kind=Kind.YES, compare=Compare(key="yes"), detail="別の内容")),
        (amount(172800, "s", "48時間"), amount(172800, "s", "2日")),
        (amount(99.9, "%", "99.9%"), amount(99.90, "%", "99.90%")),
        (said("ＩＳＭＳ  認証"), said("ISMS 認証")),
        (said("契約による"), said("契約による", kind=Kind.TEXT)),
    ],
)
def test_answers_that_say_the_same(one: Answer, other: Answer) -> None:
    assert not comparing.differ([[one], [other]])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NOTHING, YES),
        (NOTHING, NO),
        (NOTHING, WITHHELD),
        (NOTHING, NOT_APPLICABLE),
        (WITHHELD, ON_REQUEST),
        (WITHHELD, NO),
        (YES, NO),
        (YES, PARTIAL),
        (NO, NOT_APPLICABLE),
        (amount(1, "s"), amount(1, "h/week")),
        (amount(99.9, "%"), said("99.9%", kind=Kind.TEXT)),
        (said("東京"), said("大阪")),
    ],
)
def test_answers_that_differ(one: Answer, other: Answer) -> None:
    assert comparing.differ([[one], [other]])


def test_data_centers_that_agree_count_once() -> None:
    assert not comparing.differ([[YES, YES], [YES]])
    assert not comparing.differ([[YES, NO], [NO, YES]])
    assert comparing.differ([[YES, NO], [YES]])
    assert comparing.differ([[YES, YES, NO], [YES, NO]])
    assert comparing.differ([[], [NOTHING]])


@pytest.mark.parametrize(
    ("answer", "ja", "en"),
    [
        (amount(16_859_430_000, "JPY", "16,859,430千円"), "約168.6億円", "about JPY 16.86 billion"),
        (amount(10_000_000_000, "JPY", "10,000百万円"), "100億円", "JPY 10 billion"),
        (amount(-35_000_000, "JPY", "△35,000千円"), "-3,500万円", "JPY -35 million"),
        (amount(0, "JPY", "無料"), "0円", "JPY 0"),
        (amount(172_800, "s", "48時間"), "2日", "2 days"),
        (amount(7_776_000, "s", "90日"), "", "90 days"),
        (amount(31_557_600, "s", "12ヶ月"), "1年", "1 year"),
        (amount(168, "h/week", "24時間365日"), "週168時間", "168 hours a week"),
        (amount(99.99999, "%", "ファイブナインズ超"), "99.99999%", "99.99999%"),
        (amount(99.99, "%", "99.99% 以上"), "", ""),
        (amount(12, "世代", "12世代"), "", ""),
        (said("100〜200円", compare=Compare(100, "JPY"), value={"amount": "100", "max": "200"}), "", ""),
        (NOTHING, "", ""),
        (YES, "", ""),
    ],
)
def test_a_number_in_one_wording(answer: Answer, ja: str, en: str) -> None:
    assert comparing.wording(answer, amount_words("ja"), "ja") == ja
    assert comparing.wording(answer, amount_words("en"), "en") == en


def run_script(given: Mapping[str, Any]) -> dict[str, Any]:
    node = shutil.which("node")
    if node is None:
        pytest.fail("no Node.js: run scripts/setup.sh test")
    command = [node, "--input-type=module", "--eval", SCRIPT]
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(given), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_browser_has_the_same_rules() -> None:
    catalog = read(ROOT)
    inventor = Inventor.of(catalog, seed=11)
    dice = random.Random(11)
    crowd = with_disclosures(catalog, [inventor.disclosure(number) for number in range(40)])
    sheets = [*catalog.sheets, *crowd.sheets]
    rows: list[list[list[Row]]] = []
    for _ in range(60):
        chosen = dice.sample(sheets, dice.randrange(2, 7))
        for slot in dice.sample(catalog.newest[0].slots, 60):
            field = slot.field.id
            rows.append([[row for row in sheet.rows if row.slot.field.id == field] for sheet in chosen])
    numbers = [dice.choice((1, 1000, 0.01, 86400)) * dice.randrange(10 ** dice.randrange(1, 14)) for _ in range(2000)]
    units = ("JPY", "s", "h/week", "%", "人")
    invented = [Row(catalog.newest[0].slots[0], amount(number, dice.choice(units))) for number in numbers]
    real = [row for sheet in sheets for row in sheet.rows if row.answer.compare]
    amounts = [*invented, *real]
    found = run_script(
        {
            "rows": [[[row_json(row) for row in column] for column in columns] for columns in rows],
            "amounts": [row_json(row) for row in amounts],
            "numbers": numbers,
            "words": {language: amount_words(language) for language in ("ja", "en")},
        }
    )
    expected = [comparing.differ([[row.answer for row in column] for column in columns]) for columns in rows]
    assert found["differ"] == expected
    assert len(set(expected)) == 2
    assert found["wording"] == [
        [comparing.wording(row.answer, amount_words(language), language) for language in ("ja", "en")]
        for row in amounts
    ]
    assert sum(bool(any(pair)) for pair in found["wording"]) > 1000
    assert found["plain"] == [comparing.plain(number) for number in numbers]
