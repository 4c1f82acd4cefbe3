"""Files that are foreign, protected, damaged or sly, each with words of the sentence it gets."""

from __future__ import annotations

import struct
from collections.abc import Callable

from tests.hostile import (
    LAUGHS,
    MIB,
    SHEET,
    START,
    TEXTS,
    branching_xls,
    damaged,
    document,
    encrypted_ods,
    encrypted_xls,
    flagged,
    noise,
    twice,
    with_comments,
    with_part,
)
from tests.sheets import (
    LINKS,
    PARTNERS,
    ods,
    ole2,
    packed,
    raw_ods,
    raw_xlsx,
    record,
    workbook_records,
    xls,
    xlsx,
)

DAMAGED = {
    f"{what}.{suffix}": content
    for suffix, maker in (("xlsx", xlsx), ("ods", ods))
    for what, content in damaged(maker(PARTNERS))
}

# What each file is called, what it is, and words of the sentence that says so.
SMALL: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    # Empty, foreign and mislabelled
    "nothing.xlsx": (b"", "is empty"),
    "nothing.csv": (b"", "is empty"),
    "blanks.csv": (b" \r\n\t \n" * 1000, "is empty"),
    "zeros.xlsx": (b"\0" * 4096, "is empty"),
    "page.xls": (b"\r\n<html><table><tr><td>x</td></tr></table></html>", "a web page (HTML)"),
    "doctype.xls": (b"<!DOCTYPE html>\n<table/>", "a web page (HTML)"),
    "xml.xls": (b'<?xml version="1.0"?><Workbook/>', "an XML document"),
    "letter.csv": (
        b"%PDF-1.7\n%\xe2\xe3",
        "a PDF document, not a spreadsheet; copy its table",
    ),
    "letter.xlsx": (
        document("word", "word/document.xml"),
        "a Word document, not a spreadsheet; copy",
    ),
    "slides.xlsx": (document("ppt", "ppt/presentation.xml"), "a presentation"),
    "binary.xlsb": (document("xl", "xl/workbook.bin"), "a binary workbook (.xlsb)"),
    "apple.numbers": (packed({"Index/Document.iwa": "x"}), "an Apple Numbers or Pages file"),
    "text.ods": (
        packed({"mimetype": "application/x", "content.xml": "<x/>"}),
        "another OpenDocument",
    ),
    "archive.xlsx": (
        packed({"a.xlsx": xlsx(PARTNERS)}),
        "a zip archive, not a spreadsheet",
    ),
    "letter.xls": (
        ole2({"WordDocument": b"x"}),
        "a Word document, not a spreadsheet; copy its table",
    ),
    "renamed.csv": (xlsx(PARTNERS), "a workbook (.xlsx or .ods) under the name of plain text"),
    "renamed.xlsx": (b"Name,Country\nNTNU,NO\n", "plain text (.csv) under the name of a workbook"),
    "renamed.xls": (xlsx(PARTNERS), "under the name of an old Excel workbook"),
    "old.xlsx": (xls(PARTNERS), "an old Excel workbook (.xls) under the name of a workbook"),
    "noise.csv": (noise(9000), "neither a workbook nor text"),
    "controls.csv": (bytes(range(1, 32)) * 90, "neither a workbook nor text"),
    "zero.csv": (b"Name,Country\nNT\0NU,NO\n" * 9, "neither a workbook nor text"),
    "undefined.csv": (b"Name,Country\n\x81\x8d,NO\n", "not text in the encoding cp1252"),
    # Protected
    "secret.xlsx": (ole2({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}), "by a password"),
    "secret.xls": (encrypted_xls(), "by a password"),
    "secret.ods": (encrypted_ods(), "by a password"),
    "flagged.xlsx": (flagged(xlsx(PARTNERS)), "by a password"),
    # Damaged
    **{name: (content, "is damaged") for name, content in DAMAGED.items()},
    "cut.xls": (xls(PARTNERS)[:3000], "is damaged"),
    "head.xls": (xls(PARTNERS)[:512], "is damaged"),
    "prefix.xlsx": (b"PK\x03\x04" + xlsx(PARTNERS), "added to it or cut off"),
    "suffix.xlsx": (xlsx(PARTNERS) + b"x", "added to it or cut off"),
    "twice.xlsx": (twice, "a part is in it twice"),
    "index.xlsx": (raw_xlsx('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), "is damaged"),
    "negative.xlsx": (raw_xlsx('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'), "is damaged"),
    "kind.xlsx": (raw_xlsx('<row r="1"><c r="A1" t="z"><v>1</v></c></row>'), "is damaged"),
    "row0.xlsx": (raw_xlsx('<row r="0"><c r="A0"><v>1</v></c></row>'), "is damaged"),
    "row-1.xlsx": (raw_xlsx('<row r="-1"><c r="A-1"><v>1</v></c></row>'), "is damaged"),
    "row9.xlsx": (raw_xlsx('<row r="1"><c r="A99999999999"><v>1</v></c></row>'), "is damaged"),
    "column.xlsx": (raw_xlsx('<row r="1"><c r="AAAAAA1"><v>1</v></c></row>'), "is damaged"),
    "unclosed.xlsx": (with_part(SHEET, f'{START}<row r="1"><c r="A1">'), "is damaged"),
    "repeat.ods": (
        raw_ods('<table:table-row table:number-rows-repeated="99999999999"/>'),
        "is damaged",
    ),
    "repeat-1.ods": (raw_ods('<table:table-row table:number-rows-repeated="-1"/>'), "is damaged"),
    "encoding.ods": (
        packed({"content.xml": '<?xml version="1.0" encoding="UTF-99"?><x/>'}),
        "is damaged",
    ),
    # What other readers of old workbooks read without end
    "again.xls": (
        workbook_records(
            b"",
            record(0xFC, struct.pack("<ii", *[2**31 - 1] * 2) + struct.pack("<HBi", 9, 4, -16)),
        ),
        "is damaged",
    ),
    "branches.xls": (branching_xls, "an old Office or mail file"),
    "quote.csv": (b'Name,Country\n"NTNU,NO\n' + b"x,y\n" * 99, "never closed"),
    # Entities, and what lies outside the file
    "laughs.xlsx": (with_part(SHEET, f"<!DOCTYPE x [{LAUGHS}]>{START}&l9;"), "entities"),
    "laughs.ods": (packed({"content.xml": f"<!DOCTYPE x [{LAUGHS}]><x>&l9;</x>"}), "entities"),
    "laughs-texts.xlsx": (with_part(TEXTS, f"<!DOCTYPE x [{LAUGHS}]><sst>&l9;</sst>"), "entities"),
    "laughs-links.xlsx": (
        with_part("xl/_rels/workbook.xml.rels", f"<!DOCTYPE x [{LAUGHS}]><x>&l9;</x>"),
        "entities",
    ),
    "laughs-comments.xlsx": (
        with_comments(b"&l9;", f"<!DOCTYPE x [{LAUGHS}]><comments>".encode()),
        "entities",
    ),
    "laughs-root.xlsx": (with_part("_rels/.rels", f"<!DOCTYPE x [{LAUGHS}]><x/>"), "entities"),
    "quadratic.xlsx": (
        lambda: with_part(SHEET, f'<!DOCTYPE x [<!ENTITY a "{"a" * MIB}">]>{START}{"&a;" * 9999}'),
        "entities",
    ),
    "outside.xlsx": (
        with_part(SHEET, f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///dev/zero">]>{START}&a;'),
        "entities",
    ),
    "external.xlsx": (
        with_part(
            "xl/_rels/workbook.xml.rels",
            LINKS.replace('sheet1.xml"', 'sheet1.xml" TargetMode="External"'),
        ),
        "a sheet that it lists is missing",
    ),
}
