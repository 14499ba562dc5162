"""What a YAML parser's complaint means to somebody who fills in a form: the damage, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Words(NamedTuple):
    """What is wrong and how to go on, each by language."""

    found: Mapping[str, str]
    advice: Mapping[str, str]


class Blamed(NamedTuple):
    """The words, and the place that they are about: `row` counted from 0, `column` from 1."""

    words: Words
    row: int
    column: int


def explain(problem: str, lines: Sequence[str], row: int, column: int) -> Blamed:
    """The words for the parser's `problem` at `row` and `column` of the file.

    What has no colon is taken for the beginning of a text, and the parser complains of a line further below; the line
    without its colon is blamed instead. An unknown problem speaks for itself, without advice.
    """
    kind = _kind(problem, lines[row], column)
    if kind in ("colon", "key") and (unfinished := _unfinished(lines, row)) is not None:
        kind, row = "no-colon", unfinished
        column = len(lines[row]) - len(lines[row].lstrip()) + 1
    if kind == "behind-value" and (opened := _opened(lines, row, column)):
        kind, (row, column) = "quote", opened
    line = lines[row]
    if kind in ("colon", "no-colon") and "：" in line:
        kind = "wide-colon"
    elif kind == "no-colon" and _NO_SPACE.search(line):
        kind = "no-space"
    return Blamed(_words(kind, problem, line[column - 1 : column]), row, column)


def _kind(problem: str, line: str, column: int) -> str:
    if line[column - 1 : column] == "\t":
        return "tab"
    kind = _KINDS.get(problem, "")
    if kind == "colon" and re.search(r":\s", line[: column - 1]):
        return "second-colon"
    if kind == "key" and re.search(r"[\"'\]}]\s*$", line[: column - 1]):
        return "behind-value"
    return kind


_NO_SPACE = re.compile(r"^\s*[^\s:\"'#]+:[^ \t/]")
_VALUE_BEGINS = re.compile(r":[ \t]+([\"'])$")
_VALUE_OPENS = re.compile(r":[ \t]+([\"'])")
_COMMENT = re.compile(r"(?:^|[ \t])#.*")


def _unfinished(lines: Sequence[str], row: int) -> int | None:
    """The row of the line above, without a colon, that should have been the first below its key."""
    first = None
    for above in range(row - 1, -1, -1):
        line = _COMMENT.sub("", lines[above]).rstrip()
        if not line:
            continue
        if line.endswith(":"):
            return first
        if ": " in line or line.lstrip().startswith("- "):
            return None
        first = above
    return first


def _opened(lines: Sequence[str], row: int, column: int) -> tuple[int, int] | None:
    """The place of the quote above that was never closed, if the parser took the beginning of a value for its end."""
    match = _VALUE_BEGINS.search(lines[row][: column - 1])
    for above in range(row - 1, -1, -1) if match else ():
        begins = _VALUE_OPENS.search(lines[above])
        if begins and match and begins[1] == match[1]:
            return (above, begins.start(1) + 1) if lines[above].count(match[1]) % 2 else None
    return None


def _words(kind: str, problem: str, symbol: str) -> Words:
    words = WORDS.get(kind)
    if words is None:
        return Words({"ja": problem, "en": problem}, {})
    return Words(*({language: text.format(symbol=symbol) for language, text in part.items()} for part in words))


BEGINNINGS = frozenset(
    (
        "could not find expected ':'",
        "found unexpected end of stream",
        "found unexpected document indicator",
        "did not find expected ',' or ']'",
        "did not find expected ',' or '}'",
        "did not find expected whitespace or line break",
    )
)
"""The problems whose place is where the unfinished thing began, not where the parser gave up."""

_KINDS = {
    "could not find expected ':'": "no-colon",
    "mapping values are not allowed in this context": "colon",
    "did not find expected key": "key",
    "found unexpected ':'": "colon-in-brackets",
    "did not find expected '-' indicator": "dash-missing",
    "block sequence entries are not allowed in this context": "dash",
    "mapping keys are not allowed in this context": "symbol",
    "found character that cannot start any token": "symbol",
    "did not find expected node content": "symbol",
    "did not find expected alphabetic or numeric character": "symbol-before",
    "found a tab character that violates indentation": "tab",
    "found a tab character where an indentation space is expected": "tab",
    "found unexpected end of stream": "quote",
    "found unexpected document indicator": "quote",
    "did not find expected ',' or ']'": "bracket",
    "did not find expected ',' or '}'": "bracket",
    "did not find expected <document start>": "behind-value",
    "found unknown escape character": "escape",
    "did not find expected hexdecimal number": "escape",
    "found invalid Unicode character escape code": "escape",
    "did not find expected comment or line break": "block",
    "found an indentation indicator equal to 0": "block",
    **dict.fromkeys(
        (
            "found undefined tag handle",
            "did not find expected whitespace or line break",
            "did not find expected '!'",
            "did not find expected tag URI",
            "did not find the expected '>'",
            "did not find URI escaped octet",
            "found an incorrect leading UTF-8 octet",
            "found an incorrect trailing UTF-8 octet",
        ),
        "tag",
    ),
    **dict.fromkeys(
        (
            "found unknown directive name",
            "found incompatible YAML document",
            "found duplicate %YAML directive",
            "found duplicate %TAG directive",
            "found extremely long version number",
            "found unexpected non-alphabetical character",
            "could not find expected directive name",
            "did not find expected whitespace",
            "did not find expected version number",
            "did not find expected digit or '.' character",
        ),
        "directive",
    ),
}

_QUOTE_IT = {"ja": '回答の全体を "…" で囲んでください', "en": 'put the whole answer into "…"'}
_INDENT = {
    "ja": "同じ段の行は字下げ(行の始めの半角空白)の数をそろえてください",
    "en": "begin lines of the same level with the same number of spaces",
}

WORDS: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "tab": (
        {"ja": "字下げにタブが使われています", "en": "a tab is used for indentation"},
        {"ja": "タブを消し、半角空白で字下げしてください", "en": "replace the tab by spaces"},
    ),
    "no-colon": (
        {"ja": "この行には「項目: 回答」のコロンがありません", "en": "this line has no “key: answer” with a colon"},
        {
            "ja": "コロンの後に半角空白を置いてください。上の行の回答の続きなら、上の行より深く字下げしてください",
            "en": "put a space after the colon; if the line continues the answer above, indent it more than that",
        },
    ),
    "no-space": (
        {"ja": "コロンの後に半角空白がありません", "en": "there is no space after the colon"},
        {
            "ja": "「項目: 回答」のように、コロンの後に半角空白を1つ置いてください",
            "en": "write “key: answer”, with a space",
        },
    ),
    "wide-colon": (
        {"ja": "全角のコロン「：」は区切りになりません", "en": "a full-width colon “：” does not separate"},
        {
            "ja": "項目名の後は、半角のコロンと半角空白「: 」にしてください",
            "en": "write an ordinary colon and a space after the key",
        },
    ),
    "second-colon": (
        {"ja": "1行に「: 」が2つあります", "en": "there are two colons in one line"},
        {
            "ja": 'コロンを含む回答は、全体を "…" で囲んでください',
            "en": 'put an answer that contains a colon into "…"',
        },
    ),
    "colon": (
        {"ja": "ここに「項目: 回答」は置けません", "en": "“key: answer” cannot stand here"},
        {
            "ja": "上の行のコロンの後に半角空白があるか、字下げがそろっているかを確かめてください",
            "en": "look whether the line above has a space after its colon, and whether the indentation fits",
        },
    ),
    "colon-in-brackets": (
        {
            "ja": "かっこの中のコロンの後に半角空白がありません",
            "en": "a colon within brackets needs a space after it",
        },
        {
            "ja": '「: 」の形にするか、コロンを含む回答の全体を "…" で囲んでください',
            "en": 'write “: ”, or put an answer that contains a colon into "…"',
        },
    ),
    "key": ({"ja": "字下げが上の行とそろっていません", "en": "the indentation does not fit the lines above"}, _INDENT),
    "behind-value": (
        {
            "ja": "閉じた引用符やかっこの後に、余分な文字があります",
            "en": "something stands after a closed quote or bracket",
        },
        {
            "ja": "回答の全体を '…' で囲んでください。引用符そのものを書くときは '' と重ねます",
            "en": "put the whole answer into '…'; a quote inside is written twice",
        },
    ),
    "dash-missing": (
        {"ja": "「- 」の並びの途中に別のものがあります", "en": "a list of “- ” is interrupted"},
        _INDENT,
    ),
    "dash": (
        {"ja": "ここに「- 」は置けません", "en": "“- ” cannot stand here"},
        {
            "ja": '「- 」の並びは次の行から始めてください。「-」で始まる回答なら "…" で囲みます',
            "en": 'begin the list in the next line; put an answer that begins with “-” into "…"',
        },
    ),
    "symbol": (
        {
            "ja": "引用符なしの回答を「{symbol}」で始められません",
            "en": "an answer without quotes cannot begin with “{symbol}”",
        },
        _QUOTE_IT,
    ),
    "symbol-before": (
        {
            "ja": "引用符なしの回答を「*」や「&」で始められません",
            "en": "an answer without quotes cannot begin with “*” or “&”",
        },
        _QUOTE_IT,
    ),
    "tag": (
        {
            "ja": "引用符なしの回答を「!」で始められません",
            "en": "an answer without quotes cannot begin with “!”",
        },
        _QUOTE_IT,
    ),
    "quote": (
        {"ja": "引用符「{symbol}」が閉じていません", "en": "the quote “{symbol}” is not closed"},
        {
            "ja": "回答の終わりにも「{symbol}」を書くか、始めの「{symbol}」を消してください",
            "en": "write “{symbol}” at the end of the answer too, or remove it from the beginning",
        },
    ),
    "bracket": (
        {"ja": "かっこ「{symbol}」が閉じていません", "en": "the bracket “{symbol}” is not closed"},
        {
            "ja": 'かっこを閉じてください。「{symbol}」で始まる回答なら、全体を "…" で囲みます',
            "en": 'close it; put an answer that begins with “{symbol}” into "…"',
        },
    ),
    "escape": (
        {"ja": '"…" の中では「\\」をそのまま書けません', "en": '“\\” has a meaning of its own within "…"'},
        {"ja": "'…'(一重の引用符)で囲んでください", "en": "use single quotes: '…'"},
    ),
    "block": (
        {"ja": "「|」や「>」の後に余分な文字があります", "en": "something stands after “|” or “>”"},
        {
            "ja": "「|」の後で改行し、本文は次の行から字下げして書いてください",
            "en": "begin the text in the next line, indented",
        },
    ),
    "directive": (
        {"ja": "「%」で始まる行は使えません", "en": "a line that begins with “%” is not allowed"},
        {"ja": "その行を消してください", "en": "remove the line"},
    ),
}

WIDE_SPACE = Words(
    {"ja": "全角の空白は字下げになりません", "en": "full-width spaces do not indent"},
    {"ja": "行の始めの全角空白を消し、半角空白にしてください", "en": "replace them by ordinary spaces"},
)

COLON_IN_BRACKETS = Words(*WORDS["colon-in-brackets"])

COMMA_IN_BRACES = Words(
    {"ja": "{ } の中のカンマで値が切れています", "en": "a comma within { } cuts the value"},
    {
        "ja": 'カンマを含む値は "…" で囲んでください(例: text: "1,000円")',
        "en": 'put a value that contains a comma into "…", like text: "1,000円"',
    },
)

EVERY = (*(Words(*words) for words in WORDS.values()), WIDE_SPACE, COMMA_IN_BRACES)
"""All the words there are, `{symbol}` unfilled."""
