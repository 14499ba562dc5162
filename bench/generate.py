"""N realistic providers, all of them fictional: `python -m bench.generate N DIR [--services] [--seed TEXT]`.

What is answered comes from the guideline's definition (types, choices, examples); nothing here knows one guideline. The
same seed gives the same bytes, and a provider's file depends on the seed and its number only, not on N.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from catalog import answers
from catalog.answers.corporate_number import check_digit
from catalog.diagnostics import Report
from catalog.dump import quoted, scalar
from catalog.load.guidelines import load_guidelines
from catalog.model import Asks, Field, Guideline, Role, Scope, Slot
from catalog.source import ParseCache

TODAY = date(2025, 10, 1)
"""Everything was disclosed before this day; a build of such a catalog takes it as `--today`."""
SEED = "1"

_WORDS = (
    *(("青葉", "アオバ", "aoba"), ("若草", "ワカクサ", "wakakusa"), ("東雲", "シノノメ", "shinonome")),
    *(("白鷺", "シラサギ", "shirasagi"), ("銀河", "ギンガ", "ginga"), ("北斗", "ホクト", "hokuto")),
    *(("南風", "ハエ", "hae"), ("瑞穂野", "ミズホノ", "mizuhono"), ("暁", "アカツキ", "akatsuki")),
    *(("飛鳥", "アスカ", "asuka"), ("朝霧", "アサギリ", "asagiri"), ("夕凪", "ユウナギ", "yunagi")),
    *(("千歳", "チトセ", "chitose"), ("花野", "ハナノ", "hanano"), ("森影", "モリカゲ", "morikage")),
    *(("雪舟", "ユキフネ", "yukifune"), ("空木", "ウツギ", "utsugi"), ("星川", "ホシカワ", "hoshikawa")),
    *(("月見", "ツキミ", "tsukimi"), ("緑川", "ミドリカワ", "midorikawa"), ("春日野", "カスガノ", "kasugano")),
)
_KINDS = (
    *(("クラウド", "cloud"), ("データ", "data"), ("システムズ", "systems"), ("ネットワークス", "networks")),
    *(("テクノロジー", "technology"), ("情報サービス", "info"), ("ソリューションズ", "solutions")),
)
_PRODUCTS = ("IoTクラウド", "クラウド基盤", "IoTプラットフォーム", "データ基盤サービス", "エッジクラウド", "仮想サーバ")
_TEAMS = ("運用部門", "情報セキュリティ委員会", "品質保証部", "基盤技術部", "カスタマーサポート部", "内部監査室")
_OFTEN = ("毎月", "四半期ごとに", "半年ごとに", "年1回", "毎年4月に", "変更のつど")
_SENTENCES = (
    "{team}が{often}内容を見直し、結果を経営会議に報告しています。",
    "手順は社内規程に定め、{often}担当者への教育と訓練を行っています。",
    "詳しくは、契約後にお渡しするサービス仕様書の第{n}章に記載しています。",
    "標準の構成では{n}台以上の機器で冗長化し、障害のときは{m}分以内に自動で切り替わります。",
    "利用者がご自身で設定を変える場合は、管理画面の「{title}」から行えます。",
    "個別の要件がある場合は、{team}が事前にご相談を承ります。",
    "対象は日本国内で提供する全プランで、オプションの有無を問いません。",
    "計画停止と、天災その他の不可抗力によるものは対象に含みません。",
    "{team}の責任者が承認し、記録を{n}年間保存します。",
    "外部の専門機関による確認を{often}受け、指摘された事項は{m}日以内に改善しています。",
    "サーバールームと事務所の両方に同じ基準を適用しています。",
    "利用者への影響がある変更は、実施の{m}日前までに電子メールと管理画面でお知らせします。",
    "第三者への提供は、法令にもとづく場合を除いて行いません。",
    "{title}について、オプションの契約がある場合は{m}分間隔に短縮できます。",
    "現在の仕組みは{year}年に更新し、それ以前のものからの移行は完了しています。",
    "免震構造の建物と、異なる経路の回線を前提に設計しています。",
    "ISMSの管理策に沿って運用し、リスクの評価を{often}行います。",
    "受付は24時間、回答は平日の9時から17時までです。",
)
_REASONS = {
    "withheld": ("セキュリティ上の理由による", "取引先との契約による", "経営上の理由による", "防犯上の理由による"),
    "on_request": (
        "契約者からの問合せに応じて、秘密保持契約のもとで開示",
        "お問合せ窓口から申し込まれた方に資料を送付",
        "見積りの依頼のときに、営業担当から説明",
    ),
    "not_applicable": (
        "提供していないため",
        "該当する設備がないため",
        "利用者が用意するため",
        "対象となる契約がないため",
    ),
    "text": ("契約による。見積りのときに示す。", "構成により異なる。料金表を参照。", "利用者との協議で定める。"),
    "note": (
        "計画停止を除く。",
        "一部のプランを除く。",
        "連結ではなく単独の数値。",
        "2026年度に見直す予定。",
        "オプションを契約した場合は、より手厚い内容となる。詳しくは営業担当まで。",
    ),
}
_PLACES = ("日本(関東)", "日本(関西)", "日本(北海道)", "日本(九州)", "日本(東海)", "日本(東北)", "日本(北陸)")
_ABROAD = ("米国", "シンガポール", "ドイツ", "オーストラリア")
_HOURS = ("24時間365日", "平日 9:00-17:00", "平日 9:00-18:00", "平日 8:30〜20:00", "月曜〜土曜 9:00〜18:00")
_UPTIMES = ("99%", "99.5%以上", "99.9%", "99.95%以上", "99.99%", "99.999%", "100%")
_AMOUNTS = {
    "分": (5, 10, 15, 30, 60),
    "時": (1, 4, 12, 24, 48, 72),
    "日": (1, 3, 7, 10, 14, 30),
    "月": (1, 2, 3, 6, 12),
    "年": (1, 2, 3, 5, 7, 10),
}


@dataclass(frozen=True, slots=True)
class Generated:
    """What was written: numbers, and the size of the disclosures."""

    providers: int
    services: int
    data_centers: int
    bytes: int


@dataclass(frozen=True, slots=True)
class _Plan:
    """The outline of one provider, fixed by seed and number."""

    services: tuple[str, ...]
    centers: tuple[str, ...]


def generate(template: Path, target: Path, n: int, seed: str = SEED) -> Generated:
    """Write a catalog with `n` providers into `target`; guidelines, settings and prose are those of `template`."""
    shutil.copytree(template / "guideline", target / "guideline")
    (target / "content").mkdir(parents=True)
    settings = (template / "content" / "catalog.yaml").read_text(encoding="utf-8")
    # an offline copy renders every page a second time
    settings = re.sub(r"(?m)^offline_zip:.*\n?", "", settings)
    (target / "content" / "catalog.yaml").write_text(settings, encoding="utf-8", newline="\n")
    if (template / "content" / "pages").is_dir():
        shutil.copytree(template / "content" / "pages", target / "content" / "pages")
    folder = target / "content" / "providers"
    folder.mkdir()
    report = Report()
    newest = {guideline.id: guideline for guideline in load_guidelines(target, ParseCache(None, ""), report)}
    if report.errors or not newest:
        raise ValueError(f"no guideline to answer in {template}")
    guidelines = list(newest.values())
    services = centers = size = 0
    for number in range(n):
        plan = _plan(number, seed)
        text = _Provider(guidelines[number % len(guidelines)], number, seed, plan).text()
        (folder / f"{provider_id(number)}.yaml").write_text(text, encoding="utf-8", newline="\n")
        services, centers, size = services + len(plan.services), centers + len(plan.centers), size + len(text.encode())
    return Generated(n, services, centers, size)


def providers_for(services: int, seed: str = SEED) -> int:
    """How many providers have at least that many services together."""
    number = 0
    while services > 0:
        services -= len(_plan(number, seed).services)
        number += 1
    return number


def provider_id(number: int) -> str:
    word, kind = _WORDS[number % len(_WORDS)], _KINDS[number // len(_WORDS) % len(_KINDS)]
    return f"kaku-{word[2]}-{kind[1]}-{number + 1:04d}"


def _plan(number: int, seed: str) -> _Plan:
    random = Random(f"{seed}/{number}/plan")
    services = random.choices((1, 2, 3), (58, 29, 13))[0]
    centers = random.choices((0, 1, 2, 3, 4), (6, 40, 34, 14, 6))[0]
    names = random.sample(("iot", "cloud", "platform", "edge", "server", "data"), services)
    return _Plan(tuple(names), tuple(f"dc-{index + 1}" for index in range(centers)))


class _Provider:
    """Writes one provider's file."""

    def __init__(self, guideline: Guideline, number: int, seed: str, plan: _Plan) -> None:
        self.guideline = guideline
        self.number = number
        self.plan = plan
        self.random = Random(f"{seed}/{number}")
        self.values = _Values(self.random, guideline.language)
        # some disclose nearly everything, some leave a third open
        self.openness = self.random.choice((0.99, 0.95, 0.95, 0.9, 0.9, 0.8, 0.65))
        self.disclosed_on = TODAY - timedelta(days=self.random.randrange(1, 900))
        word, kind = _WORDS[number % len(_WORDS)], _KINDS[number // len(_WORDS) % len(_KINDS)]
        serial = number // (len(_WORDS) * len(_KINDS))
        self.short = f"架空{word[0]}{kind[0]}" + (f"第{serial + 1}" if serial else "")
        self.name = f"株式会社{self.short}" if number % 3 else f"{self.short}株式会社"
        self.reading, self.english = f"カクウ{word[1]}", f"Kaku {word[2].title()} {kind[1].title()}"

    def text(self) -> str:
        return "\n".join((*self._head(), *self._blocks())) + "\n"

    def _head(self) -> Iterator[str]:
        roles = self.guideline.by_role
        yield f"guideline: {self.guideline.id}"
        yield f"guideline_version: {quoted(self.guideline.version)}"
        yield "submitted_by: provider"
        yield "sample: false"  # they count like real ones, though their names say that they are not
        if Role.PROVIDER_NAME not in roles:
            yield f"name: {self.name}"
        if Role.DISCLOSURE_DATE not in roles:
            yield f"disclosed_on: {self.disclosed_on}"
        yield f"reading: {self.reading}"
        yield f"name_en: {self.english}, Inc."
        if self.random.random() < 0.3:
            yield f"aliases: [{self.short}]"

    def _blocks(self) -> Iterator[str]:
        scopes = self.guideline.scopes
        if scopes[Scope.PROVIDER]:
            yield "provider:"
            yield from self._answers(Scope.PROVIDER, 2, {Role.PROVIDER_NAME: self.name})
        yield "services:"
        for index, service in enumerate(self.plan.services):
            yield from self._service(index, service)
        if scopes[Scope.DATA_CENTER] and self.plan.centers:
            yield "data_centers:"
            for index, center in enumerate(self.plan.centers):
                yield f"  {center}:"
                name = f"架空{_PLACES[index % len(_PLACES)][3:-1]}第{index + 1}データセンター"
                if Role.DATA_CENTER_NAME not in self.guideline.by_role:
                    yield f"    name: {name}"
                yield from self._answers(Scope.DATA_CENTER, 4, {Role.DATA_CENTER_NAME: name})

    def _service(self, index: int, service: str) -> Iterator[str]:
        name = f"架空{_WORDS[self.number % len(_WORDS)][0]}{_PRODUCTS[(self.number + index) % len(_PRODUCTS)]}"
        yield f"  {service}:"
        if Role.SERVICE_NAME not in self.guideline.by_role:
            yield f"    name: {name}"
        centers = self._centers(first=index == 0)
        if self.guideline.scopes[Scope.DATA_CENTER]:
            reason = self.random.choice(_REASONS["not_applicable"])
            yield "    data_centers: " + (f"[{', '.join(centers)}]" if centers else f"{{not_applicable: {reason}}}")
        if not self.guideline.scopes[Scope.SERVICE]:
            return
        yield "    answers:"
        fixed = {Role.SERVICE_NAME: name}
        if slot := self.guideline.by_role.get(Role.DATA_CENTER_COUNT):
            unit = slot.field.asks.units[0] if slot.field.asks.units else ""
            fixed[Role.DATA_CENTER_COUNT] = f"{len(centers)}{unit}"
        yield from self._answers(Scope.SERVICE, 6, fixed)
        overridden = [slot for slot in self.guideline.scopes[Scope.PROVIDER] if slot.field.asks.type == "text"]
        if index and overridden:
            yield from self._value(self.random.choice(overridden).field, 6)

    def _centers(self, *, first: bool) -> tuple[str, ...]:
        """All of them for the first service, so that none is unused; some for the others."""
        own = self.plan.centers
        if first or not own or not self.guideline.scopes[Scope.DATA_CENTER]:
            return own
        return tuple(sorted(self.random.sample(own, self.random.randint(1, len(own)))))

    # --- answers ---

    def _answers(self, scope: Scope, indent: int, fixed: Mapping[Role, str]) -> Iterator[str]:
        slots = self.guideline.scopes[scope]
        absent = self._absent_groups(slots) if scope is Scope.SERVICE else []
        if absent:
            yield " " * indent + "not_applicable:"
            for group in absent:
                yield f"{' ' * indent}  {group}: {self.random.choice(_REASONS['not_applicable'])}"
        for slot in slots:
            field = slot.field
            if field.role and field.role in fixed:
                yield f"{' ' * indent}{field.id}: {scalar(fixed[field.role])}"
            elif field.role is Role.DISCLOSURE_DATE:
                yield f"{' ' * indent}{field.id}: {self.disclosed_on}"
            elif slot.group.id not in absent:
                yield from self._answer(field, indent)

    def _absent_groups(self, slots: tuple[Slot, ...]) -> list[str]:
        """Groups of three and more that do not apply as a whole."""
        sizes: dict[str, int] = {}
        for slot in slots:
            sizes[slot.group.id] = sizes.get(slot.group.id, 0) + (-99 if slot.field.role else 1)
        large = [group for group, size in sizes.items() if size >= 3]
        return [group for group in large if self.random.random() < 0.12]

    def _answer(self, field: Field, indent: int) -> Iterator[str]:
        if field.role:
            yield from self._value(field, indent)
        elif self.random.random() > self.openness:
            yield from self._open(field, indent)
        elif self.random.random() < 0.03:
            reason = self.random.choice(_REASONS["not_applicable"])
            yield f"{' ' * indent}{field.id}: 該当なし({reason})"
        else:
            yield from self._value(field, indent)

    def _open(self, field: Field, indent: int) -> Iterator[str]:
        """Withheld, on request, partial, or not answered."""
        margin, random = " " * indent, self.random
        way = random.choices(("withheld", "on_request", "partial", "unanswered"), (2, 2, 1, 5))[0]
        if way == "withheld":
            yield f"{margin}{field.id}: 非公開({random.choice(_REASONS['withheld'])})"
        elif way == "on_request":
            yield f"{margin}{field.id}:"
            yield f"{margin}  on_request: {random.choice(_REASONS['on_request'])}"
        elif way == "partial" and field.asks.detail:
            yield f"{margin}{field.id}: {self.values.word(field.asks, 'yes')}"
        elif random.random() < 0.5:
            yield f"{margin}{field.id}:"

    def _value(self, field: Field, indent: int) -> Iterator[str]:
        margin, random = " " * indent, self.random
        asks = field.asks
        extras = list(self._extras(indent + 2))
        if asks.type == "parts":
            yield from (f"{margin}{field.id}:", f"{margin}  answer:")
            for part in asks.parts:
                if not part.optional or random.random() < 0.6:
                    value = self.values.of(part.asks, part.example, self._title(field))
                    yield f"{margin}    {part.id}: {scalar(value, indent + 4)}"
            yield from extras
            return
        if asks.type not in ("text", "line", "yes_no") and not field.role and random.random() < 0.03:
            yield from (f"{margin}{field.id}:", f"{margin}  text: {random.choice(_REASONS['text'])}", *extras)
            return
        value = self.values.of(asks, field.example, self._title(field))
        detail = self._detail(field) if asks.detail and value == self.values.word(asks, "yes") else ""
        if detail and "(" not in detail and "\n" not in detail and not extras:
            yield f"{margin}{field.id}: {scalar(f'{value}({detail})', indent)}"
        elif detail or extras:
            yield from (f"{margin}{field.id}:", f"{margin}  answer: {scalar(value, indent + 2)}")
            if detail:
                yield f"{margin}  detail: {scalar(detail, indent + 2)}"
            yield from extras
        else:
            yield f"{margin}{field.id}: {scalar(value, indent)}"

    def _detail(self, field: Field) -> str:
        wanted = field.asks.detail
        return self.values.of(wanted.asks, wanted.example, self._title(field)) if wanted else ""

    def _extras(self, indent: int) -> Iterator[str]:
        margin, random = " " * indent, self.random
        if random.random() < 0.1:
            yield f"{margin}note: {random.choice(_REASONS['note'])}"
        if random.random() < 0.08:
            page = random.choice(("service", "company", "sla"))
            yield f"{margin}source: https://www.example.co.jp/{page}/{self.number}/"
        if random.random() < 0.05:
            yield f"{margin}as_of: {(self.disclosed_on - timedelta(days=random.randrange(60))):%Y-%m}"

    def _title(self, field: Field) -> str:
        return field.title.get(self.guideline.language) or next(iter(field.title.values()))


class _Values:
    """Answers of each type. They vary the definition's examples, so that they are plausible for any field."""

    def __init__(self, random: Random, language: str) -> None:
        self.random = random
        self.language = language
        self.makers: Mapping[str, Callable[[Asks, str, str], str]] = {
            "line": self._line,
            "text": self._prose,
            "date": self._date,
            "url": self._url,
            "corporate_number": self._corporate_number,
            "count": self._count,
            "money": self._money,
            "ratio": self._ratio,
            "duration": self._duration,
            "hours": self._hours,
            "choice": self._choice,
            "choices": self._choices,
            "yes_no": self._yes_no,
            "place": self._place,
            "holders": self._holders,
            "contact": self._contact,
        }

    def of(self, asks: Asks, example: str, title: str) -> str:
        """An answer that its type accepts; the example itself where a variation would not fit."""
        made = self.makers[asks.type](asks, example, title)
        if asks.max_length and len(made) > asks.max_length:
            made = made[: asks.max_length].rstrip()
        refused = isinstance(answers.parse(made, asks), answers.Problem)
        return example if refused and example else made

    def word(self, asks: Asks, answer: str) -> str:
        common = {"yes": {"ja": "有り"}, "no": {"ja": "無し"}}
        return asks.words.get(answer, {}).get(self.language) or common[answer]["ja"]

    def _line(self, asks: Asks, example: str, title: str) -> str:
        year = self.random.randint(2015, 2025)
        return self.random.choice((example or f"架空の{title}", f"{example or title}({year}年時点)"))

    def _prose(self, asks: Asks, example: str, title: str) -> str:
        random = self.random
        count = random.choices((0, 1, 2, 3, 4), (5, 5, 3, 1, 1))[0] if example else random.randint(1, 3)
        sentences = [
            sentence.format(
                team=random.choice(_TEAMS),
                often=random.choice(_OFTEN),
                title=title,
                n=random.randint(2, 9),
                m=random.choice((5, 10, 14, 30)),
                year=random.randint(2018, 2025),
            )
            for sentence in random.sample(_SENTENCES, count)
        ]
        first = [example.rstrip("。") + "。"] if example else []
        if count > 2 and not asks.max_length and random.random() < 0.4:
            return "\n".join([*first, *([""] if first else []), *(f"- {sentence}" for sentence in sentences)])
        return "".join(first + sentences)

    def _date(self, asks: Asks, example: str, title: str) -> str:
        day = date(1960, 1, 1) + timedelta(days=self.random.randrange(23000))
        forms = ["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d"]
        forms += [] if asks.precision == "day" else ["%Y年%m月"]
        forms += [] if asks.precision in ("day", "month") else ["%Y年"]
        return day.strftime(self.random.choice(forms))

    def _url(self, asks: Asks, example: str, title: str) -> str:
        return f"https://www.example.co.jp/{self.random.choice(('', 'company/', 'service/'))}"

    def _corporate_number(self, asks: Asks, example: str, title: str) -> str:
        twelve = f"{self.random.randrange(10**11, 10**12)}"
        return check_digit(twelve) + twelve

    def _count(self, asks: Asks, example: str, title: str) -> str:
        around = _first_number(example) or 20
        number = max(1, round(around * 10 ** self.random.uniform(-0.7, 0.9)))
        unit = self.random.choice(asks.units) if asks.units else ""
        return f"{'約' if number >= 100 and self.random.random() < 0.3 else ''}{number:,}{unit}"

    def _money(self, asks: Asks, example: str, title: str) -> str:
        around = _first_number(example) or 10_000
        amount = round(around * 10 ** self.random.uniform(-1, 1.5), -2) or 100
        if match := re.match(r"[^\d]*[\d,]+(円)(?!\()", example) or re.match(r"[\d,]+(円)\(税込", example):
            taxed = f"(税込{int(amount * 1.1):,}円)" if self.random.random() < 0.5 else "(税抜)"
            return self.random.choice(
                (f"{int(amount):,}{match[1]}{taxed}", f"{int(amount):,}円〜{int(amount) * 4:,}円")
            )
        return re.sub(r"\d[\d,]*", f"{int(amount):,}", example or "10,000円", count=1)

    def _ratio(self, asks: Asks, example: str, title: str) -> str:
        around = _first_number(example) or 50
        if asks.unit == "%" and around >= 90:
            return self.random.choice(_UPTIMES)
        if asks.unit == "%":
            return f"{self.random.uniform(5, 95):.1f}%"
        return f"{around * 10 ** self.random.uniform(-0.6, 0.6):.1f}{asks.unit or '%'}"

    def _duration(self, asks: Asks, example: str, title: str) -> str:
        match = re.search(r"\d+\s*[かカヶケヵ箇]?(分|時|日|月|年)", example)
        if not match:
            return self.random.choice(("24時間", "30分以内", "1ヶ月", "1年"))
        amount = self.random.choice(_AMOUNTS[match[1]])
        return re.sub(r"\d+", str(amount), example, count=1)

    def _hours(self, asks: Asks, example: str, title: str) -> str:
        return self.random.choice(_HOURS)

    def _choice(self, asks: Asks, example: str, title: str) -> str:
        return next(iter(self.random.choice(asks.choices).label.values()))

    def _choices(self, asks: Asks, example: str, title: str) -> str:
        several = [choice for choice in asks.choices if not choice.exclusive] or list(asks.choices)
        alone = [choice for choice in asks.choices if choice.exclusive]
        if alone and self.random.random() < 0.1:
            return next(iter(self.random.choice(alone).label.values()))
        chosen = self.random.sample(several, self.random.randint(1, min(3, len(several))))
        ids = self.random.random() < 0.3
        return "、".join(choice.id if ids else next(iter(choice.label.values())) for choice in chosen)

    def _yes_no(self, asks: Asks, example: str, title: str) -> str:
        return self.word(asks, "yes" if self.random.random() < 0.78 else "no")

    def _place(self, asks: Asks, example: str, title: str) -> str:
        places = (*_PLACES, *_ABROAD) if self.random.random() < 0.2 else _PLACES
        return "、".join(self.random.sample(places, self.random.randint(1, 2) if asks.multiple else 1))

    def _holders(self, asks: Asks, example: str, title: str) -> str:
        left, holders = 100.0, []
        for word in self.random.sample(_WORDS, self.random.randint(2, 5)):
            share = round(left * self.random.uniform(0.2, 0.6), 1)
            left -= share
            holders.append(f"架空{word[0]}ホールディングス {share}%")
        return "、".join(holders)

    def _contact(self, asks: Asks, example: str, title: str) -> str:
        number = self.random.randrange(10000)
        ways = [
            f"電話 03-0000-{number:04d}",
            f"FAX 03-0001-{number:04d}",
            f"メール support{number}@example.co.jp",
            f"Web https://www.example.co.jp/support/{number}/",
        ]
        return "、".join(self.random.sample(ways, self.random.randint(1, 4)))


def _first_number(text: str) -> float | None:
    match = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    return float(match[0].replace(",", "")) if match else None


def main(arguments: list[str]) -> int:
    home = Path(__file__).resolve().parent.parent
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=__doc__)
    parser.add_argument("n", type=int, metavar="N", help="how many providers")
    parser.add_argument("target", type=Path, metavar="DIR", help="a new folder")
    parser.add_argument("--services", action="store_true", help="N counts services: as many providers as have them")
    parser.add_argument("--seed", default=SEED, help="another seed, other providers (default: %(default)s)")
    parser.add_argument(
        "--template", type=Path, default=home, help="whose guidelines and settings (default: the tool's)"
    )
    parsed = parser.parse_args(arguments)
    if parsed.target.exists():
        parser.error(f"{parsed.target} exists")
    n = providers_for(parsed.n, parsed.seed) if parsed.services else parsed.n
    done = generate(parsed.template, parsed.target, n, parsed.seed)
    print(
        f"{done.providers} providers, {done.services} services, {done.data_centers} data centres, {done.bytes:,} bytes"
    )
    print(f"build.py build --root {parsed.target} --today {TODAY}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
