"""Scan the records of an old Excel workbook for its extent and for what values do not show."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from alliance_check.model.consortium import Fault
from alliance_check.readers.limits import Budget
from alliance_check.readers.xlsx.colours import colour
from alliance_check.readers.xlsx.marks import Marks, Place
from alliance_check.readers.xlsx.styles import shows_unit

_EXTENT, _BEGIN, _END, _PASSWORD, _ROW, _SHEET = 0x0200, 0x0809, 0x000A, 0x002F, 0x0208, 0x0085
_FONT, _FORMAT, _STYLE, _TEXTS, _CONTINUE = 0x0031, 0x041E, 0x00E0, 0x00FC, 0x003C
_FORMULA, _ERROR, _TEXT_NUMBER, _MERGED, _PALETTE = 0x0006, 0x0205, 0x00FD, 0x00E5, 0x0092
_PACKED, _BLANKS = 0x00BD, frozenset({0x0201, 0x00BE})
_FIRST_COLOUR = 8
"""The number of the first colour of a palette; those below it never change."""
_SOLID = 1
# What is kept of a sheet, of a mark or style, and of a row costs in memory, about.
_SHEET_BYTES, _MARK_BYTES, _ROW_BYTES = 2_000, 250, 80
_RECORD_BYTES = 8
"""How many bytes there are to a record at the least, on the average of an honest workbook."""
_NUMBERS = frozenset({0x0203, 0x027E})
# Cells with one value: blank, number, label, error, formula, packed number, text number, rich.
_CELLS = frozenset({0x0201, 0x0203, 0x0204, 0x0205, 0x0006, 0x0406, 0x027E, 0x00FD, 0x00D6})
# Several cells of a row at once: packed numbers, blanks.
_SEVERAL = frozenset({_PACKED, 0x00BE})
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


class Encrypted(ValueError):
    """The records are protected by a password."""


class Style(NamedTuple):
    """What a cell style shows that values do not: ``width`` digits, a unit, the fill's number."""

    is_struck: bool = False
    width: int = 0
    unit: str = ""
    fill: int | None = None


@dataclass
class Records:
    """What the records of the workbook say: one Marks for each place where a sheet begins."""

    budget: Budget
    sheets: dict[int, Marks] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)
    fonts: int = 0
    struck_fonts: set[int] = field(default_factory=set)
    widths: dict[int, int] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    style_count: int = 0
    styles: dict[int, Style] = field(default_factory=dict)
    palette: dict[int, str] = field(default_factory=dict)
    text_numbers: list[int] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    texts_go_on: bool = False

    def colour(self, number: int | None) -> str:
        """Return a colour by its number as RRGGBB, "" for white, unknown and None."""
        if number is None:
            return ""
        changed = self.palette.get(number)
        return colour({"rgb": changed} if changed else {"indexed": str(number)}, ())


