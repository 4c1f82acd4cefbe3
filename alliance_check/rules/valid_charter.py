"""A university from a Member State or associated country must hold a valid charter.

The Erasmus Charter for Higher Education (ECHE) is required of universities that apply or are
affiliated entities; those from third countries not associated need none. A column says yes or no:
a "no" is not met, as is a charter that ends before the call's deadline; a blank is a caution. A
list of charter holders answers better: a charter that ended before the call's deadline is not met;
one that starts later, or a university that is not found by PIC, OID, Erasmus code, or name and
country, is to check. Without column and list nothing is claimed, and without universities there is
nothing to judge. Where the guide has no charter sentence for a lot, a "no" is only a caution.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from alliance_check.model.consortium import (
    HEI,
    Consortium,
    Holder,
    Partner,
    Presence,
    Role,
    Said,
)
from alliance_check.model.message import listed, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer, Caution
from alliance_check.rules.shared.base import Scope, Terms
from alliance_check.rules.shared.claimants import (
    APPLICANTS,
    is_university,
    surely_inside,
    surely_outside,
)
from alliance_check.rules.shared.rulings import Requirement, Wording, judge_column

ID = "valid-charter"
TITLE = "Erasmus Charter (ECHE)"
SCOPE = Scope.PARTNER

_WORDS = Wording(
    met=say("no university is without the charter"),
    missing=say("a university is said to have no charter"),
    blank=say("the sheet does not say whether this university holds the charter"),
    unread=say("the charter cell of a university could not be read"),
    way_out=say(
        "Replace the university by one that holds the charter, let it take part as associated "
        "partner, or correct the cell."
    ),
)


def concerns(consortium: Consortium, terms: Terms) -> bool:
    """Return whether there is anything to judge."""
    return any(_may_be_university(partner) for partner in consortium.taking_part)


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Read what the charter column says of the universities."""
    universities = list(_universities(consortium, terms))
    none = say("no university from a Member State or associated country")
    if not universities:
        return Answer(Outcome.NOT_APPLICABLE, none)
    if not terms.clause.part("required"):
        without = tuple(a.partner.cell("charter") for a in universities if a.said is Said.NO)
        doubt = say("without the charter, although the guide does not ask for it in this lot")
        message = say("the guide says nothing about the charter for this lot")
        cautions = (Caution(doubt, without),) if without else ()
        return Answer(Outcome.NOT_APPLICABLE, message, cautions=cautions)
    looked_up = any(a.partner.listing is not None for a in universities)
    if "charter" not in consortium.columns and not looked_up:
        return Answer(Outcome.NOT_CHECKED, say("no column says who holds the charter"))
    if not any(a.sure or a.said in {Said.NO, Said.UNREAD} for a in universities):
        return Answer(Outcome.NOT_APPLICABLE, none)
    words = _words_of_list(a.partner for a in universities) if looked_up else _WORDS
    if not looked_up and all(a.partner.charter_until for a in universities if a.said is Said.NO):
        words = words._replace(missing=say("a charter ends before the call's deadline"))
    return judge_column(
        (a for a in universities if a.sure or a.said is not Said.BLANK), "charter", words
    )


def _universities(consortium: Consortium, terms: Terms) -> Iterator[Requirement]:
    """Yield whoever is, or may be, a university that needs the charter."""
    for partner in filter(_may_be_university, consortium.taking_part):
        role_fits = partner.role in APPLICANTS or partner.role is Role.AFFILIATED_ENTITY
        possible = role_fits or partner.role is Role.UNKNOWN
        if possible and not surely_outside(partner, terms.call):
            university, here = is_university(partner), surely_inside(partner, terms.call)
            confirmed = partner.presence is Presence.CONFIRMED
            said = _said(partner, terms.call.deadline.date())
            yield Requirement(partner, university and role_fits and here and confirmed, said)


def _said(partner: Partner, deadline: date) -> Said:
    """Return yes, no or unread; without a list what the column says.

    A column that says no, or an end before the deadline, contradicts a list that says yes: open.
    """
    said, until = partner.charter, partner.charter_until
    if until is not None:
        said = Said.YES if until >= deadline else Said.NO
    if partner.listing is None:
        return said
    holders = partner.listing.holders
    if any(_holds(holder, deadline) for holder in holders):
        return Said.UNREAD if said is Said.NO else Said.YES
    if said is Said.NO:
        return Said.NO
    ended = [holder for holder in holders if holder.end is not None and holder.end < deadline]
    return Said.NO if holders and len(ended) == len(holders) else Said.UNREAD


def _holds(holder: Holder, deadline: date) -> bool:
    started = holder.start is not None and holder.start <= deadline
    return started and (holder.end is None or holder.end >= deadline)


def _words_of_list(partners: Iterable[Partner]) -> Wording:
    """Return what is said where a list was looked into, with the names like those not found."""
    near = [name for p in partners if p.listing is not None for name in p.listing.near]
    look = say("Give its PIC or Erasmus code as the list has it, or ask it for its charter.")
    if near:
        look = say("The list has similar names: {names}. {look}", names=listed(near, 6), look=look)
    return _WORDS._replace(
        met=say("every university holds a charter, says the list of charter holders"),
        missing=say("a university holds no charter at the deadline"),
        unread=say("a university is not listed as a charter holder at the deadline"),
        way_out=look,
    )


def _may_be_university(partner: Partner) -> bool:
    return is_university(partner) or HEI in partner.functions.may
