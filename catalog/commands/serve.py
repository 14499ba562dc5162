"""`serve`: the site on this machine, built again and shown again whenever a file is saved.

The last good site stays on disk. While something is wrong, every page shows the problems instead, and returns by itself
when they are mended. Served by livereload; its inline script is why pages go out without their CSP.
"""

from __future__ import annotations

import argparse
import errno
import html
import mimetypes
import os
import re
import socket
import sys
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from catalog.commands import Context, Exit

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from catalog.commands.draft import Draft
    from catalog.diagnostics import Report

HELP = {
    "ja": "サイトを手元で表示し、保存のたびに生成し直す(問題はブラウザーにも表示)",
    "en": "preview the site, rebuilding on every save (problems are shown in the browser, too)",
}
_WORDS = {
    "ja": {
        "port": "ポート番号(既定: %(default)s)",
        "host": "待ち受けるアドレス(既定: %(default)s = このコンピューターからだけ見える)",
        "no-search": "検索の索引を作らない(速くなる)",
        "busy": "ポート {port} はほかのプログラムが使っています。--port {other} のように、別の番号を指定してください",
        "no-port": "ポート {port} はありません。1から65535までの番号を指定してください",
        "refused": "{host} のポート {port} では待ち受けられません({error})。--port や --host を変えてください",
        "serving": "{address} で表示しています。ファイルを保存すると生成し直します(終了: Ctrl+C)",
        "public": "注意: {host} で待ち受けているため、ほかのコンピューターからも見えます",
        "changed": "{path} が変わりました。",
        "built": "生成しました({seconds:.1f}秒)",
        "same": "サイトに変わりはありません({seconds:.1f}秒)",
        "mended": "問題はなくなりました({seconds:.1f}秒)",
        "broken": "問題があるため、前のサイトのままです。直して保存すると続きます",
        "stopped": "終了しました",
        "title": "{errors}件の問題があります",
        "crash": "生成の途中で止まりました",
        "explained": "内容に問題があるため、サイトを生成できませんでした。前のサイトはそのまま残っています。"
        "直して保存すると、このページは自動で元に戻ります。",
        "hint": "ヒント",
        "left": "ほかに{left}件あります(python build.py check ですべて表示)",
        "no-page": "このページはありません",
    },
    "en": {
        "port": "port number (default: %(default)s)",
        "host": "address to listen on (default: %(default)s, visible from this computer only)",
        "no-search": "leave the search index out (faster)",
        "busy": "another program uses port {port}; choose another one, such as --port {other}",
        "no-port": "there is no port {port}; choose one from 1 to 65535",
        "refused": "cannot listen on port {port} of {host} ({error}); change --port or --host",
        "serving": "Serving at {address}; saving a file builds it anew (Ctrl+C ends)",
        "public": "Note: listening on {host}, other computers can see it, too",
        "changed": "{path} has changed.",
        "built": "built ({seconds:.1f} s)",
        "same": "the site stays the same ({seconds:.1f} s)",
        "mended": "the problems are mended ({seconds:.1f} s)",
        "broken": "the site is left as it was, because of these problems; mend and save to go on",
        "stopped": "stopped",
        "title": "{errors} problems",
        "crash": "The build broke off",
        "explained": "The contents have problems, so the site could not be built. The last good site is kept."
        " This page returns by itself when they are mended and saved.",
        "hint": "Hint",
        "left": "{left} more (python build.py check shows all)",
        "no-page": "There is no such page",
    },
}
_SHOWN = 50
_INTERVAL = 100
"""Milliseconds between two looks at the files."""
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".xml": "application/xml; charset=utf-8",
}
"""As a static host names them; `mimetypes` depends on the machine."""
_CSP = re.compile(rb"""<meta\b[^>]*\bhttp-equiv\s*=\s*["']?Content-Security-Policy\b[^>]*>\s*""", re.IGNORECASE)


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    words = _WORDS[language]
    parser.add_argument("--port", type=int, default=8000, help=words["port"])
    parser.add_argument("--host", default="127.0.0.1", help=words["host"])
    parser.add_argument("--no-search", action="store_true", help=words["no-search"])


