"""`build`: the whole site or the old one, nothing more than has to be written, and always the same bytes."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemBytecodeCache
from site_checker import Site, checksums
from sites import BASE_URL, ROOT, TODAY, VARIETY, build_here, copy_root, read, rendered, run_build

from catalog import builder, pipeline
from catalog import theme as theme_module
from catalog.builder.checksums import CHECKSUMS
from catalog.builder.output import MARKER
from catalog.diagnostics import Report
from catalog.messages import load_messages
from catalog.place import Place
from catalog.source import ParseCache
from catalog.theme import Theme

AOI = "content/providers/aoi-cloud.yaml"
SEARCHLESS = ("--no-search", "--base-url", BASE_URL)


@pytest.fixture(scope="module", autouse=True)
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Templates are compiled once for all builds, by their text."""
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(theme_module, "Environment", partial(Environment, bytecode_cache=cache))
        yield


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_root(VARIETY, tmp_path / "root")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"


def stats(folder: Path) -> dict[str, tuple[int, int]]:
    """Inode and mtime of every file, and of the folder itself."""
    found = {path: path.stat() for path in (folder, *folder.rglob("*")) if path == folder or path.is_file()}
    return {path.relative_to(folder).as_posix(): (one.st_ino, one.st_mtime_ns) for path, one in found.items()}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text, (path, old)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


class TestBrokenContents:
    def test_tell_where_and_leave_the_site_untouched(self, root: Path, out: Path) -> None:
        assert run_build(root, out, *SEARCHLESS).returncode == 0
        before, bytes_before = stats(out), contents(out)
        edit(root / AOI, "disclosure_date: 2026-05-01", "disclosure_date: 近日中")
        edit(root / "content/providers/cha-works.yaml", "kinds: iaas", "kindz: iaas")
        (root / "content/providers/dan-net.yaml").write_text("a: [", encoding="utf-8")
        done = run_build(root, out, *SEARCHLESS)
        assert done.returncode == 1
        problems = [line for line in done.stdout.splitlines() if re.match(r"\S+:\d+:\d+: error\[", line)]
        assert [line.split(": ")[0] + ": " + line.split(": ")[1] for line in problems] == [
            f"{AOI}:10:20: error[not-a-date]",
            "content/providers/cha-works.yaml:13:7: error[unknown-field]",
            "content/providers/dan-net.yaml:2:1: error[yaml-syntax]",
        ]
        assert "エラー 3件" in done.stdout
        assert f"{out} は変えていません" in done.stdout
        assert "Traceback" not in done.stderr
        assert stats(out) == before
        assert contents(out) == bytes_before

    def test_make_no_site_where_there_was_none(self, root: Path, out: Path) -> None:
        edit(root / AOI, "guideline: cloud", "guideline: clowd")
        assert build_here(root, out, *SEARCHLESS).returncode == 1
        assert not out.exists()

    def test_mended_the_site_is_built(self, root: Path, out: Path) -> None:
        edit(root / AOI, "employees: 580人", "employees: 多数")
        assert build_here(root, out, *SEARCHLESS).returncode == 1
        edit(root / AOI, "employees: 多数", "employees: 581人")
        assert build_here(root, out, *SEARCHLESS).returncode == 0
        assert "581人" in (out / "providers/aoi-cloud/compute/index.html").read_text(encoding="utf-8")

    def test_warnings_stop_nothing(self, root: Path, out: Path) -> None:
        done = build_here(root, out, *SEARCHLESS)
        assert done.returncode == 0
        assert "warning[reason-missing]" in done.stdout
        assert "エラー 0件、警告 2件" in done.stdout

    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("content/catalog.yaml", "title: [1"),
            ("guideline/cloud/2/guideline.yaml", "id: cloud"),
            ("content/pages/../pages/BAD NAME.md", "# x"),
            ("content/providers/con.yaml", "guideline: cloud"),
        ],
    )
    def test_of_any_kind_are_reported_by_place(self, root: Path, out: Path, path: str, text: str) -> None:
        (root / path).write_text(text, encoding="utf-8")
        done = build_here(root, out, *SEARCHLESS)
        assert done.returncode == 1
        assert re.search(r"^(content|guideline)/\S.*:\d+:\d+: error\[", done.stdout, re.MULTILINE)
        assert "Traceback" not in done.stdout + done.stderr

    def test_speak_english_when_asked(self, root: Path, out: Path) -> None:
        edit(root / AOI, "disclosure_date: 2026-05-01", "disclosure_date: 近日中")
        done = build_here(root, out, *SEARCHLESS, "--lang", "en")
        assert "was left as it is" in done.stdout
        assert "is not a date" in done.stdout


