"""Who counts towards the minima, over all readings of unread cells.

A claimant is an organisation that counts in at least one reading: coordinator or full partner
from a Member State or associated country. It counts *surely* when every reading says so and no
text beside it is open. Of partners that may be one organisation one counts surely where all do, as
what all of them are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from alliance_check.model.call import Call
from alliance_check.model.consortium import (
    HEI,
    Consortium,
    Functions,
    Partner,
    Presence,
    Role,
)
from alliance_check.model.sheet import Cell

APPLICANTS = (Role.COORDINATOR, Role.FULL_PARTNER)


class Claimant(NamedTuple):
    """An organisation that counts in some reading, and the cells that make it unsure.

    *states* are the countries that it may count for; empty where it may be any. *instead* are
    others that may be the same organisation, where it stands for all of them.
    """

    partner: Partner
    sure: bool
    doubts: tuple[Cell, ...]
    states: frozenset[str]
    instead: tuple[Claimant, ...] = ()

    @property
    def choices(self) -> tuple[frozenset[str], ...]:
        """What each of those that may be the same surely counts as."""
        own = self.partner.functions.sure
        if not self.instead:
            return (own,)
        return tuple({own, *(other.partner.functions.sure for other in self.instead)})

    @property
    def sure_functions(self) -> frozenset[str]:
        """What it counts as, whoever of those that may be the same takes part."""
        own = self.partner.functions.sure
        return frozenset.intersection(*self.choices) if self.instead else own

    @property
    def least(self) -> Partner:
        """The partner as what it surely counts as, whoever of those that may be the same it is."""
        if not self.instead:
            return self.partner
        country = self.partner.country if len(self.sure_states) == 1 else None
        functions = Functions(self.sure_functions)
        return replace(self.partner, functions=functions, country=country, double=None)

    @property
    def sure_states(self) -> frozenset[str]:
        """The countries for one of which it counts whoever takes part; empty if it may be any."""
        if not self.instead:
            return self.states
        every = (self.states, *(other.states for other in self.instead))
        return frozenset().union(*every) if all(every) else frozenset()

    def surely(self, function: str) -> bool:
        """Return whether it counts as this in every reading."""
        return self.sure and function in self.sure_functions

    def possibly(self, function: str) -> bool:
        """Return whether it counts as this in some reading."""
        functions = self.partner.functions
        return function in functions.sure or function in functions.may

    def doubts_about(self, function: str) -> tuple[Cell, ...]:
        """Return the cells that decide whether this organisation counts as this."""
        if function not in self.partner.functions.sure:
            return (*self.doubts, self.partner.cell("type"))
        return self.doubts if function in self.sure_functions else self.double_cells

    @property
    def double_cells(self) -> tuple[Cell, ...]:
        """The cells that say that it may be the same organisation as others."""
        return () if self.partner.double is None else self.partner.double.cells

    def surely_from(self) -> frozenset[str]:
        """Return the one country that it counts for in every reading; empty without one."""
        return self.sure_states if self.sure and len(self.sure_states) == 1 else frozenset()


def surely_inside(partner: Partner, call: Call) -> bool:
    """Return whether a partner is from a country that counts, whatever its country is read as."""
    if partner.country is not None:
        return partner.country in call.counted
    return bool(partner.countries) and partner.countries <= call.counted


def surely_outside(partner: Partner, call: Call) -> bool:
    """Return whether a partner is from a country that does not count, in every reading."""
    if partner.country is not None:
        return partner.country not in call.counted
    return bool(partner.countries) and not partner.countries & call.counted


def from_elsewhere(consortium: Consortium, call: Call) -> Iterator[Partner]:
    """Yield who takes part and is, or may be, from a country that does not count."""
    # Mostly there is nobody, and several rules ask for every consortium.
    if not {partner.country for partner in consortium.partners} <= call.counted:
        yield from (p for p in consortium.taking_part if not surely_inside(p, call))


def is_university(partner: Partner) -> bool:
    """Return whether this is a university, whatever a column lets it count as."""
    return HEI in partner.kinds or HEI in partner.functions.sure


def claimant(partner: Partner, call: Call) -> Claimant | None:
    """Return the partner as a claimant; None when it counts in no reading."""
    if partner.presence is Presence.DECLINED or partner.same_as is not None:
        return None
    if partner.role not in APPLICANTS and partner.role is not Role.UNKNOWN:
        return None
    if surely_outside(partner, call):
        return None
    doubts = [] if surely_inside(partner, call) else [partner.cell("country")]
    if partner.role is Role.UNKNOWN:
        doubts.append(partner.cell("role"))
    if partner.presence is Presence.POSSIBLE:
        doubts.append(partner.cell("status"))
    doubts += [remark.cell for remark in partner.open]
    doubts += [] if partner.double is None else partner.double.cells
    counted = partner.possible_countries & call.counted
    states = frozenset(map(call.counted_as.__getitem__, counted))
    return Claimant(partner, not doubts, tuple(doubts), states)


def claimants(consortium: Consortium, call: Call) -> list[Claimant]:
    """Return every claimant in the order of the sheet."""
    found = [one for p in consortium.partners if (one := claimant(p, call)) is not None]
    doubled = {c.partner.cells["name"]: c for c in found if c.partner.double is not None}
    return [_standing_for_all(c, doubled) for c in found] if doubled else found


def _standing_for_all(one: Claimant, doubled: Mapping[Cell, Claimant]) -> Claimant:
    """Return the first of those that may be one organisation as sure, where nothing else is open.

    Then at least one of them counts, whichever it is.
    """
    double = one.partner.double
    if double is None or double.names[0] != one.partner.cells["name"]:
        return one
    others = [doubled.get(name) for name in double.names[1:]]
    sure = [o for o in (one, *others) if o and not set(o.doubts) - set(o.double_cells)]
    if len(sure) < len(double.names):
        return one
    return one._replace(sure=True, doubts=(), instead=tuple(sure[1:]))
