"""Which cells of a checked file are to be changed, and which stay although they are no labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from alliance_check.model.consortium import Cell
from alliance_check.model.message import Message, say
from alliance_check.parse.table.values import Row
from alliance_check.tidy.wanted import FIELDS, wanted

if TYPE_CHECKING:
    from alliance_check.parse.consortium.parsed import Basis

_FAULT = say("has no value to go by")


class Edit(NamedTuple):
    """A cell, what it says, and what it is to say."""

    cell: Cell
    field: str
    before: str
    after: str


class Left(NamedTuple):
    """A cell that stays as it is, and why."""

    cell: Cell
    field: str
    text: str
    why: Message


T = TypeVar("T", Edit, Left)


@dataclass(frozen=True)
class Plan:
    """The changes and the cells that stay, each in the order of the sheet."""

    changes: tuple[Edit, ...]
    left: tuple[Left, ...]


def plan(bases: Iterable[Basis]) -> Plan:
    """Return what is to be done to the rows of all consortia of a file."""
    found: dict[Cell, Edit | Left] = {}
    for basis in bases:
        for row in basis.rows:
            for one in _of_row(row, basis):
                found.setdefault(one.cell, one)
    return Plan(
        in_order(one for one in found.values() if isinstance(one, Edit)),
        in_order(one for one in found.values() if isinstance(one, Left)),
    )


def in_order(items: Iterable[T]) -> tuple[T, ...]:
    """Return changes or cells that stay in the order of the sheet."""
    return tuple(sorted(items, key=lambda one: (one.cell.row, one.cell.column)))


def _of_row(row: Row, basis: Basis) -> Iterator[Edit | Left]:
    shared = Counter(row.cells.values())
    for field in FIELDS:
        cell, text = row.cells.get(field), row.text(field)
        # A cell that two fields share says more than either, or what a reader put in its place.
        if cell is None or not text or shared[cell] > 1:
            continue
        if row.fault(field) is not None:
            yield Left(cell, field, text, _FAULT)
            continue
        answer = wanted(row, field, basis.table.words)
        if isinstance(answer, Message):
            yield Left(cell, field, text, answer)
        elif answer is not None:
            yield Edit(cell, field, text, answer)
