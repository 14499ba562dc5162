"""One line of text."""

from __future__ import annotations

from catalog.answers.problem import Problem, problem
from catalog.model import Asks, Compare, Json


def parse(text: str, asks: Asks) -> Json | Problem:
    """The line as it is."""
    lines = text.strip().splitlines()
    return text.strip() if len(lines) == 1 else problem("several-lines", found=str(len(lines)))


def text(value: Json, asks: Asks, language: str) -> str:
    return str(value)


def compare(value: Json, asks: Asks) -> Compare | None:
    return None


def schema(asks: Asks) -> Json:
    return {"type": ["string", "number"], "pattern": r"^\s*[^\r\n]*\s*$"}
