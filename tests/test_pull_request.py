"""What a pull request is told: all that is wrong, what the change means; and nothing that a stranger could slip in."""

from __future__ import annotations

import copy
import io
import json
import os
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from github_text import meanings
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import ROOT, TODAY, copy_root

from catalog.changes import Changes, Problem, codec
from catalog.diagnostics import printers
from catalog.review import MAX_BYTES, Review, comment, from_bytes, page, report, review_of, to_bytes
from catalog.review.comment import BOT, LABELS, MAINTAINER, MARK, Run, labels_for, unpacked

SMALLEST = ROOT / "tests" / "roots" / "smallest"
FILE = "content/providers/kaku-shoji.yaml"
EVENTS = ROOT / "tests" / "data" / "events"
WHERE = page.Where(
    "https://github.com/example/catalog/actions/runs/1", "https://github.com/kaku/catalog/blob/abc/", "abc"
)


def event(name: str) -> Any:
    return json.loads((EVENTS / f"{name}.json").read_text(encoding="utf-8"))


def problem_of(
    message: str, *, path: str = "content/providers/a.yaml", severity: str = "error", **more: Any
) -> Problem:
    texts = {"ja": message, "en": message}
    return Problem(path, more.get("line", 3), 5, severity, "not-a-date", texts, texts, more.get("corrected", ""))


def without_our_links(text: str) -> str:
    """The page without the addresses that the tool itself wrote: nothing but unreserved letters and escapes."""
    text = re.sub(r"\]\(https://github\.com/[A-Za-z0-9/%._~-]*(#L\d+)?\)", "", text)
    return re.sub(r"\[(?=`|実行の記録|the run|its log)", "", text)


# --- the check's side ------------------------------------------------------------------------------------------------


def git(root: Path, *arguments: str) -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.jp", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(root), *identity, *arguments], check=True, capture_output=True, env=clean)


@pytest.fixture
def pull(tmp_path: Path) -> Path:
    """A repository with one commit, in which a contributor may change something."""
    root = copy_root(SMALLEST, tmp_path / "root")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "first")
    return root


def reported(root: Path, out: Path, base: str = "HEAD") -> tuple[Review, str]:
    """What the check leaves for a comment, and the job's summary."""
    summary = out / "summary.md"
    environment = {
        "GITHUB_EVENT_PATH": str(EVENTS / "pull_request.json"),
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_SERVER_URL": "https://github.com",
        "GITHUB_REPOSITORY": "example/catalog",
        "GITHUB_RUN_ID": "77",
        "GITHUB_SHA": "f" * 40,
    }
    arguments = ["--root", str(root), "--base", base, "--out", str(out / "review.json"), "--today", TODAY.isoformat()]
    assert report.main(arguments, environment) == 0
    return from_bytes((out / "review.json").read_bytes()), summary.read_text(encoding="utf-8")


