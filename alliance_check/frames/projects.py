"""What is said of each project as a whole: by the caller, and by columns of money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from alliance_check.evaluate import admission, answer_of
from alliance_check.frames.classes import WORST, Classes
from alliance_check.frames.counted import Answers
from alliance_check.frames.sheet import Distinct, Flags
from alliance_check.frames.understood import Rows
from alliance_check.model.consortium import (
    Consortium,
    Partner,
    Project,
)
from alliance_check.model.sheet import Cell, Content
from alliance_check.parse import Given, PartnerTable
from alliance_check.parse.cells.money import Money, read_money
from alliance_check.parse.consortium.project import read_project
from alliance_check.parse.table.header_fields import MONEY
from alliance_check.parse.table.rows import Sorted
from alliance_check.parse.table.values import Entry, Row
from alliance_check.rules import (
    co_financing_rate,
    duration,
    grant_ceiling,
    industrial_ecosystem,
    partner_shares,
)
from alliance_check.rules.shared.base import Rule, Terms
from alliance_check.rules.shared.counting import Claimants

_RULES: tuple[Rule, ...] = (
    duration,
    grant_ceiling,
    co_financing_rate,
    partner_shares,
    industrial_ecosystem,
)
_SOME = Decimal(1)
"""A share that is one; the sums are made of the rows."""
_READ = ("share", "total", "ecosystem")


class Projects:
    """The project of each consortium; most tables say nothing of them, and there is one for all."""

    def __init__(
        self,
        rows: Rows,
        classes: Classes,
        place: tuple[PartnerTable, Sequence[Distinct]],
        given: Given,
        joined: Mapping[int, Partner],
    ) -> None:
        self._rows, self._classes, self._given, self._joined = rows, classes, given, joined
        self._table, self._columns = place
        read = {
            field: self._table.columns[field][0] for field in _READ if field in self._table.columns
        }
        self._read = {field: self._columns[column.number - 1] for field, column in read.items()}
        none = np.zeros(len(rows.starts), np.bool_)
        self.described: Flags = np.logical_or.reduce(
            [none, *(rows.columns[field] for field in read)]
        )
        about = read_project(self._table, Sorted(), (), {}, given)
        self._silent = Consortium((), about.project)
        self._always = len(about.problems)
        rows.problems += self._always
        self._known: dict[tuple[int, ...], Row] = {}
        self._partners: dict[tuple[int, Decimal | None], Partner] = {}
        self._amounts: dict[tuple[str, Content], Money] = {}
        self._consortia: dict[int, Consortium] = {}

    def read(self) -> None:
        """Read the projects of the consortia that say something of them."""
        rows = self._rows
        ends = np.append(rows.starts[1:], len(rows.group))
        for group in np.flatnonzero(self.described & ~rows.odd).tolist():
            places = range(int(rows.starts[group]), int(ends[group]))
            partners, read = [], []
            for place in places:
                row = self._row(place)
                read.append(row)
                partners.append(self._paid(place, row))
            about = read_project(
                self._table, Sorted(partners=read), partners, {}, self._given, read_row=self._money
            )
            rows.problems[group] += len(about.problems) - self._always
            self._consortia[group] = Consortium(tuple(partners), about.project)

    def _paid(self, place: int, row: Row) -> Partner:
        """Return the partner of a row with its share, of which rules ask whether there is one."""
        joined = self._joined.get(place)
        share = self._money(row, "share").exact if "share" in row.money else None
        paid = None if share is None else min(share, _SOME)
        if joined is not None:
            return replace(joined, share=paid)
        key = (int(self._classes.of_row[place]), paid)
        if key not in self._partners:
            self._partners[key] = replace(self._classes.of(place), share=paid)
        return self._partners[key]

    def _money(self, row: Row, name: str) -> Money:
        """Return what the cells of an amount say, read once for each content."""
        key = (name, row.contents.get(name, ""))
        if key not in self._amounts:
            self._amounts[key] = read_money(row, name)
        return self._amounts[key]

    def _row(self, place: int) -> Row:
        where = self._rows.where[place]
        key = tuple(int(column.codes[where]) for column in self._read.values())
        if key not in self._known:
            contents: dict[str, Content] = {"name": "a partner"}
            cells = {"name": Cell(None, 1, 1)}
            money = {}
            for field, code in zip(self._read, key, strict=True):
                column = self._table.columns[field][0]
                cells[field] = Cell(None, 1, column.number)
                contents[field] = self._read[field].contents[code]
                if field in MONEY:
                    money[field] = (Entry(column, cells[field], contents[field]),)
            self._known[key] = Row(1, contents, cells, money=money)
        return self._known[key]

    def of(self, group: int) -> Consortium:
        """Return a project with its partners, or without them where it has no money."""
        return self._consortia.get(group, self._silent)

    def answer(self, made: Answers) -> None:
        """Add what the rules on the project answer."""
        terms = {
            rule: Terms(
                made.call,
                made.lot,
                clause,
                Claimants((), made.call),
                admission(frozenset(), made.call, made.lot),
            )
            for rule in _RULES
            if (clause := made.lot.clauses.get(rule.ID)) is not None
        }
        for rule, one in terms.items():
            made.outcomes[rule.ID][:] = WORST.index(answer_of(rule, self._silent, one).outcome)
        known: dict[tuple[str, Project], int] = {}
        for group, consortium in self._consortia.items():
            for rule, one in terms.items():
                if rule is partner_shares:
                    found = WORST.index(answer_of(rule, consortium, one).outcome)
                else:
                    key = (rule.ID, consortium.project)
                    if key not in known:
                        known[key] = WORST.index(answer_of(rule, consortium, one).outcome)
                    found = known[key]
                made.outcomes[rule.ID][group] = found
