"""From bytes to the model: how people write, what the words mean, where nodes stand; and never a traceback."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import pipeline, source
from catalog.diagnostics import Diagnostic, Report, printers
from catalog.diagnostics.codes import CODES
from catalog.load.guidelines import load_guidelines
from catalog.model import Answer, Compare, Disclosure, Kind, Status
from catalog.source import File, Mapping, Node, ParseCache, Scalar, Sequence

HERE = Path(__file__).resolve().parent
SMALLEST = HERE / "roots" / "smallest"
TODAY = date(2026, 11, 23)
DISCLOSURE = "content/providers/kaku-shoji.yaml"
HEAD = 'guideline: mini\nguideline_version: "1"\nsubmitted_by: provider\nname: 青葉商事\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALLEST, tmp_path / "root"))


def read(root: Path, text: str | bytes) -> tuple[Disclosure, Report]:
    """The disclosure that `text` is, laid into the smallest catalog."""
    (root / DISCLOSURE).write_bytes(text if isinstance(text, bytes) else text.encode())
    report = Report()
    catalog = pipeline.read(root, TODAY, ParseCache(None, ""), report)
    assert catalog, printers.as_text(report.sorted(), "en")
    return catalog.providers[0].main, report


def answer(root: Path, field: str, written: str) -> tuple[Answer, list[str]]:
    """The answer at a field of a service and the codes of what was reported about it."""
    text = f"{HEAD}services:\n  cloud:\n    name: 架空クラウド\n    answers:\n      {field}: {written}\n"
    disclosure, report = read(root, text)
    found = disclosure.services[0].answers.get(field, Answer(Status.UNANSWERED))
    return found, [d.code for d in report.diagnostics]


def _problems(root: Path, text: str) -> list[Diagnostic]:
    """What is reported about a disclosure that cannot be used."""
    (root / DISCLOSURE).write_text(text, encoding="utf-8")
    report = Report()
    pipeline.read(root, TODAY, ParseCache(None, ""), report)
    return report.sorted()


# --- words ---

YES = ["有り", "あり", "有", "yes", "Yes", "YES", "可", "ｙｅｓ", "有 り", "'有り'", '"有り"']
NO = ["無し", "なし", "無", "no", "No", "否", "ｎｏ", "'無し'"]


@pytest.mark.parametrize(
    ("written", "shown"), [("×", "無し"), ("なし", "なし"), ("いいえ", "無し"), ("未実施", "無し")]
)
def test_no_of_another_type_is_shown_in_words(root: Path, written: str, shown: str) -> None:
    found, codes = answer(root, "contact", written)
    assert (found.status, found.kind, found.text, codes) == (Status.DISCLOSED, Kind.NO, shown, [])


def test_a_service_may_be_called_like_a_field(root: Path) -> None:
    text = f"{HEAD}services:\n  report:\n    name: 架空の報告\n  notice:\n    answers: {{service_name: 架空の告知}}\n"
    disclosure, report = read(root, text)
    assert [service.id for service in disclosure.services] == ["report", "notice"]
    assert not report.diagnostics


@pytest.mark.parametrize("written", YES)
def test_yes_is_understood_and_shown_in_the_words_of_the_field(root: Path, written: str) -> None:
    found, codes = answer(root, "report", f"{{answer: {written}, detail: 月次}}")
    assert (found.status, found.kind, found.text, found.detail) == (Status.DISCLOSED, Kind.YES, "有り", "月次")
    assert codes == []


@pytest.mark.parametrize("written", NO)
def test_no_is_a_complete_answer(root: Path, written: str) -> None:
    found, codes = answer(root, "report", written)
    assert (found.status, found.kind, found.text, found.value) == (Status.DISCLOSED, Kind.NO, "無し", "no")
    assert codes == []


@pytest.mark.parametrize("sign", ["有り: {}", "有り：{}", "あり({})", "有（{}）", "有り、{}", "yes: {}", "有り ( {} )"])
def test_a_detail_may_follow_yes_at_once(root: Path, sign: str) -> None:
    found, codes = answer(root, "report", f"'{sign.format('月次の報告')}'")
    assert (found.status, found.text, found.detail) == (Status.DISCLOSED, "有り", "月次の報告")
    assert codes == []


def test_the_original_wording_of_a_detail_and_a_reason_is_kept(root: Path) -> None:
    found, _ = answer(root, "report", "有り（㈱架空の１部―２部）")
    assert found.detail == "㈱架空の１部―２部"
    found, _ = answer(root, "notice", "該当なし（㈱架空の①―②）")
    assert found.detail == "㈱架空の①―②"


@pytest.mark.parametrize("written", NO)
def test_no_is_complete_wherever_a_value_is_asked_for(root: Path, written: str) -> None:
    found, codes = answer(root, "notice", written)
    assert (found.status, found.kind) == (Status.DISCLOSED, Kind.NO)
    assert codes == []


@pytest.mark.parametrize("written", YES)
def test_yes_alone_is_half_an_answer_where_a_value_is_asked_for(root: Path, written: str) -> None:
    found, codes = answer(root, "notice", written)
    assert (found.status, found.kind) == (Status.PARTIAL, Kind.YES)
    assert [text["ja"] for text in found.missing] == ["終了の告知時期"]
    assert codes == ["bare-yes"]


@pytest.mark.parametrize("field", ["notice", "report", "contact", "kind", "os", "data_location", "support_hours"])
@pytest.mark.parametrize("sign", ["該当なし({})", "該当なし（{}）", "該当なし ({})。", "該当無し({})", "該当なし：{}"])
def test_not_applicable_with_its_reason_is_disclosed(root: Path, field: str, sign: str) -> None:
    found, codes = answer(root, field, sign.format("提供しないため"))
    assert (found.status, found.kind) == (Status.DISCLOSED, Kind.NOT_APPLICABLE)
    assert (found.text, found.detail) == ("該当なし", "提供しないため")
    assert codes == []


@pytest.mark.parametrize("sign", ["非公開({})", "非公開（{}）", "非公開 ({})", "非公開：{}", "{{withheld: {}}}"])
def test_what_is_withheld_is_not_disclosed_but_has_its_reason(root: Path, sign: str) -> None:
    found, codes = answer(root, "notice", sign.format("保安のため"))
    assert (found.status, found.kind, found.text, found.detail) == (Status.WITHHELD, None, "非公開", "保安のため")
    assert codes == []


def test_what_is_told_on_request_says_how(root: Path) -> None:
    found, codes = answer(root, "notice", "{on_request: 秘密保持契約を結んだ方に, note: 補足}")
    assert (found.status, found.text, found.detail) == (Status.ON_REQUEST, "個別開示", "秘密保持契約を結んだ方に")
    assert found.note == "補足"
    assert codes == []


@pytest.mark.parametrize(
    ("written", "status", "reason"),
    [
        ("個別開示", Status.ON_REQUEST, ""),
        ("個別開示(窓口に申請)", Status.ON_REQUEST, "窓口に申請"),
        ("個別に開示します", Status.ON_REQUEST, ""),
        ("個別に回答: 営業まで", Status.ON_REQUEST, "営業まで"),
        ("非開示(社外秘のため)", Status.WITHHELD, "社外秘のため"),
        ("非公表（未定のため）", Status.WITHHELD, "未定のため"),
        ("該当しない(提供なし)", Status.DISCLOSED, "提供なし"),
        ("非該当(提供なし)", Status.DISCLOSED, "提供なし"),
        ("該当ありません(提供なし)", Status.DISCLOSED, "提供なし"),
    ],
)
@pytest.mark.parametrize("field", ["report", "notice", "contact", "data_location"])
def test_other_words_of_a_state_are_understood(
    root: Path, field: str, written: str, status: Status, reason: str
) -> None:
    found, codes = answer(root, field, f'"{written}"')
    assert (found.status, found.detail, codes) == (status, reason, [])


@pytest.mark.parametrize(
    "written",
    [
        "対象外",
        "適用外",
        "N/A",
        "n/a",
        "お問い合わせください",
        "要問合せ",
        "社外秘",
        "公開していません",
        "非公開です。詳細は別途",
    ],
)
@pytest.mark.parametrize("field", ["report", "notice", "old_feature", "contact"])
def test_words_that_leave_the_state_open_are_refused(root: Path, field: str, written: str) -> None:
    text = f"{HEAD}services:\n  cloud:\n    name: 架空クラウド\n    answers:\n      {field}: {written}\n"
    assert "state-unclear" in {problem.code for problem in _problems(root, text)}


@pytest.mark.parametrize(
    "written", ["非公開鍵を使う", "対象外の機器を除く", "該当なしの場合は連絡", "秘密保持契約を結ぶ"]
)
def test_words_that_only_resemble_a_state_are_words(root: Path, written: str) -> None:
    text = f"{HEAD}provider:\n  overview: {written}\nservices:\n  cloud:\n    name: 架空クラウド\n"
    disclosure, report = read(root, text)
    assert disclosure.answers["overview"].kind is Kind.TEXT or disclosure.answers["overview"].kind is Kind.VALUE
    assert not report.diagnostics


@pytest.mark.parametrize("hidden", ["非公開", "非開示(契約による)", "個別開示", "個別に開示(NDA締結後)"])
def test_a_detail_that_is_hidden_makes_the_yes_partial(root: Path, hidden: str) -> None:
    for written in (
        f"有り({hidden})",
        f"{{answer: 有り, detail: {hidden}}}",
        f"{{answer: 有り, detail: {{text: {hidden}}}}}",
    ):
        found, codes = answer(root, "report", written)
        assert (found.status, found.kind, found.detail, codes) == (Status.PARTIAL, Kind.YES, hidden, [])


@pytest.mark.parametrize(
    ("field", "written", "value"),
    [
        ("notice", "[3ヶ月]", "P3M"),
        ("kind", "[iaas]", "iaas"),
        ("data_location", "[日本、米国, ドイツ]", ["JP", "US", "DE"]),
        ("support_hours", "[9時〜17時(土日祝除く)]", None),
    ],
)
def test_a_list_is_read_as_what_it_holds(root: Path, field: str, written: str, value: object) -> None:
    found, codes = answer(root, field, written)
    assert (found.status, found.kind, codes) == (Status.DISCLOSED, Kind.VALUE, [])
    if isinstance(value, list):
        assert [place["country"] for place in found.value] == value
    elif value:
        assert found.value == value


@pytest.mark.parametrize(
    ("written", "kind", "detail"),
    [
        ("○(月次)", Kind.YES, "月次"),
        ("はい、月次", Kind.YES, "月次"),
        ("有り 月次", Kind.YES, "月次"),
        ("有り。月次", Kind.YES, "月次"),
        ("有り【月次】", Kind.YES, "月次"),
        ("◯ 月次", Kind.YES, "月次"),
        ("× 検討の予定", Kind.NO, "検討の予定"),
        ("未実施(来年度から)", Kind.NO, "来年度から"),
    ],
)
def test_the_detail_may_follow_in_many_ways(root: Path, written: str, kind: Kind, detail: str) -> None:
    found, codes = answer(root, "report", f'"{written}"')
    assert (found.status, found.kind, found.detail, codes) == (Status.DISCLOSED, kind, detail, [])


def test_what_stands_one_level_too_high_is_read_all_the_same(root: Path) -> None:
    text = f"{HEAD}employees: 5社\nservices:\n  cloud:\n    service_name: 架空クラウド\n    notice: 早め\n"
    found = [(problem.code, problem.location.line) for problem in _problems(root, text)]
    assert found == [
        ("fields-misplaced", 5),
        ("unit-unknown", 5),
        ("fields-misplaced", 8),
        ("not-a-duration", 9),
    ]


@pytest.mark.parametrize("written", ["", "~", "null", '""', "'  '", "# 未定", "{}", "{answer: }", "{text: ~}", "[]"])
def test_nothing_written_is_unanswered(root: Path, written: str) -> None:
    found, codes = answer(root, "notice", written)
    assert found.status is Status.UNANSWERED
    assert codes == []


@pytest.mark.parametrize("written", ["24:00", "0120777777", "99.90", "on", "1e3", "0x10", "2024-10-31", "1_000", ".5"])
def test_a_text_stays_what_was_written(root: Path, written: str) -> None:
    found, _ = answer(root, "overview", written)
    assert (found.text, found.value) == (written, written)


def test_free_words_are_disclosed_and_not_comparable(root: Path) -> None:
    found, codes = answer(root, "notice", "{text: 契約による, source: https://example.co.jp/, as_of: 2026年4月}")
    assert (found.status, found.kind, found.text) == (Status.DISCLOSED, Kind.TEXT, "契約による")
    assert (found.value, found.compare) == (None, None)
    assert (found.source, found.as_of) == ("https://example.co.jp/", "2026-04")
    assert codes == []


def test_a_value_keeps_its_wording_and_derives_what_is_compared(root: Path) -> None:
    found, _ = answer(root, "notice", "３ヶ月前")
    assert (found.text, found.value) == ("３ヶ月前", "P3M")
    assert found.compare == Compare(number=7889400, unit="s")


# --- partial answers ---


@pytest.mark.parametrize(
    ("field", "written", "missing"),
    [
        ("report", "有り", ["報告の内容"]),
        ("report", "{answer: 有り}", ["報告の内容"]),
        ("report", "{answer: 有り, detail: }", ["報告の内容"]),
        ("report", "{answer: 有り, detail: 非公開}", ["報告の内容"]),
        ("report", "有り(非公開(保安のため))", ["報告の内容"]),
        ("notice", "あり", ["終了の告知時期"]),
        ("notice", "該当なし", ["理由"]),
        ("notice", "{not_applicable: }", ["理由"]),
        ("os", "{answer: {hypervisor: 有り}}", ["OS"]),
        ("os", "{answer: {systems: Ubuntu 24.04}}", ["仮想化ソフト"]),
        ("os", "{answer: {hypervisor: 非公開(保安のため), systems: Ubuntu}}", ["仮想化ソフト"]),
        ("os", "{answer: {hypervisor: 該当なし, systems: Ubuntu}}", ["理由"]),
    ],
)
def test_half_an_answer_is_partial_and_says_what_is_missing(
    root: Path, field: str, written: str, missing: list[str]
) -> None:
    found, _ = answer(root, field, written)
    assert found.status is Status.PARTIAL
    assert [text["ja"] for text in found.missing] == missing


@pytest.mark.parametrize("sign", ["{{answer: {}}}", "{}"])
def test_parts_count_as_one_answer(root: Path, sign: str) -> None:
    found, codes = answer(root, "os", sign.format("{hypervisor: 無し, systems: Ubuntu}"))
    assert (found.status, found.kind) == (Status.DISCLOSED, Kind.VALUE)
    assert found.text == "仮想化ソフト: 無し\nOS: Ubuntu"
    assert found.value["systems"] == {"value": "Ubuntu", "text": "Ubuntu", "detail": ""}
    assert codes == []


def test_free_words_may_take_the_place_of_parts(root: Path) -> None:
    found, _ = answer(root, "os", "{text: 契約者が選ぶ}")
    assert (found.status, found.kind) == (Status.DISCLOSED, Kind.TEXT)


def test_a_detail_of_a_comparable_type_is_what_is_compared(root: Path) -> None:
    text = f"{HEAD}services:\n  cloud: {{name: 架空, data_centers: [a, b, c]}}\ndata_centers:\n"
    text += "  a: {ups: {answer: 有り, detail: 10分}}\n  b: {ups: 有り(10分)}\n"
    text += "  c: {ups: {answer: 有り, detail: {text: 機器による}}}\n"
    disclosure, _ = read(root, text)
    a, b, c = (center.answers["ups"] for center in disclosure.data_centers)
    assert a.compare == b.compare == Compare(number=600, unit="s")
    assert a.value == {"answer": "yes", "detail": "PT10M"}
    assert (c.status, c.detail, c.compare) == (Status.DISCLOSED, "機器による", Compare(key="yes"))


# --- lists, groups, overrides ---


def test_a_list_may_be_written_one_entry_a_line(root: Path) -> None:
    found, _ = answer(root, "support_hours", "\n        - 平日 9:00-12:00\n        - 13:00-17:00（祝日を除く）")
    assert found.text == "平日 9:00-12:00、13:00-17:00（祝日を除く）"
    assert found.compare == Compare(number=35, unit="h/week")
    found, _ = answer(root, "data_location", "[日本(関東), 米国]")
    assert found.compare == Compare(key="JP-kanto US")


def test_a_whole_group_may_be_not_applicable_at_once(root: Path) -> None:
    text = f"{HEAD}services:\n  cloud:\n    name: 架空\n    answers:\n      notice: 3ヶ月前\n"
    text += "      not_applicable: {support: 窓口を持たないため}\n"
    disclosure, report = read(root, text)
    found = disclosure.services[0].answers
    assert found["notice"].text == "3ヶ月前"  # what is answered by itself goes before
    for field in ("support_hours", "contact", "report"):
        assert (found[field].kind, found[field].detail) == (Kind.NOT_APPLICABLE, "窓口を持たないため")
    assert set(found) == {"notice", "support_hours", "contact", "report"}
    assert report.diagnostics == []


def test_a_group_without_its_reason_is_partial_and_reported_once(root: Path) -> None:
    text = f"{HEAD}services:\n  cloud:\n    name: 架空\n    answers:\n      not_applicable: {{support: }}\n"
    disclosure, report = read(root, text)
    found = disclosure.services[0].answers
    assert [d.code for d in report.diagnostics] == ["reason-missing"]
    assert {name: given.status for name, given in found.items()} == dict.fromkeys(
        ("support_hours", "contact", "notice", "report"), Status.PARTIAL
    )


def test_a_service_may_override_an_answer_of_its_provider(root: Path) -> None:
    text = f"{HEAD}provider: {{employees: 5人, overview: 事業}}\nservices:\n"
    text += "  a: {name: 架空A, answers: {employees: 3人}}\n  b: {name: 架空B}\n"
    read(root, text)
    catalog = pipeline.read(root, TODAY, ParseCache(None, ""), Report())
    assert catalog
    a, b = catalog.providers[0].sheets
    rows = {(sheet.service.id, row.slot.field.id): row for sheet in (a, b) for row in sheet.rows}
    assert (rows["a", "employees"].answer.text, rows["a", "employees"].overridden) == ("3人", True)
    assert (rows["b", "employees"].answer.text, rows["b", "employees"].overridden) == ("5人", False)
    assert not rows["a", "overview"].overridden


# --- files as people save them ---


def test_crlf_a_byte_order_mark_and_full_width_letters_are_fine(root: Path) -> None:
    text = f"{HEAD}provider:\n  employees: １，２３４　名（単独）\n  overview: |\n    一行目\n    二行目\n"
    disclosure, report = read(root, b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert disclosure.answers["employees"].compare == Compare(number=1234, unit="人")
    assert disclosure.answers["overview"].text == "一行目\n二行目"
    assert report.diagnostics == []


def test_services_and_data_centers_may_be_empty(root: Path) -> None:
    disclosure, report = read(root, f"{HEAD}provider:\nservices:\n  cloud:\n    name: 架空\ndata_centers: ~\n")
    assert (disclosure.answers, disclosure.services[0].answers, disclosure.data_centers) == ({}, {}, ())
    assert report.diagnostics == []


def test_readme_and_hidden_files_beside_the_disclosures_are_nobodys_answers(root: Path) -> None:
    for name in ("README.md", "readme", ".DS_Store", ".kaku.yaml.swp"):
        (root / "content/providers" / name).write_bytes(b"\xff")
    read(root, HEAD)


def test_versions_of_a_guideline_stand_in_their_order(root: Path) -> None:
    for version in ("2", "10"):
        folder = root / "guideline/mini" / version
        shutil.copytree(root / "guideline/mini/1", folder)
        path = folder / "guideline.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace('"1"', version), encoding="utf-8")
    report = Report()
    found = load_guidelines(root, ParseCache(None, ""), report)
    assert [guideline.version for guideline in found] == ["1", "2", "10"]
    assert report.diagnostics == []


# --- places ---


def parsed(text: str, cache: ParseCache | None = None) -> tuple[Node | None, Report]:
    report = Report()
    data = text.encode("utf-8", "surrogatepass")
    file = File("x.yaml", data, text)
    return (cache.parse(file, report) if cache else source.parse(file, report)), report


def test_columns_count_code_points() -> None:
    node, _ = parsed("𠮷野家: ＡＢ\n'𠮷': {é: \"𠮷𠮷\", 次: 値}\n")
    assert isinstance(node, Mapping)
    (first, value), (second, inner) = node.entries
    assert isinstance(inner, Mapping)
    assert [(n.line, n.column) for n in (first, value, second, inner)] == [(1, 1), (1, 6), (2, 1), (2, 6)]
    assert [(key.line, key.column) for key, _ in inner.entries] == [(2, 7), (2, 16)]


def test_ranges_are_those_of_the_text() -> None:
    text = "架空: 𠮷野家 # 注\r\n一覧:\r\n  - '１'\r\n  - \"二\"\r\n"
    node, _ = parsed(text)
    assert isinstance(node, Mapping)
    (key, value), (_, items) = node.entries
    assert isinstance(items, Sequence)
    assert [text[n.start : n.end] for n in (key, value, *items.items)] == ["架空", "𠮷野家", "'１'", '"二"']


def test_only_a_plain_scalar_can_be_null() -> None:
    node, _ = parsed("a: ~\nb: '~'\nc: null\nd: \"null\"\ne:\nf: ''\n")
    assert isinstance(node, Mapping)
    assert [value.is_null for _, value in node.entries if isinstance(value, Scalar)] == [
        *(True, False, True, False, True, True)
    ]


# --- the cache ---

KEYS = st.text(alphabet="abｃ𠮷あ_ ", min_size=1, max_size=4).map(str.strip).filter(bool)
SCALARS = st.text(alphabet="aあ𠮷 :#-[]{}'\"\n１\\", max_size=8)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=12
)


def test_the_cache_gives_the_same_nodes(tmp_path: Path) -> None:
    cache = ParseCache(tmp_path / "cache", "salt")

    @settings(max_examples=150)
    @given(tree=TREES)
    def same(tree: Any) -> None:
        text = json.dumps(tree, ensure_ascii=False, indent=1)
        plain, report = parsed(text)
        first, second = parsed(text, cache)[0], parsed(text, cache)[0]
        assert first == second == plain
        assert type(first) is type(plain)
        assert report.errors == (0 if plain is not None else len(report.diagnostics))

    same()


def test_the_cache_keeps_no_file_with_a_problem(tmp_path: Path) -> None:
    cache = ParseCache(tmp_path / "cache", "salt")
    for _ in range(2):
        node, report = parsed("a: 1\na: 2\n", cache)
        assert node is None
        assert [d.code for d in report.diagnostics] == ["yaml-duplicate-key"]


def test_a_damaged_cache_is_read_past_and_an_unused_one_dropped(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    expected, _ = parsed("a: [1, {b: 2}]\n", ParseCache(folder, "salt"))
    (kept,) = folder.iterdir()
    for damage in (b"", b"{", b"[]", b"7", b'"m"', b'{"m": 1}', b'{"s": [1]}', b'["a"]', b"\xff", b"null"):
        kept.write_bytes(damage)
        assert parsed("a: [1, {b: 2}]\n", ParseCache(folder, "salt"))[0] == expected
    whole = kept.read_bytes()
    kept.write_bytes(whole.replace(b'"b"', b'"c"'))  # still JSON
    assert parsed("a: [1, {b: 2}]\n", ParseCache(folder, "salt"))[0] == expected
    parsed("c: 3\n", ParseCache(folder, "salt"))
    (another,) = (path for path in folder.iterdir() if path != kept)
    shutil.copy(another, kept)
    assert parsed("a: [1, {b: 2}]\n", ParseCache(folder, "salt"))[0] == expected
    other = ParseCache(folder, "other salt")
    parsed("a: [1, {b: 2}]\n", other)
    other.prune()
    assert [path.name for path in folder.iterdir()] == list(other.used)


# --- never a traceback ---

WORDS = st.sampled_from(
    [
        *("guideline: mini\n", 'guideline_version: "1"\n', "submitted_by: provider\n", "submitted_by: third_party\n"),
        *("name: 架空\n", "sample: true\n", "formerly: [a]\n", "withdrawn: {on: 2026-01-01, reason: 終了}\n"),
        *("provider:\n", "services:\n", "data_centers:\n", "  cloud:\n", "    answers:\n", "    data_centers: [a]\n"),
        *("  employees: ", "  disclosure_date: ", "      report: ", "      os: ", "  a: ", "      not_applicable: "),
        *("{answer: ", "detail: ", "text: ", "withheld: ", "}\n", "[", "]\n", "- ", ", ", ": ", "\n", "  ", "\t"),
        *(
            "有り",
            "無し",
            "該当なし(x)",
            "非公開",
            "2024-10-31\n",
            "５人\n",
            "~\n",
            "'",
            '"',
            "|\n",
            ">\n",
            "&a ",
            "*a",
        ),
        *("!!int ", "---\n", "...\n", "%YAML 1.1\n", "? ", "# ", "@", "`", "\ufeff", "\r\n", "\u3000", "：", "\x07"),
        *("\u202e", "<<", "*a"),
    ]
)


@pytest.fixture(scope="module")
def shared_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(SMALLEST, tmp_path_factory.mktemp("any") / "root"))


def read_anything(root: Path, name: str, data: bytes) -> None:
    """Whatever a file holds, reading ends with problems that can be shown."""
    path = root / name
    before = path.read_bytes()
    path.write_bytes(data)
    report = Report()
    try:
        catalog = pipeline.read(root, TODAY, ParseCache(None, ""), report)
    finally:
        path.write_bytes(before)
    assert (catalog is None) == bool(report.errors)
    assert {d.code for d in report.diagnostics} <= set(CODES)
    for d in report.diagnostics:
        if d.code == "yaml-syntax":
            assert d.values["advice"], d.values["found"]
    for language in printers.LANGUAGES:
        printers.as_text(report.sorted(), language).encode()
        printers.as_github(report.sorted(), language).encode()
    printers.as_json(report.sorted()).encode()


ANYTHING = st.one_of(
    st.binary(max_size=200),
    st.lists(WORDS, max_size=25).map(lambda words: "".join(words).encode()),
    st.lists(WORDS, max_size=15).map(lambda words: HEAD.encode() + "".join(words).encode()),
)


@settings(max_examples=200)
@given(data=ANYTHING)
def test_any_bytes_as_a_disclosure_are_read_or_explained(shared_root: Path, data: bytes) -> None:
    read_anything(shared_root, DISCLOSURE, data)


FILES = [
    "content/catalog.yaml",
    "guideline/mini/1/guideline.yaml",
    "guideline/mini/1/sections/02-service.yaml",
    "guideline/mini/1/i18n/en.yaml",
]


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=60)
@given(data=ANYTHING)
def test_any_bytes_as_another_file_are_read_or_explained(shared_root: Path, name: str, data: bytes) -> None:
    read_anything(shared_root, name, data)


@pytest.mark.parametrize("name", [DISCLOSURE, *FILES])
@settings(max_examples=80)
@given(place=st.integers(0, 4000), length=st.integers(0, 12), new=WORDS)
def test_any_small_damage_is_read_or_explained(shared_root: Path, name: str, place: int, length: int, new: str) -> None:
    whole = (shared_root / name).read_bytes()
    place %= len(whole)
    read_anything(shared_root, name, whole[:place] + new.encode() + whole[place + length :])


def test_a_file_name_of_any_bytes_is_read_or_explained() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(shutil.copytree(SMALLEST, Path(folder) / "root"))
        for name in ("a\nb.yaml", "a b.yaml", "\u202e.yaml", "x" * 200 + ".yaml", ".yaml", "a..yaml", "con.yaml"):
            (root / "content/providers" / name).write_text(HEAD, encoding="utf-8")
        report = Report()
        assert pipeline.read(root, TODAY, ParseCache(None, ""), report) is None
        assert {d.code for d in report.diagnostics} == {"file-name"}
        printers.as_github(report.sorted(), "ja").encode()
