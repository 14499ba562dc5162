"""`theme/assets/js/disclosure/tables.js`: what the reader in the browser shares with this one, as an ES module.

The browser reads a disclosure as `load` does, by rules that are written twice; the tables behind them are not.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from catalog.answers import date, money, place, ratio, url, yes_no
from catalog.answers.countries import COUNTRIES, OTHER_NAMES
from catalog.diagnostics import Severity, syntax
from catalog.diagnostics.codes import CODES
from catalog.load import disclosures, fields, reading, shapes, states
from catalog.model import Json
from catalog.source import INVISIBLE, NODES, Scalar, Sequence
from catalog.source import Mapping as MappingNode

_INTRODUCTION = "// Made from the tables of catalog/ by catalog/twin.py (pytest --bless rewrites it)."


def module() -> str:
    """The whole module."""
    lines = [f"export const {name} = {_script(table)};\n" for name, table in _tables().items()]
    return "\n".join([f"{_INTRODUCTION}\n", *lines])


def _script(table: Json) -> str:
    """A table as JavaScript, an entry a line."""
    if isinstance(table, Mapping):
        return "{\n" + "".join(f"  {_json(key)}: {_json(value)},\n" for key, value in table.items()) + "}"
    return _json(table)


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False)


def _tables() -> dict[str, Json]:
    return {
        "INVISIBLE": re.sub("[^ -~]", lambda letter: rf"\u{{{ord(letter[0]):x}}}", INVISIBLE),
        "WARNINGS": [name for name, code in CODES.items() if code.severity is Severity.WARNING],
        "SYNTAX": _syntax(),
        "TEXTS": _texts(),
        "SCOPE_NAMES": _by_value(fields.SCOPE_NAMES),
        "WHERE": _by_value(fields.WHERE),
        "PATHS": {scope.value: list(path) for scope, path in fields.PATHS.items()},
        "KEY_NAMES": dict(fields.KEY_NAMES),
        "WINDOWS_NAMES": sorted(shapes.RESERVED_WINDOWS_NAMES),
        "STATE_WORDS": _by_value(states.WORDS),
        "STATE_ADVICE": _by_value(states.ADVICE),
        "YES": [*yes_no.YES, *yes_no.ALSO_YES],
        "NO": [*yes_no.NO, *yes_no.ALSO_NO],
        "SETTLED": [*yes_no.YES, *yes_no.NO],
        "VAGUE": sorted(yes_no.VAGUE),
        "PARTLY": sorted(yes_no.PARTLY),
        "COUNTRIES": {code: list(both) for code, both in COUNTRIES.items()},
        "OTHER_NAMES": OTHER_NAMES,
        "BLOCKS": {block: list(both) for block, both in place.BLOCKS.items()},
        "OTHER_BLOCKS": place.OTHER_BLOCKS,
        "PREFECTURES": place.PREFECTURES,
        "REGIONS": sorted(place.REGIONS),
    }


def _by_value(table: Mapping[Json, Json]) -> Json:
    return {str(getattr(key, "value", key)): dict(value) for key, value in table.items()}


def _syntax() -> Json:
    """What is damaged and how to mend it, by the kind of damage."""
    own = {
        "wide-space": syntax.WIDE_SPACE,
        "comma-in-braces": syntax.COMMA_IN_BRACES,
    }
    return {kind: [dict(part) for part in words] for kind, words in (*syntax.WORDS.items(), *own.items())}


def _texts() -> Json:
    """Single pieces of advice and names."""
    return {
        "mapping": dict(shapes.SHAPES[MappingNode]),
        "sequence": dict(shapes.SHAPES[Sequence]),
        "scalar": dict(shapes.SHAPES[Scalar]),
        "nodes": dict(NODES),
        "used": dict(disclosures.USED),
        "short name": dict(shapes.SHORT_NAME),
        "below answer": dict(fields.BELOW_ANSWER),
        "no answers": dict(fields.NO_ANSWERS),
        "reason here": dict(reading.REASON_HERE),
        "slipped": dict(reading.SLIPPED),
        "in part": dict(yes_no.IN_PART),
        "unclosed": dict(yes_no.UNCLOSED),
        "in yen": dict(money.IN_YEN),
        "name the unit": dict(money.NAME_THE_UNIT),
        "no spaces": dict(url.NO_SPACES),
        "no names": dict(url.NO_NAMES),
        "full host": dict(url.FULL_HOST),
        "name countries": dict(place.NAME_COUNTRIES),
        "china": dict(place.CHINA),
        "percent": dict(ratio.NAMES["%"]),
        "times": dict(ratio.NAMES["倍"]),
        **{f"date {name}": dict(form) for name, form in date.FORMS.items()},
        **{f"precision {name}": dict(words) for name, words in date.NAMES.items()},
    }
