"""The tools around the generator: locks, setup script, Makefile and the finder of Chromium."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from chromium import LAUNCH_ARGS, find_chromium

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-test.txt")
SCRIPTS = sorted([*(ROOT / "scripts").glob("*.sh"), ROOT / ".ci" / "run"])
TARGETS = {
    "site",
    "serve",
    "check",
    "diff",
    "test",
    "test-all",
    "torture",
    "audit",
    "lighthouse",
    "bench",
    "lock",
    "clean",
}


def normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def required(*extras: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return {normalized(re.split(r"[^\w.-]", line)[0]) for line in lines}


def locked(name: str) -> dict[str, tuple[str, int]]:
    """Version and number of hashes of every package in a lock."""
    packages: dict[str, tuple[str, int]] = {}
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        found = re.match(r"([\w.-]+)==([\w.!+]+)(?: ; [^-]+?)?((?: +--hash=sha256:[0-9a-f]{64})+) *$", line)
        assert found, f"{name}: {line[:80]}"
        packages[normalized(found[1])] = (found[2], found[3].count("--hash"))
    return packages


class TestLocks:
    @pytest.mark.parametrize("name", LOCKS)
    def test_every_package_has_hashes(self, name: str) -> None:
        assert locked(name)
        assert all(count > 0 for _, count in locked(name).values())

    @pytest.mark.parametrize("name", LOCKS)
    def test_names_no_place(self, name: str) -> None:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert not re.search(r"(?m)(^|[\s=@])(/|~|[A-Za-z]:\\)", text.replace("\\\n", "\n"))
        assert not re.search(r"(?m)^\s*-", text.replace("    --hash", "    hash"))

    def test_runtime_lock_has_every_dependency(self) -> None:
        assert required() <= locked("requirements.txt").keys()

    def test_test_lock_has_every_dependency(self) -> None:
        assert required("test") <= locked("requirements-test.txt").keys()

    def test_test_lock_repeats_the_runtime_lock(self) -> None:
        assert locked("requirements.txt").items() <= locked("requirements-test.txt").items()

    def test_search_index_and_its_program_fit(self) -> None:
        versions = locked("requirements.txt")
        assert versions["pagefind"][0] == versions["pagefind-bin"][0]

    def test_packages_of_node_have_hashes_and_come_from_the_public_registry(self) -> None:
        packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
        assert packages.pop("")["devDependencies"] == asked
        assert {f"node_modules/{name}" for name in asked} <= packages.keys()
        for name, package in packages.items():
            assert package["integrity"].startswith("sha512-"), name
            assert package.get("resolved", "https://registry.npmjs.org/").startswith("https://registry.npmjs.org/")


class TestScripts:
    @pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
    def test_shell_accepts_it(self, path: Path) -> None:
        subprocess.run(["bash", "-n", str(path)], check=True)
        assert os.access(path, os.X_OK)

    def test_shell_linter_finds_nothing(self) -> None:
        linter = Path(sys.executable).parent / "shellcheck"
        if not linter.exists():
            pytest.skip("no shellcheck for this kind of machine")
        done = subprocess.run([linter, *SCRIPTS], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


class TestMakefile:
    def test_help_is_the_default_and_lists_every_target(self) -> None:
        output = subprocess.run(["make", "-C", str(ROOT)], capture_output=True, text=True, check=True).stdout
        assert set(re.findall(r"^  make ([\w-]+) +\S", output, re.MULTILINE)) == TARGETS | {"help"}

    def test_arguments_are_passed_on(self) -> None:
        command = ["make", "-C", str(ROOT), "-n", "site", "ARGS=--lang ja"]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert "build.py build --lang ja" in output

    def test_a_failing_step_fails_the_run_after_all_steps_ran(self, tmp_path: Path) -> None:
        shutil.copy(ROOT / "Makefile", tmp_path)
        write_program(tmp_path / "scripts/setup.sh", "exit 0")
        write_program(tmp_path / ".venv/bin/python", 'echo "$*" >>called; [ "$2" != mypy ]')
        done = subprocess.run(["make", "-C", str(tmp_path), "test"], capture_output=True, check=False)
        assert done.returncode != 0
        called = [line.split()[1] for line in (tmp_path / "called").read_text(encoding="utf-8").splitlines()]
        assert called == ["ruff", "ruff", "mypy", "pytest"]


def write_program(path: Path, body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


class Checkout:
    """A checkout in which only the programs put into `bin` exist."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.bin = root / "bin"
        self.bin.mkdir()
        (root / "scripts").mkdir()
        shutil.copy(ROOT / "scripts/setup.sh", root / "scripts")
        for lock in LOCKS:
            (root / lock).write_text(lock, encoding="utf-8")
        for name in ("cat", "cut", "dirname", "env", "find", "grep", "head", "mktemp", "rm", "sha256sum", "tail"):
            found = shutil.which(name)
            if found:
                (self.bin / name).symlink_to(found)
        (root / "package-lock.json").write_text("lock", encoding="utf-8")
        self.program("uname", "echo Linux")
        self.program("id", "echo 1000")

    def program(self, name: str, body: str) -> None:
        write_program(self.bin / name, body)

    def installed(self, body: str) -> None:
        """A finished environment whose Python does what `body` says."""
        write_program(self.root / ".venv/bin/python", body)
        for kind, lock in zip(("site", "test"), LOCKS, strict=True):
            digest = hashlib.sha256((self.root / lock).read_bytes()).hexdigest()
            (self.root / f".venv/.installed-{kind}").write_text(digest + "\n", encoding="utf-8")

    def setup(self, *args: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", str(self.root / "scripts/setup.sh"), *args],
            env={"PATH": str(self.bin), "HOME": str(self.root), "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


@pytest.mark.skipif(sys.platform != "linux", reason="replaces the programs of a Linux system")
class TestSetup:
    @pytest.mark.parametrize("args", [(), ("all",)])
    def test_wrong_usage(self, checkout: Checkout, args: tuple[str, ...]) -> None:
        assert checkout.setup(*args).returncode == 2

    def test_without_a_new_python_says_so_in_both_languages(self, checkout: Checkout) -> None:
        checkout.program("python3", "exit 1")
        done = checkout.setup("site")
        assert done.returncode == 3
        assert "エラー: Python 3.11" in done.stderr
        assert "Error: No Python 3.11" in done.stderr

    def test_without_venv_names_the_command(self, checkout: Checkout) -> None:
        checkout.program("apt-get", "exit 9")
        checkout.program(
            "python3.12", 'case "$2" in *ensurepip*) exit 1 ;; *print*) echo python3.12-venv ;; *) exit 0 ;; esac'
        )
        done = checkout.setup("site")
        assert done.returncode == 3
        assert "apt-get install -y python3.12-venv" in done.stderr

    def test_installs_once_and_is_silent_afterwards(self, checkout: Checkout) -> None:
        checkout.program(
            "python3",
            f'cd "{checkout.root}"; if [ "$2" = venv ]; then mkdir -p .venv/bin; cp bin/tool .venv/bin/python; fi',
        )
        for name in ("cp", "mkdir"):
            (checkout.bin / name).symlink_to(shutil.which(name) or "")
        checkout.program("tool", f'echo "$*" >>"{checkout.root}/calls"')
        first = checkout.setup("site")
        assert first.returncode == 0, first.stderr
        assert "Installing packages" in first.stderr
        second = checkout.setup("site")
        assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
        installs = [line for line in (checkout.root / "calls").read_text("utf-8").splitlines() if "pip install" in line]
        assert len(installs) == 1
        for option in ("--require-hashes", "--no-deps", "--only-binary :all:"):
            assert option in installs[0]

    def test_a_changed_lock_is_installed(self, checkout: Checkout) -> None:
        checkout.installed(f'echo "$*" >>"{checkout.root}/calls"')
        (checkout.root / "requirements.txt").write_text("changed", encoding="utf-8")
        assert checkout.setup("site").returncode == 0
        assert "pip install" in (checkout.root / "calls").read_text(encoding="utf-8")
        # The tests' packages may no longer be those of their lock.
        assert not (checkout.root / ".venv/.installed-test").exists()

    def test_a_failed_installation_is_tried_again(self, checkout: Checkout) -> None:
        checkout.installed('case "$*" in *install*) echo broken; exit 1 ;; esac')
        (checkout.root / "requirements.txt").write_text("changed", encoding="utf-8")
        for _ in range(2):
            done = checkout.setup("site")
            assert done.returncode == 1
            assert "broken" in done.stderr

    def test_without_a_browser_names_the_command(self, checkout: Checkout) -> None:
        checkout.installed('case "$1" in tests/chromium.py) exit 1 ;; esac')
        checkout.program("fc-list", "echo Noto Sans CJK JP")
        checkout.program("apt-get", "exit 9")
        done = checkout.setup("test")
        assert done.returncode == 3
        assert "apt-get install -y" in done.stderr or "playwright install" in done.stderr
        assert "fonts-noto-cjk" not in done.stderr

    def test_without_a_japanese_font_names_the_command(self, checkout: Checkout) -> None:
        checkout.installed("exit 0")
        checkout.program("fc-list", "exit 0")
        checkout.program("apt-get", "exit 9")
        done = checkout.setup("test")
        assert done.returncode == 3
        assert done.stderr.endswith("apt-get install -y --no-install-recommends fonts-noto-cjk\n")

    def test_without_node_names_the_command(self, checkout: Checkout) -> None:
        checkout.installed("exit 0")
        checkout.program("fc-list", "echo Noto Sans CJK JP")
        checkout.program("apt-get", "exit 9")
        checkout.program("node", "exit 1")  # older than 18
        checkout.program("npm", "exit 9")
        done = checkout.setup("test")
        assert done.returncode == 3
        assert done.stderr.endswith("apt-get install -y --no-install-recommends nodejs npm\n")

    def test_packages_of_node_are_installed_once_and_tried_again_after_a_failure(self, checkout: Checkout) -> None:
        checkout.installed("exit 0")
        checkout.program("fc-list", "echo Noto Sans CJK JP")
        checkout.program("node", "exit 0")
        checkout.program("npm", "echo broken; exit 1")
        done = checkout.setup("test")
        assert done.returncode == 1
        assert "broken" in done.stderr
        (checkout.root / "node_modules").mkdir()
        checkout.program("npm", f'echo "$*" >>"{checkout.root}/calls"')
        for _ in range(2):
            done = checkout.setup("test")
            assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        (call,) = (checkout.root / "calls").read_text(encoding="utf-8").splitlines()
        assert call.startswith("ci --ignore-scripts")

    def test_building_the_site_needs_neither_browser_nor_node(self, checkout: Checkout) -> None:
        checkout.installed('case "$1" in tests/chromium.py) exit 1 ;; esac')
        done = checkout.setup("site")
        assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(os.name != "posix", reason="programs are shell scripts here")
class TestChromium:
    @pytest.fixture(autouse=True)
    def _empty_system(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("PATH", str(tmp_path / "bin"))
        for name in ("CHROMIUM", "PLAYWRIGHT_BROWSERS_PATH"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr("chromium.APPLICATIONS", ())

    def test_none(self) -> None:
        assert find_chromium() is None

    def test_the_path_in_order(self, tmp_path: Path) -> None:
        write_program(tmp_path / "bin/google-chrome", "")
        assert find_chromium() == tmp_path / "bin/google-chrome"
        write_program(tmp_path / "bin/chromium", "")
        assert find_chromium() == tmp_path / "bin/chromium"

    def test_a_snap_stub_is_passed_over(self, tmp_path: Path) -> None:
        write_program(tmp_path / "bin/chromium-browser", 'exec /snap/bin/chromium "$@"')
        assert find_chromium() is None

    def test_the_variable_decides_alone(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write_program(tmp_path / "bin/chromium", "")
        write_program(tmp_path / "own/chrome", "")
        monkeypatch.setenv("CHROMIUM", str(tmp_path / "own/chrome"))
        assert find_chromium() == tmp_path / "own/chrome"
        monkeypatch.setenv("CHROMIUM", str(tmp_path / "own/missing"))
        assert find_chromium() is None

    def test_playwrights_newest_copy(self, tmp_path: Path) -> None:
        cache = tmp_path / ".cache/ms-playwright"
        write_program(cache / "chromium-999/chrome-linux/chrome", "")
        write_program(cache / "chromium-1200/chrome-linux64/chrome", "")
        assert find_chromium() == cache / "chromium-1200/chrome-linux64/chrome"

    def test_sandbox_is_given_up_only_by_root(self) -> None:
        assert ("--no-sandbox" in LAUNCH_ARGS) == (os.geteuid() == 0)


def test_build_results_are_not_committed() -> None:
    command = ["git", "-C", str(ROOT), "ls-files", "--", "site", ".build", ".venv", "node_modules"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    assert done.stdout == ""
