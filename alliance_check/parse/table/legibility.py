"""How much of a text makes sense: in the right encoding, the names of countries do."""

from __future__ import annotations

from alliance_check.model.consortium import Role, Workbook
from alliance_check.model.errors import AllianceCheckError
from alliance_check.parse.table.find import find_table
from alliance_check.parse.table.rows import sort_rows
from alliance_check.vocabulary.dictionary import Dictionary


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
