"""What the values alone hide of cells: formulas, errors, zeros in front, merged cells."""

from __future__ import annotations

from decimal import Decimal

import pytest

from alliance_check.model.errors import UnreadableFile
from alliance_check.model.sheet import Fault
from alliance_check.readers import read
from tests.marked_sheets import made, ods_cell, ods_row, sheet
from tests.sheets import packed, raw_ods, raw_xlsx, record, saved, workbook_records, xlsx_parts

# Formulas and errors


def test_a_formula_that_was_never_calculated_is_a_fault_and_no_blank() -> None:
    got = sheet(saved(made(A1="Budget", A2="=SUM(B1:B9)", A3="=B1")))
    assert got.rows[1:] == (
        (Fault("=SUM(B1:B9)", uncalculated=True),),
        (Fault("=B1", uncalculated=True),),
    )


def test_a_calculated_formula_gives_its_value_and_an_empty_text_is_a_blank() -> None:
    got = sheet(
        raw_xlsx(
            '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>B9</f><v></v></c>'
            '<c r="C1" t="str"><f>C9</f><v>NO</v></c></row>'
        )
    )
    assert got.rows == ((Decimal(2), "", "NO"),)


def test_a_formula_of_a_text_without_any_value_was_never_calculated() -> None:
    got = sheet(raw_xlsx('<row r="1"><c r="A1" t="str"><f>B9</f></c></row>'))
    assert got.rows == ((Fault("=B9", uncalculated=True),),)


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ('fullCalcOnLoad="1"', Fault("=SUM(B1:B9)", uncalculated=True)),
        ("", Decimal(0)),
    ],
)
def test_a_zero_that_a_program_writes_for_a_formula_it_cannot_calculate_is_none(
    order: str, expected: object
) -> None:
    parts = xlsx_parts('<row r="1"><c r="A1"><f>SUM(B1:B9)</f><v>0</v></c></row>')
    book = str(parts["xl/workbook.xml"])
    parts["xl/workbook.xml"] = book.replace("</workbook>", f"<calcPr {order}/></workbook>")
    assert sheet(packed(parts)).rows == ((expected,),), (
        "a budget of 0 that nobody calculated would pass any ceiling"
    )


def test_a_formula_of_an_ods_that_was_never_calculated_is_a_fault() -> None:
    got = sheet(raw_ods(ods_row('<table:table-cell table:formula="of:=SUM([.B1])"/>')), "a.ods")
    assert got.rows == ((Fault("=SUM([.B1])", uncalculated=True),),)


@pytest.mark.parametrize("error", ["#REF!", "#VALUE!", "#N/A", "#DIV/0!", "#NAME?"])
def test_an_error_is_a_fault_in_each_format(error: str) -> None:
    xlsx_sheet = sheet(raw_xlsx(f'<row r="2"><c r="B2" t="e"><v>{error}</v></c></row>'))
    assert xlsx_sheet.rows[1] == ("", Fault(error))
    more = 'table:formula="of:=X" office:string-value="" calcext:value-type="error"'
    assert sheet(raw_ods(ods_row(ods_cell(error, more))), "a.ods").rows == ((Fault(error),),)
    plain = ods_row(ods_cell(error, 'table:formula="of:=X"'))
    assert sheet(raw_ods(plain), "a.ods").rows == ((Fault(error),),)
    code = {"#REF!": 0x17, "#VALUE!": 0x0F, "#N/A": 0x2A, "#DIV/0!": 0x07, "#NAME?": 0x1D}[error]
    xls_sheet = sheet(workbook_records(record(0x205, bytes(6) + bytes([code, 1]))), "a.xls")
    assert xls_sheet.rows == ((Fault(error),),)


def test_an_error_that_an_ods_repeats_is_a_fault_in_each_place() -> None:
    more = 'calcext:value-type="error" table:number-columns-repeated="2"'
    row = ods_row(ods_cell("#REF!", more), 'table:number-rows-repeated="2"')
    assert sheet(raw_ods(row), "a.ods").rows == ((Fault("#REF!"),) * 2,) * 2


def test_attributes_written_otherwise_hide_nothing() -> None:
    for written in ("t='e'", 't = "e"', 't\n="e"', "t=\t'e'"):
        got = sheet(raw_xlsx(f'<row r="1"><c r="A1" {written}><v>#REF!</v></c></row>'))
        assert got.rows == ((Fault("#REF!"),),), written


def test_an_old_workbook_says_what_its_format_does_not_show() -> None:
    book = read(workbook_records(record(0x203, bytes(14))), "a.xls")
    assert "shows neither comments nor which formulas were never calculated" in str(book.notes[0])


# Zeros in front


@pytest.mark.parametrize("form", ["000000000", "000000000;-000000000"])
def test_a_number_shown_with_zeros_in_front_keeps_them(form: str) -> None:
    book = made(A1=123456, A2="x", A3=1.5)
    for row in (1, 2, 3):
        book.worksheets[0].cell(row, 1).number_format = form
    assert sheet(saved(book)).rows == (("000123456",), ("x",), (Decimal("1.5"),))


def test_an_old_workbook_keeps_the_zeros_that_it_shows() -> None:
    import xlwt  # type: ignore[import-untyped]

    book = xlwt.Workbook()
    partners = book.add_sheet("Partners")
    partners.write(0, 0, 123456, xlwt.easyxf(num_format_str="000000000"))
    partners.write(1, 0, 123456)
    assert sheet(saved(book), "a.xls").rows == (("000123456",), (Decimal(123456),))


def test_an_ods_keeps_the_zeros_that_it_shows() -> None:
    cell = ods_cell("000123456", 'office:value="123456"', "float")
    assert sheet(raw_ods(ods_row(cell)), "a.ods").rows == (("000123456",),)


# Merged cells


def test_what_lies_under_a_merged_cell_is_blank_as_the_sheet_shows() -> None:
    table = '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="B{0}"><v>2</v></c></row>'
    parts = xlsx_parts(table.format(1) + table.format(2) + table.format(3))
    path = "xl/worksheets/sheet1.xml"
    merged = '</sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells>'
    parts[path] = str(parts[path]).replace("</sheetData>", merged)
    one, two = Decimal(1), Decimal(2)
    assert sheet(packed(parts)).rows == ((one, two), ("", two), (one, two))


def test_what_lies_under_a_merged_cell_of_an_old_workbook_is_blank() -> None:
    number = [record(0x203, bytes([row]) + bytes(11) + b"\xf0\x3f") for row in range(3)]
    area = record(0xE5, b"\1\0" + b"\0\0\1\0\0\0\0\0")
    got = sheet(workbook_records(b"".join(number) + area), "a.xls")
    assert got.rows == ((Decimal(1),), ("",), (Decimal(1),))


def test_what_lies_under_a_merged_cell_of_an_ods_is_blank() -> None:
    covered = ods_cell("hidden").replace("table-cell", "covered-table-cell")
    assert sheet(raw_ods(ods_row(ods_cell("x") + covered)), "a.ods").rows == (("x",),)


def test_merged_cells_that_lie_over_one_another_are_refused() -> None:
    parts = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    path = "xl/worksheets/sheet1.xml"
    many = '<mergeCell ref="A1:B2"/>' * 9
    merged = f"</sheetData><mergeCells>{many}</mergeCells>"
    parts[path] = str(parts[path]).replace("</sheetData>", merged)
    with pytest.raises(UnreadableFile, match="merged cells lie over one another"):
        sheet(packed(parts))