def records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield where each record stands, its kind and its content."""
    at, end = 0, len(stream)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def scan(stream: bytes, check: Callable[[Marks], None], budget: Budget) -> Records:
    """Collect what the records say.

    *check* is called for cells and may refuse them; what is kept is charged to *budget*. Raises
    Encrypted, and struct.error or IndexError for records that are too short.
    """
    found = Records(budget)
    # A chart within a sheet begins and ends inside it.
    within = [Marks()]
    most = 1_000 + len(stream) // _RECORD_BYTES
    spend = budget.spend
    for number, (at, kind, body) in enumerate(records(stream)):
        if number > most:
            raise IndexError
        marks = within[-1]
        if kind in _CELLS or kind in _SEVERAL:
            spend(_MARK_BYTES * _cell(found, marks, kind, body))
            check(marks)
        elif kind == _BEGIN:
            spend(_SHEET_BYTES)
            within.append(Marks())
            found.sheets[at] = within[-1]
        elif kind == _END:
            if len(within) > 1:
                within.pop()
        elif kind in _OF_SHEETS:
            spend(_ROW_BYTES if kind == _ROW else _MARK_BYTES + 16 * len(body))
            _OF_SHEETS[kind](marks, body)
            check(marks)
        elif kind in _GLOBAL:
            spend(_MARK_BYTES)
            _GLOBAL[kind](found, body)
        elif kind == _CONTINUE and found.texts_go_on:
            found.texts.append(body)
        found.texts_go_on = kind == _TEXTS or (kind == _CONTINUE and found.texts_go_on)
    return found


def _extent(marks: Marks, body: bytes) -> None:
    # The reading library makes room for as many cells as are announced. Since Excel 97 the
    # numbers of rows are longer.
    layout = "<IIHH" if len(body) >= 14 else "<HHHH"
    first, marks.rows, left, marks.columns = struct.unpack_from(layout, body)
    if first > marks.rows or left > marks.columns:
        raise IndexError


def _row(marks: Marks, body: bytes) -> None:
    # Bit 5 says that the row has no height.
    if body[12] & 0x20:
        marks.hidden_rows.add(int.from_bytes(body[:2], "little") + 1)


def _merged(marks: Marks, body: bytes) -> None:
    count = int.from_bytes(body[:2], "little")
    for top, bottom, left, right in struct.iter_unpack("<4H", body[2 : 2 + 8 * count]):
        marks.merged.append((top + 1, left + 1, bottom + 1, right + 1))


_OF_SHEETS = {_EXTENT: _extent, _ROW: _row, _MERGED: _merged}


def _sheet(found: Records, body: bytes) -> None:
    found.starts.append(int.from_bytes(body[:4], "little"))


def _font(found: Records, body: bytes) -> None:
    # There is no font number 4: it was forgotten once and never came back.
    number = found.fonts + (found.fonts > 3)
    found.fonts += 1
    if body[2] & 0x08:
        found.struck_fonts.add(number)


def _style(found: Records, body: bytes) -> None:
    # Fonts and formats stand before the styles that use them.
    font, code = struct.unpack_from("<HH", body)
    is_solid = len(body) >= 20 and body[17] >> 2 == _SOLID
    style = Style(
        font in found.struck_fonts,
        found.widths.get(code, 0),
        found.units.get(code, ""),
        body[18] & 0x7F if is_solid else None,
    )
    if style != Style():
        found.styles[found.style_count] = style
    found.style_count += 1


def _palette(found: Records, body: bytes) -> None:
    for number, at in enumerate(range(2, len(body) - 3, 4), _FIRST_COLOUR):
        found.palette[number] = body[at : at + 3].hex().upper()


def _format(found: Records, body: bytes) -> None:
    number, length, wide = struct.unpack_from("<HHB", body)
    raw = body[5 : 5 + length * (1 + (wide & 1))]
    code = raw.decode("utf-16-le" if wide & 1 else "latin-1", "replace")
    first = code.partition(";")[0]
    if len(first) > 1 and not first.strip("0"):
        found.widths[number] = len(first)
    elif shows_unit(code):
        found.units[number] = code


def _texts(found: Records, body: bytes) -> None:
    found.texts = [body]


def _password(_found: Records, _body: bytes) -> None:
    raise Encrypted


_GLOBAL = {
    _SHEET: _sheet,
    _FONT: _font,
    _STYLE: _style,
    _FORMAT: _format,
    _PALETTE: _palette,
    _TEXTS: _texts,
    _PASSWORD: _password,
}


def _cell(found: Records, marks: Marks, kind: int, body: bytes) -> int:
    """Measure a cell or several and collect their marks; return how many there are."""
    row, column, style = struct.unpack_from("<HHH", body)
    last = int.from_bytes(body[-2:], "little") if kind in _SEVERAL else column
    marks.rows, marks.columns = max(marks.rows, row + 1), max(marks.columns, last + 1, column + 1)
    marks.cells += max(last + 1 - column, 1)
    place = (row + 1, column + 1)
    is_number = kind in _NUMBERS
    kept = 0
    if kind == _ERROR and len(body) >= 8 and body[7]:
        marks.faults[place] = Fault(_ERRORS.get(body[6], "#ERROR"))
        kept += 1
    elif kind == _FORMULA and body[12:14] != b"\xff\xff":
        is_number = True
    elif kind == _FORMULA and body[6] == 2:
        marks.faults[place] = Fault(_ERRORS.get(body[8], "#ERROR"))
        kept += 1
    elif kind == _TEXT_NUMBER:
        found.text_numbers.append(int.from_bytes(body[6:10], "little"))
    if kind == _PACKED and found.styles:
        for offset in range((len(body) - 6) // 6):
            style = int.from_bytes(body[4 + 6 * offset : 6 + 6 * offset], "little")
            at = (row + 1, column + 1 + offset)
            kept += _mark_style(found, marks, at, style, is_number=True)
    elif kind not in _BLANKS:
        kept += _mark_style(found, marks, place, style, is_number=is_number)
    return kept


def _mark_style(found: Records, marks: Marks, place: Place, number: int, *, is_number: bool) -> int:
    """Keep what the style of a cell shows; return how many marks that makes."""
    style = found.styles.get(number)
    if style is None:
        return 0
    before = len(marks.fills) + len(marks.formats)
    if style.is_struck:
        marks.struck.add(place)
    if is_number and style.width:
        marks.padded[place] = style.width
    if found.budget.affords(2 * _MARK_BYTES):
        if is_number and style.unit:
            marks.formats[place] = style.unit
        if fill := found.colour(style.fill):
            marks.fills[place] = fill
    decorated = len(marks.fills) + len(marks.formats) - before
    return (place in marks.struck) + (place in marks.padded) + decorated


def lengths_of_texts(blocks: list[bytes]) -> Iterator[int]:
    """Yield the lengths of the texts that cells share, in characters."""
    if not blocks:
        return
    block, at = 0, 8
    total = int.from_bytes(blocks[0][4:8], "little")
    for _ in range(total):
        while block < len(blocks) and at >= len(blocks[block]):
            block, at = block + 1, at - len(blocks[block])
        if block >= len(blocks):
            return
        length, flags = struct.unpack_from("<HB", blocks[block], at)
        at += 3
        extra = 0
        if flags & 8:
            extra += 4 * struct.unpack_from("<H", blocks[block], at)[0]
            at += 2
        if flags & 4:
            extra += struct.unpack_from("<I", blocks[block], at)[0]
            at += 4
        yield length
        left, width = length, 1 + (flags & 1)
        while left and block < len(blocks):
            here = min(left, max(len(blocks[block]) - at, 0) // width)
            at, left = at + here * width, left - here
            if left:
                # A text that goes on in the next record says again how wide its letters are.
                block, at = block + 1, 1
                if block < len(blocks) and blocks[block]:
                    width = 1 + (blocks[block][0] & 1)
        at += extra
