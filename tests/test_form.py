"""`/contribute/form/`: edits of files by their ranges; in a real browser, from nothing to a file that is accepted."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from kinds import installed
from playwright.sync_api import Browser, Page
from site_checker import Site
from sites import ROOT, TODAY, Watched, chromium, read, rendered, served, watched, with_disclosures
from test_access import axe

from catalog import dump, source
from catalog.checks import run_checks
from catalog.completeness import completeness, provider_rows
from catalog.diagnostics import Report, Severity, printers
from catalog.exports.guideline_json import guideline_json
from catalog.load.disclosures import load_disclosures
from catalog.load.guidelines import load_guidelines
from catalog.messages import load_messages
from catalog.model import Disclosure, Guideline, Status
from catalog.pages import form
from catalog.source import ParseCache

pytestmark = pytest.mark.browser

# --- edits -----------------------------------------------------------------------------------------------------------

ODD = """\
# how people write, too
"provider": {'a': x, b: "y, z", c: {answer: 有り, note: 'it''s'}} # on one line

services:
    one:   # four columns
        data_centers:
        - dc-1
        - dc-2
        answers:   {p: 1,
          q: 2}
        text: >
          folded
          lines

          more
        keep: |+
          kept

        quoted: "two
          lines"
        plain: goes on
          here
    two: ~

    three:
        # only a comment
data_centers:
  dc-1: {}
  dc-2:
    name:    spaced    # note
    list: [a, "b, c"]
