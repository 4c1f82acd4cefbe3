"""Which country a spelling means: an exact match on a table made beforehand, never a guess.

A cell may say its country more than once ("NO - Norway", "Spain (Canary Islands)"): it is read
only when every part is understood and all of them speak of one state. What is not read gets
suggestions, which are never counted on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from alliance_check.text.folding import fold
from alliance_check.vocabulary.country_names import DISPUTED, alike, table, words_in

LONGEST = 200  # letters; what is longer is no country
MOST = 3  # suggestions
# Codes that are read in small letters too. The others are words ("no", "it", "be", "si").
SMALL = frozenset(
    "bg cz de dk ee es fi fr gb gr hr hu ie lt lu lv mk mt nl pl pt ro rs sk tr uk".split()
)

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe0f\ufeff]")
_STATUS_OF_KOSOVO = re.compile(
    r"this designation is without prejudice.*|"
    r"(under )?un ?scr?( resolution)?( no\.?)? ?1244([/(](19)?99\)?)?",
    re.IGNORECASE | re.DOTALL,
)
_FOOTNOTE = re.compile(r"[*†‡§¹²³⁰⁴-⁹]+")
_NUMBERED = re.compile(r"^\d{1,2} (?=\D{4})|(?<=[^\W\d]{4}) ?\d{1,2}$")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]{2}")
_BETWEEN = re.compile(r"[/\\|;:,()\[\]{}=+–—\n\r\t]|(?<=\s)-|-(?=\s)")
# With one of these a cell is never one name: it lists, asks, or shows a flag.
_NO_NAME = re.compile("[/\\\\|;+?\U0001f1e6-\U0001f1ff]")
_CODE_FIRST = re.compile(r"([A-Z]{2,3})[\s_.-]+(.+)")
_CODE_LAST = re.compile(r"(.+?)[\s_.-]+([A-Z]{2,3})")


class _Meaning(NamedTuple):
    """What a part of a cell says: a country, or only something that may stand beside one."""

    code: str | None
    sure: bool


def country_name(code: str) -> str:
    """Return the English name of a country, or its code when there is none.

    >>> country_name("NL"), country_name("XK"), country_name("QQ")
    ('Netherlands', 'Kosovo', 'QQ')
    """
    return table().english.get(code, code)


@lru_cache(maxsize=4096)
def read_country(text: str) -> str | None:
    """Return the country that a cell means as ISO 3166-1 alpha-2 (``XK``: Kosovo), or None.

    >>> read_country("Norge"), read_country("EL"), read_country("Kosovo*")
    ('NO', 'GR', 'XK')
    >>> read_country("FR-Réunion"), read_country("Portugal – Madeira")
    ('RE', 'PT')
    >>> read_country("Germny"), read_country("Germany/France"), read_country("n/a")
    (None, None, None)
    """
    if len(text) > LONGEST or "?" in text:  # a doubt is no country
        return None
    clean = _tidied(text)
    code = _whole(clean) or _agreed(_meanings(clean))
    # The note is on Kosovo's status; beside another name nobody knows what is meant.
    return code if code == "XK" or not _STATUS_OF_KOSOVO.search(text) else None


def _tidied(text: str) -> str:
    """Return a cell without what nobody sees, footnote marks and the note on Kosovo's status."""
    seen = _STATUS_OF_KOSOVO.sub(" ", _UNSEEN.sub("", text))
    return _FOOTNOTE.sub(" ", seen).strip()


def _whole(text: str) -> str | None:
    """Return the country when the text is one code, one flag or one name."""
    known = table()
    code = known.codes.get(text) or (known.codes.get(text.upper()) if text in SMALL else None)
    if code or _NO_NAME.search(text):
        return code
    folded = fold(text)
    return known.names.get(folded) or known.names.get(_NUMBERED.sub("", folded))


def _flag(letters: str) -> str | None:
    code = "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in letters)
    return code if code in table().english else None


def _meanings(text: str) -> list[_Meaning] | None:
    """Return what each part of the text means, None when one of them is not understood."""
    meanings = [_Meaning(_flag(flag), sure=True) for flag in _FLAG.findall(text)]
    if any(meaning.code is None for meaning in meanings) or fold(text) in table().shared:
        return None
    for part in parts(text):
        found = _part(part)
        if found is None:
            return None
        meanings += found
    return meanings


def parts(text: str) -> list[str]:
    """Return the parts of a cell between brackets, commas, slashes, dashes and flags."""
    pieces = _BETWEEN.split(_FLAG.sub("/", _tidied(text)))
    return [piece.strip(" .-_") for piece in pieces if fold(piece)]


def _part(part: str) -> list[_Meaning] | None:
    """Return what a part says: by itself, as a code beside a name, or on each side of a hyphen."""
    single = _single(part)
    if single:
        return [single]
    for pattern in (_CODE_FIRST, _CODE_LAST):
        if match := pattern.fullmatch(part):
            pieces = [_single(piece.strip()) for piece in match.groups()]
            if all(pieces):
                return [piece for piece in pieces if piece]
    pieces = [_single(piece.strip()) for piece in part.split("-")]
    return [piece for piece in pieces if piece] if all(pieces) else None


def _single(part: str) -> _Meaning | None:
    if code := _whole(part):
        return _Meaning(code, sure=True)
    folded = fold(part)
    if folded in table().beside:
        return _Meaning(None, sure=False)
    place = table().places.get(folded)
    return _Meaning(place, sure=False) if place else None


def _agreed(meanings: list[_Meaning] | None) -> str | None:
    """Return the country that all parts speak of; of a state and its territory, the territory."""
    if not meanings or not any(meaning.sure for meaning in meanings):
        return None
    belongs = table().belongs
    states = {belongs.get(m.code, m.code) for m in meanings if m.code}
    if len(states) != 1:
        return None
    territories = {m.code for m in meanings if m.sure and m.code in belongs}
    return territories.pop() if len(territories) == 1 else states.pop()


def suggest_countries(text: str) -> list[str]:
    """Return at most three English names that an unread cell may mean, the closest first.

    >>> suggest_countries("Paris"), suggest_countries("Norwegian"), suggest_countries("EU")
    (['France'], ['Norway'], [])
    >>> suggest_countries("Germny")[0], suggest_countries("Germany/France")
    ('Germany', ['Germany', 'France'])
    """
    if len(text) > LONGEST:
        return []
    near = islice(dict.fromkeys(_candidates(text)), MOST)
    return [country_name(code) for code in near]


def _candidates(text: str) -> Iterator[str]:
    """Yield the countries that a text or its parts name, then those that they resemble."""
    shared = table().shared
    pieces = [_tidied(text), *parts(text)]
    folded = [fold(piece) for piece in pieces]
    if folded[0] in shared or DISPUTED in {shared.get(piece) for piece in folded}:
        yield from shared.get(folded[0], "").replace(DISPUTED, "").split()
        return
    named = [_named(piece) for piece in pieces]
    close = [alike(piece) for piece, codes in zip(folded, named, strict=True) if not codes]
    yield from (code for codes in [*named, *close] for code in codes)
    if not any([*named, *close]):
        yield from words_in(folded[0])


def _named(piece: str) -> list[str]:
    """Return what a piece would mean alone: a country, a code in small letters, a place."""
    known = table()
    folded = fold(piece)
    if folded in known.shared:
        return known.shared[folded].split()
    code = read_country(piece) or known.codes.get(piece.upper()) or known.places.get(folded)
    return [code] if code else []
