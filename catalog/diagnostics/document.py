"""`docs/messages.md`: every message the tool can show, generated from the tables of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog.diagnostics import syntax
from catalog.diagnostics.codes import GROUPS

_INTRODUCTION = """# メッセージ一覧 / Messages

<!-- catalog/diagnostics/codes.py から作られます / generated from catalog/diagnostics/codes.py -->

`python build.py check` は、開示ファイル・指針の定義・設定のすべての問題を一度に表示します。
`python build.py check` shows every problem of disclosures, guideline definitions and settings in one run.

```text
content/providers/kaku.yaml:41:12: error[not-a-date]: 「近日中」は日付ではありません(項目1 開示情報の日付)
  hint: 2026-04-01 の形で書いてください
```

行と桁は1から数えます(桁は文字数)。`error` があるとサイトは更新されません。`warning` は更新を止めません。
`{…}` には見つかった値などが入ります。ヒントが複数あるものは、あてはまる最初の1つが表示されます。

Lines and columns count from 1, columns in characters. An `error` keeps the site from being updated, a `warning` does
not. `{…}` stands for what was found and the like. Of several hints the first that fits is shown.
"""


def document() -> str:
    """The whole document."""
    return "\n".join([_INTRODUCTION, *_sections()])


def _sections() -> Iterator[str]:
    for japanese, english, codes in GROUPS:
        yield f"## {japanese} / {english}\n"
        for name, code in codes.items():
            yield f"### `{name}`\n"
            yield _block(_shown(f"{code.severity}[{name}]: ", *words) for words in (code.ja, code.en))
            if name == "yaml-syntax":
                yield _block(_shown("{found} = ", found["ja"], advice["ja"]) for found, advice in syntax.EVERY)
                yield _block(_shown("{found} = ", found["en"], advice["en"]) for found, advice in syntax.EVERY)


def _shown(before: str, message: str, *hints: str) -> str:
    return f"{before}{message}\n" + "".join(f"  hint: {hint}\n" for hint in hints)


def _block(parts: Iterable[str]) -> str:
    return "```text\n" + "".join(parts) + "```\n"
