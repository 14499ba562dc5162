"""Colours can be told apart: every text on every ground it may stand on, computed from the tokens and their uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from sites import ROOT, theme

TEXT = 4.5
"""What WCAG 1.4.3 asks of text, whatever its size."""
SHAPE = 3.0
"""What WCAG 1.4.11 asks of controls and of pictures that mean something."""

STYLES = ROOT / "theme" / "assets" / "css"


class Rule(NamedTuple):
    """The colours of a rule: by property, the tokens that its value names."""

    selector: str
    tokens: dict[str, list[str]]

    def one(self, name: str) -> str | None:
        found = self.tokens.get(name)
        return found[0] if found else None


@cache
def stylesheet() -> str:
    return re.sub(r"/\*.*?\*/", "", theme().stylesheet.decode(), flags=re.S)


@cache
def values() -> dict[str, str]:
    """The colour of every token, as the last declaration outside of print and forced colours says."""
    plain = re.sub(r"@media[^{]*(print|forced-colors)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", stylesheet())
    named = dict(re.findall(r"(--color-[\w-]+):\s*([^;]+);", plain))

    def resolved(value: str) -> str:
        inner = re.fullmatch(r"var\((--[\w-]+)\)", value)
        return resolved(named[inner[1]]) if inner else value

    return {name: resolved(value) for name, value in named.items()}


@cache
def rules() -> list[Rule]:
    """The rules of all our stylesheets that name colours, those for print left out."""
    found = []
    for path in sorted(STYLES.rglob("*.css")):
        if path.name == "print.css" or path.name == "tokens.css":
            continue
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
        for selector, body in re.findall(r"([^{};]+)\{([^{}]*)\}", text):
            tokens = {
                name: re.findall(r"var\((--color-[\w-]+)", value)
                for name, value in re.findall(r"([\w-]+):([^;]+)", body)
            }
            if any(tokens.values()):
                found.append(Rule(" ".join(selector.split()), tokens))
    return found


def luminance(colour: str) -> float:
    digits = re.fullmatch(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", colour)
    assert digits, colour
    parts = [int(one, 16) / 255 for one in digits.groups()]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted(luminance(values()[token]) for token in (one, other))
    return (high + 0.05) / (low + 0.05)


def ground_of(rule: Rule) -> str | None:
    """The ground that a rule lays, if it does."""
    found = rule.one("background") or rule.one("background-color")
    return None if "wordmark__sign" in rule.selector else found  # a drawing, not a ground


def is_heat(token: str) -> bool:
    return token.startswith("--color-heat-")


def grounds() -> set[str]:
    """What any text may stand on: the grounds of rules that leave the colour of the text alone."""
    laid = {ground for rule in rules() if (ground := ground_of(rule)) and not rule.one("color")}
    marked = {ground for rule in rules() if (ground := ground_of(rule)) and rule.selector.endswith(" mark")}
    return {token for token in laid - marked if not is_heat(token)} | {"--color-background"}


def pairs() -> Iterator[tuple[str, str]]:
    """Every text with every ground it may stand on."""
    everywhere = {"--color-text"}
    for rule in rules():
        colour, ground = rule.one("color"), ground_of(rule)
        if colour and ground:
            yield colour, ground
        elif colour and "on-brand" not in colour:
            everywhere.add(colour)
        if ground and is_heat(ground):
            dark = [one.one("color") for one in rules() if f"a.{rule.selector[1:]}" in one.selector]
            yield (dark[0] if dark and dark[0] else "--color-text"), ground
        if ground and rule.selector.endswith(" mark"):
            for one in ("--color-text", "--color-link", "--color-link-hover", "--color-link-visited"):
                yield one, ground
    for colour in everywhere:
        for ground in grounds():
            yield colour, ground


PAIRS = sorted(set(pairs()))


def test_the_stylesheets_are_understood() -> None:
    assert len(rules()) > 80
    assert {"--color-background", "--color-surface", "--color-surface-strong", "--color-group"} <= grounds()
    for pair in (
        ("--color-on-brand", "--color-brand"),
        ("--color-withheld", "--color-target"),
        ("--color-text", "--color-heat-4"),
        ("--color-on-brand", "--color-heat-5"),
        ("--color-sample", "--color-sample-background"),
    ):
        assert pair in PAIRS
    assert len(PAIRS) > 60


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text(text: str, ground: str) -> None:
    assert contrast(text, ground) >= TEXT, f"{contrast(text, ground):.2f}"


CONTROL = re.compile(r"\b(input|button|select|search__query|search__button|search__more|pager a|figures__rows|card)\b")


def shapes() -> Iterator[tuple[str, str]]:
    """What must be seen to operate a page or to read a picture, with what it stands on."""
    for rule in rules():
        for name, tokens in rule.tokens.items():
            if name.startswith("border") and CONTROL.search(rule.selector):
                yield from ((token, "--color-background") for token in tokens)
            if name == "accent-color":
                yield from ((token, ground) for token in tokens for ground in grounds())
            if name == "outline":
                yield from ((token, ground) for token in tokens for ground in grounds())
            if name in ("fill", "stroke") and "track" not in rule.selector:
                yield from ((token, "--color-background") for token in tokens)
    yield "--color-meter", "--color-meter-track"


SHAPES = sorted(pair for pair in set(shapes()) if values()[pair[0]] != "transparent")


@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes(shape: str, ground: str) -> None:
    assert contrast(shape, ground) >= SHAPE, f"{contrast(shape, ground):.2f}"


def test_shades_of_the_heat_map_become_darker() -> None:
    shades = [luminance(values()[f"--color-heat-{step}"]) for step in range(6)]
    assert shades == sorted(shades, reverse=True)
    assert len(set(shades)) == 6


@pytest.mark.parametrize("path", sorted(STYLES.rglob("*.css")), ids=lambda path: path.name)
def test_only_tokens_name_colours(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    if path.name != "tokens.css":
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch|color-mix)\(", text) == []
