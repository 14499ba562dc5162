"""The theme: templates, stylesheets, scripts, and the names under which the site serves them.

It is read from two folders: the tool's, and the catalog's own `content/theme/`, whose files win by their paths.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import jinja2
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
)

from catalog import source
from catalog.colors import darkened, readable
from catalog.diagnostics import Location, Report
from catalog.forms import open_to_gaps
from catalog.load.shapes import nearest
from catalog.markup import answer_html, host, linked, phrases

CSS_FIRST = ("css/layers.css", "vendor/dads-tokens/tokens.css", "css/tokens.css", "css/base.css", "css/layout.css")
CSS_LAST = ("css/print.css",)
"""The stylesheets around the components, which stand between them by name."""
LOGO = "logo.svg"
"""The publisher's own sign among the pictures; the tool's theme has none."""
ORIGINAL = "original"
"""`{% extends 'original/base.html' %}`: the tool's own template, for one that takes its place."""

_JINJA = Path(jinja2.__file__).parent
_LOGO_HEIGHT = 32
_VIEW_BOX = re.compile(rb"""<svg\b[^>]*\bviewBox\s*=\s*["']\s*\S+?[\s,]+\S+?[\s,]+([\d.]+)[\s,]+([\d.]+)\s*["']""")
_DARKEST_GROUND = "#ffd43d"
"""Of those that links stand on: `--color-mark`."""
_NEW_FILES = re.compile(
    r"templates/answers/[a-z_]+\.html|assets/(?:css/components/[^/]+\.css|js/(?:[^/]+/)?[^/]+\.js|img/[^/]+)|i18n/[A-Za-z-]+\.yaml"
    r"|(?:.+/)?README(?:\.\w+)*\.md"
)
"""What the catalog's own folder may add, beside what takes the place of a file of the tool's theme."""


@dataclass(frozen=True, slots=True)
class Logo:
    """Its file among the pictures, and its size in px; a width of 0 is not known."""

    name: str
    width: int
    height: int


