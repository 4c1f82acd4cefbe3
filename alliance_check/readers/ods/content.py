"""Scan a LibreOffice workbook for its extent and for what its values do not show."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from typing import TypeVar

from alliance_check.model.consortium import Fault
from alliance_check.readers.assemble import without_author
from alliance_check.readers.limits import (
    Budget,
    Limits,
    check_extent,
    opened_bytes,
    too_long,
    too_much,
)
from alliance_check.readers.ods.styles import OdsStyles
from alliance_check.readers.xlsx.marks import Marks, Place
from alliance_check.readers.xml import run

_PADDED = re.compile(r"0[0-9]{1,29}")
_ERROR = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|Err:[0-9]{3}")
# What is written next to the digits of a number; an exponent is one of them.
_UNIT = re.compile(r"(?!E[+-]?[0-9])[^\W\d_]+|[€$£¥₺₴₽]")
_MARK_BYTES = 250
_SHEET_BYTES = 2_000
_MOST_REPEATED = 1 << 24
_ROW_BYTES = 90
_Mark = TypeVar("_Mark")
_CELLS = ("table-cell", "covered-table-cell")


class ContentPass:
    """Follows rows and cells with their repetitions, and refuses what passes a cap.

    *opened* is what the file takes already, in bytes.
    """

    def __init__(self, name: str, limits: Limits, styles: OdsStyles, opened: int) -> None:
        self._name, self._limits, self._styles = name, limits, styles
        self._budget = Budget(name, limits, limits.marked)
        self._spend = self._budget.spend
        self.sheets: list[Marks] = []
        self._columns: list[tuple[int, str]] = []
        self._opened, self._before, self._length = opened, 0, 0
        self._row = self._row_times = self._column = self._times = 0
        self._row_style: str | None = None
        self._row_hidden = False
        self._cell: dict[str, str] | None = None
        self._covered = self._breaks = self._partly = False
        self._words: list[tuple[str, bool]] = []
        self._spans: list[bool] = []
        self._paragraphs = 0
        self._comment: list[str] | None = None
        self._author: list[str] = []
        self._signing = False

    def read(self, pieces: Iterable[bytes]) -> list[Marks]:
        """Return the marks of each sheet."""
        opened = {
            **self._styles.opened(),
            "table": self._open_table,
            "table-column": self._open_column,
            "table-row": self._open_row,
            "table-cell": self._open_cell,
            "covered-table-cell": self._open_covered,
            "p": self._open_paragraph,
            "span": self._open_span,
            "annotation": self._open_comment,
            "creator": self._sign,
            "s": self._space,
            "tab": self._break,
            "line-break": self._break,
        }
        closed: dict[str, Callable[[], None]] = {
            **dict.fromkeys(_CELLS, self._close_cell),
            "p": self._close_paragraph,
            "span": self._close_span,
            "annotation": self._close_comment,
            "creator": self._signed,
        }
        run(pieces, self._name, opened, closed, self._text)
        self._check()
        return self.sheets

    def _open_table(self, _given: dict[str, str]) -> None:
        self._spend(_SHEET_BYTES)
        self._check()
        self._before += self._spanned()
        self.sheets.append(Marks())
        self._columns = []
        self._row = self._row_times = 0

    def _open_column(self, given: dict[str, str]) -> None:
        last = self._columns[-1][0] if self._columns else 0
        times = _times(given.get("table:number-columns-repeated"))
        self._columns.append((last + times, given.get("table:default-cell-style-name", "")))
        self._spend(_MARK_BYTES)

    def _open_row(self, given: dict[str, str]) -> None:
        self._check()
        self._row += self._row_times or 1
        self._row_times = _times(given.get("table:number-rows-repeated"))
        self._row_style = given.get("table:default-cell-style-name")
        is_flat = self._styles.is_flat(given.get("table:style-name"))
        self._row_hidden = is_flat or given.get("table:visibility", "visible") != "visible"
        self._column = self._times = 0

    def _open_cell(self, given: dict[str, str]) -> None:
        self._column += self._times or 1
        self._times = _times(given.get("table:number-columns-repeated"))
        self._cell = given
        self._covered = self._breaks = self._partly = False
        self._words, self._spans, self._length = [], [], 0
        if "table:number-columns-spanned" in given and self.sheets:
            self._merge(given)

    def _merge(self, given: dict[str, str]) -> None:
        rows = _times(given.get("table:number-rows-spanned"))
        columns = _times(given.get("table:number-columns-spanned"))
        row = self._row or 1
        if rows * columns > 1:
            area = (row, self._column, row + rows - 1, self._column + columns - 1)
            self.sheets[-1].merged.append(area)
            self._spend(_MARK_BYTES)

    def _open_covered(self, given: dict[str, str]) -> None:
        self._open_cell(given)
        self._covered = True

    def _open_paragraph(self, _given: dict[str, str]) -> None:
        self._paragraphs += 1
        if self._words if self._comment is None else self._comment:
            self._text("\n")

    def _close_paragraph(self) -> None:
        self._paragraphs -= 1

    def _open_span(self, given: dict[str, str]) -> None:
        self._spans.append(self._styles.strikes(given.get("text:style-name")))

    def _close_span(self) -> None:
        if self._spans:
            self._spans.pop()

    # A comment stands inside its cell and is no part of its value.
    def _open_comment(self, _given: dict[str, str]) -> None:
        self._comment, self._author = [], []

    def _close_comment(self) -> None:
        comment = without_author("".join(self._comment or ()), "".join(self._author).strip())
        self._comment = None
        if comment and self._cell is not None and self.sheets:
            self.sheets[-1].comments[self._row or 1, self._column] = comment

    def _sign(self, _given: dict[str, str]) -> None:
        self._signing = self._comment is not None

    def _signed(self) -> None:
        self._signing = False

    def _space(self, given: dict[str, str]) -> None:
        times = _times(given.get("text:c"))
        if times > self._limits.cell:
            raise too_long(self._name, "", self._limits)
        self._text(" " * times)

    def _break(self, _given: dict[str, str]) -> None:
        self._breaks = True
        self._text("\n")

    def _text(self, text: str) -> None:
        if self._comment is not None:
            self._spend(_MARK_BYTES + 4 * len(text))
            if self._signing:
                self._author.append(text)
            elif self._paragraphs and not any(self._spans):
                self._comment.append(text)
            return
        self._length += len(text)
        if self._length > self._limits.cell and self._cell is not None:
            raise too_long(self._name, "", self._limits)
        if self._cell is not None and self._paragraphs:
            struck = any(self._spans)
            self._words.append((text, struck))
            self._partly = self._partly or struck

    def _close_cell(self) -> None:
        given, text = self._cell or {}, "".join([word for word, _ in self._words])
        self._cell = None
        formula = given.get("table:formula", "")
        kind = given.get("office:value-type", "")
        if not (kind or text or formula) or not self.sheets:
            return
        marks, place = self.sheets[-1], (self._row or 1, self._column)
        length = self._length + len(formula) + len(given.get("office:string-value", ""))
        self._measure(marks, length)
        if self._row_hidden and self._row not in marks.hidden_rows:
            marks.hidden_rows.update(range(self._row, self._row + self._row_times))
            self._spend(_ROW_BYTES * self._row_times)
        if self._covered:
            self._mark(marks.kept, place, "")
            return
        if given.get("calcext:value-type") == "error" or (formula and _ERROR.fullmatch(text)):
            self._mark(marks.faults, place, Fault(text or "#ERROR"))
        elif formula and not kind and not text:
            fault = Fault("=" + formula.partition("=")[2], uncalculated=True)
            self._mark(marks.faults, place, fault)
        elif kind == "float" and _PADDED.fullmatch(text):
            self._mark(marks.padded, place, len(text))
        elif kind in {"float", "currency"}:
            self._mark_unit(marks, place, given, text)
        self._mark_struck(marks, place, given, text)

    def _mark_struck(self, marks: Marks, place: Place, given: dict[str, str], text: str) -> None:
        left = text
        if self._partly:
            left = "".join([word for word, struck in self._words if not struck])
        style = given.get("table:style-name") or self._row_style or self._column_style()
        if fill := self._styles.fill(style):
            self._decorate(marks.fills, place, fill)
        if self._styles.strikes(style) or (self._partly and not left.strip()):
            places: dict[Place, None] = {}
            self._mark(places, place, None)
            marks.struck.update(places)
        elif left != text or self._breaks:
            self._mark(marks.kept, place, left)
            if self._partly:
                marks.partly.add(place)

    def _mark_unit(self, marks: Marks, place: Place, given: dict[str, str], text: str) -> None:
        """Keep the currency or unit that is shown with a number, as a format code has it."""
        unit = given.get("office:currency") or "".join(_UNIT.findall(text))
        if unit:
            self._decorate(marks.formats, place, f'"{unit}" #,##0')

    def _decorate(self, marks: dict[Place, str], place: Place, mark: str) -> None:
        if self._budget.affords(_MARK_BYTES * self._times * self._row_times):
            self._mark(marks, place, mark)

    def _column_style(self) -> str:
        at = bisect_left(self._columns, (self._column, ""))
        return self._columns[at][1] if at < len(self._columns) else ""

    def _mark(self, marks: dict[Place, _Mark], place: Place, mark: _Mark) -> None:
        """Mark a cell, and each that repeats it."""
        self._spend((_MARK_BYTES + 4 * len(str(mark))) * self._times * self._row_times)
        for row in range(place[0], place[0] + self._row_times):
            for column in range(place[1], place[1] + self._times):
                marks[row, column] = mark

    def _measure(self, marks: Marks, length: int) -> None:
        times = self._times * self._row_times
        marks.rows = max(marks.rows, self._row + self._row_times - 1)
        marks.columns = max(marks.columns, self._column + self._times - 1)
        marks.cells += times
        self._opened += length * times
        # Hot: a row of cells that repeat nothing is checked once.
        if times > 1:
            self._check()

    def _check(self) -> None:
        if self.sheets:
            marks = self.sheets[-1]
            check_extent(self._name, self._limits, marks.rows, marks.columns, marks.cells)
        if self._opened + self._before + self._spanned() > self._limits.opened:
            raise too_much(self._name, "", self._limits)

    def _spanned(self) -> int:
        last = self.sheets[-1] if self.sheets else Marks()
        return opened_bytes(last.rows, last.columns, last.cells)


def _times(given: str | None) -> int:
    times = int(given) if given else 1
    if not 0 < times < _MOST_REPEATED:
        raise ValueError(given)
    return times