class TestAddress:
    def test_without_one_there_is_a_notice_and_nothing_absolute(self, root: Path, out: Path) -> None:
        done = build_here(root, out, "--no-search")
        assert done.returncode == 0
        assert "base_url がないため" in done.stdout
        site = Site.of_folder(out, "/")
        site = Site(site.files | {"pagefind/pagefind.js": b""}, "/")
        assert site.problems() == []
        assert "sitemap.xml" not in site.files
        for page in site.pages.values():
            assert not page.all("link", rel="canonical")
            assert not page.all("meta", property="og:url")
        assert all(b'"url":""' not in data for data in site.files.values())

    def test_comes_from_the_option_then_the_environment_then_the_settings(self, root: Path, out: Path) -> None:
        with (root / "content/catalog.yaml").open("a", encoding="utf-8") as file:
            file.write("base_url: https://settings.example/x\n")

        def address(*arguments: str, **environment: str) -> str:
            done = build_here(root, out, "--no-search", *arguments, **environment)
            assert done.returncode == 0
            assert "base_url がないため" not in done.stdout
            return str(Site.of_folder(out).json("api/v1/catalog.json")["base_url"])

        option = ("--base-url", "https://option.example/")
        assert address() == "https://settings.example/x/"
        assert address(CATALOG_BASE_URL="https://environment.example/a/b") == "https://environment.example/a/b/"
        assert address(*option, CATALOG_BASE_URL="https://environment.example/") == "https://option.example/"
        assert address(CATALOG_BASE_URL="") == "https://settings.example/x/"

    def test_of_the_repository_is_the_settings_or_the_environments(self, root: Path, out: Path) -> None:
        def repository(**environment: str) -> str:
            done = build_here(root, out, "--no-search", **environment)
            assert done.returncode == 0, done.stdout
            page = (out / "contribute" / "form" / "index.html").read_text(encoding="utf-8")
            return next(iter(re.findall(r"https://git[.]\w+[.]example/\w+/\w+", page)), "")

        settings = root / "content" / "catalog.yaml"
        own = settings.read_text("utf-8")
        settings.write_text(re.sub("^repository:.*\n", "", own, flags=re.M), "utf-8")
        assert repository() == ""
        assert repository(CATALOG_REPOSITORY="https://git.actions.example/o/r/") == "https://git.actions.example/o/r"
        settings.write_text(
            re.sub("^repository:.*", "repository: https://git.settings.example/a/b", own, flags=re.M), "utf-8"
        )
        assert repository(CATALOG_REPOSITORY="https://git.actions.example/o/r") == "https://git.settings.example/a/b"
        assert build_here(root, out, CATALOG_REPOSITORY="nonsense").returncode == 2

    @pytest.mark.parametrize("url", ["example.com", "ftp://example.com/", "https://a.example/?q", "https://<x>/", "x"])
    def test_that_is_none_is_wrong_usage(self, root: Path, out: Path, url: str) -> None:
        done = build_here(root, out, "--base-url", url)
        assert done.returncode == 2
        assert url in done.stderr
        assert not out.exists()

    def test_changes_only_what_is_absolute(self) -> None:
        catalog = read(VARIETY)
        one, other = rendered(catalog, "https://one.example/catalog/"), rendered(catalog, "https://other.example/")
        assert set(one.files) == set(other.files)
        for path, data in one.files.items():
            moved = data.replace(b"https://one.example/catalog/", b"https://other.example/")
            if path == "404.html":
                moved = re.sub(rb'(href|src|action|data-[a-z]+)="/catalog/', rb'\1="/', moved)
            assert moved == other.files[path], path

    def test_is_not_in_anything_that_is_shown(self) -> None:
        site = rendered(read(VARIETY))
        for path, page in site.pages.items():
            if path != "404.html":
                body = page.one("body")
                assert not [link["href"] for link in body.all("a") if link["href"].startswith((BASE_URL, "/"))]


