"""Builds on a small disk that runs full, runs out of inodes, or turns read-only; to be run in a mount name space.

    unshare --mount python -m torture.disk FOLDER TIMES

Its last line is a JSON object: how many were tried, and which were lost.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

from torture.forge import Forge
from torture.record import Tally
from torture.yard import Yard, clean_sites, yard

MEGABYTES, INODES = 32, 4000


def fill(folder: Path, left: int) -> None:
    """Leave so many bytes free."""
    free = os.statvfs(folder)
    with (folder / "filler").open("wb") as file:
        wanted = free.f_bavail * free.f_frsize - left
        for _ in range(max(0, wanted) // 65536):
            file.write(bytes(65536))


def crowd(folder: Path, left: int) -> None:
    """Leave so many inodes free."""
    (folder / "filler").mkdir()
    for number in range(max(0, os.statvfs(folder).f_ffree - left)):
        (folder / "filler" / str(number)).touch()


def empty(folder: Path) -> None:
    filler = folder / "filler"
    if filler.is_dir():
        for path in filler.iterdir():
            path.unlink()
        filler.rmdir()
    filler.unlink(missing_ok=True)


def shoot(one: Yard, mounted: Path, number: int, dice: random.Random) -> None:
    """One build that has too little of something; then one that has enough."""
    one.turn()
    size = sum(path.stat().st_size for path in one.out.rglob("*") if path.is_file())
    way = number % 3
    if way == 0:
        fill(one.folder, dice.randrange(0, size + size // 4))
    elif way == 1:
        crowd(one.folder, dice.randrange(0, 400))
    else:
        subprocess.run(["mount", "-o", "remount,ro", mounted], check=True)
    done = one.build()
    if way == 2:
        subprocess.run(["mount", "-o", "remount,rw", mounted], check=True)
    try:
        assert not done.broke, done
        assert done.status in (0, 3), done
        assert done.status == 0 or done.said.strip(), "not a word"
        one.assert_whole()
    finally:
        empty(one.folder)
    one.mend()


def main(folder: Path, times: int) -> None:
    mounted = folder / "disk"
    mounted.mkdir()
    options = f"size={MEGABYTES}m,nr_inodes={INODES}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", mounted], check=True)
    dice, tally = random.Random(times), Tally()
    with Forge() as forge:
        one = yard(forge, mounted / "yard", clean_sites(forge, folder / "clean", "--no-search"), "--no-search")
        for number in range(times):
            with tally.attempt(f"round {number}"):
                shoot(one, mounted, number, dice)
    print(json.dumps({"tried": tally.tried, "lost": tally.lost}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
