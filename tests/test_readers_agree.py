"""The values are those that another library reads, which is not ours and of which none is used.

What it does not know (formulas never calculated, errors, zeros in front, struck text) is tested
beside: in ``test_readers_hidden.py``, ``test_readers_struck.py`` and ``test_readers_seen.py``.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from alliance_check.model.sheet import Content
from alliance_check.readers import read
from alliance_check.readers.values import number, other
from tests.cli_runs import ROOT
from tests.sheets import ole2, raw_ods, raw_xlsx, record, saved

Cells = Mapping[tuple[int, int], Content]
FILES = sorted(
    path
    for folder in ("tests/files", "data/examples")
    for path in (ROOT / folder).glob("*")
    if path.suffix in {".xlsx", ".xlsm", ".xls", ".ods"}
)
CODES = (
    "General",
    "0.00",
    "#,##0",
    "0%",
    "@",
    "yyyy-mm-dd",
    "d.m.yyyy hh:mm",
    "[$-414]d. mmmm yyyy",
    "mmm yy",
    "h:mm:ss",
    '#,##0 "kr"',
    '0 "days"',
    "[Red]-#,##0;0",
    "0.0E+00",
    "dd/mm/yyyy;@",
)


def theirs(content: bytes) -> list[Cells]:
    """Return the filled cells of each sheet as the other library reads them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found: list[Cells] = []
    for index in range(len(book.sheet_names)):
        sheet = book.get_sheet_by_index(index)
        left = sheet.start[1] if sheet.start else 0
        found.append(
            {
                (row, column): _plain(value)
                for row, cells in enumerate(sheet.iter_rows(), 1)
                for column, value in enumerate(cells, 1 + left)
                if value != ""
            }
        )
    return found


def _plain(value: Any) -> Content:
    if isinstance(value, str):
        return value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return number(float(value)) if is_number else other(value)


def ours(content: bytes, name: str) -> list[Cells]:
    return [
        {
            (row, column): value
            for row, cells in enumerate(sheet.rows, 1)
            for column, value in enumerate(cells, 1)
            if value != ""
        }
        for sheet in read(content, name).sheets
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_files_of_the_tests_have_the_same_cells(path: Any) -> None:
    content = path.read_bytes()
    for mine, other_ones in zip(ours(content, path.name), theirs(content), strict=True):
        # Only what is no value to the other library may be more.
        assert {key: value for key, value in mine.items() if key in other_ones} == other_ones
        more = [value for key, value in mine.items() if key not in other_ones]
        assert all(not isinstance(value, str | Decimal) for value in more)


TEXTS = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"),
    min_size=1,
    max_size=40,
).filter(lambda text: text.strip() and "_x" not in text)
NUMBERS = st.one_of(
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9).map(lambda value: float(f"{value:.12g}")),
    st.floats(0, 60_000).map(lambda value: round(value * 86_400) / 86_400),
)
DAYS = frozenset("dmyh")


