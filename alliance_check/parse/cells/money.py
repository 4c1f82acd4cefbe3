"""Columns of money: what each row says, and what they add up to.

Several columns may tell of one amount: parts of it by work package, and the whole. Where they do
not agree the amount is a range, and the problem names the cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from alliance_check.model.consortium import (
    Amount,
    Gap,
    Partner,
    Presence,
    Role,
    Said,
)
from alliance_check.model.message import eur, listed, say
from alliance_check.model.sheet import (
    Cell,
    Content,
    Fault,
    Problem,
)
from alliance_check.parse.cells import problems
from alliance_check.parse.table.rows import Sorted
from alliance_check.parse.table.values import Entry, FieldColumn, PartnerTable, Row, text_of
from alliance_check.vocabulary.amounts import read_amount
from alliance_check.vocabulary.words import read_said

_MUST_HAVE = frozenset({Role.COORDINATOR, Role.FULL_PARTNER, Role.AFFILIATED_ENTITY, Role.UNKNOWN})
"""Roles whose blank share leaves the sum open; the others have none."""
_ROUNDING = Decimal(1)
"""By how many EUR two sayings of one amount may differ."""


class Money(NamedTuple):
    """The amount of one row in EUR, as a range where the cells differ, and why there is none."""

    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    gap: Gap = Gap.NONE
    cells: tuple[Cell, ...] = ()

    @property
    def exact(self) -> Decimal | None:
        """The amount, where it is one number."""
        return self.low if self.gap is Gap.NONE and self.low == self.high else None


def read_money(row: Row, name: str) -> Money:
    """Return what all cells of a row say of an amount."""
    entries = row.money.get(name, ())
    read = [(entry, _amount(entry)) for entry in entries if not _says_nothing(entry.content)]
    cells = tuple(entry.cell for entry, _ in read)
    if not read:
        return Money(gap=Gap.BLANK, cells=tuple(entry.cell for entry in entries))
    if any(amount is None for _, amount in read):
        return Money(gap=Gap.UNREAD, cells=cells)
    sayings = [amount for entry, amount in read if amount is not None and not entry.column.part]
    parts = [amount for entry, amount in read if amount is not None and entry.column.part]
    sayings += [sum(parts, Decimal(0))] if parts else []
    low, high = min(sayings), max(sayings)
    return Money(low, low if high - low <= _ROUNDING else high, Gap.NONE, cells)


def _says_nothing(content: Content) -> bool:
    return isinstance(content, str) and read_said(text_of(content)) is Said.BLANK


def _amount(entry: Entry) -> Decimal | None:
    header = entry.column.header
    return None if header.foreign else read_amount(entry.content, header.factor)


def add_up(
    table: PartnerTable,
    rows: Sorted,
    partners: Sequence[Partner],
    name: str,
    read_row: Callable[[Row, str], Money] = read_money,
) -> tuple[Amount | None, list[Problem]]:
    """Return what a column adds up to; None where it is blank throughout.

    A partner that is only possible, a second row of one organisation and a subcontractor, whose
    costs are those of a partner, make the sum a range; so does a row of totals that says otherwise.
    *read_row* may know already what the cells of a row say.
    """
    read = [
        (row, partner, read_row(row, name))
        for row, partner in zip(rows.partners, partners, strict=True)
    ]
    present = [one for one in read if one[1].presence is not Presence.DECLINED]
    problems = [problem for row, _, money in present for problem in _problems(row, name, money)]
    cells = [cell for _, _, money in present if money.gap is Gap.NONE for cell in money.cells]
    groups = _organisations(present)
    gap = _gap(groups)
    if not cells and gap is not Gap.UNREAD:
        return None, []
    every: list[Cell] = cells or [e.cell for row in rows.partners for e in row.money[name]]
    low = sum(map(_at_least, groups), Decimal(0))
    high = sum((m.high for _, _, m in present), Decimal(0))
    if gap is not Gap.NONE:
        return Amount(low, None, _range(every), gap, tuple(every)), problems
    all_rows = sum((m.high for _, _, m in read), Decimal(0))
    for cell, stated in _stated(table, name, rows.totals, (low, high, all_rows)):
        problems.append(_wrong_sum(name, cell, stated, (low, high)))
        low, high, every = min(low, stated), max(high, stated), [*every, cell]
    return Amount(low, high, _range(every), gap, tuple(every)), problems


_Share = tuple[Row, Partner, Money]


def _organisations(present: Sequence[_Share]) -> list[list[_Share]]:
    """Return the rows of each organisation, the one that stands for it first."""
    groups = [[one] for one in present if one[1].same_as is None]
    by_name = {group[0][1].cells["name"]: group for group in reversed(groups)}
    for one in present:
        if one[1].same_as is not None:
            group = by_name.get(one[1].same_as)
            if group is None:
                groups.append([one])
            else:
                group.append(one)
    return groups


def _gap(groups: Sequence[Sequence[_Share]]) -> Gap:
    """Return why the sum is open: a share that is not read, or an organisation without any."""
    every = [money.gap for group in groups for _, _, money in group]
    if Gap.UNREAD in every:
        return Gap.UNREAD
    silent = [group for group in groups if all(m.gap is Gap.BLANK for _, _, m in group)]
    owing = any(partner.role in _MUST_HAVE for group in silent for _, partner, _ in group)
    return Gap.BLANK if owing else Gap.NONE


def _at_least(group: Sequence[_Share]) -> Decimal:
    """Return what an organisation surely adds: the least of what its rows say, if it takes part."""
    first = group[0][1]
    confirmed = first.presence is Presence.CONFIRMED or first.twin_differs
    said = [money.low for _, _, money in group if money.gap is Gap.NONE]
    outside = any(partner.role is Role.SUBCONTRACTOR for _, partner, _ in group)
    sure = confirmed and first.same_as is None and not outside
    return min(said, default=Decimal(0)) if sure else Decimal(0)


def _stated(
    table: PartnerTable, name: str, totals: Sequence[int], sums: Iterable[Decimal]
) -> list[tuple[Cell, Decimal]]:
    """Return the cell in a single row of totals that says something else than any of the sums."""
    whole = [column for column in table.columns[name] if not column.part]
    if len(totals) != 1 or not whole:
        return []
    content, cell = _at(table, totals[0], whole[0])
    stated = _amount(Entry(whole[0], cell, content))
    if stated is None or any(abs(stated - one) <= _ROUNDING for one in sums):
        return []
    return [(cell, stated)]


def _at(table: PartnerTable, number: int, column: FieldColumn) -> tuple[Content, Cell]:
    row = table.sheet.rows[number - 1]
    content = row[column.number - 1] if column.number <= len(row) else ""
    return content, Cell(table.sheet.name, number, column.number)


def _range(cells: Sequence[Cell]) -> str:
    """Return the rectangle in which the cells lie."""
    rows, columns = [cell.row for cell in cells], [cell.column for cell in cells]
    first = Cell(cells[0].sheet, min(rows), min(columns))
    last = Cell(cells[0].sheet, max(rows), max(columns))
    return str(first) if first == last else f"{first}:{last.address}"


def _problems(row: Row, name: str, money: Money) -> list[Problem]:
    if money.gap is Gap.NONE and money.low != money.high:
        places = listed(cell.address for cell in money.cells)
        message = say("the cells {places} give different amounts", places=places)
        return [Problem(f"mismatch-{name}", money.cells[0], "", message, say("Make them agree."))]
    if money.gap is not Gap.UNREAD:
        return []
    wrong = [e for e in row.money[name] if not _says_nothing(e.content) and _amount(e) is None]
    return [_unread(entry, name) for entry in wrong]


def _wrong_sum(name: str, cell: Cell, stated: Decimal, rows: tuple[Decimal, Decimal]) -> Problem:
    low, high = map(eur, rows)
    message = say(
        "the sum stated here is {stated}, the rows add up to {rows}",
        stated=eur(stated),
        rows=low if low == high else f"{low} to {high}",
    )
    return Problem(f"mismatch-{name}", cell, "", message, say("Correct the rows or the sum."))


def _unread(entry: Entry, name: str) -> Problem:
    if isinstance(entry.content, Fault):
        return problems.faulty(entry.cell, entry.content)
    what = say('"{value}" cannot be read as an amount')
    hint = say("Write the amount in EUR, such as 120000.")
    if entry.column.header.foreign:
        what = say('"{value}" is in a currency or unit that is not converted')
        hint = say("Give the amount in EUR.")
    value = text_of(entry.content)
    return Problem(f"unread-{name}", entry.cell, value, what.about(value), hint)
