"""Read from the styles of an Excel workbook what its values do not show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from alliance_check.readers.archive import Archive
from alliance_check.readers.limits import Budget
from alliance_check.readers.xlsx.texts import OFF

_PADDED = re.compile(r"0{2,30}")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_DATES = frozenset(map(str, (*range(14, 23), 45, 46, 47)))
"""The numbers of the formats that every program knows as dates and times."""
LONGEST_CODE = 300
# A format code in pieces: a quoted text, a bracket, a character as it is, a gap, anything else.
_FORMAT = re.compile(r'"([^"]*)"?|\[(?:\$([^\]-]*))?[^\]]*\]|\\(.)|[_*].|(.)', re.DOTALL)
_STYLE_BYTES = 250
"""What one style costs in memory, about."""

Colour = Callable[[Mapping[str, str]], str]


@dataclass(frozen=True)
class Styles:
    """What cell styles show that values do not, by the number of the style.

    ``padded`` has the digits that are shown, ``fills`` a colour as RRGGBB, ``formats`` a format
    code with a currency or a unit, ``dates`` whether a number that shows a day is a duration.
    ``marked`` are the styles of which a cell keeps anything.
    """

    struck: frozenset[str] = frozenset()
    padded: dict[str, int] = field(default_factory=dict)
    fills: dict[str, str] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)
    dates: dict[str, bool] = field(default_factory=dict)
    marked: frozenset[str] = frozenset()


class Shown(NamedTuple):
    """What a format code shows of a number: a date, a duration, a unit."""

    date: bool = False
    elapsed: bool = False
    unit: bool = False


def styles_of(archive: Archive, part: str, colour: Colour, budget: Budget) -> Styles:
    """Read the style sheet of a workbook; *colour* turns attributes into RRGGBB."""
    return _StylesPass(colour, budget).read(archive, part)


class _StylesPass:
    """Collects fonts, fills and number formats, and those of each cell style."""

    def __init__(self, colour: Colour, budget: Budget) -> None:
        self._colour, self._spend = colour, budget.spend
        self._fonts: list[bool] = []
        self._fills: list[str] = []
        self._codes: dict[str, str] = {}
        self._styles: list[tuple[str, str, str]] = []
        self._within: set[str] = set()
        self._solid = False

    def read(self, archive: Archive, part: str) -> Styles:
        # Conditional formats have fonts, fills and number formats too, outside these lists.
        lists = ("fonts", "fills", "numFmts", "cellXfs")
        opened = {tag: partial(self._enter, tag) for tag in lists}
        closed = {tag: partial(self._within.discard, tag) for tag in lists}
        calls = {
            "font": self._font,
            "strike": self._strike,
            "fill": self._fill,
            "patternFill": self._pattern,
            "fgColor": self._foreground,
            "numFmt": self._number_format,
            "xf": self._style,
        }
        archive.parse(part, {**opened, **calls}, closed)
        struck = {str(number) for number, is_struck in enumerate(self._fonts) if is_struck}
        filled = {str(number): colour for number, colour in enumerate(self._fills) if colour}
        padded = {key: width for key, code in self._codes.items() if (width := padded_width(code))}
        shown = {key: shown_by(key, self._codes.get(key, "")) for _, _, key in self._styles}
        units = {key: code for key, code in self._codes.items() if shown.get(key, Shown()).unit}
        styles = [(str(number), *style) for number, style in enumerate(self._styles)]
        struck_styles = frozenset(number for number, font, _, _ in styles if font in struck)
        fills = {number: filled[fill] for number, _, fill, _ in styles if fill in filled}
        formats = {number: units[code] for number, _, _, code in styles if code in units}
        return Styles(
            struck_styles,
            {number: padded[code] for number, _, _, code in styles if code in padded},
            fills,
            formats,
            {n: shown[code].elapsed for n, _, _, code in styles if shown[code].date},
            struck_styles | fills.keys() | formats.keys(),
        )

    def _enter(self, tag: str, _given: dict[str, str]) -> None:
        self._within.add(tag)

    def _font(self, _given: dict[str, str]) -> None:
        if "fonts" in self._within:
            self._spend(_STYLE_BYTES)
            self._fonts.append(False)

    def _strike(self, given: dict[str, str]) -> None:
        if "fonts" in self._within and self._fonts:
            self._fonts[-1] = given.get("val", "1") not in OFF

    def _fill(self, _given: dict[str, str]) -> None:
        if "fills" in self._within:
            self._spend(_STYLE_BYTES)
            self._fills.append("")

    def _pattern(self, given: dict[str, str]) -> None:
        self._solid = given.get("patternType") == "solid"

    def _foreground(self, given: dict[str, str]) -> None:
        # A solid fill shows only the colour that is called its foreground.
        if self._solid and "fills" in self._within and self._fills:
            self._fills[-1] = self._colour(given)

    def _number_format(self, given: dict[str, str]) -> None:
        if "numFmts" in self._within:
            code = given.get("formatCode", "")[:LONGEST_CODE]
            self._spend(_STYLE_BYTES + len(code))
            self._codes[given.get("numFmtId", "")] = code

    def _style(self, given: dict[str, str]) -> None:
        if "cellXfs" in self._within:
            self._spend(_STYLE_BYTES)
            font, fill, code = (given.get(key, "") for key in ("fontId", "fillId", "numFmtId"))
            self._styles.append((font, fill, code))


def padded_width(code: str) -> int:
    """Return how many digits a format shows at the least, 0 where it adds no zeros."""
    first = code.partition(";")[0]
    return len(first) if _PADDED.fullmatch(first) else 0


def shown_by(number: str, code: str) -> Shown:
    """Return what a format shows: one of those that every program knows, or one with a code.

    >>> [shown_by("", c).unit for c in ('"NOK" #,##0', "[$kr-414] #,##0", "#,##0 €", '0.0 "k€"')]
    [True, True, True, True]
    >>> [shown_by("", c).unit for c in ("#,##0.00", "[Red]-0", "[$-414]d. mmm", '0;;"-"')]
    [False, False, False, False]
    >>> [shown_by("", c).date for c in ("d.m.yyyy", "[$-414]d. mmm", '0 "days"', "General")]
    [True, True, False, False]
    >>> shown_by("14", "").date, shown_by("", "[h]:mm"), shown_by("2", "")
    (True, Shown(date=True, elapsed=True, unit=False), Shown(date=False, elapsed=False, unit=False))
    """
    pieces = _FORMAT.findall(code)
    plain = "".join(piece for *_, piece in pieces).lower().replace("general", "0")
    elapsed = bool(_ELAPSED.search(code)) or number == "46"
    if elapsed or number in _DATES or set(plain) & set("dmyhs"):
        return Shown(date=True, elapsed=elapsed)
    if not set(plain) & set("0#?"):
        return Shown()
    said = "".join(text + currency + escaped for text, currency, escaped, _ in pieces)
    unit = any(map(str.isalpha, said)) or "Sc" in map(unicodedata.category, said + plain)
    return Shown(unit=unit)
