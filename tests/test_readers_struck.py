"""What the values alone hide of rows, sheets and texts: hidden, filtered, struck through."""

from __future__ import annotations

from decimal import Decimal

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from alliance_check.model.sheet import Workbook
from alliance_check.readers import read
from tests.marked_sheets import ODS_STRUCK, made, ods_cell, ods_row, sheet
from tests.sheets import raw_ods, raw_xlsx, saved

# What is hidden


def test_hidden_filtered_and_flat_rows_are_read() -> None:
    book = made(A1="a", A2="b", A3="c", A4="d")
    book.worksheets[0].row_dimensions[2].hidden = True
    assert sheet(saved(book)).hidden_rows == {2}
    flat = '<row r="{0}" ht="{1}" customHeight="1"><c r="A{0}"><v>1</v></c></row>'
    rows = "".join(flat.format(*given) for given in ((1, "15"), (2, "0"), (3, "0.0"), (4, "0.75")))
    assert sheet(raw_xlsx(rows)).hidden_rows == {2, 3}


def test_hidden_rows_of_an_old_workbook_are_read() -> None:
    import xlwt  # type: ignore[import-untyped]

    book = xlwt.Workbook()
    partners = book.add_sheet("Partners")
    for row in range(3):
        partners.write(row, 0, "x")
    partners.row(1).hidden = True
    assert sheet(saved(book), "a.xls").hidden_rows == {2}


def test_hidden_filtered_and_flat_rows_of_an_ods_are_read() -> None:
    flat = '<style:style style:name="ro1"><style:table-row-properties style:row-height="0cm"/>'
    rows = (
        ods_row(ods_cell("a"))
        + ods_row(ods_cell("b"), 'table:visibility="collapse" table:number-rows-repeated="2"')
        + ods_row(ods_cell("c"), 'table:visibility="filter"')
        + ods_row(ods_cell("d"), 'table:style-name="ro1"')
    )
    assert sheet(raw_ods(rows, flat + "</style:style>"), "a.ods").hidden_rows == {2, 3, 4, 5}


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_read(state: str) -> None:
    book = made(A1="x")
    book.create_sheet("Old").append(["y"])
    book.worksheets[1].sheet_state = state
    assert [s.hidden for s in read(saved(book), "a.xlsx").sheets] == [False, True]


def test_a_hidden_sheet_of_an_old_workbook_is_read() -> None:
    import xlwt

    book = xlwt.Workbook()
    for number, name in enumerate(("Partners", "Old")):
        book.add_sheet(name).write(0, 0, "x")
        book.get_sheet(number).visibility = number
    assert [s.hidden for s in read(saved(book), "a.xls").sheets] == [False, True]


def test_a_hidden_sheet_of_an_ods_is_read() -> None:
    style = '<style:style style:name="ta" style:family="table"><style:table-properties {}/>'
    for shown, hidden in (("true", False), ("false", True)):
        form = style.format(f'table:display="{shown}"') + "</style:style>"
        content = raw_ods(ods_row(ods_cell("x")), form, more='table:style-name="ta"')
        assert sheet(content, "a.ods").hidden is hidden


# Struck-through text


def test_a_cell_struck_through_by_its_style_is_read() -> None:
    book = made(A1="a", A2="b", B2=5)
    book.worksheets[0]["A2"].font = Font(strike=True)
    book.worksheets[0]["B2"].font = Font(strike=True)
    book.worksheets[0]["C2"].font = Font(strike=True)
    got = sheet(saved(book))
    assert got.struck == {(2, 1), (2, 2)}, "a blank cell has nothing to strike through"
    assert got.rows == (("a",), ("b", Decimal(5)))


def test_a_text_is_struck_through_when_each_of_its_runs_is() -> None:
    struck, plain = "<r><rPr><strike/></rPr><t>{}</t></r>", "<r><t>{}</t></r>"
    texts = "".join(
        f"<si>{entry}</si>"
        for entry in (
            struck.format("all ") + struck.format("of it"),
            struck.format("all but a blank") + plain.format(" "),
            plain.format("none"),
            '<r><rPr><strike val="0"/></rPr><t>not at all</t></r>',
        )
    )
    cells = "".join(f'<c r="{"ABCD"[n]}1" t="s"><v>{n}</v></c>' for n in range(4))
    assert sheet(raw_xlsx(f'<row r="1">{cells}</row>', texts)).struck == {(1, 1), (1, 2)}


def partly(book: Workbook) -> tuple[object, list[str]]:
    return book.sheets[0].rows[0][0], [str(note) for note in book.notes]


LEFT_OUT = "The struck-through part of Partners!A1 was left out."


def test_what_is_struck_through_in_part_is_left_out_and_said() -> None:
    spoken = '<rPh sb="0" eb="6"><t>Supein</t></rPh>'
    text = f"<si><r><rPr><strike/></rPr><t>France</t></r><r><t> Spain</t></r>{spoken}</si>"
    shared = read(raw_xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', text), "a.xlsx")
    assert partly(shared) == (" Spain", [LEFT_OUT])
    rich = CellRichText(TextBlock(InlineFont(strike=True), "France"), " Spain")
    book = made(A1=rich)
    book.worksheets[0].title = "Partners"
    assert partly(read(saved(book), "a.xlsx")) == (" Spain", [LEFT_OUT])


def test_a_text_of_an_ods_struck_through_in_part_is_left_out_and_said() -> None:
    span = '<text:span text:style-name="T1">France</text:span>'
    style = ODS_STRUCK.format(name="T1", more="")
    book = read(raw_ods(ods_row(ods_cell(span + " Spain")), style), "a.ods")
    assert partly(book) == (" Spain", [LEFT_OUT])
    whole = sheet(raw_ods(ods_row(ods_cell(span)), style), "a.ods")
    assert whole.rows == (("France",),)
    assert whole.struck == {(1, 1)}


def test_a_cell_of_an_old_workbook_struck_through_is_read() -> None:
    import xlwt

    book = xlwt.Workbook()
    partners = book.add_sheet("Partners")
    partners.write(0, 0, "a")
    partners.write(1, 0, "b", xlwt.easyxf("font: struck_out on"))
    assert sheet(saved(book), "a.xls").struck == {(2, 1)}


@pytest.mark.parametrize(
    ("styles", "row"),
    [
        (ODS_STRUCK.format(name="ce1", more=""), ods_row(ods_cell("x", 'table:style-name="ce1"'))),
        (
            ODS_STRUCK.format(name="Old", more="")
            + '<style:style style:name="ce1" style:parent-style-name="Old"/>',
            ods_row(ods_cell("x", 'table:style-name="ce1"')),
        ),
        (
            ODS_STRUCK.format(name="ce1", more=""),
            '<table:table-column table:default-cell-style-name="ce1"/>' + ods_row(ods_cell("x")),
        ),
        (
            ODS_STRUCK.format(name="ce1", more=""),
            ods_row(ods_cell("x"), 'table:default-cell-style-name="ce1"'),
        ),
    ],
    ids=["own", "inherited", "column", "row"],
)
def test_a_cell_of_an_ods_struck_through_by_a_style_is_read(styles: str, row: str) -> None:
    assert sheet(raw_ods(row, styles), "a.ods").struck == {(1, 1)}
