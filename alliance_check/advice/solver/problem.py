"""What is to be covered, by whom, and what a solution is."""

from __future__ import annotations

from typing import NamedTuple

from alliance_check.advice.options import Option

ROLE = 2
"""What a change of role costs."""
MOST_CHANGES = 20


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


class Layer(NamedTuple):
    """The ways of one organisation; *first* when it opens a country nobody counts for yet."""

    options: tuple[Option, ...]
    first: bool


class Problem(NamedTuple):
    """What is to be covered: by whom, and what a coordinator costs (None: not asked for)."""

    layers: tuple[Layer, ...]
    missing: Missing
    covered: frozenset[str]
    lead: int | None
    """What it costs to make a settled full partner the coordinator; None where none can be."""
    asks_lead: bool

    @property
    def leaderless(self) -> bool:
        """Whether a coordinator is asked for and nobody could become it."""
        able = any(option.coordinates for layer in self.layers for option in layer.options)
        return self.asks_lead and self.lead is None and not able


class Solution(NamedTuple):
    """The cheapest cost, with the ways of the organisations and what new partners must bring."""

    cost: int
    options: tuple[Option, ...]
    missing: Missing
    promotes: bool
