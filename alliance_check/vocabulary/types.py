"""Which kinds of organisation a type means: exact phrases of a table, never "contains".

The phrases are those of ``data/organisation-types.csv``. A cell may name several kinds, but a list
of types looks much like the name of one body ("universities and colleges association"), so parts
count only where they cannot belong together: all are known, and none can be the head of the rest.
Only what stands between semicolons is read each on its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    VET,
)
from alliance_check.text.folding import fold
from alliance_check.vocabulary.kinds import KINDS, functions_of, kind_label
from alliance_check.vocabulary.type_phrases import (
    LONGEST,
    TYPES,
    Phrases,
    parts_between,
    phrases,
    plain,
    suggest_types,
)
from alliance_check.vocabulary.type_words import (
    blank,
    denied,
    fits,
    linked,
    qualifies,
    without_qualifiers,
)

__all__ = [
    "KINDS",
    "Kinds",
    "functions_of",
    "kind_label",
    "read_counts_as",
    "read_kinds",
    "suggest_types",
]

_AND = "and|og|und|et|y|e|i|și|si|ș|en|och|ja|och|και|a|és|in|un|ir|ve|и"
_APART = re.compile(r"[;|•]")
_LINES = re.compile(r"[\t-\r\x85\u2028\u2029]+|\s{3,}")
_LISTED = re.compile(rf"[,+]|(?<=\s)/|/(?=\s)|{_LINES.pattern}")
_JOINED = re.compile(rf"[/&]|\s(?:{_AND})\s", re.IGNORECASE)
_DASH = re.compile(r"(?<=\s)-|-(?=\s)|:\s")
_BRACKETS = re.compile(r"[()\[\]]")
_TRANSLATED = re.compile(r"/|[(\[](?=[^()\[\]]*[)\]]$)|[)\]]$")
_GREEK_QUESTION = re.compile(r"[\u0370-\u03ff]\s*;\s*$")
# Such a body may be named after those that it serves or is made of.
_HEADS = frozenset({"network", "vet-network", "cluster", "skills-council", "hospital"})
# Two single words of these name two types, and no third thing.
_PLAIN = frozenset(
    {"hei", "vet", "enterprise", "training-provider", "adult-education", "school", "research"}
)
# Of these no guide says whether they are what stands in brackets behind them.
_OPEN = frozenset({("school",), ("training-provider",), ("other",)})

# Whoever may be one of these may not apply.
_BARRED = frozenset({"natural-person", "eu-body", "national-agency"})

_KindNames = tuple[str, ...]


class Kinds(NamedTuple):
    """The kinds that a cell names, and the parts of it that are no known phrase."""

    kinds: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def read_kinds(text: str) -> Kinds:
    """Return the kinds that a cell names; nothing for an empty cell or a placeholder.

    >>> read_kinds("SME, training provider").kinds
    ('enterprise', 'training-provider')
    >>> read_kinds("University of life")
    Kinds(kinds=(), unread=('University of life',))
    """
    if blank(text):
        return Kinds()
    cell = plain(text)
    if len(text) > LONGEST or _GREEK_QUESTION.search(text):
        return Kinds(unread=(cell,))
    table = phrases(TYPES)
    if (whole := table.find(cell)) and not _LINES.search(cell):
        return Kinds(_ordered(whole))
    items = {item: _item(table, item) for item in parts_between(_APART, cell)}
    unread = [item for item, found in items.items() if found is None]
    if any(blank(item) or denied(item) for item in unread):
        return Kinds(unread=(cell,))
    known = _ordered(kind for found in items.values() for kind in found or ())
    known = known or _barred(table, cell)
    return Kinds(known, tuple(part for item in unread for part in _strange(table, item)))


def _barred(table: Phrases, cell: str) -> _KindNames:
    """Return the kind that may not apply, where it is one of several parts: "Expert (person)"."""
    parts = {kind for part in _BRACKETS.split(cell) for kind in table.find(plain(part)) or ()}
    return (*sorted(parts & _BARRED), "other") if parts & _BARRED else ()


def _ordered(kinds: Iterable[str]) -> _KindNames:
    return tuple(sorted(set(kinds), key=KINDS.index))


def _item(table: Phrases, item: str) -> _KindNames | None:
    """Return the kinds of what stands between two semicolons."""
    lines = parts_between(_LINES, item)
    if len(lines) > 1 and (whole := table.find(" ".join(lines))):
        # Lines may be one phrase that was broken or a list; where both are possible, neither.
        return None if any(map(table.find, lines)) else whole
    if (piece := _piece(table, item)) is not None:
        return piece
    listed = [part for part in parts_between(_LISTED, item) if not qualifies(part)]
    if not listed or listed == [item]:
        return None
    found = [_piece(table, part) for part in listed]
    if None in found:
        return None
    known = [kinds for kinds in found if kinds]
    spelt_out = any(_JOINED.search(part) and not table.find(part) for part in listed)
    return None if _one_body(listed, known, spelt_out=spelt_out) else _joined_kinds(known)


def _one_body(parts: Sequence[str], found: Sequence[_KindNames], *, spelt_out: bool) -> bool:
    """Return whether a list may be the name of one body: a head, and what it is made of."""
    if _alike(found):
        return False
    for part, kinds in zip(parts, found, strict=True):
        words = fold(part).split()
        if len(words) > 1 and not _HEADS.isdisjoint(kinds):
            return True
        if spelt_out and linked(words):
            return True
    return False


def _piece(table: Phrases, text: str) -> _KindNames | None:
    """Return the kinds of a part of a list: a phrase, one said twice, or two joined."""
    if (whole := table.find(text)) is not None:
        return whole
    said_twice = (_DASH.split(text, maxsplit=1), _BRACKETS.split(text))
    for parts in said_twice:
        found = _all_known(table, parts)
        if found and _alike(found):
            return _joined_kinds(found)
        if len(found) == 2 and _specified(*found):
            return found[1]
    if (bare := _bare(table, text)) is not None:
        return bare
    parts = parts_between(_JOINED, text)
    found = _all_known(table, parts)
    if found and (_alike(found) or _two_types(parts, found)):
        return _joined_kinds(found)
    return _translated(table, text)


def _bare(table: Phrases, text: str) -> _KindNames | None:
    """Return the kinds of a phrase with qualifiers that leave its kind as it is."""
    bare, of_level = without_qualifiers(text)
    found = table.find(bare) if bare != text else None
    # A public body may be national or local, a school of a higher level a university.
    if found is None or found == ("public-body",):
        return None
    return found if not of_level or EDUCATION in functions_of(found).sure else None


def _specified(head: _KindNames, inside: _KindNames) -> bool:
    """Return whether what stands behind an open kind says which it is: "School (vocational)"."""
    sure = functions_of(inside).sure
    return head in _OPEN and bool(sure) and sure <= functions_of(head).may


def _translated(table: Phrases, text: str) -> _KindNames | None:
    """Return the kinds of a phrase beside a vaguer word for it, often in another language."""
    parts = parts_between(_TRANSLATED, text)
    if len(parts) < 2:
        return None
    found = [kinds for part in parts if (kinds := table.find(part))]
    vague = [part for part in parts if not table.find(part)]
    if not found or not vague or not _alike(found):
        return None
    kinds = _joined_kinds(found)
    return kinds if all(fits(part, kinds) for part in vague) else None


def _all_known(table: Phrases, parts: Sequence[str]) -> list[_KindNames]:
    """Return what each of several parts means; empty when one of them is no phrase."""
    if len(parts) < 2:
        return []
    said = [part for part in map(plain, parts) if part]
    found = [kinds for part in said if (kinds := table.find(part))]
    return found if 1 < len(said) == len(found) else []


def _alike(found: Sequence[_KindNames]) -> bool:
    """Return whether all parts count as the same for sure, so that none can mislead."""
    return len({functions_of(kinds).sure for kinds in found}) == 1


def _two_types(parts: Sequence[str], found: Sequence[_KindNames]) -> bool:
    """Return whether joined parts cannot be one name: plain words, or an abbreviation last."""
    words = [fold(part).split() for part in parts]
    if not all(map(_PLAIN.issuperset, found)):
        return False
    if parts[-1].isupper() and len(words[-1]) == 1:
        return not any(map(linked, words))
    return all(len(word) == 1 for word in words)


def _joined_kinds(found: Sequence[_KindNames]) -> _KindNames:
    return tuple(kind for kinds in found for kind in kinds)


def _strange(table: Phrases, item: str) -> Sequence[str]:
    """Return the parts of an unread item that nobody knows, or the whole of it."""
    parts = parts_between(_LISTED, item)
    if len(parts) < 2:
        return (item,)
    unknown = [part for part in parts if _piece(table, part) is None]
    return unknown if len(unknown) < len(parts) and unknown else (item,)


@lru_cache(maxsize=1024)
def read_counts_as(text: str) -> frozenset[str] | None:
    """Return what the column "Counts as" says; empty for "neither", None when it is unread.

    >>> sorted(read_counts_as("LMA + VET"))
    ['education', 'labour-market', 'vet']
    """
    table = phrases("counts-as.csv")
    found = _counted(table, plain(text)) if len(text) <= LONGEST else None
    if found is None or ("neither" in found and len(set(found)) > 1):
        return None
    implied = {EDUCATION} if {HEI, VET} & set(found) else set()
    return frozenset(found) - {"neither"} | implied


def _counted(table: Phrases, text: str) -> _KindNames | None:
    if (whole := table.find(text)) is not None:
        return whole
    for separator in (_APART, _LISTED, _DASH, _BRACKETS, _JOINED):
        parts = parts_between(separator, text)
        if len(parts) > 1:
            found = [_counted(table, part) for part in parts]
            return None if None in found else _joined_kinds([f for f in found if f])
    return None
