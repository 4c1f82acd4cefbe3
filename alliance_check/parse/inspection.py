"""What was understood of a file, cell by cell: the columns, each distinct word, and the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from alliance_check.model.consortium import Role
from alliance_check.model.sheet import (
    Cell,
    Remark,
    Sheet,
    Workbook,
)
from alliance_check.parse import Reading
from alliance_check.parse.account import USED, Item, Use, account
from alliance_check.parse.consortium.draft import basis_of
from alliance_check.parse.table.find import find_table
from alliance_check.parse.table.labels import labelled
from alliance_check.parse.table.rows import Sorted, sort_rows
from alliance_check.parse.table.values import PartnerTable, filled_cells, text_of
from alliance_check.text.folding import fold
from alliance_check.vocabulary.countries import country_name
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.remarks import read_status
from alliance_check.vocabulary.types import kind_label, read_counts_as
from alliance_check.vocabulary.words import read_charter, read_said

Suggest = Callable[[str], list[str]]


@dataclass(frozen=True)
class Word:
    """A distinct text of one field, what it became, and where it stands.

    *meaning* is None where it was not understood; *near* are suggestions then.
    """

    field: str
    text: str
    meaning: str | None
    cells: tuple[Cell, ...]
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Head:
    """A header, and the field it became; None where it is not known or not needed.

    *open* says that texts below it were not understood.
    """

    cell: Cell
    text: str
    field: str | None
    near: str | None = None
    open: bool = False


@dataclass(frozen=True)
class Inspection:
    """What was understood of a file: *items* are all cells and comments of the sheet read.

    Of the other sheets *elsewhere* are the cells that say something of the project or of a partner,
    and *unread* all others.
    """

    table: PartnerTable
    heads: tuple[Head, ...]
    words: tuple[Word, ...]
    items: tuple[Item, ...]
    elsewhere: tuple[Remark, ...]
    unread: tuple[Remark, ...]
    notes: tuple[str, ...] = ()

    @property
    def unknown(self) -> tuple[Word, ...]:
        """The words that were not understood."""
        return tuple(word for word in self.words if word.meaning is None)

    def of(self, use: Use) -> list[Item]:
        """Return the cells and comments that are for one thing."""
        return [item for item in self.items if item.use is use]


def inspect(book: Workbook, reading: Reading) -> Inspection:
    """Return what is understood of the one table of partners in a workbook."""
    table = find_table(book, reading.sheet, Dictionary(reading.words))
    rows = sort_rows(table)
    basis = basis_of(table, rows, labelled(book, table), reading)
    own = next(sheet for sheet in book.sheets if sheet.name == table.sheet.name)
    items = account(basis, rows, own)
    said = {c for found in basis.labels.values() for one in found for c in (one.cell, one.label)}
    said |= {remark.cell for remark in basis.applied}
    others = [
        remark
        for sheet in book.sheets
        if sheet.name != table.sheet.name
        for remark in _filled(sheet)
    ]
    return Inspection(
        table=table,
        heads=tuple(_heads(table, items)),
        words=tuple(_words(table, rows)),
        items=items,
        elsewhere=tuple(remark for remark in others if remark.cell in said),
        unread=tuple(remark for remark in others if remark.cell not in said),
        notes=tuple(map(str, (*table.notes, *rows.notes()))),
    )


def _filled(sheet: Sheet) -> Iterator[Remark]:
    for number, row in enumerate(sheet.rows, start=1):
        for column, content in filled_cells(row):
            yield Remark(Cell(sheet.name, number, column), text_of(content))


def _heads(table: PartnerTable, items: Sequence[Item]) -> Iterator[Head]:
    """Yield every header; one above texts that change what is known of a partner heads remarks."""
    fields = {c.number: field for field, columns in table.columns.items() for c in columns}
    applied, opened = (
        {
            item.remark.cell.column
            for item in items
            if item.use is use and item.remark.cell.row > table.header_row
        }
        for use in (Use.APPLIED, Use.OPEN)
    )
    header = table.sheet.rows[table.header_row - 1]
    texts = {c.number: c.text for columns in table.columns.values() for c in columns}
    for number, content in enumerate(header, start=1):
        text = texts.get(number) or text_of(content)
        if text:
            field = fields.get(number)
            near = table.words.field_near(text) if field is None else None
            cell = Cell(table.sheet.name, table.header_row, number)
            remarks = field == "notes" or number in applied
            if field not in USED and remarks and fold(text) not in table.words.own.columns:
                yield Head(cell, text, "remarks")
            else:
                known = field if field in USED else None
                yield Head(cell, text, known, near, open=number in opened)


def _words(table: PartnerTable, rows: Sorted) -> Iterator[Word]:
    for field, (read, near) in _readers(table.words).items():
        cells: dict[str, list[Cell]] = {}
        for row in rows.partners:
            if row.text(field):
                cells.setdefault(row.text(field), []).append(row.cells[field])
        for text, places in cells.items():
            meaning = read(text)
            guesses = tuple(near(text)) if meaning is None else ()
            yield Word(field, text, meaning, tuple(places), guesses)


def _readers(words: Dictionary) -> dict[str, tuple[Callable[[str], str | None], Suggest]]:
    """Return for each field how its words are read, and what is suggested for unread ones."""

    def country(text: str) -> str | None:
        code = words.country(text)
        return None if code is None else f"{country_name(code)} ({code})"

    def kinds(text: str) -> str | None:
        return ", ".join(kind_label(kind) for kind in words.kinds(text).kinds) or None

    def role(text: str) -> str | None:
        found = words.role(text)
        return None if found is Role.UNKNOWN else found.value.replace("-", " ")

    def status(text: str) -> str | None:
        found = read_status(text)
        return None if found is None else found.value

    def counts_as(text: str) -> str | None:
        found = read_counts_as(text)
        return None if found is None else ", ".join(sorted(found)) or "neither"

    return {
        "country": (country, words.countries_near),
        "type": (kinds, words.types_near),
        "role": (role, _nothing),
        "status": (status, _nothing),
        "counts_as": (counts_as, _nothing),
        "charter": (lambda text: _said(read_charter(text).value), _nothing),
        "pact": (lambda text: _said(read_said(text).value), _nothing),
    }


def _said(value: str) -> str | None:
    return None if value == "unread" else value


def _nothing(_text: str) -> list[str]:
    return []
