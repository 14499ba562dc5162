"""`init`: a catalog of one's own that builds at once, and nothing of anybody's is lost."""

from __future__ import annotations

import filecmp
import re
import subprocess
import sys
from pathlib import Path

import pytest

from catalog.cli import main
from catalog.commands.init import STARTER

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new catalog."""
    folder = tmp_path_factory.mktemp("init") / "my catalog"
    assert main(["init", str(folder), "--lang", "ja"], ROOT) == 0
    return folder


class TestTheCatalog:
    def test_holds_what_a_publisher_needs(self, begun: Path) -> None:
        files = {path.relative_to(begun).as_posix() for path in begun.rglob("*") if path.is_file()}
        own = {path for path in files if not path.startswith(("guideline/", "content/pages/", "content/profiles/"))}
        assert own == {
            *(".gitignore", "Makefile", "README.md", "content/catalog.yaml", "content/providers/README.md"),
            *(f".github/workflows/{name}.yml" for name in ("check", "comment", "daily", "publish")),
        }
        assert not filecmp.dircmp(ROOT / "guideline", begun / "guideline").diff_files
        pages = {path.name for path in (ROOT / "content" / "pages").glob("*.md")}
        assert {path.name for path in (begun / "content" / "pages").iterdir()} == pages
        profiles = {path.name for path in (ROOT / "content" / "profiles").iterdir()}
        assert {path.name for path in (begun / "content" / "profiles").iterdir()} == profiles

    def test_builds_at_once_without_naming_the_command(self, begun: Path, tmp_path: Path) -> None:
        out = tmp_path / "site"
        assert main(["--root", str(begun), "--out", str(out), "--no-search", "--lang", "ja"], ROOT) == 0
        assert (out / "index.html").is_file()

    def test_has_nothing_to_complain_of(self, begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["check", "--root", str(begun), "--lang", "en"], ROOT) == 0
        assert capsys.readouterr().out == "no problems\n"

    def test_takes_the_first_provider(self, begun: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["new", "kaku", "--root", str(begun), "--lang", "en"], ROOT) == 0
        assert f"check --root '{begun}'" in capsys.readouterr().out
        (begun / "content" / "providers" / "kaku.yaml").unlink()

    @pytest.mark.parametrize("target", ["site", "check", "serve"])
    def test_its_makefile_calls_the_tool(self, begun: Path, target: str) -> None:
        command = ["make", "-C", str(begun), "-n", target, "ARGS=--lang en"]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        name = "build" if target == "site" else target
        assert f'build.py {name} --root "{begun}" --lang en' in printed

    def test_every_setting_that_is_commented_out_can_be_used(self, begun: Path, tmp_path: Path) -> None:
        text = (begun / "content" / "catalog.yaml").read_text(encoding="utf-8")
        used = re.sub(r"(?m)^# (\w+: .*)$", r"\1", text)
        assert used.count("\n# ") < text.count("\n# ")
        (tmp_path / "content").mkdir()
        (tmp_path / "content" / "catalog.yaml").write_text(used, encoding="utf-8")
        (tmp_path / "guideline").symlink_to(ROOT / "guideline")
        assert main(["check", "--root", str(tmp_path)], ROOT) == 0


class TestTheCommand:
    def test_tells_the_next_steps(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        folder = tmp_path / "mine"
        assert main(["init", str(folder), "--lang", "en"], ROOT) == 0
        assert capsys.readouterr().out == (
            f"A catalog is ready in {folder}.\n"
            "Next:\n"
            f"  1. write title, contact and so on into {folder}/content/catalog.yaml\n"
            f"  2. python build.py new <provider's id> --root {folder}\n"
            f"  3. python build.py serve --root {folder}   to look at it\n"
            f"{folder}/README.md tells how to publish it.\n"
        )

    def test_refuses_a_folder_that_holds_something(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
        assert main(["init", str(tmp_path), "--lang", "ja"], ROOT) == 2
        assert capsys.readouterr().err.startswith(f"{tmp_path} は空ではありません。何も変えませんでした。")
        assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
        assert main(["init", str(tmp_path / "mine.txt")], ROOT) == 2
        assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"

    def test_refuses_a_link_that_leads_nowhere(self, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
        assert main(["init", str(tmp_path / "link")], ROOT) == 2
        assert not (tmp_path / "elsewhere").exists()

    def test_takes_an_empty_folder_and_a_fresh_repository(self, tmp_path: Path) -> None:
        (tmp_path / ".git").mkdir()
        assert main(["init", str(tmp_path)], ROOT) == 0
        assert (tmp_path / "content" / "catalog.yaml").is_file()

    def test_needs_a_folder(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["init", "--lang", "en"], ROOT) == 2
        assert "python build.py init ../my-catalog" in capsys.readouterr().err


class TestTheWorkflows:
    WORKFLOWS = sorted((STARTER / "github" / "workflows").glob("*.yml"))

    def test_follow_the_schema(self) -> None:
        command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
        done = subprocess.run([*command, *map(str, self.WORKFLOWS)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def test_give_the_security_linter_nothing_to_find(self, begun: Path) -> None:
        linter = str(Path(sys.executable).parent / "zizmor")
        command = [linter, "--offline", "--no-progress", "--strict-collection", str(begun / ".github")]
        done = subprocess.run(command, cwd=begun, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        asking = [path.name for path in self.WORKFLOWS if "zizmor:" in path.read_text(encoding="utf-8")]
        assert asking == ["comment.yml"], "which runs nothing of the pull request"

    def test_the_comment_runs_the_generator_and_nothing_that_was_sent(self) -> None:
        text = (STARTER / "github" / "workflows" / "comment.yml").read_text(encoding="utf-8")
        checkouts = re.findall(r"actions/checkout@.*\n +with:\n +repository: (.*)\n", text)
        assert checkouts == ["${{ env.CATALOG_TOOL }}"]
        assert text.count("actions/checkout@") == 1

    def test_pin_the_actions_that_the_tool_pins(self) -> None:
        uses = re.compile(r"(?m)^[\s-]*uses: *(\S+/\S+@\S+ # \S+)$")
        own = {use for path in (ROOT / ".github" / "workflows").glob("*.yml") for use in uses.findall(path.read_text())}
        for path in self.WORKFLOWS:
            assert set(uses.findall(path.read_text(encoding="utf-8"))) <= own
