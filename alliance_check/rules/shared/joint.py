"""The best reading of a consortium in which nobody is barred and one who may coordinate does.

Each partner is taken as what helps most: present, from a country that counts, and as all that it
may count as, unless a rule that judges each organisation by itself bars it as that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from alliance_check.model.call import Call, Lot
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
from alliance_check.rules.shared.claimants import (
    Claimant,
    count_countries,
    surely_outside,
    taking_part,
)
from alliance_check.rules.shared.matching import Fit, Needs, best_fit
from alliance_check.rules.shared.minimum import from_outside
from alliance_check.rules.shared.readings import READABLE_ROLES

GROUPS = {
    "minimum-labour-market-actors": LABOUR,
    "minimum-education-providers": EDUCATION,
    "higher-education-partner": HEI,
    "vet-partner": VET,
}


class Minima(NamedTuple):
    """Every minimum of the lot, 0 where it is not known; and how many from outside may count."""

    countries: int
    partners: int
    groups: Needs
    outside: int


def minima_of(consortium: Consortium, terms: Terms) -> Minima:
    """Return the minima of the lot."""
    lot = terms.lot
    groups = Needs(*(_need(lot, rule) for rule in GROUPS))
    outside = len(from_outside(consortium, terms))
    return Minima(_need(lot, "minimum-countries"), _need(lot, "minimum-partners"), groups, outside)


def _need(lot: Lot, rule: str) -> int:
    clause = lot.clauses.get(rule)
    return 0 if clause is None or clause.unknown is not None else clause.number


class Counted(NamedTuple):
    """A claimant, and all that it counts as in its most favourable reading."""

    claimant: Claimant
    abilities: frozenset[str]


def fit(counted: Sequence[Counted], minima: Minima, call: Call) -> Fit:
    """Return how well these meet all minima, everybody in the most favourable reading."""
    countries = count_countries([c.claimant for c in counted], call).high
    if countries < minima.countries or len(counted) + minima.outside < minima.partners:
        return Fit.NONE
    return best_fit((c.abilities for c in counted), minima.groups)


def best_reading(
    consortium: Consortium, terms: Terms, minima: Minima, leads: Sequence[Partner] | None
) -> Fit:
    """Return the best fit over all readings in which nobody is barred and one coordinates."""
    counted = _admitted(terms)
    if leads is None:
        return fit(counted, minima, terms.call)
    named = {id(p) for p in taking_part(consortium) if p.role is Role.COORDINATOR}
    best, tried = Fit.NONE, set()
    for lead in (p for p in leads if may_lead(p, terms)):
        # Whoever else is named coordinator stays away; the others do not hang on who leads.
        alike = (lead.country, lead.countries, lead.functions) if named else None
        if alike not in tried:
            tried.add(alike)
            away = named - {id(lead)}
            staying = [c for c in counted if id(c.claimant.partner) not in away]
            best = max(best, fit(staying, minima, terms.call))
    return best


def candidates(consortium: Consortium, terms: Terms) -> list[Partner] | None:
    """Return who may be the only coordinator.

    None where no rule on the coordinator applies, or one of them is not met by itself.
    """
    clause = terms.lot.clauses.get("one-coordinator")
    if clause is None or clause.value != 1 or "role" not in consortium.columns:
        return None
    everyone = list(taking_part(consortium))
    named = [p for p in everyone if p.role is Role.COORDINATOR]
    sure = [p for p in named if p.presence is Presence.CONFIRMED]
    found = sure or named or [p for p in everyone if p.role is Role.UNKNOWN]
    inside = [p for p in found if not surely_outside(p, terms.call)]
    return inside if inside and len(sure) <= 1 else None


def may_lead(partner: Partner, terms: Terms) -> bool:
    """Say whether a candidate can be the coordinator in a reading that no rule bars."""
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
        for partner in taking_part(consortium)
        if partner.presence is Presence.CONFIRMED
        and not partner.open
        and len(readings := list(_readings(partner))) > 1
        and terms.admits([partner])
        and not any(terms.admits([reading]) for reading in readings)
    ]


def _readings(partner: Partner) -> Iterator[Partner]:
    roles = READABLE_ROLES if partner.role is Role.UNKNOWN else (partner.role,)
    countries: list[str | None] = [*sorted(partner.countries)] or [partner.country]
    for country in countries:
        for role in roles:
            yield replace(partner, country=country, countries=frozenset(), role=role)


def _admitted(terms: Terms) -> list[Counted]:
    """Return the claimants with the most that they may count as where no rule bars them."""
    whole = [Counted(c, _abilities(c.partner)[0]) for c in terms.claimants]
    unsure = [one for one in whole if not one.claimant.sure or one.claimant.partner.functions.may]
    # Mostly nobody is barred, so all are tried at once first.
    if terms.admits([_as_partner(one.claimant.partner, terms, one.abilities) for one in unsure]):
        return whole
    kept = {id(one.claimant.partner): _admitted_as(one, terms) for one in unsure}
    found = (kept.get(id(one.claimant.partner), one) for one in whole)
    return [one for one in found if one is not None]


def _admitted_as(one: Counted, terms: Terms) -> Counted | None:
    """Return a claimant with what no rule bars it from; None where it must not take part.

    Whoever takes part for certain, though a text beside it is open, and is barred all the same
    breaks that other rule, and stays.
    """
    for abilities in _abilities(one.claimant.partner):
        if terms.admits([_as_partner(one.claimant.partner, terms, abilities)]):
            return Counted(one.claimant, abilities)
    left_open = {cell for cell, _ in one.claimant.partner.open}
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
