"""The builder: incremental equals clean, and nothing that happens during a build harms the site."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import stat
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from site_checker import checksums

from catalog import builder
from catalog.artifacts import Artifact
from catalog.builder import Inputs, Outcome, OutputRefused, Refusal, Span, lock, output
from catalog.builder.checksums import CHECKSUMS

ROOT = Path(__file__).resolve().parent.parent
MARKER = {output.MARKER: output.MARKER_TEXT}
TODAY = date(2026, 4, 1)


@dataclass(frozen=True)
class Folder:
    """An index that writes the files it is told to."""

    path: str
    inputs: tuple[str, ...]
    files: Mapping[str, bytes]

    def write(self, folder: Path) -> None:
        assert list(folder.iterdir()) == []
        for name, data in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            (folder / name).write_bytes(data)
            (folder / name).chmod(0o600)


@dataclass
class Site:
    """A site in a folder of its own, with what its renders did."""

    folder: Path
    rendered: list[str]

    @property
    def out(self) -> Path:
        return self.folder / "site"

    @property
    def work(self) -> Path:
        return self.folder / ".build"

    def build(
        self,
        files: Mapping[str, bytes],
        digests: Mapping[str, str] | None = None,
        indexes: Sequence[Folder] = (),
        progress: Callable[[int, int], None] = lambda done, total: None,
        stamp: builder.Stamp | None = None,
        days: Span = builder.ALWAYS,
    ) -> Outcome:
        """Every file has one input, named like it; its digest is that of its bytes unless `digests` says otherwise."""
        known = {path: hashlib.sha256(data).hexdigest() for path, data in files.items()}
        plan = [Artifact(path, (path,), self._render(path, data)) for path, data in files.items()]
        self.rendered.clear()
        with builder.locked(self.work, lambda: pytest.fail("nobody else builds")):
            return builder.build(
                plan, indexes, known | dict(digests or {}), self.out, self.work, progress, stamp=stamp, days=days
            )

    def _render(self, path: str, data: bytes) -> Callable[[], bytes]:
        def render() -> bytes:
            self.rendered.append(path)
            return data

        return render


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path, [])


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below `folder`; folders that are empty as such. Of a site, the checksums are right and left out."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or not path.is_dir():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[name + "/"] = b""
    if output.MARKER in found:
        assert found.pop(CHECKSUMS) == checksums(found)
    return found


def beside(site: Site) -> set[str]:
    """What stands around the site and does not belong there."""
    return {path.name for path in site.folder.iterdir()} - {".build", "site", ".site.spare"}


def stats(folder: Path) -> dict[str, tuple[int, int]]:
    """Inode and mtime of everything below `folder` and of itself."""
    return {str(path): (path.stat().st_ino, path.stat().st_mtime_ns) for path in (folder, *folder.rglob("*"))}


def in_child(action: Callable[[], object]) -> int:
    """The exit status of a forked process that does this: 0, 1 after an exception, negative for a signal."""
    child = os.fork()
    if child == 0:
        try:
            action()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def as_nobody(folder: Path, action: Callable[[], object]) -> None:
    """In a child process, with `folder` as the current one: root may write everywhere, which is to be dropped."""
    os.chdir(folder)
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    action()


def without_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system whose C library has no `renameat2`."""
    monkeypatch.setattr(output.ctypes, "CDLL", lambda name: object())


