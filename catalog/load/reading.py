"""One answer of a disclosure file → `Answer`: words, states, types, details, parts."""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Mapping
from dataclasses import replace

from catalog import answers, source
from catalog.answers import Problem, yes_no
from catalog.answers.wording import fold
from catalog.diagnostics import Subject, Text
from catalog.load import states
from catalog.load.shapes import EXTRA_KEYS, MAIN_KEYS, Shapes
from catalog.load.spelling import LONGEST, parts_written_out, written_out
from catalog.model import UNANSWERED, Answer, Asks, Compare, Json, Kind, Role, Slot, Status
from catalog.source import Node, Scalar

REASON_HERE: Text = {"ja": "ここに理由を一言書いてください", "en": "write a word of reason here"}
SLIPPED: Text = {
    "ja": "この行は1段下がりすぎています。上の項目と字下げをそろえてください",
    "en": "the line is indented too far: begin it where the item above begins",
}
_WITHOUT_TEXT = frozenset((Role.DISCLOSURE_DATE, Role.PROVIDER_NAME, Role.SERVICE_NAME))
"""The roles whose field needs a value: free words are no way out there."""
_PLACEHOLDER = re.compile(
    r"[-ー_?.…・*/~]+|n/?a|tbd|todo|x{3,}|未定|不明|未記入|検討中|準備中|作成中|確認中|調整中|後日記入|要確認|同上",
    re.IGNORECASE,
)
_INVISIBLE = re.compile(f"[{source.INVISIBLE}]")
_SHORT = 20
_AROUND = " ()[]{}<>「」『』【】〔〕《》〈〉"


def _is_placeholder(words: str) -> bool:
    """Whether something is written that says nothing: `-`, 未定, (検討中です。)."""
    bare = fold(_INVISIBLE.sub("", words)).strip(_AROUND).rstrip("。").removesuffix("です").strip(_AROUND)
    return bool(words) and bool(_PLACEHOLDER.fullmatch(bare) if bare else len(words) <= _SHORT)


_OF_THE_WHOLE = ("note", "source", "as_of")


def read_answer(
    shapes: Shapes, node: Node, slot: Slot, language: str = "ja", fields: Container[str] = frozenset()
) -> Answer:
    """The answer at `node`. Problems go to the report; what cannot be read counts as unanswered.

    `fields` are the ids of all fields: one of them below an answer slipped there.
    """
    path = () if slot.field.role in _WITHOUT_TEXT else (slot.field.id,)
    reader = _AnswerReader(shapes, slot.subject, slot.field.title, language, path, fields=fields)
    return reader.answer(node, slot.field.asks).at(shapes.location(node))


