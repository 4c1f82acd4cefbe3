"""The rows of a table that are partners, and those that are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from alliance_check.messages import Message, listed, say
from alliance_check.model import Cell, Content, Role
from alliance_check.parse.dictionary import Dictionary
from alliance_check.parse.header_rows import MONEY, repeats
from alliance_check.parse.values import Entry, Row, Table, blank, text_of
from alliance_check.vocabulary import is_total

_TELLING = ("name", "country", "type", "role")
"""Fields of which at least one is filled in the row of a partner."""
READ_TWICE = {"country": "country again"}
"""Fields of which a second column is read too, and what its content is called in a row."""


@dataclass
class Sorted:
    """The rows of partners, and the numbers of the rows that were taken for something else."""

    partners: list[Row] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    remarks: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)

    def notes(self) -> Iterator[Message]:
        """Yield what a reader should know of the rows that are no partners."""
        for numbers, what in (
            (self.totals, say("taken for totals, no partner")),
            (self.headings, say("taken for a heading, no partner")),
            (self.remarks, say("taken for a remark, no partner")),
            (self.skipped, say("hidden, left out as asked")),
        ):
            if numbers:
                yield say("Row {rows}: {what}.", rows=listed(numbers), what=what)


def sort_rows(table: Table, *, skip_hidden: bool = False) -> Sorted:
    """Return the rows below the header, sorted into partners and others."""
    found = Sorted()
    words = table.words
    heading: tuple[Cell, Role] | None = None
    gap = False
    for number in range(table.header_row + 1, table.last_row + 1):
        content = table.sheet.rows[number - 1]
        if all(blank(cell) for cell in content):
            gap = True
            continue
        if repeats(table.columns, content, words):
            continue
        row = _row(table, number, content)
        if skip_hidden and row.hidden:
            found.skipped.append(number)
        elif _is_total(row, content, words):
            found.totals.append(number)
        elif _is_heading(row, content, words):
            heading = _role_of_heading(table, number, content)
            found.headings.append(number)
        elif _is_remark(row, content, after_gap=gap and bool(found.partners)):
            found.remarks.append(number)
        else:
            found.partners.append(row if heading is None else replace(row, heading=heading))
            gap = False
    return found


def _row(table: Table, number: int, content: tuple[Content, ...]) -> Row:
    contents: dict[str, Content] = {}
    cells: dict[str, Cell] = {}
    sheet = table.sheet
    for name, columns in table.columns.items():
        there = [(c.number, content[c.number - 1]) for c in columns if c.number <= len(content)]
        first = columns[0].number if name not in READ_TWICE else _first_filled(there)
        cells[name] = Cell(sheet.name, number, first or columns[0].number)
        contents[name] = dict(there).get(cells[name].column, "")
        if name in READ_TWICE:
            again = [c for n, c in there if n != cells[name].column and not blank(c)]
            contents[READ_TWICE[name]] = again[0] if again else ""
    money = {name: _entries(table, name, number, content) for name in MONEY & set(table.columns)}
    for name, entries in money.items():
        contents[name] = next((e.content for e in entries if not blank(e.content)), "")
    struck = (number, cells["name"].column) in sheet.struck
    hidden = number in sheet.hidden_rows
    return Row(number, contents, cells, None, struck, hidden, money)


def _entries(
    table: Table, name: str, number: int, content: tuple[Content, ...]
) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            column,
            Cell(table.sheet.name, number, column.number),
            content[column.number - 1] if column.number <= len(content) else "",
        )
        for column in table.columns[name]
    )


def _first_filled(there: list[tuple[int, Content]]) -> int | None:
    return next((number for number, content in there if not blank(content)), None)


def _alone(content: tuple[Content, ...]) -> bool:
    return sum(not blank(cell) for cell in content) == 1


def _only_text(content: tuple[Content, ...]) -> str:
    return next(text_of(cell) for cell in content if not blank(cell))


def _is_total(row: Row, content: tuple[Content, ...], words: Dictionary) -> bool:
    """Say whether a row adds up others; one with a readable country is a partner."""
    if is_total(row.text("name")):
        return words.country(row.text("country")) is None
    told = [name for name in ("name", "country", "type", "role") if row.text(name)]
    return not told and any(isinstance(c, str) and is_total(c) for c in content)


def _is_heading(row: Row, content: tuple[Content, ...], words: Dictionary) -> bool:
    """Say whether a row has but one cell, and that names a role, a country or a type.

    In a column of its own such a word tells of a partner that has no name yet.
    """
    if not _alone(content) or any(row.text(name) for name in _TELLING if name != "name"):
        return False
    text = _only_text(content).rstrip(":")
    named = words.role(text) is not Role.UNKNOWN or words.country(text) is not None
    return named or bool(words.kinds(text).kinds)


def _role_of_heading(
    table: Table, number: int, content: tuple[Content, ...]
) -> tuple[Cell, Role] | None:
    role = table.words.role(_only_text(content).rstrip(":"))
    if role is Role.UNKNOWN:
        return None
    column = next(n for n, cell in enumerate(content, start=1) if not blank(cell))
    return Cell(table.sheet.name, number, column), role


def _is_remark(row: Row, content: tuple[Content, ...], *, after_gap: bool) -> bool:
    """Say whether a row tells nothing of a partner, or is one text below or within the table."""
    if not any(row.text(name) for name in _TELLING):
        return True
    if not _alone(content):
        return False
    text = _only_text(content)
    return after_gap or text.startswith(("*", "†", "¹")) or text.endswith(":") or len(text) > 120


def filled(rows: list[Row], name: str) -> bool:
    """Say whether a column has anything in it; one that is blank throughout is no column."""
    return any(not blank(row.contents.get(name, "")) for row in rows)
