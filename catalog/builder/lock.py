"""One build at a time."""

from __future__ import annotations

import errno
import os
import sys
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
            if not _lock(file, wait=False):
                if not waits:
                    waiting()
                waits = True
                _lock(file, wait=True)
            if _stands(file, work):
                yield
                return


if sys.platform == "win32":

    def _lock(file: IO[bytes], *, wait: bool) -> bool:
        """Windows has no such locks; builds are not run side by side there."""
        return True

else:
    import fcntl

    def _lock(file: IO[bytes], *, wait: bool) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
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
