"""Colours as `#rrggbb`: how well one reads on another, and a shade that reads well enough."""

from __future__ import annotations

READABLE = 4.5
"""The contrast that WCAG 2.2 asks of text."""


def contrast(one: str, other: str) -> float:
    """Between 1 and 21, as WCAG defines it."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(color: str, background: str) -> str:
    """The colour itself if it reads on the (light) background, else the lightest shade of it that does."""
    steps = (darkened(color, step) for step in range(101))
    return next(shade for shade in steps if contrast(shade, background) >= READABLE)


def darkened(color: str, percent: int) -> str:
    """Mixed with black."""
    return "#" + "".join(f"{channel * (100 - percent) // 100:02x}" for channel in _channels(color))


def _luminance(color: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    linear: float = channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
    return linear


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)
