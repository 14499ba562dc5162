"""Templates as forms: a macro rendered once with gaps where an answer's words go, then filled in for each answer.

A gap can be printed and go through the theme's filters, nothing else: a macro that looks at the words themselves (how
long they are, say) is no form, and has to be called for each answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeAlias

from markupsafe import Markup, escape

Shown: TypeAlias = Callable[[Any], str]
"""Words as HTML."""

_MARK = "\ufdd2{}\ufdd3"
_ENTITIES = (("&", "&amp;"), (">", "&gt;"), ("<", "&lt;"), ("'", "&#39;"), ('"', "&#34;"))
_MARKS = re.compile("\ufdd2([0-9]+)\ufdd3")


class NotAForm(Exception):
    """The macro wants to know more of the words than it would print."""


class Gap:
    """Where the words called `name` will stand. `given` tells that there are any; None that nobody knows."""

    __slots__ = ("_given", "_how", "_made", "_name")

    def __init__(self, made: list[tuple[str, Shown]], name: str, given: bool | None, how: Shown = escape) -> None:
        self._made = made
        self._name = name
        self._given = given
        self._how = how

    def through(self, how: Shown) -> Gap:
        """The same words as a filter shows them."""
        if self._how is not escape:
            raise NotAForm
        return Gap(self._made, self._name, self._given, how)

    def __html__(self) -> str:
        self._made.append((self._name, self._how))
        return _MARK.format(len(self._made) - 1)

    def __format__(self, spec: str) -> str:
        if spec or self._how is not escape:
            raise NotAForm
        return self.__html__()

    def __bool__(self) -> bool:
        if self._given is None:
            raise NotAForm
        return self._given

    def __getattr__(self, name: str) -> NoReturn:
        raise NotAForm

    def _refuse(self, *_: object) -> NoReturn:
        raise NotAForm

    __str__ = __len__ = __iter__ = __eq__ = __ne__ = __hash__ = __getitem__ = __contains__ = __call__ = _refuse
    __add__ = __radd__ = __mod__ = __lt__ = __gt__ = __le__ = __ge__ = _refuse


class Shape:
    """What a macro may know of an answer: some attributes as they are, others as gaps."""

    def __init__(self, **known: object) -> None:
        self.__dict__.update(known)

    def __getattr__(self, name: str) -> NoReturn:
        raise NotAForm


class Form:
    """What a macro printed: texts, and between them what fills the gaps."""

    def __init__(self, printed: str, made: list[tuple[str, Shown]]) -> None:
        first, *others = _MARKS.split(printed)
        self.first = first
        self.gaps = [(*made[int(number)], text) for number, text in zip(others[::2], others[1::2], strict=True)]

    def filled(self, words: Callable[[str], Any]) -> str:
        """With the words of each name in their places."""
        pieces = [self.first]
        for name, shown, text in self.gaps:
            pieces += (escaped(shown(words(name)) if shown is not escape else words(name)), text)
        return "".join(pieces)


def escaped(text: str) -> str:
    """As `markupsafe.escape`, which takes five times as long to make `Markup` of what becomes a piece of text."""
    if isinstance(text, Markup):
        return text
    for sign, entity in _ENTITIES:
        text = text.replace(sign, entity)
    return text


def form(render: Callable[[Callable[..., Gap]], str]) -> Form | None:
    """The form that `render` prints with the gaps that it asks for (`gap("note", given=True)`); None if it is none."""
    made: list[tuple[str, Shown]] = []

    def gap(name: str, given: bool | None = None) -> Gap:
        return Gap(made, name, given)

    try:
        return Form(render(gap), made)
    except NotAForm:
        return None


def open_to_gaps(function: Callable[[str], str]) -> Callable[[Any], Any]:
    """A filter that a gap may go through."""

    def filtered(text: Any) -> Any:
        return text.through(function) if isinstance(text, Gap) else function(text)

    return filtered
