"""The model → YAML with comments: the file that a contributor fills in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from catalog.diagnostics import Text, in_language
from catalog.model import Asks, Field, Group, Guideline, Part, Role, Scope, Section, Slot
from catalog.scalars import Written, entry, flow, quoted, scalar

__all__ = ["WIDTH", "columns", "filled", "quoted", "scaffold", "scalar", "wrapped"]

WIDTH = 96
"""Columns of a comment; a Japanese letter takes two."""

_WORDS = {
    "ja": {
        "head": """\
{title}
開示ファイル {path} のひな形です。項目は指針の順に並んでいます。

書き方
- 「項目:」の後に半角空白を1つ置いて、回答を書きます。# で始まる行は説明で、消しても残してもかまいません。
- まだ答えられない項目は空のままにします(未記入として数えます)。
- 公開しない項目は 非公開(理由)、あてはまらない項目は 該当なし(理由) と書きます。
- 「有り」に内容を続けるときは 有り(内容) と書きます。
- 補足や出典を添えるときや、決まった形で答えられないときは、項目の下に1段下げて書きます。
    answer: 回答        または text: 自由な文、on_request: 個別に開示する方法
    note: 補足
    source: https://…   根拠のURL
    as_of: 2026-04      いつ時点の情報か
- 「: 」や「 #」を含む回答や、記号で始まる回答は "…" で囲みます。
- 何行にもわたる回答は「項目: |」とし、次の行から1段下げて書きます。

検査: python build.py check""",
        "submitted_by": "provider = 事業者自身による開示。公開情報からの転記は third_party とし、"
        "transcribed_on: も書きます。",
        "transcribed_on": "transcribed_on: 2026-04-01",
        "extras": "任意の項目です。使うものは、行の初めの # を消して書きます。",
        "reading": "reading: かくうくらうど  # よみがな(並べ替えと検索に使います)",
        "name_en": "name_en: Kaku Cloud, Inc.  # 英語の名称",
        "aliases": "aliases: [架空クラウド, KC]  # 略称や旧称(検索に使います)",
        "name": "事業者の名称です(必須)。",
        "disclosed_on": "開示情報の日付です。有効期間はこの日から数えます。",
        "provider": "事業者について",
        "services": "サービスについて",
        "service_ids": "サービスごとに1つの枠を書きます。枠の名前(ID)はアドレスになるので、公開した後は変えません。"
        "英小文字・数字・ハイフンで40文字までです。",
        "service_name": "サービスの名称です(必須)。",
        "service_more": "項目の説明は、最初のサービスのところにあります。",
        "used": "このサービスが使うデータセンターのIDです(下の data_centers: にあるもの)。"
        "使わない場合は {{not_applicable: 理由}} と書きます。",
        "used_none": "使うデータセンターがある場合は、下に data_centers: を加えてIDを並べます。",
        "overrides": "「事業者について」の項目も、このサービスだけ答えが違う場合は、ここに書けます。",
        "not_applicable": "見出しの下のすべてがあてはまらない場合は、見出しの [ ] の中の名前でまとめて答えられます。",
        "not_applicable_example": "not_applicable: {見出しの名前: 提供していないため}",
        "data_centers": "データセンターについて",
        "data_center_ids": "データセンターごとに1つの枠を書きます。枠の名前(ID)をサービスの data_centers: に並べます。",
        "data_center_name": "データセンターの名称です。",
        "data_center_more": "項目の説明は、最初のデータセンターのところにあります。",
        "level": "({level})",
        "number": "項目{number} {label}",
        "hint": "ヒント: ",
        "example": "例: ",
        "answers": "回答: ",
        "or": " または ",
        "choose": "選択肢(1つ): ",
        "choose_more": "選択肢(いくつでも。「、」で区切る): ",
        "comma": "、",
        "detail": "「{yes}」の場合は: {prompt}",
        "max_length": "{length}文字まで",
        "optional_part": "(任意)",
        "own": "--- 事業者の項目のうち、このサービスだけの回答",
    },
    "en": {
        "head": """\
{title}
The disclosure file {path}, to be filled in. The items stand in the guideline's order.

How to write
- Put one space behind “item:” and then the answer. Lines that begin with # explain; keep or delete them.
- Leave empty what you cannot answer yet (it counts as unanswered).
- To withhold an answer, or where an item does not apply, write 非公開(reason) or 該当なし(reason), or one of
    {{withheld: reason}}    {{not_applicable: reason}}
