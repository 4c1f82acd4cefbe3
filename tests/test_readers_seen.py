"""What a person sees and values do not show: comments, fills, merged cells, currencies."""

from __future__ import annotations

import struct
import subprocess
import sys
from decimal import Decimal

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Color, PatternFill
from openpyxl.styles.colors import COLOR_INDEX

from alliance_check.model.errors import UnreadableFile
from alliance_check.readers import read
from alliance_check.readers.xlsx.colours import colour
from tests.marked_sheets import made, ods_cell, ods_row, sheet
from tests.sheets import packed, raw_ods, raw_xlsx, record, saved, workbook_records, xlsx_parts

# Comments

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
EXPLAINED = (
    "[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; "
    "however, any edits to it will get removed if the file is opened in a newer version of Excel. "
    "Learn more: https://go.microsoft.com/fwlink/?linkid=870924\n\nComment:\n    Withdrew 14 Nov"
)


def commented(notes: str = "", threads: str = "") -> dict[str, str | bytes]:
    """Return the parts of a workbook with these notes and threaded comments on its sheet."""
    parts = xlsx_parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        f'<Relationships><Relationship Id="rId1" Type="{_OFFICE}/comments" '
        f'Target="../comments1.xml"/><Relationship Id="rId2" Type="{_THREADS}" '
        f'Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    parts["xl/comments1.xml"] = (
        "<comments><authors><author>Anna Berg</author><author>tc={1}</author></authors>"
        f"<commentList>{notes}</commentList></comments>"
    )
    parts["xl/threadedComments/threadedComment1.xml"] = (
        f"<ThreadedComments>{threads}</ThreadedComments>"
    )
    return parts


def test_a_comment_is_read_without_the_line_that_names_its_author() -> None:
    book = made(A1="Name", A2="NTNU", A3="SINTEF")
    partners = book.worksheets[0]
    partners["A2"].comment = Comment("Anna Berg:\nWithdrew 14 Nov\nby phone", "Anna Berg")
    partners["C9"].comment = Comment("Question:\nwho pays?", "Anna Berg")
    got = sheet(saved(book))
    assert got.comments == {(2, 1): "Withdrew 14 Nov\nby phone", (9, 3): "Question:\nwho pays?"}
    assert got.rows == (("Name",), ("NTNU",), ("SINTEF",))


def test_the_runs_of_a_comment_are_joined_and_struck_ones_left_out() -> None:
    note = (
        '<comment ref="B2" authorId="0"><text><r><rPr><b/></rPr><t>Anna Berg:</t></r>'
        '<r><t xml:space="preserve">\ncoming</t></r><r><rPr><strike/></rPr><t> not</t></r></text>'
        "</comment>"
    )
    assert sheet(packed(commented(note))).comments == {(2, 2): "coming"}


def test_a_thread_stands_for_the_note_that_excel_writes_beside_it() -> None:
    note = f'<comment ref="A1" authorId="1"><text><t>{EXPLAINED}</t></text></comment>'
    thread = (
        '<threadedComment ref="A1" id="{1}"><text>Withdrew 14 Nov</text></threadedComment>'
        '<threadedComment ref="B2" id="{3}"><text> </text></threadedComment>'
        '<threadedComment ref="A1" id="{2}" parentId="{1}"><text>Pity</text></threadedComment>'
    )
    assert sheet(packed(commented(note, thread))).comments == {(1, 1): "Withdrew 14 Nov / Pity"}


def test_the_note_of_a_thread_that_was_lost_is_read_without_its_explanation() -> None:
    note = f'<comment ref="A1" authorId="1"><text><t>{EXPLAINED}</t></text></comment>'
    assert sheet(packed(commented(note))).comments == {(1, 1): "Withdrew 14 Nov"}


@pytest.mark.parametrize("part", ["comments1.xml", "threadedComments/threadedComment1.xml"])
def test_comments_that_are_listed_and_not_there_are_refused(part: str) -> None:
    parts = commented()
    del parts[f"xl/{part}"]
    with pytest.raises(UnreadableFile, match="the comments that it lists are missing"):
        sheet(packed(parts))


