"""`serve`: the site in the browser, the problems while there are any, and nothing but the site."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from tornado.websocket import websocket_connect

from catalog.cli import main
from catalog.commands import Context, build, serve, today_in_tokyo
from catalog.commands.serve import Preview, respond
from catalog.diagnostics import Location, Report

ROOT = Path(__file__).resolve().parent.parent
SMALLEST = ROOT / "tests" / "roots" / "smallest"
DEADLINE = 30
PAGE = "/providers/kaku-shoji/cloud/"
T = TypeVar("T")


def until(probe: Callable[[], T | None]) -> T:
    """The first answer of `probe` that is not None."""
    end = time.monotonic() + DEADLINE
    while (found := probe()) is None:
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def get(address: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body; redirects are followed."""
    try:
        with urllib.request.urlopen(address, timeout=DEADLINE) as answer:
            return answer.status, dict(answer.headers), answer.read().decode(errors="replace")
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read().decode()


def files(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in folder.rglob("*")
        if path.is_file()
    }


def small_catalog(folder: Path) -> Path:
    shutil.copytree(SMALLEST, folder)
    settings = folder / "content" / "catalog.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[ja, en]", "[ja]"), encoding="utf-8")
    return folder


class Running:
    """A server process over a small catalog."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = root.parent / "serve.log"
        command = [sys.executable, str(ROOT / "build.py"), "serve", "--root", str(root), "--no-search", "--lang", "ja"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port)], stdout=log, stderr=subprocess.STDOUT, cwd=root
            )

    def get(self, path: str) -> tuple[int, dict[str, str], str]:
        return get(self.address + path)

    def answers(self) -> bool | None:
        assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
        try:
            return self.get(PAGE)[0] == 200 or None
        except OSError:
            return None

    def shows(self, path: str, status: int, words: str) -> str | None:
        found, _, body = self.get(path)
        return body if found == status and words in body else None

    def edit(self, old: str, new: str) -> None:
        """Save the disclosure as editors do: a new file in the old one's place."""
        path = self.root / "content" / "providers" / "kaku-shoji.yaml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        new_file = path.with_name(".kaku-shoji.yaml.swp")
        new_file.write_text(text.replace(old, new), encoding="utf-8")
        new_file.replace(path)

    async def reloads(self, change: Callable[[], None]) -> str:
        """What a browser with a page open is told after `change`."""
        connection = await websocket_connect(f"ws://127.0.0.1:{self.port}/livereload")
        await connection.write_message(json.dumps({"command": "hello", "protocols": []}))
        assert json.loads(str(await connection.read_message()))["command"] == "hello"
        await connection.write_message(json.dumps({"command": "info", "url": self.address}))
        # the server reads what a connection sends in order: after this answer it knows the page
        await connection.write_message(json.dumps({"command": "hello", "protocols": []}))
        await connection.read_message()
        change()
        told = json.loads(str(await asyncio.wait_for(connection.read_message(), DEADLINE)))
        connection.close()
        return f"{told['command']} {told['path']}"

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(DEADLINE)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    server = Running(small_catalog(tmp_path_factory.mktemp("serve") / "catalog"))
    try:
        until(server.answers)
        yield server
    finally:
        server.process.kill()
        server.process.wait()


