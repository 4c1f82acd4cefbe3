"""Who may take part from third countries not associated to the programme.

The clause lists the regions from which organisations may be full partners or affiliated entities;
from other regions they may only be associated partners. They never count towards a minimum.
Where the sources differ on the lot, or add a condition that no sheet can show, the finding carries
that as a caution; in a call where the national agency's page and the Programme Guide contradict
one another, the verdict line carries it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from alliance_check.model.call import Call
from alliance_check.model.consortium import (
    Consortium,
    Group,
    Partner,
    Role,
)
from alliance_check.model.message import listed, say
from alliance_check.model.report import Answer, Caution
from alliance_check.rules.shared.base import Scope, Terms
from alliance_check.rules.shared.claimants import from_elsewhere
from alliance_check.rules.shared.rulings import Harm, Ruling, judge_rulings, over_readings

ID = "non-associated-countries"
TITLE = "third countries not associated"
SCOPE = Scope.PARTNER


def concerns(consortium: Consortium, terms: Terms) -> bool:
    """Return whether there is anything to judge."""
    return any(True for _ in from_elsewhere(consortium, terms.call))


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Judge the partners from third countries not associated."""
    outside = [p for p in from_elsewhere(consortium, terms.call) if _from_outside(p, terms.call)]
    none = say("no partner is from a third country not associated")
    found = judge_rulings(
        _rulings(consortium, terms),
        fine=say("may take part, in addition to the minimum numbers"),
        none=None if outside else none,
        way_out=say("Let this organisation take part as associated partner, or leave it out."),
    )
    return replace(found, cautions=_doubts(outside, terms))


def _from_outside(partner: Partner, call: Call) -> frozenset[str]:
    """Return the third countries not associated that a partner may be from."""
    return frozenset(c for c in partner.possible_countries if _is_outside(c, call))


def _is_outside(country: str, call: Call) -> bool:
    state = call.state(country)
    return call.group(state) is Group.OTHER and state in call.regions


def _rulings(consortium: Consortium, terms: Terms) -> Iterator[Ruling]:
    """Yield the partners that the clause lets take part only as associated partner, if at all."""
    call = terms.call
    for partner in from_elsewhere(consortium, call):
        harm = over_readings(partner, partial(_harm, terms))
        if not harm:
            continue
        if partner.possible_countries:
            regions = listed(sorted({_region(c, call) for c in _from_outside(partner, call)}))
            message = say(
                "organisations from region {region} may only be associated partners", region=regions
            )
        else:
            message = say("a country that could not be read may be a third country not associated")
        yield Ruling(partner, harm, message)


def _harm(terms: Terms, country: str | None, role: Role) -> Harm:
    """Return how bad it is that somebody from a country takes part in a role."""
    call, allowed = terms.call, terms.clause.part("regions")
    if role in {Role.ASSOCIATED_PARTNER, Role.SUBCONTRACTOR}:
        return Harm.NONE
    if country is None:
        return Harm.NONE if call.regions_outside <= set(allowed) else Harm.DOUBT
    barred = _is_outside(country, call) and _region(country, call) not in allowed
    return Harm.BAR if barred else Harm.NONE


def _region(country: str, call: Call) -> int:
    return call.regions[call.state(country) or ""]


def _doubts(outside: list[Partner], terms: Terms) -> tuple[Caution, ...]:
    """Return the clause's own doubt, where a partner that it lets in is in the sheet."""
    call = terms.call
    doubt, allowed = terms.clause.part("doubt"), set(terms.clause.part("regions"))
    touched = [
        p.cell("name")
        for p in outside
        if p.role is not Role.SUBCONTRACTOR
        and {_region(c, call) for c in _from_outside(p, call)} & allowed
    ]
    if doubt is None or not touched:
        return ()
    in_verdict = terms.clause.part("in-verdict") is True
    return (Caution(say("{doubt}", doubt=doubt), tuple(touched), in_verdict),)
