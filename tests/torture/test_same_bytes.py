"""The same contents give the same bytes, wherever, whenever and by whomever they are built, the search index too."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from site_checker import checksums
from sites import BASE_URL, ROOT, VARIETY, run_build

from torture.conftest import Effort
from torture.record import Tally
from torture.yard import contents


@dataclass(frozen=True)
class Circumstances:
    """Where and how a build takes place; `memory`: on a file system that lists files in another order."""

    zone: str
    locale: str
    seed: str
    umask: int
    place: str
    order: int
    memory: bool
    cores: int


FIRST = Circumstances("America/Los_Angeles", "C", "1", 0o077, "a/long way/ディレクトリ", 1, memory=False, cores=1)
SECOND = Circumstances("Asia/Tokyo", "ja_JP.UTF-8", "4711", 0o000, "b", 2, memory=True, cores=2)
_ZONES = ("UTC", "Asia/Tokyo", "Pacific/Kiritimati", "America/St_Johns", "Pacific/Pago_Pago", "Europe/Dublin")
_LOCALES = ("C", "C.UTF-8", "en_US.UTF-8", "ja_JP.UTF-8", "tr_TR.UTF-8", "ja_JP.SJIS")


def invented(number: int) -> Circumstances:
    dice = random.Random(number)
    return Circumstances(
        zone=dice.choice(_ZONES),
        locale=dice.choice(_LOCALES),
        seed=str(dice.randrange(4_000_000_000)),
        umask=dice.choice((0o000, 0o022, 0o027, 0o077)),
        place=dice.choice(("x", "スペース あり", "a-b_c", "深い/ところ/に")) + str(number),
        order=number,
        memory=dice.random() < 0.5,
        cores=dice.choice((1, 2, 64)),
    )


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder in memory, where there is such a file system."""
    within = Path("/dev/shm")
    folder = tempfile.mkdtemp(prefix="catalog-torture-", dir=within if os.access(within, os.W_OK) else None)
    yield Path(folder)
    shutil.rmtree(folder)


def copied(source: Path, target: Path, order: int) -> Path:
    """The same files, written in another order."""
    files = sorted(path for name in ("content", "guideline") for path in (source / name).rglob("*") if path.is_file())
    random.Random(order).shuffle(files)
    for path in files:
        copy = target / path.relative_to(source)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
        os.utime(copy, (order * 1000, order * 1000))
    return target


def built(source: Path, folder: Path, how: Circumstances) -> Path:
    """A clean build of a copy of a root, under these circumstances."""
    root = copied(source, folder / how.place / "root", how.order)
    out = folder / how.place / "site"
    before, own = os.umask(how.umask), os.sched_getaffinity(0)
    os.sched_setaffinity(0, set(sorted(own)[: how.cores]))
    try:
        environment = {"TZ": how.zone, "LC_ALL": how.locale, "LANG": how.locale, "PYTHONHASHSEED": how.seed}
        done = run_build(root, out, "--base-url", BASE_URL, **environment)
    finally:
        os.umask(before)
        os.sched_setaffinity(0, own)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="cores cannot be chosen here")
def test_whatever_the_circumstances(tally: Tally, effort: Effort, tmp_path: Path, memory: Path) -> None:
    tally.of("Clean builds in other folders, zones, locales, umasks, hash seeds, file orders, cores: the same bytes")
    sources = [VARIETY, ROOT] if effort.long else [VARIETY]
    for source in sources:
        first = built(source, tmp_path / source.name, FIRST)
        known = contents(first)
        assert any(path.startswith("pagefind/") for path in known)
        for how in (SECOND, *map(invented, range(effort.times(0, 12)))):
            folder = (memory if how.memory else tmp_path) / source.name
            with tally.attempt(f"{source.name}: {how}"):
                found = contents(built(source, folder, how))
                assert sorted(found) == sorted(known)
                assert {path for path, data in found.items() if data != known[path]} == set()
        assert_checksums(first)


def assert_checksums(out: Path) -> None:
    """`checksums.txt` is right, and one that `sha256sum` reads."""
    files = contents(out)
    assert files["checksums.txt"] == checksums(files)
    if program := shutil.which("sha256sum"):
        check = [program, "--check", "--strict", "--quiet", "checksums.txt"]
        assert subprocess.run(check, cwd=out, capture_output=True, check=False).returncode == 0
        (out / "index.html").write_bytes(b"another")
        assert subprocess.run(check, cwd=out, capture_output=True, check=False).returncode == 1
