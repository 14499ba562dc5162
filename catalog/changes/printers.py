"""Changes as text for people, as Markdown for GitHub, as JSON for programs.

In Markdown, everything that somebody else wrote stands in a code span or consists of harmless letters only: there,
nothing is a mention, a reference, a link, an image or HTML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from catalog.changes import AnswerChange, Change, Changes, DisclosureChange, Fact, Part, Problem, Shown
from catalog.changes.codec import to_json
from catalog.diagnostics import in_language
from catalog.model import Completeness, Kind, Scope, Status, Tally

FORMAT = 1
LONGEST = 240
"""Letters of an answer that are shown; of two long ones, those around what differs."""
_AROUND = 24
_FOLDED = 12
"""A part with more changed answers than this is folded in Markdown."""

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\xa0\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffd\ud800-\udfff\U000e0000-\U000e0fff]"
)
_HARMLESS = re.compile(
    r"(?:[^\W_]|[ 、。・「」『』“”‘’…()〜%%()?,;]|\.(?=[ )]|$)|:(?= |$)"
    r"|(?<=[^\W_])[-/](?=[^\W\d_])|(?<=\d)-(?=\d)|(?<=[^\W_])_(?=[^\W_]))+"
)
"""No letter of this means anything to Markdown or GitHub."""


@dataclass(frozen=True, slots=True)
class Style:
    """How lines look in text or Markdown, and the languages that they speak, joined by a slash; `files` is the address
    of the folder on GitHub to whose files places are linked, if any."""

    languages: tuple[str, ...]
    markdown: bool
    files: str = ""

    def word(self, key: str, **values: object) -> str:
        """Our own words."""
        return self.both({language: WORDS[language][key] for language in self.languages}).format(**values)

    def both(self, text: Mapping[str, str]) -> str:
        """A text in each of the languages, once where they are equal."""
        return " / ".join(dict.fromkeys(in_language(text, language) for language in self.languages))

    def name(self, text: str) -> str:
        """Somebody's words within a line."""
        return plain(text) if self.markdown else visible(text)

    def value(self, text: str) -> str:
        """The same, marked as a quotation."""
        return code(text) if self.markdown else f"「{visible(text)}」"

    def title(self, level: int, text: str) -> Iterator[str]:
        if self.markdown:
            yield from ("", f"{'#' * level} {text}", "")
        else:
            yield from ("", f"{'  ' * (level - 3)}{text}")

    def line(self, depth: int, sign: str, text: str) -> str:
        if self.markdown:
            return f"{'  ' * depth}- {f'{_BOLD[sign]} ' if sign in _BOLD else ''}{text}"
        return f"{'  ' * (depth + 2)}{sign} {text}"

    def block(self, depth: int, text: str) -> Iterator[str]:
        """Somebody's lines as they are to be copied, indented as they are."""
        shown = [" " * (len(line) - len(line.lstrip(" "))) + visible(line) for line in text.split("\n")]
        margin = "  " * (depth if self.markdown else depth + 2)
        fence = "`" * max(3, _longest_run(text) + 1)
        yield from (f"{margin}{line}" for line in ([fence, *shown, fence] if self.markdown else shown))


_BOLD = {"+": "**+**", "-": "**−**", "~": "**±**"}
_SIGNS = {Change.ADDED: "+", Change.REMOVED: "-", Change.CHANGED: "~"}


def as_text(changes: Changes, language: str) -> str:
    return _joined(lines(changes, Style((language,), markdown=False)))


def as_markdown(changes: Changes, languages: Sequence[str]) -> str:
    return _joined(lines(changes, Style(tuple(languages), markdown=True)))


def as_json(changes: Changes) -> str:
    """The changes whole, with the number of the format, which grows when something is no longer as it was."""
    return json.dumps({"format": FORMAT, **to_json(changes)}, ensure_ascii=False, indent=2) + "\n"


def lines(changes: Changes, style: Style) -> Iterator[str]:
    """Every change, a line each; one line where there is none."""
    if not changes:
        yield style.word("none")
        return
    yield style.word("totals", **_totals(changes))
    for one in changes.disclosures:
        yield from _disclosure(one, style)
    for key, found in (("new_warnings", changes.new_warnings), ("gone_warnings", changes.gone_warnings)):
        if found:
            yield from style.title(3, f"{style.word(key)} ({len(found)})")
            yield from (line for one in found for line in problem_lines(one, style))
    if changes.not_compared:
        yield from style.title(3, style.word("not_compared"))
        yield from (style.line(0, "!", style.value(path)) for path in changes.not_compared)


def problem_lines(one: Problem, style: Style) -> Iterator[str]:
    """Where and which, then what is wrong and how to go on in each language, then the value that was meant."""
    severity = style.word("error" if one.severity == "error" else "warning")
    yield style.line(0, "!", f"{_place(one, style)} {severity} {style.name(one.code)}")
    for language in style.languages:
        yield style.line(1, " ", style.name(one.message.get(language, "")))
        further, _, lines_to_copy = one.hint.get(language, "").partition("\n")
        if further:
            yield style.line(2, " ", style.name(further))
        if lines_to_copy:
            yield from style.block(3, lines_to_copy)
    if one.corrected:
        yield style.line(1, " ", f"{style.word('corrected')}: {style.value(one.corrected)}")


