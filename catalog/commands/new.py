"""`new`: write a disclosure file to fill in, with everything that the guideline asks, in its order."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.commands import Context, Exit

if TYPE_CHECKING:
    from catalog.model import Guideline

HELP = {
    "ja": "指針の順に項目の並んだ開示ファイルのひな形を content/providers/ に書く",
    "en": "write a disclosure file to fill in, with the guideline's items in order, into content/providers/",
}
_WORDS = {
    "ja": {
        "id": "事業者のID。ファイル名とアドレスになります(英小文字・数字・ハイフン)",
        "guideline": "指針のID(指針が1つなら不要)",
        "services": "サービスのID。「,」で区切って並べます(既定: service-1)",
        "data-centers": '使うデータセンターのID。「,」で区切って並べます(既定: dc-1。使わないなら "")',
        "stdout": "ファイルに書かず、画面に出す",
        "id-missing": "事業者のIDを書いてください。例: python build.py new kaku-cloud",
        "nearest": "{hint}。例えば {near}",
        "twice": "「{found}」が2回あります",
        "no-service": "サービスのIDを1つ以上書いてください",
        "no-guideline": "{root} に指針(guideline/)がありません。カタログのあるフォルダーを --root で指定してください",
        "which": "指針が{count}つあります。--guideline で選んでください: {known}",
        "unknown": "指針「{found}」はありません。使えるのは {known} です",
        "exists": "{path} はすでにあります。上書きはしません。\n"
        "別のIDにするか、--stdout で画面に出して、足りない項目を写してください",
        "written": "{path} を書きました。",
        "next": "次にすること:\n  1. {path} をエディタで開いて回答を書く{first}\n  2. {command}",
        "first": "(まず{names})",
        "and": "と",
    },
    "en": {
        "id": "the provider's id: the name of its file and its address (lower-case letters, digits, hyphens)",
        "guideline": "the guideline's id (not needed if there is only one)",
        "services": "ids of its services, separated by commas (default: service-1)",
        "data-centers": 'ids of the data centres that they use, separated by commas (default: dc-1; none: "")',
        "stdout": "print it instead of writing a file",
        "id-missing": "name the provider's id, for example: python build.py new kaku-cloud",
        "nearest": "{hint}; for example {near}",
        "twice": "“{found}” stands here twice",
        "no-service": "name at least one service",
        "no-guideline": "{root} has no guideline (guideline/); name the catalog's folder with --root",
        "which": "there are {count} guidelines; choose one with --guideline: {known}",
        "unknown": "there is no guideline “{found}”; available: {known}",
        "exists": "{path} exists already; it is left as it is.\n"
        "Choose another id, or use --stdout and copy the items that are missing",
        "written": "Wrote {path}.",
        "next": "Next:\n  1. open {path} in an editor and write the answers{first}\n  2. {command}",
        "first": " (first: {names})",
        "and": " and ",
    },
}


def add_arguments(parser: argparse.ArgumentParser, language: str) -> None:
    words = _WORDS[language]
    parser.add_argument("id", nargs="?", metavar="ID", help=words["id"])
    parser.add_argument("--guideline", metavar="ID", help=words["guideline"])
    parser.add_argument("--services", metavar="A,B", default="service-1", help=words["services"])
    parser.add_argument("--data-centers", metavar="X,Y", default="dc-1", help=words["data-centers"])
    parser.add_argument("--stdout", action="store_true", help=words["stdout"])


def run(context: Context) -> Exit:
    from catalog.dump import scaffold

    words, asked = _WORDS[context.language], context.arguments
    services, centers = listed_ids(asked.services), listed_ids(asked.data_centers)
    if problems := list(_problems(asked.id, asked.stdout, services, centers, context.language)):
        print("\n".join(problems), file=sys.stderr)
        return Exit.USAGE
    guideline = the_guideline(context)
    if isinstance(guideline, Exit):
        return guideline
    path = path_of(context.root, asked.id or "kaku-cloud", guideline)
    text = scaffold(guideline, path.stem, services, centers, context.language, schema_of(context.root, guideline))
    if asked.stdout:
        sys.stdout.write(text)
        return Exit.CLEAN
    shown = path.relative_to(context.root).as_posix()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        print(words["exists"].format(path=shown), file=sys.stderr)
        return Exit.USAGE
    print(words["written"].format(path=shown))
    check = "python build.py check" + (f" --root {shlex.quote(asked.root)}" if asked.root else "")
    print(words["next"].format(path=shown, first=_needed(guideline, context.language), command=check))
    return Exit.CLEAN


def listed_ids(text: str) -> list[str]:
    return [name for part in re.split(r"[,、\s]+", text) if (name := part.strip())]


def _problems(
    provider: str | None, stdout: bool, services: Sequence[str], centers: Sequence[str], language: str
) -> Iterator[str]:
    """What is wrong with the arguments, one located message each."""
    words = _WORDS[language]
    if not provider and not stdout:
        yield f"ID: error[missing-key]: {words['id-missing']}"
    if not services:
        yield f"--services: error[missing-key]: {words['no-service']}"
    yield from id_problems(provider or "", services, centers, language)


def id_problems(provider: str, services: Sequence[str], centers: Sequence[str], language: str) -> Iterator[str]:
    """Ids that are none, or are there twice. An empty one is none yet."""
    words = _WORDS[language]
    for place, names in (("ID", [provider] if provider else []), ("--services", services), ("--data-centers", centers)):
        for index, name in enumerate(names):
            if name and (problem := _id_problem(name, _EXAMPLES[place], language)):
                yield f"{place}: {problem}"
            elif name in names[:index]:
                yield f"{place}: error[id-twice]: {words['twice'].format(found=name)}"


_EXAMPLES = {"ID": "kaku-shoji", "--services": "my-cloud", "--data-centers": "tokyo-1"}


def _id_problem(name: str, example: str, language: str) -> str:
    from catalog.diagnostics import Diagnostic, Location, Severity, printers
    from catalog.load.shapes import is_id

    if is_id(name):
        return ""
    refused = Diagnostic("invalid-id", Severity.ERROR, Location(""), {"found": name})
    hint = printers.hint(refused, language)
    stem = re.sub(r"(?:.*[/\\])?(.+?)(?:\.ya?ml)?", r"\1", unicodedata.normalize("NFKC", name).lower().strip())
    near = re.sub(r"[^a-z0-9]+", "-", stem).strip("-")[:40].strip("-")
    hint = _WORDS[language]["nearest"].format(hint=hint, near=near if is_id(near) else example)
    return f"error[invalid-id]: {printers.message(refused, language)}\n  hint: {hint}"


def the_guideline(context: Context) -> Guideline | Exit:
    """The newest version of the guideline that is asked for, or of the only one there is."""
    from catalog.commands.problems import show
    from catalog.diagnostics import Report
    from catalog.load.guidelines import load_guidelines
    from catalog.source import ParseCache

    words, wanted = _WORDS[context.language], context.arguments.guideline
    report = Report()
    newest = {guideline.id: guideline for guideline in load_guidelines(context.root, ParseCache(None, ""), report)}
    if report.errors:
        show(report, context.language)
        return Exit.CONTENT
    known = ", ".join(newest)
    if not newest:
        problem = words["no-guideline"].format(root=context.root)
    elif wanted in newest or (not wanted and len(newest) == 1):
        return newest[wanted] if wanted else next(iter(newest.values()))
    elif wanted:
        problem = f"--guideline: error[unknown-guideline]: {words['unknown'].format(found=wanted, known=known)}"
    else:
        problem = words["which"].format(count=len(newest), known=known)
    print(problem, file=sys.stderr)
    return Exit.USAGE


def schema_of(root: Path, guideline: Guideline) -> str:
    """Where editors find the schema: on the published site if its address is known, else in the site built here."""
    from catalog.diagnostics import Report
    from catalog.exports.schema_json import address_of
    from catalog.load.settings import load_settings
    from catalog.source import ParseCache

    settings = load_settings(root, ParseCache(None, ""), Report())
    return address_of(guideline, settings.base_url if settings else "")


def path_of(root: Path, provider: str, guideline: Guideline) -> Path:
    """`<id>.yaml`; `<id>.<guideline>.yaml` where the provider has answered another guideline there."""
    folder = root / "content" / "providers"
    first = folder / f"{provider}.yaml"
    answered = _answered_guideline(root, first) if first.is_file() else ""
    return first if answered in ("", guideline.id) else folder / f"{provider}.{guideline.id}.yaml"


def _answered_guideline(root: Path, path: Path) -> str:
    """The guideline that a disclosure file names; "" if it cannot be told."""
    from catalog import source
    from catalog.diagnostics import Report

    report = Report()
    node = source.parse(source.read(root, path, root / "content", report), report)
    named = node.get("guideline") if isinstance(node, source.Mapping) else None
    return named.text.strip() if isinstance(named, source.Scalar) else ""


def _needed(guideline: Guideline, language: str) -> str:
    """The names without which a disclosure cannot be shown."""
    from catalog.diagnostics import in_language
    from catalog.model import Role

    words = _WORDS[language]
    slots = [guideline.by_role[role] for role in (Role.PROVIDER_NAME, Role.SERVICE_NAME) if role in guideline.by_role]
    names = words["and"].join(in_language(slot.item.label, language) for slot in slots) or "name:"
    return words["first"].format(names=names)
