"""Sentences for people, kept as an English template and its values until they are shown.

A template is looked up in the catalogue of a language (gettext) when it is rendered, so that
another language is one catalogue and no rule is touched. Text from a sheet travels as a value,
never as a template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from typing import NamedTuple


class Language(NamedTuple):
    """What rendering needs of a language; without arguments English, which needs no catalogue.

    *text* translates a template, *plural* chooses and translates one of two by a number, *term*
    translates a word of a context, such as the name of a country.
    """

    code: str = "en"
    text: Callable[[str], str] = str
    plural: Callable[[str, str, int], str] = lambda one, many, number: one if number == 1 else many
    term: Callable[[str, str], str] = lambda _context, word: word

    thousands: str = " "
    decimal: str = "."

    def number(self, digits: str) -> str:
        """Return a number written with commas and a point as the language writes it."""
        signs = {",": self.thousands, ".": self.decimal}
        return "".join(signs.get(sign, sign) for sign in digits)


ENGLISH = Language()
_current: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def current_language() -> Language:
    """Return the language of the block."""
    return _current.get()


@contextmanager
def shown_in(language: Language) -> Iterator[None]:
    """Render messages in a language wherever they become text within the block.

    Only what draws a report for people enters such a block; everything else stays English.
    """
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


class Message(NamedTuple):
    """An English template with named places, and what stands in them.

    A template without values is shown as it stands, braces included. With *many*, the plural,
    the value ``number`` chooses between the two.
    """

    template: str
    values: tuple[tuple[str, Value], ...] = ()
    many: str = ""

    def render(self, language: Language | None = None) -> str:
        """Return the sentence in a language, or in the one of the block."""
        language = language or _current.get()
        template = self._in(language)
        if not self.values:
            return template
        return template.format_map({name: rendered(value, language) for name, value in self.values})

    def pieces(self) -> Iterator[tuple[str, Value]]:
        """Yield the sentence piece by piece: each value with its name, text between with none.

        For whoever shows a value in another way than the words around it.

        >>> list(say("Correct {cell}.", cell="B3").pieces())
        [('', 'Correct '), ('cell', 'B3'), ('', '.')]
        """
        template = self._in(_current.get())
        if not self.values:
            yield "", template
            return
        from string import Formatter

        values = dict(self.values)
        for text, name, _format, _conversion in Formatter().parse(template):
            if text:
                yield "", text
            if name is not None:
                yield name, values[name]

    def _in(self, language: Language) -> str:
        """Return the template in a language."""
        if not self.many:
            # For an empty template a catalogue answers with a notice about itself.
            return language.text(self.template) if self.template else ""
        return language.plural(self.template, self.many, int(str(dict(self.values)["number"])))

    def about(self, value: Value) -> Message:
        """Return the message with a value in the place ``{value}``, which it leaves open."""
        return self.filled(value=value)

    def filled(self, **values: Value) -> Message:
        """Return the message with values in places that it leaves open.

        >>> print(say("{who} is {what}").filled(who="A", what="B"))
        A is B
        """
        return self._replace(values=(*self.values, *values.items()))

    def __str__(self) -> str:
        return self.render()


class Euros(NamedTuple):
    """An amount in EUR, shown without empty cents."""

    value: Decimal

    def render(self, language: Language | None = None) -> str:
        """Return the amount as people write it."""
        language = language or _current.get()
        digits = f"{self.value:,.2f}".removesuffix(".00")
        return Message("EUR {amount}", (("amount", language.number(digits)),)).render(language)

    def __str__(self) -> str:
        return self.render()


class Items(NamedTuple):
    """A comma list, cut after *most* with the number left out; or a choice of all of them."""

    items: tuple[Value, ...]
    most: int
    choice: bool = False

    def __bool__(self) -> bool:
        return bool(self.items)

    @property
    def phrase(self) -> Message | None:
        """The sentence that a choice, or a list that is cut, makes; None for a plain list."""
        if self.choice and len(self.items) > 1:
            first = Items(self.items[:-1], len(self.items))
            return say("{items} or {last}", items=first, last=self.items[-1])
        left = len(self.items) - self.most
        if left <= 0:
            return None
        first = Items(self.items[: self.most], self.most)
        return say("{items} and {number} more", items=first, number=left)

    def render(self, language: Language | None = None) -> str:
        """Return the list as people write it."""
        phrase = self.phrase
        if phrase is not None:
            return phrase.render(language)
        return ", ".join(rendered(item, language) for item in self.items)

    def __str__(self) -> str:
        return self.render()


class Term(NamedTuple):
    """A word that a catalogue holds under a context, such as the name of a country."""

    context: str
    word: str

    def render(self, language: Language | None = None) -> str:
        """Return the word in a language."""
        return (language or _current.get()).term(self.context, self.word)

    def __str__(self) -> str:
        return self.render()


Value = str | int | Message | Euros | Items | Term


def rendered(value: Value, language: Language | None = None) -> str:
    """Return a value as it stands in a sentence."""
    return str(value) if isinstance(value, str | int) else value.render(language)


def say(template: str, **values: Value) -> Message:
    """Return a message; the name that the extractor of catalogues looks for.

    >>> str(say("have {have}, need {need}", have=3, need=4))
    'have 3, need 4'
    >>> str(say("reads {text}", text="{need}"))
    'reads {need}'
    """
    return Message(template, tuple(values.items()))


def count(one: str, many: str, *, number: int, **values: Value) -> Message:
    """Return the message for one thing or for many; the extractor knows this name too.

    >>> str(count("{number} change", "{number} changes", number=1))
    '1 change'
    """
    return Message(one, (("number", number), *values.items()), many)


def listed(items: Iterable[Value | object], most: int = 12) -> Items:
    """Return a comma list, cut after *most* with the number left out.

    >>> print(listed(["B2", "B3"]), "|", listed(range(5), most=3))
    B2, B3 | 0, 1, 2 and 2 more
    """
    kept = (one if isinstance(one, _RENDERED) else str(one) for one in items)
    return Items(tuple(kept), most)


def either(items: Iterable[Value]) -> Items:
    """Return things of which one is meant.

    >>> print(either(["Germany", "Georgia", "Greece"]))
    Germany, Georgia or Greece
    """
    kept = tuple(items)
    return Items(kept, len(kept), choice=True)


_RENDERED = (str, int, Message, Euros, Items, Term)


def eur(value: Decimal) -> Euros:
    """Return an amount as a value of a message.

    >>> print(eur(Decimal("1000000.00")), "|", eur(Decimal("1500000.5")))
    EUR 1 000 000 | EUR 1 500 000.50
    """
    return Euros(value)