def _place(one: Problem, style: Style) -> str:
    place = f"{one.path}:{one.line}:{one.column}"
    if not style.markdown:
        return visible(place)
    address = quote(one.path, safe="/", errors="replace")
    return f"[{code(place)}]({style.files}{address}#L{one.line})" if style.files else code(place)


def _totals(changes: Changes) -> Mapping[str, int]:
    every = [answer.change for one in changes.disclosures for part in one.parts for answer in part.answers]
    return {change.value: every.count(change) for change in Change} | {"disclosures": len(changes.disclosures)}


# --- disclosures -----------------------------------------------------------------------------------------------------


def _disclosure(one: DisclosureChange, style: Style) -> Iterator[str]:
    name = f"{style.name(one.name)} ({style.name(one.provider)}, {style.name(one.guideline)})"
    yield from style.title(3, f"{name}: {style.word(one.change)}")
    if one.formerly:
        yield style.line(0, "~", f"{style.word('formerly')}: {style.value(one.formerly)}")
    yield from (_fact(fact, style) for fact in one.facts)
    if rate := _rate(one.before, one.after, style):
        yield style.line(0, "=", rate)
    for part in one.parts:
        yield from _part(part, style)


def _part(part: Part, style: Style) -> Iterator[str]:
    """A service, say: its facts, its rate, its answers."""
    yield from style.title(4, _heading(part, style))
    if part.formerly:
        yield style.line(0, "~", f"{style.word('formerly')}: {style.value(part.formerly)}")
    yield from (_fact(fact, style) for fact in part.facts)
    if rate := _rate(part.before, part.after, style):
        yield style.line(0, "=", rate)
    folded = style.markdown and len(part.answers) > _FOLDED
    if folded:
        yield from ("", f"<details><summary>{style.word('answers', n=len(part.answers))}</summary>", "")
    yield from (_answer(answer, style) for answer in part.answers)
    if folded:
        yield from ("", "</details>")


def _heading(part: Part, style: Style) -> str:
    name = style.word(part.scope.value)
    if part.scope is Scope.PROVIDER:
        return name
    named = f"{name} {style.name(part.name)} ({style.name(part.id)})" if part.name else f"{name} {style.name(part.id)}"
    return f"{named}: {style.word(part.change)}"


def _fact(fact: Fact, style: Style) -> str:
    name = style.word(f"fact_{fact.name}") if f"fact_{fact.name}" in WORDS["ja"] else style.name(fact.name)
    sign = "+" if not fact.before else "-" if not fact.after else "~"
    return style.line(0, sign, f"{name}: {_arrow(fact.before, fact.after, style)}")


def _answer(answer: AnswerChange, style: Style) -> str:
    before = said(answer.before, style) if answer.before else ""
    after = said(answer.after, style) if answer.after else ""
    return style.line(0, _SIGNS[answer.change], f"{_item(answer, style)}: {_arrow(before, after, style)}")


def _item(answer: AnswerChange, style: Style) -> str:
    """Number and title, in each language."""
    number = style.name(answer.item)
    titles = ((language, style.name(in_language(answer.title, language))) for language in style.languages)
    return " / ".join(f"{WORDS[language]['item'].format(number=number)} {title}" for language, title in titles)


def _arrow(before: str, after: str, style: Style) -> str:
    first, second = contrast(before, after)
    return " → ".join(style.value(one) for one in (first, second) if one)


def said(answer: Shown, style: Style) -> str:
    """An answer in one line: its state and words, detail or reason, remark, evidence and date."""
    state = answer.kind if answer.kind == Kind.NOT_APPLICABLE else answer.status
    word = style.word(state) if state in _STATES else ""
    main = answer.text if not word or answer.status == Status.PARTIAL else word
    main += f"({answer.detail})" if answer.detail else ""
    main += f" [{word}]" if answer.status == Status.PARTIAL and word and main != word else ""
    extras = (("note", answer.note), ("source", answer.source), ("as_of", answer.as_of))
    return main + "".join(f" [{style.word(key)}: {text}]" for key, text in extras if text)


_STATES = frozenset((Status.WITHHELD, Status.ON_REQUEST, Status.PARTIAL, Kind.NOT_APPLICABLE))


def contrast(before: str, after: str) -> tuple[str, str]:
    """Two texts so short that they can be read beside each other, with all or the first of what differs."""
    if before and after and max(len(before), len(after)) > LONGEST // 2:
        start = _shared(before, after)
        end = _shared(before[start:][::-1], after[start:][::-1])
        before, after = (_around(one, start, len(one) - end) for one in (before, after))
    return _cut(before), _cut(after)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… (+{len(text) - LONGEST})"


