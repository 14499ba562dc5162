"""What a build warned of is told again when nothing changed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from catalog.diagnostics import Location, Report, Subject, kept

TODAY = date(2026, 11, 1)


def test_warnings_are_kept_as_they_were(tmp_path: Path) -> None:
    report = Report()
    subject = Subject("1", {"ja": "日付", "en": "date"})
    report.add("data-center-unused", Location("content/a.yaml", 3, 4), found="dc")
    report.add("as-of-in-future", Location("content/b.yaml"), subject, found="2027", expected="2026-11-01")
    kept.keep(report, TODAY, tmp_path)
    assert kept.kept(TODAY, tmp_path) == report
    assert kept.kept(TODAY + timedelta(1), tmp_path) is None  # some of them depend on the day


def test_without_warnings_the_day_does_not_matter(tmp_path: Path) -> None:
    kept.keep(Report(), TODAY, tmp_path)
    assert kept.kept(TODAY + timedelta(1), tmp_path) == Report()


def test_what_cannot_be_read_is_not_believed(tmp_path: Path) -> None:
    assert kept.kept(TODAY, tmp_path) is None
    for text in ("", "[]", "{}", '{"today": "2026-11-01", "told": [1]}', '{"today": "2026-11-01"}'):
        (tmp_path / "warnings.json").write_text(text, encoding="utf-8")
        assert kept.kept(TODAY, tmp_path) is None
