"""Markdown of strangers → safe HTML. What is not allowed is shown as it was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from typing import cast
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import budoux
import nh3
from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor, OListProcessor
from markdown.extensions import Extension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markdown.inlinepatterns import LINK_RE, AutolinkInlineProcessor, LinkInlineProcessor
from markupsafe import Markup, escape

from catalog.forms import escaped

_INLINE_TAGS = frozenset(("a", "br", "code", "em", "strong"))
_ANSWER_TAGS = _INLINE_TAGS | {"blockquote", "li", "ol", "p", "pre", "ul"}
_PROSE_TAGS = _ANSWER_TAGS | {"h2", "h3", "h4", "hr", "table", "tbody", "td", "th", "thead", "tr"}
_LINK_REL = "nofollow ugc noopener"

_LINK = re.compile(r"https?://[^\s、。,;()<>\"'「」]+")
_AUTOLINK = r"<([Hh][Tt][Tt][Pp][Ss]?://[^<>\s]+)>"
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_AMPERSAND = "\ufdd0"
_INLINE = re.compile(r"[*_`\[\\<&]")
_BLOCK = re.compile(r"[ \t]*(?:[-+>]|\d+[.)])(?:\s|$)| {2,}| ?\t")
"""What may mean something in Markdown, anywhere and at the beginning of a line; two spaces at its end do so too."""
_EXCESSIVE = re.compile(r"^(?:(?: {0,3}\t| {4}){10}|(?:[ \t]*(?:[-+*>]|\d+[.)])[ \t]){10})", re.MULTILINE)
"""Nested deeper than people write; the parser would take forever, or all of the stack."""
_NUMBERED = re.compile(r"^[ ]{0,3}\d{1,2}\.[ ]+(.*)")
_NUMBERED_CHILD = re.compile(r"^[ ]{0,3}((\d{1,2}\.))[ ]+(.*)")
"""A list's numbers have two digits at most: 「2026. 4. 1 改定」 is a date."""
_MOST_BRACKETS = 200
_MOST_SIGNS = 2000
_MOST_HEADINGS = 300
_SIGNS = re.compile(r"[*_`\\]")
_HEADING = re.compile(r"^ {0,3}(?:#|(?:=+|-+)[ \t]*$)", re.MULTILINE)
"""And lines that underline one."""
_LITERAL_ASTERISKS = re.compile(r"(?<=[0-9A-Za-z])\*+(?=[0-9A-Za-z])")
"""10*20: between Latin letters or digits an asterisk is itself. (In Japanese, ** may well stand inside a sentence.)"""
_ASTERISK = "\ufdd1"


def answer_html(text: str) -> Markup:
    """An answer's text: paragraphs, lists, emphasis, code, links to http and https. No headings, images or raw HTML."""
    return _marked(text) if _is_markdown(text) and not _is_excessive(text) else _paragraphs(text)


def _is_markdown(text: str) -> bool:
    """Whether a text may be more than paragraphs and lines."""
    return bool(_INLINE.search(text)) or any(_BLOCK.match(line) or line.endswith("  ") for line in text.split("\n"))


@lru_cache(maxsize=4096)  # an answer stands on several pages
def _marked(text: str) -> Markup:
    return Markup(
        nh3.clean(
            _convert(_answer_parser(), text),
            tags=set(_ANSWER_TAGS),
            attributes={"a": {"href"}, "ol": {"start"}},
            url_schemes={"http", "https"},
            url_relative="deny",
            link_rel=_LINK_REL,
        )
    )


def prose_html(text: str, link: Callable[[str], str] = str) -> Markup:
    """A part of a page of prose: headings from `##` on and tables as well, and links within the site.

    `link` tells where an address leads from the page that shows it.
    """
    return _prose(text, {}, link)


def page_html(text: str, link: Callable[[str], str] = str) -> Markup:
    """All prose of a page, its headings with ids to link to."""
    return _prose(text, {"h2": {"id"}, "h3": {"id"}}, link)


def _prose(text: str, ids: Mapping[str, set[str]], link: Callable[[str], str]) -> Markup:
    if _is_excessive(text):
        return _paragraphs(text)
    html = nh3.clean(
        _convert(_prose_parser(), text),
        tags=set(_PROSE_TAGS),
        attributes={"a": {"href"}, "ol": {"start"}, **ids},
        attribute_filter=lambda _, name, value: link(value) if name == "href" else value,
        url_schemes={"http", "https"},
        link_rel=_LINK_REL,
    )
    return Markup(html.replace("<th>", '<th scope="col">'))


def _is_excessive(text: str) -> bool:
    """More markup than people write: the parser would take time that grows with its square."""
    return (
        text.count("[") > _MOST_BRACKETS
        or sum(1 for _ in _SIGNS.finditer(text)) > _MOST_SIGNS
        or sum(1 for _ in _HEADING.finditer(text)) > _MOST_HEADINGS
        or _EXCESSIVE.search(text) is not None
    )


def _convert(parser: Markdown, text: str) -> str:
    """Markdown passes entities through; what was typed as `&lt;` must be read as `&lt;`."""
    typed = text.replace(_AMPERSAND, "\ufffd").replace(_ASTERISK, "\ufffd").replace("&", _AMPERSAND)
    typed = _LITERAL_ASTERISKS.sub(lambda match: _ASTERISK * len(match[0]), typed)
    return parser.reset().convert(typed).replace(_AMPERSAND, "&amp;").replace(_ASTERISK, "*")


