"""An answer as it stands in a cell: mark, value, detail, note, evidence."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial

from markupsafe import Markup

from catalog import answers
from catalog.forms import Form, Gap, Shape, form
from catalog.markup import answer_html
from catalog.messages import Messages
from catalog.model import Answer, Asks, Kind, Part, Slot, Status
from catalog.theme import Theme

_REMEMBERED = 4_000
"""Cells at most, of two dozen services: more than neighbours need, and little enough to stay at hand."""
_WORDS = ("detail", "note", "source", "as_of")
"""What an answer may say beside its value."""


class Answers:
    """Renders answers in one language. The template of all answers of one shape is rendered once, as a form."""

    def __init__(self, theme: Theme, messages: Messages) -> None:
        self.theme = theme
        self.t = messages
        self._forms: dict[tuple[object, ...], Form | None] = {}
        self._cells: dict[tuple[int, int, bool], tuple[Answer, Slot, Markup]] = {}
        """By the ids of an answer and its slot, which are kept so that nothing else has them."""

    @cached_property
    def _macro(self) -> Callable[..., str]:
        return self.theme.macro("components/answer.html", "answer")

    def cell(self, slot: Slot, answer: Answer, language: str, *, third_party: bool) -> Markup:
        """What stands in the answer's cell; `language` is the one that the answer is written in. Rendered once for the
        sheet, the tables and the item's page, as long as they come one after another."""
        key = (id(answer), id(slot), third_party)
        known = self._cells.get(key)
        if known is None:
            if len(self._cells) >= _REMEMBERED:
                self._cells.clear()
            known = self._cells[key] = answer, slot, self._cell(slot, answer, language, third_party=third_party)
        return known[-1]

    def _cell(self, slot: Slot, answer: Answer, language: str, *, third_party: bool) -> Markup:
        asks = slot.field.asks
        word = self.word(answer, asks)
        given = bool(answer.detail), bool(answer.note), bool(answer.source), bool(answer.as_of)
        key = (answer.status, answer.kind, given, word, language, third_party)
        if answer.missing:
            found = None
        elif key in self._forms:
            found = self._forms[key]
        else:
            found = self._forms[key] = self._form(answer, word, language, third_party=third_party)
        if found is None:
            value, detail = self._value(answer, asks), self.detail(answer, asks)
            return Markup(self._printed(answer, value, word, detail, language, third_party=third_party).strip())

        def words(name: str) -> str:
            if name == "value":
                return self._value(answer, asks)
            if name == "worded_detail":
                return self.detail(answer, asks)
            said: str = getattr(answer, name)
            return said

        return Markup(found.filled(words).strip())

    def _form(self, answer: Answer, word: str, language: str, *, third_party: bool) -> Form | None:
        """Of all answers with the status and kind of this one that say as much."""

        def printed(gap: Callable[..., Gap]) -> str:
            said = {name: gap(name, True) if getattr(answer, name) else "" for name in _WORDS}
            shape = Shape(status=answer.status, kind=answer.kind, missing=(), **said)
            value, detail = gap("value"), gap("worded_detail")
            return self._printed(shape, value, word, detail, language, third_party=third_party)

        return form(printed)

    def _printed(
        self, answer: object, value: object, word: str, detail: object, language: str, *, third_party: bool
    ) -> str:
        """The template's answer."""
        unanswered = self.t("status.not_transcribed" if third_party else "status.unanswered")
        lang = own = Markup("")
        if language != self.t.language:
            lang, own = (Markup(' lang="{}"').format(one) for one in (language, self.t.language))
        return self._macro(self.t, answer, value, word, detail, unanswered, lang, own, third_party)

    def _value(self, answer: Answer, asks: Asks) -> Markup:
        return self.value(answer, asks) if answer.kind in (Kind.VALUE, Kind.TEXT) else Markup("")

    def word(self, answer: Answer, asks: Asks) -> str:
        """The word for a status or kind, in this language."""
        if answer.status in (Status.WITHHELD, Status.ON_REQUEST, Status.UNANSWERED):
            return self.t(f"status.{answer.status}")
        if answer.kind is Kind.NOT_APPLICABLE:
            return self.t("mark.not_applicable")
        if answer.kind in (Kind.YES, Kind.NO):
            if asks.type == "yes_no":
                return answers.text(answer.kind.value, asks, self.t.language)
            return self.t(f"mark.{answer.kind}")
        return ""

    def detail(self, answer: Answer, asks: Asks) -> Markup:
        """What was added to 有り or given as a reason; a yes-or-no detail in the field's words."""
        if not answer.detail:
            return Markup("")
        typed = answer.value.get("detail") if isinstance(answer.value, dict) and answer.kind is Kind.YES else None
        if asks.detail and asks.detail.asks.type == "yes_no" and typed in ("yes", "no"):
            return Markup("<p>{}</p>").format(answers.text(typed, asks.detail.asks, self.t.language))
        return answer_html(answer.detail)

    def value(self, answer: Answer, asks: Asks) -> Markup:
        """A typed value as HTML by its type's template; free words as text."""
        if answer.kind is Kind.TEXT:
            return answer_html(answer.text)
        if asks.type not in self._value_forms:
            macro = self._value_macro(asks.type)
            self._value_forms[asks.type] = form(
                lambda gap: macro(Shape(text=gap("text"), value=gap("value")), gap("label"), gap("parts"))
            )
        if found := self._value_forms[asks.type]:
            return Markup(found.filled(partial(getattr, answer)))
        return Markup(self._value_macro(asks.type)(answer, self._label(asks), self._parts(answer, asks)))

    def _value_macro(self, type_name: str) -> Callable[..., str]:
        found = self._templates.get(type_name)
        if found is None:
            template = f"answers/{type_name}.html"
            exists = self.theme.has_template(template)
            found = self._templates[type_name] = self.theme.macro(template if exists else "answers/line.html", "value")
        return found

    @cached_property
    def _value_forms(self) -> dict[str, Form | None]:
        return {}

    @cached_property
    def _templates(self) -> dict[str, Callable[..., str]]:
        return {}

    def _label(self, asks: Asks) -> object:
        labels = {choice.id: self.t.of(choice.label) for choice in asks.choices}
        return labels.__getitem__

    def _parts(self, answer: Answer, asks: Asks) -> list[tuple[str, object]]:
        if asks.type != "parts":
            return []
        return [
            (self.t.of(part.label), self._part(part, answer.value[part.id]))
            for part in asks.parts
            if part.id in answer.value
        ]

    def _part(self, part: Part, one: dict[str, str]) -> dict[str, str]:
        if part.asks.type == "yes_no" and one["value"] in ("yes", "no"):
            return one | {"text": answers.text(one["value"], part.asks, self.t.language)}
        return one
