"""Applicants and affiliated entities must be organisations of a kind that may apply.

The clause says which kinds may not: a natural person, who is no organisation (whoever is
self-employed or a sole trader is an enterprise); bodies of the European Union, which only the
agency can judge, since one of them may take part; and the National Agencies of the programme. As
associated partner such a body is a caution. Where a cell names another kind too, it is to check.
An affiliated entity takes part through a beneficiary: where the sheet does not name that one, a
caution says so. Without any type that could be read nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from alliance_check.model.consortium import Consortium, Role
from alliance_check.model.message import Message, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer
from alliance_check.rules.shared.base import Scope, Terms
from alliance_check.rules.shared.rulings import Harm, Ruling, judge_rulings, over_readings

ID = "eligible-organisations"
TITLE = "kinds of applicants"
SCOPE = Scope.PARTNER

_SAID: Mapping[str, Message] = {
    "natural-person": say("a natural person may not apply"),
    "eu-body": say("no body of the European Union may take part, with one exception"),
    "national-agency": say(
        "by the guide of 2026 a National Agency may not take part, but the body that hosts it may"
    ),
}


def concerns(consortium: Consortium, terms: Terms) -> bool:
    """Return whether there is anything to judge."""
    return any(_SAID.keys() & set(partner.kinds) for partner in consortium.taking_part)


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Look for partners of a kind that may not apply."""
    rulings = list(_rulings(consortium, terms))
    if not rulings and not any(partner.kinds for partner in consortium.taking_part):
        message = say("no column says what kind of organisation each partner is")
        return Answer(Outcome.NOT_CHECKED, message)
    return judge_rulings(
        rulings,
        fine=say("no partner is said to be of a kind that may not apply"),
        none=None,
        way_out=say("Leave this partner out, or correct its type."),
    )


def _rulings(consortium: Consortium, terms: Terms) -> Iterator[Ruling]:
    policies = terms.clause.value or {}
    for partner in consortium.taking_part:
        for kind in sorted(policies.keys() & partner.kinds):
            barred = Outcome(policies[kind]) is Outcome.NOT_MET and len(partner.kinds) == 1
            harm = over_readings(partner, partial(_harm, Harm.BAR if barred else Harm.DOUBT))
            if harm:
                yield Ruling(partner, harm, _SAID[kind], "type")
        if partner.role is Role.AFFILIATED_ENTITY and not partner.parent:
            message = say("the sheet does not name the beneficiary of this affiliated entity")
            yield Ruling(partner, Harm.CAUTION, message, "role")


def _harm(as_applicant: Harm, country: str | None, role: Role) -> Harm:
    mild = {Role.ASSOCIATED_PARTNER: Harm.CAUTION, Role.SUBCONTRACTOR: Harm.NONE}
    return mild.get(role, as_applicant)
