"""Some organisations may not be funded because of what they are and where.

The clause names countries whose public authorities are not eligible, countries where guidelines on
occupied territories apply, and countries whose public interest trusts get no grant signed. Only the
first can bar a partner, and only where its type says that it is a public body; a type that could
not be read is to check. The others are
cautions. Whether an organisation stands on a sanctions list is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator

from alliance_check.model.consortium import Consortium, Partner, Role
from alliance_check.model.message import say
from alliance_check.model.report import Answer
from alliance_check.rules._counting import is_university, taking_part
from alliance_check.rules._taking_part import Harm, Ruling, answer, over_roles
from alliance_check.rules._terms import Terms

ID = "restrictive-measures"
TITLE = "restrictive measures"

_AUTHORITIES = {"public-body", "local-authority"}


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Look for partners that the measures may touch."""
    return answer(
        _rulings(consortium, terms),
        fine=say("nothing in the type column bars a partner"),
        none=say("no partner is from a country that the measures name"),
        way_out=say("Leave this partner out, or correct its type if it is no public authority."),
    )


def _rulings(consortium: Consortium, terms: Terms) -> Iterator[Ruling]:
    parts = ("authorities", "territories", "trusts")
    authorities, territories, trusts = map(terms.clause.part, parts)
    for partner in taking_part(consortium):
        if partner.role is Role.SUBCONTRACTOR:
            continue
        if partner.country in authorities:
            yield _authority(partner)
        elif partner.country in territories:
            message = say("the guidelines on the territories occupied since 1967 apply")
            yield Ruling(partner, Harm.CAUTION, message)
        elif partner.country in trusts and is_university(partner):
            message = say(
                "no grant can be signed if a public interest trust maintains this university"
            )
            yield Ruling(partner, Harm.CAUTION, message)


def _authority(partner: Partner) -> Ruling:
    """Judge a partner from a country whose authorities are not eligible."""
    message = say("public authorities of {country} are not eligible", country=partner.country or "")
    if _AUTHORITIES & set(partner.kinds):
        return Ruling(partner, over_roles(partner, _bar), message, "type")
    return Ruling(partner, Harm.NONE if partner.kinds else Harm.DOUBT, message, "type")


def _bar(role: Role) -> Harm:
    return Harm.NONE if role is Role.SUBCONTRACTOR else Harm.BAR