@pytest.mark.parametrize("at", ["", "1A", "A0", "A1:B2"])
def test_a_comment_on_no_cell_is_refused(at: str) -> None:
    note = f'<comment ref="{at}" authorId="0"><text><t>x</t></text></comment>'
    with pytest.raises(UnreadableFile, match="is damaged"):
        sheet(packed(commented(note)))


# Fills


def test_a_solid_fill_of_a_cell_in_use_is_read() -> None:
    book = made(A1="red", A2="white", A3="none", A4="striped", B5=7)
    partners = book.worksheets[0]
    for address, shown in (
        ("A1", "FFFF0000"),
        ("A2", "FFFFFFFF"),
        ("B5", "00ffc000"),
        ("C1", "FFFF0000"),
    ):
        partners[address].fill = PatternFill("solid", fgColor=shown)
    partners["A4"].fill = PatternFill("lightGray", fgColor="FFFF0000")
    assert sheet(saved(book)).fills == {(1, 1): "FF0000", (5, 2): "FFC000"}


def test_a_fill_by_number_or_theme_is_resolved() -> None:
    book = made(A1="yellow", A2="accent 2", A3="lighter", A4="darker white", A5="white")
    colours = (
        Color(indexed=13),
        Color(theme=5),
        Color(theme=5, tint=0.6),
        Color(theme=0, tint=-0.25),
        Color(theme=0),
    )
    for row, shown in enumerate(colours, 1):
        book.worksheets[0].cell(row, 1).fill = PatternFill("solid", fgColor=shown)
    fills = sheet(saved(book)).fills
    # The theme of openpyxl is that of Office 2007, whose accent 2 is C0504D.
    assert fills == {(1, 1): "FFFF00", (2, 1): "C0504D", (3, 1): "E6B9B8", (4, 1): "BFBFBF"}


def test_the_old_numbers_of_colours_are_those_of_the_standard() -> None:
    for number, known in enumerate(COLOR_INDEX[:64]):
        plain = known[2:].replace("FFFFFF", "")
        assert colour({"indexed": str(number)}, ()) == plain, number
    assert colour({"indexed": "64"}, ()) == ""


def test_a_sheet_filled_all_over_is_read() -> None:
    cells = "".join(f'<c r="A{n}" s="1"><v>{n}</v></c>' for n in range(1, 120_000))
    style = (
        '<fills><fill/><fill><patternFill patternType="solid"><fgColor rgb="FF00FF00"/>'
        '</patternFill></fill></fills><cellXfs><xf/><xf fillId="1"/></cellXfs>'
    )
    got = sheet(raw_xlsx(f'<row r="1">{cells}</row>', styles=style))
    assert len(got.rows) == 119_999
    assert len(got.fills) >= 20_000, "the first are kept, and the rest is no reason to refuse"


# Merged cells


def test_merged_cells_are_read() -> None:
    book = made(A1="Norway", A3="x", D1="Budget")
    book.worksheets[0].merge_cells("A1:A2")
    book.worksheets[0].merge_cells("D1:F2")
    assert set(sheet(saved(book)).merged) == {(1, 1, 2, 1), (1, 4, 2, 6)}


# Number formats


@pytest.mark.parametrize(
    "code",
    [
        '"NOK" #,##0',
        "[$kr-414] #,##0",
        "#,##0 €",
        '#,##0.00 "k€"',
        r'_-* #,##0.00\ "kr"_-;-* #,##0.00\ "kr"_-',
        r"#,##0\ \k\r",
        "$#,##0",
        '[>=1000000]0.0,,"M";0.0,"k"',
        'General" EUR"',
    ],
)
def test_a_number_format_with_a_currency_or_a_unit_is_read(code: str) -> None:
    book = made(A1=1500000, A2="text", A3=2)
    for row in (1, 2):
        book.worksheets[0].cell(row, 1).number_format = code
    assert sheet(saved(book)).formats == {(1, 1): code}


@pytest.mark.parametrize(
    "code",
    ["#,##0.00", "0%", "[Red]-#,##0", "dd.mm.yyyy", "[$-414]d. mmmm yyyy", '0" "', "0.0E+00", "@"],
)
def test_a_number_format_without_a_unit_is_not(code: str) -> None:
    book = made(A1=45000)
    book.worksheets[0]["A1"].number_format = code
    assert sheet(saved(book)).formats == {}


