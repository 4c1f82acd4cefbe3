"""Colours of an Excel workbook as RRGGBB: given outright, by an old number, or by the theme."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping, Sequence

from alliance_check.readers.archive import Archive

_WHITE = "FFFFFF"
_SIX_DIGITS, _MOST = 6, 100
# ECMA-376 part 1, 18.8.27: the colours 8 to 63 in rows of eight; 0 to 7 repeat the first row.
_INDEXED = """
000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF
800000 008000 000080 808000 800080 008080 C0C0C0 808080
9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF
000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF
00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99
3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696
003366 339966 003300 333300 993300 993366 333399 333333
""".split()


def colour(given: Mapping[str, str], theme: Sequence[str]) -> str:
    """Return the colour of an element ``fgColor``; "" for white and for one that is not known.

    >>> colour({"rgb": "FFFF0000"}, ()), colour({"indexed": "13"}, ()), colour({"theme": "9"}, ())
    ('FF0000', 'FFFF00', '')
    >>> colour({"theme": "1", "tint": "0.5"}, ("FFFFFF", "000000"))
    '808080'
    """
    plain = given.get("rgb", "")[-_SIX_DIGITS:].upper()
    if not plain and "indexed" in given:
        number = int(given["indexed"])
        plain = _INDEXED[number - 8 if number >= 8 else number] if 0 <= number < 64 else ""
    elif not plain and "theme" in given:
        number = int(given["theme"])
        plain = theme[number] if 0 <= number < len(theme) else ""
    try:
        parts = [int(plain[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        shown = _tinted(parts, float(given.get("tint", "0")))
    except ValueError:
        return ""
    return "" if shown == _WHITE else shown


def _tinted(parts: Sequence[float], tint: float) -> str:
    hue, light, saturation = colorsys.rgb_to_hls(*parts)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    mixed = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), saturation)
    return "".join(f"{round(part * 255):02X}" for part in mixed)


def theme_colours(archive: Archive, part: str) -> tuple[str, ...]:
    """Return the colours of a theme in the order in which style sheets number them."""
    found: list[str] = []
    within = False

    def enter(_given: dict[str, str]) -> None:
        nonlocal within
        within = True

    def leave() -> None:
        nonlocal within
        within = False

    def add(given: dict[str, str]) -> None:
        if within and len(found) < _MOST:
            found.append(given.get("lastClr") or given.get("val", ""))

    calls = {"clrScheme": enter, "srgbClr": add, "sysClr": add}
    archive.parse(part, calls, {"clrScheme": leave})
    # The theme lists dark before light, twice; style sheets count light before dark.
    return (*found[1::-1], *found[3:1:-1], *found[4:])
