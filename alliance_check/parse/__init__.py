"""Sheets to a consortium: the only place where text becomes meaning.

Wrong cells are values: each becomes a problem with its cell and the way out, and the rest of the
sheet is read all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from alliance_check.model.sheet import Workbook
from alliance_check.parse.consortium.draft import Parsed, basis_of, finished, with_all_possible
from alliance_check.parse.table.find import find_table
from alliance_check.parse.table.labels import labelled
from alliance_check.parse.table.many import column_named, find_results, grouping, projects, split
from alliance_check.parse.table.rows import Sorted, sort_rows
from alliance_check.parse.table.values import Given, Labelled, PartnerTable
from alliance_check.vocabulary.amounts import read_months, read_project_amount
from alliance_check.vocabulary.dictionary import Dictionary, OwnWords

if TYPE_CHECKING:
    from alliance_check.parse.cells.charters import CharterList

__all__ = [
    "Dictionary",
    "Given",
    "Named",
    "OwnWords",
    "Parsed",
    "PartnerTable",
    "Reading",
    "column_named",
    "find_table",
    "finished",
    "grouping",
    "parse_all",
    "read_months",
    "read_project_amount",
    "with_all_possible",
]


@dataclass(frozen=True)
class Reading(Given):
    """How a file is to be read, and what the caller says of the project.

    *sheet* names the sheet with the partners, *by* the header of the column that tells many
    consortia apart; *words* are an office's own; *skip_hidden* leaves hidden rows out;
    *charters* is the list of charter holders.
    """

    sheet: str | None = None
    by: str | None = None
    skip_hidden: bool = False
    words: OwnWords = field(default_factory=OwnWords)
    charters: CharterList | None = None


class Named(NamedTuple):
    """One consortium of a file that may hold many; ``name`` is empty where it holds one."""

    name: str
    table: PartnerTable
    parsed: Parsed


def parse_all(book: Workbook, reading: Reading) -> Iterator[Named]:
    """Yield every consortium of a file: one, or one for each project of a table of many.

    An export of the Project Results platform and the organisation table of CORDIS are known by
    their headers.
    """
    words = Dictionary(reading.words)
    results = find_results(book, words) if reading.by is None else None
    if results is not None:
        for name, rows, labels in projects(results):
            yield Named(name, results.table, _understood(results.table, rows, labels, reading))
        return
    table = find_table(book, reading.sheet, words)
    column = grouping(table, reading.by)
    table = replace(table, by=column)
    rows = sort_rows(table, skip_hidden=reading.skip_hidden)
    labels = labelled(book, table)
    if column is None:
        yield Named("", table, _understood(table, rows, labels, reading))
        return
    # Of many consortia a title can name the call and the lot, and no amount or length.
    shared = {field: labels[field] for field in ("call", "lot") if field in labels}
    for name, group in split(table, rows, column).items():
        yield Named(name, table, _understood(table, group, shared, reading))


def _understood(
    table: PartnerTable, rows: Sorted, labels: Mapping[str, list[Labelled]], reading: Reading
) -> Parsed:
    return finished(basis_of(table, rows, labels, reading, reading.charters))
