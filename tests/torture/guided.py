"""A coverage-guided search for bytes that break the reader, with atheris (libFuzzer).

    python3 -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install atheris -r requirements.txt
    PYTHONPATH=.:tests /tmp/fuzz/bin/python -m torture.guided -max_total_time=3600

The first byte of an input names the kind of file, the rest is the file. What is found lies in `.build/fuzz/` as
`crash-…`, `timeout-…`, `oom-…`; after it is mended, it goes into `tests/torture/finds/` for good.
"""

from __future__ import annotations

import itertools
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".build" / "fuzz"
LIMITS = ("-timeout=2", "-rss_limit_mb=2048", "-max_len=8192", "-print_final_stats=1", "-len_control=20")
RENDERED = 20
"""Of files in which nothing is wrong, one in so many is made into pages: that takes far longer than reading."""


def words() -> str:
    """A dictionary for libFuzzer: whatever means something in any of the files."""
    found: set[str] = set()
    for path in [*(ROOT / "tests" / "roots").rglob("*.yaml"), *(ROOT / "tests" / "broken").rglob("input.yaml")]:
        found.update(re.findall(r"[A-Za-z_][\w-]+:|[A-Za-z_]\w{2,}", path.read_text(encoding="utf-8", errors="ignore")))
    signs = (
        ": ",
        "- ",
        "  ",
        "\n",
        "{",
        "}",
        "[",
        "]",
        '"',
        "'",
        "|",
        ">",
        "&a",
        "*a",
        "!!int ",
        "<<",
        "---",
        "...",
        "# ",
    )
    japanese = (
        "有り",
        "無し",
        "該当なし",
        "非公開",
        "個別開示",
        "円",
        "万円",
        "％",
        "分",
        "年",
        "月",
        "日",
        "〜",
        "①",
        "、",
    )
    odd = ("\u202e", "\u200b", "\ufeff", "\u2028", "\0", "\x85", "１", "٣", "²", "𝟙", "ﬀ", "İ", "𠮷")
    everything = [*sorted(found)[:1500], *signs, *japanese, *odd]
    return "".join('"' + "".join(f"\\x{byte:02X}" for byte in word.encode()) + '"\n' for word in everything)


def seeds(kinds: list[str], whole: dict[str, bytes]) -> list[bytes]:
    """What there is of every kind: the sound files, and those of the tests that are not."""
    found = [bytes([number]) + whole[kind] for number, kind in enumerate(kinds)]
    provider = bytes([kinds.index("provider")])
    found += [provider + path.read_bytes() for path in (ROOT / "tests" / "broken").rglob("input.yaml")]
    prose = bytes([kinds.index("prose")])
    return found + [prose + path.read_bytes()[:8000] for path in (ROOT / "content" / "pages").glob("*.md")]


def main() -> None:
    import atheris

    with atheris.instrument_imports(include=["catalog"]):
        from catalog import pipeline
        from catalog.diagnostics import Report
        from catalog.load.guidelines import load_guidelines
        from torture.targets import PAGES, TARGETS, Range, small_root

    kinds = list(TARGETS)
    folder = Path(tempfile.mkdtemp(prefix="catalog-fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None))
    shooting = Range(small_root(folder / "root"))
    sound = itertools.count(1)
    definitions = load_guidelines(shooting.root, shooting.cache, Report())

    def read(data: bytes) -> None:
        if not data:
            return
        kind, text = kinds[data[0] % len(kinds)], data[1:]
        own = kind in ("guideline", "section", "translation")
        pipeline.load_guidelines = load_guidelines if own else lambda *_: definitions  # it would be most of the work
        if not shooting.read(kind, text).errors and next(sound) % RENDERED == 0:
            shooting.read(kind, text, PAGES)

    corpus = WORK / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds(kinds, shooting.whole)):
        (corpus / f"seed-{number:03}").write_bytes(seed)
    (WORK / "words.txt").write_text(words(), encoding="ascii")
    options = (*LIMITS, f"-dict={WORK / 'words.txt'}", f"-artifact_prefix={WORK}/", *sys.argv[1:])
    atheris.Setup([sys.argv[0], *options, str(corpus)], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
