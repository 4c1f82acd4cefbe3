"""The minima of a lot as numbers to be reached, in one place for repairs and margins."""

from __future__ import annotations

from typing import NamedTuple

from alliance_check.model.call import Lot

MINIMA = (
    "minimum-countries",
    "minimum-partners",
    "minimum-labour-market-actors",
    "minimum-education-providers",
    "higher-education-partner",
    "vet-partner",
)


class Demands(NamedTuple):
    """The minimum of each kind; 0 where the lot has none or it is not known."""

    countries: int
    partners: int
    labour: int
    education: int
    hei: int
    vet: int

    @property
    def other_education(self) -> int:
        """How many education providers are asked for beside one supplier of each kind."""
        return max(0, self.education - self.hei - self.vet)


def demands(lot: Lot) -> Demands:
    """Return the minima of a lot."""
    clauses = (lot.clauses.get(rule) for rule in MINIMA)
    return Demands(*(0 if c is None or c.unknown is not None else c.number for c in clauses))
