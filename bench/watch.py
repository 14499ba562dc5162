"""How long a saved disclosure takes to be seen in the browser, under `serve`: `python -m bench.watch [SERVICES]`."""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from chromium import LAUNCH_ARGS, find_chromium
from playwright.sync_api import sync_playwright

from bench.change import change_one
from bench.generate import TODAY, generate, providers_for
from catalog.commands.bench import machine

HOME = Path(__file__).resolve().parents[1]
SAVES = 5
_QUIET = 3.0
"""Seconds between two saves at least: nobody types faster, and the rest of the site is built meanwhile."""


def main(services: int = 1000) -> None:
    with tempfile.TemporaryDirectory(prefix="catalog-watch-") as folder:
        root = Path(folder) / "catalog"
        generate(HOME, root, providers_for(services))
        print(f"{machine()}; load {os.getloadavg()[0]:.1f}; {services:,} services", flush=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, str(HOME / "build.py"), "serve", "--root", str(root), "--today", str(TODAY)]
        server = subprocess.Popen([*command, "--no-search", "--port", str(port)], stdout=subprocess.DEVNULL)
        try:
            report(root, f"http://127.0.0.1:{port}/", server)
        finally:
            server.terminate()
            server.wait()


def report(root: Path, address: str, server: subprocess.Popen[bytes]) -> None:
    started = time.monotonic()
    while server.poll() is None:
        with suppress(OSError):
            urllib.request.urlopen(address, timeout=60).close()
            break
        time.sleep(0.2)
    print(f"first build, until the page is there: {time.monotonic() - started:.1f} s", flush=True)
    time.sleep(_QUIET)
    path = change_one(root, "")
    service = re.search(r"(?m)^services:\n  ([a-z0-9-]+):", path.read_text(encoding="utf-8"))
    assert service
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=LAUNCH_ARGS)
        page = browser.new_page()
        page.goto(f"{address}providers/{path.stem}/{service[1]}/")
        times = []
        for number in range(SAVES):
            page.wait_for_timeout(_QUIET * 1000)
            sentence = f"{number + 1}回目の保存です。"
            saved = time.monotonic()
            change_one(root, sentence)
            page.get_by_text(sentence).first.wait_for(timeout=120_000)
            times.append(time.monotonic() - saved)
            print(f"save {number + 1}: seen after {times[-1] * 1000:.0f} ms", flush=True)
        browser.close()
    print(f"median {statistics.median(times) * 1000:.0f} ms")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
