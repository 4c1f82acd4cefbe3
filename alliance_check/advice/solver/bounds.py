"""Lower bounds of what is still to be paid, by which the search knows what it need not look at."""

from __future__ import annotations

from collections.abc import Iterator
from operator import add
from typing import NamedTuple

from alliance_check.advice.solver.prices import NEVER, Measure, charge
from alliance_check.advice.solver.problem import MOST_CHANGES, Missing, Problem

_KEPT = 50
"""How many of the best sets of prices are asked; which is best changes as less is missing."""
_TOLLS = ((0, 1), (1, 2), (1, 1), (2, 1))
"""What a change costs, and what that is a part of: those at which one addition, which costs 4, is
worth three, two or one change of what it is instead of."""
_ASKED = 3
"""How many of the tolls are asked: those with the highest bounds on the whole."""


class State(NamedTuple):
    """What is missing, whether a coordinator is there, and whether the country counts already.

    *changes* is the number of changes made; 0 where their number is not limited.
    """

    missing: Missing
    led: bool = False
    seen: bool = False
    changes: int = 0


class Bounds:
    """Lower bounds of what the organisations from one on, and new partners, still cost.

    Where the number of changes is limited, a toll on each change gives further bounds: what is
    cheap only for having many changes is then dear.
    """

    def __init__(self, problem: Problem) -> None:
        tolls = _TOLLS if problem.limited else _TOLLS[:1]
        self._unit = max(weight for _, weight in tolls)
        measures = [Measure(problem, toll, weight) for toll, weight in tolls]
        self._cost = _Several(problem, measures, MOST_CHANGES, self._unit)
        start = State(problem.missing)
        self.least = -(-self._cost.highest(0, start) // self._unit)
        """What every solution costs at least."""
        self._changes: _Several | None = None
        if problem.limited or self.least > MOST_CHANGES:
            self._changes = _Several(problem, [Measure(problem, 1, 0)])
        self.hopeless = self(0, start) >= NEVER
        """Whether every solution has too many changes."""

    def __call__(self, number: int, state: State) -> int:
        """Return what is to be paid from the organisation *number* on, at least."""
        if self._changes and self._changes.highest(number, state) > MOST_CHANGES:
            return NEVER
        return -(-self._cost.highest(number, state) // self._unit)

    def promise(self, number: int, state: State, cost: int) -> int:
        """Return how little a state promises: by all bounds together, not by the highest alone."""
        bounds = list(self._cost.each(number, state))
        promised = sum(bounds) + cost * self._unit * len(bounds)
        if self._changes:
            promised += self._unit * sum(self._changes.each(number, state))
        return promised


class _Several:
    """Several bounds on one state, all in parts of *unit*; *free* changes are without a toll."""

    def __init__(
        self, problem: Problem, measures: list[Measure], free: int = 0, unit: int = 1
    ) -> None:
        self._asks_lead, self._free = problem.asks_lead, free
        tried = [(unit // (m.weight or 1), m, *m.best_prices(_KEPT)) for m in measures]
        tried.sort(key=lambda one: one[0] * (one[1].toll * free - one[2]))
        found = [(parts, m, p) for parts, m, _, prices in tried[:_ASKED] for p in prices]
        self._prices = [[parts * price for price in prices] for parts, _, prices in found]
        self._tolls = [parts * measure.toll for parts, measure, _ in found]
        rests = [
            [[parts * cost for cost in rest] for rest in measure.rests(prices)]
            for parts, measure, prices in found
        ]
        self._rests = [tuple(zip(*each, strict=True)) for each in zip(*rests, strict=True)]
        self._charges: dict[Missing, list[int]] = {}
        self._others: dict[tuple[int, int, int], list[int]] = {}

    def highest(self, number: int, state: State) -> int:
        return max(self.each(number, state))

    def each(self, number: int, state: State) -> Iterator[int]:
        missing, led, seen, changes = state
        charges = self._charges.get(missing)
        if charges is None:
            charges = self._charges[missing] = [charge(p, missing) for p in self._prices]
        key = (number, 2 * (self._asks_lead and not led) + seen, changes)
        others = self._others.get(key)
        if others is None:
            tolls = (toll * (changes - self._free) for toll in self._tolls)
            others = self._others[key] = list(map(add, self._rests[number][key[1]], tolls))
        return map(add, charges, others)
