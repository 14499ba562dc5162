"""Frozen plain data ↔ JSON values. Reading trusts nothing: what does not have the very shape is refused."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from catalog.model import Json

_Data = TypeVar("_Data")
_TOO_MANY = 10**9


class Malformed(ValueError):
    """JSON of another shape than was asked for."""


def to_json(value: object) -> Json:
    """Dataclasses as objects, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: to_json(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): to_json(one) for key, one in value.items()}
    return value.value if isinstance(value, StrEnum) else value


def from_json(kind: type[_Data], value: Json) -> _Data:
    """The value as `kind`. Raises `Malformed`."""
    return cast(_Data, _read(kind, value))


def _read(kind: Any, value: Json) -> object:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (inner,) = (one for one in arguments if one is not types.NoneType)
        return None if value is None else _read(inner, value)
    if origin is tuple:
        return tuple(_read(arguments[0], one) for one in _expect(list, value))
    if origin is not None:  # a mapping of texts
        return {_expect(str, key): _expect(str, one) for key, one in _expect(dict, value).items()}
    if is_dataclass(kind):
        return _read_dataclass(cast(type, kind), _expect(dict, value))
    if issubclass(kind, StrEnum):
        try:
            return kind(_expect(str, value))
        except ValueError as error:
            raise Malformed(str(error)) from error
    return _expect(kind, value)


def _read_dataclass(kind: type, value: dict[str, Json]) -> object:
    hints = _hints(kind)
    if value.keys() != hints.keys():
        raise Malformed(f"{kind.__name__}: {sorted(value.keys() ^ hints.keys())}")
    return kind(**{name: _read(hint, value[name]) for name, hint in hints.items()})


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}


def _expect(kind: type, value: Json) -> Any:
    if type(value) is not kind:  # a bool is no number here
        raise Malformed(f"{kind.__name__} expected, {type(value).__name__} found")
    if isinstance(value, int) and not 0 <= value < _TOO_MANY:
        raise Malformed(f"a count expected, {value} found")
    return value
