"""One build at a time."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

_NAME = "lock"
_UNSUPPORTED = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP)


@contextmanager
def locked(work: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of the work folder; `waiting` is called once if another process (or thread) holds it.

    It goes with the process, however that ends. On a file system without locks there is none.
    """
    waits = False
    while True:
        work.mkdir(parents=True, exist_ok=True)
        with (work / _NAME).open("ab") as file:
            if not _lock(file, fcntl.LOCK_EX | fcntl.LOCK_NB):
                if not waits:
                    waiting()
                waits = True
                _lock(file, fcntl.LOCK_EX)
            if _stands(file, work):
                yield
                return


def _lock(file: IO[bytes], how: int) -> bool:
    try:
        fcntl.flock(file, how)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise
    return True


def _stands(file: IO[bytes], work: Path) -> bool:
    """False if somebody removed the work folder while we waited: then the lock is on a file that nobody else sees."""
    try:
        return os.path.samestat((work / _NAME).stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False
