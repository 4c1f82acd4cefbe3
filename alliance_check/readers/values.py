"""Make the contents of cells from what a file holds: texts, decimals, and dates as texts."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from sys import getsizeof

from alliance_check.model.sheet import Content
from alliance_check.readers.limits import (
    Budget,
    Limits,
    damaged,
    too_long,
    too_many_columns,
    too_many_rows,
)

Row = tuple[Content, ...]
Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

_LARGEST_PLAIN = 1e30
"""The largest number that is written out in full; nobody counts euros beyond it."""
_EXACT = 1e15
_REMEMBERED, _SHORT = 20_000, 200
"""How many different texts and numbers of a sheet are made only once, and how long a text is."""
_ENTRY_BYTES, _NUMBER_BYTES, _ROW_BYTES, _BLANK_BYTES = 110, 110, 48, 8
_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?\s*")
_FIRST_DAY, _LAST_DAY = dt.datetime(1899, 12, 30), 2_958_466  # noqa: DTZ001 - as sheets have it
_SINCE_1904 = 1462
_FEBRUARY_1900 = 60
"""Old spreadsheets counted a day in February 1900 that never was."""
_MILLISECONDS = 86_400_000


class Texts(dict[str, str]):
    """Texts by themselves: a short text seen before costs nothing, a new one is measured.

    A long one that is seen again takes no memory here, but wherever it is written.
    """

    def __init__(self, cap: int, refused: Exception, budget: Budget) -> None:
        super().__init__()
        self._cap, self._refused, self._budget = cap, refused, budget
        self._long: dict[str, str] = {}

    def __missing__(self, text: str) -> str:
        if text in self._long:
            self._budget.spend(len(text) // 2)
            return self._long[text]
        if len(text) > self._cap:
            raise self._refused
        kept = self if len(text) <= _SHORT else self._long
        if len(kept) < _REMEMBERED:
            self._budget.spend(getsizeof(text) + _ENTRY_BYTES)
            kept[text] = text
        else:
            self._budget.spend(getsizeof(text))
        return text


class Numbers(dict[str | float, Content]):
    """Decimals by the digits that a file has, or by the number itself."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self._budget = budget

    def __missing__(self, digits: str | float) -> Content:
        kept = number(real(digits) if isinstance(digits, str) else digits)
        self._budget.spend(_NUMBER_BYTES)
        if len(self) < _REMEMBERED:
            self._budget.spend(_ENTRY_BYTES)
            self[digits] = kept
        return kept


class Grid:
    """The rows of one sheet from A1 on, as its cells come; refuses what passes a cap."""

    def __init__(self, name: str, title: str, limits: Limits, budget: Budget) -> None:
        self._name, self._limits, self.spend = name, limits, budget.spend
        self._where = f" in the sheet {title}"
        self.rows: list[list[Content]] = []
        self.too_long, self.longest = too_long(name, self._where, limits), limits.cell
        self.texts = Texts(limits.cell, self.too_long, budget)
        self.numbers = Numbers(budget)

    def put(self, row: int, column: int, content: Content) -> None:
        """Add a cell; a blank one is none.

        :raises UnreadableFile: when something stands there already.
        """
        if content == "":
            return
        if len(self.rows) < row:
            self._reach(row)
        line = self.rows[row - 1]
        if column <= len(line):
            self._put_before(line, column, content)
            return
        if column > len(line) + 1 or column > self._limits.columns:
            self._widen(line, column)
        line.append(content)

    def finished(self) -> list[Row]:
        """Return the rows, each without the blanks at its end."""
        self.spend(_BLANK_BYTES * sum(map(len, self.rows)))
        return [tuple(line) for line in self.rows]

    def _reach(self, row: int) -> None:
        if row > self._limits.rows:
            raise too_many_rows(self._name, self._where, row, self._limits)
        self.spend(2 * _ROW_BYTES * (row - len(self.rows)))
        self.rows.extend([] for _ in range(row - len(self.rows)))

    def _widen(self, line: list[Content], column: int) -> None:
        if column > self._limits.columns:
            raise too_many_columns(self._name, self._where, column, self._limits)
        self.spend(2 * _BLANK_BYTES * (column - len(line)))
        line.extend([""] * (column - 1 - len(line)))

    def _put_before(self, line: list[Content], column: int, content: Content) -> None:
        if line[column - 1] != "":
            raise damaged(self._name, "a cell is in it twice")
        line[column - 1] = content


def real(digits: str) -> float:
    """Return a number as a file writes it; raise ValueError for what is none.

    Python itself reads "1_000" and "nan" too.
    """
    if not _NUMBER.fullmatch(digits):
        raise ValueError(digits)
    return float(digits)


def other(value: Value) -> str:
    """Return a value that is neither text nor number as text.

    >>> other(True), other(dt.datetime(2023, 5, 3)), other(dt.time(17, 0))
    ('TRUE', '2023-05-03', '17:00:00')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)


def number(value: float) -> Content:
    """Return a number with the 15 digits that a spreadsheet keeps.

    >>> number(24.0), number(0.1 + 0.2), number(1000000.01)
    (Decimal('24'), Decimal('0.3'), Decimal('1000000.01'))
    """
    if abs(value) < _LARGEST_PLAIN:
        if value.is_integer():
            exact = int(value) if abs(value) < _EXACT else int(Decimal(f"{value:.15g}"))
            return Decimal(exact)
        text = f"{value:.15g}"
        return Decimal(text) if "e" not in text else Decimal(format(Decimal(text), "f"))
    text = f"{value:.15g}"
    # Not a number and the infinities stay texts: no sum may be made of them.
    return text if "n" in text else Decimal(text)


def moment(serial: float, *, since_1904: bool = False, elapsed: bool = False) -> str | None:
    """Return a day and hour as text from the days since 1900; None where there is no such day.

    >>> moment(45049.0), moment(45049.708333333336), moment(0.5)
    ('2023-05-03', '2023-05-03T17:00:00', '12:00:00')
    >>> moment(1.5, elapsed=True), moment(1e9)
    ('1 day, 12:00:00', None)
    """
    if not 0 <= serial < _LAST_DAY:
        return None
    if elapsed:
        return other(dt.timedelta(milliseconds=round(serial * _MILLISECONDS)))
    days = serial + _SINCE_1904 * since_1904
    days += days < _FEBRUARY_1900
    found = _FIRST_DAY + dt.timedelta(milliseconds=round(days * _MILLISECONDS))
    return other(found.time() if serial < 1 else found)
