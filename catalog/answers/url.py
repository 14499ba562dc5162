"""An address: http or https."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from catalog.answers.problem import Problem, problem
from catalog.model import Asks, Compare, Json

_HOST = re.compile(r"(?=.{1,253}$)(?!-)[^\s/?#@\\:\[\]<>\"']+(\.[^\s/?#@\\:\[\]<>\"']+)+")
_FORBIDDEN = re.compile(r"[\s<>\"'`\\{}|^]")
MAX_LENGTH = 2000


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
    if parts.scheme not in ("http", "https") or not host or not _HOST.fullmatch(host):
        return problem("not-a-url", found=text)
    if _FORBIDDEN.search(text) or "@" in parts.netloc or len(text) > MAX_LENGTH:
        return problem("not-a-url", found=text)
    return text


def text(value: Json, asks: Asks, language: str) -> str:
    return str(value)


def compare(value: Json, asks: Asks) -> Compare | None:
    return None


def schema(asks: Asks) -> Json:
    return {"type": "string", "format": "uri", "pattern": r"^\s*[hH][tT][tT][pP][sS]?://"}
