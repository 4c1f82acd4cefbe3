"""Whether each row is confirmed, possible or declined."""

from __future__ import annotations

from dataclasses import dataclass, field

from alliance_check.folding import fold
from alliance_check.messages import Message, listed, say
from alliance_check.model import Cell, Presence, Problem
from alliance_check.parse import problems
from alliance_check.parse.values import Row, in_brackets
from alliance_check.vocabulary import is_placeholder, read_presence

_SHORTEST = 4
_HINT = say("Write confirmed, invited, reserve or declined.")


@dataclass
class Presences:
    """The presence of each row, and the cell that makes it so."""

    presences: list[Presence] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    problems: list[Problem | None] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


def read_presences(rows: list[Row]) -> Presences:
    """Return the presence of all rows.

    A blank status is possible where others are said to be confirmed, and confirmed where the
    column marks only exceptions. A name to be confirmed, a hidden or a struck row is possible.
    """
    said = [_said(row) for row in rows]
    blank = Presence.POSSIBLE if Presence.CONFIRMED in said else Presence.CONFIRMED
    found = Presences()
    for row, status in zip(rows, said, strict=True):
        presence = status or (blank if not row.text("status") else Presence.POSSIBLE)
        doubtful = presence is Presence.CONFIRMED and _doubtful(row)
        found.presences.append(Presence.POSSIBLE if doubtful else presence)
        cell = row.cells["name"] if doubtful else row.cells.get("status", row.cells["name"])
        found.cells.append(cell)
        unclear = status is None and bool(row.text("status"))
        found.problems.append(_problem(row) if unclear else None)
    found.notes.extend(_notes(rows))
    return found


def _said(row: Row) -> Presence | None:
    if not row.text("status") or row.fault("status") is not None:
        return None
    return read_presence(row.text("status"))


def _doubtful(row: Row) -> bool:
    """Say whether anything but the status makes a row a possible partner only."""
    told = (*in_brackets(row.text("name")), row.text("notes"))
    return _unnamed(row) or row.struck or row.hidden or any(map(_says_otherwise, told))


def _says_otherwise(text: str) -> bool:
    """Say whether a remark is a status other than confirmed; short words may be anything."""
    told = read_presence(text) if len(text) >= _SHORTEST else None
    if told is not None:
        return told is not Presence.CONFIRMED
    words = fold(text).split()
    starts = (" ".join(words[:number]) for number in range(1, 4))
    return any(len(s) > _SHORTEST and read_presence(s) is Presence.DECLINED for s in starts)


def _unnamed(row: Row) -> bool:
    text = row.text("name")
    return not text or row.fault("name") is not None or is_placeholder(text)


def _problem(row: Row) -> Problem:
    return problems.unread(row, "status", say("no status that is known here"), _HINT)


def _notes(rows: list[Row]) -> list[Message]:
    hidden = [row.number for row in rows if row.hidden]
    struck = [row.number for row in rows if row.struck]
    found = []
    if hidden:
        found.append(say("Hidden, so only possible: row {rows}.", rows=listed(hidden)))
    if struck:
        found.append(say("Struck through, so only possible: row {rows}.", rows=listed(struck)))
    return found
