"""Any bytes in a file: problems with their places, or success; never a traceback, never much time or memory."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import socket
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from catalog import source
from catalog.diagnostics import Report
from catalog.source import File, Mapping, Node, Scalar
from torture import nasty
from torture.conftest import Effort
from torture.forge import Done, Forge
from torture.record import Tally
from torture.targets import EVERYTHING, PAGES, ROOT, TARGETS, Range, fields, small_root

SECONDS, MEGABYTES = 2.0, 200.0
"""What reading one file may take, with all the rest of a small catalog and the program itself."""
FINDS = Path(__file__).parent / "finds"
PLACE = re.compile(r"^(content|guideline)/.*:\d+:\d+: (error|warning)\[[a-z0-9-]+\]: \S", re.M)


@pytest.fixture(scope="module")
def shooting(tmp_path_factory: pytest.TempPathFactory) -> Range:
    return Range(small_root(tmp_path_factory.mktemp("range") / "root"))


def calm(done: Done) -> None:
    """It ended as it should, in time, and told where problems are."""
    assert not done.broke, done
    assert done.status in (0, 1), done
    assert done.cpu <= SECONDS, f"{done.cpu:.1f} s"
    assert done.megabytes <= MEGABYTES, f"{done.megabytes:.0f} MB"
    assert done.status == 0 or PLACE.search(done.said), done.said[:500]


class TestAnyFile:
    def test_made_to_break_a_reader(self, tally: Tally, effort: Effort, forge: Forge, tmp_path: Path) -> None:
        """Every nasty file in the place of every kind of file; what `check` lets pass can be built."""
        tally.of("Files made to break a reader, as every kind of file: located messages or a site, ≤ 2 s, ≤ 200 MB")
        root = small_root(tmp_path / "root")
        tries = [(kind, name, data) for kind in TARGETS for name, data in nasty.files()]
        for kind, name, data in random.Random(6).sample(tries, effort.times(14, len(tries))):
            path = root / TARGETS[kind]
            whole = path.read_bytes()
            path.write_bytes(data)
            with tally.attempt(f"{kind}: {name}"):
                done = forge.check(root)
                calm(done)
                if done.status == 0:
                    built = forge.build(root, tmp_path / "site", "--no-search")
                    assert built.status == 0, built
                    assert built.cpu <= SECONDS + 3, f"the build took {built.cpu:.1f} s"
                    assert built.megabytes <= MEGABYTES, f"the build took {built.megabytes:.0f} MB"
            path.write_bytes(whole)

    def test_with_answers_that_make_patterns_try_everything(
        self, tally: Tally, effort: Effort, forge: Forge, tmp_path: Path
    ) -> None:
        """The value is the answer of every field at once: each type has its own patterns."""
        tally.of("Answers that make patterns try everything, in all fields at once: ≤ 2 s, ≤ 200 MB")
        root = small_root(tmp_path / "root")
        path = root / TARGETS["provider"]
        everything = [(name, value, shape) for name, value in nasty.values() for shape in SHAPES]
        for name, value, shape in random.Random(6).sample(everything, effort.times(12, 300)):
            path.write_text(filled_in(shape.replace("VALUE", json.dumps(value, ensure_ascii=False))), encoding="utf-8")
            with tally.attempt(f"{shape}: {name}"):
                calm(forge.check(root))

    def test_that_was_ever_found(self, tally: Tally, shooting: Range) -> None:
        """What the coverage-guided search found (`guided.py`), and what people did."""
        tally.of("Finds of earlier searches")
        for find in sorted(FINDS.iterdir()):
            kind = find.name.partition(".")[0]
            with tally.attempt(find.name):
                shooting.read(kind, find.read_bytes(), EVERYTHING)


SHAPES = ("VALUE", "{answer: VALUE}", "{answer: 有り, detail: VALUE}", "{text: VALUE}", "{not_applicable: VALUE}")


def filled_in(answer: str) -> str:
    """A disclosure that gives one answer to every field of the small guideline."""
    provider, service, center = fields()
    lines = ["guideline: mini", 'guideline_version: "1"', "submitted_by: provider", "name: 架空", "provider:"]
    lines += [f"  {name}: {answer}" for name in provider]
    lines += ["services:", "  cloud:", "    name: 架空", "    data_centers: [dc]", "    answers:"]
    lines += [f"      {name}: {answer}" for name in service]
    lines += ["data_centers:", "  dc:", *(f"    {name}: {answer}" for name in center)]
    return "\n".join(lines) + "\n"


# --- real files, mutated ---------------------------------------------------------------------------------------------


def scalars(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield from scalars(value)
    else:
        for item in node.items:
            yield from scalars(item)


ODD = (
    *(
        "",
        "~",
        '""',
        "[]",
        "{}",
        "[[]]",
        "{a: {b: c}}",
        "- x",
        "a: b",
        "&a x",
        "*a",
        "!!int 5",
        "|",
        ">",
        "'",
        '"',
        "#",
        "---",
    ),
    *(
        "有り",
        "無し",
        "該当なし",
        "非公開(理由)",
        "{withheld: x, answer: y}",
        "{text: [a]}",
        "{detail: x}",
        "{answer: {answer: x}}",
    ),
    *(
        "1e999",
        "-1",
        "0",
        "99999999999999999999",
        "2026-13-45",
        "0000-00-00",
        "9999-12-31",
        "１２",
        "٣",
        "½",
        "1/0",
        "NaN",
    ),
    *(
        "https://",
        "javascript:alert(1)",
        "//x",
        "x@",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\0",
        "\ud7ff",
        "𠮷",
        "constructor",
        "__proto__",
    ),
    *(
        "not_applicable",
        "answers",
        "services",
        "provider",
        "data_centers",
        "con",
        "aux",
        "..",
        "/",
        "a" * 300,
        "あ" * 5000,
    ),
)


def mutated(text: str, dice: random.Random) -> str:
    """One change of the kind that hands, merges and programs make."""
    lines = text.split("\n")
    here, there = dice.randrange(len(lines)), dice.randrange(len(lines))
    match dice.randrange(9):
        case 0:
            del lines[here : here + dice.choice((1, 1, 2, 10, 100))]
        case 1:
            lines[here:here] = lines[there : there + dice.choice((1, 1, 3, 30))]
        case 2:
            lines[here], lines[there] = lines[there], lines[here]
        case 3:
            lines[here] = " " * dice.randrange(1, 5) + lines[here]
        case 4:
            lines[here] = lines[here][dice.randrange(1, 5) :]
        case 5:
            lines[here] = lines[here].replace(":", dice.choice((": ", ":", "：", " :", "::", "=")), 1)
        case 6:
            lines.insert(
                here, dice.choice(("<<<<<<< HEAD", "=======", ">>>>>>> branch", "\t", "---", "...", "%", "- "))
            )
        case _:
            return replaced(text, dice)
    return "\n".join(lines)


def replaced(text: str, dice: random.Random) -> str:
    """One key or value is another one, of the same file or an odd one."""
    node = source.parse(File("x", b"", text), Report())
    found = list(scalars(node)) if node is not None else []
    if not found:
        return text + dice.choice(ODD)
    gone, other = dice.choice(found), dice.choice(found)
    new = dice.choice(ODD) if dice.random() < 0.7 else text[other.start : other.end]
    return text[: gone.start] + new + text[gone.end :]


class TestMutatedFiles:
    @pytest.mark.parametrize("kind", TARGETS)
    def test_of_the_smallest_catalog(self, kind: str, tally: Tally, effort: Effort, shooting: Range) -> None:
        tally.of("Sound files of every kind, mutated line by line and value by value; what is sound becomes pages")
        whole = shooting.whole[kind].decode()
        self.shoot(kind, whole, effort.times(12, 2000), tally, shooting)

    def test_of_a_real_provider(self, tally: Tally, effort: Effort, tmp_path: Path) -> None:
        tally.of("The complete sample to the ministry's guideline, mutated the same way")
        root = small_root(tmp_path / "root")
        shutil.copytree(ROOT / "guideline/iot-iaas-paas", root / "guideline/iot-iaas-paas")
        whole = (ROOT / "content/providers/kakuu-cloud.yaml").read_text(encoding="utf-8")
        self.shoot("provider", whole, effort.times(15, 2000), tally, Range(root))

    def shoot(self, kind: str, whole: str, times: int, tally: Tally, shooting: Range) -> None:
        dice = random.Random(f"{kind} {times}")
        for number in range(times):
            text = whole
            for _ in range(dice.choice((1, 1, 1, 2, 3, 8))):
                text = mutated(text, dice)
            data = text.encode("utf-8", "surrogatepass")
            with tally.attempt(f"{kind} {number}: {data[:200]!r}"):
                shooting.read(kind, data, PAGES if number % 4 == 0 else ())


# --- files that are none ---------------------------------------------------------------------------------------------


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        before = Path.cwd()
        os.chdir(path.parent)  # the address of a socket is short
        try:
            one.bind(path.name)
        finally:
            os.chdir(before)


def _device(path: Path) -> None:
    try:
        os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))  # /dev/zero, which never ends
    except PermissionError:
        path.symlink_to("/dev/zero")


def _unreadable(path: Path) -> None:
    path.write_text("guideline: mini\n", encoding="utf-8")
    path.chmod(0)


def _folder(path: Path) -> None:
    path.mkdir()
    (path / "file").write_text("a", encoding="utf-8")


def _closed_folder(path: Path) -> None:
    _folder(path)
    path.chmod(0)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


ODDITIES: dict[str, Callable[[Path], None]] = {
    "a pipe": _fifo,
    "a socket": _socket,
    "a device without end": _device,
    "a file that nobody may read": _unreadable,
    "a folder": _folder,
    "a folder that nobody may enter": _closed_folder,
    "a file of 1 TiB": _sparse,
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to its folder": lambda path: path.symlink_to("."),
    "a link to a secret": lambda path: path.symlink_to("/etc/passwd"),
    "a link to memory": lambda path: path.symlink_to("/proc/self/mem"),
    "a link to the standard input": lambda path: path.symlink_to("/dev/stdin"),
}
NAMES = (
    *(
        "con.yaml",
        "nul.yaml",
        "com1.yaml",
        "aux.ja.md",
        "lpt9.yaml",
        "kaku-shoji.YAML",
        "KAKU-SHOJI.yaml",
        "Kaku-Shoji.yaml",
    ),
    *(
        "kaku\u2010shoji.yaml",
        "каku-shoji.yaml",
        "ｋaku.yaml",
        "kakū.yaml",
        "kaku\u0304.yaml",
        "x.yaml ",
        "x.yaml.",
        " .yaml",
    ),
    *(
        "-.yaml",
        "--help.yaml",
        "-rf.yaml",
        "a..yaml",
        "..yaml",
        "a b.yaml",
        "a\nb.yaml",
        "a\tb.yaml",
        "a\u202eb.yaml",
        "\u200b.yaml",
    ),
    *(
        "x" * 240 + ".yaml",
        "あ" * 80 + ".yaml",
        "<script>.yaml",
        "a&b.yaml",
        "%2e%2e.yaml",
        "$(id).yaml",
        "`id`.yaml",
        "'.yaml",
    ),
    *(
        '".yaml',
        "\\.yaml",
        "C:.yaml",
        "a:b.yaml",
        "*.yaml",
        "?.yaml",
        "|.yaml",
        "~.yaml",
        "~",
        "kaku-shoji.yaml~",
        "#.yaml",
    ),
    *("kaku-shoji.yaml.orig", ".kaku-shoji.yaml.swp", ".DS_Store", "Thumbs.db", "constructor.yaml", "__proto__.yaml"),
    *("api.yaml", "assets.yaml", "index.html", "kaku-shoji..yaml", "kaku-shoji.mini.yaml", "kaku-shoji.mini.mini.yaml"),
)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter; those of pytest are ours alone."""
    folder = Path(tempfile.mkdtemp(prefix="catalog-torture-"))
    folder.chmod(0o755)
    yield folder
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir() and not path.is_symlink():
            path.chmod(0o755)
    shutil.rmtree(folder)