class TestUsage:
    def test_build_is_what_is_done_when_nothing_is_named(self, root: Path, out: Path) -> None:
        command = [sys.executable, str(ROOT / "build.py"), "--root", str(root), "--out", str(out), "--no-search"]
        done = subprocess.run([*command, "--today", TODAY.isoformat()], capture_output=True, text=True)
        assert done.returncode == 0
        assert (out / "index.html").exists()

    def test_a_day_that_is_none_is_wrong_usage(self, root: Path, out: Path) -> None:
        assert build_here(root, out, "--today", "2026-02-30").returncode == 2

    @pytest.mark.parametrize("where", ["root", "root/content", "full"])
    def test_a_place_that_is_not_ours_is_refused(self, root: Path, tmp_path: Path, where: str) -> None:
        (tmp_path / "full").mkdir()
        (tmp_path / "full" / "letter.txt").write_text("dear")
        before = contents(tmp_path)
        done = build_here(root, tmp_path / where, *SEARCHLESS)
        assert done.returncode == 3
        assert str(tmp_path / where) in done.stderr
        assert {path: data for path, data in contents(tmp_path).items() if "/.build/" not in path} == before

    def test_with_search_there_is_an_index_and_without_there_is_none(self, root: Path, out: Path) -> None:
        assert build_here(root, out).returncode == 0
        assert (out / "pagefind/pagefind.js").exists()
        assert build_here(root, out, "--no-search").returncode == 0
        assert not (out / "pagefind").exists()

    def test_nothing_is_written_beside_the_sources_but_the_work_folder(self, root: Path, out: Path) -> None:
        before = contents(root)
        assert build_here(root, out).returncode == 0
        after = contents(root)
        assert {path: data for path, data in after.items() if not path.startswith(".build/")} == before


class TestAgain:
    def test_nothing_is_touched_when_nothing_changed(self, root: Path, out: Path) -> None:
        assert build_here(root, out, "--base-url", BASE_URL).returncode == 0
        before = stats(out)
        done = build_here(root, out, "--base-url", BASE_URL)
        assert done.returncode == 0
        assert f"{out} は最新です" in done.stdout
        assert stats(out) == before

    def test_nothing_is_touched_when_files_are_only_newer(self, root: Path, out: Path) -> None:
        assert build_here(root, out, *SEARCHLESS).returncode == 0
        before = stats(out)
        (root / AOI).touch()
        assert build_here(root, out, *SEARCHLESS).returncode == 0
        assert stats(out) == before

    def test_a_day_on_which_nothing_turns_touches_nothing(self, root: Path, out: Path) -> None:
        assert build_here(root, out, *SEARCHLESS).returncode == 0
        before = stats(out)
        assert build_here(root, out, *SEARCHLESS, "--today", "2026-11-24").returncode == 0
        assert stats(out) == before

    def test_one_answer_rewrites_the_pages_that_show_it(self, root: Path, out: Path) -> None:
        assert build_here(root, out, *SEARCHLESS).returncode == 0
        before = stats(out)
        edit(root / AOI, "employees: 580人", "employees: 581人")
        assert build_here(root, out, *SEARCHLESS).returncode == 0
        assert changed(before, stats(out)) == {
            "providers/aoi-cloud/compute/index.html",
            "providers/aoi-cloud/storage/index.html",  # its foot names the version of the file
            "g/cloud/items/5/index.html",
            "g/cloud/compare/company/index.html",
            "api/v1/answers/cloud/employees.json",
            "api/v1/sources/aoi-cloud.yaml",
            # the data, at all its former addresses too
            *(
                f"api/v1/services/{owner}/{name}.{ending}"
                for owner in ("aoi-cloud", "old-aoi", "older-aoi")
                for name in ("compute", "vm", "virtual")
                for ending in ("json", "csv", "xlsx")
            ),
            # whose workbook says what the company says, too
            *(f"api/v1/services/{owner}/storage.xlsx" for owner in ("aoi-cloud", "old-aoi", "older-aoi")),
            "api/v1/providers/aoi-cloud.xlsx",
            "api/v1/answers.csv",
            "api/v1/guidelines/cloud/answers.csv",
            "api/v1/guidelines/cloud/answers.xlsx",
            "api/v1/guidelines/cloud/items/5.csv",
            "checksums.txt",
        }

    def test_one_state_that_turns_rewrites_only_that_provider_s_pages_lists_and_badges(
        self, root: Path, out: Path
    ) -> None:
        assert build_here(root, out, *SEARCHLESS).returncode == 0
        before = stats(out)
        assert build_here(root, out, *SEARCHLESS, "--today", "2027-01-16").returncode == 0
        written = changed(before, stats(out))
        assert "providers/beni-systems/blank/index.html" in written
        assert "badges/beni-systems.svg" in written
        tables = ("/items/", "/compare/")
        assert {
            path for path in written if "beni-systems" not in path and not any(one in path for one in tables)
        } == LISTS


