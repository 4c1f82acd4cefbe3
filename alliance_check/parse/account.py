"""What each filled cell and each comment of the sheet is for.

A text is *used* where it is a field that a rule or the report reads, *applied* where it stands
beside that and changes what is known of a partner, and *open* where nobody knows what it says. All
others are *inert*: they are known to say nothing of eligibility, or somebody has said so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import NamedTuple

from alliance_check.model.consortium import Partner, Presence
from alliance_check.model.sheet import (
    Cell,
    Remark,
    Sheet,
)
from alliance_check.parse.consortium.draft import Basis, finished
from alliance_check.parse.remarks.gathered import comments
from alliance_check.parse.table.rows import Sorted
from alliance_check.parse.table.values import filled_cells, text_of

USED = (
    *("name", "country", "type", "role", "status", "counts_as", "charter", "pact"),
    *("share", "total", "pic", "oid", "ecosystem"),
)
"""The fields that a check reads, in the order in which they are shown."""
_USED_TOO = ("charter_until", "erasmus_code", "parent", "city", "number")
"""What is read beside them, and shown nowhere."""
LABEL = "label"
"""The field of a cell that says something of the project, or labels what does."""


class Use(Enum):
    """What a text is for."""

    USED = "used"
    INERT = "inert"
    APPLIED = "applied"
    OPEN = "open"


class Item(NamedTuple):
    """A filled cell or a comment: what it is for, as which field, and beside which partners."""

    remark: Remark
    use: Use
    field: str = ""
    partners: tuple[str, ...] = ()


def account(basis: Basis, rows: Sorted, sheet: Sheet) -> tuple[Item, ...]:
    """Return every filled cell and every comment of the sheet once, in its order.

    *sheet* is that of the table before merged values are spread.
    """
    consortium = finished(basis).consortium
    partners = consortium.partners
    in_row = {n: (row.text("name"),) for row in basis.rows for n in (row.number, *row.further)}
    below: dict[_Spot, list[str]] = defaultdict(list)
    for partner in partners:
        for remark in partner.open:
            below[_place(remark)].append(partner.name)
    opened = set(below)
    applied = {_place(r) for r in basis.applied if r.cell.sheet == basis.table.sheet.name}
    noted = {cell for cell, _ in applied}
    otherwise = {cell for one in partners for cell in _saying_otherwise(one, basis)}
    applied |= {(cell, False) for cell in otherwise - noted}
    grant = consortium.project.grant
    read = dict.fromkeys(() if grant is None else grant.cells, "share")
    fields = read | dict(_fields(basis, rows))
    fields = dict(_with_headers(basis, fields, {c for c, _ in opened | applied}))
    blanks = {remark for partner in partners for remark in partner.open if not remark.text}

    def item(remark: Remark) -> Item:
        place = _place(remark)
        field = "" if remark.comment else fields.get(remark.cell, "")
        use = Use.USED if field else Use.INERT
        use = Use.OPEN if place in opened else Use.APPLIED if place in applied else use
        partners = in_row.get(remark.cell.row) or tuple(below.get(place, ()))
        return Item(remark, use, field, partners)

    return tuple(map(item, _standing(sheet, basis, blanks)))


_Spot = tuple[Cell, bool]


def _place(remark: Remark) -> _Spot:
    return remark.cell, remark.comment


def _standing(sheet: Sheet, basis: Basis, blanks: AbstractSet[Remark]) -> Iterator[Remark]:
    """Yield the text of every filled cell, every comment, and what is open although it is blank."""
    written = dict(comments(basis.table))
    for blank in blanks:
        written[blank.cell.row] = [*written.get(blank.cell.row, ()), blank]
    for number, row in enumerate(sheet.rows, start=1):
        for column, content in filled_cells(row):
            yield Remark(Cell(sheet.name, number, column), text_of(content))
        yield from written.pop(number, ())
    for further in written.values():
        yield from further


def _fields(basis: Basis, rows: Sorted) -> Iterator[tuple[Cell, str]]:
    """Yield the cells that are read as a field of a partner, or of the project."""
    table, name = basis.table, basis.table.sheet.name
    for found in basis.labels.values():
        yield from ((cell, LABEL) for one in found for cell in (one.cell, one.label))
    columns = [
        (field, column.number)
        for field in (*_USED_TOO, *USED)
        for place, column in enumerate(table.columns.get(field, ()))
        if not place or field in {"country", "type", "share", "total"}
    ]
    columns += [(field, number) for number, (field, _) in table.ticks.items()]
    columns += [(LABEL, table.by)] if table.by is not None else []
    for row in basis.rows:
        yield from ((Cell(name, row.number, number), field) for field, number in columns)
        yield from ((cell, field) for field, cell in row.cells.items() if field in USED)
    for total in rows.totals:
        money = [(f, n) for f, n in columns if f in {"share", "total"}]
        yield from ((Cell(name, total, number), field) for field, number in money)


def _with_headers(
    basis: Basis, fields: Mapping[Cell, str], others: set[Cell]
) -> Mapping[Cell, str]:
    """Add the headers of the columns in which something is read; *others* are read as remarks."""
    table = basis.table
    within = {row.number for row in basis.rows}
    columns = {cell.column: "remarks" for cell in others if cell.row in within}
    columns |= {cell.column: field for cell, field in fields.items() if cell.row in within}
    lines = range(table.first_row, table.header_row + 1)
    headers = {
        Cell(table.sheet.name, line, column): field
        for line in lines
        for column, field in columns.items()
    }
    return {**headers, **fields}


def _saying_otherwise(partner: Partner, basis: Basis) -> Iterator[Cell]:
    """Yield the cells that say the role or the status of a partner, but are no such column."""
    own = {
        column.number
        for field in ("role", "status")
        for column in basis.table.columns.get(field, ())
    }
    said = ["role"] if "role" in partner.cells else []
    said += ["status"] if partner.presence is not Presence.CONFIRMED else []
    for field in said:
        cell = partner.cells[field]
        if cell.column not in own or cell.row != partner.row:
            yield cell
