"""Collect from a sheet's XML what its values do not show: formulas, errors, hiding, style."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from alliance_check.model.consortium import Fault, column_number
from alliance_check.readers.limits import Budget
from alliance_check.readers.xlsx.styles import Runs, Styles, Unstruck
from alliance_check.readers.xml import run

Place = tuple[int, int]
Area = tuple[int, int, int, int]
_PLACE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_AREA = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6}):([A-Z]{1,3})([1-9][0-9]{0,6})")
_TRUE = frozenset({"1", "true", "on"})
_MARK_BYTES = 250
"""What one mark costs in memory, about."""
_ROW_BYTES = 90


@dataclass
class Marks:
    """What the values of a sheet do not show, by row and column, and how far its cells reach.

    ``padded`` gives the digits that are shown, ``kept`` the text that is shown where it is not
    the value, ``partly`` the texts of which a part is struck through, ``merged`` the first row
    and column of merged cells and their last. The other fields are those of ``Sheet``.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    struck: set[Place] = field(default_factory=set)
    faults: dict[Place, Fault] = field(default_factory=dict)
    padded: dict[Place, int] = field(default_factory=dict)
    kept: dict[Place, str] = field(default_factory=dict)
    partly: set[Place] = field(default_factory=set)
    merged: list[Area] = field(default_factory=list)
    comments: dict[Place, str] = field(default_factory=dict)
    fills: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)


class SheetPass:
    """Collects the marks of a sheet.

    *check* is called now and then and may refuse the sheet, each mark is charged to *budget*;
    *stale* says that the program which wrote the file left the formulas to be calculated.
    """

    def __init__(
        self,
        styles: Styles,
        left: Unstruck,
        check: Callable[[Marks], None],
        budget: Budget,
        *,
        stale: bool = False,
    ) -> None:
        self.marks = Marks()
        self._styles, self._left, self._check, self._stale = styles, left, check, stale
        self._budget, self._spend = budget, budget.spend
        self._row = self._column = 0
        self._cell: dict[str, str] = {}
        self._into: list[str] | None = None
        self._value: list[str] | None = None
        self._formula: list[str] | None = None
        self._runs = Runs()
        self._texts = False

    def read(self, pieces: Iterable[bytes], name: str) -> Marks:
        """Parse the XML of a sheet and return its marks."""
        opened = {
            **self._runs.opened(),
            "row": self._open_row,
            "c": self._open_cell,
            "v": self._open_value,
            "f": self._open_formula,
            "is": self._open_text,
            "mergeCell": self._merge,
        }
        ends = {"c": self._close_cell, "v": self._leave, "f": self._leave}
        run(pieces, name, opened, {**self._runs.closed(), **ends}, self._text)
        self._check(self.marks)
        return self.marks

    def _open_value(self, _given: dict[str, str]) -> None:
        self._into = self._value = []

    def _open_formula(self, _given: dict[str, str]) -> None:
        self._into = self._formula = []

    def _open_text(self, _given: dict[str, str]) -> None:
        self._texts = True

    def _leave(self) -> None:
        self._into = None

    def _text(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)
        elif self._texts:
            self._runs.text(text)

    def _open_row(self, given: dict[str, str]) -> None:
        # What is no number ends the reading: the value is not to be looked for elsewhere.
        self._row = int(given["r"]) if "r" in given else self._row + 1
        self._column = 0
        if given.get("hidden") in _TRUE or _zero(given.get("ht")):
            self.marks.hidden_rows.add(self._row)
            self._spend(_ROW_BYTES)

    def _open_cell(self, given: dict[str, str]) -> None:
        if "r" in given:
            self._row, self._column = place_of(given["r"])
        else:
            self._column += 1
        marks = self.marks
        marks.cells += 1
        marks.rows, marks.columns = max(marks.rows, self._row), max(marks.columns, self._column)
        if not marks.cells & 0xFFF:
            self._check(marks)
        self._cell, self._value, self._formula, self._texts = given, None, None, False
        self._runs.begin()

    def _close_cell(self) -> None:
        given, self._into = self._cell, None
        place, kind, style = (self._row, self._column), given.get("t", "n"), given.get("s", "")
        value = "".join(self._value or ()).strip()
        if kind == "e":
            self.marks.faults[place] = self._counted(Fault(value or "#ERROR"))
        elif self._formula is not None and self._is_uncalculated(kind, value):
            formula = "".join(self._formula).strip() or "…"
            self.marks.faults[place] = self._counted(Fault("=" + formula, uncalculated=True))
        elif kind == "n" and style in self._styles.padded:
            self.marks.padded[place] = self._styles.padded[style]
            self._spend(_MARK_BYTES)
        # Hot: most cells have neither.
        if style in self._styles.fills or style in self._styles.formats:
            self._mark_style(place, kind, style, is_filled=bool(value) or self._texts)
        self._mark_struck(place, kind, value)
        self._texts = False

    def _mark_style(self, place: Place, kind: str, style: str, *, is_filled: bool) -> None:
        if not (is_filled and self._budget.affords(2 * _MARK_BYTES)):
            return
        styles = self._styles
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
        return never or (self._stale and value == "0")

    def _counted(self, fault: Fault) -> Fault:
        self._spend(_MARK_BYTES + 4 * len(fault.text))
        return fault

    def _mark_struck(self, place: Place, kind: str, value: str) -> None:
        left: str | None = ""
        if kind == "s" and value.isdecimal():
            left = self._left.get(int(value), "")
        elif self._texts and self._runs.partly():
            is_struck, rest = self._runs.left()
            left = None if is_struck else rest
        has_text = bool(value) or self._texts
        if left is None or (self._cell.get("s", "") in self._styles.struck and has_text):
            self.marks.struck.add(place)
            self._spend(_MARK_BYTES)
        elif left:
            self.marks.kept[place] = left
            self.marks.partly.add(place)
            self._spend(_MARK_BYTES + 4 * len(left))

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
