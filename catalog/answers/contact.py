"""Where to turn to: phone, fax, web page, e-mail, written in any order."""

from __future__ import annotations

import re

from catalog.answers import url
from catalog.answers.problem import Problem, problem
from catalog.answers.wording import fold
from catalog.model import Asks, Compare, Json

_WEB = re.compile(r"https?://[!#-&*+\--:=?-~]+")
_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_PHONE = re.compile(
    r"(?<![\d-])\+?\d{1,4}(?:[-\s]\(?\d{1,5}\)?|\(\d{1,5}\)\d{1,4}){1,4}(?![\d-])"  # 03-0000-0000, 03(0000)0000
    r"|(?<!\d)0\d{9,10}(?!\d)",  # 0120000000
    re.ASCII,
)
_FAX = re.compile(r"(?P<both>(?:電話|tel)\s*[/・&兼]\s*)?(?:fax|ファックス|ファクス)[^0-9+]{0,8}$", re.IGNORECASE)
EXAMPLE = "電話 03-0000-0000、メール support@example.co.jp"


def parse(text: str, asks: Asks) -> Json | Problem:
    """`{phone, fax, web, email}`, each a list of what was found; at least one is needed."""
    folded = fold(text)
    web = [found for found in _WEB.findall(folded) if isinstance(url.parse(found, asks), str)]
    rest = _WEB.sub(" ", folded)
    email = _EMAIL.findall(rest)
    rest = _EMAIL.sub(" ", rest)
    found: dict[str, list[str]] = {"phone": [], "fax": [], "web": web, "email": email}
    for match in _PHONE.finditer(rest):
        if 9 <= sum(letter.isdigit() for letter in match[0]) <= 15:
            fax = _FAX.search(rest[max(0, match.start() - 24) : match.start()])
            for way in ("phone", "fax") if fax and fax["both"] else ("fax",) if fax else ("phone",):
                found[way].append(match[0])
    if not any(found.values()):
        return problem("not-a-contact", found=text.strip(), expected=EXAMPLE)
    return found


_LABELS = {
    "phone": {"ja": "電話", "en": "Phone"},
    "fax": {"ja": "FAX", "en": "Fax"},
    "web": {"ja": "Web", "en": "Web"},
    "email": {"ja": "メール", "en": "E-mail"},
}


def text(value: Json, asks: Asks, language: str) -> str:
    entries = [f"{_LABELS[way].get(language, _LABELS[way]['ja'])} {entry}" for way in _LABELS for entry in value[way]]
    return ("、" if language == "ja" else ", ").join(entries)


def compare(value: Json, asks: Asks) -> Compare | None:
    return None


def schema(asks: Asks) -> Json:
    one = {"type": "string", "pattern": r"[0-9０-９@＠]|[hH][tT][tT][pP]"}
    return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}
