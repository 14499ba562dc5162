"""`import`: a form that was filled in, or a published table, → a disclosure file that is checked."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TextIO

from catalog.commands import Context, Exit
from catalog.commands.new import id_problems, listed_ids, path_of, schema_of, the_guideline

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catalog.diagnostics import Diagnostic, Report
    from catalog.imports.forms import Form
    from catalog.messages import Messages
    from catalog.scalars import Written

HELP = {
    "ja": "記入用紙(Excel)や公開された表(CSV)から開示ファイルを作り、検査する",
    "en": "make a disclosure file of a form that was filled in (Excel) or of a published table (CSV), and check it",
}
_WORDS = {
    "ja": {
        "file": "読むファイル(.xlsx、.csv)",
        "into": "書くファイル(既定: content/providers/<事業者のID>.yaml)",
        "stdout": "ファイルに書かず、画面に出す",
        "update": "あるファイルを更新する。記入用紙にある行はそのとおりにし、ないものは元のまま残す",
        "force": "あるファイルを置き換え、エラーがあっても書く",
        "provider": "事業者のID(表に書かれていないとき)",
        "services": "サービスのID(公開された表のとき。既定: service-1)",
        "data-centers": "データセンターのID。「,」で区切って、表に出てくる順に並べます(公開された表のとき。既定: dc-1)",
        "guideline": "指針のID(公開された表のとき。指針が1つなら不要)",
        "source": "公開情報からの転記とし、すべての回答の出典をこのURLにする(公開された表のとき)",
        "free-words": "決まった形で読めない回答を、文章(text:)として取り込む(公開された表のとき)",
        "missing": "{path} がありません",
        "folder": "{path} はファイルではありません",
        "no-id": "事業者のIDがわかりません。記入用紙の「事業者のID」に書くか、--provider で指定してください",
        "exists": "{path} はすでにあります。何も書いていません。次のどれかを選んでください:\n"
        "  記入用紙にある行で更新する:       {command} --update\n"
        "  別の名前で書いて比べる:           {command} --into {other}\n"
        "                                    python build.py diff {path} {other}\n"
        "  すべて置き換える(元の内容は消える): {command} --force",
        "nothing": "エラーがあるため、何も書いていません。上のセルを直して保存し、もう一度実行してください。\n"
        "決まった形で答えられないときは、「状態」を「文章で回答」にすると、文章のまま答えられます。\n"
        "エラーのあるまま書くには --force を付けます。",
        "written": "{path} を書きました(サービス {services}、データセンター {centers}、回答 {answers}件)。",
        "next": "次にすること:\n  1. python build.py check{root}\n"
        "  2. python build.py serve{root} で、できるページを見る",
    },
    "en": {
        "file": "the file to read (.xlsx, .csv)",
        "into": "the file to write (default: content/providers/<provider's id>.yaml)",
        "stdout": "print it instead of writing a file",
        "update": "bring a file that exists up to date: rows of the form win, everything else stays",
        "force": "replace a file that exists, and write in spite of errors",
        "provider": "the provider's id, where the table does not say it",
        "services": "the service's id (published tables; default: service-1)",
        "data-centers": "ids of the data centres in the order of the table, separated by commas"
        " (published tables; default: dc-1)",
        "guideline": "the guideline's id (published tables; not needed if there is only one)",
        "source": "a transcription of public information, all of it from this address (published tables)",
        "free-words": "take answers that do not have the expected form as free words, text: (published tables)",
        "missing": "there is no {path}",
        "folder": "{path} is no file",
        "no-id": "the provider's id is not known: write it into the form, or name it with --provider",
        "exists": "{path} exists already; nothing was written. Choose:\n"
        "  bring it up to date with the form's rows:  {command} --update\n"
        "  write another file and compare:            {command} --into {other}\n"
        "                                             python build.py diff {path} {other}\n"
        "  replace it, whatever it says:              {command} --force",
        "nothing": "Because of the errors nothing was written. Mend the cells above, save, and run this again.\n"
        "Where an answer does not fit the expected form, set its state to “In free words”.\n"
        "--force writes in spite of errors.",
        "written": "Wrote {path} (services: {services}, data centres: {centers}, answers: {answers}).",
        "next": "Next:\n  1. python build.py check{root}\n  2. python build.py serve{root} shows the pages",
    },
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    words = _WORDS[language]
    parser.add_argument("file", metavar="FILE", help=words["file"])
    parser.add_argument("--into", metavar="FILE", help=words["into"])
    for name in ("stdout", "update", "force", "free-words"):
        parser.add_argument(f"--{name}", action="store_true", help=words[name])
    parser.add_argument("--provider", metavar="ID", help=words["provider"])
    parser.add_argument("--source", metavar="URL", help=words["source"])
    parser.add_argument("--services", metavar="ID", default="service-1", help=words["services"])
    parser.add_argument("--data-centers", metavar="X,Y", default="dc-1", help=words["data-centers"])
    parser.add_argument("--guideline", metavar="ID", help=words["guideline"])


_SOMEBODY = "kaku-cloud"
"""Stands for an id that is not known."""


@dataclass(frozen=True, slots=True)
class _Target:
    """The file to write, and how messages call it."""

    path: Path
    name: str


def run(context: Context) -> Exit:
    from catalog.diagnostics import Report
    from catalog.imports.sheets import MAX_FILE

    words, asked = _WORDS[context.language], context.arguments
    path = Path(asked.file)
    services, centers = listed_ids(asked.services)[:1], listed_ids(asked.data_centers)
    if problems := list(id_problems(asked.provider or "", services, centers, context.language)):
        return _refuse("\n".join(problems))
    if not path.is_file():
        return _refuse(words["folder" if path.exists() else "missing"].format(path=path))
    with path.open("rb") as file:
        data = file.read(MAX_FILE + 1)
    report = Report()
    form = _form(context, asked.file, data, services, centers, report)
    if isinstance(form, Exit):
        return form
    if form is None:
        _show(report.diagnostics, context.language, _stream(context))
        return Exit.CONTENT
    return _write(context, form, report)


def _refuse(problem: str) -> Exit:
    print(problem, file=sys.stderr)
    return Exit.USAGE


def _stream(context: Context) -> TextIO:
    """Where problems go: what is printed for another program to read stays clean."""
    return sys.stderr if context.arguments.stdout else sys.stdout


# --- reading ---------------------------------------------------------------------------------------------------------


def _form(
    context: Context, name: str, data: bytes, services: Sequence[str], centers: Sequence[str], report: Report
) -> Form | Exit | None:
    """What the file says; None, with the reasons in `report`, if it is nothing that can be imported."""
    from catalog.diagnostics import Location
    from catalog.imports import answers_table, forms, published, sheets, tables
    from catalog.load.guidelines import load_guidelines
    from catalog.source import ParseCache

    asked = context.arguments
    if not _is_table(name, data):
        grids = sheets.opened(name, data, report)
        if not grids:
            return None
        guidelines = tuple(load_guidelines(context.root, ParseCache(None, ""), report))
        return forms.of_workbook(grids, guidelines, _languages(context), report)
    rows = tables.rows_of(name, data, report)
    if not rows:
        if not report.diagnostics:
            report.add("yaml-empty", Location(name))
        return None
    if answers_table.is_one(rows):
        guidelines = tuple(load_guidelines(context.root, ParseCache(None, ""), report))
        return answers_table.of_table(name, rows, guidelines, report)
    guideline = the_guideline(context)
    if isinstance(guideline, Exit):
        return guideline
    ids = published.Ids(
        provider=asked.provider or "",
        service=services[0] if services else "service-1",
        centers=centers,
        transcribed_on=str(context.today) if asked.source else "",
        source=asked.source or "",
        free_words=asked.free_words,
    )
    return published.of_table(name, rows, guideline, ids, report)


def _is_table(name: str, data: bytes) -> bool:
    return Path(name).suffix.lower() in (".csv", ".tsv", ".txt") and not data.startswith((b"PK", b"\xd0\xcf\x11\xe0"))


def _languages(context: Context) -> Mapping[str, Messages]:
    """The words of every language that a form may be in."""
    from catalog.diagnostics import Report
    from catalog.messages import load_messages
    from catalog.place import theme_of
    from catalog.source import ParseCache

    theme, own = theme_of(context.root), context.root / "content" / "theme"
    names = {path.stem for folder in (theme, own) for path in (folder / "i18n").glob("*.yaml")}
    ordered = tuple(sorted(names, key=lambda name: (name != "ja", name)))
    return load_messages(theme, ordered, ParseCache(None, ""), Report(), own)


# --- writing ---------------------------------------------------------------------------------------------------------


def _write(context: Context, form: Form, report: Report) -> Exit:
    from catalog import dump
    from catalog.source import MAX_BYTES

    words, asked = _WORDS[context.language], context.arguments
    target = _target(context, form, report)
    nameless = target is None
    target = target or _Target(context.root / "content" / "providers" / f"{_SOMEBODY}.yaml", f"{_SOMEBODY}.yaml")
    document = _document(context, form, target, report)
    stem = target.path.name.removesuffix(".yaml")
    schema = schema_of(context.root, form.guideline)
    text = dump.filled(form.guideline, stem, document, context.language, schema, MAX_BYTES)
    _check(context, form, target, text, report)
    _show(report.diagnostics, context.language, _stream(context))
    if nameless:
        return _refuse(words["no-id"])
    if asked.stdout:
        sys.stdout.write(text)
        return Exit.CONTENT if report.errors else Exit.CLEAN
    if report.errors and not asked.force:
        print(words["nothing"])
        return Exit.CONTENT
    if target.path.exists() and not (asked.update or asked.force):
        command = f"python build.py import {shlex.quote(asked.file)}{_root(context)}"
        return _refuse(words["exists"].format(path=target.name, command=command, other=f"/tmp/{stem}.yaml"))
    target.path.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.path.with_name(f".{target.path.name}.tmp")
    temporary.write_text(text, encoding="utf-8", newline="\n")
    temporary.replace(target.path)
    print(words["written"].format(path=target.name, **_counts(document, form)))
    print(words["next"].format(root=_root(context)))
    return Exit.CONTENT if report.errors else Exit.CLEAN


def _root(context: Context) -> str:
    return f" --root {shlex.quote(context.arguments.root)}" if context.arguments.root else ""


def _counts(document: dict[str, Written], form: Form) -> dict[str, int]:
    services, centers = document.get("services") or {}, document.get("data_centers") or {}
    return {"services": len(services), "centers": len(centers), "answers": form.answered}


def _target(context: Context, form: Form, report: Report) -> _Target | None:
    """Where the file goes; None if nobody says whose it is."""
    from catalog.diagnostics import Location

    asked, root = context.arguments, context.root
    if asked.into:
        path = Path(asked.into)
        stem = path.name.removesuffix(".yaml").partition(".")[0]
        provider = asked.provider or form.provider
        if provider and provider != stem:
            where = form.places.get(("provider",), Location(asked.file))
            report.add("file-name-mismatch", where, found=stem, expected=provider)
        resolved = path.resolve()
        inside = resolved.is_relative_to(root)
        return _Target(path, resolved.relative_to(root).as_posix() if inside else path.name)
    provider = asked.provider or form.provider or (_SOMEBODY if asked.stdout else "")
    if not provider:
        return None
    path = path_of(root, provider, form.guideline)
    return _Target(path, path.relative_to(root).as_posix())


def _document(context: Context, form: Form, target: _Target, report: Report) -> dict[str, Written]:
    """What the form says; with `--update` over what the file says."""
    from catalog import source
    from catalog.imports import merged

    if not context.arguments.update or not target.path.is_file():
        return form.document
    file = source.file_of(target.name, target.path.read_bytes(), report)
    node = source.parse(file, report)
    found = merged.plain(node) if node else {}
    # who submitted is a guess where the form does not say it
    guessed = {"submitted_by"} - {row[0] for row in form.rows if len(row) == 1}
    said = {key: value for key, value in form.document.items() if key not in guessed}
    return merged.over(found, said, form.rows) if isinstance(found, dict) else form.document


def _check(context: Context, form: Form, target: _Target, text: str, report: Report) -> None:
    """What `check` would say of the file if it stood there, by the cells that say it."""
    from catalog import source
    from catalog.checks import run_checks
    from catalog.diagnostics import Report
    from catalog.imports.located import by_cell
    from catalog.load.disclosures import disclosure_of, load_disclosures
    from catalog.load.guidelines import load_guidelines
    from catalog.source import ParseCache

    cache, own, before = ParseCache(None, ""), Report(), Report()
    guidelines = tuple(load_guidelines(context.root, cache, Report()))
    every = load_disclosures(context.root, guidelines, cache, Report())
    others = [one for one in every if PurePosixPath(one.path).name != target.path.name]
    file = source.file_of(target.name, text.encode(), own)
    disclosure = disclosure_of(file, context.root, guidelines, own)
    if disclosure:
        run_checks(others, context.today, before)
        run_checks([*others, disclosure], context.today, own)
    known = {(one.code, one.location, str(one.values)) for one in before.diagnostics}
    new = [one for one in own.sorted() if (one.code, one.location, str(one.values)) not in known]
    report.extend(by_cell(new, file, source.parse(file, Report()), form))


def _show(diagnostics: Sequence[Diagnostic], language: str, stream: TextIO) -> None:
    """All problems by sheet, row and column, and one line of summary."""
    from catalog.diagnostics import Cell, printers

    def order(one: Diagnostic) -> tuple[object, ...]:
        at = one.location
        return at.path, at.index if isinstance(at, Cell) else -1, at.line, at.column, one.code

    unique = {(str(one.location), one.code, str(one.values)): one for one in diagnostics}
    problems = sorted(unique.values(), key=order)
    if problems:
        stream.write(printers.as_text(problems, language))
        print(printers.summary(problems, language), file=stream)
