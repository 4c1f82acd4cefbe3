"""How many claimants there are, of each kind, and from how many countries: lowest and highest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain

from alliance_check.model.call import Call
from alliance_check.model.report import Count
from alliance_check.rules.shared.claimants import Claimant


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


def count_partners(everyone: Sequence[Claimant]) -> Count:
    """Return how many claimants there are."""
    return Count(sum(c.sure for c in everyone), len(everyone))


def count_function(everyone: Sequence[Claimant], function: str) -> Count:
    """Return how many claimants count as *function*, whatever else they count as."""
    able = [c for c in everyone if c.possibly(function)]
    return Count(sum(c.surely(function) for c in able), len(able))