# OpenDocument


def annotated(comment: str, text: str = "<text:p>NTNU</text:p>", more: str = "") -> str:
    return ods_row(
        f'<table:table-cell office:value-type="string" {more}><office:annotation>'
        f"<dc:creator>Anna Berg</dc:creator><dc:date>2023-11-14T10:00:00</dc:date>{comment}"
        f"</office:annotation>{text}</table:table-cell>"
    )


def test_the_comment_of_an_ods_is_read_and_is_no_part_of_the_value() -> None:
    comment = (
        "<text:p>Anna Berg:</text:p><text:p>Withdrew<text:s/>14 Nov</text:p>"
        "<text:p>by<text:line-break/>phone</text:p>"
    )
    got = sheet(raw_ods(ods_row(ods_cell("x")) + annotated(comment)), "a.ods")
    assert got.comments == {(2, 1): "Withdrew 14 Nov\nby\nphone"}
    assert got.rows == (("x",), ("NTNU",))


def test_the_comment_of_an_empty_cell_of_an_ods_is_read() -> None:
    content = raw_ods(annotated("<text:p>ask them</text:p>", "").replace("string", ""))
    assert sheet(content, "a.ods").comments == {(1, 1): "ask them"}


def test_comments_written_by_another_library_are_read() -> None:
    from odf.dc import Creator  # type: ignore[import-untyped]
    from odf.office import Annotation  # type: ignore[import-untyped]
    from odf.opendocument import OpenDocumentSpreadsheet  # type: ignore[import-untyped]
    from odf.table import Table, TableCell, TableRow  # type: ignore[import-untyped]
    from odf.text import P  # type: ignore[import-untyped]

    book = OpenDocumentSpreadsheet()
    table, row = Table(name="Partners"), TableRow()
    cell = TableCell(valuetype="string", numbercolumnsspanned=2, numberrowsspanned=1)
    note = Annotation()
    note.addElement(Creator(text="Ola"))
    note.addElement(P(text="Withdrew"))
    cell.addElement(note)
    cell.addElement(P(text="NTNU"))
    row.addElement(cell)
    table.addElement(row)
    book.spreadsheet.addElement(table)
    got = sheet(saved(book), "a.ods")
    assert (got.comments, got.merged) == ({(1, 1): "Withdrew"}, ((1, 1, 1, 2),))
    assert got.rows == (("NTNU",),)


def test_a_long_comment_of_an_ods_is_no_long_cell() -> None:
    long = "x" * 32_000
    content = raw_ods(annotated(f"<text:p>{long}</text:p>", f"<text:p>{long}</text:p>"))
    assert sheet(content, "a.ods").comments == {(1, 1): long}


FILL = (
    '<style:style style:name="{0}"{2}><style:table-cell-properties fo:background-color="{1}"/>'
    "</style:style>"
)


def test_the_fills_of_an_ods_are_read() -> None:
    styles = (
        FILL.format("red", "#ff0000", "")
        + FILL.format("white", "#ffffff", "")
        + FILL.format("none", "transparent", ' style:parent-style-name="red"')
        + '<style:style style:name="child" style:parent-style-name="red"/>'
    )
    cells = "".join(
        ods_cell("x", f'table:style-name="{name}"') for name in ("red", "white", "none", "child")
    )
    blank = '<table:table-cell table:style-name="red"/>'
    got = sheet(raw_ods(ods_row(cells + blank), styles), "a.ods")
    assert got.fills == {(1, 1): "FF0000", (1, 4): "FF0000"}


def test_the_merged_cells_of_an_ods_are_read() -> None:
    merged = 'table:number-columns-spanned="2" table:number-rows-spanned="3"'
    alone = 'table:number-columns-spanned="1" table:number-rows-spanned="1"'
    rows = ods_row(ods_cell("x", alone) + ods_cell("y")) + ods_row(
        f"<table:table-cell {merged}/><table:covered-table-cell/>" + ods_cell("z")
    )
    got = sheet(raw_ods(rows), "a.ods")
    assert got.merged == ((2, 1, 4, 2),)
    assert got.rows == (("x", "y"), ("", "", "z"))


