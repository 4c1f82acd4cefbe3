"""Name cells that hold two organisations, as "Liceo Colle / ENAIP" does.

What stands behind a slash may as well be the same organisation in another language, its short
form, a department, a place or a role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

from alliance_check.model.consortium import Role
from alliance_check.text.folding import fold
from alliance_check.text.tables import meanings
from alliance_check.vocabulary.countries import read_country
from alliance_check.vocabulary.nobody import only_common_words
from alliance_check.vocabulary.types import read_kinds
from alliance_check.vocabulary.words import read_presence, read_role

_BETWEEN = re.compile(r"\s/\s*|\s*/\s|(?<=[^\W\d_]{3})/(?=[^\W\d_]{3})")
_ADDED = re.compile(r"\s\+\s|\s*[;|]\s*")
"""What joins two organisations, and no two names of one."""
_JOINS = frozenset("/+;|")
"""A name without any of these signs is that of one organisation."""
_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_WORDS = re.compile(r"[^\W_]+")
_LONGEST = 200  # letters
_SHORTEST, _SHORTEST_SHARED = 3, 4
_SHARED = 5  # letters that a word has in two languages: "Vilnius", "Vilniaus"
_SIMILAR, _TRANSLATED = 0.75, 0.5
"""How much of two names is the same in one organisation, and where they are in two languages."""


@lru_cache(maxsize=4096)
def names_two(name: str) -> bool:
    """Say whether a name cell names two organisations, so that nobody knows which one is meant.

    >>> names_two("Liceo Colle / ENAIP"), names_two("Liceo Colle / Liceo Valle")
    (True, True)
    >>> names_two("NTNU / Norges teknisk-naturvitenskapelige universitet")
    False
    >>> names_two("Universität Wien / University of Vienna"), names_two("Nordkraft AS / Norway")
    (False, False)
    """
    if len(name) > _LONGEST or _JOINS.isdisjoint(name):
        return False
    plain = _BRACKETS.sub(" ", name)
    if len(_bodies(_ADDED.split(plain))) > 1:
        return True
    parts = _bodies(_BETWEEN.split(plain))
    return any(not _one_body(one, other) for one, other in combinations(parts, 2))


def _bodies(parts: list[str]) -> list[str]:
    """Return which of several parts may be organisations; nothing has to be read for only one."""
    return [part for part in parts if _names_a_body(part)] if len(parts) > 1 else parts


def _names_a_body(part: str) -> bool:
    """Say whether a part of a name may be an organisation: no country, role, kind or department."""
    words = _WORDS.findall(part)
    if sum(c.isalpha() for c in part) < _SHORTEST or read_country(part) or only_common_words(words):
        return False
    said = read_role(part) is not Role.UNKNOWN or read_presence(part) is not None
    within = meanings("nobody-words.csv")["unit"].keys() & set(map(fold, words))
    return not (said or read_kinds(part).kinds or within)


def _one_body(one: str, other: str) -> bool:
    """Say whether two names may be one organisation: alike, or the short form of the other.

    A single word behind a longer name may be its place; a name of common words only explains the
    other one.
    """
    if _abbreviates(one, other) or _abbreviates(other, one):
        return True
    words = [set(_WORDS.findall(fold(text))) for text in (one, other)]
    place = min(map(len, words)) == 1 < max(map(len, words))
    if place and not (one.strip().isupper() or other.strip().isupper()):
        return True
    own = [dict.fromkeys(_own_words(text)) for text in (one, other)]
    begin = [{word[:_SHARED] for word in named if len(word) >= _SHARED} for named in own]
    if not all(own) or own[0].keys() & own[1].keys() or begin[0] & begin[1]:
        return True
    common = [known - named.keys() for known, named in zip(words, own, strict=True)]
    translated = all(common) and common[0].isdisjoint(common[1])
    from difflib import SequenceMatcher  # rarely needed: only where a name has a slash

    first, second = (one, other) if translated else map(" ".join, own)
    alike = SequenceMatcher(None, fold(first), fold(second)).ratio()
    return bool(alike > (_TRANSLATED if translated else _SIMILAR))


def _own_words(text: str) -> Iterator[str]:
    """Yield the longer words of a name that not anybody could have."""
    for word in _WORDS.findall(text):
        long = len(word) >= _SHORTEST_SHARED or (len(word) >= _SHORTEST and word.isupper())
        if long and not only_common_words([word]):
            yield fold(word)


def _abbreviates(short: str, long: str) -> bool:
    """Say whether a name is in capitals, and its letters stand in the other one in this order."""
    letters = "".join(c for c in short if c.isalpha())
    if not letters.isupper() or " " in short.strip():
        return False
    rest = iter(fold(long))
    return fold(long)[:1] == fold(letters)[:1] and all(letter in rest for letter in fold(letters))
