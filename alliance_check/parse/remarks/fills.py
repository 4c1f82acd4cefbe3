"""Apply what a legend says of coloured cells to the partners whose rows have that colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from alliance_check.model.consortium import Cell, Presence, Remark, Role
from alliance_check.model.message import Message, listed, say
from alliance_check.parse.remarks.beside import Remarks
from alliance_check.parse.table.values import Row, Table, text_of
from alliance_check.vocabulary.colours import colour_meaning, colour_name, explains_signs
from alliance_check.vocabulary.remarks import Tone, read_remark, read_status

_LONGEST_LEGEND = 120


class _Legend(NamedTuple):
    """What one colour means: a fill as RRGGBB, or the name of a colour; *remark* is the cell."""

    colour: str
    remark: Remark
    text: str


def read_fills(table: Table, rows: Sequence[Row], remarks: Sequence[Remarks]) -> list[Message]:
    """Add to *remarks* what legends say of the fill of each row; return what nobody explains."""
    coloured = {row.number: _colours(table, row) for row in rows}
    if not any(coloured.values()):
        return []
    legends = list(_legends(table, rows))
    for row, found in zip(rows, remarks, strict=True):
        for legend in legends:
            fills = coloured[row.number]
            if legend.colour in fills or legend.colour in {colour_name(fill) for fill in fills}:
                _apply(table, legend, found)
    marked = _unexplained(coloured, legends)
    unread = [one.remark for one in legends if not one.colour]
    if not marked:
        return []
    for row, found in zip(rows, remarks, strict=True):
        if row.number in marked:
            found.open += unread
    return [say("Coloured without a legend that says why: row {rows}.", rows=listed(marked))]


def _colours(table: Table, row: Row) -> frozenset[str]:
    """Return the fills of the cells of a partner that are within the table."""
    numbers = {column.number for columns in table.columns.values() for column in columns}
    fills = table.sheet.fills
    return frozenset(fills[place] for n in numbers if (place := (row.number, n)) in fills)


def _legends(table: Table, rows: Sequence[Row]) -> Iterator[_Legend]:
    """Yield what texts outside of the partners' own cells say of a colour.

    The colour is named in the text, or is the fill of its cell or of an empty one to its left.
    """
    sheet = table.sheet
    partners = {row.number for row in rows}
    edge = max(c.number for columns in table.columns.values() for c in columns)
    for number, content in enumerate(sheet.rows, start=1):
        inside = number in partners or table.first_row <= number <= table.header_row
        for column, value in enumerate(content, start=1):
            if not isinstance(value, str) or not value.strip() or (inside and column <= edge):
                continue
            text = text_of(value)
            remark = Remark(Cell(sheet.name, number, column), text)
            if len(text) > _LONGEST_LEGEND:
                continue
            named = colour_meaning(text)
            if named is not None:
                yield _Legend(named[0], remark, named[1])
            fill = sheet.fills.get((number, column)) or sheet.fills.get((number, column - 1))
            if fill is not None and named is None:
                yield _Legend(fill, remark, text)
            elif named is None and explains_signs(text):
                yield _Legend("", remark, text)


def _apply(table: Table, legend: _Legend, found: Remarks) -> None:
    role = table.words.role(legend.text)
    tone = read_remark(legend.text)
    if role is not Role.UNKNOWN:
        if role is not Role.FULL_PARTNER:
            found.roles.append((legend.remark, role))
    elif tone is Tone.DOUBT or read_status(legend.text) in {Presence.POSSIBLE, Presence.DECLINED}:
        found.doubts.append(legend.remark)
    elif tone is Tone.UNREAD and not table.words.kinds(legend.text).kinds:
        found.open.append(legend.remark)


def _unexplained(coloured: Mapping[int, frozenset[str]], legends: Sequence[_Legend]) -> list[int]:
    """Return the rows of the few that are set apart by a colour that no legend explains."""
    explained = {legend.colour for legend in legends}
    marked = [
        number
        for number, fills in coloured.items()
        if any(fill not in explained and colour_name(fill) not in explained for fill in fills)
    ]
    common = Counter(frozenset(fills) for fills in coloured.values()).most_common(1)[0][0]
    return [number for number in marked if coloured[number] != common]
