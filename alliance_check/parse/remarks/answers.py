"""Columns in which each partner has a yes, a no or nothing, and those that are exceptions there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from alliance_check.model.consortium import (
    Presence,
    Role,
    Said,
)
from alliance_check.model.sheet import Cell, Remark
from alliance_check.parse.remarks.columns import Beside, Purpose
from alliance_check.parse.remarks.gathered import Remarks
from alliance_check.parse.table.values import PartnerTable, Row
from alliance_check.vocabulary.remarks import Tone, read_remark, says_when
from alliance_check.vocabulary.words import read_presence, read_said

_ANSWERED = frozenset({Purpose.TEXT, Purpose.ANSWER})
"""Columns in which an exception among yes and no counts."""
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]0+)?\s?%")


def holds_answers(column: Beside, texts: Sequence[str]) -> bool:
    """Say whether a column holds nothing but answers of yes and no, in which exceptions count."""
    if column.purpose not in _ANSWERED or not column.joined:
        return False
    said = {_answer(text) for text in texts}
    doubted = any(read_remark(text) is Tone.DOUBT for text in set(texts))
    return not doubted and Said.UNREAD not in said and said != {Said.BLANK}


def holds_chances(column: Beside, texts: Sequence[str]) -> bool:
    """Say whether all texts are percentages, most of them 100 %, as of how sure a partner is."""
    found = [_PERCENT.fullmatch(text) for text in texts]
    sure = sum(one[1] == "100" for one in found if one)
    return column.purpose is Purpose.TEXT and all(found) and 2 * sure > len(texts)


def compares(text: str) -> bool:
    """Say whether a text is a yes, a no or a percentage, which count beside those of others."""
    return _answer(text) in {Said.YES, Said.NO} or _PERCENT.fullmatch(text) is not None


def _answer(text: str) -> Said:
    """Return the yes or no of a cell; "ok" is a yes."""
    said = read_said(text)
    confirms = said is Said.UNREAD and read_presence(text) is Presence.CONFIRMED
    return Said.YES if confirms else said


def read_answers(
    table: PartnerTable,
    rows: Sequence[Row],
    found: Sequence[Remarks],
    column: Beside,
    texts: Mapping[int, str],
) -> None:
    """Leave each exception open in a column of yes and no; what it means is not known.

    Where the header asks for an answer, such as a mandate, it is whoever gave none or said no; only
    the coordinator signs for itself. Below any other header it is the few that differ from the
    most. Where all answer the same, the column sets nobody apart.
    """
    yes = {at for at, text in texts.items() if _answer(text) is Said.YES}
    no = {at for at, text in texts.items() if _answer(text) is Said.NO}
    silent = set(range(len(rows))) - yes - no
    if column.purpose is Purpose.ANSWER:
        asked = {at for at in silent if not _coordinates(table, rows[at])}
        exceptions = no | asked if yes else set()
    else:
        others = no or silent
        few = min(yes, others, key=len)
        exceptions = few if len(yes) != len(others) else set()
    for at in sorted(exceptions):
        cell = Cell(table.sheet.name, rows[at].number, column.number)
        found[at].open.append(Remark(cell, texts.get(at, "")))


def _coordinates(table: PartnerTable, row: Row) -> bool:
    headers = (row.text("role"), *(header for _, header in row.ticked))
    return any(table.words.role(text) is Role.COORDINATOR for text in headers)


def doubt_blanks(
    table: PartnerTable, rows: Sequence[Row], found: Sequence[Remarks], column: Beside
) -> None:
    """Make a blank possible where the column says yes of others, and no status tells more."""
    if column.means is not Presence.CONFIRMED:
        return
    said = [r.cell.row for one in found for r, _ in one.headed if r.cell.column == column.number]
    if not said:
        return
    for row, one in zip(rows, found, strict=True):
        if row.number not in said and not row.text("status"):
            one.headed.append((_nothing(table, row, column), Presence.POSSIBLE))


def note_unanswered(
    table: PartnerTable,
    rows: Sequence[Row],
    found: Sequence[Remarks],
    column: Beside,
    texts: Mapping[int, str],
) -> None:
    """Leave open who has nothing below a header that asks for an answer, where others have one.

    An answer may be a date, as of a letter that was signed.
    """
    answered = (_answer(text) is Said.YES or says_when(text) for text in texts.values())
    if column.purpose is not Purpose.ANSWER or not column.joined or not any(answered):
        return
    for at, (row, one) in enumerate(zip(rows, found, strict=True)):
        if at not in texts and not _coordinates(table, row):
            one.open.append(_nothing(table, row, column))


def _nothing(table: PartnerTable, row: Row, column: Beside) -> Remark:
    return Remark(Cell(table.sheet.name, row.number, column.number), "")
