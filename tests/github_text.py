"""Markdown as GitHub reads it, as far as the tests need: which of it is code, and what the rest could mean."""

from __future__ import annotations

import re
from collections.abc import Iterator

MEANT = re.compile(
    r"@|#\w|(?i:\bgh-\d)|[\[\]<>&*\\|~!]|\b_|_\b|(?i:https?:|ftp:|www\.|mailto:|xmpp:)|:\w+:|\w\.\w", re.ASCII
)
"""What GitHub makes something of: mentions, references, links, images, HTML, emphasis, tables, emoji."""


def prose(line: str) -> str:
    """A line without its code spans: a run of backticks closes with the next run of the same length (CommonMark)."""
    found, at = "", 0
    runs = [(one.start(), one.end()) for one in re.finditer("`+", line)]
    while runs:
        start, end = runs.pop(0)
        close = next((place for place, run in enumerate(runs) if run[1] - run[0] == end - start), None)
        found += line[at:start]
        at = start if close is None else runs[close][1]
        runs = runs if close is None else runs[close + 1 :]
        if close is None:
            found, at = found + line[start:end], end
    return found + line[at:]


OURS = re.compile(r"^#{2,4} |^ *- (?:\*\*[+−±]\*\* )?|^</?details>$|^<details><summary>[^<>&@#]*</summary>$")
"""The marks that the tool itself sets at the beginning of a line."""


def meanings(page: str) -> Iterator[str]:
    """The lines in which something is left that GitHub would make something of: none within a fenced block."""
    fence = ""
    for line in page.splitlines():
        if marks := re.fullmatch(r" *(`{3,})", line):
            fence = "" if fence and len(marks[1]) >= len(fence) else fence or marks[1]
        if fence or marks:
            continue
        rest = prose(OURS.sub("", line))
        if MEANT.search(rest):
            yield line
