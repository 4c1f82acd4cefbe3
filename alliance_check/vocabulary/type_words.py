"""Words inside a type that name no kind by themselves: qualifiers, doubts, links, vague heads.

The words are in ``data/type-words.csv``. A qualifier ("public", "large", "EQF 4") leaves the kind
of what it stands beside as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from alliance_check.text.folding import fold
from alliance_check.text.tables import meanings

_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_DASH = re.compile(r"\s[–—-]\s")
_LISTED = re.compile(r"[,;/&]|\s(?:and|og|und|et|y|e|och|en|i|și|και|ja)\s")
_SIZE = re.compile(r"[<>≤≥~]\s*[0-9]+|[0-9]+\s*\+|[0-9]+\s*[-–]\s*[0-9]+")
_NUMBER = re.compile(r"[0-9]+")
_PLAIN_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*,?")


class Bare(NamedTuple):
    """A type without its qualifiers, and whether one of them was a level of education."""

    text: str
    of_level: bool


def _words() -> Mapping[str, Mapping[str, str]]:
    return meanings("type-words.csv")


def blank(text: str) -> bool:
    """Return whether a cell holds nothing, or only a placeholder."""
    folded = fold(text)
    return not folded or folded in _words()["nothing"]


def denied(text: str) -> bool:
    """Return whether a text has a word that denies or doubts what stands beside it."""
    return not _words()["doubt"].keys().isdisjoint(fold(text).split())


def doubts(word: str) -> bool:
    """Return whether a folded word denies or doubts what stands behind it."""
    return word in _words()["doubt"]


def linked(words: list[str]) -> bool:
    """Return whether one of the folded words links two others, as in "school of nursing"."""
    return not _words()["link"].keys().isdisjoint(words)


def fits(vague: str, kinds: tuple[str, ...]) -> bool:
    """Return whether a vague head such as "association" may stand for all the kinds.

    >>> fits("Association", ("working-life",)), fits("Association", ("hei",))
    (True, False)
    """
    return set(kinds) <= set(_words()["vague"].get(fold(vague), "").split())


def qualifies(text: str) -> bool:
    """Return whether a text is nothing but qualifiers, levels, sizes and economic sectors.

    >>> [qualifies(text) for text in ("public", "large, private", "<250", "EQF 4", "food", "sport")]
    [True, True, True, True, True, False]
    """
    known = _words()["sector"]
    return fold(text) in known or all(
        _qualifier(part) or _level(part) or _measure(part) or fold(part) in known
        for part in _LISTED.split(text)
    )


def without_qualifiers(text: str) -> Bare:
    """Return a type without what qualifies it in brackets, before, behind it or behind a dash.

    >>> without_qualifiers("Private VET provider (secondary)")
    Bare(text='VET provider', of_level=True)
    """
    inside = _BRACKETS.findall(text)
    head, *tail = _DASH.split(_BRACKETS.sub(" ", text))
    inside += tail
    if not all(map(qualifies, inside)):
        return Bare(text, of_level=False)
    words = head.split()
    # Any other sign is a doubt or a list: "private company?", "public/private".
    while len(words) > 1 and _qualifier(words[0]) and _PLAIN_WORD.fullmatch(words[0]):
        words.pop(0)
    while len(words) > 1 and _qualifier(words[-1]) and _PLAIN_WORD.fullmatch(words[-1]):
        words.pop()
    return Bare(" ".join(words), any(map(_level, inside)))


def _qualifier(text: str) -> bool:
    folded, known = fold(text), _words()["qualifier"]
    return folded in known or (bool(folded) and all(word in known for word in folded.split()))


def _level(text: str) -> bool:
    return fold(text) in _words()["level"]


def _measure(text: str) -> bool:
    """Return whether a text is a number of people or a level of a framework of qualifications."""
    units = [word for word in fold(text).split() if not word.isdecimal()]
    known = all(unit in _words()["measure"] for unit in units)
    return known and bool(_SIZE.search(text) or (units and _NUMBER.search(text)))