def test_the_currencies_and_units_of_an_ods_are_read() -> None:
    value = 'office:value="1500"'
    cells = (
        ods_cell("1 500 kr", f'{value} office:currency="NOK"', "currency")
        + ods_cell("1 500 k€", value, "float")
        + ods_cell("1.5E+03", value, "float")
        + ods_cell("1 500", value, "float")
    )
    got = sheet(raw_ods(ods_row(cells)), "a.ods")
    assert got.formats == {(1, 1): '"NOK" #,##0', (1, 2): '"k€" #,##0'}


def test_an_ods_filled_all_over_is_read() -> None:
    repeated = 'table:number-rows-repeated="120000"'
    row = ods_row(ods_cell("x", 'table:style-name="red"'), repeated)
    got = sheet(raw_ods(row, FILL.format("red", "#ff0000", "")), "a.ods")
    assert len(got.rows) == 120_000


# Old workbooks


def test_the_fills_merged_cells_and_units_of_an_old_workbook_are_read() -> None:
    import xlwt  # type: ignore[import-untyped]

    book = xlwt.Workbook()
    partners = book.add_sheet("Partners")
    red = xlwt.easyxf("pattern: pattern solid, fore_colour red")
    white = xlwt.easyxf("pattern: pattern solid, fore_colour white")
    kroner = xlwt.easyxf(num_format_str='"NOK" #,##0')
    partners.write(0, 0, "x", red)
    partners.write(0, 1, "x", white)
    partners.write(0, 2, None, red)
    partners.write(1, 0, 1500, kroner)
    partners.write(1, 1, "text", kroner)
    partners.write_merge(3, 4, 1, 2, "Norway")
    got = sheet(saved(book), "a.xls")
    assert got.fills == {(1, 1): "FF0000"}
    assert got.merged == ((4, 2, 5, 3),)
    assert got.formats == {(2, 1): '"NOK" #,##0'}


def test_numbers_that_an_old_workbook_packs_or_calculates_have_their_styles() -> None:
    struck = bytes([200, 0, 8]) + bytes(11) + b"\1\0A"
    styles = (
        record(0x31, struck)
        + record(0x41E, b"\xa4\0" + b"\3\0\0" + b"000")
        + record(0xE0, bytes(20))
        + record(0xE0, struct.pack("<HH", 0, 0xA4) + bytes(16))
    )
    numbers = b"".join(struct.pack("<HI", style, 7 << 2 | 2) for style in (0, 1, 1))
    packed_numbers = record(0xBD, struct.pack("<HH", 0, 1) + numbers + struct.pack("<H", 3))
    result = struct.pack("<HHHdHIH", 0, 4, 1, 9.0, 0, 0, 0)
    got = sheet(workbook_records(packed_numbers + record(0x06, result), styles), "a.xls")
    assert got.rows == (("", Decimal(7), "007", "007", "009"),)
    assert got.struck == {(1, 2), (1, 3), (1, 4), (1, 5)}


def test_a_palette_changes_the_colours_of_an_old_workbook() -> None:
    fill = bytes(17) + bytes([1 << 2, 10, 0])
    styles = record(0xE0, fill) + record(0x92, b"\3\0" + bytes(8) + b"\x12\xab\xcd\0")
    content = workbook_records(record(0x203, bytes(14)), styles)
    assert sheet(content, "a.xls").fills == {(1, 1): "12ABCD"}


# What it costs


def test_a_plain_sheet_loads_no_module_for_it() -> None:
    program = (
        "import sys; from alliance_check.readers import read; read(sys.stdin.buffer.read(), '-');"
        "print(*sys.modules)"
    )
    loaded = {}
    for what, content in (("plain", raw_xlsx("")), ("commented", packed(commented()))):
        ran = subprocess.run(
            [sys.executable, "-c", program], input=content, capture_output=True, check=True
        )
        loaded[what] = {name.rpartition(".")[2] for name in ran.stdout.decode().split()}
    assert not loaded["plain"] & {"comments", "colours", "colorsys"}
    assert "comments" in loaded["commented"]


def test_a_workbook_reports_nothing_that_it_does_not_have() -> None:
    (plain,) = read(saved(made(A1=1)), "a.xlsx").sheets
    assert (plain.comments, plain.fills, plain.merged, plain.formats) == ({}, {}, (), {})
