"""Measure how far the cells of a sheet reach, before anything is built from its XML.

A library that reads a sheet makes room for the whole rectangle up to the last cell, so one far
cell is enough to fill the memory. Sheets as programs write them are measured by a search in the
bytes; those written otherwise are only counted here, and measured by the XML parser.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from alliance_check.model.consortium import column_number
from alliance_check.readers.limits import Limits, check_extent, damaged, too_much
from alliance_check.readers.xml import DEEPEST, too_deep

_COLUMNS = re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
_ROWS = re.compile(rb'<c r="[A-Z]{1,3}([1-9][0-9]{0,6})"')
# A cell that does not say first where it is, a prefix or a comment needs the parser.
_UNUSUAL = re.compile(rb'<c(?! r="[A-Z]{1,3}[1-9][0-9]{0,6}")[\s/>]')
_PREFIXED = re.compile(rb":c[\s/>]")
# Attributes that are not written as name="value" hide from a search for them.
_SPACED = (b" =", b"\n=", b"\t=", b"\r=")
_MARKS = (b"<f", b"hidden=", b't="e"', b' ht="0', b"strike", b"<mergeCell ")
_DOCUMENT_TYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_REFERENCE = re.compile(rb"<(?:[^\s<>/]{1,32}:)?v[^<>]*>\s*\+?([0-9]{1,9})\s*<")
_STRETCH = 4096
_ATTRIBUTES = 1_000
"""How many attributes an honest element has, at the very most."""


@dataclass
class Extent:
    """What the XML of one part holds; ``marked`` when its values do not show all of it.

    ``depth`` is how many elements are open, as far as a count can show; where it cannot, the
    part is ``unusual``.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    tags: int = 0
    depth: int = 0
    unusual: bool = False
    marked: bool = False
    entities: bool = False
    binary: bool = False
    crowded: bool = False

    def add(self, piece: bytes, marks: tuple[bytes, ...] = ()) -> None:
        """Count a piece that splits no tag."""
        tags = piece.count(b"<")
        self.tags += tags
        self.depth += tags - 2 * piece.count(b"</") - piece.count(b"/>")
        self.binary = self.binary or b"\0" in piece
        self.crowded = self.crowded or _crowded(piece)
        if b"<!" in piece:
            self.unusual = True
            self.entities = self.entities or bool(_DOCUMENT_TYPE.search(piece))
        letters = _COLUMNS.findall(piece)
        if not self.unusual:
            self.unusual = _is_unusual(piece, tags)
        self.marked = self.marked or any(mark in piece for mark in (*_MARKS, *marks))
        if letters:
            self.cells += len(letters)
            widest = max(column_number(found.decode()) for found in set(letters))
            self.columns = max(self.columns, widest)
            self.rows = max(self.rows, _largest(_ROWS.findall(piece)))


def _is_unusual(piece: bytes, tags: int) -> bool:
    return bool(
        piece.count(b">") != tags
        or piece.count(b"=") != piece.count(b'="')
        or any(spaced in piece for spaced in _SPACED)
        or _UNUSUAL.search(piece)
        or _PREFIXED.search(piece)
    )


def _crowded(piece: bytes) -> bool:
    """Return whether a tag has so many attributes that a parser may choke on it."""
    for at in range(0, len(piece), _STRETCH):
        # A long tag has a whole stretch without an end in it; only there is looked closer.
        if piece.find(b">", at, at + _STRETCH) < 0:
            start = piece.rfind(b"<", 0, at + _STRETCH)
            end = piece.find(b">", start)
            if piece.count(b"=", start, end if end >= 0 else len(piece)) > _ATTRIBUTES:
                return True
    return False


def _largest(numbers: list[bytes]) -> int:
    """Return the largest number, without making an int of each."""
    longest = len(max(numbers, key=len, default=b""))
    return int(max((n for n in numbers if len(n) == longest), default=b"0") or b"0")


def refuse_hostile(extent: Extent, name: str, limits: Limits, tag_bytes: int) -> None:
    """Refuse a part that no honest program writes, or that has more in it than can be read.

    *tag_bytes* is how many bytes there are to a tag at the least, on the average.
    """
    if extent.entities:
        raise damaged(name, "it defines entities of its own")
    if extent.binary:
        raise damaged(name, "a sheet in it is not text")
    if extent.crowded:
        raise damaged(name, "an element has attributes without end")
    if extent.depth > DEEPEST:
        raise too_deep(name)
    if extent.tags * tag_bytes > limits.unpacked:
        raise too_much(name, "", limits)
    check_extent(name, limits, extent.rows, extent.columns, extent.cells)


def text_in_cells(pieces: Iterable[bytes], lengths: array[int]) -> int:
    """Return the total length of the cells that show a shared text."""
    total, known = 0, len(lengths)
    for piece in pieces:
        numbers = map(int, _REFERENCE.findall(piece))
        total += sum(lengths[number] for number in numbers if number < known)
    return total


def lengths_of_texts(pieces: Iterable[bytes], most: int) -> array[int]:
    """Return the length of each entry of a list of texts, in bytes with its markup.

    Soon after *most* entries the counting ends.
    """
    lengths = array("I")
    rest = b""
    for piece in pieces:
        *entries, rest = _ENTRY.split(rest + piece)
        lengths.extend(map(len, entries))
        if len(lengths) > most + 1:
            break
    lengths.append(len(rest))
    return lengths[1:]


_ENTRY = re.compile(rb"<(?:[^\s<>/]{1,32}:)?si(?=[\s/>])")
