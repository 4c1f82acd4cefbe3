"""Apply what a legend says of coloured cells to the partners whose rows have that colour.

The words for colours are in ``data/colours.csv``.
"""

from __future__ import annotations

import colorsys
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from alliance_check.model.consortium import Presence, Role
from alliance_check.model.message import Message, listed, say
from alliance_check.model.sheet import Cell, Remark
from alliance_check.parse.remarks.gathered import Remarks
from alliance_check.parse.table.values import PartnerTable, Row, text_of
from alliance_check.text.folding import fold
from alliance_check.text.tables import phrases
from alliance_check.vocabulary.remarks import Tone, read_remark, read_status

_LONGEST_LEGEND = 120
_GREY = 0.12
"""Saturation below which a colour is grey."""
_HUES = ((15, "red"), (45, "orange"), (70, "yellow"), (170, "green"), (260, "blue"))
_PURPLE, _REDDISH = 320, "red"
_LEGEND = re.compile(r"^\s*\w+\s*=\s*\S")
_SEPARATED = re.compile(r"^\s*(\w+)\s*(?:[=:→–—-]+|->)\s*(.+)$")


class _Legend(NamedTuple):
    """What one colour means: a fill as RRGGBB, or the name of a colour; *remark* is the cell."""

    colour: str
    remark: Remark
    text: str


def read_fills(
    table: PartnerTable, rows: Sequence[Row], remarks: Sequence[Remarks]
) -> list[Message]:
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


def _colours(table: PartnerTable, row: Row) -> frozenset[str]:
    """Return the fills of the cells of a partner that are within the table."""
    numbers = {column.number for columns in table.columns.values() for column in columns}
    fills = table.sheet.fills
    return frozenset(fills[place] for n in numbers if (place := (row.number, n)) in fills)


def _legends(table: PartnerTable, rows: Sequence[Row]) -> Iterator[_Legend]:
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
            elif named is None and _explains_signs(text):
                yield _Legend("", remark, text)


def _apply(table: PartnerTable, legend: _Legend, found: Remarks) -> None:
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


def colour_name(code: str) -> str:
    """Return the name of a colour given as RRGGBB.

    >>> [colour_name(code) for code in ("FF0000", "FFC7CE", "FFFF00", "92D050", "D9D9D9")]
    ['red', 'red', 'yellow', 'green', 'grey']
    """
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, _, _ = colorsys.rgb_to_hls(red, green, blue)
    if max(red, green, blue) - min(red, green, blue) < _GREY:
        return "grey"
    degrees = 360 * hue
    if degrees >= _PURPLE:
        return _REDDISH
    return next((name for limit, name in _HUES if degrees < limit), "purple")


def colour_meaning(text: str) -> tuple[str, str] | None:
    """Return the colour that a legend begins with and what it says of it; None if it has none.

    >>> colour_meaning("Rød = ikke bekreftet"), colour_meaning("Redaction: Anna")
    (('red', 'ikke bekreftet'), None)
    """
    found = _SEPARATED.match(text)
    name = _names().get(fold(found[1])) if found else None
    return (name, found[2].strip()) if found and name else None


def _explains_signs(text: str) -> bool:
    """Say whether a text has the form of a legend, as "žlutá = zatím nepotvrzeno" has."""
    return _LEGEND.match(text) is not None


@cache
def _names() -> Mapping[str, str]:
    rows = phrases("colours.csv")
    return {word: colour for colour, _, words in rows for word in words}
