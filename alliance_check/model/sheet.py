"""A file as a person sees it: sheets, cells and what could not be read of them.

All values are frozen, so that a stage can only make new ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from alliance_check.model.message import Items, Message


class Cell(NamedTuple):
    """A place in a sheet; rows and columns start at 1. A csv has no sheet.

    >>> print(Cell("Partners", 7, 3), Cell(None, 7, 28), Cell("My partners", 2, 1))
    Partners!C7 AB7 'My partners'!A2
    """

    sheet: str | None
    row: int
    column: int

    @property
    def address(self) -> str:
        """The place without the sheet, as a spreadsheet shows it."""
        letters, rest = "", self.column
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{letters}{self.row}"

    def __str__(self) -> str:
        if self.sheet is None:
            return self.address
        plain = self.sheet.replace("_", "").isalnum() and not self.sheet[0].isdigit()
        name = self.sheet if plain else "'" + self.sheet.replace("'", "''") + "'"
        return f"{name}!{self.address}"


def column_number(letters: str) -> int:
    """Return the number of a column from its letters.

    >>> column_number("A"), column_number("AB"), column_number("xfd")
    (1, 28, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


class Remark(NamedTuple):
    """A text beside a partner: where it stands and what it says, in the cell or in a comment."""

    cell: Cell
    text: str
    comment: bool = False


class Fault(NamedTuple):
    """A cell without a value: an error such as ``#REF!``, or a formula never calculated."""

    text: str
    uncalculated: bool = False


Content = str | Decimal | Fault


@dataclass(frozen=True)
class Sheet:
    """One sheet as the file holds it, with what a person sees beside the values.

    ``rows[0][0]`` is A1; all other places are (row, column) and start at 1. A format that cannot
    show something leaves its field empty.
    """

    name: str | None
    rows: tuple[tuple[Content, ...], ...]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    struck: frozenset[tuple[int, int]] = frozenset()
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """What people wrote beside a cell, without the author; a thread is joined with " / "."""
    fills: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """The solid colour behind a filled cell as RRGGBB; white is none."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """First row, first column, last row and last column of merged cells."""
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """The format code of a number, where it shows a currency or a unit."""


@dataclass(frozen=True)
class Workbook:
    """All sheets of a file, and what its format or its reading makes worth a note."""

    sheets: tuple[Sheet, ...]
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Problem:
    """A cell that could not be understood."""

    id: str
    cell: Cell | None
    value: str
    message: Message
    hint: Message | None = None
    near: Items | None = None
    """What was probably meant; None where nothing comes near."""
