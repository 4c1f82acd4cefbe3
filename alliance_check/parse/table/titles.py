"""Find the call and the lot that a title names: short texts above the table, or beside labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from alliance_check.model.consortium import Cell, Content, Sheet, Workbook
from alliance_check.parse.table.labels import holds_labels
from alliance_check.parse.table.values import Labelled, Table, filled_cells, text_of
from alliance_check.vocabulary.headers import Header

_SEARCHED = 200
"""How many rows of a sheet may hold titles."""
_LONGEST = 200
"""How long a title may be; what is longer is a note."""

Labels = Mapping[str, list[Labelled]]


def with_titles(book: Workbook, table: Table, labels: Labels) -> Labels:
    """Return the labels with the calls and lots that titles name, as if they had labels.

    What a label says of something else, such as the title of the project, is no title of a list.
    """
    others = {
        cell
        for field, found in labels.items()
        if field not in {"call", "lot"}
        for one in found
        for cell in (one.cell, one.label)
    }
    known = {one.cell for field in ("call", "lot") for one in labels.get(field, ())}
    found = {field: list(each) for field, each in labels.items()}
    for cell, text in _titles(book, table):
        if cell in others:
            continue
        for field, value in _named(text):
            if cell not in known or field not in labels:
                found.setdefault(field, []).append(Labelled(Header(field), value, cell, cell))
    return found


def _named(text: str) -> Iterator[tuple[str, str]]:
    from alliance_check.vocabulary.project_words import call_in_title, lot_in_title

    for field, value in (("call", call_in_title(text)), ("lot", lot_in_title(text))):
        if value is not None:
            yield field, value


def _titles(book: Workbook, table: Table) -> Iterator[tuple[Cell, str]]:
    yield from _texts(table.sheet, table.sheet.rows[: table.first_row - 1])
    for sheet in book.sheets:
        if sheet.name != table.sheet.name and not sheet.hidden and holds_labels(sheet):
            yield from _texts(sheet, sheet.rows[:_SEARCHED])


def _texts(sheet: Sheet, rows: Iterable[tuple[Content, ...]]) -> Iterator[tuple[Cell, str]]:
    for number, row in enumerate(rows, start=1):
        for column, content in filled_cells(row):
            if isinstance(content, str) and len(content) <= _LONGEST:
                yield Cell(sheet.name, number, column), text_of(content)
