"""Names that name nobody: a kind, a country, a number, but no proper noun.

The words are in ``data/nobody-words.csv``. Every word that is not there is a proper noun, so that a
name is doubted only where each of its words says what anybody could be called.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from alliance_check.text.folding import fold
from alliance_check.text.tables import meanings
from alliance_check.vocabulary.country_names import table
from alliance_check.vocabulary.type_words import blank
from alliance_check.vocabulary.words import is_placeholder

_LONGEST = 120  # letters
_MOST_WORDS = 14
_LARGEST_NUMBER = 50  # "Training 2000" is a name
_LONGEST_COUNTRY = 4  # words
_LONGEST_ENDING = 5  # letters
_OF = frozenset("of du de di da do della des van von der".split())
_LONGEST_PLACE = 2
PLACED_IN = frozenset(
    "in i im à a en em au w we v ve te na på from fra aus från σε στη στην στο".split()
)
_TOKENS = re.compile(r"[^\W_]+")
_PACKAGE = re.compile(r"(?:wp|ap|pt|tp|lot) ?[0-9]{1,2}")
_CODE = re.compile(r"[A-Z]{2}")
_TITLE_PARTS = re.compile(r"[()\[\]]")
_TOO_MANY_NAMES = re.compile(
    # It is found quickly because all of it begins with a space.
    r"\s(?:"
    r"(?:(?<=[^\W\d_]\s)|(?<=[^\W\d_][),]\s)|(?<=[^\W\d_]\),\s))\s*[(\[]?"
    r"(?:and/or|or|eller|oder|ou|lub|albo|sau|ή|tai|og/eller|und/oder|et/ou|y/o|e/o|vs\.?|versus)"
    r"\s+\S"
    # One letter, or a preposition of another language: only before a kind.
    r"|o\s+[A-Z]{3,}\b"
    r"|(?:o|of)\s+(?i:istituto|liceo|università|universidad|escuela|empresa|azienda|scuola|"
    r"centro|hogeschool|universiteit|roc|mbo|bedrijf)\b"
    r")",
)

_LEADS = re.compile(r"\b(?:who|which|that)\s+leads\b", re.IGNORECASE)
"""A verb; a list of leads is one of contacts."""
_TOWNS = frozenset({"Alta"})
"""Words that only their capital parts from one for anybody, such as "altă"."""
_ONE_LETTER = re.compile(r"([a-z])\1{2,}(?![^\W_])", re.IGNORECASE)
"""A name such as "YYY" or "XXXX (Italy)"."""

# What a word of a name is; a country or a nationality is either of the two last.
_NATION = "nation"
_NUMBER = "number"
_PROPER = "proper"
_NEAR = "nearness"


@lru_cache(maxsize=4096)
def names_nobody(name: str) -> bool:
    """Say whether a name says which kind of partner is meant, or which two, but not which one.

    A countrywide body of a definite kind (a chamber, a federation) is named by its country, unless
    it is one of several; a university is named by the words "of" and a country.

    >>> [names_nobody(text) for text in ("Italian VET provider", "VET 1", "A company", "n/a")]
    [True, True, True, True]
    >>> [names_nobody(text) for text in ("Liceo Colle or Liceo Valle", "New partner IT")]
    [True, True]
    >>> [names_nobody(text) for text in ("University of Iceland", "Estonian Chamber of Commerce")]
    [False, False]
    """
    if not name.strip() or len(name) > _LONGEST:
        return False
    open_place = is_placeholder(name) or blank(name) or _ONE_LETTER.match(name) is not None
    open_place = open_place or _TOO_MANY_NAMES.search(name) is not None
    return open_place or only_common_words(_TOKENS.findall(name))


def heads_partners_at_large(text: str) -> bool:
    """Say whether a heading only says that partners follow: "New partners", "Research partners".

    >>> [heads_partners_at_large(text) for text in ("Andre partnere", "New partner", "Partner")]
    [True, False, False]
    """
    neutral = _words()["indefinite"].keys() | _words()["filler"].keys() | _words()["kind"].keys()
    words = [word for word in fold(text).split() if not _PACKAGE.fullmatch(word)]
    kept = [word for word in words if word not in neutral]
    return len(kept) == 1 and kept[0] in _words()["partners"]


def speaks_of_partners(text: str) -> bool:
    """Say whether a text has a word for partners in it.

    >>> speaks_of_partners("Possible partners for the kick-off"), speaks_of_partners("Budget")
    (True, False)
    """
    known = _words()["partners"].keys() | _words()["partner"].keys()
    return any(word in known for word in fold(text).split())


def is_proper_noun(word: str) -> bool:
    """Say whether a folded word by itself says what not anybody could be called.

    >>> is_proper_noun("nordhaug"), is_proper_noun("university"), is_proper_noun("italian")
    (True, False, False)
    """
    return not _country_at([word], 0) and _meaning(word, word) == _PROPER


def lists_attendance(text: str) -> bool:
    """Say whether a title is that of those who attend a meeting, are invited, or are but contacts.

    >>> lists_attendance("Deltakere på partnermøte"), lists_attendance("Attendance list")
    (True, True)
    >>> lists_attendance("Participants"), lists_attendance("Participants after the meeting")
    (False, False)
    >>> lists_attendance("New leads"), lists_attendance("Packages and who leads")
    (True, False)
    """
    words = fold(_LEADS.sub(" ", text)).split()
    others = not _words()["contacts"].keys().isdisjoint(words) and not speaks_of_partners(text)
    if len(words) > 1 and others:  # a heading of columns is shorter
        return True
    return any(_is_attended(fold(part).split()) for part in _TITLE_PARTS.split(text))


def _is_attended(words: list[str]) -> bool:
    known = _words()
    if not known["attendance"].keys().isdisjoint(words):
        return True
    if known["participants"].keys().isdisjoint(words) or not known["after"].keys().isdisjoint(
        words
    ):
        return False
    within = f" {' '.join(words)} "
    return any(f"{event} " in within for event in known["gathering"])


def only_common_words(tokens: list[str]) -> bool:
    """Say whether the words of a name are all such that anybody could be called so."""
    means = _meanings(tokens) if len(tokens) <= _MOST_WORDS else [_PROPER]
    if _PROPER in means[2:]:
        return _kind_somewhere(tokens, means)
    if _PROPER in means:
        return False
    if {"kind", "partner", "body", _NATION}.isdisjoint(means):
        return set(means) == {_NUMBER} and any(token.isdecimal() for token in tokens)
    one_of_several = not {"indefinite", "partner", _NUMBER}.isdisjoint(means)
    return one_of_several or not _named_by_country(tokens, means)


def _kind_somewhere(tokens: list[str], means: list[str]) -> bool:
    """Return whether a name is a kind and a place: "En fagskole i Riga", "VET school near Rome".

    In capitals it is a name: "Vocational School in Tarnow"; so is a university of a place. What is
    only near a place, or somewhere in its region, is none.
    """
    first = means.index(_PROPER)
    at = next((n for n in range(first) if means[n] == _NEAR), first - 1)
    kind = tokens[:at]
    if len(tokens) > first + _LONGEST_PLACE or "kind" not in means[:at]:
        return False
    if means[at] == _NEAR:
        return True
    if fold(tokens[at]) not in PLACED_IN or not _words()["university"].keys().isdisjoint(
        map(fold, kind)
    ):
        return False
    indefinite = fold(kind[0]) in _words()["indefinite"]
    common = len(kind) == 1 or any(word.islower() for word in kind[1:])
    return indefinite or (common and set(means[:at]) <= {"kind", "filler"})


def _named_by_country(tokens: list[str], means: list[str]) -> bool:
    """Return whether the country makes a name of a body or a university."""
    if _NATION not in means:
        return False
    if "body" in means:
        return True
    before = fold(tokens[max(means.index(_NATION) - 1, 0)])
    universities = _words()["university"]
    return before in _OF and any(fold(token) in universities for token in tokens)


def _meanings(tokens: list[str]) -> list[str]:
    """Return what each word is, in as few steps as it takes to meet a proper noun."""
    words = [fold(token) for token in tokens]
    found: list[str] = []
    while len(found) < len(tokens):
        at = len(found)
        length = _country_at(words, at)
        if length and not _small_word(words[at]):
            found += [_NATION] * length
            continue
        meaning = _meaning(tokens[at], words[at])
        if meaning == "indefinite" and at and tokens[at][:1].isupper():
            meaning = _PROPER  # "A new company", but "Firma Nova"
        if tokens[at] in _TOWNS and at + 1 < len(tokens) and tokens[at + 1][:1].isupper():
            meaning = _PROPER  # "Alta Næringsforening", but "Alta firma"
        if meaning == _NEAR and at + 1 == len(tokens):
            meaning = _PROPER
        found.append(meaning)
        if meaning == _PROPER:
            break
    return found


def _meaning(token: str, word: str) -> str:
    if token.isdecimal():
        return _NUMBER if int(token) <= _LARGEST_NUMBER else _PROPER
    if _CODE.fullmatch(token) and token.lower() in table().small:
        return _NATION
    if word in _common():
        return _common()[word]
    if len(word) == 1:
        return _NUMBER
    return _NATION if _is_nationality(word) else _PROPER


@cache
def _common() -> Mapping[str, str]:
    """Return what each word is that anybody could be called; of several meanings, the first."""
    ranked = ("kind", "partner", "body", "filler", "indefinite", _NEAR)
    return {word: meaning for meaning in reversed(ranked) for word in _words()[meaning]}


def _small_word(word: str) -> bool:
    return word in _words()["filler"] or word in _words()["indefinite"]


def _country_at(words: list[str], at: int) -> int:
    """Return how many words from one on name a country; 0 where they name none."""
    names = table().names
    for length in range(min(_LONGEST_COUNTRY, len(words) - at), 0, -1):
        if " ".join(words[at : at + length]) in names:
            return length
    return 0


def _is_nationality(word: str) -> bool:
    stems, endings = _words()["nationality"], _words()["ending"]
    return word in stems or any(
        word[:-cut] in stems and word[-cut:] in endings
        for cut in range(1, min(_LONGEST_ENDING, len(word) - 3) + 1)
    )


def _words() -> Mapping[str, Mapping[str, str]]:
    return meanings("nobody-words.csv")
