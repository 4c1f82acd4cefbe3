"""What the styles and texts of an Excel workbook say that its values do not show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from alliance_check.readers.xml import run

_PADDED = re.compile(r"0{2,30}")
_OFF = frozenset({"0", "false", "off", "none"})
# How Excel writes a character that XML cannot hold, such as a carriage return.
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_TEXT_BYTES = 200
"""What a text that is struck through costs beside itself."""

Left = dict[int, str | None]
"""By the number of a shared text what is left of it: None when all of it is struck through."""


@dataclass(frozen=True)
class Styles:
    """The numbers of the cell styles that strike text through, and that pad with zeros."""

    struck: frozenset[str] = frozenset()
    padded: dict[str, int] = field(default_factory=dict)

    def needles(self) -> tuple[bytes, ...]:
        """Return the bytes that show in a sheet when a cell has such a style."""
        return tuple(f' s="{number}"'.encode() for number in {*self.struck, *self.padded})


def styles_of(pieces: Iterable[bytes], name: str) -> Styles:
    """Return what the style sheet of a workbook says."""
    fonts: list[bool] = []
    formats: dict[str, int] = {}
    styles: list[tuple[str, str]] = []
    within: set[str] = set()

    def font(_given: dict[str, str]) -> None:
        if "fonts" in within:
            fonts.append(False)

    def strike(given: dict[str, str]) -> None:
        if "fonts" in within and fonts:
            fonts[-1] = given.get("val", "1") not in _OFF

    def number_format(given: dict[str, str]) -> None:
        code = given.get("formatCode", "").partition(";")[0]
        if _PADDED.fullmatch(code):
            formats[given.get("numFmtId", "")] = len(code)

    def style(given: dict[str, str]) -> None:
        if "cellXfs" in within:
            styles.append((given.get("fontId", ""), given.get("numFmtId", "")))

    lists = ("fonts", "cellXfs")
    opened = {tag: partial(_enter, within, tag) for tag in lists}
    closed = {tag: partial(within.discard, tag) for tag in lists}
    calls = {"font": font, "strike": strike, "numFmt": number_format, "xf": style}
    run(pieces, name, {**opened, **calls}, closed)
    struck = {str(number) for number, is_struck in enumerate(fonts) if is_struck}
    numbered = list(enumerate(styles))
    return Styles(
        frozenset(str(n) for n, (of_font, _) in numbered if of_font in struck),
        {str(n): formats[code] for n, (_, code) in numbered if code in formats},
    )


def _enter(within: set[str], tag: str, _given: dict[str, str]) -> None:
    within.add(tag)


class Runs:
    """The runs of one text, each of which may be struck through."""

    def __init__(self) -> None:
        self._runs: list[tuple[str, bool]] = []
        self._struck = self._read = False
        self._silent = False

    def begin(self, _given: dict[str, str] | None = None) -> None:
        """Begin a text."""
        self._runs, self._struck, self._silent = [], False, False

    def text(self, text: str) -> None:
        """Add to the run that is open."""
        if self._read and not self._silent:
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
        return {"r": self._run, "strike": self._strike, "t": self._open, "rPh": self._hush}

    def closed(self) -> dict[str, Callable[[], None]]:
        """Return what to call when elements end."""
        return {"t": self._close, "rPh": self._speak}

    def _run(self, _given: dict[str, str]) -> None:
        self._struck = False

    def _strike(self, given: dict[str, str]) -> None:
        self._struck = given.get("val", "1") not in _OFF

    def _open(self, _given: dict[str, str]) -> None:
        self._read = True

    def _close(self) -> None:
        self._read = False

    # How a text is pronounced stands beside it and is no part of it.
    def _hush(self, _given: dict[str, str]) -> None:
        self._silent = True

    def _speak(self) -> None:
        self._silent = False


def struck_texts(pieces: Iterable[bytes], name: str, spend: Callable[[int], None]) -> Left:
    """Return the shared texts that are struck through, wholly or in part."""
    found: Left = {}
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