class TestTheServer:
    def test_shows_the_pages_with_its_script_and_without_their_csp(self, running: Running) -> None:
        status, headers, body = running.get(PAGE)
        built = (running.root / "site" / PAGE.strip("/") / "index.html").read_text(encoding="utf-8")
        assert status == 200
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Cache-Control"] == "no-store"
        assert "Content-Security-Policy" in built
        assert "Content-Security-Policy" not in body
        assert "livereload.js" in body
        assert "livereload.js" not in built

    def test_serves_every_file_of_the_site_and_its_404_page(self, running: Running) -> None:
        for path, (_, data) in files(running.root / "site").items():
            if not path.endswith(".html"):
                assert running.get(f"/{path}")[::2] == (200, data.decode(errors="replace"))
        status, _, body = running.get("/no/such/page/")
        assert status == 404
        title = (
            (running.root / "site" / "404.html").read_text(encoding="utf-8").partition("<title>")[2].partition("<")[0]
        )
        assert f"<title>{title}" in body

    def test_leads_to_the_folder(self, running: Running) -> None:
        assert running.get(PAGE.rstrip("/"))[0] == 200

    def test_shows_problems_in_the_browser_until_they_are_mended(self, running: Running) -> None:
        site = files(running.root / "site")
        wrong = "<script>alert(1)</script>"
        told = asyncio.run(
            running.reloads(lambda: running.edit("  provider_name:", f"  disclosure_date: {wrong}\n  provider_name:"))
        )
        assert told == "reload *"
        body = until(lambda: running.shows(PAGE, 500, "not-a-date"))
        assert "content/providers/kaku-shoji.yaml:6:20" in body
        assert "「&lt;script&gt;alert(1)&lt;/script&gt;」は日付ではありません(項目1 開示情報の日付)" in body
        assert "ヒント: 2026-04-01 の形で書いてください" in body
        assert wrong not in body
        assert "livereload.js" in body
        assert running.get("/no/such/page/")[0] == 500
        assert running.get("/api/v1/catalog.json")[0] == 200
        assert files(running.root / "site") == site
        told = asyncio.run(running.reloads(lambda: running.edit(f"  disclosure_date: {wrong}\n", "")))
        assert told == "reload *"
        until(lambda: running.shows(PAGE, 200, "架空クラウド"))
        assert {name: data for name, (_, data) in files(running.root / "site").items()} == {
            name: data for name, (_, data) in site.items()
        }
        log = running.log.read_text(encoding="utf-8")
        assert f"{running.address}/ で表示しています。" in log
        assert "content/providers/kaku-shoji.yaml が変わりました。" in log
        assert "content/providers/kaku-shoji.yaml:6:20: error[not-a-date]: " in log
        assert "Traceback" not in log

    def test_shows_what_was_changed_added_and_removed(self, running: Running) -> None:
        first = running.root / "content" / "providers" / "kaku-shoji.yaml"
        second = first.with_name("kaku-denki.yaml")
        shutil.copy(first, second)
        until(lambda: running.shows("/providers/kaku-denki/cloud/", 200, "架空クラウド"))
        running.edit("架空クラウド", "架空クラウド改")
        until(lambda: running.shows(PAGE, 200, "架空クラウド改"))
        second.unlink()
        until(lambda: running.get("/providers/kaku-denki/cloud/")[0] == 404 or None)

    @pytest.mark.parametrize("rubbish", [b"\xff\xfe", b"", b"a: ["])
    def test_survives_every_broken_save(self, running: Running, rubbish: bytes) -> None:
        path = running.root / "content" / "providers" / "kaku-broken.yaml"
        path.write_bytes(rubbish)
        until(lambda: running.shows(PAGE, 500, "content/providers/kaku-broken.yaml"))
        path.unlink()
        until(running.answers)

    def test_listens_on_this_computer_only(self, running: Running) -> None:
        with socket.socket() as other:
            other.bind(("127.0.0.2", running.port))  # still free: the server took one address, not all

    def test_says_that_the_port_is_taken(self, running: Running, capsys: pytest.CaptureFixture[str]) -> None:
        arguments = ["serve", "--root", str(running.root), "--port", str(running.port)]
        assert main([*arguments, "--lang", "en"], ROOT) == 3
        error = capsys.readouterr().err
        assert (
            error
            == f"another program uses port {running.port}; choose another one, such as --port {running.port + 1}\n"
        )

    def test_ends_with_control_c(self, tmp_path: Path) -> None:
        server = Running(small_catalog(tmp_path / "catalog"))
        until(server.answers)
        assert server.stop() == 0
        assert server.log.read_text(encoding="utf-8").endswith("終了しました\n")


# --- without a network ---


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    """A preview of a site that was written by hand; beside it, what must not be served."""
    root = small_catalog(tmp_path / "catalog")
    site = root / "site"
    (site / "a").mkdir(parents=True)
    (site / "a" / "index.html").write_text("<head></head>page a", encoding="utf-8")
    (site / "style.css").write_text("css", encoding="utf-8")
    (site / "data.wasm").write_bytes(b"\0asm")
    (root / "site-secret").mkdir()
    (root / "site-secret" / "index.html").write_text("secret", encoding="utf-8")
    arguments = argparse.Namespace(port=0, host="127.0.0.1", no_search=True)
    return Preview(Context(root, site, today_in_tokyo(), "ja", arguments))


