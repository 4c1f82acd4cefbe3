"""Enough applicants must take part: the coordinator and the full partners.

An organisation counts once, however many rows it has. Affiliated entities, associated partners
and subcontractors are no applicants; partners from third countries not associated come in
addition to the number. A placeholder, a reserve partner or an unread country or role may count.
"""

from __future__ import annotations

from alliance_check.calls import Terms
from alliance_check.findings import Answer
from alliance_check.messages import Message, say
from alliance_check.model import Cell, Consortium, Partner
from alliance_check.rules._counting import (
    APPLICANTS,
    claimants,
    count_partners,
    judged,
    taking_part,
)

ID = "minimum-partners"
TITLE = "full partners"


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Count the applicants that count towards the minima."""
    everyone = claimants(consortium, terms.call)
    hanging = tuple(cell for c in everyone for cell in c.doubts)
    counted = {id(c.partner) for c in everyone}
    others = tuple(_why_not(p) for p in taking_part(consortium) if id(p) not in counted)
    twins = tuple(p.cell("name") for p in consortium.partners if p.same_as is not None)
    count = count_partners(everyone)
    return judged(count, terms.clause.number, hanging, (*others, *twins), _way_out)


def _why_not(partner: Partner) -> Cell:
    return partner.cell("country" if partner.role in APPLICANTS else "role")


def _way_out(missing: int) -> Message:
    return say(
        "Bring in {missing} more full partner(s) from Member States or associated countries, or "
        "let organisations that are already named take part as full partners.",
        missing=missing,
    )
