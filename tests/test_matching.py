"""Requirements against answers: each rule, what holds whatever is answered, and that the script says the same."""

from __future__ import annotations

import functools
import json
import random
import shutil
import subprocess
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sites import BASE_URL, ROOT, VARIETY, Inventor, read, rendered, with_disclosures, words

from catalog.answers import conditions, place
from catalog.exports.guideline_json import guideline_json
from catalog.matching import Absence, Standing, Verdict, finding, judge, match, together
from catalog.model import (
    UNANSWERED,
    Answer,
    Asks,
    Catalog,
    Choice,
    Compare,
    Condition,
    Detail,
    Kind,
    Profile,
    Requirement,
    Slot,
    Status,
    Test,
    Weight,
)
from catalog.pages.match import condition_words, field_name, fragment, matched, quoted

MET, PARTLY, ASK, UNDISCLOSED, UNMET = Verdict
NO_WORDS: dict[str, str] = {"ja": "", "en": ""}

YES_NO = Asks("yes_no")
UPS = Asks("yes_no", detail=Detail(NO_WORDS, Asks("duration")))
BACKUP = Asks("yes_no", detail=Detail(NO_WORDS, Asks("place", multiple=True)))
NOTED = Asks("yes_no", detail=Detail(NO_WORDS, Asks("text")))
UPTIME = Asks("ratio", unit="%")
NOTICE = Asks("duration")
SUPPORT = Asks("hours")
PLACE = Asks("place", multiple=True)
KINDS = Asks("choices", choices=(Choice("iot", NO_WORDS), Choice("network", NO_WORDS)))
TEXT = Asks("text")


def disclosed(kind: Kind, text: str = "", compare: Compare | None = None, detail: str = "") -> Answer:
    return Answer(Status.DISCLOSED, kind, text, None, compare, detail)


def value(number: float, unit: str) -> Answer:
    return disclosed(Kind.VALUE, f"{number}", Compare(number=number, unit=unit))


def keyed(key: str) -> Answer:
    return disclosed(Kind.VALUE, key, Compare(key=key))


def yes(compare: Compare | None = None, detail: str = "") -> Answer:
    return disclosed(Kind.YES, "有り", compare or Compare(key="yes"), detail)


NO = disclosed(Kind.NO, "無し", Compare(key="no"))
WITHOUT_DETAIL = Answer(Status.PARTIAL, Kind.YES, "有り", "yes", Compare(key="yes"), missing=(NO_WORDS,))
FREE = disclosed(Kind.TEXT, "契約による(ＩＳＯ 27001)")
NOT_APPLICABLE = disclosed(Kind.NOT_APPLICABLE, "該当なし", detail="扱わないため")
HIDDEN = (Answer(Status.WITHHELD), Answer(Status.ON_REQUEST), UNANSWERED)


def at_least(number: str, unit: str = "") -> Condition:
    return Condition(Test.AT_LEAST, number=number, unit=unit)


def at_most(number: str, unit: str = "") -> Condition:
    return Condition(Test.AT_MOST, number=number, unit=unit)


def within(*values: str) -> Condition:
    return Condition(Test.IN, values=values)


def contains(text: str) -> Condition:
    return Condition(Test.CONTAINS, text=text)


IS_YES, IS_NO, ANSWERED = Condition(Test.YES), Condition(Test.NO), Condition(Test.ANSWERED)