class _AnswerReader:
    """`path` leads to what is read as it is written out, `("ups", "detail")`; () where free words are no way out."""

    def __init__(
        self,
        shapes: Shapes,
        subject: Subject,
        title: Text,
        language: str,
        path: tuple[str, ...],
        yes: str = "",
        fields: Container[str] = frozenset(),
    ) -> None:
        self.shapes = shapes
        self.subject = subject
        self.title = title
        self.language = language
        self.path = path
        self.yes = yes
        self.fields = fields

    def _within(self, *steps: str, yes: str = "") -> _AnswerReader:
        """The reader of what stands below, of the same field."""
        path = (*self.path, *steps) if self.path else ()
        return _AnswerReader(self.shapes, self.subject, self.title, self.language, path, yes or self.yes, self.fields)

    def answer(self, node: Node, asks: Asks) -> Answer:
        if isinstance(node, source.Mapping):
            if asks.type == "parts" and any(map(node.get, _part_names(asks))):
                return self._parts(node, asks)
            return self._mapping(node, asks)
        if isinstance(node, source.Sequence):
            return self._list(node, asks)
        return UNANSWERED if node.is_null else self._scalar(node, asks)

    # --- mappings ---

    def _mapping(self, node: source.Mapping, asks: Asks) -> Answer:
        keys = self._keys(node)
        main = [key for key in MAIN_KEYS if key in keys]
        if len(main) > 1:
            self._add("answer-keys", node.key(main[1]) or node, found=", ".join(main))
            return UNANSWERED
        if not main:
            if keys:
                self._add("answer-key-missing", node)
            return UNANSWERED
        found = self._main(main[0], keys[main[0]], asks, keys)
        if found.status is Status.UNANSWERED:
            return found
        return replace(found, note=self._text(keys, "note"), source=self._url(keys), as_of=self._date(keys))

    def _keys(self, node: source.Mapping) -> dict[str, Node]:
        known = (*MAIN_KEYS, *EXTRA_KEYS)
        keys = {key.text: value for key, value in node.entries if key.text in known}
        for key, _ in node.entries:
            if key.text not in known:
                self._unknown_key(key, known)
        return keys

    def _unknown_key(self, key: Scalar, known: Collection[str]) -> None:
        slipped = key.text in self.fields
        near = "" if slipped else self.shapes.nearest(key.text, known)
        advice = SLIPPED if slipped else ""
        self._add("unknown-key", key, found=key.text, advice=advice, nearest=near, expected=", ".join(known))

    def _main(self, key: str, node: Node, asks: Asks, keys: Mapping[str, Node]) -> Answer:
        if key == "answer":
            found = self.answer_value(node, asks, keys.get("detail"))
        else:
            if "detail" in keys:
                self._add("detail-without-yes", keys["detail"])
            scalar = self.shapes.scalar(node, key, self.subject)
            if scalar is None:
                return UNANSWERED
            words = "" if scalar.is_null else scalar.text.strip()
            if key == "text":
                if self._says_nothing(scalar, words) or self._is_state_as_text(scalar, words):
                    return UNANSWERED
                found = Answer(Status.DISCLOSED, Kind.TEXT, words) if words else UNANSWERED
                self._check_length(scalar, words, asks)
            else:
                found = self._state(key, words, scalar)
        return found

    def answer_value(self, node: Node, asks: Asks, detail: Node | None) -> Answer:
        """What stands under `answer:`, with what stands under `detail:`."""
        if isinstance(node, source.Mapping):
            if asks.type == "parts":
                found = self._parts(node, asks)
            else:
                self.shapes.scalar(node, "answer", self.subject)
                return UNANSWERED
        elif isinstance(node, source.Sequence):
            found = self._list(node, asks)
        elif node.is_null:
            return UNANSWERED
        else:
            return self._scalar(node, asks, detail)
        if detail is not None:
            self._add("detail-without-yes", detail)
        return found

    # --- scalars ---

    def _scalar(self, node: Scalar, asks: Asks, detail: Node | None = None) -> Answer:
        """A whole scalar: a state, a word of yes or no, or a value of the type."""
        words = node.text.strip()
        if self._is_unclear(node, words) or self._says_nothing(node, words):
            return UNANSWERED
        state = self._state_in_words(words, node)
        if state is None and asks.type == "yes_no":
            return self._yes_no(node, asks, detail)
        if detail is not None:
            self._add("detail-without-yes", detail)
        if state is not None:
            return state
        return self._bare_yes_no(node, asks) or self._value(node, words, asks)

    def _state_in_words(self, words: str, node: Scalar) -> Answer | None:
        found = states.of_whole(words)
        return self._state(found.key, found.reason, node) if found else None

    def _is_unclear(self, node: Scalar, words: str) -> bool:
        """Words that mean a state but do not say which, or are none of the words for it."""
        found = states.unclear(words)
        if found:
            yaml = written_out((*self.path, "on_request"), words) if found.key == "on_request" and self.path else ""
            self._add("state-unclear", node, found=words, advice="" if yaml else found.advice, yaml=yaml)
        return found is not None

    def _state(self, key: str, reason: str, node: Node) -> Answer:
        """非公開, 個別開示 or 該当なし, with its reason."""
        if self._says_nothing(node, reason):
            return UNANSWERED
        self.shapes.check_text(node, reason, self.subject)
        word = states.WORDS[key]
        if not reason and key != "on_request":
            here = REASON_HERE if isinstance(node, Scalar) and node.is_null else ""
            self._add("reason-missing", node, found=word.get(self.language, word["ja"]), here=here)
        shown = word.get(self.language, word["ja"])
        if key == "not_applicable":
            if reason:
                return Answer(Status.DISCLOSED, Kind.NOT_APPLICABLE, shown, detail=reason)
            return Answer(Status.PARTIAL, Kind.NOT_APPLICABLE, shown, missing=({"ja": "理由", "en": "the reason"},))
        return Answer(Status.WITHHELD if key == "withheld" else Status.ON_REQUEST, None, shown, detail=reason)

    def _bare_yes_no(self, node: Scalar, asks: Asks) -> Answer | None:
        """有り or 無し where another type is asked for: nothing is a full answer, something is half of one."""
        word = yes_no.word(node.text, Asks("yes_no"))
        if word is None or asks.choices:
            return None
        written = node.text.strip()
        shown = yes_no.text(word, Asks("yes_no"), self.language) if yes_no.is_other_word(written) else written
        if word == "no":
            return Answer(Status.DISCLOSED, Kind.NO, shown)
        self._add("bare-yes", node, found=written, expected=self.title)
        return Answer(Status.PARTIAL, Kind.YES, shown, missing=(self.title,))

    def _value(self, node: Node, words: str, asks: Asks) -> Answer:
        parsed = answers.parse(words, asks)
        if isinstance(parsed, Problem):
            self._refuse(parsed, node, words, asks)
            return UNANSWERED
        self._check_length(node, words, asks)
        return Answer(Status.DISCLOSED, Kind.VALUE, words, parsed, answers.compare(parsed, asks))

    def _refuse(self, found: Problem, node: Node, words: str, asks: Asks) -> None:
        """A problem of the type, with the lines that would say the same in free words."""
        if asks.type == "parts":
            yaml = parts_written_out(self.path, asks.parts)
        else:
            yaml = written_out((*self.path, "text"), words, self.yes) if self.path else ""
        self._add(found.code, node, **found.values, yaml=yaml)

    def _list(self, node: source.Sequence, asks: Asks) -> Answer:
        entries = [scalar for item in node.items if (scalar := self.shapes.scalar(item, "- ", self.subject))]
        if len(entries) != len(node.items):
            return UNANSWERED
        entries = [entry for entry in entries if not entry.is_null]
        words = [entry.text.strip() for entry in entries]
        if not words or any(self._says_nothing(*pair) for pair in zip(entries, words, strict=True)):
            return UNANSWERED
        if not answers.accepts_list(asks):
            return self._one_of_list(node, entries, asks)
        lines = [" ".join(word.split()) for word in words]
        joined = "\n".join(lines)
        if isinstance(answers.parse(joined, asks), Problem):
            for entry, line in zip(entries, lines, strict=True):  # a problem is shown at its own line
                if isinstance(one := answers.parse(line, asks), Problem):
                    self._add(one.code, entry, **one.values)
                    return UNANSWERED
            joined = "、".join(lines)  # an entry was a list itself: [日本、米国, ドイツ]
        return replace(self._value(node, joined, asks), text="、".join(words))

    def _one_of_list(self, node: source.Sequence, entries: list[Scalar], asks: Asks) -> Answer:
        """A list where one value is asked for: of one entry it is that value."""
        if len(entries) == 1:
            return self._scalar(entries[0], asks)
        words = "、".join(entry.text.strip() for entry in entries)
        free = () if asks.type in ("line", "text") else ("text",)
        if asks.type == "parts":
            yaml = parts_written_out(self.path, asks.parts)
        else:
            yaml = written_out((*self.path, *free), words, self.yes) if self.path else ""
        self._add("several-values", node, found=str(len(entries)), yaml=yaml)
        return UNANSWERED

    # --- yes and no ---

    def _yes_no(self, node: Scalar, asks: Asks, detail: Node | None) -> Answer:
        written, inline = yes_no.split_detail(node.text.strip(), asks)
        parsed = yes_no.parse(written, asks)
        if isinstance(parsed, Problem):
            self._refuse_word(parsed, node, asks)
            return UNANSWERED
        shown = yes_no.text(parsed, asks, self.language)
        if detail is not None and isinstance(detail, Scalar) and detail.is_null:
            detail = None
        if inline and detail is not None:
            self._add("detail-twice", detail, found=node.text.strip())
            return UNANSWERED
        self.shapes.check_text(node, inline, self.subject)
        if parsed == "no":
            if detail is not None:
                self._add("detail-without-yes", detail)
            return Answer(Status.DISCLOSED, Kind.NO, shown, "no", Compare(key="no"), detail=inline)
        return self._yes(node, asks, shown, inline, detail)

    def _refuse_word(self, found: Problem, node: Scalar, asks: Asks) -> None:
        """Neither yes nor no; perhaps only the detail was written."""
        words = node.text.strip()
        values: dict[str, str | Text] = {**found.values, "found": words}
        detail = asks.detail.asks if asks.detail else Asks("text")
        if yes_no.is_vague(words):
            self._add(found.code, node, **values)
            return
        if len(words) <= LONGEST and not isinstance(answers.parse(words, detail), Problem):
            example = f"{yes_no.text('yes', asks, 'ja')}({words})"
            free = detail.type in ("line", "text")
            values |= {"example": example} if free else {"advice": _as_detail(example)}
        self._refuse(Problem(found.code, values), node, words, asks)

    def _yes(self, node: Scalar, asks: Asks, shown: str, inline: str, detail: Node | None) -> Answer:
        wanted = asks.detail
        words, value, compare = inline, None, None
        reader = self._within("detail", yes=shown)
        if detail is not None:
            words, value, compare = reader._detail(detail, wanted.asks if wanted else Asks("text"))
        elif inline and wanted:
            words, value, compare = reader._detail(node._replace(text=inline), wanted.asks)
        if wanted and (not words or states.hides(words)):
            missing = (wanted.prompt,)
            return Answer(Status.PARTIAL, Kind.YES, shown, "yes", Compare(key="yes"), detail=words, missing=missing)
        typed: Json = "yes" if value is None else {"answer": "yes", "detail": value}
        return Answer(Status.DISCLOSED, Kind.YES, shown, typed, compare or Compare(key="yes"), detail=words)

    def _detail(self, node: Node, asks: Asks) -> tuple[str, Json, Compare | None]:
        """Words, typed value and comparison of a detail; free words (`text:`) and 非公開 have no value."""
        if isinstance(node, source.Mapping):
            keys = self.shapes.keys(node, required=("text",))
            words = self.shapes.text(keys, "text")
            if words and self._says_nothing(keys["text"], words):
                return "", None, None
            if words:
                self.shapes.check_text(keys["text"], words, self.subject)
            return words, None, None
        if isinstance(node, source.Sequence):
            found = self._list(node, asks)
            return found.text, found.value, found.compare
        words = node.text.strip()
        if self._says_nothing(node, words):
            return "", None, None
        if states.hides(words):
            return words, None, None
        found = self._value(node, words, asks)
        typed = None if asks.type in ("text", "line") else found.value
        # a yes or no inside a yes would read like the answer itself
        return found.text, typed, None if asks.type == "yes_no" else found.compare

    # --- parts ---

    def _parts(self, node: source.Mapping, asks: Asks) -> Answer:
        known = {part.id: part for part in asks.parts}
        labels = {label: part.id for part in asks.parts for label in part.label.values()}
        given = self.shapes.keys(node, optional=known, names=labels, others=self.fields)
        for key, _ in node.entries:
            if key.text in self.fields and key.text not in known:
                self._unknown_key(key, ())
        found: dict[str, Json] = {}
        missing: list[Text] = []
        for part in asks.parts:
            self._refuse_remarks(given.get(part.id))
            reader = self._within("answer", part.id)
            answer = reader.answer(given[part.id], part.asks) if part.id in given else UNANSWERED
            if answer.status is Status.UNANSWERED or answer.status is Status.WITHHELD:
                if not part.optional:
                    missing.append(part.label)
            elif answer.status is Status.PARTIAL:
                missing.extend(answer.missing or (part.label,))
            if answer.status is not Status.UNANSWERED:
                found[part.id] = {"value": answer.value, "text": answer.text, "detail": answer.detail}
        if not found:
            return UNANSWERED
        text = "\n".join(_part_text(known[name].label, one, self.language) for name, one in found.items())
        if missing:
            return Answer(Status.PARTIAL, Kind.VALUE, text, found, missing=tuple(missing))
        return Answer(Status.DISCLOSED, Kind.VALUE, text, found)

    def _refuse_remarks(self, node: Node | None) -> None:
        """What is told of the whole answer stands beside `answer:`, not within one of its parts."""
        if isinstance(node, source.Mapping):
            allowed = [key for key in (*MAIN_KEYS, *EXTRA_KEYS) if key not in _OF_THE_WHOLE]
            for key, _ in node.entries:
                if key.text in _OF_THE_WHOLE:
                    self._add("unknown-key", key, found=key.text, nearest="", expected=", ".join(allowed))

    # --- extras ---

    def _text(self, keys: Mapping[str, Node], key: str) -> str:
        if key not in keys:
            return ""
        scalar = self.shapes.scalar(keys[key], key, self.subject)
        if scalar is None or scalar.is_null:
            return ""
        self.shapes.check_text(scalar, scalar.text.strip(), self.subject)
        return scalar.text.strip()

    def _url(self, keys: Mapping[str, Node]) -> str:
        return self._typed(keys, "source", Asks("url"))

    def _date(self, keys: Mapping[str, Node]) -> str:
        return self._typed(keys, "as_of", Asks("date"))

    def _typed(self, keys: Mapping[str, Node], key: str, asks: Asks) -> str:
        words = self._text(keys, key)
        if not words:
            return ""
        parsed = answers.parse(words, asks)
        if isinstance(parsed, Problem):
            self._add(parsed.code, keys[key], **parsed.values)
            return ""
        return str(parsed)

    def _check_length(self, node: Node, words: str, asks: Asks) -> None:
        if asks.max_length and len(words) > asks.max_length:
            self._add("too-long", node, found=str(len(words)), expected=str(asks.max_length))
        else:
            self.shapes.check_text(node, words, self.subject)

    def _says_nothing(self, node: Node, words: str) -> bool:
        if found := _is_placeholder(words):
            self._add("placeholder-answer", node, found=words)
        return found

    def _is_state_as_text(self, node: Node, words: str) -> bool:
        """`text: 非公開(…)` would count as disclosed."""
        found = states.at_the_beginning(words)
        if found:
            self._add("state-as-text", node, found=found.words, expected=found.key)
        return found is not None

    def _add(self, code: str, node: Node, **values: str | Text) -> None:
        self.shapes.add(code, node, self.subject, **values)


def _part_names(asks: Asks) -> list[str]:
    """What a part may be called: its id, or what is printed for it (which is then told to be wrong)."""
    return [name for part in asks.parts for name in (part.id, *part.label.values())]


def _as_detail(example: str) -> Text:
    return {"ja": f"「{example}」と書いてください", "en": f"write {example}"}


def _part_text(label: Text, one: Mapping[str, Json], language: str) -> str:
    name = label.get(language) or next(iter(label.values()))
    return f"{name}: {one['text']}" + (f"({one['detail']})" if one["detail"] else "")
