"""How answers spread: figures equal what is counted here anew, in people's units; columns sort by what they say."""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from site_checker import Element, Site
from sites import (
    BASE_URL,
    ROOT,
    VARIETY,
    Inventor,
    read,
    rendered,
    served,
    theme,
    watched,
    with_disclosures,
    words,
)

from catalog import answers, pipeline
from catalog.answers import amount
from catalog.answers.duration import ANY
from catalog.diagnostics import Report
from catalog.distribution import distribution, order
from catalog.listing import item_digests, listings
from catalog.messages import load_messages
from catalog.model import Answer, Catalog, Compare, Disclosure, Kind, Sheet, Status
from catalog.source import ParseCache


def crowd(seed: int, size: int = 25) -> Catalog:
    """Random disclosures to the ministry's guideline."""
    real = read(ROOT)
    inventor = Inventor.of(real, seed)
    return with_disclosures(real, [inventor.disclosure(number) for number in range(size)])


def by_field(catalog: Catalog, field: str) -> list[tuple[Sheet, Answer]]:
    """The answers of the sheets that count, found without the listing."""
    return [
        (sheet, row.answer)
        for provider in catalog.providers
        for sheet in provider.sheets
        if not sheet.disclosure.sample and not sheet.disclosure.by_third_party and not sheet.disclosure.withdrawn
        for row in sheet.rows
        if row.slot.field.id == field
    ]


@pytest.fixture(scope="module", params=[1, 2])
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return crowd(request.param)


class TestFigures:
    def test_bars_add_up_to_the_rows(self, catalog: Catalog) -> None:
        (listing,) = listings(catalog)
        for one in listing.items:
            for field in one.fields:
                rows = [(s, row) for s, row in one.rows() if s.counted and row.slot.field.id == field.id]
                said = by_field(catalog, field.id)
                found = distribution(field, rows)
                assert found.owed == len(said) == sum(bar.count for bar in found.bars)
                assert found.sheets == len({sheet.path for sheet, _ in said})
                assert {bar.status: 0 for bar in found.bars} | Counter(answer.status for _, answer in said) == {
                    status: sum(bar.count for bar in found.bars if bar.status is status)
                    for status in {bar.status for bar in found.bars}
                }
                kinds = Counter(answer.kind for _, answer in said if answer.status is Status.DISCLOSED)
                assert kinds == {bar.kind: bar.count for bar in found.bars if bar.kind and bar.count}

    def test_median_and_range_rest_on_the_disclosed_numbers(self, catalog: Catalog) -> None:
        (listing,) = listings(catalog)
        seen = 0
        for one in listing.items:
            for field in one.fields:
                rows = [(s, row) for s, row in one.rows() if s.counted and row.slot.field.id == field.id]
                for numbers in distribution(field, rows).numbers:
                    wanted = [
                        Decimal(str(answer.compare.number))
                        for _, answer in by_field(catalog, field.id)
                        if answer.status is Status.DISCLOSED and answer.compare and answer.compare.number is not None
                        if answer.compare.unit == numbers.unit and _rate(answer) == numbers.rate
                    ]
                    assert (numbers.count, numbers.least, numbers.most) == (len(wanted), min(wanted), max(wanted))
                    assert numbers.median == statistics.median(wanted)
                    seen += 1
        assert seen > 10

    def test_shares_count_what_the_disclosed_answers_name(self, catalog: Catalog) -> None:
        (listing,) = listings(catalog)
        for name in ("location", "service_type"):
            slot = listing.newest.by_field.get(name)
            if slot is None:
                continue
            one = next(one for one in listing.items if slot.field in one.item.fields)
            rows = [(s, row) for s, row in one.rows() if s.counted and row.slot.field.id == name]
            wanted = Counter(
                key
                for _, answer in by_field(catalog, name)
                if answer.status is Status.DISCLOSED and answer.kind is Kind.VALUE and answer.compare
                for key in answer.compare.key.split()
            )
            assert wanted == {share.key: share.count for share in distribution(slot.field, rows).shares if share.count}

    def test_amounts_of_different_rates_are_not_mixed(self) -> None:
        slot = next(slot for slot in read(ROOT).newest[0].slots if slot.field.id == "monthly_fee")
        sheet = next(iter(read(ROOT).sheets))
        row = next(row for row in sheet.rows if row.slot.field.id == "monthly_fee")
        said = [
            answers.parse(text, slot.field.asks) for text in ("月額1,000円", "月額3,000円", "1時間 10円", "10円/時間")
        ]
        rows = [
            (
                sheet,
                replace(
                    row, answer=Answer(Status.DISCLOSED, Kind.VALUE, "", one, answers.compare(one, slot.field.asks))
                ),
            )
            for one in said
            if isinstance(one, dict)
        ]
        found = distribution(slot.field, rows).numbers
        assert (found[0].rate, found[0].count) == ("month", 2)
        assert ("hour", Decimal(10)) in [(one.rate, one.median) for one in found]


def _rate(answer: Answer) -> str:
    period = answer.value.get("period") if isinstance(answer.value, dict) else None
    return period if period in ("month", "year", "day", "hour") else ""


