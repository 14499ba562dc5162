"""Sites for the tests: catalogs read or made up, rendered in memory or built by the command, served to Chromium."""

from __future__ import annotations

import functools
import io
import mimetypes
import os
import random
import shutil
import subprocess
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from chromium import LAUNCH_ARGS, find_chromium
from playwright.sync_api import Browser, Page, Request, sync_playwright
from site_checker import Site

from catalog import cli, pipeline
from catalog.dates import months_later
from catalog.diagnostics import Location, Report
from catalog.messages import Messages, load_messages
from catalog.model import (
    Answer,
    Catalog,
    DataCenter,
    Disclosure,
    Guideline,
    Kind,
    Row,
    Scope,
    Service,
    Sheet,
    Slot,
    Status,
    SubmittedBy,
    Withdrawn,
)
from catalog.source import ParseCache
from catalog.theme import Theme

ROOT = Path(__file__).resolve().parent.parent
VARIETY = ROOT / "tests" / "roots" / "variety"
TODAY = date(2026, 11, 23)
BASE_URL = "https://example.com/catalog/"


# --- catalogs --------------------------------------------------------------------------------------------------------


def read(root: Path, today: date = TODAY) -> Catalog:
    """A root without errors as a catalog."""
    report = Report()
    catalog = pipeline.read(root, today, ParseCache(None, ""), report)
    assert catalog is not None, report.sorted()
    return catalog


@functools.cache
def theme(folder: Path = ROOT / "theme") -> Theme:
    return Theme(folder)


@functools.cache
def words(language: str = "ja") -> Messages:
    return load_messages(ROOT / "theme", (language,), ParseCache(None, ""), Report())[language]


def rendered(catalog: Catalog, base_url: str = BASE_URL, wanted: Callable[[str], bool] = lambda path: True) -> Site:
    """What a clean build makes of a catalog, but for the search index; without touching the disk."""
    languages = load_messages(ROOT / "theme", catalog.settings.languages, ParseCache(None, ""), Report())
    plan = pipeline.plan(catalog, theme(), languages, base_url)
    files = {artifact.path: artifact.render() for artifact in plan if wanted(artifact.path)}
    return Site(files | {"pagefind/pagefind.js": b""})


def with_disclosures(catalog: Catalog, disclosures: list[Disclosure]) -> Catalog:
    """The same catalog with other disclosures."""
    return replace(catalog, providers=tuple(pipeline.assemble(disclosures, catalog.settings, catalog.today)))


# --- disclosures that nobody wrote -----------------------------------------------------------------------------------


@dataclass
class Inventor:
    """Makes up disclosures to a guideline: any status anywhere, values as somebody else answered the same field."""

    guideline: Guideline
    dice: random.Random
    pools: Mapping[str, list[Answer]] = field(default_factory=dict)

    @classmethod
    def of(cls, catalog: Catalog, seed: int) -> Inventor:
        pools: dict[str, list[Answer]] = defaultdict(list)
        for sheet in catalog.sheets:
            for row in sheet.rows:
                pools[row.slot.field.id].append(row.answer)
        return cls(catalog.newest[0], random.Random(seed), pools)

    def disclosure(self, number: int) -> Disclosure:
        dice = self.dice
        by = dice.choices((SubmittedBy.PROVIDER, SubmittedBy.THIRD_PARTY), (6, 1))[0]
        day = TODAY - timedelta(days=dice.randrange(1000)) if dice.random() < 0.9 else None
        day = None if by is SubmittedBy.THIRD_PARTY else day
        centers = tuple(self._center(f"dc-{place}") for place in range(dice.randrange(4)))
        return Disclosure(
            path=f"content/providers/p{number:03}.yaml",
            provider_id=f"p{number:03}",
            guideline=self.guideline,
            submitted_by=by,
            name=f"架空商事第{number}",
            answers=self._answers(Scope.PROVIDER),
            services=tuple(self._service(f"s{place}", centers) for place in range(dice.randrange(4))),
            data_centers=centers,
            sample=dice.random() < 0.15,
            disclosed_on=day,
            expires_on=months_later(day, 24) if day else None,
            transcribed_on=TODAY if by is SubmittedBy.THIRD_PARTY else None,
            withdrawn=Withdrawn("2026-10-01", "架空の理由") if dice.random() < 0.08 else None,
            digest=str(number),
        )

    def _service(self, name: str, centers: tuple[DataCenter, ...]) -> Service:
        dice = self.dice
        used = tuple(center.id for center in centers if dice.random() < 0.6)
        reason = "" if used or dice.random() < 0.5 else "使っていないため"
        overrides = {field: answer for field, answer in self._answers(Scope.PROVIDER).items() if dice.random() < 0.1}
        answers = {**self._answers(Scope.SERVICE), **overrides}
        return Service(name, f"架空サービス{name}", used, reason, answers, (), Location(""))

    def _center(self, name: str) -> DataCenter:
        return DataCenter(name, f"架空センター{name}", self._answers(Scope.DATA_CENTER), Location(""))

    def _answers(self, scope: Scope) -> dict[str, Answer]:
        complete = self.dice.random() < 0.2
        share = self.dice.uniform(0.1, 1)
        return {
            slot.field.id: self._answer(slot, complete=complete)
            for slot in self.guideline.scopes[scope]
            if complete or self.dice.random() < share
        }

    def _answer(self, slot: Slot, *, complete: bool) -> Answer:
        title = slot.field.title
        made_up = (
            Answer(Status.DISCLOSED, Kind.TEXT, "契約による"),
            Answer(Status.DISCLOSED, Kind.NOT_APPLICABLE, "該当なし", detail="扱わないため"),
            Answer(Status.DISCLOSED, Kind.NO, "無し", "no"),
            Answer(Status.PARTIAL, Kind.YES, "有り", "yes", missing=(title,)),
            Answer(Status.PARTIAL, Kind.NOT_APPLICABLE, "該当なし", missing=({"ja": "理由", "en": "the reason"},)),
            Answer(Status.WITHHELD, None, "非公開", detail="未公表のため"),
            Answer(Status.ON_REQUEST, None, "個別開示", detail="窓口へ"),
        )
        known = [one for one in self.pools.get(slot.field.id, ()) if one.status is not Status.UNANSWERED]
        found = [one for one in (*made_up, *known) if not complete or one.status is Status.DISCLOSED]
        return self.dice.choice(found)


