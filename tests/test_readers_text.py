"""Texts (csv, tsv, what people paste) are read as a spreadsheet shows them; and the caps."""

from __future__ import annotations

import subprocess
import sys

import pytest

from alliance_check.model.errors import UnreadableFile, WrongUsage
from alliance_check.model.sheet import Content
from alliance_check.readers import Limits, read
from tests.sheets import (
    PARTNERS,
    delimited,
    ods,
    xls,
    xlsx,
)

MAKERS = {"xlsx": xlsx, "xlsm": xlsx, "xls": xls, "ods": ods}
Rows = tuple[tuple[Content, ...], ...]


def rows(content: bytes | str, name: str = "partners.csv", encoding: str | None = None) -> Rows:
    raw = content.encode() if isinstance(content, str) else content
    return read(raw, name, encoding=encoding).sheets[0].rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_is_read_with_any_delimiter_and_any_end_of_line(delimiter: str, end: str) -> None:
    got = rows(delimited(PARTNERS, delimiter, end))
    assert [row[0] for row in got] == [row[0] for row in PARTNERS]
    assert got[2] == (" NA Training ", "NA", "VET provider", "24", "0.1")
    assert got[4][3] == "000123456", "numbers in a text stay as they are written"


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_found_and_said_when_it_is_not_utf_8(
    encoding: str, note: str | None
) -> None:
    table = "Navn;Land\r\nHøgskulen på Vestlandet;Norge\r\n".encode(encoding)
    book = read(table, "partners.csv")
    assert book.sheets[0].rows == (("Navn", "Land"), ("Høgskulen på Vestlandet", "Norge"))
    assert [str(said) for said in book.notes] == ([f"The text was read as {note}."] if note else [])


def test_utf_16_without_a_mark_is_found_in_greek_too() -> None:
    table = "Όνομα;Χώρα\r\nΕλληνικό Πανεπιστήμιο;Ελλάδα\r\n" * 3
    assert rows(table.encode("utf-16-le"))[1] == ("Ελληνικό Πανεπιστήμιο", "Ελλάδα")


def test_a_named_encoding_overrules_the_guess_and_its_mark_is_no_text() -> None:
    assert rows("Ĉefo,NO\r\n".encode("iso-8859-3"), encoding="iso-8859-3") == (("Ĉefo", "NO"),)
    assert rows("Name,Country\n".encode("utf-8-sig"), encoding="utf-8") == (("Name", "Country"),)
    with pytest.raises(WrongUsage, match="no encoding klingon; try utf-8 or cp1252"):
        rows("a,b", encoding="klingon")
    with pytest.raises(UnreadableFile, match="not text in the encoding ascii; name the right one"):
        rows("ø,b", encoding="ascii")


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_line_that_names_the_delimiter_is_no_row_as_in_a_spreadsheet(
    first: str, encoding: str
) -> None:
    got = rows(f"{first}\r\nName, in full;Land\r\nNTNU, the;NO\r\n".encode(encoding))
    assert got == (("Name, in full", "Land"), ("NTNU, the", "NO")), (
        "Excel and LibreOffice take the line as an order: the header is row 1 of what they show"
    )


def test_any_sign_can_be_named_as_the_delimiter() -> None:
    assert rows("sep=^\nName^Land\n") == (("Name", "Land"),)
    assert rows("sep=x\nName,Land\n")[1] == ("Name", "Land"), "a letter splits no cells"


def test_line_breaks_quotes_and_delimiters_in_quotes_belong_to_the_cell() -> None:
    got = rows('Name;Land\r\n"Trade union\nof ""all""; Norway";NO\r\n\r\n"a\r\nb";SE\r\n')
    assert got == (
        ("Name", "Land"),
        ('Trade union\nof "all"; Norway', "NO"),
        (),
        ("a\r\nb", "SE"),
    ), "a record is a row however many lines it takes, and a blank line is one too"


def test_quoted_commas_do_not_decide_on_the_delimiter() -> None:
    got = rows('Name;Budget\n"A, B, C, D";1,5\n"E, F, G, H";2,5\nX;3\n')
    assert got[1] == ("A, B, C, D", "1,5")


def test_the_last_line_needs_no_end() -> None:
    assert rows("Name,Land\nNTNU,NO") == (("Name", "Land"), ("NTNU", "NO"))


def test_standard_input_is_read_by_its_content() -> None:
    assert rows("Name\tLand\nNTNU\tNO\n", "-")[1] == ("NTNU", "NO")
    assert rows(xlsx(PARTNERS), "-")[0][0] == "Name"


@pytest.mark.parametrize(
    "written", ["NA", "N/A", "nan", "null", "TRUE", "1e5", "0123", "=1+1", "'x", "-", "1.000,50"]
)
def test_what_is_written_in_a_text_stays_text(written: str) -> None:
    assert rows(f"Name,Country\n{written},NO\n") == (
        ("Name", "Country"),
        (*written.split(","), "NO"),
    )


def test_reading_text_needs_no_workbook_library() -> None:
    heavy = {"python_calamine", "openpyxl", "pandas", "zipfile", "xml"}
    program = (
        "import sys; from alliance_check.readers import read; read(b'a,b', 'a.csv');"
        f"print({heavy} & set(sys.modules))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "set()"


# Caps: each sentence names the option that raises it


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "xls", "ods"])
@pytest.mark.parametrize(
    ("table", "limits", "option"),
    [
        ([["x"]] * 6, Limits(rows=5), "--max-rows"),
        ([["x"] * 6], Limits(columns=5), "--max-columns"),
        ([["x" * 6, "y"]], Limits(cell=5), "--max-cell"),
    ],
)
def test_a_sentence_for_a_table_too_large_names_the_option_that_raises_the_cap(
    suffix: str, table: list[list[str]], limits: Limits, option: str
) -> None:
    from alliance_check.model.errors import TooLarge

    content = delimited(table).encode() if suffix == "csv" else MAKERS[suffix](table)
    with pytest.raises(TooLarge, match=option):
        read(content, f"a.{suffix}", limits)
    assert read(content, f"a.{suffix}").sheets[0].rows == tuple(map(tuple, table))


def test_the_row_with_too_long_a_cell_is_named() -> None:
    from alliance_check.model.errors import TooLarge

    for text in ("a,b\nc,d\n" + "x" * 40_000 + ",y\n", "a,b\nc,d\n" + "x" * 32_768 + ",y\n"):
        with pytest.raises(TooLarge, match="more than 32767 characters in row 3"):
            rows(text)


def test_a_quote_that_is_never_closed_is_named_with_its_row() -> None:
    with pytest.raises(UnreadableFile, match=r'quotation mark \("\) in row 3 that is never closed'):
        rows('Name,Land\nA,NO\n"B,SE\nC,DK\n')