class TestAmounts:
    @pytest.mark.parametrize(
        ("number", "unit", "ja", "en"),
        [
            ("172800", "s", "48時間", "48 hours"),
            ("5400", "s", "90分", "90 minutes"),
            ("1209600", "s", "14日", "14 days"),
            ("47336400", "s", "18ヶ月", "18 months"),
            ("31557600", "s", "1年", "1 year"),
            ("0", "s", "0秒", "0 seconds"),
            ("100000.5", "s", "約27.8時間", "about 27.8 hours"),
            ("16859430000", "JPY", "168億5,943万円", "¥16,859,430,000"),
            ("4600", "JPY", "4,600円", "¥4,600"),
            ("-250000000", "JPY", "-2億5,000万円", "-¥250,000,000"),
            ("0.5", "JPY", "約1円", "about ¥1"),
            ("99.9945", "%", "99.9945%", "99.9945%"),
            ("12.3", "倍", "12.3倍", "12.3 times"),
            ("168", "h/week", "週168時間", "168 hours a week"),
            ("1500.5", "人", "1,500.5人", "1,500.5"),
        ],
    )
    def test_are_in_people_s_units(self, number: str, unit: str, ja: str, en: str) -> None:
        assert (amount.text(Decimal(number), unit, "ja"), amount.text(Decimal(number), unit, "en")) == (ja, en)

    def test_tell_what_an_amount_is_paid_for(self) -> None:
        assert amount.text(Decimal(4600), "JPY", "ja", "month") == "月額4,600円"
        assert amount.text(Decimal(4600), "JPY", "en", "hour") == "¥4,600 an hour"

    @given(st.integers(0, 10**10))
    def test_a_duration_is_exact_unless_it_says_about(self, seconds: int) -> None:
        words = amount.text(Decimal(seconds), "s", "ja")
        if not words.startswith("約"):
            compare = answers.compare(answers.parse(words, ANY), ANY)
            assert compare == Compare(number=seconds, unit="s")


class TestPages:
    def test_say_apart_what_transcriptions_say_where_nobody_counts(self) -> None:
        catalog = read(ROOT)
        others = [d for p in catalog.providers for d in p.disclosures if d.by_third_party]
        site = rendered(with_disclosures(catalog, others), wanted=lambda path: path.startswith("g/"))
        (main,) = [site.page("g/iot-iaas-paas/items/110/").main]
        (block,) = main.all("div", "distribution--transcribed")
        assert words()("item.none_counted") in main.text
        assert words()("item.transcribed") in block.text
        assert words()("status.not_transcribed") in block.text
        assert words()("status.unanswered") not in block.text
        assert len(main.all("div", "distribution")) == len(block.all("div", "distribution"))

    def test_show_the_sentence_of_the_numbers(self, catalog: Catalog) -> None:
        site = rendered(catalog, wanted=lambda path: path == "g/iot-iaas-paas/items/112/index.html")
        spread = site.page("g/iot-iaas-paas/items/112/").one("div", "distribution")
        wanted = [
            Decimal(str(answer.compare.number))
            for _, answer in by_field(catalog, "ups")
            if answer.status is Status.DISCLOSED and answer.compare and answer.compare.number is not None
        ]
        median = amount.text(Decimal(str(statistics.median(wanted))), "s", "ja")
        assert any(
            median in one.text and f"{len(wanted)}件" in one.text for one in spread.all("p", "distribution__numbers")
        )

    def test_columns_sort_by_compare_and_what_is_undisclosed_stands_last(self, catalog: Catalog) -> None:
        site = rendered(catalog, wanted=lambda path: path.startswith("g/iot-iaas-paas/items/112/"))
        rows = {(row.answer.status, row.answer.kind): row for s in catalog.sheets for row in s.rows}
        assert rows
        cells = site.page("g/iot-iaas-paas/items/112/").all("td", data_field="ups")
        valued = [cell for cell in cells if cell["data-value"]]
        assert valued
        assert all(cell["data-status"] == "disclosed" for cell in valued)
        assert all(cell["data-value"] == "" for cell in cells if cell["data-status"] != "disclosed")
        no = {int(cell["data-value"]) for cell in valued if cell.all("p", "answer--no")}
        assert no <= {1}
        hours = sorted((int(cell["data-value"]), _seconds(cell)) for cell in valued if _seconds(cell) is not None)
        assert hours == sorted(hours, key=lambda pair: pair[1])


def _seconds(cell: Element) -> float | None:
    """What the detail of a 有り says in seconds."""
    found = [one.text for one in cell.all("div", "answer__detail")]
    parsed = answers.parse(found[0], ANY) if found and cell.all("p", "answer--yes") else None
    compare = answers.compare(parsed, ANY) if isinstance(parsed, str) else None
    return compare.number if compare else None