def _shared(one: str, other: str) -> int:
    """How many letters both begin with."""
    return next(
        (at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )


def _around(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    return ("…" if first else "") + text[first:last] + ("…" if last < len(text) else "")


# --- rates -----------------------------------------------------------------------------------------------------------


def _rate(before: Completeness | None, after: Completeness | None, style: Style) -> str:
    if before == after:
        return ""
    if before is None or after is None:
        one = after or before
        assert one is not None
        words = _levels(style, (_share(one.required),), (_share(one.optional),))
        return words if before is None else f"{words} → {style.word('no_rate')}"
    required = (_share(before.required), _share(after.required))
    return _levels(style, required, (_share(before.optional), _share(after.optional)))


def _levels(style: Style, required: tuple[str, ...], optional: tuple[str, ...]) -> str:
    shown = {name: " → ".join(dict.fromkeys(one)) for name, one in (("required", required), ("optional", optional))}
    return style.word("rate", **shown)


def _share(tally: Tally) -> str:
    return f"{tally.percent}% ({tally.disclosed}/{tally.owed})"


# --- quoting ---------------------------------------------------------------------------------------------------------


def visible(text: str) -> str:
    """In one line, without letters that cannot be seen or change the direction."""
    return " ".join(_UNSEEN.sub(" ", text).split())


def code(text: str) -> str:
    """As a code span, whatever stands in it."""
    shown = visible(text)
    fence = "`" * (_longest_run(shown) + 1)
    pad = " " if not shown or "`" in (shown[0], shown[-1]) else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def plain(text: str) -> str:
    """As it is where that is harmless, else as a code span."""
    shown = visible(text)
    return shown if _HARMLESS.fullmatch(shown) else code(shown)


def _joined(found: Iterable[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(found)).strip("\n") + "\n"


WORDS: Mapping[str, Mapping[str, str]] = {
    "ja": {
        "none": "内容の違いはありません",
        "totals": "{disclosures}件の開示に違いがあります: 回答の追加 {added}、変更 {changed}、取り下げ {removed}",
        "added": "追加",
        "changed": "変更",
        "removed": "削除",
        "provider": "事業者",
        "service": "サービス",
        "data_center": "データセンター",
        "item": "項目{number}",
        "answers": "回答 {n}件",
        "rate": "開示率: 必須 {required}、選択 {optional}",
        "no_rate": "開示率なし",
        "formerly": "これまでのID",
        "new_warnings": "新しい警告",
        "gone_warnings": "なくなった警告",
        "not_compared": "エラーがあるため比べていないファイル",
        "corrected": "正しい値(推定)",
        "error": "エラー",
        "warning": "警告",
        "withheld": "非公開",
        "on_request": "個別開示",
        "partial": "一部",
        "not_applicable": "該当なし",
        "note": "補足",
        "source": "出典",
        "as_of": "時点",
        "fact_name": "名称",
        "fact_name_en": "英語の名称",
        "fact_reading": "よみがな",
        "fact_aliases": "別名",
        "fact_formerly": "以前のID(formerly)",
        "fact_guideline_version": "指針の版",
        "fact_submitted_by": "提出者(submitted_by)",
        "fact_sample": "見本(sample)",
        "fact_disclosed_on": "開示日",
        "fact_transcribed_on": "転記日",
        "fact_withdrawn": "掲載終了",
        "fact_data_centers": "使うデータセンター",
        "fact_no_data_center": "データセンターを使わない理由",
    },
    "en": {
        "none": "nothing that a reader would notice differs",
        "totals": "{disclosures} disclosure(s) differ: answers added {added}, changed {changed}, withdrawn {removed}",
        "added": "added",
        "changed": "changed",
        "removed": "removed",
        "provider": "Provider",
        "service": "Service",
        "data_center": "Data centre",
        "item": "item {number}",
        "answers": "{n} answers",
        "rate": "disclosed: required {required}, optional {optional}",
        "no_rate": "no rate",
        "formerly": "id until now",
        "new_warnings": "New warnings",
        "gone_warnings": "Warnings that are gone",
        "not_compared": "Not compared, because of errors",
        "corrected": "probably meant",
        "error": "error",
        "warning": "warning",
        "withheld": "withheld",
        "on_request": "on request",
        "partial": "partial",
        "not_applicable": "not applicable",
        "note": "note",
        "source": "source",
        "as_of": "as of",
        "fact_name": "name",
        "fact_name_en": "English name",
        "fact_reading": "reading",
        "fact_aliases": "aliases",
        "fact_formerly": "former ids (formerly)",
        "fact_guideline_version": "version of the guideline",
        "fact_submitted_by": "submitted by",
        "fact_sample": "sample",
        "fact_disclosed_on": "disclosed on",
        "fact_transcribed_on": "transcribed on",
        "fact_withdrawn": "withdrawn",
        "fact_data_centers": "data centres used",
        "fact_no_data_center": "reason for using no data centre",
    },
}
