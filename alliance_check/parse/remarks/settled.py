"""Settle open texts by what the caller says of them.

Only what is open can be settled: what was read of a role, a status, a withdrawal or a country is
known by then, and no setting is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from alliance_check.model.consortium import Cell, Remark
from alliance_check.model.message import Message, listed, say
from alliance_check.model.settings import Heeded, Idle, Setting, SettingKind
from alliance_check.parse.remarks.beside import Remarks, comments
from alliance_check.parse.table.values import Row, Table, filled_cells, text_of
from alliance_check.text.folding import fold

_MOST = 3
_NOT_OPEN = say("what is said there is not open, and no setting overrules it")


def settle(
    table: Table, rows: Sequence[Row], remarks: Sequence[Remarks], settings: Sequence[Setting]
) -> tuple[tuple[Heeded, ...], tuple[Idle, ...]]:
    """Take the texts that settings settle from what is open in *remarks*.

    Return the settings that settled something, and those that did not.
    """
    settled: dict[Setting, dict[Remark, None]] = defaultdict(dict)
    for row, one in zip(rows, remarks, strict=True):
        kept = []
        for remark in one.open:
            heeded = [setting for setting in settings if _covers(setting, table, row, remark)]
            for setting in heeded:
                settled[setting][remark] = None
            kept += [] if heeded else [remark]
        one.open = kept
    return (
        tuple(Heeded(setting, tuple(found)) for setting, found in settled.items()),
        tuple(
            Idle(setting, _why(setting, table, rows))
            for setting in dict.fromkeys(settings)
            if setting not in settled
        ),
    )


def _covers(setting: Setting, table: Table, row: Row, remark: Remark) -> bool:
    if setting.kind is SettingKind.REMARK:
        return _key(remark.text) == _key(setting.subject)
    if setting.kind is SettingKind.PARTNER:
        return _names(setting.subject, row)
    # A comment is no part of a column, nor is a name or a footnote.
    inside = remark.cell.row in {row.number, *row.further} and not remark.comment
    named = inside and remark.cell != row.cells["name"]
    return named and remark.cell.column in _columns(setting.subject, table)


def _key(text: str) -> str:
    """Return a text as it is compared: folded, but signs as they are."""
    return fold(text) or text.strip()


def _names(subject: str, row: Row) -> bool:
    """Say whether a cell, with or without its sheet, or a name is that of a partner."""
    cell = row.cells["name"]
    return subject in {str(cell), cell.address} or fold(subject) == fold(row.text("name"))


def _columns(subject: str, table: Table) -> set[int]:
    headers = enumerate(table.headers, start=1)
    return {number for number, header in headers if _key(header) == _key(subject)}


def _why(setting: Setting, table: Table, rows: Sequence[Row]) -> Message:
    """Return why a setting settled nothing."""
    if setting.kind is SettingKind.REMARK:
        cells = list(_standing(setting.subject, table, rows))
        if not cells:
            return say("it stands beside no partner")
        return say("{cells}: {why}", cells=listed(cells, _MOST), why=_NOT_OPEN)
    if setting.kind is SettingKind.COLUMN:
        return _NOT_OPEN if _columns(setting.subject, table) else say("there is no such column")
    if any(_names(setting.subject, row) for row in rows):
        return _NOT_OPEN
    return say("no partner is called so, nor does one stand there")


def _standing(text: str, table: Table, rows: Sequence[Row]) -> Iterator[Cell]:
    """Yield the cells of partners that hold a text, in themselves or in a comment."""
    written = comments(table)
    for number in (number for row in rows for number in (row.number, *row.further)):
        for column, content in filled_cells(table.sheet.rows[number - 1]):
            if _key(text_of(content)) == _key(text):
                yield Cell(table.sheet.name, number, column)
        yield from (one.cell for one in written.get(number, ()) if _key(one.text) == _key(text))
