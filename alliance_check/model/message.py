"""What a finding says, not yet a sentence.

A message keeps its English template and its values apart, so that another language is one
gettext catalogue and no rule is touched. Text from a sheet travels as a value, never as a
template, and is put in only when the message is rendered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

Value = str | int
Translate = Callable[[str], str]


class Message(NamedTuple):
    """An English template with named places, and what stands in them."""

    template: str
    values: tuple[tuple[str, Value | Message], ...] = ()

    def render(self, translate: Translate = str) -> str:
        """Return the sentence, with the template looked up by *translate*."""
        filled = {
            name: value.render(translate) if isinstance(value, Message) else value
            for name, value in self.values
        }
        return translate(self.template).format_map(filled)

    def __str__(self) -> str:
        return self.render()


def say(template: str, **values: Value | Message) -> Message:
    """Return a message; the name that a catalogue extractor looks for.

    >>> str(say("have {have}, need {need}", have=3, need=4))
    'have 3, need 4'
    >>> str(say("reads {text}", text="{need}"))
    'reads {need}'
    """
    return Message(template, tuple(values.items()))


def listed(items: Iterable[object], most: int = 12) -> str:
    """Return items as a comma list, cut after *most* with the number left out.

    >>> listed(["B2", "B3"])
    'B2, B3'
    >>> listed(range(5), most=3)
    '0, 1, 2 and 2 more'
    """
    words = [str(item) for item in items]
    shown = ", ".join(words[:most])
    return shown if len(words) <= most else f"{shown} and {len(words) - most} more"


def eur(value: Decimal) -> str:
    """Return an amount as people write it, without empty cents.

    >>> eur(Decimal("1000000.00")), eur(Decimal("1500000.5"))
    ('EUR 1 000 000', 'EUR 1 500 000.50')
    """
    return "EUR " + f"{value:,.2f}".replace(",", " ").removesuffix(".00")
