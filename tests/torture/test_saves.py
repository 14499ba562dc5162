"""`serve` goes on whatever is saved: the last good site stays, and the process does not grow."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_serve import Running, until

from torture import nasty
from torture.conftest import Effort
from torture.record import Tally
from torture.targets import TARGETS, small_root
from torture.test_bytes import mutated
from torture.yard import contents

GROWTH = 8.0
"""MB that a process may take more after many saves than after a few."""
_OUTCOME = re.compile(r"\(\d+\.\d秒\)|直して保存すると")
_KINDS = ("provider", "provider", "provider", "catalog", "section", "profile", "message", "prose")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    server = Running(small_root(tmp_path / "catalog"))
    try:
        until(server.answers)
        yield server
    finally:
        server.process.kill()
        server.process.wait()


def megabytes(server: Running) -> float:
    status = Path(f"/proc/{server.process.pid}/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1000


def outcomes(server: Running) -> int:
    """How often it has built."""
    return len(_OUTCOME.findall(server.log.read_text(encoding="utf-8")))


def save(server: Running, path: Path, data: bytes) -> None:
    """As an editor does, and wait for what comes of it."""
    before = outcomes(server)
    temporary = path.with_name(f".{path.name}.swp")
    temporary.write_bytes(data)
    temporary.replace(path)
    until(lambda: outcomes(server) > before or None)


def test_serve_survives_broken_saves_without_growing(tally: Tally, effort: Effort, running: Running) -> None:
    tally.of("Broken saves while `serve` runs: the last good site stays, memory stays flat")
    dice, times = random.Random(6), effort.times(5, 1000)
    rubbish = [data for _, data in nasty.files() if len(data) < 3000]
    good = contents(running.root / "site")
    settled = 0.0
    for number in range(times):
        path = running.root / TARGETS[dice.choice(_KINDS)]
        whole = path.read_bytes()
        data = dice.choice(rubbish) if dice.random() < 0.4 else mutated(whole.decode(), dice).encode()
        with tally.attempt(f"save {number}: {path.name}: {data[:200]!r}"):
            save(running, path, data + b"\n")
            if running.get("/")[0] == 500:
                assert contents(running.root / "site") == good, "the last good site was touched"
                assert running.get("/api/v1/catalog.json")[0] == 200
            assert running.process.poll() is None
        save(running, path, whole)
        if number == times // 4:
            settled = megabytes(running)
    with tally.attempt("the end"):
        assert running.get("/")[0] == 200
        assert contents(running.root / "site") == good
        assert "Traceback" not in running.log.read_text(encoding="utf-8")
        assert megabytes(running) - settled <= (GROWTH if effort.long else 4 * GROWTH), (
            f"grew from {settled:.0f} to {megabytes(running):.0f} MB"
        )
