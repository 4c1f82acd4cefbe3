"""Texts put into cells of a sheet's XML; every other byte of it stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape

from alliance_check.model.consortium import column_number
from alliance_check.model.message import Message, say
from alliance_check.readers.limits import damaged

Place = tuple[int, int]
Edits = dict[Place, str]

FORMULA = say("is a formula")
MIXED = say("parts of its text look different from one another")
UNUSUAL = say("is written in a way that cannot be changed safely")

_PLACE = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})")
_VALUE = r"""\s*=\s*(?:"[^"<]*"|'[^'<]*')"""
_TAG = re.compile(rf"""<([^\s<>/=]+)((?:\s+[^\s<>/="']+{_VALUE})*)\s*>""".encode())
_TYPE = re.compile(rf"""\s+t{_VALUE}""".encode())
_PLAIN = frozenset({"v", "is", "t"})
_OF_METADATA = frozenset({"cm", "vm"})
_TYPES = frozenset({"s", "str", "inlineStr", "n"})


@dataclass
class _Found:
    """A cell that is to be changed: where its bytes stand, and what is in it."""

    start: int
    given: Mapping[str, str]
    end: int = 0
    inside: set[str] = field(default_factory=set)
    value: list[str] = field(default_factory=list)

    def why_not(self, mixed: frozenset[int]) -> Message | None:
        """Return why it is better left as it is, if it is."""
        if "f" in self.inside:
            return FORMULA
        kind, value = self.given.get("t", "n"), "".join(self.value).strip()
        if {"r", "rPh"} & self.inside or (
            kind == "s" and value.isdecimal() and int(value) in mixed
        ):
            return MIXED
        usual = self.inside <= _PLAIN and kind in _TYPES and not _OF_METADATA & set(self.given)
        return None if usual and self.end else UNUSUAL


def changed_sheet(
    xml: bytes, name: str, edits: Edits, mixed: frozenset[int]
) -> tuple[bytes, dict[Place, Message]]:
    """Return the XML with these texts in its cells, and why some cells stay.

    *mixed* are the shared texts with parts of different looks, which a text would lose.
    """
    found = _Cells(xml, name, edits).found
    stays: dict[Place, Message] = {}
    pieces: list[bytes] = []
    done = 0
    for place, cells in sorted(found.items(), key=lambda item: item[1][0].start):
        cell = cells[0]
        why = UNUSUAL if len(cells) > 1 else cell.why_not(mixed)
        new = _written(xml[cell.start : cell.end], edits[place]) if why is None else None
        if new is None:
            stays[place] = why or UNUSUAL
            continue
        pieces += xml[done : cell.start], new
        done = cell.end
    stays |= {place: UNUSUAL for place in edits if place not in found}
    return b"".join((*pieces, xml[done:])), stays


def _written(old: bytes, text: str) -> bytes | None:
    """Return the element of a cell with another text in it, its style and all else kept."""
    tag = _TAG.match(old)
    if tag is None:
        return None
    whole, given = tag[1], _TYPE.sub(b"", tag[2])
    prefix = whole[: whole.rfind(b":") + 1]
    shown = escape(text).encode("ascii", "xmlcharrefreplace")
    inner = b"<%bis><%bt>%b</%bt></%bis>" % (prefix, prefix, shown, prefix, prefix)
    return b'<%b%b t="inlineStr">%b</%b>' % (whole, given, inner, whole)


class _Cells:
    """Finds the cells that are to be changed, with where their bytes begin and end."""

    def __init__(self, xml: bytes, name: str, edits: Edits) -> None:
        self.found: dict[Place, list[_Found]] = {}
        self._xml, self._name, self._edits = xml, name, edits
        self._row = self._column = 0
        self._open: _Found | None = None
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
                self._open = _Found(self._parser.CurrentByteIndex, given)
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
