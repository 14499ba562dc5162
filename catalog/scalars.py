"""Texts as YAML scalars that read back as they were."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias


def scalar(text: str, indent: int = 0) -> str:
    """`text` as the value behind `key: `, where the key stands `indent` columns from the left.

    Reading it gives the text back, without white space at the ends of its lines.
    """
    text = text.strip()
    if "\n" in text:
        lines = [line.rstrip() for line in text.splitlines()]
        return "|-\n" + "\n".join(" " * (indent + 2) + line if line else "" for line in lines)
    return text if _is_plain(text) else quoted(text)


def quoted(text: str) -> str:
    """One line in quotes."""
    if "'" in text and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'


_PLAIN = re.compile(r"""(?![-?:,\[\]{}#&*!|>'"%@`=<~])(?:(?!: |:$| \#|[\x00-\x1f\x7f-\xa0]).)+""", re.DOTALL)
_NULL = re.compile(r"~|null|Null|NULL")


def _is_plain(text: str) -> bool:
    return bool(_PLAIN.fullmatch(text)) and not _NULL.fullmatch(text)


# --- what nests ------------------------------------------------------------------------------------------------------

Written: TypeAlias = "str | list[Written] | dict[str, Written]"
"""What stands in a file, as texts: a value, a list, a mapping. An empty text is a key without a value."""

_AS_IT_IS = re.compile(r"[a-z0-9_][a-z0-9_-]*")


def exact(text: str, indent: int = 0) -> str:
    """As `scalar`, of a text without white space around it, which reading gives back to the letter."""
    if not re.search(r"[\r\n]", text):
        return scalar(text, indent)
    lines = text.split("\n")
    if "\r" in text or lines[0][:1] in " \t" or any(line != line.rstrip() for line in lines):
        return json.dumps(text, ensure_ascii=False)
    return "|-\n" + "\n".join(" " * (indent + 2) + line if line else "" for line in lines)


def entry(key: str, value: Written, indent: int) -> Iterator[str]:
    """The lines of `key: value`, where the key stands `indent` columns from the left."""
    margin = " " * indent
    if isinstance(value, str):
        yield from f"{margin}{key}: {exact(value, indent)}".rstrip(" ").split("\n")
        return
    yield f"{margin}{key}:" + ("" if value else " []" if isinstance(value, list) else " {}")
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from entry(name, inner, indent + 2)
        return
    for one in value:
        assert isinstance(one, str)
        yield from f"{margin}  - {exact(one, indent + 2)}".split("\n")


def flow(names: Iterable[str]) -> str:
    """`[a, b]`, of names that may be ids."""
    return "[" + ", ".join(name if _AS_IT_IS.fullmatch(name) else json.dumps(name) for name in names) + "]"