class TestWhatIsNoFile:
    def test_in_the_place_of_any_file(self, tally: Tally, effort: Effort, forge: Forge, open_folder: Path) -> None:
        tally.of("Pipes, devices, links, folders, unreadable and endless files in the place of every kind of file")
        tries = [(kind, name) for kind in TARGETS for name in ODDITIES]
        for number, (kind, name) in enumerate(random.Random(6).sample(tries, effort.times(14, len(tries)))):
            root = small_root(open_folder / str(number))
            path = root / TARGETS[kind]
            path.unlink()
            ODDITIES[name](path)
            with tally.attempt(f"{kind}: {name}"):
                done = forge.check(root, nobody=True)
                calm(done)
                assert "root:x:0" not in done.said
                if not (kind == "logo" and "folder" in name):  # there may be folders among pictures
                    assert done.status == 1, done

    def test_with_any_name(self, tally: Tally, effort: Effort, forge: Forge, tmp_path: Path) -> None:
        """Beside the providers, the profiles and the pages, at the same time; what is let pass can be built."""
        tally.of("File names: devices of Windows, other cases, look-alikes, control characters, commands")
        for number, name in enumerate(random.Random(6).sample(NAMES, effort.times(10, len(NAMES)))):
            root = small_root(tmp_path / str(number))
            for kind in ("provider", "profile", "prose"):
                path = root / TARGETS[kind]
                other = path.with_name(name)
                if not other.exists():
                    shutil.copy(path, other)
            with tally.attempt(repr(name)):
                done = forge.check(root)
                calm(done)
                if done.status == 0:
                    assert forge.build(root, tmp_path / "site", "--no-search").status == 0


def test_the_smallest_catalog_is_sound(shooting: Range) -> None:
    for kind, data in shooting.whole.items():
        report = shooting.read(kind, data, EVERYTHING if kind == "provider" else PAGES)
        assert not report.diagnostics