def run(context: Context) -> Exit:
    words, asked = _WORDS[context.language], context.arguments
    if not 1 <= asked.port <= 65535:
        print(words["no-port"].format(port=asked.port), file=sys.stderr)
        return Exit.USAGE
    problem = _output_problem(context) or _port_problem(asked.host, asked.port, context.language)
    if problem:
        print(problem, file=sys.stderr)
        return Exit.ENVIRONMENT
    preview = Preview(context)
    preview.build()
    print(words["serving"].format(address=_address(asked.host, asked.port)), flush=True)
    if asked.host not in ("127.0.0.1", "localhost", "::1"):
        print(words["public"].format(host=asked.host), flush=True)
    _serve(preview, asked.host, asked.port)
    print(f"\n{words['stopped']}")
    return Exit.CLEAN


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _output_problem(context: Context) -> str:
    """Why no site can be built at all, whatever the files say; "" if one can."""
    from catalog import builder
    from catalog.commands import build as build_command
    from catalog.place import Place, theme_of

    try:
        build_command.base_url_of(context)
        builder.claim(context.out, Place(context.root, theme_of(context.root), context.out).sources)
    except builder.OutputRefused as refused:
        return build_command.REFUSED[context.language][refused.code].format(path=refused.path)
    except ValueError as error:
        return build_command.WORDS[context.language]["bad_url"].format(value=error)
    return ""


def _port_problem(host: str, port: int, language: str) -> str:
    """Why the port cannot be used, before time is spent on a build; "" if it can."""
    words = _WORDS[language]
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return words["busy"].format(port=port, other=port + 1)
        reason = str(error.strerror or error).partition(" (while")[0]  # the rest says again what we say
        return words["refused"].format(host=host, port=port, error=reason)
    return ""


# --- building ---


