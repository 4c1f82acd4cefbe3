"""What the rules say of a consortium with any changes, each set of changes judged once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from alliance_check.advice import Change, apply
from alliance_check.evaluate import evaluate, verdict
from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import Outcome, Verdict
from alliance_check.model.report import Finding
from alliance_check.parse.consortium.draft import finished
from alliance_check.parse.consortium.parsed import Basis
from alliance_check.questions.values import Point, Reply
from alliance_check.rules import ids_of
from alliance_check.rules.shared.base import Scope

_OF_SINGLE_PARTNERS = ids_of(Scope.PARTNER)
_BAD = {Outcome.NOT_MET, Outcome.TO_CHECK}

Chosen = Mapping[Point, Reply]


class Judged(NamedTuple):
    """What the rules say of a consortium."""

    verdict: Verdict
    findings: tuple[Finding, ...]

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
        bad = (f for f in self.findings if f.outcome in _BAD and f.rule in _OF_SINGLE_PARTNERS)
        return sum(len(finding.answer.cells) for finding in bad)


class Judge:
    """Judges one consortium with any changes under one lot, each set of changes once."""

    def __init__(self, basis: Basis, call: Call, lot: Lot, *, strict: bool) -> None:
        self.basis, self.call, self.lot, self.strict = basis, call, lot, strict
        self._known: dict[frozenset[Change], Judged] = {}
        self._last: tuple[tuple[Change, ...], Basis] = ((), basis)

    def __call__(self, changes: tuple[Change, ...] = ()) -> Judged:
        """Return what the rules say when all these changes are made."""
        key = frozenset(changes)
        if key not in self._known:
            consortium = finished(self.made(changes)).consortium
            findings = evaluate(consortium, self.call, self.lot, strict=self.strict)
            self._known[key] = Judged(verdict(findings), findings)
        return self._known[key]

    def of(self, chosen: Chosen) -> Judged:
        """Return what the rules say when several points are replied to."""
        return self(changes_of(chosen))

    def made(self, changes: tuple[Change, ...]) -> Basis:
        """Return the basis with the changes; whoever leaves goes last, when all is said of it."""
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