class TestReport:
    def test_a_change_is_told_in_both_languages(self, pull: Path, tmp_path: Path) -> None:
        path = pull / FILE
        path.write_text(path.read_text(encoding="utf-8") + "name_en: New Words\n", encoding="utf-8")
        review, summary = reported(pull, tmp_path)
        assert review.errors == 0
        assert "英語の名称 / English name: `New Words`" in summary
        assert "https://github.com/example/catalog/actions/runs/77" in summary
        assert "index.html" in summary

    def test_forty_errors_are_all_there_each_with_place_words_and_advice(self, pull: Path, tmp_path: Path) -> None:
        lines = "".join(f"nonsense_{number}: 1\n" for number in range(40))
        (pull / FILE).write_text((pull / FILE).read_text(encoding="utf-8") + "readin: x\n" + lines, encoding="utf-8")
        review, summary = reported(pull, tmp_path)
        assert review.errors == 41
        for number in range(40):
            assert f"nonsense_{number}" in summary
        head = "https://github.com/kaku-shoji/catalog/blob/5f3c2a1b9e8d7c6b5a4f3e2d1c0b9a8f7e6d5c4b"
        for one in review.problems:
            assert f"[`{one.path}:{one.line}:{one.column}`]({head}/{FILE}#L{one.line})" in summary
            for language in printers.LANGUAGES:
                assert one.message[language]
                assert one.hint[language]
        assert "正しい値(推定) / probably meant: `reading`" in summary
        assert "make check" in summary
        assert FILE in review.changes.not_compared if review.changes else False

    def test_lines_to_copy_stay_lines(self, pull: Path, tmp_path: Path) -> None:
        path = pull / FILE
        path.write_text(
            path.read_text(encoding="utf-8") + "data_centers:\n  one:\n    ups: 有り(ずっと)\n", encoding="utf-8"
        )
        _, summary = reported(pull, tmp_path)
        lines = ["```", "ups:", "  answer: 有り", "  detail:", "    text: ずっと", "```"]
        assert "\n".join(f"      {line}" for line in lines) in summary
        assert list(meanings(without_our_links(summary.split("## 手元で")[0]))) == []

    def test_the_whole_tree_is_read_not_only_what_changed(self, pull: Path, tmp_path: Path) -> None:
        (pull / "content/providers/broken.yaml").write_text("guideline: [", encoding="utf-8")
        git(pull, "add", ".")
        git(pull, "commit", "-q", "-m", "broken")
        assert reported(pull, tmp_path)[0].errors > 0

    def test_without_a_base_the_problems_are_told_still(self, pull: Path, tmp_path: Path) -> None:
        review, summary = reported(pull, tmp_path, "no-such-revision")
        assert review.changes is None
        assert "nothing to compare with" in summary

    def test_hostile_file_names_stay_text(self, pull: Path, tmp_path: Path) -> None:
        for name in (
            "@all #1 `x`.yaml",
            "<img src=x>.yaml",
            "a](www.evil.example) ![x](y).yaml",
            "x\n::error::y.yaml",
        ):
            (pull / "content/providers" / name).write_text("a: 1\n", encoding="utf-8")
        review, summary = reported(pull, tmp_path)
        assert review.errors >= 4
        for text in (summary, page.comment(review, WHERE)):
            told = without_our_links(text.split("## 手元で")[0])
            assert list(meanings(told)) == [], told
            assert "evil.example)" not in re.sub(r"`[^\n]*`", "", text)

    def test_the_fork_may_be_gone(self, tmp_path: Path) -> None:
        gone = event("pull_request")
        gone["pull_request"]["head"]["repo"] = None
        (tmp_path / "event.json").write_text(json.dumps(gone), encoding="utf-8")
        where = report.where(
            {"GITHUB_EVENT_PATH": str(tmp_path / "event.json"), "GITHUB_REPOSITORY": "example/catalog"}
        )
        assert where.files.startswith("https://github.com/example/catalog/blob/")


# --- the page --------------------------------------------------------------------------------------------------------

HOSTILE = st.text("ab1 @#:/.-_*`|\\[]()<>!&~\n\t\"'GH日\u200b\u202e", max_size=80)


class TestPage:
    @given(HOSTILE, HOSTILE, st.booleans())
    @settings(max_examples=150)
    def test_nothing_of_a_strangers_words_takes_effect(self, words: str, path: str, is_error: bool) -> None:
        one = problem_of(words, path=path, severity="error" if is_error else words, corrected=words)
        changes = Changes((), (one,), (), (path,))
        for text in (
            page.comment(review_of([one], changes), WHERE),
            page.summary(review_of([one], changes), WHERE),
        ):
            assert list(meanings(without_our_links(text.split("## 手元で")[0]))) == []

    def test_a_comment_is_never_longer_than_github_takes(self) -> None:
        many = [problem_of("長い説明" * 400, line=line) for line in range(1, 500)]
        review = review_of(many, Changes((), tuple(many), (), ()))
        assert len(page.comment(review, WHERE)) <= page.COMMENT_LETTERS < 65_536
        assert len(page.summary(review, WHERE).encode()) <= 1024 * 1024
        assert "actions/runs/1" in page.comment(review, WHERE)

    def test_what_is_cut_leaves_nothing_open(self) -> None:
        text = page._cut("<details>\n\n" + "- x\n" * 50_000 + "</details>\n", 1000, "https://github.com/r")
        assert text.count("<details>") == text.count("</details>") == 1
        assert len(text) <= 1000

    def test_errors_come_first_and_are_counted_whole(self) -> None:
        many = [problem_of("w", severity="warning"), *(problem_of("e", line=line) for line in range(1, 1501))]
        review = review_of(many, None)
        assert (review.errors, review.warnings, len(review.problems)) == (1500, 1, 1000)
        assert review.problems[0].severity == "error"
        assert "ほか501件" in page.summary(review, WHERE)

    def test_a_review_too_large_goes_without_its_changes(self) -> None:
        many = tuple(problem_of("x" * 5000) for _ in range(1000))
        assert len(to_bytes(Review((), 0, 0, Changes((), many, (), ())))) < 1000


