"""No partner may come from an excluded country or from one that no list of the guide names.

From Russia and Belarus nobody may be an applicant or affiliated entity, in any call. An associated
partner from there is barred where the clause says so and otherwise to be checked against the EU's
restrictive measures; a subcontractor from there is a caution.
A country in none of the guide's lists (Gibraltar, Jersey, Western Sahara ...) bars applicants and
affiliated entities and is a caution for associated partners.
An unread country may be one of these: to check for whoever applies, a caution for the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from alliance_check.model.consortium import Consortium, Group, Outcome, Partner, Role
from alliance_check.model.message import Message, say
from alliance_check.model.report import Answer
from alliance_check.rules._counting import from_elsewhere
from alliance_check.rules._taking_part import Harm, Ruling, answer, over_roles
from alliance_check.rules._terms import Terms

ID = "excluded-countries"
TITLE = "excluded countries"

_MILD = (Role.ASSOCIATED_PARTNER, Role.SUBCONTRACTOR)
_FREE = dict.fromkeys(Role, Harm.NONE)


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Look for partners from countries that are excluded or in no list."""
    return answer(
        _rulings(consortium, terms),
        fine=say("no partner is barred by its country"),
        none=None,
        way_out=say(
            "Leave this partner out, or correct its country; ask the agency if you think that it "
            "may take part."
        ),
    )


def _rulings(consortium: Consortium, terms: Terms) -> Iterator[Ruling]:
    for partner in from_elsewhere(consortium, terms.call):
        message, harms = _readings(partner, terms)
        harm = over_roles(partner, partial(_harm, harms))
        if harm:
            yield Ruling(partner, harm, message)


def _harm(mild: dict[Role, Harm], role: Role) -> Harm:
    return mild.get(role, Harm.BAR)


def _readings(partner: Partner, terms: Terms) -> tuple[Message, dict[Role, Harm]]:
    """Return what is said of a partner and how bad each milder role would be."""
    call, state = terms.call, terms.call.state(partner.country)
    group = call.group(state)
    if group is Group.UNKNOWN:
        doubt = dict.fromkeys(Role, Harm.DOUBT) | dict.fromkeys(_MILD, Harm.CAUTION)
        return say("a country that could not be read may be one that is not allowed"), doubt
    if group is Group.EXCLUDED and state is not None:
        policy = Outcome(terms.clause.part(state))
        as_associated = Harm.BAR if policy is Outcome.NOT_MET else Harm.DOUBT
        mild = {Role.ASSOCIATED_PARTNER: as_associated, Role.SUBCONTRACTOR: Harm.CAUTION}
        return say("organisations from {country} may not take part", country=state), mild
    if group is Group.OTHER and state not in call.regions:
        mild = dict.fromkeys(_MILD, Harm.NONE) | {Role.ASSOCIATED_PARTNER: Harm.CAUTION}
        return say("{country} is in none of the guide's lists", country=state or ""), mild
    return say(""), _FREE
