"""Phrases of a table, found exactly, and the parts into which a cell can be taken.

Case, accents, hyphens and spaces do not matter. Other signs do: "University / College" may name
two things, "University?" is a doubt; neither is the phrase "university college" or "university".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, cached_property

from alliance_check.text.folding import UNSEEN, fold
from alliance_check.vocabulary.kinds import table_text

TYPES, FEDERATIONS = "organisation-types.csv", "federations.csv"
_LINE = re.compile(r"^([^;\n]*);(.*)$", re.MULTILINE)
LONGEST = 300  # letters; what is longer is no type

_AROUND = " \t\r\n\"“”„«»'‘’*†•·,.:"
_BULLET = re.compile(r"^-\s+")
_SIGNS = re.compile(r"[^\w\s'’.*-]|_|(?<=\s)-|-(?=\s)|\.(?=\s*\n|\s+\w{3})")
_SAME = str.maketrans(
    dict.fromkeys("–—\u2010\u2011\u2012\u2015\u2212", "-") | dict.fromkeys("`´ʼ′", "'")
)


class Phrases:
    """Tables of phrases as one: what each means, and how it is written."""

    def __init__(self, *names: str) -> None:
        # One search takes half the time of a split a line.
        self._lines = dict(_LINE.findall("\n".join(map(table_text, names))))

    @cached_property
    def means(self) -> Mapping[str, tuple[str, ...]]:
        """What each phrase means, by its folded form."""
        apart = {line: _meaning(line) for line in set(self._lines.values())}
        return dict(zip(self._folded, map(apart.__getitem__, self._lines.values()), strict=True))

    @cached_property
    def written(self) -> Mapping[str, str]:
        """How each phrase is written, by its folded form."""
        return dict(zip(self._folded, self._lines, strict=True))

    def language(self, folded: str) -> str:
        """Return the languages of a phrase, or what its table says instead."""
        line: str = self._lines[self.written[folded]]
        return line.partition(";")[2]

    @cached_property
    def _folded(self) -> list[str]:
        letters = _Letters({ord("\n"): "\n"})
        lines = "\n".join(self._lines).translate(letters).split("\n")
        return [" ".join(line.split()) for line in lines]

    def find(self, text: str) -> tuple[str, ...] | None:
        """Return what a text means; None when it is no phrase, or has signs of its own."""
        as_written = self._lines.get(text)
        if as_written is not None:
            return _meaning(as_written)
        means = self.means.get(folded := fold(text))
        if means is None or not (signs := _SIGNS.findall(text)):
            return means
        own = iter(_SIGNS.findall(plain(self.written[folded])))
        return means if all(sign in own for sign in signs) else None


def _meaning(line: str) -> tuple[str, ...]:
    return tuple(line.partition(";")[0].split())


class _Letters(dict[int, str]):
    """What becomes of each letter, so that a whole table is folded in a third of the time."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = fold(letter) or ("" if unicodedata.combining(letter) else " ")
        return self[code]


@cache
def phrases(table: str) -> Phrases:
    """Return a table whose first two columns are a phrase and what it means.

    Federations stand in a table of their own, because each line has its source; they are types.
    """
    return Phrases(table, FEDERATIONS) if table == TYPES else Phrases(table)


def plain(text: str) -> str:
    """Return a cell's text with one kind of dash and without what nobody sees or means.

    >>> plain(" • “University – VET”* ")
    'University - VET'
    """
    seen = UNSEEN.sub("", unicodedata.normalize("NFKC", text.translate(_SAME)))
    return _BULLET.sub("", seen.strip(_AROUND), count=1)


def parts_between(separator: re.Pattern[str], text: str) -> list[str]:
    """Return the parts of a text between separators, without the empty ones.

    >>> parts_between(re.compile("[;,]"), "SME; ,VET")
    ['SME', 'VET']
    """
    return [part for part in map(plain, separator.split(text)) if part]
