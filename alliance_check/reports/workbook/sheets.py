"""Sheets of a workbook: texts that stay texts, headers that stay in sight, pages that fit.

A text of a sheet is never a formula, whatever it begins with, and the workbook is the same bytes
from run to run.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from alliance_check.model.message import Value, rendered
from alliance_check.model.report import REPORT
from alliance_check.reports.escaping import visible

_HEAD = PatternFill("solid", fgColor="1D4F91")
OPEN = PatternFill("solid", fgColor="FBECCB")
"""Behind a cell that is open."""
_LONGEST = 32_000
"""Letters; a cell of Excel holds a few more."""
_NO_XML = re.compile("[\ufffe\uffff]")
_SIGNS = ("=", "+", "-", "@")
_DAY = (1980, 1, 1, 0, 0, 0)
_CLOCK = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


class TableColumn(NamedTuple):
    """A column of a table: its header, and how many letters wide it is."""

    title: Value
    width: int


def cell_text(value: Value) -> str:
    """Return a value as it stands in a cell."""
    text = _NO_XML.sub(lambda sign: f"\\u{ord(sign.group()):04x}", visible(rendered(value)))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def put(sheet: Worksheet, row: int, column: int, value: Value | None) -> Cell:
    """Write a value into a cell: a number as a number, everything else as a text."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)  # noqa: S101 - nothing is merged
    if isinstance(value, int):
        cell.value = value
        cell.alignment = Alignment(vertical="top", horizontal="center")
    elif value is not None and (text := cell_text(value)):
        cell.value = text
        cell.data_type = "s"  # else a text that begins with a sign would be a formula
        cell.quotePrefix = text.startswith(_SIGNS)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def comment(cell: Cell, sentences: Iterable[Value]) -> None:
    """Mark a cell as open, with what is to be said of it."""
    text = "\n".join(map(cell_text, sentences))
    note = Comment(text[:_LONGEST], "alliance-check")
    note.width, note.height = 320, 24 + 18 * (text.count("\n") + 1 + len(text) // 42)
    cell.comment = note
    cell.fill = OPEN


def height(text: str, width: int) -> int:
    """Return how high a row must be for a text; not every program finds it out by itself.

    >>> height("short", 10), height("a text of three lines, or nearly", 12)
    (15, 45)
    """
    return 15 * max(1, -(-len(text) // max(width - 1, 1)))


def table(
    sheet: Worksheet,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Value | None]],
    first: int = 1,
) -> int:
    """Write a table and return the row below it; one that begins a sheet can be filtered."""
    high = 0
    for at, column in enumerate(columns, 1):
        cell = put(sheet, first, at, column.title)
        high = max(high, height(str(cell.value or ""), column.width - 2))
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.row_dimensions[first].height = high
    row = first
    for row, values in enumerate(rows, first + 1):
        high = 0
        for at, (column, value) in enumerate(zip(columns, values, strict=False), 1):
            cell = put(sheet, row, at, value)
            high = max(high, height(str(cell.value or ""), column.width))
        sheet.row_dimensions[row].height = high
    if first == 1:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{row}"
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
    return row + 1


def sheet_named(book: Workbook, title: Value) -> Worksheet:
    """Add a sheet that is printed on wide pages."""
    sheet: Worksheet = book.create_sheet(cell_text(title)[:31])
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    return sheet


def empty_book() -> Workbook:
    """Return a workbook without a sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook that is marked as a report; no clock has a part in them."""
    first = book.worksheets[0].title.replace("'", "''")
    book.defined_names[REPORT] = DefinedName(REPORT, attr_text=f"'{first}'!$A$1")
    written = io.BytesIO()
    book.save(written)
    steady = io.BytesIO()
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(steady, "w") as new:
        for name in old.namelist():
            content = _CLOCK.sub(rb"\g<1>1980-01-01T00:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return steady.getvalue()
