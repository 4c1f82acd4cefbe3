"""Settle open texts by what the caller says of them.

Only what is open can be settled: what was read of a role, a status, a withdrawal or a country is
known by then, and no setting is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from alliance_check.model.message import Message, listed, say
from alliance_check.model.settings import Heeded, Idle, Setting, SettingKind
from alliance_check.model.sheet import Cell, Remark
from alliance_check.parse.remarks.gathered import Remarks, comments
from alliance_check.parse.table.values import PartnerTable, Row, filled_cells, text_of
from alliance_check.text.folding import fold

_MOST = 3
_NOT_OPEN = say("what is said there is not open, and no setting overrules it")


def settle(
    table: PartnerTable,
    rows: Sequence[Row],
    remarks: Sequence[Remarks],
    settings: Sequence[Setting],
) -> tuple[tuple[Heeded, ...], tuple[Idle, ...]]:
    """Take the texts that settings settle from what is open in *remarks*.

    Return the settings that settled something, and those that did not.
    """
    known = _Known(table, settings)
    settled: dict[Setting, dict[Remark, None]] = defaultdict(dict)
    for row, one in zip(rows, remarks, strict=True):
        kept = []
        for remark in one.open:
            heeded = list(known.covering(row, remark))
            for setting in heeded:
                settled[setting][remark] = None
            kept += [] if heeded else [remark]
        one.open = kept
    idle = [setting for setting in dict.fromkeys(settings) if setting not in settled]
    return (
        tuple(Heeded(setting, tuple(found)) for setting, found in settled.items()),
        tuple(_idle(table, rows, idle)) if idle else (),
    )


class _Known:
    """The settings, each by what it is about."""

    def __init__(self, table: PartnerTable, settings: Sequence[Setting]) -> None:
        self._about: dict[tuple[SettingKind, str], list[Setting]] = defaultdict(list)
        for setting in settings:
            self._about[setting.kind, _key(setting.subject)].append(setting)
            if setting.kind is SettingKind.PARTNER:  # folded, a cell is that of any sheet
                self._about[setting.kind, setting.subject].append(setting)
        self._headers = [_key(header) for header in table.headers]

    def covering(self, row: Row, remark: Remark) -> Iterator[Setting]:
        """Yield the settings that settle a text beside the partner of a row, each once."""
        found = [(SettingKind.REMARK, _key(remark.text))]
        found += [(SettingKind.PARTNER, name) for name in _names(row)]
        # A comment is no part of a column, nor is a name or a footnote.
        cell = remark.cell
        inside = cell.row in {row.number, *row.further} and not remark.comment
        if inside and cell != row.cells["name"] and cell.column <= len(self._headers):
            found.append((SettingKind.COLUMN, self._headers[cell.column - 1]))
        yield from dict.fromkeys(s for about in found for s in self._about.get(about, ()))


def _key(text: str) -> str:
    """Return a text as it is compared: folded, but signs as they are."""
    return fold(text) or text.strip()


def _names(row: Row) -> tuple[str, ...]:
    """Return what a setting may call a partner: the cell of its name, or the name."""
    cell = row.cells["name"]
    return str(cell), cell.address, _key(row.text("name"))


def _idle(table: PartnerTable, rows: Sequence[Row], settings: Sequence[Setting]) -> Iterator[Idle]:
    """Yield why settings settled nothing."""
    standing: dict[str, list[Cell]] = defaultdict(list)
    for remark in _standing(table, rows):
        standing[_key(remark.text)].append(remark.cell)
    headers = {_key(header) for header in table.headers}
    names = {name for row in rows for name in _names(row)}
    for setting in settings:
        yield Idle(setting, _why(setting, standing.get(_key(setting.subject)), headers, names))


def _why(
    setting: Setting, cells: Sequence[Cell] | None, headers: set[str], names: set[str]
) -> Message:
    if setting.kind is SettingKind.REMARK:
        if not cells:
            return say("it stands beside no partner")
        return say("{cells}: {why}", cells=listed(cells, _MOST), why=_NOT_OPEN)
    if setting.kind is SettingKind.COLUMN:
        there = _key(setting.subject) in headers
        return _NOT_OPEN if there else say("there is no such column")
    if names.isdisjoint({setting.subject, _key(setting.subject)}):
        return say("no partner is called so, nor does one stand there")
    return _NOT_OPEN


def _standing(table: PartnerTable, rows: Sequence[Row]) -> Iterator[Remark]:
    """Yield what the cells of partners hold, in themselves or in a comment."""
    written = comments(table)
    for number in (number for row in rows for number in (row.number, *row.further)):
        for column, content in filled_cells(table.sheet.rows[number - 1]):
            yield Remark(Cell(table.sheet.name, number, column), text_of(content))
        yield from written.get(number, ())
