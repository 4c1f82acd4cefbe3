"""Text from a sheet, made harmless for a terminal and for whoever reads the output.

Control characters could drive a terminal, bidirectional marks could show a sentence in another
order than it stands in, a line break could pass for a line of our own, half a surrogate pair
cannot be written at all, and some marks are commands to build servers. All of them, and the
characters that nobody sees, are shown by number.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

Json = dict[str, Any]
"""An object of JSON."""

# Control characters, soft hyphen, direction marks and embeddings, zero-width space and joiners
# of words, line and paragraph separators, byte order mark, interlinear marks, surrogates, tags.
# The zero-width joiners of letters (U+200C, U+200D) stay: Persian and emoji need them.
UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
# What build servers take for a command to them: at the start of a line, which a line break that we
# make may be, or anywhere in it.
_COMMAND = re.compile(r":(?=:[A-Za-z])|#(?=#(?:\[|vso\[))")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}

# What has a customary plain form; letters that Unicode does not take apart among them.
_PLAIN = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "·": "-",
        "•": "-",
        "…": "...",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "→": "->",
        "≥": ">=",
        "≤": "<=",
        "×": "x",
        "€": "EUR",
        "\xa0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "ø": "o",
        "Ø": "O",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "Ð": "D",
        "þ": "th",
        "Þ": "Th",
        "ß": "ss",
        "ı": "i",
    }
)


def visible(text: str) -> str:
    r"""Return the text on one line, with every unsafe character shown by its number.

    >>> print(visible("Uni\x1b[31m\n\u202eGermany"))
    Uni\x1b[31m\n\u202eGermany
    >>> print(visible("::error::Uni ##[add-path]"), visible("std: :x, C##"))
    \x3a:error\x3a:Uni \x23#[add-path] std: :x, C##
    """
    if "::" in text or "##" in text:
        text = _COMMAND.sub(_shown, text)
    return text if text.isprintable() else UNSAFE.sub(_shown, text)


def ascii_only(text: str) -> str:
    r"""Return the text in ASCII: plain forms where there are any, numbers for the rest.

    >>> print(ascii_only("Høyskolen i Évora – 3–4 · Ελλ"))
    Hoyskolen i Evora - 3-4 - \u0395\u03bb\u03bb
    """
    if text.isascii():
        return text
    spread = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    plain = "".join(c for c in spread if not unicodedata.combining(c))
    return plain.encode("ascii", "backslashreplace").decode("ascii")


def json_safe(dumped: str) -> str:
    r"""Return dumped JSON with the unsafe characters in its strings as JSON escapes.

    Line breaks stay, since ``json.dumps`` escapes those of strings itself.

    >>> print(json_safe('"\u202eevil\x9b"'))
    "\u202eevil\u009b"
    """
    if "##" in dumped:  # in JSON no line starts with text of a sheet
        dumped = _COMMAND.sub(_json_escape, dumped)
    return UNSAFE.sub(_json_escape, dumped)


def json_text(value: object, indent: str = "") -> str:
    """Return a value as harmless JSON, its lines but the first indented."""
    import json

    dumped = json.dumps(value, ensure_ascii=False, indent=2)
    return json_safe(dumped).replace("\n", f"\n{indent}")


def ascii_json(text: str) -> str:
    r"""Return JSON text with everything beyond ASCII as JSON escapes.

    >>> print(ascii_json('"Bø"'))
    "B\u00f8"
    """
    return text if text.isascii() else _BEYOND_ASCII.sub(_json_escape, text)


def ascii_markup(text: str) -> str:
    r"""Return HTML with everything beyond ASCII as character references.

    >>> print(ascii_markup("<b>Bø</b>"))
    <b>B&#248;</b>
    """
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _shown(match: re.Match[str]) -> str:
    character = match.group()
    number = ord(character)
    if number > 0xFFFF:
        return f"\\U{number:08x}"
    return _SHORT.get(character, f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}")


def _json_escape(match: re.Match[str]) -> str:
    character = match.group()
    if character == "\n":
        return character
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
