"""Compare spellings without regard to case, accents, punctuation and spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart, written as people write them without accents.
_LETTERS = {
    "ø": "o",
    "æ": "ae",
    "œ": "oe",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ŋ": "n",
}

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0f\ufeff]")
"""Characters that take no room: soft hyphens, joiners, marks of direction and of byte order."""
_BETWEEN = re.compile(r"[^a-z0-9]+")
_SHORT = 500
"""Of longer texts few are remembered: letters may grow eighteenfold when they are folded."""


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
    return _short(text) if len(text) <= _SHORT else _long(text)


def _folded(text: str) -> str:
    if text.isascii():
        return _BETWEEN.sub(" ", text.lower()).strip()
    spread = unicodedata.normalize("NFKD", text).casefold()
    plain = unicodedata.normalize("NFKD", spread)
    # A text has few different letters, however long it is: whole tables are folded at once.
    for letter in set(plain):
        if letter in _LETTERS or unicodedata.combining(letter):
            plain = plain.replace(letter, _LETTERS.get(letter, ""))
        elif not letter.isalnum():
            plain = plain.replace(letter, " ")
    return " ".join(plain.split())


_short = lru_cache(maxsize=8192)(_folded)
_long = lru_cache(maxsize=32)(_folded)
