"""Measure the parts of an Excel workbook before anything is built from them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from alliance_check.readers.archive import CHUNK, Archive
from alliance_check.readers.limits import (
    CHARACTER_BYTES,
    COPIES,
    Budget,
    opened_bytes,
    too_long,
    too_much,
)
from alliance_check.readers.xlsx.extent import (
    Extent,
    lengths_of_texts,
    refuse_hostile,
    text_in_cells,
)
from alliance_check.readers.xlsx.marks import Marks
from alliance_check.readers.xlsx.styles import Styles, Unstruck
from alliance_check.readers.xml import by_tags, run

_TAG_BYTES = 10
"""How many bytes there are to a tag at the least, on the average of an honest part."""
_PARSED_TAG_BYTES = 48
"""The same for a part that must pass through the XML parser, which is slower."""
_LISTED_TAG_BYTES = 160
"""What one tag of a part that is kept as a list costs in memory, about."""
_TEXT_BYTES = 64
"""What one text that cells share costs in the reading library on top of its characters."""

Pass = Callable[[str, Styles, Unstruck, Budget], Marks]


class Measured:
    """What was measured of each part of one workbook."""

    def __init__(self, archive: Archive) -> None:
        self._archive, self._name, self._limits = archive, archive.name, archive.limits
        self._struck: set[str] = set()
        self.extents: dict[str, Extent] = {}

    def small(self, path: str, pattern: re.Pattern[bytes] | None = None) -> bool:
        """Refuse a part that is too long to keep as a list; return whether the pattern is in it.

        The pattern is looked for in pieces that split no tag.
        """
        self._archive.reset_count()
        extent, found = Extent(), False
        for piece in self._pieces(path):
            extent.add(piece)
            self._check(extent)
            if extent.tags * _LISTED_TAG_BYTES > self._limits.opened:
                raise too_much(self._name, "", self._limits)
            found = found or bool(pattern and pattern.search(piece))
        self._well_formed(path, extent)
        self._archive.reset_count()
        return found

    def measure(self, sheets: Sequence[str], texts: str, styles: Styles, parse: Pass) -> None:
        """Measure the sheets and their texts, the unusual sheets with *parse*."""
        self._archive.reset_count()
        needles = styles.needles()
        shared = [texts] if texts in self._archive else []
        for path in (*sheets, *shared):
            self.extents[path] = extent = Extent()
            for piece in self._pieces(path):
                extent.add(piece, needles)
                self._check(extent)
                if b"strike" in piece:
                    self._struck.add(path)
        for path in sheets:
            self._measure_unusual(self.extents[path], path, parse)
        opened = sum(opened_bytes(e.rows, e.columns, e.cells) for e in self.extents.values())
        opened += COPIES * self._archive.whole
        if shared:
            opened += self._shared(sheets, texts)
        if opened > self._limits.opened:
            raise too_much(self._name, "", self._limits)

    def has_struck(self, path: str) -> bool:
        """Return whether a part has text in it that is struck through."""
        return path in self._struck

    def _pieces(self, path: str) -> Iterator[bytes]:
        longest = self._limits.cell * CHARACTER_BYTES + CHUNK
        try:
            yield from by_tags(self._archive.stream(path), longest)
        except OverflowError as error:
            raise too_long(self._name, "", self._limits) from error

    def _check(self, extent: Extent) -> None:
        refuse_hostile(extent, self._name, self._limits, _TAG_BYTES)

    def _measure_unusual(self, extent: Extent, path: str, parse: Pass) -> None:
        if (extent.unusual or extent.marked) and extent.tags * _PARSED_TAG_BYTES > (
            self._limits.unpacked
        ):
            raise too_much(self._name, "", self._limits)
        if extent.unusual:
            budget = Budget(self._name, self._limits, self._limits.marked)
            marks = parse(path, Styles(), {}, budget)
            extent.rows, extent.columns = marks.rows, marks.columns
            extent.cells, extent.marked = marks.cells, True

    def _well_formed(self, path: str, extent: Extent) -> None:
        """Pass a part through the XML parser where counting is not enough."""
        if extent.unusual:
            if extent.tags * _PARSED_TAG_BYTES > self._limits.unpacked:
                raise too_much(self._name, "", self._limits)
            self._archive.reset_count()
            run(self._archive.stream(path), self._name, {})

    def _shared(self, sheets: Sequence[str], texts: str) -> int:
        """Return the cost of the shared texts, once as a list and again in the cells."""
        self._well_formed(texts, self.extents[texts])
        self._archive.reset_count()
        most = self._limits.opened // _TEXT_BYTES
        lengths = lengths_of_texts(self._archive.stream(texts), most)
        listed = len(lengths) * _TEXT_BYTES + sum(lengths)
        if listed > self._limits.opened:
            raise too_much(self._name, "", self._limits)
        cells = sum(self.extents[path].cells for path in sheets)
        if cells * max(lengths, default=0) <= self._limits.opened // 8:
            return listed
        self._archive.reset_count()
        return listed + sum(text_in_cells(self._pieces(path), lengths) for path in sheets)
