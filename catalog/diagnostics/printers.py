"""Diagnostics as text for people, as annotations for GitHub, as JSON for programs."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from string import Formatter

from catalog.diagnostics import Diagnostic, Severity, Subject, Text, in_language
from catalog.diagnostics.codes import CODES

LANGUAGES = ("ja", "en")
PER_FILE = 200
ANNOTATIONS = 10
"""GitHub shows no more annotations than this for a step."""

_QUOTED = 80
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u061c\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


def message(diagnostic: Diagnostic, language: str) -> str:
    """What is wrong, in one line, with the item it is about."""
    template = _words(diagnostic, language)[0]
    return _fill(template, diagnostic, language) + _subject(diagnostic.subject, language)


def hint(diagnostic: Diagnostic, language: str) -> str:
    """How to go on: the first hint of the code all of whose placeholders have a value."""
    for template in _words(diagnostic, language)[1:]:
        needed = {name for _, name, _, _ in Formatter().parse(template) if name}
        if all(diagnostic.values.get(name) for name in needed):
            return _fill(template, diagnostic, language)
    return ""


def as_text(diagnostics: Iterable[Diagnostic], language: str) -> str:
    """`path:line:column: severity[code]: message` and a line `hint: …`.

    At most `PER_FILE` a file, then how many are left.
    """
    lines: list[str] = []
    for path, problems in _by_file(diagnostics).items():
        for d in problems[:PER_FILE]:
            lines.append(f"{_visible(str(d.location))}: {d.severity}[{d.code}]: {message(d, language)}")
            if further := hint(d, language):
                lines.append(f"  hint: {further}".replace("\n", "\n    "))
        if (left := len(problems) - PER_FILE) > 0:
            lines.append(_LEFT[language].format(path=_visible(path), left=left))
    return "".join(f"{line}\n" for line in lines)


def as_github(diagnostics: Iterable[Diagnostic], language: str) -> str:
    """Workflow commands for the first `ANNOTATIONS` problems, errors first; then how many of all these are."""
    everything = sorted(diagnostics, key=lambda d: d.severity is not Severity.ERROR)
    lines = []
    for d in everything[:ANNOTATIONS]:
        at, further = d.location, hint(d, language)
        text = message(d, language) + (f"\n{further}" if further else "")
        place = (
            f"file={_property(_SURROGATE.sub('?', at.path))},line={at.line},col={at.column},title={_property(d.code)}"
        )
        lines.append(f"::{d.severity} {place}::{_data(text)}")
    if len(everything) > ANNOTATIONS:
        lines.append("::notice::" + _data(_SHOWN[language].format(shown=ANNOTATIONS, all=len(everything))))
    return "".join(f"{line}\n" for line in lines)


def as_json(diagnostics: Iterable[Diagnostic]) -> str:
    """A JSON list, every problem whole and in both languages."""
    return (
        json.dumps(
            [
                {
                    "path": d.location.path,
                    "line": d.location.line,
                    "column": d.location.column,
                    "severity": d.severity.value,
                    "code": d.code,
                    "item": d.subject.number if d.subject else None,
                    "values": {
                        key: value if isinstance(value, str) else dict(value) for key, value in sorted(d.values.items())
                    },
                    "message": {language: message(d, language) for language in LANGUAGES},
                    "hint": {language: hint(d, language) for language in LANGUAGES},
                }
                for d in diagnostics
            ],
            ensure_ascii=True,
            indent=2,
        )
        + "\n"
    )


def summary(diagnostics: Iterable[Diagnostic], language: str) -> str:
    """One line that counts errors, warnings and files."""
    everything = list(diagnostics)
    errors = sum(d.severity is Severity.ERROR for d in everything)
    return _SUMMARY[language].format(
        errors=errors,
        warnings=len(everything) - errors,
        files=len({d.location.path for d in everything}),
        error_s="" if errors == 1 else "s",
        warning_s="" if len(everything) - errors == 1 else "s",
        file_s="" if len({d.location.path for d in everything}) == 1 else "s",
    )


def show(text: str) -> str:
    """`text` made safe to print, and shortened."""
    visible = _visible(text)
    return visible if len(visible) <= _QUOTED else visible[: _QUOTED - 1] + "…"


def _visible(text: str) -> str:
    """`text` in one line; invisible and direction-changing characters as \\u{…}."""
    return _UNSAFE.sub(lambda m: {"\n": "⏎", "\t": " "}.get(m[0], f"\\u{{{ord(m[0]):x}}}"), text)


def _words(diagnostic: Diagnostic, language: str) -> tuple[str, ...]:
    code = CODES[diagnostic.code]
    return code.ja if language == "ja" else code.en


class _Values(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _fill(template: str, diagnostic: Diagnostic, language: str) -> str:
    shown = {key: _show_value(key, value, language) for key, value in diagnostic.values.items()}
    return template.format_map(_Values(shown))


def _show_value(key: str, value: str | Text, language: str) -> str:
    text = in_language(value, language)
    if key == "yaml":  # lines to copy
        return "\n".join(_UNSAFE.sub("", line) for line in text.split("\n"))
    return show(text) if key in ("found", "nearest", "other") else _UNSAFE.sub("", text)


def _subject(subject: Subject | None, language: str) -> str:
    if subject is None:
        return ""
    title = show(in_language(subject.title, language))
    return f"(項目{subject.number} {title})" if language == "ja" else f" (item {subject.number}, {title})"


def _by_file(diagnostics: Iterable[Diagnostic]) -> Mapping[str, list[Diagnostic]]:
    files: dict[str, list[Diagnostic]] = defaultdict(list)
    for d in diagnostics:
        files[d.location.path].append(d)
    return files


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_LEFT = {
    "ja": "{path}: ほかに{left}件の問題があります(先に上の問題を直してください)",
    "en": "{path}: {left} more problems are not shown (mend those above first)",
}
_SHOWN = {
    "ja": "{all}件のうち{shown}件を注釈で表示しています。すべてはジョブの要約とログにあります",
    "en": "{shown} of {all} problems are shown as annotations; all of them stand in the job summary and the log",
}
_SUMMARY = {
    "ja": "エラー {errors}件、警告 {warnings}件({files}ファイル)",
    "en": "{errors} error{error_s}, {warnings} warning{warning_s} in {files} file{file_s}",
}
