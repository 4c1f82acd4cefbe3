"""Hostile files made by rule: claims, loops, foreign parts, records and elements out of place.

Each is a small file, so that what reading it costs is what it makes the program do.
"""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Mapping

from tests import hostile_cases as make
from tests.hostile_cases import END, GLOBALS, number, several_sheets, sheet, stream
from tests.sheets import (
    PARTNERS,
    ods,
    ole2,
    packed,
    raw_ods,
    raw_xlsx,
    record,
    xls,
    xlsx,
    xlsx_parts,
)

SHEET = "xl/worksheets/sheet1.xml"
HUGE = (0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELL = '<c r="A1"><v>1</v></c>'
Made = Iterator[tuple[str, bytes]]


def parts_of(content: bytes) -> dict[str, str | bytes]:
    """Return the parts of a package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def records_of(book: bytes) -> list[tuple[int, bytes]]:
    """Return the records of an old workbook."""
    found, at = [], 0
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, at)
        found.append((kind, book[at + 4 : at + 4 + length]))
        at += 4 + length
    return found


def old_claims() -> Made:
    """Yield old workbooks that claim more than they hold, in every place where one can."""
    for size in HUGE:
        for kind, body in {
            "extent": record(0x200, struct.pack("<IIHHH", 0, size, 0, 0xFFFF, 0)),
            "extent-back": record(0x200, struct.pack("<IIHHH", size, 0, 0xFFFF, 0, 0)),
            "index": record(0x20B, struct.pack("<IIII", 0, 0, size, 0)),
            "numbers": record(0xBD, struct.pack("<HHHIH", 0, 0, 0, 2, size & 0xFFFF)),
            "blanks": record(0xBE, struct.pack("<HHHH", 0, 0, 0, size & 0xFFFF)),
            "merged": record(0xE5, struct.pack("<H4H", size & 0xFFFF, 0, 0xFFFF, 0, 0xFFFF)),
            "label": record(0x204, struct.pack("<HHHHB", 0, 0, 0, size & 0xFFFF, 1)),
            "shared": record(0xFD, struct.pack("<HHHI", 0, 0, 0, size)),
            "result": record(6, bytes(12) + b"\xff\xff" + bytes(8))
            + record(0x207, struct.pack("<HB", size & 0xFFFF, 1)),
            "far": number(0xFFFF, 0xFFFF),
            "row": record(0x208, struct.pack("<HHHH", size & 0xFFFF, 0, 0xFFFF, 0) + b"\x20" * 8),
        }.items():
            yield f"{kind}-{size:x}.xls", several_sheets(sheet(body + number(0, 0)))
            yield f"{kind}-{size:x}-twice.xls", several_sheets(sheet(body * 2), sheet(body))
        for kind, before in {
            "texts": record(0xFC, struct.pack("<II", size, size)),
            "texts-long": record(0xFC, struct.pack("<IIHB", 1, 1, size & 0xFFFF, 1)),
            "texts-rich": record(0xFC, struct.pack("<IIHBH", 1, 1, 1, 8, size & 0xFFFF)),
            "texts-asian": record(0xFC, struct.pack("<IIHBI", 1, 1, 1, 4, size)),
            "format": record(0x41E, struct.pack("<HHB", 1, size & 0xFFFF, 1)),
            "name": record(0x85, struct.pack("<IHBB", 0, 0, 0xFF, 1)),
        }.items():
            book = make.several_sheets(sheet(number(0, 0)))
            whole = stream(book)
            yield f"{kind}-{size:x}.xls", ole2({"Workbook": whole[:20] + before + whole[20:]})


def old_order() -> Made:
    """Yield an old workbook with each of its records left out, doubled, cut and grown."""
    book = stream(xls(PARTNERS))
    found = records_of(book)
    kinds = sorted({kind for kind, _ in found})
    for kind in kinds:
        changes: Mapping[str, bytes] = {
            "without": b"".join(record(k, b) for k, b in found if k != kind),
            "empty": b"".join(record(k, b"" if k == kind else b) for k, b in found),
            "ones": b"".join(record(k, b"\xff" * len(b) if k == kind else b) for k, b in found),
        }
        for what, changed in changes.items():
            yield f"{what}-{kind:x}.xls", ole2({"Workbook": changed})


def old_containers() -> Made:
    """Yield old workbooks whose sectors go round, lead out or overlap."""
    whole = xls(PARTNERS)
    for at, what in (
        (44, "tables"),
        (48, "directory"),
        (60, "small"),
        (64, "smalls"),
        (68, "more"),
        (72, "mores"),
        (76, "first"),
        (30, "shift"),
    ):
        for value in (0, 1, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF):
            changed = bytearray(whole)
            struct.pack_into("<I", changed, at, value)
            yield f"{what}-{value:x}.xls", bytes(changed)
    (table,) = struct.unpack_from("<I", whole, 76)
    for target in (0, 1, table, 5000):
        changed = bytearray(whole)
        struct.pack_into("<128I", changed, (table + 1) * 512, *[target] * 128)
        yield f"loop-{target}.xls", bytes(changed)
    yield "loop-macros.xls", make.looping_xls()
    places = [0] * 40
    yield "one-place.xls", several_sheets(sheet(number(9, 9)), places=places)
    yield "concealed.xls", make.concealed_xls(number(65535, 65535))
    yield "no-sheets.xls", ole2({"Workbook": record(0x809, GLOBALS) + END})
    yield "sheet-in-sheet.xls", several_sheets(sheet(sheet(sheet(number(1, 1)) * 9) * 9))


def new_claims() -> Made:
    """Yield workbooks of Excel that claim more than they hold."""
    for count in (0, -1, 10**10, 10**19, 10**40, "x"):
        for kind in ("count", "uniqueCount"):
            parts = xlsx_parts('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
            text = "<si><t>x</t></si>"
            parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}" {kind}="{count}">{text}</sst>'
            yield f"{kind}-{count}.xlsx", packed(parts)
        for tag in ("fonts", "fills", "cellXfs", "numFmts"):
            yield (
                f"{tag}-{count}.xlsx",
                raw_xlsx(f'<row r="1">{CELL}</row>', styles=f'<{tag} count="{count}"/>'),
            )
        for at in (f"A{count}", f"XFD{count}", f"{count}"):
            yield f"at-{at}.xlsx", raw_xlsx(f'<row r="1"><c r="{at}"><v>1</v></c></row>')
        yield f"row-{count}.xlsx", raw_xlsx(f'<row r="{count}"><c><v>1</v></c></row>')
        yield f"text-{count}.xlsx", raw_xlsx(f'<row r="1"><c r="A1" t="s"><v>{count}</v></c></row>')
        yield (
            f"style-{count}.xlsx",
            raw_xlsx(f'<row r="1"><c r="A1" s="{count}"><v>1</v></c></row>'),
        )


def new_values() -> Made:
    """Yield workbooks of Excel with strange values, places and elements."""
    values = (
        "1e999",
        "-1e999",
        "nan",
        "inf",
        "1_000",
        "0x10",
        "1,5",
        "--1",
        "1e",
        "",
        " ",
        "9" * 9000,
        "\u0661",
    )
    for n, value in enumerate(values):
        for kind in ("n", "s", "b", "d", "e", "str"):
            yield (
                f"value-{n}-{kind}.xlsx",
                raw_xlsx(f'<row r="1"><c r="A1" t="{kind}"><v>{value}</v></c></row>'),
            )
    for n, text in enumerate(
        ("_x0000_", "_xD800_", "_x001B_[31m", "_xFFFE_", "_x005F_x0041_", "&#x202e;x", "&#xFEFF;")
    ):
        yield (
            f"text-{n}.xlsx",
            raw_xlsx('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', f"<si><t>{text}</t></si>"),
        )
    twice = '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>'
    yield "twice.xlsx", raw_xlsx(f'<row r="1">{twice}</row>')
    yield "back.xlsx", raw_xlsx(f'<row r="2"><c r="B2"><v>1</v></c></row><row r="1">{CELL}</row>')
    yield (
        "outside.xlsx",
        packed(
            {
                **xlsx_parts(""),
                SHEET: f'<worksheet xmlns="{MAIN}">{CELL}<sheetData/></worksheet>',
            }
        ),
    )
    yield (
        "cell-in-cell.xlsx",
        raw_xlsx('<row r="1"><c r="A1"><c r="B1"><v>1</v></c><v>2</v></c></row>'),
    )
    yield "zero-row.xlsx", raw_xlsx(f'<row r="1">{CELL}<c r="A0"><v>1</v></c></row>')
    for n, area in enumerate(("A1:XFD1048576", "B2:A1", "A0:B2", "A1", "A1:A1:A1")):
        merged = (
            f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{CELL}</row></sheetData><mergeCells>'
        )
        yield (
            f"merged-{n}.xlsx",
            packed(
                {
                    **xlsx_parts(""),
                    "xl/worksheets/sheet1.xml": merged
                    + f'<mergeCell ref="{area}"/>' * 900
                    + "</mergeCells></worksheet>",
                }
            ),
        )


def new_packages() -> Made:
    """Yield packages with parts left out, doubled, foreign, or named like sheets."""
    parts = parts_of(xlsx(PARTNERS))
    for n, name in enumerate(parts):
        yield f"without-{n}.xlsx", packed({k: v for k, v in parts.items() if k != name})
        yield f"empty-{n}.xlsx", packed({**parts, name: b""})
        yield f"other-{n}.xlsx", packed({**parts, name: b"<x/>"})
        yield f"upper-{n}.xlsx", packed({**parts, name.upper(): b"<x/>"})
    yield "both.ods", make.polyglot_ods()
    yield "binary.xlsx", make.with_binary()
    yield "behind.xls", ole2({"Workbook": b"x"}) + xlsx(PARTNERS)
    yield "before.xlsx", xlsx(PARTNERS) + ole2({"Workbook": stream(xls(PARTNERS))})
    yield "same-name.xlsx", make.same_name(3)
    book = str(xlsx_parts("")["xl/workbook.xml"])
    for n, title in enumerate(("", "x" * 300, "x" * 100_000, "'", "A!B", "\u202e", "&#10;")):
        yield (
            f"title-{n}.xlsx",
            packed(
                {
                    **xlsx_parts(f'<row r="1">{CELL}</row>'),
                    "xl/workbook.xml": book.replace("Partners", title),
                }
            ),
        )
    path = "../" * 40 + "etc/passwd"
    links = str(xlsx_parts("")["xl/_rels/workbook.xml.rels"])
    yield (
        "path.xlsx",
        packed(
            {
                **xlsx_parts(""),
                "xl/_rels/workbook.xml.rels": links.replace("worksheets/sheet1.xml", path),
            }
        ),
    )


def office_cell(given: str, kind: str = "string") -> str:
    """Return a cell of LibreOffice with these attributes."""
    start = f'<table:table-cell office:value-type="{kind}" {given}>'
    return f"{start}<text:p>x</text:p></table:table-cell>"


def office_row(cells: str, given: str = "") -> bytes:
    """Return a workbook of LibreOffice of one row."""
    return raw_ods(f"<table:table-row {given}>{cells}</table:table-row>")


def new_office() -> Made:
    """Yield workbooks of LibreOffice that repeat, nest and contradict."""
    for times in ("0", "-1", "1048576", "99999999999", "x", "1e9"):
        for which in ("columns", "rows"):
            repeated = f'table:number-{which}-repeated="{times}"'
            yield f"cell-{which}-{times}.ods", office_row(office_cell(repeated))
            yield f"row-{which}-{times}.ods", office_row(office_cell(""), repeated)
            spans = {"columns": "2", "rows": "2", which: times}
            spanned = "".join(f' table:number-{w}-spanned="{n}"' for w, n in spans.items())
            yield f"spanned-{which}-{times}.ods", office_row(office_cell(spanned))
    for kind in ("float", "date", "time", "boolean", "percentage", "currency", "", "x"):
        for value in ("", "x", "1e999", "nan", "9" * 9000, "2023-99-99", "PT9999999H"):
            names = ("value", "date-value", "time-value", "boolean-value")
            given = " ".join(f'office:{name}="{value}"' for name in names)
            yield f"{kind}-{value[:9]}.ods", office_row(office_cell(given, kind))
    table = '<table:table table:name="B"></table:table>'
    yield "nested.ods", office_row(f"<table:table-cell>{table}</table:table-cell>")
    yield "two.ods", raw_ods('</table:table><table:table table:name="partners">')
    loop = "".join(
        f'<style:style style:name="{own}" style:parent-style-name="{parent}"/>'
        for own, parent in ("ab", "ba")
    )
    cell = office_cell('table:style-name="a"')
    row = f"<table:table-row>{cell}</table:table-row>"
    yield "styles.ods", raw_ods(row, loop)
    parts = parts_of(ods(PARTNERS))
    for n, name in enumerate(parts):
        yield f"without-{n}.ods", packed({k: v for k, v in parts.items() if k != name})
        yield f"empty-{n}.ods", packed({**parts, name: b""})


def texts() -> Made:
    """Yield texts that are strange in their bytes, lines and quotes."""
    head = b"Name;Country;Type\n"
    for n, body in enumerate(
        (
            b'"' * 9999,
            b'""' * 9999,
            b'";"' * 9999,
            b";" * 9999,
            b"\r" * 9999,
            b"\n\r" * 999,
            b"\xff" * 999,
            b"\xef\xbb\xbf" * 99,
            b"\x0c" * 99,
            b"\x85" * 99,
            b"\xe2\x80\xa8" * 99,
            b"a\x00b\n" * 99,
            b"sep=\n" * 9,
            b"sep=;\n" * 9,
            b"\\" * 999,
            b"'" * 999,
            b"=cmd|' /C calc'!A0;NO;SME\n" * 9,
            b"\x1a" * 9,
            b"\xf0\x9f\x98\x80" * 999,
        )
    ):
        yield f"text-{n}.csv", head + body
        yield f"text-{n}-first.csv", body + head
    for mark in (
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xff\xfe\0\0",
        b"\0\0\xfe\xff",
        b"+/v8-",
        b"\xef\xbb\xbf",
    ):
        yield f"mark-{mark.hex()}.csv", mark + head
        yield f"mark-{mark.hex()}-odd.csv", mark + "Name;Country\n".encode("utf-16-le") + b"x"


GENERATORS = (
    old_claims,
    old_order,
    old_containers,
    new_claims,
    new_values,
    new_packages,
    new_office,
    texts,
)


def every() -> dict[str, bytes]:
    """Return all files by a name of their own."""
    return {
        f"{generator.__name__}-{name}".replace("/", "_"): content
        for generator in GENERATORS
        for name, content in generator()
    }
