"""Names that are proper names and nothing else, found by their words.

A table of many consortia has a hundred thousand different names, and a dozen readers look into
each of them for a role, a status, a placeholder, a total. A name is plain where its words prove
that none of them would find anything; every other name is read by all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from alliance_check.text.folding import fold
from alliance_check.text.tables import meanings
from alliance_check.vocabulary.country_names import table
from alliance_check.vocabulary.headers import header_spellings
from alliance_check.vocabulary.nobody import PLACED_IN, is_proper_noun
from alliance_check.vocabulary.words import all_words

_SHORTEST = 4
"""Letters of a word that makes a name one; shorter words may be the code of anything."""
_LONGEST = 120
_PLAIN = re.compile(r"[^\W_]++(?:['’&-][^\W_]++)*+|&")
"""A word, perhaps with single signs in it: no bracket, no dash, no comma."""
_SAME_LETTER = re.compile(r"([^\W\d_])\1+")
_TELLING = frozenset(
    [
        *("ev", "evt", "evtl", "event", "poss", "prob"),  # perhaps
        *("tba", "tbc", "tbd", "tbn", "be"),  # to be confirmed
        *("or", "eller", "oder", "ou", "lub", "albo", "sau", "η", "tai", "vs", "versus", "o"),
        *("ap", "ae", "sub"),  # a role behind a hyphen
        *("istituto", "liceo", "universita", "universidad", "escuela", "empresa", "azienda"),
        *("scuola", "centro", "hogeschool", "universiteit", "roc", "mbo", "bedrijf"),
    ]
)
"""Words beside which a proper noun proves nothing, or one of which may part two names."""


class PlainNames:
    """Knows names by their words; each distinct word is looked up once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, int]] = {}

    def folded(self, name: str) -> str | None:
        """Return a plain name as it is compared; None where it is not proved to be one.

        >>> names = PlainNames()
        >>> names.folded("Nordhaug Verft"), names.folded("Nordhaug (tbc)"), names.folded("VET 1")
        ('nordhaug verft', None, None)
        """
        if len(name) > _LONGEST:
            return None
        known, plain, proper = self._known, [], False
        for word in name.split(" "):
            found = known.get(word)
            if found is None:
                found = known[word] = _read(word)
            if found[1] < 0:
                return None
            plain.append(found[0])
            proper = proper or found[1] > 0
        return " ".join(filter(None, plain)) if proper else None


def _read(word: str) -> tuple[str, int]:
    """Return a word as it is compared, and what the worst of its parts makes of a name."""
    if _PLAIN.fullmatch(word) is None:
        return "", -1
    parts = [_makes(part) for part in fold(word).split(" ")]
    return fold(word), -1 if -1 in parts else max(parts)


def _makes(word: str) -> int:
    """Return 1 for a word that makes a name plain, -1 for one beside which no name is."""
    if word in _TELLING or word in _words_of_doubt() or (word[2:] and _SAME_LETTER.fullmatch(word)):
        return -1
    own = len(word) >= _SHORTEST and word.isalpha() and word not in _known_words()
    return int(own and is_proper_noun(word))


@cache
def _words_of_doubt() -> frozenset[str]:
    first = (word for spelling in all_words()["first"] for word in spelling.split())
    asks = (spelling.partition(" ")[0] for spelling in meanings("question-words.csv")["ask"])
    near = meanings("nobody-words.csv")["nearness"]
    return frozenset([*first, *asks, *near, *map(fold, PLACED_IN)])


@cache
def _known_words() -> frozenset[str]:
    """Return every word that stands in any spelling that a reader of names knows."""
    return frozenset(word for spelling in _spellings() for word in spelling.split())


def _spellings() -> Iterator[str]:
    for spellings in all_words().values():
        yield from spellings
    for name in ("role-and-status.csv", "nobody-words.csv", "type-words.csv", "remarks.csv"):
        for known in meanings(name).values():
            yield from known
    yield from table().names
    yield from header_spellings()
    yield from ("participant", "beneficiary", "partner", "partners")
