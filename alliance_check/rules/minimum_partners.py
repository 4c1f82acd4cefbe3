"""Enough applicants must take part: the coordinator and the full partners.

An organisation counts once, however many rows it has. Affiliated entities, associated partners
and subcontractors are no applicants; partners from third countries not associated come in
addition to the number. A placeholder, a reserve partner or an unread country or role may count.
"""

from __future__ import annotations

from collections.abc import Iterator

from alliance_check.model.consortium import Cell, Consortium
from alliance_check.model.message import Message, say
from alliance_check.model.report import Answer
from alliance_check.rules.shared.base import Scope, Terms, everything
from alliance_check.rules.shared.claimants import count_partners
from alliance_check.rules.shared.minimum import judged, obstacle, others_than

ID = "minimum-partners"
TITLE = "full partners"
SCOPE = Scope.CONSORTIUM
concerns = everything


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Count the applicants that count towards the minima."""
    everyone = terms.claimants
    hanging = (cell for c in everyone for cell in c.doubts)
    wrong = _wrong(consortium, terms)
    return judged(count_partners(everyone), terms, hanging, wrong, _way_out)


def _wrong(consortium: Consortium, terms: Terms) -> Iterator[Cell]:
    """Yield the cells that keep partners from counting, or the names where none does."""
    others = [obstacle(p, terms.call, "name") for p in others_than(terms.claimants, consortium)]
    twins = [p.cell("name") for p in consortium.partners if p.same_as is not None]
    yield from (*others, *twins) or [c.partner.cell("name") for c in terms.claimants]


def _way_out(missing: int) -> Message:
    return say(
        "Bring in more full partners from Member States or associated countries, or let "
        "organisations that are already named take part as such; {missing} more needed.",
        missing=missing,
    )
