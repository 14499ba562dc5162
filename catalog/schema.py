"""JSON Schema (draft-07) of the disclosure files of a guideline: what an editor completes, explains and underlines.

It says less than `load`, and nothing else: a file that `load` takes fits the schema, and one that `load` refuses for
any reason but those of `BEYOND` does not. Editors type scalars before they check them, so each may be a string, a
number or a boolean here, whatever the answer type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from catalog import answers
from catalog.diagnostics import Text
from catalog.load.reading import WORDS
from catalog.load.shapes import (
    EXTRA_KEYS,
    ID,
    MAIN_KEYS,
    MAX_ENTRIES,
    MAX_LISTED,
    MAX_NAME,
    MAX_TEXT,
    RESERVED_WINDOWS_NAMES,
)
from catalog.model import Asks, Guideline, Json, Part, Role, Scope, Slot, SubmittedBy
from catalog.source import INVISIBLE

BEYOND: Mapping[str, frozenset[str]] = {
    "what the text of an answer means": frozenset(
        {
            *("not-a-date", "no-such-day", "date-precision", "japanese-era", "date-order", "not-a-url", "url-scheme"),
            *("not-a-corporate-number", "corporate-number-check", "not-a-count", "unit-unknown", "not-money"),
            *("not-a-ratio", "ratio-range", "not-a-duration", "not-hours", "not-a-choice", "choice-twice"),
            *("choice-exclusive", "not-yes-or-no", "not-a-place", "not-holders", "not-a-contact", "several-lines"),
            *("several-values", "too-long", "placeholder-answer", "state-as-text", "bare-yes", "reason-missing"),
            *("detail-without-yes", "detail-twice", "parts-expected"),
        }
    ),
    "what one place of the file says about another": frozenset(
        {
            *("role-needs-value", "name-missing", "disclosed-on-has-a-field", "third-party-date", "source-missing"),
            *("transcribed-on-missing", "data-center-unknown", "data-center-unused", "data-center-twice"),
            *("data-center-count", "as-of-after-disclosure", "fictional-name"),
        }
    ),
    "what day it is, and what other files say": frozenset(
        {
            *("disclosed-in-future", "as-of-in-future", "withdrawn-in-future", "transcribed-in-future"),
            *("guideline-twice", "id-twice", "formerly-in-use", "unknown-guideline", "unknown-guideline-version"),
            *("file-name", "file-name-mismatch", "file-missing", "file-unreadable", "file-too-large", "file-symlink"),
        }
    ),
    "how the text of the file is written": frozenset(
        {
            *("control-character", "bidi-override", "comment-cuts", "yaml-syntax", "yaml-empty", "yaml-duplicate-key"),
            *("yaml-alias", "yaml-anchor", "yaml-merge", "yaml-tag", "yaml-documents", "yaml-complex-key"),
            *("yaml-depth", "too-many"),
        }
    ),
}
"""The codes of what only `load` can say, by the reason why."""

_WORD = {"type": ["string", "number", "boolean"], "pattern": f"[^\\s{INVISIBLE}]"}
_EMPTY = {"type": ["string", "null"], "pattern": f"^[\\s{INVISIBLE}]*$"}
_ASKED = {"withheld": "理由", "on_request": "方法", "not_applicable": "理由"}
_SCALAR = {"type": ["string", "number", "boolean", "null"]}
_STATE = "[該対適開公有無可否不要済実○◯〇×✕]|あり|なし|はい|いいえ|ナシ|アリ|ﾅｼ|ｱﾘ|[a-zA-Zａ-ｚＡ-Ｚ]"
"""Stands in every word that is understood in place of a value of any type; loose, so that it refuses none."""
_ID = {"type": "string", "pattern": f"^{ID.pattern}$", "not": {"enum": sorted(RESERVED_WINDOWS_NAMES)}}


def disclosure_schema(guideline: Guideline, address: str = "") -> Json:
    """The schema of a file that answers `guideline`; `address` is where it is published, if that is known."""
    head: dict[str, Json] = {"$schema": "http://json-schema.org/draft-07/schema#"}
    if address:
        head["$id"] = address
    return head | {
        "title": _both(guideline.short_title),
        "type": "object",
        "additionalProperties": False,
        "required": ["guideline", "guideline_version", "submitted_by"],
        "properties": _keys(guideline),
        "definitions": {
            "states": _states(whole=True),
            "part-states": _states(whole=False),
            "note": _explained(_SCALAR, "補足", "a remark"),
            "source": _explained(_SCALAR, "根拠のURL", "where it can be verified"),
            "as_of": _explained(_SCALAR, "いつ時点の情報か", "the date of the information"),
            **{f"field-{slot.field.id}": _field(guideline, slot) for slot in guideline.slots},
        },
    }


def _keys(guideline: Guideline) -> dict[str, Json]:
    name = {**_WORD, "maxLength": MAX_NAME}
    return {
        "guideline": _explained({"enum": [guideline.id]}, "指針のID", "the guideline's id"),
        "guideline_version": _explained(_WORD | {"examples": [guideline.version]}, "指針の版", "its version"),
        "submitted_by": _explained(
            {"enum": [by.value for by in SubmittedBy]},
            "provider は事業者自身、third_party は公開情報からの転記",
            "provider: by the provider itself; third_party: transcribed from public information",
        ),
        "sample": {"enum": [True, False, "true", "false"]},
        "name": _explained(name, "事業者の名称", "the provider's name"),
        "reading": _explained(name, "よみがな", "how the name is read"),
        "name_en": _explained(name, "英語の名称", "the name in English"),
        "aliases": {"type": "array", "maxItems": MAX_LISTED, "items": _WORD},
        "formerly": _formerly(),
        "disclosed_on": _WORD,
        "transcribed_on": _explained(_WORD, "転記した日(西暦)", "the day of the transcription"),
        "withdrawn": {
            "type": "object",
            "additionalProperties": False,
            "required": ["on", "reason"],
            "properties": {"on": _WORD, "reason": _WORD},
        },
        "provider": _or_empty(_answers(guideline, Scope.PROVIDER)),
        "services": _or_empty(_named(_service(guideline))),
        "data_centers": _or_empty(_named(_answers(guideline, Scope.DATA_CENTER, {"name": _WORD}))),
    }


def _service(guideline: Guideline) -> Json:
    used = {"type": "array", "items": _WORD}
    none = {
        "type": "object",
        "additionalProperties": False,
        "required": ["not_applicable"],
        "properties": {"not_applicable": _WORD},
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "name": _WORD,
            "formerly": _formerly(),
            "data_centers": _or_empty({"anyOf": [used, none]}),
            "answers": _or_empty(_answers(guideline, Scope.SERVICE)),
        },
    }


def _formerly() -> Json:
    return {"type": "array", "maxItems": MAX_LISTED, "items": _ID}


def _named(one: Json) -> Json:
    """Entries by their ids."""
    return {
        "type": "object",
        "maxProperties": MAX_ENTRIES,
        "propertyNames": _ID,
        "additionalProperties": _or_empty(one),
    }


def _or_empty(schema: Json) -> Json:
    return {"anyOf": [schema, _EMPTY]}


# --- answers ---------------------------------------------------------------------------------------------------------


def _answers(guideline: Guideline, scope: Scope, more: Mapping[str, Json] | None = None) -> Json:
    """What may be answered in a scope, and groups that do not apply."""
    groups = {slot.group.id: slot.group.title for slot in guideline.scopes[scope]}
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **(more or {}),
            **{slot.field.id: {"$ref": f"#/definitions/field-{slot.field.id}"} for slot in _allowed(guideline, scope)},
            "not_applicable": {
                "type": "object",
                "additionalProperties": False,
                "properties": {name: _SCALAR | {"title": _both(title)} for name, title in groups.items()},
            },
        },
    }


def _allowed(guideline: Guideline, scope: Scope) -> Iterator[Slot]:
    """The scope's own fields; in a service also those of the provider that it may override."""
    yield from guideline.scopes[scope]
    if scope is Scope.SERVICE:
        of_the_file = (Role.DISCLOSURE_DATE, Role.PROVIDER_NAME)
        yield from (slot for slot in guideline.scopes[Scope.PROVIDER] if slot.field.role not in of_the_file)


