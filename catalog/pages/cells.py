"""An answer as it stands in a cell: mark, value, detail, note, evidence."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from markupsafe import Markup

from catalog import answers
from catalog.markup import answer_html
from catalog.messages import Messages
from catalog.model import Answer, Asks, Kind, Part, Slot, Status
from catalog.theme import Theme


class Answers:
    """Renders answers in one language. Equal answers are rendered once: services share their provider's."""

    def __init__(self, theme: Theme, messages: Messages) -> None:
        self.theme = theme
        self.t = messages
        self._cells: dict[tuple[int, bool], tuple[Answer, Markup]] = {}

    @cached_property
    def _macro(self) -> Callable[..., str]:
        return self.theme.macro("components/answer.html", "answer")

    def cell(self, slot: Slot, answer: Answer, language: str, *, third_party: bool) -> Markup:
        """What stands in the answer's cell; `language` is the one that the answer is written in."""
        key = (id(answer), third_party)
        kept = self._cells.get(key)
        if kept is not None:
            return kept[1]
        html = self._render(slot, answer, language, third_party=third_party)
        self._cells[key] = (answer, html)  # the answer is kept too, so that its id stays its own
        return html

    def _render(self, slot: Slot, answer: Answer, language: str, *, third_party: bool) -> Markup:
        asks = slot.field.asks
        unanswered = self.t("status.not_transcribed" if third_party else "status.unanswered")
        value = self.value(answer, asks) if answer.kind in (Kind.VALUE, Kind.TEXT) else ""
        lang = own = Markup("")
        if language != self.t.language:
            lang, own = (Markup(' lang="{}"').format(one) for one in (language, self.t.language))
        word, detail = self.word(answer, asks), self.detail(answer, asks)
        return Markup(self._macro(self.t, answer, value, word, detail, unanswered, lang, own, third_party).strip())

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
        return Markup(self._value_macro(asks.type)(answer, self._label(asks), self._parts(answer, asks)))

    def _value_macro(self, type_name: str) -> Callable[..., str]:
        found = self._templates.get(type_name)
        if found is None:
            template = f"answers/{type_name}.html"
            exists = self.theme.has_template(template)
            found = self._templates[type_name] = self.theme.macro(template if exists else "answers/line.html", "value")
        return found

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
