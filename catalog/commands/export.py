"""`export`: write the workbook of a disclosure file, or an empty one to fill in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.commands import Context, Exit
from catalog.commands.new import id_problems, listed_ids, the_guideline

if TYPE_CHECKING:
    from catalog.model import Disclosure

HELP = {
    "ja": "記入用紙(Excel)を書き出す。事業者のIDがあれば、その開示ファイルの内容を入れる",
    "en": "write the form as a workbook: with what a provider's disclosure file says, or empty",
}
OUT_HELP = {
    "ja": "書き出すファイル(既定: 今いるフォルダーの <ID>.xlsx か form.xlsx)",
    "en": "the file to write (default: <ID>.xlsx or form.xlsx in the current folder)",
}
_WORDS = {
    "ja": {
        "id": "事業者のID。なければ空の記入用紙を書き出します",
        "xlsx": "Excelのブックとして書き出す(今のところ、これだけです)",
        "guideline": "指針のID(指針が1つなら不要)",
        "services": "空の記入用紙に用意するサービスのID。「,」で区切って並べます",
        "data-centers": '空の記入用紙に用意するデータセンターのID。「,」で区切って並べます(使わないなら "")',
        "force": "あるファイルを置き換える",
        "unknown": "事業者「{found}」の開示ファイルがありません。{advice}",
        "nearest": "「{near}」ではありませんか",
        "known": "あるのは {known} です",
        "none": "IDなしで実行すると、空の記入用紙を書き出します",
        "broken": "{path} に問題があるため、書き出せません",
        "exists": "{path} はすでにあります。置き換えるには --force を付けるか、--out で別の名前にしてください",
        "written": "{path} を書きました。",
        "next": "次にすること:\n  1. ExcelかLibreOfficeで開き、黄色い欄に書いて保存する\n"
        "  2. python build.py import {path}",
    },
    "en": {
        "id": "the provider's id; without one the form is empty",
        "xlsx": "as a workbook (the only format so far)",
        "guideline": "the guideline's id (not needed if there is only one)",
        "services": "ids of the services that an empty form is prepared for, separated by commas",
        "data-centers": 'ids of the data centres that an empty form is prepared for, separated by commas (none: "")',
        "force": "replace a file that exists",
        "unknown": "there is no disclosure file of a provider “{found}”; {advice}",
        "nearest": "did you mean “{near}”?",
        "known": "there are {known}",
        "none": "without an id an empty form is written",
        "broken": "{path} has problems, so it cannot be exported",
        "exists": "{path} exists already; use --force to replace it, or another name with --out",
        "written": "Wrote {path}.",
        "next": "Next:\n  1. open it in Excel or LibreOffice, write into the yellow cells, save\n"
        "  2. python build.py import {path}",
    },
}
_BLANK = "\0"


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    words = _WORDS[language]
    parser.add_argument("id", nargs="?", metavar="ID", help=words["id"])
    parser.add_argument("--xlsx", action="store_true", help=words["xlsx"])
    parser.add_argument("--guideline", metavar="ID", help=words["guideline"])
    parser.add_argument("--services", metavar="A,B", default=_BLANK, help=words["services"])
    parser.add_argument("--data-centers", metavar="X,Y", default=_BLANK, help=words["data-centers"])
    parser.add_argument("--force", action="store_true", help=words["force"])


def run(context: Context) -> Exit:
    from catalog.diagnostics import Report
    from catalog.exports import workbook, xlsx_book
    from catalog.messages import load_messages
    from catalog.place import theme_of
    from catalog.source import ParseCache

    asked = context.arguments
    theme, own = theme_of(context.root), context.root / "content" / "theme"
    languages = (context.language,)
    t = load_messages(theme, languages, ParseCache(None, ""), Report(), own)[context.language]
    if asked.id:
        one = _disclosure(context)
        if isinstance(one, Exit):
            return one
        data = xlsx_book.written(workbook.whole(one, t))
    else:
        services, centers = _listed(asked.services), _listed(asked.data_centers)
        if problems := list(id_problems("", services, centers, context.language)):
            print("\n".join(problems), file=sys.stderr)
            return Exit.USAGE
        guideline = the_guideline(context)
        if isinstance(guideline, Exit):
            return guideline
        data = xlsx_book.written(workbook.empty(guideline, t, services, centers))
    return _save(context, data)


def _listed(text: str) -> list[str]:
    """The ids; one without a name where nothing was asked."""
    return [""] if text == _BLANK else listed_ids(text)


def _disclosure(context: Context) -> Disclosure | Exit:
    """What the file of the provider says."""
    import difflib

    from catalog.commands.problems import show
    from catalog.diagnostics import Report
    from catalog.load.disclosures import disclosure_files, load_disclosures
    from catalog.load.guidelines import load_guidelines
    from catalog.source import ParseCache

    words, asked, report, cache = _WORDS[context.language], context.arguments, Report(), ParseCache(None, "")
    guidelines = tuple(load_guidelines(context.root, cache, report))
    stems = {path.stem: path for path in disclosure_files(context.root) if path.suffix == ".yaml"}
    stem = asked.id if asked.id in stems or not asked.guideline else f"{asked.id}.{asked.guideline}"
    if f"{asked.id}.{asked.guideline}" in stems:
        stem = f"{asked.id}.{asked.guideline}"
    if stem not in stems:
        near = next(iter(difflib.get_close_matches(asked.id, stems, 1)), "")
        advice = "nearest" if near else "known" if stems and len(stems) <= 20 else "none"
        advised = words[advice].format(near=near, known=", ".join(stems))
        print(words["unknown"].format(found=asked.id, advice=advised), file=sys.stderr)
        return Exit.USAGE
    path = stems[stem].relative_to(context.root).as_posix()
    for one in load_disclosures(context.root, guidelines, cache, report):
        if one.path == path and not any(d.location.path == path and d.severity == "error" for d in report.diagnostics):
            return one
    report.diagnostics = [one for one in report.diagnostics if one.location.path == path or not guidelines]
    show(report, context.language)
    print(words["broken"].format(path=path), file=sys.stderr)
    return Exit.CONTENT


def _save(context: Context, data: bytes) -> Exit:
    words, asked = _WORDS[context.language], context.arguments
    path = Path(asked.out) if asked.out else Path(f"{asked.id or 'form'}.xlsx")
    try:
        with path.open("wb" if asked.force else "xb") as file:
            file.write(data)
    except FileExistsError:
        print(words["exists"].format(path=path), file=sys.stderr)
        return Exit.USAGE
    print(words["written"].format(path=path))
    print(words["next"].format(path=path))
    return Exit.CLEAN
