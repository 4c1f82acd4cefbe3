"""What of a file stays when cells of it are tidied: bytes, styles, formulas, delimiters."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font, PatternFill

from alliance_check.model.errors import TooLarge, UnreadableFile
from alliance_check.pipeline import Options
from alliance_check.readers import Limits
from alliance_check.tidy import tidied
from tests.cli_runs import Command
from tests.tidying import (
    OPTIONS,
    ROWS,
    book_of,
    csv_of,
    edited,
    kept,
    members,
    saved,
    tidy,
    with_shared_texts,
    written,
    xlsx_of,
)

SHEET = "xl/worksheets/sheet1.xml"
NORWAY = r'<c r="B2" t="(?:s|inlineStr)">.*?</c>'


def opened(content: bytes, *, values: bool) -> dict[str, Any]:
    book = load_workbook(io.BytesIO(content), data_only=values)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    }


def dressed() -> bytes:
    """Return a workbook with styles, a second sheet, and a formula with its cached value."""
    book = book_of(ROWS)
    sheet = book.worksheets[0]
    sheet["B2"].font = Font(bold=True, color="FF0000")
    sheet["B2"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet.column_dimensions["A"].width = 44
    sheet["G2"] = "=1+1"
    other = book.create_sheet("Notes")
    other["A1"], other["B1"] = "NO", "=2+2"
    content = saved(book)
    for part, two in (("sheet1", "2"), ("sheet2", "4")):
        path = f"xl/worksheets/{part}.xml"
        content = edited(content, path, r"(</f>)<v ?/?>(?:</v>)?", rf"\g<1><v>{two}</v>")
    return content


def test_formulas_keep_their_cached_values_and_other_cells_theirs() -> None:
    before = dressed()
    found = tidy(before, "p.xlsx")
    changed = written(found)
    assert changed["Partners!B2"] == "Norway"
    for values in (True, False):
        expected = {**opened(before, values=values), **changed}
        assert opened(found.content, values=values) == expected
    assert opened(found.content, values=True)["Partners!G2"] == 2


def test_a_changed_cell_keeps_its_style() -> None:
    before = dressed()
    old, new = (
        load_workbook(io.BytesIO(content))["Partners"]
        for content in (before, tidy(before, "p.xlsx").content)
    )
    assert repr(new["B2"].font) == repr(old["B2"].font)
    assert repr(new["B2"].fill) == repr(old["B2"].fill)
    assert new.column_dimensions["A"].width == old.column_dimensions["A"].width


def test_every_byte_of_the_sheet_outside_of_the_changed_cells_stays() -> None:
    before = dressed()
    found = tidy(before, "p.xlsx")
    xml = members(found.content)[SHEET]
    for change in found.changes:
        address = change.cell.address.encode()
        start = xml.index(b'<c r="' + address + b'"')
        cut = xml[start : xml.index(b"</c>", start) + 4]
        old = members(before)[SHEET]
        start = old.index(b'<c r="' + address + b'"')
        xml = xml.replace(cut, old[start : old.index(b"</c>", start) + 4])
    assert xml == members(before)[SHEET]


def test_a_cell_that_is_a_formula_stays_and_is_listed() -> None:
    new = '<c r="B2" t="str"><f>"N"&amp;"O"</f><v>NO</v></c>'
    found = tidy(edited(xlsx_of(ROWS), SHEET, NORWAY, new), "p.xlsx")
    assert kept(found)["Partners!B2"] == "is a formula"
    assert "Partners!B4" in written(found)


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (
            '<c r="B2" t="inlineStr"><is><r><t>N</t></r><r><rPr><b/></rPr><t>O</t></r></is></c>',
            "parts of its text look different from one another",
        ),
        (
            '<c r="B2" vm="1" t="str"><v>NO</v></c>',
            "is written in a way that cannot be changed safely",
        ),
    ],
    ids=["rich text", "metadata"],
)
def test_a_cell_that_would_lose_something_stays_and_is_listed(new: str, why: str) -> None:
    found = tidy(edited(xlsx_of(ROWS), SHEET, NORWAY, new), "p.xlsx")
    assert kept(found)["Partners!B2"] == why
    assert "Partners!B4" in written(found)


def test_a_workbook_with_shared_texts_is_tidied_and_its_list_of_them_stays() -> None:
    plain, shared = xlsx_of(ROWS), with_shared_texts(xlsx_of(ROWS))
    assert b't="s"' in members(shared)[SHEET]
    found = tidy(shared, "p.xlsx")
    assert written(found) == written(tidy(plain, "p.xlsx"))
    assert opened(found.content, values=True)["Partners!B2"] == "Norway"


def test_a_shared_text_of_several_looks_stays() -> None:
    new = "<si><r><t>N</t></r><r><rPr><b/></rPr><t>O</t></r></si>"
    shared = with_shared_texts(xlsx_of(ROWS))
    content = edited(shared, "xl/sharedStrings.xml", r"<si><t>NO</t></si>", new)
    found = tidy(content, "p.xlsx")
    assert kept(found)["Partners!B2"].startswith("parts of its text")
    assert "Partners!B3" in written(found)


def test_a_sheet_with_prefixes_keeps_them() -> None:
    parts = members(xlsx_of(ROWS))
    xml = parts[SHEET].decode()
    xml = xml.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    xml = xml.replace(" xmlns=", " xmlns:x=")
    content = edited(xlsx_of(ROWS), SHEET, r"(?s)^.*$", xml.replace("\\", r"\\"))
    try:
        found = tidy(content, "p.xlsx")
    except UnreadableFile:
        pytest.skip("the reading library takes no prefixes")
    assert b"<x:is><x:t>Norway</x:t></x:is>" in members(found.content)[SHEET]


def test_a_file_that_is_tidy_is_returned_byte_for_byte() -> None:
    once = tidy(dressed(), "p.xlsx").content
    assert tidied(once, "p.xlsx", OPTIONS).content is once


def test_a_role_that_an_export_only_implies_is_not_written_over_a_name() -> None:
    path = Path(__file__).parent / "files" / "results-export.xlsx"
    found = tidy(path.read_bytes(), "p.xlsx")
    fields = {change.field for change in found.changes} | {left.field for left in found.left}
    assert fields <= {"country", "type"}, "the role stands in no cell of its own there"


def test_macros_stay_in_a_workbook_with_macros() -> None:
    parts = members(xlsx_of(ROWS)) | {"xl/vbaProject.bin": b"\xd0\xcf macros"}
    from tests.tidying import packed

    found = tidy(packed(parts), "p.xlsm")
    assert members(found.content)["xl/vbaProject.bin"] == b"\xd0\xcf macros"


def test_a_document_type_in_a_sheet_is_refused() -> None:
    new = r'\g<0><!DOCTYPE x [<!ENTITY e "NO">]>'
    content = edited(xlsx_of(ROWS), SHEET, r"^(<\?xml[^>]*\?>)?", new)
    with pytest.raises(UnreadableFile):
        tidied(content, "p.xlsx", OPTIONS)


def test_a_workbook_beyond_the_caps_is_refused() -> None:
    content = xlsx_of([*ROWS, *[("x", "NO", "SME", "partner", 1)] * 60])
    limits = Limits(rows=50)
    with pytest.raises(TooLarge):
        tidied(content, "p.xlsx", Options(lot="innovation", limits=limits))


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_keeps_encoding_mark_delimiter_and_ends_of_lines(codec: str, ends: str) -> None:
    text = csv_of(ROWS).replace("\r\n", ends).replace("Nordvik universitet", '"Nørdvik; ""NU"""')
    before = text.encode(codec)
    expected = (
        text.replace(";NO;University;lead;999 123 456", f";Norway;{HEI};Coordinator;999123456")
        .replace(";Frankreich;Vocational school;partner;123456", ";France;Vocational school;"
                 "Beneficiary;000123456")
        .replace(";Norge;SME;Full partner;", ";Norway;Small and medium sized enterprise;"
                 "Beneficiary;")
        .replace(";Germny;Chamber;", f";Germny;{SOCIAL};")
    )  # fmt: skip
    assert tidy(before, "partners.csv").content == expected.encode(codec)


