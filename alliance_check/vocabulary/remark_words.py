"""Remarks that consist of harmless words: whom one met, what a partner is good at, what it runs.

The words are in ``data/remark-words.csv``, in fourteen languages together, since remarks mix them.
A single word that is not in the table leaves the remark unread.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import pairwise

from alliance_check.text.folding import fold
from alliance_check.text.tables import phrases
from alliance_check.vocabulary.countries import read_country
from alliance_check.vocabulary.types import read_kinds

_MOST_WORDS = 25
_MOST_NAMES = 2
_SHORTEST_NAME = 3
_WORD = re.compile(r"[^\W_]+")
_MEANINGS = ("word", "weighty", "settling", "introduces")
_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+")
_UNUSUAL = re.compile(r"[^\w\s.,;:!()\[\]/'’\"“”„«»&+@#%€–—-]")
"""Signs that may mark a partner, such as a star or an arrow."""
_ONE_WORD = re.compile(
    r"\b(n)/(a)\b|\b(kick)-(off)\b|\b(ap|wp)\s([0-9])|\b(e)-?(mail|post)[\s-]?(address|adresse\w*)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?<=\bskrive )om\b|(?<=\bskriver )om\b|(?<=\bskriva )om\b|"
    r"\b(?:ca|cca|circa|approx|about|etwa|rund|env|aprox|noin)\b\.?\s*(?=[0-9])",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?!0+$)[a-z]{0,4}[0-9]+(?:st|nd|rd|th|k|h|pm)?")
"""Numbers, and codes such as WP3 or D2.1."""
_PARTS = re.compile(r"[,;]|\.\s")
_YEAR = re.compile(r"20[0-9]{2}")
_SOME_OF_SEVERAL = re.compile(r"[0-9]\s+(?:of|av|af|von|sur|de|di|van|z|din|από)\s+[0-9]")


def is_harmless(text: str, dates: Container[str]) -> bool:
    """Say whether all words of a text are known to say nothing of taking part, or are names.

    *dates* are the names of months and units. A word of weight needs another that settles it: a
    mandate is harmless once it is signed, a school once it is good, and a lead if it is of a task.

    >>> is_harmless("Met the rector in Oslo", ()), is_harmless("Mandate received by mail", ())
    (True, True)
    >>> is_harmless("Mandate in May", {"may"}), is_harmless("Lost the mandate", ())
    (False, False)
    """
    if _UNUSUAL.search(text) or _SOME_OF_SEVERAL.search(text):
        return False
    joined = _ONE_WORD.sub(lambda found: "".join(filter(None, found.groups())), text)
    joined = _ABOUT.sub("", joined)
    written = _WORD.findall(_ADDRESS.sub(" ", joined))
    if not 0 < len(written) <= _MOST_WORDS:
        return False
    words = [fold(word) for word in written]
    names = set(_names(written, words))
    known = all(
        place in names or word in dates or is_known(word) or _CODE.fullmatch(word)
        for place, word in enumerate(words)
    )
    settled = (
        known and _has_content(words) and _is_settled(words, names) and _papers_settled(joined)
    )
    # A kind may contradict the type of the organisation.
    return settled and not _is_bounded(words, dates) and not read_kinds(text).kinds


def is_about_a_thing(words: Sequence[str]) -> bool:
    """Say whether folded words tell of a logo, a number or a text only, be it that it is missing.

    >>> [is_about_a_thing(text.split()) for text in ("waiting for logo", "waiting for mandate")]
    [True, False]
    """
    things, lacks, little = _words("thing"), _words("lack"), _words("word")
    return any(word in things for word in words) and all(
        word in things
        or word in lacks
        or "little" in little.get(word, ())
        or word.isdecimal()
        or not word[1:]
        for word in words
    )


def spares_mandate(words: Sequence[str], header: Sequence[str] = ()) -> bool:
    """Say whether folded words tell that a mandate or a letter is not needed, as of a coordinator.

    The paper may be named by the *header* above them.

    >>> spares_mandate(["mandate", "na"]), spares_mandate(["no", "reply"])
    (True, False)
    >>> spares_mandate(["entfallt"], ["unterschrift", "mandat"]), spares_mandate(["entfallt"])
    (True, False)
    """
    papers = [word for word in (*words, *header) if _words("weighty").get(word) == {"paper"}]
    return bool(papers and words) and all(
        word in papers or word in _words("needless") for word in words
    )


def is_little(word: str) -> bool:
    """Say whether a folded word is an article, a preposition or the like.

    >>> is_little("med"), is_little("mandate")
    (True, False)
    """
    return _words("word").get(word) == {"little"}


def is_known(word: str) -> bool:
    """Say whether a folded word alone says nothing of taking part.

    >>> is_known("rector"), is_known("old")
    (True, False)
    """
    return any(word in _words(meaning) for meaning in _MEANINGS) or _is_compound(word)


@lru_cache(maxsize=4096)
def _is_compound(word: str) -> bool:
    """Say whether the last part of a word is harmless, as in "midtveismøte", and the first too."""
    heads = (word[at:] for at in range(_SHORTEST_NAME, len(word) - _SHORTEST_NAME + 1))
    return any(head in _words("compound") for head in heads) and not any(
        danger in word for danger in _words("danger")
    )


def _has_content(words: Sequence[str]) -> bool:
    return any(is_known(word) and not is_little(word) for word in words)


def _is_settled(words: Sequence[str], names: AbstractSet[int]) -> bool:
    """Say whether each word of weight has one beside it, or a name, that settles it."""
    settling, numbered, weighty = _words("settling"), _words("numbered"), _words("weighty")
    settled = set[str]().union(*(settling.get(word, ()) for word in words))
    numbers = (word.rstrip("0123456789") for word in words if word[-1].isdecimal())
    settled |= set[str]().union(*(numbered.get(word, ()) for word in numbers))
    # A mandate that the rector has received is not signed, nor is one that we have sent.
    if "receipt" in settled and _words("sender").keys().isdisjoint(words):
        settled.add("paper")
    if names:
        settled.add("member")  # of a body that is named
    # A partner of a year may be none today.
    if any(_YEAR.fullmatch(word) for word in words):
        settled.discard("partner")
    return all(settled & weighty[word] for word in words if word in weighty)


def _papers_settled(text: str) -> bool:
    """Say whether what settles a mandate or a letter stands in the same part of the remark."""
    settling, weighty = _words("settling"), _words("weighty")
    return all(
        any(not {"paper", "receipt"}.isdisjoint(settling.get(word, ())) for word in part)
        for part in (fold(part).split() for part in _PARTS.split(text))
        if any(weighty.get(word) == {"paper"} for word in part)
    )


def _is_bounded(words: Sequence[str], dates: Container[str]) -> bool:
    """Say whether a date follows "till", "contact" follows "in", or "director" stands beside "new".

    What ends, is only talked of, is done for somebody else, or has changed hands is not harmless.
    """
    bound, bounded, none = _words("bound"), _words("bounded"), set[str]()
    return any(
        bool(bound.get(word, none) & bounded.get(behind, none))
        or "head" in bound.get(behind, none) & bounded.get(word, none)  # "direttore nuovo"
        or ("date" in bound.get(word, none) and (behind.isdecimal() or behind in dates))
        for word, behind in pairwise(words)
    )


def _names(written: Sequence[str], words: Sequence[str]) -> Iterator[int]:
    """Yield the places of names: capitals behind "by", "with", "in" and the like, or a title.

    German writes its nouns so, too. Therefore a preposition introduces a name only beside a word
    for a meeting or an acquaintance, and neither the prepositions nor these words are German.
    """
    introduces = _words("introduces")
    known, weighty = _words("word"), _words("weighty")
    met = any("event" in known.get(word, ()) or "member" in weighty.get(word, ()) for word in words)
    open_places = 0
    for place, (word, plain) in enumerate(zip(written, words, strict=True)):
        if open_places and word[0].isupper() and len(word) >= _SHORTEST_NAME:
            before = " ".join(written[place - 1 : place + 1])
            if not is_known(plain) and read_country(word) is None and read_country(before) is None:
                open_places -= 1
                yield place
                continue
        how = introduces.get(plain, ())
        introduced = "title" in how or (word.islower() and ("of" in how or ("name" in how and met)))
        # "Ringt Kari", "called Ann": whom one spoke to.
        introduced = introduced or "event" in known.get(plain, ())
        open_places = _MOST_NAMES if introduced else 0


@cache
def _words(meaning: str) -> Mapping[str, AbstractSet[str]]:
    """Return the words of one meaning, each with where or for what it counts."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, place, words in phrases("remark-words.csv", meaning):
        for word in words:
            found[word].add(place)
    return dict(found)
