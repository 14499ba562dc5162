"""Markdown of strangers → safe HTML. What is not allowed is shown as it was typed."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlsplit

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markupsafe import Markup, escape

_INLINE_TAGS = frozenset(("a", "br", "code", "em", "strong"))
_ANSWER_TAGS = _INLINE_TAGS | {"blockquote", "li", "ol", "p", "pre", "ul"}
_PROSE_TAGS = _ANSWER_TAGS | {"h2", "h3", "h4", "hr", "table", "tbody", "td", "th", "thead", "tr"}
_LINK_REL = "nofollow ugc noopener"

_LINK = re.compile(r"https?://[^\s、。,;()<>\"'「」]+")
_AMPERSAND = "\ufdd0"
_MARKDOWN = re.compile(
    r"[*_`\[\\<&]|^\s*(?:[-+>]|\d+[.)])(?:\s|$)|^(?: {2,}|\t)| {2,}$|^\s*(?:=+|-+)\s*$", re.MULTILINE
)
"""What may mean something in Markdown; a text without it is paragraphs and lines."""


def answer_html(text: str) -> Markup:
    """An answer's text: paragraphs, lists, emphasis, code, links to http and https. No headings, images or raw HTML."""
    if not _MARKDOWN.search(text):
        return _paragraphs(text)
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


def prose_html(text: str) -> Markup:
    """A page of prose: headings from `##` on and tables as well, and links within the site."""
    return Markup(
        nh3.clean(
            _convert(_prose_parser(), text),
            tags=set(_PROSE_TAGS),
            attributes={"a": {"href"}, "ol": {"start"}, "h2": {"id"}, "h3": {"id"}},
            url_schemes={"http", "https"},
            link_rel=_LINK_REL,
        )
    )


def _convert(parser: Markdown, text: str) -> str:
    """Markdown passes entities through; what was typed as `&lt;` must be read as `&lt;`."""
    return parser.reset().convert(text.replace("&", _AMPERSAND)).replace(_AMPERSAND, "&amp;")


def _paragraphs(text: str) -> Markup:
    blocks = re.split(r"\n\s*\n", text.strip())
    joined = (Markup("<br>\n").join(escape(line.strip()) for line in block.split("\n")) for block in blocks)
    return Markup("\n").join(Markup("<p>{}</p>").format(block) for block in joined)


@cache
def _answer_parser() -> Markdown:
    parser = _parser("nl2br", "sane_lists")
    for name in ("hashheader", "setextheader", "hr"):
        parser.parser.blockprocessors.deregister(name)
    return parser


@cache
def _prose_parser() -> Markdown:
    return _parser("tables", "sane_lists", TocExtension(slugify=slugify_unicode))


def _parser(*extensions: str | Extension) -> Markdown:
    """Python-Markdown without what would pass raw HTML, fetch images, or swallow what was typed."""
    parser = Markdown(extensions=list(extensions), output_format="html")
    parser.preprocessors.deregister("html_block")
    parser.parser.blockprocessors.deregister("reference")
    for name in ("html", "entity", "image_link", "image_reference", "short_image_ref", "reference", "short_reference"):
        parser.inlinePatterns.deregister(name)
    return parser


def host(url: str) -> str:
    """The host of an address, as readers recognise it."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def contact_html(text: str) -> Markup:
    """A contact as written, its web addresses as links."""
    html, end = Markup(""), 0
    for match in _LINK.finditer(text):
        html += escape(text[end : match.start()])
        html += Markup('<a href="{0}" rel="nofollow ugc noopener">{0}</a>').format(match[0])
        end = match.end()
    return Markup("<br>").join((html + escape(text[end:])).splitlines())
