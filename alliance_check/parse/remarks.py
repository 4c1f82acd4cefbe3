"""What stands beside partners in columns that no rule reads: remarks, and what they may say.

A remark may say that a partner is not sure, wherever it stands; whatever it says otherwise is
shown. In columns that hold something else, such as an address, only a withdrawal counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from alliance_check.messages import Message, say
from alliance_check.model import Cell, Content, Presence, Role, Said
from alliance_check.parse.remark_words import (
    Tone,
    heading_says,
    read_remark,
    tells_of_tasks,
    withdraws,
)
from alliance_check.parse.values import Row, Table, blank, text_of
from alliance_check.vocabulary import read_presence, read_said

_READ_ELSEWHERE = frozenset({"name", "country", "role", "charter", "pact", "legal_form"})
"""Fields in which a word of withdrawal is read already, or is about something else."""
_MOST = 5
_LONGEST = 40

Remark = tuple[Cell, str]


class _Kind(Enum):
    """What a column may say of presence."""

    REMARKS = "remarks"
    TASKS = "tasks"
    STATUS = "status"
    HEADED = "headed"
    OTHER = "other"


class _Column(NamedTuple):
    number: int
    kind: _Kind
    means: Presence | None = None
    """What a yes means in a column whose header is itself a status."""
    attribute: bool = False
    """Whether it may hold what most partners have, so that only an exception is a remark."""
    joined: bool = True
    """Whether no empty column parts it from the table; beyond one stands a legend, say."""


@dataclass
class Remarks:
    """What is said beside one partner: a status by a header, doubts, what is not understood."""

    headed: list[tuple[Cell, Presence]]
    doubts: list[Remark]
    unread: list[Remark]


def read_remarks(table: Table, rows: Sequence[Row]) -> list[Remarks]:
    """Return what the columns beside those of the fields say of each row."""
    found = [Remarks([], [], []) for _ in rows]
    # In an export a row holds many partners, and none of its columns is a remark.
    if any(row.cells.get("role") == row.cells["name"] for row in rows):
        return found
    contents = [table.sheet.rows[row.number - 1] for row in rows]
    width = max(map(len, contents), default=0)
    filled = [[at for at, row in enumerate(contents) if _in(row, n)] for n in range(width)]
    for column in _columns(table, filled):
        there = filled[column.number - 1]
        shown = column.joined and (not column.attribute or 2 * len(there) < len(rows))
        for at in there:
            cell = Cell(table.sheet.name, rows[at].number, column.number)
            _read(found[at], column, cell, contents[at][column.number - 1], shown=shown)
        _doubt_blanks(table, rows, found, column)
    for row, remarks in zip(rows, found, strict=True):
        remarks.unread = [one for one in remarks.unread if not _means_else(table, row, one[1])]
    return found


def _in(row: tuple[Content, ...], at: int) -> bool:
    return at < len(row) and row[at] != "" and not blank(row[at])


def quoted(remarks: Sequence[Remark]) -> str:
    """Return remarks with their cells, the first few of them.

    >>> quoted([(Cell("Partners", 3, 6), "blue folder")])
    'Partners!F3 "blue folder"'
    """
    shown = ", ".join(
        f'{cell} "{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"}"'
        for cell, text in remarks[:_MOST]
    )
    more = len(remarks) - _MOST
    return shown if more <= 0 else f"{shown} and {more} more"


def notes(every: Sequence[Remarks]) -> Iterator[Message]:
    """Yield which remarks make a partner only possible, and which are not understood."""
    doubts = [remark for remarks in every for remark in remarks.doubts]
    unread = [remark for remarks in every for remark in remarks.unread]
    if doubts:
        yield say("Only possible because of what is remarked: {remarks}.", remarks=quoted(doubts))
    if unread:
        yield say("Remarks that were not understood: {remarks}.", remarks=quoted(unread))


def _columns(table: Table, filled: Sequence[Sequence[int]]) -> list[_Column]:
    """Return the columns in which something stands, with what they may say."""
    fields = tuple(
        (column.number, field, not place)
        for field, columns in table.columns.items()
        for place, column in enumerate(columns)
    )
    texts = headers(table)
    known = _kinds(texts, fields, max(len(filled), len(texts)))
    empty = [n for n, rows in enumerate(filled) if not rows and not (texts[n:] and texts[n])]
    own = [table.columns[field][0].number - 1 for field in ("name", "country")]
    left = max((n for n in empty if n < min(own)), default=-1)
    right = min((n for n in empty if n > max(own)), default=len(filled))
    return [
        column if left < column.number - 1 < right else column._replace(joined=False)
        for column in known
        if column.number <= len(filled) and filled[column.number - 1]
    ]


@lru_cache(maxsize=16)
def _kinds(
    texts: tuple[str, ...], fields: tuple[tuple[int, str, bool], ...], width: int
) -> tuple[_Column, ...]:
    """Return what each column may say, by its header, its field and whether it is the first."""
    known = {number: (field, first) for number, field, first in fields}
    found = []
    for number in range(1, width + 1):
        field, first = known.get(number, ("", False))
        header = texts[number - 1] if number <= len(texts) else ""
        if not field:
            means = heading_says(header) if header else None
            kind = _Kind.REMARKS if means is None else _Kind.HEADED
            found.append(_Column(number, kind, means, attribute=bool(header)))
        elif field == "notes":
            tasks = tells_of_tasks(header)
            found.append(_Column(number, _Kind.TASKS if tasks else _Kind.REMARKS))
        elif field == "status":
            found += [] if first else [_Column(number, _Kind.STATUS)]
        elif field not in _READ_ELSEWHERE:
            found.append(_Column(number, _Kind.OTHER))
    return tuple(found)


def headers(table: Table) -> tuple[str, ...]:
    """Return the header of each column, of all rows of the header; empty where it has none."""
    return _headers(table.sheet.rows[table.first_row - 1 : table.header_row])


@lru_cache(maxsize=16)
def _headers(rows: tuple[tuple[Content, ...], ...]) -> tuple[str, ...]:
    columns = zip_longest(*rows, fillvalue="")
    texts = (dict.fromkeys(text_of(cell) for cell in column) for column in columns)
    return tuple(" ".join(filter(None, text)) for text in texts)


def _read(found: Remarks, column: _Column, cell: Cell, content: Content, *, shown: bool) -> None:
    text = text_of(content)
    if column.kind is _Kind.OTHER:
        if withdraws(text):
            found.doubts.append((cell, text))
    elif column.means is not None:
        _read_headed(found, column.means, cell, text)
    elif column.kind is _Kind.STATUS:
        if read_presence(text) is not Presence.CONFIRMED:
            found.doubts.append((cell, text))
    elif isinstance(content, str):
        tone = read_remark(text)
        if tone is Tone.DOUBT:
            found.doubts.append((cell, text))
        elif tone is Tone.UNREAD and shown and not _answers(column, text):
            found.unread.append((cell, text))


def _doubt_blanks(
    table: Table, rows: Sequence[Row], found: Sequence[Remarks], column: _Column
) -> None:
    """Make a blank possible where the column says yes of others, and no status tells more."""
    said = [cell.row for one in found for cell, _ in one.headed if cell.column == column.number]
    if column.means is not Presence.CONFIRMED or not said:
        return
    for row, one in zip(rows, found, strict=True):
        if row.number not in said and not row.text("status"):
            cell = Cell(table.sheet.name, row.number, column.number)
            one.headed.append((cell, Presence.POSSIBLE))


def _answers(column: _Column, text: str) -> bool:
    """Say whether a text is nothing that a remark on taking part could be."""
    said = read_said(text)
    return (
        column.kind is _Kind.TASKS
        or said is Said.BLANK
        or (column.attribute and said is not Said.UNREAD)
    )


def _read_headed(found: Remarks, means: Presence, cell: Cell, text: str) -> None:
    """Read a cell below a header that is a status: yes means it, no means that it is not so."""
    said, status = read_said(text), read_presence(text)
    if said is Said.BLANK or (said is Said.NO and means is not Presence.CONFIRMED):
        return
    if said is Said.YES or status is means:
        found.headed.append((cell, means))
    elif said is Said.NO and means is Presence.CONFIRMED:
        found.headed.append((cell, Presence.POSSIBLE))
    else:
        found.doubts.append((cell, text))


def _means_else(table: Table, row: Row, text: str) -> bool:
    """Say whether a remark is a country, a type, a role, or the name again."""
    words = table.words
    return (
        text == row.text("name")
        or words.country(text) is not None
        or words.role(text) is not Role.UNKNOWN
        or bool(words.kinds(text).kinds)
    )
