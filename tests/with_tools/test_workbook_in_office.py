"""The workbook to hand on as LibreOffice opens it, and as it prints it."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from alliance_check import check
from alliance_check.model.report import Result
from alliance_check.reports import FORMATS
from tests.format_texts import BATCH, TRAPS
from tests.made_reports import hostile, report
from tests.with_tools.browser import program
from tests.with_tools.office import converted

pytestmark = pytest.mark.tools

EXAMPLES = Path(__file__).parents[2] / "data" / "examples"
BOOKS: dict[str, Sequence[Result]] = {
    "eligible": [check(EXAMPLES / "innovation-eligible.xlsx", lot="innovation")],
    "not-eligible": [check(EXAMPLES / "innovation-not-eligible.xlsx", lot="innovation")],
    "made": [report()],
    "hostile": [hostile(f"={''.join(TRAPS)}")],
    "folder": list(BATCH),
}


def values(content: bytes) -> dict[str, list[list[object]]]:
    book = load_workbook(io.BytesIO(content))
    formulas = [
        cell
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert not formulas
    return {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    }


# LibreOffice writes bars of its own kind beside ours, which openpyxl leaves out.
@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_an_office_program_opens_and_prints_what_was_written(tmp_path: Path) -> None:
    made = {}
    for name, results in BOOKS.items():
        made[name] = FORMATS["xlsx"].content(results, batch=len(results) > 1)
        (tmp_path / f"{name}.xlsx").write_bytes(made[name])
    given = [tmp_path / f"{name}.xlsx" for name in BOOKS]
    for name, again in zip(BOOKS, converted(given, "xlsx", tmp_path), strict=True):
        assert values(again.read_bytes()) == values(made[name]), name
    papers = converted(given, "pdf", tmp_path)
    for name, paper in zip(BOOKS, papers, strict=True):
        command = [program("pdftotext"), "-layout", str(paper), "-"]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        assert "ELIGIBLE" in text, name
        # Wide tables are shrunk to the width of one page.
        assert text.count("\f") <= 12, name
