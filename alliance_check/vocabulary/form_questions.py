"""Which field a question of a web form asks for, by the words inside it.

Exports of Google Forms and Nettskjema have whole questions as headers. The words are in
``data/question-words.csv``. A question about two things, or about something that no field holds,
is none that is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from alliance_check.text.folding import fold
from alliance_check.text.tables import meanings

_FEWEST_WORDS = 3
_LONGEST = 300  # letters
_LONGEST_START = 3  # words
# What a question says first of these, it is about: "What is the e-mail of your contact person?"
_FIRST = ("email", "phone", "website", "contact", "pic", "oid", "charter", "pact", "role")


def asked_field(text: str) -> str | None:
    """Return the field that a question asks for; None where it asks for none or for several.

    >>> asked_field("What is the full legal name of your organisation?")
    'name'
    >>> asked_field("In which country is your organisation established?")
    'country'
    >>> asked_field("Hva slags type organisasjon er dere?"), asked_field("What is your name?")
    ('type', 'contact')
    >>> asked_field("Which work packages interest you?"), asked_field("Which projects?")
    (None, None)
    """
    words = fold(text).split() if len(text) <= _LONGEST else []
    if len(words) < _FEWEST_WORDS:
        return None
    if "?" in text or _asks(words):
        return _field(_named(words))
    return "name" if _only_name_of_organisation(words) else None


def _field(named: set[str]) -> str | None:
    for field in _FIRST:
        if field in named:
            return field
    if "other" in named:
        return None
    if "place" in named and {"seat", "organisation"} <= named and not named & {"name", "type"}:
        return "city/country" if "country" not in named else "country"
    found = {"name", "country", "type"} & named
    if "country" not in named and "organisation" not in named:
        return None
    return found.pop() if len(found) == 1 else None


def _asks(words: list[str]) -> bool:
    """Return whether a text begins as a question or a request does: "Country where …" does not."""
    starts = (" ".join(words[:number]) for number in range(1, _LONGEST_START + 1))
    return any(start in _words()["ask"] for start in starts)


def _only_name_of_organisation(words: list[str]) -> bool:
    """Return whether words are "full legal name of your organisation" and nothing else."""
    known = _words()
    rest = [word for word in words if word not in known["filler"]]
    name, organisation = known["name"], known["organisation"]
    return (
        len(rest) == 2
        and any(word in name for word in rest)
        and any(word in organisation for word in rest)
    )


def _named(words: list[str]) -> set[str]:
    """Return the meanings whose words or phrases stand in a text."""
    whole = f" {' '.join(words)} "
    single = set(words)
    return {
        meaning
        for meaning, known in _words().items()
        if not single.isdisjoint(known) or any(f" {p} " in whole for p in _phrases()[meaning])
    }


def _words() -> Mapping[str, Mapping[str, str]]:
    return meanings("question-words.csv")


@cache
def _phrases() -> Mapping[str, tuple[str, ...]]:
    return {m: tuple(s for s in known if " " in s) for m, known in _words().items()}
