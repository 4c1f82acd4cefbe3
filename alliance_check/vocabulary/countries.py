"""Which country a spelling means: an exact match on a table made beforehand, never a guess.

A cell may say its country more than once ("NO - Norway", "Spain (Canary Islands)"): it is read
only when every part is understood and all of them speak of one state. What is not read gets
suggestions, which are never counted on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from alliance_check.model.message import Term
from alliance_check.text.folding import UNSEEN, fold
from alliance_check.vocabulary.country_names import DISPUTED, alike, table, words_in

LONGEST = 200  # letters; what is longer is no country
MOST = 3  # suggestions

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
_APOSTROPHES = {"'", "’", "`", "´"}
_ALTERNATIVES = re.compile(
    r"[/|\\,;+&\n]|\s[–—-]\s|\s(?:and|or|og|eller|und|oder|et|ou|y|o|e|en|of|i|lub|albo|și|sau|και|ή|"
    r"och|ja|tai)\s",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_WORDS = re.compile(r"[^\W\d_]+")
_CODES_OF_THE_EU = frozenset({"EL", "UA"})
_LONGEST_CODE = 3
_LONG_ENOUGH = 6
_CODE_FIRST = re.compile(r"([A-Z]{2,3})[\s_.-]+(.+)")
_CODE_BEFORE = re.compile(r"\s*([A-Z]{2})\s*(?:[–—:|]|-\s)")
_CODE_LAST = re.compile(r"(.+?)[\s_.-]+([A-Z]{2,3})")


COUNTRY = "country"
"""The context in which a catalogue holds the names of countries."""


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


def country(code: str) -> Term:
    """Return the name of a country as a value of a message, shown in the reader's language."""
    return Term(COUNTRY, country_name(code))


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


def country_readings(text: str) -> frozenset[str]:
    """Return the countries that a cell may mean, where they are several and all are known.

    Empty where the cell means one country, or may mean any ("EU", "Germany?", "Sweden (branch)").

    >>> sorted(country_readings("Congo")), sorted(country_readings("Germany or Austria"))
    (['CD', 'CG'], ['AT', 'DE'])
    >>> country_readings("Norge"), country_readings("EU"), country_readings("Sweden, HQ Bern")
    (frozenset(), frozenset(), frozenset())
    """
    if len(text) > LONGEST or "?" in text or read_country(text):
        return frozenset()
    found = _readings_of(text)
    sides = [side for side in _ALTERNATIVES.split(text) if fold(side)]
    if not found:
        readings = [_readings_of(side) for side in sides]
        found = frozenset[str]().union(*readings) if all(readings) else found
    return found if len(found) > 1 else frozenset()


def _readings_of(text: str) -> frozenset[str]:
    code = read_country(text)
    shared = table().shared.get(fold(_tidied(text)), "")
    return frozenset({code} if code else shared.replace(DISPUTED, "").split())


def country_inside(text: str) -> str | None:
    """Return the country that a longer cell names as one of its parts; None where it names none.

    A part stands in brackets, or between commas, slashes and dashes. A code counts only in
    capitals, in brackets or at the end, and not where it is the acronym of the words before it. A
    city alone never speaks for its country.

    >>> [country_inside(text) for text in ("NTNU (NO)", "Bergen, Norway", "Oslo (Norge)")]
    ['NO', 'NO', 'NO']
    >>> country_inside("Hogeschool Utrecht (HU)"), country_inside("Norfolk"), country_inside("Oslo")
    (None, None, None)
    """
    if len(text) > LONGEST or "?" in text:
        return None
    whole = read_country(text)
    if whole is not None:
        return whole
    clean = _tidied(text)
    inside = [part for bracket in _IN_BRACKETS.findall(clean) for part in parts(bracket)]
    outside = parts(_IN_BRACKETS.sub(" ", clean))
    if len(outside) == 1:
        outside = []
    if not table().shared.keys().isdisjoint(map(fold, [clean, *inside, *outside])):
        return None
    found = {_code_inside(part, clean) for part in [*inside, *outside[-1:]]}
    found |= {_name_inside(part) for part in [*inside, *outside]}
    return _agreed([_Meaning(code, sure=True) for code in found])


def country_of_name(text: str) -> str | None:
    """Return the country that a name carries with it; None where it carries none.

    >>> [country_of_name(text) for text in ("NTNU (NO)", "IE – ATU Sligo", "ATU, Sligo, Ireland")]
    ['NO', 'IE', 'IE']
    """
    first = _CODE_BEFORE.match(text)
    code = read_country(first[1]) if first else None
    return code or (None if read_country(text) else country_inside(text))


def _code_inside(part: str, text: str) -> str | None:
    """Return the country of a code in capitals, unless it abbreviates the words before it."""
    known = table()
    if len(part) != 2 or not (part.lower() in known.small or part in _CODES_OF_THE_EU):
        return None
    before = _WORDS.findall(text[: text.rfind(part)])
    initials = (
        "".join(w[0] for w in words) for words in (before, [w for w in before if w.istitle()])
    )
    return None if part in {letters.upper() for letters in initials} else known.codes.get(part)


def _name_inside(part: str) -> str | None:
    return _whole(part) if len(part) > _LONGEST_CODE else None


def _tidied(text: str) -> str:
    """Return a cell without what nobody sees, footnote marks and the note on Kosovo's status."""
    seen = _STATUS_OF_KOSOVO.sub(" ", UNSEEN.sub("", text))
    return _FOOTNOTE.sub(" ", seen).strip()


@lru_cache(maxsize=4096)
def _whole(text: str) -> str | None:
    """Return the country when the text is one code, one flag or one name.

    A cell is asked for it as a whole, then as its only part, on each side of a hyphen and so on.
    """
    known = table()
    code = known.codes.get(text.upper() if text in known.small else text)
    if code or _NO_NAME.search(text):
        return code
    folded = fold(text)
    for spelling in (folded, _NUMBERED.sub("", folded), _without_article(text, folded)):
        if spelling in known.names:
            return known.names[spelling]
    return None


def _without_article(text: str, folded: str) -> str:
    """Return the folded text without its article; "DE France" may be a code and a country."""
    first, _, rest = folded.partition(" ")
    if first not in table().articles or text.split(maxsplit=1)[0] in table().codes:
        return folded
    # "L'Italie" has an article, "L. Ireland" has not.
    written = first != "l" or text.strip()[1:2] in _APOSTROPHES
    return rest if written and not _BETWEEN.search(text) else folded


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
    if folded in table().beside or folded in table().articles:
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
        yield from _of_region(text)


def _of_region(text: str) -> Iterator[str]:
    """Yield the country of which a text names a region, where that is no word such as "North"."""
    if len(text) < _LONG_ENOUGH:
        return
    with suppress(ImportError):  # a suggestion is no reason to need pycountry
        from alliance_check.vocabulary.iso import region

        if (found := region(text)) is not None:
            yield found.country


def _named(piece: str) -> list[str]:
    """Return what a piece would mean alone: a country, a code in small letters, a place."""
    known = table()
    folded = fold(piece)
    if folded in known.shared:
        return known.shared[folded].split()
    code = read_country(piece) or known.codes.get(piece.upper()) or known.places.get(folded)
    return [code] if code else []
