"""Read old Excel workbooks (xls).

xlrd reads the same and more, but not safely: 5 KiB that announce their extent over and over take
900 MiB, 9 KiB with a text of negative length all memory there is, and a directory that branches
at each entry never ends (tests/hostile_small.py). calamine aborts the process on what lies about
its size. Nothing here is made larger than what was found.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from alliance_check.model.message import say
from alliance_check.model.sheet import (
    Content,
    Fault,
    Sheet,
    Workbook,
)
from alliance_check.readers.limits import (
    Budget,
    Limits,
    damaged,
    not_a_table,
    protected,
    too_long,
    too_much,
)
from alliance_check.readers.marks import Marks, assemble, padded
from alliance_check.readers.values import Grid, moment
from alliance_check.readers.xls.ole2 import BrokenContainer, Container
from alliance_check.readers.xls.records import (
    BIFF8,
    CONTINUE,
    SharedTexts,
    codec_of,
    joined,
    records,
    short_text,
)
from alliance_check.readers.xlsx.colours import colour
from alliance_check.readers.xlsx.styles import LONGEST_CODE, Shown, padded_width, shown_by

_BEGIN, _END, _PASSWORD, _ROW, _SHEET, _MERGED = 0x0809, 0x000A, 0x002F, 0x0208, 0x0085, 0x00E5
_FONT, _FORMAT, _STYLE, _TEXTS = 0x0031, 0x041E, 0x00E0, 0x00FC
_PALETTE, _CODE_PAGE, _SINCE_1904 = 0x0092, 0x0042, 0x0022
_NUMBER, _SHORT_NUMBER, _SHORT_NUMBERS, _TRUTH = 0x0203, 0x027E, 0x00BD, 0x0205
_LABEL, _RICH_LABEL, _SHARED_LABEL, _FORMULA, _RESULT = 0x0204, 0x00D6, 0x00FD, 0x0006, 0x0207
_FIRST_COLOUR = 8
"""The number of the first colour of a palette; those below it never change."""
_SOLID = 1
# What is kept of a sheet, of a mark or style, and of a row costs in memory, about.
_SHEET_BYTES, _MARK_BYTES, _ROW_BYTES, _CELL_BYTES = 2_000, 250, 80, 80
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_NOTE = say(
    "An .xls file shows neither comments nor which formulas were never calculated, nor a text that "
    "is struck through only in part; save it as .xlsx to have them checked."
)


class _Encrypted(ValueError):
    """The records are protected by a password."""


class _Style(NamedTuple):
    """What a cell style shows that values do not: digits, a date, a unit, the fill's number."""

    is_struck: bool = False
    width: int = 0
    shown: Shown = Shown()
    unit: str = ""
    fill: int | None = None


_PLAIN = _Style()


class _Listed(NamedTuple):
    """A sheet as the workbook lists it, and where its records begin."""

    title: str
    start: int
    hidden: bool
    cells: bool


@dataclass
class _Globals:
    """What the sheets of one workbook share."""

    budget: Budget
    version: int = BIFF8
    codec: str = "cp1252"
    since_1904: bool = False
    sheets: list[_Listed] = field(default_factory=list)
    fonts: int = 0
    struck_fonts: set[int] = field(default_factory=set)
    codes: dict[int, str] = field(default_factory=dict)
    style_count: int = 0
    styles: dict[int, _Style] = field(default_factory=dict)
    palette: dict[int, str] = field(default_factory=dict)
    blocks: list[bytes] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    texts_go_on: bool = False

    def take(self, kind: int, body: bytes) -> None:
        """Read one record."""
        if kind == CONTINUE and self.texts_go_on:
            self.blocks.append(body)
            return
        self.texts_go_on = kind == _TEXTS
        if kind in _GLOBAL:
            self.budget.spend(_MARK_BYTES)
            _GLOBAL[kind](self, body)

    def colour(self, number: int | None) -> str:
        """Return a colour by its number as RRGGBB, "" for white, unknown and None."""
        if number is None:
            return ""
        changed = self.palette.get(number)
        return colour({"rgb": changed} if changed else {"indexed": str(number)}, ())


def _sheet(found: _Globals, body: bytes) -> None:
    start, state, kind = struct.unpack_from("<IBB", body)
    title = joined(short_text(body, 6, found.version, found.codec, width=1))
    found.sheets.append(_Listed(title, start, state != 0, kind == 0))


def _font(found: _Globals, body: bytes) -> None:
    # There is no font number 4: it was forgotten once and never came back.
    number = found.fonts + (found.fonts > 3)
    found.fonts += 1
    if body[2] & 0x08:
        found.struck_fonts.add(number)


def _style(found: _Globals, body: bytes) -> None:
    # Fonts and formats stand before the styles that use them.
    font, number = struct.unpack_from("<HH", body)
    is_solid = len(body) >= 20 and body[17] >> 2 == _SOLID
    code = found.codes.get(number, "")
    shown_so = shown_by(str(number), code)
    style = _Style(
        font in found.struck_fonts,
        padded_width(code),
        shown_so,
        code if shown_so.unit else "",
        body[18] & 0x7F if is_solid else None,
    )
    if style != _PLAIN:
        found.styles[found.style_count] = style
    found.style_count += 1


