"""Tables of many consortia: a column tells them apart, or each row is a project of an export.

An Erasmus+ Project Results export has one row a project, its partners side by side: behind the
columns of the project stand those of the coordinator and then up to a hundred groups of columns,
one a partner. The export knows coordinators and partners, and no other role.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import listed
from alliance_check.model.sheet import (
    Cell,
    Content,
    Sheet,
    Workbook,
)
from alliance_check.parse.table.rows import Sorted
from alliance_check.parse.table.values import (
    FieldColumn,
    Labelled,
    PartnerTable,
    Row,
    blank,
    text_of,
)
from alliance_check.text.folding import fold
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.headers import Header

_SEARCHED = 20
_PROJECT = ("project identifier", "project number", "project reference")
_COUNTRY = "coordinator s country"
_COORDINATOR = {
    "coordinating organisation name": "name",
    "coordinator s name": "name",
    "coordinating organisation type": "type",
    "coordinator organisation type": "type",
    "coordinator s organisation type": "type",
    "coordinator s type": "type",
    _COUNTRY: "country",
}
_PARTNER = re.compile(r"partner ([0-9]{1,3}) (name|organisation type|type|country)")
_FIELDS = {"name": "name", "organisation type": "type", "type": "type", "country": "country"}
_GRANT = re.compile(r"eu grant award in euros?\b.*")
_CALL = ("call year", "funding year")
_CORDIS = {"projectid", "activitytype"}


class Results(NamedTuple):
    """Where the projects stand, and which columns tell of which partner; 0 is the coordinator."""

    table: PartnerTable
    project: int
    partners: Mapping[int, Mapping[str, int]]
    grant: int | None
    call: int | None


def find_results(book: Workbook, words: Dictionary) -> Results | None:
    """Return the export that a workbook holds; None when it holds none."""
    for sheet in book.sheets:
        for number, row in enumerate(sheet.rows[:_SEARCHED], start=1):
            if _COUNTRY not in (fold(c) for c in row if isinstance(c, str)):
                continue
            headers = {fold(text_of(c)): n for n, c in enumerate(row, start=1) if not blank(c)}
            project = next((headers[name] for name in _PROJECT if name in headers), None)
            if project is not None:
                return _results(sheet, number, headers, project, words)
    return None


def _results(
    sheet: Sheet, number: int, headers: Mapping[str, int], project: int, words: Dictionary
) -> Results:
    partners: dict[int, dict[str, int]] = {0: {}}
    for text, column in headers.items():
        found = _PARTNER.fullmatch(text)
        if text in _COORDINATOR:
            partners[0].setdefault(_COORDINATOR[text], column)
        elif found:
            partners.setdefault(int(found[1]), {})[_FIELDS[found[2]]] = column
    named = {n: of for n, of in sorted(partners.items()) if {"name", "country"} <= set(of)}
    columns = {
        field: (FieldColumn(column, Header(field), field),)
        for of in named.values()
        for field, column in of.items()
    }
    columns["role"] = (FieldColumn(project, Header("role"), "role"),)
    grant = next((n for text, n in headers.items() if _GRANT.fullmatch(text)), None)
    call = next((headers[name] for name in _CALL if name in headers), None)
    table = PartnerTable(sheet, number, number, columns, len(sheet.rows), words)
    return Results(table, project, named, grant, call)


def projects(results: Results) -> Iterator[tuple[str, Sorted, Mapping[str, list[Labelled]]]]:
    """Yield each project's id, its partners, and what the export says of the project."""
    sheet = results.table.sheet
    for number in range(results.table.header_row + 1, len(sheet.rows) + 1):
        row = sheet.rows[number - 1]
        rows = [
            partner
            for place, columns in results.partners.items()
            for partner in _partner(sheet, number, row, place, columns)
        ]
        if rows:
            labels = dict(_labels(results, number, row))
            yield text_of(_at(row, results.project)), Sorted(partners=rows), labels


def _partner(
    sheet: Sheet, number: int, row: tuple[Content, ...], place: int, columns: Mapping[str, int]
) -> Iterator[Row]:
    contents = {field: _at(row, column) for field, column in columns.items()}
    if all(blank(content) for content in contents.values()):
        return
    cells = {field: Cell(sheet.name, number, column) for field, column in columns.items()}
    # A group of the export may lack a column that others have.
    cells["type"] = cells.get("type", cells["name"])
    contents["role"] = "full partner" if place else "coordinator"
    cells["role"] = cells["name"]
    yield Row(number, contents, cells)


def _labels(
    results: Results, number: int, row: tuple[Content, ...]
) -> Iterator[tuple[str, list[Labelled]]]:
    for field, column in (("grant", results.grant), ("call", results.call)):
        if column is not None and not blank(_at(row, column)):
            cell = Cell(results.table.sheet.name, number, column)
            yield field, [Labelled(Header(field), _at(row, column), cell, cell)]


def _at(row: tuple[Content, ...], column: int) -> Content:
    return row[column - 1] if column <= len(row) else ""


def grouping(table: PartnerTable, by: str | None) -> int | None:
    """Return the number of the column that tells the consortia apart; None for a single one.

    *by* is the header of that column; without it the organisation table of CORDIS is known by its
    headers. Raises WrongUsage when there is no such column.
    """
    header = table.sheet.rows[table.header_row - 1]
    if by is not None:
        return column_named(header, by)
    texts = _numbered(header)
    return texts["projectid"] if set(texts) >= _CORDIS else None


def column_named(header: Sequence[Content], by: str) -> int:
    """Return the number of the column with this header; raises WrongUsage without one."""
    texts = _numbered(header)
    if fold(by) not in texts:
        there = listed((f'"{text_of(content)}"' for content in header), 20)
        raise WrongUsage('--by: there is no column "{by}"; there are {there}.', by=by, there=there)
    return texts[fold(by)]


def _numbered(header: Sequence[Content]) -> Mapping[str, int]:
    return {fold(text_of(content)): n for n, content in enumerate(header, start=1)}


def split(table: PartnerTable, rows: Sorted, column: int) -> Mapping[str, Sorted]:
    """Return the rows of each consortium by its name, in the order of the table."""
    found: dict[str, Sorted] = defaultdict(Sorted)
    for row in rows.partners:
        content = table.sheet.rows[row.number - 1]
        name = text_of(content[column - 1]) if column <= len(content) else ""
        found[name].partners.append(row)
    return found
