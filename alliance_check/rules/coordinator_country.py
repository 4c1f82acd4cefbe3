"""The coordinator must be from a Member State or associated country.

Without a column of roles nothing is claimed; without a coordinator there is nothing to judge,
and `one-coordinator` says so. A role that could not be read may be the coordinator's as long as
no other row is. Where everybody who may coordinate is from elsewhere, no reading is met.
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
from alliance_check.model.report import Answer
from alliance_check.rules.shared.base import Scope, Terms, everything
from alliance_check.rules.shared.claimants import surely_inside, surely_outside

ID = "coordinator-country"
TITLE = "coordinator's country"
SCOPE = Scope.CONSORTIUM
concerns = everything


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Judge the country of whoever coordinates."""
    if "role" not in consortium.columns:
        return Answer(Outcome.NOT_CHECKED, say("no column says who coordinates"))
    named = [p for p in consortium.taking_part if p.role is Role.COORDINATOR]
    candidates = named or [p for p in consortium.taking_part if p.role is Role.UNKNOWN]
    if not candidates:
        return Answer(Outcome.NOT_APPLICABLE, say("no row is the coordinator"))
    doubtful = [p for p in candidates if not surely_inside(p, terms.call)]
    if not doubtful:
        return Answer(Outcome.MET, say("from a Member State or associated country"))
    outside = [p for p in doubtful if _settled(p) and surely_outside(p, terms.call)]
    message = say("from a third country not associated, which may not coordinate")
    somebody_leads = any(_settled(p) for p in candidates)
    if not somebody_leads and all(surely_outside(p, terms.call) for p in candidates):
        outside = candidates
        message = say("whoever may coordinate is from a third country not associated")
    may = say("may be from a third country not associated, which may not coordinate")
    return Answer(
        Outcome.NOT_MET if outside else Outcome.TO_CHECK,
        message if outside else may,
        cells=tuple(p.cell("country") for p in (outside or doubtful)),
        hint=say(
            "Let a full partner from a Member State or associated country coordinate, or correct "
            "the country."
        ),
    )


def _settled(partner: Partner) -> bool:
    return partner.role is Role.COORDINATOR and partner.presence is Presence.CONFIRMED
