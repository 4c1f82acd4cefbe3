"""The cheapest choice of one way for each organisation, and of new partners, that meets all minima.

The search goes through the organisations one by one and keeps, for each state of what is still
missing, the cheapest ways to it. A state goes when a lower bound of its cost passes what a first,
rough pass has reached; so the answer is exact. New partners come last: each brings one more
partner, a country and a function of choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from alliance_check.advice.bounds import Bounds
from alliance_check.advice.options import ADD, FRESH, Option
from alliance_check.advice.problems import MOST_CHANGES, Missing, Problem, Solution
from alliance_check.model import EDUCATION, HEI, LABOUR, VET

KINDS = 5
"""How many cheapest sets that differ in kind are kept."""
_ROUGH = (40, 300)
"""How many states the rough passes keep."""
_FREE = 10**6
"""A cost that nothing reaches."""


class Chosen(NamedTuple):
    """A way to a state, and what it is made of."""

    before: Chosen | None
    option: Option | None


# What is missing, whether a coordinator is there, whether the country counts, number of changes.
_State = tuple[Missing, bool, bool, int]
_Kinds = dict[tuple[str, ...], Chosen | None]


class _Best:
    """The cheapest cost of a state, and the ways to it that differ in kind."""

    __slots__ = ("cost", "kinds")

    def __init__(self, cost: int, kinds: _Kinds) -> None:
        self.cost, self.kinds = cost, kinds


def cheapest(problem: Problem) -> list[Solution]:
    """Return the cheapest solutions that differ in kind; empty when there is none.

    Rough passes look for a good solution; what they cannot exclude is then searched in full, from
    the lowest cost that the bounds leave possible.
    """
    bounds = Bounds(problem)
    best: list[Solution] = []
    least = bounds.least
    for width in _ROUGH:
        for price in bounds.prices:
            limit = best[0].cost - 1 if best else _FREE
            if limit >= least:
                found = _finish(problem, _pass(problem, bounds, limit, (width, price)))
                best = found if found and found[0].cost <= limit else best
    highest = best[0].cost - 1 if best else _FREE
    if not best:
        return _finish(problem, _pass(problem, bounds, highest, None))
    for limit in range(least, highest + 1):
        found = _finish(problem, _pass(problem, bounds, limit, None))
        if found:
            return found
    return best


def _pass(
    problem: Problem, bounds: Bounds, limit: int, rough: tuple[int, int] | None
) -> dict[_State, _Best]:
    """Return the states after the last organisation that cost *limit* at most.

    *rough* keeps only so many of them at a time, the best under a price on changes.
    """
    states = {(problem.missing, False, False, 0): _Best(0, {(): None})}
    for number, layer in enumerate(problem.layers):
        reached: dict[_State, _Best] = {}
        for state, best in states.items():
            missing, led, seen, count = state
            for option in layer.options:
                if option.coordinates and led:
                    continue
                changes = count + len(option.changes) if problem.limited else 0
                cost = best.cost + option.cost
                there = seen and not layer.first
                for left, now in after(missing, option, problem.covered, seen=there):
                    leads = led or option.coordinates
                    spent = (cost, changes, limit)
                    if bounds.allow(number + 1, left, led=leads, spent=spent):
                        _keep(reached, (left, leads, now, changes), cost, option, best)
        states = _narrowed(problem, reached, bounds, number + 1, rough)
    return states


def _narrowed(
    problem: Problem,
    states: dict[_State, _Best],
    bounds: Bounds,
    number: int,
    rough: tuple[int, int] | None,
) -> dict[_State, _Best]:
    if problem.limited:
        states = _fewest(states)
    if rough is None or len(states) <= rough[0]:
        return states
    width, price = rough

    def worth(state: _State) -> tuple[int, bool, _State]:
        missing, led, _, changes = state
        still = bounds.rank(number, missing, led=led, price=price)
        return states[state].cost + price * changes + still, not led, state

    return {state: states[state] for state in sorted(states, key=worth)[:width]}


def _fewest(states: dict[_State, _Best]) -> dict[_State, _Best]:
    """Return the states but for those to which one with fewer changes costs no more."""
    ranked = sorted(states, key=lambda s: (s[:3], s[3]))
    found: dict[_State, _Best] = {}
    last: tuple[object, int] | None = None
    for state in ranked:
        cost = states[state].cost
        if last is None or last[0] != state[:3] or cost < last[1]:
            found[state] = states[state]
            last = (state[:3], cost)
    return found


def after(
    missing: Missing, option: Option, covered: frozenset[str], *, seen: bool
) -> Iterator[tuple[Missing, bool]]:
    """Yield what is missing after a way, and whether the country of the layer counts now."""
    if not option.counted:
        yield missing, seen
        return
    partners, countries, labour, education, hei, vet = missing
    new = option.country == FRESH or (option.country not in covered and not seen)
    left = Missing(max(0, partners - 1), max(0, countries - new), labour, education, hei, vet)
    now = seen or option.country != FRESH
    served = list(_served(left, option.abilities))
    for one in served or [left]:
        yield one, now


def _served(left: Missing, abilities: frozenset[str]) -> Iterator[Missing]:
    """Yield what is missing after the organisation took each place that it can fill.

    A place that only one kind can fill goes first: whoever comes later can fill the other.
    """
    if LABOUR in abilities and left.labour:
        yield left._replace(labour=left.labour - 1)
    if EDUCATION not in abilities:
        return
    hei, vet = HEI in abilities and left.hei, VET in abilities and left.vet
    if hei:
        yield left._replace(hei=left.hei - 1)
    if vet:
        yield left._replace(vet=left.vet - 1)
    if not hei and not vet and left.education:
        yield left._replace(education=left.education - 1)


def _keep(
    reached: dict[_State, _Best], state: _State, cost: int, option: Option, before: _Best
) -> None:
    there = reached.get(state)
    if there is not None and there.cost < cost:
        return
    if there is None or there.cost > cost:
        there = reached[state] = _Best(cost, {})
    for kind, way in before.kinds.items():
        if len(there.kinds) >= KINDS and there.kinds:
            return
        signed = (*kind, *_signs(option)) if option.changes else kind
        if option.changes:
            signed = tuple(sorted(signed))
        if signed not in there.kinds:
            there.kinds[signed] = Chosen(way, option)


def _signs(option: Option) -> Iterator[str]:
    for change in option.changes:
        yield f"{change.verb}={change.value}"


def _finish(problem: Problem, states: dict[_State, _Best]) -> list[Solution]:
    found: list[tuple[tuple[int, int], tuple[str, ...], Solution]] = []
    for (missing, led, _, count), best in states.items():
        lacks = problem.asks_lead and not led
        if lacks and problem.lead is None:
            continue
        if problem.limited and count + missing.additions + lacks > MOST_CHANGES:
            continue
        cost = best.cost + ADD * missing.additions + (problem.lead or 0) * lacks
        for kind, way in best.kinds.items():
            options = tuple(_unwound(way))
            number = sum(len(o.changes) for o in options) + missing.additions + lacks
            solution = Solution(cost, options, missing, lacks)
            found.append(((cost, number), (*kind, *map(str, missing)), solution))
    found.sort(key=lambda one: (one[0], one[1]))
    return [solution for (cost, _), _, solution in found if cost == found[0][0][0]][: 2 * KINDS]


def _unwound(way: Chosen | None) -> list[Option]:
    options = []
    while way is not None:
        if way.option is not None:
            options.append(way.option)
        way = way.before
    return options[::-1]
