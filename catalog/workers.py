"""Work by several processes: copies of this one, made by `fork`, which know all that it knows.

Where there is no `fork` (Windows), only one processor, or a thread that a copy would lack, this process does it all.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

Result = TypeVar("Result")

_CHUNKS = 24
"""Parts of the work for each worker, so that all of them end at about the same time."""
_LARGEST_CHUNK = 300
_LIFE = 1500
"""Numbers after which a worker is replaced by another copy, so that what it remembers of its work does not pile up."""
_MOST = 8


class WorkerLost(OSError):
    """A worker came to its end before its work did: somebody killed it, or there was no memory left."""


def processors() -> int:
    """How many processes can work at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def can_fork() -> bool:
    """Whether a copy of this process would work as this one does."""
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def usable() -> int:
    """How many workers there would be; 1 means this process."""
    return min(_MOST, processors()) if can_fork() else 1


def apart(work: Callable[[], Any]) -> tuple[int, Connection[Any, Any]]:
    """Let a copy of this process do some work: the process, and where it tells (True, result) or (False, what went
    wrong); `gone` when that has been received."""
    from multiprocessing import Pipe

    ours, its = Pipe(duplex=False)
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process:
        its.close()
        return process, ours
    try:
        ours.close()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        try:
            answer = True, work()
        except Exception:
            answer = False, traceback.format_exc()
        its.send(answer)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(0)


def gone(process: int) -> None:
    """See a copy off that has told its result."""
    with suppress(ChildProcessError):
        os.waitpid(process, 0)


def each(work: Callable[[int], Result], count: int, workers: int) -> Iterator[tuple[int, Result]]:
    """(number, `work(number)`) for every number below `count`, in any order.

    Results are sent from process to process, so they should be small. Whatever `work` raises is raised here, of several
    that fail the first: it is called for that number once more. Raises `WorkerLost`.
    """
    if workers < 2 or count < 2:
        yield from ((number, work(number)) for number in range(count))
        return
    failed: list[int] = []
    for number, result in _from_workers(work, count, workers, failed):
        yield number, result
    for number in sorted(failed):
        yield number, work(number)


def _from_workers(
    work: Callable[[int], Result], count: int, workers: int, failed: list[int]
) -> Iterator[tuple[int, Result]]:
    from multiprocessing.connection import wait

    size = max(1, min(_LARGEST_CHUNK, count // (workers * _CHUNKS)))
    chunks = [range(start, min(start + size, count)) for start in range(0, count, size)]
    life = max(1, _LIFE // size)
    waiting = iter(range(len(chunks)))
    open_: dict[Connection[Any, Any], _Worker] = {}

    def start() -> None:
        if (chunk := next(waiting, None)) is not None:
            connection, process = _fork(work, chunks, list(open_))
            open_[connection] = _Worker(process, chunk, life)
            connection.send(chunk)

    try:
        with _frozen():
            for _ in range(workers):
                start()
            while open_:
                for one in wait(list(open_)):
                    ready = cast("Connection[Any, Any]", one)
                    chunk = chunks[open_[ready].chunk]
                    try:
                        done, results = ready.recv()
                    except (EOFError, ConnectionResetError):
                        raise WorkerLost("a worker process was killed (is there enough memory?)") from None
                    yield from zip(chunk, results, strict=False)
                    if not done:
                        failed.extend(chunk[len(results) :])
                    if failed or not _goes_on(ready, open_[ready], waiting):
                        _end(ready, open_.pop(ready))
                        if not failed:
                            start()
        failed.extend(number for chunk in waiting for number in chunks[chunk] if failed)
    finally:
        for connection, worker in open_.items():
            _end(connection, worker)


@dataclass(slots=True)
class _Worker:
    """Its process, the chunk that it has, how many it may still have with that one."""

    process: int
    chunk: int
    life: int


def _goes_on(connection: Connection[Any, Any], worker: _Worker, waiting: Iterator[int]) -> bool:
    """Hand out the next chunk, if there is one and the worker may have it."""
    worker.life -= 1
    chunk = next(waiting, None) if worker.life else None
    if chunk is None:
        return False
    worker.chunk = chunk
    connection.send(chunk)
    return True


def _end(connection: Connection[Any, Any], worker: _Worker) -> None:
    connection.close()
    with suppress(ProcessLookupError):
        os.kill(worker.process, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(worker.process, 0)


def _fork(
    work: Callable[[int], Any], chunks: Sequence[range], others: Sequence[Connection[Any, Any]]
) -> tuple[Connection[Any, Any], int]:
    """A worker: the pipe to it, its process."""
    from multiprocessing import Pipe

    ours, its = Pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if process:
        its.close()
        return ours, process
    try:
        ours.close()
        for other in others:
            other.close()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        _serve(work, chunks, its)
    finally:
        os._exit(0)


def _serve(work: Callable[[int], Any], chunks: Sequence[range], connection: Connection[Any, Any]) -> None:
    """In the worker: do the chunks that are asked for, until the parent says no more, or is no more."""
    parent = os.getppid()
    with suppress(EOFError, OSError):
        while True:
            results: list[Any] = []
            done = True
            for number in chunks[connection.recv()]:
                if os.getppid() != parent:
                    return
                try:
                    results.append(work(number))
                except BaseException:  # the parent meets it again, where it can be told
                    done = False
                    break
            connection.send((done, results))


@contextmanager
def _frozen() -> Iterator[None]:
    """What there is at a fork stays shared: a collection would write into all of it."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@contextmanager
def uncollected() -> Iterator[None]:
    """Reading and rendering make hardly any cycles; looking for some in all that is made takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
