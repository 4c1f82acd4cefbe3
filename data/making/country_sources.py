"""What CLDR and pycountry call the countries, and which of pycountry's translations to believe.

CLDR's names are taken as they are. The translations that pycountry ships hold errors (one makes
*Slovenská republika* Gambia), so each of them needs a witness: its words must be those of CLDR's
name of the same country in the same language, and of no other country.
"""

from __future__ import annotations

import gettext
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pycountry
from babel import Locale

from alliance_check.text.folding import fold

# CLDR's name of each language, and pycountry's where it has the language under another one.
LANGUAGES = {
    **dict.fromkeys(
        "bg cs da de de_AT de_CH en es et fi fr ga hr hu it lt lv mt nl pl pt pt_PT ro sk sl sv el "
        "nn is tr sr mk sq uk ka bs bs_Cyrl ca eu gl cy be fo hy az lb ru se".split()
    ),
    "nb": "nb_NO",
    "sr_Latn": "sr@latin",
}
FREQUENT = 5  # a word that so many countries have in their names speaks for none of them
# Letters that people who have no such key leave plain; folding keeps them.
PLAIN = str.maketrans({"ħ": "h", "Ħ": "H", "ŧ": "t", "ʼ": "'"})
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
ARTICLES = {
    "en": ("the",),
    "ga": ("an", "na"),
    "cy": ("yr", "y"),
    "mt": ("il", "l", "in", "ir", "is", "it", "iz", "ix", "id", "ic"),
}


@cache
def cldr(language: str) -> Mapping[str, str]:
    """Return CLDR's names of countries in one language by their codes."""
    names = Locale.parse(language).territories
    codes = {country.alpha_2 for country in pycountry.countries} | {"XK"}
    return {code: names[code] for code in sorted(codes) if code in names}


@cache
def iso(language: str) -> list[tuple[str, str]]:
    """Return pycountry's names of countries, translated into one language, with their codes."""
    folder = Path(pycountry.__file__).parent / "locales"
    known = LANGUAGES[language] or language
    translation = gettext.translation("iso3166-1", folder, [known], fallback=True)
    fields = ("name", "official_name", "common_name")
    pairs = [
        (country.alpha_2, getattr(country, field))
        for country in sorted(pycountry.countries, key=lambda country: country.alpha_2)
        for field in fields
        if field in dict(country)
    ]
    translated = [(code, name, translation.gettext(name)) for code, name in pairs]
    return [(code, own) for code, name, own in translated if language == "en" or own != name]


@cache
def frequent(language: str) -> frozenset[str]:
    """Return the words of a language that stand in the names of many countries."""
    words: dict[str, set[str]] = defaultdict(set)
    for code, name in [*iso(language), *cldr(language).items()]:
        for word in fold(name).split():
            words[word].add(code)
    return frozenset(word for word, codes in words.items() if len(codes) >= FREQUENT)


def kin(word: str, name: str) -> int:
    """Return how many letters two words have in common at their start, 0 when they are no kin."""
    same = next((i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), None)
    length = min(len(word), len(name)) if same is None else same
    return length if word == name or length >= max(4, min(len(word), len(name)) - 2) else 0


@cache
def name_words(language: str) -> Mapping[str, frozenset[str]]:
    """Return the words of CLDR's names in a language."""
    return {code: frozenset(fold(name).split()) for code, name in cldr(language).items()}


@cache
def bearers(word: str, language: str) -> Mapping[str, int]:
    """Return the countries whose name is one word, of which this word is a form."""
    single = ((code, *words) for code, words in name_words(language).items() if len(words) == 1)
    found = {code: kin(word, name) for code, name in single if name[:3] == word[:3]}
    return {code: letters for code, letters in found.items() if letters}


def objection(spelling: str, code: str, language: str) -> str:
    """Return why CLDR does not bear out one of pycountry's names; nothing when it does."""
    words = fold(spelling).split()
    own = name_words(language).get(code, frozenset())
    if any(set(words) <= name for other, name in name_words(language).items() if other != code):
        return "part of another country's name"
    borne_out = False
    for word in words:
        mine = max((kin(word, name) for name in own), default=0)
        others = [size for other, size in bearers(word, language).items() if other != code]
        if others and max(others) >= mine:
            return "a word of another country's name"
        if word not in frequent(language):
            if not mine:
                return "a word that CLDR's name does not have"
            borne_out = True
    return "" if borne_out else "no word of CLDR's name"


def variants(spelling: str, language: str) -> Iterator[str]:
    """Yield a spelling and the ways in which people write it on other keyboards."""
    yield spelling
    yield spelling.translate(PLAIN)
    if language.startswith("de"):
        yield spelling.translate(GERMAN)
    if "&" in spelling:
        yield spelling.replace("&", "and")
    if language == "en":
        yield spelling.replace("St. ", "Saint ").replace("&", "and")
        yield f"The {spelling}"
        head, of, tail = spelling.partition(" of ")
        if of and head in {"Republic", "Kingdom", "State", "Principality", "Grand Duchy"}:
            yield f"{tail.removeprefix('the ')}, {head} of"
    folded = fold(spelling)
    for article in ARTICLES.get(language, ()):
        if folded.startswith(article + " "):
            yield folded.removeprefix(article + " ")
