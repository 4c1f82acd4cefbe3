"""Who may take part from third countries not associated to the programme.

The clause lists the regions from which organisations may be full partners or affiliated entities;
from other regions they may only be associated partners. They never count towards a minimum.
Where the sources differ on the lot, or add a condition that no sheet can show, the finding carries
that as a caution; in a call where the national agency's page and the Programme Guide contradict
one another, the verdict line carries it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from alliance_check.model.call import Call
from alliance_check.model.consortium import Consortium, Group, Partner, Role
from alliance_check.model.message import say
from alliance_check.model.report import Answer, Caution
from alliance_check.rules._counting import from_elsewhere
from alliance_check.rules._taking_part import Harm, Ruling, answer, over_roles
from alliance_check.rules._terms import Terms

ID = "non-associated-countries"
TITLE = "third countries not associated"


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Judge the partners from third countries not associated."""
    outside = [p for p in from_elsewhere(consortium, terms.call) if _from_outside(p, terms)]
    none = say("no partner is from a third country not associated")
    found = answer(
        _rulings(consortium, terms),
        fine=say("may take part, in addition to the minimum numbers"),
        none=None if outside else none,
        way_out=say("Let this organisation take part as associated partner, or leave it out."),
    )
    return replace(found, cautions=(*found.cautions, *_doubts(outside, terms)))


def _from_outside(partner: Partner, terms: Terms) -> bool:
    state = terms.call.state(partner.country)
    return terms.call.group(state) is Group.OTHER and state in terms.call.regions


def _rulings(consortium: Consortium, terms: Terms) -> Iterator[Ruling]:
    """Yield the partners that the clause lets take part only as associated partner, if at all."""
    allowed = terms.clause.part("regions")
    open_to_all = _regions_outside(terms.call) <= set(allowed)
    for partner in from_elsewhere(consortium, terms.call):
        if _from_outside(partner, terms):
            region = terms.call.regions[terms.call.state(partner.country) or ""]
            harm = over_roles(partner, _bars(Harm.NONE if region in allowed else Harm.BAR))
            message = say("from region {region}, only an associated partner", region=region)
        elif partner.country is None and not open_to_all:
            harm = over_roles(partner, _bars(Harm.DOUBT))
            message = say("a country that could not be read may be one that is not associated")
        else:
            continue
        if harm:
            yield Ruling(partner, harm, message)


def _regions_outside(call: Call) -> set[int]:
    """Return every region from which somebody may be that is not associated."""
    return {call.regions[c] for c in call.regions if call.group(c) is Group.OTHER}


def _bars(harm: Harm) -> Callable[[Role], Harm]:
    """Return how bad each role is: associated partners and subcontractors are free."""
    free = {Role.ASSOCIATED_PARTNER, Role.SUBCONTRACTOR}
    return lambda role: Harm.NONE if role in free else harm


def _doubts(outside: list[Partner], terms: Terms) -> tuple[Caution, ...]:
    """Return the clause's own doubt, where a partner that it lets in is in the sheet."""
    doubt, allowed = terms.clause.part("doubt"), terms.clause.part("regions")
    touched = [
        p.cell("name")
        for p in outside
        if p.role is not Role.SUBCONTRACTOR
        and terms.call.regions[terms.call.state(p.country) or ""] in allowed
    ]
    if doubt is None or not touched:
        return ()
    in_verdict = terms.clause.part("in-verdict") is True
    return (Caution(say("{doubt}", doubt=doubt), tuple(touched), in_verdict),)
