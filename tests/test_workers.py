"""Several processes do the same as one, and tell what goes wrong."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from catalog import workers

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no copies of processes here")


@pytest.mark.parametrize("count", [0, 1, 2, 7, 500])
@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_number_is_worked_on_once(count: int, jobs: int) -> None:
    assert sorted(workers.each(lambda number: number * 2, count, jobs)) == [(one, one * 2) for one in range(count)]


def test_the_work_is_done_by_others(tmp_path: Path) -> None:
    processes = {process for _, process in workers.each(lambda number: os.getpid(), 100, 2)}
    assert os.getpid() not in processes


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_first_of_several_failures_is_raised_here(jobs: int) -> None:
    def work(number: int) -> int:
        if number % 30 == 29:
            raise ValueError(number)
        return number

    with pytest.raises(ValueError, match=r"^29$"):
        list(workers.each(work, 200, jobs))


def test_what_fails_only_there_is_done_here() -> None:
    own = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != own and number > 50:
            raise ValueError(number)
        return number

    assert sorted(workers.each(work, 200, 2)) == [(one, one) for one in range(200)]


def test_a_worker_that_is_killed_is_told() -> None:
    own = os.getpid()

    def work(number: int) -> int:
        if os.getpid() != own and number == 40:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(workers.WorkerLost):
        list(workers.each(work, 100, 2))


def test_nobody_is_left_behind() -> None:
    for _ in workers.each(lambda number: number, 100, 3):
        break
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_beside_a_thread_this_process_works_alone() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert workers.usable() == 1
    finally:
        stop.set()
        thread.join()


def test_a_copy_tells_what_it_found_or_what_went_wrong() -> None:
    process, answer = workers.apart(lambda: 6 * 7)
    assert answer.recv() == (True, 42)
    workers.gone(process)
    process, answer = workers.apart(lambda: 1 // 0)
    succeeded, trace = answer.recv()
    assert not succeeded
    assert "ZeroDivisionError" in trace
    workers.gone(process)