HEI = "Higher education institution (tertiary level)"
SOCIAL = (
    "Social partner or other representative of working life "
    "(chambers of commerce, trade union, trade association)"
)


def test_utf_16_of_the_other_byte_order_stays_so() -> None:
    before = b"\xfe\xff" + csv_of(ROWS).encode("utf-16-be")
    after = tidy(before, "partners.csv").content
    assert after.startswith(b"\xfe\xff")
    assert "Norway" in after[2:].decode("utf-16-be")


def test_a_quoted_cell_stays_quoted_and_a_comma_gets_quotes_where_it_must() -> None:
    before = csv_of(ROWS, delimiter=",").replace(",NO,", ',"NO",')
    after = tidy(before.encode(), "partners.csv").content.decode()
    assert ',"Norway",Higher' in after
    assert f',"{SOCIAL}",' in after
    assert ",Norway,Small" in after


def test_the_order_for_a_spreadsheet_above_a_table_stays() -> None:
    before = "sep=|\n" + csv_of(ROWS, delimiter="|")
    after = tidy(before.encode(), "partners.csv").content.decode()
    assert after.startswith("sep=|\nPartner name|")
    assert "|Norway|" in after


def test_cells_of_several_lines_and_blank_rows_do_not_shift_what_is_changed() -> None:
    rows = [('Nordvik\nuniversitet; "NU"', *ROWS[0][1:]), *ROWS[1:]]  # fmt: skip
    before = csv_of(rows).replace("Lycée", "\r\n\r\nLycée", 1)
    assert tidy(before.encode(), "partners.csv").content.decode().count(";Norway;") == 2


