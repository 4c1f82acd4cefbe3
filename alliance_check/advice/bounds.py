"""Lower bounds of what is still to be paid, by which the search knows what it need not look at."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from itertools import accumulate

from alliance_check.advice.options import ADD, FRESH, Option
from alliance_check.advice.problems import MOST_CHANGES, Layer, Missing, Problem
from alliance_check.model import EDUCATION, HEI, LABOUR, VET

_NEVER = ADD * MOST_CHANGES**2
_PARTNER, _COUNTRY = "partner", "country"
_PLACES = (_PARTNER, _COUNTRY, LABOUR, EDUCATION, HEI, VET)
_NOTHING, _LABOUR, _TEACHING = range(3)
"""What a coordinator may supply beside itself."""


class Bounds:
    """Lower bounds of what the organisations from one on, and new partners, still cost.

    Where the number of changes is limited, a price on each change gives further bounds: what is
    cheap only for having many changes is then dear.
    """

    def __init__(self, problem: Problem) -> None:
        self._limit = MOST_CHANGES if problem.limited else 0
        self.prices = (1, 2, 3) if problem.limited else (0,)
        self._each = {price: _Bound(problem, price, 1) for price in {0, *self.prices}}
        self._changes = _Bound(problem, 1, 0) if problem.limited else None

        first = (0, problem.missing, False)
        each = self._each.items()
        self.least = max(bound(*first) - price * self._limit for price, bound in each)
        """What every solution costs at least."""

    def allow(
        self, number: int, missing: Missing, *, led: bool, spent: tuple[int, int, int]
    ) -> bool:
        """Say whether a state may still lead to a solution that is wanted.

        *spent* is what it has cost, in how many changes, and the highest cost that is wanted.
        """
        cost, changes, limit = spent
        if self._changes and changes + self._changes(number, missing, led) > self._limit:
            return False
        return all(
            cost + bound(number, missing, led) + price * (changes - self._limit) <= limit
            for price, bound in self._each.items()
        )

    def rank(self, number: int, missing: Missing, *, led: bool, price: int) -> int:
        """Return what a state still costs at least under a price on changes."""
        return self._each[price](number, missing, led)


class _Bound:
    """A lower bound in one measure: *price* times the changes, and *weight* times the cost.

    Each organisation takes at least its cheapest way. What a way costs beyond that, or a new
    partner, buys at most one partner, one country and one function; the cheapest buyers of each
    are counted, and labour market actors and education providers are never the same ones.
    """

    def __init__(self, problem: Problem, price: int, weight: int) -> None:
        self._price, self._weight, self._problem = price, weight, problem
        self._add = price + weight * ADD
        self._promotion = _NEVER if problem.lead is None else price + weight * problem.lead
        self._known: dict[tuple[int, Missing, bool], int] = {}
        self._bought: dict[tuple[int, Missing], int] = {}
        cheap: list[list[int]] = [[] for _ in _PLACES]
        leads = (_NEVER, _NEVER, _NEVER)
        heads: list[int] = []
        jobs: list[int] = []
        self._least, self._extras, self._leads = [0], [self._sums(cheap)], [leads]
        self._heads = [(_added_up(heads), _added_up(jobs))]
        known = self._add
        for layer in reversed(problem.layers):
            least = min(map(self._weigh, layer.options), default=0)
            self._least.append(self._least[-1] + least)
            for place, costs in zip(_PLACES, cheap, strict=True):
                extra = min(self._buyers(layer, place, least), default=self._add)
                if place == _COUNTRY:
                    # Organisations of one country bring it once, the cheapest of them.
                    if known < self._add:
                        costs.remove(known)
                    extra = min(extra, known)
                    known = self._add if layer.first else extra
                if extra < self._add:
                    insort(costs, extra)
            self._distinct(layer, least, heads, jobs)
            self._heads.append((_added_up(heads), _added_up(jobs)))
            leads = self._leading(layer, least, leads)
            self._extras.append(self._sums(cheap))
            self._leads.append(leads)
        for suffixes in (self._least, self._extras, self._leads, self._heads):
            suffixes.reverse()

    def _weigh(self, option: Option) -> int:
        return self._price * len(option.changes) + self._weight * option.cost

    def _buyers(self, layer: Layer, place: str, least: int) -> Iterator[int]:
        """Yield what the ways cost more that bring a partner, a country, or a function."""
        for option in layer.options:
            if option.counted and (
                place == _PARTNER
                or place in option.abilities
                or (place == _COUNTRY and (option.country == FRESH or self._new(option)))
            ):
                yield self._weigh(option) - least

    def _distinct(self, layer: Layer, least: int, heads: list[int], jobs: list[int]) -> None:
        """Note what it costs to count at all, and what a function costs on top of that."""
        head = min(self._buyers(layer, _PARTNER, least), default=None)
        if head is not None:
            insort(heads, head)
            job = min(
                (
                    cost
                    for place in (LABOUR, EDUCATION)
                    for cost in self._buyers(layer, place, least)
                ),
                default=None,
            )
            if job is not None:
                insort(jobs, job - head)

    def _new(self, option: Option) -> bool:
        return option.country not in self._problem.covered

    def _leading(
        self, layer: Layer, least: int, before: tuple[int, int, int]
    ) -> tuple[int, int, int]:
        """Return the least that a coordinator costs more, by what it may supply beside."""
        found = list(before)
        for option in (o for o in layer.options if o.coordinates):
            extra = self._weigh(option) - least
            found[_NOTHING] = min(found[_NOTHING], extra)
            if LABOUR in option.abilities:
                found[_LABOUR] = min(found[_LABOUR], extra)
            if EDUCATION in option.abilities:
                found[_TEACHING] = min(found[_TEACHING], extra)
        return found[0], found[1], found[2]

    def _sums(self, costs: Sequence[Sequence[int]]) -> tuple[list[int], ...]:
        """Return for each measure what the cheapest one, two, three ... buyers cost."""
        most = max(self._problem.missing.additions, 1)
        padded = ([*one[:most], *[self._add] * (most - len(one))] for one in costs)
        return tuple(list(accumulate(one, initial=0)) for one in padded)

    def __call__(self, number: int, missing: Missing, led: bool) -> int:  # noqa: FBT001 - a state
        """Return the bound for what is missing when the organisations before are chosen."""
        key = (number, missing, led)
        if key not in self._known:
            self._known[key] = self._least[number] + self._extra(number, missing, led=led)
        return self._known[key]

    def _extra(self, number: int, missing: Missing, *, led: bool) -> int:
        plain = self._buy(number, missing)
        if led or not self._problem.asks_lead:
            return plain
        partners, countries, labour, education, hei, vet = missing
        less = missing._replace(partners=max(0, partners - 1), countries=max(0, countries - 1))
        nothing, labouring, teaching = self._leads[number]
        kinds = ((max(0, education - 1), hei, vet), (education, 0, vet), (education, hei, 0))
        taught = min(
            self._buy(number, less._replace(education=e, hei=h, vet=v)) for e, h, v in kinds
        )
        with_lead = min(
            plain + self._promotion,
            nothing + self._buy(number, less),
            labouring + self._buy(number, less._replace(labour=max(0, labour - 1))),
            teaching + taught,
        )
        return max(plain, with_lead)

    def _buy(self, number: int, missing: Missing) -> int:
        """Return what all that is missing costs beyond the cheapest ways."""
        if (number, missing) in self._bought:
            return self._bought[number, missing]
        by_partner, by_country, by_labour, by_teaching, by_hei, by_vet = self._extras[number]
        education, hei, vet = missing[3:]
        functions = missing.functions
        # Whoever fills a place is a partner; the others that are asked for come in addition.
        more = max(
            by_partner[max(0, missing.partners - functions)],
            by_country[max(0, missing.countries - functions)],
        )
        teaching = max(
            by_teaching[education + hei + vet], by_teaching[education] + by_hei[hei] + by_vet[vet]
        )
        whole = max(
            by_labour[missing.labour] + teaching + more,
            by_country[missing.countries],
            self._each_once(number, max(missing.partners, functions), functions),
        )
        self._bought[number, missing] = whole
        return whole

    def _each_once(self, number: int, partners: int, functions: int) -> int:
        """Return what they cost when nobody is counted twice, for the best number of new ones."""
        heads, jobs = self._heads[number]
        least = partners * self._add
        for new in range(max(0, partners - len(heads) + 1), partners):
            left = max(0, functions - new)
            if left < len(jobs):
                least = min(least, new * self._add + heads[partners - new] + jobs[left])
        return least


def _added_up(costs: Sequence[int]) -> list[int]:
    return list(accumulate(costs, initial=0))
