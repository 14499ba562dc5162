"""Texts as YAML scalars that read back as they were."""

from __future__ import annotations

import re


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