last: |
  no line break at the end"""


def edited(files: list[str], rounds: int, seed: int) -> Any:
    node = shutil.which("node")
    if node is None:
        pytest.fail("no Node.js: run scripts/setup.sh test")
    command = [node, str(ROOT / "tests/js/form_edits.mjs")]
    given = json.dumps({"files": files, "rounds": rounds, "seed": seed, "guideline": guideline_json(definition())})
    run = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def tree(node: source.Node) -> Any:
    """What a file says, however it is written. Line breaks at the end of a text are not part of any answer."""
    match node:
        case source.Mapping():
            return {key.text: tree(value) for key, value in node.entries} or None
        case source.Sequence():
            return [tree(item) for item in node.items]
        case _:
            return None if node.is_null else node.text.rstrip("\n")


def without_ends(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: without_ends(value) for key, value in found.items()}
    if isinstance(found, list):
        return [without_ends(item) for item in found]
    return found.rstrip("\n") if isinstance(found, str) else found


@pytest.mark.parametrize(
    ("rounds", "seed", "names"),
    [(1, 1, "kakuu-cloud"), *(pytest.param(8, seed, "*", marks=pytest.mark.all_pages) for seed in (2, 3))],
)
def test_an_edit_changes_what_it_means_and_nothing_else(rounds: int, seed: int, names: str) -> None:
    scaffold = dump.scaffold(definition(), "kaku", ["one", "two"], ["dc-1"], "ja")
    real = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "content/providers").glob(f"{names}.yaml"))]
    files = [scaffold, *real, ODD, "\ufeff" + ODD.replace("\n", "\r\n") + "\r\n"]
    found = edited(files, rounds, seed)
    assert found["refused"] <= max(3, found["done"] / 50)
    for one in found["results"]:  # node has found what it meant to write; the command line must read the same
        report = Report()
        text = one["text"]
        node = source.parse(source.File("x.yaml", text.encode(), text.removeprefix("\ufeff")), report)
        assert node is not None, (report.diagnostics, text)
        assert tree(node) == without_ends(one["tree"])


# --- words -----------------------------------------------------------------------------------------------------------


def test_every_word_of_the_form_is_used_and_no_other_one_asked_for() -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "theme/assets/js/form").glob("*.js")))
    templates = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "theme/templates").rglob("*.html"))
    python = (ROOT / "catalog/pages/form.py").read_text(encoding="utf-8")
    given = set(form.words(load_messages(ROOT / "theme", ("ja",), ParseCache(None, ""), Report())["ja"]))
    asked = set(re.findall(r"""\bsay\(["']([a-z0-9_.]+)["']""", scripts))
    begun = set(re.findall(r"""\bsay\(`([a-z_]+[._])\$""", scripts))
    assert asked <= given
    assert {start for start in begun if not any(key.startswith(start) for key in given)} == set()
    shown = set(re.findall(r"""\bt\(["']form\.([a-z_.]+)["']""", templates + python))
    chosen = {key for pair in re.findall(r"""\? "([a-z0-9_.]+)" : "([a-z0-9_.]+)"[),]""", scripts) for key in pair}
    handed_on = set(re.findall(r"""(?:\b(?:part|other)\((?:context, )?|\], )["']([a-z_.]+)["']""", scripts))
    starts = tuple(begun) + tuple(f"{key}." for key in ("start", "start_hint", "start_button"))
    unused = {key for key in given - asked - shown - chosen - handed_on if not key.startswith((*form.SHARED, *starts))}
    assert unused == {"undo_done", "redo_done"}  # by the name of the step


# --- the page --------------------------------------------------------------------------------------------------------


def definition() -> Guideline:
    return next(iter(load_guidelines(ROOT, ParseCache(None, ""), Report())))


_NEEDED = (
    *("assets/", "contribute/", "en/contribute/"),
    *("api/v1/guidelines/iot-iaas-paas.1.json", "api/v1/scaffolds/", "api/v1/sources", "api/v1/problems.json"),
)


@dataclass(frozen=True)
class Forms:
    """A browser, and where the site stands."""

    browser: Browser
    site: Site
    address: str

    def tab(self, **options: Any) -> Any:
        return watched(self.browser, self.address, **{"viewport": {"width": 1280, "height": 900}, **options})


@pytest.fixture(scope="module")
def forms() -> Iterator[Forms]:
    with ExitStack() as stack:
        site = rendered(
            read(ROOT), wanted=lambda path: path.startswith(("assets/", "api/v1/", "contribute/", "en/con"))
        )
        yield Forms(stack.enter_context(chromium()), site, stack.enter_context(served(site)))


def open_form(tab: Watched, address: str = "contribute/form/") -> Page:
    page = tab.go(address)
    page.locator(".form-start, .form-main").first.wait_for()
    return page


def begin(tab: Watched) -> Page:
    page = open_form(tab)
    page.get_by_role("button", name="新しく書きはじめる").click()
    page.locator(".form-main").wait_for()
    return page


def show(page: Page, view: str) -> None:
    page.evaluate("(view) => (location.hash = view)", view)
    page.locator(f'.form-nav a[aria-current="page"][href="#{view.split(":")[0]}"]').wait_for(state="attached")


def text_of(page: Page) -> str:
    """The text of the file, as it goes to the clipboard."""
    if page.locator(".form-source-box").count() == 0:
        show(page, "finish")
    return str(page.evaluate("() => document.querySelector('.form-source-box textarea').value"))


def settled(page: Page) -> None:
    """What was typed is in the file, and read."""
    page.wait_for_timeout(600)


def loaded(folder: Path, name: str, text: str) -> tuple[Disclosure | None, Report]:
    """What the command line makes of a file of the form."""
    (folder / "content/providers").mkdir(parents=True, exist_ok=True)
    (folder / "content/providers" / f"{name}.yaml").write_bytes(text.encode())
    report = Report()
    guidelines = tuple(load_guidelines(ROOT, ParseCache(None, ""), Report()))
    found = list(load_disclosures(folder, guidelines, ParseCache(None, ""), report))
    return (found[0] if found else None), report


ANSWER_ALL = """async () => {
  const tick = () => new Promise((done) => setTimeout(done, 0));
  const type = (box, text) => {
    box.value = text;
    box.dispatchEvent(new Event("change", {bubbles: true}));
  };
  const hints = (node) => [...node.querySelectorAll(".hint")].map((one) => one.textContent.split(/(?:^| )例: /)[1]);
  const answer = (node, boxes, otherwise) => {
    node.querySelector(".form-link")?.click(); // in words
    const option = node.querySelector(".form-options input");
    if (option) option.click();
    else type(node.querySelector(boxes), otherwise);
  };
  for (const field of document.querySelectorAll(".form-field")) {
    const parts = field.querySelectorAll(".form-part");
    for (const part of parts.length ? parts : [field]) {
      const example = hints(part).find(Boolean) ?? "架空の回答";
      answer(part.querySelector(".form-answer__body"), ":is(input, textarea):not([type=checkbox])", example);
      const detail = part.querySelector(".form-detail:not([hidden])");
      const content = detail && (hints(detail).find(Boolean) ?? "架空の内容");
      if (detail) answer(detail, ":is(input, textarea):not([type=checkbox])", content);
      await tick();
    }
  }
}"""
"""Whoever answers every field of the open section, as the hints show it."""


def views(page: Page) -> list[str]:
    links = page.locator('.form-nav a[href*="/"]').evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    return [link.removeprefix("#") for link in links if not link.endswith("/own")]


def test_from_nothing_to_a_sheet_that_shows_every_answer(forms: Forms, tmp_path: Path) -> None:
    with forms.tab(accept_downloads=True) as tab:
        page = begin(tab)
        page.locator("#head-id").fill("kaku-shoji")
        page.keyboard.press("Tab")
        for view in views(page):
            show(page, view)
            page.evaluate(ANSWER_ALL)
        show(page, "provider/disclosure-date")
        page.locator("#field-disclosure_date input[type=date]").fill("2026-04-01")
        show(page, "finish")
        assert page.locator(".form-summary__title").inner_text() == "直すところはありません"
        with page.expect_download() as download:
            page.get_by_role("button", name="kaku-shoji.yaml を保存").click()
        assert download.value.suggested_filename == "kaku-shoji.yaml"
        text = download.value.path().read_text(encoding="utf-8")
        assert text == text_of(page)
        page.get_by_role("button", name="見本を表示").click()
        shown = page.locator(".form-preview").inner_text()
        meters = page.locator(".form-bar__meters").inner_text().split()
        warnings = page.locator(".form-summary__list a").all_inner_texts()
        assert tab.said == []
    disclosure, report = loaded(tmp_path, "kaku-shoji", text)
    assert disclosure
    run_checks([disclosure], TODAY, report)
    assert {one.severity for one in report.diagnostics} <= {Severity.WARNING}
    assert sorted(printers.message(one, "ja") for one in report.diagnostics) == sorted(warnings)
    rows = list(provider_rows(disclosure))
    assert {row.answer.status for row in rows} == {Status.DISCLOSED}
    assert meters == ["必須", "136/136", "100%", "選択", "27/27", "100%"]
    built = rendered(
        with_disclosures(read(ROOT), [disclosure]),
        wanted=lambda path: path == "providers/kaku-shoji/service-1/index.html",
    )
    sheet = built.page("providers/kaku-shoji/service-1/")
    for row in rows:
        for words in (row.answer.text, row.answer.detail):
            first = re.split(r"[\s、:]", words)[0]
            assert first in sheet.text, (row.slot.field.id, first)
            assert first in shown or row.slot.field.asks.choices, (row.slot.field.id, first)
    scaffold = dump.scaffold(disclosure.guideline, "kaku-shoji", ["service-1"], ["dc-1"], "ja", SCHEMA).splitlines()
    assert [line for line in text.splitlines() if line.lstrip().startswith("#")] == [
        line for line in scaffold if line.lstrip().startswith("#")
    ]


SCHEMA = "https://example.com/catalog/api/v1/schemas/iot-iaas-paas.1.json"


def test_one_answer_of_a_published_file(forms: Forms, tmp_path: Path) -> None:
    path = ROOT / "content/providers/kakuu-cloud.yaml"
    before = path.read_bytes().decode()
    with forms.tab() as tab:
        page = open_form(tab, "contribute/form/?file=kakuu-cloud&at=base/capital")
        focused = page.evaluate("() => document.activeElement.closest('.form-field')?.id")
        assert focused == "field-capital"
        assert text_of(page) == before
        disclosure, _ = loaded(tmp_path, "kakuu-cloud", before)
        assert disclosure
        total = completeness(provider_rows(disclosure))
        numbers = page.locator(".form-bar__meters .meter__number").all_inner_texts()
        assert numbers == [f"{one.disclosed}/{one.owed}" for one in (total.required, total.optional)]
        show(page, "provider/finance:capital")
        page.locator("#field-capital .form-answer__body input").first.fill("4億円[2025年12月期]")
        page.locator("#field-capital .form-answer__body input").first.blur()
        after = text_of(page)
        assert changed_lines(before, after) == (
            ["    answer: 3億円[2025年12月期]"],
            ["    answer: 4億円[2025年12月期]"],
        )
        page.get_by_role("button", name="元に戻す").click()
        settled(page)
        assert text_of(page) == before
        assert tab.said == []


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    pairs = list(zip(before.splitlines(keepends=True), after.splitlines(keepends=True), strict=True))
    differ = [(one.rstrip("\n"), other.rstrip("\n")) for one, other in pairs if one != other]
    return [one for one, _ in differ], [other for _, other in differ]


def test_what_is_wrong_is_said_in_the_command_lines_words(forms: Forms, tmp_path: Path) -> None:
    with forms.tab() as tab:
        page = begin(tab)
        show(page, "provider/finance")
        page.locator("#field-revenue .form-answer__body input").first.fill("12億3千万円")
        page.locator("#field-equity_ratio .form-answer__body input").first.fill("45.2%")
        page.keyboard.press("Tab")
        assert page.locator("#field-revenue .form-answer__body select").is_hidden()
        assert "  revenue: 12億3千万円\n" in text_of(page)
        assert "  equity_ratio: 45.2%\n" in text_of(page)
        show(page, "provider/company")
        page.locator("#field-corporate_number .form-answer__body input").first.fill("123")
        page.locator("#field-established_on .form-answer__body input").first.fill("近日中")
        page.keyboard.press("Tab")
        page.locator("#field-established_on .form-problem").wait_for()
        _, report = loaded(tmp_path, "my-company", text_of(page))
        said = {
            one.location.line: (printers.message(one, "ja"), printers.hint(one, "ja")) for one in report.diagnostics
        }
        links = page.locator(".form-summary__list a").all_inner_texts()
        assert sorted(links) == sorted(message for message, _ in said.values())
        page.locator(".form-summary__list a", has_text="近日中").click()
        box = page.locator("#field-established_on .form-answer__body input").first
        box.wait_for()
        assert box.input_value() == "近日中"
        assert page.evaluate("() => document.activeElement.closest('.form-field')?.id") == "field-established_on"
        shown = page.locator("#field-established_on .form-problem").inner_text()
        message, hint = next(pair for pair in said.values() if "近日中" in pair[0])
        advice = hint.partition("。")[0]  # without the lines of a file: the form has a button for them
        assert shown == f"要修正 {message}\n\n{advice}"
        assert box.get_attribute("aria-invalid") == "true"
        page.locator("#field-established_on").get_by_role("button", name="この文のまま、自由な文章で答える").click()
        settled(page)
        assert "  established_on:\n    text: 近日中\n" in text_of(page)
        assert tab.said == []


@pytest.mark.all_pages
def test_services_data_centers_and_whole_groups(forms: Forms, tmp_path: Path) -> None:
    with forms.tab() as tab:
        page = begin(tab)
        show(page, "blocks")
        page.locator("#service-new").fill("Second")
        page.get_by_role("button", name="サービスを加える").click()
        assert "例えば second" in page.locator("#service-new-problem").inner_text()
        page.locator("#service-new").fill("second")
        page.get_by_role("button", name="サービスを加える").click()
        page.locator("#data_center-new").fill("osaka")
        page.get_by_role("button", name="データセンターを加える").click()
        page.locator(".form-block", has=page.locator("#service-second-id")).get_by_label("osaka").check()
        page.locator("#data_center-osaka-id").fill("osaka-1")
        page.locator("#data_center-osaka-id").press("Enter")
        page.locator("#data_center-osaka-1-id").wait_for()
        show(page, "services/second/center-service")
        group = page.locator(".form-group", has=page.locator("#field-provided_os"))
        group.get_by_label("まとめて該当なし").check()
        group.get_by_label("該当しない理由").fill("提供していないため")
        group.get_by_label("該当しない理由").blur()
        disclosure, report = loaded(tmp_path, "my-company", text_of(page))
        assert disclosure
        assert {one.code for one in report.diagnostics if one.severity is Severity.ERROR} == {"name-missing"}
        second = disclosure.services[1]
        assert (second.id, second.data_centers) == ("second", ("osaka-1",))
        assert second.answers["provided_os"].detail == "提供していないため"
        assert [one.id for one in disclosure.data_centers] == ["dc-1", "osaka-1"]
        total = completeness(provider_rows(disclosure))
        numbers = page.locator(".form-bar__meters .meter__number").all_inner_texts()
        assert numbers == [f"{one.disclosed}/{one.owed}" for one in (total.required, total.optional)]
        show(page, "blocks")
        block = page.locator(".form-block", has=page.locator("#service-second-id"))
        block.get_by_role("button", name="消す").click()
        assert page.evaluate("() => document.activeElement.textContent") == "消さない"
        block.get_by_role("button", name="消す", exact=True).click()
        page.locator("#service-second-id").wait_for(state="detached")
        page.locator(".form-notice").get_by_role("button", name="元に戻す").click()
        page.locator("#service-second-id").wait_for()
        assert tab.said == []


HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>'


def test_what_strangers_wrote_is_text(forms: Forms) -> None:
    quoted = json.dumps(HOSTILE)
    text = (
        f'guideline: iot-iaas-paas\nguideline_version: "1"\nsubmitted_by: provider\naliases: [{quoted}]\n'
        f"provider:\n  provider_name: {quoted}\n  listed: {{answer: {quoted}, remark: {quoted}}}\n"
        f"services:\n  one:\n    data_centers: [dc]\n    answers:\n      service_name: {quoted}\n"
        f"data_centers:\n  dc:\n    data_center_name: {quoted}\n"
    )
    with forms.tab() as tab:
        page = open_form(tab)
        given = {"name": f"{HOSTILE}.yaml", "mimeType": "text/yaml", "buffer": text.encode()}
        page.locator("#form-file").set_input_files(given)  # type: ignore[arg-type]
        page.locator(".form-main").wait_for()
        for view in ("file", "blocks", "provider/company", "provider/finance", "services/one/center-service", "finish"):
            show(page, view)
        page.get_by_role("button", name="見本を表示").click()
        assert text_of(page) == text
        assert page.locator(".form-desk :is(img, script)").count() == 0
        page.locator(".form-summary a", has_text="IDに使えるのは").click()  # the file's own name is no id
        page.locator("#head-id:focus").wait_for()
        show(page, "finish")
        page.get_by_role("button", name="見本を表示").click()
        assert HOSTILE in page.locator(".form-preview").inner_text()
        assert tab.said == []


@pytest.mark.all_pages
def test_a_broken_file_is_shown_and_mended(forms: Forms) -> None:
    text = 'guideline: iot-iaas-paas\r\nguideline_version: "1"\r\nsubmitted_by provider\r\nprovider:\r\n'
    with forms.tab() as tab:
        page = open_form(tab)
        given = {"name": "kaku.yaml", "mimeType": "text/yaml", "buffer": text.encode()}
        page.locator("#form-file").set_input_files(given)  # type: ignore[arg-type]
        page.locator(".form-raw").wait_for()
        assert page.locator(".form-raw li").count() == 1
        assert page.locator("#form-raw").input_value() == text.replace("\r\n", "\n")
        page.locator("#form-raw").fill(text.replace("\r\n", "\n").replace("by provider", "by: provider"))
        page.get_by_role("button", name="フォームで開く").click()
        page.locator(".form-main").wait_for()
        assert text_of(page) == text.replace("by provider", "by: provider").replace("\r\n", "\n")
        assert tab.said == []


@pytest.mark.all_pages
def test_drafts_stay_until_they_are_deleted(forms: Forms) -> None:
    with forms.tab() as tab:
        page = begin(tab)
        page.locator("#head-id").fill("kaku-shoji")
        page.keyboard.press("Tab")
        show(page, "provider/company")
        page.locator("#field-provider_name input").first.fill("架空商事")
        page.reload()
        page.locator("#field-provider_name input").first.wait_for()
        assert page.locator("#field-provider_name input").first.input_value() == "架空商事"
        other = page.context.new_page()
        other.goto(f"{tab.address}contribute/form/")
        other.get_by_role("button", name="続きから書く").click()
        other.locator(".form-main").wait_for()
        show(other, "provider/company")
        other.locator("#field-business_overview textarea").first.fill("別のタブ")
        other.locator("#field-business_overview textarea").first.blur()
        other.locator(".form-bar__saved:not(:empty)").wait_for()
        page.locator("#field-head_office .form-answer__body :is(input, textarea)").first.fill("このタブ")
        page.locator("#field-head_office .form-answer__body :is(input, textarea)").first.blur()
        page.locator(".form-notice", has_text="別のタブ").wait_for()
        other.goto(f"{tab.address}contribute/form/")
        other.locator(".form-main").wait_for()
        other.get_by_role("button", name="ファイルを閉じる").click()
        assert other.locator(".form-draft").count() == 2
        other.get_by_role("button", name="下書きをすべて消す").click()
        other.locator(".form-draft").first.wait_for(state="detached")
        assert other.evaluate("() => localStorage.length") == 0
        assert tab.said == []


@pytest.mark.all_pages
def test_without_storage_it_says_so(forms: Forms) -> None:
    with forms.tab() as tab:
        tab.page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('off'); }})")
        page = open_form(tab)
        assert "下書きを残せません" in page.locator(".form-start").inner_text()
        page.get_by_role("button", name="新しく書きはじめる").click()
        page.locator(".form-main").wait_for()


@pytest.mark.all_pages
def test_access(forms: Forms) -> None:
    with forms.tab(viewport={"width": 360, "height": 800}, bypass_csp=True) as tab:
        page = open_form(tab, "en/contribute/form/?file=kakuu-cloud")
        page.add_script_tag(path=installed("axe-core/axe.min.js"))
        for view in ("file", "blocks", "provider/finance", "services/iot-platform/center-service", "finish"):
            show(page, view)
            assert axe(page) == [], view
            assert page.evaluate("() => document.documentElement.scrollWidth") <= 360, view
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320
