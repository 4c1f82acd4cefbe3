"""What the header of a column means that no rule reads: a status, an answer, a seat, or tasks.

The words are in ``data/remarks.csv``, beside those of remarks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import cache, lru_cache

from alliance_check.model.consortium import Presence
from alliance_check.text.folding import fold
from alliance_check.text.tables import meanings
from alliance_check.vocabulary.remarks import words_meaning
from alliance_check.vocabulary.words import read_presence

_ELIGIBILITY = ("status", "role", "type", "country", "charter", "pact", "counts_as", "decisive")
"""Fields whose words in a header make it more than a mere address or description."""


class About(Enum):
    """What a column is about that is no status by its header."""

    TASKS = "tasks"
    ANSWER = "answer"
    INVITED = "invited"
    SEAT = "seat"
    TRAIT = "trait"
    CHANCE = "chance"
    PERSON = "person"
    """Whether a partner is a person, alone or in business."""


@lru_cache(maxsize=1024)
def heading_says(text: str) -> Presence | None:
    """Return the presence that a yes below a header means; None where it means none.

    The date of a withdrawal means what a withdrawal does.

    >>> heading_says("Withdrawn?"), heading_says("Exit date"), heading_says("Country")
    (<Presence.DECLINED: 'declined'>, <Presence.DECLINED: 'declined'>, None)
    """
    plain = _plain(text)
    found = _headings().get(plain)
    if found in {presence.value for presence in Presence}:
        return Presence(found)
    return Presence.DECLINED if _declines(plain) or _declines(without_date(text)) else None


def about(text: str) -> About | None:
    """Return what else a column is about, by its header.

    >>> about("Work packages"), about("T4.2"), about("Svar"), about("Comments")
    (<About.TASKS: 'tasks'>, <About.TASKS: 'tasks'>, <About.ANSWER: 'answer'>, None)
    >>> about("Lidera PT"), about("AP")
    (<About.TASKS: 'tasks'>, None)
    """
    plain = _plain(text)
    numbered, words = plain.rstrip("0123456789 "), plain.split()
    numbers = meanings("remark-words.csv", "numbered")["numbered"]
    packages = {word for word, of in numbers.items() if of == "task"}
    # AP alone may be an associated partner.
    if (numbered != plain and numbered in packages) or (
        words[1:] and not packages.isdisjoint(words)
    ):
        return About.TASKS
    found = _headings().get(plain) or _headings().get(numbered)
    if found is None and _headings().get(without_date(text)) == About.ANSWER.value:
        found = About.ANSWER.value  # "Answered on"
    return About(found) if found in {one.value for one in About} else None


@lru_cache(maxsize=1024)
def is_inert(text: str) -> bool:
    """Say whether a header is about something that says nothing of eligibility.

    >>> is_inert("Contact person (finance)"), is_inert("Comments"), is_inert("Phone, private")
    (True, False, True)
    """
    words = [word.rstrip("0123456789") for word in _plain(text).split()]
    if " ".join(words) in _about("inert"):  # such as "participation in WP2"
        return True
    return not _about("inert").isdisjoint(words) and _about(*_ELIGIBILITY).isdisjoint(words)


def is_about_others(text: str) -> bool:
    """Say whether a header is about a person or a place of work, not about where a partner is.

    >>> [is_about_others(text) for text in ("Nationality", "Pilot country", "Seat (country)")]
    [True, True, False]
    """
    return not _about("elsewhere").isdisjoint(fold(text).split())


def speaks_of_country(text: str) -> bool:
    """Say whether a header has a word for a country or a seat, whatever else it says.

    >>> [speaks_of_country(text) for text in ("Country where registered", "Seat", "Lang.")]
    [True, True, False]
    """
    words = fold(text).split()
    return about(text) is About.SEAT or not _about("country").isdisjoint(words)


def is_number_of(text: str) -> bool:
    """Say whether a label is that of a number by which something is known, or of a count.

    >>> is_number_of("Proposal ID"), is_number_of("Org.nr."), is_number_of("Søknadssum")
    (True, True, False)
    """
    return not _about("number").isdisjoint(_plain(text).split())


@cache
def _about(*fields: str) -> frozenset[str]:
    known = meanings("header-words.csv")
    return frozenset[str]().union(*(known[field] for field in fields))


def _declines(plain: str) -> bool:
    found = _headings().get(plain)
    return found == Presence.DECLINED.value or read_presence(plain) is Presence.DECLINED


def without_date(text: str) -> str:
    """Return a header, folded, without words that make it a date; empty where it has none.

    >>> without_date("Date of LoI"), without_date("LoI")
    ('loi', '')
    """
    words, dates = _plain(text).split(), {w for w, what in _headings().items() if what == "date"}
    kept = [word for word in words if word not in dates]
    return " ".join(kept) if len(kept) < len(words) else ""


def _plain(header: str) -> str:
    """Return a header, folded, without what stands in brackets."""
    return fold(re.sub(r"\([^()]*\)", " ", header))


def _headings() -> Mapping[str, str]:
    return words_meaning("header")
