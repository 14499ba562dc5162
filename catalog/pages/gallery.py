"""`/gallery/`: every component of the theme with made-up data, for those who work on it. No published site has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from catalog import answers, badges
from catalog.answers import Problem
from catalog.artifacts import Artifact
from catalog.completeness import sheet_of
from catalog.diagnostics import Location, Text
from catalog.markup import prose_html
from catalog.model import (
    Answer,
    Asks,
    Choice,
    Completeness,
    Condition,
    DataCenter,
    Detail,
    Disclosure,
    Field,
    Group,
    Guideline,
    Item,
    Kind,
    Level,
    Part,
    Profile,
    Requirement,
    Scope,
    Section,
    Service,
    Sheet,
    State,
    Status,
    SubmittedBy,
    Tally,
    Test,
    Weight,
    Withdrawn,
)
from catalog.pages.context import Content, page_artifact
from catalog.pages.downloads import Download
from catalog.pages.edition import Edition, Page
from catalog.pages.figures import rows_behind
from catalog.pages.match import Result
from catalog.pages.rows import SheetRows
from catalog.pages.spread import Spread, spread

ADDRESS = "gallery/"
_DAY = date(2026, 4, 1)

_SIZES: tuple[Text, ...] = ({"ja": "小", "en": "small"}, {"ja": "中", "en": "medium"}, {"ja": "大", "en": "large"})
_CHOICES = tuple(Choice(str(number), label) for number, label in enumerate(_SIZES))
_DETAIL = Detail({"ja": "有りの場合は、その内容", "en": "if yes, what it is"}, Asks("text"))
_LONG = "架空の文章です。長い回答が折り返されるようすを見るために、同じことを何度か書きます。" * 4
_VALUES: Mapping[str, tuple[Asks, str]] = {
    "line": (Asks("line"), "架空クラウド基盤"),
    "text": (Asks("text"), f"{_LONG}\n\n- 一つ目\n- 二つ目 **強調** `code`\n\nhttps://www.example.com/"),
    "date": (Asks("date"), "2026-04-01"),
    "url": (Asks("url"), "https://www.example.com/a/very/long/address/without/any/place/to/break/it"),
    "corporate_number": (Asks("corporate_number"), "9234567890123"),
    "count": (Asks("count", units=("人", "名")), "1,234人"),
    "money": (Asks("money"), "月額 1,100円(税込)"),
    "ratio": (Asks("ratio", unit="%"), "99.95%"),
    "duration": (Asks("duration"), "4時間30分"),
    "hours": (Asks("hours"), "平日 9:00-17:00"),
    "choice": (Asks("choice", choices=_CHOICES), "中"),
    "choices": (Asks("choices", choices=_CHOICES), "小\n大"),
    "place": (Asks("place"), "日本(関東)"),
    "holders": (Asks("holders"), "架空ホールディングス株式会社 60%\n架空銀行 7.5%"),
    "contact": (Asks("contact"), "03-0000-0000\nhttps://www.example.com/contact"),
}
"""A value of each type that has no section of its own below."""
_YES_NO = Asks("yes_no", detail=_DETAIL)
_STATES: Mapping[str, Answer] = {
    "value": Answer(Status.DISCLOSED, Kind.VALUE, "架空の値", "架空の値"),
    "free_words": Answer(Status.DISCLOSED, Kind.TEXT, "契約による"),
    "yes": Answer(Status.DISCLOSED, Kind.YES, "有り", "yes", detail="架空の内容"),
    "no": Answer(Status.DISCLOSED, Kind.NO, "無し", "no"),
    "not_applicable": Answer(Status.DISCLOSED, Kind.NOT_APPLICABLE, "該当なし", detail="扱っていないため"),
    "partial_yes": Answer(Status.PARTIAL, Kind.YES, "有り", "yes", missing=(_DETAIL.prompt,)),
    "partial_value": Answer(Status.PARTIAL, Kind.VALUE, "架空の値", "架空の値", missing=(_SIZES[0], _SIZES[2])),
    "on_request": Answer(Status.ON_REQUEST, None, "個別開示", detail="窓口に申請"),
    "withheld": Answer(Status.WITHHELD, None, "非公開", detail="契約者にだけ示すため"),
    "unanswered": Answer(Status.UNANSWERED),
    "with_evidence": Answer(
        Status.DISCLOSED,
        Kind.YES,
        "有り",
        "yes",
        detail="架空の内容",
        note="架空の補足です。",
        source="https://www.example.com/evidence",
        as_of="2026-03",
    ),
}
"""An answer in every status and kind."""
_REQUIREMENTS = (
    ("yes", Weight.MUST, Condition(Test.YES)),
    ("partial_yes", Weight.MUST, Condition(Test.YES)),
    ("partial_yes", Weight.SHOULD, Condition(Test.CONTAINS, text="ISMS")),
    ("withheld", Weight.SHOULD, Condition(Test.ANSWERED)),
    ("no", Weight.SHOULD, Condition(Test.YES)),
    ("not_applicable", Weight.SHOULD, Condition(Test.ANSWERED)),
    ("center_withheld", Weight.SHOULD, Condition(Test.ANSWERED)),
)
"""Of which each verdict comes at least once."""
_PARTS = Asks(
    "parts", parts=(Part("name", _SIZES[0], Asks("line")), Part("listed", _SIZES[1], Asks("yes_no", detail=_DETAIL)))
)
_PARTS_ANSWER = Answer(
    Status.DISCLOSED,
    Kind.VALUE,
    "",
    {
        "name": {"value": "架空の値", "text": "架空の値", "detail": ""},
        "listed": {"value": "yes", "text": "有り", "detail": "架空の内容"},
    },
)
_PROSE = """## 見出し

