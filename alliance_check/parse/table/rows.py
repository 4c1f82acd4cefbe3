"""The rows of a table that are partners, and those that are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from alliance_check.model.consortium import Role, Said
from alliance_check.model.message import Message, count, listed, say
from alliance_check.model.sheet import Cell, Content
from alliance_check.parse.table.header_fields import MONEY
from alliance_check.parse.table.header_rows import repeats
from alliance_check.parse.table.headings import (
    FOOTNOTE,
    TELLING,
    Above,
    Grouped,
    heads_partners,
    is_heading,
    kind_of_heading,
    unknown_heading,
)
from alliance_check.parse.table.labels import tells_of_project
from alliance_check.parse.table.values import (
    Entry,
    FieldColumn,
    Filled,
    PartnerTable,
    Row,
    blank,
    filled_cells,
    in_shown_unit,
    text_of,
)
from alliance_check.vocabulary.amounts import read_amount
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.words import begins_as_total, is_total, read_said

_NO_MONEY: Mapping[str, tuple[Entry, ...]] = {}
_FEWEST_ADDED = 2
_COUNTED = re.compile(r"\s*[0-9]{1,3}\s+[^\W\d_]")
READ_TWICE = {"country": "country again", "type": "type again"}
"""Fields of which a second cell is read too, and what its content is called in a row."""


@dataclass
class Sorted:
    """The rows of partners, and the numbers of the rows that were taken for something else."""

    partners: list[Row] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    remarks: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    skipped: list[int] = field(default_factory=list)
    above: Sequence[int] = ()

    @property
    def no_partners(self) -> tuple[int, ...]:
        """The numbers of all rows that are no partners but may tell of some."""
        return (*self.above, *self.totals, *self.headings, *self.remarks, *self.labels)

    def notes(self) -> Iterator[Message]:
        """Yield what a reader should know of the rows that are no partners."""
        for numbers, what in (
            (self.totals, say("taken for totals, not for a partner")),
            (self.headings, say("taken for a heading, not for a partner")),
            (self.remarks, say("taken for a remark, not for a partner")),
            (self.labels, say("taken for a statement on the project, not for a partner")),
            (self.skipped, say("hidden, left out as asked")),
        ):
            rows, number = listed(numbers), len(numbers)
            if numbers:
                yield count(
                    "Row {rows}: {what}.",
                    "Rows {rows}: {what}.",
                    number=number,
                    rows=rows,
                    what=what,
                )


def sort_rows(table: PartnerTable, *, skip_hidden: bool = False) -> Sorted:
    """Return the rows below the header, sorted into partners and others."""
    found = Sorted(above=range(1, table.first_row))
    words = table.words
    above = Above()
    gap = False
    wide = {top for top, left, _, right in table.sheet.merged if left < right}
    merged = _merged_names(table)
    below_name = {number for numbers in merged.values() for number in numbers}
    typed = _has_types(table)
    rows = table.sheet.rows
    lines = {n: filled_cells(rows[n - 1]) for n in range(table.header_row + 1, table.last_row + 1)}
    apart = _between_gaps(table, lines)
    grouped = Grouped.of(table, lines)
    header = filled_cells(rows[table.header_row - 1]) if table.header_row else ()
    for number, line in lines.items():
        content = rows[number - 1]
        if not line:
            gap = True
            continue
        again = line == header or repeats(table.columns, content, words)
        if again or number in below_name:
            continue
        if tells_of_project(table, number, content):
            found.labels.append(number)
            continue
        row = _row(table, number, content)
        if skip_hidden and row.hidden:
            found.skipped.append(number)
        elif _is_total(row, line, words):
            found.totals.append(number)
        elif is_heading(row, line, words):
            above = above.below(table, number, line)
            found.headings.append(number)
        elif len(line) == 1 and (number in wide or (above.kind is not None and not typed)):
            # A heading that is not known says something of the rows below it, nobody knows what.
            kind = None if typed else kind_of_heading(table, number, line)
            cell = Cell(table.sheet.name, number, line[0][0])
            above = Above(kind=kind) if kind is not None else Above((cell, Role.UNKNOWN))
            found.headings.append(number)
        elif _numbers_columns(line) or _is_remark(
            row, line, words, after_gap=gap and bool(found.partners) and number not in apart
        ):
            found.remarks.append(number)
            unknown = unknown_heading(table, number, line, after_gap=gap)
            above = above if unknown is None else Above(unknown)
        else:
            row = _with_country_of_name(table, row)
            row = replace(row, further=merged[number]) if number in merged else row
            row = grouped.tell(row, number, words)
            found.partners.append(above.tell(row, words, typed=typed))
            gap = False
    _take_unnamed_total(found)
    return found


def _take_unnamed_total(found: Sorted) -> None:
    """Take the last row for a total where it adds up the others, whatever it is called."""
    if len(found.partners) > _FEWEST_ADDED and _adds_up(found.partners):
        found.totals.append(found.partners.pop().number)


def _adds_up(rows: Sequence[Row]) -> bool:
    """Say whether the last row is a sum in a language that is not known: it has amounts only.

    An amount there is the sum of all that stand above it.
    """
    last = rows[-1]
    if any(last.text(name) for name in ("country", "type", "role")):
        return False
    for name in last.money:
        amounts = [read_amount(row.contents.get(name, "")) for row in rows]
        known = [amount for amount in amounts[:-1] if amount is not None]
        if len(known) > _FEWEST_ADDED and amounts[-1] == sum(known):
            return True
    return False


def _has_types(table: PartnerTable) -> bool:
    """Say whether a column of types holds anything; then a heading says nothing of the type."""
    rows = table.sheet.rows[table.header_row : table.last_row]
    numbers = [column.number for column in table.columns.get("type", ())]
    return any(n <= len(row) and not blank(row[n - 1]) for row in rows for n in numbers)


def _merged_names(table: PartnerTable) -> Mapping[int, tuple[int, ...]]:
    """Return the rows over which a name is merged, by the row in which it stands."""
    name = table.columns["name"][0].number
    return {
        top: tuple(range(top + 1, min(bottom, table.last_row) + 1))
        for top, left, bottom, right in table.sheet.merged
        if left <= name <= right and top > table.header_row
    }


def _row(table: PartnerTable, number: int, content: tuple[Content, ...]) -> Row:
    """Return what stands in a row."""
    contents: dict[str, Content] = {}
    cells: dict[str, Cell] = {}
    sheet = table.sheet
    for name, columns in table.columns.items():
        column = columns[0].number
        if name == "country":
            column, contents[READ_TWICE[name]] = _twice(table, columns, content)
        cells[name] = Cell(sheet.name, number, column)
        contents[name] = content[column - 1] if column <= len(content) else ""
    if cells["country"] == cells["name"]:
        contents["country"] = ""
    money = {name: _entries(table, name, number, content) for name in MONEY & table.columns.keys()}
    for name, entries in money.items():
        contents[name] = next((e.content for e in entries if not blank(e.content)), "")
    ticked = [
        (name, Cell(sheet.name, number, column), header)
        for column, (name, header) in table.ticks.items()
        if column <= len(content) and read_said(text_of(content[column - 1])) is Said.YES
    ]
    _add_types(table, content, contents, cells, ticked)
    struck = (number, cells["name"].column) in sheet.struck
    hidden = number in sheet.hidden_rows
    roles = tuple((cell, header) for name, cell, header in ticked if name == "role")
    roles = roles or _unticked(table, number)
    amounts = money or _NO_MONEY
    return Row(number, contents, cells, None, struck, hidden, amounts, roles)


def _unticked(table: PartnerTable, number: int) -> tuple[tuple[Cell, str], ...]:
    """Return the cell that could say that a row is a full partner, and does not."""
    return tuple(
        (Cell(table.sheet.name, number, column), "")
        for column, (name, header) in table.ticks.items()
        if name == "role" and table.words.role(header) is Role.FULL_PARTNER
    )[:1]


def _with_country_of_name(table: PartnerTable, row: Row) -> Row:
    """Return the row with the country that its name carries, where no other cell holds one."""
    name = row.contents["name"]
    if row.text("country") or not isinstance(name, str):
        return row
    country = table.words.country_of_name(name)
    above = Above(country=(row.cells["name"], country))
    return above.tell(row, table.words) if country else row


def _add_types(
    table: PartnerTable,
    content: tuple[Content, ...],
    contents: dict[str, Content],
    cells: dict[str, Cell],
    ticked: Sequence[tuple[str, Cell, str]],
) -> None:
    """Add what the columns of types and of ticks say of the kind of organisation.

    The first that says anything is the type, the next one is read against it.
    """
    number = cells["name"].row
    said: list[tuple[Cell, Content]] = [
        (Cell(table.sheet.name, number, column.number), content[column.number - 1])
        for column in table.columns.get("type", ())
        if column.number <= len(content) and not blank(content[column.number - 1])
    ]
    ticks = [(cell, header) for name, cell, header in ticked if name == "type"]
    if ticks:
        said.append((ticks[0][0], "; ".join(header for _, header in ticks)))
    names = ("type", READ_TWICE["type"])
    for name, (cell, text) in zip(names, said, strict=False):
        cells[name], contents[name] = cell, text


def _twice(
    table: PartnerTable, columns: Sequence[FieldColumn], content: tuple[Content, ...]
) -> tuple[int, Content]:
    """Return the column that is read of a field with several, and what another one holds."""
    first = columns[0].number
    if len(columns) == 1:
        return first, ""
    there = [(c.number, content[c.number - 1]) for c in columns if c.number <= len(content)]
    filled = [(n, c) for n, c in there if not blank(c)]
    read = next((n for n, _ in filled if _joined(table, columns[0], n)), first)
    return read, next((c for n, c in filled if n != read), "")


def _entries(
    table: PartnerTable, name: str, number: int, content: tuple[Content, ...]
) -> tuple[Entry, ...]:
    entries = []
    for column in table.columns[name]:
        cell = Cell(table.sheet.name, number, column.number)
        shown = replace(column, header=in_shown_unit(column.header, table.sheet, cell))
        there = content[column.number - 1] if column.number <= len(content) else ""
        entries.append(Entry(shown if table.sheet.formats else column, cell, there))
    return tuple(entries)


def _joined(table: PartnerTable, first: FieldColumn, number: int) -> bool:
    """Say whether no column without a header parts a column from the first one of its field.

    Beyond such a gap stands another table, whose countries are not those of these partners.
    """
    headers = table.sheet.rows[table.first_row - 1 : table.header_row]
    between = range(min(first.number, number), max(first.number, number))
    return all(any(n <= len(r) and not blank(r[n - 1]) for r in headers) for n in between)


def _is_total(row: Row, line: Filled, words: Dictionary) -> bool:
    """Say whether a row adds up others; one with a readable country is a partner."""
    if is_total(row.text("name")):
        return words.country(row.text("country")) is None
    column, content = line[0]
    if column < row.cells["name"].column and isinstance(content, str) and is_total(content):
        silent = not any(row.text(name) for name in ("type", "role"))
        return silent and words.country(row.text("country")) is None
    if any(row.text(name) for name in ("country", "type", "role")):
        return False
    if row.text("name"):  # "Subtotal universities"
        return begins_as_total(row.text("name")) and any(row.text(name) for name in row.money)
    return any(isinstance(c, str) and is_total(c) for _, c in line)


def _is_remark(row: Row, line: Filled, words: Dictionary, *, after_gap: bool) -> bool:
    """Say whether a row tells nothing of a partner, or is one text below or within the table."""
    if not any(row.text(name) for name in TELLING):
        return True
    if after_gap and all(isinstance(c, str) and _COUNTED.match(c) for _, c in line):
        return True  # "8 partners", "4 countries"
    if len(line) != 1:
        return after_gap and _explains(row, line, words)
    text = text_of(line[0][1])
    return after_gap or text.startswith(FOOTNOTE) or text.endswith(":") or len(text) > 120


def _numbers_columns(line: Filled) -> bool:
    """Say whether a row only counts the columns, as forms do below their headers."""
    if len(line) < 3 or not text_of(line[0][1]).isdecimal():
        return False
    return {text_of(cell) for _, cell in line} == {str(n) for n in range(1, len(line) + 1)}


def _between_gaps(table: PartnerTable, lines: Mapping[int, Filled]) -> frozenset[int]:
    """Return the rows that stand between blank ones, as the partners before and after them do.

    A lone name among them is a partner of whom no more is known, not a remark.
    """
    lone = {n for n, line in lines.items() if line and not (lines.get(n - 1) or lines.get(n + 1))}
    if not lone:
        return frozenset()
    wanted = {table.columns[field][0].number for field in ("name", "country")}
    partners = [n for n, line in lines.items() if wanted <= {column for column, _ in line}]
    if 2 * len(lone.intersection(partners)) <= len(partners):
        return frozenset()
    return frozenset(n for n in lone if n < partners[-1])


def _explains(row: Row, line: Filled, words: Dictionary) -> bool:
    """Say whether a row of a legend explains a word, and tells of no partner."""
    texts = [text_of(cell) for _, cell in line]
    country = row.text("country")
    if len(texts) != 2 or words.country(country) or words.countries_near(country):
        return False
    if "country" in words.gave_up:  # it may be one that nobody has compared
        return False
    partner = (
        words.role(row.text("role")) is not Role.UNKNOWN and words.kinds(row.text("type")).kinds
    )
    return not partner and (texts[0].endswith(":") or heads_partners(texts[0], words))


def filled(rows: list[Row], name: str) -> bool:
    """Say whether a column has anything in it; one that is blank throughout is no column."""
    return any(not blank(row.contents.get(name, "")) for row in rows)
