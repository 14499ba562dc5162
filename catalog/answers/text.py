"""Text of several lines; Markdown is allowed."""

from __future__ import annotations

from catalog.answers.problem import Problem
from catalog.model import Asks, Compare, Json


def parse(text: str, asks: Asks) -> Json | Problem:
    """The text as it is."""
    return text.strip()


def text(value: Json, asks: Asks, language: str) -> str:
    return str(value)


def compare(value: Json, asks: Asks) -> Compare | None:
    return None


def schema(asks: Asks) -> Json:
    return {"type": ["string", "number"]}
