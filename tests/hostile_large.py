"""Files that are far too large, each with words of the sentence it gets, and large honest ones."""

from __future__ import annotations

import struct
from collections.abc import Callable

from tests.hostile import (
    MAIN,
    MIB,
    NUMBER,
    SHEET,
    START,
    TEXTS,
    grid,
    liar,
    many_attributes,
    many_sheets,
    noisy,
    ods_rows,
    with_comments,
    with_part,
)
from tests.sheets import (
    WORKBOOK,
    packed,
    raw_ods,
    raw_xlsx,
    record,
    workbook_records,
)

LARGE: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "bomb.xlsx": (lambda: with_part(SHEET, b" " * (300 * MIB)), "more than 128 MiB unpacked"),
    "bomb-127.xlsx": (lambda: with_part(SHEET, b" " * (126 * MIB)), "far more than its size"),
    "bomb-15.xlsx": (lambda: with_part(SHEET, b" " * (15 * MIB)), "its XML is broken"),
    "bomb-mimetype.ods": (
        lambda: packed({"mimetype": noisy(" ", 120 * MIB), "content.xml": "<x/>"}),
        "another OpenDocument file, not a spreadsheet",
    ),
    "liar.xlsx": (liar, "(a part of it "),
    "parts.xlsx": (lambda: packed({f"{n}": "" for n in range(6000)}), "6000 parts"),
    "repeated.ods": (
        raw_ods(
            '<table:table-row table:number-rows-repeated="2000"><table:table-cell '
            'table:number-columns-repeated="1000" office:value-type="float" office:value="1"/>'
            "</table:table-row>"
        ),
        "--max-unpacked",
    ),
    "spaces.ods": (
        raw_ods(
            '<table:table-row><table:table-cell office:value-type="string"><text:p>'
            + '<text:s text:c="32000"/>' * 30_000
            + "</text:p></table:table-cell></table:table-row>"
        ),
        "--max-cell",
    ),
    "shared-text.xlsx": (
        lambda: raw_xlsx(
            grid(lambda at, _: f'<c r="{at}" t="s"><v>0</v></c>', 20_000, 10),
            f"<si><t>{'x' * 32_000}</t></si>",
        ),
        "--max-unpacked",
    ),
    "texts.xlsx": (
        lambda: with_part(TEXTS, f"<sst {MAIN}>" + "<si><t>text</t></si>" * 2_000_000 + "</sst>"),
        "--max-unpacked",
    ),
    "styles.xlsx": (
        lambda: with_part(
            "xl/styles.xml",
            f"<styleSheet {MAIN}><fonts><strike/></fonts><cellXfs>".encode()
            + noisy("<xf/>", 120 * MIB),
        ),
        "--max-unpacked",
    ),
    "sheets.xlsx": (
        lambda: with_part("xl/workbook.xml", WORKBOOK.encode() + noisy("<sheet/>", 100 * MIB)),
        "--max-unpacked",
    ),
    "links.xlsx": (
        lambda: with_part("xl/_rels/workbook.xml.rels", noisy('<Relationship Id="a"/>', 60 * MIB)),
        "its XML is broken",
    ),
    "hidden-rows.xlsx": (
        lambda: raw_xlsx("".join(f'<row r="{n}" hidden="1"/>' for n in range(1, 1_000_000))),
        "--max-unpacked",
    ),
    "errors.xlsx": (
        lambda: raw_xlsx(grid(lambda at, _: f'<c r="{at}" t="e"/>', 60_000, 10)),
        "--max-unpacked",
    ),
    "texts-each.xlsx": (
        lambda: raw_xlsx(grid(lambda at, n: f'<c r="{at}" t="str"><v>{n}</v></c>', 90_000, 10)),
        "--max-unpacked",
    ),
    "numbers.xlsx": (
        lambda: raw_xlsx(grid(lambda at, n: f'<c r="{at}"><v>{n}.5</v></c>', 90_000, 10)),
        "--max-unpacked",
    ),
    "merged.xlsx": (
        lambda: with_part(
            SHEET,
            f'{START}<row r="1">{NUMBER}</row></sheetData><mergeCells>'
            + '<mergeCell ref="A1:B200000"/>' * 500_000
            + "</mergeCells></worksheet>",
        ),
        "--max-unpacked",
    ),
    "deep.xlsx": (
        lambda: with_part(SHEET, START.encode() + noisy("<a>", 60 * MIB)),
        "--max-unpacked",
    ),
    "deep-style.xlsx": (
        lambda: with_part("xl/styles.xml", b"<x><strike/>" + b"<a>" * MIB),
        "deeply",
    ),
    "deep.ods": (lambda: raw_ods("<table:table-row>" * 300_000), "too deeply"),
    "deep-sly.xlsx": (
        lambda: with_part(SHEET, START.encode() + noisy("<a>/>", 12 * MIB)),
        "too deeply",
    ),
    "comments.xlsx": (
        lambda: with_comments(noisy('<comment ref="A1"/>', 60 * MIB)),
        "--max-unpacked",
    ),
    "comments-long.xlsx": (
        lambda: with_comments(b"<comment ref='A1'><t>" + noisy("x", 60 * MIB)),
        "--max-cell",
    ),
    "comments-each.xlsx": (
        lambda: with_comments(
            b"".join(
                b'<comment ref="A%d"><t>%d waits for its board</t></comment>' % (n, n)
                for n in range(1, 90_000)
            )
        ),
        "--max-unpacked",
    ),
    "comments.ods": (
        lambda: ods_rows(
            '<table:table-cell office:value-type="string"><office:annotation><text:p>'
            "# waits for its board</text:p></office:annotation></table:table-cell>",
            60_000,
            2,
        ),
        "--max-unpacked",
    ),
    "links-root.xlsx": (
        lambda: with_part("_rels/.rels", noisy("<a/>", 100 * MIB)),
        "lists parts without end",
    ),
    "attributes-3.xlsx": (lambda: with_part(SHEET, many_attributes(300_000)), "without end"),
    "cells.ods": (
        lambda: ods_rows(
            '<table:table-cell office:value-type="float" office:value="#"><text:p>#</text:p>'
            "</table:table-cell>",
            60_000,
            10,
        ),
        "--max-unpacked",
    ),
    "empty-records.xls": (
        lambda: workbook_records(record(0x99, b"") * 3_500_000),
        "sectors or records are broken",
    ),
    "styles.xls": (lambda: workbook_records(b"", record(0xE0, bytes(20)) * 600_000), "--max-unpa"),
    "begins.xls": (lambda: workbook_records(record(0x809, bytes(16)) * 700_000), "--max-unpacked"),
    "texts.xls": (
        lambda: workbook_records(
            b"", record(0xFC, struct.pack("<II", *[1 << 22] * 2)) + record(0x3C, bytes(8100)) * 1700
        ),
        "--max-unpacked",
    ),
    "packed.xls": (
        lambda: workbook_records(
            b"".join(
                record(
                    0xBD,
                    struct.pack("<HH", row, 0)
                    + b"".join(struct.pack("<HI", 0, (row * 200 + n) * 4 + 2) for n in range(200))
                    + struct.pack("<H", 199),
                )
                for row in range(9000)
            )
        ),
        "--max-unpacked",
    ),
    "line.csv": (lambda: b"a" * 100_000_000, "--max-unpacked"),
    "line-60.csv": (lambda: b"a" * 60_000_000, "--max-cell"),
    "commas.csv": (lambda: b"," * 60_000_000, "--max-cell"),
    "lines.csv": (lambda: b"x\n" * 30_000_000, "--max-rows"),
    "quoted.csv": (lambda: b'a,b\n"' + b"x,y\n" * 10_000_000, "never closed"),
    "cells.csv": (
        lambda: (
            b"".join(b"%d," % n + b"x" * 8 + b"\n" for n in range(9)) * 22_000
            + b"".join(b"%d,%d,%d,%d,%d,%d\n" % (*range(n, n + 6),) for n in range(0, 10**6, 6))
        ),
        "--max-rows",
    ),
}


