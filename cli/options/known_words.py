"""What the words that a configuration defines mean without it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from alliance_check.model.consortium import Group, Role
from alliance_check.model.message import Message, say
from alliance_check.parse import OwnWords
from alliance_check.rulebook import calls, load_call
from alliance_check.text.folding import fold
from alliance_check.vocabulary.countries import (
    country_inside,
    country_name,
    country_readings,
    read_country,
)
from alliance_check.vocabulary.headers import read_header
from alliance_check.vocabulary.remarks import read_status
from alliance_check.vocabulary.types import read_kinds
from alliance_check.vocabulary.words import read_role

_WITHIN = frozenset({Group.EU, Group.ASSOCIATED})


class _Otherwise(NamedTuple):
    """What a word means by the configuration, and what it means to everybody."""

    own: str
    usual: str


def redefined_words(
    own: OwnWords, content: Mapping[str, Any], name: str
) -> Iterator[tuple[str, Message]]:
    """Yield each own word, folded, that would mean something else without the configuration.

    *content* is the configuration as it is written, *name* what its file is called.
    """
    for table, meanings in vars(own).items():
        for word in content.get(table, {}):
            key = fold(word)
            known = _otherwise(table, word, meanings[key]) if key in meanings else None
            if known is not None:
                yield (
                    key,
                    say(
                        '"{word}" is read as {own} because of {file}; it would mean {known}',
                        word=word,
                        own=known.own,
                        file=name,
                        known=known.usual,
                    ),
                )


def _otherwise(table: str, word: str, meaning: Any) -> _Otherwise | None:
    """Return what a word of one table means otherwise; None where it is not known, or the same."""
    if table == "countries":
        names = sorted(country_name(code) for code in _known_countries(word) - {meaning})
        return _Otherwise(country_name(meaning), " or ".join(names)) if names else None
    if table == "types":
        kinds = read_kinds(word).kinds
        same = not kinds or set(kinds) == set(meaning)
        return None if same else _Otherwise(", ".join(meaning), ", ".join(kinds))
    if table == "columns":
        header = read_header(word)
        same = header is None or header.field == meaning
        return None if same or header is None else _Otherwise(f"the column {meaning}", header.field)
    role, status = read_role(word), read_status(word)
    if role not in {Role.UNKNOWN, meaning}:
        return _Otherwise(meaning.value, role.value)
    return None if status is None else _Otherwise(meaning.value, status.value)


def _known_countries(word: str) -> frozenset[str]:
    """Return the countries that a word speaks of by itself."""
    code = read_country(word) or country_inside(word)
    return frozenset({code}) if code else country_readings(word)


def outsiders_in(word: str, code: str) -> frozenset[str]:
    """Return the names of a word's countries that a call leaves out, if it is to mean another.

    Whoever is from outside must not pass as somebody else; between outsiders that one word may
    mean ("Congo") a choice is free.
    """
    known = _known_countries(word)
    rulebooks = [load_call(year) for year in calls()]
    outside = frozenset(c for c in known if any(one.group(c) not in _WITHIN for one in rulebooks))
    free = code in known and all(one.group(code) not in _WITHIN for one in rulebooks)
    return frozenset() if free else frozenset(map(country_name, outside - {code}))
