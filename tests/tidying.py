"""Sheets to be tidied, and what must not change when they are."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook

from alliance_check.pipeline import Options, check_file
from alliance_check.reports import FORMATS
from alliance_check.tidy import Tidied, tidied

Row = Sequence[str | int]

HEADER = ("Partner name", "Country", "Organisation type", "Role", "PIC")
ROWS: tuple[Row, ...] = (
    ("Nordvik universitet", "NO", "University", "lead", "999 123 456"),
    ("Lycée des Métiers", "Frankreich", "Vocational school", "partner", "123456"),
    ("Kraftverk AS", "Norge", "SME", "Full partner", "999888777"),
    ("Kammer Süd", "Germny", "Chamber", "P3 (partner)", "A-12"),
)
OPTIONS = Options(lot="innovation", advice=False)
TEXTS_ONLY = ("value", "message", "hint", "text")
"""Keys of a report under which the texts of cells stand."""


def csv_of(rows: Iterable[Row], header: Row = HEADER, delimiter: str = ";") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([header, *rows])
    return out.getvalue()


def book_of(rows: Iterable[Row], header: Row = HEADER) -> Workbook:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Partners"
    for row in (header, *rows):
        sheet.append(list(row))
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_of(rows: Iterable[Row], header: Row = HEADER) -> bytes:
    return saved(book_of(rows, header))


def members(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edited(content: bytes, part: str, pattern: str, new: str) -> bytes:
    """Return a workbook with the XML of one part changed; the pattern must be found once."""
    parts = members(content)
    xml, found = re.subn(pattern, new, parts[part].decode("utf-8"), count=1)
    assert found, f"{pattern} is not in {part}: {xml[:2000]}"
    return packed({**parts, part: xml.encode("utf-8")})


def with_shared_texts(content: bytes) -> bytes:
    """Return a workbook with the texts of its first sheet shared, as Excel itself writes them."""
    parts = members(content)
    texts: list[str] = []

    def shared(match: re.Match[str]) -> str:
        texts.append(match[3])
        return f'<c{match[1]} t="s"{match[2]}><v>{len(texts) - 1}</v></c>'

    path = "xl/worksheets/sheet1.xml"
    pattern = r'<c([^>]*?) t="inlineStr"([^>]*)><is>(.*?)</is></c>'
    parts[path] = re.sub(pattern, shared, parts[path].decode(), flags=re.DOTALL).encode()
    items = "".join(f"<si>{text}</si>" for text in texts)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{items}</sst>'.encode()
    if b"sharedStrings" in parts["xl/_rels/workbook.xml.rels"]:
        return packed(parts)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rIdTexts" Type="{kind}" Target="sharedStrings.xml"/>'
    whole = packed(parts)
    whole = edited(whole, "xl/_rels/workbook.xml.rels", "(?=</Relationships>)", link)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    named = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/>'
    return edited(whole, "[Content_Types].xml", "(?=</Types>)", named)


def packed(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def meant(content: bytes, name: str, options: Options = OPTIONS) -> Any:
    """Return the report on a file but for its fingerprint and the texts of its cells."""
    reports = check_file(content, name, options)
    return _stripped(json.loads(FORMATS["json"].render(reports, batch=True)))


def _stripped(part: Any) -> Any:
    if isinstance(part, dict):
        return {k: _stripped(v) for k, v in part.items() if k not in {*TEXTS_ONLY, "sha256"}}
    return [_stripped(each) for each in part] if isinstance(part, list) else part


def tidy(content: bytes, name: str, options: Options = OPTIONS) -> Tidied:
    """Return the tidied file, of which all is checked that holds for every file."""
    found = tidied(content, name, options)
    assert meant(found.content, name, options) == meant(content, name, options), (
        f"tidying {name} changes its report; a label is read as something else than the cell"
    )
    again = tidied(found.content, name, options)
    assert not again.changes, f"a second tidy still changes {again.changes}"
    assert again.content == found.content
    if content.startswith(b"PK"):
        before, after = members(content), members(found.content)
        sheets = {part for part in before if part.startswith("xl/worksheets/sheet")}
        assert list(before) == list(after), "the parts of the workbook are others"
        assert {p for p in before if before[p] != after[p]} <= sheets, (
            "a part that is no sheet has changed"
        )
    return found


def written(found: Tidied) -> dict[str, str]:
    """Return what was written into which cell."""
    return {str(change.cell): change.after for change in found.changes}


def kept(found: Tidied) -> dict[str, str]:
    """Return which cells stay, and why."""
    return {str(left.cell): str(left.why) for left in found.left}
