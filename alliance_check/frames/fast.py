"""The answers to a plain table: counted where that is enough, and asked of the rules elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from alliance_check.evaluate import admission, answer_of, evaluate
from alliance_check.frames.classes import WORST, Classes
from alliance_check.frames.counted import Answers, count_answers
from alliance_check.frames.plain import may_hold_shares, plain_table
from alliance_check.frames.projects import Projects
from alliance_check.frames.sheet import Distinct, Ints
from alliance_check.frames.slow import led_from
from alliance_check.frames.twins import join_alike
from alliance_check.frames.understood import PRESENCES, ROLES, understand
from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import (
    Consortium,
    Presence,
    Role,
)
from alliance_check.model.sheet import Content, Sheet
from alliance_check.parse import Given, Parsed, PartnerTable, Reading, grouping
from alliance_check.parse.consortium.draft import basis_of, finished
from alliance_check.parse.table.rows import sort_rows
from alliance_check.rules import minima_together, minimum_countries
from alliance_check.rules.shared.base import Terms
from alliance_check.rules.shared.claimants import claimants
from alliance_check.rules.shared.counting import Claimants

_DEALT = (minimum_countries, minima_together)
"""The rules that deal partners out, which is more than counting."""


def portfolio(df: pd.DataFrame, header: tuple[Content, ...], reading: Reading) -> Portfolio | None:
    """Return the consortia of a table; None where it is to be read as a sheet."""
    columns = [Distinct.of(df.iloc[:, number]) for number in range(df.shape[1])]
    table = plain_table(header, columns)
    if table is None:
        return None
    table = replace(table, by=grouping(replace(table, sheet=Sheet(None, (header,))), reading.by))
    if reading.grant is None and may_hold_shares(table, columns):
        return None
    return Portfolio(header, table, columns, reading)


class Portfolio:
    """The consortia of a plain table, understood."""

    def __init__(
        self,
        header: tuple[Content, ...],
        table: PartnerTable,
        columns: Sequence[Distinct],
        given: Given,
    ) -> None:
        self._header, self._table, self._columns, self._given = header, table, columns, given
        numbers = columns[(table.by or 1) - 1].by_text
        _, first, inverse = np.unique(numbers, return_index=True, return_inverse=True)
        in_order = np.argsort(np.argsort(first))
        self.first_rows: Ints = np.sort(first)
        self._rows = understand(table, columns, in_order[inverse])
        self._odd: dict[int, Parsed] = {}
        self._joined = joined = join_alike(self._rows, table, columns)
        self._classes = Classes(self._rows)
        place = (table, columns)
        self._projects = Projects(self._rows, self._classes, place, given, joined.partners)
        self._projects.read()
        for group in np.flatnonzero(self._rows.odd).tolist():
            self._odd[group] = self._by_itself(group)
            self._rows.problems[group] = len(self._odd[group].problems)

    @property
    def problems(self) -> Ints:
        """How many cells of each consortium were not understood."""
        return self._rows.problems

    @property
    def coordinators(self) -> list[str]:
        """The country of each coordinator; empty where there is not one, or it is not read."""
        rows, found = self._rows, [""] * len(self.first_rows)
        leads = rows.role == ROLES.index(Role.COORDINATOR)
        leads &= rows.presence != PRESENCES.index(Presence.DECLINED)
        one = rows.sum(leads)[rows.group] == 1
        for row in np.flatnonzero(leads & one).tolist():
            found[rows.group[row]] = rows.meanings.countries.all[rows.country[row]][0] or ""
        for group, parsed in self._odd.items():
            found[group] = led_from(parsed.consortium)
        return found

    def answers(self, call: Call, lot: Lot) -> Answers:
        """Return what the rules of a lot answer of each consortium."""
        made = count_answers(self._rows, self._classes, call, lot, self._joined.differs)
        self._projects.answer(made)
        for group in np.flatnonzero(made.left | self._joined.doubled).tolist():
            if group in self._odd:
                made.take(group, evaluate(self._odd[group].consortium, call, lot))
            elif self._joined.doubled[group]:
                made.take(group, evaluate(self._consortium(group), call, lot))
            else:
                self._deal(made, group)
        return made

    def _places(self, group: int) -> range:
        starts = self._rows.starts
        end = starts[group + 1] if group + 1 < len(starts) else len(self._rows.group)
        return range(int(starts[group]), int(end))

    def _consortium(self, group: int) -> Consortium:
        """Return a consortium for the rules, which tell the partners apart by their identity."""
        project, there = self._projects.of(group), self._rows.columns
        joined, classes = self._joined.partners, self._classes
        partners = project.partners or (joined.get(p) or classes.of(p) for p in self._places(group))
        asked = ("role", "charter", "pact")
        columns = frozenset(field for field in asked if field in there and there[field][group])
        return Consortium(tuple(replace(p) for p in partners), project.project, columns)

    def _deal(self, made: Answers, group: int) -> None:
        """Ask the rules that deal partners out."""
        call, lot, consortium = made.call, made.lot, self._consortium(group)
        everyone = Claimants(claimants(consortium, call), call)
        admits = admission(consortium.columns, call, lot)
        for rule in _DEALT:
            clause = lot.clauses.get(rule.ID)
            if clause is None:
                continue
            answer = answer_of(rule, consortium, Terms(call, lot, clause, everyone, admits))
            made.outcomes[rule.ID][group] = WORST.index(answer.outcome)
            if answer.count is not None:
                made.low[rule.ID][group] = answer.count.low
                made.high[rule.ID][group] = answer.count.high

    def _by_itself(self, group: int) -> Parsed:
        """Read one consortium as the check of a file does."""
        where = [self._rows.where[place] for place in self._places(group)]
        rows = (tuple(c.contents[c.codes[n]] for c in self._columns) for n in where)
        sheet = Sheet(None, (self._header, *rows))
        table = replace(self._table, sheet=sheet, last_row=len(sheet.rows))
        return finished(basis_of(table, sort_rows(table), {}, self._given))
