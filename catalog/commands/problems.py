"""Showing the problems of a run."""

from __future__ import annotations

import sys

from catalog.diagnostics import Report, printers


def show(report: Report, language: str, style: str = "text") -> None:
    """All problems on standard output, and one line of summary; nothing but that line where all is well."""
    problems = report.sorted()
    if style == "json":
        sys.stdout.write(printers.as_json(problems))
        return
    sys.stdout.write(
        printers.as_github(problems, language) if style == "github" else printers.as_text(problems, language)
    )
    print(printers.summary(problems, language) if problems else _CLEAN[language])


_CLEAN = {"ja": "問題はありません", "en": "no problems"}