class TestAnswers:
    def test_are_those_of_a_static_host(self, preview: Preview) -> None:
        page, style, wasm = (respond(preview, path) for path in ("/a/", "/style.css", "/data.wasm"))
        assert (page.status, page.type, page.body) == (200, "text/html; charset=utf-8", b"<head></head>page a")
        assert (style.status, style.type) == (200, "text/css; charset=utf-8")
        assert (wasm.status, wasm.type) == (200, "application/wasm")
        assert (respond(preview, "/a").status, respond(preview, "/a").location) == (302, "./a/")
        assert respond(preview, "/style.css/").status == 404
        assert respond(preview, "/nothing").status == 404

    @pytest.mark.parametrize(
        "path",
        [
            *("/../content/catalog.yaml", "/a/../../content/catalog.yaml", "//etc/passwd", "/../site-secret/"),
            *("/\0", "/" + "x" * 5000, "/loop/", "/out/catalog.yaml", "/C:/", "/..\\content\\catalog.yaml"),
        ],
    )
    def test_never_leave_the_site(self, preview: Preview, path: str) -> None:
        (preview.site / "loop").symlink_to(preview.site / "loop")
        (preview.site / "out").symlink_to(preview.context.root / "content")
        answer = respond(preview, path)
        assert answer.status == 404
        assert b"title" in answer.body
        assert b"secret" not in answer.body

    @pytest.mark.parametrize(
        "meta",
        [
            """<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self'">""",
            """<META content="default-src 'none'" HTTP-EQUIV='content-security-policy' />""",
            """<meta\n http-equiv=Content-Security-Policy content=x>""",
        ],
    )
    def test_carry_no_csp(self, preview: Preview, meta: str) -> None:
        (preview.site / "a" / "index.html").write_text(f'<head><meta charset="utf-8">{meta}</head>', encoding="utf-8")
        assert respond(preview, "/a/").body == b'<head><meta charset="utf-8"></head>'

    def test_are_the_problems_for_pages_only(self, preview: Preview) -> None:
        preview.error_page = b"problems"
        for path in ("/", "/a/", "/a", "/a/index.html", "/nothing"):
            assert (respond(preview, path).status, respond(preview, path).body) == (500, b"problems")
        assert respond(preview, "/style.css").body == b"css"