def _field(guideline: Guideline, slot: Slot) -> Json:
    field = slot.field
    level = guideline.levels[field.level]
    said = [f"{slot.item.number} {_both(slot.item.label)}", _both(level), _both(field.prompt), _both(field.hint)]
    documented: dict[str, Json] = {
        "title": f"{slot.item.number} {_both(field.title)}",
        "description": "\n\n".join(filter(None, said)),
    }
    if field.example:
        documented["examples"] = [field.example]
    return documented | _answer(field.asks, whole=True)


def _answer(asks: Asks, *, whole: bool) -> Json:
    """An answer, or a part of one, which has no remarks of its own."""
    states = {"$ref": f"#/definitions/{'states' if whole else 'part-states'}"}
    return {"anyOf": [*_forms(asks), _written_out(asks, whole=whole), states]}


def _forms(asks: Asks) -> Iterator[Json]:
    """What may stand at the answer's place: a value of its type, a word for a state, parts."""
    yield {"type": ["number", "boolean"]}
    yield {"type": "string", "pattern": _STATE}
    yield _EMPTY
    yield {"type": "array", "items": _EMPTY}
    if asks.type == "parts":
        yield _parts(asks.parts)
    else:
        yield answers.schema(asks)
    if answers.accepts_list(asks):
        yield {"type": "array", "items": _SCALAR}


