"""The cheapest choice of one option for each organisation, and of new partners, for all minima.

The search goes through the organisations one by one. A state is what is still missing; for each,
the search keeps the cheapest paths to it. A state goes when what it cost and a lower bound of the
rest pass the cost that is tried; so the answer is exact. New partners come last: each brings one
more partner, a country and a function of choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from alliance_check.advice.options import ADD, Option
from alliance_check.advice.problem import Layer, SearchProblem, without_one
from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    VET,
)
from alliance_check.rules.shared.minima import Minima

KINDS = 5
"""How many cheapest sets that differ in kind are kept."""
MOST_CHANGES = 20
MOST_STATES = 100_000
"""How many states are looked at before the search gives up: about a second."""
_NEVER = ADD * MOST_CHANGES**2
"""More than anything can cost."""


class TooMuchOpen(Exception):
    """So much is open that the search would look at more than MOST_STATES states."""


class Solution(NamedTuple):
    """The cheapest cost, the options of the organisations, and what new partners must bring."""

    cost: int
    options: tuple[Option, ...]
    missing: Minima
    promotes: bool
    """Whether a settled full partner becomes the coordinator."""


class State(NamedTuple):
    """What is missing, whether a coordinator is there, and whether the country counts already."""

    missing: Minima
    led: bool = False
    seen: bool = False


class _Trail(NamedTuple):
    """The options that led to a state, the last one first."""

    before: _Trail | None
    option: Option | None


@dataclass(slots=True)
class _Best:
    """The cheapest cost of a state, and the paths to it that differ in kind."""

    cost: int
    paths: dict[tuple[str, ...], _Trail | None]


def cheapest(problem: SearchProblem) -> list[Solution]:
    """Return the cheapest solutions that differ in kind; empty when there is none.

    Every cost is tried from the lowest that the bound leaves possible, so the first that is enough
    is the lowest.

    :raises TooMuchOpen: when that takes too many states.
    """
    bound = lower_bound(problem)
    left = MOST_STATES
    for limit in range(bound(0, State(problem.missing)), ADD * MOST_CHANGES + 1):
        states, number = _pass(problem, bound, limit, left)
        found = _finish(problem, states)
        if found and found[0].cost <= limit:
            return found
        left -= number
    return []


_THINGS = (*Minima._fields, "functions")


def lower_bound(problem: SearchProblem) -> Callable[[int, State], int]:
    """Return a lower bound of what the organisations from one on, and new partners, still cost.

    Each organisation costs its cheapest option at least. For each thing that is missing the
    smallest surcharges are added up, as if every organisation and every new partner could bring
    it; the dearest thing decides.
    """
    surcharges: dict[str, dict[object, int]] = {thing: {} for thing in _THINGS}
    most = max(*problem.missing, problem.missing.functions)
    base, lead = 0, _NEVER if problem.lead is None else problem.lead
    bounds = [(base, lead, [_sums(surcharges[thing], most) for thing in _THINGS])]
    for number, layer in enumerate(reversed(problem.layers)):
        least = min(option.cost for option in layer.options)
        base += least
        for option in layer.options:
            cost = option.cost - least
            lead = min(lead, cost) if option.coordinates else lead
            for thing, key in _supply(option, problem.covered, number):
                surcharges[thing][key] = min(surcharges[thing].get(key, ADD), cost)
        bounds.append((base, lead, [_sums(surcharges[thing], most) for thing in _THINGS]))
    bounds.reverse()

    def bound(number: int, state: State) -> int:
        base, lead, sums = bounds[number]
        missing = (*state.missing, state.missing.functions)
        dearest = max(each[m] for each, m in zip(sums, missing, strict=True))
        return base + (max(dearest, lead) if problem.needs_lead and not state.led else dearest)

    return bound


def _supply(option: Option, covered: frozenset[str], number: int) -> Iterator[tuple[str, object]]:
    """Yield what an option supplies, and a key: one a country, else one an organisation."""
    if not option.counted:
        return
    yield "partners", number
    if option.country not in {*covered, ""}:
        yield "countries", option.country
    teaches = EDUCATION in option.abilities
    for thing, able in (
        ("labour", LABOUR in option.abilities),
        ("education", teaches),
        ("hei", teaches and HEI in option.abilities),
        ("vet", teaches and VET in option.abilities),
        ("functions", teaches or LABOUR in option.abilities),
    ):
        if able:
            yield thing, number


def _sums(surcharges: dict[object, int], most: int) -> list[int]:
    """Return what none, one, two ... of a thing cost at least; a new partner costs ADD."""
    return [0, *accumulate([*sorted(surcharges.values()), *[ADD] * most][:most])]


def _pass(
    problem: SearchProblem, bound: Callable[[int, State], int], limit: int, most: int
) -> tuple[dict[State, _Best], int]:
    """Return the states after the last organisation of at most *limit*, and how many were seen."""
    states = {State(problem.missing): _Best(0, {(): None})}
    after = cache(without_one)
    seen = 0
    for number, layer in enumerate(problem.layers, start=1):
        reached: dict[State, _Best] = {}
        rest: dict[State, int] = {}
        for before, best in states.items():
            for option, state in _moves(problem, layer, before, after):
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


def _moves(
    problem: SearchProblem, layer: Layer, state: State, after: Callable[..., list[Minima]]
) -> Iterator[tuple[Option, State]]:
    """Yield each option of an organisation with the states that it leads to."""
    missing, led, seen = state
    seen = seen and not layer.first
    for option in layer.options:
        if led and option.coordinates:
            continue
        leads = led or option.coordinates
        if not option.counted:
            yield option, State(missing, leads, seen)
            continue
        new = option.country not in {*problem.covered, ""}
        for left in after(missing, option.abilities, country=new and not seen):
            yield option, State(left, leads, seen or new)


def _keep(
    reached: dict[State, _Best], state: State, cost: int, option: Option, before: _Best
) -> None:
    """Extend each path to the state before by an option, unless a cheaper one is known."""
    there = reached.get(state)
    if there is not None and there.cost < cost:
        return
    if there is None or there.cost > cost:
        there = reached[state] = _Best(cost, {})
    signs = [f"{change.verb}={change.value}" for change in option.changes]
    for kind, path in before.paths.items():
        if len(there.paths) >= KINDS:
            return
        signed = tuple(sorted((*kind, *signs))) if signs else kind
        if signed not in there.paths:
            there.paths[signed] = _Trail(path, option)


def _finish(problem: SearchProblem, states: dict[State, _Best]) -> list[Solution]:
    """Return the cheapest solutions, fewest changes first, always in the same order."""
    found: list[tuple[tuple[int, int], tuple[str, ...], Solution]] = []
    for (missing, led, _), best in states.items():
        lacks = problem.needs_lead and not led
        if lacks and problem.lead is None:
            continue
        cost = best.cost + ADD * missing.organisations + (problem.lead or 0) * lacks
        for kind, path in best.paths.items():
            options = tuple(_options(path))
            number = sum(len(o.changes) for o in options) + missing.organisations + lacks
            solution = Solution(cost, options, missing, lacks)
            found.append(((cost, number), (*kind, *map(str, missing)), solution))
    found.sort(key=lambda one: (one[0], one[1]))
    return [solution for (cost, _), _, solution in found if cost == found[0][0][0]][: 2 * KINDS]


def _options(path: _Trail | None) -> list[Option]:
    """Return the options of a path, the first organisation first."""
    found = []
    while path is not None:
        if path.option is not None:
            found.append(path.option)
        path = path.before
    return found[::-1]