class TestBuilding:
    def test_goes_on_after_whatever_goes_wrong(
        self, preview: Preview, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        def fail(context: Context) -> tuple[Report, bool]:
            raise OSError(28, "No space left on <device>")

        monkeypatch.setattr(build, "build_once", fail)
        assert preview.build()
        page = respond(preview, "/a/")
        assert page.status == 500
        assert b"No space left on &lt;device&gt;" in page.body
        assert "Traceback" in capsys.readouterr().err
        monkeypatch.setattr(build, "build_once", lambda context: (Report(), False))
        assert preview.build()
        assert respond(preview, "/a/").status == 200
        assert "問題はなくなりました" in capsys.readouterr().out

    def test_happens_only_when_something_was_saved(self, preview: Preview, monkeypatch: pytest.MonkeyPatch) -> None:
        builds: list[int] = []

        def once(context: Context) -> tuple[Report, bool]:
            builds.append(1)
            return Report(), False

        monkeypatch.setattr(build, "build_once", once)
        preview.build()
        assert not preview.rebuild_if_saved()
        assert len(builds) == 1
        path = preview.context.root / "guideline" / "mini" / "1" / "guideline.yaml"
        os.utime(path, ns=(1, 1))
        assert not preview.rebuild_if_saved()  # built, and the site is the same
        assert len(builds) == 2
        (preview.context.root / "theme").mkdir()
        preview.rebuild_if_saved()  # the catalog has a theme of its own now
        assert len(builds) == 3

    def test_looks_past_loops_of_links(self, preview: Preview) -> None:
        content = preview.context.root / "content"
        (content / "self").symlink_to(content)
        (content / "nowhere").symlink_to(content / "missing")
        assert os.fspath(content / "catalog.yaml") in preview.files()

    def test_shows_the_first_problems_and_how_many_are_left(
        self, preview: Preview, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        report = Report()
        for line in range(1, 61):
            report.add("yaml-empty", Location("content/providers/x.yaml", line))
        monkeypatch.setattr(build, "build_once", lambda context: (report, False))
        preview.build()
        page = preview.error_page.decode()
        assert "<title>60件の問題があります</title>" in page
        assert page.count("<li><code>") == 50
        assert "ほかに10件あります" in page


class TestStarting:
    def test_says_when_there_is_no_place_for_the_site(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        root = small_catalog(tmp_path / "catalog")
        out = root / "content"
        assert main(["serve", "--root", str(root), "--out", str(out), "--lang", "en"], ROOT) == 3
        assert capsys.readouterr().err == f"the output {out} contains the sources; name another folder\n"

    def test_says_when_it_cannot_listen(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        serve_it = ["serve", "--root", str(small_catalog(tmp_path / "catalog")), "--lang", "en"]
        assert main([*serve_it, "--port", "99999"], ROOT) == 2
        assert capsys.readouterr().err == "there is no port 99999; choose one from 1 to 65535\n"
        assert main([*serve_it, "--host", "192.0.2.1", "--port", "8000"], ROOT) == 3
        assert capsys.readouterr().err.startswith("cannot listen on port 8000 of 192.0.2.1 (")

    def test_warns_when_others_can_see_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(serve, "_serve", lambda *arguments: None)
        monkeypatch.setattr(build, "build_once", lambda context: (Report(), True))
        root = str(small_catalog(tmp_path / "catalog"))
        port = str(free_port())
        assert main(["serve", "--root", root, "--port", port, "--host", "0.0.0.0", "--lang", "en"], ROOT) == 0
        assert "other computers can see it" in capsys.readouterr().out
        assert main(["serve", "--root", root, "--port", port, "--lang", "en"], ROOT) == 0
        assert "other computers" not in capsys.readouterr().out


class TestDrafts:
    @pytest.fixture
    def preview(self, tmp_path: Path) -> Preview:
        root = small_catalog(tmp_path / "root")
        arguments = argparse.Namespace(port=0, host="127.0.0.1", no_search=True)
        preview = Preview(Context(root, root / "site", today_in_tokyo(), "ja", arguments))
        preview.build()
        return preview

    def save(self, preview: Preview, old: str, new: str) -> None:
        path = preview.context.root / "content" / "providers" / "kaku-shoji.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    def test_a_saved_disclosure_is_shown_before_the_site_is_built(self, preview: Preview) -> None:
        assert not preview.look()
        assert preview.draft
        page = preview.site / PAGE[1:] / "index.html"
        before = page.read_bytes()
        self.save(preview, "架空クラウド", "架空の新しいクラウド")
        assert preview.look()
        assert "架空の新しいクラウド" in respond(preview, PAGE).body.decode()
        assert page.read_bytes() == before
        until(lambda: preview.look() or None)
        assert preview.fresh == {}
        shown = respond(preview, PAGE).body
        assert "架空の新しいクラウド" in shown.decode()
        assert "架空の新しいクラウド" in page.read_text(encoding="utf-8")

    def test_the_draft_is_what_the_site_becomes(self, preview: Preview) -> None:
        preview.look()
        self.save(preview, "架空商事", "架空商会")
        assert preview.look()
        drafted = dict(preview.fresh)
        until(lambda: preview.look() or None)
        for path, data in drafted.items():
            assert (preview.site / path).read_bytes() == data

    def test_problems_are_told_by_the_build(self, preview: Preview) -> None:
        preview.look()
        self.save(preview, "provider_name:", "provider_nam:")
        told = preview.look()  # by this process where no other can build
        until(lambda: told or preview.look() or None)
        assert respond(preview, PAGE).status == 500
        self.save(preview, "provider_nam:", "provider_name:")
        until(lambda: preview.look() or None)
        assert respond(preview, PAGE).status == 200

    def test_what_is_saved_during_a_build_is_built_next(self, preview: Preview) -> None:
        preview.look()
        self.save(preview, "架空クラウド", "架空一")
        preview.look()
        preview.look()  # starts the build
        self.save(preview, "架空一", "架空二")
        assert preview.look()
        page = preview.site / PAGE[1:] / "index.html"
        while preview.behind or preview.building:
            preview.look()
            time.sleep(0.02)
        assert preview.fresh == {}
        assert "架空二" in page.read_text(encoding="utf-8")
