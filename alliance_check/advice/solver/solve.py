"""The cheapest choice of one way for each organisation, and of new partners, that meets all minima.

The search goes through the organisations one by one and keeps, for each state of what is still
missing, the cheapest ways to it. A state goes when a lower bound of its cost passes the cost that
is tried; so the answer is exact. New partners come last: each brings one more partner, a country
and a function of choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from alliance_check.advice.options import ADD, Option
from alliance_check.advice.solver.bounds import Bounds, State
from alliance_check.advice.solver.gains import Gain, after, gain
from alliance_check.advice.solver.problem import MOST_CHANGES, Layer, Problem, Solution

KINDS = 5
"""How many cheapest sets that differ in kind are kept."""
_NARROW = (40, 160)
"""How many states the narrow passes keep."""


class Chosen(NamedTuple):
    """A way to a state, and what it is made of."""

    before: Chosen | None
    option: Option | None


_Kinds = dict[tuple[str, ...], Chosen | None]


class _Best:
    """The cheapest cost of a state, and the ways to it that differ in kind."""

    __slots__ = ("cost", "kinds")

    def __init__(self, cost: int, kinds: _Kinds) -> None:
        self.cost, self.kinds = cost, kinds


def cheapest(problem: Problem) -> list[Solution]:
    """Return the cheapest solutions that differ in kind; empty when there is none.

    Every cost is tried from the lowest that the bounds leave possible, so the first that is enough
    is the lowest. A narrow pass is enough to show that one is; only a full one, that none is.
    More than *MOST_CHANGES* changes are no solution.
    """
    bounds = Bounds(problem)
    highest = 0 if bounds.hopeless else ADD * MOST_CHANGES
    for limit in range(bounds.least, highest + 1):
        for width in (*_NARROW, None):
            passed = _pass(problem, bounds, limit, width)
            found = _finish(problem, passed.states)
            if found and found[0].cost <= limit:
                return found
            if passed.full:
                break
    return []


class _Passed(NamedTuple):
    """The states after the last organisation, and whether all that were wanted were kept."""

    states: dict[State, _Best]
    full: bool


def _pass(problem: Problem, bounds: Bounds, limit: int, width: int | None) -> _Passed:
    """Return the states that may cost *limit* at most; *width* of them at a time, where given."""
    states = {State(problem.missing): _Best(0, {(): None})}
    full = True
    moves = _Moves(problem)
    for number, layer in enumerate(problem.layers, start=1):
        reached: dict[State, _Best] = {}
        rest: dict[State, int] = {}
        for before, best in states.items():
            for option, state in moves(layer, before):
                if state not in rest:
                    rest[state] = bounds(number, state)
                cost = best.cost + option.cost
                if cost + rest[state] <= limit:
                    _keep(reached, state, cost, option, best)
        states = _fewest(reached) if problem.limited else reached
        if width is not None and len(states) > width:
            promise = {s: bounds.promise(number, s, best.cost) for s, best in states.items()}
            kept = sorted(states, key=lambda s: (promise[s], s))[:width]
            states, full = {state: states[state] for state in kept}, False
    return _Passed(states, full)


class _Moves:
    """Where the ways of an organisation lead from a state."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._after = cache(after)
        self._ways: dict[int, list[tuple[Option, Gain, int]]] = {}

    def __call__(self, layer: Layer, state: State) -> Iterator[tuple[Option, State]]:
        missing, led, seen, count = state
        seen = seen and not layer.first
        for option, gained, changes in self._of(layer):
            if not (led and option.coordinates):
                for left, now in self._after(missing, gained, seen=seen):
                    leads = led or option.coordinates
                    yield option, State(left, leads, now, count + changes)

    def _of(self, layer: Layer) -> list[tuple[Option, Gain, int]]:
        if id(layer) not in self._ways:
            problem = self._problem
            self._ways[id(layer)] = [
                (o, gain(o, problem.covered), len(o.changes) if problem.limited else 0)
                for o in layer.options
            ]
        return self._ways[id(layer)]


def _fewest(states: dict[State, _Best]) -> dict[State, _Best]:
    """Return the states but for those to which one with fewer changes costs no more."""
    ranked = sorted(states, key=lambda s: (s[:3], s[3]))
    found: dict[State, _Best] = {}
    last: tuple[object, int] | None = None
    for state in ranked:
        cost = states[state].cost
        if last is None or last[0] != state[:3] or cost < last[1]:
            found[state] = states[state]
            last = (state[:3], cost)
    return found


def _keep(
    reached: dict[State, _Best], state: State, cost: int, option: Option, before: _Best
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


def _finish(problem: Problem, states: dict[State, _Best]) -> list[Solution]:
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
