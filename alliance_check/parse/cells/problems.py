"""The sentences on cells that could not be understood, each with the way out."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_check.model.message import Items, Message, Value, either, say
from alliance_check.model.sheet import (
    Cell,
    Fault,
    Problem,
)
from alliance_check.parse.table.values import Row

_SAVE = say("Open the file in a spreadsheet program, let it calculate, and save it.")


def unread(row: Row, name: str, what: Message, hint: Message, near: Items | None = None) -> Problem:
    """Return the problem of a cell whose text is not known; a fault says so itself.

    *what* has a place for the text, ``{value}``.
    """
    cell, fault = _cell(row, name), row.fault(name)
    if fault is not None:
        return faulty(cell, fault)
    value = row.text(name)
    named = f"unread-{name.replace('_', '-')}"
    return Problem(named, cell, value, what.about(value), hint, near)


def empty(
    row: Row, name: str, message: Message, hint: Message, near: Items | None = None
) -> Problem:
    """Return the problem of a cell in which something should stand."""
    return Problem(f"empty-{name.replace('_', '-')}", _cell(row, name), "", message, hint, near)


def _cell(row: Row, name: str) -> Cell:
    """Return the cell of a field; the name's, where a what-if speaks of a column that is not."""
    return row.cells.get(name) or row.cells["name"]


def faulty(cell: Cell, fault: Fault) -> Problem:
    """Return the problem of a cell without a value."""
    if fault.uncalculated:
        message = say("the formula {text} was never calculated", text=fault.text)
        return Problem("uncalculated-formula", cell, fault.text, message, _SAVE)
    message = say("the cell holds the error {text}", text=fault.text)
    return Problem("faulty-cell", cell, fault.text, message, say("Correct the cell."))


def guess(words: Sequence[Value], otherwise: Message) -> tuple[Message, Items | None]:
    """Return a hint that names what may have been meant, or else what to do; and what it names."""
    if not words:
        return otherwise, None
    near = either(words)
    return say("{near}?", near=near), near
