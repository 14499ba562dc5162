"""What is known of all links, as Markdown in Japanese and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from catalog.changes.printers import code, plain
from catalog.links import History, Use, Verdict, verdict

_TITLES = {
    Verdict.BROKEN: "切れているリンク / Broken links",
    Verdict.NOT_PUBLIC: "確かめられないアドレス(公開されていない) / Addresses that are not public",
    Verdict.WAITING: "失敗が続けば「切れている」とするもの / Failing, not yet called broken",
    Verdict.FORBIDDEN: "自動では確かめられないもの(人には開けることが多い) / Open to people, not to programs",
}
_MOST_USES = 5


def as_markdown(links: Mapping[str, Sequence[Use]], known: Mapping[str, History]) -> str:
    """Broken ones first; those that work only as a number."""
    verdicts = {address: verdict(known.get(address)) for address in links}
    counts = [sum(one is wanted for one in verdicts.values()) for wanted in (Verdict.WORKS, Verdict.NEW)]
    lines = [
        "## 出典のリンク / Evidence links",
        "",
        f"全{len(links)}件のうち、開けたもの {counts[0]}件、まだ見ていないもの {counts[1]}件。",
        f"{len(links)} links: {counts[0]} work, {counts[1]} not looked at yet.",
    ]
    for wanted, title in _TITLES.items():
        found = [address for address, one in verdicts.items() if one is wanted]
        if found:
            lines += ["", f"### {title} ({len(found)})", ""]
            lines += [line for address in found for line in _lines(address, known[address], links[address])]
    return "\n".join(lines) + "\n"


def _lines(address: str, history: History, uses: Sequence[Use]) -> Iterator[str]:
    since = f"、{history.failing_since}から{history.failures}回" if history.failing_since else ""
    last = f"、最後に開けた日 {history.worked}" if history.worked else ""
    yield f"- {code(address)}: {plain(history.said)}{since}{last}"
    for use in uses[:_MOST_USES]:
        yield f"  - 項目 {plain(use.item)}: {code(f'{use.location.path}:{use.location.line}')}"
    if len(uses) > _MOST_USES:
        yield f"  - … +{len(uses) - _MOST_USES}"