- Add what belongs to a “yes” in parentheses: yes(what it is).
- For remarks and sources, and where the expected form does not fit, write below the item, indented by one step:
    answer: the answer    or text: free words, on_request: how to get the answer
    note: a remark
    source: https://…     where it can be verified
    as_of: 2026-04        the date of the information
- Quote "…" an answer that contains “: ” or “ #” or that begins with a symbol.
- For an answer of several lines write “item: |” and indent the lines below it by one step.

To check: python build.py check""",
        "submitted_by": "provider = disclosed by the provider itself. For a transcription of public information,"
        " write third_party and add transcribed_on:.",
        "transcribed_on": "transcribed_on: 2026-04-01",
        "extras": "Optional. Remove the # in front of those you use.",
        "reading": "reading: かくうくらうど  # how the Japanese name is read (for sorting and search)",
        "name_en": "name_en: Kaku Cloud, Inc.  # the name in English",
        "aliases": "aliases: [Kaku, KC]  # short and former names (for search)",
        "name": "The provider's name (required).",
        "disclosed_on": "The date of the disclosed information; the validity period begins on it.",
        "provider": "The provider",
        "services": "Services",
        "service_ids": "One block per service. The name of the block (its id) stands in addresses and does not change"
        " once published: lower-case letters, digits and hyphens, at most 40.",
        "service_name": "The service's name (required).",
        "service_more": "The items are explained at the first service.",
        "used": "The ids of the data centres that this service uses (those under data_centers: below)."
        " If it uses none, write {{not_applicable: reason}}.",
        "used_none": "If it uses data centres, add data_centers: below and list their ids here.",
        "overrides": "An item of the provider may stand here, too, where this service's answer differs.",
        "not_applicable": "Where nothing below a heading applies, answer all of it at once by the name in [ ].",
        "not_applicable_example": "not_applicable: {name-of-the-heading: not offered}",
        "data_centers": "Data centres",
        "data_center_ids": "One block per data centre. A service lists the names of its blocks under data_centers:.",
        "data_center_name": "The data centre's name.",
        "data_center_more": "The items are explained at the first data centre.",
        "level": "({level})",
        "number": "Item {number}: {label}",
        "hint": "Hint: ",
        "example": "Example: ",
        "answers": "Answer: ",
        "or": " or ",
        "choose": "One of: ",
        "choose_more": "Any of (separated by commas): ",
        "comma": ", ",
        "detail": "If “{yes}”: {prompt}",
        "max_length": "at most {length} characters",
        "optional_part": " (optional)",
        "own": "--- the provider's items that this service answers differently",
    },
}
_YES_NO = {"yes": {"ja": "有り", "en": "yes"}, "no": {"ja": "無し", "en": "no"}}


def scaffold(
    guideline: Guideline,
    stem: str,
    services: Sequence[str],
    data_centers: Sequence[str],
    language: str,
    schema: str = "",
) -> str:
    """The disclosure file `content/providers/<stem>.yaml` with everything that `guideline` asks, explained by comments.

    Empty answers are accepted; the names that a disclosure needs are not there yet, and `check` asks for them.
    `schema` is the address of the JSON Schema that editors are to read.
    """
    modeline = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    lines = _Scaffold(guideline, stem, language).lines(services, data_centers)
    return modeline + "".join(line.rstrip() + "\n" for line in lines)


def filled(
    guideline: Guideline, stem: str, document: Mapping[str, Written], language: str, schema: str = "", most: int = 0
) -> str:
    """The same file with what `document` says: the keys of a disclosure file, each with its text, list or mapping.

    Nothing of it is left out, whatever it is. What would exceed `most` bytes is written without explanations.
    """
    modeline = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    services, centers = _mapping(document.get("services")), _mapping(document.get("data_centers"))
    for sparse in (False, True):
        lines = _Scaffold(guideline, stem, language, document, sparse=sparse).lines([*services], [*centers])
        text = modeline + "".join(line.rstrip(" ") + "\n" for line in lines)
        if not most or len(text.encode()) <= most:
            break
    return text


def _mapping(value: Written | None) -> Mapping[str, Written]:
    return value if isinstance(value, dict) else {}


def further_service(guideline: Guideline, name: str, data_centers: Sequence[str], language: str) -> str:
    """The block of one more service, its fields named but not explained, as it stands in a scaffold."""
    return _text(_Scaffold(guideline, "", language).service(name, data_centers, first=False))


def further_data_center(guideline: Guideline, name: str, language: str, *, first: bool) -> str:
    """Likewise of one more data centre; the first one of a file explains its fields."""
    return _text(_Scaffold(guideline, "", language).data_center(name, first=first))


def _text(lines: Iterable[str]) -> str:
    return "".join(line.rstrip() + "\n" for line in lines).lstrip("\n")


# --- comments ---


_TOKEN = re.compile(r"\s+|[A-Za-z0-9!-/:-@\[-`{-~]+|.", re.DOTALL)
_NOT_FIRST = frozenset(
    "、。，．・：；？！ー々〜～)）]］}｝〉》」』】〕’”…,.;:?!%％ぁぃぅぇぉっゃゅょァィゥェォッャュョヵヶ"
)
_NOT_LAST = frozenset("(（[［{｛〈《「『【〔‘“")


def columns(text: str) -> int:
    """How many columns `text` takes; full-width letters take two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


