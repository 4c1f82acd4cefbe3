"""What advice is made of; plain values, so that reports can render them.

The room of a minimum is how many may go before it is no longer met; below 0, how many are missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alliance_check.model.consortium import Cell
from alliance_check.model.message import Message


@dataclass(frozen=True)
class Repair:
    """A cheapest set of changes: what it costs, the changes as ``--what-if`` takes them, in words.

    A sentence may stand for several changes; *notes* say what is taken for granted.
    """

    cost: int
    changes: tuple[str, ...]
    sentences: tuple[Message, ...]
    notes: tuple[Message, ...] = ()

    @property
    def text(self) -> str:
        """The sentences and notes, in English."""
        return " ".join(map(str, (*self.sentences, *self.notes)))


@dataclass(frozen=True)
class Margins:
    """How safe a yes is: the room of each minimum, and whose leaving would break one."""

    room: Mapping[str, int]
    critical: tuple[Cell, ...] = ()
    """The name cells of the partners none of which can be lost."""
    fewest: int = 0
    """The smallest number of partners whose leaving breaks a minimum; 0 when one is broken."""
    example: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class Advice:
    """What to change, or why nothing helps, and how much room there is."""

    margins: Margins
    repairs: tuple[Repair, ...] = ()
    none: Message | None = None
    """Why there is no repair of a consortium that is not eligible."""
    alone: tuple[str, ...] = ()
    """Cheapest changes, as ``--what-if`` takes them, each of which is enough by itself."""