def _parts(parts: Iterable[Part]) -> Json:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {part.id: _answer(part.asks, whole=False) | {"title": _both(part.label)} for part in parts},
        "minProperties": 1,
    }


def _written_out(asks: Asks, *, whole: bool) -> Json:
    """`answer:` with what belongs to it."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["answer"],
        "properties": {"answer": {"anyOf": list(_forms(asks))}, "detail": _detail(asks)}
        | (_remarks() if whole else {}),
    }


def _states(*, whole: bool) -> Json:
    """What may be said instead of an answer, one of them, or nothing yet."""
    keys = [key for key in MAIN_KEYS if key != "answer"]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {key: _SCALAR | {"maxLength": MAX_TEXT} for key in keys} | (_remarks() if whole else {}),
        "anyOf": [{"maxProperties": 0}, {"oneOf": [{"required": [key]} for key in keys]}],
        "defaultSnippets": _snippets(),
    }


def _detail(asks: Asks) -> Json:
    free = {
        "type": "object",
        "additionalProperties": False,
        "required": ["text"],
        "properties": {"text": _WORD},
    }
    inner = asks.detail.asks if asks.detail else Asks("text")
    forms: list[Json] = [_SCALAR, free]
    if answers.accepts_list(inner):
        forms.append({"type": "array", "items": _SCALAR})
    found: dict[str, Json] = {"anyOf": forms}
    if asks.detail:
        found["title"] = _both(asks.detail.prompt)
        if asks.detail.example:
            found["examples"] = [asks.detail.example]
    return found


def _remarks() -> dict[str, Json]:
    return {key: {"$ref": f"#/definitions/{key}"} for key in EXTRA_KEYS if key != "detail"}


def _snippets() -> Json:
    """What an editor offers beside a value."""
    return [
        {"label": word["ja"], "description": word["en"], "body": {key: f"${{1:{_ASKED[key]}}}"}}
        for key, word in WORDS.items()
    ]


def _explained(schema: Json, ja: str, en: str) -> Json:
    return schema | {"title": f"{ja} / {en}"}


def _both(text: Text | None) -> str:
    """A text in every language it has, the original first."""
    return " / ".join(dict.fromkeys(text.values())) if text else ""