def wrapped(text: str, width: int) -> Iterator[str]:
    """The lines of `text` in at most `width` columns, broken where Japanese and English may break."""
    for paragraph in text.strip().split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and columns(line + piece.rstrip()) > width:
                yield line.rstrip()
                line = piece.lstrip()
            else:
                line += piece
        yield line.rstrip()


def _pieces(text: str) -> Iterator[str]:
    """What must not be broken, one by one."""
    piece = ""
    for token in _TOKEN.findall(text):
        breakable = piece and token[0] not in _NOT_FIRST and piece[-1] not in _NOT_LAST and not token.isspace()
        if breakable:
            yield piece
            piece = ""
        piece += token
    yield piece


class _Scaffold:
    """The lines of one file. `sparse`: only what is said, without explanations."""

    def __init__(
        self,
        guideline: Guideline,
        stem: str,
        language: str,
        document: Mapping[str, Written] | None = None,
        *,
        sparse: bool = False,
    ) -> None:
        self.guideline = guideline
        self.document = document
        self.sparse = sparse
        self.path = f"content/providers/{stem}.yaml"
        self.language = language
        self.words = _WORDS[language]

    def lines(self, services: Sequence[str], data_centers: Sequence[str]) -> Iterator[str]:
        centers = data_centers if self.guideline.scopes[Scope.DATA_CENTER] else ()
        yield from self._head()
        yield from self._provider()
        yield from self._services(services, centers)
        if centers:
            yield from self._data_centers(centers)

    # --- blocks ---

    def _head(self) -> Iterator[str]:
        guideline, words = self.guideline, self.words
        yield from self._comment(words["head"].format(title=self._of(guideline.title), path=self.path), 0)
        yield from ("", f"guideline: {guideline.id}", f'guideline_version: "{guideline.version}"', "")
        yield from self._comment(words["submitted_by"], 0)
        if self.document is not None:
            yield from self._said_head(self.document)
            return
        yield from ("submitted_by: provider", f"# {words['transcribed_on']}", "")
        if Role.PROVIDER_NAME not in guideline.by_role:
            yield from (f"# {words['name']}", "name:", "")
        if Role.DISCLOSURE_DATE not in guideline.by_role:
            yield from (f"# {words['disclosed_on']}", "# disclosed_on: 2026-04-01", "")
        yield from self._comment(words["extras"], 0)
        yield from (f"# {words[key]}" for key in ("reading", "name_en", "aliases"))

    def _said_head(self, document: Mapping[str, Written]) -> Iterator[str]:
        """The keys beside the blocks; those that are not used as comments."""
        known = {"guideline", "guideline_version", "provider", "services", "data_centers"}
        said = {key: value for key, value in document.items() if key not in known}
        for key in ("submitted_by", "transcribed_on", "sample", "name", "disclosed_on"):
            if key in said:
                yield from entry(key, said.pop(key), 0)
            elif key == "transcribed_on":
                yield f"# {self.words[key]}"
        yield ""
        yield from self._comment(self.words["extras"], 0)
        for key in ("reading", "name_en", "aliases", *said):
            if key in said:
                yield from entry(key, said.pop(key), 0)
            elif key in self.words and not self.sparse:
                yield f"# {self.words[key]}"

    def _provider(self) -> Iterator[str]:
        given = self._said("provider")
        if self.guideline.scopes[Scope.PROVIDER] or given:
            yield from self._banner(self.words["provider"])
            yield "provider:"
            yield from self._fields(Scope.PROVIDER, 2, given, explain=True)

    def _said(self, *path: str) -> Mapping[str, Written]:
        """The mapping at a place of the document."""
        found: Mapping[str, Written] = self.document or {}
        for key in path:
            found = _mapping(found.get(key))
        return found

    def _services(self, services: Sequence[str], centers: Sequence[str]) -> Iterator[str]:
        yield from self._banner(self.words["services"])
        yield from self._comment(self.words["service_ids"], 0)
        yield "services:"
        for index, name in enumerate(services):
            yield from self.service(name, centers, first=index == 0)

    def service(self, name: str, centers: Sequence[str], *, first: bool) -> Iterator[str]:
        words, guideline, said = self.words, self.guideline, self._said("services", name)
        yield from ("", f"  {name}:")
        if not first:
            yield from self._comment(words["service_more"], 4)
        if self.document is not None:
            yield from (line for key in ("name", "formerly") if key in said for line in entry(key, said[key], 4))
        elif Role.SERVICE_NAME not in guideline.by_role:
            yield from (f"    # {words['service_name']}", "    name:")
        if guideline.scopes[Scope.DATA_CENTER] or "data_centers" in said:
            yield from self._comment((words["used"] if centers else words["used_none"]).format(), 4)
            yield from self._used(said.get("data_centers"), centers)
        given = self._said("services", name, "answers")
        if not guideline.scopes[Scope.SERVICE] and not given:
            return
        if first and guideline.scopes[Scope.PROVIDER]:
            yield from self._comment(words["overrides"], 4)
        yield "    answers:"
        if first and "not_applicable" not in given:
            yield from self._comment(words["not_applicable"], 6)
            yield f"      # {words['not_applicable_example']}"
        yield from self._fields(Scope.SERVICE, 6, given, explain=first)

    def _used(self, used: Written | None, centers: Sequence[str]) -> Iterator[str]:
        """The data centres of a service; nothing is said if nothing was."""
        if self.document is None:
            yield f"    data_centers: {flow(centers)}"
        elif isinstance(used, list):
            yield f"    data_centers: {flow(str(name) for name in used)}"
        elif used:
            yield from entry("data_centers", used, 4)

    def _data_centers(self, centers: Sequence[str]) -> Iterator[str]:
        words = self.words
        yield from self._banner(words["data_centers"])
        yield from self._comment(words["data_center_ids"], 0)
        yield "data_centers:"
        for index, name in enumerate(centers):
            yield from self.data_center(name, first=index == 0)

    def data_center(self, name: str, *, first: bool) -> Iterator[str]:
        yield from ("", f"  {name}:")
        if not first:
            yield from self._comment(self.words["data_center_more"], 4)
        said = dict(self._said("data_centers", name))
        if "name" in said:
            yield from entry("name", said.pop("name"), 4)
        elif self.document is None and Role.DATA_CENTER_NAME not in self.guideline.by_role:
            yield from (f"    # {self.words['data_center_name']}", f"    name: {name}")
        yield from self._fields(Scope.DATA_CENTER, 4, said, explain=first)

    # --- sections, groups, fields ---

    def _fields(self, scope: Scope, indent: int, given: Mapping[str, Written], *, explain: bool) -> Iterator[str]:
        """The scope's fields under headings of section and group, with what is given or empty; explained, or only
        named. Other keys that are given stand before or after them."""
        section: Section | None = None
        group: Group | None = None
        explain = explain and not self.sparse
        if "not_applicable" in given:
            yield from entry("not_applicable", given["not_applicable"], indent)
        asked = {slot.field.id for slot in self.guideline.scopes[scope]}
        for slot in self.guideline.scopes[scope]:
            if self.sparse and slot.field.id not in given:
                continue
            if slot.section is not section:
                section = slot.section
                yield from self._section(section, indent)
            if slot.group is not group:
                group = slot.group
                yield from ("", f"{' ' * indent}# --- {self._of(group.title)} [{group.id}]")
            if explain:
                yield ""
            yield self._named(slot, indent)
            if explain:
                yield from self._explained(slot, indent)
            if slot.field.id in given:
                yield from entry(slot.field.id, given[slot.field.id], indent)
            else:
                yield from self._empty(slot.field, indent, explain=explain)
        if others := {key: value for key, value in given.items() if key not in asked and key != "not_applicable"}:
            yield from ("", f"{' ' * indent}# {self.words['own']}")
            yield from (line for key, value in others.items() for line in entry(key, value, indent))

    def _section(self, section: Section, indent: int) -> Iterator[str]:
        title = self._of(section.title) + (f" / {self._of(section.note)}" if section.note else "")
        margin = " " * indent
        rule = "=" * max(8, WIDTH - indent - columns(title) - 8)
        yield from ("", f"{margin}# ===== {title} {rule}")

    def _named(self, slot: Slot, indent: int) -> str:
        """Number, label and level."""
        item, field, words = slot.item, slot.field, self.words
        named = words["number"].format(number=item.number, label=self._of(item.label))
        title = self._of(field.title)
        if len(item.fields) > 1 and title != self._of(item.label):
            named += f" / {title}"
        return f"{' ' * indent}# {named} {words['level'].format(level=self._of(self.guideline.levels[field.level]))}"

    def _explained(self, slot: Slot, indent: int) -> Iterator[str]:
        """The wording, and all that helps to answer."""
        field = slot.field
        if (prompt := self._of(field.prompt)) not in (self._of(field.title), self._of(slot.item.label)):
            yield from self._comment(prompt, indent)
        yield from self._help(field, indent)

    def _help(self, field: Field | Part, indent: int) -> Iterator[str]:
        """What may be answered, hint and example."""
        for form in self._forms(field.asks):
            yield from self._comment(form, indent, hang=2)
        if field.hint:
            yield from self._comment(self.words["hint"] + self._of(field.hint), indent, hang=2)
        if example := self._example(field.asks, field.example):
            yield from self._comment(self.words["example"] + example, indent, hang=2)

    def _empty(self, field: Field, indent: int, *, explain: bool) -> Iterator[str]:
        """`field_id:`, or its parts."""
        margin = " " * indent
        yield f"{margin}{field.id}:"
        if field.asks.type != "parts":
            return
        yield f"{margin}  answer:"
        for part in field.asks.parts:
            title = self._of(part.label) + (self.words["optional_part"] if part.optional else "")
            yield from self._comment(title, indent + 4)
            if explain:
                yield from self._help(part, indent + 4)
            yield f"{margin}    {part.id}:"

    # --- what may be answered ---

    def _forms(self, asks: Asks) -> Iterator[str]:
        """The closed lists and bounds of an answer."""
        words = self.words
        if asks.choices:
            labels = [self._of(choice.label) for choice in asks.choices]
            yield words["choose_more" if asks.type == "choices" else "choose"] + words["comma"].join(labels)
        if asks.type == "yes_no":
            yield words["answers"] + self._word(asks, "yes") + words["or"] + self._word(asks, "no")
        if asks.detail and self._of(asks.detail.prompt):
            yield words["detail"].format(yes=self._word(asks, "yes"), prompt=self._of(asks.detail.prompt))
        if asks.max_length:
            yield words["max_length"].format(length=asks.max_length)

    def _example(self, asks: Asks, example: str) -> str:
        """As it would stand in the file; 有り with its detail in parentheses."""
        detail = asks.detail.example if asks.detail else ""
        if example and detail and "(" not in example:
            example = f"{example}({detail})"
        if not example or "\n" in example:
            return example
        return scalar(example)

    def _word(self, asks: Asks, answer: str) -> str:
        return self._of(asks.words[answer]) if answer in asks.words else _YES_NO[answer][self.language]

    # --- layout ---

    def _comment(self, text: str, indent: int, hang: int = 0) -> Iterator[str]:
        """Wrapped comment lines; the second and later ones are indented by `hang` more."""
        margin = " " * indent + "# "
        for paragraph in text.splitlines():
            lead = len(paragraph) - len(paragraph.lstrip(" "))
            deeper = lead + (2 if paragraph.lstrip().startswith("- ") else hang)
            for number, line in enumerate(wrapped(paragraph, WIDTH - columns(margin) - deeper)):
                yield margin + " " * (deeper if number else lead) + line

    def _banner(self, title: str) -> Iterator[str]:
        rule = "#" * WIDTH
        yield from ("", rule, f"# {title}", rule, "")

    def _of(self, text: Text) -> str:
        return in_language(text, self.language)
