"""A macro rendered once with gaps says what it says when it is called for each answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from catalog.forms import Gap, Shape, form, open_to_gaps

WORDS = ("", "plain", "<b>&amp;\"'", "a\nb", "{x}{0}", "１", "\\1 % %s")


def macro(body: str) -> Callable[..., str]:
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.filters["twice"] = open_to_gaps(lambda text: text * 2)
    environment.filters["bold"] = open_to_gaps(lambda text: Markup("<b>{}</b>").format(text))
    module: Any = environment.from_string("{% macro m(a, t) %}" + body + "{% endmacro %}").module
    return module.m  # type: ignore[no-any-return]


def say(text: str, **values: object) -> str:
    return text.format_map(values)


@pytest.mark.parametrize(
    "body",
    [
        "<p>{{ a.text }}</p>",
        "{{ a.text|twice }}-{{ a.text|bold }}<i>{{ a.text }}</i>",
        '<a href="{{ a.text }}">{% if a.note %}{{ a.note }}{% endif %}</a>',
        "{{ t('as of {date}', date=a.text) }}",
        "nothing",
    ],
)
def test_a_filled_form_is_what_the_macro_prints(body: str) -> None:
    print_ = macro(body)
    made = form(lambda gap: print_(Shape(text=gap("text"), note=gap("note", True)), say))
    assert made is not None
    for text in WORDS:
        for note in WORDS[1:]:
            said = {"text": text, "note": note}
            assert made.filled(said.__getitem__) == print_(Shape(**said), say)


@pytest.mark.parametrize(
    "body",
    [
        "{{ 'x' ~ a.text }}",
        "{{ a.text|length }}",
        "{{ a.text|upper }}",
        "{% if a.text %}x{% endif %}",
        "{% if a.text == 'x' %}x{% endif %}",
        "{% for one in a.text %}{{ one }}{% endfor %}",
        "{{ a.text.strip() }}",
        "{{ a.text|twice|bold }}",
        "{{ a.text[0] }}",
        "{{ a.other }}",
        "{{ a.other is defined }}",
        "{{ a.text in ('x',) }}",
        "{{ a.text() }}",
        "{{ a.text + 'x' }}",
        "{{ t('{date:>9}', date=a.text) }}",
        "{{ t('{date.real}', date=a.text) }}",
    ],
)
def test_a_macro_that_looks_at_the_words_is_no_form(body: str) -> None:
    print_ = macro(body)
    assert form(lambda gap: print_(Shape(text=gap("text")), say)) is None


def test_what_goes_wrong_in_a_macro_is_told() -> None:
    print_ = macro("{{ nobody.knows }}")
    with pytest.raises(Exception, match="nobody"):
        form(lambda gap: print_(Shape(text=gap("text")), say))


def test_a_gap_shows_itself_to_nobody() -> None:
    gap = Gap([], "text", None)
    for look in (str, len, iter, bool, hash):
        with pytest.raises(Exception):  # noqa: B017, PT011
            look(gap)
