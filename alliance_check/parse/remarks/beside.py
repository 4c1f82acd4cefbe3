"""What stands beside a partner that no rule reads: remarks, comments, second columns.

Columns, names, numbers and comments are read in turn, and what they say is gathered by partner.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from alliance_check.model.consortium import Presence
from alliance_check.model.sheet import Remark
from alliance_check.parse.remarks.answers import (
    doubt_blanks,
    holds_answers,
    holds_chances,
    note_unanswered,
    read_answers,
)
from alliance_check.parse.remarks.cell import CellBeside, read_cell, read_text
from alliance_check.parse.remarks.columns import Beside, Purpose, columns_beside
from alliance_check.parse.remarks.gathered import Remarks, comments
from alliance_check.parse.table.values import PartnerTable, Row, filled_cells, text_of
from alliance_check.vocabulary.role_and_status import UNCLEAR, role_or_status_in_name
from alliance_check.vocabulary.two_names import names_two
from alliance_check.vocabulary.words import NO_APPLICANTS

_LETTERS = re.compile(r"[^\W\d_]+(?=[\s.-]?[0-9])")


def read_remarks(table: PartnerTable, rows: Sequence[Row]) -> list[Remarks]:
    """Return what the columns that no rule reads, and the comments, say of each row."""
    found = [Remarks() for _ in rows]
    # In an export a row holds many partners, and none of its columns is a remark.
    if any(row.cells.get("role") == row.cells["name"] for row in rows):
        return found
    columns = _read_columns(table, rows, found)
    _read_further(table, rows, found, columns)
    _read_numbers(rows, found)
    written = comments(table)
    for row, remarks in zip(rows, found, strict=True):
        _read_name(row, remarks)
        for number in (row.number, *row.further):
            for remark in written.get(number, ()):
                _read_comment(remarks, table, row, remark)
        _read_invited(row, remarks)
    return found


def _read_columns(
    table: PartnerTable, rows: Sequence[Row], found: Sequence[Remarks]
) -> Sequence[Beside]:
    """Read what stands in each column, and return the columns."""
    contents = [table.sheet.rows[row.number - 1] for row in rows]
    filled: list[list[int]] = [[] for _ in range(max(map(len, contents), default=0))]
    for at, content in enumerate(contents):
        for number, _ in filled_cells(content):
            filled[number - 1].append(at)
    columns = columns_beside(table, filled, len(rows))
    for column in columns:
        there = filled[column.number - 1]
        texts = {at: text_of(contents[at][column.number - 1]) for at in there}
        if holds_answers(column, list(texts.values())):
            read_answers(table, rows, found, column, texts)
            continue
        chances = holds_chances(column, list(texts.values()))
        meant = column._replace(purpose=Purpose.CHANCE) if chances else column
        for at in there:
            place = CellBeside(table, rows[at], meant, rows[at].number)
            read_cell(found[at], place, contents[at][column.number - 1])
        doubt_blanks(table, rows, found, column)
        note_unanswered(table, rows, found, column, texts)
    return columns


def _read_name(row: Row, found: Remarks) -> None:
    """Read what a name or a type says of the role or status; what nobody knows leaves it open."""
    for place in ("name", "type"):
        said = role_or_status_in_name(row.text(place))
        if said == UNCLEAR:
            found.open.append(Remark(row.cells[place], row.text(place)))
        elif said in {Presence.POSSIBLE, Presence.DECLINED}:
            found.doubts.append(Remark(row.cells[place], row.text(place)))
    if names_two(row.text("name")):
        found.open.append(Remark(row.cells["name"], row.text("name")))


def _read_numbers(rows: Sequence[Row], found: Sequence[Remarks]) -> None:
    """Leave a number open whose letters are not those of the others, as PS1 below P1 to P7.

    The first may be that of the coordinator, and a role beside it says more than a number.
    """
    known = [letters_of(row.text("number")) for row in rows]
    (most, times), *others = Counter(known).most_common() or [("", 0)]
    if not others or 2 * times <= len(rows):
        return
    for row, one, said in zip(rows[1:], found[1:], known[1:], strict=True):
        if said not in {"", most} and not row.text("role"):
            one.open.append(Remark(row.cells["number"], row.text("number")))


def letters_of(number: str) -> str:
    """Return the letters of a partner's number, folded; empty where it has none.

    >>> letters_of("PS1"), letters_of("3a")
    ('ps', '')
    """
    found = _LETTERS.match(number)
    return found[0].casefold() if found else ""


def _read_further(
    table: PartnerTable, rows: Sequence[Row], found: Sequence[Remarks], columns: Sequence[Beside]
) -> None:
    """Read what stands beside a merged name in the rows below, but not what is repeated there."""
    known = {column.number: column for column in columns}
    for row, remarks in zip(rows, found, strict=True):
        above = dict(filled_cells(table.sheet.rows[row.number - 1]))
        for number in row.further:
            for column, content in filled_cells(table.sheet.rows[number - 1]):
                if content != above.get(column):
                    beside = known.get(column, Beside(column, Purpose.TEXT))
                    read_cell(remarks, CellBeside(table, row, beside, number), content)


def _read_comment(found: Remarks, table: PartnerTable, row: Row, remark: Remark) -> None:
    """Read a comment as a text beside the partner, and as its role where it is nothing else."""
    role = table.words.role(remark.text)
    if role in NO_APPLICANTS:
        found.roles.append((remark, role))
    else:
        read_text(found, table, row, remark)


def _read_invited(row: Row, remarks: Remarks) -> None:
    """Make an invited partner possible where nothing says that it has agreed since."""
    agreed = any(means is Presence.CONFIRMED for _, means in remarks.headed)
    if remarks.invited and not agreed and not row.text("status"):
        remarks.headed.append((remarks.invited[0], Presence.POSSIBLE))
