"""A sheet's rows, put together from parts: the item's once per guideline and language, an answer once per language."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from markupsafe import Markup, escape

from catalog import answers
from catalog.markup import answer_html
from catalog.messages import Messages
from catalog.model import Answer, Asks, Guideline, Kind, Part, Row, Section, Sheet, Slot, Status
from catalog.pages.edition import Edition, Page, item_address
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
        if kept is not None and answer.status is not Status.UNANSWERED:
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
        return Markup(self._macro(self.t, answer, value, word, detail, unanswered, lang, own).strip())

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
            exists = (self.theme.folder / "templates" / "answers" / f"{type_name}.html").exists()
            found = self._templates[type_name] = self.theme.macro(
                f"answers/{type_name if exists else 'line'}.html", "value"
            )
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


class SheetRows:
    """The rows of all sheets of one guideline in one language."""

    def __init__(self, edition: Edition, guideline: Guideline, cells: Answers) -> None:
        self.edition = edition
        self.guideline = guideline
        self.cells = cells
        self._heads: dict[str, Markup] = {}

    @cached_property
    def _macro(self) -> Callable[..., str]:
        return self.edition.theme.macro("components/row.html", "head")

    def head(self, slot: Slot, page: Page) -> Markup:
        """Number, label, wording and level: the same on every sheet, because all sheets are at the same depth."""
        found = self._heads.get(slot.field.id)
        if found is None:
            t = self.edition.messages
            first = slot.item.fields[0] is slot.field
            level = t.of(self.guideline.levels[slot.field.level])
            url = page.url(item_address(self.guideline, slot.item))
            several = len(slot.item.fields) > 1
            found = Markup(self._macro(t, page, slot, url, first, several, level).strip())
            self._heads[slot.field.id] = found
        return found

    def body(self, sheet: Sheet, section: Section, page: Page) -> Markup:
        """The `<tbody>`s of a section, one a group; data centres stand side by side."""
        rows = sheet.section_rows(section)
        by_field: dict[str, list[Row]] = {}
        for row in rows:
            by_field.setdefault(row.slot.field.id, []).append(row)
        columns = max((len(found) for found in by_field.values()), default=1)
        html: list[str] = []
        for group in section.groups:
            ids = [field.id for item in group.items for field in item.fields if field.id in by_field]
            if not ids:
                continue
            title = escape(self.edition.messages.of(group.title))
            # two cells of its own for the columns that a narrow screen leaves out, so that the others still fit
            spare = '<td class="row__prompt"></td><td class="row__level"></td>'
            heading = f'<tr class="group"><th scope="rowgroup" colspan="{1 + columns}">{title}</th>{spare}</tr>'
            html.append(f'<tbody id="group-{group.id}">{heading}')
            html.extend(self._row(by_field[name], sheet, page) for name in ids)
            html.append("</tbody>")
        return Markup("\n".join(html))

    def _row(self, rows: list[Row], sheet: Sheet, page: Page) -> str:
        slot = rows[0].slot
        third_party = sheet.disclosure.by_third_party
        is_open = " row--unanswered" if any(row.answer.status is Status.UNANSWERED for row in rows) else ""
        cells = "".join(self._cell(row, third_party=third_party) for row in rows)
        return (
            f'<tr class="row row--{slot.field.level}{is_open}" id="{slot.field.id}">{self.head(slot, page)}{cells}</tr>'
        )

    def _cell(self, row: Row, *, third_party: bool) -> str:
        anchor = f' id="{row.anchor}"' if row.data_center else ""
        override = ""
        if row.overridden:
            override = f'<p class="answer__override">{escape(self.edition.messages("answer.overridden"))}</p>'
        answer = self.cells.cell(row.slot, row.answer, self.guideline.language, third_party=third_party)
        state = f'data-level="{row.slot.field.level}" data-status="{row.answer.status}"'
        return f'<td class="row__answer"{anchor} {state}>{override}{answer}</td>'
