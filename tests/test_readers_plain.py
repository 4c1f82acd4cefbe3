"""Rows and texts that are written plainly are read without the parser, to the same end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from alliance_check.model.errors import AllianceCheckError
from alliance_check.model.sheet import Workbook
from alliance_check.readers import archive, plain_xml, read
from tests.sheets import packed, raw_xlsx, xlsx, xlsx_parts

FILES = sorted(Path(__file__).parent.joinpath("files").glob("*.xlsx"))
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
PLAIN = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><v>1.5</v></c></row>'
TEXT = "<si><t>Nord &amp; Sør</t></si>"


@contextmanager
def by_the_parser(patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave everything to the parser."""
    with patch.context() as patched:
        patched.setattr(plain_xml, "_HEAD", re.compile(b"(?!)"))
        yield


@contextmanager
def in_pieces(patch: pytest.MonkeyPatch, length: int) -> Iterator[None]:
    """Unpack so many bytes at a time."""
    with patch.context() as patched:
        patched.setattr(archive, "CHUNK", length)
        patched.setattr(archive, "_SMALL", 0)
        yield


def outcome(content: bytes) -> Workbook | str:
    """Return what is read, or the sentence of the refusal."""
    try:
        return read(content, "p.xlsx")
    except AllianceCheckError as refused:
        return str(refused.message)


