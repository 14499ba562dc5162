"""Problems as values: where, what was found, what was expected, how to go on.

A problem in somebody's content is never an exception. It is a `Diagnostic` in a `Report`; the words for its code stand
in `codes`, the output formats in `printers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from catalog.diagnostics.codes import CODES, Severity

__all__ = ["Cell", "Diagnostic", "Location", "Report", "Severity", "Subject", "Text", "in_language", "some_of"]

Text: TypeAlias = Mapping[str, str]
"""The same words in several languages: language code → text. The first entry is the original."""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file: the path relative to the root (posix), line and column 1-based in code points."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Cell(Location):
    """A place in a workbook: line and column are those of the cell; `index` is the sheet's place, from 0."""

    sheet: str = ""
    index: int = 0

    def __str__(self) -> str:
        """`form.xlsx:事業者!F12`, or `table.csv:D12`."""
        return f"{self.path}:{self.sheet}{'!' if self.sheet else ''}{self.name}"

    @property
    def name(self) -> str:
        return f"{letters(self.column)}{self.line}"


def letters(column: int) -> str:
    """A column's name in a spreadsheet: 1 → A, 27 → AA."""
    found = ""
    while column > 0:
        column, last = divmod(column - 1, 26)
        found = chr(ord("A") + last) + found
    return found


@dataclass(frozen=True, slots=True)
class Subject:
    """The guideline item that a problem is about, as a reader knows it: its printed number and its title."""

    number: str
    title: Text


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem. `values` fill the placeholders of the code's words, a `Text` in the reader's language."""

    code: str
    severity: Severity
    location: Location
    values: Mapping[str, str | Text]
    subject: Subject | None = None


@dataclass(slots=True)
class Report:
    """Collects the problems of one run; the order of collection does not matter."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(self, code: str, location: Location, subject: Subject | None = None, /, **values: str | Text) -> None:
        """Record a problem. `code` must stand in `codes.CODES`; its severity comes from there."""
        self.diagnostics.append(Diagnostic(code, CODES[code].severity, location, values, subject))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics.extend(diagnostics)

    @property
    def errors(self) -> int:
        return sum(d.severity is Severity.ERROR for d in self.diagnostics)

    @property
    def warnings(self) -> int:
        return sum(d.severity is Severity.WARNING for d in self.diagnostics)

    def sorted(self) -> list[Diagnostic]:
        """By file, line, column, code; equal ones once."""
        unique = {(d.location, d.code, str(sorted(d.values.items(), key=str))): d for d in self.diagnostics}
        return [unique[key] for key in sorted(unique, key=lambda k: (k[0], k[1], k[2]))]


def in_language(text: str | Text, language: str) -> str:
    """The words in `language`, else the original ones."""
    if isinstance(text, str):
        return text
    if language in text:
        return text[language]
    return next(iter(text.values()), "")


def some_of(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    shown = ", ".join(names[:5])
    return f"{shown} … (+{len(names) - 5})" if len(names) > 5 else shown
