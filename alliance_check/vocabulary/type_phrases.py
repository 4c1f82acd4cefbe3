"""Phrases of a table, found exactly, or nearly for a hint, and the parts of a cell.

Case, accents, hyphens and spaces do not matter. Other signs do: "University / College" may name
two things, "University?" is a doubt; neither is the phrase "university college" or "university".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache
from itertools import islice

from alliance_check.text.folding import UNSEEN, fold
from alliance_check.vocabulary.kinds import kind_label, rows, table_text
from alliance_check.vocabulary.type_words import blank, denied

TYPES, FEDERATIONS = "organisation-types.csv", "federations.csv"
_LINE = re.compile(r"^([^;\n]*);(.*)$", re.MULTILINE)
LONGEST = 300  # letters; what is longer is no type

_AROUND = " \t\r\n\"“”„«»'‘’*†•·,.:"
_BULLET = re.compile(r"^-\s+")
_SIGNS = re.compile(r"[^\w\s'’.*-]|_|(?<=\s)-|-(?=\s)|\.(?=\s*\n|\s+\w{3})")
_SAME = str.maketrans(
    dict.fromkeys("–—\u2010\u2011\u2012\u2015\u2212", "-") | dict.fromkeys("`´ʼ′", "'")
)

_MOST = 3
_ALIKE = 0.8  # how much of two spellings has to be the same
_SHORTEST = 4  # letters; of shorter words too many are alike


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
    if text.isascii():  # the most, and quick to do
        seen = text.replace("`", "'")
    else:
        seen = UNSEEN.sub("", unicodedata.normalize("NFKC", text.translate(_SAME)))
    return _BULLET.sub("", seen.strip(_AROUND), count=1)


def parts_between(separator: re.Pattern[str], text: str) -> list[str]:
    """Return the parts of a text between separators, without the empty ones.

    >>> parts_between(re.compile("[;,]"), "SME; ,VET")
    ['SME', 'VET']
    """
    return [part for part in map(plain, separator.split(text)) if part]


@lru_cache(maxsize=4096)
def _suggested(text: str, name: str, language: str) -> tuple[str, ...]:
    folded = fold(text[:LONGEST])
    if denied(text):
        return ()
    close = [] if blank(text) else _close(folded, language)
    named = [*_spoken(folded), *_spoken(fold(name[:LONGEST]))]
    return tuple(islice(dict.fromkeys([*close[: _MOST - bool(named)], *named]), _MOST))


def suggest_types(text: str, name: str = "", language: str = "") -> list[str]:
    """Return at most three types that a cell may have meant, the closest first.

    Those in the *language* of the sheet come before all others. Where the cell says nothing, the
    words of the organisation's *name* speak.

    >>> suggest_types("Univresity")
    ['University']
    >>> suggest_types("", "Universitetet i Fjordbyen")
    ['higher education institution']
    """
    return list(_suggested(text, name, language))


def _close(folded: str, language: str) -> list[str]:
    """Return the phrases that are nearly the text, one a kind, the closest first.

    Those in the language come before all others.
    """
    table = phrases(TYPES)
    if folded in table.means:
        return [table.written[folded]]
    if len(folded) < _SHORTEST:
        return []
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, "", folded, autojunk=False)
    ranked = []
    for phrase in _starting_like(folded):
        matcher.set_seq1(phrase)
        if matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE:
            foreign = language not in table.language(phrase).split()
            ranked.append((foreign, -matcher.ratio(), phrase))
    nearest: dict[tuple[str, ...], str] = {}
    for _, _, phrase in sorted(r for r in ranked if r[1] <= -_ALIKE):
        nearest.setdefault(table.means[phrase], table.written[phrase])
    return list(nearest.values())


def _starting_like(folded: str) -> list[str]:
    """Return the phrases that share a beginning with the text, or its second letter."""
    ends = {folded[0], folded[1]}
    return [p for p in phrases(TYPES).means if p[0] in ends]


def speaks_of_organisation(name: str) -> bool:
    """Say whether a word of a name tells that it is an organisation's.

    >>> [speaks_of_organisation(name) for name in ("Savon Puu Oy", "Kari Nord")]
    [True, False]
    """
    whole = f" {fold(name)} "
    return any(
        whole.endswith(f" {words} ") if last else f" {words} " in whole
        for words, _, last in _name_words()
    )


@cache
def _name_words() -> list[tuple[str, str, bool]]:
    return [
        (fold(words), kind, place == "end")
        for words, kind, place in rows("organisation-name-words.csv")
    ]


def _spoken(folded: str) -> Iterator[str]:
    """Yield the label of the kind that a name's words speak of; the first in the table wins."""
    whole = f" {folded} "
    for words, kind, last in _name_words():
        if whole.endswith(f" {words} ") if last else f" {words} " in whole:
            if kind:
                yield kind_label(kind)
            return