# Large or strange, and yet read within the same bounds.
HONEST: dict[str, Callable[[], bytes]] = {
    "far-row.xlsx": lambda: raw_xlsx('<row r="1048576"><c r="A1048576"/></row>'),
    "far-column.xlsx": lambda: raw_xlsx('<row r="1"><c r="XFD1"/></row>'),
    "far-corner.xlsx": lambda: raw_xlsx(f'<row r="1">{NUMBER}<c r="ALL200000"/></row>'),
    "many-columns.xlsx": lambda: raw_xlsx("<row>" + "<c/>" * 200_000 + "</row>"),
    "far.xls": lambda: workbook_records(record(0x203, b"\xff\xff\xff\0" + bytes(10))),
    "announced.xls": lambda: workbook_records(
        record(0x200, b"\0\0\0\0\xff\xff\xff\xff\0\0\xff\xff\0\0")
    ),
    "inverted.xls": lambda: workbook_records(record(0x200, b"\x09\0\0\0\1\0\0\0\0\0\1\0\0\0")),
    "repeated-formula.ods": lambda: raw_ods(
        '<table:table-row table:number-rows-repeated="1000"><table:table-cell '
        f'table:number-columns-repeated="900" table:formula="of:={"x" * 32_000}" '
        'office:value-type="float" office:value="1"/></table:table-row>'
    ),
    "attributes.xlsx": lambda: with_part(SHEET, many_attributes(90_000)),
    "dimension.xlsx": lambda: with_part(
        SHEET,
        f'<worksheet {MAIN}><dimension ref="A1:XFD1048576"/><sheetData><row r="1">{NUMBER}</row>'
        "</sheetData></worksheet>",
    ),
    "many-sheets.xlsx": lambda: many_sheets(4_900),
    "wide.xlsx": lambda: raw_xlsx(f'<row r="1">{NUMBER}</row><row r="1900"><c r="ALL1900"/></row>'),
    "numbers.xlsx": lambda: raw_xlsx(
        grid(lambda at, n: f'<c r="{at}"><v>{n}.5</v></c>', 50_000, 10)
    ),
    "texts.xlsx": lambda: raw_xlsx(
        grid(lambda at, n: f'<c r="{at}" t="str"><v>text {n}</v></c>', 50_000, 10)
    ),
    "padded.xlsx": lambda: raw_xlsx(
        grid(lambda at, n: f'<c r="{at}" s="1"><v>{n}</v></c>', 100_000, 1),
        styles='<numFmts><numFmt numFmtId="9" formatCode="000000000"/></numFmts>'
        '<cellXfs><xf/><xf numFmtId="9"/></cellXfs>',
    ),
    "unusual.xlsx": lambda: raw_xlsx(("<row>" + "<c><v>1</v></c>" * 900 + "</row>") * 700),
    "texts.ods": lambda: ods_rows(
        '<table:table-cell office:value-type="string"><text:p>text #</text:p></table:table-cell>',
        38_000,
        10,
    ),
    "blank-rows.ods": lambda: raw_ods(
        '<table:table-row table:number-rows-repeated="16000000"><table:table-cell '
        'table:number-columns-repeated="16000000"/></table:table-row>' * 1000
    ),
    "numbers.xls": lambda: workbook_records(
        b"".join(
            record(0x203, struct.pack("<HHHd", row, column, 0, row + column / 7))
            for row in range(20_000)
            for column in range(10)
        )
    ),
    "announced-again.xls": lambda: workbook_records(
        (record(0x200, bytes(14)) + record(0x201, struct.pack("<HHH", 65_535, 0, 0))) * 60
    ),
    "long.csv": lambda: b"".join(b"%d," % n + b"x" * 300 + b"\n" for n in range(190_000)),
    "blank.csv": lambda: (b"," * 900 + b"\n") * 66_000 + b"x\n",
    "wide.csv": lambda: ("x" * 30_000 + "\U0001f600\n").encode() * 1_900,
}
