"""What an output was made from, as one hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Protocol


class Planned(Protocol):
    """An artifact or an index."""

    @property
    def path(self) -> str: ...
    @property
    def inputs(self) -> tuple[str, ...]: ...


def fingerprints(plan: Iterable[Planned], digests: Mapping[str, str]) -> dict[str, str]:
    """Path → hash of the names and digests of its inputs. ValueError for an input without a digest (a bug of ours)."""
    known: dict[tuple[str, ...], str] = {}
    found = {}
    for entry in plan:
        if entry.inputs not in known:
            if missing := [name for name in entry.inputs if name not in digests]:
                raise ValueError(f"{entry.path}: no digest for the inputs {missing}")
            known[entry.inputs] = hash_of(
                "".join(f"{name}\0{digests[name]}\0" for name in sorted(set(entry.inputs))).encode()
            )
        found[entry.path] = known[entry.inputs]
    return found


def hash_of(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
