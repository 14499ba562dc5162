"""A checker of our own for built sites: a small tree of HTML, its rules, and every reference resolved."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

CSP = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; manifest-src 'self'"
)
OFFLINE_CSP = "default-src 'none'; style-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'none'"
CONTENT_REL = {"nofollow", "ugc", "noopener"}
HOST = "https://site.invalid"
UNNAMED = (".nojekyll", "checksums.txt")
"""What the list of checksums does not name."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@cache
def _with(tags: frozenset[str], tag: str) -> frozenset[str]:
    return tags | {tag}


_VOID = _words("area base br col embed hr img input link meta source track wbr")
_SVG = _words("svg circle path rect g text title")
_HTML = _words(
    "html head meta title link script svg body a header footer main nav section article div p span h1 h2 h3 h4 ul ol "
    "li dl dt dd table caption thead tbody tr th td form fieldset legend input button label select option details "
    "summary b strong em code pre blockquote hr br wbr time ruby rp rt noscript template textarea tfoot"
)
_PICTURES = {"wordmark__logo", "badge"}
_PHRASING_ONLY = _words("p h1 h2 h3 h4 span a b em strong code button label summary dt time")
_BLOCKS = _words(
    "p div section article header footer nav main ul ol li dl dt dd table h1 h2 h3 h4 pre blockquote form details"
)
_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"div", "dt", "dd"},
    "table": {"caption", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tfoot": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "select": {"option"},
}
_PARENTS = {"li": {"ul", "ol"}, "tr": {"thead", "tbody", "tfoot"}, "td": {"tr"}, "th": {"tr"}, "summary": {"details"}}
_SPACE = re.compile(r"\s+")


