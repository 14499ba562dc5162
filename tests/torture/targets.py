"""Every kind of file that a stranger may send, in the smallest catalog that has them all, and what reading it means."""

from __future__ import annotations

import shutil
from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from catalog import pipeline
from catalog.diagnostics import Report, printers
from catalog.diagnostics.codes import CODES
from catalog.load.guidelines import load_guidelines
from catalog.model import Catalog, Scope
from catalog.place import Place
from catalog.source import File, Node, ParseCache

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)

TARGETS = {
    "provider": "content/providers/kaku-shoji.yaml",
    "catalog": "content/catalog.yaml",
    "guideline": "guideline/mini/1/guideline.yaml",
    "section": "guideline/mini/1/sections/02-service.yaml",
    "translation": "guideline/mini/1/i18n/en.yaml",
    "profile": "content/profiles/nightly.yaml",
    "message": "content/theme/i18n/ja.yaml",
    "logo": "content/theme/assets/img/logo.svg",
    "prose": "content/pages/about.ja.md",
}
"""Kind of file → where it stands below the root."""
OF_THE_THEME = ("catalog", "message", "logo")

_PROFILE = """title: 夜間の運用
guideline: mini
requirements:
  - {field: employees, level: must, at_least: "5"}
  - {field: notice, level: should, is: answered}
  - {field: overview, level: should, contains: 架空}
"""
_MESSAGES = "nav:\n  home: 最初の頁\nfooter:\n  operator: 運営は{operator}\n"
_LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 32"><path d="M0 0h120v32H0z"/></svg>\n'
_PROSE = "# 案内\n\n**太字**と[リンク](https://example.com/)。\n\n|表|値|\n|---|---|\n|一|1|\n\n## 見出し\n\n- 箇条\n"
_BRAND = 'brand:\n  name: {ja: 架空庁, en: Fictional Agency}\n  color: "#0017c1"\n  footer: 架空庁が運営しています\n'


def small_root(folder: Path) -> Path:
    """The smallest catalog and one file of every kind."""
    root = Path(shutil.copytree(ROOT / "tests" / "roots" / "smallest", folder))
    for name, text in (("profile", _PROFILE), ("message", _MESSAGES), ("logo", _LOGO), ("prose", _PROSE)):
        path = root / TARGETS[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    about = root / TARGETS["prose"]
    about.with_name("about.en.md").write_text("# About\n\nFictional.\n", encoding="utf-8")
    with (root / TARGETS["catalog"]).open("a", encoding="utf-8") as file:
        file.write(_BRAND)
    return root


_SHEET = "kaku-shoji/cloud"
PAGES = frozenset((f"providers/{_SHEET}/index.html", f"api/v1/services/{_SHEET}.csv", "about/index.html", "index.html"))
"""What shows most of what a stranger writes."""


class Everything:
    """All that a build makes, but for what is copied."""

    def __contains__(self, path: object) -> bool:
        return not str(path).startswith("assets/")


EVERYTHING = Everything()


def fields() -> list[list[str]]:
    """The fields of the small guideline by scope: of the provider, the service, the data centre."""
    (guideline,) = load_guidelines(ROOT / "tests" / "roots" / "smallest", ParseCache(None, ""), Report())
    return [[slot.field.id for slot in guideline.scopes[scope]] for scope in Scope]


class Known(ParseCache):
    """Remembers the files that nobody touches, in memory: reading them again would be most of the work."""

    def __init__(self) -> None:
        super().__init__(None, "")
        self.known: dict[str, Node] = {}
        self.closed = False

    def parse(self, file: File, report: Report) -> Node | None:
        key = f"{file.path} {file.digest}"
        if key in self.known:
            return self.known[key]
        node = super().parse(file, report)
        if node is not None and not self.closed:
            self.known[key] = node
        return node


@dataclass
class Range:
    """A catalog to shoot at: `read` puts bytes in the place of one file, reads all of it, and puts the file back."""

    root: Path
    cache: Known = field(default_factory=Known)

    def __post_init__(self) -> None:
        self.whole = {kind: (self.root / path).read_bytes() for kind, path in TARGETS.items()}
        report = Report()
        catalog = self.check(report)
        self.look = pipeline.read_theme(self.place, catalog, self.cache, report)
        assert not report.diagnostics, report.sorted()
        self.cache.closed = True

    def check(self, report: Report, kind: str = "catalog") -> Catalog | None:
        """What `check` does; the theme is left out where a file of this kind has nothing to do with it."""
        catalog = pipeline.read(self.root, TODAY, self.cache, report)
        if kind in OF_THE_THEME:
            pipeline.read_theme(self.place, catalog, self.cache, report)
        return catalog

    @property
    def place(self) -> Place:
        return Place(self.root, ROOT / "theme", self.root.parent / "site")

    def read(self, kind: str, data: bytes, pages: Container[str] = ()) -> Report:
        """The problems that these bytes have as a file of this kind; whatever is raised is a find.

        Problems are located and have words in both languages; from what has none, `pages` can be made.
        """
        path = self.root / TARGETS[kind]
        path.write_bytes(data)
        report = Report()
        try:
            catalog = self.check(report, kind)
            assert catalog is not None or report.errors
            if pages and catalog is not None and not report.errors:
                self._render(catalog, kind, pages)
        finally:
            path.write_bytes(self.whole[kind])
        tell(report)
        return report

    def _render(self, catalog: Catalog, kind: str, pages: Container[str]) -> None:
        if kind in OF_THE_THEME:
            theme, languages = pipeline.read_theme(self.place, catalog, self.cache, Report())
        else:
            theme, languages = self.look
        for artifact in pipeline.plan(catalog, theme, languages, "https://example.com/catalog/"):
            if artifact.path in pages:
                artifact.render()


def tell(report: Report) -> None:
    """Every problem has a place and can be shown, in every form and language."""
    problems = report.sorted()
    assert {one.code for one in problems} <= set(CODES)
    assert all(one.location.line >= 1 and one.location.column >= 1 and one.location.path for one in problems)
    for language in printers.LANGUAGES:
        printers.as_text(problems, language).encode()
        printers.as_github(problems, language).encode()
    printers.as_json(problems).encode()
