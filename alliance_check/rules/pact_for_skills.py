"""Partners of the Blueprint lot must belong to the Pact for Skills.

Applicants and associated partners are partners in a large-scale skills partnership under the Pact
for Skills; an affiliated entity is judged like the applicant it belongs to. A column says yes or
no: a "no" is not met, a blank is a caution, and without a column nothing is claimed. The
coordinator must also coordinate such a partnership, which a "yes" does not show: a caution says so.
"""

from __future__ import annotations

from dataclasses import replace

from alliance_check.model.consortium import (
    Consortium,
    Presence,
    Role,
    Said,
)
from alliance_check.model.message import say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer, Caution
from alliance_check.rules.shared.base import Scope, Terms
from alliance_check.rules.shared.rulings import Requirement, Wording, judge_column

ID = "pact-for-skills"
TITLE = "Pact for Skills"
SCOPE = Scope.PARTNER

_WORDS = Wording(
    met=say("no partner is said to be outside the Pact for Skills"),
    missing=say("a partner is said to be outside the Pact for Skills"),
    blank=say("the sheet does not say whether this partner belongs to the Pact for Skills"),
    unread=say("the Pact for Skills cell of a partner could not be read"),
    way_out=say("Let the organisation join the partnership, leave it out, or correct the cell."),
)


def concerns(consortium: Consortium, terms: Terms) -> bool:
    """Return whether there is anything to judge."""
    return "pact" in consortium.columns


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Read what the column says of the applicants and associated partners."""
    if "pact" not in consortium.columns:
        return Answer(Outcome.NOT_CHECKED, say("no column says who belongs to the Pact for Skills"))
    members = [
        Requirement(p, p.role is not Role.UNKNOWN and p.presence is Presence.CONFIRMED, p.pact)
        for p in consortium.taking_part
        if p.role is not Role.SUBCONTRACTOR
    ]
    answer = judge_column(members, "pact", _WORDS)
    leads = [p for p in consortium.taking_part if p.role is Role.COORDINATOR]
    said = tuple(p.cell("pact") for p in leads if p.pact is Said.YES)
    doubt = say("a yes does not show that the coordinator coordinates a partnership of the Pact")
    return replace(answer, cautions=(*answer.cautions, Caution(doubt, said))) if said else answer