@dataclass
class Preview:
    """The state of the preview: what is wrong at the moment, if anything."""

    context: Context
    error_page: bytes = b""
    """Shown instead of every page; empty while the site on disk is what the files say."""
    seen: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    fresh: Mapping[str, bytes] = field(default_factory=dict)
    """Pages that are newer than the site on disk, by their paths there."""
    draft: Draft | None = None
    building: Building | None = None
    """The build that another process is busy with."""
    behind: bool = False
    """The site on disk is older than what was last saved, and nothing is building it."""
    undrafted: bool = True
    """The draft is older than the site."""

    @property
    def site(self) -> Path:
        return self.context.out

    @property
    def words(self) -> Mapping[str, str]:
        return _WORDS[self.context.language]

    def build(self) -> bool:
        """Build once; whether what the browser shows may have changed. Nothing that a file says ends the preview."""
        from catalog.commands import build as build_command

        started = time.monotonic()
        self.seen, self.behind = self.files(), False
        try:
            report, changed = build_command.build_once(self.context)
        except Exception:  # a broken template, a full disk: shown like any other problem
            return self._built(traceback.format_exc(), False, started)
        return self._built(report, changed, started)

    def _built(self, outcome: Report | str, changed: bool, started: float) -> bool:
        """Take in what a build told: its problems, or where it broke off."""
        from catalog.commands.problems import show

        before, shown = self.error_page, self.fresh
        self.fresh, self.undrafted = (shown, False) if self.behind else ({}, self.draft is None)
        if isinstance(outcome, str):
            self.error_page, self.draft = self._crash(outcome), None
        else:
            self.error_page = self._problems(outcome) if outcome.errors else b""
            if outcome.diagnostics:
                print()
                show(outcome, self.context.language)
        seconds = time.monotonic() - started
        result = "broken" if self.error_page else "built" if changed else "mended" if before else "same"
        print(self.words[result].format(seconds=seconds), flush=True)
        return changed or self.error_page != before

    def rebuild_if_saved(self) -> bool:
        """Build again if a file was saved since the last build; whether the browser must load its page again."""
        changed = _differences(self.seen, self.files())
        if not changed:
            return False
        self._tell(changed)
        return self.build()

    def look(self) -> bool:
        """As `rebuild_if_saved`, but nobody waits: a saved disclosure is drafted at once, and the whole site is built
        by another process, which this asks for its result."""
        reload = self._take_result() if self.building else False
        found = self.files()
        if changed := _differences(self.seen, found):
            self._tell(changed)
            self.seen, self.behind = found, True
            if self._drafted(changed):
                return True  # the browser gets its page; the rest is for the next look
        if self.building:
            return reload
        if self.behind:
            self.behind = False
            self.building = Building.started(self.context)
            return reload if self.building else self.build()
        if self.undrafted:
            self.draft, self.undrafted = self._new_draft(), False
        return reload

    def _tell(self, changed: Sequence[str]) -> None:
        path = Path(min(changed))
        shown = path.relative_to(self.context.root) if path.is_relative_to(self.context.root) else path
        print(self.words["changed"].format(path=shown.as_posix()), end=" ", flush=True)

    def _take_result(self) -> bool:
        assert self.building is not None
        result = self.building.result()
        if result is None:
            return False
        started, self.building = self.building.since, None
        return self._built(*result, started)

    def _drafted(self, changed: Sequence[str]) -> bool:
        """Whether there are fresh pages of the one disclosure that was saved."""
        path = Path(changed[0])
        draft, self.draft = self.draft, None
        if draft and not self.error_page and changed == [os.fspath(path)] and path.parent == draft.providers:
            with suppress(Exception):  # the build will tell
                self.draft = draft.with_file(path)
        if self.draft is None:
            return False
        self.fresh = {**self.fresh, **self.draft.pages(path)}
        return True

    def _new_draft(self) -> Draft | None:
        """What later saves are drafted with; None where the files have problems."""
        if self.error_page:
            return None
        from catalog.commands import build as build_command
        from catalog.commands.draft import drafted

        with suppress(Exception):  # the build has told, or will
            return drafted(self.context, build_command.base_url_of(self.context))
        return None

    def files(self) -> Mapping[str, tuple[int, int]]:
        """Every file that the site is made of, with what tells that it was saved."""
        from catalog.place import theme_of

        root = self.context.root
        found: dict[str, tuple[int, int]] = {}
        for folder in (root / "content", root / "guideline", theme_of(root)):
            _collect(os.fspath(folder), found)
        return found

    # --- pages of problems ---

    def _problems(self, report: Report) -> bytes:
        from catalog.diagnostics import Severity, printers

        language = self.context.language
        errors = [problem for problem in report.sorted() if problem.severity is Severity.ERROR]
        entries = []
        for problem in errors[:_SHOWN]:
            at = problem.location
            hint, _, lines = printers.hint(problem, language).partition("\n")
            entries.append(
                f"<li><code>{html.escape(f'{at.path}:{at.line}:{at.column}')}</code> "
                f"<b>{html.escape(problem.code)}</b><p>{html.escape(printers.message(problem, language))}</p>"
                + (f"<p>{self.words['hint']}: {html.escape(hint)}</p>" if hint else "")
                + (f"<pre>{html.escape(lines)}</pre>" if lines else "")
            )
        if (left := len(errors) - _SHOWN) > 0:
            entries.append(f"<li>{html.escape(self.words['left'].format(left=left))}")
        title = self.words["title"].format(errors=len(errors))
        return self._page(title, f"<p>{self.words['explained']}</p><ol>{''.join(entries)}</ol>")

    def _crash(self, trace: str) -> bytes:
        print(f"\n{trace}", file=sys.stderr)
        return self._page(self.words["crash"], f"<p>{self.words['explained']}</p><pre>{html.escape(trace)}</pre>")

    def _page(self, title: str, body: str) -> bytes:
        return (
            f'<!doctype html><html lang="{self.context.language}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{html.escape(title)}</title>'
            "<style>body{font:1rem/1.7 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#333}"
            "h1{font-size:1.5rem;border-left:.4rem solid #c74700;padding-left:.8rem}li{margin:1rem 0}p{margin:.2rem 0}"
            "code,pre{font:.9rem/1.5 monospace;background:#f2f2f2;padding:.1rem .3rem}pre{overflow:auto}</style></head>"
            f"<body><h1>{html.escape(title)}</h1>{body}</body></html>\n"
        ).encode()

    def missing_page(self) -> bytes:
        return self._page(self.words["no-page"], "")


def _collect(folder: str, found: dict[str, tuple[int, int]]) -> None:
    """Time and size of every file below `folder`. Links to folders are not followed; what cannot be read is no file."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                _collect(entry.path, found)
                continue
            with suppress(OSError):  # it vanished meanwhile, as editors' own files do
                status = entry.stat()
                found[entry.path] = (status.st_mtime_ns, status.st_size)


def _differences(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The files that were saved, added or removed."""
    if before == after:
        return []
    return sorted(path for path in {**before, **after} if before.get(path) != after.get(path))