def test_a_label_that_the_encoding_cannot_hold_stays_and_is_listed() -> None:
    rows = [("Πανεπιστήμιο Αθηνών", "Ελλάδα", "Πανεπιστήμιο", "εταίρος", ""),
            ("Εταιρεία Κύπρου", "Κύπρος", "SME", "εταίρος", ""),
            ("Üniversite".replace("Ü", "U"), "Turkey", "University", "partner", "")]  # fmt: skip
    found = tidy(csv_of(rows).encode("cp1253"), "partners.csv")
    assert written(found)["B2"] == "Greece"
    assert kept(found)["B4"] == "the encoding cp1253 has no such letters"


def test_a_text_that_cannot_be_written_back_as_it_is_is_refused() -> None:
    before = csv_of(ROWS).encode("utf-7").replace(b"Nordvik", b"+AE4-ordvik")
    with pytest.raises(UnreadableFile, match="utf-7"):
        tidied(before, "partners.csv", Options(lot="innovation", encoding="utf-7"))


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.xlsx").write_bytes(dressed())
    (tmp_path / "p.csv").write_text(csv_of(ROWS), "utf-8", newline="")
    return Command(tmp_path, capsys)


def test_the_command_writes_a_copy_and_sums_up_what_it_did(run: Command) -> None:
    before = (run.folder / "p.xlsx").read_bytes()
    ran = run("tidy", "p.xlsx", "-o", "clean.xlsx")
    assert ran.code == 0, ran.err
    assert "11 cells changed (3 countries, 3 types, 3 roles, 2 PICs)" in " ".join(ran.out.split())
    assert "not understood: Partners!B5, Partners!E5" in ran.out
    assert (run.folder / "p.xlsx").read_bytes() == before
    assert opened((run.folder / "clean.xlsx").read_bytes(), values=True)["Partners!B2"] == "Norway"


def test_the_command_lists_every_change_without_a_copy(run: Command) -> None:
    ran = run("tidy", "p.csv", "--diff")
    assert ran.code == 0, ran.err
    assert 'B2  "NO" → "Norway"' in ran.out
    assert 'B5  "Germny": not understood' in ran.out
    assert sorted(path.name for path in run.folder.iterdir()) == ["p.csv", "p.xlsx"]


def test_a_second_tidy_says_that_nothing_changes(run: Command) -> None:
    assert run("tidy", "p.csv", "-o", "once.csv").code == 0
    ran = run("tidy", "once.csv", "-o", "twice.csv")
    assert "no change" in ran.out
    once, twice = (run.folder / name for name in ("once.csv", "twice.csv"))
    assert once.read_bytes() == twice.read_bytes()


@pytest.mark.parametrize("output", ["p.xlsx", "./p.xlsx", "hard.xlsx", "soft.xlsx"])
def test_the_input_is_never_overwritten(run: Command, output: str) -> None:
    before = (run.folder / "p.xlsx").read_bytes()
    (run.folder / "hard.xlsx").hardlink_to(run.folder / "p.xlsx")
    (run.folder / "soft.xlsx").symlink_to("p.xlsx")
    ran = run("tidy", "p.xlsx", "-o", output)
    assert (ran.code, "would be overwritten" in ran.err) == (2, True)
    assert (run.folder / "p.xlsx").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("-", "--diff"), 2, "not standard input"),
        (("p.csv",), 2, "never overwrites"),
        (("p.csv", "-o", "p2.xlsx"), 2, "must end in '.csv'"),
        (("nowhere.csv", "--diff"), 2, "is no file"),
        ((".", "--diff"), 2, "is a folder"),
        (("p.ods", "--diff"), 4, "can only be read here"),
        (("p.csv", "-o", "no/folder/p.csv"), 2, "cannot be written"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_tidied_is_refused_in_one_sentence(
    run: Command, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ods = Path(__file__).parent / "files" / "libreoffice.ods"
    (run.folder / "p.ods").write_bytes(ods.read_bytes())
    ran = run("tidy", *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert words in ran.err
    assert ran.err.count("\n") == 1


def test_an_old_excel_workbook_is_refused(run: Command) -> None:
    import xlwt  # type: ignore[import-untyped]

    book = xlwt.Workbook()
    book.add_sheet("Partners").write(0, 0, "Partner name")
    book.save(str(run.folder / "p.xls"))
    ran = run("tidy", "p.xls", "--diff")
    assert (ran.code, "save it as .xlsx or .csv" in ran.err) == (4, True)
