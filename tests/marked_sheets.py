"""Workbooks with what values alone do not show: struck text, hidden rows, rows of ods XML."""

from __future__ import annotations

from typing import Any

import openpyxl

from alliance_check.model.sheet import Sheet
from alliance_check.readers import read

STRUCK = "<fonts><font/><font><strike/></font></fonts><cellXfs><xf/><xf fontId='1'/></cellXfs>"
ODS_STRUCK = (
    '<style:style style:name="{name}"{more}><style:text-properties '
    'style:text-line-through-style="solid"/></style:style>'
)


def sheet(content: bytes, name: str = "partners.xlsx") -> Sheet:
    return read(content, name).sheets[0]


def made(**cells: Any) -> Any:
    """Return a workbook of openpyxl with these cells."""
    book = openpyxl.Workbook()
    for address, value in cells.items():
        book.worksheets[0][address] = value
    return book


def ods_row(cells: str, row: str = "") -> str:
    return f"<table:table-row {row}>{cells}</table:table-row>"


def ods_cell(text: str, more: str = "", kind: str = "string") -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" {more}><text:p>{text}</text:p>'
        f"</table:table-cell>"
    )
