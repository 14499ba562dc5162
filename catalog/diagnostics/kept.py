"""The warnings of the last build, so that they are told again when nothing changed and nothing is read."""

from __future__ import annotations

import json
from dataclasses import astuple
from datetime import date
from pathlib import Path

from catalog.diagnostics import Diagnostic, Location, Report, Severity, Subject

_NAME = "warnings.json"


def keep(report: Report, today: date, work: Path) -> None:
    """Before the manifest is stored, which says that nothing changed since."""
    told = [
        [
            one.code,
            one.severity.value,
            astuple(one.location),
            {name: value if isinstance(value, str) else dict(value) for name, value in one.values.items()},
            [one.subject.number, dict(one.subject.title)] if one.subject else None,
        ]
        for one in report.diagnostics
    ]
    text = json.dumps({"today": today.isoformat(), "told": told}, ensure_ascii=False)
    temporary = work / f"{_NAME}.new"
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(work / _NAME)


def kept(today: date, work: Path) -> Report | None:
    """What `keep` was given; None if that was on another day (some warnings depend on it), or cannot be read."""
    try:
        found = json.loads((work / _NAME).read_bytes())
        if found["today"] != today.isoformat() and found["told"]:
            return None
        return Report(
            [
                Diagnostic(code, Severity(severity), Location(*place), values, Subject(*subject) if subject else None)
                for code, severity, place, values, subject in found["told"]
            ]
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