def shown(value: Any, code: str) -> Any:
    """Return a value that a format can show: the other library breaks on days before 1900."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return abs(value) % 60_000 if is_number and DAYS & {*code.partition('"')[0]} else value


VALUES = st.one_of(TEXTS, NUMBERS, st.booleans())
TABLES = st.lists(st.lists(st.one_of(st.none(), VALUES), max_size=6), min_size=1, max_size=6)


@settings(max_examples=150)
@given(TABLES, st.sampled_from(CODES), st.sampled_from([1900, 1904]))
def test_a_workbook_of_excel_has_the_same_cells(
    table: Sequence[Sequence[Any]], code: str, first_year: int
) -> None:
    import openpyxl
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.Workbook()
    if first_year == 1904:
        book.epoch = CALENDAR_MAC_1904
    for r, row in enumerate(table, 1):
        for c, value in enumerate((shown(value, code) for value in row), 1):
            cell = book.worksheets[0].cell(r, c)
            if isinstance(value, str):
                cell.value, cell.data_type = value, "s"
            elif value is not None:
                cell.value, cell.number_format = value, code
    content = saved(book)
    assert ours(content, "a.xlsx") == theirs(content)


@settings(max_examples=150)
@given(TABLES, st.sampled_from(CODES), st.sampled_from([1900, 1904]))
def test_an_old_workbook_has_the_same_cells(
    table: Sequence[Sequence[Any]], code: str, first_year: int
) -> None:
    import xlwt  # type: ignore[import-untyped]

    book = xlwt.Workbook()
    book.dates_1904 = first_year == 1904
    style = xlwt.easyxf(num_format_str=code)
    sheet = book.add_sheet("A")
    for r, row in enumerate(table):
        for c, value in enumerate(shown(value, code) for value in row):
            if value is not None:
                sheet.write(
                    r, c, value, style if not isinstance(value, str | bool) else xlwt.XFStyle()
                )
    content = saved(book)
    assert ours(content, "a.xls") == theirs(content)


@settings(max_examples=150)
@given(TABLES, st.integers(1, 3), st.integers(1, 3))
def test_a_workbook_of_libreoffice_has_the_same_cells(
    table: Sequence[Sequence[Any]], rows: int, columns: int
) -> None:
    def cell(value: Any) -> str:
        start = f'<table:table-cell table:number-columns-repeated="{columns}"'
        if value is None:
            return f"{start}/>"
        if isinstance(value, str):
            text = value.replace("&", "&amp;").replace("<", "&lt;").replace(" ", "<text:s/>")
            return f'{start} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        if isinstance(value, bool):
            truth = str(value).lower()
            return f'{start} office:value-type="boolean" office:boolean-value="{truth}"/>'
        return f'{start} office:value-type="float" office:value="{value}"/>'

    content = raw_ods(
        "".join(
            f'<table:table-row table:number-rows-repeated="{rows}">'
            + "".join(map(cell, row))
            + "</table:table-row>"
            for row in table
        )
    )
    assert ours(content, "a.ods") == theirs(content)


XLSX = {
    "numbers": '<c r="A1"><v>1.50</v></c><c r="B1"><v>-2e-3</v></c><c r="C1"><v>7</v></c>',
    "text of a formula": '<c r="A1" t="str"><f>B1</f><v> a &amp; b </v></c>',
    "truths": '<c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c>',
    "days": '<c r="A1" t="d"><v>2023-05-03</v></c>',
    "styled days": '<c r="A1" s="1"><v>45049</v></c><c r="B1" s="1"><v>45049.75</v></c>'
    '<c r="C1" s="1"><v>0.25</v></c><c r="D1" s="1"><v>59</v></c><c r="E1" s="1"><v>61</v></c>',
    "durations": '<c r="A1" s="2"><v>0.25</v></c>',
    "large numbers": '<c r="A1"><v>123456789012345678</v></c><c r="B1"><v>1E+20</v></c>',
    "inline": '<c r="B1" t="inlineStr"><is><r><t>a</t></r><r><t>b c</t></r></is></c>',
    "cells without a place": "<c><v>1</v></c><c/><c><v>3</v></c>",
}
STYLES = (
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="[h]:mm"/></numFmts>'
    '<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>'
)


@pytest.mark.parametrize("what", XLSX)
def test_what_programs_write_into_a_cell_of_excel_is_read_alike(what: str) -> None:
    content = raw_xlsx(f'<row r="1">{XLSX[what]}</row>', styles=STYLES)
    assert ours(content, "a.xlsx") == theirs(content)


ODS = {
    "percentage": 'office:value-type="percentage" office:value="0.5"><text:p>50 %</text:p>',
    "currency": 'office:value-type="currency" office:value="7"><text:p>7 kr</text:p>',
    "date": 'office:value-type="date" office:date-value="2023-05-03"><text:p>3 May</text:p>',
    "date and time": 'office:value-type="date" office:date-value="2023-05-03T17:00:00">',
    "time": 'office:value-type="time" office:time-value="PT17H30M05S"><text:p>17.30</text:p>',
    "two paragraphs": 'office:value-type="string"><text:p>a</text:p><text:p>b</text:p>',
    "a link": 'office:value-type="string"><text:p>a <text:a>b</text:a> c</text:p>',
}


@pytest.mark.parametrize("what", ODS)
def test_what_programs_write_into_a_cell_of_libreoffice_is_read_alike(what: str) -> None:
    row = f"<table:table-row><table:table-cell {ODS[what]}</table:table-cell></table:table-row>"
    content = raw_ods(row)
    assert ours(content, "a.ods") == theirs(content)


def old_book(body: bytes, version: int = 0x0600, *before: bytes) -> bytes:
    """Return a workbook of before Excel 2007, of one sheet, of this version."""
    head = record(0x0809, struct.pack("<HHHHII", version, 5, 0, 0, 0, 0)) + b"".join(before)
    name = b"\1\0A" if version == 0x0600 else b"\1A"
    place = len(head) + 4 + 6 + len(name) + 4
    named = record(0x0085, struct.pack("<IBB", place, 0, 0) + name)
    sheet = record(0x0809, struct.pack("<HHHHII", version, 0x10, 0, 0, 0, 0)) + body
    stream = head + named + record(0x0A, b"") + sheet + record(0x0A, b"")
    return ole2({"Workbook" if version == 0x0600 else "Book": stream})


def number_of(kind: int, packed: bytes) -> bytes:
    return record(kind, struct.pack("<HHH", 0, 0, 0) + packed)


PACKED = [0x3FF00000, 0x40590001, 7 << 2 | 2, 1234 << 2 | 3, (-5 << 2 & 0xFFFFFFFF) | 2, 0xC0590000]


@pytest.mark.parametrize("packed", PACKED)
def test_a_number_packed_into_four_bytes_is_read_alike(packed: int) -> None:
    content = old_book(number_of(0x27E, struct.pack("<I", packed)))
    assert ours(content, "a.xls") == theirs(content)


def test_several_numbers_and_results_of_formulas_are_read_alike() -> None:
    several = struct.pack("<HH", 0, 1)
    several += b"".join(struct.pack("<HI", 0, packed) for packed in PACKED) + struct.pack("<H", 6)
    formula = struct.pack("<HHH", 1, 0, 0) + struct.pack("<d", 2.5) + bytes(8)
    text = struct.pack("<HHH", 1, 1, 0) + b"\0\0\0\0\0\0\xff\xff" + bytes(8)
    truth = struct.pack("<HHH", 1, 2, 0) + b"\1\0\1\0\0\0\xff\xff" + bytes(8)
    content = old_book(
        record(0xBD, several)
        + record(6, formula)
        + record(6, text)
        + record(0x207, b"\3\0\0abc")
        + record(6, truth)
    )
    assert ours(content, "a.xls") == theirs(content)


@pytest.mark.parametrize(("page", "raw"), [(1252, b"H\xf8gskolen"), (1250, b"\xa3\xf3d\x9f")])
def test_texts_before_excel_97_are_in_the_code_page_of_the_workbook(page: int, raw: bytes) -> None:
    label = struct.pack("<HHHH", 0, 0, 0, len(raw)) + raw
    content = old_book(record(0x204, label), 0x0500, record(0x42, struct.pack("<H", page)))
    assert ours(content, "a.xls") == theirs(content) == [{(1, 1): raw.decode(f"cp{page}")}]


@pytest.mark.parametrize("wide", [0, 1])
@pytest.mark.parametrize("cut", [1, 2, 7])
def test_a_text_that_goes_on_in_the_next_record_is_read_alike(cut: int, wide: int) -> None:
    first, second = "Høgskulen"[:cut], "på Vestlandet \U0001f600"
    rest = second.encode("utf-16-le") if wide else second[:-1].encode("latin-1")
    letters = len(first) + (len(rest) // 2 if wide else len(rest))
    block = struct.pack("<IIHB", 1, 1, letters, 0) + first.encode("latin-1")
    going_on = bytes([wide]) + rest
    cell = record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0))
    content = old_book(cell, 0x0600, record(0xFC, block), record(0x3C, going_on))
    assert ours(content, "a.xls") == theirs(content) != [{}]


def test_days_of_old_workbooks_are_read_alike() -> None:
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("A")
    for row, (code, value) in enumerate(
        (
            ("D/M/YY", dt.date(2023, 5, 3)),
            ("h:mm", dt.time(17, 5)),
            ("YYYY-MM-DD HH:MM:SS", dt.datetime(2026, 11, 29, 23, 59, 59)),  # noqa: DTZ001
        )
    ):
        sheet.write(row, 0, value, xlwt.easyxf(num_format_str=code))
    content = saved(book)
    assert ours(content, "a.xls") == theirs(content)
