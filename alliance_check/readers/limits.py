"""Limit what is read of a file, and word the refusals."""

from __future__ import annotations

from typing import NamedTuple

from alliance_check.model.errors import TooLarge, UnreadableFile
from alliance_check.model.message import Message, say

MIB = 1 << 20
CELL_BYTES = 40
"""What a cell costs at the least, wherever it is kept and looked at."""
SAVE = say("open it in a spreadsheet program and save the partner list as .xlsx or .csv")
"""The way out for a file in which nothing but its format is wrong."""
COPY = say("copy its table into a spreadsheet and save that as .xlsx or .csv")
"""The way out for a document, which a spreadsheet program does not open."""


class Limits(NamedTuple):
    """The caps on what is read; each option of the command line raises one of them.

    ``cell`` is in characters, ``unpacked_mib`` in MiB. ``unpacked_mib`` bounds what the parts of
    a workbook unpack to, and half of it what its cells take once they are read.
    """

    rows: int = 200_000
    columns: int = 1_000
    cell: int = 32_767
    unpacked_mib: int = 128
    parts: int = 5_000

    @property
    def unpacked(self) -> int:
        """The cap on unpacked bytes."""
        return self.unpacked_mib * MIB

    @property
    def opened(self) -> int:
        """The cap on what cells take."""
        return self.unpacked // 2

    @property
    def whole(self) -> int:
        """The cap on a file that must be held in memory several times while it is read."""
        return self.unpacked // 8

    @property
    def marked(self) -> int:
        """The cap on marks: what a sheet shows that its values do not."""
        return self.unpacked // 5


class Budget:
    """Counts what is kept of one file, and refuses what passes the cap."""

    def __init__(self, name: str, limits: Limits, size: int) -> None:
        self._name, self._limits, self._left = name, limits, size
        self._half = size // 2

    def spend(self, size: int) -> None:
        """Charge this many bytes."""
        self._left -= size
        if self._left < 0:
            raise too_much(self._name, "", self._limits)

    def affords(self, size: int) -> bool:
        """Return whether half of the cap is left for what a sheet can be read without.

        Fills and units beyond that only decorate: they are left out, and no reason to refuse.
        """
        return self._left - size >= self._half


def shown(name: str) -> str:
    """Return what a sentence calls the file; ``-`` is standard input.

    >>> shown("-"), shown("partners.csv")
    ('Standard input', 'partners.csv')
    """
    return "Standard input" if name == "-" else name


def larger_than(name: str, most: int) -> TooLarge:
    """Return the error for a file of more bytes than are read at all, half of the cap."""
    return TooLarge(
        "{source} is larger than {most} MiB, half of --max-unpacked; leave only the partner "
        "list in it, or raise that cap.",
        source=shown(name),
        most=most // MIB,
    )


def too_many_rows(name: str, where: str, rows: int, limits: Limits) -> TooLarge:
    """Return the error for a sheet with more rows than the cap."""
    return TooLarge(
        "{name} has {rows} rows{where}, more than {most}; leave only the partner list in it, or "
        "raise the cap with --max-rows.",
        name=shown(name),
        rows=rows,
        where=where,
        most=limits.rows,
    )


def too_many_columns(name: str, where: str, columns: int, limits: Limits) -> TooLarge:
    """Return the error for a sheet with more columns than the cap."""
    return TooLarge(
        "{name} has {columns} columns{where}, more than {most}; leave only the partner list "
        "in it, or raise the cap with --max-columns.",
        name=shown(name),
        columns=columns,
        where=where,
        most=limits.columns,
    )


def too_long(name: str, where: str, limits: Limits) -> TooLarge:
    """Return the error for a cell with more text than the cap."""
    return TooLarge(
        "{name} has a cell with more than {cell} characters{where}; shorten it, or raise the cap "
        "with --max-cell.",
        name=shown(name),
        cell=limits.cell,
        where=where,
    )


def too_much(name: str, where: str, limits: Limits) -> TooLarge:
    """Return the error for a file that unpacks to more than the cap."""
    return TooLarge(
        "{name} needs too much memory{where}: more than {unpacked_mib} MiB unpacked or {cells} "
        "MiB of cells; leave only the partner list in it, or raise the cap with --max-unpacked.",
        name=shown(name),
        where=where,
        unpacked_mib=limits.unpacked_mib,
        cells=limits.unpacked_mib // 2,
    )


def too_dense(name: str, limits: Limits) -> TooLarge:
    """Return the error for a file that is packed far more densely than a workbook ever is."""
    return TooLarge(
        "{name} unpacks to far more than its size lets expect, as a hostile file does; save the "
        "partner list to a new file, or, if you trust it, raise --max-unpacked above "
        "{unpacked_mib}.",
        name=shown(name),
        unpacked_mib=limits.unpacked_mib,
    )


def not_a_table(name: str, what: Message, *, document: bool = False) -> UnreadableFile:
    """Return the error for a file that is something else; a *document* may hold a table."""
    way_out = COPY if document else SAVE
    return UnreadableFile(
        "{name} is {what}, not a spreadsheet; {way_out}.",
        name=shown(name),
        what=what,
        way_out=way_out,
    )


def damaged(name: str, why: str) -> UnreadableFile:
    """Return the error for a file that breaks the rules of its own format."""
    return UnreadableFile(
        "{name} is damaged ({why}); open it in a spreadsheet program, save it again and check "
        "that file.",
        name=shown(name),
        why=why,
    )


def protected(name: str) -> UnreadableFile:
    """Return the error for an encrypted file."""
    return UnreadableFile(
        "{name} is protected by a password; save it without one and check that file.",
        name=shown(name),
    )
