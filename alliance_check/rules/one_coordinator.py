"""Exactly one organisation coordinates.

Without a column of roles nothing is claimed. A coordinator that is only a placeholder, a reserve
or hidden may or may not be one; a role that could not be read may be the coordinator's as long as
no other row is.
"""

from __future__ import annotations

from alliance_check.model.consortium import (
    Consortium,
    Partner,
    Presence,
    Role,
)
from alliance_check.model.message import say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer, Count
from alliance_check.model.sheet import Cell
from alliance_check.rules.shared.base import Scope, Terms, everything

ID = "one-coordinator"
TITLE = "one coordinator"
SCOPE = Scope.CONSORTIUM
concerns = everything


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Count the coordinators."""
    need = terms.clause.number
    if "role" not in consortium.columns:
        return Answer(Outcome.NOT_CHECKED, say("no column says who coordinates"), need=need)
    named = [p for p in consortium.taking_part if p.role is Role.COORDINATOR]
    everyone = () if named else consortium.taking_part
    unread = [p for p in everyone if p.role is Role.UNKNOWN]
    sure = sum(p.presence is Presence.CONFIRMED for p in named)
    count = Count(sure, len(named) + min(1, len(unread)))
    have = say("have {have}, need exactly {need}", have=str(count), need=need)
    if count.low == count.high == need:
        return Answer(Outcome.MET, have, need=need, count=count, exactly=True)
    hint = say("Give exactly one full partner the role of coordinator.")
    if len(named) == need and count.low < need:
        hint = say("Settle whether the coordinator takes part.")
    return Answer(
        Outcome.NOT_MET if count.low > need or count.high < need else Outcome.TO_CHECK,
        have,
        need=need,
        count=count,
        cells=tuple(_open_cell(p) for p in (named or unread or consortium.partners)),
        hint=hint,
        exactly=True,
    )


def _open_cell(partner: Partner) -> Cell:
    """Return the cell that leaves open whether this partner coordinates."""
    possible = partner.role is Role.COORDINATOR and partner.presence is Presence.POSSIBLE
    return partner.cell("status" if possible else "role")
