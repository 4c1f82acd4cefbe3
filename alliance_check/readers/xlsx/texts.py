"""Read the texts that cells share; each may be in several runs, some of them struck through."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from alliance_check.readers.archive import Archive
from alliance_check.readers.limits import Budget, too_long
from alliance_check.readers.plain_xml import TEXT, Plain, meant

OFF = frozenset({"0", "false", "off", "none"})
# How Excel writes a character that XML cannot hold, such as a carriage return.
_ESCAPED = re.compile("_x((?!D[89A-Fa-f])[0-9A-Fa-f]{4})_", re.IGNORECASE)
_ESCAPE = 7
"""How many characters one that is escaped takes."""
_START = re.compile(rb'<sst(?: [A-Za-z_][A-Za-z0-9_:.-]*+="[^"<&>]*+")*+>')
_ITEM = re.compile(rf'<si><t(?: xml:space="preserve")?>({TEXT})</t></si>')
_TEXT_BYTES, _STRUCK_BYTES = 64, 200


class Shared(NamedTuple):
    """The texts that cells share by their number.

    ``struck`` has what is left of those that are struck through, None where nothing is.
    """

    texts: list[str]
    struck: dict[int, str | None]


def unescaped(text: str) -> str:
    r"""Return a text with the characters that XML cannot hold.

    >>> unescaped("two_x000D_lines"), unescaped("_xD83D_")
    ('two\rlines', '_xD83D_')
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class Runs:
    """The runs of one text, each of which may be struck through.

    :raises TooLarge: from what adds to it, when it is far longer than *longest* characters.
    """

    def __init__(self, refused: Exception, longest: int) -> None:
        self._refused, self._longest, self._length = refused, _ESCAPE * longest, 0
        self._runs: list[str] = []
        self._left: list[str] = []
        self._struck = self._read = self._phonetic = False

    def begin(self, _given: dict[str, str] | None = None) -> None:
        """Begin a text."""
        if self._runs:
            self._runs, self._left = [], []
        self._length = 0
        self._struck = self._phonetic = False

    def text(self, text: str) -> None:
        """Add to the run that is open."""
        self._length += len(text)
        if self._length > self._longest:
            raise self._refused
        if self._read and not self._phonetic:
            self._runs.append(text)
            if not self._struck:
                self._left.append(text)

    def whole(self) -> str:
        """Return the text, with what is struck through."""
        return unescaped("".join(self._runs))

    def left(self) -> str:
        """Return what is not struck through."""
        return unescaped("".join(self._left))

    def is_partly_struck(self) -> bool:
        """Return whether any of the text is struck through."""
        return len(self._left) < len(self._runs)

    def opened(self) -> dict[str, Callable[[dict[str, str]], None]]:
        """Return what to call when elements begin."""
        return {"r": self._run, "strike": self._strike, "t": self._open, "rPh": self._open_phonetic}

    def closed(self) -> dict[str, Callable[[], None]]:
        """Return what to call when elements end."""
        return {"t": self._close, "rPh": self._close_phonetic}

    def _run(self, _given: dict[str, str]) -> None:
        self._struck = False

    def _strike(self, given: dict[str, str]) -> None:
        self._struck = given.get("val", "1") not in OFF

    def _open(self, _given: dict[str, str]) -> None:
        self._read = True

    def _close(self) -> None:
        self._read = False

    # The pronunciation of a text is written next to it and is no part of it.
    def _open_phonetic(self, _given: dict[str, str]) -> None:
        self._phonetic = True

    def _close_phonetic(self) -> None:
        self._phonetic = False


def shared_texts(archive: Archive, part: str, budget: Budget) -> Shared:
    """Return the texts that cells share."""
    shared = Shared([], {})
    longest, refused = archive.limits.cell, too_long(archive.name, "", archive.limits)
    runs = Runs(refused, longest)

    def add(text: str) -> None:
        if len(text) > longest:
            raise refused
        budget.spend(_TEXT_BYTES + len(text))
        shared.texts.append(text)

    def leave() -> None:
        text = runs.whole()
        if runs.is_partly_struck():
            left = runs.left()
            budget.spend(_STRUCK_BYTES + len(left))
            shared.struck[len(shared.texts)] = left if left.strip() else None
        add(text)

    def take(found: re.Match[str]) -> None:
        add(unescaped(meant(found[1])))

    calls = {**runs.opened(), "si": runs.begin}
    plain = Plain(_START, _ITEM, b"</si>", take)
    archive.parse_around(plain, part, calls, {**runs.closed(), "si": leave}, runs.text)
    return shared
