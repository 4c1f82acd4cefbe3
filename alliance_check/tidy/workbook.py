"""Change cells of an Excel workbook in place; every other part of the file stays as it is."""

from __future__ import annotations

import io
import posixpath
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape
from zipfile import ZipFile, ZipInfo

from alliance_check.model.message import Message, say
from alliance_check.model.sheet import Cell, column_number
from alliance_check.readers.archive import Archive
from alliance_check.readers.limits import Limits, damaged
from alliance_check.readers.marks import Place
from alliance_check.readers.xml import run
from alliance_check.tidy.delimited import Rewritten

_MAIN, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_TEXTS = "xl/sharedstrings.xml"


def rewrite_workbook(
    content: bytes, name: str, limits: Limits, edits: Mapping[Cell, str]
) -> Rewritten:
    """Change these cells of a workbook that the reader has measured already.

    :raises UnreadableFile: when a part is not what it says.
    """
    archive = Archive(content, name, limits)
    paths = _paths(archive)
    by_sheet: dict[str, _Edits] = defaultdict(dict)
    for cell, after in edits.items():
        by_sheet[cell.sheet or ""][cell.row, cell.column] = after
    mixed = _mixed_texts(archive) if _TEXTS in archive else frozenset[int]()
    parts: dict[str, bytes] = {}
    stays: dict[Cell, Message] = {}
    for sheet, places in by_sheet.items():
        path = paths.get(sheet)
        if path is None or path not in archive:
            raise damaged(name, "its list of sheets is not clear")
        xml, left = _changed_sheet(archive.read(path), name, places, mixed)
        parts[path] = xml
        stays |= {Cell(sheet, *place): why for place, why in left.items()}
    return Rewritten(_packed(content, archive, parts), stays)


def _paths(archive: Archive) -> dict[str, str]:
    """Map the title of each sheet to the part that holds it."""
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

    run(archive.stream(_LINKS), archive.name, {"Relationship": link})
    run(archive.stream(_MAIN), archive.name, {"sheet": sheet})
    return found


def _mixed_texts(archive: Archive) -> frozenset[int]:
    """Return the numbers of shared texts whose parts differ in style."""
    number = -1
    mixed: set[int] = set()

    def item(_given: dict[str, str]) -> None:
        nonlocal number
        number += 1

    def part(_given: dict[str, str]) -> None:
        mixed.add(number)

    calls = {"si": item, "r": part, "rPh": part}
    run(archive.stream(_TEXTS), archive.name, calls)
    return frozenset(mixed)


def _packed(content: bytes, archive: Archive, parts: Mapping[str, bytes]) -> bytes:
    """Pack the file again with some of its parts replaced."""
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(packed, "w") as new:
        new.comment = old.comment
        for info in old.infolist():
            kept = ZipInfo(info.filename, info.date_time)
            kept.compress_type, kept.comment = info.compress_type, info.comment
            kept.create_system, kept.external_attr = info.create_system, info.external_attr
            part = parts.get(info.filename.lower())
            new.writestr(kept, archive.read(info.filename) if part is None else part)
    return packed.getvalue()


_Edits = dict[Place, str]

_FORMULA = say("is a formula")
_MIXED = say("parts of its text look different from one another")
_UNUSUAL = say("is written in a way that cannot be changed safely")

_PLACE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_VALUE = r"""\s*=\s*(?:"[^"<]*"|'[^'<]*')"""
_TAG = re.compile(rf"""<([^\s<>/=]+)((?:\s+[^\s<>/="']+{_VALUE})*)\s*>""".encode())
_TYPE = re.compile(rf"""\s+t{_VALUE}""".encode())
_PLAIN = frozenset({"v", "is", "t"})
_OF_METADATA = frozenset({"cm", "vm"})
_TYPES = frozenset({"s", "str", "inlineStr", "n"})


