"""The minima of a lot as numbers, and how each organisation that counts brings them closer.

This is what the search and the margins know of the rules on the minima. It only proposes: every
set of changes is judged by the rules themselves before it is given.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from alliance_check.model.call import Lot
from alliance_check.model.consortium import EDUCATION, HEI, LABOUR, VET
from alliance_check.rules import (
    higher_education_partner,
    minimum_countries,
    minimum_education_providers,
    minimum_labour_market_actors,
    minimum_partners,
    vet_partner,
)

MINIMA = (
    minimum_countries.ID,
    minimum_partners.ID,
    minimum_labour_market_actors.ID,
    minimum_education_providers.ID,
    higher_education_partner.ID,
    vet_partner.ID,
)


class Minima(NamedTuple):
    """The minimum of each kind; 0 where the lot has none or it is not known."""

    countries: int
    partners: int
    labour: int
    education: int
    hei: int
    vet: int

    @property
    def other_education(self) -> int:
        """How many education providers are needed in addition to one supplier of each kind."""
        return max(0, self.education - self.hei - self.vet)


def minima(lot: Lot) -> Minima:
    """Return the minima of a lot."""
    clauses = (lot.clauses.get(rule) for rule in MINIMA)
    return Minima(*(0 if c is None or c.unknown is not None else c.number for c in clauses))


class Missing(NamedTuple):
    """What is still missing; ``education`` without what the two kinds bring."""

    partners: int
    countries: int
    labour: int
    education: int
    hei: int
    vet: int

    @property
    def functions(self) -> int:
        """How many organisations with a function are missing."""
        return self.labour + self.education + self.hei + self.vet

    @property
    def additions(self) -> int:
        """How many new partners would bring all of it."""
        return max(self.partners, self.countries, self.functions)


def places(abilities: frozenset[str]) -> tuple[str, ...]:
    """Return the fields of ``Missing`` among which an organisation has the choice.

    A place that only one kind can fill goes before one that any education provider can fill.
    """
    found = ["labour"] if LABOUR in abilities else []
    if EDUCATION in abilities:
        kinds = [name for name, kind in (("hei", HEI), ("vet", VET)) if kind in abilities]
        found += kinds or ["education"]
    return tuple(found)


def without_one(missing: Missing, abilities: frozenset[str], *, country: bool) -> list[Missing]:
    """Return what may be missing after one organisation that counts, for each place it can fill.

    *country* says whether it brings a country.
    """
    left = missing._replace(
        partners=max(0, missing.partners - 1), countries=max(0, missing.countries - country)
    )
    return list(_filled(left, abilities)) or [left]


def _filled(left: Missing, abilities: frozenset[str]) -> Iterator[Missing]:
    open_places = [place for place in places(abilities) if getattr(left, place)]
    if EDUCATION in abilities and left.education and not {"hei", "vet"}.intersection(open_places):
        open_places = [*(place for place in open_places if place == "labour"), "education"]
    for place in open_places:
        yield left._replace(**{place: getattr(left, place) - 1})
