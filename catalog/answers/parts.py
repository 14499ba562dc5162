"""Several small answers that count as one. `load` reads each part by the part's own type."""

from __future__ import annotations

from catalog import answers
from catalog.answers.problem import Problem, problem
from catalog.model import Asks, Compare, Json


def parse(text: str, asks: Asks) -> Json | Problem:
    """A single text is never an answer in parts."""
    labels = {
        language: comma.join(part.label.get(language) or next(iter(part.label.values())) for part in asks.parts)
        for language, comma in (("ja", "、"), ("en", ", "))
    }
    return problem("parts-expected", expected=labels, example=next((part.id for part in asks.parts), ""))


def text(value: Json, asks: Asks, language: str) -> str:
    """`value` maps part ids to `{value, text, detail}`; a part in free words has the value None."""
    lines = []
    for part in asks.parts:
        if answer := value.get(part.id):
            words = answer["text"] if answer["value"] is None else answers.text(answer["value"], part.asks, language)
            detail = f"({answer['detail']})" if answer["detail"] else ""
            lines.append(f"{part.label.get(language) or next(iter(part.label.values()))}: {words}{detail}")
    return "\n".join(lines)


def compare(value: Json, asks: Asks) -> Compare | None:
    return None


def schema(asks: Asks) -> Json:
    return {
        "type": "object",
        "properties": {part.id: answers.schema(part.asks) for part in asks.parts},
        "additionalProperties": False,
        "minProperties": 1,
    }
