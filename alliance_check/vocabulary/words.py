"""Small words: roles, statuses, yes and no, names to be confirmed, and totals.

The spellings are in ``data/words.csv``. They are compared as a whole; only a role may have a
remark behind it, and a name to be confirmed a kind or a country.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from alliance_check.model.consortium import (
    Presence,
    Role,
    Said,
)
from alliance_check.text.folding import fold
from alliance_check.text.tables import phrases, written_phrases

_AFTER_FIRST = re.compile(r"[,;:.!]|\s[–—-]\s")
_PARTS = re.compile(r"[,;/+&()\[\]|\n]|\s[–—-]\s|:\s|\s(?:and|und|et|og|och|e|y|en|i|ja)\s")
_ONLY_NUMBER = re.compile(r"p{0,2} ?[0-9]{1,3}")
_NUMBERED = re.compile(
    r"(?P<word>p|pp|fp|ap|ae|partner|beneficiary|ben|participant) ?(?:no )?[0-9]{1,3}"
)
_OF_NUMBERED = {"ap": Role.ASSOCIATED_PARTNER, "ae": Role.AFFILIATED_ENTITY}
NO_APPLICANTS = frozenset({Role.ASSOCIATED_PARTNER, Role.AFFILIATED_ENTITY, Role.SUBCONTRACTOR})
"""These take no part as applicants, whatever is said behind them."""
_BEHIND = re.compile(r"\s*[(\[,]|\s[–—-]\s")
_OF_WHAT = re.compile(
    r" (?:(?:in |of |for |i )?(?:k|keur|eur|euros?|the|all|[0-9]{1,3}|partners?|partnere|"
    r"consortium|countries|requested|amount)(?: |$))+$"
)
_SIGNS = "✓✔☑✅✗✘❌"
_DOUBT = re.compile(r"[?？¿]")
_QUESTION = re.compile(r"[\s?.…\-–—_*/x]*", re.IGNORECASE)
_AROUND_IN_DOUBT = re.compile(r"^\s*[?？]|[?？][\s)\]]*$")
_ONE_OF_SEVERAL = re.compile(r" (?:[0-9]{1,3}|[a-z])$")
_CHARTER_CODE = re.compile(
    r"(?:[0-9]{9}|[0-9]{5,6}-EPP-[0-9A-Z-]+ECHE|[A-Z]{1,3} {1,2}[A-Z][A-Z-]*[A-Z][0-9]{2,3})"
)
_MARKED_OPEN = re.compile(
    r"(?:^|[\s(\[,;:/–—-])(?:t\.?b\.?[cadn]\.?|n\.\s?n\.|to be (?:confirmed|decided|defined|"
    r"announced|determined|found|identified|selected|named|invited))(?:$|[\s)\],;:/–—?!-])",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def read_role(text: str) -> Role:
    """Return the role that a text names, UNKNOWN when it is not known or names two.

    A remark on work packages says nothing of the role, and a number such as P3 nothing beside a
    role. What stands behind an associated partner ("(no funding)") says no more of its role, unless
    it names another.

    >>> read_role("P1 (Lead)").value, read_role("Partner (WP3 leader)").value
    ('coordinator', 'full-partner')
    >>> read_role("AP2").value, read_role("Associated partner (no funding)").value
    ('associated-partner', 'associated-partner')
    >>> read_role("partner / associated partner").value, read_role("deputy coordinator").value
    ('unknown', 'unknown')
    """
    if _DOUBT.search(text):
        return Role.UNKNOWN
    whole = words_of("role").get(fold(text))
    if whole is not None:
        return Role(whole)
    found = {_role_of(part) for part in map(fold, _PARTS.split(text.lower())) if part} - {None}
    # A coordinator is a partner too, and a leader of work packages at that.
    if found == {Role.COORDINATOR, Role.FULL_PARTNER}:
        return Role.COORDINATOR
    if not found and _NUMBERED.fullmatch(fold(text)):
        return Role.FULL_PARTNER
    if (head := _no_applicant(text)) is not None:
        return head
    return next(iter(found)) or Role.UNKNOWN if len(found) == 1 else Role.UNKNOWN


@lru_cache(maxsize=4096)
def is_number(text: str) -> bool:
    """Say whether a text only numbers a partner, which says nothing of its role by itself.

    >>> [is_number(text) for text in ("P3", "7", "P1 (Lead)")]
    [True, True, False]
    """
    return bool(_ONLY_NUMBER.fullmatch(fold(text)))


def _no_applicant(text: str) -> Role | None:
    """Return the role of those who do not apply, if no word of a role stands behind it."""
    head, *behind = _BEHIND.split(text, maxsplit=1)
    role = _role_of(fold(head))
    if not behind or role not in NO_APPLICANTS:
        return None
    others = [word for word in fold(behind[0]).split() if word in words_of("role")]
    return None if others else role


def _role_of(part: str) -> Role | None:
    """Return the role in a part of a cell; None for a part that says nothing of it."""
    role = words_of("role").get(part)
    if role is not None:
        return Role(role)
    if numbered := _NUMBERED.fullmatch(part):
        word = numbered["word"]
        return None if word in {"p", "pp"} else _OF_NUMBERED.get(word, Role.FULL_PARTNER)
    if package := _package().fullmatch(part):
        return Role.FULL_PARTNER if package["before"] or package["behind"] else None
    return Role.UNKNOWN


@cache
def _package() -> re.Pattern[str]:
    """Return what a work package by its number looks like, with its leader before or behind."""
    lead, package = ("|".join(sorted(words_of(kind))) for kind in ("lead", "package"))
    return re.compile(
        rf"(?:(?P<before>{lead}) (?:of |for |av |von |de |del |di |do |da |van )?)?"
        rf"(?:{package}) ?[0-9][0-9 ]*(?P<behind>{lead})?"
    )


@lru_cache(maxsize=4096)
def read_presence(text: str) -> Presence | None:
    """Return what a status says; None when it is not known.

    >>> read_presence("Mandate signed"), read_presence("à confirmer"), read_presence("orange")
    (<Presence.CONFIRMED: 'confirmed'>, <Presence.POSSIBLE: 'possible'>, None)
    """
    key = _key(text)
    found = words_of("presence").get(key)
    if _DOUBT.search(text) and (found or not key):
        return Presence.POSSIBLE
    return None if found is None else Presence(found)


@lru_cache(maxsize=4096)
def read_said(text: str) -> Said:
    """Return what a yes/no cell says; a dash says as little as an empty cell.

    >>> [read_said(text).value for text in ("Oui", "nei", " - ", "n/a", "perhaps")]
    ['yes', 'no', 'blank', 'blank', 'unread']
    """
    key = _key(text)
    if _DOUBT.search(text):
        return Said.UNREAD
    if not key:
        return Said.BLANK
    found = words_of("said").get(key)
    return Said.UNREAD if found is None else Said(found)


@lru_cache(maxsize=4096)
def read_charter(text: str) -> Said:
    """Return what a cell says of the Erasmus charter; the code of a charter or a holder is a yes.

    >>> [read_charter(text).value for text in ("N BERGEN01", "expired", "applied for")]
    ['yes', 'no', 'unread']
    """
    said = read_said(text)
    if said is not Said.UNREAD or _DOUBT.search(text):
        return said
    if _CHARTER_CODE.fullmatch(text.strip()):
        return Said.YES
    found = words_of("charter").get(fold(text))
    return Said.UNREAD if found is None else Said(found)


@lru_cache(maxsize=4096)
def is_placeholder(text: str) -> bool:
    """Say whether a name stands for an organisation that is not known yet.

    >>> [is_placeholder(t) for t in ("TBC (VET, Spain)", "N.N.", "?", "University (tbc)")]
    [True, True, True, True]
    >>> [is_placeholder(t) for t in ("Tbilisi State University", "NN Group", "Open University")]
    [False, False, False]
    """
    if _QUESTION.fullmatch(text):
        return bool(text.strip())
    names = words_of("placeholder")
    whole = fold(text)
    if whole in names or _NUMBERED.fullmatch(whole) or _MARKED_OPEN.search(text):
        return True
    parts = [fold(part) for part in re.split(r"[()\[\]:;,]|\s[–—-]\s", text)]
    if any(names.get(part) == "placeholder" for part in parts[:1] + parts[-2:]):
        return True
    numbered = _ONE_OF_SEVERAL.sub("", whole) in names
    kind = names.get(_ONE_OF_SEVERAL.sub("", parts[0])) == "kind"
    return kind or numbered or _AROUND_IN_DOUBT.search(text) is not None


def is_outdated(text: str) -> bool:
    """Say whether the name of a list says that it is an old version.

    >>> is_outdated("OLD 02.09"), is_outdated("Partners (gammel)"), is_outdated("Oldenburg")
    (True, True, False)
    """
    return not words_of("outdated").keys().isdisjoint(fold(text).split())


def calls_list_outdated(text: str) -> bool:
    """Say whether a text begins with the remark that the list, and nothing else, is an old version.

    >>> calls_list_outdated("OUTDATED - see the new list"), calls_list_outdated("Old version")
    (True, True)
    >>> calls_list_outdated("Old crafts, new skills"), calls_list_outdated("List of partners")
    (False, False)
    """
    words = fold(_AFTER_FIRST.split(text, maxsplit=1)[0]).split()
    return is_outdated(text) and all(
        word in words_of("outdated") or word in words_of("edition") for word in words
    )


@lru_cache(maxsize=4096)
def is_total(text: str) -> bool:
    """Say whether a text is the heading of a sum, not a name.

    >>> is_total("Sum totalt:"), is_total("Total (EUR)"), is_total("TotalEnergies")
    (True, True, False)
    """
    plain = fold(text)
    return plain in words_of("total") or _OF_WHAT.sub("", plain) in words_of("total")


def begins_as_total(text: str) -> bool:
    """Say whether a text begins with the heading of a sum, as "Subtotal universities" does.

    >>> begins_as_total("Zwischensumme Norwegen"), begins_as_total("Summer School")
    (True, False)
    """
    words = fold(text).split()
    return any(" ".join(words[:number]) in words_of("total") for number in (1, 2))


def _key(text: str) -> str:
    """Return the text as words are looked up: folded, but with the signs that mean yes or no."""
    return fold(text) or "".join(c for c in text if c in _SIGNS)[:1]


def words_of(kind: str) -> Mapping[str, str]:
    """Return the spellings of one list of data/words.csv, folded, and what each means."""
    return all_words()[kind]


@cache
def all_words() -> Mapping[str, Mapping[str, str]]:
    """Return the spellings of every list of data/words.csv, folded, and what each means."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for meaning, kind, spellings in phrases("words.csv"):
        found[kind].update(dict.fromkeys(filter(None, spellings), meaning))
    for meaning, kind, written in written_phrases("words.csv"):
        found[kind].update(dict.fromkeys(_signs(written), meaning))
    return found


def _signs(written: Iterable[str]) -> Iterable[str]:
    return (word for word in written if word in _SIGNS)
