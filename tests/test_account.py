"""Every filled cell and every comment is used, inert, applied or open; and what that means."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import openpyxl
import pytest

from alliance_check.model.consortium import Partner
from alliance_check.model.errors import AllianceCheckError
from alliance_check.model.sheet import Workbook
from alliance_check.parse import Parsed, parse_all
from alliance_check.parse.account import Item, Use
from alliance_check.parse.inspection import Inspection, inspect
from alliance_check.pipeline import Options, check_file, read_book
from tests.cli_runs import EIGHT, HEADER
from tests.probed_sheets import commented
from tests.test_real_sheets import REAL, lines

FILES = [f"{folder}/{line['file']}" for folder, line in lines() if not line["by"]]


class Seen(NamedTuple):
    """A real sheet: its name, content and workbook, and what was understood of it."""

    name: str
    content: bytes
    book: Workbook
    found: Inspection


@pytest.fixture(scope="module", params=FILES)
def sheet(request: pytest.FixtureRequest) -> Seen | None:
    """A real sheet, read once for all that is asked of it; None for one that is refused."""
    name = request.param
    content = (REAL / name).read_bytes()
    try:
        book = read_book(content, name.rpartition("/")[2], Options())
        return Seen(name, content, book, inspect(book, Options()))
    except AllianceCheckError:
        return None


def counted(found: Inspection) -> Counter[Use]:
    return Counter(item.use for item in found.items)


def test_the_four_add_up_to_the_filled_cells_and_comments_of_a_real_sheet(
    sheet: Seen | None,
) -> None:
    if sheet is None:
        return
    found = sheet.found
    places = [(item.remark.cell, item.remark.comment) for item in found.items]
    assert len(places) == len(set(places)), "a cell is counted twice"
    cells, comments = standing(sheet)
    written = sum(item.remark.comment for item in found.items)
    blank = [item for item in found.items if not item.remark.text]
    assert all(item.use is Use.OPEN for item in blank), "only what is missing counts without a text"
    assert (len(found.items) - written - len(blank), written) == (cells, comments)
    assert sum(counted(found).values()) == cells + comments + len(blank)


def standing(sheet: Seen) -> tuple[int, int]:
    """Count the filled cells and the comments; in a workbook with openpyxl, which is not ours."""
    title = sheet.found.table.sheet.name
    if not sheet.content.startswith(b"PK\x03\x04") or b"mimetypeapplication" in sheet.content[:90]:
        (own,) = (each for each in sheet.book.sheets if each.name == title)
        cells = sum(bool(str(cell).strip()) for row in own.rows for cell in row)
        return cells, len(own.comments)
    book = openpyxl.load_workbook(io.BytesIO(sheet.content), data_only=True)
    every = [cell for row in book[str(title)].iter_rows() for cell in row]
    filled = sum(str(cell.value).strip() != "" for cell in every if cell.value is not None)
    return filled, sum(cell.comment is not None for cell in every)


def test_what_is_open_is_what_the_check_leaves_open(sheet: Seen | None) -> None:
    if sheet is None:
        return
    (report, *_) = check_file(
        sheet.content, sheet.name.rpartition("/")[2], Options(lot="innovation")
    )
    left = {one.remark[:3] for one in report.open_texts}
    assert {item.remark[:3] for item in sheet.found.of(Use.OPEN)} == left


def test_without_its_inert_cells_a_sheet_says_the_same(sheet: Seen | None) -> None:
    if sheet is None:
        return
    (before,) = parse_all(sheet.book, Options())
    rows = {n for row in before.parsed.basis.rows for n in (row.number, *row.further)}
    inert = {item.remark.cell for item in inert_beside(sheet.found) if item.remark.cell.row in rows}
    table = before.table.sheet.name
    sheets = []
    for one in sheet.book.sheets:
        contents = [list(row) for row in one.rows]
        for cell in inert if one.name == table else ():
            contents[cell.row - 1][cell.column - 1] = ""
        sheets.append(replace(one, rows=tuple(map(tuple, contents))))
    (after,) = parse_all(replace(sheet.book, sheets=tuple(sheets)), Options())
    assert said(after.parsed) == said(before.parsed)
    assert after.parsed.consortium.project == before.parsed.consortium.project


def inert_beside(found: Inspection) -> Iterator[Item]:
    """Yield inert cells, but for the answers from which another one in their column stands out."""
    answers = {item.remark.cell.column for item in found.of(Use.OPEN)}
    for item in found.of(Use.INERT):
        if not item.remark.comment and item.remark.cell.column not in answers:
            yield item


def said(parsed: Parsed) -> list[Partner]:
    return [replace(partner, cells={}) for partner in parsed.consortium.partners]


def test_each_kind_of_cell_is_for_what_it_is_for() -> None:
    header = (*HEADER, "E-mail", "Notes", "City")
    beside = [("a@b.no", "", "Oslo"), ("c@d.de", "has left", ""), ("", "ask Anna", "")]
    rows = [(*row, *more) for row, more in zip(EIGHT, beside, strict=False)]
    content = commented(
        [("Alliances for Innovation 2026",), ("Autumn meeting",), (), header, *rows],
        {"A5": "see CV", "A6": "associated partner", "A7": "hm"},
    )
    found = inspect(read_book(content, "p.xlsx", Options()), Options())
    uses = {
        f"{item.remark.cell.address}{'*' if item.remark.comment else ''}": item.use
        for item in found.items
    }
    expected = {
        Use.USED: "A1 A4 B4 C4 D4 F4 G4 A5 B5 C5 D5 G5 A6 B6 C6 D6 A7 B7 C7 D7",
        Use.INERT: "A2 E4 E5 E6 A5*",
        Use.APPLIED: "F6 A6*",
        Use.OPEN: "F7 A7*",
    }
    assert uses == {place: use for use, places in expected.items() for place in places.split()}
    partners = {str(i.remark.cell): i.partners for i in found.of(Use.OPEN)}
    assert partners == {"Partners!F7": (EIGHT[2][0],), "Partners!A7": (EIGHT[2][0],)}
