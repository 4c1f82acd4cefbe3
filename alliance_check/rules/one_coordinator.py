"""Exactly one organisation coordinates.

Without a column of roles nothing is claimed. A coordinator that is only a placeholder, a reserve
or hidden may or may not be one; a role that could not be read may be the coordinator's as long as
no other row is.
"""

from __future__ import annotations

from alliance_check.findings import Answer, Count
from alliance_check.messages import say
from alliance_check.model import Consortium, Outcome, Presence, Role
from alliance_check.rules._counting import taking_part
from alliance_check.rules._terms import Terms

ID = "one-coordinator"
TITLE = "one coordinator"


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Count the coordinators."""
    need = terms.clause.number
    if "role" not in consortium.columns:
        return Answer(Outcome.NOT_CHECKED, say("no column says who coordinates"), need=need)
    named = [p for p in taking_part(consortium) if p.role is Role.COORDINATOR]
    unread = [p for p in taking_part(consortium) if p.role is Role.UNKNOWN and not named]
    sure = sum(p.presence is Presence.CONFIRMED for p in named)
    count = Count(sure, len(named) + min(1, len(unread)))
    if count.low > need or count.high < need:
        outcome = Outcome.NOT_MET
    else:
        outcome = Outcome.MET if count.low == count.high else Outcome.TO_CHECK
    cells = tuple(p.cell("role") for p in (named or unread or consortium.partners))
    return Answer(
        outcome,
        say("have {have}, need exactly {need}", have=str(count), need=need),
        need=need,
        count=count,
        cells=() if outcome is Outcome.MET else cells,
        hint=None
        if outcome is Outcome.MET
        else say("Give exactly one full partner the role of coordinator."),
    )
