"""The table of spellings of countries, and which of them a text comes close to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import NamedTuple

from alliance_check.text.tables import text_of_table

ALIKE = 0.75  # how much of two spellings has to be the same
SHORTEST = 4  # letters; of shorter words too many are alike
TRIED = 40  # spellings with the most pairs of letters in common
DISPUTED = "-"  # what stands for the countries of a name that nothing is to be suggested for


class CountryNames(NamedTuple):
    """The blocks of data/country-names.txt; spellings are folded."""

    english: Mapping[str, str]
    belongs: Mapping[str, str]
    codes: Mapping[str, str]
    names: Mapping[str, str]
    places: Mapping[str, str]
    shared: Mapping[str, str]
    beside: frozenset[str]
    articles: frozenset[str]
    small: frozenset[str]
    """Codes that are read in small letters too. The others are words ("so", "to", "in", "nor")."""


@cache
def table() -> CountryNames:
    """Return the table of spellings, read once."""
    text = text_of_table("country-names.txt")
    _, *blocks = text.rstrip("\n").split("\n\n")
    english, belongs, codes, names, places, shared = map(_pairs, blocks[:6])
    beside, articles, small = (frozenset(block.split("\n")) for block in blocks[6:])
    return CountryNames(english, belongs, codes, names, places, shared, beside, articles, small)


def _pairs(block: str) -> dict[str, str]:
    # One split of the whole block takes a third of the time of one split a line.
    cells = block.replace("\n", "\t").split("\t")
    return dict(zip(cells[::2], cells[1::2], strict=True))


@cache
def _pairs_of_letters() -> dict[str, list[str]]:
    """Return the spellings in which each pair of letters occurs."""
    found: dict[str, list[str]] = defaultdict(list)
    for spelling in table().names:
        for pair in _letters(spelling):
            found[pair].append(spelling)
    return found


def _letters(word: str) -> set[str]:
    return {word[i : i + 2] for i in range(len(word) - 1)} | {f"^{word[:1]}"}


@lru_cache(maxsize=256)  # a cell and the only part of it, a column and the next file repeat it
def alike(folded: str) -> tuple[str, ...]:
    """Return the countries whose spellings are nearly the text, the closest first.

    >>> alike("germny")[0]
    'DE'
    """
    if len(folded) < SHORTEST:
        return ()
    index = _pairs_of_letters()
    near = Counter(spelling for pair in _letters(folded) for spelling in index.get(pair, ()))
    best = sorted(near, key=lambda s: (abs(len(s) - len(folded)) - 2 * near[s], s))[:TRIED]
    ranked = []
    for spelling in best:
        matcher = SequenceMatcher(None, spelling, folded, autojunk=False)
        if matcher.real_quick_ratio() >= ALIKE and (ratio := matcher.ratio()) >= ALIKE:
            ranked.append((-ratio, spelling))
    return tuple(dict.fromkeys(table().names[spelling] for _, spelling in sorted(ranked)))


def words_in(folded: str) -> Iterator[str]:
    """Yield the countries that stand as whole words in a longer text, the longest first."""
    words = folded.split()
    for length in range(min(len(words), 6), 0, -1):
        for start in range(len(words) - length + 1):
            phrase = " ".join(words[start : start + length])
            if phrase in table().names and len(phrase) >= SHORTEST:
                yield table().names[phrase]
