"""Judge all consortia of a table under one lot by counting in arrays.

What a partner is, and what a rule on single organisations says of it, comes from the rules, once
for each class of partners. Here is only added up what the rules on the whole consortium add up.
Where they do more than that, the consortium is left to them: ``left`` says which ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from alliance_check.frames.classes import PARTNER_RULES, WORST, Classes, Eyes, Seen
from alliance_check.frames.columns import COUNTING
from alliance_check.frames.sheet import Flags, Ints
from alliance_check.frames.understood import Rows
from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    VET,
)
from alliance_check.model.report import Finding
from alliance_check.rules import RULES
from alliance_check.rules.shared.joint import Fit, best_fit
from alliance_check.rules.shared.minima import MINIMA, Minima, minima

NA, NOT_CHECKED, MET, TO_CHECK, NOT_MET = range(len(WORST))
ABSENT = -1
"""The place of an outcome that the lot does not ask."""


@dataclass
class Answers:
    """What each rule answers of each consortium under one lot, by arrays.

    Outcomes are places in ``WORST``; a count that there is none of is -1.
    """

    call: Call
    lot: Lot
    outcomes: Mapping[str, Ints]
    low: Mapping[str, Ints]
    high: Mapping[str, Ints]
    left: Flags
    """Which consortia are left to the rules."""

    @classmethod
    def empty(cls, call: Call, lot: Lot, number: int) -> Answers:
        """Return answers in which nothing is answered yet."""
        outcomes = {rule.ID: np.full(number, ABSENT, np.int64) for rule in RULES}
        low, high = ({rule: np.full(number, -1, np.int64) for rule in COUNTING} for _ in range(2))
        return cls(call, lot, outcomes, low, high, np.zeros(number, np.bool_))

    def take(self, place: int, findings: Iterable[Finding]) -> None:
        """Let the findings on one consortium stand for what was counted."""
        for finding in findings:
            self.outcomes[finding.rule][place] = WORST.index(finding.outcome)
            counted = finding.answer.count
            if finding.rule in COUNTING:
                self.low[finding.rule][place] = -1 if counted is None else counted.low
                self.high[finding.rule][place] = -1 if counted is None else counted.high

    @property
    def worst(self) -> Ints:
        """The worst outcome of all rules, which makes the verdict."""
        found: Ints = np.maximum.reduce(list(self.outcomes.values()))
        return found


def count_answers(rows: Rows, classes: Classes, call: Call, lot: Lot, differs: Flags) -> Answers:
    """Return what the rules of a lot answer of all consortia, as far as it can be counted."""
    return _Count(rows, classes, call, lot, differs).answers()


class _Count:
    def __init__(self, rows: Rows, classes: Classes, call: Call, lot: Lot, differs: Flags) -> None:
        self._rows, self._classes, self._call, self._lot = rows, classes, call, lot
        self._differs = differs
        eyes = Eyes(call, lot)
        looked = [eyes.look(partner) for partner in classes.partners]
        self._seen = [seen for seen, _ in looked]
        self._states = [state for _, state in looked]
        self._need = minima(lot)
        self._made = Answers.empty(call, lot, len(rows.starts))

    def answers(self) -> Answers:
        """Return the answers."""
        made, asked = self._made, self._lot.clauses
        made.left |= self._rows.odd
        if any(clause.unknown is not None for clause in asked.values()):
            made.left[:] = True
            return made
        self._single_organisations()
        counts = self._minima()
        self._together(counts)
        self._coordinator()
        for rule in made.outcomes:
            if rule not in asked:
                made.outcomes[rule][:] = ABSENT
                if rule in COUNTING:
                    made.low[rule][:] = made.high[rule][:] = -1
        return made

    # --- classes to rows, rows to consortia ---------------------------------------------------

    def _flag(self, of: Callable[[Seen], bool]) -> Flags:
        flags = np.array([of(seen) for seen in self._seen], np.bool_)
        found: Flags = flags[self._classes.of_row]
        return found

    def _number(self, of: Callable[[Seen], bool]) -> Ints:
        return self._rows.sum(self._flag(of))

    def _different(self, wanted: Callable[[Seen], bool]) -> Ints:
        """Return how many different countries those that are wanted count for."""
        names = sorted({*self._states})
        place = {name: n for n, name in enumerate(names)}
        states = np.array([place[state] for state in self._states])[self._classes.of_row]
        named = np.array([bool(state) for state in self._states])[self._classes.of_row]
        rows = named & self._flag(wanted)
        pairs = np.unique(self._rows.group[rows] * len(names) + states[rows])
        return np.bincount(pairs // len(names), minlength=len(self._rows.starts))

    # --- rules ----------------------------------------------------------------------------------

    def _single_organisations(self) -> None:
        outcomes = np.array([seen.outcomes for seen in self._seen])[self._classes.of_row]
        worst = np.maximum.reduceat(outcomes, self._rows.starts, axis=0)
        for place, rule in enumerate(PARTNER_RULES):
            self._made.outcomes[rule.ID][:] = worst[:, place]
        unique = self._made.outcomes["unique-organisations"]
        np.copyto(unique, TO_CHECK, where=self._differs)

    def _minima(self) -> Mapping[str, tuple[Ints, Ints]]:
        sure = self._different(lambda seen: seen.sure)
        anywhere = self._number(lambda seen: seen.anywhere)
        most = len(self._call.member_states) + len(self._call.associated)
        countries = np.minimum(most, self._different(lambda seen: seen.counts) + anywhere)
        # Whoever may count for several countries has to be dealt out among them.
        self._made.left |= self._rows.any(self._flag(lambda seen: seen.several))
        partners = self._number(lambda seen: seen.sure)
        claimants = self._number(lambda seen: seen.counts)
        self._outside = self._number(lambda seen: seen.outside)
        found = {MINIMA[0]: (sure, countries), MINIMA[1]: (partners, claimants + self._outside)}
        for rule, function in zip(MINIMA[2:], (LABOUR, EDUCATION, HEI, VET), strict=True):
            found[rule] = (
                self._number(lambda seen, f=function: f in seen.surely),  # type: ignore[misc]
                self._number(lambda seen, f=function: f in seen.possibly),  # type: ignore[misc]
            )
        for rule, need in zip(MINIMA, self._need, strict=True):
            low, high = found[rule]
            self._made.low[rule][:], self._made.high[rule][:] = low, high
            self._made.outcomes[rule][:] = _at_least(low, high, need)
        return found

    def _together(self, counts: Mapping[str, tuple[Ints, Ints]]) -> None:
        made, need = self._made, self._need
        each = [_at_least(*counts[rule], number) for rule, number in zip(MINIMA, need, strict=True)]
        one_short = np.logical_or.reduce([outcome == NOT_MET for outcome in each])
        barred = self._rows.any(self._flag(lambda seen: seen.barred))
        lead_known, may_lead, several = self._leads()
        enough = (each[0] == MET) & (each[1] == MET)
        worst = self._fits(lambda seen: seen.surely if seen.sure else None, need)
        met = enough & (worst == Fit.CLEAN) & (~lead_known | may_lead)
        # In the best reading everybody counts as the most that it may be.
        best = self._best(counts)
        all_admitted = ~self._rows.any(self._flag(lambda seen: not seen.admitted))
        settled = met | (best == Fit.NONE) | (all_admitted & ~(several & lead_known))
        nobody_leads = lead_known & ~may_lead
        outcome = np.where((best == Fit.NONE) | nobody_leads, NOT_MET, TO_CHECK)
        outcome = np.where(met, MET, outcome)
        outcome = np.where(barred, NOT_MET, outcome)
        outcome = np.where(one_short, NA, outcome)
        made.outcomes["minima-together"][:] = outcome
        if "minima-together" in self._lot.clauses:
            made.left |= ~(one_short | barred | settled)

    def _leads(self) -> tuple[Flags, Flags, Flags]:
        """Return where somebody may be the one coordinator, where one may be it, where several."""
        clause = self._lot.clauses.get("one-coordinator")
        sure = self._number(lambda seen: seen.leads and seen.confirmed)
        all_named = self._number(lambda seen: seen.leads)
        which = np.where(sure > 0, 0, np.where(all_named > 0, 1, 2))

        def of(more: Callable[[Seen], bool]) -> Ints:
            every = np.stack(
                [
                    self._number(lambda seen: seen.leads and seen.confirmed and more(seen)),
                    self._number(lambda seen: seen.leads and more(seen)),
                    self._number(lambda seen: seen.unread and more(seen)),
                ]
            )
            found: Ints = np.take_along_axis(every, which[None, :], axis=0)[0]
            return found

        inside = of(lambda seen: not seen.beyond)
        known = (inside > 0) & (sure <= 1) & self._has_roles
        if clause is None or clause.value != 1:
            known = np.zeros_like(known)
        return known, of(lambda seen: seen.may_lead) > 0, all_named > 1

    @property
    def _has_roles(self) -> Flags:
        none = np.zeros(len(self._rows.starts), np.bool_)
        return self._rows.columns.get("role", none)

    def _best(self, counts: Mapping[str, tuple[Ints, Ints]]) -> Ints:
        need = self._need
        enough = (counts[MINIMA[0]][1] >= need.countries) & (counts[MINIMA[1]][1] >= need.partners)
        best = self._fits(lambda seen: seen.best if seen.counts else None, need)
        return np.where(enough, best, Fit.NONE)

    def _fits(self, of: Callable[[Seen], frozenset[str] | None], need: Minima) -> Ints:
        """Return the best fit of those with abilities; it hangs on how many can be what."""
        sets = [of(seen) for seen in self._seen]
        kinds = sorted({one for one in sets if one is not None}, key=sorted)
        if not kinds:
            return np.full(len(self._rows.starts), _fit((), need), np.int64)
        rows = np.stack([np.array([one == kind for one in sets]) for kind in kinds])
        numbers = np.stack([self._rows.sum(row[self._classes.of_row]) for row in rows], axis=1)
        different, inverse = np.unique(numbers, axis=0, return_inverse=True)
        fits = [_fit(tuple(zip(kinds, line, strict=True)), need) for line in different.tolist()]
        found: Ints = np.array(fits, np.int64)[inverse.reshape(-1)]
        return found

    def _coordinator(self) -> None:
        made, clause = self._made, self._lot.clauses.get("one-coordinator")
        roles = self._has_roles
        sure = self._number(lambda seen: seen.leads and seen.confirmed)
        named = self._number(lambda seen: seen.leads)
        unread = self._number(lambda seen: seen.unread)
        if clause is not None:
            need, low = clause.number, sure
            high = named + np.where(named == 0, np.minimum(1, unread), 0)
            outcome = np.where((low > need) | (high < need), NOT_MET, TO_CHECK)
            outcome = np.where((low == need) & (high == need), MET, outcome)
            made.outcomes["one-coordinator"][:] = np.where(roles, outcome, NOT_CHECKED)
            made.low["one-coordinator"][:] = np.where(roles, low, -1)
            made.high["one-coordinator"][:] = np.where(roles, high, -1)
        self._country_of_coordinator(named, unread)

    def _country_of_coordinator(self, named: Ints, unread: Ints) -> None:
        def of(more: Callable[[Seen], bool]) -> Ints:
            leads = self._number(lambda seen: seen.leads and more(seen))
            return np.where(named > 0, leads, self._number(lambda seen: seen.unread and more(seen)))

        candidates, inside = np.where(named > 0, named, unread), of(lambda seen: seen.inside)
        beyond = of(lambda seen: seen.beyond)
        settled = self._number(lambda seen: seen.leads and seen.confirmed)
        barred = self._number(lambda seen: seen.leads and seen.confirmed and seen.beyond)
        not_met = (barred > 0) | ((settled == 0) & (beyond == candidates))
        outcome = np.where(not_met, NOT_MET, TO_CHECK)
        outcome = np.where(candidates == inside, MET, outcome)
        outcome = np.where(candidates == 0, NA, outcome)
        self._made.outcomes["coordinator-country"][:] = np.where(
            self._has_roles, outcome, NOT_CHECKED
        )


def _at_least(low: Ints, high: Ints, need: int) -> Ints:
    return np.where(low >= need, MET, np.where(high < need, NOT_MET, TO_CHECK))


@cache
def _fit(numbers: tuple[tuple[frozenset[str], int], ...], need: Minima) -> int:
    return int(best_fit((kind for kind, number in numbers for _ in range(number)), need))
