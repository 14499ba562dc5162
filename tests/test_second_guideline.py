"""The engine knows nothing of the ministry's guideline: a differently shaped one is read alone and beside it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from catalog import pipeline
from catalog.dates import state_of
from catalog.diagnostics import Report
from catalog.model import Catalog, Scope, State, Status, Tally
from catalog.source import ParseCache

HERE = Path(__file__).resolve().parent
SECOND = HERE / "roots" / "second"
TODAY = date(2026, 11, 23)


def read(root: Path) -> tuple[Catalog | None, Report]:
    report = Report()
    return pipeline.read(root, TODAY, ParseCache(None, ""), report), report


@pytest.fixture
def catalog() -> Catalog:
    found, report = read(SECOND)
    assert found
    assert [d.code for d in report.diagnostics] == ["bare-yes"]
    return found


def test_numbers_are_text_and_slugs_stand_in_addresses(catalog: Catalog) -> None:
    (guideline,) = catalog.guidelines
    assert guideline.key == "kaku-dc@2026-04"
    assert [(item.number, item.slug) for _, _, item in guideline.items] == [
        ("(1)①(a)", "1-1-a"),
        ("(1)①(b)", "1-1-b"),
        ("(2)①", "2-1"),
        ("甲-1", "ko-1"),
        ("甲-2", "ko-2"),
    ]
    assert {section.scope for section in guideline.sections} == {Scope.DATA_CENTER}
    assert guideline.by_role == {}


def test_names_and_dates_come_from_the_file_where_no_field_has_the_role(catalog: Catalog) -> None:
    denki, shoji = catalog.providers
    assert (denki.name, denki.main.name_en, shoji.name) == ("架空電気株式会社", "Kaku Electric", "架空商事株式会社")
    assert [sheet.service.name for sheet in denki.sheets] == ["架空ハウジング", "架空クラウド", "架空ネットワーク"]
    assert [center.name for center in denki.main.data_centers] == ["架空北センター", "south"]
    assert denki.main.disclosed_on == date(2026, 2, 28)
    assert (shoji.main.disclosed_on, shoji.main.transcribed_on) == (None, date(2026, 10, 1))


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 2, 28), State.VALID),
        (date(2027, 1, 27), State.VALID),
        (date(2027, 1, 28), State.EXPIRING),
        (date(2027, 2, 28), State.EXPIRING),
        (date(2027, 3, 1), State.EXPIRED),
    ],
)
def test_it_is_valid_for_twelve_months(catalog: Catalog, today: date, state: State) -> None:
    assert state_of(catalog.providers[0].main, today) is state


def test_a_sheet_owes_every_section_per_data_center(catalog: Catalog) -> None:
    housing, cloud, network = catalog.providers[0].sheets
    assert housing.completeness
    assert housing.completeness.required == Tally(owed=8, disclosed=5, partial=1, on_request=1, withheld=1)
    assert housing.completeness.optional == Tally(owed=6, disclosed=5, unanswered=1)
    assert cloud.completeness
    assert (cloud.completeness.required.percent, cloud.completeness.optional.percent) == (100, 100)
    assert network.rows == ()
    assert catalog.providers[1].sheets[0].completeness is None


def test_rows_are_addressed_within_their_data_center(catalog: Catalog) -> None:
    housing = catalog.providers[0].sheets[0]
    assert [row.anchor for row in housing.rows][:2] == ["north--feed_type", "north--feed_capacity"]
    assert "south--pue" in {row.anchor for row in housing.rows}
    assert len({row.anchor for row in housing.rows}) == len(housing.rows) == 14


def test_its_longest_answer_is_its_own(tmp_path: Path) -> None:
    root = Path(shutil.copytree(SECOND, tmp_path / "root"))
    path = root / "content/providers/kaku-denki.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("自家発電機2台", "自家発電機2台" * 9), encoding="utf-8")
    found, report = read(root)
    assert found is None
    assert [(d.code, d.location.line) for d in report.sorted() if d.code != "bare-yes"] == [("too-long", 23)]


def test_it_is_read_beside_the_first(tmp_path: Path) -> None:
    root = Path(shutil.copytree(HERE / "roots" / "smallest", tmp_path / "root"))
    shutil.copytree(HERE.parent / "guideline", root / "guideline", dirs_exist_ok=True)
    shutil.copytree(SECOND / "guideline", root / "guideline", dirs_exist_ok=True)
    shutil.copy(SECOND / "content/providers/kaku-denki.yaml", root / "content/providers")
    shutil.copy(
        SECOND / "content/providers/kaku-shoji.yaml", root / "content/providers/kaku-shoji.kaku-dc.yaml"
    )  # the provider of the smallest catalog, in its second file
    found, report = read(root)
    assert found
    assert report.errors == 0
    assert [guideline.id for guideline in found.newest] == ["iot-iaas-paas", "kaku-dc", "mini"]
    denki, shoji = found.providers
    assert [disclosure.guideline.id for disclosure in denki.disclosures] == ["kaku-dc"]
    assert [disclosure.guideline.id for disclosure in shoji.disclosures] == ["mini", "kaku-dc"]
    assert [sheet.path for sheet in shoji.sheets] == ["kaku-shoji/cloud", "kaku-shoji/storage"]
    assert shoji.completeness["mini@1"] is not None
    assert shoji.completeness["kaku-dc@2026-04"] is None
    assert all(row.answer.status is not Status.WITHHELD for row in shoji.sheets[0].rows)
