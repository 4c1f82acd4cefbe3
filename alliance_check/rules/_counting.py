"""Who counts towards the minima, over all readings of what could not be read.

A claimant is an organisation that counts in at least one reading: coordinator or full partner
from a Member State or associated country. It counts *surely* when every reading says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from alliance_check.model.call import Call
from alliance_check.model.consortium import HEI, Cell, Consortium, Partner, Presence, Role
from alliance_check.model.report import Count

APPLICANTS = (Role.COORDINATOR, Role.FULL_PARTNER)


class Claimant(NamedTuple):
    """An organisation that counts in some reading, and the cells that make it unsure."""

    partner: Partner
    sure: bool
    doubts: tuple[Cell, ...]

    def surely(self, function: str) -> bool:
        """Say whether it counts as this in every reading."""
        return self.sure and function in self.partner.functions.sure

    def possibly(self, function: str) -> bool:
        """Say whether it counts as this in some reading."""
        functions = self.partner.functions
        return function in functions.sure or function in functions.may

    def doubts_about(self, function: str) -> tuple[Cell, ...]:
        """Return the cells on which it hangs whether this organisation counts as this."""
        if function in self.partner.functions.sure:
            return self.doubts
        return (*self.doubts, self.partner.cell("type"))


def taking_part(consortium: Consortium) -> Iterator[Partner]:
    """Yield every organisation once, without those that declined."""
    for partner in consortium.partners:
        if partner.same_as is None and partner.presence is not Presence.DECLINED:
            yield partner


def from_elsewhere(consortium: Consortium, call: Call) -> Iterator[Partner]:
    """Yield who takes part from a country that does not count, or that is not known."""
    # Mostly there is nobody, which several rules want to know of every partner.
    counted = call.counted
    if not {partner.country for partner in consortium.partners} <= counted:
        yield from (p for p in taking_part(consortium) if p.country not in counted)


def is_university(partner: Partner) -> bool:
    """Say whether this is a university, whatever a column lets it count as."""
    return HEI in partner.kinds or HEI in partner.functions.sure


def claimant(partner: Partner, call: Call) -> Claimant | None:
    """Return the partner as a claimant; None when it counts in no reading."""
    if partner.presence is Presence.DECLINED or partner.same_as is not None:
        return None
    if partner.role not in APPLICANTS and partner.role is not Role.UNKNOWN:
        return None
    if partner.country is not None and partner.country not in call.counted:
        return None
    doubts = []
    if partner.country is None:
        doubts.append(partner.cell("country"))
    if partner.role is Role.UNKNOWN:
        doubts.append(partner.cell("role"))
    if partner.presence is Presence.POSSIBLE:
        doubts.append(partner.cell("status"))
    return Claimant(partner, not doubts, tuple(doubts))


def claimants(consortium: Consortium, call: Call) -> list[Claimant]:
    """Return every claimant in the order of the sheet."""
    found = (claimant(partner, call) for partner in consortium.partners)
    return [one for one in found if one is not None]


def count_countries(everyone: Sequence[Claimant], call: Call) -> Count:
    """Return how many counted countries the claimants come from."""
    sure = {call.state(c.partner.country) for c in everyone if c.sure}
    maybe = {call.state(c.partner.country) for c in everyone} - sure - {None}
    unread = sum(c.partner.country is None for c in everyone)
    most = len(call.member_states) + len(call.associated)
    return Count(len(sure), min(most, len(sure) + len(maybe) + unread))


def count_partners(everyone: Sequence[Claimant]) -> Count:
    """Return how many claimants there are."""
    return Count(sum(c.sure for c in everyone), len(everyone))


def count_function(everyone: Sequence[Claimant], function: str) -> Count:
    """Return how many claimants count as *function*, whatever else they count as."""
    able = [c for c in everyone if c.possibly(function)]
    return Count(sum(c.surely(function) for c in able), len(able))
