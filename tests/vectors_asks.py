"""The options of the vectors (`vectors/<type>.json`), plain data, as `Asks`."""

from __future__ import annotations

from typing import Any

from catalog.model import Asks, Choice


def asks_of(type_name: str, options: dict[str, Any]) -> Asks:
    choices = [Choice(one["id"], one["label"], one.get("exclusive", False)) for one in options.get("choices", [])]
    given = {key: tuple(value) if isinstance(value, list) else value for key, value in options.items()}
    return Asks(type_name, **{**given, "choices": tuple(choices)})
