"""How safe the minima are: the room of each, and the partners whose leaving would break one.

Only organisations that count in every reading hold a minimum up. Places are dealt out as
`minima-together` does it: a set of places is in danger when hardly more organisations than places
can fill them, so the smallest such surplus tells how many must leave (Hall's theorem).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, combinations
from typing import NamedTuple

from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import (
    EDUCATION,
    FUNCTIONS,
    HEI,
    LABOUR,
    VET,
    Consortium,
    Partner,
)
from alliance_check.model.report import Margins
from alliance_check.rules.shared.claimants import claimants
from alliance_check.rules.shared.minima import MINIMA, minima


class _Danger(NamedTuple):
    """Partners of whom *surplus* may leave before a minimum is not met; below 0 it is not."""

    surplus: int
    partners: tuple[Partner, ...]


def margins(consortium: Consortium, call: Call, lot: Lot) -> Margins:
    """Return the room of each minimum, the partners none of which can be lost, and an example.

    *fewest* is exact: no smaller set of partners can break a minimum by leaving.
    """
    sure = [c.least for c in claimants(consortium, call) if c.sure]
    need = minima(lot)
    functions = [sum(f in p.functions.sure for p in sure) for f in FUNCTIONS]
    have = (len({call.state(p.country) for p in sure} - {None}), len(sure), *functions)
    known = {m for m in MINIMA if m in lot.clauses and lot.clauses[m].unknown is None}
    room = {
        rule: low - minimum
        for rule, low, minimum in zip(MINIMA, have, need, strict=True)
        if rule in known
    }
    dangers = list(_dangers(sure, call, lot))
    if not dangers or any(danger.surplus < 0 for danger in dangers):
        return Margins(room)
    closest = min(dangers, key=lambda danger: danger.surplus)
    critical = {id(p) for d in dangers if d.surplus == 0 for p in d.partners}
    return Margins(
        room,
        tuple(p.cells["name"] for p in sure if id(p) in critical),
        closest.surplus + 1,
        tuple(p.cells["name"] for p in closest.partners[: closest.surplus + 1]),
    )


def _dangers(sure: list[Partner], call: Call, lot: Lot) -> Iterator[_Danger]:
    need = minima(lot)
    if need.partners:
        yield _Danger(len(sure) - need.partners, tuple(sure))
    if need.countries:
        yield from _country_dangers(sure, call, need.countries)
    places = {LABOUR: need.labour, EDUCATION: need.other_education, HEI: need.hei, VET: need.vet}
    needed = [function for function in FUNCTIONS if places[function]]
    sizes = range(1, len(needed) + 1)
    fills = [(p, frozenset(f for f in needed if _fills(p, f))) for p in sure]
    for chosen in chain.from_iterable(combinations(needed, size) for size in sizes):
        able = tuple(partner for partner, places in fills if not places.isdisjoint(chosen))
        yield _Danger(len(able) - sum(places[f] for f in chosen), able)


def _fills(partner: Partner, function: str) -> bool:
    functions = partner.functions.sure
    return function in functions and (function == LABOUR or EDUCATION in functions)


def _country_dangers(sure: list[Partner], call: Call, need: int) -> Iterator[_Danger]:
    """Yield the dangers of losing a country, those with the fewest partners first."""
    groups: dict[str | None, list[Partner]] = defaultdict(list)
    for partner in sure:
        if partner.country is None:  # one of several that count, so it may add none
            continue
        groups[call.state(partner.country)].append(partner)
    spare = len(groups) - need
    if spare < 0:
        yield _Danger(spare, ())
        return
    smallest = sorted(groups.values(), key=len)[: spare + 1]
    leaving = tuple(partner for group in smallest for partner in group)
    yield _Danger(len(leaving) - 1, leaving)
    if spare == 0:
        yield from (_Danger(0, tuple(group)) for group in groups.values() if len(group) == 1)