LISTS = {
    "index.html",
    "data/index.html",
    "api/v1/catalog.json",
    "api/v1/answers.csv",
    "api/v1/find.json",
    "api/v1/guidelines/cloud/answers.csv",
    "api/v1/guidelines/cloud/answers.xlsx",
    "checksums.txt",
}


def changed(before: Mapping[str, tuple[int, int]], after: Mapping[str, tuple[int, int]]) -> set[str]:
    """The files that are other ones now; an unchanged file is the same file."""
    assert set(before) == set(after)
    return {path for path, found in after.items() if found != before[path] and path != "."}


# --- incremental equals clean ----------------------------------------------------------------------------------------


@dataclass
class Workshop:
    """A catalog with a theme of its own, edited at random, built again and again."""

    root: Path
    dice: random.Random
    today: date = TODAY
    base_url: str = BASE_URL
    code: str = "the code"
    done: list[str] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return Place(self.root, self.root / "theme", self.root.parent / "site")

    def build(self) -> builder.Outcome | None:
        """None if something is wrong with the contents."""
        with builder.locked(self.place.work, lambda: pytest.fail("nobody else builds")):
            options = pipeline.Options(self.base_url, search=False)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(pipeline, "code_digest", lambda: self.code)
                built = pipeline.build(self.place, self.today, options, Report(), lambda done, total: None)
        return built.outcome if built else None

    def clean(self) -> dict[str, bytes] | None:
        """What a build of its own would make of it, in memory."""
        report, cache = Report(), ParseCache(None, "")
        catalog = pipeline.read(self.root, self.today, cache, report)
        if catalog is None:
            return None
        theme = Theme(self.place.theme)
        languages = load_messages(self.place.theme, catalog.settings.languages, cache, report)
        base_url = self.base_url or catalog.settings.base_url
        base_url = base_url.rstrip("/") + "/" if base_url else ""
        return {one.path: one.render() for one in pipeline.plan(catalog, theme, languages, base_url)}

    # --- edits ---

    def file(self, pattern: str) -> Path:
        return self.dice.choice(sorted(path for path in self.root.glob(pattern) if path.is_file()))

    def replace(self, pattern: str, old: str, new: str) -> None:
        """One place in one file that matches."""
        files = [path for path in sorted(self.root.glob(pattern)) if path.is_file()]
        fitting = [path for path in files if re.search(old, path.read_text(encoding="utf-8"), re.MULTILINE)]
        if fitting:
            path = self.dice.choice(fitting)
            text = path.read_text(encoding="utf-8")
            match = self.dice.choice(list(re.finditer(old, text, re.MULTILINE)))
            path.write_text(text[: match.start()] + match.expand(new) + text[match.end() :], encoding="utf-8")

    def append(self, pattern: str, text: str) -> None:
        path = self.file(pattern)
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    def copy_provider(self) -> None:
        path = self.file("content/providers/*.yaml")
        name, _, rest = path.name.partition(".")
        text = re.sub(r"^\s*formerly:.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        path.with_name(f"{name}-{self.dice.randrange(9)}.{rest}").write_text(text, encoding="utf-8")

    def new_version(self) -> None:
        source = self.root / "guideline/cloud/2"
        target = self.root / f"guideline/cloud/{self.dice.randrange(3, 12)}"
        if source.exists() and not target.exists():
            shutil.copytree(source, target)
            edit(target / "guideline.yaml", 'version: "2"', f'version: "{target.name}"')

    def remove(self, pattern: str) -> None:
        path = self.dice.choice(sorted(self.root.glob(pattern)) or [self.root / "none"])
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def tamper(self) -> None:
        files = sorted(path for path in self.place.out.rglob("*") if path.is_file() and path.name != MARKER)
        path = self.dice.choice(files)
        path.unlink() if self.dice.random() < 0.5 else path.write_bytes(path.read_bytes() + b"x")

    def pass_time(self) -> None:
        self.today += timedelta(days=self.dice.choice((1, 60, 400, -30)))

    def rewrite(self) -> None:
        """Other code that makes the same: all is made anew, and nothing differs."""
        self.code += "'"

    def move(self) -> None:
        self.base_url = self.dice.choice(("", BASE_URL, "https://elsewhere.example/"))


EDITS: Mapping[str, Callable[[Workshop], None]] = {
    "an answer": lambda one: one.replace(
        "content/providers/*.yaml", r"(_name|overview|termination|ledger): ([^{|\n]+)$", r"\1: \2改"
    ),
    "an answer goes": lambda one: one.replace("content/providers/*.yaml", r"^    (  )?[a-z_]+: [^{|\n]+\n", ""),
    "any line goes": lambda one: one.replace("content/**/*.yaml", r"^.+\n", ""),
    "a provider comes": Workshop.copy_provider,
    "a provider goes": lambda one: one.remove("content/providers/*.yaml"),
    "withdrawn": lambda one: one.append("content/providers/*.yaml", "withdrawn: {on: 2026-10-01, reason: 試験}\n"),
    "a former id": lambda one: one.append("content/providers/*.yaml", f"formerly: [was-{one.dice.randrange(9)}]\n"),
    "submitted by": lambda one: one.replace("content/providers/*.yaml", "(provider_name: )架空", r"\1"),
    "a sample": lambda one: one.replace("content/providers/gin*.yaml", "sample: true", "sample: false"),
    "a data centre less": lambda one: one.replace("content/providers/*.yaml", r"\[(\w+), \w+\]", r"[\1]"),
    "prose": lambda one: one.append("content/pages/*.md", "\n段落\n"),
    "a page's title": lambda one: one.replace("content/pages/*.md", "^# ", "# 新しい"),
    "a page comes": lambda one: (one.root / f"content/pages/p{one.dice.randrange(3)}.ja.md").write_text(
        "# 頁\n\n文\n", "utf-8"
    ),
    "a page goes": lambda one: one.remove("content/pages/*.md"),
    "a label": lambda one: one.replace("guideline/**/sections/*.yaml", r"(label|title): ([^{\n]+)$", r"\1: \2改"),
    "a prompt": lambda one: one.replace("guideline/**/sections/*.yaml", r"prompt: (\w+)", r"prompt: \1改"),
    "a level": lambda one: one.replace("guideline/**/sections/*.yaml", "level: required", "level: optional"),
    "a hint": lambda one: one.replace("guideline/**/sections/*.yaml", r"(, prompt: \w+)\}", r"\1, hint: 新しい}"),
    "a guideline's title": lambda one: one.replace(
        "guideline/**/guideline.yaml", r"^(short_)?title: (.+)$", r"\1title: \2改"
    ),
    "a validity": lambda one: one.replace(
        "guideline/**/guideline.yaml", r'validity_months: "\d+"', 'validity_months: "6"'
    ),
    "a version comes": Workshop.new_version,
    "a version goes": lambda one: one.remove("guideline/*/*"),
    "a stylesheet": lambda one: one.append("theme/assets/css/**/*.css", "\n.x { color: red; }\n"),
    "a script": lambda one: one.append("theme/assets/js/*.js", "\n// x\n"),
    "a picture": lambda one: one.append("theme/assets/img/*.svg", "<!-- x -->"),
    "a template": lambda one: one.append("theme/templates/pages/*.html", "\n<!-- x -->\n"),
    "a component": lambda one: one.replace("theme/templates/components/*.html", r'class="', 'class="x '),
    "an answer's template": lambda one: one.replace("theme/templates/answers/*.html", "<p>", '<p class="x">'),
    "a badge": lambda one: one.replace("theme/templates/badges/badge.svg", 'height="22"', 'height="23"'),
    "a message": lambda one: one.replace("theme/i18n/ja.yaml", r"^(  \w+: )([^{\"\n]+)$", r"\1\2改"),
    "the catalog's title": lambda one: one.replace(
        "content/catalog.yaml", "^(title|operator|description): ", r"\1: 新"
    ),
    "no samples": lambda one: one.replace("content/catalog.yaml", "samples: true", "samples: false"),
    "an address": lambda one: one.append("content/catalog.yaml", "base_url: https://own.example/\n"),
    "time passes": Workshop.pass_time,
    "the site moves": Workshop.move,
    "the code": Workshop.rewrite,
    "a kind of service": lambda one: one.replace("content/providers/*.yaml", "kinds: .+$", "kinds: [PaaS]"),
    "a reading": lambda one: one.replace("content/providers/*.yaml", "^reading: (.+)$", r"reading: \1ん"),
    "somebody in the site": Workshop.tamper,
}


class TestIncrementalEqualsClean:
    @pytest.mark.parametrize(
        "seed",
        [
            *(0, 6),
            *(pytest.param(seed, marks=pytest.mark.all_pages) for seed in {*range(60)} - {0, 6}),
        ],
    )
    def test_after_any_edits(self, tmp_path: Path, seed: int) -> None:
        root = copy_root(VARIETY, tmp_path / "root")
        shutil.copytree(ROOT / "theme", root / "theme")
        one = Workshop(root, random.Random(seed))
        assert one.build()
        names = sorted(EDITS)
        for step in range(3):
            name = names[(seed * 3 + step) % len(names)]  # all runs together take every kind
            one.done.append(name)
            before_edit, site_before = contents(root), stats(one.place.out)
            EDITS[name](one)
            self.check(one, before_edit, site_before)

    def check(self, one: Workshop, before_edit: dict[str, bytes], site_before: dict[str, tuple[int, int]]) -> None:
        tampered = one.done[-1] == "somebody in the site"
        outcome = one.build()
        expected = one.clean()
        if outcome is None:
            assert expected is None, one.done
            assert tampered or stats(one.place.out) == site_before, one.done
            self.undo(one, before_edit)
            return
        assert expected is not None, one.done
        found = contents(one.place.out)
        assert found.pop(CHECKSUMS) == checksums(found)
        assert found.pop(MARKER) is not None
        assert {path for path in found if found[path] != expected.get(path)} == set(), one.done
        assert set(found) == set(expected), one.done
        before = stats(one.place.out)
        again = one.build()
        assert again is not None
        assert not again.changed
        assert stats(one.place.out) == before, one.done

    def undo(self, one: Workshop, before: dict[str, bytes]) -> None:
        for path in contents(one.root):
            if path not in before and not path.startswith(".build/"):
                (one.root / path).unlink()
        for path, data in before.items():
            if not path.startswith(".build/"):
                (one.root / path).parent.mkdir(parents=True, exist_ok=True)
                (one.root / path).write_bytes(data)

    def test_every_kind_of_edit_is_tried(self) -> None:
        names = sorted(EDITS)
        assert {names[(seed * 3 + step) % len(names)] for seed in range(13) for step in range(3)} == set(names)
