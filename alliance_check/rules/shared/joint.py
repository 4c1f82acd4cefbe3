"""Whether all minima of a lot can hold at once, over all readings of unread cells.

Each organisation goes to the labour market actors or to the education providers, never to both.
Only what organisations can be matters, so they are counted by that, and the answer is exact
however many there are.

In the best reading each partner is taken as what helps most: present, from a country that counts,
and as all that it may count as, unless a rule that judges each organisation by itself bars it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from itertools import product
from math import prod
from operator import add
from typing import NamedTuple

from alliance_check.model.call import Call
from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    VET,
    Consortium,
    Functions,
    Partner,
    Presence,
    Role,
)
from alliance_check.rules.shared.base import Terms
from alliance_check.rules.shared.claimants import Claimant, surely_outside
from alliance_check.rules.shared.counting import count_countries
from alliance_check.rules.shared.minima import Minima
from alliance_check.rules.shared.rulings import READABLE_ROLES

_KINDS = ((True, False), (False, True), (True, True))
"""Of an education provider: whether it is a university, and whether a vocational provider."""
_MOST_CHOICES = 64
"""In how many ways partners that may be one organisation are taken for one of them."""


class Fit(IntEnum):
    """How well the minima can be met at once."""

    NONE = 0
    ONE_BODY_AS_BOTH = 1
    CLEAN = 2


def best_fit(abilities: Iterable[frozenset[str]], need: Minima) -> Fit:
    """Return the best way to deal organisations out to the groups, by what each can be.

    >>> school, firm = frozenset({"education", "vet"}), frozenset({"labour-market"})
    >>> both = frozenset({"education", "hei", "vet"})
    >>> best_fit([firm, school, both], Minima(labour=1, education=2, hei=1, vet=1)).name
    'CLEAN'
    >>> best_fit([firm, both], Minima(labour=1, education=1, hei=1, vet=1)).name
    'ONE_BODY_AS_BOTH'
    >>> best_fit([firm, school], Minima(labour=1, education=1, hei=1, vet=1)).name
    'NONE'
    """
    everyone = list(abilities)
    only_labour = sum(LABOUR in a and EDUCATION not in a for a in everyone)
    teachers = Counter((LABOUR in a, HEI in a, VET in a) for a in everyone if EDUCATION in a)
    fixed = [teachers[False, *kinds] for kinds in _KINDS]
    either = [teachers[True, *kinds] for kinds in _KINDS]
    all_either = sum(either, teachers[True, False, False])
    all_fixed = teachers.total() - all_either
    # Of those fit for both groups, as many are drawn to teach as the two kinds can need.
    most = (need.hei, need.vet, need.hei + need.vet)
    ranges = (range(min(number, wanted) + 1) for number, wanted in zip(either, most, strict=True))
    best = Fit.NONE
    for drawn in product(*ranges):
        missing = max(0, need.education - all_fixed - sum(drawn))
        left = all_either - sum(drawn) - missing
        if left >= 0 and only_labour + left >= need.labour:
            best = max(best, _fit_of_kinds([*map(add, fixed, drawn)], need))
    return best


def _fit_of_kinds(teachers: Sequence[int], need: Minima) -> Fit:
    universities, vocational, both = teachers
    if universities + both < need.hei or vocational + both < need.vet:
        return Fit.NONE
    suppliers = universities + vocational + both
    return Fit.CLEAN if suppliers >= need.hei + need.vet else Fit.ONE_BODY_AS_BOTH


def worst_fit(sure: Sequence[Claimant], need: Minima) -> Fit:
    """Return the fit of those that count surely, whoever takes part of some that may be one."""
    choices = [claimant.choices for claimant in sure]
    if prod(map(len, choices)) > _MOST_CHOICES:
        choices = [(claimant.sure_functions,) for claimant in sure]
    return min(best_fit(way, need) for way in product(*choices))


class Counted(NamedTuple):
    """A claimant, and all that it counts as in its most favourable reading."""

    claimant: Claimant
    abilities: frozenset[str]


def at_best(everyone: Iterable[Claimant]) -> list[Counted]:
    """Return all claimants as everything that they may count as."""
    return [Counted(claimant, _abilities(claimant.partner)[0]) for claimant in everyone]


def fit(counted: Sequence[Counted], need: Minima, call: Call) -> Fit:
    """Return how well these organisations meet all minima in their most favourable reading."""
    countries = count_countries([c.claimant for c in counted], call).high
    if countries < need.countries or len(counted) < need.partners:
        return Fit.NONE
    return best_fit((c.abilities for c in counted), need)


def best_reading(
    consortium: Consortium, terms: Terms, need: Minima, leads: Sequence[Partner] | None
) -> Fit:
    """Return the best fit over all readings in which nobody is barred and one coordinates."""
    counted = _admitted(terms)
    if leads is None:
        return fit(counted, need, terms.call)
    named = {id(p) for p in consortium.taking_part if p.role is Role.COORDINATOR}
    best, tried = Fit.NONE, set()
    for lead in (p for p in leads if may_lead(p, terms)):
        # Whoever else is named coordinator stays away; who leads changes nothing for the others.
        alike = (lead.country, lead.countries, lead.functions) if named else None
        if alike not in tried:
            tried.add(alike)
            away = named - {id(lead)}
            staying = [c for c in counted if id(c.claimant.partner) not in away]
            best = max(best, fit(staying, need, terms.call))
    return best


def possible_coordinators(consortium: Consortium, terms: Terms) -> list[Partner] | None:
    """Return who may be the only coordinator.

    None where no rule on the coordinator applies, or one of them is not met by itself.
    """
    clause = terms.lot.clauses.get("one-coordinator")
    if clause is None or clause.value != 1 or "role" not in consortium.columns:
        return None
    everyone = consortium.taking_part
    named = [p for p in everyone if p.role is Role.COORDINATOR]
    sure = [p for p in named if p.presence is Presence.CONFIRMED]
    found = sure or named or [p for p in everyone if p.role is Role.UNKNOWN]
    inside = [p for p in found if not surely_outside(p, terms.call)]
    return inside if inside and len(sure) <= 1 else None


def may_lead(partner: Partner, terms: Terms) -> bool:
    """Return whether somebody can be the coordinator in a reading that no rule bars."""
    settled = partner.presence is Presence.CONFIRMED and partner.role is Role.COORDINATOR
    return settled or any(
        terms.admits([_settled(partner, terms, Role.COORDINATOR, abilities)])
        for abilities in _abilities(partner)
    )


def barred_in_every_reading(consortium: Consortium, terms: Terms) -> list[Partner]:
    """Return who takes part for certain, may be read in several ways, and is barred in each.

    One rule may bar it from one country or in one role, another rule from and in the other.
    """
    return [
        partner
        for partner in consortium.taking_part
        if partner.presence is Presence.CONFIRMED
        and not partner.open
        and (partner.role is Role.UNKNOWN or len(partner.countries) > 1)
        and terms.admits([partner])
        and not any(terms.admits([reading]) for reading in _readings(partner))
    ]


def _readings(partner: Partner) -> Iterator[Partner]:
    roles = READABLE_ROLES if partner.role is Role.UNKNOWN else (partner.role,)
    countries: list[str | None] = [*sorted(partner.countries)] or [partner.country]
    for country in countries:
        for role in roles:
            yield replace(partner, country=country, countries=frozenset(), role=role)


def _admitted(terms: Terms) -> list[Counted]:
    """Return the claimants with the most that they may count as where no rule bars them."""
    whole = at_best(terms.claimants)
    unsure = [one for one in whole if not one.claimant.sure or one.claimant.partner.functions.may]
    # Mostly nobody is barred, so all are tried at once first.
    if terms.admits([_as_partner(one.claimant.partner, terms, one.abilities) for one in unsure]):
        return whole
    kept = {id(one.claimant.partner): _admitted_as(one, terms) for one in unsure}
    found = (kept.get(id(one.claimant.partner), one) for one in whole)
    return [one for one in found if one is not None]


def is_admitted_at_best(one: Claimant, terms: Terms) -> bool:
    """Return whether no rule bars a claimant as all that it may count as."""
    return terms.admits([_as_partner(one.partner, terms, _abilities(one.partner)[0])])


def _admitted_as(one: Counted, terms: Terms) -> Counted | None:
    """Return a claimant with what no rule bars it from; None where it must not take part.

    Whoever certainly takes part, with only a text next to it left open, but is barred breaks that
    other rule, and stays here.
    """
    for abilities in _abilities(one.claimant.partner):
        if terms.admits([_as_partner(one.claimant.partner, terms, abilities)]):
            return Counted(one.claimant, abilities)
    left_open = {remark.cell for remark in one.claimant.partner.open} | {*one.claimant.double_cells}
    return one if left_open.issuperset(one.claimant.doubts) else None


def _abilities(partner: Partner) -> list[frozenset[str]]:
    """Return what a partner may count as, the most first; then without being a university.

    Only a university needs something more, the charter.
    """
    whole = partner.functions.sure | partner.functions.may
    return [whole, whole - {HEI}] if HEI in partner.functions.may else [whole]


def _as_partner(partner: Partner, terms: Terms, abilities: frozenset[str]) -> Partner:
    role = Role.FULL_PARTNER if partner.role is Role.UNKNOWN else partner.role
    return _settled(partner, terms, role, abilities)


def _settled(partner: Partner, terms: Terms, role: Role, abilities: frozenset[str]) -> Partner:
    inside = partner.possible_countries & terms.call.counted or terms.call.member_states
    return replace(
        partner,
        presence=Presence.CONFIRMED,
        role=role,
        country=min(inside),
        functions=Functions(abilities),
    )
