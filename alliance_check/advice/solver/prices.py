"""Prices of what is missing, under which every organisation can be looked at by itself.

Whoever brings something is refunded its price, and what is missing is charged for. A new partner
brings one of each at most, so its cost must cover the dearest set of prices; then nothing can be
cheaper than every organisation at its best after refunds, and all charges. Only two things tie
organisations together: a country is refunded once, and one of them coordinates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from operator import mul
from typing import NamedTuple

from alliance_check.advice.options import ADD
from alliance_check.advice.solver.gains import Gain, gain
from alliance_check.advice.solver.problem import MOST_CHANGES, Layer, Missing, Problem
from alliance_check.model.consortium import EDUCATION, HEI, LABOUR, VET

NEVER = ADD * MOST_CHANGES**3
"""More than anything can cost."""
_PLACES = {LABOUR: 2, EDUCATION: 3, HEI: 4, VET: 5}
_QUARTERS = 4

_Offer = tuple[int, bool, Gain]
"""What a way costs in one measure, whether it coordinates, and what it brings."""


class Rest(NamedTuple):
    """What the organisations from one on cost at least after refunds.

    The first two for when the country of the next one has not been seen and when it has; the other
    two for when one of them is to coordinate.
    """

    new: int
    seen: int
    leading_new: int
    leading_seen: int


class _Best(NamedTuple):
    """The least that one organisation costs; *new* where it may bring a country, not refunded yet.

    What *new* and a leader cost is told as the difference to *any*.
    """

    any: int
    new: int
    leading: int
    leading_new: int


_NOBODY = _Best(0, NEVER, NEVER, NEVER)


class Measure:
    """One measure of cost: *toll* for each change, and *weight* times what it costs."""

    def __init__(self, problem: Problem, toll: int, weight: int) -> None:
        self.toll, self.weight = toll, weight
        self._missing = problem.missing
        self._asks_lead = problem.asks_lead
        self._add = toll + weight * ADD
        self._promotion = NEVER if problem.lead is None else toll + weight * problem.lead
        kinds: dict[frozenset[_Offer], int] = {}
        self._layers: list[tuple[int, bool]] = []
        groups: list[list[int]] = []
        for layer in problem.layers:
            offers = _offers(layer, toll, weight, problem.covered)
            kind = kinds.setdefault(offers, len(kinds))
            self._layers.append((kind, layer.first))
            groups += [[]] if layer.first else []
            groups[-1].append(kind)
        self._kinds = list(kinds)
        self._gains = {gained for offers in kinds for _, _, gained in offers}
        self._numbers = Counter(kind for kind, _ in self._layers)
        self._groups = Counter(frozenset(group) for group in groups)

    def best_prices(self, most: int) -> tuple[int, list[Missing]]:
        """Return the highest bound, the *most* best prices, and those with which the search starts.

        From the best of a few, steps go up until none leads higher; then they are the best, or
        nearly so where somebody is to coordinate.
        """
        known = {prices: self.bound(prices) for prices in self._starts()}
        starts = list(known)
        best = max(known, key=lambda prices: (known[prices], prices))
        higher: Missing | None = best
        while higher is not None:
            best, higher = higher, None
            for prices in self._steps(best):
                if prices not in known:
                    known[prices] = self.bound(prices)
                if known[prices] > known[best]:
                    higher = prices
                    break
        highest = sorted(known, key=lambda prices: (-known[prices], prices))[:most]
        return known[best], list(dict.fromkeys((*highest, *starts)))

    def bound(self, prices: Missing) -> int:
        """Return what every solution costs at least."""
        best = self._best(prices)
        total, leader = charge(prices, self._missing), self._promotion
        total += sum(number * best[kind].any for kind, number in self._numbers.items())
        for group, number in self._groups.items():
            found = _together(best[kind] for kind in group)
            opened = min(0, found.new - prices.countries)
            total += number * opened
            leading = min(found.leading_new - prices.countries, found.leading + opened)
            leader = min(leader, leading - opened)
        return total + leader if self._asks_lead else total

    def rests(self, prices: Missing) -> list[Rest]:
        """Return what is left to pay after refunds before each organisation, and after all."""
        best = self._best(prices)
        after = self._rest(0, 0, NEVER, NEVER)
        found, group = [after], _NOBODY
        for kind, first in reversed(self._layers):
            group = _together((group, best[kind]))
            found.append(self._before(group, after, prices.countries))
            if first:
                rest = found[-1]
                after = Rest(rest.new, rest.new, rest.leading_new, rest.leading_new)
                found[-1], group = after, _NOBODY
        return found[::-1]

    def _before(self, group: _Best, after: Rest, country: int) -> Rest:
        """Return the rest before organisations of one country, by that after them."""
        opened = min(0, group.new - country)
        leading = min(group.leading_new - country, group.leading + opened)
        return self._rest(
            group.any + opened + after.new,
            group.any + after.new,
            group.any + min(opened + after.leading_new, leading + after.new),
            group.any + min(after.leading_new, group.leading + after.new),
        )

    def _rest(self, new: int, seen: int, leading_new: int, leading_seen: int) -> Rest:
        """Return the rest, where a partner that is settled may become the coordinator as well."""
        promoted = self._promotion
        return Rest(new, seen, min(leading_new, new + promoted), min(leading_seen, seen + promoted))

    def _best(self, prices: Missing) -> list[_Best]:
        refunds = {gained: _refund(gained, prices) for gained in self._gains}
        return [_cheapest(offers, refunds) for offers in self._kinds]

    def _starts(self) -> Iterator[Missing]:
        """Yield prices that share out what a new partner costs in quarters."""
        for parts in product(range(_QUARTERS + 1), repeat=3):
            if sum(parts) == _QUARTERS:
                partner, country, function = (self._add * part // _QUARTERS for part in parts)
                prices = (partner, country, *[function] * 4)
                yield Missing(*(p if m else 0 for p, m in zip(prices, self._missing, strict=True)))

    def _steps(self, prices: Missing) -> Iterator[Missing]:
        """Yield the prices one step on, for what is missing alone."""
        for step in _STEPS:
            if any(by and not m for by, m in zip(step, self._missing, strict=True)):
                continue
            moved = [price + by for price, by in zip(prices, step, strict=True)]
            if min(moved) >= 0 and moved[0] + moved[1] + max(moved[2:]) <= self._add:
                yield Missing(*moved)


def charge(prices: Sequence[int], missing: Missing) -> int:
    """Return what all that is missing costs at these prices."""
    return sum(map(mul, prices, missing))


def _offers(layer: Layer, toll: int, weight: int, covered: frozenset[str]) -> frozenset[_Offer]:
    return frozenset(
        (toll * len(o.changes) + weight * o.cost, o.coordinates, gain(o, covered))
        for o in layer.options
    )


def _refund(gained: Gain, prices: Missing) -> int:
    """Return what is refunded, but for a country that others may bring too."""
    function = max((prices[_PLACES[ability]] for ability in gained.abilities), default=0)
    return prices.partners * gained.counted + prices.countries * gained.fresh + function


def _cheapest(offers: frozenset[_Offer], refunds: dict[Gain, int]) -> _Best:
    least = [NEVER] * 4
    for cost, coordinates, gained in offers:
        paid = cost - refunds[gained]
        place = 2 * coordinates
        least[place] = min(least[place], paid)
        if gained.new:
            least[place + 1] = min(least[place + 1], paid)
    base = least[0]
    return _Best(base, least[1] - base, least[2] - base, least[3] - base)


def _together(found: Iterator[_Best] | Sequence[_Best]) -> _Best:
    """Return the least that several cost, one of them with a country, or as the leader."""
    every = list(zip(*found, strict=True))
    return _Best(sum(every[0]), *map(min, every[1:]))


def _directions() -> list[tuple[int, ...]]:
    """Return the directions in which prices may rise, short ones first.

    Who brings partners and countries passes them on to functions, as in a flow through a network:
    there prices are the best when none of these directions leads higher.
    """
    heads = ((0, 0), (1, 0), (0, 1), (1, -1))
    up = [(*head, *(-by for by in tail)) for head in heads for tail in product((0, 1), repeat=4)]
    both = [*up[1:], *(tuple(-by for by in step) for step in up[1:])]
    return sorted(both, key=lambda step: (sum(map(abs, step)), step))


_STEPS = _directions()