class Element:
    """`order` is a list of all elements of the page; those below this one stand there from `first` to `last`."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None, order: list[Element]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []
        self.order = order
        self.first = self.last = len(order) + 1
        self.inside: frozenset[str] = frozenset() if parent is None else _with(parent.inside, parent.tag)
        """The kinds of elements around this one."""

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(self.attributes.get("class", "").split())

    @property
    def elements(self) -> list[Element]:
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def raw(self) -> str:
        """All text within, as it stands."""
        return "".join(child if isinstance(child, str) else child.raw for child in self.children)

    @property
    def text(self) -> str:
        """All text within, white space joined."""
        return _SPACE.sub(" ", self.raw).strip()

    def within(self) -> list[Element]:
        """All elements below this one, in order."""
        return self.order[self.first : self.last]

    def above(self) -> Iterator[Element]:
        """The elements around this one, nearest first."""
        parent = self.parent
        while parent is not None:
            yield parent
            parent = parent.parent

    def all(self, tag: str = "", cls: str = "", **attributes: str | None) -> list[Element]:
        """Elements by tag, class and attributes (`data_level="required"`; None: whatever its value)."""
        wanted = {name.replace("_", "-"): value for name, value in attributes.items()}
        found = self.within()
        if tag:
            found = [one for one in found if one.tag == tag]
        if cls:
            found = [one for one in found if cls in one.classes]
        for name, value in wanted.items():
            found = [one for one in found if name in one.attributes and value in (None, one.attributes[name])]
        return found

    def child(self, tag: str) -> Element:
        """The one element of this kind directly below."""
        (found,) = (one for one in self.elements if one.tag == tag)
        return found

    def one(self, tag: str = "", cls: str = "", **attributes: str | None) -> Element:
        found = self.all(tag, cls, **attributes)
        assert len(found) == 1, f"{len(found)} × {tag} {cls} {attributes}"
        return found[0]


class _Parser(HTMLParser):
    """Builds the tree; what a browser would have to mend is a problem."""

    def __init__(self, root: Element) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.at = root
        self.problems: list[str] = []
        self.doctype = ""

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        opened = self._open(tag, attrs)
        if tag not in _VOID:
            self.at = opened

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open(tag, attrs)
        if tag not in _SVG:
            self._problem(f"<{tag}/> closes itself")

    def _open(self, tag: str, attrs: list[tuple[str, str | None]]) -> Element:
        attributes = {name: value or "" for name, value in attrs}
        if len(attributes) < len(attrs):
            self._problem(f"<{tag}> has an attribute twice")
        opened = Element(tag, attributes, self.at, self.root.order)
        self.at.children.append(opened)
        self.root.order.append(opened)
        return opened

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            self._problem(f"</{tag}>")
        elif self.at.tag != tag:
            self._problem(f"</{tag}> where <{self.at.tag}> is open")
            if any(one.tag == tag for one in self.at.above()):
                while self.at.tag != tag:
                    self.close_element()
                self.close_element()
        else:
            self.close_element()

    def close_element(self) -> None:
        assert self.at.parent is not None
        if self.at.tag == "template":  # no part of the page until a script copies it
            self.at.children.clear()
            del self.root.order[self.at.first :]
        self.at.last = len(self.root.order)
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)

    def handle_comment(self, data: str) -> None:
        self._problem(f"a comment: {data[:40]}")

    def unknown_decl(self, data: str) -> None:
        self._problem(f"a declaration: {data[:40]}")

    def handle_pi(self, data: str) -> None:
        self._problem(f"an instruction: {data[:40]}")

    def _problem(self, what: str) -> None:
        self.problems.append(f"line {self.getpos()[0]}: {what}")


class Document(Element):
    """One page."""

    def __init__(self, html: str) -> None:
        super().__init__("#root", {}, None, [])
        parser = _Parser(self)
        parser.feed(html)
        parser.close()
        while parser.at is not self:
            parser.problems.append(f"<{parser.at.tag}> stays open")
            parser.close_element()
        self.doctype = parser.doctype
        self.syntax = parser.problems
        self.first, self.last = 0, len(self.order)
        self.everything = self.order

    @cached_property
    def ids(self) -> dict[str, Element]:
        return {one["id"]: one for one in self.everything if "id" in one.attributes}

    @property
    def main(self) -> Element:
        return self.one("main")

    def meta(self, name: str) -> str | None:
        return next((one.get("content") for one in self.all("meta") if one.get("name") == name), None)

    @property
    def is_redirect(self) -> bool:
        return bool(self.all("meta", http_equiv="refresh"))

    @property
    def is_indexed(self) -> bool:
        return "noindex" not in (self.meta("robots") or "")


# --- rules for a page ------------------------------------------------------------------------------------------------


def page_problems(document: Document) -> list[str]:
    """Everything that is wrong with a page by itself."""
    problems = list(document.syntax)
    for rule in RULES:
        problems += rule(document)
    return problems


def _head(document: Document) -> Iterator[str]:
    if document.doctype.lower() != "doctype html":
        yield "no doctype"
    if [one.tag for one in document.elements] != ["html"]:
        yield "not one <html>"
        return
    html = document.elements[0]
    if html.get("lang") not in ("ja", "en", "fr"):
        yield f"lang={html.get('lang')!r}"
    if [one.tag for one in html.elements] != ["head", "body"]:
        yield "not one <head> and one <body>"
        return
    head = html.elements[0]
    if head.elements[0].attributes != {"charset": "utf-8"}:
        yield "the charset does not come first"
    policy = head.elements[1]
    if policy.get("http-equiv") != "Content-Security-Policy" or policy.get("content") not in (CSP, OFFLINE_CSP):
        yield f"the policy does not come second, or is another: {policy.attributes}"
    titles = [one for one in head.elements if one.tag == "title"]
    if len(titles) != 1 or not titles[0].text:
        yield "not one title"
    if not (document.meta("description") or "").strip():
        yield "no description"
    if len(document.meta("description") or "") > 160:
        yield "the description is too long"
    if not document.meta("viewport"):
        yield "no viewport"


def _ids(document: Document) -> Iterator[str]:
    seen: set[str] = set()
    for one in document.everything:
        if "id" in one.attributes:
            if one["id"] in seen or not one["id"] or _SPACE.search(one["id"]):
                yield f"id {one['id']!r} is there twice, or is none"
            seen.add(one["id"])
    for one in document.everything:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            for id in one.attributes.get(name, "").split():
                if id not in seen:
                    yield f"{name}={id!r} leads nowhere"


def _headings(document: Document) -> Iterator[str]:
    levels = [int(one.tag[1]) for one in document.everything if re.fullmatch("h[1-6]", one.tag)]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} × h1"
    for before, after in zip([0, *levels], levels, strict=False):
        if after > before + 1:
            yield f"h{after} follows h{before}"
    if any(not one.text for one in document.everything if re.fullmatch("h[1-6]", one.tag)):
        yield "an empty heading"


def _nesting(document: Document) -> Iterator[str]:
    for one in document.everything:
        if one.tag == "img" and one.classes & _PICTURES and "alt" in one.attributes:
            continue
        if one.tag not in (_SVG if "svg" in one.inside else _HTML):
            yield f"<{one.tag}> is none of ours"
        parent = one.parent.tag if one.parent else ""
        if one.tag in _PARENTS and parent not in _PARENTS[one.tag]:
            yield f"<{one.tag}> in <{parent}>"
        if parent in _CHILDREN and one.tag not in _CHILDREN[parent]:
            yield f"<{one.tag}> in <{parent}>"
        if one.tag in _BLOCKS and not one.inside.isdisjoint(_PHRASING_ONLY):
            yield f"<{one.tag}> within <{min(one.inside & _PHRASING_ONLY)}>"
        if one.tag == "a" and not one.inside.isdisjoint(("a", "button", "summary")):
            yield "a link within something to click"
        if one.tag in ("ul", "ol", "dl", "table", "tr", "tbody"):
            if any(isinstance(child, str) and child.strip() for child in one.children):
                yield f"text in <{one.tag}>"
            if not one.elements:
                yield f"<{one.tag}> is empty"


def _tables(document: Document) -> Iterator[str]:
    """Every heading has a scope, and all rows of a table have as many columns."""
    for heading in document.all("th"):
        if heading.get("scope") not in ("col", "row", "rowgroup", "colgroup"):
            yield f"a th without scope: {heading.text[:40]}"
    for table in document.all("table"):
        widths: set[int] = set()
        below: dict[int, int] = {}  # by row: columns taken by cells from above
        rows = [row for part in table.elements for row in part.elements if row.tag == "tr"]
        for number, row in enumerate(rows):
            width = below.pop(number, 0)
            for cell in row.elements:
                columns = int(cell.attributes.get("colspan", "1"))
                width += columns
                for more in range(1, int(cell.attributes.get("rowspan", "1"))):
                    below[number + more] = below.get(number + more, 0) + columns
            widths.add(width)
        if len(widths) > 1:
            yield f"rows of {sorted(widths)} columns in one table: {table.text[:60]}"
        if below:
            yield "a rowspan leaves its table"


def _code(document: Document) -> Iterator[str]:
    """Neither script nor style but from files, so that the policy stops nothing of ours."""
    for one in document.everything:
        for name, value in one.attributes.items():
            if name.startswith("on") or name == "style":
                yield f"<{one.tag} {name}=…>"
            if name in ("href", "src", "action") and re.match(r"\s*(javascript|data|vbscript|blob|file):", value, re.I):
                yield f"<{one.tag} {name}={value[:40]!r}>"
        if one.tag == "script":
            if one.get("type") == "application/ld+json" and "src" not in one.attributes:
                json.loads(one.raw)
            elif one.get("type") != "module" or one.raw.strip() or not one.get("src"):
                yield f"an inline script: {one.attributes}"


def _labels(document: Document) -> Iterator[str]:
    """Whatever is operated has a name; pictures are hidden from those who do not see them, the word stands beside."""
    for one in document.everything:
        named = any(one.get(name) for name in ("aria-label", "aria-labelledby"))
        if one.tag in ("a", "button", "summary") and not (one.text or named):
            yield f"<{one.tag}> without a name: {one.attributes}"
        is_field = one.tag in ("input", "select") and not (named or "label" in one.inside)
        if is_field and not document.all("label", **{"for": one.get("id") or "-"}):
            yield f"<{one.tag}> without a label: {one.attributes}"
        if one.tag == "svg" and not any(each.get("aria-hidden") == "true" for each in (one, *one.above())):
            yield "a picture that is read out"


RULES: tuple[Callable[[Document], Iterable[str]], ...] = (_head, _ids, _headings, _nesting, _tables, _code, _labels)


# --- references ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reference:
    """Where a page (by its file) leads, by what, as written."""

    page: str
    tag: str
    url: str
    rel: frozenset[str] = frozenset()


def references(page: str, document: Document) -> Iterator[Reference]:
    for one in document.everything:
        rel = frozenset(one.attributes.get("rel", "").split())
        for name in ("href", "src", "action", "poster", "data", "data-root", "data-bundle", "formaction"):
            if name in one.attributes:
                yield Reference(page, one.tag, one[name], rel)
        for candidate in one.attributes.get("srcset", "").split(","):
            if candidate.strip():
                yield Reference(page, one.tag, candidate.split()[0], rel)
        if one.get("http-equiv") == "refresh":
            yield Reference(page, "refresh", one["content"].partition("url=")[2])


class Site:
    """The files of a site by path, as served at `base`."""

    def __init__(self, files: Mapping[str, bytes], base: str = "/catalog/") -> None:
        self.files = files
        self.base = base
        self.folders = {"", *(parent for path in files for parent in _folders(path))}

    @classmethod
    def of_folder(cls, folder: Path, base: str = "/catalog/") -> Site:
        found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        return cls({name: path.read_bytes() for name, path in sorted(found.items())}, base)

    @cached_property
    def pages(self) -> Mapping[str, Document]:
        """Every HTML file, parsed."""
        return {
            path: Document(data.decode())
            for path, data in self.files.items()
            if path.endswith(".html") and not path.startswith("pagefind/")
        }

    def page(self, address: str) -> Document:
        return self.pages[f"{address}index.html"]

    def json(self, path: str) -> Any:
        return json.loads(self.files[path])

    def file_at(self, url: str) -> str | None:
        """The file that is served for an absolute address; None if it is not on this site."""
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" != HOST or not parts.path.startswith(self.base):
            return None
        path = unquote(parts.path.removeprefix(self.base))
        return path + "index.html" if path.endswith("/") or not path else path

    def absolute(self, page: str, url: str) -> str:
        return urljoin(f"{HOST}{self.base}{page}", url)

    def target(self, reference: Reference) -> tuple[str | None, str]:
        """The file that a reference leads to, and the fragment."""
        url = self.absolute(reference.page, reference.url)
        return self.file_at(url), unquote(urlsplit(url).fragment)

    def links(self, page: str) -> set[str]:
        """The pages that a page links to."""
        found = {self.target(one)[0] for one in references(page, self.pages[page]) if one.tag in ("a", "refresh")}
        return {path for path in found if path in self.pages}

    def reachable(self, start: str = "index.html") -> set[str]:
        """All pages to which links lead from `start`."""
        found, todo = {start}, [start]
        while todo:
            new = self.links(todo.pop()) - found
            found |= new
            todo += new
        return found

    def problems(self) -> list[str]:
        """Everything that is wrong with pages and references."""
        found = [*self.problems_of_pages(), *self.dead_references(self.pages), *self._dead_absolute()]
        return [*found, *self._dead_in_index(), *self._wrong_checksums()]

    def problems_of_pages(self) -> list[str]:
        return [f"{path}: {problem}" for path, page in self.pages.items() for problem in page_problems(page)]

    def dead_references(self, pages: Mapping[str, Document]) -> Iterator[str]:
        """What leads nowhere; `pages` are those of this site, perhaps parsed for another one."""
        for path, document in pages.items():
            if path in self.files:
                yield from (f"{path}: {problem}" for problem in self._dead(path, document, pages))
        yield from self._dead_in_files()

    def _dead(self, page: str, document: Document, pages: Mapping[str, Document]) -> Iterator[str]:
        for reference in references(page, document):
            parts = urlsplit(reference.url)
            if parts.scheme or parts.netloc:
                yield from self._foreign(reference)
                continue
            if page != "404.html" and reference.url.startswith("/"):
                yield f"{reference.url} needs the site to stand at the root"
            path, fragment = self.target(reference)
            if path is None:
                yield f"{reference.url} leaves the site"
            elif path not in self.files and not (reference.tag == "div" and posixpath.dirname(path) in self.folders):
                yield f"{reference.url} leads nowhere ({path})"
            elif (
                fragment and not fragment.startswith("g=") and fragment not in pages[path].ids
            ):  # requirements of /match/
                yield f"{reference.url}: {path} has no #{fragment}"

    def _foreign(self, reference: Reference) -> Iterator[str]:
        parts = urlsplit(reference.url)
        if reference.tag == "link" and reference.rel <= {"canonical", "alternate"}:
            return
        if reference.tag != "a":
            yield f"<{reference.tag}> loads from elsewhere: {reference.url}"
        if parts.scheme not in ("http", "https"):
            yield f"a link to {reference.url}"
        if reference.tag == "a" and reference.rel and reference.rel != CONTENT_REL:
            yield f"a link of {sorted(reference.rel)}: {reference.url}"

    def _dead_in_files(self) -> Iterator[str]:
        for path, data in self.files.items():
            if path.startswith("pagefind/"):
                continue
            for ending, urls_of in URLS_OF.items():
                for url in urls_of(data) if path.endswith(ending) else ():
                    if self.file_at(self.absolute(path, url)) not in self.files:
                        yield f"{path}: {url} leads nowhere"
        yield from self._dead_in_catalog()

    def _dead_in_catalog(self) -> Iterator[str]:
        """Addresses in the list of everything are relative to the site."""
        if "api/v1/catalog.json" in self.files:
            catalog = self.json("api/v1/catalog.json")
            for entry in (*catalog["guidelines"], *catalog["providers"], *catalog["services"]):
                for name in {"address", "json", "badge"} & entry.keys():
                    if self.file_at(self.absolute("", entry[name])) not in self.files:
                        yield f"api/v1/catalog.json: {entry[name]} leads nowhere"

    def _dead_absolute(self) -> Iterator[str]:
        """Wherever an absolute address of this site is written: canonical links, previews, data, tables, sitemap."""
        home = self.json("api/v1/catalog.json")["base_url"] if "api/v1/catalog.json" in self.files else None
        written = re.compile(re.escape(home or "") + r"""[^\s"'<>\\,;)#?]*""")
        for path, data in self.files.items() if home else ():
            if path.endswith((".html", ".json", ".csv", ".xml", ".txt", ".svg")):
                for url in set(written.findall(data.decode())):
                    if self.file_at(f"{HOST}{self.base}{url.removeprefix(home)}") not in self.files:
                        yield f"{path}: {url} leads nowhere"

    def _dead_in_index(self) -> Iterator[str]:
        """What the search finds are pages of this site, and what it loads for them is there."""
        for path, data in self.files.items():
            if path.endswith(".pf_fragment"):
                found = json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))["url"].lstrip("/")
                if (found + "index.html" if found.endswith("/") or not found else found) not in self.files:
                    yield f"{path}: {found} leads nowhere"
        for sheet, name in json.loads(self.files.get("pagefind/sheets.json", b"{}")).items():
            for path in (f"providers/{sheet}/index.html", f"pagefind/fragment/{name}.pf_fragment"):
                if path not in self.files:
                    yield f"pagefind/sheets.json: there is no {path}"

    def _wrong_checksums(self) -> Iterator[str]:
        # tests that build no index put an empty script in its place
        found = {path: data for path, data in self.files.items() if data or path != "pagefind/pagefind.js"}
        if "checksums.txt" in found and found["checksums.txt"] != checksums(found):
            yield "checksums.txt is not that of these files"


