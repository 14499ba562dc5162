"""The theme folder: templates, stylesheets, scripts, and the names under which the site serves them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from catalog.markup import answer_html, host, linked, phrases

CSS_FIRST = ("css/layers.css", "vendor/dads-tokens/tokens.css", "css/tokens.css", "css/base.css", "css/layout.css")
CSS_LAST = ("css/print.css",)
"""The stylesheets around the components, which stand between them by name."""


class Theme:
    """Read once; the same folder gives the same names and bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(self.folder / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        environment.filters |= {
            "answer_html": answer_html,
            "linked": linked,
            "host": host,
            "phrases": phrases,
            "of": lambda text, messages: messages.of(text),
        }
        return environment

    def render(self, template: str, context: Mapping[str, object]) -> bytes:
        """A page of the theme as UTF-8."""
        return self.environment.get_template(template).render(context).encode()

    def macro(self, template: str, name: str) -> Callable[..., str]:
        """A macro of a component, for callers that put pages together from parts."""
        found: Callable[..., str] = getattr(self.environment.get_template(template).module, name)
        return found

    # --- assets ---

    @cached_property
    def stylesheet(self) -> bytes:
        """All stylesheets in one: the first ones in their order, then one component after the other."""
        assets = self.folder / "assets"
        first = [assets / name for name in CSS_FIRST]
        components = sorted((assets / "css" / "components").glob("*.css"))
        last = [assets / name for name in CSS_LAST]
        return b"\n".join(path.read_bytes().strip() for path in (*first, *components, *last)) + b"\n"

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """What the site serves below `assets/`, by its name there. A name changes when its bytes do."""
        return {
            self.css: self.stylesheet,
            **{f"{self.scripts}/{name}": data for name, data in self._modules.items()},
            **{f"{self.images}/{name}": data for name, data in self._images.items()},
        }

    @cached_property
    def css(self) -> str:
        return f"site.{_short(self.stylesheet)}.css"

    @cached_property
    def scripts(self) -> str:
        """The folder of the ES modules: they import each other by relative names, so they share one fingerprint."""
        return f"js.{_short(_joined(self._modules))}"

    @cached_property
    def images(self) -> str:
        return f"img.{_short(_joined(self._images))}"

    @cached_property
    def _modules(self) -> Mapping[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted((self.folder / "assets" / "js").glob("*.js"))}

    @cached_property
    def _images(self) -> Mapping[str, bytes]:
        images = self.folder / "assets" / "img"
        return {path.name: path.read_bytes() for path in sorted(images.glob("*")) if path.is_file()}

    @cached_property
    def digest(self) -> str:
        """Of every file of the theme."""
        digest = hashlib.sha256()
        for path in theme_files(self.folder):
            digest.update(path.relative_to(self.folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()


def theme_files(folder: Path) -> Iterator[Path]:
    """Every file that the look depends on."""
    yield from sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _joined(files: Mapping[str, bytes]) -> bytes:
    return b"\0".join(name.encode() + b"\0" + data for name, data in files.items())
