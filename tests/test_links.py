"""Links of evidence: public hosts only, never long, never much; broken only after failures over several days."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from github_text import meanings
from hypothesis import given
from hypothesis import strategies as st
from sites import ROOT, TODAY, copy_root, read

from catalog import cli
from catalog.commands import links as command
from catalog.diagnostics import Location
from catalog.links import (
    FAILING_DAYS,
    FAILURES,
    FRESH_DAYS,
    History,
    Look,
    Seen,
    Use,
    Verdict,
    after,
    fetch,
    is_due,
    report,
    uses_of,
    verdict,
)

PUBLIC = "93.184.216.34"


# --- patience --------------------------------------------------------------------------------------------------------


def history_of(*looks: Seen, every: int = 1) -> History:
    known: History | None = None
    for number, seen in enumerate(looks):
        known = after(known, Look(seen, "x"), TODAY + timedelta(days=number * every))
    assert known is not None
    return known


class TestPatience:
    def test_one_failure_is_no_broken_link(self) -> None:
        assert verdict(history_of(Seen.WORKS, Seen.FAILS)) is Verdict.WAITING

    def test_many_failures_on_one_day_count_once(self) -> None:
        assert history_of(*[Seen.FAILS] * 20, every=0).failures == 1

    def test_several_failures_over_several_days_are(self) -> None:
        assert verdict(history_of(*[Seen.FAILS] * (FAILING_DAYS + 1))) is Verdict.BROKEN
        assert verdict(history_of(*[Seen.FAILS] * (FAILURES - 1), every=30)) is Verdict.WAITING

    def test_one_success_clears_everything(self) -> None:
        known = history_of(*[Seen.FAILS] * 20, Seen.WORKS, Seen.FAILS)
        assert (known.failures, verdict(known)) == (1, Verdict.WAITING)

    def test_who_answers_people_only_is_never_called_broken(self) -> None:
        assert verdict(history_of(*[Seen.FORBIDDEN] * 50)) is Verdict.FORBIDDEN

    @given(st.lists(st.sampled_from(Seen), min_size=1, max_size=30))
    def test_broken_means_that_the_last_looks_failed(self, looks: list[Seen]) -> None:
        known = history_of(*looks)
        if verdict(known) is Verdict.BROKEN:
            assert set(looks[-FAILURES:]) == {Seen.FAILS}

    def test_what_works_is_left_in_peace_for_a_week_or_two(self) -> None:
        due = {
            next(d for d in range(99) if is_due(f"https://a.jp/{n}", history_of(Seen.WORKS), TODAY + timedelta(days=d)))
            for n in range(200)
        }
        assert due == set(range(FRESH_DAYS, 2 * FRESH_DAYS))
        assert is_due("https://a.jp/", None, TODAY)
        assert is_due("https://a.jp/", history_of(Seen.FAILS), TODAY + timedelta(days=1))
        assert not is_due("https://a.jp/", history_of(Seen.FAILS), TODAY)


# --- where it may not go ---------------------------------------------------------------------------------------------


def unreachable(address: str, port: int, seconds: float) -> socket.socket:
    raise AssertionError(f"connected to {address}")


NOWHERE = fetch.Net(connect=unreachable)


class TestPublic:
    @pytest.mark.parametrize(
        "address",
        [
            *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
            *("224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1"),
            *("::1", "::", "fe80::1", "fe80::1%eth0", "fd00:ec2::254", "ff02::1", "fec0::1", "2001:db8::1"),
            *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::"),
            "2001:0:4136:e378:8000:63bf:80ff:fffe",
        ],
    )
    def test_what_is_not_is_refused(self, address: str) -> None:
        assert not fetch.is_public(address)

    @pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
    def test_what_is_is_not(self, address: str) -> None:
        assert fetch.is_public(address)

    @pytest.mark.parametrize(
        "address",
        [
            *("ftp://a.jp/", "file:///etc/passwd", "//a.jp/", "https:///x", "javascript:alert(1)"),
            *("http://user@a.jp/", "http://user:secret@a.jp/", "http://a.jp:22/", "https://a.jp:80/"),
        ],
    )
    def test_other_addresses_are_not_even_resolved(self, address: str) -> None:
        def never(*_: object) -> list[str]:
            raise AssertionError

        assert fetch.look(address, fetch.Net(resolve=never)).seen is Seen.NOT_PUBLIC

    @pytest.mark.parametrize("found", [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["::1", PUBLIC]])
    def test_one_private_address_of_a_host_is_enough(self, found: list[str]) -> None:
        net = fetch.Net(resolve=lambda host, port: found, connect=unreachable)
        assert fetch.look("https://a.jp/", net) == Look(Seen.NOT_PUBLIC, "not a public address")

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "169.254.169.254"])
    def test_names_of_this_machine_are_refused_by_what_they_resolve_to(self, host: str) -> None:
        assert fetch.look(f"http://{host}/", fetch.Net(connect=unreachable)).seen is not Seen.WORKS

    @given(st.text(max_size=40))
    def test_any_text_is_looked_at_without_a_traceback(self, text: str) -> None:
        net = replace(NOWHERE, resolve=lambda host, port: ["127.0.0.1"])
        for address in (text, f"https://{text}", f"http://a.jp/{text}"):
            assert fetch.look(address, net).seen in (Seen.NOT_PUBLIC, Seen.FAILS)


# --- a host ----------------------------------------------------------------------------------------------------------


@contextmanager
def host(answer: Callable[[socket.socket, bytes], None], seconds: float = 5) -> Iterator[fetch.Net]:
    """A net in which every name is a public host, which answers as `answer` does; private.example is a private one."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection, suppress(OSError):
                answer(connection, connection.recv(65536))

    threading.Thread(target=serve, daemon=True).start()
    connected: list[str] = []

    def connect(address: str, port: int, left: float) -> socket.socket:
        assert address == PUBLIC
        connected.append(address)
        return socket.create_connection(server.getsockname(), timeout=left)

    def resolve(name: str, port: int) -> list[str]:
        if name == "gone.example":
            raise socket.gaierror(-2, "Name or service not known")
        return ["192.168.0.7"] if name == "private.example" else [PUBLIC]

    try:
        yield fetch.Net(resolve=resolve, connect=connect, seconds=seconds)
    finally:
        server.close()