@dataclass(frozen=True)
class Building:
    """A build by a copy of this process, and since when."""

    process: int
    answer: Connection[Any, Any]
    since: float

    @staticmethod
    def started(context: Context) -> Building | None:
        """None where there are no copies of processes."""
        from catalog import workers
        from catalog.commands import build as build_command

        if not workers.can_fork():
            return None
        process, answer = workers.apart(lambda: build_command.build_once(context))
        return Building(process, answer, time.monotonic())

    def result(self) -> tuple[Report | str, bool] | None:
        """The problems (or where it broke off) and whether the site changed; None while it is busy."""
        from catalog import workers

        if not self.answer.poll():
            return None
        told: Report | str
        changed = False
        try:
            succeeded, found = self.answer.recv()
            told, changed = found if succeeded else (found, False)
        except (EOFError, OSError):
            told = "the build was killed"
        self.answer.close()
        workers.gone(self.process)
        return told, changed


# --- serving ---


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    type: str
    body: bytes
    location: str = ""


def respond(preview: Preview, path: str) -> Response:
    """What a static host would answer, from the site's folder only; the problems for every page while there are any."""
    name = path.lstrip("/")
    fresh = preview.fresh.get(f"{name}index.html" if name.endswith("/") or not name else name)
    if fresh is not None and not preview.error_page:
        return Response(200, _TYPES[".html"], _CSP.sub(b"", fresh, count=1))
    found = _file(preview.site, path)
    wants_page = path.endswith(("/", ".html")) or found is None or found.is_dir() or found.suffix == ".html"
    if preview.error_page and wants_page:
        return Response(500, _TYPES[".html"], preview.error_page)
    if found is not None and found.is_dir():
        if not path.endswith("/"):
            return Response(302, _TYPES[".html"], b"", f"./{quote(found.name)}/")
        found = found / "index.html"
    if found is not None:
        with suppress(OSError):
            return Response(200, _type(found), _content(found))
    with suppress(OSError):
        return Response(404, _TYPES[".html"], _content(preview.site / "404.html"))
    return Response(404, _TYPES[".html"], preview.missing_page())


def _file(site: Path, path: str) -> Path | None:
    """The file or folder of an address; None if there is none, or if it lies outside the site."""
    try:
        found = (site / path.lstrip("/")).resolve(strict=True)
        if path.endswith("/") and not found.is_dir():
            return None
        return found if found.is_relative_to(site.resolve()) else None
    except (OSError, ValueError, RuntimeError):  # missing, too long, with a NUL, a loop of links
        return None


def _content(path: Path) -> bytes:
    """A file's bytes; a page's without its CSP, which would refuse livereload's script."""
    body = path.read_bytes()
    return _CSP.sub(b"", body, count=1) if path.suffix == ".html" else body


def _type(path: Path) -> str:
    return _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _serve(preview: Preview, host: str, port: int) -> None:
    """Serve until Ctrl+C."""
    from livereload import Server
    from livereload.handlers import LiveReloadHandler
    from livereload.watcher import Watcher
    from tornado.ioloop import PeriodicCallback
    from tornado.web import RequestHandler

    class Pages(RequestHandler):
        def get(self, path: str) -> None:
            answer = respond(preview, f"/{path}")
            self.set_status(answer.status)
            self.set_header("Content-Type", answer.type)
            self.set_header("Cache-Control", "no-store")
            if answer.location:
                self.set_header("Location", answer.location)
            self.finish(answer.body)

        head = get

    class Saved(Watcher):  # type: ignore[misc]
        """Instead of livereload's own watching, which passes over what is saved within three seconds of a reload."""

        def start(self, callback: Callable[[], None]) -> bool:
            def look() -> None:
                if preview.look():
                    LiveReloadHandler.reload_waiters("*")

            PeriodicCallback(look, _INTERVAL).start()
            return True

    class SiteServer(Server):  # type: ignore[misc]
        def get_web_handlers(self, script: bytes) -> list[tuple[Any, ...]]:
            return [(r"/(.*)", Pages)]

        def _setup_logging(self) -> None:
            """The command prints what there is to say."""

    import logging

    for name in ("livereload", "tornado.access"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    watcher = Saved()
    watcher.watch(os.fspath(preview.site))  # livereload would watch the current folder otherwise
    SiteServer(watcher=watcher).serve(port=port, host=host, debug=False)
