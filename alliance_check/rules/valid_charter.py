"""A university from a Member State or associated country must hold a valid charter.

The Erasmus Charter for Higher Education (ECHE) is asked of universities that apply or are
affiliated entities; those from third countries not associated need none. A column says yes or no:
a "no" is not met, as is a charter that ends before the call's deadline; a blank is a caution. A
list of charter holders answers better: a charter that ended before the call's deadline is not met;
one that starts later, or a university that is not found by PIC, OID, Erasmus code, or name and
country, is to check. Without column and list nothing is claimed, and without universities there is
nothing to judge. Where the guide has no charter sentence for a lot, a "no" is only a caution.
"""

from __future__ import annotations

from collections.abc import Iterator

from alliance_check.model.consortium import HEI, Consortium, Outcome, Presence, Role, Said
from alliance_check.model.message import say
from alliance_check.model.report import Answer, Caution
from alliance_check.rules._counting import (
    APPLICANTS,
    is_university,
    surely_inside,
    surely_outside,
    taking_part,
)
from alliance_check.rules._listing import said_by_list, words_of_list
from alliance_check.rules._said import Asked, Words, judge
from alliance_check.rules._terms import Terms

ID = "valid-charter"
TITLE = "Erasmus Charter (ECHE)"

_WORDS = Words(
    met=say("no university is without the charter"),
    missing=say("a university is said to have no charter"),
    blank=say("the sheet does not say whether this university holds the charter"),
    unread=say("the charter cell of a university could not be read"),
    way_out=say(
        "Replace the university by one that holds the charter, let it take part as associated "
        "partner, or correct the cell."
    ),
)


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Read what the charter column says of the universities."""
    asked = list(_universities(consortium, terms))
    none = say("no university from a Member State or associated country")
    if not asked:
        return Answer(Outcome.NOT_APPLICABLE, none)
    if not terms.clause.part("required"):
        without = tuple(a.partner.cell("charter") for a in asked if a.said is Said.NO)
        doubt = say("the guide has no charter sentence for this lot; the sheet says no charter")
        message = say("the guide has no charter sentence for this lot")
        cautions = (Caution(doubt, without),) if without else ()
        return Answer(Outcome.NOT_APPLICABLE, message, cautions=cautions)
    listed = any(a.partner.listing is not None for a in asked)
    if "charter" not in consortium.columns and not listed:
        return Answer(Outcome.NOT_CHECKED, say("no column says who holds the charter"))
    if not any(a.sure or a.said in {Said.NO, Said.UNREAD} for a in asked):
        return Answer(Outcome.NOT_APPLICABLE, none)
    words = words_of_list(a.partner for a in asked) if listed else _WORDS
    if not listed and all(a.partner.charter_until for a in asked if a.said is Said.NO):
        words = words._replace(missing=say("a charter ends before the call's deadline"))
    return judge((a for a in asked if a.sure or a.said is not Said.BLANK), "charter", words)


def _universities(consortium: Consortium, terms: Terms) -> Iterator[Asked]:
    """Yield whoever is, or may be, a university of whom the charter is asked."""
    for partner in taking_part(consortium):
        university = is_university(partner)
        role_fits = partner.role in APPLICANTS or partner.role is Role.AFFILIATED_ENTITY
        possible = role_fits or partner.role is Role.UNKNOWN
        here = surely_inside(partner, terms.call)
        maybe = university or HEI in partner.functions.may
        if maybe and possible and not surely_outside(partner, terms.call):
            confirmed = partner.presence is Presence.CONFIRMED
            said = said_by_list(partner, terms.call.deadline)
            yield Asked(partner, university and role_fits and here and confirmed, said)