def says(status: str, *headers: str, body: bytes = b"") -> Callable[[socket.socket, bytes], None]:
    head = "\r\n".join((f"HTTP/1.1 {status}", *headers, "", "")).encode()
    return lambda connection, request: connection.sendall(head + body)


class TestLook:
    @pytest.mark.parametrize(
        ("status", "seen"),
        [
            ("200 OK", Seen.WORKS),
            ("404 Not Found", Seen.FAILS),
            ("410 Gone", Seen.FAILS),
            ("500 Error", Seen.FAILS),
            ("403 Forbidden", Seen.FORBIDDEN),
            ("429 Too Many Requests", Seen.FORBIDDEN),
        ],
    )
    def test_reads_the_status(self, status: str, seen: Seen) -> None:
        with host(says(status)) as net:
            assert fetch.look("http://a.example/", net) == Look(seen, status[:3])

    def test_asks_for_the_very_page_under_the_hosts_name(self) -> None:
        asked: list[bytes] = []

        def answer(connection: socket.socket, request: bytes) -> None:
            asked.append(request)
            says("200 OK")(connection, request)

        with host(answer) as net:
            assert fetch.look("http://例え.example/資料.pdf?v=1&x=あ#page=2", net).seen is Seen.WORKS
        first, *headers = asked[0].decode().split("\r\n")
        assert first == "GET /%E8%B3%87%E6%96%99.pdf?v=1&x=%E3%81%82 HTTP/1.1"
        assert "Host: xn--r8jz45g.example" in headers

    def test_follows_a_redirect_and_says_where_it_led(self) -> None:
        def answer(connection: socket.socket, request: bytes) -> None:
            moved = b"/old" in request
            (says("301 Moved", "Location: /new") if moved else says("200 OK"))(connection, request)

        with host(answer) as net:
            assert fetch.look("http://a.example/old", net) == Look(Seen.WORKS, "200", "http://a.example/new")

    @pytest.mark.parametrize(
        "target",
        ["http://private.example/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "http://b:22/"],
    )
    def test_checks_redirects_again(self, target: str) -> None:
        with host(says("302 Found", f"Location: {target}")) as net:
            strict = replace(net, resolve=lambda n, p: [n] if n[0].isdigit() else net.resolve(n, p))
            assert fetch.look("http://a.example/", strict).seen is Seen.NOT_PUBLIC

    def test_does_not_go_round_in_circles(self) -> None:
        with host(says("302 Found", "Location: /again")) as net:
            assert fetch.look("http://a.example/", net) == Look(Seen.FAILS, "more than 5 redirects")

    def test_a_host_that_is_gone_fails(self) -> None:
        with host(says("200 OK")) as net:
            assert fetch.look("http://gone.example/", net) == Look(Seen.FAILS, "gaierror")

    @pytest.mark.parametrize("sent", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 999999999999 x\r\n\r\n", b"\0" * 70000])
    def test_what_is_no_answer_fails(self, sent: bytes) -> None:
        with host(lambda connection, request: connection.sendall(sent)) as net:
            assert fetch.look("http://a.example/", net).seen is Seen.FAILS

    def test_no_encryption_where_it_is_asked_for_fails(self) -> None:
        with host(says("200 OK")) as net:
            assert fetch.look("https://a.example/", net).seen is Seen.FAILS

    def test_waits_no_longer_than_allowed(self) -> None:
        """Neither for silence nor for a letter now and then, which a socket's time-out never ends."""

        def drip(connection: socket.socket, request: bytes) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
            for _ in range(200):
                time.sleep(0.05)
                connection.sendall(b"x")

        for answer in (drip, lambda connection, request: time.sleep(8)):
            with host(answer, seconds=1) as net:
                begun = time.monotonic()
                assert fetch.look("http://a.example/", net) == Look(Seen.FAILS, "no answer in time")
                assert time.monotonic() - begun < 4

    def test_reads_no_more_than_allowed(self) -> None:
        sent: list[int] = []

        def flood(connection: socket.socket, request: bytes) -> None:
            while True:
                connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 4000)
                sent.append(100_000)

        with host(flood, seconds=30) as net:
            assert fetch.look("http://a.example/", net).seen is Seen.FAILS
        assert sum(sent) < 16 * 1024 * 1024

    def test_reads_nothing_of_what_follows(self) -> None:
        def endless(connection: socket.socket, request: bytes) -> None:
            connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                connection.sendall(b"x" * 65536)

        with host(endless) as net:
            assert fetch.look("http://a.example/", net).seen is Seen.WORKS


# --- report and command ----------------------------------------------------------------------------------------------


class TestReport:
    def test_names_broken_links_with_every_place(self) -> None:
        use = Use(Location("content/providers/a.yaml", 12, 3), "34")
        text = report.as_markdown(
            {"https://a.jp/": [use], "https://b.jp/": [use]},
            {"https://a.jp/": history_of(*[Seen.FAILS] * 9), "https://b.jp/": history_of(Seen.WORKS)},
        )
        assert "### 切れているリンク / Broken links (1)" in text
        assert "`https://a.jp/`" in text
        assert "項目 34: `content/providers/a.yaml:12`" in text
        assert "https://b.jp/" not in text

    @given(st.text("ab1 @#:/.-_*`|[]()<>!&\n日", max_size=60))
    def test_strange_words_stay_text(self, words: str) -> None:
        known = history_of(*[Seen.FAILS] * 9)
        text = report.as_markdown({words: [Use(Location(words), words)]}, {words: replace(known, said=words)})
        assert list(meanings(text)) == []


class TestUses:
    def test_every_source_of_the_catalog_is_known_with_its_place(self) -> None:
        catalog = read(ROOT)
        found = uses_of(one for provider in catalog.providers for one in provider.disclosures)
        assert found
        text = {path: path.read_text(encoding="utf-8") for path in (ROOT / "content/providers").glob("*.yaml")}
        for address, uses in found.items():
            for use in uses:
                assert address in text[ROOT / use.location.path]
        assert not any("kakuu" in use.location.path for uses in found.values() for use in uses)


class TestCommand:
    def run(self, root: Path, today: date, *more: str) -> int:
        return cli.main(["links", "--root", str(root), "--today", today.isoformat(), "--lang", "en", *more], ROOT)

    def test_remembers_and_is_patient(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        root = copy_root(ROOT, tmp_path / "root")
        looked: list[str] = []

        def look(address: str, net: fetch.Net) -> Look:
            looked.append(address)
            return Look(Seen.FAILS if len(address) % 2 else Seen.WORKS, "404" if len(address) % 2 else "200")

        monkeypatch.setattr(fetch, "look", look)
        monkeypatch.setattr(command, "PAUSE", 0)
        assert self.run(root, TODAY) == 0
        everything = len(looked)
        assert everything == len(set(looked)) > 10
        assert "Broken" not in capsys.readouterr().out
        looked.clear()
        for day in range(1, 6):
            assert self.run(root, TODAY + timedelta(days=day)) == 0
        assert 0 < len(set(looked)) < everything
        assert "Broken links" in capsys.readouterr().out

    def test_stops_in_time_and_goes_on_the_next_time(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        root = copy_root(ROOT, tmp_path / "root")
        monkeypatch.setattr(fetch, "look", lambda address, net: Look(Seen.WORKS, "200"))
        monkeypatch.setattr(command, "PAUSE", 0)
        assert self.run(root, TODAY, "--minutes", "-1") == 0
        assert "looked at 0 links" in capsys.readouterr().err
        assert self.run(root, TODAY, "--report", str(tmp_path / "report.md")) == 0
        assert "0 are left" in capsys.readouterr().err
        assert "Evidence links" in (tmp_path / "report.md").read_text(encoding="utf-8")

    @pytest.mark.parametrize("text", ["", "[]", "{", '{"a": 1}', '{"a": {"last": "x"}}', "[" * 99_999])
    def test_a_spoiled_memory_is_begun_anew(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "links.json"
        path.write_text(text, encoding="utf-8")
        assert command.read(path, "{path}") == {}

    def test_memory_comes_back_as_it_was(self, tmp_path: Path) -> None:
        known = {"https://a.jp/": history_of(Seen.WORKS, Seen.FAILS), "https://b.jp/": history_of(Seen.FORBIDDEN)}
        command.write(tmp_path / "links.json", known)
        assert command.read(tmp_path / "links.json", "") == known
        assert json.loads((tmp_path / "links.json").read_text(encoding="utf-8"))

    def test_hosts_take_turns(self) -> None:
        given = ["https://a/1", "https://a/2", "https://a/3", "https://b/1"]
        assert list(command.apart(given)) == ["https://a/1", "https://b/1", "https://a/2", "https://a/3"]