class TestMalformed:
    @given(st.binary(max_size=200))
    def test_any_bytes_are_refused(self, data: bytes) -> None:
        with pytest.raises(codec.Malformed):
            from_bytes(data)
        with pytest.raises(codec.Malformed):
            unpacked(data)

    @pytest.mark.parametrize(
        "text",
        [
            "[" * 100_000,
            '{"format": 1, "review": {}}',
            '{"format": 2, "review": {}}',
            "9" * 10_000,
            "null",
            '"\\ud800"',
        ],
        ids=["deep", "empty", "format", "number", "null", "surrogate"],
    )
    def test_other_json_is_refused(self, text: str) -> None:
        with pytest.raises(codec.Malformed):
            from_bytes(text.encode())

    @pytest.mark.parametrize(
        "members", [[], ["other.json"], ["review.json", "x"], ["../review.json"], ["review.json"] * 2]
    )
    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_other_archives_are_refused(self, members: list[str]) -> None:
        with pytest.raises(codec.Malformed):
            unpacked(zipped(*((name, b"{}") for name in members)))

    def test_a_bomb_is_not_unpacked(self) -> None:
        bomb = zipped(("review.json", b"0" * (MAX_BYTES * 8)))
        assert len(bomb) < 100_000
        with pytest.raises(codec.Malformed, match="too large"):
            unpacked(bomb)


