"""What a YAML parser's complaint means to somebody who fills in a form: the damage, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple


class Words(NamedTuple):
    """What is wrong and how to go on, each by language."""

    found: Mapping[str, str]
    advice: Mapping[str, str]


def explain(problem: str, before: str, line: str, column: int) -> Words:
    """The words for the parser's `problem` at the 1-based `column` of `line`.

    `before` is the last line above that is not blank. An unknown problem speaks for itself, without advice.
    """
    kind = _KINDS.get(problem, "")
    symbol = line[column - 1 : column]
    if symbol == "\t":
        kind = "tab"
    elif kind == "colon" and re.search(r":\s", line[: column - 1]):
        kind = "second-colon"
    elif kind in ("colon", "no-colon") and "：" in line + before:
        kind = "wide-colon"
    elif kind == "key" and re.search(r"[\"'\]}]\s*$", line[: column - 1]):
        kind = "behind-value"
    words = _WORDS.get(kind)
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

_WORDS: Mapping[str, tuple[Mapping[str, str], Mapping[str, str]]] = {
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

COLON_IN_BRACKETS = Words(*_WORDS["colon-in-brackets"])

EVERY = (*(Words(*words) for words in _WORDS.values()), WIDE_SPACE)
"""All the words there are, `{symbol}` unfilled."""
