"""How an answer is written out below its field, for hints: lines of YAML to copy."""

from __future__ import annotations

import re
from collections.abc import Sequence

from catalog.model import Part
from catalog.scalars import scalar

LONGEST = 60
"""Of words that are repeated in a hint; longer ones, and those of several lines, make it unreadable."""
_BARE_NUMBER = re.compile(r"[\d.,\s]+")


def written_out(path: Sequence[str], words: str, yes: str = "") -> str:
    """`("ups", "detail", "text")` and the words → the lines that say so; "" where they are no help.

    Words that are too long for a hint are none, and neither is a number whose unit is missing.

    A `detail` goes with the word of `yes` above it.
    """
    if len(words) > LONGEST or len(words.splitlines()) != 1 or _BARE_NUMBER.fullmatch(words):
        return ""
    lines = []
    for depth, key in enumerate(path):
        indent = "  " * depth
        if key == "detail":
            lines.append(f"{indent}answer: {yes or '有り'}")
        lines.append(f"{indent}{key}:" + (f" {scalar(words)}" if depth == len(path) - 1 else ""))
    return "\n".join(lines)


def parts_written_out(path: Sequence[str], parts: Sequence[Part]) -> str:
    """The lines that answer each part, with its example."""
    lines = [*("  " * depth + f"{key}:" for depth, key in enumerate((*path, "answer")))]
    indent = "  " * len(lines)
    lines += [f"{indent}{part.id}: {scalar(part.example) if part.example else '…'}" for part in parts]
    return "\n".join(lines) if path else ""


def opened(path: Sequence[str]) -> str:
    """The lines that lead to a key, whose value is left open."""
    last = len(path) - 1
    return "\n".join("  " * depth + f"{key}:" + (" …" if depth == last else "") for depth, key in enumerate(path))
