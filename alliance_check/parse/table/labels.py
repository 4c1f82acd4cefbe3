"""Find what a workbook says of the project: labelled cells, titles, and sums on a budget sheet.

Labels stand on a sheet of their own, above, below or to the right of the table of partners; titles
are short texts above the table, or beside labels. Project offices keep the budget by partner on a
sheet of its own, with a row of totals below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from alliance_check.model.sheet import (
    Cell,
    Content,
    Sheet,
    Workbook,
)
from alliance_check.parse.table.header_fields import MONEY, fields_of
from alliance_check.parse.table.values import (
    FieldColumn,
    Labelled,
    PartnerTable,
    blank,
    filled_cells,
    in_shown_unit,
    text_of,
)
from alliance_check.text.folding import fold
from alliance_check.vocabulary.amounts import names_its_unit, read_amount
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.headers import Header, read_label
from alliance_check.vocabulary.remark_headers import is_inert, is_number_of
from alliance_check.vocabulary.words import is_total

_SEARCHED = 200
"""How many rows of a sheet may hold labels and titles."""
_LONGEST, _LONGEST_TITLE = 120, 200
"""Letters; what is longer is a note."""
_SMALLEST, _LARGEST = 100_000, 20_000_000
"""What a grant of these calls may be, in EUR; what is larger is mostly the number of something."""
NAMES = ("title", "acronym")
"""What the workbook calls the project."""
_SHEETS = frozenset(
    {
        *("project", "prosjekt", "projekt", "projet", "proyecto", "progetto", "projeto"),
        *("proiect", "hanke", "project data", "project info", "project information", "general"),
    }
)
_HEADED_BY = 50
"""How far down the header of a budget is looked for."""
_FEWEST = 2
"""Amounts that make a sum."""
_FIELDS = {"share": "grant", "total": "total"}


def labelled(book: Workbook, table: PartnerTable) -> Mapping[str, list[Labelled]]:
    """Return what the workbook says of the project, by field; blank values say nothing.

    The call and the lot that a title names are given as if the title were their label. What a
    hidden sheet says counts only where no visible one says anything of the field.
    """
    found: dict[str, list[Labelled]] = defaultdict(list)
    for sheet, rows in sorted(_places(book, table), key=lambda place: place[0].hidden):
        seen = frozenset(found) if sheet.hidden else frozenset[str]()
        for number, row in rows:
            for one in _in_row(sheet, number, row):
                if one.header.field not in seen:
                    found[one.header.field].append(one)
    for sheet in book.sheets:
        if sheet.name != table.sheet.name and not (sheet.hidden or _holds_labels(sheet)):
            for one in _budget_sums(sheet, table.words):
                found[one.header.field].append(one)
    return _with_titles(book, table, found)


def _places(
    book: Workbook, table: PartnerTable
) -> Iterator[tuple[Sheet, Iterator[tuple[int, tuple[Content, ...]]]]]:
    edge = _right_edge(table)
    yield (table.sheet, ((n, row) for n, row in _outside(table, edge)))
    for sheet in book.sheets:
        if sheet.name != table.sheet.name and _holds_labels(sheet):
            yield sheet, enumerate(iter(sheet.rows[:_SEARCHED]), start=1)


def _outside(table: PartnerTable, edge: int) -> Iterator[tuple[int, tuple[Content, ...]]]:
    """Yield the rows of a sheet without what stands in the table; *edge* is its last column."""
    fields = {column.number for columns in table.columns.values() for column in columns}
    for number, row in enumerate(table.sheet.rows, start=1):
        if number < table.first_row or tells_of_project(table, number, row):
            yield number, row
        elif any(not blank(content) for content in row[edge:]):
            beyond = ("" if n in fields else c for n, c in enumerate(row[edge:], start=edge + 1))
            yield number, ("",) * edge + tuple(beyond)


def _right_edge(table: PartnerTable) -> int:
    """Return the last column of the table, before the first empty one to its right."""
    below = table.sheet.rows[table.first_row - 1 : table.last_row]
    width = max(map(len, below), default=0)
    known = max(column.number for name in ("name", "country") for column in table.columns[name])
    return next(
        (n for n in range(known, width) if all(blank(row[n]) for row in below if n < len(row))),
        width,
    )


def tells_of_project(table: PartnerTable, number: int, row: tuple[Content, ...]) -> bool:
    """Say whether a row below the header of a table is but a label and a value, no partner.

    A sum in a column of money is one of the table, and a country makes a partner.
    """
    filled = filled_cells(row)
    if number <= table.header_row or not 1 <= len(filled) <= 2 or not isinstance(filled[0][1], str):
        return False
    text = text_of(filled[0][1])
    if len(filled) == 1:
        text, colon, value = text.partition(":")
        return bool(colon and value.strip()) and _of_project(text)
    column, value = filled[1][0], text_of(filled[1][1])
    money = {c.number for field in ("share", "total") for c in table.columns.get(field, ())}
    return column not in money and _of_project(text) and table.words.country(value) is None


def _may_be_money(label: str, sheet: Sheet, cell: Cell, content: Content) -> bool:
    """Say whether a value below an unknown label may be the grant.

    It is an amount that names its currency, or one of a size that such a project may ask for.
    """
    amount = read_amount(content)
    if amount is None:
        return False
    shown = (cell.row, cell.column) in sheet.formats
    named = isinstance(content, str) and names_its_unit(content)
    return shown or named or may_be_grant(label, amount)


def may_be_grant(label: str, amount: Decimal) -> bool:
    """Say whether an amount has the size of a grant, and its label is about nothing else."""
    return _SMALLEST <= amount <= _LARGEST and may_name_grant(label)


def may_name_grant(label: str) -> bool:
    """Say whether a label is about nothing of which a large number says no more."""
    return not (is_inert(label) or is_number_of(label))


def _of_project(text: str) -> bool:
    header = read_label(text) if len(text) <= _LONGEST else None
    return header is not None and header.field not in {"ignored", *NAMES}


def _holds_labels(sheet: Sheet) -> bool:
    """Say whether a sheet is named after the project, or has but two columns."""
    if fold(sheet.name or "") in _SHEETS:
        return True
    columns = {
        number
        for row in sheet.rows[:_SEARCHED]
        for number, content in enumerate(row)
        if not blank(content)
    }
    return len(columns) <= 2


def _in_row(sheet: Sheet, number: int, row: tuple[Content, ...]) -> Iterator[Labelled]:
    """Yield each label of a row with the next filled cell, or with what follows its colon."""
    filled = filled_cells(row)
    for place, (column, content) in enumerate(filled):
        if not isinstance(content, str) or len(content) > _LONGEST:
            continue
        header = read_label(content)
        if header is not None:
            if place + 1 < len(filled):
                value_column, value = filled[place + 1]
                if not (isinstance(value, str) and read_label(value)):
                    beside = Cell(sheet.name, number, value_column)
                    shown = in_shown_unit(header, sheet, beside)
                    yield Labelled(shown, value, beside, Cell(sheet.name, number, column))
            continue
        if place + 1 < len(filled) and place == 0 and len(filled) == 2:
            beside = Cell(sheet.name, number, filled[1][0])
            if _may_be_money(text_of(content), sheet, beside, filled[1][1]):
                unknown = Header("unread-amount")
                yield Labelled(unknown, filled[1][1], beside, Cell(sheet.name, number, column))
        label, colon, value = text_of(content).partition(":")
        header = read_label(label) if colon and value.strip() else None
        if header is not None:
            cell = Cell(sheet.name, number, column)
            yield Labelled(header, value.strip(), cell, cell)


def _budget_sums(sheet: Sheet, words: Dictionary) -> Iterator[Labelled]:
    """Yield the grant and the total that the columns of a budget sheet add up to, in their unit.

    The row of totals is what its author says; without one the amounts are added up. A column in
    which a cell is no amount yields that cell, so that the sum is known to be unread.
    """
    for number, row in enumerate(sheet.rows[:_HEADED_BY], start=1):
        found = fields_of(row, words)
        money = {name: found[name] for name in sorted(MONEY & found.keys())}
        first = next((n for n, content in enumerate(row, start=1) if not blank(content)), 0)
        columns = {name: _whole(every) for name, every in money.items()}
        if "country" in found:
            return  # a list of partners, perhaps an older one
        if first and any(column is not None for column in columns.values()):
            for name, column in columns.items():
                if column is not None and column.number != first:
                    yield from _sum(sheet, number, (first, column), _FIELDS[name])
            return


def _whole(columns: Sequence[FieldColumn]) -> FieldColumn | None:
    return next((column for column in columns if not column.part), None)


def _sum(
    sheet: Sheet, header_row: int, places: tuple[int, FieldColumn], name: str
) -> Iterator[Labelled]:
    named, column = places
    amounts: list[tuple[Cell, Content]] = []
    label = Cell(sheet.name, header_row, column.number)
    header = Header(name, column.header.factor, column.header.foreign)
    for number, row in enumerate(sheet.rows[header_row:], start=header_row + 1):
        content = row[column.number - 1] if column.number <= len(row) else ""
        called = text_of(row[named - 1]) if named <= len(row) else ""
        if blank(content):
            if amounts and not any(not blank(cell) for cell in row):
                break
            continue
        cell = Cell(sheet.name, number, column.number)
        if is_total(called):
            yield Labelled(header, content, cell, label)
            return
        amounts.append((cell, content))
    read = [read_amount(content) for _, content in amounts]
    if len(read) < _FEWEST:
        return
    *others, last = read
    if last is not None and len(others) >= _FEWEST and last == sum(filter(None, others)):
        yield Labelled(
            header, amounts[-1][1], amounts[-1][0], label
        )  # a sum, whatever it is called
        return
    unread = next((one for one, amount in zip(amounts, read, strict=True) if amount is None), None)
    if unread is not None:
        if any(amount is not None for amount in read):
            yield Labelled(header, unread[1], unread[0], label)
        return
    total = sum((amount for amount in read if amount is not None), Decimal(0))
    yield Labelled(header, total, amounts[0][0], label)


def _with_titles(
    book: Workbook, table: PartnerTable, labels: Mapping[str, list[Labelled]]
) -> Mapping[str, list[Labelled]]:
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


def _titles(book: Workbook, table: PartnerTable) -> Iterator[tuple[Cell, str]]:
    yield from _texts(table.sheet, table.sheet.rows[: table.first_row - 1])
    for sheet in book.sheets:
        if sheet.name != table.sheet.name and not sheet.hidden and _holds_labels(sheet):
            yield from _texts(sheet, sheet.rows[:_SEARCHED])


def _texts(sheet: Sheet, rows: Iterable[tuple[Content, ...]]) -> Iterator[tuple[Cell, str]]:
    for number, row in enumerate(rows, start=1):
        for column, content in filled_cells(row):
            if isinstance(content, str) and len(content) <= _LONGEST_TITLE:
                yield Cell(sheet.name, number, column), text_of(content)
