"""`content/catalog.yaml` → `Settings`, `content/pages/*.md` → `Prose`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from catalog import answers, source
from catalog.answers import Problem
from catalog.diagnostics import Location, Report, Text, some_of
from catalog.load.shapes import Shapes, is_id
from catalog.model import Asks, Prose, Settings
from catalog.source import Node, ParseCache

SETTINGS_FILE = "content/catalog.yaml"
_PAGE_NAME = re.compile(r"(?P<slug>[a-z0-9-]{1,40})\.(?P<language>[a-z]{2,3}(?:-[A-Za-z]{2,4})?)\.md")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")


def load_settings(root: Path, cache: ParseCache, report: Report) -> Settings | None:
    """The catalog's own settings; None, with the reasons in `report`, if they cannot be used."""
    path = root / SETTINGS_FILE
    if not path.exists():
        report.add("file-missing", Location(SETTINGS_FILE), expected=SETTINGS_FILE)
        return None
    file = source.read(root, path, root / "content", report)
    node = cache.parse(file, report)
    if node is None:
        return None
    shapes = Shapes(file.path, report)
    mapping = shapes.mapping(node, SETTINGS_FILE)
    if mapping is None:
        return None
    keys = shapes.keys(
        mapping,
        required=("title", "description"),
        optional=("languages", "base_url", "repository", "contact", "operator", "content_licence", "samples"),
    )
    languages = tuple(_languages(shapes, keys)) or ("ja",)
    return Settings(
        title=_text(shapes, keys, "title", languages),
        description=_text(shapes, keys, "description", languages),
        languages=languages,
        base_url=_url(shapes, keys, "base_url"),
        repository=_url(shapes, keys, "repository").rstrip("/"),
        contact=shapes.text(keys, "contact"),
        operator=shapes.text(keys, "operator"),
        content_licence=shapes.text(keys, "content_licence"),
        samples=shapes.flag(keys, "samples", default=True),
        digest=file.digest,
    )


def _languages(shapes: Shapes, keys: Mapping[str, Node]) -> Iterator[str]:
    seen: set[str] = set()
    for scalar in shapes.scalars(keys, "languages"):
        language = scalar.text.strip()
        if not _LANGUAGE.fullmatch(language):
            shapes.add("invalid-value", scalar, found=language, key="languages", expected="ja, en, …")
        elif language not in seen:
            yield language
        seen.add(language)


def _text(shapes: Shapes, keys: Mapping[str, Node], key: str, languages: Sequence[str]) -> Text:
    """One text in the first language, or one a language: `{ja: …, en: …}`."""
    first = languages[0]
    if key not in keys or not isinstance(node := keys[key], source.Mapping):
        return {first: shapes.text(keys, key)}
    written = [name.text for name, _ in node.entries if _LANGUAGE.fullmatch(name.text)]
    inner = shapes.keys(node, required=(first,), optional=(*languages[1:], *written))
    return {first: "", **{name: shapes.text(inner, name) for name in sorted(inner, key=lambda name: name != first)}}


def _url(shapes: Shapes, keys: Mapping[str, Node], key: str) -> str:
    written = shapes.text(keys, key)
    if written and not written.startswith(("http://localhost", "http://127.0.0.1")):
        refused = answers.parse(written, Asks("url"))
        if isinstance(refused, Problem):
            shapes.add(refused.code, keys[key], **refused.values)
            return ""
    return written


def check_prose_languages(prose: Sequence[Prose], settings: Settings, report: Report) -> None:
    """Every page of prose exists in every language of the site."""
    there = {(page.slug, page.language) for page in prose}
    for language in settings.languages:
        missing = [
            f"{slug}.{language}.md" for slug in sorted({page.slug for page in prose}) if (slug, language) not in there
        ]
        if missing:
            report.add("translation-missing", Location("content/pages"), language=language, missing=some_of(missing))


def prose_files(root: Path) -> Iterator[Path]:
    yield from sorted((root / "content" / "pages").glob("*.md"))


def load_prose(root: Path, report: Report) -> Iterator[Prose]:
    """The pages of prose. The first line `# …` is the title."""
    for path in prose_files(root):
        match = _PAGE_NAME.fullmatch(path.name)
        if not match or not is_id(match["slug"]):
            report.add("page-name", Location(path.relative_to(root).as_posix()), found=path.name)
            continue
        file = source.read(root, path, root / "content", report)
        if file.text is None:
            continue
        title, _, rest = file.text.lstrip().partition("\n")
        if not title.startswith("# "):
            title, rest = match["slug"], file.text
        yield Prose(match["slug"], match["language"], title.removeprefix("# ").strip(), rest, file.path, file.digest)
