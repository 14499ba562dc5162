"""`checksums.txt`: the SHA-256 of every file of the site, in the form that `sha256sum -c` reads."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

CHECKSUMS = "checksums.txt"
"""It cannot name itself, and does not name the marker, which some hosts leave out."""


def checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def as_text(sums: Mapping[str, str]) -> bytes:
    """By path, in the order of paths."""
    return "".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()


def of_text(data: bytes) -> dict[str, str]:
    """Checksums by path, as `as_text` wrote them."""
    lines = (line.partition("  ") for line in data.decode().splitlines())
    return {path: found for found, _, path in lines}