@dataclass
class _CellElement:
    """A cell to be changed: the range of its bytes, and the elements in it."""

    start: int
    given: Mapping[str, str]
    end: int = 0
    inside: set[str] = field(default_factory=set)
    value: list[str] = field(default_factory=list)

    def why_not(self, mixed: frozenset[int]) -> Message | None:
        """Say why the cell must stay as it is; None where it may be changed."""
        if "f" in self.inside:
            return _FORMULA
        kind, value = self.given.get("t", "n"), "".join(self.value).strip()
        if {"r", "rPh"} & self.inside or (
            kind == "s" and value.isdecimal() and int(value) in mixed
        ):
            return _MIXED
        usual = self.inside <= _PLAIN and kind in _TYPES and not _OF_METADATA & set(self.given)
        return None if usual and self.end else _UNUSUAL


def _changed_sheet(
    xml: bytes, name: str, edits: _Edits, mixed: frozenset[int]
) -> tuple[bytes, dict[Place, Message]]:
    """Put these texts into the cells of a sheet's XML, and say why some cells stay.

    *mixed* are the numbers of shared texts with several styles, which a new text would lose.
    """
    found = _Cells(xml, name, edits).found
    stays: dict[Place, Message] = {}
    pieces: list[bytes] = []
    done = 0
    for place, cells in sorted(found.items(), key=lambda item: item[1][0].start):
        cell = cells[0]
        why = _UNUSUAL if len(cells) > 1 else cell.why_not(mixed)
        new = _written(xml[cell.start : cell.end], edits[place]) if why is None else None
        if new is None:
            stays[place] = why or _UNUSUAL
            continue
        pieces += xml[done : cell.start], new
        done = cell.end
    stays |= {place: _UNUSUAL for place in edits if place not in found}
    return b"".join((*pieces, xml[done:])), stays


def _written(old: bytes, text: str) -> bytes | None:
    """Write the element of a cell with another text, keeping its style."""
    tag = _TAG.match(old)
    if tag is None:
        return None
    whole, given = tag[1], _TYPE.sub(b"", tag[2])
    prefix = whole[: whole.rfind(b":") + 1]
    shown = escape(text).encode("ascii", "xmlcharrefreplace")
    inner = b"<%bis><%bt>%b</%bt></%bis>" % (prefix, prefix, shown, prefix, prefix)
    return b'<%b%b t="inlineStr">%b</%b>' % (whole, given, inner, whole)


class _Cells:
    """Find the cells to be changed, and where their bytes begin and end."""

    def __init__(self, xml: bytes, name: str, edits: _Edits) -> None:
        self.found: dict[Place, list[_CellElement]] = {}
        self._xml, self._name, self._edits = xml, name, edits
        self._row = self._column = 0
        self._open: _CellElement | None = None
        self._in_value = False
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._refuse
        try:
            self._parser.Parse(xml, True)  # noqa: FBT003 - takes no keyword
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise damaged(name, "its XML is broken") from error

    def _refuse(self, *_: object) -> NoReturn:
        raise damaged(self._name, "it defines entities of its own")

    def _start(self, tag: str, given: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if self._open is not None:
            self._open.inside.add(local)
            self._in_value = local == "v"
        elif local == "row":
            self._row = int(given["r"]) if "r" in given else self._row + 1
            self._column = 0
        elif local == "c":
            place = self._place(given)
            if place in self._edits:
                self._open = _CellElement(self._parser.CurrentByteIndex, given)
                self.found.setdefault(place, []).append(self._open)

    def _place(self, given: dict[str, str]) -> Place:
        match = _PLACE.fullmatch(given.get("r", ""))
        if match is None:
            self._column += 1
        else:
            self._column, self._row = column_number(match[1]), int(match[2])
        return self._row, self._column

    def _text(self, text: str) -> None:
        if self._open is not None and self._in_value:
            self._open.value.append(text)

    def _end(self, tag: str) -> None:
        self._in_value = False
        if self._open is not None and tag.rpartition(":")[2] == "c":
            at = self._parser.CurrentByteIndex
            if self._xml.startswith(b"</", at):
                self._open.end = self._xml.index(b">", at) + 1
            self._open = None
