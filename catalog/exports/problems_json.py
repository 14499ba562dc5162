"""`/api/v1/problems.json`: the words of every problem that a disclosure's text can have, for readers in a browser."""

from __future__ import annotations

from collections.abc import Iterator

from catalog.artifacts import Artifact
from catalog.diagnostics.codes import CROSS_CHECKS, DISCLOSURE, FILES, GUIDELINE, SHAPE, YAML
from catalog.exports.public_json import to_bytes
from catalog.model import Catalog, Json

OF_THE_TEXT = (
    *("file-too-large", "control-character", "bidi-override"),
    *YAML,
    *SHAPE,
    *("unknown-guideline", "unknown-guideline-version"),
    *DISCLOSURE,
    *("data-center-unknown", "data-center-unused", "data-center-twice", "data-center-count"),
    *("as-of-after-disclosure", "as-of-in-future", "disclosed-in-future", "transcribed-in-future"),
    *("withdrawn-in-future", "formerly-in-use", "fictional-name", "real-name-looks-fictional"),
)
"""What can be said of one file alone."""


def artifacts(catalog: Catalog, base_url: str) -> Iterator[Artifact]:
    yield Artifact("api/v1/problems.json", ("code",), lambda: to_bytes(problems_json()))


def problems_json() -> Json:
    codes = {**FILES, **YAML, **SHAPE, **GUIDELINE, **DISCLOSURE, **CROSS_CHECKS}
    return {
        name: {"severity": code.severity.value, "ja": list(code.ja), "en": list(code.en)}
        for name, code in ((name, codes[name]) for name in OF_THE_TEXT)
    }