def _paragraphs(text: str) -> Markup:
    if "\n" not in text:
        return Markup(f"<p>{escaped(text.strip())}</p>" if text.strip() else "")
    blocks = re.split(r"\n\s*\n", text.strip()) if text.strip() else []
    joined = (Markup("<br>\n").join(escape(line.strip()) for line in block.split("\n")) for block in blocks)
    return Markup("\n").join(Markup("<p>{}</p>").format(block) for block in joined)


@cache
def _answer_parser() -> Markdown:
    parser = _parser(_is_web, "nl2br", "sane_lists")
    for name in ("hashheader", "setextheader", "hr"):
        parser.parser.blockprocessors.deregister(name)
    parser.parser.blockprocessors.register(_Quotes(parser.parser), "quote", 20)
    return parser


@cache
def _prose_parser() -> Markdown:
    return _parser(_is_web_or_relative, "tables", "sane_lists", TocExtension(slugify=_slug))


def _slug(title: str, separator: str) -> str:
    """The id of a heading, other than that of the page's own `main`."""
    slug = slugify_unicode(title, separator)
    return f"{slug}{separator}1" if slug == "main" else slug


def _is_web(url: str) -> bool:
    return re.match(r"https?://[\w.-]+(?::\d+)?(?:[/?#]|$)", url, re.IGNORECASE) is not None


def _is_web_or_relative(url: str) -> bool:
    return _is_web(url) or re.fullmatch(r"(?!//)[\w%./~-]*(?:[?#]\S*)?", url) is not None


class _Links(LinkInlineProcessor):
    """Links with words, to where they may lead; the bracket that opens any other one is a bracket."""

    def __init__(self, may_lead: Callable[[str], bool], parser: Markdown) -> None:
        super().__init__(LINK_RE, parser)
        self.may_lead = may_lead

    def handleMatch(  # type: ignore[override]  # the stubs know only the signature of the oldest patterns
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        link, start, end = super().handleMatch(m, data)
        if isinstance(link, Element) and not (self.may_lead(link.get("href", "")) and (link.text or "").strip()):
            return "[", m.start(0), m.end(0)
        return link, start, end


class _Quotes(BlockQuoteProcessor):
    """`> quoted`, but not `>99.9%`."""

    RE = re.compile(r"(^|\n) {0,3}> (.*)")


def _parser(may_lead: Callable[[str], bool], *extensions: str | Extension) -> Markdown:
    """Python-Markdown without what would pass raw HTML, fetch images, or swallow what was typed."""
    parser = Markdown(extensions=list(extensions), output_format="html")
    parser.preprocessors.deregister("html_block")
    parser.parser.blockprocessors.deregister("reference")
    for name in ("image_link", "image_reference", "short_image_ref", "reference", "short_reference"):
        parser.inlinePatterns.deregister(name)
    for name in ("html", "entity", "automail", "escape"):
        parser.inlinePatterns.deregister(name)
    numbered = cast(OListProcessor, parser.parser.blockprocessors["olist"])
    numbered.RE, numbered.CHILD_RE = _NUMBERED, _NUMBERED_CHILD
    parser.inlinePatterns.register(_Links(may_lead, parser), "link", 160)
    parser.inlinePatterns.register(AutolinkInlineProcessor(_AUTOLINK, parser), "autolink", 120)
    return parser


def host(url: str) -> str:
    """The host of an address, as readers recognise it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def linked(text: str) -> Markup:
    """A text as written, its web addresses as links."""
    if "://" not in text:
        return Markup("<br>").join(escape(text).splitlines())
    html, end = Markup(""), 0
    for match in _LINK.finditer(text):
        if not _is_web(match[0]):  # a user name before the host would hide where it leads
            continue
        html += escape(text[end : match.start()])
        html += Markup('<a href="{0}" rel="nofollow ugc noopener">{0}</a>').format(match[0])
        end = match.end()
    return Markup("<br>").join((html + escape(text[end:])).splitlines())


_WIDEST = 11
"""Of a phrase that stays whole: as many Japanese letters of a heading fit on a small screen."""
_SCRIPTS = re.compile("[ァ-ヺー]+・?|[^ァ-ヺー]+")
_LETTERS = re.compile(r"(?:[!-~]+|.)[ぁぃぅぇぉっゃゅょァィゥェォッャュョー々、。・)）」』】]*", re.DOTALL)
"""A letter, or a word in Latin ones, with what must not begin a line."""


@cache
def phrases(text: str) -> Markup:
    """A heading that breaks between phrases: BudouX finds them, `<wbr>` marks them, the stylesheet keeps them whole.

    A phrase that is too wide may break where Katakana begin or end, and within these before any letter that may begin
    a line.
    """
    if not _JAPANESE.search(text):
        return escape(text)
    return Markup("<wbr>").join(part for phrase in _phrase_parser().parse(text) for part in _parts(phrase))


def _parts(phrase: str) -> Iterator[str]:
    for run in _SCRIPTS.findall(phrase) if _width(phrase) > _WIDEST else [phrase]:
        yield from _LETTERS.findall(run) if _width(run) > _WIDEST else [run]


def _width(text: str) -> float:
    return sum(0.5 if letter.isascii() else 1 for letter in text)


@cache
def _phrase_parser() -> budoux.Parser:
    return budoux.load_default_japanese_parser()
