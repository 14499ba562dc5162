"""Finds the Chromium that the browser tests drive; run as a program, prints its path."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The shell, which has no window to draw, takes a quarter less time."""

# Where Playwright and the makers of Chrome put it, below the folders of `_roots`.
PLAYWRIGHT_PATTERNS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
)
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

LAUNCH_ARGS: list[str] = [
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
if hasattr(os, "geteuid") and os.geteuid() == 0:
    # Chromium refuses to start as root with its sandbox.
    LAUNCH_ARGS.append("--no-sandbox")


def _is_snap(path: Path) -> bool:
    """A snap sees neither our temporary folders nor our pipes; Ubuntu's stub only tells to install it."""
    if path.resolve().is_relative_to("/snap") or path.resolve().name == "snap":
        return True
    with path.open("rb") as file:
        start = file.read(4096)
    return start.startswith(b"#!") and b"/snap/" in start


def _is_usable(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK) and not _is_snap(path)


def _revision(path: Path, root: Path) -> int:
    digits = path.relative_to(root).parts[0].rpartition("-")[2]
    return int(digits) if digits.isdigit() else -1


def _playwright_roots() -> list[Path]:
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    roots = [Path(named)] if named not in ("", "0") else []
    roots.append(Path.home() / ".cache/ms-playwright")
    roots.append(Path.home() / "Library/Caches/ms-playwright")
    if "LOCALAPPDATA" in os.environ:
        roots.append(Path(os.environ["LOCALAPPDATA"]) / "ms-playwright")
    return roots


def find_chromium() -> Path | None:
    """The variable CHROMIUM decides alone when it is set; then the PATH, then Playwright's own copies."""
    named = os.environ.get("CHROMIUM")
    if named:
        found = shutil.which(named)
        return Path(found) if found else None
    for name in NAMES:
        found = shutil.which(name)
        if found and _is_usable(Path(found)):
            return Path(found)
    for root in _playwright_roots():
        found_here = [path for pattern in PLAYWRIGHT_PATTERNS for path in root.glob(pattern) if _is_usable(path)]
        if found_here:
            return max(found_here, key=lambda path: _revision(path, root))
    for application in APPLICATIONS:
        if _is_usable(Path(application)):
            return Path(application)
    return None


if __name__ == "__main__":
    chromium = find_chromium()
    if chromium is None:
        sys.exit("no Chromium found")
    print(chromium)
