"""Which columns may say something of taking part, by their headers and their fields."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from alliance_check.model.consortium import Content, Presence
from alliance_check.parse.table.values import Table, text_of
from alliance_check.text.folding import fold
from alliance_check.vocabulary.remark_headers import About, about, heading_says

_READ_ELSEWHERE = frozenset({"name", "country", "role", "charter", "pact", "legal_form"})
"""Fields in which a word of withdrawal is read already, or is about something else."""
_OF_WORK = frozenset({"wp", "wps", "ap", "pt", "task", "tasks", "t", "oppgave", "aufgabe"})


class Kind(Enum):
    """What a column may say of presence."""

    REMARKS = "remarks"
    TASKS = "tasks"
    STATUS = "status"
    HEADED = "headed"
    ANSWER = "answer"
    INVITED = "invited"
    SEAT = "seat"
    ROLE = "role"
    AGAIN = "again"
    OTHER = "other"


_KINDS = {
    About.TASKS: Kind.TASKS,
    About.ANSWER: Kind.ANSWER,
    About.INVITED: Kind.INVITED,
    About.SEAT: Kind.SEAT,
    About.TRAIT: Kind.REMARKS,
}


class Beside(NamedTuple):
    """A column beside those of the fields, and what it may say."""

    number: int
    kind: Kind
    means: Presence | None = None
    """What a yes means in a column whose header is itself a status."""
    attribute: bool = False
    """Whether it may hold what most partners have, so that only an exception is a remark."""
    answers: bool = False
    """Whether a no among answers of yes may be about taking part."""
    joined: bool = True
    """Whether no empty column parts it from the table; beyond one stands a legend, say."""


def columns_beside(table: Table, filled: Sequence[Sequence[int]]) -> list[Beside]:
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
) -> tuple[Beside, ...]:
    """Return what each column may say, by its header, its field and whether it is the first."""
    known = {number: (field, first) for number, field, first in fields}
    found = []
    for number in range(1, width + 1):
        field, first = known.get(number, ("", False))
        header = texts[number - 1] if number <= len(texts) else ""
        one = _of_field(number, header, field, first=first) if field else _unknown(number, header)
        found += [] if one is None else [one]
    return tuple(found)


def _unknown(number: int, header: str) -> Beside:
    means, what = heading_says(header) if header else None, about(header)
    if means is not None:
        return Beside(number, Kind.HEADED, means, attribute=True)
    kind = Kind.REMARKS if what is None else _KINDS[what]
    words = {word.rstrip("0123456789") for word in fold(header).split()}
    answers = bool(header) and what is None and _OF_WORK.isdisjoint(words)
    attribute = bool(header) and kind is not Kind.ANSWER
    return Beside(number, kind, attribute=attribute, answers=answers)


def _of_field(number: int, header: str, field: str, *, first: bool) -> Beside | None:
    if field == "notes":
        return Beside(number, Kind.TASKS if about(header) is About.TASKS else Kind.REMARKS)
    if field == "status":
        return None if first else Beside(number, Kind.STATUS)
    if field == "role" and not first:
        return Beside(number, Kind.ROLE)
    if field in _READ_ELSEWHERE:
        return None if first else Beside(number, Kind.AGAIN)
    return Beside(number, Kind.SEAT if about(header) is About.SEAT else Kind.OTHER)


def headers(table: Table) -> tuple[str, ...]:
    """Return the header of each column, of all rows of the header; empty where it has none."""
    return _headers(table.sheet.rows[table.first_row - 1 : table.header_row])


@lru_cache(maxsize=16)
def _headers(rows: tuple[tuple[Content, ...], ...]) -> tuple[str, ...]:
    columns = zip_longest(*rows, fillvalue="")
    texts = (dict.fromkeys(text_of(cell) for cell in column) for column in columns)
    return tuple(" ".join(filter(None, text)) for text in texts)
