"""Small files for the tests of the readers: the same table in each format, and hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

Table = Sequence[Sequence[str | float | Decimal]]

PARTNERS: Table = (
    ("Name", "Country", "Type", "PIC", "Budget"),
    ("Høgskulen på Vestlandet", "NO", "University", 999974553, 125000.5),
    (" NA Training ", "NA", "VET provider", 24, 0.1),
    ("", "ES", "", "", ""),
    ("Ελληνικό Πανεπιστήμιο", "EL", "University", "000123456", 1),
)

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"

CONTENT_TYPES = f'<Types xmlns="{_PACKAGE}/content-types"/>'
MAIN_LINKS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_LINK}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
WORKBOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINK}"><sheets>'
    f'<sheet name="Partners" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
LINKS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_LINK}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{_LINK}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="rId3" Type="{_LINK}/styles" Target="styles.xml"/></Relationships>'
)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip file of these parts."""
    target = io.BytesIO()
    # Some are large, and none is kept: packing them loosely takes half the time.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def xlsx_parts(rows: str, texts: str = "", styles: str = "") -> dict[str, str | bytes]:
    """Return the parts of a workbook whose sheet, shared texts and styles are this XML."""
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": MAIN_LINKS,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": LINKS,
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{texts}</sst>',
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        ),
    }


def raw_xlsx(rows: str, texts: str = "", styles: str = "") -> bytes:
    """Return a workbook of one sheet from the XML of its rows."""
    return packed(xlsx_parts(rows, texts, styles))


def xlsx(table: Table, title: str = "Partners") -> bytes:
    """Return the table as a workbook of Excel."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in table:
        sheet.append([None if value == "" else value for value in row])
    return saved(book)


def saved(book: Any) -> bytes:
    """Return the bytes that a workbook of openpyxl or xlwt saves."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def xls(table: Table, title: str = "Partners") -> bytes:
    """Return the table as an old workbook of Excel."""
    import xlwt  # type: ignore[import-untyped]

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet(title)
    for number, row in enumerate(table):
        for column, value in enumerate(row):
            if value != "":
                sheet.write(number, column, value)
    return saved(book)


def ods(table: Table, title: str = "Partners") -> bytes:
    """Return the table as a workbook of LibreOffice."""
    rows = "".join(f"<table:table-row>{_ods_cells(row)}</table:table-row>" for row in table)
    return raw_ods(rows, title=title)


def raw_ods(rows: str, styles: str = "", title: str = "Partners", more: str = "") -> bytes:
    """Return an OpenDocument workbook of one sheet from the XML of its rows."""
    names = "".join(
        f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "table", "text", "style", "dc", "fo")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} '
        f'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f'<office:spreadsheet><table:table table:name="{title}" {more}>{rows}</table:table>'
        f"</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest><file-entry full-path="/" media-type="{kind}"/></manifest>'
    return packed({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest})


def _ods_cells(row: Sequence[str | float | Decimal]) -> str:
    cells = []
    for value in row:
        if value == "":
            cells.append("<table:table-cell/>")
        elif isinstance(value, str):
            spaced = value.replace(" ", "<text:s/>") if value != value.strip() else value
            cells.append(
                f'<table:table-cell office:value-type="string"><text:p>{spaced}</text:p>'
                f"</table:table-cell>"
            )
        else:
            cells.append(
                f'<table:table-cell office:value-type="float" office:value="{value}">'
                f"<text:p>{value}</text:p></table:table-cell>"
            )
    return "".join(cells)


def delimited(table: Table, delimiter: str = ",", end: str = "\r\n") -> str:
    """Return the table as text; cells with the delimiter or a quote are quoted."""
    return "".join(
        delimiter.join(_quoted(str(value), delimiter) for value in row) + end for row in table
    )


def _quoted(text: str, delimiter: str) -> str:
    if delimiter in text or '"' in text or "\n" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def ole2(streams: Mapping[str, bytes]) -> bytes:
    """Return an OLE2 file of these streams, each long enough to need no small sectors."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0)]
    for name, content in streams.items():
        filled = content.ljust(4096, b"\0")
        filled = filled.ljust(-(-len(filled) // 512) * 512, b"\0")
        entries.append(_entry(name, 2, len(sectors), len(filled)))
        _chain(sectors, table, filled)
    directory = len(sectors)
    padding = b"\0" * 128 * (-len(entries) % 4)
    _chain(sectors, table, b"".join(entries) + padding)
    # The header lists 109 sectors of the table, further sectors 127 more each.
    count, more = 1, 0
    while len(table) + count + more > count * 128:
        count += 1
        more = -(-max(count - 109, 0) // 127)
    first = len(sectors)
    table += [0xFFFFFFFD] * count + [0xFFFFFFFC] * more
    table += [0xFFFFFFFF] * (count * 128 - len(table))
    packed_table = struct.pack(f"<{len(table)}I", *table)
    places = [first + number for number in range(count)]
    places += [0xFFFFFFFF] * (109 + 127 * more - count)
    lists = [[*places[at : at + 127], first + count + n + 1] for n, at in _listed(places)]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, count)
    further = first + count if more else 0xFFFFFFFE
    head += struct.pack("<IIIIIII", directory, 0, 4096, 0xFFFFFFFE, 0, further, more)
    head += struct.pack("<109I", *places[:109])
    packed_lists = b"".join(struct.pack("<128I", *numbers) for numbers in lists)
    return head + b"".join(sectors) + packed_table + packed_lists


def _listed(places: list[int]) -> list[tuple[int, int]]:
    return list(enumerate(range(109, len(places), 127)))


def _chain(sectors: list[bytes], table: list[int], content: bytes) -> None:
    pieces = [content[at : at + 512] for at in range(0, len(content), 512)]
    for number, piece in enumerate(pieces):
        sectors.append(piece)
        table.append(len(sectors) if number + 1 < len(pieces) else 0xFFFFFFFE)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    wide = name.encode("utf-16-le") + b"\0\0"
    head = wide.ljust(64, b"\0") + struct.pack("<HBB", len(wide), kind, 1)
    links = struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    return (head + links).ljust(116, b"\0") + struct.pack("<II", start, size) + b"\0" * 4


def record(kind: int, content: bytes) -> bytes:
    """Return one record of an old workbook."""
    return struct.pack("<HH", kind, len(content)) + content


def workbook_records(sheet: bytes, before: bytes = b"") -> bytes:
    """Return an old workbook of one sheet from its records, and those before the sheet."""
    begin = struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)
    head = record(0x0809, begin) + before
    place = len(head) + len(record(0x0085, b"\0" * 9)) + 4
    named = record(0x0085, struct.pack("<IHBB", place, 0, 1, 0) + b"A")
    begin = struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)
    end = record(0x000A, b"")
    return ole2({"Workbook": head + named + end + record(0x0809, begin) + sheet + end})
