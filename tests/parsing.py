"""From a table written in a test to what is understood of it."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_check.model.consortium import Partner
from alliance_check.model.sheet import (
    Content,
    Sheet,
    Workbook,
)
from alliance_check.parse import Parsed, PartnerTable, Reading, find_table, parse_all

Rows = Sequence[Sequence[Content]]

HEADER = ("Partner name", "Country", "Organisation type", "Role")
BREMEN = ("Universität Bremen", "Germany", "University", "Coordinator")
NARVIK = ("Narvik verft AS", "Norway", "SME", "Full partner")


def sheet(rows: Rows, name: str | None = "Partners", *, hidden: bool = False) -> Sheet:
    """Return a sheet as the readers make it."""
    return Sheet(name, tuple(tuple(row) for row in rows), hidden)


def book(*sheets: Sheet | Rows) -> Workbook:
    """Return a workbook of sheets, or of one table."""
    return Workbook(tuple(s if isinstance(s, Sheet) else sheet(s) for s in sheets))


def table_of(*sheets: Sheet | Rows, name: str | None = None) -> PartnerTable:
    """Return the table that is found."""
    return find_table(book(*sheets), name)


def parsed(*sheets: Sheet | Rows, reading: Reading | None = None) -> Parsed:
    """Return what is understood of a workbook."""
    (one,) = parse_all(book(*sheets), reading or Reading())
    return one.parsed


def partners(*rows: Sequence[Content], header: Sequence[Content] = HEADER) -> tuple[Partner, ...]:
    """Return the partners of the rows below a header."""
    return parsed([header, *rows]).consortium.partners


def problem_ids(found: Parsed) -> list[str]:
    """Return the ids of the problems, with the cell of each."""
    return [f"{p.id} {p.cell}" if p.cell else p.id for p in found.problems]