def compare(content: bytes, patch: pytest.MonkeyPatch) -> None:
    with by_the_parser(patch):
        expected = outcome(content)
    assert outcome(content) == expected
    for length in (60, 300):
        with in_pieces(patch, length):
            assert outcome(content) == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_are_read_as_the_parser_reads_them(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(path.read_bytes(), monkeypatch)


CELLS = [
    '<c r="A2" t="inlineStr"><is><t>a ]] b ]&gt; c</t></is></c>',
    '<c r="A2" t="inlineStr"><is><t>a ]]> b</t></is></c>',
    '<c r="A2" t="inlineStr"><is><t xml:space="preserve"> a\n\tb </t></is></c>',
    '<c r="A2" t="inlineStr"><is><t>two\r\nlines</t></is></c>',
    '<c r="A2" t="inlineStr"><is><t>two_x000D_&amp;lt;</t></is></c>',
    '<c r="A2" t="inlineStr"><is><t>&#65;&copy;</t></is></c>',
    '<c r="A2" t="inlineStr"><is><t>&#65;</t></is></c>',
    '<c r="A2" t="inlineStr"><is><t>a\x01b</t></is></c>',
    '<c r="A2" t="inlineStr"><is><t>a\ufffeb</t></is></c>',
    '<c r="A2" t="inlineStr"><is><t>a<!-- b -->c</t></is></c>',
    '<c r="A2" t="inlineStr"><is><t><![CDATA[</row><row r="9">]]></t></is></c>',
    '<c r="A2" t="inlineStr"><is><t></t></is></c>',
    '<c r="A2" t="inlineStr"><is><t>a</t></is></c><c r="B2" t="inlineStr"><v>1</v></c>',
    '<c r="A2" t="s"><v>1</v></c>',
    '<c r="A2" t="s"><v></v></c>',
    '<c r="A2" t="s"><v>99</v></c>',
    '<c r="A2" t="s"/>',
    '<c r="A2" t="e"/>',
    '<c r="A2" t="e"><v>#REF!</v></c>',
    '<c r="A2" t="b"><v>1</v></c>',
    '<c r="A2" t="d"><v>2023-05-03T00:00:00</v></c>',
    '<c r="A2" t="str"><v>a &lt; b</v></c>',
    '<c r="A2" t="odd"><v>1</v></c>',
    '<c r="A2"><v>one</v></c>',
    '<c r="A2"><v> </v></c>',
    '<c r="A2"><f>B1</f><v>1</v></c>',
    '<c r="A2"/><c r="A2"><v>1</v></c>',
    '<c r="A2"><v>1</v></c><c r="A2"><v>2</v></c>',
    '<c r="C2"><v>3</v></c><c r="A2"><v>1</v></c>',
    '<c r="A7"><v>1</v></c>',
    '<c r="AAAA2"><v>1</v></c>',
    '<c r="A0"><v>1</v></c>',
    "<c><v>1</v></c>",
]
ROWS = [f'<row r="2">{cell}</row>' for cell in CELLS] + [
    '<row r="2" hidden="1" x14ac:dyDescent="0.25"><c r="A2"><v>1</v></c></row>',
    '<row r="2" hidden="1" hidden="1"><c r="A2"><v>1</v></c></row>',
    '<row r="2" ht="0"/>',
    '<row r="0"><c r="A2"><v>1</v></c></row>',
    '<row r="x"><c r="A2"><v>1</v></c></row>',
    "<row><c><v>1</v></c></row>",
    '<x:row r="2"><c r="A2"><v>1</v></c></x:row>',
    "<!-- <row> --><?xml-odd <row?>",
    '</sheetData><sheetData><row r="2"><c r="A2"><v>1</v></c></row>',
    '<row r="2"><c r="A2"><v>1</v></c>',
]


@pytest.mark.parametrize("last", ["", PLAIN.replace("1", "3")])
@pytest.mark.parametrize("odd", ROWS)
def test_odd_rows_are_read_as_the_parser_reads_them(
    odd: str, last: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(raw_xlsx(PLAIN + odd + last, TEXT + "<si><t>x</t></si>"), monkeypatch)


@pytest.mark.parametrize(
    "odd",
    [
        "<si><t/></si>",
        "<si><t></t></si>",
        "<si><r><rPr><strike/></rPr><t>gone</t></r></si>",
        "<si><t>a</t><rPh><t>b</t></rPh></si>",
        "<si><t>]]></t></si>",
        "<si><t>&odd;</t></si>",
        "<!-- --><si><t>a</t></si>",
        f"<si><t>{'a' * 40_000}</t></si>",
    ],
)
def test_odd_texts_are_read_as_the_parser_reads_them(
    odd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = "".join(f'<c r="A{n}" t="s"><v>{n - 1}</v></c>' for n in (1, 2, 3))
    compare(raw_xlsx(f"<row>{cells}</row>", TEXT + odd + TEXT), monkeypatch)


@pytest.mark.parametrize(
    "head",
    [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        '<?xml version="1.0" encoding="ISO-8859-1"?>',
        '<?xml version="1.0"?><!-- <sheetData> -->',
        '<?xml version="1.0"?><?odd <sheetData>?>',
        '<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY a "<sheetData>">]>',
        "\ufeff",
        " ",
    ],
)
def test_odd_beginnings_are_read_as_the_parser_reads_them(
    head: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = xlsx_parts(PLAIN, TEXT)
    for part in (SHEET, TEXTS):
        whole = parts[part]
        text = whole if isinstance(whole, str) else whole.decode()
        compare(packed({**parts, part: head + text[text.index("<", 2) :]}), monkeypatch)
        compare(packed({**parts, part: head + text}), monkeypatch)


def test_letters_that_are_no_utf_8_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = xlsx_parts(PLAIN.replace("1.5", "zzz"), TEXT)
    sheet = parts[SHEET]
    content = sheet.encode() if isinstance(sheet, str) else sheet
    compare(packed({**parts, SHEET: content.replace(b"zzz", b"\xff")}), monkeypatch)


def given_to_the_parser(patch: pytest.MonkeyPatch) -> list[bytes]:
    """Return a list to which every piece that the parser is given is added."""
    given: list[bytes] = []
    left_out_of = plain_xml.Plain.left_out_of

    def watched(plain: plain_xml.Plain, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in left_out_of(plain, pieces):
            given.append(piece)
            yield piece

    patch.setattr(plain_xml.Plain, "left_out_of", watched)
    return given


def test_the_parser_is_given_no_plain_row(monkeypatch: pytest.MonkeyPatch) -> None:
    given = given_to_the_parser(monkeypatch)
    book = read(xlsx([(f"Partner {n}", n) for n in range(2000)]), "p.xlsx")
    assert len(book.sheets[0].rows) == 2000
    assert given
    assert not [piece for piece in given if b"<row" in piece or b"<si>" in piece]


def test_behind_an_odd_row_no_more_is_held_than_is_unpacked_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = given_to_the_parser(monkeypatch)
    with in_pieces(monkeypatch, 1000):
        read(raw_xlsx(PLAIN + "<row><c/></row>" + "<row/>" * 2000, TEXT), "p.xlsx")
    assert max(map(len, given)) <= 2000


def test_a_value_of_a_text_cell_is_not_the_text_of_another_cell() -> None:
    before = '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c>'
    book = read(raw_xlsx(before + '<c r="B1" t="inlineStr"><v>1</v></c></row>'), "p.xlsx")
    assert book.sheets[0].rows == (("a", "1"),)
