"""The interface's words of one language: `theme/i18n/<language>.yaml`, and over it `content/theme/i18n/`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from catalog import source
from catalog.diagnostics import Location, Report, Text, in_language, some_of
from catalog.source import Node, ParseCache, Scalar, at

_SETTINGS = "content/catalog.yaml"
_ORIGINAL = "ja"
"""The language that the tool's own words are complete in."""


@dataclass(frozen=True)
class Messages:
    """Words by dotted key. What a language lacks falls back to the first one's words."""

    language: str
    words: Mapping[str, str]
    digest: str

    def __call__(self, key: str, /, **values: object) -> str:
        """The words of `key`, placeholders `{name}` filled. An unknown key is a bug of ours: KeyError."""
        words = self.words[key]
        return words.format_map(values) if values else words

    def of(self, text: Text | str) -> str:
        """A text of the guideline in this language, else the original."""
        return in_language(text, self.language)

    def language_of(self, text: Text) -> str:
        """The language that `of` answers in."""
        return self.language if self.language in text else next(iter(text))


def load_messages(
    theme: Path, languages: tuple[str, ...], cache: ParseCache, report: Report, own: Path | None = None
) -> Mapping[str, Messages]:
    """The words of every language; what one lacks falls back to the first one's words, and that is a warning.

    Words of `own`, the catalog's folder `content/theme`, win one by one; it may bring languages of its own.
    """
    if own is not None and own.is_symlink():
        own = None
    original = _Words.read(theme, theme, _ORIGINAL, cache, Report())
    fallback = Messages(_ORIGINAL, original.texts, original.digest)
    found: dict[str, Messages] = {}
    for language in languages:
        errors = report.errors
        files = [_Words.read(theme, theme, language, cache, report)]
        if own is not None:
            files.append(_Words.read(own.parents[1], own, language, cache, report))
        given = [file for file in files if file.digest]
        if not given:
            known = {path.stem for folder in (theme, own) if folder for path in (folder / "i18n").glob("*.yaml")}
            report.add("language-unknown", Location(_SETTINGS), found=language, expected=", ".join(sorted(known)))
            continue
        for file in given:
            file.check(original.texts, report)
        words = {key: text for file in given for key, text in file.texts.items()}
        if report.errors == errors and (missing := [key for key in fallback.words if key not in words]):
            report.add("translation-missing", Location(given[-1].path), language=language, missing=some_of(missing))
        digest = " ".join((fallback.digest, *(file.digest for file in given)))
        found[language] = Messages(language, {**fallback.words, **words}, digest)
        if len(found) == 1:
            fallback = found[language]
    return found


@dataclass(frozen=True, slots=True)
class _Words:
    """What one file says, by dotted key; without a digest there is no such file."""

    path: str
    scalars: Mapping[str, Scalar]
    digest: str

    @classmethod
    def read(cls, root: Path, folder: Path, language: str, cache: ParseCache, report: Report) -> _Words:
        path = folder / "i18n" / f"{language}.yaml"
        if not os.path.lexists(path):
            return cls(path.relative_to(root).as_posix(), {}, "")
        file = source.read(root, path, folder, report)
        node = cache.parse(file, report)
        return cls(file.path, dict(_flat(node, "")) if node is not None else {}, file.digest)

    @property
    def texts(self) -> Mapping[str, str]:
        return {key: scalar.text for key, scalar in self.scalars.items()}

    def check(self, original: Mapping[str, str], report: Report) -> None:
        """Words into which values are put name only values that the original is given."""
        for key, scalar in self.scalars.items():
            known = _placeholders(original.get(key, ""))
            used = _placeholders(scalar.text)
            if known and (used is None or not used <= known):
                expected = ", ".join(f"{{{name}}}" for name in sorted(known))
                report.add("word-placeholder", at(self.path, scalar), key=key, found=scalar.text, expected=expected)


def _placeholders(words: str) -> frozenset[str] | None:
    """The names in braces; None where braces hold, or are, anything else."""
    try:
        parts = [part for part in Formatter().parse(words) if part[1] is not None]
    except ValueError:
        return None
    if any(form or conversion or not (name or "").isidentifier() for _, name, form, conversion in parts):
        return None
    return frozenset(name or "" for _, name, _, _ in parts)


def _flat(node: Node, prefix: str) -> Iterator[tuple[str, Scalar]]:
    if isinstance(node, Scalar):
        yield prefix, node
    elif isinstance(node, source.Mapping):
        for key, value in node.entries:
            yield from _flat(value, f"{prefix}.{key.text}" if prefix else key.text)
