"""Read which styles of a LibreOffice workbook strike text, fill cells or hide rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from alliance_check.readers.limits import Budget

_COLOUR = re.compile("[0-9A-F]{6}")
_GENERATIONS = 16
_STYLE_BYTES = 600
"""What one style costs in memory, about."""
_Value = TypeVar("_Value")
_NO_HEIGHT = re.compile(r"0(?:\.0*)?[a-z]*")


class OdsStyles:
    """Which styles strike text through, fill cells or have no height, with what they inherit."""

    def __init__(self, budget: Budget) -> None:
        self._spend = budget.spend
        self._parents: dict[str, str] = {}
        self._strikes: dict[str, bool] = {}
        self._fills: dict[str, str] = {}
        self._flat: set[str] = set()
        self._hidden: set[str] = set()
        self._style = ""

    def opened(self) -> dict[str, Callable[[dict[str, str]], None]]:
        """Return what to call when elements begin."""
        return {
            "style": self._open,
            "text-properties": self._text_properties,
            "table-cell-properties": self._cell_properties,
            "table-row-properties": self._row_properties,
            "table-properties": self._table_properties,
        }

    def strikes(self, style: str | None) -> bool:
        """Return whether a style, or one that it inherits from, strikes text through."""
        return self._inherited(self._strikes, style) or False

    def fill(self, style: str | None) -> str:
        """Return the colour behind a cell of this style as RRGGBB; "" for none and for white."""
        return (self._inherited(self._fills, style) or "") if self._fills else ""

    def _inherited(self, of: Mapping[str, _Value], style: str | None) -> _Value | None:
        for _ in range(_GENERATIONS):
            if not style:
                return None
            if style in of:
                return of[style]
            style = self._parents.get(style)
        return None

    def hides(self, style: str | None) -> bool:
        """Return whether a style hides a sheet."""
        return style in self._hidden

    def is_flat(self, style: str | None) -> bool:
        """Return whether a style makes a row that cannot be seen."""
        return style in self._flat

    def _open(self, given: dict[str, str]) -> None:
        self._spend(_STYLE_BYTES)
        self._style = given.get("style:name", "")
        self._parents[self._style] = given.get("style:parent-style-name", "")

    def _text_properties(self, given: dict[str, str]) -> None:
        names = ("style:text-line-through-style", "style:text-line-through-type")
        kinds = [given[name] for name in names if name in given]
        if kinds:
            self._strikes[self._style] = any(kind != "none" for kind in kinds)

    def _cell_properties(self, given: dict[str, str]) -> None:
        if "fo:background-color" in given:
            colour = given["fo:background-color"].removeprefix("#").upper()
            is_seen = _COLOUR.fullmatch(colour) and colour != "FFFFFF"
            self._fills[self._style] = colour if is_seen else ""

    def _row_properties(self, given: dict[str, str]) -> None:
        if _NO_HEIGHT.fullmatch(given.get("style:row-height", "1")):
            self._flat.add(self._style)

    def _table_properties(self, given: dict[str, str]) -> None:
        if given.get("table:display") == "false":
            self._hidden.add(self._style)
