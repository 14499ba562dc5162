"""`new`: the file to fill in asks for everything, explains it, and passes as soon as it has its names."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import dump, source
from catalog.cli import main
from catalog.diagnostics import Report
from catalog.load.guidelines import load_guidelines
from catalog.model import Asks, Guideline, Scope
from catalog.source import ParseCache

ROOT = Path(__file__).resolve().parent.parent
ROLELESS = ROOT / "tests" / "roots" / "roleless"


def guidelines(root: Path) -> list[Guideline]:
    return list(load_guidelines(root, ParseCache(None, ""), Report()))


REAL = guidelines(ROOT)[-1]


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A catalog without disclosures, with the real guideline."""
    (tmp_path / "content").mkdir()
    shutil.copy(ROOT / "content" / "catalog.yaml", tmp_path / "content")
    (tmp_path / "guideline").symlink_to(ROOT / "guideline")
    return tmp_path


def run(root: Path, *arguments: str, language: str = "ja") -> int:
    return main([*arguments, "--root", str(root), "--lang", language], ROOT)


def keys(text: str, *path: str) -> list[str]:
    """The keys of a mapping of the file, in order."""
    report = Report()
    node = source.parse(source.File("new.yaml", b"", text), report)
    assert not report.diagnostics
    for step in path:
        assert isinstance(node, source.Mapping)
        node = node.get(step)
    assert isinstance(node, source.Mapping)
    return [key.text for key, _ in node.entries]


def fields(guideline: Guideline, scope: Scope) -> list[str]:
    return [slot.field.id for slot in guideline.scopes[scope]]


def example_of(asks: Asks, example: str) -> str:
    return f"{example}({asks.detail.example})" if asks.detail and asks.detail.example else example


def filled(text: str, guideline: Guideline) -> str:
    """The file with every example in its place."""
    examples = {}
    for slot in guideline.slots:
        examples[slot.field.id] = example_of(slot.field.asks, slot.field.example)
        examples |= {part.id: example_of(part.asks, part.example) for part in slot.field.asks.parts}

    def fill(match: re.Match[str]) -> str:
        example = examples.get(match[2], "")
        return f"{match[1]}{match[2]}: {dump.scalar(example, len(match[1]))}" if example else match[0]

    return re.sub(r"(?m)^( +)(\w+):$", fill, text)