class TestOrder:
    def test_no_then_numbers_then_keys_in_the_guideline_s_order(self) -> None:
        slots = {slot.field.asks.type: slot for slot in read(ROOT).newest[0].slots}
        asks = slots["choices"].field.asks
        first, second = (choice.id for choice in asks.choices[:2])
        said = [
            Answer(Status.DISCLOSED, Kind.NO, "無し"),
            Answer(Status.DISCLOSED, Kind.VALUE, "", None, Compare(number=-5, unit="JPY")),
            Answer(Status.DISCLOSED, Kind.VALUE, "", None, Compare(number=3, unit="JPY")),
            Answer(Status.DISCLOSED, Kind.VALUE, "", [first], Compare(key=first)),
            Answer(Status.DISCLOSED, Kind.VALUE, "", [second], Compare(key=second)),
        ]
        orders = [order(answer, asks) for answer in said]
        assert all(one is not None for one in orders)
        assert orders == sorted(orders, key=lambda one: one or (9, 0, ""))
        assert order(Answer(Status.PARTIAL, Kind.YES, "有り", "yes", Compare(key="yes")), asks) is None
        assert order(Answer(Status.WITHHELD), asks) is None


class TestInputs:
    """An item's pages depend on what they show, and on no more."""

    def test_one_answer_changes_one_item(self) -> None:
        catalog = read(VARIETY)
        before = dict(item_digests(catalog))
        aoi = next(p for p in catalog.providers if p.id == "aoi-cloud").disclosures[0]
        (field, answer), *_ = (
            (f, a) for f, a in aoi.answers.items() if a.kind is Kind.VALUE and f != "disclosure_date"
        )
        changed = replace(aoi, answers={**aoi.answers, field: replace(answer, note="別の補足")})
        others = [d for p in catalog.providers for d in p.disclosures if d is not aoi]
        after = dict(item_digests(with_disclosures(catalog, [*others, changed])))
        slug = aoi.guideline.by_field[field].item.slug
        assert {name for name in before if before[name] != after[name]} == {f"item:{aoi.guideline.id}/{slug}"}

    def test_equal_inputs_mean_equal_pages(self) -> None:
        """Whatever changes on a page of an item or in its file, the inputs that it names tell so."""
        catalog = read(VARIETY)
        before, inputs_before = self._made(catalog)
        disclosures = [d for p in catalog.providers for d in p.disclosures]
        for place, one in enumerate(disclosures):
            for changed in self._changes(one):
                others = [*disclosures[:place], changed, *disclosures[place + 1 :]]
                after, inputs_after = self._made(with_disclosures(catalog, others))
                for path in before.keys() & after.keys():
                    if inputs_before[path] == inputs_after[path]:
                        assert before[path] == after[path], (path, one.path)

    def _changes(self, one: Disclosure) -> Iterator[Disclosure]:
        yield replace(one, name=one.name + "改")
        yield replace(one, sample=not one.sample)
        for service in one.services[:1]:
            yield replace(one, services=(replace(service, name="別の名"), *one.services[1:]))
        for center in one.data_centers[:1]:
            yield replace(one, data_centers=(replace(center, name="別の棟"), *one.data_centers[1:]))

    def _made(self, catalog: Catalog) -> tuple[dict[str, bytes], dict[str, tuple[str, ...]]]:
        languages = load_messages(ROOT / "theme", catalog.settings.languages, ParseCache(None, ""), Report())
        digests = pipeline.digests(catalog, theme(), languages, BASE_URL)
        plan = [one for one in pipeline.plan(catalog, theme(), languages, BASE_URL) if "/items/" in one.path]
        made = {one.path: one.render() for one in plan}
        return made, {one.path: tuple(digests[name] for name in one.inputs) for one in plan}


@pytest.mark.browser
class TestSorting:
    def test_a_heading_sorts_and_the_undisclosed_stay_last(self, browser: Browser) -> None:
        path = "g/iot-iaas-paas/items/112/"
        site = rendered(crowd(3), wanted=lambda one: one.startswith(("assets/", path)))
        with served(Site({"404.html": b"<!doctype html>", **site.files})) as address, watched(browser, address) as tab:
            page = tab.go(path)
            page.locator("table.answers thead th").nth(1).get_by_role("button").click()
            values = page.locator("table.answers tbody td[data-field=ups]").evaluate_all(
                "(all) => all.map((one) => one.dataset.value)"
            )
            shown = [int(one) for one in values if one]
            assert shown == sorted(shown)
            assert len(shown) > 5
            assert "" not in values[: len(shown)]
            page.locator("table.answers thead th").nth(1).get_by_role("button").click()
            values = page.locator("table.answers tbody td[data-field=ups]").evaluate_all(
                "(all) => all.map((one) => one.dataset.value)"
            )
            assert [int(one) for one in values[: len(shown)]] == sorted(shown, reverse=True)
            assert tab.said == []


def test_every_number_of_a_bar_stands_beside_it_as_text() -> None:
    site = rendered(crowd(4, 10), wanted=lambda path: bool(re.fullmatch(r"g/[^/]+/items/\d+/index.html", path)))
    bars = 0
    for page in site.pages.values():
        for bar in page.all("svg", "bar"):
            assert bar.get("aria-hidden") == "true"
            assert bar.parent is not None
            assert bar.parent.one("span", "bar__count").text.isdigit()
            bars += 1
    assert bars > 500
    assert Path(ROOT / "theme/templates/components/distribution.html").read_text(encoding="utf-8").count("style=") == 0
