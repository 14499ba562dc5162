"""`/badges/…`: how complete a disclosure is and where it stands, as SVG and for shields.io; never a certificate."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from catalog.artifacts import Artifact
from catalog.exports.public_json import to_bytes
from catalog.messages import Messages
from catalog.model import Catalog, Completeness, Disclosure, Provider, State
from catalog.theme import Theme

_WIDE, _NARROW, _PADDING = 11.0, 6.2, 8.0
"""Widths at 11 px: a full-width letter, a narrow one, the space beside a text. `textLength` holds fonts to them."""
_COLORS = {
    State.VALID: "#00118f",
    State.EXPIRING: "#ac3e00",
    State.EXPIRED: "#ac3e00",
    State.UNDATED: "#4d4d4d",
    State.TRANSCRIBED: "#006173",
    State.WITHDRAWN: "#4d4d4d",
}
_SAMPLE_COLOR = "#5109ad"


@dataclass(frozen=True, slots=True)
class Badge:
    label: str
    message: str
    title: str
    color: str
    others: tuple[tuple[str, str], ...] = ()
    """(language, title): the same in the catalog's other languages. What is seen stays in the first one."""


def artifacts(catalog: Catalog, theme: Theme, languages: Mapping[str, Messages]) -> Iterator[Artifact]:
    t = languages[catalog.settings.language]
    for provider in catalog.providers:
        badges = _in_all_languages(provider, t, languages)
        badges |= {old: badges[new] for old, new in provider.former_paths()}
        inputs = ("code", "theme", *(f"messages:{one}" for one in languages), f"provider:{provider.id}")
        for path, badge in badges.items():
            yield Artifact(f"badges/{path}.svg", inputs, partial(svg, theme, t, badge))
            yield Artifact(f"badges/{path}.json", inputs, partial(shields, badge))


def _in_all_languages(provider: Provider, t: Messages, languages: Mapping[str, Messages]) -> dict[str, Badge]:
    """By path, each in the first language with its titles in the others."""
    others = {one.language: dict(_badges(provider, one)) for one in languages.values() if one is not t}
    return {
        path: replace(badge, others=tuple((language, made[path].title) for language, made in others.items()))
        for path, badge in _badges(provider, t)
    }


def _badges(provider: Provider, t: Messages) -> Iterator[tuple[str, Badge]]:
    """(path, badge) of the provider and of each of its services."""
    main = next((one for one in provider.disclosures if one.withdrawn is None), provider.main)
    key = main.guideline.key
    yield provider.id, badge(t, main, provider.states[key], provider.completeness[key], provider.name)
    for sheet in provider.sheets:
        yield sheet.path, badge(t, sheet.disclosure, sheet.state, sheet.completeness, sheet.service.name)


def badge(t: Messages, disclosure: Disclosure, state: State, completeness: Completeness | None, name: str) -> Badge:
    """The figures of the required level and the disclosure date; a transcription has no figures."""
    words = []
    if disclosure.sample:
        words.append(t("state.sample"))
    if completeness:
        level = t.of(disclosure.guideline.levels[next(iter(disclosure.guideline.levels))])
        words.append(f"{level} {completeness.required.disclosed}/{completeness.required.owed}")
    if disclosure.disclosed_on and not disclosure.withdrawn:
        words.append(disclosure.disclosed_on.isoformat())
    if state is not State.VALID:
        words.append(t(f"state.{state}"))
    message = " ".join(words)
    title = t("badge.title", name=name, message=message)
    return Badge(t("badge.label"), message, title, _SAMPLE_COLOR if disclosure.sample else _COLORS[state])


def svg(theme: Theme, t: Messages, badge: Badge) -> bytes:
    label, message = width(badge.label), width(badge.message)
    left, right = label + 2 * _PADDING, message + 2 * _PADDING
    return theme.render(
        "badges/badge.svg",
        {
            "t": t,
            "badge": badge,
            "label_width": label,
            "message_width": message,
            "left": left,
            "right": right,
            "total": round(left + right, 1),
            "padding": _PADDING,
        },
    )


def shields(badge: Badge) -> bytes:
    """The endpoint format of shields.io."""
    color = badge.color.removeprefix("#")
    return to_bytes({"schemaVersion": 1, "label": badge.label, "message": badge.message, "color": color})


def width(text: str) -> float:
    """In px at 11 px, with Japanese letters twice as wide as Latin ones, roughly."""
    return round(sum(_WIDE if unicodedata.east_asian_width(letter) in "WFA" else _NARROW for letter in text), 1)
