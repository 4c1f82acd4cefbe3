"""Every format gives the same table; addresses, numbers and texts are those that a sheet shows."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from alliance_check.model.errors import UnreadableFile
from alliance_check.model.sheet import (
    Cell,
    Content,
    Fault,
)
from alliance_check.readers import read
from tests.sheets import (
    PARTNERS,
    ods,
    packed,
    raw_ods,
    raw_xlsx,
    record,
    saved,
    workbook_records,
    xls,
    xlsx,
    xlsx_parts,
)

MAKERS = {"xlsx": xlsx, "xlsm": xlsx, "xls": xls, "ods": ods}
Rows = tuple[tuple[Content, ...], ...]


def rows(content: bytes | str, name: str = "partners.csv", encoding: str | None = None) -> Rows:
    raw = content.encode() if isinstance(content, str) else content
    return read(raw, name, encoding=encoding).sheets[0].rows


@pytest.mark.parametrize("suffix", MAKERS)
def test_each_workbook_gives_texts_and_decimals_as_they_stand(suffix: str) -> None:
    book = read(MAKERS[suffix](PARTNERS), f"partners.{suffix}")
    assert [sheet.name for sheet in book.sheets] == ["Partners"]
    assert book.sheets[0].rows == (
        ("Name", "Country", "Type", "PIC", "Budget"),
        ("Høgskulen på Vestlandet", "NO", "University", Decimal(999974553), Decimal("125000.5")),
        (" NA Training ", "NA", "VET provider", Decimal(24), Decimal("0.1")),
        ("", "ES"),
        ("Ελληνικό Πανεπιστήμιο", "EL", "University", "000123456", Decimal(1)),
    )


@pytest.mark.parametrize("suffix", MAKERS)
def test_addresses_stay_right_below_and_beside_empty_rows_and_columns(suffix: str) -> None:
    table = ((), (), ("", "", "Name", "", "Land"), (), ("", "", "NTNU", "", "NO"))
    assert rows(MAKERS[suffix](table), f"a.{suffix}") == (
        (),
        (),
        ("", "", "Name", "", "Land"),
        (),
        ("", "", "NTNU", "", "NO"),
    ), "rows[0][0] is A1, whatever the reading library leaves out"


@pytest.mark.parametrize("suffix", MAKERS)
@pytest.mark.parametrize("amount", ["1000000.01", "0.1", "33333.33", "1500000", "-12.5", "1e-07"])
def test_an_amount_is_the_decimal_that_was_typed(suffix: str, amount: str) -> None:
    (row,) = rows(MAKERS[suffix](((float(amount),),)), f"a.{suffix}")
    assert row == (Decimal(amount),)
    assert type(row[0]) is Decimal, "a float would make 1000000.01 something else"


def test_a_sum_of_fractions_has_the_digits_that_a_spreadsheet_shows() -> None:
    got = rows(raw_xlsx('<row r="1"><c r="A1"><v>0.30000000000000004</v></c></row>'), "a.xlsx")
    assert got == ((Decimal("0.3"),),)


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_dates_times_and_truths_become_text(suffix: str) -> None:
    values = (dt.date(2023, 5, 3), dt.datetime(2023, 5, 3, 17, 0), True, False)  # noqa: DTZ001
    if suffix == "xlsx":
        import openpyxl

        book = openpyxl.Workbook()
        book.worksheets[0].append(values)
    else:
        import xlwt  # type: ignore[import-untyped]

        book = xlwt.Workbook()
        sheet = book.add_sheet("Partners")
        for column, value in enumerate(values):
            form = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm") if column < 2 else xlwt.XFStyle()
            sheet.write(0, column, value, form)
    expected = ("2023-05-03", "2023-05-03T17:00:00", "TRUE", "FALSE")
    assert rows(saved(book), f"a.{suffix}") == (expected,)


def test_dates_times_and_truths_of_an_ods_become_text() -> None:
    cell = "<table:table-cell office:value-type="
    got = rows(
        raw_ods(
            f'<table:table-row>{cell}"date" office:date-value="2023-05-03"/>'
            f'{cell}"boolean" office:boolean-value="true"/>'
            f'{cell}"time" office:time-value="PT17H00M00S"/>'
            f'{cell}"currency" office:currency="EUR" office:value="1000000.01"/></table:table-row>'
        ),
        "a.ods",
    )
    assert got == (("2023-05-03", "TRUE", "17:00:00", Decimal("1000000.01")),)


def test_inline_and_formatted_texts_are_read_whole() -> None:
    got = rows(
        raw_xlsx(
            '<row r="1"><c r="A1" t="inlineStr"><is><t>NTNU</t></is></c>'
            '<c r="B1" t="inlineStr"><is><r><t>Nor</t></r><r><t>way</t></r></is></c>'
            '<c r="C1" t="s"><v>0</v></c><c r="D1" t="s"><v>1</v></c></row>',
            '<si><r><t xml:space="preserve">Trade </t></r>'
            '<r><rPr><b/></rPr><t>union</t></r><rPh sb="0" eb="1">'
            "<t>x</t></rPh></si><si><t>two_x000D_\nlines</t></si>",
        ),
        "a.xlsx",
    )
    assert got == (("NTNU", "Norway", "Trade union", "two\r\nlines"),)


def test_an_ods_keeps_the_lines_and_spaces_of_a_text_and_leaves_comments_out() -> None:
    got = rows(
        raw_ods(
            '<table:table-row><table:table-cell office:value-type="string"><office:annotation>'
            "<text:p>ask them</text:p></office:annotation><text:p>Trade<text:s text:c='2'/>union"
            "</text:p><text:p>of<text:line-break/>Norway</text:p></table:table-cell>"
            "</table:table-row>"
        ),
        "a.ods",
    )
    assert got == (("Trade  union\nof\nNorway",),)


def test_cells_and_rows_that_an_ods_repeats_are_all_there() -> None:
    cell = "<table:table-cell {} office:value-type='string'><text:p>x</text:p></table:table-cell>"
    got = rows(
        raw_ods(
            "<table:table-row table:number-rows-repeated='2'><table:table-cell/></table:table-row>"
            "<table:table-row table:number-rows-repeated='2'>"
            + cell.format("table:number-columns-repeated='2'")
            + "</table:table-row><table:table-row table:number-rows-repeated='1048572'>"
            "<table:table-cell table:number-columns-repeated='16384'/></table:table-row>"
        ),
        "a.ods",
    )
    assert got == ((), (), ("x", "x"), ("x", "x"))


def test_the_sheets_of_a_workbook_come_in_order_with_charts_left_out() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.worksheets[0].title = "Project"
    book.create_chartsheet("Chart")
    book.create_sheet("My partners").append(["Name"])
    names = [sheet.name for sheet in read(saved(book), "a.xlsx").sheets]
    assert names == ["Project", "My partners"]
    assert str(Cell(names[1], 1, 1)) == "'My partners'!A1"


@pytest.mark.parametrize("part", ["sharedStrings.xml", "styles.xml"])
def test_texts_elsewhere_than_where_the_library_looks_are_refused(part: str) -> None:
    parts = xlsx_parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', "<si><t>old</t></si>")
    links = "xl/_rels/workbook.xml.rels"
    parts[links] = str(parts[links]).replace(part, f"new-{part}")
    parts[f"xl/new-{part}"] = "<sst><si><t>new</t></si></sst>"
    with pytest.raises(UnreadableFile, match="its parts lie in unusual places"):
        read(packed(parts), "a.xlsx")


def test_a_workbook_elsewhere_than_where_the_library_looks_is_refused() -> None:
    parts = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    parts["xl/workbook2.xml"] = parts["xl/workbook.xml"]
    parts["xl/_rels/workbook2.xml.rels"] = parts["xl/_rels/workbook.xml.rels"]
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace("workbook.xml", "workbook2.xml")
    with pytest.raises(UnreadableFile, match="its parts lie in unusual places"):
        read(packed(parts), "a.xlsx")


def test_names_of_parts_are_compared_without_case() -> None:
    parts = xlsx_parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', "<si><t>NTNU</t></si>")
    parts["XL/SharedStrings.xml"] = parts.pop("xl/sharedStrings.xml")
    assert rows(packed(parts), "a.xlsx") == (("NTNU",),)


def test_an_old_workbook_with_a_chart_in_a_sheet_keeps_its_cells() -> None:
    error = record(0x205, bytes(6) + b"\x17\1")
    chart = record(0x809, b"\0\x06\x20\0" + bytes(12)) + record(0x0A, b"")
    assert rows(workbook_records(chart + error), "a.xls") == ((Fault("#REF!"),),)
