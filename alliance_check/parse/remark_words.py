"""What a remark beside a partner says of its taking part.

The words are in ``data/remarks.csv``. A remark is never more than a doubt: that a partner left or
is not sure makes it a possible one, and what is not understood is shown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache, lru_cache

from alliance_check.folding import fold
from alliance_check.model import Presence, Said
from alliance_check.phrases import phrases
from alliance_check.vocabulary import read_presence, read_said

_SHORTEST = 4
"""Shorter words of a status may mean anything in a remark."""
_LONGEST_START = 3
_LONGEST_HARMLESS = 12
_LONGEST_READ = 2000
_STEM = 4
_PARTS = re.compile(r"[;,.:()\[\]/|\n]\s*|\s[–—-]\s")
_ASKS = re.compile(r"[?？][\s)\]]*$")
_PLAIN = re.compile(
    r"[\W\d_]*"
    r"|\S+@\S+"
    r"|(?:https?://|www\.)\S+"
    r"|[A-Za-z]{0,3}[\s.-]?\d[\w.,:/+-]*"
)
"""Signs, numbers, dates, short codes and addresses, which say nothing of taking part."""


_Index = Mapping[str, tuple[tuple[str, ...], ...]]


class Tone(Enum):
    """What a remark says of a partner: doubt, nothing, or what is not understood."""

    DOUBT = "doubt"
    HARMLESS = "harmless"
    UNREAD = "unread"


@lru_cache(maxsize=4096)
def read_remark(text: str) -> Tone:
    """Return what a remark says of the partner beside which it stands.

    >>> [read_remark(text).value for text in ("has left 3.2.", "Usikker", "not confirmed yet")]
    ['doubt', 'doubt', 'doubt']
    >>> [read_remark(text).value for text in ("mandate signed", "contact: Anna", "blue folder")]
    ['harmless', 'harmless', 'unread']
    """
    text = text[:_LONGEST_READ]
    whole = read_presence(text)
    if whole is Presence.CONFIRMED or _PLAIN.fullmatch(text):
        return Tone.HARMLESS
    if whole is not None and len(text) >= _SHORTEST and read_said(text) is not Said.NO:
        return Tone.DOUBT
    words = fold(text).split()
    every = [words, *_parts(text)]
    if _ASKS.search(text) or any(_doubted(part) or _starts_in_doubt(part) for part in every):
        return Tone.DOUBT
    return Tone.HARMLESS if _harmless(words) else Tone.UNREAD


@lru_cache(maxsize=4096)
def withdraws(text: str) -> bool:
    """Say whether a text is nothing but a status, and that declines.

    >>> withdraws("Withdrawn"), withdraws("trukket seg"), withdraws("withdrawn charter")
    (True, True, False)
    """
    return len(text) >= _SHORTEST and read_presence(text) is Presence.DECLINED


def heading_says(text: str) -> Presence | None:
    """Return the presence that a yes below a header means; None where it means none.

    >>> heading_says("Withdrawn?"), heading_says("Country")
    (<Presence.DECLINED: 'declined'>, None)
    """
    plain = _plain(text)
    found = _words("header").get(plain)
    if found in {presence.value for presence in Presence}:
        return Presence(found)
    return Presence.DECLINED if read_presence(plain) is Presence.DECLINED else None


def tells_of_tasks(header: str) -> bool:
    """Say whether a header is about what a partner does, not about its taking part.

    >>> tells_of_tasks("Work packages"), tells_of_tasks("Comments")
    (True, False)
    """
    return _words("header").get(_plain(header)) == "tasks"


def _plain(header: str) -> str:
    """Return a header, folded, without what stands in brackets."""
    return fold(re.sub(r"\([^()]*\)", " ", header))


def _parts(text: str) -> Iterator[list[str]]:
    for part in _PARTS.split(text):
        words = fold(part).split()
        if words:
            yield words


def _starts_in_doubt(words: list[str]) -> bool:
    """Say whether a remark, or a part of one, begins with a withdrawal or a word of doubt."""
    starts = (" ".join(words[:number]) for number in range(1, _LONGEST_START + 1))
    if any(len(s) > _SHORTEST and read_presence(s) is Presence.DECLINED for s in starts):
        return True
    return bool(_at(words, 0, _index("doubt", "start")))


def _doubted(words: list[str]) -> bool:
    """Say whether a phrase of doubt stands anywhere, and is not denied by the word before."""
    within, stems, denials = _index("doubt", "within"), _index("doubt", "stem"), _words("negation")
    return any(
        (_at(words, place, within) or _begins(word, stems.get(word[:_STEM], ())))
        and (not place or words[place - 1] not in denials)
        for place, word in enumerate(words)
    )


def _harmless(words: list[str]) -> bool:
    """Say whether a remark begins with what says nothing of taking part, without a reservation."""
    if not 0 < len(words) <= _LONGEST_HARMLESS:
        return False
    bare = [words[0].rstrip("0123456789") or words[0], *words[1:]]
    start = _at(bare, 0, _index("harmless", "start"))
    return bool(start) and _words("reserved").keys().isdisjoint(words[len(start) :])


def _at(words: list[str], place: int, index: _Index) -> tuple[str, ...]:
    """Return the phrase that stands at a place; empty where none does."""
    there = index.get(words[place], ()) if place < len(words) else ()
    return next((p for p in there if tuple(words[place : place + len(p)]) == p), ())


def _begins(word: str, stems: tuple[tuple[str, ...], ...]) -> bool:
    return any(word.startswith(stem) for (stem,) in stems)


@cache
def _index(meaning: str, place: str) -> _Index:
    """Return the phrases of one kind by their first word, stems by their first letters."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for spelling, where in _words(meaning).items():
        phrase = tuple(spelling.split())
        if where == place:
            found[phrase[0][:_STEM] if place == "stem" else phrase[0]].append(phrase)
    return {first: tuple(there) for first, there in found.items()}


@cache
def _words(meaning: str) -> Mapping[str, str]:
    """Return the spellings of one meaning and where in a remark each counts."""
    return _all()[meaning]


@cache
def _all() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for meaning, place, spellings in phrases("remarks.csv"):
        for spelling in spellings:
            found[meaning].setdefault(spelling, place)
    return found
