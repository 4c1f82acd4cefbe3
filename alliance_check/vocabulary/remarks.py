"""What a remark beside a partner says of its taking part.

The phrases are in ``data/remarks.csv``, and ``remark_words`` reads what has only harmless words.
A remark is never more than a doubt: that a partner left or is not sure makes it a possible one, and
what is not understood is shown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache, lru_cache

from alliance_check.model.consortium import Presence, Said
from alliance_check.text.folding import fold
from alliance_check.text.tables import meanings
from alliance_check.vocabulary.countries import read_country
from alliance_check.vocabulary.persons import is_person
from alliance_check.vocabulary.remark_words import (
    is_about_a_thing,
    is_harmless,
    is_known,
    is_little,
)
from alliance_check.vocabulary.words import read_presence, read_said

_LONGEST_INSTEAD = 4  # words
_LONGEST_WITHDRAWAL, _LONGEST_SUBJECT = 6, 20
_CLAUSES = re.compile(r"[.;,:()\[\]\n]\s*|\s[–—-]\s|(?<=\w)\.(?=\s)")
_SENTENCES = re.compile(r"[.;!]\s+|\n")
_SHORTEST = 4
"""Shorter words of a status may mean anything in a remark."""
_LONGEST_START = 3
_LONGEST_HARMLESS = 12
_LONGEST_READ, _LONGEST_STATUS = 2000, 300
_STEM = 4
_MOST_BEHIND = {"start": _LONGEST_HARMLESS, "name": _LONGEST_HARMLESS, "short": 3, "end": 4}
"""How many words may follow a harmless start, by where it stands in the table."""
_MOST_NAMES = 4
_PERSON = re.compile(r"\s*(?:[A-ZÀ-Þ][^\W\d_]?[a-zà-ÿ'’-]+\.?\s?){1,3}")
_PARTS = re.compile(r"[;,.:()\[\]/|\n]\s*|\s[–—-]\s")
_ASKS = re.compile(r"[?？][\s)\]]*$")
_DOUBTING = re.compile(r"[❌✗✘✖🚫⛔👎❓❔⚠🛑]")
_NO_WORD = re.compile(r"[\W_]*")
_ASKING = re.compile(r"[?？¿]")
_SAYING_NOTHING = re.compile(r"[\s\d.,;:/\\()\[\]{}'\"%€$&+=~<>|_\ufe0f✓✔☑✅👍🟢–—−-]*")
_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+")
_CODE = re.compile(r"(?!a[pe]\b|a[pe]\d)[a-z]{0,3}[\s.-]?\d[\w.,:/+-]*", re.IGNORECASE)
"""Numbers, dates and short codes, which say nothing of taking part; AP1 may be associated."""
_WORDS = re.compile(r"[^\W_]+")
_MAIL = re.compile(r"<?\S+@\S+>?")


_Index = Mapping[str, tuple[tuple[str, ...], ...]]


class Tone(Enum):
    """What a remark says of a partner: doubt, nothing, or what is not understood."""

    DOUBT = "doubt"
    HARMLESS = "harmless"
    UNREAD = "unread"


def read_status(text: str) -> Presence | None:
    """Return what a status says, also one with a date or a name behind it; None if unknown.

    >>> read_status("confirmed 3.2."), read_status("confirmed, but may leave").value
    (<Presence.CONFIRMED: 'confirmed'>, 'possible')
    """
    known = read_presence(text)
    if known is not None:
        return known
    if withdraws(text):
        return Presence.DECLINED
    tone = read_remark(text)
    if tone is Tone.DOUBT:
        return Presence.POSSIBLE
    if len(text) > _LONGEST_STATUS:
        return None
    words = text.split()
    begins = [" ".join(words[:number]) for number in range(1, len(words))]
    confirms = any(
        read_presence(b) is Presence.CONFIRMED and not is_little(fold(b)) for b in begins
    )
    confirmed = tone is Tone.HARMLESS and confirms
    return Presence.CONFIRMED if confirmed else None


@lru_cache(maxsize=4096)
def read_remark(text: str) -> Tone:
    """Return what a remark says of the partner beside which it stands.

    >>> [read_remark(text).value for text in ("has left 3.2.", "Usikker", "not confirmed yet")]
    ['doubt', 'doubt', 'doubt']
    >>> [read_remark(text).value for text in ("mandate signed", "contact: Anna", "blue folder")]
    ['harmless', 'harmless', 'unread']
    """
    text = text[:_LONGEST_READ]
    if _DOUBTING.search(text) or _NO_WORD.fullmatch(text):
        return _tone_of_signs(text)
    if _ADDRESS.fullmatch(text) or is_person(text):
        return Tone.HARMLESS
    whole = read_presence(text)
    # A lone letter may mean anything; what is more is a status.
    if whole is Presence.CONFIRMED and len(text) > 1:
        return Tone.HARMLESS
    if whole not in {None, Presence.CONFIRMED} and _is_status(text):
        return Tone.DOUBT
    weighed = _without_things(text)
    every = [fold(weighed).split(), *_parts(weighed)]
    if _ASKS.search(text) or any(_doubted(part) or _starts_in_doubt(part) for part in every):
        return Tone.DOUBT
    harmless = not weighed or any(_harmless(one) or _each_harmless(one) for one in (text, weighed))
    return Tone.HARMLESS if harmless else Tone.UNREAD


def _tone_of_signs(text: str) -> Tone:
    """Return what signs say: a cross or a question mark doubts, an unusual one is not understood.

    >>> [_tone_of_signs(text).value for text in ("??", "✘", "✓", "-", "!")]
    ['doubt', 'doubt', 'harmless', 'harmless', 'unread']
    """
    if _DOUBTING.search(text) or _ASKING.search(text):
        return Tone.DOUBT
    return Tone.HARMLESS if _SAYING_NOTHING.fullmatch(text) else Tone.UNREAD


def _without_things(text: str) -> str:
    """Return a remark without its parts about a logo or the like, missing or not."""
    head, colon, name = text.partition(":")
    named = bool(colon) and _PERSON.fullmatch(name) is not None and read_country(name) is None
    if _of_a_thing(head if named else text):
        return ""
    parts = [part for part in _PARTS.split(text) if fold(part)]
    kept = [part for part in parts if not _of_a_thing(part)]
    return text if len(kept) == len(parts) else "; ".join(kept)


def _of_a_thing(text: str) -> bool:
    months = words_meaning("month")
    return is_about_a_thing([word for word in fold(text).split() if word not in months])


def _is_status(text: str) -> bool:
    return len(text) >= _SHORTEST and read_said(text) is not Said.NO


@lru_cache(maxsize=4096)
def withdraws(text: str) -> bool:
    """Say whether a text says that a partner withdrew, perhaps when, how and from what.

    What follows in other sentences may be anything that takes nothing back.

    >>> withdraws("Withdrew 14 Nov (mail from Jonas). Looking for another"), withdraws("Nei takk")
    (True, True)
    >>> withdraws("Withdrawn charter"), withdraws("Withdrew, but is back"), withdraws("Left?")
    (False, False, False)
    """
    if _ASKING.search(text) or len(text) > _LONGEST_READ:
        return False
    first, *others = [fold(part).split() for part in _CLAUSES.split(text) if fold(part)] or [[]]
    back = words_meaning("back").keys() | words_meaning("reserved").keys()
    starts = range(1, min(_LONGEST_WITHDRAWAL, len(first)) + 1)
    return all(back.isdisjoint(part) for part in others) and any(
        read_presence(start) is Presence.DECLINED
        and start not in words_meaning("vague")
        and all(_tells_of_withdrawal(word) for word in first[number:])
        for number, start in ((n, " ".join(first[:n])) for n in starts)
    )


def up_to_withdrawal(text: str) -> str | None:
    """Return a text up to the end of the sentence that says of somebody that they withdrew.

    >>> up_to_withdrawal("12 Nov: Liceo Colle pulled out, no reason given. Liceo Valle was asked.")
    '12 Nov: Liceo Colle pulled out, no reason given'
    >>> up_to_withdrawal("no one has left"), up_to_withdrawal("Liceo Colle joined")
    (None, None)
    """
    sentences = _SENTENCES.split(text[:_LONGEST_READ])
    last = next((n for n, one in enumerate(sentences) if _tells_of_one_that_left(one)), None)
    return None if last is None else ". ".join(sentences[: last + 1])


def _tells_of_one_that_left(sentence: str) -> bool:
    denials = words_meaning("negation").keys()
    clauses = (fold(part).split() for part in _CLAUSES.split(sentence))
    return any(
        denials.isdisjoint(words[:at]) and withdraws(" ".join(words[at:]))
        for words in clauses
        for at in range(min(len(words), _LONGEST_SUBJECT))
    )


def _tells_of_withdrawal(word: str) -> bool:
    """Say whether a word tells only when, how or from what somebody withdrew."""
    return (
        word.isdecimal()
        or is_little(word)
        or word in words_meaning("month")
        or word in words_meaning("withdrawn")
    )


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
    within, stems, denials = (
        _index("doubt", "within"),
        _index("doubt", "stem"),
        words_meaning("negation"),
    )
    return any(
        (_at(words, place, within) or _begins(word, stems.get(word[:_STEM], ())))
        and (not place or words[place - 1] not in denials)
        for place, word in enumerate(words)
    )


def _harmless(text: str) -> bool:
    months = words_meaning("month")
    return _starts_harmlessly(text) or says_when(text) or is_harmless(text, months)


def _starts_harmlessly(text: str) -> bool:
    """Say whether a remark begins with what says nothing of taking part, and goes on likewise."""
    words = fold(text).split()
    if not 0 < len(words) <= _LONGEST_HARMLESS:
        return False
    if " ".join(words) in _placed("harmless", "whole"):
        return True
    bare = [words[0].rstrip("0123456789") or words[0], *words[1:]]
    for place, most in _MOST_BEHIND.items():
        start = _at(bare, 0, _index("harmless", place))
        behind = words[len(start) :]
        if start and len(behind) <= most and not _halts(behind):
            if place == "name":
                return _only_names(text, len(start))
            return place != "end" or _tells_when(behind) or _tells_who(text, len(start))
    return False


def _only_names(text: str, first: int) -> bool:
    """Say whether all words from one on are names, numbers or addresses, and there is one."""
    words = _WORDS.findall(_MAIL.sub(" name ", text))[first:]
    particles = words_meaning("particle")
    return bool(words) and all(
        word[0].isupper() or word.isdecimal() or word in particles or word == "name"
        for word in words
    )


def _tells_who(text: str, first: int) -> bool:
    """Say whether nothing from one word on, or by whom and how a partner confirmed."""
    words = _WORDS.findall(text)[first:]
    if not words:
        return True
    months, behind = words_meaning("month"), _placed("harmless", "behind")
    return fold(words[0]) in behind and all(
        word[0].isupper() or word[0].isdecimal() or is_known(fold(word)) or fold(word) in months
        for word in words
    )


def _each_harmless(text: str) -> bool:
    """Say whether every part of a remark by itself says nothing of taking part."""
    parts = [part for part in _PARTS.split(text) if fold(part)]
    return len(parts) > 1 and all(map(_harmless, parts))


def _halts(words: list[str]) -> bool:
    """Say whether a word may turn what is said before it into its contrary."""
    halting = (
        words_meaning("reserved"),
        words_meaning("stop"),
        words_meaning("negation"),
        _placed("doubt", "start"),
    )
    return any(word in table for table in halting for word in words)


def says_when(text: str) -> bool:
    """Say whether a text is a number, a date, a length, a code, or a name with an address.

    >>> says_when("3 Feb 2023"), says_when("Very good school")
    (True, False)
    """
    words = fold(text).split()
    rest, mails = _MAIL.subn(" ", text)
    if mails:
        names = rest.replace(",", " ").replace(":", " ").split()
        proper = len(names) <= _MOST_NAMES and all(name[0].isupper() for name in names)
        return proper and not _halts(fold(rest).split())
    return not _halts(words) and (_CODE.fullmatch(text) is not None or _tells_when(words))


def _tells_when(words: list[str]) -> bool:
    """Say whether words are a date or a length: a number, and months or a unit."""
    numbers = [word for word in words if word.isdecimal()]
    names = words_meaning("month")
    return bool(numbers) and all(w in names or w == "de" for w in words if w not in numbers)


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
    for spelling, where in words_meaning(meaning).items():
        phrase = tuple(spelling.split())
        if where == place:
            found[phrase[0][:_STEM] if place == "stem" else phrase[0]].append(phrase)
    return {first: tuple(there) for first, there in found.items()}


@cache
def _placed(meaning: str, place: str) -> frozenset[str]:
    """Return the spellings of one meaning that count in one place."""
    return frozenset(
        spelling for spelling, where in words_meaning(meaning).items() if where == place
    )


def words_meaning(meaning: str) -> Mapping[str, str]:
    """Return the spellings of one meaning and where in a remark each counts."""
    return meanings("remarks.csv", meaning)[meaning]


def replaced_name(text: str) -> str:
    """Return whose place a text says that a partner takes, folded; empty where it says none.

    >>> replaced_name("statt Nevesport"), replaced_name("Replaced by Alpin")
    ('nevesport', '')
    """
    words, known = fold(text).split(), words_meaning("instead")
    lengths = range(min(len(words) - 1, _LONGEST_INSTEAD), 0, -1)
    at = next((n for n in lengths if " ".join(words[:n]) in known), len(words))
    return " ".join(words[at:])
