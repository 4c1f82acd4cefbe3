"""Who counts towards the minima, over all readings of unread cells.

A claimant is an organisation that counts in at least one reading: coordinator or full partner
from a Member State or associated country. It counts *surely* when every reading says so and no
text beside it is open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from alliance_check.model.call import Call
from alliance_check.model.consortium import HEI, Cell, Consortium, Partner, Presence, Role
from alliance_check.model.report import Count

APPLICANTS = (Role.COORDINATOR, Role.FULL_PARTNER)


class Claimant(NamedTuple):
    """An organisation that counts in some reading, and the cells that make it unsure.

    *states* are the countries that it may count for; empty where it may be any.
    """

    partner: Partner
    sure: bool
    doubts: tuple[Cell, ...]
    states: frozenset[str]

    def surely(self, function: str) -> bool:
        """Return whether it counts as this in every reading."""
        return self.sure and function in self.partner.functions.sure

    def possibly(self, function: str) -> bool:
        """Return whether it counts as this in some reading."""
        functions = self.partner.functions
        return function in functions.sure or function in functions.may

    def doubts_about(self, function: str) -> tuple[Cell, ...]:
        """Return the cells that decide whether this organisation counts as this."""
        if function in self.partner.functions.sure:
            return self.doubts
        return (*self.doubts, self.partner.cell("type"))

    def surely_from(self) -> frozenset[str]:
        """Return the one country that it counts for in every reading; empty without one."""
        return self.states if self.sure and len(self.states) == 1 else frozenset()


def taking_part(consortium: Consortium) -> Iterator[Partner]:
    """Yield every organisation once, without those that declined."""
    for partner in consortium.partners:
        if partner.same_as is None and partner.presence is not Presence.DECLINED:
            yield partner


def surely_inside(partner: Partner, call: Call) -> bool:
    """Return whether a partner is from a country that counts, whatever its country is read as."""
    countries = partner.possible_countries
    return bool(countries) and countries <= call.counted


def surely_outside(partner: Partner, call: Call) -> bool:
    """Return whether a partner is from a country that does not count, in every reading."""
    countries = partner.possible_countries
    return bool(countries) and not countries & call.counted


def from_elsewhere(consortium: Consortium, call: Call) -> Iterator[Partner]:
    """Yield who takes part and is, or may be, from a country that does not count."""
    # Mostly there is nobody, and several rules ask for every consortium.
    if not {partner.country for partner in consortium.partners} <= call.counted:
        yield from (p for p in taking_part(consortium) if not surely_inside(p, call))


def is_university(partner: Partner) -> bool:
    """Return whether this is a university, whatever a column lets it count as."""
    return HEI in partner.kinds or HEI in partner.functions.sure


def claimant(partner: Partner, call: Call) -> Claimant | None:
    """Return the partner as a claimant; None when it counts in no reading."""
    if partner.presence is Presence.DECLINED or partner.same_as is not None:
        return None
    if partner.role not in APPLICANTS and partner.role is not Role.UNKNOWN:
        return None
    if surely_outside(partner, call):
        return None
    doubts = [] if surely_inside(partner, call) else [partner.cell("country")]
    if partner.role is Role.UNKNOWN:
        doubts.append(partner.cell("role"))
    if partner.presence is Presence.POSSIBLE:
        doubts.append(partner.cell("status"))
    doubts += [cell for cell, _ in partner.open]
    counted = partner.possible_countries & call.counted
    states = frozenset(state for code in counted if (state := call.state(code)) is not None)
    return Claimant(partner, not doubts, tuple(doubts), states)


def claimants(consortium: Consortium, call: Call) -> list[Claimant]:
    """Return every claimant in the order of the sheet."""
    found = (claimant(partner, call) for partner in consortium.partners)
    return [one for one in found if one is not None]


def count_countries(everyone: Sequence[Claimant], call: Call) -> Count:
    """Return how many counted countries the claimants come from.

    Where several of them have more than one reading, the lower end may be below the true one.
    """
    open_sets = [c.states for c in everyone if c.sure and len(c.states) > 1]
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
