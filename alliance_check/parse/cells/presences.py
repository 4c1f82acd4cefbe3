"""Whether each row is confirmed, possible or declined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from alliance_check.model.consortium import Presence
from alliance_check.model.message import Message, listed, say
from alliance_check.model.sheet import Cell, Problem
from alliance_check.parse.cells import problems
from alliance_check.parse.remarks.gathered import Remarks
from alliance_check.parse.table.values import Row
from alliance_check.vocabulary.dictionary import Dictionary
from alliance_check.vocabulary.nobody import names_nobody
from alliance_check.vocabulary.words import is_placeholder

_HINT = say("Write confirmed, invited, reserve or declined.")


@dataclass
class Presences:
    """The presence of each row, and the cell that makes it so."""

    presences: list[Presence] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    doubts: list[Message | None] = field(default_factory=list)
    """Why each row is only possible; None where it is not."""
    problems: list[Problem | None] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


def read_presences(rows: list[Row], words: Dictionary, remarks: Sequence[Remarks]) -> Presences:
    """Return the presence of all rows.

    A blank status is possible where others are said to be confirmed, and confirmed where the
    column marks only exceptions. A name to be confirmed, a hidden or a struck row, a remark that
    doubts or a status that contradicts another one makes a partner possible.
    """
    said = [_said(row, words) for row in rows]
    blank = Presence.POSSIBLE if Presence.CONFIRMED in said else Presence.CONFIRMED
    found = Presences()
    for row, status, beside in zip(rows, said, remarks, strict=True):
        presence = status or (blank if not row.text("status") else Presence.POSSIBLE)
        presence, cell = _with_headed(row, status, presence, beside)
        why = _of_status(row, status, cell) if presence is Presence.POSSIBLE else None
        if presence is Presence.CONFIRMED and (doubt := _doubt(row, beside)) is not None:
            presence, (cell, why) = Presence.POSSIBLE, doubt
        found.presences.append(presence)
        found.cells.append(cell)
        found.doubts.append(why)
        unclear = status is None and bool(row.text("status"))
        found.problems.append(_problem(row) if unclear else None)
    found.notes.extend(_notes(rows))
    return found


def _said(row: Row, words: Dictionary) -> Presence | None:
    if not row.text("status") or row.fault("status") is not None:
        return None
    return words.status(row.text("status"))


def _with_headed(
    row: Row, status: Presence | None, presence: Presence, beside: Remarks
) -> tuple[Presence, Cell]:
    """Return the presence that columns such as Withdrawn and remarks leave, and what says it.

    Where such a column contradicts the status, or another one, nobody knows which is right.
    """
    withdrawn = ((remark, Presence.DECLINED) for remark in beside.withdrawn)
    headed = [*beside.headed, *withdrawn]
    headings = {means for _, means in headed}
    if not headings or (headings == {Presence.CONFIRMED} and row.text("status")):
        return presence, row.cells.get("status", row.cells["name"])
    every = headings | ({status} if status is not None else set())
    agreed = next(iter(headings)) if len(every) == 1 else Presence.POSSIBLE
    return agreed, headed[0][0].cell


def _of_status(row: Row, status: Presence | None, cell: Cell) -> Message:
    """Return why a row is only possible by its status, or by a column such as Withdrawn."""
    if cell != row.cells.get("status", row.cells["name"]):
        return say("only possible, by what this cell says")
    text = row.text("status")
    if status is Presence.POSSIBLE:
        return say('only possible: "{text}"', text=text)
    if text:
        return say('not said whether it takes part: "{text}"', text=text)
    return say("no status is given, and others are confirmed")


def _doubt(row: Row, beside: Remarks) -> tuple[Cell, Message] | None:
    """Return the cell that makes a row a possible partner only, whatever its status, and why."""
    cell = row.cells["name"]
    if row.struck:
        return cell, say("only possible: the row is struck through")
    if row.hidden:
        return cell, say("only possible: the row is hidden")
    if is_unnamed(row):
        return cell, say("only possible: this names no organisation")
    if not beside.doubts:
        return None
    cell, text, _ = beside.doubts[0]
    return cell, say('only possible: "{text}"', text=text)


def is_unnamed(row: Row) -> bool:
    """Say whether the name of a row names no organisation."""
    text = row.text("name")
    return not text or row.fault("name") is not None or is_placeholder(text) or names_nobody(text)


def _problem(row: Row) -> Problem:
    return problems.unread(row, "status", say('"{value}" is not a known status'), _HINT)


def _notes(rows: list[Row]) -> list[Message]:
    hidden = [row.number for row in rows if row.hidden]
    struck = [row.number for row in rows if row.struck]
    found = []
    if hidden:
        found.append(say("Hidden, so only possible: row {rows}.", rows=listed(hidden)))
    if struck:
        found.append(say("Struck through, so only possible: row {rows}.", rows=listed(struck)))
    return found
