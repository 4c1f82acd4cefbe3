"""Read from styles and shared texts of an Excel workbook what its values do not show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from alliance_check.readers.xml import run

_PADDED = re.compile(r"0{2,30}")
# A format code in pieces: a quoted text, a bracket, a character as it is, a gap, anything else.
_FORMAT = re.compile(r'"([^"]*)"?|\[(?:\$([^\]-]*))?[^\]]*\]|\\(.)|[_*].|(.)', re.DOTALL)
_MOST_NEEDLES = 40
"""Beyond so many styles it costs less to parse a sheet than to search it for each of them."""
_OFF = frozenset({"0", "false", "off", "none"})
# How Excel writes a character that XML cannot hold, such as a carriage return.
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_TEXT_BYTES = 200
"""What a struck-through text costs in memory on top of its characters, about."""

Colour = Callable[[Mapping[str, str]], str]
Unstruck = dict[int, str | None]
"""The rest of each shared text that is struck through, None where nothing is left of it."""


@dataclass(frozen=True)
class Styles:
    """What cell styles show that values do not, by the number of the style.

    ``padded`` has the digits that are shown, ``fills`` a colour as RRGGBB, ``formats`` a format
    code with a currency or a unit.
    """

    struck: frozenset[str] = frozenset()
    padded: dict[str, int] = field(default_factory=dict)
    fills: dict[str, str] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)

    def needles(self) -> tuple[bytes, ...]:
        """Return the bytes that show in a sheet when a cell has such a style."""
        numbers = {*self.struck, *self.padded, *self.fills, *self.formats}
        if len(numbers) > _MOST_NEEDLES:
            return (b' s="',)
        return tuple(f' s="{number}"'.encode() for number in numbers)


def styles_of(pieces: Iterable[bytes], name: str, colour: Colour) -> Styles:
    """Read the style sheet of a workbook; *colour* turns attributes into RRGGBB."""
    return _StylesPass(colour).read(pieces, name)


class _StylesPass:
    """Collects fonts, fills and number formats, and those of each cell style."""

    def __init__(self, colour: Colour) -> None:
        self._colour = colour
        self._fonts: list[bool] = []
        self._fills: list[str] = []
        self._codes: dict[str, str] = {}
        self._styles: list[tuple[str, str, str]] = []
        self._within: set[str] = set()
        self._solid = False

    def read(self, pieces: Iterable[bytes], name: str) -> Styles:
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
        run(pieces, name, {**opened, **calls}, closed)
        struck = {str(number) for number, is_struck in enumerate(self._fonts) if is_struck}
        filled = {str(number): colour for number, colour in enumerate(self._fills) if colour}
        padded = {key: width for key, code in self._codes.items() if (width := _width(code))}
        units = {key: code for key, code in self._codes.items() if shows_unit(code)}
        styles = [(str(number), *style) for number, style in enumerate(self._styles)]
        return Styles(
            frozenset(number for number, font, _, _ in styles if font in struck),
            {number: padded[code] for number, _, _, code in styles if code in padded},
            {number: filled[fill] for number, _, fill, _ in styles if fill in filled},
            {number: units[code] for number, _, _, code in styles if code in units},
        )

    def _enter(self, tag: str, _given: dict[str, str]) -> None:
        self._within.add(tag)

    def _font(self, _given: dict[str, str]) -> None:
        if "fonts" in self._within:
            self._fonts.append(False)

    def _strike(self, given: dict[str, str]) -> None:
        if "fonts" in self._within and self._fonts:
            self._fonts[-1] = given.get("val", "1") not in _OFF

    def _fill(self, _given: dict[str, str]) -> None:
        if "fills" in self._within:
            self._fills.append("")

    def _pattern(self, given: dict[str, str]) -> None:
        self._solid = given.get("patternType") == "solid"

    def _foreground(self, given: dict[str, str]) -> None:
        # A solid fill shows only the colour that is called its foreground.
        if self._solid and "fills" in self._within and self._fills:
            self._fills[-1] = self._colour(given)

    def _number_format(self, given: dict[str, str]) -> None:
        if "numFmts" in self._within:
            self._codes[given.get("numFmtId", "")] = given.get("formatCode", "")

    def _style(self, given: dict[str, str]) -> None:
        if "cellXfs" in self._within:
            font, fill, code = (given.get(key, "") for key in ("fontId", "fillId", "numFmtId"))
            self._styles.append((font, fill, code))


def _width(code: str) -> int:
    first = code.partition(";")[0]
    return len(first) if _PADDED.fullmatch(first) else 0


def shows_unit(code: str) -> bool:
    """Return whether a format code shows a number with a currency or a unit.

    >>> [shows_unit(c) for c in ('"NOK" #,##0', "[$kr-414] #,##0", "#,##0 €", '0.0 "k€"')]
    [True, True, True, True]
    >>> [shows_unit(c) for c in ("#,##0.00", "[Red]-0", "[$-414]d. mmm", 'd" de "mmm', '0;;"-"')]
    [False, False, False, False, False]
    """
    pieces = _FORMAT.findall(code)
    plain = "".join(piece for *_, piece in pieces).lower().replace("general", "0")
    if set(plain) & set("dmyhs") or not set(plain) & set("0#?"):
        return False
    said = "".join(text + currency + escaped for text, currency, escaped, _ in pieces)
    return any(map(str.isalpha, said)) or "Sc" in map(unicodedata.category, said + plain)


class Runs:
    """The runs of one text, each of which may be struck through."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, bool]] = []
        self._struck = self._read = False
        self._phonetic = False

    def begin(self, _given: dict[str, str] | None = None) -> None:
        """Begin a text."""
        self._runs, self._struck, self._phonetic = [], False, False

    def text(self, text: str) -> None:
        """Add to the run that is open."""
        if self._read and not self._phonetic:
            self._runs.append((text, self._struck))

    def left(self) -> tuple[bool, str]:
        """Return whether all of the text is struck through, and what is left of it."""
        left = "".join(text for text, struck in self._runs if not struck)
        is_struck = any(struck for _, struck in self._runs) and not left.strip()
        return is_struck, _ESCAPED.sub(lambda found: chr(int(found[1], 16)), left)

    def partly(self) -> bool:
        """Return whether any of the text is struck through."""
        return any(struck for _, struck in self._runs)

    def opened(self) -> dict[str, Callable[[dict[str, str]], None]]:
        """Return what to call when elements begin."""
        return {"r": self._run, "strike": self._strike, "t": self._open, "rPh": self._open_phonetic}

    def closed(self) -> dict[str, Callable[[], None]]:
        """Return what to call when elements end."""
        return {"t": self._close, "rPh": self._close_phonetic}

    def _run(self, _given: dict[str, str]) -> None:
        self._struck = False

    def _strike(self, given: dict[str, str]) -> None:
        self._struck = given.get("val", "1") not in _OFF

    def _open(self, _given: dict[str, str]) -> None:
        self._read = True

    def _close(self) -> None:
        self._read = False

    # The pronunciation of a text is written next to it and is no part of it.
    def _open_phonetic(self, _given: dict[str, str]) -> None:
        self._phonetic = True

    def _close_phonetic(self) -> None:
        self._phonetic = False


def struck_texts(pieces: Iterable[bytes], name: str, spend: Callable[[int], None]) -> Unstruck:
    """Return the shared texts that are struck through, wholly or in part."""
    found: Unstruck = {}
    runs = Runs()
    number = -1

    def entry(_given: dict[str, str]) -> None:
        nonlocal number
        number += 1
        runs.begin()

    def leave() -> None:
        if runs.partly():
            is_struck, left = runs.left()
            found[number] = None if is_struck else left
            spend(_TEXT_BYTES + 4 * len(left))

    run(pieces, name, {**runs.opened(), "si": entry}, {**runs.closed(), "si": leave}, runs.text)
    return found
