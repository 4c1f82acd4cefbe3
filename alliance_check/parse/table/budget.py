"""Read a budget sheet: what its columns of money add up to, as the grant or the total.

Project offices keep the budget by partner on a sheet of its own, with a row of totals below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from alliance_check.model.consortium import Cell, Content, Sheet
from alliance_check.parse.table.header_fields import MONEY, fields_of
from alliance_check.parse.table.values import Column, Labelled, blank, text_of
from alliance_check.vocabulary.amounts import read_amount
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.headers import Header
from alliance_check.vocabulary.words import is_total

_SEARCHED = 50
"""How far down the header of a budget is looked for."""
_FEWEST = 2
_FIELDS = {"share": "grant", "total": "total"}


def budget_sums(sheet: Sheet, words: Dictionary) -> Iterator[Labelled]:
    """Yield the grant and the total that the columns of a budget sheet add up to, in their unit.

    The row of totals is what its author says; without one the amounts are added up. A column in
    which a cell is no amount yields that cell, so that the sum is known to be unread.
    """
    for number, row in enumerate(sheet.rows[:_SEARCHED], start=1):
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


def _whole(columns: Sequence[Column]) -> Column | None:
    return next((column for column in columns if not column.part), None)


def _sum(
    sheet: Sheet, header_row: int, places: tuple[int, Column], name: str
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
    unread = next((one for one, amount in zip(amounts, read, strict=True) if amount is None), None)
    if unread is not None:
        if any(amount is not None for amount in read):
            yield Labelled(header, unread[1], unread[0], label)
        return
    total = sum((amount for amount in read if amount is not None), Decimal(0))
    yield Labelled(header, total, amounts[0][0], label)