@pytest.fixture(params=["renameat2", "two renames"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "two renames":
        without_exchange(monkeypatch)
    return str(request.param)


A = {"index.html": b"home", "providers/kaku/index.html": b"kaku", "api/v1/catalog.json": b"{}"}
B = {"index.html": b"new home", "providers/kaku/index.html": b"kaku", "providers/maru/index.html": b"maru"}


class TestBuild:
    def test_writes_all_artifacts_and_the_marker(self, site: Site) -> None:
        assert site.build(A) == Outcome(changed=True, written=5, kept=0, removed=0)
        assert contents(site.out) == A | MARKER

    def test_marker_keeps_github_pages_from_leaving_files_out(self) -> None:
        assert output.MARKER == ".nojekyll"

    @pytest.mark.usefixtures("way")
    def test_replaces_changed_files_and_drops_old_ones(self, site: Site) -> None:
        site.build(A)
        kept = (site.out / "providers/kaku/index.html").stat()
        assert site.build(B) == Outcome(changed=True, written=3, kept=2, removed=1)
        assert contents(site.out) == B | MARKER
        assert site.rendered == ["index.html", "providers/maru/index.html"]
        assert (site.out / "providers/kaku/index.html").stat().st_ino == kept.st_ino
        assert (site.out / "providers/kaku/index.html").stat().st_mtime_ns == kept.st_mtime_ns

    def test_leaves_nothing_beside_the_site(self, site: Site) -> None:
        site.build(A)
        site.build(B)
        assert beside(site) == set()

    def test_never_edits_a_file_in_place(self, site: Site) -> None:
        site.build(A)
        with (site.out / "index.html").open("rb") as reader:
            site.build(B)
            assert reader.read() == b"home"

    def test_touches_nothing_when_nothing_changed(self, site: Site) -> None:
        index = Folder("pagefind", (), {"a": b"a"})
        site.build(A, indexes=[index])
        before = stats(site.out)
        assert site.build(A, indexes=[index]) == Outcome(changed=False, written=0, kept=6, removed=0)
        assert site.rendered == []
        assert stats(site.out) == before

    def test_touches_nothing_when_the_bytes_come_out_the_same(self, site: Site) -> None:
        site.build(A, dict.fromkeys(A, "one"))
        before = stats(site.out)
        assert not site.build(A, dict.fromkeys(A, "two")).changed
        assert sorted(site.rendered) == sorted(A)
        assert stats(site.out) == before
        site.build(A, dict.fromkeys(A, "two"))
        assert site.rendered == []

    def test_shares_files_whose_bytes_come_out_the_same(self, site: Site) -> None:
        site.build(A, dict.fromkeys(A, "one"))
        before = (site.out / "index.html").stat().st_ino
        site.build(A | {"more": b""}, dict.fromkeys(A, "two"))
        assert (site.out / "index.html").stat().st_ino == before

    def test_reports_progress_to_the_end(self, site: Site) -> None:
        seen: list[tuple[int, int]] = []
        site.build(A, indexes=[Folder("pagefind", (), {})], progress=lambda done, total: seen.append((done, total)))
        assert seen == [(done, 5) for done in range(1, 6)]

    def test_folders_look_old_so_that_whatever_is_done_in_them_shows(self, site: Site) -> None:
        for files in (A, B, A):
            site.build(files)
            folders = [site.out, *(path for path in site.out.rglob("*") if path.is_dir())]
            assert len({path.stat().st_mtime_ns for path in folders}) == 1
            assert site.out.stat().st_mtime < (site.out / "index.html").stat().st_mtime

    def test_takes_names_that_are_not_ascii(self, site: Site) -> None:
        files = {"提供者/角商事.html": "角".encode(), "é/ü ö?&#.html": b"x"}
        site.build(files)
        assert contents(site.out) == files | MARKER
        assert not site.build(files).changed

    def test_makes_the_folders_above_the_output(self, site: Site, tmp_path: Path) -> None:
        deep = Site(tmp_path / "a" / "b", [])
        deep.build(A)
        assert contents(deep.out) == A | MARKER

    def test_fills_an_empty_folder(self, site: Site) -> None:
        site.out.mkdir()
        site.build(A)
        assert contents(site.out) == A | MARKER

    @pytest.mark.parametrize("mask", [0o000, 0o077])
    def test_modes_do_not_depend_on_the_umask(self, site: Site, mask: int) -> None:
        before = os.umask(mask)
        try:
            site.build(A, indexes=[Folder("pagefind", (), {"fragment/a": b"a"})])
        finally:
            assert os.umask(before) == mask
        for path in (site.out, *site.out.rglob("*")):
            assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644), path

    def test_an_input_without_a_digest_is_a_bug(self, site: Site) -> None:
        with pytest.raises(ValueError, match=r"index\.html.*theme"):
            builder.build(
                [Artifact("index.html", ("theme",), bytes)], [], {}, site.out, site.work, lambda done, total: None
            )


class TestIndexes:
    INDEX = Folder("pagefind", ("answers",), {"pagefind.js": b"js", "fragment/ja_1.pf": b"1"})

    def test_a_program_fills_its_folder(self, site: Site) -> None:
        site.build(A, {"answers": "1"}, [self.INDEX])
        assert contents(site.out) == A | MARKER | {"pagefind/pagefind.js": b"js", "pagefind/fragment/ja_1.pf": b"1"}

    def test_is_kept_while_its_inputs_are_the_same(self, site: Site) -> None:
        site.build(A, {"answers": "1"}, [self.INDEX])
        before = (site.out / "pagefind/pagefind.js").stat().st_ino
        site.build(B, {"answers": "1"}, [Folder("pagefind", ("answers",), {"wrong": b""})])
        assert (site.out / "pagefind/fragment/ja_1.pf").read_bytes() == b"1"
        assert (site.out / "pagefind/pagefind.js").stat().st_ino == before

    def test_is_made_anew_when_its_inputs_changed(self, site: Site) -> None:
        site.build(A, {"answers": "1"}, [self.INDEX])
        before = (site.out / "pagefind/pagefind.js").stat().st_ino
        changed = Folder("pagefind", ("answers",), {"pagefind.js": b"js", "fragment/ja_2.pf": b"2"})
        assert site.build(A, {"answers": "2"}, [changed]) == Outcome(changed=True, written=2, kept=5, removed=1)
        assert contents(site.out / "pagefind") == {"pagefind.js": b"js", "fragment/ja_2.pf": b"2"}
        assert (site.out / "pagefind/pagefind.js").stat().st_ino == before

    @pytest.mark.parametrize("name", ["fragment/ja_1.pf", "fragment/stray"])
    def test_is_made_anew_when_somebody_was_in_it(self, site: Site, name: str) -> None:
        site.build(A, {"answers": "1"}, [self.INDEX])
        (site.out / "pagefind" / name).write_bytes(b"?")
        assert site.build(A, {"answers": "1"}, [self.INDEX]).changed
        assert contents(site.out / "pagefind") == self.INDEX.files

    def test_goes_when_it_is_not_planned_any_more(self, site: Site) -> None:
        site.build(A, {"answers": "1"}, [self.INDEX])
        site.build(A)
        assert contents(site.out) == A | MARKER


def delete(path: Path) -> None:
    path.unlink()


def alter(path: Path) -> None:
    path.write_bytes(b"HOME")


def alter_atomically(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


def add(path: Path) -> None:
    path.with_name("stray.html").write_bytes(b"")


def add_folder(path: Path) -> None:
    path.with_name("stray").mkdir()


def put_folder_in_the_way(path: Path) -> None:
    path.unlink()
    (path / "x").mkdir(parents=True)


def put_link_in_the_way(path: Path) -> None:
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def lock_out(path: Path) -> None:
    path.chmod(0o600)
    path.parent.chmod(0o700)


TAMPERING = [delete, alter, alter_atomically, add, add_folder, put_folder_in_the_way, put_link_in_the_way, lock_out]


class TestSomebodyInTheOutput:
    @pytest.mark.parametrize("path", ["index.html", "providers/kaku/index.html"])
    @pytest.mark.parametrize("tamper", TAMPERING)
    def test_is_set_right(self, site: Site, tamper: Callable[[Path], None], path: str) -> None:
        site.build(A)
        tamper(site.out / path)
        assert site.build(A).changed
        assert contents(site.out) == A | MARKER
        assert all(stat.S_IMODE(p.stat().st_mode) == (0o755 if p.is_dir() else 0o644) for p in site.out.rglob("*"))
        assert not site.build(A).changed

    def test_a_removed_site_is_built_anew(self, site: Site) -> None:
        site.build(A)
        shutil.rmtree(site.out)
        site.build(A)
        assert contents(site.out) == A | MARKER

    def test_a_copied_site_is_not_taken_for_the_built_one(self, site: Site) -> None:
        site.build(A)
        shutil.copytree(site.out, site.folder / "copy")
        (site.folder / "copy" / "index.html").write_bytes(b"HOME")
        shutil.rmtree(site.out)
        (site.folder / "copy").rename(site.out)
        site.build(A)
        assert contents(site.out) == A | MARKER

    def test_an_older_tree_is_not_taken_for_the_built_one(self, site: Site) -> None:
        site.build(A)
        subprocess.run(["cp", "-al", site.out, site.folder / "older"], check=True)
        site.build(B)
        shutil.rmtree(site.out)
        (site.folder / "older").rename(site.out)
        site.build(B)
        assert contents(site.out) == B | MARKER


class TestSpareTree:
    """Of three builds, the third is made of the first one's folders and the second one's files."""

    C = A | {"index.html": b"third"}

    def test_is_made_into_the_next_tree(self, site: Site) -> None:
        site.build(A)
        first = (site.out / "providers").stat().st_ino
        site.build(B)
        assert site.build(self.C) == Outcome(changed=True, written=3, kept=2, removed=1)
        assert (site.out / "providers").stat().st_ino == first
        assert contents(site.out) == self.C | MARKER
        assert not site.build(self.C).changed

    def test_gives_way_to_files_and_folders_of_other_kinds(self, site: Site) -> None:
        site.build({"a": b"file", "b/c/d": b"folder", "pagefind/x": b"x"})
        site.build(B)
        files = {"a/b": b"folder", "b": b"file"}
        site.build(files, indexes=[Folder("pagefind", (), {"y": b"y"})])
        assert contents(site.out) == files | MARKER | {"pagefind/y": b"y"}

    @pytest.mark.parametrize("tamper", TAMPERING)
    def test_is_not_used_when_somebody_was_in_it(self, site: Site, tamper: Callable[[Path], None]) -> None:
        site.build(A)
        site.build(B)
        tamper(site.folder / ".site.spare" / "providers/kaku/index.html")
        site.build(self.C)
        assert contents(site.out) == self.C | MARKER
        assert all(stat.S_IMODE(p.stat().st_mode) == (0o755 if p.is_dir() else 0o644) for p in site.out.rglob("*"))

    def test_is_not_the_one_that_somebody_changed_in_the_output(self, site: Site) -> None:
        site.build(A)
        alter(site.out / "index.html")
        site.build(B)
        assert not (site.folder / ".site.spare").exists()

    def test_may_be_removed_at_any_time(self, site: Site) -> None:
        site.build(A)
        site.build(B)
        shutil.rmtree(site.folder / ".site.spare")
        site.build(self.C)
        assert contents(site.out) == self.C | MARKER

    def test_serves_when_the_site_was_removed(self, site: Site) -> None:
        site.build(A)
        site.build(B)
        shutil.rmtree(site.out)
        site.build(self.C)
        assert contents(site.out) == self.C | MARKER


class TestManifest:
    @pytest.mark.parametrize("length", [0, 1, 20, 200])
    def test_a_truncated_one_means_a_full_build(self, site: Site, length: int) -> None:
        site.build(A)
        path = site.work / "manifest.json"
        path.write_bytes(path.read_bytes()[:length])
        site.build(A)
        assert sorted(site.rendered) == sorted(A)
        site.build(A)
        assert site.rendered == []

    @pytest.mark.parametrize(
        "text",
        [
            "[]",
            "null",
            "[" * 100_000,
            '{"schema": 0}',
            '{"schema": 1, "made": [], "outputs": []}',
            '{"schema": 1, "outputs": {"index.html": 1, "\\ud800": {}, "\\u0000": null, "../..": "x", "./": []}}',
            '{"schema": 1, "unknown": {}}',
            "\x00\xff",
        ],
    )
    def test_a_foreign_one_means_a_full_build(self, site: Site, text: str) -> None:
        site.build(A)
        (site.work / "manifest.json").write_text(text, encoding="latin-1")
        assert not builder.is_current(Inputs(site.folder, (), ""), site.out, site.work, TODAY)
        site.build(B)
        assert sorted(site.rendered) == sorted(B)
        assert contents(site.out) == B | MARKER

    def test_one_of_another_version_means_a_full_build(self, site: Site) -> None:
        site.build(A)
        path = site.work / "manifest.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"schema": 999}))
        site.build(A)
        assert sorted(site.rendered) == sorted(A)

    def test_one_that_tells_of_another_output_does_no_harm(self, site: Site, tmp_path: Path) -> None:
        other = Site(tmp_path / "other", [])
        site.build(A)
        other.build(B)
        shutil.copy(other.work / "manifest.json", site.work / "manifest.json")
        site.build(B)
        assert contents(site.out) == B | MARKER


class TestPaths:
    @pytest.mark.parametrize(
        "path", ["", "/a", "../a", "a/../b", "a//b", "a/", "./a", "a\\b", "a\0b", "a\nb", "\ud800", ".."]
    )
    def test_that_escape_or_are_not_plain_are_bugs(self, site: Site, path: str) -> None:
        with pytest.raises(ValueError, match="plain"):
            site.build({path: b""})
        assert not site.out.exists()

    @pytest.mark.parametrize(
        "paths",
        [
            ("a", "a"),
            ("a", "a/b"),
            ("a/b", "a"),
            ("a/b/c", "a/b"),
            ("a", "A"),
            ("a/b", "A/c"),
            ("か\u3099", "が"),
            ("STRASSE", "straße"),
            ("a", ".nojekyll"),
        ],
    )
    def test_that_collide_are_bugs(self, site: Site, paths: tuple[str, str]) -> None:
        plan = [Artifact(path, (), bytes) for path in paths] + [Artifact(output.MARKER, (), bytes)] * (
            output.MARKER in paths
        )
        with pytest.raises(ValueError, match="collide"):
            builder.build(plan, [], {}, site.out, site.work, lambda done, total: None)

    @pytest.mark.parametrize("path", ["pagefind", "pagefind/x.js"])
    def test_within_an_index_are_bugs(self, site: Site, path: str) -> None:
        with pytest.raises(ValueError, match="collide"):
            site.build({path: b""}, indexes=[Folder("pagefind", (), {})])

    def test_may_share_folders(self, site: Site) -> None:
        files = dict.fromkeys(("a/b/c", "a/b/d", "a/e", "404", "404.html"), b"")
        site.build(files)
        assert contents(site.out) == files | MARKER


class TestRefusedOutputs:
    def refusal(self, out: Path, protected: Iterable[Path] = ()) -> Refusal:
        with pytest.raises(OutputRefused) as caught:
            builder.claim(out, tuple(protected))
        assert isinstance(caught.value, OSError)
        assert caught.value.path == out
        assert str(out) in str(caught.value)
        return caught.value.code

    def test_a_folder_with_other_things_in_it(self, site: Site) -> None:
        site.out.mkdir()
        (site.out / "thesis.docx").write_bytes(b"")
        with pytest.raises(OutputRefused) as caught:
            site.build(A)
        assert caught.value.code is Refusal.NOT_OURS
        assert contents(site.out) == {"thesis.docx": b""}

    @pytest.mark.parametrize("text", [b"", b"This", output.MARKER_TEXT.replace(b"\n", b"?\n")])
    def test_a_folder_with_another_marker(self, tmp_path: Path, text: bytes) -> None:
        (tmp_path / ".nojekyll").write_bytes(text)
        assert self.refusal(tmp_path) is Refusal.NOT_OURS

    def test_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        for target in ("real", "missing", "site"):
            link = tmp_path / "site"
            link.symlink_to(target)
            assert self.refusal(link) is Refusal.LINK
            link.unlink()

    def test_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "site").write_bytes(b"")
        assert self.refusal(tmp_path / "site") is Refusal.NOT_A_FOLDER

    def test_the_root_the_home_and_what_holds_it(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(tmp_path / "home" / "hanako"))
        for out in (Path("/"), tmp_path / "home" / "hanako", tmp_path / "home"):
            assert self.refusal(out) is Refusal.SYSTEM
        builder.claim(tmp_path / "home" / "hanako" / "site", ())

    def test_what_holds_the_sources(self, tmp_path: Path) -> None:
        content = tmp_path / "catalog" / "content"
        for out in (content, tmp_path / "catalog", tmp_path / "x" / ".." / "catalog"):
            assert self.refusal(out, [content]) is Refusal.HOLDS_SOURCES

    def test_what_lies_within_the_sources(self, tmp_path: Path) -> None:
        (tmp_path / "content").mkdir()
        (tmp_path / "way").symlink_to("content")
        for out in (tmp_path / "content" / "site", tmp_path / "way" / "site"):
            assert self.refusal(out, [tmp_path / "theme", tmp_path / "content"]) is Refusal.WITHIN_SOURCES
        builder.claim(tmp_path / "content-site", [tmp_path / "content"])

    def test_what_holds_the_work_folder(self, site: Site) -> None:
        with pytest.raises(OutputRefused) as caught:
            builder.build([], [], {}, site.out, site.out / "work", lambda done, total: None)
        assert caught.value.code is Refusal.HOLDS_SOURCES


def changed_site(site: Site) -> Outcome:
    return site.build(B, indexes=[Folder("pagefind", (), {"x": b"x"})])


class TestFailures:
    """`way`: with `renameat2`, and with the two renames that take its place elsewhere."""

    @pytest.mark.parametrize("history", [(A,), (B, A)], ids=["second build", "third build"])
    def test_killed_at_any_moment_the_site_is_whole_and_the_next_build_right(
        self, tmp_path: Path, way: str, history: Sequence[Mapping[str, bytes]]
    ) -> None:
        """From the third build on, trees are made of the ones before."""
        before, after = A | MARKER, B | MARKER | {"pagefind/x": b"x"}
        self.calls(Site(tmp_path / "warm", []), history)
        total = self.calls(Site(tmp_path / "count", []), history)
        outcomes = []
        for moment in random.Random(way).sample(range(1, total), 15):
            site = Site(tmp_path / str(moment), [])
            for files in history:
                site.build(files)
            assert in_child(lambda site=site, moment=moment: self.killed(site, moment)) == -signal.SIGKILL
            if way == "two renames":
                builder.recover(site.out)
            found = contents(site.out)
            assert found in (before, after)
            outcomes.append(found == after)
            changed_site(site)
            assert contents(site.out) == after
            assert beside(site) == set()
            assert not changed_site(site).changed
        assert set(outcomes) == {False, True}

    @staticmethod
    def calls(site: Site, history: Sequence[Mapping[str, bytes]]) -> int:
        """How many calls a build makes."""
        seen = 0

        def count(frame: FrameType, event: str, argument: object) -> None:
            nonlocal seen
            seen += 1

        for files in history:
            site.build(files)
        sys.setprofile(count)
        try:
            changed_site(site)
        finally:
            sys.setprofile(None)
        return seen

    @staticmethod
    def killed(site: Site, moment: int) -> None:
        seen = 0

        def count(frame: FrameType, event: str, argument: object) -> None:
            nonlocal seen
            seen += 1
            if seen == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
        changed_site(site)

    def test_killed_between_two_renames_the_new_site_is_taken(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        without_exchange(monkeypatch)
        site.build(A)
        rename = Path.rename

        def die_after(path: Path, target: Path) -> None:
            rename(path, target)
            os.kill(os.getpid(), signal.SIGKILL)

        def build() -> None:
            monkeypatch.setattr(Path, "rename", die_after)
            changed_site(site)

        assert in_child(build) == -signal.SIGKILL
        assert not site.out.exists()
        builder.recover(site.out)
        assert contents(site.out) == B | MARKER | {"pagefind/x": b"x"}
        assert beside(site) == set()

    @pytest.mark.usefixtures("way")
    @pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "disk full"), KeyboardInterrupt(), RuntimeError("bug")])
    def test_a_render_that_fails_leaves_the_old_site(self, site: Site, error: BaseException) -> None:
        def fail() -> bytes:
            raise error

        site.build(A)
        before = stats(site.out)
        plan = [Artifact("a", (), lambda: b"a"), Artifact("b", (), fail)]
        with pytest.raises(type(error)):
            builder.build(plan, [], {}, site.out, site.work, lambda done, total: None)
        assert stats(site.out) == before
        assert beside(site) == set()
        assert not site.build(A).changed

    def test_an_index_that_fails_leaves_the_old_site(self, site: Site) -> None:
        @dataclass(frozen=True)
        class Broken(Folder):
            def write(self, folder: Path) -> None:
                super().write(folder)
                raise OSError(errno.ENOSPC, "disk full")

        site.build(A)
        before = stats(site.out)
        with pytest.raises(OSError, match="disk full"):
            site.build(B, indexes=[Broken("pagefind", (), {"x": b"x"})])
        assert stats(site.out) == before
        assert not (site.folder / ".site.new").exists()

    def test_a_full_disk_leaves_the_old_site(self, site: Site) -> None:
        def build() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
            with pytest.raises(OSError, match="too large"):
                site.build(B | {"large": bytes(20_000)})

        site.build(A)
        before = stats(site.out)
        assert in_child(build) == 0
        assert stats(site.out) == before
        assert beside(site) == set()

    @pytest.mark.usefixtures("way")
    def test_an_exchange_that_fails_leaves_the_old_site(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        without_exchange(monkeypatch)
        rename = Path.rename

        def fail(path: Path, target: Path) -> Path:
            if path.name == ".site.new":
                raise OSError(errno.EBUSY, "busy")
            return rename(path, target)

        site.build(A)
        before = stats(site.out)
        with monkeypatch.context() as patch:
            patch.setattr(Path, "rename", fail)
            with pytest.raises(OSError, match="busy"):
                site.build(B)
        assert stats(site.out) == before
        assert beside(site) == set()

    def test_a_read_only_place_leaves_the_old_site(self, site: Site) -> None:
        site.build(A)
        before = stats(site.out)

        def build() -> None:
            site.folder = Path()
            with pytest.raises(PermissionError):
                builder.build([], [], {}, site.out, site.work, lambda done, total: None)

        for folder in (site.folder, site.out):
            folder.chmod(0o555)
        try:
            assert in_child(lambda: as_nobody(site.folder, build)) == 0
        finally:
            site.folder.chmod(0o755)
            site.out.chmod(0o755)
        assert stats(site.out) == before

    def test_a_site_made_read_only_is_replaced_all_the_same(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o777)

        def build() -> None:
            site = Site(Path("mine"), [])
            site.build(A)
            for path in (*site.out.rglob("*"), site.out):
                path.chmod(0o500 if path.is_dir() else 0o400)
            site.build(B)
            assert contents(site.out) == B | MARKER
            assert beside(site) == set()

        assert in_child(lambda: as_nobody(tmp_path, build)) == 0

    @pytest.mark.parametrize("number", [errno.EPERM, errno.EXDEV, errno.EMLINK])
    def test_without_hard_links_files_are_copied(
        self, site: Site, monkeypatch: pytest.MonkeyPatch, number: int
    ) -> None:
        def refuse(*arguments: object, **options: object) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "link", refuse)
        site.build(A)
        before = (site.out / "providers/kaku/index.html").stat()
        site.build(B)
        assert contents(site.out) == B | MARKER
        after = (site.out / "providers/kaku/index.html").stat()
        assert (after.st_mode, after.st_mtime_ns) == (before.st_mode, before.st_mtime_ns)
        assert after.st_ino != before.st_ino
        assert not site.build(B).changed

    @pytest.mark.parametrize("name", [".site.new", ".site.old"])
    def test_whatever_stands_in_the_way_beside_the_site_is_removed(self, site: Site, name: str) -> None:
        site.build(A)
        (site.folder / "precious").mkdir()
        (site.folder / "precious" / "file").write_bytes(b"")
        for put in (Path.mkdir, Path.touch, lambda path: path.symlink_to("precious")):
            put(site.folder / name)
            site.build(B)
            assert contents(site.out) == B | MARKER
            assert beside(site) <= {"precious"}
        assert (site.folder / "precious" / "file").exists()


