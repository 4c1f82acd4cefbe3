"""What was understood of a file, cell by cell: the columns, each distinct word, and the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from alliance_check.model.consortium import Cell, Role, Sheet, Workbook
from alliance_check.parse.remarks.beside import read_remarks
from alliance_check.parse.remarks.footnotes import read_notes
from alliance_check.parse.table.find import find_table
from alliance_check.parse.table.labels import labelled
from alliance_check.parse.table.rows import Sorted, sort_rows
from alliance_check.parse.table.titles import with_titles
from alliance_check.parse.table.values import Labelled, Table, blank, text_of
from alliance_check.text.folding import fold
from alliance_check.vocabulary.countries import country_name
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.headers import suggest_field
from alliance_check.vocabulary.remarks import read_status
from alliance_check.vocabulary.types import kind_label, read_counts_as
from alliance_check.vocabulary.words import read_charter, read_said

USED = (
    *("name", "country", "type", "role", "status", "counts_as", "charter", "pact"),
    *("share", "total", "pic", "oid", "ecosystem"),
)
"""The fields that a check reads, in the order in which they are shown."""

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
    """A header, and the field it became; None where it is not known or not needed."""

    cell: Cell
    text: str
    field: str | None
    near: str | None = None


@dataclass(frozen=True)
class Inspection:
    """What was understood of a file; ``used`` and ``unused`` together are all filled cells."""

    table: Table
    heads: tuple[Head, ...]
    words: tuple[Word, ...]
    used: int
    unused: tuple[Cell, ...]
    notes: tuple[str, ...] = ()

    @property
    def unread(self) -> tuple[Word, ...]:
        """The words that were not understood."""
        return tuple(word for word in self.words if word.meaning is None)


def inspect(book: Workbook, sheet: str | None, words: Dictionary) -> Inspection:
    """Return what is understood of the one table of partners in a workbook."""
    table = find_table(book, sheet, words)
    rows = sort_rows(table)
    labels = with_titles(book, table, labelled(book, table))
    remarks = _remarks(table, rows)
    used = set(_used(table, rows, labels)) | remarks
    filled = list(_filled(book.sheets))
    return Inspection(
        table=table,
        heads=tuple(_heads(table, remarks)),
        words=tuple(_words(table, rows)),
        used=sum(cell in used for cell in filled),
        unused=tuple(cell for cell in filled if cell not in used),
        notes=tuple(map(str, (*table.notes, *rows.notes()))),
    )


def _filled(sheets: Sequence[Sheet]) -> Iterator[Cell]:
    for sheet in sheets:
        for number, row in enumerate(sheet.rows, start=1):
            for column, content in enumerate(row, start=1):
                if not blank(content):
                    yield Cell(sheet.name, number, column)


def _used(table: Table, rows: Sorted, labels: Mapping[str, Sequence[Labelled]]) -> Iterator[Cell]:
    for found in labels.values():
        for one in found:
            yield from (one.cell, one.label)
    read = [column for field in USED for column in table.columns.get(field, ())]
    for column in read:
        for number in range(table.first_row, table.header_row + 1):
            yield Cell(table.sheet.name, number, column.number)
    for row in rows.partners:
        yield from (Cell(table.sheet.name, row.number, column.number) for column in read)
        if row.heading is not None:
            yield row.heading[0]


def _remarks(table: Table, rows: Sorted) -> set[Cell]:
    """Return the cells of remarks that were understood, with their headers."""
    found = read_remarks(table, rows.partners)
    read_notes(table, rows.partners, found, (*rows.above, *rows.remarks))
    heard = {cell for one in found for cell, _ in (*one.headed, *one.doubts)}
    inside = {cell.column for cell in heard if cell.row > table.header_row}
    lines = range(table.first_row, table.header_row + 1)
    return heard | {Cell(table.sheet.name, line, column) for line in lines for column in inside}


def _heads(table: Table, remarks: AbstractSet[Cell]) -> Iterator[Head]:
    """Yield every header; those in *remarks* stand above remarks that were heard."""
    fields = {c.number: field for field, columns in table.columns.items() for c in columns}
    header = table.sheet.rows[table.header_row - 1]
    texts = {c.number: c.text for columns in table.columns.values() for c in columns}
    for number, content in enumerate(header, start=1):
        text = texts.get(number) or text_of(content)
        if text:
            field = fields.get(number)
            near = suggest_field(text) if field is None else None
            cell = Cell(table.sheet.name, table.header_row, number)
            heard = field == "notes" or cell in remarks
            if field not in USED and heard and fold(text) not in table.words.own.columns:
                yield Head(cell, text, "remarks")
            else:
                yield Head(cell, text, field if field in USED else None, near)


def _words(table: Table, rows: Sorted) -> Iterator[Word]:
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
