"""What an unread type may have meant; for hints, never for counting."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice

from alliance_check.text.folding import fold
from alliance_check.vocabulary.kinds import kind_label, rows
from alliance_check.vocabulary.type_phrases import LONGEST, TYPES, phrases
from alliance_check.vocabulary.type_words import blank, denied

MOST = 3
ALIKE = 0.8  # how much of two spellings has to be the same
SHORTEST = 4  # letters; of shorter words too many are alike


@lru_cache(maxsize=4096)
def _suggested(text: str, name: str, language: str) -> tuple[str, ...]:
    folded = fold(text[:LONGEST])
    if denied(text):
        return ()
    close = [] if blank(text) else _close(folded, language)
    named = [*_spoken(folded), *_spoken(fold(name[:LONGEST]))]
    return tuple(islice(dict.fromkeys([*close[: MOST - bool(named)], *named]), MOST))


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
    if len(folded) < SHORTEST:
        return []
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, "", folded, autojunk=False)
    ranked = []
    for phrase in _starting_like(folded):
        matcher.set_seq1(phrase)
        if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE:
            foreign = language not in table.language(phrase).split()
            ranked.append((foreign, -matcher.ratio(), phrase))
    nearest: dict[tuple[str, ...], str] = {}
    for _, _, phrase in sorted(r for r in ranked if r[1] <= -ALIKE):
        nearest.setdefault(table.means[phrase], table.written[phrase])
    return list(nearest.values())


def _starting_like(folded: str) -> list[str]:
    """Return the phrases that share a beginning with the text, or its second letter."""
    ends = {folded[0], folded[1]}
    return [p for p in phrases(TYPES).means if p[0] in ends]


@cache
def _name_words() -> list[tuple[str, str, bool]]:
    return [(fold(words), kind, place == "end") for words, kind, place in _rows()]


def _rows() -> Iterator[list[str]]:
    return rows("organisation-name-words.csv")


def _spoken(folded: str) -> Iterator[str]:
    """Yield the label of the kind that a name's words speak of; the first in the table wins."""
    whole = f" {folded} "
    for words, kind, last in _name_words():
        if whole.endswith(f" {words} ") if last else f" {words} " in whole:
            if kind:
                yield kind_label(kind)
            return