RULES = [
    # 有り and 無し
    (YES_NO, IS_YES, yes(), MET),
    (YES_NO, IS_YES, NO, UNMET),
    (YES_NO, IS_NO, NO, MET),
    (YES_NO, IS_NO, yes(), UNMET),
    (YES_NO, IS_YES, FREE, ASK),
    (YES_NO, IS_NO, FREE, ASK),
    # a number with its unit
    (UPTIME, at_least("99.9"), value(99.95, "%"), MET),
    (UPTIME, at_least("99.9"), value(99.9, "%"), MET),
    (UPTIME, at_least("99.9"), value(99.5, "%"), UNMET),
    (UPTIME, at_least("99.9"), value(99.95, "倍"), ASK),
    (UPTIME, at_least("99.9"), FREE, ASK),
    (UPTIME, at_least("99.9"), disclosed(Kind.NO, "無し"), UNMET),
    (NOTICE, at_most("12", "month"), value(31_557_600, "s"), MET),
    (NOTICE, at_most("12", "month"), value(31_557_601, "s"), UNMET),
    (NOTICE, at_most("12", "month"), disclosed(Kind.NO, "無し"), ASK),
    (SUPPORT, at_least("168"), value(168, "h/week"), MET),
    (SUPPORT, at_least("168"), value(40, "h/week"), UNMET),
    # 有り with a comparable detail
    (UPS, IS_YES, yes(Compare(number=600, unit="s")), MET),
    (UPS, at_least("10", "minute"), yes(Compare(number=600, unit="s")), MET),
    (UPS, at_least("10", "minute"), yes(Compare(number=599, unit="s")), UNMET),
    (UPS, at_least("10", "minute"), NO, UNMET),
    (UPS, at_least("10", "minute"), yes(detail="負荷による"), ASK),
    (BACKUP, IS_YES, yes(Compare(key="JP-kanto")), MET),
    (BACKUP, within("JP"), yes(Compare(key="JP-kanto")), MET),
    (BACKUP, within("JP"), yes(Compare(key="US")), UNMET),
    (BACKUP, within("JP"), yes(detail="契約による"), ASK),
    (BACKUP, within("JP"), NO, UNMET),
    # 有り without the detail that is asked for
    (UPS, IS_YES, WITHOUT_DETAIL, PARTLY),
    (UPS, IS_NO, WITHOUT_DETAIL, UNMET),
    (UPS, at_least("10", "minute"), WITHOUT_DETAIL, ASK),
    (BACKUP, within("JP"), WITHOUT_DETAIL, ASK),
    (NOTED, contains("ISMS"), WITHOUT_DETAIL, ASK),
    (NOTED, ANSWERED, WITHOUT_DETAIL, PARTLY),
    # places
    (PLACE, within("JP"), keyed("JP JP-kanto"), MET),
    (PLACE, within("JP"), keyed("JP-kanto US"), PARTLY),
    (PLACE, within("JP"), keyed("SG US"), UNMET),
    (PLACE, within("JP", "US"), keyed("JP-kanto US"), MET),
    (PLACE, within("JP-kanto"), keyed("JP"), ASK),
    (PLACE, within("JP-kanto"), keyed("JP-kinki"), UNMET),
    (PLACE, within("JP-kanto"), keyed("JP JP-kanto"), PARTLY),
    (PLACE, within("JP-kyushu-okinawa"), keyed("JP-kyushu"), MET),
    (PLACE, within("JP-kyushu"), keyed("JP-kyushu-okinawa"), ASK),
    (PLACE, within("JP-east-japan"), keyed("JP-kanto"), MET),
    (PLACE, within("JP-tokai"), keyed("JP-chubu"), ASK),
    (PLACE, within("JP"), FREE, ASK),
    # choices
    (KINDS, within("iot"), keyed("iot network"), MET),
    (KINDS, within("iot"), keyed("network"), UNMET),
    (KINDS, within("iot", "network"), keyed("network"), MET),
    (KINDS, within("iot"), FREE, ASK),
    # words
    (TEXT, contains("iso 27001"), FREE, MET),
    (TEXT, contains("SOC"), FREE, UNMET),
    (NOTED, contains("isms"), yes(detail="ＩＳＭＳ"), MET),
    (TEXT, contains("SOC"), replace(FREE, status=Status.PARTIAL), ASK),
    (TEXT, contains("契約"), replace(FREE, status=Status.PARTIAL), PARTLY),
    (TEXT, ANSWERED, FREE, MET),
    (YES_NO, ANSWERED, NO, MET),
    # 該当なし
    (TEXT, ANSWERED, NOT_APPLICABLE, UNMET),
    (UPS, at_least("10", "minute"), NOT_APPLICABLE, UNMET),
    (YES_NO, IS_NO, NOT_APPLICABLE, UNMET),
    (YES_NO, IS_YES, replace(NOT_APPLICABLE, status=Status.PARTIAL, detail=""), UNMET),
]


