"""Whatever happens to a build, the site is the old one or the new one, whole, and the next build is right."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from torture.conftest import Effort
from torture.forge import ROOT, Forge, Job
from torture.record import Tally
from torture.targets import TARGETS
from torture.yard import Clean, Yard, clean_sites, yard


@pytest.fixture(scope="module")
def plain_sites(forge: Forge, tmp_path_factory: pytest.TempPathFactory) -> Clean:
    """Without the search index, whose program takes most of the time."""
    return clean_sites(forge, tmp_path_factory.mktemp("plain"), "--no-search")


@pytest.fixture(scope="module")
def searched_sites(forge: Forge, tmp_path_factory: pytest.TempPathFactory) -> Clean:
    return clean_sites(forge, tmp_path_factory.mktemp("searched"))


@pytest.fixture
def plain(forge: Forge, tmp_path: Path, plain_sites: Clean) -> Yard:
    return yard(forge, tmp_path, plain_sites, "--no-search")


@pytest.fixture
def searched(forge: Forge, tmp_path: Path, searched_sites: Clean) -> Yard:
    return yard(forge, tmp_path, searched_sites)


class TestKilled:
    """By SIGKILL, which nothing can be done about. Programs that a build started go on as they may."""

    def test_at_any_moment(self, tally: Tally, effort: Effort, plain: Yard) -> None:
        tally.of("Builds killed (SIGKILL) at a random moment: the old or the new site, whole; the next build right")
        self.kill(plain, effort.times(4, 140), tally)

    def test_at_any_moment_with_the_search_index(self, tally: Tally, effort: Effort, searched: Yard) -> None:
        tally.of("Builds killed (SIGKILL) at a random moment: the old or the new site, whole; the next build right")
        self.kill(searched, effort.times(1, 60), tally)

    def kill(self, one: Yard, times: int, tally: Tally) -> None:
        dice = random.Random(times)
        one.turn()
        usual = one.build().wall
        one.assert_right()
        killed = 0
        for _ in range(4 * times):
            moment = dice.uniform(0, usual)
            one.turn()
            done = one.build(kill_after=moment)
            if done.status >= 0:
                usual = done.wall  # it was quicker than we
                continue
            killed += 1
            with tally.attempt(f"killed after {moment:.3f} s of {usual:.3f}"):
                one.assert_whole()
                one.mend()
            if killed == times:
                break


class TestAtOnce:
    def test_builds_wait_for_each_other(self, tally: Tally, effort: Effort, plain: Yard) -> None:
        tally.of("Two or three builds at once, some of them killed: the last one's site, whole")
        self.race(plain, effort.times(2, 40), tally)

    def test_builds_with_the_search_index(self, tally: Tally, effort: Effort, searched: Yard) -> None:
        tally.of("Two or three builds at once, some of them killed: the last one's site, whole")
        self.race(searched, effort.times(1, 30), tally)

    def race(self, one: Yard, times: int, tally: Tally) -> None:
        dice = random.Random(times)
        build = ("build", "--root", str(one.root), "--out", str(one.out), "--today", "2026-11-23", *one.options)
        for number in range(times):
            one.turn()
            moments = [None, *(dice.choice((None, dice.uniform(0.05, 1))) for _ in range(dice.choice((1, 2))))]
            with tally.attempt(f"round {number}, killed after {moments}"):
                found = one.forge.all([Job(build, kill_after=moment) for moment in moments])
                assert all(done.status in (0, -9) for done in found), found
                one.assert_right()


# --- a disk that is full, and one that is read-only ------------------------------------------------------------------


def namespace() -> list[str] | None:
    """How to get a name space in which a small disk can be mounted; None where that is not permitted."""
    for way in (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"]):
        with tempfile.TemporaryDirectory() as folder:
            mounts = [*way, "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
            if shutil.which("unshare") and subprocess.run(mounts, capture_output=True, check=False).returncode == 0:
                return way
    return None


class TestDisk:
    def test_full_or_read_only(self, tally: Tally, effort: Effort, tmp_path: Path) -> None:
        """On a real file system of its own (`disk.py`): bytes run out, or inodes do, or it turns read-only."""
        tally.of("Disks that run out of bytes or inodes, or turn read-only, during a build: the same")
        way = namespace()
        if way is None:
            pytest.skip("no small disk can be mounted here: it takes root, or user name spaces")
        command = [*way, sys.executable, "-m", "torture.disk", str(tmp_path), str(effort.times(3, 120))]
        path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
        done = subprocess.run(command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        tally.count(**json.loads(done.stdout.splitlines()[-1]))


@pytest.fixture
def open_yard(forge: Forge, plain_sites: Clean) -> Iterator[Yard]:
    """Where somebody without rights of root can build."""
    folder = Path(tempfile.mkdtemp(prefix="catalog-torture-"))
    one = yard(forge, folder, plain_sites, "--no-search")
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666, follow_symlinks=False)
        if os.geteuid() == 0:
            os.chown(path, 65534, 65534)
    yield one
    for path in (folder, *folder.rglob("*")):
        if path.is_dir():
            path.chmod(0o777)
    shutil.rmtree(folder)


class TestRights:
    def test_taken_away(self, tally: Tally, effort: Effort, open_yard: Yard) -> None:
        """A folder may not be written (or not even entered): the build says so, or goes around it."""
        tally.of("Folders of the site, of the work and of the sources that may not be written, entered or read")
        one = open_yard
        places = {
            "the folder of the site": one.out,
            "what the site stands in": one.folder,
            "the work folder": one.work,
            "the parsed files": one.work / "parse",
            "the site's assets": one.out / "assets",
            "the spare tree": one.folder / ".site.spare",
        }
        tries = [(name, mode) for name in places for mode in (0o555, 0o000)]
        for name, mode in random.Random(6).sample(tries, effort.times(3, len(tries))):
            place = places[name]
            one.turn()
            if not place.exists():  # there is a spare tree only after some builds
                one.mend(nobody=True)
                one.turn()
            place.chmod(mode)
            with tally.attempt(f"{name}: {mode:o}"):
                done = one.build(nobody=True)
                if place.exists():
                    place.chmod(0o777)
                assert not done.broke, done
                assert done.status in (0, 3), done
                one.assert_whole()
                if done.status == 0:
                    one.assert_right()
            with tally.attempt(f"{name}: {mode:o}, given back"):
                one.mend(nobody=True)


# --- things in the way -----------------------------------------------------------------------------------------------


def full_folder(path: Path) -> None:
    (path / "of" / "mine").mkdir(parents=True)
    (path / "of" / "mine" / "letter.txt").write_text("dear", encoding="utf-8")


OBSTACLES: dict[str, Callable[[Path], None]] = {
    "an empty folder": Path.mkdir,
    "a full folder": full_folder,
    "a file": lambda path: path.write_text("mine", encoding="utf-8") and None,
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link elsewhere": lambda path: path.symlink_to("/tmp"),
}
PLACES = (
    *(".site.new", ".site.old", ".site.spare", "site/index.html", "site/providers", "site/checksums.txt", "site/new"),
    *("root/.build", "root/.build/manifest.json", "root/.build/manifest.json.new", "root/.build/spare.json"),
    *("root/.build/parse", "root/.build/clock", "root/.build/lock", "root/.build/search"),
)


def clear(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


class TestObstacles:
    def test_of_any_kind_anywhere(self, tally: Tally, effort: Effort, plain: Yard) -> None:
        """A build goes around them, or says in one line what stands where; then they are taken away."""
        tally.of("Folders, files and links in the place of any file or folder that a build uses")
        tries = [(place, name) for place in PLACES for name in OBSTACLES]
        for place, name in random.Random(6).sample(tries, effort.times(5, len(tries))):
            path = plain.folder / place
            plain.turn()
            clear(path)
            OBSTACLES[name](path)
            with tally.attempt(f"{place}: {name}"):
                done = plain.build(seconds=20)
                assert not done.broke, done
                assert done.status in (0, 3), done
                if not place.startswith("site/"):
                    plain.assert_whole()
                if done.status == 0:
                    plain.assert_right()
                else:
                    clear(path)
            with tally.attempt(f"{place}: {name}, taken away"):
                plain.mend()


# --- what is left of the last build ----------------------------------------------------------------------------------


def damaged(data: bytes, dice: random.Random) -> bytes:
    """As a crash, a full disk or another version leaves a file."""
    place = dice.randrange(len(data) + 1)
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: b"",
        lambda: data[:place],
        lambda: data[:place] + bytes(len(data) - place),
        lambda: bytes(len(data)),
        lambda: data[:place] + dice.randbytes(20) + data[place:],
        lambda: data + data[:place],
        lambda: dice.randbytes(len(data)),
        lambda: b"{}",
        lambda: b"[]",
        lambda: b"null",
        lambda: data.replace(b'"schema":1', b'"schema":2'),
    )
    return dice.choice(ways)()


class TestCaches:
    def test_truncated_garbled_or_of_another_version(self, tally: Tally, effort: Effort, searched: Yard) -> None:
        tally.of("Caches and manifests truncated, zeroed, garbled, swapped, removed, of another version")
        dice = random.Random(6)
        for number in range(effort.times(3, 150)):
            files = sorted(path for path in searched.work.rglob("*") if path.is_file() and path.name != "lock")
            chosen = dice.sample(files, min(len(files), dice.choice((1, 1, 2, 5, 50))))
            for path in chosen:
                if dice.random() < 0.1:
                    path.unlink()
                elif dice.random() < 0.1:
                    shutil.copyfile(
                        dice.choice([one for one in files if one.exists()] or [path]), path.with_name("swapped")
                    )
                    path.with_name("swapped").replace(path)
                else:
                    path.write_bytes(damaged(path.read_bytes(), dice))
            if dice.random() < 0.5:
                searched.turn()
            if dice.random() < 0.4:
                shutil.rmtree(searched.out / "pagefind")
            with tally.attempt(f"round {number}: {[path.name for path in chosen]}"):
                searched.mend()


class TestClock:
    def test_set_back_or_forth(self, tally: Tally, effort: Effort, plain: Yard) -> None:
        """Files older or newer than they can be; an edit that keeps size and looks older than the last build."""
        tally.of(
            "Clocks set back and forth: files, caches and sites older or newer than they can be, edits that look old"
        )
        dice = random.Random(6)
        second = 10**9
        now = plain.root.stat().st_mtime_ns
        for number in range(effort.times(3, 80)):
            times = [now + shift * second for shift in (-(10**8), -3600, -1, 0, 1, 3600, 10**8)]
            for path in dice.sample(sorted(plain.folder.rglob("*")), 20):
                if path.exists() and path.name != "lock":
                    os.utime(path, ns=(now, dice.choice(times)))
            changed = dice.random() < 0.7
            if changed:
                plain.turn()
                moment = dice.choice(times)
                for kind in ("provider", "prose"):
                    os.utime(plain.root / TARGETS[kind], ns=(moment, moment))
            with tally.attempt(f"round {number}"):
                plain.mend()
