"""The smallest realistic edit of a generated catalog."""

from __future__ import annotations

import re
from pathlib import Path


def change_one(root: Path, sentence: str = "見直しを行いました。") -> Path:
    """Add a sentence to one answer in free words of the provider in the middle; returns its file."""
    files = sorted((root / "content" / "providers").glob("*.yaml"))
    path = files[len(files) // 2]
    lines = path.read_text(encoding="utf-8").splitlines()
    prose = next(index for index, line in enumerate(lines) if re.fullmatch(r" +\w+: [^\"'|{\[].*。", line))
    lines[prose] += sentence
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return path