class TestTheFile:
    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_asks_for_every_field_in_the_guidelines_order(self, language: str) -> None:
        text = dump.scaffold(REAL, "kaku", ["one", "two"], ["tokyo", "osaka"], language)
        assert keys(text) == [
            *("guideline", "guideline_version", "submitted_by", "provider", "services", "data_centers"),
        ]
        assert keys(text, "provider") == fields(REAL, Scope.PROVIDER)
        assert keys(text, "services") == ["one", "two"]
        for service in ("one", "two"):
            assert keys(text, "services", service) == ["data_centers", "answers"]
            assert keys(text, "services", service, "answers") == fields(REAL, Scope.SERVICE)
        for center in ("tokyo", "osaka"):
            assert keys(text, "data_centers", center) == fields(REAL, Scope.DATA_CENTER)

    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_explains_every_field_once(self, language: str) -> None:
        text = dump.scaffold(REAL, "kaku", ["one", "two"], ["tokyo"], language)
        comments = re.sub(r"\s", "", "".join(re.findall(r"(?m)^ *# ?(.*)$", text)))
        for slot in REAL.slots:
            hint = slot.field.hint[language] if slot.field.hint else ""
            for words in (slot.item.number, slot.item.label[language], slot.field.prompt[language], hint):
                assert re.sub(r"\s", "", words) in comments
        hints = [hint for slot in REAL.slots for hint in (slot.field.hint, *(p.hint for p in slot.field.asks.parts))]
        assert len(re.findall(r"(?m)^ *# (ヒント|Hint): ", text)) == sum(hint is not None for hint in hints)
        owed = [*REAL.slots, *REAL.scopes[Scope.SERVICE]]
        for level, name in REAL.levels.items():
            asked = sum(slot.field.level is level for slot in owed)
            assert len(re.findall(rf"(?m)^ *# .*\({name[language]}\)$", text)) == asked

    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_keeps_comments_narrow(self, language: str) -> None:
        text = dump.scaffold(REAL, "kaku", ["one"], ["tokyo"], language)
        wide = [line for line in text.splitlines() if dump.columns(line) > dump.WIDTH + 4 and "://" not in line]
        assert [line for line in wide if not re.match(r" *# (項目|Item|---)", line)] == []

    def test_shows_the_choices_the_words_and_what_a_yes_must_tell(self) -> None:
        text = dump.scaffold(REAL, "kaku", ["one"], ["tokyo"], "ja")
        assert "# 回答: 可 または 否\n" in text
        assert "# 「有り」の場合は: 市場名\n" in text
        assert "# 例: 有り(架空証券取引所 スタンダード市場)\n" in text
        assert "# 選択肢(いくつでも。「、」で区切る): ①会計監査人による会計監査、" in text

    def test_leaves_out_data_centers_that_are_not_named(self) -> None:
        text = dump.scaffold(REAL, "kaku", ["one"], [], "ja")
        assert keys(text)[-1] == "services"
        assert "    data_centers: []\n" in text

    def test_serves_a_guideline_without_roles(self) -> None:
        text = dump.scaffold(guidelines(ROLELESS)[-1], "kaku", ["one"], ["north"], "ja")
        assert keys(text) == ["guideline", "guideline_version", "submitted_by", "name", "services", "data_centers"]
        assert keys(text, "services", "one") == ["name", "data_centers"]
        assert keys(text, "data_centers", "north") == ["name", "country", "ground", "reserve", "inspection"]
        assert "# 項目(1)①(a) 国 (必ず答える)\n" in text
        assert "# 12文字まで\n" in text