def _palette(found: _Globals, body: bytes) -> None:
    for number, at in enumerate(range(2, len(body) - 3, 4), _FIRST_COLOUR):
        found.palette[number] = body[at : at + 3].hex().upper()


def _format(found: _Globals, body: bytes) -> None:
    width = 2 if found.version >= BIFF8 else 1
    code = short_text(body, 2, found.version, found.codec, width)
    found.codes[int.from_bytes(body[:2], "little")] = joined(code)[:LONGEST_CODE]


def _texts(found: _Globals, body: bytes) -> None:
    found.blocks = [body]


def _password(_found: _Globals, _body: bytes) -> None:
    raise _Encrypted


def _code_page(found: _Globals, body: bytes) -> None:
    found.codec = codec_of(int.from_bytes(body[:2], "little"))


def _first_day(found: _Globals, body: bytes) -> None:
    found.since_1904 = body[:1] == b"\1"


_GLOBAL: dict[int, Callable[[_Globals, bytes], None]] = {
    _SHEET: _sheet,
    _FONT: _font,
    _STYLE: _style,
    _FORMAT: _format,
    _PALETTE: _palette,
    _TEXTS: _texts,
    _PASSWORD: _password,
    _CODE_PAGE: _code_page,
    _SINCE_1904: _first_day,
}


def read_xls(content: bytes, name: str, limits: Limits) -> Workbook:
    """Return the sheets of the workbook."""
    if len(content) > limits.whole:
        raise too_much(name, "", limits)
    try:
        stream = _book_stream(Container(content), name)
        return Workbook(tuple(_StreamPass(name, limits).read(stream)), (_NOTE,))
    except _Encrypted as error:
        raise protected(name) from error
    except (BrokenContainer, struct.error, IndexError) as error:
        raise damaged(name, "its sectors or records are broken") from error


def _book_stream(container: Container, name: str) -> bytes:
    streams = container.streams
    if "EncryptedPackage" in streams:
        raise protected(name)
    for wanted in ("Workbook", "Book"):
        if wanted in streams:
            return container.read(wanted)
    if "WordDocument" in streams:
        raise not_a_table(name, say("a Word document"), document=True)
    raise not_a_table(name, say("an old Office or mail file"))


