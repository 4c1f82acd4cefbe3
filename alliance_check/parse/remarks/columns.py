"""What each column is for that no rule reads, and which of them a rule may be meant to read.

Its header, its field and what it holds tell what it is for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from alliance_check.model.consortium import Presence
from alliance_check.model.message import Message, say
from alliance_check.model.sheet import Cell
from alliance_check.parse.table.values import PartnerTable, Row, blank, text_of
from alliance_check.text.folding import fold
from alliance_check.text.tables import meanings
from alliance_check.vocabulary.remark_headers import (
    About,
    about,
    heading_says,
    is_inert,
    without_date,
)
from alliance_check.vocabulary.role_and_status import UNCLEAR, role_or_status_alone

_READ_ELSEWHERE = frozenset({"name", "country", "role", "charter", "pact"})
"""Fields in which a word of withdrawal is read already, or is about something else."""
_LONG, OFTEN = 60, 0.8
"""Length of the median text, and share of filled rows, from which a column holds descriptions."""
_NOTED = 3
_LONGEST_HEADER = 60
_OF_EU = frozenset({"eu", "ue", "ec", "erasmus", "requested"})
"""Words that make a budget the part of it that is asked for."""
_CALLED = {
    "total": say("the budget of each partner"),
    "share": say("the EU contribution of each partner"),
    "status": say("whether each partner is confirmed"),
    "type": say("the type of each organisation"),
    "role": say("the role of each partner"),
    "country": say("the country of each partner"),
    "pic": say("the PIC"),
    "oid": say("the OID"),
    "charter": say("whether each holds the Erasmus charter"),
    "pact": say("whether each is a member of the Pact for Skills"),
    "counts_as": say("what each organisation counts as"),
}


class Purpose(Enum):
    """What a column may say of a partner."""

    REMARKS = "remarks"
    """Anything: each text is judged by itself."""
    TEXT = "text"
    """The same below a header that is not known, where an exception among ticks counts too."""
    INERT = "inert"
    """Nothing of eligibility but a withdrawal, such as an address."""
    TASKS = "tasks"
    """What the partner does; a withdrawal or a doubt may stand there too."""
    STATUS = "status"
    HEADED = "headed"
    """A yes means what the header says, such as Withdrawn."""
    ANSWER = "answer"
    CHANCE = "chance"
    """How probable it is that a partner takes part."""
    INVITED = "invited"
    UNCLEAR = "unclear"
    """A yes is something of which nobody knows whether it takes part, such as Observer."""
    SEAT = "seat"
    ROLE = "role"
    AGAIN = "again"
    """A field that is read from another column."""
    KIND = "kind"
    """A second column of types, or legal forms, in which a role or a status may stand too."""


_BY_HEADER = {
    About.TASKS: Purpose.TASKS,
    About.ANSWER: Purpose.ANSWER,
    About.INVITED: Purpose.INVITED,
    About.SEAT: Purpose.SEAT,
    About.TRAIT: Purpose.INERT,
    About.CHANCE: Purpose.CHANCE,
    About.PERSON: Purpose.UNCLEAR,
}


_FREE = frozenset({Purpose.REMARKS, Purpose.TEXT})


class Beside(NamedTuple):
    """A column that no rule reads, and what it may say."""

    number: int
    purpose: Purpose
    means: Presence | None = None
    """What a yes means in a column whose header is itself a status."""
    joined: bool = True
    """Whether it is for notes, or no empty column parts it from the table, as it does a legend."""


def columns_beside(table: PartnerTable, filled: Sequence[Sequence[int]], rows: int) -> list[Beside]:
    """Return the columns in which something stands, with what they may say.

    *filled* are the places of the rows with something in each column, of so many *rows*.
    """
    texts, known = _headers(table), purposes(table, len(filled))
    empty = [n for n, there in enumerate(filled) if not there and not (texts[n:] and texts[n])]
    own = [table.columns[field][0].number - 1 for field in ("name", "country")]
    left = max((n for n in empty if n < min(own)), default=-1)
    right = min((n for n in empty if n > max(own)), default=len(filled))
    found = []
    for column in known:
        there = filled[column.number - 1] if column.number <= len(filled) else ()
        if not there or column.number in table.ticks or column.number == table.by:
            continue
        noted = column.purpose is Purpose.REMARKS
        joined = noted or left < column.number - 1 < right
        purpose = column.purpose
        if purpose in _FREE and _describes(table, column.number, len(there), rows):
            purpose = Purpose.TASKS
        found.append(column._replace(joined=joined, purpose=purpose))
    return found


def purposes(table: PartnerTable, width: int = 0) -> tuple[Beside, ...]:
    """Return what each column that no rule reads may say, whatever stands in it."""
    fields = tuple(
        (column.number, field, not place)
        for field, columns in table.columns.items()
        for place, column in enumerate(columns)
    )
    texts = _headers(table)
    return _purposes(texts, fields, max(width, len(texts)))


def _headers(table: PartnerTable) -> tuple[str, ...]:
    """Return the headers, with the work package above for those that stand below several."""
    above = table.sheet.rows[table.first_row - 2] if table.first_row > 1 else ()
    texts, group, found = table.headers, "", []
    for number, header in enumerate(texts):
        group = (text_of(above[number]) if number < len(above) else "") or group
        divides = texts.count(header) > 1 and about(group) is About.TASKS
        found.append(group if header and divides else header)
    return tuple(found)


def _describes(table: PartnerTable, number: int, filled: int, rows: int) -> bool:
    """Say whether a column holds long texts of nearly all partners, or other than it promises."""
    if number in table.prose:
        return True
    if filled < OFTEN * rows:
        return False
    from statistics import median  # few sheets have such a column

    below = table.sheet.rows[table.header_row : table.last_row]
    texts = [text_of(row[number - 1]) for row in below if number <= len(row)]
    return median(len(text) for text in texts if text) > _LONG


@lru_cache(maxsize=16)
def _purposes(
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
        return Beside(number, Purpose.HEADED, means)
    if what is not None:
        return Beside(number, _BY_HEADER[what])
    if header and role_or_status_alone(header.rstrip("? ")) == UNCLEAR:
        return Beside(number, Purpose.UNCLEAR)
    if header and "status" in {resembles(header), resembles(without_date(header))}:
        return Beside(number, Purpose.ANSWER)
    return Beside(number, Purpose.INERT if is_inert(header) else Purpose.TEXT)


def _of_field(number: int, header: str, field: str, *, first: bool) -> Beside | None:
    if field == "notes":
        tasks = about(header) is About.TASKS
        return Beside(number, Purpose.TASKS if tasks else Purpose.REMARKS)
    if field == "status":
        return None if first else Beside(number, Purpose.STATUS)
    if field == "role" and not first:
        return Beside(number, Purpose.ROLE)
    if field in _READ_ELSEWHERE:
        return None if first else Beside(number, Purpose.AGAIN)
    if field == "legal_form" or (field == "type" and not first):
        return Beside(number, Purpose.KIND)
    return Beside(number, Purpose.SEAT if about(header) is About.SEAT else Purpose.INERT)


def unused(table: PartnerTable, rows: Sequence[Row]) -> Iterator[Message]:
    """Yield a note on each column with content that may be meant for a rule, the first few."""
    found = list(_resembling(table, rows))
    for number, header, field in found[:_NOTED]:
        letter = Cell(None, 1, number).address.rstrip("0123456789")
        short = header if len(header) <= _LONGEST_HEADER else header[: _LONGEST_HEADER - 1] + "…"
        yield say(
            'Column {letter} "{header}" is not used; if it is {what}, give '
            '--map "{header}={field}".',
            letter=letter,
            header=short,
            what=_CALLED[field],
            field=field,
        )
    if len(found) > _NOTED:
        yield say("{number} more columns of that kind are not used.", number=len(found) - _NOTED)


def _resembling(table: PartnerTable, rows: Sequence[Row]) -> Iterator[tuple[int, str, str]]:
    # In an export a row holds many partners, and its columns are known by their places.
    if any(row.cells.get("role") == row.cells["name"] for row in rows):
        return
    known = {column.number for columns in table.columns.values() for column in columns}
    for number, header in enumerate(table.headers, start=1):
        field = resembles(header) if header and number not in known else None
        # What resembles a status is read as an answer.
        if field not in {None, "status"} and any(_stands(table, row, number) for row in rows):
            yield number, header, field


def _stands(table: PartnerTable, row: Row, number: int) -> bool:
    content = table.sheet.rows[row.number - 1]
    return number <= len(content) and not blank(content[number - 1])


@lru_cache(maxsize=1024)
def resembles(header: str) -> str | None:
    """Return the field that an unknown header may be meant for; None where it resembles none.

    >>> resembles("Budget EU (€)"), resembles("Mandate signed?"), resembles("Contact country")
    ('share', 'status', None)
    """
    words = [word.rstrip("0123456789") or word for word in fold(header).split()]
    known = meanings("header-words.csv")
    if heading_says(header) is not None or not known["other"].keys().isdisjoint(words):
        return None
    field = next((f for f in _CALLED if not known[f].keys().isdisjoint(words)), None)
    if field is None:
        return "share" if "€" in header else None
    return "share" if field == "total" and not _OF_EU.isdisjoint(words) else field