def _urls_of_css(data: bytes) -> list[str]:
    text = data.decode()
    return [*re.findall(r"""url\(\s*['"]?([^'")]+)""", text), *re.findall(r"""@import\s+['"]([^'"]+)""", text)]


def _urls_of_script(data: bytes) -> list[str]:
    text = data.decode()
    found = re.findall(r"""^(?:import|export)\b[^;]*?from\s+["']([^"']+)["']""", text, re.M)
    found += re.findall(r"""^import\s+["']([^"']+)["']""", text, re.M)
    return found + re.findall(r"""\bimport\(\s*["']([^"']+)["']\s*\)""", text)


def _urls_of_picture(data: bytes) -> list[str]:
    return [url for url in re.findall(r"""\bhref=["']([^"']*)""", data.decode()) if not url.startswith("#")]


def _urls_of_package(data: bytes) -> list[str]:
    return [resource["path"] for resource in json.loads(data)["resources"]]


def _urls_of_manifest(data: bytes) -> list[str]:
    manifest = json.loads(data)
    return [manifest["start_url"], *(icon["src"] for icon in manifest.get("icons", ()))]


def _urls_of_workbook(data: bytes) -> list[str]:
    """Links of a workbook lead out of it: none may lead to a file beside it, for it is carried away."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        parts = [book.read(name).decode() for name in book.namelist() if "worksheets/_rels/" in name]
    targets = [url for part in parts for url in re.findall(r'Target="([^"]*)" TargetMode="External"', part)]
    return [url for url in targets if not re.match(r"https?://|mailto:", url)]


URLS_OF: Mapping[str, Callable[[bytes], Iterable[str]]] = {
    ".css": _urls_of_css,
    ".js": _urls_of_script,
    ".svg": _urls_of_picture,
    "datapackage.json": _urls_of_package,
    ".webmanifest": _urls_of_manifest,
    ".xlsx": _urls_of_workbook,
}
"""By the end of a file's name: what it refers to, relative to itself."""


def _folders(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path


def checksums(files: Mapping[str, bytes]) -> bytes:
    """The list of checksums that a site of these files has, whatever was built before."""
    lines = [(path, hashlib.sha256(data).hexdigest()) for path, data in files.items() if path not in UNNAMED]
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(lines)).encode()
