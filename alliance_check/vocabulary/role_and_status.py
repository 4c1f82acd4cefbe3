"""Words of role, status or doubt in a title, a heading, a bracket or behind a dash.

The words are in ``data/role-and-status.csv``. They count as whole words anywhere in a text, the
longest first, so that "not confirmed" is no "confirmed". A text that names
two different things is unclear, and so is one that denies a role.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final, Literal

from alliance_check.model.consortium import Presence, Role
from alliance_check.text.folding import fold
from alliance_check.text.tables import meanings
from alliance_check.vocabulary.remarks import Tone, read_remark
from alliance_check.vocabulary.type_words import doubts
from alliance_check.vocabulary.words import read_presence, words_of

_TABLE = "role-and-status.csv"
UNCLEAR: Final = "unclear"

RoleOrStatus = Role | Presence | Literal["unclear"]

_LONGEST = 2000  # letters; of a longer text only these are read
_SHORTEST_STATUS = 4
_ACRONYM = re.compile(r"[^\W_]*[A-Z][^\W_]*")
_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_DASH = re.compile(r" [–—-]+ | [–—]|[–—] ")
_PERHAPS = re.compile(
    r"\s*(?:ev|event|poss|prob)\.\s|.*\s(?:ev|evt|evtl|event|poss|prob)\.?$|.*\?\s",
    re.IGNORECASE | re.DOTALL,
)
_TAIL = re.compile(r"[,;:/]")
_CODE = re.compile(r"(?:[(\[]|[,–—:/=*-]\s*)(AP|AE|SUB)(?:[)\]*]|$)")
_OTHER_PARTNER = re.compile(
    r"(?!P ?[0-9])\S.*\bP ?[0-9]{1,2}\b|\s*=\s*\S"
    r"|\s*(?:via|through|durch|über|gjennom|genom|gennem|tramite|attraverso|através|przez|prin|"
    r"přes|kautta|μέσω|c/o)\s+\S",
    re.IGNORECASE,
)
"""Another partner, by its number or as a way to it: "via P7", "=P7", "through Liceo Colle"."""
_WORD = re.compile(r"[^\W\d_]+")
_MEANINGS: Mapping[str, RoleOrStatus] = {
    **{role.value: role for role in Role if role is not Role.UNKNOWN},
    **{presence.value: presence for presence in Presence},
    UNCLEAR: UNCLEAR,
}


@lru_cache(maxsize=1024)
def names_role_or_status(text: str) -> RoleOrStatus | None:
    """Return the role or status that a text names, ``"unclear"``, or None where it names none.

    *text* is a title, a heading, a bracket or a suffix; see `role_or_status_in_name` for names.
    "Partners" and "Coordinator and partners" are titles of any list.

    >>> names_role_or_status("List of subcontractors").value
    'subcontractor'
    >>> names_role_or_status("Withdrawn partners").value, names_role_or_status("(observer)")
    ('declined', 'unclear')
    >>> names_role_or_status("Partners"), names_role_or_status("NTNU"), names_role_or_status("WP3")
    (None, None, None)
    """
    text = text[:_LONGEST].strip(" ()[]{}–—-*:.")
    whole = _whole(text)
    if whole is not None:
        return whole
    found, rest = _scan(fold(text).split())
    if not found:
        return Presence.POSSIBLE if " " in text and read_remark(text) is Tone.DOUBT else None
    return _agreed(found, others=any(word in _partners() for word in rest))


@lru_cache(maxsize=1024)
def role_or_status_in_name(name: str) -> RoleOrStatus | None:
    """Return the role, status or doubt that stands in brackets, behind a dash or first in a name.

    >>> role_or_status_in_name("Observatoire Sud (assoziiert)").value
    'associated-partner'
    >>> role_or_status_in_name("possibly Liceo Colle").value
    'possible'
    >>> role_or_status_in_name("Liceo Colle (awaiting signature)").value
    'possible'
    >>> role_or_status_in_name("Universidad Abierta (Open University)") is None
    True
    """
    found = {names_role_or_status(one) or _doubted(one) for one in set(segments_of(name))}
    first, *others = _TAIL.split(name)
    alone = {first, *others[-1:]} if others else set[str]()
    if (head := _BRACKETS.split(name, maxsplit=1)[0]) != name:
        alone.add(head)
    found |= {*map(role_or_status_alone, alone), *_coded(name)}
    found.discard(None)
    words = fold(name).split()
    begins = any(" ".join(words[:number]) in words_of("first") for number in (1, 2))
    if len(words) > 1 and (begins or _PERHAPS.match(name)):
        found.add(Presence.POSSIBLE)
    if len(found) > 1:
        found.discard(Presence.CONFIRMED)
    return next(iter(found)) if len(found) == 1 else UNCLEAR if found else None


def role_or_status_alone(segment: str) -> RoleOrStatus | None:
    """Return the role or status that is all that a text says, as "Candidate" in "Candidate: Colle".

    >>> role_or_status_alone("Observer"), role_or_status_alone("Observer research")
    ('unclear', None)
    """
    found, rest = _scan(fold(segment).split())
    return _whole(segment.strip()) or (_agreed(found, others=False) if found and not rest else None)


def _doubted(segment: str) -> RoleOrStatus | None:
    """Return the doubt in a bracket; one that denies or restricts anything is unclear."""
    if read_remark(segment) is Tone.DOUBT:
        return Presence.POSSIBLE
    if _OTHER_PARTNER.match(segment):
        return UNCLEAR
    words = set(fold(segment).split())
    known = meanings(_TABLE)
    if known["unclear"].get(fold(segment)) == "bracket":
        return UNCLEAR
    limits = words & known["restricting"].keys() and not words & known["allowing"].keys()
    return UNCLEAR if limits and len(words) > 1 else None


def _coded(name: str) -> Iterator[Role]:
    """Yield the role of a code in brackets, unless it abbreviates the words before it."""
    for code in _CODE.finditer(name):
        initials = "".join(word[0] for word in _WORD.findall(name[: code.start()]))
        if not initials.upper().endswith(code[1]):
            yield Role(words_of("role")[fold(code[1])])


def without_role_or_status(text: str) -> str:
    """Return a name or a type without the brackets and suffixes that name a role or status.

    >>> without_role_or_status("Research institute - associated")
    'Research institute'
    >>> without_role_or_status("University (UAS) (coordinator)")
    'University (UAS)'
    """
    kept = _BRACKETS.sub(
        lambda bracket: bracket[0] if names_role_or_status(bracket[1]) is None else " ", text
    )
    kept = " ".join(kept.split())
    tail = _DASH.split(kept)[-1]
    if tail != kept and names_role_or_status(tail) is not None:
        return kept.removesuffix(tail).rstrip(" –—-")
    return kept


def segments_of(name: str) -> Iterator[str]:
    """Yield what stands in brackets and what stands behind the last dash of a name."""
    yield from _BRACKETS.findall(name)
    plain = " ".join(_BRACKETS.sub(" ", name).split())
    tail = _DASH.split(plain)[-1]
    if tail != plain:
        yield tail


def _whole(text: str) -> RoleOrStatus | None:
    """Return what a text means that is one role or status and nothing else."""
    if len(fold(text)) < _SHORTEST_STATUS or (" " not in text and _ACRONYM.fullmatch(text[1:])):
        return None
    role = words_of("role").get(fold(text))
    if role is not None:
        return None if role == Role.FULL_PARTNER.value else Role(role)
    return read_presence(text)


def _scan(words: list[str]) -> tuple[set[RoleOrStatus], list[str]]:
    """Return what the phrases in a text mean, and the words that belong to none of them."""
    index, found, rest = _index(), set[RoleOrStatus](), list[str]()
    at = 0
    while at < len(words):
        length, meaning = next(
            (
                (len(phrase), meaning)
                for phrase, meaning in index.get(words[at], ())
                if words[at : at + len(phrase)] == phrase
            ),
            (1, None),
        )
        if meaning is None:
            rest.append(words[at])
        else:
            denied = at > 0 and doubts(words[at - 1]) and isinstance(meaning, Role)
            found.add(UNCLEAR if denied else meaning)
        at += length
    return found, rest


def _agreed(found: set[RoleOrStatus], *, others: bool) -> RoleOrStatus | None:
    """Return the one thing that a text means; *others* where it speaks of partners at large."""
    if len(found) > 1:
        found.discard(Presence.CONFIRMED)
    if found in ({Role.COORDINATOR}, {Role.COORDINATOR, Role.FULL_PARTNER}):
        return None if others or len(found) > 1 else Role.COORDINATOR
    if len(found) > 1 or (others and isinstance(next(iter(found)), Role)):
        return UNCLEAR
    return next(iter(found))


@cache
def _index() -> Mapping[str, list[tuple[list[str], RoleOrStatus]]]:
    """Return the phrases by their first word, the longest first."""
    found: dict[str, list[tuple[list[str], RoleOrStatus]]] = defaultdict(list)
    known = meanings(_TABLE).items()
    within = {s: m for m, spellings in known for s, where in spellings.items() if where == "within"}
    # A role of several words is as clear inside a text as alone.
    roles = {s: m for s, m in words_of("role").items() if " " in s and m != "full-partner"}
    for spelling, meaning in (within | roles).items():
        words = spelling.split()
        found[words[0]].append((words, _MEANINGS[meaning]))
    for there in found.values():
        there.sort(key=lambda phrase: -len(phrase[0]))
    return found


@cache
def _partners() -> frozenset[str]:
    """Return the single words for partners of any kind."""
    full = {s for s, meaning in words_of("role").items() if meaning == "full-partner"}
    return frozenset(spelling for spelling in full if " " not in spelling and len(spelling) > 1)
