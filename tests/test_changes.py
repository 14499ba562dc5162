"""What a change means: nothing for nothing; every answer that was added, changed or withdrawn, and no other."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from github_text import meanings, prose
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import ROOT, TODAY, VARIETY, Inventor, copy_root, read

from catalog import cli, pipeline, revisions
from catalog.changes import Change, Changes, DisclosureChange, Part, Shown, Side, codec, compare, printers
from catalog.completeness import sheet_of
from catalog.diagnostics import Location
from catalog.model import Answer, DataCenter, Disclosure, Kind, Scope, Service, Status

SMALLEST = ROOT / "tests" / "roots" / "smallest"
FILE = "content/providers/kaku-shoji.yaml"
CATALOG = read(VARIETY)


def invented(seed: int) -> tuple[list[Disclosure], list[Disclosure]]:
    """A catalog and another into which it may have been changed: some are the same, new, gone, renamed, mixed."""
    inventor = Inventor.of(CATALOG, seed)
    dice = random.Random(seed)
    before = [inventor.disclosure(number) for number in range(dice.randrange(4))]
    after = []
    for one in before:
        other = inventor.disclosure(int(one.digest))
        fate = dice.randrange(5)
        if fate == 0:
            after.append(one)
        elif fate == 1:
            after.append(other)
        elif fate == 2:
            after.append(replace(one, provider_id=f"{one.provider_id}-new", formerly=(one.provider_id,)))
        elif fate == 3:
            services = tuple(replace(s, id=f"{s.id}-new", formerly=(s.id,)) for s in one.services)
            after.append(replace(one, services=services, answers=other.answers))
    return before, after + [inventor.disclosure(9)] * dice.randrange(2)


def changes_of(before: list[Disclosure], after: list[Disclosure]) -> Changes:
    return compare(Side(tuple(before)), Side(tuple(after)))


def holders(one: Disclosure | None) -> Iterator[tuple[tuple[str, str], Disclosure | Service | DataCenter]]:
    if one:
        yield (Scope.PROVIDER, ""), one
        yield from (((Scope.SERVICE, service.id), service) for service in one.services)
        yield from (((Scope.DATA_CENTER, center.id), center) for center in one.data_centers)


def as_shown(answer: Answer) -> Shown:
    kind = answer.kind.value if answer.kind else ""
    return Shown(answer.status.value, kind, answer.text, answer.detail, answer.note, answer.source, answer.as_of)


class TestOfAnyTwoCatalogs:
    @given(st.integers(0, 10**9))
    @settings(max_examples=40)
    def test_equal_ones_do_not_differ(self, seed: int) -> None:
        before, _ = invented(seed)
        assert not changes_of(before, list(reversed(before)))

    @given(st.integers(0, 10**9))
    @settings(max_examples=40)
    def test_applying_the_changes_to_one_gives_the_other(self, seed: int) -> None:
        before, after = invented(seed)
        found = {one.provider: one for one in changes_of(before, after).disclosures}
        for one in after:
            change = found.get(one.provider_id)
            earlier = next(
                (old for old in before if old.provider_id == ((change and change.formerly) or one.provider_id)), None
            )
            parts = {(part.scope, part.id): part for part in change.parts} if change else {}
            olds = dict(holders(earlier))
            for key, holder in holders(one):
                part = parts.get(key)
                old = olds.get((key[0], part.formerly) if part and part.formerly else key)
                answers = {field: as_shown(answer) for field, answer in (old.answers if old else {}).items()}
                for answer in part.answers if part else ():
                    assert answers.get(answer.field) == answer.before
                    assert answer.before != answer.after
                    answers.pop(answer.field, None)
                    if answer.after:
                        answers[answer.field] = answer.after
                assert answers == {field: as_shown(answer) for field, answer in holder.answers.items()}

    @given(st.integers(0, 10**9))
    @settings(max_examples=40)
    def test_every_provider_that_came_or_went_is_named(self, seed: int) -> None:
        before, after = invented(seed)
        found = changes_of(before, after).disclosures
        old, new = {one.provider_id for one in before}, {one.provider_id for one in after}
        renamed = {one.formerly for one in found if one.formerly}
        assert {one.provider for one in found if one.change is Change.REMOVED} == old - new - renamed
        assert {one.provider for one in found if one.change is Change.ADDED} == {
            one.provider_id for one in after if one.provider_id not in old and not set(one.formerly) & old
        }

    @given(st.integers(0, 10**9))
    @settings(max_examples=40)
    def test_completeness_is_that_of_the_sheets(self, seed: int) -> None:
        before, after = invented(seed)
        by_id = {one.provider_id: one for one in after}
        for change in changes_of(before, after).disclosures:
            for part in change.parts:
                if part.scope is Scope.SERVICE and part.change is not Change.REMOVED:
                    one = by_id[change.provider]
                    service = next(one for one in by_id[change.provider].services if one.id == part.id)
                    assert part.after == sheet_of(one, service, TODAY).completeness

    @given(st.integers(0, 10**9))
    @settings(max_examples=40)
    def test_json_brings_them_back(self, seed: int) -> None:
        found = changes_of(*invented(seed))
        value = json.loads(printers.as_json(found))
        assert value.pop("format") == printers.FORMAT
        assert codec.from_json(Changes, value) == found

    @given(st.integers(0, 10**9))
    @settings(max_examples=40)
    def test_the_totals_are_those_of_the_lines(self, seed: int) -> None:
        found = changes_of(*invented(seed))
        text = printers.as_text(found, "en")
        totals = re.search(r"added (\d+), changed (\d+), withdrawn (\d+)", text)
        signs = re.findall(r"^    ([-+~]) item", text, re.MULTILINE)
        if totals:
            assert [int(one) for one in totals.groups()] == [signs.count(sign) for sign in "+~-"]
        else:
            assert not found


# --- small roots -----------------------------------------------------------------------------------------------------


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_root(SMALLEST, tmp_path / "root")


def after(root: Path, old: str, new: str, path: str = FILE) -> Changes:
    """The changes that replacing a text in a file makes."""
    before = pipeline.read_side(root, TODAY)
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    return compare(before, pipeline.read_side(root, TODAY))


def only(found: Changes) -> tuple[DisclosureChange, Part]:
    (disclosure,) = found.disclosures
    return disclosure, disclosure.parts[0]


class TestASmallCatalog:
    def test_that_nobody_changed(self, root: Path) -> None:
        side = pipeline.read_side(root, TODAY)
        assert not compare(side, side)
        assert printers.as_text(Changes(), "ja") == "内容の違いはありません\n"

    def test_a_comment_or_a_line_moved_is_no_change(self, root: Path) -> None:
        assert not after(root, "provider:", "# ひとこと\n\nprovider:")

    def test_an_error_keeps_a_file_out_and_is_named(self, root: Path) -> None:
        found = after(root, "submitted_by: provider", "submitted_by: nobody")
        assert found.disclosures == ()
        assert found.not_compared == (FILE,)
        assert FILE in printers.as_text(found, "en")

    def test_a_broken_guideline_does_not_look_like_withdrawals(self, root: Path) -> None:
        found = after(root, "id: mini", "id: [", "guideline/mini/1/guideline.yaml")
        assert found.disclosures == ()
        assert FILE in found.not_compared

    def test_warnings_are_new_or_gone_wherever_they_stand(self, root: Path) -> None:
        text = (root / FILE).read_text(encoding="utf-8")
        field = next(iter(read(root).providers[0].main.guideline.scopes[Scope.PROVIDER][-1:])).field.id
        stripped = re.sub(rf"(?m)^  {field}:.*\n", "", text)
        (root / FILE).write_text(stripped, encoding="utf-8")
        found = after(root, "provider:\n", f"provider:\n  {field}: 非公開\n")
        assert [one.code for one in found.new_warnings] == ["reason-missing"]
        gone = after(root, f"  {field}: 非公開\n", "\n\n")
        assert [one.code for one in gone.gone_warnings] == ["reason-missing"]
        assert "新しい警告" in printers.as_text(found, "ja")

    def test_a_renamed_provider_is_the_same_with_the_same_warnings(self, root: Path) -> None:
        path = root / FILE
        slots = read(root).providers[0].main.guideline.scopes[Scope.PROVIDER]
        text = re.sub(rf"(?m)^  {slots[-1].field.id}:.*\n", "", path.read_text(encoding="utf-8"))
        path.write_text(
            text.replace("provider:\n", f"provider:\n  {slots[-1].field.id}: 非公開\n", 1), encoding="utf-8"
        )
        before = pipeline.read_side(root, TODAY)
        assert before.problems
        renamed = path.rename(path.with_name("kaku-new.yaml"))
        renamed.write_text(renamed.read_text(encoding="utf-8") + "formerly: [kaku-shoji]\n", encoding="utf-8")
        found = compare(before, pipeline.read_side(root, TODAY))
        assert (found.new_warnings, found.gone_warnings) == ((), ())
        (disclosure,) = found.disclosures
        assert (disclosure.provider, disclosure.formerly, disclosure.parts) == ("kaku-new", "kaku-shoji", ())

    def test_a_renamed_service_is_the_same(self, root: Path) -> None:
        (service,) = read(root).providers[0].main.services
        disclosure, part = only(after(root, f"  {service.id}:\n", f"  newer:\n    formerly: [{service.id}]\n"))
        assert (part.id, part.formerly, part.answers, disclosure.change) == ("newer", service.id, (), Change.CHANGED)

    def test_a_data_centre_more_changes_what_is_owed(self, root: Path) -> None:
        side = pipeline.read_side(root, TODAY)
        (one,) = side.disclosures
        centers = tuple(DataCenter(name, f"架空{name}", {}, Location("")) for name in ("east", "west"))
        few = replace(one, services=(replace(one.services[0], data_centers=("east",)),), data_centers=centers[:1])
        many = replace(one, services=(replace(one.services[0], data_centers=("east", "west")),), data_centers=centers)
        (found,) = compare(Side((few,)), Side((many,))).disclosures
        used, added = found.parts
        assert [fact.name for fact in used.facts] == ["data_centers"]
        assert used.before
        assert used.after
        assert used.after.required.owed > used.before.required.owed
        assert (added.scope, added.id, added.change) == (Scope.DATA_CENTER, "west", Change.ADDED)

    def test_a_removed_file_is_a_removed_disclosure(self, root: Path) -> None:
        before = pipeline.read_side(root, TODAY)
        (root / FILE).unlink()
        (found,) = compare(before, pipeline.read_side(root, TODAY)).disclosures
        assert found.change is Change.REMOVED
        assert all(answer.after is None for part in found.parts for answer in part.answers)
        assert found.after is None

    def test_variety_against_nothing_names_every_provider_once_a_guideline(self) -> None:
        side = pipeline.read_side(VARIETY, TODAY)
        found = compare(Side(), side).disclosures
        assert sorted((one.provider, one.guideline) for one in found) == sorted(
            (one.provider_id, one.guideline.id) for one in side.disclosures
        )
        for one in found:
            given = {part.id: part for part in one.parts if part.scope is Scope.SERVICE}
            disclosure = next(
                d for d in side.disclosures if (d.provider_id, d.guideline.id) == (one.provider, one.guideline)
            )
            assert given.keys() == {service.id for service in disclosure.services}


# --- how it looks ----------------------------------------------------------------------------------------------------


class TestWords:
    @pytest.mark.parametrize(
        ("answer", "ja", "en"),
        [
            (Answer(Status.DISCLOSED, Kind.VALUE, "2024-10-31"), "2024-10-31", "2024-10-31"),
            (Answer(Status.DISCLOSED, Kind.YES, "有り", detail="法務部"), "有り(法務部)", "有り(法務部)"),
            (Answer(Status.PARTIAL, Kind.YES, "有り"), "有り [一部]", "有り [partial]"),
            (Answer(Status.WITHHELD, None, "非公開", detail="未公表"), "非公開(未公表)", "withheld(未公表)"),
            (Answer(Status.ON_REQUEST, None, "個別開示", detail="窓口"), "個別開示(窓口)", "on request(窓口)"),
            (
                Answer(Status.DISCLOSED, Kind.NOT_APPLICABLE, "該当なし", detail="扱わない"),
                "該当なし(扱わない)",
                "not applicable(扱わない)",
            ),
            (
                Answer(Status.DISCLOSED, Kind.TEXT, "契約による", note="補う", source="https://a.jp/", as_of="2026"),
                "契約による [補足: 補う] [出典: https://a.jp/] [時点: 2026]",
                "契約による [note: 補う] [source: https://a.jp/] [as of: 2026]",
            ),
        ],
    )
    def test_states_are_never_mixed(self, answer: Answer, ja: str, en: str) -> None:
        for language, expected in (("ja", ja), ("en", en)):
            assert printers.said(as_shown(answer), printers.Style((language,), markdown=False)) == expected

    def test_both_languages_have_the_same_words(self) -> None:
        assert printers.WORDS["ja"].keys() == printers.WORDS["en"].keys()

    @given(st.text("ab\n", max_size=600), st.text("ab\n", max_size=600))
    def test_what_differs_in_long_texts_is_seen(self, one: str, other: str) -> None:
        first, second = printers.contrast(one, other)
        assert max(len(first), len(second)) <= printers.LONGEST + 20
        if one != other and abs(len(one) - len(other)) < 100:
            assert first != second


HOSTILE = st.text("ab1 @#:/.-_*`|\\[]()<>!&~\n\t\"'GH日\u200b\u202e", max_size=60)


class TestMarkdown:
    @given(HOSTILE)
    def test_strange_words_stay_text(self, text: str) -> None:
        assert list(meanings(f"- x: {printers.code(text)} → {printers.plain(text)}")) == []

    @given(HOSTILE)
    def test_strange_words_are_all_there(self, text: str) -> None:
        """In the code span, or in the line itself where they mean nothing."""
        shown = printers.visible(text)
        assert prose(printers.code(text)) == ""
        assert shown in printers.code(text)
        assert printers.plain(text) in (shown, printers.code(text))

    @given(st.integers(0, 10**9), HOSTILE)
    @settings(max_examples=40)
    def test_hostile_names_and_answers_make_no_mention_link_or_html(self, seed: int, words: str) -> None:
        before, later = invented(seed)
        evil = [replace(one, name=f"@all {words}", name_en=words, reading=f"{words}#1") for one in later]
        assert list(meanings(printers.as_markdown(changes_of(before, evil), ("ja", "en")))) == []


class TestCodec:
    @pytest.mark.parametrize(
        "value",
        [
            None,
            [],
            {},
            {"disclosures": [], "new_warnings": [], "gone_warnings": []},
            {"disclosures": [], "new_warnings": [], "gone_warnings": [], "not_compared": [1]},
            {"disclosures": [], "new_warnings": [], "gone_warnings": [], "not_compared": [], "more": 1},
            {"disclosures": [{}], "new_warnings": [], "gone_warnings": [], "not_compared": []},
            {"disclosures": "x", "new_warnings": [], "gone_warnings": [], "not_compared": []},
        ],
    )
    def test_another_shape_is_refused(self, value: object) -> None:
        with pytest.raises(codec.Malformed):
            codec.from_json(Changes, value)


# --- the command -----------------------------------------------------------------------------------------------------


def git(root: Path, *arguments: str) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.jp", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True, env=clean)


@pytest.fixture
def repository(root: Path) -> Path:
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "first")
    return root


def diff(root: Path, *arguments: str) -> int:
    return cli.main(["diff", *arguments, "--root", str(root), "--today", TODAY.isoformat(), "--lang", "en"], ROOT)


class TestCommand:
    def test_two_revisions(self, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = repository / FILE
        path.write_text(path.read_text(encoding="utf-8") + "name_en: New Words\n", encoding="utf-8")
        assert diff(repository) == 0
        assert "+ English name: 「New Words」" in capsys.readouterr().out
        # attributes hide nothing
        (repository / ".gitattributes").write_text("content/** export-ignore\n", encoding="utf-8")
        git(repository, "add", ".")
        git(repository, "commit", "-q", "-m", "second")
        assert diff(repository, "HEAD~1", "main", "--format", "json") == 0
        facts = json.loads(capsys.readouterr().out)["disclosures"][0]["facts"]
        assert facts == [{"name": "name_en", "before": "", "after": "New Words"}]
        assert diff(repository, "HEAD", "main") == 0
        assert "nothing" in capsys.readouterr().out

    def test_a_catalog_within_a_repository(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        inner = copy_root(SMALLEST, tmp_path / "all" / "catalog")
        git(tmp_path / "all", "init", "-q", "-b", "main")
        git(tmp_path / "all", "add", ".")
        git(tmp_path / "all", "commit", "-q", "-m", "first")
        assert diff(inner, "main") == 0
        assert "nothing" in capsys.readouterr().out

    def test_links_of_a_revision_are_not_followed(self, repository: Path, tmp_path: Path) -> None:
        (repository / "content/providers/link.yaml").symlink_to("/etc/passwd")
        git(repository, "add", ".")
        git(repository, "commit", "-q", "-m", "link")
        revisions.export(repository, "HEAD", tmp_path / "out")
        assert not (tmp_path / "out/content/providers/link.yaml").exists()
        assert (tmp_path / "out" / FILE).read_bytes() == (repository / FILE).read_bytes()

    def test_two_files_anywhere(self, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        old, new = tmp_path / "Old version.yaml", tmp_path / "新しい版.txt"
        old.write_bytes((root / FILE).read_bytes())
        new.write_bytes((root / FILE).read_bytes() + b"aliases: [ABC]\n")
        assert diff(root, str(old), str(new)) == 0
        assert "aliases: 「ABC」" in capsys.readouterr().out

    def test_two_folders(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert diff(root, str(SMALLEST), str(root), "--format", "markdown") == 0
        assert capsys.readouterr().out == "nothing that a reader would notice differs\n"

    @pytest.mark.parametrize(
        ("names", "said"),
        [
            (("no-such",), "neither a file nor a folder nor a git revision"),
            (("--", "--upload-pack=x"), "neither a file nor a folder nor a git revision"),
            ((str(ROOT / "docs"),), "has no content/"),
            ((str(ROOT / "README.md"), str(ROOT)), "compare a disclosure with another"),
        ],
    )
    def test_what_cannot_be_compared_is_told(
        self, repository: Path, names: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = ["diff", "--root", str(repository), "--lang", "en", *names]
        assert cli.main(arguments, ROOT) == 2
        assert said in capsys.readouterr().err

    def test_without_git(self, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setenv("PATH", "")
        assert diff(root, "main") == 3
        assert "git was not found" in capsys.readouterr().err

    def test_errors_are_shown_and_counted(self, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
        path = repository / FILE
        path.write_text(path.read_text(encoding="utf-8") + "nonsense: 1\n", encoding="utf-8")
        assert diff(repository) == 1
        printed = capsys.readouterr()
        assert "error[unknown-key]" in printed.err
        assert "Not compared" in printed.out
