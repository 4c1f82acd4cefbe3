"""Enough applicants must take part: the coordinator and the full partners.

An organisation counts once, however many rows it has. Affiliated entities, associated partners
and subcontractors are no applicants; partners from third countries not associated come in
addition to the number. A placeholder, a reserve partner or an unread country or role may count.
"""

from __future__ import annotations

from alliance_check.calls import Terms
from alliance_check.findings import Answer
from alliance_check.messages import Message, say
from alliance_check.model import Consortium
from alliance_check.rules._counting import claimants, count_partners, taking_part
from alliance_check.rules._minimum import judged, obstacle

ID = "minimum-partners"
TITLE = "full partners"


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Count the applicants that count towards the minima."""
    everyone = claimants(consortium, terms.call)
    hanging = tuple(cell for c in everyone for cell in c.doubts)
    counted = {id(c.partner) for c in everyone}
    rest = [p for p in taking_part(consortium) if id(p) not in counted]
    others = tuple(obstacle(p, terms.call, "name") for p in rest)
    twins = tuple(p.cell("name") for p in consortium.partners if p.same_as is not None)
    wrong = (*others, *twins) or tuple(c.partner.cell("name") for c in everyone)
    return judged(count_partners(everyone), terms.clause.number, hanging, wrong, _way_out)


def _way_out(missing: int) -> Message:
    return say(
        "Bring in more full partners from Member States or associated countries, or let "
        "organisations that are already named take part as such; {missing} more needed.",
        missing=missing,
    )
