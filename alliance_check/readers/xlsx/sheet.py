"""Collect from a sheet's XML its values, and what they do not show: hiding, style, merging."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from alliance_check.model.sheet import (
    Content,
    Fault,
    column_number,
)
from alliance_check.readers.archive import Archive
from alliance_check.readers.limits import Budget
from alliance_check.readers.marks import Marks, Place, padded
from alliance_check.readers.plain_xml import (
    ATTRIBUTES,
    TEXT,
    Plain,
    attributes,
    meant,
    without_groups,
)
from alliance_check.readers.values import Grid, moment
from alliance_check.readers.xlsx.styles import Styles
from alliance_check.readers.xlsx.texts import Runs, Shared, unescaped

_PLACE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")
_DIGITS = "0123456789"
_DATA = re.compile(b"<sheetData>")
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?(?:/>|></c>'
    rf'|(?: t="([a-z]{{1,3}})")?><v>(?!<)({TEXT})</v></c>'
    rf'| t="inlineStr"><is><t(?: xml:space="preserve")?>(?!<)({TEXT})</t></is></c>)'
)
"""A cell as most programs write it: its place, style, kind, and value or text."""
_ROW = re.compile(rf"<row({ATTRIBUTES})(?:/>|>((?:{without_groups(_CELL)})*+)</row>)")
_TRUE = frozenset({"1", "true", "on"})
_MARK_BYTES = 250
"""What one mark costs in memory, about."""
_ROW_BYTES = 90


class Book(NamedTuple):
    """What the sheets of one workbook share.

    *stale* says that the program which wrote the file left the formulas to be calculated, and
    *since_1904* from when on it counts days.
    """

    styles: Styles
    texts: Shared
    budget: Budget
    stale: bool
    since_1904: bool


class _Columns(dict[str, int]):
    """The numbers of columns by their letters, each made once."""

    def __missing__(self, letters: str) -> int:
        self[letters] = column_number(letters)
        return self[letters]


class SheetPass:
    """Fills the grid of a sheet and collects its marks."""

    def __init__(self, book: Book, grid: Grid) -> None:
        self.marks = Marks()
        self._book, self._grid, self._styles = book, grid, book.styles
        self._spend = book.budget.spend
        self._row = self._column = self._length = 0
        self._columns = _Columns()
        self._cell: dict[str, str] = {}
        self._into: list[str] | None = None
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._runs = Runs(grid.too_long, grid.longest)
        self._texts = self._within = False
        self._kinds: dict[str, Callable[[str, str], Content]] = {
            "n": self._number,
            "s": self._shared,
            "str": self._text_of_formula,
            "inlineStr": self._inline,
            "b": self._truth,
            "e": self._error,
            "d": self._day,
        }

    def read(self, archive: Archive, part: str) -> Marks:
        """Parse the XML of a sheet and return its marks."""
        opened = {
            **self._runs.opened(),
            "sheetData": self._open_data,
            "row": self._open_row,
            "c": self._open_cell,
            "v": self._open_value,
            "f": self._open_formula,
            "is": self._open_text,
            "mergeCell": self._merge,
        }
        ends = {
            "sheetData": self._close_data,
            "c": self._close_cell,
            "v": self._leave,
            "f": self._leave,
        }
        plain = Plain(_DATA, _ROW, b"</row>", self._take_row)
        archive.parse_around(plain, part, opened, {**self._runs.closed(), **ends}, self._text)
        return self.marks

    def _take_row(self, found: re.Match[str]) -> None:
        """Take a row that is written plainly; what the parser calls back for does the same."""
        self._open_row(attributes(found[1]))
        for letters, digits, style, kind, value, text in _CELL.findall(found[2] or ""):
            self._row, self._column = int(digits), self._columns[letters]
            if text:
                self._put(self._grid.texts[unescaped(meant(text))], "inlineStr", style)
            elif value:
                content = self._kinds[kind or "n"](meant(value), style)
                self._put(content, kind or "n", style)

    def _open_data(self, _given: dict[str, str]) -> None:
        self._within = True

    def _close_data(self) -> None:
        self._within = False

    def _open_value(self, _given: dict[str, str]) -> None:
        self._into = self._value = []

    def _open_formula(self, _given: dict[str, str]) -> None:
        self._into = self._formula = []

    def _open_text(self, _given: dict[str, str]) -> None:
        self._texts = True
        self._runs.begin()

    def _leave(self) -> None:
        self._into = None

    def _text(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)
            self._length += len(text)
            if self._length > 8 * self._grid.longest:
                raise self._grid.too_long
        elif self._texts:
            self._runs.text(text)

    def _open_row(self, given: dict[str, str]) -> None:
        # What is no number ends the reading: the value is not to be looked for elsewhere.
        self._row = int(given["r"]) if "r" in given else self._row + 1
        self._column = 0
        if self._row < 1:
            raise ValueError(self._row)
        if given.get("hidden") in _TRUE or _zero(given.get("ht")):
            self.marks.hidden_rows.add(self._row)
            self._spend(_ROW_BYTES)

    def _open_cell(self, given: dict[str, str]) -> None:
        address = given.get("r")
        if address is None:
            self._column += 1
        else:
            letters = address.rstrip(_DIGITS)
            if letters not in self._columns:
                self._columns[letters] = place_of(address)[1]
            self._row, self._column = int(address[len(letters) :]), self._columns[letters]
            if not self._row:
                raise ValueError(address)
        self._cell, self._value, self._formula, self._texts = given, None, None, False
        self._length = 0

    def _close_cell(self) -> None:
        given, formula = self._cell, self._formula
        if not self._within:
            return
        kind, style = given.get("t", "n"), given.get("s", "")
        # A blank cell has nothing but its style.
        if self._value is None and not self._texts and formula is None and kind != "e":
            return
        value = "".join(self._value or ())
        if formula is not None and self._is_uncalculated(kind, value.strip()):
            shown = "".join(formula).strip() or "…"
            content: Content = self._counted(Fault("=" + shown, uncalculated=True))
        else:
            content = self._kinds[kind](value, style)
        self._put(content, kind, style if value or self._texts else "")

    def _put(self, content: Content, kind: str, style: str) -> None:
        """Put a cell into the grid, and keep what its style shows."""
        self._grid.put(self._row, self._column, content)
        if style in self._styles.marked:
            self._mark_style(kind, style)

    # What a cell of each kind holds.

    def _number(self, value: str, style: str) -> Content:
        if not value or value.isspace():
            return ""
        content = self._grid.numbers[value]
        if not style:
            return content
        if style in self._styles.padded:
            return padded(content, self._styles.padded[style])
        if style in self._styles.dates:
            elapsed, since_1904 = self._styles.dates[style], self._book.since_1904
            found = moment(float(value), since_1904=since_1904, elapsed=elapsed)
            return content if found is None else self._grid.texts[found]
        return content

    def _shared(self, value: str, _style: str) -> Content:
        texts = self._book.texts
        number = int(value)
        if not 0 <= number < len(texts.texts):
            raise ValueError(value)
        text = texts.texts[number]
        if number in texts.struck:
            self._strike(text, texts.struck[number])
            text = texts.struck[number] or text
        return self._grid.texts[text]

    def _text_of_formula(self, value: str, _style: str) -> Content:
        return self._grid.texts[unescaped(value)]

    def _day(self, value: str, _style: str) -> Content:
        return self._grid.texts[value.strip().removesuffix("T00:00:00")]

    def _inline(self, value: str, _style: str) -> Content:
        if not self._texts:
            return self._grid.texts[unescaped(value)]
        whole, left = self._runs.whole(), self._runs.left()
        if self._runs.is_partly_struck():
            self._strike(whole, left.strip() and left)
            whole = left if left.strip() else whole
        return self._grid.texts[whole]

    def _truth(self, value: str, _style: str) -> Content:
        return "FALSE" if value.strip() in {"0", "false", ""} else "TRUE"

    def _error(self, value: str, _style: str) -> Content:
        return self._counted(Fault(value.strip() or "#ERROR"))

    def _strike(self, text: str, left: str | None) -> None:
        """Mark a text as struck through, or what is left of it as not the whole."""
        place = (self._row, self._column)
        if left:
            self.marks.partly.add(place)
        elif text:
            self.marks.struck.add(place)
        self._spend(_MARK_BYTES)

    def _mark_style(self, kind: str, style: str) -> None:
        styles, place = self._styles, (self._row, self._column)
        if style in styles.struck:
            self.marks.struck.add(place)
            self._spend(_MARK_BYTES)
        if not self._book.budget.affords(2 * _MARK_BYTES):
            return
        if style in styles.fills:
            self.marks.fills[place] = styles.fills[style]
            self._spend(_MARK_BYTES)
        if kind == "n" and style in styles.formats:
            self.marks.formats[place] = styles.formats[style]
            self._spend(_MARK_BYTES)

    def _is_uncalculated(self, kind: str, value: str) -> bool:
        # A formula whose result is an empty text has an empty value; one that was never
        # calculated has none, or the zero that some programs write in its place.
        never = not value and (kind != "str" or self._value is None)
        return kind != "e" and (never or (self._book.stale and value == "0"))

    def _counted(self, fault: Fault) -> Fault:
        self._spend(_MARK_BYTES + 4 * len(fault.text))
        return fault

    def _merge(self, given: dict[str, str]) -> None:
        area = _AREA.fullmatch(given.get("ref", ""))
        if area:
            left, right = column_number(area[1]), column_number(area[3])
            self.marks.merged.append((int(area[2]), left, int(area[4]), right))
            self._spend(_MARK_BYTES)


def place_of(address: str) -> Place:
    """Return the row and column of an address such as ``C7``; raise ValueError for no address."""
    place = _PLACE.fullmatch(address)
    if not place:
        raise ValueError(address)
    return int(place[2]), column_number(place[1])


def _zero(height: str | None) -> bool:
    return height is not None and not height.strip("0.")