class TestTheUntouchedFile:
    def test_misses_nothing_but_the_names(self, catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(catalog, "new", "kaku-cloud") == 0
        capsys.readouterr()
        assert run(catalog, "check") == 1
        printed = capsys.readouterr().out
        problems = re.findall(r"(?m)^content/providers/kaku-cloud\.yaml:\d+:\d+: (\S+) (.*)$", printed)
        assert [(code, words.partition("(項目")[2]) for code, words in problems] == [
            ("error[name-missing]:", "2 事業者の正式名称(商号))"),
            ("error[name-missing]:", "34 サービス名称)"),
        ]
        assert "  hint: provider_name: を書いてください\n" in printed

    def test_passes_with_the_names(self, catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
        run(catalog, "new", "kaku-cloud", "--services", "one,two", "--data-centers", "")
        path = catalog / "content" / "providers" / "kaku-cloud.yaml"
        text = path.read_text(encoding="utf-8").replace("provider_name:", "provider_name: 株式会社架空")
        path.write_text(text.replace("service_name:", "service_name: 架空クラウド"), encoding="utf-8")
        capsys.readouterr()
        assert run(catalog, "check") == 0
        assert capsys.readouterr().out == "問題はありません\n"

    @pytest.mark.parametrize("language", ["ja", "en"])
    def test_passes_with_every_example(self, catalog: Path, language: str, capsys: pytest.CaptureFixture[str]) -> None:
        run(catalog, "new", "kaku-cloud", "--data-centers", "dc-1,dc-2", language=language)
        path = catalog / "content" / "providers" / "kaku-cloud.yaml"
        text = filled(path.read_text(encoding="utf-8"), REAL)
        assert not re.search(
            r"(?m)^ +\w+:$(?!\n +(answer|#))", text.partition("provider:")[2].partition("services:")[0]
        )
        path.write_text(text, encoding="utf-8")
        capsys.readouterr()
        assert (run(catalog, "check", "--today", "2026-04-01"), capsys.readouterr().out) == (
            0,
            "問題はありません\n",
        )

    def test_of_a_guideline_without_roles_passes_with_the_names(self, tmp_path: Path) -> None:
        shutil.copytree(ROLELESS, tmp_path, dirs_exist_ok=True)
        assert run(tmp_path, "new", "kaku") == 0
        path = tmp_path / "content" / "providers" / "kaku.yaml"
        assert run(tmp_path, "check") == 1
        path.write_text(re.sub(r"(?m)name:$", "name: 架空", path.read_text(encoding="utf-8")), encoding="utf-8")
        assert run(tmp_path, "check") == 0


class TestTheCommand:
    def test_tells_the_path_and_the_next_steps(self, catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(catalog, "new", "kaku-cloud") == 0
        assert capsys.readouterr().out == (
            "content/providers/kaku-cloud.yaml を書きました。\n"
            "次にすること:\n"
            "  1. content/providers/kaku-cloud.yaml をエディタで開いて回答を書く(まず事業者名とサービス名称)\n"
            f"  2. python build.py check --root {catalog}\n"
        )

    def test_never_overwrites(self, catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = catalog / "content" / "providers" / "kaku.yaml"
        path.parent.mkdir()
        path.write_text("mine", encoding="utf-8")
        assert run(catalog, "new", "kaku", language="en") == 2
        assert path.read_text(encoding="utf-8") == "mine"
        assert capsys.readouterr().err.startswith("content/providers/kaku.yaml exists already; it is left as it is.\n")

    def test_never_writes_through_a_link(self, catalog: Path) -> None:
        elsewhere = catalog / "elsewhere.yaml"
        (catalog / "content" / "providers").mkdir()
        (catalog / "content" / "providers" / "kaku.yaml").symlink_to(elsewhere)
        assert run(catalog, "new", "kaku") == 2
        assert not elsewhere.exists()

    def test_says_what_is_wrong_with_ids(self, catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
        hint = "英小文字・数字・ハイフンで40文字までにしてください(WindowsのCON、NULなどは使えません)"
        wrong = ("new", "My_Co", "--services", "b,b", "--data-centers", "東京")
        assert run(catalog, *wrong) == 2
        assert capsys.readouterr().err == (
            "ID: error[invalid-id]: 「My_Co」はIDに使えません\n"
            f"  hint: {hint}。例えば my-co\n"
            "--services: error[id-twice]: 「b」が2回あります\n"
            "--data-centers: error[invalid-id]: 「東京」はIDに使えません\n"
            f"  hint: {hint}\n"
        )
        assert run(catalog, "new", "NUL", language="en") == 2
        assert capsys.readouterr().err.startswith("ID: error[invalid-id]: “NUL” cannot be an id\n")
        assert run(catalog, "new", "../../etc/passwd") == 2
        assert run(catalog, "new") == 2
        assert run(catalog, "new", "kaku", "--services", ",") == 2
        assert not (catalog / "content" / "providers").exists()

    def test_prints_instead_of_writing(self, catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(catalog, "new", "--stdout", "--services", "iot", language="en") == 0
        schema = "../../site/api/v1/schemas/iot-iaas-paas.1.json"
        assert capsys.readouterr().out == dump.scaffold(REAL, "kaku-cloud", ["iot"], ["dc-1"], "en", schema)
        assert not (catalog / "content" / "providers").exists()

    def test_names_the_schema_on_the_published_site(self, catalog: Path, capsys: pytest.CaptureFixture[str]) -> None:
        settings = "title: 架空\ndescription: 架空\nlanguages: [ja]\nbase_url: https://example.github.io/catalog\n"
        (catalog / "content").mkdir(exist_ok=True)
        (catalog / "content/catalog.yaml").write_text(settings, encoding="utf-8")
        assert run(catalog, "new", "--stdout") == 0
        first = capsys.readouterr().out.splitlines()[0]
        address = "https://example.github.io/catalog/api/v1/schemas/iot-iaas-paas.1.json"
        assert first == f"# yaml-language-server: $schema={address}"

    def test_needs_a_catalog(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(tmp_path, "new", "kaku") == 2
        assert "--root" in capsys.readouterr().err

    def test_reports_a_broken_guideline(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        folder = tmp_path / "guideline" / "broken" / "1"
        folder.mkdir(parents=True)
        (folder / "guideline.yaml").write_text("id: [", encoding="utf-8")
        assert run(tmp_path, "new", "kaku") == 1
        assert "guideline/broken/1/guideline.yaml:" in capsys.readouterr().out


class TestSeveralGuidelines:
    @pytest.fixture
    def both(self, tmp_path: Path) -> Path:
        shutil.copytree(ROLELESS, tmp_path, dirs_exist_ok=True)
        shutil.copytree(ROOT / "guideline" / REAL.id, tmp_path / "guideline" / REAL.id)
        return tmp_path

    def test_one_must_be_chosen(self, both: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(both, "new", "kaku") == 2
        assert capsys.readouterr().err == (f"指針が2つあります。--guideline で選んでください: {REAL.id}, stations\n")
        assert run(both, "new", "kaku", "--guideline", "station") == 2
        assert "stations" in capsys.readouterr().err

    def test_the_newest_version_is_taken(self, both: Path) -> None:
        assert run(both, "new", "kaku", "--guideline", "stations") == 0
        text = (both / "content" / "providers" / "kaku.yaml").read_text(encoding="utf-8")
        assert 'guideline: stations\nguideline_version: "10"\n' in text

    def test_a_second_one_gets_a_file_of_its_own(self, both: Path) -> None:
        run(both, "new", "kaku", "--guideline", REAL.id)
        assert run(both, "new", "kaku", "--guideline", "stations") == 0
        folder = both / "content" / "providers"
        assert sorted(path.name for path in folder.iterdir()) == ["kaku.stations.yaml", "kaku.yaml"]
        assert "content/providers/kaku.stations.yaml" in (folder / "kaku.stations.yaml").read_text(encoding="utf-8")
        assert run(both, "new", "kaku", "--guideline", "stations") == 2
        assert run(both, "new", "kaku", "--guideline", REAL.id) == 2


readable = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"), include_characters="\n\t"))


class TestScalars:
    @given(readable.filter(lambda text: text.strip() and "\ufffe" not in text and "\uffff" not in text))
    def test_read_back_as_they_were(self, text: str) -> None:
        report = Report()
        written = f"a:\n  key: {dump.scalar(text, 2)}\n  next: x\n"
        node = source.parse(source.File("x", b"", written), report)
        assert isinstance(node, source.Mapping), report.diagnostics
        inner = node.get("a")
        assert isinstance(inner, source.Mapping)
        found = inner.get("key")
        assert isinstance(found, source.Scalar)
        assert found.text == "\n".join(line.rstrip() for line in text.strip().split("\n"))
        assert not found.is_null

    @pytest.mark.parametrize(
        "text", ["有り", "99.95%以上", "2026-04-01", "https://www.example.co.jp/", "C#とF#", "A:B"]
    )
    def test_stay_plain_where_they_can(self, text: str) -> None:
        assert dump.scalar(text) == text

    @pytest.mark.parametrize("text", ["- x", "a: b", "a #b", "~", "null", "@home", "`x`", "'x'", "[a]", "a:", "!", "&"])
    def test_are_quoted_where_they_must(self, text: str) -> None:
        assert dump.scalar(text)[0] in "\"'"


class TestWrapping:
    @given(st.text("あアー、。「」(abc 123%", min_size=1), st.integers(8, 40))
    def test_keeps_every_letter(self, text: str, width: int) -> None:
        lines = list(dump.wrapped(text, width))
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)

    def test_breaks_neither_before_punctuation_nor_behind_an_opening_bracket(self) -> None:
        for width in range(8, 40):
            for line in dump.wrapped("契約の終了、または「解約(中途)」のとき。データはCSV形式で返却します。", width):
                assert line[0] not in "、。)」っー"
                assert line[-1] not in "(「"
                assert dump.columns(line) <= width + 4
