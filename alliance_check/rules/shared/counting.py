"""How many claimants there are, of each kind, and from how many countries: lowest and highest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain

from alliance_check.model.call import Call
from alliance_check.model.consortium import FUNCTIONS
from alliance_check.model.report import Count
from alliance_check.rules.shared.claimants import Claimant


class Claimants(list[Claimant]):
    """The claimants under a call, counted once for all rules."""

    def __init__(self, found: Iterable[Claimant], call: Call) -> None:
        super().__init__(found)
        self._call = call

    @cached_property
    def countries(self) -> Count:
        """How many counted countries they come from."""
        return count_countries(self, self._call)

    @cached_property
    def number(self) -> Count:
        """How many there are."""
        return Count(sum(c.sure for c in self), len(self))

    @cached_property
    def able(self) -> Mapping[str, Sequence[Claimant]]:
        """Who counts as each function in some reading, whatever else they count as."""
        return {function: [c for c in self if c.possibly(function)] for function in FUNCTIONS}

    @cached_property
    def functions(self) -> Mapping[str, Count]:
        """How many count as each function."""
        return {
            function: Count(sum(c.surely(function) for c in able), len(able))
            for function, able in self.able.items()
        }


def count_countries(everyone: Sequence[Claimant], call: Call) -> Count:
    """Return how many counted countries the claimants come from.

    Where several of them have more than one reading, the lower end may be below the true one.
    """
    open_sets = [c.sure_states for c in everyone if c.sure and len(c.sure_states) > 1]
    fixed = frozenset().union(*(c.surely_from() for c in everyone))
    low = len(fixed) + _disjoint([states for states in open_sets if not states & fixed])
    anywhere = sum(not c.states for c in everyone)
    most = len(call.member_states) + len(call.associated)
    return Count(low, min(most, _most_countries(c.states for c in everyone) + anywhere))


def _disjoint(choices: Iterable[frozenset[str]]) -> int:
    """Return how many choices share no country: each of them adds one of its own."""
    seen: frozenset[str] = frozenset()
    number = 0
    for states in sorted(choices, key=lambda states: (len(states), sorted(states))):
        if not states & seen:
            seen |= states
            number += 1
    return number


def _most_countries(choices: Iterable[frozenset[str]]) -> int:
    """Return how many different countries these choices can add (bipartite matching)."""
    everyone = Counter(choices)
    single = frozenset().union(*(states for states in everyone if len(states) == 1))
    taken: dict[str, frozenset[str]] = {}

    def place(states: frozenset[str], tried: set[str]) -> bool:
        for state in states:
            if state not in tried:
                tried.add(state)
                if state not in taken or place(taken[state], tried):
                    taken[state] = states
                    return True
        return False

    several = ([states - single] * min(n, len(states)) for states, n in everyone.items())
    return len(single) + sum(place(states, set()) for states in chain.from_iterable(several))
