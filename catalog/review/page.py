"""A review as a page of Markdown, in Japanese and English: the job's summary and the comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.changes import printers
from catalog.changes.printers import Style, problem_lines
from catalog.review import Review

SUMMARY_LETTERS = 250_000
"""GitHub takes 1 MiB; a letter takes at most four bytes."""
COMMENT_LETTERS = 60_000
"""GitHub takes 65,536."""
COMMENT_PROBLEMS = 50
BOTH = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Where:
    """Addresses on GitHub, from GitHub itself: of the run, and of the files that were checked (ending in `/`)."""

    run: str
    files: str
    commit: str


def summary(review: Review, where: Where) -> str:
    """For the job: every problem and every change."""
    return _cut(_page(review, where, len(review.problems)), SUMMARY_LETTERS, "")


def comment(review: Review, where: Where) -> str:
    """For the pull request: the same, as far as a comment goes."""
    return _cut(_page(review, where, COMMENT_PROBLEMS), COMMENT_LETTERS, where.run)


def unknown(where: Where) -> str:
    """For the pull request, where the check left no review that can be read."""
    return "\n".join(
        (
            "## 検査の結果を読めませんでした / The check left no result that can be read",
            "",
            f"検査が途中で止まったようです。詳しくは[実行の記録]({where.run})を見てください。",
            f"The check seems to have stopped half-way; see [its log]({where.run}).",
            "",
        )
    )


def _page(review: Review, where: Where, problems: int) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_lines(review, where, problems)))


def _lines(review: Review, where: Where, problems: int) -> Iterator[str]:
    style = Style(BOTH, markdown=True, files=where.files)
    yield from _result(review)
    if where.commit:
        yield from ("", f"コミット / Commit: `{where.commit[:12]}` · [実行の記録 / log]({where.run})")
    if review.problems:
        yield from ("", "### 問題 / Problems", "")
        for one in review.problems[:problems]:
            yield from problem_lines(one, style)
        if (left := review.errors + review.warnings - min(problems, len(review.problems))) > 0:
            yield f"- … ほか{left}件は[実行の記録]({where.run})の要約に / {left} more stand in the summary of the run"
    yield from ("", "## 変更の意味 / What changes", "")
    if review.changes is None:
        yield "比べるもとがないか、変更が大きすぎるため、示せません。"
        yield "There is nothing to compare with, or too much of it."
    else:
        yield from printers.lines(review.changes, style)
    yield from _next(review, where)


def _result(review: Review) -> Iterator[str]:
    counts = {"errors": review.errors, "warnings": review.warnings}
    if review.errors:
        yield "## ❌ 直すところがあります / There is something to mend"
        yield from ("", "エラー {errors}件、警告 {warnings}件。エラーがなくなるまで取りこめません。".format_map(counts))
        yield "直したファイルを同じブランチに送ると、自動でもう一度検査します。"
        yield "{errors} error(s), {warnings} warning(s); the errors have to be mended.".format_map(counts)
        yield "Push to the same branch, and it is checked again."
    elif review.warnings:
        yield "## ✅ エラーはありません / No errors"
        yield from ("", "警告 {warnings}件。このままでも取りこめます。".format_map(counts))
        yield "{warnings} warning(s), which do not stand in the way.".format_map(counts)
    else:
        yield "## ✅ 問題はありません / No problems"


def _next(review: Review, where: Where) -> Iterator[str]:
    yield from ("", "## 手元で確かめる / At home", "", "```sh")
    yield "make check            # 同じ検査 / the same check"
    yield "make diff ARGS=main   # 変更の意味 / what changes"
    yield from ("make serve            # できるページ / the pages", "```", "")
    if not review.errors:
        yield f"この変更でできるページは、[実行の記録]({where.run})の Artifacts の `pages` にあります。"
        yield "ダウンロードして展開し、`index.html` をダブルクリックしてください。"
        yield f"The pages as they would be: artifact `pages` of [the run]({where.run}); unpack it, open `index.html`."
        yield ""


def _cut(page: str, letters: int, more: str) -> str:
    """The page, or as many of its lines as fit, with what is open closed and a word on where the rest is."""
    if len(page) <= letters:
        return page
    note = "長いため、ここまでです。手元でご覧ください / too long; see at home: `make diff ARGS=main`"
    if more:
        note = f"すべては[実行の記録]({more})の要約にあります / all of it stands in the summary of the run"
    room = letters - len(note) - 100
    kept = page[:room].rpartition("\n")[0]
    opened = len(re.findall("(?m)^<details>", kept)) - len(re.findall("(?m)^</details>", kept))
    fence = "\n```" if kept.count("\n```") % 2 else ""
    return f"{kept}{fence}\n" + "\n</details>\n" * opened + f"\n… {note}\n"
