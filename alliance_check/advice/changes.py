"""Changes as people and programs write them: ``drop:A7``, ``country:A7=Norway``, ``grant=1000000``.

A partner is addressed by its name cell in the file, with or without the sheet, or by its name. A
value is an id or whatever a cell may say.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import listed
from alliance_check.model.sheet import Cell, column_number

TO_CELLS = ("country", "type", "role", "counts", "charter", "pact", "share")
TO_PROJECT = ("grant", "total", "duration", "ecosystem")

_PROJECT = re.compile(rf"({'|'.join(TO_PROJECT)})\s*=\s*(.*\S)\s*", re.DOTALL)
_CELL = re.compile(
    r"(?P<verb>[a-z]+)\s*:\s*(?:(?:'(?P<quoted>(?:[^']|'')*)'|(?P<plain>[^'!:=]+))!)?"
    r"\$?(?P<letters>[A-Za-z]{1,3})\$?(?P<row>[1-9][0-9]{0,6})\s*(?:=\s*(?P<value>.*\S)\s*)?",
    re.DOTALL,
)
_NAMED = re.compile(
    rf"(?P<verb>{'|'.join((*TO_CELLS, 'drop', 'confirm'))})\s*:\s*(?P<name>[^=]*[^=\s])\s*"
    r"(?:=\s*(?P<value>.*\S)\s*)?",
    re.DOTALL,
)
_ADDED = re.compile(r"add\s*:\s*(?P<country>[^:]*[^:\s])\s*:\s*(?P<what>[^:]*[^:\s])\s*", re.DOTALL)
_EXAMPLES = (
    *(
        "drop:A7",
        "drop:Fagskolen Oslo",
        "add:PL:vet",
        "country:A7=Norway",
        "type:A7=vet",
        "role:A7=associated-partner",
    ),
    *("counts:A7=labour-market", "confirm:A7", "grant=1400000", "duration=36"),
)
_FURTHER = ("charter:A7=yes", "pact:A7=yes", "share:A7=250000")
"""Examples of the verbs that have none above."""


class Change(NamedTuple):
    """One change: what is done, to which partner, and the value.

    >>> print(Change("country", Cell("My partners", 7, 1), "Norway"))
    country:'My partners'!A7=Norway
    >>> print(Change("drop", Cell(None, 7, 1)), Change("add", None, "PL:vet"))
    drop:A7 add:PL:vet
    >>> print(Change("role", name="Fagskolen Oslo", value="full partner"))
    role:Fagskolen Oslo=full partner
    >>> print(Change("duration", None, "36"))
    duration=36
    """

    verb: str
    cell: Cell | None = None
    value: str = ""
    name: str = ""
    """What the partner is called, where no cell is given."""

    def __str__(self) -> str:
        if self.verb in TO_PROJECT:
            return f"{self.verb}={self.value}"
        whom = str(self.cell) if self.cell else self.name
        place = f"{self.verb}:{whom}"
        return f"{place}={self.value}" if self.value and whom else place + self.value


def read_change(text: str) -> Change:
    """Parse a change; its value is understood later, with the words of the run.

    >>> print(read_change("role: Partners!a7 = associated partner"))
    role:Partners!A7=associated partner
    >>> read_change("drop:Fagskolen Oslo").name
    'Fagskolen Oslo'

    :raises WrongUsage: when the text is no change.
    """
    stripped = text.strip()
    if found := _PROJECT.fullmatch(stripped):
        return Change(found[1], None, found[2])
    if found := _ADDED.fullmatch(stripped):
        return Change("add", None, f"{found['country']}:{found['what']}")
    found = _CELL.fullmatch(stripped)
    if found is None or found["verb"] not in (*TO_CELLS, "drop", "confirm"):
        found = _NAMED.fullmatch(stripped)
    if found is None:
        raise WrongUsage(
            '--what-if: "{text}" is not a change; write one such as {examples}.',
            text=text,
            examples=listed(_EXAMPLES),
        )
    if (found["value"] is None) is (found["verb"] in TO_CELLS):
        example = next(e for e in (*_EXAMPLES, *_FURTHER) if e.startswith(found["verb"]))
        if found["verb"] in TO_CELLS:
            raise WrongUsage(
                '--what-if: "{text}" needs a value, as in {example}.',
                text=text,
                example=example,
            )
        raise WrongUsage(
            '--what-if: "{text}" takes no value, as in {example}.', text=text, example=example
        )
    if "name" in found.groupdict():
        return Change(found["verb"], None, found["value"] or "", found["name"])
    quoted = found["quoted"]
    sheet = found["plain"] if quoted is None else quoted.replace("''", "'")
    column = column_number(found["letters"])
    cell = Cell(sheet.strip() if sheet else None, int(found["row"]), column)
    return Change(found["verb"], cell, found["value"] or "")