@pytest.mark.parametrize(("asks", "condition", "answer", "verdict"), RULES)
def test_an_answer_meets_a_condition(asks: Asks, condition: Condition, answer: Answer, verdict: Verdict) -> None:
    assert condition.test in conditions.tests(asks)
    assert judge(answer, condition, asks) is verdict


@pytest.mark.parametrize("answer", HIDDEN)
@pytest.mark.parametrize(("asks", "condition"), [rule[:2] for rule in RULES])
def test_what_is_not_disclosed_is_never_an_answer(asks: Asks, condition: Condition, answer: Answer) -> None:
    assert judge(answer, condition, asks) is UNDISCLOSED


TOGETHER = [
    ([MET], MET),
    ([MET, MET], MET),
    ([MET, UNMET], PARTLY),
    ([MET, UNDISCLOSED], PARTLY),
    ([MET, ASK], PARTLY),
    ([PARTLY, UNMET], PARTLY),
    ([PARTLY, PARTLY], PARTLY),
    ([UNMET, UNDISCLOSED, ASK], UNMET),
    ([UNDISCLOSED, ASK], UNDISCLOSED),
    ([ASK, ASK], ASK),
]


@pytest.mark.parametrize(("verdicts", "verdict"), TOGETHER)
def test_data_centers_meet_a_condition_together(verdicts: list[Verdict], verdict: Verdict) -> None:
    assert together(verdicts) is verdict


@given(st.lists(st.sampled_from(list(Verdict)), min_size=1))
def test_together_they_meet_it_only_if_all_do(verdicts: list[Verdict]) -> None:
    found = together(verdicts)
    assert (found is MET) == (set(verdicts) == {MET})
    assert found is together(sorted(verdicts))
    if found in (UNMET, UNDISCLOSED, ASK):
        assert found in verdicts


# --- whole sheets ----------------------------------------------------------------------------------------------------


@functools.cache
def crowd() -> Catalog:
    """Random answers to the ministry's guideline."""
    catalog = read(ROOT)
    inventor = Inventor.of(catalog, seed=4)
    return with_disclosures(catalog, [inventor.disclosure(number) for number in range(60)])


def requirement(slot: Slot, dice: random.Random) -> Requirement:
    """Any condition that fits the field."""
    asks = slot.field.asks
    own = conditions.compared(asks)
    test = dice.choice(conditions.tests(asks))
    unit = dice.choice(list(conditions.UNITS)) if conditions.needs_unit(asks) else ""
    known = list(place.names("ja"))[:20] if own.type == "place" else [choice.id for choice in own.choices]
    condition = {
        Test.AT_LEAST: Condition(test, number=dice.choice(("0", "1", "10", "40", "99.9", "580", "12.25")), unit=unit),
        Test.AT_MOST: Condition(test, number=dice.choice(("0", "3", "99.99", "1000000", "0.5")), unit=unit),
        Test.IN: Condition(test, values=tuple(dice.sample(known, min(len(known), dice.randint(1, 3))))),
        Test.CONTAINS: Condition(test, text=dice.choice(("有", "ＩＳＭＳ", "iso", "a:b,c&d=e%", "架空", "契約"))),
    }.get(test, Condition(test))
    return Requirement(slot.field.id, dice.choice(list(Weight)), condition)


def invented(catalog: Catalog, number: int) -> Profile:
    dice = random.Random(number)
    guideline = catalog.newest[0]
    chosen = dice.sample(guideline.slots, min(len(guideline.slots), 24))
    requirements = tuple(requirement(slot, dice) for slot in chosen)
    return Profile(f"p{number}", {"ja": f"要件 {number} & <b>"}, {}, guideline, requirements)


def test_every_condition_occurs_in_what_is_made_up() -> None:
    tests = {one.condition.test for number in range(6) for one in invented(crowd(), number).requirements}
    assert tests == set(Test)