class Theme:
    """Read once; the same folders give the same names and bytes. `own` is checked before, by `check_own_theme`."""

    def __init__(self, folder: Path, own: Path | None = None) -> None:
        self.folder = folder
        self.own = own if own is not None and own.is_dir() and not own.is_symlink() else None
        self.folders = (self.own, folder) if self.own else (folder,)

    @cached_property
    def environment(self) -> Environment:
        environment = Environment(
            loader=_loader(self.folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        environment.filters |= {
            "answer_html": open_to_gaps(answer_html),
            "linked": open_to_gaps(linked),
            "host": open_to_gaps(host),
            "phrases": phrases,
            "of": lambda text, messages: messages.of(text),
        }
        return environment

    def render(self, template: str, context: Mapping[str, object]) -> bytes:
        """A page of the theme as UTF-8."""
        return self.environment.get_template(template).render(context).encode()

    def macro(self, template: str, name: str) -> Callable[..., str]:
        """A macro of a component, for callers that put pages together from parts."""
        found: Callable[..., str] | None = getattr(self.environment.get_template(template).module, name, None)
        if found is None:
            raise TemplateRuntimeError(f"{template} has no macro {name!r}")
        return found

    def has_template(self, name: str) -> bool:
        return any((folder / "templates" / name).is_file() for folder in self.folders)

    # --- assets ---

    @cached_property
    def stylesheet(self) -> bytes:
        """All stylesheets in one: the first ones in their order, then one component after the other."""
        first = [self._asset(name) for name in CSS_FIRST]
        components = self._assets("css/components", ".css").values()
        last = [self._asset(name) for name in CSS_LAST]
        return b"\n".join(data.strip() for data in (*first, *components, *last)) + b"\n"

    @property
    def files(self) -> Mapping[str, bytes]:
        """What the site serves below `assets/`, by its name there. A name changes when its bytes do; those of vendored
        libraries only with their folder."""
        modules = {f"{self.scripts}/{name}": data for name, data in self._modules.items()}
        return {**self.looks, **modules, **{f"vendor/{name}": data for name, data in self._libraries.items()}}

    @cached_property
    def looks(self) -> Mapping[str, bytes]:
        """All but the scripts."""
        return {self.css: self.stylesheet, **{f"{self.images}/{name}": data for name, data in self._images.items()}}

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
    def logo(self) -> Logo | None:
        """The publisher's own sign, if there is one; its size keeps its place while it loads."""
        data = self._images.get(LOGO)
        if data is None:
            return None
        box = _VIEW_BOX.search(data)
        width, height = (float(one) for one in box.groups()) if box else (0.0, 0.0)
        return Logo(LOGO, round(width * _LOGO_HEIGHT / height) if height else 0, _LOGO_HEIGHT)

    @cached_property
    def _modules(self) -> Mapping[str, bytes]:
        return self._assets("js", ".js")  # those of its folders too

    @cached_property
    def _libraries(self) -> Mapping[str, bytes]:
        """What modules of others' stand at, by names that our modules can import."""
        return self._assets("vendor", ".js")

    @cached_property
    def _images(self) -> Mapping[str, bytes]:
        return self._assets("img", "")

    def _asset(self, name: str) -> bytes:
        places = (folder / "assets" / name for folder in self.folders)
        return next((path for path in places if path.is_file()), self.folder / "assets" / name).read_bytes()

    def _assets(self, folder: str, ending: str) -> Mapping[str, bytes]:
        """The files below a folder of assets by their path there, in the order of paths."""
        places = [place / "assets" / folder for place in self.folders]
        found = ((path, path.relative_to(place)) for place in places for path in place.rglob(f"*{ending}"))
        names = {name.as_posix() for path, name in found if path.is_file() and not _is_hidden(name)}
        return {name: self._asset(f"{folder}/{name}") for name in sorted(names)}

    @cached_property
    def digest(self) -> str:
        """Of every file of the theme."""
        digest = hashlib.sha256()
        for folder in self.folders:
            for path in theme_files(folder):
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
            digest.update(b"\0")
        return digest.hexdigest()


def _loader(folders: tuple[Path, ...]) -> BaseLoader:
    tools = _Templates(folders[-1] / "templates")
    everything = _Templates([folder / "templates" for folder in folders])
    return ChoiceLoader([everything, PrefixLoader({ORIGINAL: tools})])


class _Templates(FileSystemLoader):
    """Hidden files are none of the theme's."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        if _is_hidden(Path(template)):
            raise TemplateNotFound(template)
        return super().get_source(environment, template)


def theme_files(folder: Path) -> Iterator[Path]:
    """Every file that the look depends on."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return (path for path in files if not _is_hidden(path.relative_to(folder)))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _short(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


def _joined(files: Mapping[str, bytes]) -> bytes:
    return b"\0".join(name.encode() + b"\0" + data for name, data in files.items())


# --- the brand ---


def brand_stylesheet(color: str) -> Mapping[str, bytes]:
    """The publisher's colour in place of the theme's, as a file by its name; texts are dark enough on every ground."""
    text = readable(color, _DARKEST_GROUND)
    tokens = {
        "--color-brand": color,
        "--color-brand-text": text,
        "--color-link": text,
        "--color-link-hover": darkened(text, 25),
    }
    rules = " ".join(f"{name}: {value};" for name, value in tokens.items())
    data = f"@layer tokens {{ :root {{ {rules} }} }}\n".encode()
    return {f"brand.{_short(data)}.css": data}


# --- the catalog's own folder ---


def check_own_theme(root: Path, own: Path, theme: Theme, report: Report) -> None:
    """Whatever is wrong with the files of the catalog's folder `own`: none may lead out of it, its templates compile.

    The theme is used only after no error was found here.
    """
    if own.is_symlink():  # all of it lies where those who look after `own` do not look
        source.read_bytes(root, own, own.parent, report)
        return
    sound: dict[str, str] = {}
    for path in sorted(own.rglob("*")):
        if (path.is_symlink() or not path.is_dir()) and not _is_hidden(path.relative_to(own)):
            text = _checked(root, path, own, theme, report)
            if text is not None:
                sound[path.relative_to(own).as_posix()] = text
    known = [path.relative_to(theme.folder).as_posix() for path in theme_files(theme.folder)]
    for name in sound:
        named = any(name.removeprefix("templates/") in text for other, text in sound.items() if other != name)
        if name not in known and not _NEW_FILES.fullmatch(name) and not (named and name.startswith("templates/")):
            where = Location((own / name).relative_to(root).as_posix())
            report.add("theme-file-unused", where, found=name, nearest=nearest(name, known))


def _checked(root: Path, path: Path, own: Path, theme: Theme, report: Report) -> str | None:
    """The text of a file ("" of a picture); None, with the reason in `report`, if it cannot be used."""
    name = path.relative_to(own).as_posix()
    if name.startswith("assets/img/"):
        return None if source.read_bytes(root, path, own, report) is None else ""
    file = source.read(root, path, own, report)
    if file.text is not None and name.startswith("templates/"):
        _check_template(file.text, file.path, theme, report)
    return file.text


def _check_template(text: str, path: str, theme: Theme, report: Report) -> None:
    try:
        theme.environment.compile(text, raw=True)
    except TemplateSyntaxError as error:
        report.add("template-broken", Location(path, error.lineno), found=error.message or "")


def place_of(error: BaseException, root: Path, theme: Theme) -> Location | None:
    """Where in the catalog's own templates rendering went wrong; their folder where Jinja refuses what they give to the
    tool's; None where they have nothing to do with it."""
    found, refused = None, isinstance(error, TemplateError)
    trace = error.__traceback__
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if theme.own and path.is_relative_to(theme.own):
            template = trace.tb_frame.f_globals.get("__jinja_template__")  # a macro that Python called
            line = template.get_corresponding_lineno(trace.tb_lineno) if template else trace.tb_lineno
            found = Location(path.relative_to(root).as_posix(), line)
        refused = refused or (trace.tb_next is None and path.is_relative_to(_JINJA))
        trace = trace.tb_next
    if found is None and refused and theme.own and (theme.own / "templates").is_dir():
        return Location((theme.own / "templates").relative_to(root).as_posix())
    return found
