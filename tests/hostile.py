"""Builders of files that are hostile, damaged, encrypted or mislabelled."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from tests.sheets import (
    LINKS,
    WORKBOOK,
    ole2,
    packed,
    raw_ods,
    record,
    workbook_records,
    xlsx_parts,
)

MIB = 1 << 20
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
START = f"<worksheet {MAIN}><sheetData>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
NUMBER = '<c r="A1"><v>1</v></c>'


def with_part(part: str, content: str | bytes, rows: str = "") -> bytes:
    """Return a workbook one part of which is this."""
    return packed({**xlsx_parts(rows), part: content})


def with_comments(comments: bytes, start: bytes = b"<comments>") -> bytes:
    """Return a workbook whose sheet has a part of comments that begins with these."""
    links = '<Relationships><Relationship Id="a" Type="x/comments" Target="../c.xml"/>'
    parts = xlsx_parts(f'<row r="1">{NUMBER}</row>')
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = links + "</Relationships>"
    return packed({**parts, "xl/c.xml": start + comments + b"</comments>"})


def noise(size: int) -> bytes:
    """Return bytes without a meaning, the same ones each time."""
    return random.Random(1).randbytes(size)  # noqa: S311


def noisy(unit: str, size: int) -> bytes:
    """Return the unit over and over, packed just loosely enough to look honest."""
    block = (unit * max(4000 // len(unit), 1)).encode()
    times = size // (len(block) + 30)
    chance = noise(15 * times).hex().encode()
    return b"".join(block + chance[30 * n : 30 * n + 30] for n in range(times))


def grid(cell: Callable[[str, int], str], rows: int, columns: int) -> str:
    """Return the XML of so many rows and columns; *cell* is given the address and a number."""
    return "".join(
        f'<row r="{row}">'
        + "".join(cell(f"{chr(65 + n)}{row}", row * columns + n) for n in range(columns))
        + "</row>"
        for row in range(1, rows + 1)
    )


def liar() -> bytes:
    """Return a workbook with a part that unpacks to far more than the directory says."""
    text = f"<sst {MAIN}><si><t>x</t></si>".encode()
    whole = with_part(TEXTS, text + b"<si><t>xxxxxxxx</t></si>" * 500_000)
    changed = bytearray(whole)
    info = zipfile.ZipFile(io.BytesIO(whole)).getinfo(TEXTS)
    declared = struct.pack("<II", zlib.crc32(text), len(text))
    central = whole.rindex(TEXTS.encode()) - 46
    for at, offset in ((info.header_offset, 14), (central, 16)):
        changed[at + offset : at + offset + 4] = declared[:4]
        changed[at + offset + 8 : at + offset + 12] = declared[4:]
    return bytes(changed)


def twice() -> bytes:
    """Return a workbook with a part in it twice, the second in other letters."""
    return packed({**xlsx_parts(""), SHEET.upper(): "<worksheet/>"})


def many_sheets(count: int) -> bytes:
    """Return a workbook of so many small sheets."""
    head = WORKBOOK[: WORKBOOK.index("<sheet ")]
    parts = xlsx_parts("")
    parts["xl/workbook.xml"] = (
        head
        + "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="s{n}"/>' for n in range(count))
        + "</sheets></workbook>"
    )
    parts["xl/_rels/workbook.xml.rels"] = LINKS.replace(
        "</Relationships>",
        "".join(
            f'<Relationship Id="s{n}" Type="x/worksheet" Target="w/{n}.xml"/>' for n in range(count)
        )
        + "</Relationships>",
    )
    sheet = f'{START}<row r="1" hidden="1"><c r="A1"><f>1</f></c></row></sheetData></worksheet>'
    return packed({**parts, **{f"xl/w/{n}.xml": sheet for n in range(count)}})


def ods_rows(cell: str, rows: int, columns: int) -> bytes:
    """Return an ods of so many rows and columns of one cell, in which ``#`` is a number."""
    return raw_ods(
        "".join(
            "<table:table-row>"
            + "".join(cell.replace("#", str(row * columns + n)) for n in range(columns))
            + "</table:table-row>"
            for row in range(rows)
        )
    )


def encrypted_xls() -> bytes:
    """Return an old workbook with a password."""
    return workbook_records(record(0x203, bytes(14)), record(0x2F, bytes(54)))


def branching_xls() -> bytes:
    """Return an OLE2 file whose directory branches twice at each entry to the same next one."""
    changed = bytearray(ole2({f"s{number}": b"x" for number in range(40)}))
    (first,) = struct.unpack_from("<I", changed, 48)
    at = (first + 1) * 512
    struct.pack_into("<I", changed, at + 76, 1)
    for number in range(1, 40):
        struct.pack_into("<II", changed, at + 128 * number + 68, number + 1, number + 1)
    return bytes(changed)


def flagged(content: bytes) -> bytes:
    """Return a zip file whose first part is marked as encrypted."""
    changed = bytearray(content)
    changed[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed)


def encrypted_ods() -> bytes:
    """Return an ods with a password."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest><file-entry media-type="{kind}"><encryption-data/></file-entry>'
    return packed(
        {
            "mimetype": kind,
            "content.xml": b"\1\2",
            "META-INF/manifest.xml": manifest + "</manifest>",
        }
    )


def damaged(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a zip file cut off, and with a wrong checksum."""
    yield "truncated", content[: len(content) // 2]
    yield "without-end", content[:-30]
    changed = bytearray(content)
    at = content.index(b"PK\x01\x02")
    while (at := content.find(b"PK\x01\x02", at)) >= 0:
        changed[at + 16] ^= 0xFF
        at += 4
    yield "checksum", bytes(changed)


def many_attributes(count: int) -> str:
    """Return a sheet with a cell of so many attributes."""
    attributes = "".join(f' a{n}=""' for n in range(count))
    return f'{START}<row r="1"><c r="A1"{attributes}><v>1</v></c></row></sheetData></worksheet>'


def document(kind: str, part: str) -> bytes:
    """Return a zip file that says it is another kind of Office file."""
    links = str(xlsx_parts("")["_rels/.rels"]).replace("xl/workbook.xml", part)
    return packed({"[Content_Types].xml": kind, "_rels/.rels": links, part: "<x/>"})
