"""An address: http or https."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from catalog.answers.problem import Problem, problem
from catalog.diagnostics import Text
from catalog.model import Asks, Compare, Json

_HOST = re.compile(r"(?=.{1,253}$)(?!-)[^\s/?#@\\:\[\]<>\"']+(\.[^\s/?#@\\:\[\]<>\"']+)+")
_FORBIDDEN = re.compile(r"[\s<>\"'`\\{}|^、。「」『』（），；]|[,;]https?://")
MAX_LENGTH = 2000
NO_SPACES: Text = {
    "ja": "アドレスは1つだけ書きます。空白・引用符・かっこ・句読点などは使えません",
    "en": "write a single address, without spaces, quotes, brackets or Japanese punctuation",
}
NO_NAMES: Text = {
    "ja": "ユーザー名やパスワードを含むアドレスは書けません",
    "en": "an address must not hold a user name or a password",
}
FULL_HOST: Text = {
    "ja": "https://www.example.co.jp/ のように、公開されているアドレスを書いてください",
    "en": "write a public address like https://www.example.co.jp/",
}


def parse(text: str, asks: Asks) -> Json | Problem:
    """The address as written. No user names, white space or quotes; a host with a dot."""
    text = text.strip()
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return problem("not-a-url", found=text)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", text) and parts.scheme not in ("http", "https"):
        return problem("url-scheme", found=text)
    if parts.scheme not in ("http", "https") or len(text) > MAX_LENGTH:
        return problem("not-a-url", found=text)
    if _FORBIDDEN.search(text):
        return problem("not-a-url", found=text, advice=NO_SPACES)
    if "@" in parts.netloc:
        return problem("not-a-url", found=text, advice=NO_NAMES)
    if not host or not _HOST.fullmatch(host):
        return problem("not-a-url", found=text, advice=FULL_HOST)
    return text


def text(value: Json, asks: Asks, language: str) -> str:
    return str(value)


def compare(value: Json, asks: Asks) -> Compare | None:
    return None


def schema(asks: Asks) -> Json:
    return {"type": "string", "format": "uri", "pattern": r"^\s*[hH][tT][tT][pP][sS]?://"}
