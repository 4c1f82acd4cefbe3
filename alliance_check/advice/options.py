"""What can become of one organisation, what each option costs, and what it then counts as.

An option stays only where the rules that can be judged for one partner alone accept it. Of several
options that bring the same, the cheapest stays.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product
from typing import Any, NamedTuple

from alliance_check.advice.changes import Change
from alliance_check.advice.fields import KEEP, Choice, Fields, Rows, combined
from alliance_check.evaluate import evaluate, for_one_partner
from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import (
    VET,
    Consortium,
    Partner,
    Presence,
    Role,
)
from alliance_check.model.outcome import Outcome
from alliance_check.model.sheet import Cell
from alliance_check.parse.consortium.draft import Basis
from alliance_check.rulebook import territories
from alliance_check.rules import one_coordinator
from alliance_check.rules.shared.claimants import (
    claimant,
    claimants,
    surely_inside,
)
from alliance_check.rules.shared.minima import minima
from alliance_check.text.folding import fold

ADD, DROP = 4, 3
_BAD = {Outcome.NOT_MET, Outcome.TO_CHECK}
_MOST = 32
"""In how many ways shared rows are made to agree with the organisations that they fit."""


class Option(NamedTuple):
    """One thing that an organisation can become: cost, changes, and what it then counts for."""

    cost: int
    changes: tuple[Change, ...] = ()
    counted: bool = False
    country: str = ""
    abilities: frozenset[str] = frozenset()
    coordinates: bool = False

    def covers(self, other: Option) -> bool:
        """Return whether this option is as good as the other in all respects."""
        if self.cost > other.cost or self.coordinates is not other.coordinates:
            return False
        if not other.counted:
            return True
        return self.counted and self.country == other.country and self.abilities >= other.abilities


class Organisation(NamedTuple):
    """The rows of one organisation, and what can become of it."""

    rows: tuple[int, ...]
    partner: Partner
    options: tuple[Option, ...]

    @property
    def settled(self) -> bool:
        """Whether its only option is to change nothing."""
        return len(self.options) == 1 and not self.options[0].changes


class Prospects:
    """What can become of every organisation of one consortium under one lot.

    *clean* admits only shares that are beyond doubt; *lead* lets any full partner coordinate.
    """

    def __init__(  # noqa: PLR0913 - the consortium and how strictly it is judged
        self,
        basis: Basis,
        consortium: Consortium,
        call: Call,
        lot: Lot,
        *,
        strict: bool,
        clean: bool = False,
    ) -> None:
        self._basis, self._consortium, self._call = basis, consortium, call
        self._strict, self._clean = strict, clean
        self.needs_coordinator = "role" in consortium.columns and one_coordinator.ID in lot.clauses
        self.lead = False
        # A university is proposed as vocational provider only where nobody else could be one.
        able = (p.functions.sure | p.functions.may for p in consortium.taking_part)
        self._also_vet = bool(minima(lot).vet) and not any(VET in each for each in able)
        self._lot = for_one_partner(call, lot, consortium.columns, strict=strict)
        self._fine: dict[object, bool] = {}
        self._known: dict[object, tuple[Option, ...]] = {}

    def organisations(self) -> list[Organisation]:
        """Return every organisation that takes part, in the order of the sheet."""
        rows = self._consortium.partners[: len(self._basis.partners)]
        everyone = claimants(self._consortium, self._call)
        # Of those that may be one organisation, the first stands for all.
        first = {c.partner.cells["name"]: c.least for c in everyone if c.instead}
        found = []
        for group in row_groups(rows):
            partner = rows[group.own[0]]
            partner = first.get(partner.cells["name"], partner)
            if partner.presence is not Presence.DECLINED:
                found.append(Organisation(group.all, partner, self._options(group, partner)))
        added = self._consortium.partners[len(rows) :]
        return [*found, *(Organisation((), p, (self._option(p, KEEP),)) for p in added)]

    def _options(self, rows: Rows, partner: Partner) -> tuple[Option, ...]:
        """Return the options of one organisation, made once for all that are alike."""
        fields = Fields(
            self._basis,
            rows,
            partner,
            (self.needs_coordinator, self.lead),
            also_vet=self._also_vet,
        )
        # A rule may look at what no key holds, such as the name. What it says of the partner as it
        # stands keeps two organisations from being taken for alike.
        now = self._unfit(fields.partner)
        if len(rows.all) > 1:
            return self._make(rows, fields, now)
        key = (fields.key, partner.listing, self._money_doubt(rows.own), now)
        if key not in self._known:
            self._known[key] = self._make(rows, fields, now)
        cell = partner.cells["name"]
        return tuple(
            o._replace(changes=tuple(c._replace(cell=cell) for c in o.changes))
            for o in self._known[key]
        )

    def _make(self, rows: Rows, fields: Fields, now: frozenset[str]) -> tuple[Option, ...]:
        ways = sorted(self._ways(fields), key=lambda way: way[0].cost)
        found: list[Option] = []
        light = False
        for choice, partner in ways:
            option = self._option(partner, choice)
            plain = next((o.cost for o in found if not o.coordinates), option.cost)
            beyond = option.cost >= plain + ADD and not option.coordinates
            if beyond or any(other.covers(option) for other in found):
                continue
            if self._may(partner, now) and self._shares_fine(rows.all, partner):
                found.append(option)
                light = light or choice.light
        if not light:
            cells = [self._basis.partners[i].cells["name"] for i in rows.own]
            gone = Option(DROP * len(cells), tuple(Change("drop", cell) for cell in cells))
            if not any(other.covers(gone) for other in found):
                found.append(gone)
        return tuple(sorted(found, key=lambda option: option.cost))

    def _ways(self, fields: Fields) -> Iterator[tuple[Choice, Partner]]:
        """Yield every way to fill in, confirm and change, with the partner that it makes."""
        for choices in product(*fields.choices()):
            whole = combined(choices)
            values: dict[str, Any] = dict(whole.values)
            yield whole, replace(fields.partner, **values) if values else fields.partner

    def _option(self, partner: Partner, choice: Choice) -> Option:
        cost, changes = choice.cost, choice.changes
        counted = claimant(partner, self._call)
        coordinates = self.needs_coordinator and partner.role is Role.COORDINATOR
        if counted is None or not counted.sure:
            return Option(cost, changes, coordinates=coordinates)
        country = self._call.state(partner.country) or ""
        abilities = partner.functions.sure
        return Option(cost, changes, True, country, abilities, coordinates)  # noqa: FBT003

    def _may(self, partner: Partner, now: frozenset[str]) -> bool:
        """Return whether the rules that can be judged for one partner alone accept it.

        *now* is which of them do not accept it as it is in the sheet.
        """
        if self.needs_coordinator and partner.role is Role.COORDINATOR:
            confirmed = partner.presence is Presence.CONFIRMED
            if not confirmed or not surely_inside(partner, self._call):
                return False
        key = (
            *(partner.country, partner.role, partner.presence, partner.kinds, partner.functions),
            *(partner.charter, partner.pact, partner.listing, partner.twin_differs, now),
            *(partner.charter_until, partner.countries, partner.parent),
        )
        if key not in self._fine:
            self._fine[key] = not self._unfit(partner)
        return self._fine[key]

    def _unfit(self, partner: Partner) -> frozenset[str]:
        """Return the rules that do not accept one partner alone."""
        alone = Consortium((partner,), columns=self._consortium.columns)
        findings = evaluate(alone, self._call, self._lot, strict=self._strict)
        return frozenset(f.rule for f in findings if f.outcome in _BAD)

    def _money_doubt(self, rows: tuple[int, ...]) -> bool:
        return self._clean and any(self._basis.partners[i].share for i in rows)

    def _shares_fine(self, rows: tuple[int, ...], partner: Partner) -> bool:
        if not self._money_doubt(rows):
            return True
        doubtful = partner.role in {Role.ASSOCIATED_PARTNER, Role.UNKNOWN, Role.SUBCONTRACTOR}
        return partner.presence is Presence.CONFIRMED and not doubtful


def row_groups(partners: Sequence[Partner]) -> Iterator[Rows]:
    """Yield the rows of each organisation, in the order of the sheet.

    A row without an id that fits several organisations of its name is shared by them.
    """
    groups: dict[Cell, list[int]] = defaultdict(list)
    for index, partner in enumerate(partners):
        groups[partner.same_as or partner.cells["name"]].append(index)
    firsts = [
        min(group, key=lambda i: partners[i].same_as is not None) for group in groups.values()
    ]
    further = [i for i, partner in enumerate(partners) if partner.same_as is not None]
    fitting = {
        first: [i for i in further if _fits(partners[first], partners[i])] if further else []
        for first in firsts
    }
    owners = [row for rows in fitting.values() for row in rows]
    shared = {row for row in further if owners.count(row) > 1}
    for first, group in zip(firsts, groups.values(), strict=True):
        own = [i for i in group if i != first and i not in shared]
        yield Rows((first, *own), tuple(i for i in fitting[first] if i in shared))


def alignments(basis: Basis, partners: Sequence[Partner]) -> Iterator[tuple[Change, ...]]:
    """Yield the changes that make the rows agree which several organisations share.

    A shared row can be made to say what one of the organisations that it fits says in its own row.
    """
    owners: dict[int, list[int]] = defaultdict(list)
    for rows in row_groups(partners[: len(basis.partners)]):
        for row in rows.shared:
            owners[row].append(rows.own[0])
    ways = (
        dict.fromkeys([(), *(_like(basis, row, owner) for owner in fitting)])
        for row, fitting in owners.items()
    )
    # The first way changes nothing.
    for chosen in islice(product(*ways), 1, _MOST):
        yield tuple(change for changes in chosen for change in changes)


def _like(basis: Basis, row: int, model: int) -> tuple[Change, ...]:
    """Return the changes that make a row say what another one says; none where it cannot."""
    one, other = basis.partners[row], basis.partners[model]
    cell, found = one.cells["name"], []
    if one.role is not other.role:
        if other.role is Role.UNKNOWN:
            return ()
        found.append(Change("role", cell, other.role.value))
    if (frozenset(one.kinds), one.functions) != (frozenset(other.kinds), other.functions):
        text = basis.rows[model].text("type")
        if not basis.table.words.kinds(text).kinds:
            return ()
        found.append(Change("type", cell, text))
    return tuple(found)


def _fits(first: Partner, other: Partner) -> bool:
    """Return whether a row may be one of an organisation by its name and country."""
    same = fold(first.name) == fold(other.name) and _state(first) == _state(other)
    return same and not any(
        a and b and a != b for a, b in ((first.pic, other.pic), (first.oid, other.oid))
    )


def _state(partner: Partner) -> str | None:
    return territories().get(partner.country or "", partner.country)
