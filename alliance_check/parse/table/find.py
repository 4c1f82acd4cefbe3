"""Finding the table of partners in a workbook: which sheet, which header, how far down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from alliance_check.model.consortium import Presence, Role
from alliance_check.model.errors import AllianceCheckError, NoTable, WrongUsage
from alliance_check.model.message import Message, listed, say
from alliance_check.model.sheet import (
    Cell,
    Content,
    Sheet,
    Workbook,
)
from alliance_check.parse.table.by_contents import find_by_contents, with_headers
from alliance_check.parse.table.contents import read_by_contents, settle_columns
from alliance_check.parse.table.header_rows import (
    SEARCHED,
    Candidate,
    candidates,
    header_texts,
    is_header,
    repeats,
)
from alliance_check.parse.table.headings import heading_text, heads_partners
from alliance_check.parse.table.rows import sort_rows
from alliance_check.parse.table.values import (
    FieldColumn,
    PartnerTable,
    blank,
    filled_cells,
    text_of,
)
from alliance_check.text.folding import fold
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.role_and_status import names_role_or_status
from alliance_check.vocabulary.words import is_outdated, is_total

_LONGEST_NAME = 40
_MOST_COMPARED = 200
"""Rows of which it is looked for a longer one on another sheet."""
_MOST_NAMES = 0.6
"""Share of names with a country in them from which on a table needs no column of countries."""


_OTHERS = frozenset(
    {
        *(Role.ASSOCIATED_PARTNER, Role.AFFILIATED_ENTITY, Role.SUBCONTRACTOR),
        *(Presence.POSSIBLE, Presence.DECLINED),
    }
)
"""What the name of a sheet says that lists somebody else than the full partners."""


class _SheetTable(NamedTuple):
    sheet: Sheet
    candidate: Candidate
    last_row: int
    words: Dictionary
    notes: tuple[Message, ...] = ()

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """Visible beats hidden, a list of applicants one of others, types none."""
        named = names_role_or_status(self.sheet.name) if self.sheet.name else None
        other = named in _OTHERS or is_outdated(self.sheet.name or "")
        return (not self.sheet.hidden, not other, "type" in self.candidate.columns)

    @property
    def place(self) -> str:
        """The first cell of its header."""
        return str(Cell(self.sheet.name, self.candidate.row, 1))

    @property
    def lines(self) -> frozenset[frozenset[str]]:
        """What stands in each row of its sheet, in whatever order the columns are."""
        texts = (frozenset(text_of(c) for _, c in filled_cells(row)) for row in self.sheet.rows)
        return frozenset(text for text in texts if text)

    def says_no_more_than(self, other: _SheetTable) -> bool:
        """Say whether another sheet holds all its rows, with no other partner and mark."""
        marks = ("comments", "struck", "fills", "hidden_rows", "formats")
        if self.sheet is other.sheet or any(getattr(self.sheet, mark) for mark in marks):
            return False
        if len(list(self.entries())) != len(list(other.entries())):
            return False
        every = other.lines
        own = self.lines - every
        return len(own) <= _MOST_COMPARED and all(any(o <= more for more in every) for o in own)

    def entries(self) -> Iterator[tuple[int, str, str]]:
        """Yield the number of each row with a name, that name, and what stands for its country."""
        name, country = (self.candidate.columns[f][0].number for f in ("name", "country"))
        for number in range(self.candidate.row + 1, self.last_row + 1):
            row = (*self.sheet.rows[number - 1], *[""] * max(name, country))
            if not blank(row[name - 1]) and not is_total(text_of(row[name - 1])):
                yield number, text_of(row[name - 1]), text_of(row[country - 1])


def find_table(
    book: Workbook, name: str | None = None, words: Dictionary | None = None
) -> PartnerTable:
    """Return the table of partners, in the sheet called *name* where one is named.

    Raises NoTable when no sheet has one or two have one equally well, NoHeaders when nothing
    in the file looks like a header of partners at all, and WrongUsage when no sheet has the name.
    """
    words = words or Dictionary()
    sheets = book.sheets if name is None else (_sheet_named(book, name),)
    found = [table for sheet in sheets for table in _tables(sheet, words)]
    found = found or [table for sheet in sheets for table in _without_countries(sheet, words)]
    found = found or [table for sheet in sheets for table in _by_contents(sheet, words)]
    if not found:
        from alliance_check.parse.table.refused import no_table

        raise no_table(sheets, words)
    best = max(table.rank for table in found)
    first, *others = sorted(
        (table for table in found if table.rank == best),
        key=lambda table: -sum(map(len, table.lines)),
    )
    # Two sheets that agree are one list.
    if any(not other.says_no_more_than(first) for other in others):
        raise _tie(first, others)
    unused = [table for table in found if table is not first]
    if unused:
        _refuse_others(first, unused)
    words = first.words
    words.headers = tuple(header_texts(first.sheet.rows[first.candidate.row - 1]))
    table = PartnerTable(
        sheet=first.sheet,
        first_row=first.candidate.first,
        header_row=first.candidate.row,
        columns=first.candidate.columns,
        last_row=first.last_row,
        words=words,
        notes=tuple(_notes(first, unused)),
        others=tuple(s for s in book.sheets if s is not first.sheet and not s.hidden),
    )
    return settle_columns(table)


def _refuse_others(used: _SheetTable, unused: Sequence[_SheetTable]) -> None:
    """Raise NoTable where another table of the same sheet names organisations of its own."""
    known = {fold(name) for _, name, _ in used.entries()}
    for table in unused:
        for number, name, country in table.entries():
            if table.sheet is used.sheet and country and fold(name) not in known:
                cell = Cell(table.sheet.name, number, table.candidate.columns["name"][0].number)
                raise NoTable(
                    'The table at {place} names "{name}" ({cell}), whom the table of partners '
                    "at {used} does not; put all partners into one table, and others on a sheet "
                    "of their own.",
                    place=table.place,
                    name=name[:_LONGEST_NAME],
                    cell=str(cell),
                    used=used.place,
                )


def _sheet_named(book: Workbook, name: str) -> Sheet:
    exact = [sheet for sheet in book.sheets if sheet.name == name]
    alike = exact or [s for s in book.sheets if s.name is not None and fold(s.name) == fold(name)]
    if not alike:
        there = listed(f'"{s.name}"' for s in book.sheets if s.name is not None)
        known = f"there are {there}" if there else "a text file has no sheets"
        raise WrongUsage('--sheet: there is no sheet "{name}"; {known}.', name=name, known=known)
    return alike[0]


def _tables(sheet: Sheet, words: Dictionary) -> Iterable[_SheetTable]:
    """Yield the tables of a sheet; each ends where the next one begins."""
    last = 0
    while (candidate := _first_whole(sheet, words, last + 1)) is not None:
        last = _last_row(sheet, candidate, words)
        if any(not _empty(row) for row in sheet.rows[candidate.row : last]):
            yield _SheetTable(sheet, candidate, last, words)


def _without_countries(sheet: Sheet, words: Dictionary) -> Iterable[_SheetTable]:
    """Yield the first table whose countries stand in its names, or in headings above its rows.

    Its column of names is its column of countries.
    """
    for candidate in candidates(sheet, words):
        columns = candidate.columns
        if "name" not in columns or "country" in columns or not {"type", "role"} & columns.keys():
            continue
        name, last = columns["name"][0].number, len(sheet.rows)
        lines = [filled_cells(row) for row in sheet.rows[candidate.row : last]]
        names = [c for line in lines if len(line) > 1 for n, c in line if n == name]
        headings = [text_of(line[0][1]) for line in lines if len(line) == 1]
        inside = sum(isinstance(c, str) and words.country_of_name(c) != "" for c in names)
        above = sum(words.country(heading_text(text)) is not None for text in headings)
        if names and (inside >= _MOST_NAMES * len(names) or above > 1):
            yield _SheetTable(
                sheet,
                candidate._replace(columns={**columns, "country": columns["name"]}),
                last,
                words,
            )
            return


def _by_contents(sheet: Sheet, words: Dictionary) -> Iterable[_SheetTable]:
    """Yield the tables of a sheet, read as if somebody had said what its unknown headers mean."""
    found = find_by_contents(sheet, words)
    if found is not None and found.taken:
        notes = tuple(read_by_contents(o.field, o.header, o.cell.column) for o in found.taken)
        for table in _tables(sheet, with_headers(words, found.taken)):
            yield table._replace(notes=notes)


def _first_whole(sheet: Sheet, words: Dictionary, first: int) -> Candidate | None:
    there = (c for c in candidates(sheet, words, first) if c.first >= first and c.whole)
    return next(there, None)


def _last_row(sheet: Sheet, candidate: Candidate, words: Dictionary) -> int:
    for number in range(candidate.row + 1, len(sheet.rows) + 1):
        row = sheet.rows[number - 1]
        if not is_header(row, words):
            continue
        if not repeats(candidate.columns, row, words) or _titled(sheet, number, words):
            if number > SEARCHED:  # it would not be found as a table, and its rows be lost
                raise NoTable(
                    "At {place} another table begins far below the first; leave one of them in the "
                    "sheet.",
                    place=str(Cell(sheet.name, number, 1)),
                )
            return number - 1
    return len(sheet.rows)


def _titled(sheet: Sheet, number: int, words: Dictionary) -> bool:
    """Say whether above a header stands, below a gap, a title that is no heading of partners."""
    above = [header_texts(row) for row in sheet.rows[number - 3 : number - 1]]
    if len(above) < 2 or above[0] or len(above[1]) != 1:
        return False
    return not heads_partners(above[1][0], words)


def _empty(row: Sequence[Content]) -> bool:
    return all(blank(content) for content in row)


def _notes(found: _SheetTable, unused: Sequence[_SheetTable]) -> Iterable[Message]:
    yield from found.notes
    if found.sheet.hidden:
        yield say("The sheet {sheet} is hidden.", sheet=found.sheet.name or "")
    if unused:
        places = listed(table.place for table in unused)
        yield say("Another table of partners was not used: {places}.", places=places)
    for field, columns in found.candidate.columns.items():
        if field not in _SEVERAL and len(columns) > 1:
            yield _unused_columns(columns[0], columns[1:], found)


_SEVERAL = frozenset(
    {
        *("country", "share", "total"),
        *("acronym", "address", "city", "contact", "email", "legal_form", "notes", "number"),
        *("phone", "project", "region", "sector", "size", "tax", "website"),
    }
)
"""Fields of which all columns are read, or none."""


def _unused_columns(
    used: FieldColumn, others: Sequence[FieldColumn], found: _SheetTable
) -> Message:
    def place(column: FieldColumn) -> str:
        return f'"{column.text}" ({Cell(None, found.candidate.row, column.number)})'

    return say(
        "The column {used} was read, not {others}, which means the same.",
        used=place(used),
        others=listed(place(column) for column in others),
    )


def _tie(first: _SheetTable, others: Sequence[_SheetTable]) -> NoTable:
    places = listed(table.place for table in (first, *others))
    sheets = {table.sheet.name for table in (first, *others)}
    if len(sheets) == 1:
        return NoTable(
            "Tables of partners stand at {places}, none better than another; leave one of them in "
            "the sheet.",
            places=places,
        )
    option = f'--sheet "{first.sheet.name}"'
    only = _only_in_one(first, next(o for o in others if o.sheet is not first.sheet))
    if not only:
        return NoTable(
            "Tables of partners stand at {places}, none better than another, and they do not say "
            "the same; name the one that holds, as in {option}.",
            places=places,
            option=option,
        )
    return NoTable(
        "Tables of partners stand at {places}, none better than another, and only one of them "
        "names {only}; name the one that holds, as in {option}.",
        places=places,
        only=listed(f'"{name[:_LONGEST_NAME]}" ({cell})' for cell, name in only),
        option=option,
    )


def _only_in_one(first: _SheetTable, other: _SheetTable) -> list[tuple[Cell, str]]:
    """Return the cells and names of those whom only one of two tables names."""
    known = [{fold(name) for _, name, _ in table.entries()} for table in (first, other)]
    return [
        (Cell(table.sheet.name, row, table.candidate.columns["name"][0].number), name)
        for table, there in ((first, known[1]), (other, known[0]))
        for row, name, _ in table.entries()
        if fold(name) not in there
    ]


def legibility(book: Workbook, sheet: str | None, words: Dictionary) -> tuple[int, int]:
    """Return how many countries are known in a workbook, and how many headers, types and roles."""
    try:
        table = find_table(book, sheet, words)
    except AllianceCheckError:
        return (0, 0)
    rows = sort_rows(table).partners
    countries = sum(words.country(row.text("country")) is not None for row in rows)
    types = sum(bool(words.kinds(row.text("type")).kinds) for row in rows)
    roles = sum(words.role(row.text("role")) is not Role.UNKNOWN for row in rows)
    return (countries, len(table.columns) + types + roles)
