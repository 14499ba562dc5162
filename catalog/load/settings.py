"""`content/catalog.yaml` → `Settings`, `content/pages/*.md` → `Prose`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from catalog import answers, source
from catalog.answers import Problem
from catalog.colors import READABLE, contrast, readable
from catalog.diagnostics import Location, Report, Text, some_of
from catalog.load.shapes import Shapes, is_id
from catalog.model import Asks, Brand, Prose, Settings
from catalog.source import Node, ParseCache

SETTINGS_FILE = "content/catalog.yaml"
_OPTIONAL = (
    *("languages", "base_url", "repository", "branch", "contact", "operator", "content_licence", "samples"),
    *("brand", "offline_zip"),
)
_PAGE_NAME = re.compile(r"(?P<slug>[a-z0-9-]{1,40})\.(?P<language>[a-z]{2,3}(?:-[A-Za-z]{2,4})?)\.md")
MAX_PROSE = 128 * 1024
"""Bytes of a page of prose: the time that Markdown takes grows with the square of some texts."""
RESERVED_PAGES = frozenset(
    (
        *("statistics", "withdrawn", "g", "providers", "api", "badges", "assets", "pagefind"),
        *("compare", "match", "list", "gallery"),
    )
)
"""What the site itself puts at `/`, beside a folder for each language."""
_NO_QUERY: Text = {"ja": "「?」や「#」より後ろは書けません", "en": "leave out “?”, “#” and what follows"}
_LOCAL = ("localhost", "127.0.0.1")
_BRANCH = re.compile(r"(?!.*(?:\.\.|//|@\{|\.lock(?:/|$)|/$|\.$))[A-Za-z0-9_][A-Za-z0-9._/@+-]{0,99}")
"""What Git takes for a branch, of letters that need no care in an address."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?")
_COLOR = re.compile(r"#[0-9a-f]{6}")
_WHITE = "#ffffff"


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
        optional=_OPTIONAL,
    )
    languages = tuple(_languages(shapes, keys)) or ("ja",)
    return Settings(
        title=_text(shapes, keys, "title", languages),
        description=_text(shapes, keys, "description", languages),
        languages=languages,
        base_url=_url(shapes, keys, "base_url"),
        repository=_url(shapes, keys, "repository").rstrip("/"),
        branch=_branch(shapes, keys),
        contact=shapes.text(keys, "contact"),
        operator=shapes.text(keys, "operator"),
        content_licence=shapes.text(keys, "content_licence"),
        samples=shapes.flag(keys, "samples", default=True),
        brand=_brand(shapes, keys, languages),
        offline_zip=shapes.flag(keys, "offline_zip"),
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


def _branch(shapes: Shapes, keys: Mapping[str, Node]) -> str:
    """The branch that changes are sent to."""
    branch = shapes.text(keys, "branch", default="main")
    if _BRANCH.fullmatch(branch):
        return branch
    shapes.add("invalid-value", keys["branch"], found=branch, key="branch", expected="main, next/1, …")
    return "main"


def _text(shapes: Shapes, keys: Mapping[str, Node], key: str, languages: Sequence[str]) -> Text:
    """One text in the first language, or one a language: `{ja: …, en: …}`."""
    first = languages[0]
    if key not in keys or not isinstance(node := keys[key], source.Mapping):
        return {first: shapes.text(keys, key)}
    written = [name.text for name, _ in node.entries if _LANGUAGE.fullmatch(name.text)]
    inner = shapes.keys(node, required=(first,), optional=(*languages[1:], *written))
    return {first: "", **{name: shapes.text(inner, name) for name in sorted(inner, key=lambda name: name != first)}}


def _brand(shapes: Shapes, keys: Mapping[str, Node], languages: Sequence[str]) -> Brand:
    if "brand" not in keys or (mapping := shapes.mapping(keys["brand"], "brand")) is None:
        return Brand()
    inner = shapes.keys(mapping, optional=("name", "color", "footer"))
    return Brand(
        name=_text(shapes, inner, "name", languages) if "name" in inner else None,
        color=_color(shapes, inner),
        footer=_text(shapes, inner, "footer", languages) if "footer" in inner else None,
    )


def _color(shapes: Shapes, keys: Mapping[str, Node]) -> str:
    """A colour that white text can stand on, and that can be read on white."""
    if "color" not in keys or (scalar := shapes.scalar(keys["color"], "color")) is None:
        return ""
    color = scalar.text.strip().lower()
    if scalar.is_null:  # after an unquoted `#` all is a comment
        shapes.add("color-unquoted", scalar)
    elif not _COLOR.fullmatch(color):
        shapes.add("not-a-color", scalar, found=scalar.text.strip())
    elif (ratio := contrast(color, _WHITE)) < READABLE:
        shade = readable(color, _WHITE)
        shapes.add("color-contrast", scalar, found=color, ratio=f"{int(ratio * 10) / 10}", expected=shade)
    else:
        return color
    return ""


def _url(shapes: Shapes, keys: Mapping[str, Node], key: str) -> str:
    written = shapes.text(keys, key)
    if not written:
        return ""
    refused = answers.parse(_public(written), Asks("url"))
    if isinstance(refused, Problem):
        shapes.add(refused.code, keys[key], **{**refused.values, "found": written})
        return ""
    if key == "base_url" and re.search("[?#]", written):
        shapes.add("not-a-url", keys[key], found=written, advice=_NO_QUERY)
        return ""
    return written


def _public(address: str) -> str:
    """An address of this computer, which settings may hold, as one that the type accepts; any other as it is."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.hostname not in _LOCAL:
        return address
    return parts._replace(netloc=parts.netloc.lower().replace(parts.hostname, "localhost.example")).geturl()


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


def load_prose(root: Path, languages: Sequence[str], report: Report) -> Iterator[Prose]:
    """The pages of prose. The first line `# …` is the title."""
    reserved = RESERVED_PAGES.union(language.lower() for language in languages)
    for path in prose_files(root):
        match = _PAGE_NAME.fullmatch(path.name)
        if not match or not is_id(match["slug"]):
            report.add("page-name", Location(path.relative_to(root).as_posix()), found=path.name)
            continue
        if match["slug"] in reserved:
            report.add("page-name-reserved", Location(path.relative_to(root).as_posix()), found=match["slug"])
            continue
        file = source.read(root, path, root / "content", report)
        if file.text is None:
            continue
        if len(file.data) > MAX_PROSE:
            found, most = f"{len(file.data):,}", f"{MAX_PROSE:,}"
            report.add("page-too-large", Location(file.path), found=found, expected=most)
            continue
        title, _, rest = file.text.lstrip().partition("\n")
        if not title.startswith("# "):
            title, rest = match["slug"], file.text
        yield Prose(match["slug"], match["language"], title.removeprefix("# ").strip(), rest, file.path, file.digest)
