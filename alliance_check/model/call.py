"""A call as its rulebook describes it: countries, lots, and the clause behind each rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from alliance_check.model.consortium import Group
from alliance_check.model.errors import BrokenRulebook


@dataclass(frozen=True)
class Document:
    """A document that says something: publisher, version and date as printed on it."""

    title: str
    publisher: str
    version: str
    date: str
    url: str


@dataclass(frozen=True)
class Clause:
    """One requirement of one lot: its value, who says so and where, and our reading of it.

    ``unknown`` says why the value is not known; the rule then claims nothing. ``open_question`` is
    what the source leaves open although the value is known.
    """

    id: str
    says: str
    source: Document
    page: str
    wording: str
    confidence: str
    value: Any = None
    unknown: str | None = None
    interpretation: str | None = None
    open_question: str | None = None

    @property
    def number(self) -> int:
        """The value, where it is one whole number."""
        if not isinstance(self.value, int):
            raise BrokenRulebook("The clause {id} needs a whole number as its value.", id=self.id)
        return self.value

    def part(self, key: str) -> Any:
        """Return one part of a value that is a table; None where it has no such part."""
        if not isinstance(self.value, Mapping):
            raise BrokenRulebook("The clause {id} needs a table as its value.", id=self.id)
        return self.value.get(key)


@dataclass(frozen=True)
class Lot:
    """A lot of a call: its own id and names, and a clause for every rule that it has."""

    id: str
    number: int
    title: str
    clauses: Mapping[str, Clause]


@dataclass(frozen=True)
class Call:
    """A call year. Countries are ISO 3166-1 alpha-2 codes, ``XK`` for Kosovo."""

    id: str
    title: str
    deadline: datetime
    """Day and hour in Brussels time, as the guide prints them; without a time zone."""
    member_states: frozenset[str]
    associated: frozenset[str]
    excluded: frozenset[str]
    territories: Mapping[str, str]
    """Outermost regions and overseas territories, and the Member State each belongs to."""
    regions: Mapping[str, int]
    """Region of each third country not associated to the programme."""
    unmentioned: frozenset[str]
    """Territories that no guide mentions; they count as their state, with a caution."""
    lots: Mapping[str, Lot]
    guide: Document
    near_identical: str | None = None
    """The page of the guide that says that only one of near-identical proposals is evaluated."""

    def state(self, country: str | None) -> str | None:
        """Return the country that a partner counts as: of a territory, its Member State."""
        return None if country is None else self.territories.get(country, country)

    @cached_property
    def counted_as(self) -> Mapping[str, str]:
        """The countries that count towards the minima, and the state that each counts as."""
        states = self.member_states | self.associated
        own = {country: country for country in states - self.territories.keys()}
        return own | {c: state for c, state in self.territories.items() if state in states}

    @cached_property
    def counted(self) -> frozenset[str]:
        """The countries that count towards the minima, with the territories of each."""
        return frozenset(self.counted_as)

    @cached_property
    def regions_outside(self) -> frozenset[int]:
        """The regions from which somebody may be that is not associated, nor excluded."""
        other = (country for country in self.regions if self.group(country) is Group.OTHER)
        return frozenset(self.regions[country] for country in other)

    def counts(self, country: str | None) -> bool:
        """Return whether partners from this country count towards the minima."""
        return country in self.counted

    def group(self, country: str | None) -> Group:
        """Return what this call calls a country."""
        state = self.state(country)
        if state is None:
            return Group.UNKNOWN
        if state in self.member_states:
            return Group.EU
        if state in self.associated:
            return Group.ASSOCIATED
        return Group.EXCLUDED if state in self.excluded else Group.OTHER