@pytest.mark.parametrize("number", range(6))
def test_nothing_undisclosed_is_met_on_any_sheet(number: int) -> None:
    profile = invented(crowd(), number)
    standings = match(profile, matched(crowd(), profile))
    assert standings
    for standing in standings:
        for one in standing.findings:
            hidden = [row.answer.status not in (Status.DISCLOSED, Status.PARTIAL) for row, _ in one.rows]
            open_ends = any(hidden) or any(row.answer.status is Status.PARTIAL for row, _ in one.rows) or not one.rows
            assert one.verdict is not MET or not open_ends
            assert not (hidden and all(hidden)) or one.verdict is UNDISCLOSED
            for (_, verdict), is_hidden in zip(one.rows, hidden, strict=True):
                assert (verdict is UNDISCLOSED) == is_hidden


def test_samples_come_last_and_more_musts_come_first() -> None:
    profile = invented(crowd(), 1)
    standings = match(profile, matched(crowd(), profile))
    assert [one.sheet.disclosure.sample for one in standings] == sorted(
        one.sheet.disclosure.sample for one in standings
    )
    real = [one for one in standings if not one.sheet.disclosure.sample]
    musts = [one.count(Weight.MUST, MET) for one in real]
    assert musts == sorted(musts, reverse=True)


def test_a_service_without_a_data_center_does_not_meet_what_is_asked_of_one() -> None:
    catalog = read(ROOT)
    (sheet,) = (one for one in catalog.sheets if one.path == "kakuu-iot/field-platform")
    slot = sheet.guideline.by_field["location"]
    found = finding(Requirement("location", Weight.MUST, within("JP")), slot, sheet, [])
    assert (found.verdict, found.absence) == (UNMET, Absence.NO_DATA_CENTER)


def test_what_an_older_version_does_not_ask_is_not_disclosed() -> None:
    catalog = read(VARIETY)
    newest = {guideline.id: guideline for guideline in catalog.newest}
    old = [sheet for sheet in catalog.sheets if sheet.guideline is not newest[sheet.guideline.id]]
    assert old
    for sheet in old:
        guideline = newest[sheet.guideline.id]
        fresh = [slot for slot in guideline.slots if slot.field.id not in sheet.guideline.by_field]
        assert fresh
        for slot in fresh:
            profile = Profile("x", {}, {}, guideline, (Requirement(slot.field.id, Weight.MUST, ANSWERED),))
            (standing,) = match(profile, [sheet])
            assert standing.findings[0].verdict is UNDISCLOSED
            assert standing.findings[0].absence is Absence.NOT_ASKED


# --- the script ------------------------------------------------------------------------------------------------------


@functools.cache
def exported(of_variety: bool) -> dict[str, Any]:
    """The files that the page reads, by path."""
    catalog = read(VARIETY) if of_variety else crowd()
    site = rendered(catalog, BASE_URL, lambda path: path.startswith(("api/v1/answers/", "api/v1/catalog")))
    return {path: json.loads(data) for path, data in site.files.items() if path.endswith(".json")}