段落と[リンク](#main)、**強調**、`code`。

- 箇条書き
- 箇条書き

| 列 | 列 |
|---|---|
| 値 | 値 |
"""


class _Stay(Page):
    """Links of made-up data, which has no pages, lead back to the gallery."""

    def url(self, address: str = "") -> str:
        return super().url(ADDRESS)


def artifacts(edition: Edition) -> Iterator[Artifact]:
    page = edition.page(ADDRESS)
    yield page_artifact(page, "gallery", ("guidelines", "prose"), partial(_content, edition, page))
    for name, badge in _badges(edition).items():
        data = partial(badges.svg, edition.theme, edition.messages, badge)
        yield Artifact(f"{edition.prefix}{ADDRESS}{name}.svg", edition.site_inputs, data)


def _content(edition: Edition, page: Page) -> Content:
    t = edition.messages
    guideline = _guideline()
    disclosure = _disclosure(guideline)
    sheet = sheet_of(disclosure, disclosure.services[0], _DAY)
    here = _Stay(edition, ADDRESS)
    rows = SheetRows(edition, guideline)
    listed = ((row, f"#{row.anchor}", row.data_center.name if row.data_center else "") for row in sheet.rows)
    return Content(
        title=t("gallery.title"),
        description=t("gallery.about"),
        indexed=False,
        variables={
            "here": here,
            "guideline": guideline,
            "sheet": sheet,
            "sections": [(one, rows.body(sheet, one, here)) for one in guideline.sections],
            "rows_behind": rows_behind(listed, t),
            "tallies": [Tally(200, shown, unanswered=200 - shown) for shown in (0, 1, 100, 199, 200)],
            "states": [(one.disclosure, one.state) for one in _sheets(sheet)],
            "services": [{"sheet": one, "types": [t.of(size) for size in _SIZES[:2]]} for one in _sheets(sheet)],
            "spreads": list(_spreads(edition, sheet)),
            "downloads": [Download("api/v1/catalog.json", "JSON"), Download("api/v1/answers.csv", "CSV", "1,234")],
            "prose": prose_html(_PROSE),
            "badges": _badges(edition),
            "matched": _matched(edition, sheet, here),
        },
    )


def _spreads(edition: Edition, sheet: Sheet) -> Iterator[Spread]:
    """Every status and kind as a bar, numbers, choices and dates."""
    rows = {row.slot.field.id: row for row in sheet.rows}
    yield spread(edition.messages, rows["yes"].slot.field, [(sheet, rows[name]) for name in _STATES], third_party=False)
    for name in ("duration", "choices", "place", "date"):
        yield spread(edition.messages, rows[name].slot.field, [(sheet, rows[name])] * 3, third_party=True)


def _matched(edition: Edition, sheet: Sheet, page: Page) -> Mapping[str, object]:
    """Every verdict, by a provider and as a sample."""
    sample = replace(sheet, disclosure=replace(sheet.disclosure, sample=True))
    requirements = tuple(Requirement(*one) for one in _REQUIREMENTS)
    profile = Profile("gallery", {}, {}, sheet.guideline, requirements)
    result = Result(edition, profile, (sheet, sample))
    return result.table(result.standings, page)


# --- what is made up ---


def _guideline() -> Guideline:
    centers = {name: (Asks("text"), _STATES[name]) for name in ("value", "no", "withheld", "unanswered")}
    return Guideline(
        id="gallery",
        version="1",
        language="ja",
        title={"ja": "架空の指針", "en": "Fictional guideline"},
        short_title={"ja": "架空の指針", "en": "Fictional guideline"},
        publisher={"ja": "架空の発行者", "en": "Fictional publisher"},
        levels={
            Level.REQUIRED: {"ja": "必須", "en": "required"},
            Level.OPTIONAL: {"ja": "選択", "en": "optional"},
        },
        sections=(
            _section("states", Scope.PROVIDER, {name: _asks(answer) for name, answer in _STATES.items()}),
            _section("types", Scope.SERVICE, {name: asks for name, (asks, _) in _VALUES.items()} | {"parts": _PARTS}),
            _section("centers", Scope.DATA_CENTER, {f"center_{name}": asks for name, (asks, _) in centers.items()}),
        ),
    )


def _asks(answer: Answer) -> Asks:
    return _YES_NO if answer.kind in (Kind.YES, Kind.NO) else Asks("text")


def _section(name: str, scope: Scope, asked: Mapping[str, Asks]) -> Section:
    """One item a field, named as it, but for the last item, which has two; every third is optional."""
    fields = [
        Field(
            id=key,
            level=Level.OPTIONAL if number % 3 == 2 else Level.REQUIRED,
            prompt={
                "ja": "架空の記述内容です。有りの場合は、その内容。",
                "en": "A fictional wording. If yes, what it is.",
            },
            asks=asks,
            title={"ja": key, "en": key},
        )
        for number, (key, asks) in enumerate(asked.items())
    ]
    groups = [tuple(fields[start : start + 1]) for start in range(len(fields) - 2)] + [tuple(fields[-2:])]
    items = tuple(
        Item(str(number), f"{name}-{number}", group[0].title, group) for number, group in enumerate(groups, 1)
    )
    title: Text = {"ja": f"架空の大項目 {name}", "en": f"Fictional section {name}"}
    return Section(name, title, scope, (Group(name, title, items),))


def _disclosure(guideline: Guideline) -> Disclosure:
    centers = tuple(
        DataCenter(name, f"架空データセンター{name}", {f"center_{key}": _STATES[key] for key in keys}, Location(""))
        for name, keys in (("east", ("value", "no", "withheld")), ("west", ("value", "no")))
    )
    values = {name: _value(asks, words) for name, (asks, words) in _VALUES.items()}
    given = {name: answer for name, answer in _STATES.items() if answer.status is not Status.UNANSWERED}
    own = {"free_words": _STATES["free_words"]}
    ids = tuple(center.id for center in centers)
    service = Service("cloud", "架空クラウド基盤", ids, "", values | {"parts": _PARTS_ANSWER} | own, (), Location(""))
    return Disclosure(
        path="",
        provider_id="gallery",
        guideline=guideline,
        submitted_by=SubmittedBy.PROVIDER,
        name="架空商事株式会社",
        reading="かくうしょうじ",
        answers=given,
        services=(service,),
        data_centers=centers,
        disclosed_on=_DAY,
        expires_on=_DAY.replace(year=_DAY.year + 2),
    )


def _value(asks: Asks, words: str) -> Answer:
    parsed = answers.parse(words, asks)
    assert not isinstance(parsed, Problem), (asks.type, words)
    return Answer(Status.DISCLOSED, Kind.VALUE, words, parsed, answers.compare(parsed, asks))


def _sheets(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet in every state, and as a sample."""
    own = sheet.disclosure
    dateless = replace(own, disclosed_on=None, expires_on=None)
    others = {
        State.UNDATED: dateless,
        State.TRANSCRIBED: replace(dateless, submitted_by=SubmittedBy.THIRD_PARTY, transcribed_on=_DAY),
        State.WITHDRAWN: replace(own, withdrawn=Withdrawn("2026-10-01", "架空の理由")),
    }
    for state in State:
        counted: Completeness | None = sheet.completeness
        if state in (State.TRANSCRIBED, State.WITHDRAWN):
            counted = None
        yield replace(sheet, disclosure=others.get(state, own), state=state, completeness=counted)
    yield replace(sheet, disclosure=replace(own, sample=True))


def _badges(edition: Edition) -> Mapping[str, badges.Badge]:
    disclosure = _disclosure(_guideline())
    found: dict[str, badges.Badge] = {}
    for one in _sheets(sheet_of(disclosure, disclosure.services[0], _DAY)):
        name = "sample" if one.disclosure.sample else one.state.value
        made = badges.badge(edition.messages, one.disclosure, one.state, one.completeness, one.service.name)
        found[name] = made
    return found
