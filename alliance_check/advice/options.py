"""What can become of one organisation, what each way costs, and what it then counts as.

Whether an organisation may take part as it then is, is asked of the rules that judge one partner
at a time. Of several ways that give the same, the cheapest stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any, NamedTuple

from alliance_check.advice.changes import Change
from alliance_check.advice.fields import Choice, Fields, Rows
from alliance_check.advice.grouping import grouped
from alliance_check.evaluate import evaluate
from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import Consortium, Outcome, Partner, Presence, Role
from alliance_check.parse.consortium.parsed import Basis
from alliance_check.rules import ids_of
from alliance_check.rules.shared.base import Scope
from alliance_check.rules.shared.claimants import claimant

FRESH = "new"
"""Stands for a country that nobody else in the consortium is from."""
ADD, DROP = 4, 3
_GOOD = {Outcome.MET, Outcome.NOT_APPLICABLE, Outcome.NOT_CHECKED}


class Option(NamedTuple):
    """One way: its cost, the changes, whether it counts, for which country, and as what."""

    cost: int
    changes: tuple[Change, ...] = ()
    counted: bool = False
    country: str = ""
    abilities: frozenset[str] = frozenset()
    coordinates: bool = False

    def covers(self, other: Option) -> bool:
        """Say whether this way is as good as the other in all respects."""
        if self.cost > other.cost or self.coordinates is not other.coordinates:
            return False
        if not other.counted:
            return True
        country = self.country in {other.country, FRESH}
        return self.counted and country and self.abilities >= other.abilities


class Organisation(NamedTuple):
    """The rows of one organisation, and what can become of it."""

    rows: tuple[int, ...]
    partner: Partner
    options: tuple[Option, ...]

    @property
    def settled(self) -> bool:
        """Whether nothing but one way is open, and that costs nothing."""
        return len(self.options) == 1 and not self.options[0].changes


class Maker:
    """Lists the ways for every organisation of one consortium under one lot.

    *clean* asks for shares that are beyond doubt; *lead* lets any full partner coordinate.
    """

    def __init__(  # noqa: PLR0913 - the consortium and how strictly it is asked
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
        self.asks_coordinator = "role" in consortium.columns and "one-coordinator" in lot.clauses
        self.lead = False
        of_one = ids_of(Scope.PARTNER)
        clauses = {rule: clause for rule, clause in lot.clauses.items() if rule in of_one}
        self._lot = replace(lot, clauses=clauses)
        self._fine: dict[object, bool] = {}
        self._known: dict[object, tuple[Option, ...]] = {}

    def organisations(self) -> list[Organisation]:
        """Return every organisation that takes part, in the order of the sheet."""
        rows = self._consortium.partners[: len(self._basis.partners)]
        found = []
        for group in grouped(rows):
            partner = rows[group.own[0]]
            if partner.presence is not Presence.DECLINED:
                found.append(Organisation(group.all, partner, self._options(group, partner)))
        added = self._consortium.partners[len(rows) :]
        return [*found, *(Organisation((), p, (self._option(p, 0, ()),)) for p in added)]

    def _options(self, rows: Rows, partner: Partner) -> tuple[Option, ...]:
        """Return the ways for one organisation; those of a like one are the same."""
        fields = Fields(self._basis, rows, partner, self._lead())
        single = len(rows.all) == 1
        key = (fields.key, partner.listing, self._money_doubt(rows.own)) if single else None
        if key is None:
            return self._make(rows, fields)
        if key not in self._known:
            self._known[key] = self._make(rows, fields)
        cell = partner.cells["name"]
        return tuple(
            o._replace(changes=tuple(c._replace(cell=cell) for c in o.changes))
            for o in self._known[key]
        )

    def _lead(self) -> tuple[bool, bool]:
        return self.asks_coordinator, self.lead

    def _make(self, rows: Rows, fields: Fields) -> tuple[Option, ...]:
        ways = sorted(self._ways(fields), key=lambda way: way[0].cost)
        found: list[Option] = []
        light = False
        for choice, partner in ways:
            option = self._option(partner, choice.cost, choice.changes)
            plain = next((o.cost for o in found if not o.coordinates), option.cost)
            beyond = option.cost >= plain + ADD and not option.coordinates
            if beyond or any(other.covers(option) for other in found):
                continue
            if self._may(partner) and self._shares_fine(rows.all, partner):
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
        for choices in product(*fields.choices(self._fresh())):
            values: dict[str, Any] = {name: value for c in choices for name, value in c.values}
            partner = replace(fields.partner, **values) if values else fields.partner
            whole = Choice(
                sum(c.cost for c in choices),
                tuple(change for c in choices for change in c.changes),
                (),
                all(c.light for c in choices),
            )
            yield whole, partner

    def _fresh(self) -> str:
        return min(self._call.member_states)

    def _option(self, partner: Partner, cost: int, changes: Sequence[Change]) -> Option:
        counted = claimant(partner, self._call)
        coordinates = self.asks_coordinator and partner.role is Role.COORDINATOR
        if counted is None or not counted.sure:
            return Option(cost, tuple(changes), coordinates=coordinates)
        filled = any(c.verb == "country" and not c.value for c in changes)
        country = FRESH if filled else self._call.state(partner.country) or ""
        abilities = partner.functions.sure
        return Option(cost, tuple(changes), True, country, abilities, coordinates)  # noqa: FBT003

    def _may(self, partner: Partner) -> bool:
        """Say whether the rules that judge one partner are content with it."""
        if self.asks_coordinator and partner.role is Role.COORDINATOR:
            confirmed = partner.presence is Presence.CONFIRMED
            if not confirmed or not self._call.counts(partner.country):
                return False
        key = (
            *(partner.country, partner.role, partner.presence, partner.kinds, partner.functions),
            *(partner.charter, partner.pact, partner.listing, partner.twin_differs),
            *(partner.charter_until, partner.countries, partner.parent),
        )
        if key not in self._fine:
            alone = Consortium((partner,), columns=self._consortium.columns)
            findings = evaluate(alone, self._call, self._lot, strict=self._strict)
            self._fine[key] = all(finding.outcome in _GOOD for finding in findings)
        return self._fine[key]

    def _money_doubt(self, rows: tuple[int, ...]) -> bool:
        return self._clean and any(self._basis.partners[i].share for i in rows)

    def _shares_fine(self, rows: tuple[int, ...], partner: Partner) -> bool:
        if not self._money_doubt(rows):
            return True
        doubtful = partner.role in {Role.ASSOCIATED_PARTNER, Role.UNKNOWN, Role.SUBCONTRACTOR}
        return partner.presence is Presence.CONFIRMED and not doubtful
