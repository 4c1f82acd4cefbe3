"""Some organisations may not be funded because of what they are and where.

The clause names countries whose public authorities are not eligible, countries where guidelines on
occupied territories apply, and countries whose public interest trusts get no grant signed. Only the
first can bar a partner, and only where its type says that it is a public body; a type that could
not be read is to check. The others are cautions. Whether an organisation is on a sanctions list is
not known here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from alliance_check.model.consortium import (
    Consortium,
    Partner,
    Role,
)
from alliance_check.model.message import either, say
from alliance_check.model.report import Answer
from alliance_check.rules.shared.base import Scope, Terms
from alliance_check.rules.shared.claimants import from_elsewhere, is_university
from alliance_check.rules.shared.rulings import Harm, Ruling, judge_rulings, over_readings
from alliance_check.vocabulary.countries import country

ID = "restrictive-measures"
TITLE = "restrictive measures"
SCOPE = Scope.PARTNER

_AUTHORITIES = {"public-body", "local-authority"}


def concerns(consortium: Consortium, terms: Terms) -> bool:
    """Return whether there is anything to judge."""
    return any(True for _ in from_elsewhere(consortium, terms.call))


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Look for partners that the measures may touch."""
    return judge_rulings(
        _rulings(consortium, terms),
        fine=say("nothing in the type column bars a partner"),
        none=say("no partner is from a country that the measures name"),
        way_out=say("Leave this partner out, or correct its type if it is no public authority."),
    )


def _rulings(consortium: Consortium, terms: Terms) -> Iterator[Ruling]:
    parts = ("authorities", "territories", "trusts")
    authorities, territories, trusts = (frozenset(terms.clause.part(part)) for part in parts)
    for partner in consortium.taking_part:
        if partner.role is Role.SUBCONTRACTOR:
            continue
        countries = partner.possible_countries
        if countries & authorities:
            yield _authority(partner, authorities)
        elif countries & territories:
            message = say("the guidelines on the territories occupied since 1967 apply")
            yield Ruling(partner, Harm.CAUTION, message)
        elif countries & trusts and is_university(partner):
            message = say(
                "no grant can be signed if a public interest trust maintains this university and "
                "the Council's decision on such trusts stands"
            )
            yield Ruling(partner, Harm.CAUTION, message)


def _authority(partner: Partner, authorities: frozenset[str]) -> Ruling:
    """Judge a partner from a country whose authorities are not eligible."""
    codes = sorted(partner.possible_countries & authorities)
    named = either(map(country, codes))
    message = say("public authorities of {country} are not eligible", country=named)
    if _AUTHORITIES & set(partner.kinds):
        return Ruling(partner, over_readings(partner, partial(_bar, authorities)), message, "type")
    return Ruling(partner, Harm.NONE if partner.kinds else Harm.DOUBT, message, "type")


def _bar(authorities: Collection[str], code: str | None, role: Role) -> Harm:
    free = role is Role.SUBCONTRACTOR or code not in authorities
    return Harm.NONE if free else Harm.BAR
