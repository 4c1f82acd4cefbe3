"""The rules' answers for a consortium with any changes, within a budget of work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from alliance_check.advice.changes import Change
from alliance_check.advice.what_if import apply
from alliance_check.calls import CallAndLots, judge
from alliance_check.evaluate import for_one_partner
from alliance_check.model.call import Call, Lot
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import Finding
from alliance_check.parse.consortium.draft import Basis, finished
from alliance_check.questions.question import Point, Reply

MOST_ROWS = 20_000
"""How many rows are judged before a consortium is given up: a few seconds of work."""
_BAD = {Outcome.NOT_MET, Outcome.TO_CHECK}

Chosen = Mapping[Point, Reply]


class TooMuchUnread(Exception):
    """So much is unread that the questions would take more than MOST_ROWS rows to judge."""


class Opinion(NamedTuple):
    """What the rules say of a consortium."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    of_one: frozenset[str]
    """The rules that can be judged for one partner alone."""

    def having(self, outcome: Outcome) -> tuple[Finding, ...]:
        """Return the findings of one outcome."""
        return tuple(finding for finding in self.findings if finding.outcome is outcome)

    @property
    def bad(self) -> frozenset[str]:
        """The rules that are not met or to check."""
        return frozenset(f.rule for f in self.findings if f.outcome in _BAD)

    @property
    def open_cells(self) -> int:
        """How many cells are in doubt by themselves, whatever the others say."""
        bad = (f for f in self.findings if f.outcome in _BAD and f.rule in self.of_one)
        return sum(len(finding.answer.cells) for finding in bad)


class Judge:
    """Judge one consortium with any changes under one lot, each set of changes once.

    *newest* is the newest call, where none is named and both are judged.

    :raises TooMuchUnread: when the rows that it judged are more than MOST_ROWS.
    """

    def __init__(
        self, basis: Basis, call: Call, lot: Lot, *, strict: bool, newest: Call | None = None
    ) -> None:
        self.basis, self.call, self.lot, self.strict = basis, call, lot, strict
        self._under, self._newest = CallAndLots(call, (lot,), {}), newest
        self._rows_each = len(basis.rows) * (1 if newest is None else 2)
        self.rows = 0
        """How many rows were judged, over all sets of changes."""
        columns = finished(basis).consortium.columns
        self._of_one = frozenset(for_one_partner(call, lot, columns, strict=strict).clauses)
        self._known: dict[frozenset[Change], Opinion] = {}
        self._last: tuple[tuple[Change, ...], Basis] = ((), basis)

    def __call__(self, changes: tuple[Change, ...] = ()) -> Opinion:
        """Return what the rules say when all these changes are made."""
        key = frozenset(changes)
        if key not in self._known:
            self.expect(1)
            consortium = finished(self.made(changes)).consortium
            found = judge(consortium, self._under, self.lot, self._newest, strict=self.strict)
            self._known[key] = Opinion(found.verdict, found.findings, self._of_one)
            self.rows += self._rows_each
        return self._known[key]

    def expect(self, consortia: int) -> None:
        """Raise an error if so many more sets of changes are too many to judge."""
        if self.rows + consortia * self._rows_each > MOST_ROWS:
            raise TooMuchUnread

    def of(self, chosen: Chosen) -> Opinion:
        """Return what the rules say when several points are replied to."""
        return self(changes_of(chosen))

    def made(self, changes: tuple[Change, ...]) -> Basis:
        """Make the changes; rows are left out last, because other changes name them."""
        leaving = [change for change in changes if change.verb == "drop"]
        staying = tuple(change for change in changes if change.verb != "drop")
        before, last = staying[:-1], staying[-1:]
        done, basis = self._last
        if before[: len(done)] != done:
            done, basis = (), self.basis
        # The next set often differs in the last change alone.
        basis = apply(basis, before[len(done) :])
        self._last = (before, basis)
        return apply(basis, [*last, *leaving])


def changes_of(chosen: Chosen) -> tuple[Change, ...]:
    """Return the changes of all replies."""
    return tuple(change for reply in chosen.values() for change in reply.changes)
