"""What parsing is given and what it returns, and how a cell becomes text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest
from typing import NamedTuple

from alliance_check.model.consortium import Role
from alliance_check.model.message import Message
from alliance_check.model.settings import Setting
from alliance_check.model.sheet import (
    Cell,
    Content,
    Fault,
    Sheet,
)
from alliance_check.vocabulary.amounts import FOREIGN, unit_of_format
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.headers import Header

Filled = Sequence[tuple[int, Content]]
"""Cells in which something stands, each with the number of its column."""


@dataclass(frozen=True)
class Given:
    """What the caller says of the project and of the texts in it; it overrules the workbook.

    *duration* is in months, *grant* and *total* are in EUR; *origins* tells which of them come
    from elsewhere than an option, and what a report calls that. *settings* settle texts that are
    not understood. The options of a whole check extend this record.
    """

    duration: int | None = None
    grant: Decimal | None = None
    total: Decimal | None = None
    origins: Mapping[str, str] = field(default_factory=dict)
    settings: tuple[Setting, ...] = ()

    def origin(self, name: str) -> str:
        """Return where a value comes from."""
        return self.origins.get(name, "option")


@dataclass(frozen=True)
class FieldColumn:
    """A column of the table: its number from 1, what its header means, and what it says.

    *part* marks a column of money that holds the amount of one work package.
    """

    number: int
    header: Header
    text: str
    part: bool = False


@dataclass(frozen=True)
class PartnerTable:
    """Where the partners stand; several columns may mean the same field."""

    sheet: Sheet
    first_row: int
    """The first row of the header, which may have two."""
    header_row: int
    columns: Mapping[str, tuple[FieldColumn, ...]]
    last_row: int
    words: Dictionary
    notes: tuple[Message, ...] = ()
    ticks: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """Columns of ticks: the field, role or type, and the header that says it of the ticked rows."""
    by: int | None = None
    """The column that tells the consortia of a table apart."""
    others: tuple[Sheet, ...] = ()
    """The other sheets that whoever opens the workbook sees."""
    prose: frozenset[int] = frozenset()
    """Columns that hold free text although their headers promise a role or an amount."""

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """The header of each column, of all rows of the header; empty where it has none."""
        rows = self.sheet.rows[self.first_row - 1 : self.header_row]
        columns = zip_longest(*rows, fillvalue="")
        texts = (dict.fromkeys(text_of(cell) for cell in column) for column in columns)
        return tuple(" ".join(filter(None, text)) for text in texts)


class Entry(NamedTuple):
    """A cell that holds an amount, and the column it stands in."""

    column: FieldColumn
    cell: Cell
    content: Content


class Labelled(NamedTuple):
    """What stands beside a label, its cell and that of the label."""

    header: Header
    content: Content
    cell: Cell
    label: Cell


def in_shown_unit(header: Header, sheet: Sheet, cell: Cell) -> Header:
    """Return the header of an amount in the unit that the format of its cell shows."""
    code = sheet.formats.get((cell.row, cell.column))
    unit = None if code is None else unit_of_format(code)
    if unit is None or header.factor != 1:
        return header
    return replace(header, foreign=True) if unit == FOREIGN else replace(header, factor=unit)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table before its words are understood: what stands in which cell.

    *heading* is the section heading above it, where that names a role.
    """

    number: int
    contents: Mapping[str, Content]
    cells: Mapping[str, Cell]
    heading: tuple[Cell, Role] | None = None
    struck: bool = False
    hidden: bool = False
    money: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """For each field of money all cells that tell of it: whole amounts, and parts of one."""
    ticked: tuple[tuple[Cell, str], ...] = ()
    """The headers of columns of roles in which the row has a tick."""
    further: tuple[int, ...] = ()
    """The rows below that tell of the same partner, because its name is merged over them."""

    texts: Mapping[str, str] = field(init=False, compare=False, repr=False)
    """The text of each field, made once: every stage asks for it."""

    def __post_init__(self) -> None:
        texts = {name: text_of(content) for name, content in self.contents.items()}
        object.__setattr__(self, "texts", texts)

    def text(self, name: str) -> str:
        """Return the text of a field; empty where there is none."""
        return self.texts.get(name, "")

    def fault(self, name: str) -> Fault | None:
        """Return the fault in the cell of a field, if there is one."""
        content = self.contents.get(name)
        return content if isinstance(content, Fault) else None


def text_of(content: Content) -> str:
    r"""Return what a cell shows, on one line and without spaces around it.

    >>> text_of(Decimal("24")), text_of("  Norges\n\xa0 teknisk "), text_of(Fault("#REF!"))
    ('24', 'Norges teknisk', '#REF!')
    """
    if isinstance(content, str):
        plain = " ".join(content.split())
        return content if content == plain else plain  # most are plain, and need no second copy
    return content.text if isinstance(content, Fault) else format(content, "f")


def filled_cells(row: Sequence[Content]) -> Filled:
    """Return the cells of a row in which something stands, with the numbers of their columns.

    >>> filled_cells(("Nord", " ", Decimal(0)))
    [(1, 'Nord'), (3, Decimal('0'))]
    """
    # Hot: every stage looks at every row.
    return [(n, c) for n, c in enumerate(row, start=1) if not isinstance(c, str) or c.strip()]


def blank(content: Content) -> bool:
    """Say whether there is nothing in a cell."""
    return isinstance(content, str) and not content.strip()
