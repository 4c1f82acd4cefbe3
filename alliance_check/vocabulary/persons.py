"""Texts that are nothing but a person: by a function, or by a title or initials and a name."""

from __future__ import annotations

import re

from alliance_check.text.folding import fold
from alliance_check.vocabulary.countries import read_country
from alliance_check.vocabulary.words import words_of

_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,3}[^\W\d_][\w'’-]+(?:\s[^\W\d_][\w'’-]+)?")
_MOST_NAMES = 3


def is_person(text: str) -> bool:
    """Say whether a text is a person by function, title or initials; a name may be anybody.

    >>> [is_person(text) for text in ("CEO", "Rektor Vik", "P. Weis", "Sra. Vega", "Dr")]
    [True, True, True, True, False]
    >>> [is_person(text) for text in ("Anna Vik", "new rector")]
    [False, False]
    """
    if _INITIALS.fullmatch(text) is not None:
        return read_country(text) is None
    words = text.split()
    for number in range(len(words), 0, -1):
        title, names = fold(" ".join(words[:number])), words[number:]
        if title in words_of("function") or (names and title in words_of("honorific")):
            return len(names) <= _MOST_NAMES and all(name[0].isupper() for name in names)
    return False
