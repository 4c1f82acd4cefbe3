"""How two spellings are compared: case, accents, punctuation and spaces do not matter."""

from __future__ import annotations

import unicodedata

# Letters that Unicode does not take apart, written as people write them without accents.
_LETTERS = str.maketrans(
    {"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "n"}
)


def fold(text: str) -> str:
    r"""Return the text as it is compared: small plain letters, digits and single spaces.

    >>> fold("  Høyere yrkesfaglig\n utdanning*")
    'hoyere yrkesfaglig utdanning'
    >>> fold("Türkiye") == fold("TURKIYE")
    True
    >>> fold("Ελλάδα")
    'ελλαδα'
    >>> fold("Trade-union / association")
    'trade union association'
    """
    if text.isascii():
        plain = text.lower()
    else:
        spread = unicodedata.normalize("NFKD", text).casefold()
        spread = unicodedata.normalize("NFKD", spread)
        plain = "".join(c for c in spread if not unicodedata.combining(c)).translate(_LETTERS)
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())
