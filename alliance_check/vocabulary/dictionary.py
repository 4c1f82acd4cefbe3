"""What words mean in one run: an office's own words first, then those that everybody uses.

Each distinct word is understood once, however often it stands in a table. What an unread word may
have meant is found by comparing it with thousands of known ones, so that is done for so many words
of a file only; then too much is unread.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from alliance_check.model.consortium import Presence, Role
from alliance_check.text.folding import fold
from alliance_check.vocabulary.countries import (
    country_inside,
    country_of_name,
    country_readings,
    read_country,
    suggest_countries,
)
from alliance_check.vocabulary.headers import (
    Header,
    language_of,
    own_header,
    read_header,
    suggest_field,
)
from alliance_check.vocabulary.remarks import read_status
from alliance_check.vocabulary.types import Kinds, functions_of, read_kinds, suggest_types
from alliance_check.vocabulary.words import read_role

T = TypeVar("T")
MOST_GUESSED = 150
"""For how many distinct countries, types and headers each it is found out what they resemble."""
_TOGETHER = re.compile(
    r"\s(?:and|og|und|et|y|e|en|i|și|si|και|och|ja|or|eller|oder|ou|o|of|lub|&)\s|[,/;]",
    re.IGNORECASE,
)
"""What stands between several kinds in a heading or a legend."""


@dataclass(frozen=True)
class OwnWords:
    """An office's own spellings, folded: what field, country, kinds, role or status each means."""

    columns: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    statuses: Mapping[str, Presence] = field(default_factory=dict)


class Dictionary:
    """Reads headers, countries, types and roles."""

    def __init__(self, own: OwnWords | None = None) -> None:
        self.own = own or OwnWords()
        self.headers: tuple[str, ...] = ()
        """The headers of the table that is read, which tell its language."""
        self._headers: dict[str, Header | None] = {}
        self._countries: dict[str, str | None] = {}
        self._inside: dict[str, str | None] = {}
        self._of_names: dict[str, str | None] = {}
        self._readings: dict[str, frozenset[str]] = {}
        self._kinds: dict[str, Kinds] = {}
        self._roles: dict[str, Role] = {}
        self._near: dict[str, list[str]] = {}
        self._guessed: dict[str, set[str]] = {"country": set(), "type": set(), "header": set()}
        self.gave_up: set[str] = set()
        """Of what too many words are unread to say what each may have meant."""

    def header(self, text: str) -> Header | None:
        """Return what a header means; None when it is not known."""
        own = self.own.columns.get(fold(text)) if self.own.columns else None
        if own is not None:
            return own_header(own, text)
        return _once(self._headers, text, read_header)

    def country(self, text: str) -> str | None:
        """Return the country that a spelling means; None when it is not known."""
        own = self.own.countries.get(fold(text)) if self.own.countries else None
        return own or _once(self._countries, text, read_country)

    def country_readings(self, text: str) -> frozenset[str]:
        """Return the countries that a spelling may mean; empty where it may mean any."""
        return _once(self._readings, text, country_readings)

    def country_in(self, text: str) -> str | None:
        """Return the country that a cell names, also one behind a city; None if none is known."""
        return self.country(text) or _once(self._inside, text, country_inside)

    def country_of_name(self, text: str) -> str:
        """Return the country that a name carries with it; empty if it carries none."""
        return _once(self._of_names, text, country_of_name) or ""

    def countries_near(self, text: str) -> list[str]:
        """Return at most three countries that a spelling resembles."""
        if not self.may_guess("country", text):
            return []
        return _once(self._near, text, suggest_countries)

    def types_near(self, text: str, name: str = "") -> list[str]:
        """Return at most three types that a cell may have meant, its own language first."""
        own = text if self.may_guess("type", text) else ""
        return suggest_types(own, name, self._language)

    def field_near(self, text: str) -> str | None:
        """Return the header that a text resembles most; None where none does."""
        return suggest_field(text) if self.may_guess("header", text) else None

    def may_guess(self, kind: str, text: str) -> bool:
        """Say whether it is to be found out what a word resembles."""
        guessed = self._guessed[kind]
        if not text or text in guessed:
            return True
        if len(guessed) >= MOST_GUESSED:
            self.gave_up.add(kind)
            return False
        guessed.add(text)
        return True

    @cached_property
    def _language(self) -> str:
        return language_of(self.headers)

    def kinds(self, text: str) -> Kinds:
        """Return the kinds that a type names, and the parts that are not known."""
        own = self.own.types.get(fold(text)) if self.own.types else None
        return Kinds(own, ()) if own is not None else _once(self._kinds, text, read_kinds)

    def one_kind(self, text: str) -> str:
        """Return a text that says a kind: itself, or the first of several that count alike.

        "Companies and business organisations": each is one of them, which is enough.
        """
        if not text or self.kinds(text).kinds:
            return text
        parts = [part.strip() for part in _TOGETHER.split(text) if part.strip()]
        kinds = [self.kinds(part).kinds for part in parts]
        alike = len(parts) > 1 and all(kinds) and len(set(map(functions_of, kinds))) == 1
        return parts[0] if alike else ""

    def status(self, text: str) -> Presence | None:
        """Return what a status says; None when it is not known."""
        own = self.own.statuses.get(fold(text)) if self.own.statuses else None
        return own or read_status(text)

    def role(self, text: str) -> Role:
        """Return the role that a text names, UNKNOWN when it is not known."""
        own = self.own.roles.get(fold(text)) if self.own.roles else None
        return own or _once(self._roles, text, read_role)


def _once(known: dict[str, T], text: str, read: Callable[[str], T]) -> T:
    if text not in known:
        known[text] = read(text)
    return known[text]
