"""`build`: everything into `site/`, or nothing if anything is wrong."""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

from catalog import builder, place
from catalog.commands import Context, Exit
from catalog.commands.problems import show
from catalog.diagnostics import Report, kept

HELP = {
    "ja": "サイトを生成する(既定)。問題があれば何も変えない",
    "en": "build the site (the default); if anything is wrong, nothing is changed",
}
WORDS = {
    "ja": {
        "base_url": "公開先のアドレス(既定: 環境変数 CATALOG_BASE_URL、なければ catalog.yaml の base_url)",
        "no_search": "検索の索引を作らない",
        "offline": "ファイルのまま開ける複製と、そのZIPを作る(既定の出力先: <root>/offline)",
        "gallery": "画面の部品をすべて並べたページ /gallery/ も作る(テーマを直す人のため)",
        "only": "この種類のファイルだけを作る(例: sheet,service_json)。計測と試作のため。ほかへのリンクは切れる",
        "bad_only": "「{value}」という種類はありません。書けるのは {known} です",
        "bad_url": "{value} は http・https のアドレスではありません",
        "waiting": "ほかの生成が終わるのを待っています…",
        "progress": "生成中 {done}/{total}",
        "built": "{out} を生成しました(新しく書いたファイル {written}、そのまま {kept}、消したファイル {removed})",
        "current": "{out} は最新です",
        "broken": "{out} は変えていません",
        "packed": "{path} にまとめました({size} KB)",
        "no_base": "base_url がないため、canonical・sitemap.xml・og:url は省きました",
    },
    "en": {
        "base_url": "the public address (default: CATALOG_BASE_URL, else base_url of catalog.yaml)",
        "no_search": "leave the search index out",
        "offline": "make a copy that opens without a server, and a ZIP of it (into <root>/offline)",
        "gallery": "add /gallery/, a page of all components, for work on the theme",
        "only": "build these kinds of files only (sheet,service_json): for measuring and trying; other links break",
        "bad_only": "there is no kind “{value}”; the kinds are {known}",
        "bad_url": "{value} is neither an http nor an https address",
        "waiting": "waiting for another build to end…",
        "progress": "building {done}/{total}",
        "built": "built {out} ({written} files written, {kept} kept, {removed} removed)",
        "current": "{out} is up to date",
        "broken": "{out} was left as it is",
        "packed": "packed into {path} ({size} KB)",
        "no_base": "without base_url, canonical links, sitemap.xml and og:url are left out",
    },
}
REFUSED = {
    "ja": {
        "link": "出力先 {path} はリンクです。フォルダーを指定してください",
        "not-a-folder": "出力先 {path} はフォルダーではありません",
        "system": "出力先 {path} には書けません。別のフォルダーを指定してください",
        "holds-sources": "出力先 {path} には元のファイルが含まれます。別のフォルダーを指定してください",
        "within-sources": "出力先 {path} は元のファイルの中にあります。別のフォルダーを指定してください",
        "not-ours": "出力先 {path} に、このツールのものではないファイルがあります。空のフォルダーを指定してください",
    },
    "en": {
        "link": "the output {path} is a link; name a folder",
        "not-a-folder": "the output {path} is not a folder",
        "system": "the output cannot be {path}; name another folder",
        "holds-sources": "the output {path} contains the sources; name another folder",
        "within-sources": "the output {path} lies within the sources; name another folder",
        "not-ours": "the output {path} holds files that this tool did not make; name an empty folder",
    },
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    words = WORDS[language]
    parser.add_argument("--base-url", metavar="URL", help=words["base_url"])
    parser.add_argument("--no-search", action="store_true", help=words["no_search"])
    parser.add_argument("--offline", action="store_true", help=words["offline"])
    parser.add_argument("--gallery", action="store_true", help=words["gallery"])
    parser.add_argument("--only", metavar="KIND,KIND", help=words["only"])


def run(context: Context) -> Exit:
    words = WORDS[context.language]
    try:
        options = options_of(context)
    except ValueError as error:
        print(words["bad_url"].format(value=error), file=sys.stderr)
        return Exit.USAGE
    if options.offline and not context.arguments.out:
        context = replace(context, out=context.root / "offline")
    try:
        built = _build(context, options)
    except builder.OutputRefused as refused:
        print(REFUSED[context.language][refused.code].format(path=refused.path), file=sys.stderr)
        return Exit.ENVIRONMENT
    except _UnknownKind as unknown:
        print(words["bad_only"].format(value=unknown.args[0], known=", ".join(unknown.args[1])), file=sys.stderr)
        return Exit.USAGE
    _tell(context, built)
    return Exit.CONTENT if built.report.errors else Exit.CLEAN


@dataclass(frozen=True, slots=True)
class _Built:
    """The problems; what became of the site (None: left as it is); whether absolute addresses could be written; the
    ZIP file, if one was asked for."""

    report: Report
    outcome: builder.Outcome | None
    has_base_url: bool = True
    packed: Path | None = None


class _UnknownKind(Exception):
    """`--only` names a kind of files that there is not: its name, those that there are."""


def build_once(context: Context) -> tuple[Report, bool]:
    """One build for `serve`: the problems, and whether the site changed. Raises OSError."""
    built = _build(context, replace(options_of(context), gallery=True))
    return built.report, bool(built.outcome and built.outcome.changed)


def _build(context: Context, options: place.Options) -> _Built:
    """Build, and pack an offline copy into its ZIP file."""
    words = WORDS[context.language]
    name = "offline" if options.offline else ""
    where = place.Place(context.root, place.theme_of(context.root), context.out, name)
    with builder.locked(where.work, lambda: print(words["waiting"], file=sys.stderr)):
        if options.offline:
            builder.claim_zip(where.out)
        built = _build_tree(context, where, options)
        if options.offline and built.outcome:
            return replace(built, packed=builder.pack(where.out))
        return built


def _build_tree(context: Context, where: place.Place, options: place.Options) -> _Built:
    """Build unless `stat` alone tells that nothing changed (then nothing of the generator is even imported)."""
    inputs = place.inputs(where, options)
    current = builder.is_current(inputs, where.out, where.work, context.today)
    if current and (told := kept.kept(context.today, where.work)) is not None:  # warnings are shown again
        return _Built(told, builder.Outcome(changed=False, written=0, kept=0, removed=0))
    from catalog import pipeline  # only now: it imports the whole generator

    if unknown := set(options.only) - set(pipeline.KINDS):
        raise _UnknownKind(min(unknown), pipeline.KINDS)
    report = Report()
    with Progress(WORDS[context.language]["progress"]) as progress:
        built = pipeline.build(where, context.today, options, report, progress)
    return _Built(report, built.outcome, bool(built.base_url)) if built else _Built(report, None)


def options_of(context: Context) -> place.Options:
    """What the command line and the environment ask for. Raises ValueError if an address is none."""
    given = context.arguments
    return place.Options(
        base_url_of(context),
        repository=_address(os.environ.get("CATALOG_REPOSITORY", "")).rstrip("/"),
        search=not getattr(given, "no_search", False),
        offline=getattr(given, "offline", False),
        gallery=getattr(given, "gallery", False),
        only=tuple(filter(None, (getattr(given, "only", None) or "").split(","))),
    )


def base_url_of(context: Context) -> str:
    """`--base-url`, else the environment's; "" for the settings' own. Raises ValueError if it is no address."""
    given: str = getattr(context.arguments, "base_url", None) or os.environ.get("CATALOG_BASE_URL", "")
    return _address(given)


def _address(given: str) -> str:
    given = given.strip()
    if given and not re.fullmatch(r"https?://[^\s<>\"'?#@]+", given):
        raise ValueError(given)
    return given


def _tell(context: Context, built: _Built) -> None:
    """The problems, then one line on what became of the site."""
    words, outcome = WORDS[context.language], built.outcome
    if built.report.diagnostics:
        show(built.report, context.language)
    if not built.has_base_url and not built.packed:
        print(words["no_base"])
    if outcome is None:
        print(words["broken"].format(out=context.out))
    elif not outcome.changed:
        print(words["current"].format(out=context.out))
    else:
        counts = {"written": outcome.written, "kept": outcome.kept, "removed": outcome.removed}
        print(words["built"].format(out=context.out, **counts))
    if built.packed:
        print(words["packed"].format(path=built.packed, size=f"{built.packed.stat().st_size // 1000:,}"))


class Progress:
    """A line on standard error when work takes longer than a second; on a terminal it counts in place."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.next = time.monotonic() + 1
        self.shown = False
        self.terminal = sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now < self.next:
            return
        self.next = now + (0.2 if self.terminal else 10)
        self.shown = True
        line = self.words.format(done=done, total=total)
        print(f"\r{line}", end="", file=sys.stderr, flush=True) if self.terminal else print(line, file=sys.stderr)

    def __exit__(self, *_: object) -> None:
        if self.shown and self.terminal:
            print(file=sys.stderr)
