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
    assert [path.name for path in WORKFLOWS] == ["check.yml", "comment.yml", "daily.yml", "links.yml", "publish.yml"]


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
    run(linter, "--offline", "--no-progress", "--strict-collection", str(GITHUB))


def test_only_the_comment_asks_the_linter_for_an_exception() -> None:
    exceptions = [
        (path.name, line.split("#", 1)[1].strip())
        for path in WORKFLOWS
        for line in path.read_text(encoding="utf-8").splitlines()
        if "zizmor:" in line
    ]
    reason = "nothing of the pull request is checked out or run"
    assert exceptions == [("comment.yml", f"zizmor: ignore[dangerous-triggers] {reason}")]
    assert not list(GITHUB.glob("zizmor.*"))


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
        found = {"pull_request_target", "workflow_run", "issue_comment"} & triggers(path.name).keys()
        assert found == ({"workflow_run"} if path.name == "comment.yml" else set())

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


def test_check_tells_all_it_found_even_when_something_is_wrong() -> None:
    found = {step.get("name", step.get("with", {}).get("name")): step for step in steps("check.yml")}
    assert found["review"]["if"] == found["Tell what was found and what changes"]["if"] == "${{ !cancelled() }}"
    assert found["review"]["with"]["path"] == "${{ runner.temp }}/review.json"
    assert "--base HEAD^1" in found["Tell what was found and what changes"]["run"]
    assert "--offline" in found["Build the pages to look at"]["run"]
    checkout = next(step for step in steps("check.yml") if step.get("uses", "").startswith("actions/checkout@"))
    assert checkout["with"]["fetch-depth"] == 2, "HEAD^1 would be missing"


class TestComment:
    """The one workflow that a stranger's pull request sets off and that may write."""

    def test_runs_after_the_check_of_a_pull_request(self) -> None:
        assert triggers("comment.yml") == {"workflow_run": {"workflows": ["check"], "types": ["completed"]}}
        assert load("check.yml")["name"] == "check"
        assert load("comment.yml")["jobs"]["comment"]["if"] == "github.event.workflow_run.event == 'pull_request'"

    def test_may_write_comments_and_nothing_else(self) -> None:
        (job,) = load("comment.yml")["jobs"].values()
        assert job["permissions"] == {"actions": "read", "contents": "read", "pull-requests": "write"}
        assert "environment" not in job

    def test_runs_the_default_branch_and_nothing_that_was_sent(self) -> None:
        checkout, tell = steps("comment.yml")
        assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
        assert "repository" not in checkout["with"]
        assert tell["run"] == "python3 -m catalog.review.comment"
        assert tell["env"] == {"GITHUB_TOKEN": "${{ github.token }}"}


class TestLinks:
    def test_stand_in_no_pull_requests_way(self) -> None:
        assert triggers("links.yml").keys() == {"schedule", "workflow_dispatch"}

    def test_may_only_read(self) -> None:
        (job,) = load("links.yml")["jobs"].values()
        assert job["permissions"] == {"contents": "read"}

    def test_remember_the_days_before(self) -> None:
        restore, save = (
            next(step for step in steps("links.yml") if step.get("uses", "").startswith(f"actions/cache/{kind}@"))
            for kind in ("restore", "save")
        )
        assert restore["with"]["path"] == save["with"]["path"] == "links.json"
        assert restore["with"]["key"] == save["with"]["key"]
        assert restore["with"]["key"].startswith(restore["with"]["restore-keys"])


class TestWhatContributorsMeet:
    FORMS = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")

    def test_forms_follow_the_schema(self) -> None:
        run(
            sys.executable,
            "-m",
            "check_jsonschema",
            "--builtin-schema",
            "vendor.github-issue-forms",
            *map(str, self.FORMS),
        )
        config = str(GITHUB / "ISSUE_TEMPLATE" / "config.yml")
        run(sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-issue-config", config)

    def test_forms_speak_japanese_first_and_english_second(self) -> None:
        assert [path.stem for path in self.FORMS] == ["correct-answer", "new-disclosure"]
        for path in self.FORMS:
            form = yaml.safe_load(path.read_text(encoding="utf-8"))
            labels = [part["attributes"]["label"] for part in form["body"] if part["type"] != "markdown"]
            for label in (form["name"], *labels):
                assert re.search(r"[ぁ-んァ-ヶ一-龠].* / .*[A-Za-z]", label), label

    def test_owners_are_named_for_all_that_runs(self) -> None:
        text = (GITHUB / "CODEOWNERS").read_text(encoding="utf-8")
        owned = [line.split()[0] for line in text.splitlines() if line and not line.startswith("#")]
        assert {"/content/theme/", "/theme/", "/catalog/", "/.github/"} <= set(owned)
        for pattern in owned:
            found = list(ROOT.glob(pattern.strip("/")))
            assert found or pattern == "/content/theme/", pattern

    def test_the_template_speaks_both_languages(self) -> None:
        text = (GITHUB / "pull_request_template.md").read_text(encoding="utf-8")
        for line in text.splitlines():
            if line.startswith(("##", "- [ ]")):
                assert " / " in line


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
    assert build["env"]["CATALOG_REPOSITORY"] == "${{ github.server_url }}/${{ github.repository }}"


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
