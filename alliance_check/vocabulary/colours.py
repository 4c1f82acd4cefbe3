"""Name colours as people do, so that a legend in words fits the fills of cells."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from functools import cache

from alliance_check.text.folding import fold
from alliance_check.text.phrases import phrases

_GREY = 0.12
"""Saturation below which a colour is grey."""
_HUES = ((15, "red"), (45, "orange"), (70, "yellow"), (170, "green"), (260, "blue"))
_PURPLE, _REDDISH = 320, "red"
_LEGEND = re.compile(r"^\s*\w+\s*=\s*\S")
_SEPARATED = re.compile(r"^\s*(\w+)\s*(?:[=:→–—-]+|->)\s*(.+)$")


def colour_name(code: str) -> str:
    """Return the name of a colour given as RRGGBB.

    >>> [colour_name(code) for code in ("FF0000", "FFC7CE", "FFFF00", "92D050", "D9D9D9")]
    ['red', 'red', 'yellow', 'green', 'grey']
    """
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, _, _ = colorsys.rgb_to_hls(red, green, blue)
    if max(red, green, blue) - min(red, green, blue) < _GREY:
        return "grey"
    degrees = 360 * hue
    if degrees >= _PURPLE:
        return _REDDISH
    return next((name for limit, name in _HUES if degrees < limit), "purple")


def colour_meaning(text: str) -> tuple[str, str] | None:
    """Return the colour that a legend begins with and what it says of it; None if it has none.

    >>> colour_meaning("Rød = ikke bekreftet"), colour_meaning("Redaction: Anna")
    (('red', 'ikke bekreftet'), None)
    """
    found = _SEPARATED.match(text)
    name = _names().get(fold(found[1])) if found else None
    return (name, found[2].strip()) if found and name else None


def explains_signs(text: str) -> bool:
    """Say whether a text has the form of a legend, as "žlutá = zatím nepotvrzeno" has."""
    return _LEGEND.match(text) is not None


@cache
def _names() -> Mapping[str, str]:
    rows = phrases("colours.csv")
    return {word: colour for colour, _, words in rows for word in words}
