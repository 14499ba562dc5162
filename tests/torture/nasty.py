"""Files made to break a reader: too much of something, in an encoding of its own, or not what they say they are."""

from __future__ import annotations

import codecs
import gzip
import random
from collections.abc import Iterator
from itertools import pairwise

MIB = 1024 * 1024
FULL = MIB - 64
"""As large as a file may be."""


def filled(unit: str | bytes, size: int = FULL) -> bytes:
    """A file that says one thing until it is full."""
    data = unit if isinstance(unit, bytes) else unit.encode()
    return data * (size // len(data))


def numbered(line: str, size: int = FULL) -> bytes:
    """A file of lines that differ in their number."""
    return "".join(line.replace("#", str(number)) for number in range(size // (len(line.encode()) + 5))).encode()


def nested(opening: str, indent: str, depth: int) -> bytes:
    """Block upon block, each a step further in."""
    return "".join(f"{indent * step}{opening}\n" for step in range(depth)).encode()


_LAUGHS = "a: &a [lol]\n" + "".join(f"{key}: &{key} [{f'*{before}, ' * 9}]\n" for before, key in pairwise("abcdefghi"))
_REPEATED = {
    "NUL": "\0",
    "0xFF": b"\xff",
    "spaces": " ",
    "tabs": "\t",
    "line feeds": "\n",
    "carriage returns": "\r",
    "U+2028": "\u2028",
    "wide spaces": "\u3000",
    "byte order marks": "\ufeff",
    "zero-width spaces": "\u200b",
    "direction overrides": "\u202e",
    "lone surrogates": b"\xed\xa0\x80",
    "half a letter": "開".encode()[:2],
    "combining marks": "e\u0301\u0301\u0301",
    "emoji joined": "👩‍👩‍👧‍👦",
    "brackets": "[",
    "braces": "{",
    "closing brackets": "]",
    "colons": ":",
    "colon lines": "a:\n",
    "dashes": "- ",
    "dash lines": "-\n",
    "question marks": "? ",
    "double quotes": '"',
    "single quotes": "'",
    "backslashes": "\\",
    "comments": "#\n",
    "literal blocks": "a: |\n",
    "folded blocks": "a: >\n",
    "anchors": "&a ",
    "aliases": "*a ",
    "alias list": "- *a\n",
    "tags": "!a ",
    "merge keys": "<<: a\n",
    "one key": "guideline: mini\n",
    "documents": "---\n",
    "ends of documents": "...\n",
    "directives": "%YAML 1.1\n",
    "percent signs": "%",
    "at signs": "@",
    "commas": ",",
    "one word": "あ",
    "letters": "a",
    "digits": "9",
    "list in one line": "[a, ",
    "pairs in one line": "{a: ",
    "pairs without end": "a: b: ",
    "HTML": "<script>alert(1)</script>",
    "asterisks": "*",
    "underscores": "_a",
    "backticks": "`",
    "hashes": "#",
    "heading lines": "# a\n",
    "quotes within quotes": "> ",
    "quote lines": "> a\n",
    "lists in lists": "* ",
    "list lines": "* a\n",
    "numbers of lists": "1. ",
    "table": "|a",
    "table lines": "|a|b|\n|---|---|\n",
    "rows of a table": "|a|b|c|d|e|f|g|h|\n",
    "links": "[a](https://a.example/) ",
    "links that stay open": "[a](",
    "images": "![a](b) ",
    "autolinks": "<https://a.example/> ",
    "angle brackets": "<",
    "ampersands": "&",
    "entities": "&lt;",
    "emphasis": "**a** ",
    "emphasis that stays open": "**a _b ",
    "code lines": "    a\n",
    "paragraphs": "あ\n\n",
    "underlined headings": "a\n=\n",
    "two spaces and a line end": "a  \n",
}
_FOREIGN = {
    "empty": b"",
    "a ZIP file": b"PK\x03\x04" + bytes(500),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(500),
    "a PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\n",
    "a program": b"\x7fELF" + bytes(500),
    "compressed": gzip.compress(b"guideline: mini\n", mtime=0),
    "JSON": b'{"guideline": "mini", "guideline_version": "1", "provider": {"a": null, "b": [1, 2.5, true]}}',
    "JSON in one deep list": b"[" * 100_000 + b"]" * 100_000,
    "XML": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>',
    "an SVG that runs": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>',
    "a Python object": b"!!python/object/apply:os.system ['touch /tmp/catalog-was-here']\n",
    "another Python object": b"a: !!python/object/new:subprocess.check_output [[id]]\n",
    "billion laughs": _LAUGHS.encode(),
    "an alias of itself": b"a: &a [*a]\n",
    "a merged alias": b"a: &a {b: c}\nd: {<<: *a}\n",
    "a key that is a list": b"? [a, b]\n: c\n",
    "a key that is a mapping": b"{a: b}: c\n",
    "a date, a float, a yes": b"a: 2026-01-01\nb: .inf\nc: yes\nd: 0o17\ne: 1_000\nf: 0x1F\ng: 190:20:30\n",
    "escapes of lone surrogates": b'a: "\\uD800"\nb: "\\uDC00\\uD800"\nc: "\\U0010FFFF"\nd: "\\U00110000"\n',
    "escapes of control characters": b'a: "\\0\\a\\b\\e\\x7f\\N\\_\\L\\P"\n',
    "UTF-16": "guideline: mini\n".encode("utf-16"),
    "UTF-16 big-endian": codecs.BOM_UTF16_BE + "guideline: 指針\n".encode("utf-16-be"),
    "UTF-32": "guideline: mini\n".encode("utf-32"),
    "Shift_JIS": "事業者: 架空商事\n".encode("cp932"),
    "EUC-JP": "事業者: 架空商事\n".encode("euc-jp"),
    "ISO-2022-JP": "事業者: 架空商事\n".encode("iso-2022-jp"),
    "UTF-7": b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-\n",
    "overlong UTF-8": b"a: \xc0\xaf\xe0\x80\xaf\xf0\x80\x80\xaf\n",
    "beyond Unicode": b"a: \xf4\x90\x80\x80\xf8\x88\x80\x80\x80\n",
    "look-alike keys": "guidеline: mini\nрrovider: {}\nservices\u200b: {}\nｇｕｉｄｅｌｉｎｅ: mini\n".encode(),
    "a carriage return only": b"guideline: mini\rguideline_version: '1'\r",
    "all line ends": "a: b\r\nc: d\re: f\u0085g: h\u2028i: j\u2029".encode(),
    "tabs for indentation": b"provider:\n\temployees: 5\n",
    "a key of everything": b"? " + bytes(range(32, 127)) + b"\n",
    "numbers that are none": "a: １２３\nb: ٣٤\nc: ²\nd: 𝟙\ne: ⅷ\nf: 1e999999999\ng: -0\nh: 0x\n".encode(),
    "no line end": b"guideline: mini",
}


def files() -> Iterator[tuple[str, bytes]]:
    """By name, every one at most as large as a file may be, but for the last ones."""
    yield from _FOREIGN.items()
    for name, unit in _REPEATED.items():
        yield f"1 MiB of {name}", filled(unit)
    yield "as many different keys as fit", numbered("k#: v\n")
    yield "as many entries as fit", numbered("- #\n")
    yield "as many services as fit", b"guideline: mini\nservices:\n" + numbered("  s#: {name: a}\n", FULL - 100)
    yield (
        "as many answers as fit",
        b"guideline: mini\nprovider:\n" + numbered("  f#: {answer: a, note: b}\n", FULL - 100),
    )
    yield "as many paragraphs as fit", numbered("段落#の**強調**と`符号`。\n\n")
    yield "as many headings as fit", numbered("## 見出し#\n\n")
    yield "as many links as fit", numbered("[リンク#](https://a.example/#)\n\n")
    yield "1,000 blocks deep", nested("a:", " ", 1000)
    yield "1,000 lists deep", nested("-", " ", 1000)
    yield "400 quotes deep", b"> " * 400 + b"a\n"
    yield "one scalar", b"a: " + filled("長", FULL - 10)
    yield "one quoted scalar", b'a: "' + filled("長", FULL - 10) + b'"\n'
    yield "one scalar of escapes", b'a: "' + filled("\\u3042", FULL - 10) + b'"\n'
    yield "one scalar in a block", b"a: |\n" + filled("  長い行\n", FULL - 10)
    yield "one scalar in lines", b"a: b\n" + filled("  c\n", FULL - 10)
    yield "one key", filled("k", FULL - 10) + b": v\n"
    dice = random.Random(7)
    yield "1 MiB of dice", dice.randbytes(FULL)
    for number in range(4):
        yield f"dice {number}", dice.randbytes(2000)
    yield "one byte too many", b"#" * (MIB + 1)
    yield "16 MiB", bytes(16 * MIB)


def values(size: int = 20_000) -> Iterator[tuple[str, str]]:
    """Answers that make an impatient pattern try everything: by name, each for a scalar between quotes."""
    for unit in (
        *(
            " ",
            "　",
            "1",
            "１",
            "1,",
            "1.",
            "1 ",
            "-",
            "〜",
            "~1",
            "、",
            ",",
            "(",
            ")",
            "()",
            "（",
            "「",
            ":",
            "：",
            "/",
        ),
        *(
            "年",
            "1年",
            "1月",
            "1日",
            "円",
            "1円",
            "1万",
            "億",
            "%",
            "1%",
            "①",
            "有り",
            "有り(",
            "該当なし(",
            "非公開",
            "無し",
        ),
        *(
            "a",
            "A1",
            "@",
            "a@",
            "a.",
            "https://",
            "http://a.",
            "https://a.example/",
            "JP",
            "日本",
            "日本・",
            "関東",
            "東京 ",
        ),
        *(
            "24時間",
            "9:00",
            "9:00-17:00 ",
            "平日",
            "分",
            "1分",
            "秒",
            "P1D",
            "T",
            "0",
            "00",
            "e",
            "1e",
            "+",
            "#",
            "*",
            "_",
            "`",
        ),
        *(
            "[",
            "[a](",
            "&",
            "&lt;",
            "<",
            "<a ",
            "{{",
            "}}",
            "\u200b",
            "e\u0301",
            "ﾞ",
            "㍻",
            "ﬃ",
            "Ⅷ",
            "㌫",
            "½",
            "𠮷",
            "👨‍👩‍👧",
        ),
    ):
        yield f"{unit!r} on and on", unit * (size // len(unit))
        yield f"1{unit!r} on and on, then a letter", "1" + unit * (size // len(unit)) + "x"
