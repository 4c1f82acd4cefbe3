"""Which styles of a LibreOffice workbook strike text through, or hide a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from alliance_check.readers.xml import run

_NO_HEIGHT = re.compile(r"0(?:\.0*)?[a-z]*")


class OdsStyles:
    """Which styles strike text through and which rows have no height, with what they inherit."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}
        self._strikes: dict[str, bool] = {}
        self._flat: set[str] = set()
        self._style = ""

    def read(self, pieces: Iterable[bytes], name: str) -> None:
        """Read the styles of a part."""
        run(pieces, name, self.opened())

    def opened(self) -> dict[str, Callable[[dict[str, str]], None]]:
        """Return what to call when elements begin."""
        return {
            "style": self._open,
            "text-properties": self._text_properties,
            "table-row-properties": self._row_properties,
        }

    def strikes(self, style: str | None) -> bool:
        """Return whether a style, or one that it inherits from, strikes text through."""
        for _ in range(16):
            if not style:
                return False
            if style in self._strikes:
                return self._strikes[style]
            style = self._parents.get(style)
        return False

    def is_flat(self, style: str | None) -> bool:
        """Return whether a style makes a row that cannot be seen."""
        return style in self._flat

    def _open(self, given: dict[str, str]) -> None:
        self._style = given.get("style:name", "")
        self._parents[self._style] = given.get("style:parent-style-name", "")

    def _text_properties(self, given: dict[str, str]) -> None:
        names = ("style:text-line-through-style", "style:text-line-through-type")
        kinds = [given[name] for name in names if name in given]
        if kinds:
            self._strikes[self._style] = any(kind != "none" for kind in kinds)

    def _row_properties(self, given: dict[str, str]) -> None:
        if _NO_HEIGHT.fullmatch(given.get("style:row-height", "1")):
            self._flat.add(self._style)
