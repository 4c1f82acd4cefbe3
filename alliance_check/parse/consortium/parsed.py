"""What parsing ends with: the consortium, and what it was made of so that it can be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alliance_check.model.consortium import Consortium, Partner, Problem, Remark
from alliance_check.model.message import Message
from alliance_check.model.settings import Heeded, Idle
from alliance_check.parse.table.values import Given, Labelled, Row, Table

if TYPE_CHECKING:
    from alliance_check.parse.cells.charters import CharterList


@dataclass(frozen=True)
class Basis:
    """The rows and what each says by itself, the labelled cells, and what the caller says.

    *added* are partners that no row tells of; *ecosystem* overrules the sheet; *redealt* says that
    the grant is no longer the one to which the shares in the sheet add up.
    """

    table: Table
    rows: tuple[Row, ...]
    partners: tuple[Partner, ...]
    columns: frozenset[str]
    labels: Mapping[str, list[Labelled]]
    given: Given
    charters: CharterList | None = None
    totals: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()
    added: tuple[Partner, ...] = ()
    ecosystem: str | None = None
    redealt: bool = False
    applied: tuple[Remark, ...] = ()
    """The texts beside partners that change what is known of them."""
    heeded: tuple[Heeded, ...] = ()
    """The settings that settled a text."""
    idle: tuple[Idle, ...] = ()
    """Those that had no effect."""


@dataclass(frozen=True)
class Parsed:
    """What the sheet says once it is understood, and every cell that was not."""

    consortium: Consortium
    basis: Basis
    """What the consortium was made of, so that it can be changed."""
    problems: tuple[Problem, ...] = ()
    notes: tuple[Message, ...] = ()
    call: str | None = None
    lot: str | None = None
