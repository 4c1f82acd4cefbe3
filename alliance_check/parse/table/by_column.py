"""A long table of many consortia: which column tells them apart, and the rows of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import listed
from alliance_check.parse.table.rows import Sorted
from alliance_check.parse.table.values import Table, text_of
from alliance_check.text.folding import fold

_CORDIS = {"projectid", "activitytype"}


def grouping(table: Table, by: str | None) -> int | None:
    """Return the number of the column that tells the consortia apart; None for a single one.

    *by* is the header of that column; without it the organisation table of CORDIS is known by its
    headers. Raises WrongUsage when there is no such column.
    """
    header = table.sheet.rows[table.header_row - 1]
    texts = {fold(text_of(content)): n for n, content in enumerate(header, start=1)}
    if by is not None:
        if fold(by) not in texts:
            there = listed((f'"{text_of(content)}"' for content in header), 20)
            raise WrongUsage(
                '--by: there is no column "{by}"; there are {there}.', by=by, there=there
            )
        return texts[fold(by)]
    return texts["projectid"] if set(texts) >= _CORDIS else None


def split(table: Table, rows: Sorted, column: int) -> Mapping[str, Sorted]:
    """Return the rows of each consortium by its name, in the order of the table."""
    found: dict[str, Sorted] = defaultdict(Sorted)
    for row in rows.partners:
        content = table.sheet.rows[row.number - 1]
        name = text_of(content[column - 1]) if column <= len(content) else ""
        found[name].partners.append(row)
    return found