def said_by_the_script(catalog: Catalog, files: dict[str, Any], language: str, fragments: list[str]) -> Any:
    guideline = catalog.newest[0]
    own = words(language)
    services = [one for one in files["api/v1/catalog.json"]["services"] if one["guideline"] == guideline.id]
    folder = f"api/v1/answers/{guideline.id}/"
    asked = {
        "guideline": guideline_json(guideline),
        "answers": {path.removeprefix(folder)[:-5]: one for path, one in files.items() if path.startswith(folder)},
        "services": [
            one | {"path": f"{one['provider']}/{one['service']}"} for one in services if one["state"] != "withdrawn"
        ],
        "words": {key.removeprefix("match."): text for key, text in own.words.items()},
        "places": place.names(language),
        "language": language,
        "fragments": fragments,
        "pairs": _pairs(),
    }
    node = shutil.which("node")
    assert node, "no Node.js: run scripts/setup.sh test"
    script = ROOT / "tests" / "js" / "match_twin.mjs"
    run = subprocess.run([node, script], input=json.dumps(asked), capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def _pairs() -> list[tuple[str, str]]:
    some = [key for key in place.names("ja") if key.startswith("JP")] + ["US", "SG"]
    return [(one, wanted) for one in some for wanted in some]


def said_by_python(standing: Standing, profile: Profile, language: str) -> dict[str, Any]:
    t = words(language)
    by_third_party = standing.sheet.disclosure.by_third_party
    slots = [profile.guideline.by_field[one.requirement.field] for one in standing.findings]
    told = [
        [asdict(quoted(t, row.answer, slot.field.asks, third_party=by_third_party)) for row, _ in one.rows]
        for one, slot in zip(standing.findings, slots, strict=True)
    ]
    return {
        "path": standing.sheet.path,
        "findings": [
            {
                "verdict": one.verdict.value,
                "rows": [verdict.value for _, verdict in one.rows],
                "absence": one.absence.value if one.absence else None,
            }
            for one in standing.findings
        ],
        "quoted": told,
    }


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("of_variety", [False, True], ids=["crowd", "variety"])
def test_the_script_says_the_same(of_variety: bool, language: str) -> None:
    catalog = read(VARIETY) if of_variety else crowd()
    t = words(language)
    profiles = [invented(catalog, number) for number in range(12)]
    fragments = [fragment(profile, t) for profile in profiles]
    said = said_by_the_script(catalog, exported(of_variety), language, fragments)
    for profile, written, found in zip(profiles, fragments, said["profiles"], strict=True):
        assert found["dropped"] == []
        assert found["fragment"] == written
        slots = [profile.guideline.by_field[one.field] for one in profile.requirements]
        pairs = list(zip(profile.requirements, slots, strict=True))
        assert found["conditions"] == [condition_words(t, one.condition, slot.field) for one, slot in pairs]
        assert found["names"] == [field_name(t, slot) for slot in slots]
        standings = match(profile, matched(catalog, profile))
        plain = [{key: one[key] for key in ("path", "findings", "quoted")} for one in found["standings"]]
        assert plain == [said_by_python(standing, profile, language) for standing in standings]
    for slot in catalog.newest[0].slots:
        tests = [test.value for test in conditions.tests(slot.field.asks)]
        assert said["tested"][slot.field.id] == {"tests": tests, "unit": conditions.own_unit(slot.field.asks)}
    assert said["insides"] == [place.inside(*pair) for pair in _pairs()]


def test_a_file_that_the_page_saved_is_a_profile(tmp_path: Any) -> None:
    """JSON is YAML: what was saved can be put into content/profiles/ as it is."""
    profile = invented(crowd(), 3)
    same = [Condition(Test.CONTAINS, text=text) for text in ("9001", "SOC 2")]
    two = [Requirement("certifications", Weight.MUST, one) for one in same]
    profile = replace(profile, requirements=(*profile.requirements, *two))
    said = said_by_the_script(crowd(), exported(False), "ja", [fragment(profile, words())])
    root = tmp_path / "root"
    for name in ("content", "guideline"):
        shutil.copytree(ROOT / name, root / name)
    (root / "content/profiles/saved.yaml").write_text(said["profiles"][0]["file"], encoding="utf-8")
    (found,) = (one for one in read(root).profiles if one.id == "saved")
    assert [(one.field, one.weight, one.condition) for one in found.requirements] == [
        (one.field, one.weight, one.condition) for one in profile.requirements
    ]


def test_every_word_of_the_page_is_said_somewhere() -> None:
    """By its key below `match.` in a script, by its whole key in a template or in Python; its end may be put in."""
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "theme/assets/js/match").glob("*.js"))
    files = [*(ROOT / "theme/templates").rglob("*match*.html"), ROOT / "theme/templates/components/verdict.html"]
    files += [ROOT / "theme/templates/components/site.html", ROOT / "catalog/pages/match.py"]
    pages = "\n".join(path.read_text(encoding="utf-8") for path in files)
    unsaid = []
    for key in (key.removeprefix("match.") for key in words().words if key.startswith("match.")):
        start, _, _ = key.rpartition(".")
        whole = [f'"{key}"' in scripts, f"match.{key}'" in pages, f'match.{key}"' in pages]
        parts = [f"`{start}.${{" in scripts, f"match.{start}.' ~" in pages, f"match.{start}.{{" in pages]
        stem, _, _ = key.rpartition("_")
        whole.append(f"match.{stem}_{{" in pages)
        if not any(whole) and not (start and any(parts)) and start != "letter_body":
            unsaid.append(key)
    assert unsaid == []
