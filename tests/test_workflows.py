"""The workflows are valid, follow the security linter and ask for no more than they need."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
PINNED = re.compile(r"^[\w.-]+/[\w./-]+@[0-9a-f]{40} +# v\d+(\.\d+)+$")


def load(name: str) -> dict[Any, Any]:
    document = yaml.safe_load((GITHUB / "workflows" / name).read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


def triggers(name: str) -> dict[str, Any]:
    # YAML 1.1 takes the key `on` for true.
    on = load(name)[True]
    assert isinstance(on, dict)
    return on


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in load(name)["jobs"].values() for step in job.get("steps", [])]


def run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_expected_workflows_exist() -> None:
    assert [path.name for path in WORKFLOWS] == ["check.yml", "daily.yml", "publish.yml"]


def test_workflows_follow_the_schema() -> None:
    run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *map(str, WORKFLOWS))


def test_dependabot_follows_the_schema() -> None:
    run(
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.dependabot",
        str(GITHUB / "dependabot.yml"),
    )


def test_security_linter_finds_nothing() -> None:
    linter = str(Path(sys.executable).parent / "zizmor")
    run(linter, "--offline", "--no-progress", "--strict-collection", "--no-ignores", str(GITHUB))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
class TestEveryWorkflow:
    def test_actions_are_pinned_by_commit(self, path: Path) -> None:
        uses = re.findall(r"^[\s-]*uses: *(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert uses
        for action in uses:
            if action.startswith("$/"):
                assert (ROOT / action.removeprefix("$/")).is_file()
            else:
                assert PINNED.match(action), f"{action}: pin the full commit and name its version"

    def test_nothing_is_granted_by_default(self, path: Path) -> None:
        assert load(path.name)["permissions"] == {}
        for job in load(path.name)["jobs"].values():
            assert isinstance(job["permissions"], dict)

    def test_strangers_code_never_meets_a_privileged_trigger(self, path: Path) -> None:
        assert not {"pull_request_target", "workflow_run", "issue_comment"} & triggers(path.name).keys()

    def test_checkout_leaves_no_credentials(self, path: Path) -> None:
        for step in steps(path.name):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False

    def test_no_expression_is_pasted_into_a_command(self, path: Path) -> None:
        for step in steps(path.name):
            assert "${{" not in step.get("run", "")

    def test_committed_build_results_go_before_anything_is_built(self, path: Path) -> None:
        commands = [step["run"] for step in steps(path.name) if "run" in step]
        if any(command.startswith("make") for command in commands):
            assert commands[0] == "rm -rf .build .site.* site .venv"


def test_check_runs_for_every_pull_request() -> None:
    on = triggers("check.yml")
    assert on["pull_request"] is None, "a path or branch filter would let a change pass unseen"
    assert on["push"] == {"branches": ["main"]}


def test_check_may_only_read_and_knows_no_secret() -> None:
    for job in load("check.yml")["jobs"].values():
        assert job["permissions"] == {"contents": "read"}
        assert "environment" not in job
    text = (GITHUB / "workflows" / "check.yml").read_text(encoding="utf-8")
    assert "secrets" not in text
    assert "github.token" not in text


def test_check_looks_at_the_contents_before_it_tests() -> None:
    commands = [step["run"] for step in steps("check.yml") if "run" in step]
    content = next(i for i, command in enumerate(commands) if command.startswith("make check"))
    assert content < commands.index("make test")


def test_publish_separates_building_from_deploying() -> None:
    jobs = load("publish.yml")["jobs"]
    assert jobs["build"]["permissions"] == {"contents": "read", "pages": "read"}
    assert jobs["deploy"]["permissions"] == {"pages": "write", "id-token": "write"}
    assert jobs["deploy"]["needs"] == "build"
    # What may deploy must not run anything from the repository.
    assert all("run" not in step for step in jobs["deploy"]["steps"])


def test_publish_is_only_for_main() -> None:
    assert triggers("publish.yml").keys() == {"push", "workflow_dispatch", "workflow_call"}
    assert triggers("publish.yml")["push"] == {"branches": ["main"]}
    assert load("publish.yml")["jobs"]["build"]["if"] == "github.ref == 'refs/heads/main'"


def test_publish_builds_for_the_address_pages_names() -> None:
    build = next(step for step in steps("publish.yml") if step.get("run") == "make site")
    assert build["env"]["CATALOG_BASE_URL"] == "${{ steps.pages.outputs.base_url }}"


def test_daily_publishes_soon_after_midnight_in_tokyo() -> None:
    (schedule,) = triggers("daily.yml")["schedule"]
    minute, hour, *rest = schedule["cron"].split()
    assert rest == ["*", "*", "*"]
    assert 0 <= (int(hour) * 60 + int(minute) + 9 * 60) % (24 * 60) <= 4 * 60


def test_daily_grants_what_publish_needs() -> None:
    granted = load("daily.yml")["jobs"]["publish"]["permissions"]
    for job in load("publish.yml")["jobs"].values():
        for scope, level in job["permissions"].items():
            assert granted[scope] in (level, "write")


def test_a_publication_is_never_cut_short() -> None:
    assert load("publish.yml")["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    # A caller in the group of what it calls would wait for itself.
    assert load("daily.yml")["concurrency"]["group"] != "pages"