def zipped(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


# --- the privileged side ---------------------------------------------------------------------------------------------


@dataclass
class GitHub:
    """Answers as the API does, and remembers what it was told."""

    pulls: list[Any]
    files: list[Any] = field(default_factory=lambda: [{"filename": FILE}])
    artifacts: list[Any] = field(default_factory=list)
    packed: bytes = b""
    comments: list[Any] = field(default_factory=list)
    known: set[str] = field(default_factory=lambda: {"disclosure"})
    calls: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    address: str = ""

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        self.calls.append(f"{method} {path}")
        path = path.removeprefix("/repos/example/catalog/")
        page_number = int(query.get("page", ["1"])[0])
        match method, path.split("/"):
            case "GET", ["pulls"]:
                owner, _, branch = query["head"][0].partition(":")
                found = [p for p in self.pulls if (p["head"]["user"]["login"], p["head"]["ref"]) == (owner, branch)]
                return 200, found if page_number == 1 else []
            case "GET", ["pulls", _, "files"]:
                return 200, self.files[100 * (page_number - 1) : 100 * page_number]
            case "GET", ["actions", "runs", _, "artifacts"]:
                return 200, {"artifacts": self.artifacts}
            case "GET", ["actions", "artifacts", _, "zip"]:
                return 302, f"{self.address}/storage"
            case "GET", ["issues", _, "comments"]:
                return 200, self.comments[100 * (page_number - 1) : 100 * page_number]
            case "POST", ["issues", _, "comments"]:
                self.comments.append({"id": len(self.comments) + 1, "user": {"login": BOT}, "body": body["body"]})
                return 201, {}
            case "PATCH", ["issues", "comments", number]:
                self.comments[int(number) - 1]["body"] = body["body"]
                return 200, {}
            case "POST", ["labels"]:
                known = body["name"] in self.known
                self.known.add(body["name"])
                return (422, {}) if known else (201, {})
            case "POST", ["issues", number, "labels"]:
                self.pull(int(number))["labels"] += [{"name": name} for name in body["labels"]]
                return 200, []
            case "DELETE", ["issues", number, "labels", name]:
                one = self.pull(int(number))
                one["labels"] = [label for label in one["labels"] if label["name"] != unquote(name)]
                return 200, []
        return 404, {}

    def pull(self, number: int) -> Any:
        return next(one for one in self.pulls if one["number"] == number)

    @property
    def labels(self) -> set[str]:
        return {label["name"] for label in self.pulls[0]["labels"]}


class Handler(BaseHTTPRequestHandler):
    github: GitHub

    def _answer(self) -> None:
        url = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        authorized = self.headers.get("Authorization") == "Bearer secret"
        if url.path == "/storage":
            if self.headers.get("Authorization"):
                self.github.leaked.append(self.path)
            status, data = 200, self.github.packed
        else:
            status, answer = (401, {}) if not authorized else self.github.answer(
                self.command, url.path, parse_qs(url.query), body
            )  # fmt: skip
            data = b"" if status == 302 else json.dumps(answer).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", answer)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    do_GET = do_POST = do_PATCH = do_DELETE = _answer

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def github() -> Iterator[GitHub]:
    """One pull request from a fork, whose check left a review with one error."""
    pull = event("pull_request")["pull_request"] | {"labels": []}
    review = to_bytes(review_of([problem_of("「近日中」は日付ではありません")], Changes()))
    hub = GitHub([pull], packed=zipped(("review.json", review)))
    hub.artifacts = [{"id": 5, "name": "review", "expired": False, "size_in_bytes": len(hub.packed)}]
    handler = type("Bound", (Handler,), {"github": hub})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        hub.address = f"http://127.0.0.1:{server.server_address[1]}"
        yield hub
        server.shutdown()


def told(hub: GitHub, folder: Path, given_event: Any = None) -> int:
    """Run the comment's step with an event file, as GitHub does."""
    path = folder / "event.json"
    path.write_text(json.dumps(given_event or event("workflow_run")), encoding="utf-8")
    return comment.main({"GITHUB_EVENT_PATH": str(path), "GITHUB_API_URL": hub.address, "GITHUB_TOKEN": "secret"})


class TestComment:
    def test_is_written_once_and_brought_up_to_date(self, github: GitHub, tmp_path: Path) -> None:
        github.comments.append({"id": 1, "user": {"login": "kaku-shoji"}, "body": f"{MARK}\nmine"})
        assert told(github, tmp_path) == 0
        assert told(github, tmp_path) == 0
        assert [one["user"]["login"] for one in github.comments] == ["kaku-shoji", BOT]
        assert "「近日中」は日付ではありません" in github.comments[1]["body"]
        github.packed = zipped(("review.json", to_bytes(review_of([], Changes()))))
        assert told(github, tmp_path) == 0
        assert github.comments[0]["body"] == f"{MARK}\nmine"
        assert "問題はありません" in github.comments[1]["body"]
        assert len(github.comments) == 2

    def test_from_the_check_of_a_fork_to_the_comment(self, github: GitHub, pull: Path, tmp_path: Path) -> None:
        """A merge commit as GitHub makes it, whose first parent is the base; a hostile file beside an honest change."""
        git(pull, "checkout", "-q", "-b", "kaku")
        (pull / FILE).write_text((pull / FILE).read_text(encoding="utf-8") + "name_en: Kaku\n", encoding="utf-8")
        (pull / "content/providers/@all <b> #1.yaml").write_text("a: 1\n", encoding="utf-8")
        git(pull, "add", ".")
        git(pull, "commit", "-q", "-m", "mine")
        git(pull, "checkout", "-q", "main")
        (pull / "README.md").write_text("x", encoding="utf-8")
        git(pull, "add", ".")
        git(pull, "commit", "-q", "-m", "theirs")
        git(pull, "merge", "-q", "--no-edit", "kaku")
        reported(pull, tmp_path, "HEAD^1")
        github.packed = zipped(("review.json", (tmp_path / "review.json").read_bytes()))
        assert told(github, tmp_path) == 0
        body = github.comments[0]["body"]
        assert "英語の名称 / English name: `Kaku`" in body
        assert "`content/providers/@all <b> #1.yaml:1:1`" in body
        assert "5f3c2a1b9e8d" in body
        assert list(meanings(without_our_links(body.removeprefix(MARK).split("## 手元で")[0]))) == []

    def test_is_found_behind_many_others(self, github: GitHub, tmp_path: Path) -> None:
        github.comments += [{"id": n + 1, "user": {"login": "x"}, "body": "hi"} for n in range(150)]
        assert told(github, tmp_path) == told(github, tmp_path) == 0
        assert len(github.comments) == 151

    def test_the_token_goes_to_the_api_alone(self, github: GitHub, tmp_path: Path) -> None:
        assert told(github, tmp_path) == 0
        assert github.leaked == []

    def test_a_newer_commit_or_another_fork_is_left_alone(self, github: GitHub, tmp_path: Path) -> None:
        for change in (
            {"sha": "0" * 40},
            {"repo": {"full_name": "somebody/catalog"}},
            {"repo": None},
            {"ref": "another"},
        ):
            original = copy.deepcopy(github.pulls)
            github.pulls[0]["head"] |= change
            assert told(github, tmp_path) == 0
            github.pulls[:] = original
        assert github.comments == []
        assert not any(call.startswith(("POST", "PATCH")) for call in github.calls)

    @pytest.mark.parametrize(
        "change",
        [
            {"event": "push"},
            {"conclusion": "cancelled"},
            {"head_repository": None},
        ],
    )
    def test_other_runs_are_none_of_its_business(self, github: GitHub, tmp_path: Path, change: dict[str, Any]) -> None:
        other = event("workflow_run")
        other["workflow_run"] |= change
        assert told(github, tmp_path, other) == 0
        assert github.calls == []

    @pytest.mark.parametrize(
        "branch", ["a&state=closed#x", "../../issues/1", "$(touch x)", "日本語 @all", "%2e%2e/x", "x?y=z\r\nHost: evil"]
    )
    def test_hostile_branch_names_are_only_compared(self, github: GitHub, tmp_path: Path, branch: str) -> None:
        run = event("workflow_run")
        run["workflow_run"]["head_branch"] = branch
        github.pulls[0]["head"]["ref"] = branch
        assert told(github, tmp_path, run) == 0
        assert github.calls[0] == "GET /repos/example/catalog/pulls"
        assert len(github.comments) == 1
        assert branch not in github.comments[0]["body"]

    @pytest.mark.parametrize("packed", [b"no zip", zipped(("x", b"1")), zipped(("review.json", b"[" * 99_999))])
    def test_an_artifact_that_is_none_is_told_without_a_word_of_it(
        self, github: GitHub, tmp_path: Path, packed: bytes
    ) -> None:
        github.packed = packed
        assert told(github, tmp_path) == 0
        assert "検査の結果を読めませんでした" in github.comments[0]["body"]

    def test_an_artifact_too_large_is_not_even_fetched(self, github: GitHub, tmp_path: Path) -> None:
        github.artifacts[0]["size_in_bytes"] = comment.MAX_ZIP + 1
        assert told(github, tmp_path) == 0
        assert not any(call.endswith("/zip") for call in github.calls)
        github.artifacts[0]["size_in_bytes"] = 1  # and one that says less than it has is cut off
        github.packed = b"x" * (comment.MAX_ZIP + 10)
        assert told(github, tmp_path) == 0
        assert "読めませんでした" in github.comments[0]["body"]

    def test_no_artifact_is_told_as_well(self, github: GitHub, tmp_path: Path) -> None:
        github.artifacts.clear()
        assert told(github, tmp_path) == 0
        assert "読めませんでした" in github.comments[0]["body"]

    def test_hostile_reviews_take_no_effect(self, github: GitHub, tmp_path: Path) -> None:
        words = "@org/team fixes #1 ![x](https://evil.example/p.png) <img src=x> https://github.com/o/r/issues/1 ```"
        evil = problem_of(words, path=f"content/{words}", severity=words, corrected=words)
        github.packed = zipped(("review.json", to_bytes(Review((evil,) * 9, 9, 9, Changes((), (evil,), (), (words,))))))
        assert told(github, tmp_path) == 0
        body = github.comments[0]["body"].removeprefix(MARK).split("## 手元で")[0]
        assert list(meanings(without_our_links(body))) == []

    def test_a_refusing_api_fails_the_job(
        self, github: GitHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "event.json"
        path.write_text(json.dumps(event("workflow_run")), encoding="utf-8")
        given_environment = {"GITHUB_EVENT_PATH": str(path), "GITHUB_API_URL": github.address, "GITHUB_TOKEN": "wrong"}
        assert comment.main(given_environment) == 1
        assert capsys.readouterr().out.startswith("::error::GitHub's API: GET pulls: 401")

    def test_needs_nothing_but_the_standard_library(self) -> None:
        subprocess.run([sys.executable, "-S", "-c", "import catalog.review.comment"], cwd=ROOT, check=True)

    def test_event_of_a_fork_names_it(self) -> None:
        run = Run.of(event("workflow_run"))
        assert run is not None
        assert (run.head, run.repository) == ("kaku-shoji/catalog", "example/catalog")


class TestLabels:
    @pytest.mark.parametrize(
        ("paths", "insider", "names"),
        [
            ([FILE], False, ["disclosure"]),
            ([FILE, "content/pages/about.ja.md"], False, ["disclosure", "prose"]),
            ([FILE, "catalog/cli.py"], False, ["needs-maintainer", "disclosure", "code"]),
            (["content/theme/assets/x.js"], False, ["needs-maintainer", "own-theme"]),
            ([".github/workflows/check.yml"], False, ["needs-maintainer", "workflows"]),
            (["guideline/iot-iaas-paas/1/guideline.yaml"], False, ["needs-maintainer", "guideline"]),
            (["theme/x.css", "docs/api.md", "Makefile"], True, ["theme", "documentation", "code"]),
            (["contents/x", "content"], False, ["needs-maintainer", "code"]),
            ([], False, []),
        ],
    )
    def test_stand_for_paths(self, paths: list[str], insider: bool, names: list[str]) -> None:
        assert [label.name for label in labels_for(paths, insider=insider)] == names

    def test_come_and_go_with_what_is_touched(self, github: GitHub, tmp_path: Path) -> None:
        github.pulls[0]["labels"] = [{"name": "question"}, {"name": "theme"}]
        github.files = [{"filename": FILE}, {"filename": "content/x.yaml", "previous_filename": "catalog/cli.py"}]
        assert told(github, tmp_path) == 0
        assert github.labels == {"question", "needs-maintainer", "disclosure", "prose", "code"}
        github.files = [{"filename": FILE}]
        assert told(github, tmp_path) == 0
        assert github.labels == {"question", "disclosure"}

    def test_all_files_of_a_large_pull_request_count(self, github: GitHub, tmp_path: Path) -> None:
        github.files = [{"filename": f"content/providers/p{n}.yaml"} for n in range(250)] + [{"filename": "build.py"}]
        assert told(github, tmp_path) == 0
        assert "needs-maintainer" in github.labels

    def test_files_that_are_not_told_may_be_anything(self, github: GitHub, tmp_path: Path) -> None:
        github.files = [{"filename": f"content/providers/p{n}.yaml"} for n in range(comment.MOST_FILES)]
        assert told(github, tmp_path) == 0
        assert "needs-maintainer" in github.labels

    def test_are_documented(self) -> None:
        text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
        for label in (*LABELS, MAINTAINER):
            assert f"`{label.name}`" in text
            assert len(label.description) <= 100
            assert re.fullmatch("[0-9a-f]{6}", label.color)
