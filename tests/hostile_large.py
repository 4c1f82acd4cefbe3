"""Files that are far too large, each with words of the sentence it gets, and large honest ones.

They are made for a quarter of the default limits, since counting what their reading calls is slow;
those of ``WHOLE`` are made for the whole of them.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from alliance_check.readers import Limits
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

LIMITS = Limits()
QUARTER = LIMITS._replace(rows=LIMITS.rows // 4, unpacked_mib=LIMITS.unpacked_mib // 4)


def numbers_xlsx(rows: int) -> bytes:
    return raw_xlsx(grid(lambda at, n: f'<c r="{at}"><v>{n}.5</v></c>', rows, 10))


def texts_ods(rows: int) -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>text #</text:p></table:table-cell>'
    return ods_rows(cell, rows, 10)


def numbers_xls(rows: int) -> bytes:
    return workbook_records(
        b"".join(
            record(0x203, struct.pack("<HHHd", row, column, 0, row + column / 7))
            for row in range(rows)
            for column in range(10)
        )
    )


def long_csv(rows: int) -> bytes:
    return b"".join(b"%d," % n + b"x" * 300 + b"\n" for n in range(rows))


LARGE: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "bomb.xlsx": (lambda: with_part(SHEET, b" " * (75 * MIB)), "more than 32 MiB unpacked"),
    "bomb-31.xlsx": (lambda: with_part(SHEET, b" " * (31 * MIB)), "far more than its size"),
    "bomb-3.xlsx": (lambda: with_part(SHEET, b" " * (3 * MIB)), "its XML is broken"),
    "bomb-mimetype.ods": (
        lambda: packed({"mimetype": noisy(" ", 30 * MIB), "content.xml": "<x/>"}),
        "another OpenDocument file, not a spreadsheet",
    ),
    "liar.xlsx": (liar, "(a part of it "),
    "parts.xlsx": (lambda: packed({f"{n}": "" for n in range(6000)}), "6000 parts"),
    "repeated.ods": (
        raw_ods(
            '<table:table-row table:number-rows-repeated="500"><table:table-cell '
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
            grid(lambda at, _: f'<c r="{at}" t="s"><v>0</v></c>', 5_000, 10),
            f"<si><t>{'x' * 32_000}</t></si>",
        ),
        "--max-unpacked",
    ),
    "texts.xlsx": (
        lambda: with_part(TEXTS, f"<sst {MAIN}>" + "<si><t>text</t></si>" * 500_000 + "</sst>"),
        "--max-unpacked",
    ),
    "styles.xlsx": (
        lambda: with_part(
            "xl/styles.xml",
            f"<styleSheet {MAIN}><fonts><strike/></fonts><cellXfs>".encode()
            + noisy("<xf/>", 30 * MIB),
        ),
        "--max-unpacked",
    ),
    "sheets.xlsx": (
        lambda: with_part("xl/workbook.xml", WORKBOOK.encode() + noisy("<sheet/>", 25 * MIB)),
        "--max-unpacked",
    ),
    "links.xlsx": (
        lambda: with_part("xl/_rels/workbook.xml.rels", noisy('<Relationship Id="a"/>', 15 * MIB)),
        "its XML is broken",
    ),
    "hidden-rows.xlsx": (
        lambda: raw_xlsx("".join(f'<row r="{n}" hidden="1"/>' for n in range(1, 250_000))),
        "--max-unpacked",
    ),
    "errors.xlsx": (
        lambda: raw_xlsx(grid(lambda at, _: f'<c r="{at}" t="e"/>', 15_000, 10)),
        "--max-unpacked",
    ),
    "texts-each.xlsx": (
        lambda: raw_xlsx(grid(lambda at, n: f'<c r="{at}" t="str"><v>{n}</v></c>', 22_500, 10)),
        "--max-unpacked",
    ),
    "numbers.xlsx": (
        lambda: raw_xlsx(grid(lambda at, n: f'<c r="{at}"><v>{n}.5</v></c>', 22_500, 10)),
        "--max-unpacked",
    ),
    "merged.xlsx": (
        lambda: with_part(
            SHEET,
            f'{START}<row r="1">{NUMBER}</row></sheetData><mergeCells>'
            + '<mergeCell ref="A1:B50000"/>' * 125_000
            + "</mergeCells></worksheet>",
        ),
        "--max-unpacked",
    ),
    "deep.xlsx": (
        lambda: with_part(SHEET, START.encode() + noisy("<a>", 15 * MIB)),
        "--max-unpacked",
    ),
    "deep-style.xlsx": (
        lambda: with_part("xl/styles.xml", b"<x><strike/>" + b"<a>" * (MIB // 4)),
        "deeply",
    ),
    "deep.ods": (lambda: raw_ods("<table:table-row>" * 300_000), "too deeply"),
    "deep-sly.xlsx": (
        lambda: with_part(SHEET, START.encode() + noisy("<a>/>", 3 * MIB)),
        "too deeply",
    ),
    "comments.xlsx": (
        lambda: with_comments(noisy('<comment ref="A1"/>', 15 * MIB)),
        "--max-unpacked",
    ),
    "comments-long.xlsx": (
        lambda: with_comments(b"<comment ref='A1'><t>" + noisy("x", 15 * MIB)),
        "--max-cell",
    ),
    "comments-each.xlsx": (
        lambda: with_comments(
            b"".join(
                b'<comment ref="A%d"><t>%d waits for its board</t></comment>' % (n, n)
                for n in range(1, 22_500)
            )
        ),
        "--max-unpacked",
    ),
    "comments.ods": (
        lambda: ods_rows(
            '<table:table-cell office:value-type="string"><office:annotation><text:p>'
            "# waits for its board</text:p></office:annotation></table:table-cell>",
            15_000,
            2,
        ),
        "--max-unpacked",
    ),
    "links-root.xlsx": (
        lambda: with_part("_rels/.rels", noisy("<a/>", 25 * MIB)),
        "lists parts without end",
    ),
    "attributes-3.xlsx": (lambda: with_part(SHEET, many_attributes(300_000)), "without end"),
    "cells.ods": (
        lambda: ods_rows(
            '<table:table-cell office:value-type="float" office:value="#"><text:p>#</text:p>'
            "</table:table-cell>",
            15_000,
            10,
        ),
        "--max-unpacked",
    ),
    "empty-records.xls": (
        lambda: workbook_records(record(0x99, b"") * 875_000),
        "sectors or records are broken",
    ),
    "styles.xls": (lambda: workbook_records(b"", record(0xE0, bytes(20)) * 150_000), "--max-unpa"),
    "begins.xls": (lambda: workbook_records(record(0x809, bytes(16)) * 175_000), "--max-unpacked"),
    "texts.xls": (
        lambda: workbook_records(
            b"", record(0xFC, struct.pack("<II", *[1 << 20] * 2)) + record(0x3C, bytes(8100)) * 425
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
                for row in range(2250)
            )
        ),
        "--max-unpacked",
    ),
    "line.csv": (lambda: b"a" * 25_000_000, "--max-unpacked"),
    "line-15.csv": (lambda: b"a" * 15_000_000, "--max-cell"),
    "commas.csv": (lambda: b"," * 15_000_000, "--max-cell"),
    "lines.csv": (lambda: b"x\n" * 7_500_000, "--max-rows"),
    "quoted.csv": (lambda: b'a,b\n"' + b"x,y\n" * 2_500_000, "never closed"),
    "cells.csv": (
        lambda: (
            b"".join(b"%d," % n + b"x" * 8 + b"\n" for n in range(9)) * 5_500
            + b"".join(b"%d,%d,%d,%d,%d,%d\n" % (*range(n, n + 6),) for n in range(0, 250_000, 6))
        ),
        "--max-rows",
    ),
}


# Large or strange, and yet read within the same bounds.
HONEST: dict[str, Callable[[], bytes]] = {
    "far-row.xlsx": lambda: raw_xlsx('<row r="1048576"><c r="A1048576"/></row>'),
    "far-column.xlsx": lambda: raw_xlsx('<row r="1"><c r="XFD1"/></row>'),
    "far-corner.xlsx": lambda: raw_xlsx(f'<row r="1">{NUMBER}<c r="ALL50000"/></row>'),
    "many-columns.xlsx": lambda: raw_xlsx("<row>" + "<c/>" * 200_000 + "</row>"),
    "announced.xls": lambda: workbook_records(
        record(0x200, b"\0\0\0\0\xff\xff\xff\xff\0\0\xff\xff\0\0")
    ),
    "inverted.xls": lambda: workbook_records(record(0x200, b"\x09\0\0\0\1\0\0\0\0\0\1\0\0\0")),
    "repeated-formula.ods": lambda: raw_ods(
        '<table:table-row table:number-rows-repeated="250"><table:table-cell '
        f'table:number-columns-repeated="900" table:formula="of:={"x" * 32_000}" '
        'office:value-type="float" office:value="1"/></table:table-row>'
    ),
    "attributes.xlsx": lambda: with_part(SHEET, many_attributes(90_000)),
    "dimension.xlsx": lambda: with_part(
        SHEET,
        f'<worksheet {MAIN}><dimension ref="A1:XFD1048576"/><sheetData><row r="1">{NUMBER}</row>'
        "</sheetData></worksheet>",
    ),
    "many-sheets.xlsx": lambda: many_sheets(1_220),
    "wide.xlsx": lambda: raw_xlsx(f'<row r="1">{NUMBER}</row><row r="1900"><c r="ALL1900"/></row>'),
    "numbers.xlsx": lambda: numbers_xlsx(11_000),
    "texts.xlsx": lambda: raw_xlsx(
        grid(lambda at, n: f'<c r="{at}" t="str"><v>text {n}</v></c>', 12_500, 10)
    ),
    "padded.xlsx": lambda: raw_xlsx(
        grid(lambda at, n: f'<c r="{at}" s="1"><v>{n}</v></c>', 25_000, 1),
        styles='<numFmts><numFmt numFmtId="9" formatCode="000000000"/></numFmts>'
        '<cellXfs><xf/><xf numFmtId="9"/></cellXfs>',
    ),
    "unusual.xlsx": lambda: raw_xlsx(("<row>" + "<c><v>1</v></c>" * 900 + "</row>") * 175),
    "texts.ods": lambda: texts_ods(9_500),
    "blank-rows.ods": lambda: raw_ods(
        '<table:table-row table:number-rows-repeated="16000000"><table:table-cell '
        'table:number-columns-repeated="16000000"/></table:table-row>' * 1000
    ),
    "numbers.xls": lambda: numbers_xls(5_000),
    "announced-again.xls": lambda: workbook_records(
        (record(0x200, bytes(14)) + record(0x201, struct.pack("<HHH", 65_535, 0, 0))) * 60
    ),
    "long.csv": lambda: long_csv(43_000),
    "blank.csv": lambda: (b"," * 900 + b"\n") * 16_500 + b"x\n",
    "wide.csv": lambda: ("x" * 30_000 + "\U0001f600\n").encode() * 475,
}

# The largest of each kind under the default limits, and what only they admit.
WHOLE: dict[str, Callable[[], bytes]] = {
    "far.xls": lambda: workbook_records(record(0x203, b"\xff\xff\xff\0" + bytes(10))),
    "whole.xlsx": lambda: numbers_xlsx(50_000),
    "whole.ods": lambda: texts_ods(38_000),
    "whole.xls": lambda: numbers_xls(20_000),
    "whole.csv": lambda: long_csv(190_000),
}
