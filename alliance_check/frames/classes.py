"""Partners that are alike in everything that a rule sees, and what the rules see in each.

A million rows hold a few thousand such classes. What a class counts as, and what a rule on single
organisations answers of it, is asked of the rules once.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from alliance_check.evaluate import admission, answer_of
from alliance_check.frames.understood import Rows
from alliance_check.model.call import Call, Clause, Lot
from alliance_check.model.consortium import (
    FUNCTIONS,
    Consortium,
    Partner,
    Presence,
    Role,
    Said,
)
from alliance_check.model.outcome import Outcome
from alliance_check.model.sheet import Cell
from alliance_check.rules import RULES
from alliance_check.rules.shared.base import Scope, Terms
from alliance_check.rules.shared.claimants import claimant, surely_inside, surely_outside
from alliance_check.rules.shared.counting import Claimants
from alliance_check.rules.shared.joint import (
    at_best,
    barred_in_every_reading,
    is_admitted_at_best,
    may_lead,
)
from alliance_check.rules.shared.minima import from_outside

_CELLS = {field: Cell(None, 0, n) for n, field in enumerate(("name", "country", "role", "type"), 1)}
WORST = (
    Outcome.NOT_APPLICABLE,
    Outcome.NOT_CHECKED,
    Outcome.MET,
    Outcome.TO_CHECK,
    Outcome.NOT_MET,
)
"""The outcomes of a rule on single organisations: the last that one of them has is that of all."""
PARTNER_RULES = tuple(rule for rule in RULES if rule.SCOPE is Scope.PARTNER)


class Classes:
    """The classes of partners of a table, and the class of each row."""

    def __init__(self, rows: Rows) -> None:
        parts = (
            *(rows.country, rows.types, rows.role, rows.presence),
            *(rows.charter, rows.pact, rows.until, rows.open),
        )
        code = np.zeros(len(rows.group), np.int64)
        for part in parts:
            code = code * (int(part.max(initial=0)) + 1) + part
        _, first, self.of_row = np.unique(code, return_index=True, return_inverse=True)
        self.partners = [rows.partner(int(row), "a partner", _CELLS) for row in first]

    def of(self, row: int) -> Partner:
        """Return the class of a row."""
        return self.partners[int(self.of_row[row])]


def columns_of(partner: Partner) -> frozenset[str]:
    """Return the columns that a sheet with this partner has, as far as rules on partners ask."""
    said = {"charter": partner.charter, "pact": partner.pact}
    return frozenset(field for field, one in said.items() if one is not Said.NO_COLUMN)


@dataclass(frozen=True)
class Seen:
    """What the rules of a lot see in one class of partners."""

    counts: bool = False
    sure: bool = False
    anywhere: bool = False
    """Whether it may count for any country."""
    several: bool = False
    """Whether it may count for several countries."""
    surely: frozenset[str] = frozenset()
    possibly: frozenset[str] = frozenset()
    best: frozenset[str] = frozenset()
    outside: bool = False
    """Whether it may be among the number although its country does not count."""
    barred: bool = False
    """Whether it is barred in every reading of its cells."""
    admitted: bool = True
    """Whether nothing bars it as the most that it may count as."""
    leads: bool = False
    may_lead: bool = False
    unread: bool = False
    confirmed: bool = False
    inside: bool = False
    beyond: bool = False
    """Whether it is from a country that does not count, in every reading."""
    outcomes: tuple[int, ...] = ()
    """What each rule on single organisations answers, as a place in WORST; -1 where none asks."""


class Eyes:
    """Looks at classes with the rules of one lot."""

    def __init__(self, call: Call, lot: Lot) -> None:
        self._call, self._lot = call, lot
        self._known: dict[Hashable, Seen] = {}
        self._dealt: dict[str, Hashable] = {}
        self._clause: Clause = next(iter(lot.clauses.values()))

    def look(self, partner: Partner) -> tuple[Seen, str]:
        """Return what the rules see in a partner, and the one country that it may count for.

        Countries with which the call and the lot deal alike are looked at once.
        """
        call, possible = self._call, partner.possible_countries
        states = {call.state(code) for code in possible & call.counted}
        rights = frozenset(map(self._rights, possible))
        key: tuple[Hashable, ...] = (
            *(rights, len(states), partner.country is None),
            *(partner.role, partner.presence, partner.kinds, partner.functions),
            *(partner.charter, partner.charter_until, partner.pact, bool(partner.open)),
        )
        if len(possible) > 1:
            key = (*key, possible)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._look(partner)
        state = next(iter(states)) if found.counts and len(states) == 1 else None
        return found, state or ""

    def _rights(self, code: str) -> Hashable:
        """Return everything that the call and the lot say of a country."""
        if code not in self._dealt:
            self._dealt[code] = self._dealings(code)
        return self._dealt[code]

    def _dealings(self, code: str) -> Hashable:
        call, state = self._call, self._call.state(code) or ""
        region = call.regions.get(state)
        named = []
        for clause in self._lot.clauses.values():
            parts = clause.value if isinstance(clause.value, Mapping) else {}
            named += [parts.get(code), parts.get(state)]
            lists = [part for part in parts.values() if isinstance(part, list | tuple)]
            named += [one in part for part in lists for one in (code, state, region)]
        territory = code != state
        return (call.counts(code), call.group(state), region, territory, tuple(map(repr, named)))

    def _look(self, partner: Partner) -> Seen:
        if partner.presence is Presence.DECLINED:
            return Seen(outcomes=self._outcomes(partner))
        call, lot = self._call, self._lot
        one = claimant(partner, call)
        everyone = Claimants(() if one is None else (one,), call)
        columns = columns_of(partner)
        admits = admission(columns, call, lot)
        terms = Terms(call, lot, self._clause, everyone, admits)
        alone = Consortium((partner,), columns=columns)
        open_role = partner.role is Role.UNKNOWN
        asked = (partner.role is Role.COORDINATOR or open_role) and one is not None
        seen = Seen(
            leads=partner.role is Role.COORDINATOR,
            unread=open_role,
            confirmed=partner.presence is Presence.CONFIRMED,
            inside=surely_inside(partner, call),
            beyond=surely_outside(partner, call),
            may_lead=asked and may_lead(partner, terms),
            outside=bool(from_outside(alone, terms)),
            barred=bool(barred_in_every_reading(alone, terms)),
            outcomes=self._outcomes(partner),
        )
        if one is None:
            return seen
        open_ = not one.sure or bool(partner.functions.may)
        return replace(
            seen,
            counts=True,
            sure=one.sure,
            anywhere=not one.states,
            several=len(one.states) > 1,
            surely=frozenset(f for f in FUNCTIONS if one.surely(f)),
            possibly=frozenset(f for f in FUNCTIONS if one.possibly(f)),
            best=at_best([one])[0].abilities,
            admitted=not open_ or is_admitted_at_best(one, terms),
        )

    def _outcomes(self, partner: Partner) -> tuple[int, ...]:
        columns = columns_of(partner)
        alone = Consortium((partner,), columns=columns)
        admits = admission(columns, self._call, self._lot)
        nobody = Claimants((), self._call)
        found = []
        for rule in PARTNER_RULES:
            clause = self._lot.clauses.get(rule.ID)
            if clause is None:
                found.append(-1)
                continue
            terms = Terms(self._call, self._lot, clause, nobody, admits)
            found.append(WORST.index(answer_of(rule, alone, terms).outcome))
        return tuple(found)