# --- the command -----------------------------------------------------------------------------------------------------


def copy_root(source: Path, target: Path) -> Path:
    """A root of its own, so that nothing is written beside the sources."""
    for name in ("content", "guideline"):
        shutil.copytree(source / name, target / name)
    return target


def run_build(root: Path, out: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """`python build.py …` as a person runs it."""
    command = [sys.executable, str(ROOT / "build.py"), "build", "--root", str(root), "--out", str(out), *arguments]
    if not any(argument == "--today" for argument in arguments):
        command += ["--today", TODAY.isoformat()]
    known = {name: value for name, value in os.environ.items() if name not in ENVIRONMENT}
    return subprocess.run(command, env=known | {"LC_ALL": "C.UTF-8", **environment}, capture_output=True, text=True)


ENVIRONMENT = ("CATALOG_BASE_URL", "CATALOG_REPOSITORY")
"""What a build takes from the environment, and tests from nowhere."""


def build_here(root: Path, out: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The same without a process of its own, which takes a second each."""
    command = ["build", "--root", str(root), "--out", str(out), *arguments]
    if not any(argument == "--today" for argument in arguments):
        command += ["--today", TODAY.isoformat()]
    said, complained = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(complained):
        for name in ENVIRONMENT:
            patch.delenv(name, raising=False)
        for name, value in {"LC_ALL": "C.UTF-8", **environment}.items():
            patch.setenv(name, value)
        code = cli.main(command, ROOT)
    return subprocess.CompletedProcess(command, code, said.getvalue(), complained.getvalue())


def built(source: Path, folder: Path) -> Site:
    """A copy of a root, built with the search index and an address."""
    root = copy_root(source, folder / "root")
    done = run_build(root, folder / "site", "--base-url", BASE_URL)
    assert done.returncode == 0, done.stdout + done.stderr
    return Site.of_folder(folder / "site")


def with_rows(sheet: Sheet, rows: Iterable[Row]) -> Sheet:
    """A sheet that says something else than its disclosure."""
    other = replace(sheet)
    other.__dict__["rows"] = tuple(rows)
    return other


# --- the browser -----------------------------------------------------------------------------------------------------


@contextmanager
def served(site: Site) -> Iterator[str]:
    """A static host that knows the site below its sub-path, and answers everything else with its 404 page."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = site.file_at(f"https://site.invalid{self.path}")
            found = path is not None and path in site.files
            data = site.files[path] if path is not None and found else site.files["404.html"]
            kind = mimetypes.guess_type(path or "")[0] if found else "text/html"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", kind or "application/octet-stream")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """A browser that goes away before it has read everything is none."""

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}{site.base}"
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    found = find_chromium()
    if found is None:
        pytest.fail("no Chromium: run scripts/setup.sh test")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=LAUNCH_ARGS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A browser's tab, and all that went wrong in it: messages, exceptions, dialogs, requests to other hosts."""

    page: Page
    address: str
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.said.append(f"{message.text} ({message.location['url']})"))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("request", self._requested)

    def _requested(self, request: Request) -> None:
        if not request.url.startswith(self.address):
            self.said.append(f"request to {request.url}")

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


@contextmanager
def watched(browser: Browser, address: str, **options: Any) -> Iterator[Watched]:
    """A tab of its own; `options` as for a context of Playwright."""
    context = browser.new_context(reduced_motion="reduce", **options)
    yield Watched(context.new_page(), address)
    context.close()
