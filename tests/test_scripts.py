"""The theme's scripts without a browser: everything in tests/js/."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from sites import ROOT


def test_the_scripts_pure_parts() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.fail("no Node.js: run scripts/setup.sh test")
    scripts = sorted((ROOT / "tests/js").glob("*.test.js"))
    assert scripts
    run = subprocess.run([node, "--test", *scripts], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
