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

from alliance_check.model.consortium import (
    Consortium,
    Group,
    Partner,
    Role,
)
from alliance_check.model.message import Message, either, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer
from alliance_check.rules.shared.base import Scope, Terms
from alliance_check.rules.shared.claimants import from_elsewhere
from alliance_check.rules.shared.rulings import Harm, Ruling, judge_rulings, over_readings
from alliance_check.vocabulary.countries import country

ID = "excluded-countries"
TITLE = "excluded countries"
SCOPE = Scope.PARTNER

_MILD = (Role.ASSOCIATED_PARTNER, Role.SUBCONTRACTOR)


def concerns(consortium: Consortium, terms: Terms) -> bool:
    """Return whether there is anything to judge."""
    return any(True for _ in from_elsewhere(consortium, terms.call))


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Look for partners from countries that are excluded or in no list."""
    return judge_rulings(
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
        harm = over_readings(partner, partial(_harm, terms))
        if harm:
            yield Ruling(partner, harm, _message(partner, terms))


def _harm(terms: Terms, code: str | None, role: Role) -> Harm:
    """Return how bad it is that somebody from a country takes part in a role."""
    call, state = terms.call, terms.call.state(code)
    group = call.group(state)
    if group is Group.UNKNOWN:
        return Harm.CAUTION if role in _MILD else Harm.DOUBT
    if group is Group.EXCLUDED and state is not None:
        named = Outcome(terms.clause.part(state)) is Outcome.NOT_MET
        as_associated = Harm.BAR if named else Harm.DOUBT
        mild = {Role.ASSOCIATED_PARTNER: as_associated, Role.SUBCONTRACTOR: Harm.CAUTION}
        return mild.get(role, Harm.BAR)
    if group is Group.OTHER and state not in call.regions:
        mild = {Role.ASSOCIATED_PARTNER: Harm.CAUTION, Role.SUBCONTRACTOR: Harm.NONE}
        return mild.get(role, Harm.BAR)
    return Harm.NONE


def _message(partner: Partner, terms: Terms) -> Message:
    call, countries = terms.call, sorted(partner.possible_countries)
    if not countries:
        return say("a country that could not be read may be one that is not allowed")
    barred = [c for c in countries if _harm(terms, c, Role.FULL_PARTNER)]
    names = [country(code) for code in barred]
    if len(barred) < len(countries):
        return say("may be from {country}, which is not allowed", country=either(names))
    if all(call.group(c) is Group.EXCLUDED for c in barred):
        return say("organisations from {country} may not take part", country=either(names))
    return say("{country} is in none of the guide's lists", country=either(names))
