"""The cheapest choice of one way for each organisation, and of new partners, that meets all minima.

The search goes through the organisations one by one and keeps, for each state of what is still
missing, the cheapest ways to it. A state goes when a lower bound of its cost passes the cost that
is tried; so the answer is exact. New partners come last: each brings one more partner, a country
and a function of choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from alliance_check.advice.options import ADD, Option
from alliance_check.advice.solver.gains import Gain, after, gain
from alliance_check.advice.solver.problem import MOST_CHANGES, Layer, Missing, Problem, Solution
from alliance_check.model.consortium import EDUCATION, HEI, LABOUR, VET

KINDS = 5
"""How many cheapest sets that differ in kind are kept."""
_THINGS = (*Missing._fields, "functions")
NEVER = ADD * MOST_CHANGES**2
"""More than anything can cost."""
MOST_STATES = 100_000
"""How many states are looked at before the search gives up."""


class TooMuchOpen(Exception):
    """So much is open that the search would look at more than MOST_STATES states."""


class State(NamedTuple):
    """What is missing, whether a coordinator is there, and whether the country counts already."""

    missing: Missing
    led: bool = False
    seen: bool = False


class Chosen(NamedTuple):
    """A way to a state, and what it is made of."""

    before: Chosen | None
    option: Option | None


_Kinds = dict[tuple[str, ...], Chosen | None]
_Bound = Callable[[int, State], int]


class _Best:
    """The cheapest cost of a state, and the ways to it that differ in kind."""

    __slots__ = ("cost", "kinds")

    def __init__(self, cost: int, kinds: _Kinds) -> None:
        self.cost, self.kinds = cost, kinds


def cheapest(problem: Problem) -> list[Solution]:
    """Return the cheapest solutions that differ in kind; empty when there is none.

    Every cost is tried from the lowest that the bound leaves possible, so the first that is enough
    is the lowest.

    :raises TooMuchOpen: when that takes too many states.
    """
    bound = lower_bound(problem)
    left = MOST_STATES
    for limit in range(bound(0, State(problem.missing)), ADD * MOST_CHANGES + 1):
        states, looked_at = _pass(problem, bound, limit, left)
        found = _finish(problem, states)
        if found and found[0].cost <= limit:
            return found
        left -= looked_at
    return []


def lower_bound(problem: Problem) -> _Bound:
    """Return what the organisations from one on, and new partners, still cost at least in a state.

    Each organisation costs its cheapest way at least. For each thing that is missing the smallest
    surcharges are added up, as if every organisation and every new partner could bring it; the
    dearest thing decides.
    """
    surcharges: dict[str, dict[object, int]] = {thing: {} for thing in _THINGS}
    most = max(*problem.missing, problem.missing.functions)
    base, lead = 0, NEVER if problem.lead is None else problem.lead
    bounds = [(base, lead, [_sums(surcharges[thing], most) for thing in _THINGS])]
    for number, layer in enumerate(reversed(problem.layers)):
        least = min(option.cost for option in layer.options)
        base += least
        for option in layer.options:
            cost = option.cost - least
            lead = min(lead, cost) if option.coordinates else lead
            for thing, key in _brought(gain(option, problem.covered), option.country, number):
                surcharges[thing][key] = min(surcharges[thing].get(key, ADD), cost)
        bounds.append((base, lead, [_sums(surcharges[thing], most) for thing in _THINGS]))
    bounds.reverse()

    def bound(number: int, state: State) -> int:
        base, lead, sums = bounds[number]
        missing = (*state.missing, state.missing.functions)
        dearest = max(each[m] for each, m in zip(sums, missing, strict=True))
        return base + (max(dearest, lead) if problem.asks_lead and not state.led else dearest)

    return bound


def _brought(gained: Gain, country: str, number: int) -> Iterator[tuple[str, object]]:
    """Yield what a way brings, and who brings it: of one country, all organisations together."""
    if not gained.counted:
        return
    yield "partners", number
    if gained.fresh or gained.new:
        yield "countries", number if gained.fresh else country
    teaches = EDUCATION in gained.abilities
    for thing, able in (
        ("labour", LABOUR in gained.abilities),
        ("education", teaches),
        ("hei", teaches and HEI in gained.abilities),
        ("vet", teaches and VET in gained.abilities),
        ("functions", teaches or LABOUR in gained.abilities),
    ):
        if able:
            yield thing, number


def _sums(surcharges: dict[object, int], most: int) -> list[int]:
    """Return what nothing, one, two ... of a thing cost at least; a new partner costs ADD."""
    return [0, *accumulate([*sorted(surcharges.values()), *[ADD] * most][:most])]


def _pass(problem: Problem, bound: _Bound, limit: int, most: int) -> tuple[dict[State, _Best], int]:
    """Return the states after the last organisation of at most *limit*, and how many were seen."""
    states = {State(problem.missing): _Best(0, {(): None})}
    moves = _Moves(problem)
    seen = 0
    for number, layer in enumerate(problem.layers, start=1):
        reached: dict[State, _Best] = {}
        rest: dict[State, int] = {}
        for before, best in states.items():
            for option, state in moves(layer, before):
                if state not in rest:
                    rest[state] = bound(number, state)
                cost = best.cost + option.cost
                if cost + rest[state] <= limit:
                    _keep(reached, state, cost, option, best)
        states = reached
        seen += len(rest)
        if seen > most:
            raise TooMuchOpen
    return states, seen


class _Moves:
    """Where the ways of an organisation lead from a state."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._after = cache(after)
        self._ways: dict[int, list[tuple[Option, Gain]]] = {}

    def __call__(self, layer: Layer, state: State) -> Iterator[tuple[Option, State]]:
        missing, led, seen = state
        seen = seen and not layer.first
        for option, gained in self._of(layer):
            if not (led and option.coordinates):
                for left, now in self._after(missing, gained, seen=seen):
                    yield option, State(left, led or option.coordinates, now)

    def _of(self, layer: Layer) -> list[tuple[Option, Gain]]:
        if id(layer) not in self._ways:
            covered = self._problem.covered
            self._ways[id(layer)] = [(o, gain(o, covered)) for o in layer.options]
        return self._ways[id(layer)]


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
    for (missing, led, _), best in states.items():
        lacks = problem.asks_lead and not led
        if lacks and problem.lead is None:
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
