"""Turn the values that python-calamine reads into texts and decimals."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from sys import getsizeof
from typing import TYPE_CHECKING, NamedTuple

from alliance_check.model.consortium import Content
from alliance_check.readers.limits import (
    Budget,
    Limits,
    damaged,
    protected,
    too_long,
    too_many_columns,
    too_many_rows,
)

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

Value = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
Row = tuple[Content, ...]


class Items(NamedTuple):
    """A sheet as the workbook lists it; charts and macros have no cells."""

    title: str
    cells: bool
    hidden: bool


_LARGEST_PLAIN = 1e30
"""The largest number that is written out in full; nobody counts euros beyond it."""
_EXACT = 1e15
_REMEMBERED = 20_000
"""How many different texts and numbers of a sheet are made only once."""
_ENTRY_BYTES = 110
_NUMBER_BYTES = 110
_ROW_BYTES = 48


def open_workbook(content: bytes, name: str) -> CalamineWorkbook:
    """Open the workbook; raise UnreadableFile however that fails."""
    from python_calamine import CalamineWorkbook

    with _refusals(name):
        return CalamineWorkbook.from_filelike(io.BytesIO(content))


class Texts(dict[str, str]):
    """Texts by themselves: a text seen before costs nothing, a new one is measured."""

    def __init__(self, cap: int, refused: Exception, budget: Budget) -> None:
        super().__init__()
        self._cap, self._refused, self._budget = cap, refused, budget

    def __missing__(self, text: str) -> str:
        if len(text) > self._cap:
            raise self._refused
        self._budget.spend(getsizeof(text))
        if len(self) < _REMEMBERED:
            self._budget.spend(_ENTRY_BYTES)
            self[text] = text
        return text


class _Numbers(dict[float, Content]):
    """Decimals by the float that they are read as."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self._budget = budget

    def __missing__(self, value: float) -> Content:
        kept = _number(value)
        self._budget.spend(_NUMBER_BYTES)
        if len(self) < _REMEMBERED:
            self._budget.spend(_ENTRY_BYTES)
            self[value] = kept
        return kept


class Cells:
    """Turns the sheets of one workbook into rows, and counts what they cost."""

    def __init__(self, book: CalamineWorkbook, name: str, limits: Limits) -> None:
        self._book, self._name, self._limits = book, name, limits
        self._budget = Budget(name, limits, limits.opened)

    def listed(self) -> list[Items]:
        """List the sheets in the order of the workbook."""
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        return [
            Items(
                about.name,
                cells=about.typ == SheetTypeEnum.WorkSheet,
                hidden=about.visible != SheetVisibleEnum.Visible,
            )
            for about in self._book.sheets_metadata
        ]

    def rows(self, index: int, title: str) -> list[Row]:
        """Return the rows of a sheet from A1 on, each without the blanks at its end."""
        with _refusals(self._name):
            sheet = self._book.get_sheet_by_index(index)
            return list(self._rows(sheet, f" in the sheet {title}"))

    def _rows(self, sheet: CalamineSheet, where: str) -> Iterator[Row]:
        limits = self._limits
        if sheet.total_height > limits.rows:
            raise too_many_rows(self._name, where, sheet.total_height, limits)
        if sheet.total_width > limits.columns:
            raise too_many_columns(self._name, where, sheet.total_width, limits)
        start = sheet.start
        before: Row = ("",) * (start[1] if start else 0)
        spend = self._budget.spend
        texts = Texts(limits.cell, too_long(self._name, where, limits), self._budget)
        numbers = _Numbers(self._budget)
        for row in sheet.iter_rows():
            while row and row[-1] == "":
                row.pop()
            # Hot: a text or number seen before costs no call of Python's.
            cells = tuple(
                [
                    texts[v]
                    if type(v) is str
                    else numbers[v]
                    if type(v) is float or type(v) is int
                    else texts[other(v)]
                    for v in row
                ]
            )
            spend(_ROW_BYTES + 8 * (len(before) + len(cells)))
            yield before + cells if before and cells else cells


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


def _number(value: float) -> Content:
    """Return a number with the 15 digits that a spreadsheet keeps.

    >>> _number(24.0), _number(0.1 + 0.2), _number(1000000.01)
    (Decimal('24'), Decimal('0.3'), Decimal('1000000.01'))
    """
    if isinstance(value, int):
        return Decimal(value)
    if abs(value) < _LARGEST_PLAIN:
        if value.is_integer():
            exact = int(value) if abs(value) < _EXACT else int(Decimal(f"{value:.15g}"))
            return Decimal(exact)
        text = f"{value:.15g}"
        return Decimal(text) if "e" not in text else Decimal(format(Decimal(text), "f"))
    text = f"{value:.15g}"
    # Not a number and the infinities stay texts: no sum may be made of them.
    return text if "n" in text else Decimal(text)


@contextmanager
def _refusals(name: str) -> Iterator[None]:
    from python_calamine import CalamineError, PasswordError

    try:
        yield
    except PasswordError as error:
        raise protected(name) from error
    except (CalamineError, OSError, ValueError, OverflowError, MemoryError) as error:
        raise damaged(name, "its content is not that of a workbook") from error
    except BaseException as error:
        # A broken file can break the reading library itself; that is no Exception of Python's.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(name, "its content breaks the rules of its format") from None
