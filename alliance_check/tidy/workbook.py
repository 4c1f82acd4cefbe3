"""Cells of an Excel workbook changed in place: every other part of the file stays as it is."""

from __future__ import annotations

import io
import posixpath
from collections import defaultdict
from collections.abc import Mapping
from zipfile import ZipFile, ZipInfo

from alliance_check.model.consortium import Cell
from alliance_check.model.message import Message
from alliance_check.readers.archive import Archive
from alliance_check.readers.limits import Limits, damaged
from alliance_check.readers.xml import run
from alliance_check.tidy.delimited import Rewritten
from alliance_check.tidy.sheet_xml import Edits, changed_sheet

_MAIN, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TEXTS = "xl/sharedstrings.xml"


def rewrite_workbook(
    content: bytes, name: str, limits: Limits, edits: Mapping[Cell, str]
) -> Rewritten:
    """Return the workbook with these cells changed; it must have been read already.

    The reader has measured every part of it. Raises UnreadableFile all the same when a part is
    not what it says.
    """
    archive = Archive(content, name, limits)
    paths = _paths(archive)
    by_sheet: dict[str, Edits] = defaultdict(dict)
    for cell, after in edits.items():
        by_sheet[cell.sheet or ""][cell.row, cell.column] = after
    mixed = _mixed_texts(archive) if _TEXTS in archive else frozenset[int]()
    parts: dict[str, bytes] = {}
    stays: dict[Cell, Message] = {}
    for sheet, places in by_sheet.items():
        path = paths.get(sheet)
        if path is None or path not in archive:
            raise damaged(name, "its list of sheets is not clear")
        archive.reset_count()
        xml, left = changed_sheet(archive.read(path), name, places, mixed)
        parts[path] = xml
        stays |= {Cell(sheet, *place): why for place, why in left.items()}
    return Rewritten(_packed(content, archive, parts), stays)


def _paths(archive: Archive) -> dict[str, str]:
    """Return the part of each sheet by its title."""
    targets: dict[str, str] = {}
    found: dict[str, str] = {}

    def link(given: dict[str, str]) -> None:
        path = posixpath.normpath(posixpath.join("/xl", given.get("Target", "")))
        targets[given.get("Id", "")] = path.lstrip("/").lower()

    def sheet(given: dict[str, str]) -> None:
        title = given.get("name", "")
        key = next((v for k, v in given.items() if k.endswith(":id") or k == "id"), "")
        if title in found:
            raise damaged(archive.name, "two of its sheets have one name")
        found[title] = targets.get(key, "")

    archive.reset_count()
    run(archive.stream(_LINKS), archive.name, {"Relationship": link})
    run(archive.stream(_MAIN), archive.name, {"sheet": sheet})
    return found


def _mixed_texts(archive: Archive) -> frozenset[int]:
    """Return the numbers of the shared texts whose parts look different from one another."""
    number = -1
    mixed: set[int] = set()

    def item(_given: dict[str, str]) -> None:
        nonlocal number
        number += 1

    def part(_given: dict[str, str]) -> None:
        mixed.add(number)

    archive.reset_count()
    calls = {"si": item, "r": part, "rPh": part}
    run(archive.stream(_TEXTS), archive.name, calls)
    return frozenset(mixed)


def _packed(content: bytes, archive: Archive, parts: Mapping[str, bytes]) -> bytes:
    """Return the file with some of its parts replaced, the others as they are."""
    packed = io.BytesIO()
    archive.reset_count()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(packed, "w") as new:
        new.comment = old.comment
        for info in old.infolist():
            kept = ZipInfo(info.filename, info.date_time)
            kept.compress_type, kept.comment = info.compress_type, info.comment
            kept.create_system, kept.external_attr = info.create_system, info.external_attr
            part = parts.get(info.filename.lower())
            new.writestr(kept, archive.read(info.filename) if part is None else part)
    return packed.getvalue()
