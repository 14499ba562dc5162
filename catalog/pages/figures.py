"""The rows behind a figure: every number on a page can be opened to the rows that it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from catalog.messages import Messages
from catalog.model import Level, Row, Status

Listed: TypeAlias = tuple[str, str, str]
"""Address of the row ("" where no page shows it), item number, title."""


def rows_behind(
    rows: Iterable[tuple[Row, str, str]], messages: Messages
) -> Mapping[Level, Mapping[Status, list[Listed]]]:
    """Rows by level and status; each comes with its address and whose it is ("", a service's or data centre's name)."""
    found: dict[Level, dict[Status, list[Listed]]] = {level: {status: [] for status in Status} for level in Level}
    titles: dict[str, str] = {}
    for row, address, owner in rows:
        title = titles.get(row.slot.field.id)
        if title is None:
            title = titles[row.slot.field.id] = messages.of(row.slot.subject.title)
        listed = (address, row.slot.item.number, f"{title} ({owner})" if owner else title)
        found[row.slot.field.level][row.answer.status].append(listed)
    return found
