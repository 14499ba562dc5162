"""`/api/v1/datapackage.json` and one beside every service's files: a Frictionless Data Package."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from catalog.artifacts import Artifact
from catalog.diagnostics import Text
from catalog.exports.answers_csv import paths_of
from catalog.exports.columns import COLUMNS
from catalog.exports.public_json import to_bytes
from catalog.model import Catalog, Guideline, Json, Settings, Sheet

_ABOUT = (
    "回答は1行に1件。開示に数えるのはstatusがdisclosedのものだけです。転記(submitted_by: third_party)は"
    "事業者が確認しておらず、見本(sample: true)は架空です。指針の文言の権利は、その発行者にあります。",
    "One answer a row; only those with the status disclosed count as disclosed. The provider has not confirmed "
    "transcriptions (submitted_by: third_party), and samples (sample: true) are fictional. The guidelines' wording "
    "belongs to their publishers.",
)
_CSV = (
    "UTF-8(BOM付き)、CRLF。= + - @ タブ 改行で始まる文字列には、数式と間違えられないように ' を前に付けています。",
    "UTF-8 with a byte order mark, CRLF. Texts that begin with = + - @, a tab or a carriage return have a ' in front, "
    "so that no spreadsheet calculates them.",
)
_LICENCE = re.compile(r"(CC0|CC[ -]BY(?:-SA)?)[ -](\d\.\d)", re.IGNORECASE)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def artifacts(catalog: Catalog, base_url: str) -> Iterator[Artifact]:
    inputs = ("code", "settings", "guidelines")
    yield Artifact("api/v1/datapackage.json", inputs, lambda: to_bytes(_catalog(catalog, base_url)))
    for provider in catalog.providers:
        for path, sheet in paths_of(provider):
            named = ("code", "settings", f"provider:{provider.id}", f"guideline:{sheet.guideline.key}")
            render = partial(_render, catalog.settings, sheet, path)
            yield Artifact(f"api/v1/services/{path}.datapackage.json", named, render, catalog.places[sheet.path])


def _render(settings: Settings, sheet: Sheet, path: str) -> bytes:
    return to_bytes(_service(settings, sheet, path))


def _catalog(catalog: Catalog, base_url: str) -> Json:
    settings = catalog.settings
    return {
        "profile": "data-package",
        "name": "disclosure-catalog",
        "title": _both(settings.title),
        "description": "\n".join((_both(settings.description), *_ABOUT)),
        **({"homepage": base_url} if base_url else {}),
        **_licences(settings),
        **({"contributors": [{"title": settings.operator, "role": "publisher"}]} if settings.operator else {}),
        "resources": [
            _table("answers", "answers.csv", ("すべての回答", "All answers")),
            _file("catalog", "catalog.json", "json", ("事業者とサービスの一覧", "Providers and services")),
            *(one for guideline in catalog.newest for one in _guideline(guideline)),
        ],
    }


def _guideline(guideline: Guideline) -> Iterator[Json]:
    folder, title = f"guidelines/{guideline.id}", _both(guideline.short_title)
    yield _table(f"{guideline.id}-answers", f"{folder}/answers.csv", (f"{title}の回答", f"answers to {title}"))
    yield _file(guideline.id, f"{folder}.json", "json", (f"{title}の定義", f"definition of {title}"))
    yield _file(f"{guideline.id}-form", f"{folder}.xlsx", "xlsx", (f"{title}の記入用紙", f"form of {title}"))


def _service(settings: Settings, sheet: Sheet, path: str) -> Json:
    name = path.rpartition("/")[2]
    title = f"{sheet.service.name} - {sheet.disclosure.name}"
    return {
        "profile": "data-package",
        "name": path.replace("/", "."),
        "title": title,
        "description": "\n".join(_ABOUT),
        **_licences(settings),
        "sample": sheet.disclosure.sample,
        "resources": [
            _table(f"{name}-answers", f"{name}.csv", ("回答", "Answers")),
            _file(name, f"{name}.json", "json", ("回答と開示状況", "Answers and completeness")),
            _file(f"{name}-workbook", f"{name}.xlsx", "xlsx", ("記入用紙の形をした回答", "Answers in the form")),
        ],
    }


def _table(name: str, path: str, title: tuple[str, str]) -> Json:
    return {
        "name": name,
        "path": path,
        "profile": "tabular-data-resource",
        "title": " / ".join(title),
        "description": "\n".join(_CSV),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {"fields": [column.json() for column in COLUMNS], "missingValues": [""]},
    }


def _file(name: str, path: str, format: str, title: tuple[str, str]) -> Json:
    mediatype = _XLSX if format == "xlsx" else "application/json"
    return {"name": name, "path": path, "title": " / ".join(title), "format": format, "mediatype": mediatype}


def _licences(settings: Settings) -> dict[str, Json]:
    """The contents' licence. Of other words than Creative Commons' own the identifier is unknown."""
    words = settings.content_licence
    if not words:
        return {}
    known = _LICENCE.fullmatch(words.strip())
    if not known:
        return {"licenses": [{"name": "notspecified", "title": words}]}
    kind, version = known[1].upper().replace(" ", "-"), known[2]
    folder = "publicdomain/zero" if kind == "CC0" else f"licenses/{kind.removeprefix('CC-').lower()}"
    path = f"https://creativecommons.org/{folder}/{version}/"
    return {"licenses": [{"name": f"{kind}-{version}", "path": path, "title": words}]}


def _both(text: Text) -> str:
    """Every language of a text, in one line each."""
    return " / ".join(dict.fromkeys(text.values()))
