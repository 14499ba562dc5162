"""Commands of `build.py` in processes of their own, started from one that has imported everything.

`python -m torture.forge` reads jobs, one JSON list a line, and forks one process for each job of the list: they run at
the same time, measured and limited, and may be killed at any moment. Importing nothing, a process costs milliseconds.
"""

from __future__ import annotations

import json
import os
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-23"
NOBODY = 65534
PATIENCE = 90
"""Seconds after which a process that sleeps is ended."""


@dataclass(frozen=True)
class Job:
    """Arguments of `build.py`. `kill_after`: seconds, then SIGKILL; `nobody`: without the rights of root;
    `seconds`: of processor time, after which a process that does not end is ended."""

    arguments: Sequence[str]
    kill_after: float | None = None
    nobody: bool = False
    seconds: int = 60
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """How a process ended: exit status (negative: a signal), processor and wall time in s, its largest size in MB."""

    status: int
    cpu: float
    wall: float
    megabytes: float
    said: str

    @property
    def broke(self) -> bool:
        """It ended in a way that no user should ever see."""
        return "Traceback" in self.said or self.status not in (0, 1, 2, 3)


class Forge:
    """The other end: `run` sends jobs and waits for what became of them."""

    def __enter__(self) -> Forge:
        folders = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
        environment = {name: value for name, value in os.environ.items() if name != "CATALOG_BASE_URL"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "torture.forge"],
            env={**environment, "PYTHONPATH": folders, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()

    def all(self, jobs: Sequence[Job]) -> list[Done]:
        """Run them at the same time."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([asdict(job) for job in jobs]) + "\n")
        self.process.stdin.flush()
        return [Done(**one) for one in json.loads(self.process.stdout.readline())]

    def run(self, *arguments: str, **options: Any) -> Done:
        (done,) = self.all([Job(arguments, **options)])
        return done

    def build(self, root: Path, out: Path, *arguments: str, **options: Any) -> Done:
        return self.run("build", "--root", str(root), "--out", str(out), "--today", TODAY, *arguments, **options)

    def check(self, root: Path, **options: Any) -> Done:
        return self.run("check", "--root", str(root), "--today", TODAY, **options)


# --- the process that forks ------------------------------------------------------------------------------------------


class _Running:
    """A forked process and the file into which it speaks."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - it goes with the process
        self.started = time.monotonic()
        self.pid = os.fork()
        if self.pid == 0:
            os._exit(_work(job, self.said.fileno()))
        self.ended: Done | None = None

    def poll(self) -> bool:
        """Kill it if it is time; whether it has ended."""
        now = time.monotonic() - self.started
        if self.ended is None:
            if self.job.kill_after is not None and now >= self.job.kill_after:
                self._end(signal.SIGKILL)
            elif now >= PATIENCE:  # it waits for something that never comes
                self._end(signal.SIGTERM)
            pid, status, used = os.wait4(self.pid, os.WNOHANG)
            if pid:
                self.said.seek(0)
                self.ended = Done(
                    os.waitstatus_to_exitcode(status),
                    used.ru_utime + used.ru_stime,
                    now,
                    used.ru_maxrss / 1000,
                    self.said.read().decode(errors="replace")[-20_000:],
                )
        return self.ended is not None

    def _end(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)


def _work(job: Job, said: int) -> int:
    from catalog.cli import main

    try:
        os.dup2(said, 1)
        os.dup2(said, 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.environ.update(job.environment)
        if job.nobody and os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        resource.setrlimit(resource.RLIMIT_CPU, (job.seconds, job.seconds + 1))
        sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115 - a number, until the process ends
        sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115
        status = int(main(job.arguments, ROOT))
    except BaseException:
        traceback.print_exc()
        status = 70
    sys.stdout.flush()
    sys.stderr.flush()
    return status


@cache
def _warm_up() -> None:
    """Import whatever a build imports: without rights, a process may not be able to read Python's own files."""
    from catalog.cli import main

    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        root = shutil.copytree(ROOT / "tests" / "roots" / "smallest", Path(folder, "root"))
        processors = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(processors)})  # by this process itself, not by copies of it
        with redirect_stdout(nowhere), redirect_stderr(nowhere):
            assert main(["build", "--root", str(root), "--no-search"], ROOT) == 0
        os.sched_setaffinity(0, processors)


def _serve() -> None:
    # all that a command imports when it needs it
    import multiprocessing.connection  # noqa: F401

    from catalog import pipeline, search  # noqa: F401
    from catalog.commands import build, check, problems  # noqa: F401

    for line in sys.stdin:
        jobs = [Job(**one) for one in json.loads(line)]
        if any(job.nobody for job in jobs):
            _warm_up()
        running = [_Running(job) for job in jobs]
        while not all([one.poll() for one in running]):  # noqa: C419 - each is asked
            select.select([], [], [], 0.001)
        print(json.dumps([asdict(one.ended) for one in running if one.ended]), flush=True)


if __name__ == "__main__":
    _serve()
