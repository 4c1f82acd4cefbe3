"""Workbooks with what a person sees beside the values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import openpyxl
from openpyxl.comments import Comment

from tests.sheets import saved


def commented(
    rows: Sequence[Sequence[str]], comments: Mapping[str, str], merged: Sequence[str] = ()
) -> bytes:
    """Return a workbook with comments on cells, and with merged cells."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Partners"
    for row in rows:
        sheet.append([cell or None for cell in row])
    for place, text in comments.items():
        sheet[place].comment = Comment(text, "somebody")
    for places in merged:
        sheet.merge_cells(places)
    return saved(book)
