"""The interface's words of one language: `theme/i18n/<language>.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from catalog import source
from catalog.diagnostics import Location, Report, Text, in_language, some_of
from catalog.source import Node, ParseCache, Scalar


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


def load_messages(theme: Path, languages: tuple[str, ...], cache: ParseCache, report: Report) -> Mapping[str, Messages]:
    """The words of every language; the first one is the fallback of the others, and what falls back is a warning."""
    found: dict[str, Messages] = {}
    first: Messages | None = None
    for language in languages:
        path = theme / "i18n" / f"{language}.yaml"
        file = source.read(theme, path, theme, report)
        node = cache.parse(file, report)
        words = dict(_flat(node, "")) if node is not None else {}
        if first is None:
            first = found[language] = Messages(language, words, file.digest)
            continue
        if node is not None and (missing := [key for key in first.words if key not in words]):
            report.add("translation-missing", Location(file.path), language=language, missing=some_of(missing))
        found[language] = Messages(language, {**first.words, **words}, f"{first.digest} {file.digest}")
    return found


def _flat(node: Node, prefix: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, Scalar):
        yield prefix, node.text
    elif isinstance(node, source.Mapping):
        for key, value in node.entries:
            yield from _flat(value, f"{prefix}.{key.text}" if prefix else key.text)