class _StreamPass:
    """Follows the records of a workbook: what its sheets share first, then each of them."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._shared = _Globals(Budget(name, limits, limits.marked))
        self._budget = Budget(name, limits, limits.opened)
        self._listed: dict[int, _Listed] = {}
        self._passes: dict[int, _SheetPass] = {}
        self._within: list[_SheetPass | None] = []

    def read(self, stream: bytes) -> Iterator[Sheet]:
        """Yield the sheets in the order in which they are listed."""
        for at, kind, body in records(stream):
            if kind == _BEGIN:
                self._begin(at, body)
            elif kind == _END:
                self._end()
            elif not self._listed and len(self._within) == 1:
                self._shared.take(kind, body)
            elif self._within and (sheet := self._within[-1]) is not None:
                sheet.take(kind, body)
        for start, about in self._listed.items():
            if about.cells and start not in self._passes:
                raise damaged(self._name, "its list of sheets is not clear")
            if about.cells:
                rows, marks = self._passes[start].grid.finished(), self._passes[start].marks
                yield assemble(self._name, about.title, rows, marks, hidden=about.hidden)

    def _begin(self, at: int, body: bytes) -> None:
        self._shared.budget.spend(_SHEET_BYTES)
        if at == 0:
            self._shared.version = int.from_bytes(body[:2], "little")
        # A chart within a sheet begins and ends inside it.
        if at in self._listed and not self._within:
            grid = Grid(self._name, self._listed[at].title, self._limits, self._budget)
            self._passes[at] = _SheetPass(self._shared, grid)
        self._within.append(self._passes.get(at))

    def _end(self) -> None:
        if self._within:
            self._within.pop()
        if not self._within and not self._listed:
            self._listed = _listed(self._shared, self._name)
            refused = too_long(self._name, "", self._limits)
            texts = SharedTexts(self._budget.spend, self._limits.cell, refused)
            self._shared.texts = texts.read(self._shared.blocks)


def _listed(shared: _Globals, name: str) -> dict[int, _Listed]:
    """Return the sheets by where they begin."""
    listed = {one.start: one for one in shared.sheets}
    if len(listed) < len(shared.sheets):
        raise damaged(name, "two of its sheets are the same part")
    if not listed:
        raise damaged(name, "its list of sheets is not clear")
    return listed


class _SheetPass:
    """Fills the grid of a sheet and collects its marks."""

    def __init__(self, shared: _Globals, grid: Grid) -> None:
        self._shared, self.grid, self.marks = shared, grid, Marks()
        self._spend = shared.budget.spend
        self._result: tuple[int, int, int] | None = None
        self._kinds: dict[int, Callable[[bytes], None]] = {
            _NUMBER: self._number,
            _SHORT_NUMBER: self._short_number,
            _SHORT_NUMBERS: self._short_numbers,
            _LABEL: self._label,
            _RICH_LABEL: self._label,
            _SHARED_LABEL: self._shared_label,
            _TRUTH: self._truth,
            _FORMULA: self._formula,
            _RESULT: self._text_of_formula,
            _ROW: self._row,
            _MERGED: self._merged,
        }

    def take(self, kind: int, body: bytes) -> None:
        """Read one record."""
        if kind in self._kinds:
            self.grid.spend(_CELL_BYTES)
            self._kinds[kind](body)

    def _number(self, body: bytes) -> None:
        row, column, style, value = struct.unpack_from("<HHHd", body)
        self._put_number(row, column, style, value)

    def _short_number(self, body: bytes) -> None:
        row, column, style, packed = struct.unpack_from("<HHHI", body)
        self._put_number(row, column, style, _unpacked(packed))

    def _short_numbers(self, body: bytes) -> None:
        row, first = struct.unpack_from("<HH", body)
        (last,) = struct.unpack_from("<H", body, len(body) - 2)
        pairs = list(struct.iter_unpack("<HI", body[4:-2]))
        if len(pairs) != last - first + 1:
            raise IndexError
        self.grid.spend(_CELL_BYTES * len(pairs))
        for column, (style, packed) in enumerate(pairs, first):
            self._put_number(row, column, style, _unpacked(packed))

    def _label(self, body: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", body)
        text = short_text(body, 6, self._shared.version, self._shared.codec)
        self._put(row, column, style, self.grid.texts[joined(text)])

    def _shared_label(self, body: bytes) -> None:
        row, column, style, number = struct.unpack_from("<HHHI", body)
        self._put(row, column, style, self.grid.texts[self._shared.texts[number]])

    def _truth(self, body: bytes) -> None:
        row, column, style, value, is_error = struct.unpack_from("<HHHBB", body)
        if is_error:
            self._put(row, column, style, self._error(value))
        else:
            self._put(row, column, style, "TRUE" if value else "FALSE")

    def _formula(self, body: bytes) -> None:
        row, column, style, value = struct.unpack_from("<HHHd", body)
        self._result = None
        if body[12:14] != b"\xff\xff":
            self._put_number(row, column, style, value)
        elif body[6] == 0:
            self._result = (row, column, style)
        elif body[6] == 1:
            self._put(row, column, style, "TRUE" if body[8] else "FALSE")
        elif body[6] == 2:
            self._put(row, column, style, self._error(body[8]))

    def _text_of_formula(self, body: bytes) -> None:
        if self._result is not None:
            text = short_text(body, 0, self._shared.version, self._shared.codec)
            self._put(*self._result, self.grid.texts[joined(text)])
            self._result = None

    def _row(self, body: bytes) -> None:
        # Bit 5 says that the row has no height.
        if body[12] & 0x20:
            self._spend(_ROW_BYTES)
            self.marks.hidden_rows.add(int.from_bytes(body[:2], "little") + 1)

    def _merged(self, body: bytes) -> None:
        count = int.from_bytes(body[:2], "little")
        self._spend(_MARK_BYTES * count)
        for top, bottom, left, right in struct.iter_unpack("<4H", body[2 : 2 + 8 * count]):
            self.marks.merged.append((top + 1, left + 1, bottom + 1, right + 1))

    def _error(self, code: int) -> Fault:
        self._spend(_MARK_BYTES)
        return Fault(_ERRORS.get(code, "#ERROR"))

    def _put_number(self, row: int, column: int, number: int, value: float) -> None:
        style = self._shared.styles.get(number, _PLAIN)
        content = self.grid.numbers[value]
        if style.width:
            content = padded(content, style.width)
        elif style.shown.date:
            since_1904 = self._shared.since_1904
            found = moment(value, since_1904=since_1904, elapsed=style.shown.elapsed)
            content = content if found is None else self.grid.texts[found]
        self._put(row, column, number, content)
        if style.unit and self._shared.budget.affords(_MARK_BYTES):
            self._spend(_MARK_BYTES)
            self.marks.formats[row + 1, column + 1] = style.unit

    def _put(self, row: int, column: int, number: int, content: Content) -> None:
        self.grid.put(row + 1, column + 1, content)
        style = self._shared.styles.get(number)
        if style is None or content == "":
            return
        place = (row + 1, column + 1)
        if style.is_struck:
            self._spend(_MARK_BYTES)
            self.marks.struck.add(place)
        fill = self._shared.colour(style.fill)
        if fill and self._shared.budget.affords(_MARK_BYTES):
            self._spend(_MARK_BYTES)
            self.marks.fills[place] = fill


def _unpacked(packed: int) -> float:
    """Return a number that is packed into four bytes."""
    if packed & 2:
        signed = packed - (1 << 32) if packed >> 31 else packed
        value = float(signed >> 2)
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (packed & ~3) << 32))
    return value / 100 if packed & 1 else value
