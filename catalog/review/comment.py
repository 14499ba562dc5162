"""Tell a pull request what its check found: one comment that is brought up to date, and labels.

    python -m catalog.review.comment

Runs after the check with the right to write comments, from the default branch, and runs nothing of the contributor's.
The event and the API are GitHub's. The review, the branch's name, file names and texts are a stranger's: the review is
bounded in size, must have its very shape, and is shown as `page` shows everything. Exit 0 also where there is nothing
(more) to comment on.
"""

from __future__ import annotations

import io
import json
import os
import sys
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from catalog.changes.codec import Malformed
from catalog.model import Json
from catalog.review import MAX_BYTES, Review, from_bytes, page
from catalog.review.github import Api, Failed, part
from catalog.review.page import Where

ARTIFACT = "review"
FILE = "review.json"
MAX_ZIP = 1024 * 1024
MARK = "<!-- catalog-review -->"
BOT = "github-actions[bot]"
MOST_FILES = 3000
"""Of a pull request, the API tells no more."""
INSIDERS = frozenset(("OWNER", "MEMBER", "COLLABORATOR"))


@dataclass(frozen=True, slots=True)
class Label:
    """A label and the paths for which it stands; the first that fits a path is the path's."""

    name: str
    color: str
    description: str
    paths: tuple[str, ...]


LABELS = (
    Label("own-theme", "b60205", "content/theme/: runs as code", ("content/theme/",)),
    Label("disclosure", "1d76db", "開示ファイル / disclosures", ("content/providers/",)),
    Label("prose", "5319e7", "文章と設定 / pages and settings", ("content/",)),
    Label("guideline", "0e8a16", "指針の定義 / guideline definitions", ("guideline/",)),
    Label("theme", "d93f0b", "見た目とことば / look and words", ("theme/",)),
    Label("workflows", "b60205", "GitHub での実行 / what runs on GitHub", (".github/", ".ci/")),
    Label(
        "documentation", "c5def5", "説明書 / documentation", ("docs/", "README.md", "CONTRIBUTING.md", "CHANGELOG.md")
    ),
    Label("code", "fbca04", "生成ツール / the generator", ("",)),
)
MAINTAINER = Label("needs-maintainer", "e99695", "外部からの content/ 以外の変更 / from outside, beyond content/", ())
"""For outsiders' pull requests that touch what runs, or what all disclosures are read by."""


@dataclass(frozen=True, slots=True)
class Run:
    """A finished check, as GitHub's event tells it. `repository` is where it ran, `head` where the commit is from."""

    id: int
    repository: str
    head: str
    branch: str
    commit: str
    address: str

    @classmethod
    def of(cls, event: Json) -> Run | None:
        """None where it is not the check of a pull request, or its fork is gone."""
        run = event["workflow_run"]
        head = run.get("head_repository")
        if run["event"] != "pull_request" or not head or run["conclusion"] in ("cancelled", "skipped"):
            return None
        return cls(
            id=int(run["id"]),
            repository=event["repository"]["full_name"],
            head=head["full_name"],
            branch=run["head_branch"] or "",
            commit=run["head_sha"],
            address=run["html_url"],
        )


def main(environment: Mapping[str, str]) -> int:
    event = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    run = Run.of(event)
    if run is None:
        print("not the check of a pull request; nothing to do")
        return 0
    server = environment.get("GITHUB_SERVER_URL", "https://github.com")
    api = Api(environment.get("GITHUB_API_URL", "https://api.github.com"), environment["GITHUB_TOKEN"], run.repository)
    where = Where(run.address, f"{server}/{run.head}/blob/{run.commit}/", run.commit)
    try:
        pulls = pulls_of(api, run)
        if not pulls:
            print("no open pull request has this commit as its last; nothing to do")
            return 0
        text = text_of(api, run, where)
        for pull in pulls:
            put_labels(api, pull)
            put_comment(api, pull["number"], text)
    except Failed as failed:
        print(f"::error::GitHub's API: {failed}".replace("\n", " "))
        return 1
    return 0