BUILD = """
import sys
from pathlib import Path
from catalog import builder
from catalog.artifacts import Artifact

name, folder = sys.argv[1], Path(sys.argv[2])

def say(word):
    print(word, flush=True)

def render():
    say("rendering")
    sys.stdin.readline()
    return name.encode()

with builder.locked(folder / ".build", lambda: say("waiting")):
    plan = [Artifact("index.html", ("name",), render)]
    builder.build(plan, [], {"name": name}, folder / "site", folder / ".build", lambda done, total: None)
say("done")
"""


class TestLock:
    def start(self, name: str, folder: Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", BUILD, name, str(folder)],
            cwd=ROOT,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def test_a_second_build_waits_for_the_first(self, site: Site) -> None:
        with self.start("first", site.folder) as first, self.start_after(first, "second", site) as second:
            assert second.stdout
            assert second.stdout.readline() == "waiting\n"
            assert not site.out.exists()
            assert first.communicate("\n") == ("done\n", None)
            assert contents(site.out) == {"index.html": b"first"} | MARKER
            assert second.communicate("\n") == ("rendering\ndone\n", None)
        assert (first.returncode, second.returncode) == (0, 0)
        assert contents(site.out) == {"index.html": b"second"} | MARKER

    def start_after(self, first: subprocess.Popen[str], name: str, site: Site) -> subprocess.Popen[str]:
        assert first.stdout
        assert first.stdout.readline() == "rendering\n"
        return self.start(name, site.folder)

    def test_a_killed_build_holds_no_lock(self, site: Site) -> None:
        with self.start("first", site.folder) as first, self.start_after(first, "second", site) as second:
            assert second.stdout
            assert second.stdout.readline() == "waiting\n"
            first.kill()
            assert second.communicate("\n") == ("rendering\ndone\n", None)
        assert contents(site.out) == {"index.html": b"second"} | MARKER

    def test_a_lock_in_a_removed_folder_is_none(self, site: Site) -> None:
        with self.start("first", site.folder) as first, self.start_after(first, "second", site) as second:
            assert second.stdout
            assert second.stdout.readline() == "waiting\n"
            shutil.rmtree(site.work)
            first.communicate("\n")
            with self.start_after(second, "third", site) as third:
                assert third.stdout
                assert third.stdout.readline() == "waiting\n"
                second.communicate("\n")
                third.communicate("\n")
        assert (first.returncode, second.returncode, third.returncode) == (0, 0, 0)
        assert contents(site.out) == {"index.html": b"third"} | MARKER

    def test_goes_without_where_there_are_no_locks(self, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*arguments: object) -> None:
            raise OSError(errno.ENOLCK, "no locks")

        monkeypatch.setattr(lock.fcntl, "flock", refuse)
        site.build(A)
        assert contents(site.out) == A | MARKER


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    """Old files, so that their mtime alone is a proof; and one folder that is not there."""
    for name in ("content/providers/kaku.yaml", "content/catalog.yaml", "build.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"text")
        age(path)
    return Inputs(tmp_path, ("content", "guideline", "build.py"), "base_url=")


def age(path: Path) -> None:
    os.utime(path, ns=(10**18, 10**18))


class TestCurrent:
    def built(self, site: Site, inputs: Inputs, days: Span = builder.ALWAYS) -> Callable[..., bool]:
        """`is_current` of a site that was built from these inputs."""
        site.build(A, stamp=builder.stamp_inputs(inputs, site.work), days=days)
        return lambda inputs=inputs, today=TODAY: builder.is_current(inputs, site.out, site.work, today)

    def test_after_a_build(self, site: Site, inputs: Inputs) -> None:
        current = self.built(site, inputs)
        before = stats(site.folder)
        assert current()
        assert stats(site.folder) == before

    def test_not_before_a_build(self, site: Site, inputs: Inputs) -> None:
        assert not builder.is_current(inputs, site.out, site.work, TODAY)

    def test_not_without_a_stamp(self, site: Site, inputs: Inputs) -> None:
        site.build(A)
        assert not builder.is_current(inputs, site.out, site.work, TODAY)
        assert not builder.is_current(Inputs(inputs.root, (), ""), site.out, site.work, TODAY)

    @pytest.mark.parametrize(
        "edit",
        [
            lambda root: (root / "build.py").write_bytes(b"another text"),
            lambda root: (root / "build.py").write_bytes(b"TEXT"),
            lambda root: (root / "build.py").touch(),
            lambda root: (root / "build.py").unlink(),
            lambda root: (root / "build.py").chmod(0o600),
            lambda root: (root / "content/catalog.yaml").rename(root / "content/catalog.yml"),
            lambda root: (root / "content/providers/maru.yaml").touch(),
            lambda root: shutil.rmtree(root / "content"),
            lambda root: [(root / "guideline").mkdir(), (root / "guideline/x").touch()],
        ],
    )
    def test_not_after_an_edit(self, site: Site, inputs: Inputs, edit: Callable[[Path], object]) -> None:
        current = self.built(site, inputs)
        edit(inputs.root)
        assert not current()

    def test_caches_of_python_are_no_inputs(self, site: Site, inputs: Inputs) -> None:
        current = self.built(site, inputs)
        (inputs.root / "content/__pycache__").mkdir()
        (inputs.root / "content/__pycache__/x.pyc").touch()
        assert current()

    def test_an_edit_during_the_build_is_seen(self, site: Site, inputs: Inputs) -> None:
        stamp = builder.stamp_inputs(inputs, site.work)
        (inputs.root / "build.py").write_bytes(b"TEXT")
        site.build(A, stamp=stamp)
        assert not builder.is_current(inputs, site.out, site.work, TODAY)

    @pytest.mark.parametrize("ahead", [0, 3600])
    def test_an_edit_that_leaves_no_trace_but_its_bytes_is_seen(self, site: Site, inputs: Inputs, ahead: int) -> None:
        """Just edited, or edited before the clock was set back: then size and mtime may be the same again."""
        path = inputs.root / "build.py"
        path.write_bytes(b"text")
        time = path.stat().st_mtime_ns + ahead * 10**9
        os.utime(path, ns=(time, time))
        current = self.built(site, inputs)
        assert current()
        path.write_bytes(b"TEXT")
        os.utime(path, ns=(time, time))
        assert not current()

    def test_what_is_no_file_is_not_opened(self, site: Site, inputs: Inputs) -> None:
        os.mkfifo(inputs.root / "content/pipe")
        (inputs.root / "content/loop").symlink_to("loop")
        (inputs.root / "content/again").symlink_to(".")
        assert self.built(site, inputs)()

    def test_follows_links(self, site: Site, inputs: Inputs, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        (tmp_path / "elsewhere/file").write_bytes(b"text")
        age(tmp_path / "elsewhere/file")
        (inputs.root / "guideline").symlink_to("elsewhere")
        current = self.built(site, inputs)
        assert current()
        (tmp_path / "elsewhere/file").touch()
        assert not current()

    def test_not_with_other_settings(self, site: Site, inputs: Inputs) -> None:
        current = self.built(site, inputs)
        assert not current(Inputs(inputs.root, inputs.names, "base_url=https://example.jp/"))

    @pytest.mark.parametrize(
        ("today", "expected"),
        [("2026-03-31", False), ("2026-04-01", True), ("2026-04-30", True), ("2026-05-01", False)],
    )
    def test_only_on_its_days(self, site: Site, inputs: Inputs, today: str, expected: bool) -> None:
        current = self.built(site, inputs, Span(date(2026, 4, 1), date(2026, 5, 1)))
        assert current(today=date.fromisoformat(today)) is expected

    def test_with_one_limit(self, site: Site, inputs: Inputs) -> None:
        assert self.built(site, inputs, Span(None, date(2026, 5, 1)))(today=date(1, 1, 1))
        assert self.built(site, inputs, Span(date(2026, 4, 1), None))(today=date(9999, 1, 1))

    @pytest.mark.parametrize("tamper", TAMPERING)
    def test_not_with_somebody_in_the_output(self, site: Site, inputs: Inputs, tamper: Callable[[Path], None]) -> None:
        current = self.built(site, inputs)
        tamper(site.out / "providers/kaku/index.html")
        assert not current()

    def test_not_with_leftovers_of_a_killed_build(self, site: Site, inputs: Inputs) -> None:
        current = self.built(site, inputs)
        (site.folder / ".site.new").mkdir()
        assert not current()

    def test_again_after_a_build_that_changed_nothing(self, site: Site, inputs: Inputs) -> None:
        self.built(site, inputs)
        (inputs.root / "build.py").touch()
        before = stats(site.out)
        assert self.built(site, inputs)()
        assert stats(site.out) == before


INPUTS = ("theme", "catalog", "kaku", "maru")
FILES = ("index.html", "a/index.html", "a/b/index.html", "a/b/c", "d", "d/e/f", "角/商事.html", "pagefind/entry.json")


@dataclass(frozen=True)
class State:
    """A whole site as inputs: digests, which files there are and what they depend on, what the index depends on."""

    digests: Mapping[str, int]
    files: Mapping[str, tuple[str, ...]]
    index: tuple[str, ...] | None

    def text(self, path: str, inputs: tuple[str, ...], halved: bool = False) -> bytes:
        """Bytes that follow from the inputs; `halved`: so that two digests of an input give the same bytes."""
        return repr((path, [self.digests[name] // (2 if halved else 1) for name in sorted(inputs)])).encode()

    def artifacts(self) -> list[Artifact]:
        return [
            Artifact(path, inputs, lambda path=path, inputs=inputs: self.text(path, inputs, halved=True))
            for path, inputs in self.files.items()
            if not (path.startswith("d/") and "d" in self.files)
            and not (path.startswith("pagefind/") and self.index is not None)
        ]

    def indexes(self) -> list[Folder]:
        if self.index is None:
            return []
        text = self.text("pagefind", self.index)
        name = hashlib.sha256(text).hexdigest()[:8]
        return [Folder("pagefind", self.index, {"entry.json": text, f"fragment/{name}": b"same"})]

    def build(self, folder: Path) -> Outcome:
        digests = {name: str(number) for name, number in self.digests.items()}
        with builder.locked(folder / ".build", lambda: pytest.fail("nobody else builds")):
            return builder.build(
                self.artifacts(),
                self.indexes(),
                digests,
                folder / "site",
                folder / ".build",
                lambda done, total: None,
            )


some_inputs = st.lists(st.sampled_from(INPUTS), unique=True, max_size=3).map(tuple)
states = st.builds(
    State,
    digests=st.fixed_dictionaries({name: st.integers(0, 3) for name in INPUTS}),
    files=st.dictionaries(st.sampled_from(FILES), some_inputs),
    index=st.none() | some_inputs,
)
tamperings = st.tuples(st.sampled_from(("site", ".site.spare")), st.sampled_from(TAMPERING), st.integers(0, 99))
steps = st.tuples(states, st.none() | tamperings)


class TestIncrementalEqualsClean:
    @settings(max_examples=40, deadline=None)
    @given(history=st.lists(steps, min_size=2, max_size=6))
    def test_after_any_edits(
        self,
        tmp_path_factory: pytest.TempPathFactory,
        history: list[tuple[State, tuple[str, Callable[[Path], None], int] | None]],
    ) -> None:
        folder = tmp_path_factory.mktemp("history")
        for state, tampering in history:
            state.build(folder)
            clean = tmp_path_factory.mktemp("clean")
            state.build(clean)
            assert contents(folder / "site") == contents(clean / "site")
            before = stats(folder / "site")
            assert not state.build(folder).changed
            assert stats(folder / "site") == before
            if tampering:
                self.tamper(folder, *tampering)

    def tamper(self, folder: Path, tree: str, how: Callable[[Path], None], which: int) -> None:
        files = sorted(p for p in (folder / tree).rglob("*") if p.is_file() and p.name != output.MARKER)
        if files:
            how(files[which % len(files)])
