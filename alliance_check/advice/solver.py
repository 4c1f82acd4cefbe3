"""The cheapest choice of one option for each organisation, and of new partners, for all minima.

The search goes through the organisations one by one. A state is what is still missing; for each,
the search keeps the cheapest paths to it. A state goes when what it cost and a lower bound of the
rest pass the cost that is tried; so the answer is exact. New partners come last: each brings one
more partner, a country and a function of choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from alliance_check.advice.fields import ROLE
from alliance_check.advice.options import ADD, Option, Organisation
from alliance_check.model.call import Lot
from alliance_check.model.consortium import EDUCATION, HEI, LABOUR, VET
from alliance_check.rules.shared.minima import minima

KINDS = 5
"""How many cheapest sets that differ in kind are kept."""
MOST_CHANGES = 20
MOST_STATES = 100_000
"""How many states are looked at before the search gives up: about a second."""
_NEVER = ADD * MOST_CHANGES**2
"""More than anything can cost."""


class TooMuchOpen(Exception):
    """So much is open that the search would look at more than MOST_STATES states."""


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


class Layer(NamedTuple):
    """The options of one organisation; *first* when it opens a country nobody counts for yet."""

    options: tuple[Option, ...]
    first: bool


class Problem(NamedTuple):
    """What is to be covered and by whom; *lead* is what a new coordinator costs, if one can be."""

    layers: tuple[Layer, ...]
    missing: Missing
    covered: frozenset[str]
    lead: int | None
    needs_lead: bool

    @property
    def leaderless(self) -> bool:
        """Whether a coordinator is needed and nobody could become it."""
        able = any(option.coordinates for layer in self.layers for option in layer.options)
        return self.needs_lead and self.lead is None and not able


class Solution(NamedTuple):
    """The cheapest cost, the options of the organisations, and what new partners must bring."""

    cost: int
    options: tuple[Option, ...]
    missing: Missing
    promotes: bool
    """Whether a settled full partner becomes the coordinator."""


class State(NamedTuple):
    """What is missing, whether a coordinator is there, and whether the country counts already."""

    missing: Missing
    led: bool = False
    seen: bool = False


class Path(NamedTuple):
    """The options that led to a state, the last one first."""

    before: Path | None
    option: Option | None


class Best:
    """The cheapest cost of a state, and the paths to it that differ in kind."""

    __slots__ = ("cost", "paths")

    def __init__(self, cost: int, paths: dict[tuple[str, ...], Path | None]) -> None:
        self.cost, self.paths = cost, paths


def problem_of(
    organisations: Sequence[Organisation], lot: Lot, *, can_lead: bool, needs_lead: bool
) -> Problem:
    """Return what is to be covered, after all that is settled has taken its place."""
    need = minima(lot)
    settled = [o.options[0] for o in organisations if o.settled]
    covered = frozenset(o.country for o in settled if o.counted) - {""}
    missing = Missing(
        need.partners,
        max(0, need.countries - len(covered)),
        *(need.labour, need.other_education, need.hei, need.vet),
    )
    layers = []
    for option in settled:
        if option.counted and len(places(option.abilities)) > 1:
            layers.append(Layer((option,), first=True))
        elif option.counted:
            (missing,) = without_one(missing, option.abilities, country=False)
    layers += _layers([o.options for o in organisations if not o.settled], covered)
    return Problem(tuple(layers), missing, covered, ROLE if can_lead else None, needs_lead)


def _layers(
    organisations: Sequence[tuple[Option, ...]], covered: frozenset[str]
) -> Iterator[Layer]:
    """Yield the open organisations, those that may add the same country one after the other."""
    known = {*covered, ""}
    groups: dict[str, list[tuple[Option, ...]]] = {}
    for options in organisations:
        new = [o.country for o in options if o.counted and o.country not in known]
        own = new[0] if new else ""
        # One organisation may offer several countries; only the first is counted as new.
        kept = tuple(o._replace(country=own) if o.country in new else o for o in options)
        groups.setdefault(own, []).append(kept)

    def width(own: str) -> tuple[int, int, str]:
        # The search opens widest where most is free to choose: what must be settled comes first.
        group = groups[own]
        free = sum(not options[0].changes for options in group)
        return free, sum(map(len, group)), own

    for own in sorted(groups, key=width):
        for number, options in enumerate(groups[own]):
            yield Layer(options, first=number == 0 or not own)


def cheapest(problem: Problem) -> list[Solution]:
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


_THINGS = (*Missing._fields, "functions")


def lower_bound(problem: Problem) -> Callable[[int, State], int]:
    """Return what the organisations from one on, and new partners, still cost at least in a state.

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
    """Yield what an option brings, and who brings it: a country, all organisations from there."""
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
    """Return what nothing, one, two ... of a thing cost at least; a new partner costs ADD."""
    return [0, *accumulate([*sorted(surcharges.values()), *[ADD] * most][:most])]


def _pass(
    problem: Problem, bound: Callable[[int, State], int], limit: int, most: int
) -> tuple[dict[State, Best], int]:
    """Return the states after the last organisation of at most *limit*, and how many were seen."""
    states = {State(problem.missing): Best(0, {(): None})}
    after = cache(without_one)
    seen = 0
    for number, layer in enumerate(problem.layers, start=1):
        reached: dict[State, Best] = {}
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
    problem: Problem, layer: Layer, state: State, after: Callable[..., list[Missing]]
) -> Iterator[tuple[Option, State]]:
    """Yield the states to which the options of an organisation lead."""
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
    reached: dict[State, Best], state: State, cost: int, option: Option, before: Best
) -> None:
    """Put an option behind each path to the state before it, where that costs no more."""
    there = reached.get(state)
    if there is not None and there.cost < cost:
        return
    if there is None or there.cost > cost:
        there = reached[state] = Best(cost, {})
    signs = [f"{change.verb}={change.value}" for change in option.changes]
    for kind, path in before.paths.items():
        if len(there.paths) >= KINDS:
            return
        signed = tuple(sorted((*kind, *signs))) if signs else kind
        if signed not in there.paths:
            there.paths[signed] = Path(path, option)


def _finish(problem: Problem, states: dict[State, Best]) -> list[Solution]:
    """Return the cheapest solutions, fewest changes first, always in the same order."""
    found: list[tuple[tuple[int, int], tuple[str, ...], Solution]] = []
    for (missing, led, _), best in states.items():
        lacks = problem.needs_lead and not led
        if lacks and problem.lead is None:
            continue
        cost = best.cost + ADD * missing.additions + (problem.lead or 0) * lacks
        for kind, path in best.paths.items():
            options = tuple(_options(path))
            number = sum(len(o.changes) for o in options) + missing.additions + lacks
            solution = Solution(cost, options, missing, lacks)
            found.append(((cost, number), (*kind, *map(str, missing)), solution))
    found.sort(key=lambda one: (one[0], one[1]))
    return [solution for (cost, _), _, solution in found if cost == found[0][0][0]][: 2 * KINDS]


def _options(path: Path | None) -> list[Option]:
    """Return the options of a path, the first organisation first."""
    found = []
    while path is not None:
        if path.option is not None:
            found.append(path.option)
        path = path.before
    return found[::-1]
