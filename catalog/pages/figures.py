"""The rows behind a figure: every number on a page can be opened to the rows that it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from catalog.forms import escaped
from catalog.messages import Messages
from catalog.model import Level, Row, Status


def rows_behind(rows: Iterable[tuple[Row, str, str]], messages: Messages) -> Mapping[Level, Mapping[Status, Markup]]:
    """By level and status the rows as `<li>`s, a line each. A row comes with its address ("" where no page shows it)
    and whose it is ("", a service's or data centre's name)."""
    found: dict[Level, dict[Status, list[str]]] = {level: {status: [] for status in Status} for level in Level}
    titles: dict[str, str] = {}
    for row, address, owner in rows:
        title = titles.get(row.slot.field.id)
        if title is None:
            number, own = escaped(row.slot.item.number), escaped(messages.of(row.slot.subject.title))
            title = titles[row.slot.field.id] = f'<span class="row__number">{number}</span>{own}'
        named = f"{title} ({escaped(owner)})" if owner else title
        line = f'<a href="{escaped(address)}">{named}</a>' if address else named
        found[row.slot.field.level][row.answer.status].append(f"      <li>{line}</li>\n")
    return {
        level: {status: Markup("".join(lines)) for status, lines in by_status.items()}
        for level, by_status in found.items()
    }