def pulls_of(api: Api, run: Run) -> list[Json]:
    """The open pull requests whose last commit is the one that was checked. A run of a fork's does not name them."""
    owner = run.head.partition("/")[0]
    found = api.all("pulls", state="open", head=f"{owner}:{run.branch}")
    return [
        pull
        for pull in found
        if pull["head"]["sha"] == run.commit
        and (pull["head"]["repo"] or {}).get("full_name") == run.head
        and pull["base"]["repo"]["full_name"] == run.repository
    ]


# --- the review ------------------------------------------------------------------------------------------------------


def text_of(api: Api, run: Run, where: Where) -> str:
    """The comment's text: of the review, or that there is none."""
    try:
        text = page.comment(review_of(api, run), where)
    except Malformed as malformed:
        print(f"no review: {str(malformed)[:200]!r}")
        text = page.unknown(where)
    return f"{MARK}\n{text}"


def review_of(api: Api, run: Run) -> Review:
    """What the check left. Raises `Malformed` for anything but a review of decent size."""
    listed = api.get(f"actions/runs/{run.id}/artifacts", name=ARTIFACT, per_page=10)["artifacts"]
    fitting = [one for one in listed if one["name"] == ARTIFACT and not one["expired"]]
    if not fitting:
        raise Malformed("no artifact")
    newest = max(fitting, key=lambda one: int(one["id"]))
    if newest["size_in_bytes"] > MAX_ZIP:
        raise Malformed("artifact too large")
    try:
        packed = api.download(f"actions/artifacts/{int(newest['id'])}/zip", MAX_ZIP)
    except Failed as failed:
        raise Malformed(str(failed)) from failed
    return from_bytes(unpacked(packed))


def unpacked(packed: bytes) -> bytes:
    """The one file of the archive, in memory and bounded. Raises `Malformed`."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            if archive.namelist() != [FILE]:
                raise Malformed("other files than the review")
            with archive.open(FILE) as file:
                data = file.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise Malformed(f"no archive: {type(error).__name__}") from error
    if len(data) > MAX_BYTES:
        raise Malformed("review too large")
    return data


# --- comment and labels ----------------------------------------------------------------------------------------------


def put_comment(api: Api, number: int, text: str) -> None:
    """Our one comment: changed where there is one, else written. Somebody else's is never touched."""
    for one in api.all(f"issues/{int(number)}/comments"):
        if (one["user"] or {}).get("login") == BOT and (one["body"] or "").startswith(MARK):
            if one["body"] != text:
                api.patch(f"issues/comments/{int(one['id'])}", {"body": text})
            return
    api.post(f"issues/{int(number)}/comments", {"body": text})


def put_labels(api: Api, pull: Json) -> None:
    """The labels of the paths that are touched; those of ours that do not fit any more go."""
    number = int(pull["number"])
    files = list(api.all(f"pulls/{number}/files"))
    paths = {path for file in files for path in (file["filename"], file.get("previous_filename")) if path}
    if len(files) >= MOST_FILES:
        paths.add("")  # of what is not told, anything may be touched
    wanted = labels_for(paths, insider=pull["author_association"] in INSIDERS)
    present = {label["name"] for label in pull["labels"]}
    for label in wanted:
        if label.name not in present:
            _make(api, label)
    if new := [label.name for label in wanted if label.name not in present]:
        api.post(f"issues/{number}/labels", {"labels": new})
    for name in ({label.name for label in (*LABELS, MAINTAINER)} & present) - {label.name for label in wanted}:
        api.delete(f"issues/{number}/labels/{part(name)}")


def labels_for(paths: Iterable[str], *, insider: bool) -> list[Label]:
    """One a path, in the order of `LABELS`; and the maintainer's, for an outsider's that goes beyond contents."""
    found = {next(label for label in LABELS if path.startswith(label.paths)) for path in paths}
    wanted = [label for label in LABELS if label in found]
    contents = {label.name for label in wanted} <= {"disclosure", "prose"}
    return wanted if insider or contents else [MAINTAINER, *wanted]


def _make(api: Api, label: Label) -> None:
    """Have the label with its colour and description, if the repository does not have it."""
    try:
        api.post("labels", {"name": label.name, "color": label.color, "description": label.description})
    except Failed as failed:
        if failed.status != 422:  # it exists
            raise


if __name__ == "__main__":
    sys.exit(main(os.environ))
