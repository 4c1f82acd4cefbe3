"""What stands in the way of a yes, by cell and partner, each once, the worst first.

A cell that several rules hang on is one obstacle. A rule is one by itself only where no cell
explains it: there is no vocational provider at all, or the grant is too high.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from alliance_check.advice.changes import read_change
from alliance_check.model.consortium import Partner
from alliance_check.model.message import Message, either, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import CALL, Finding, Report
from alliance_check.model.sheet import Cell, Problem
from alliance_check.reports.partner_words import kind_words
from alliance_check.reports.words import having, not_understood
from alliance_check.rules import minima_together
from alliance_check.rules.shared.minima import MINIMA

FUNCTIONS = {
    "labour-market": say("labour market actor"),
    "education": say("education and training provider"),
    "hei": say("higher education institution"),
    "vet": say("vocational provider"),
}
"""What an organisation counts as, in words."""
_IF = {
    "guess": say("if so, {verdict}"),
    "counts": say("if it does, {verdict}"),
    "confirm": say("once confirmed, {verdict}"),
    "open": say("if that changes nothing, {verdict}"),
}
"""What settles a doubt, and what then follows."""
_VERBS = {"country": "country", "type": "type", "role": "role", "status": "confirm"}
"""The change that settles a field, as ``--what-if`` calls it."""


@dataclass(frozen=True)
class Obstacle:
    """One thing that stands in the way: where, whose it is, what is wrong, and what it decides.

    *needed_for* are the titles of the rules that hang on it. A rule that no cell explains has a
    *title*; what is not met has its *finding*, for the clause.
    """

    outcome: Outcome
    cells: tuple[Cell, ...]
    names: tuple[str, ...]
    what: tuple[Message, ...]
    needed_for: tuple[Message, ...] = ()
    consequence: Message | None = None
    title: Message | None = None
    finding: Finding | None = None

    @property
    def weight(self) -> tuple[bool, ...]:
        """Return what sorts the worst first.

        That two calls differ comes before all, then what is not met; rules come before cells, and
        of these what decides by itself.
        """
        return (
            self.finding is None or self.finding.rule != CALL,
            self.outcome is not Outcome.NOT_MET,
            self.finding is None,
            self.consequence is None,
        )


def obstacles(report: Report) -> list[Obstacle]:
    """Return everything that stands in the way, the worst first."""
    found = sorted(_joined(_Obstacles(report).found()), key=lambda one: -len(one.needed_for))
    return sorted(found, key=lambda one: one.weight)


class _CellDoubt(NamedTuple):
    """What is not clear about one cell, and which change would settle it."""

    what: tuple[Message, ...]
    settled: str = ""
    verbs: tuple[str, ...] = ()


class _Obstacles:
    """Finds the obstacles of one report."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._problems: Mapping[Cell, Problem] = {
            p.cell: p for p in not_understood(report) if p.cell is not None
        }
        changes = () if report.advice is None else report.advice.alone
        self._alone = {(c.verb, c.cell) for c in map(read_change, changes)}

    @cached_property
    def _owners(self) -> Mapping[Cell, tuple[Partner, str]]:
        """Map each cell to its organisation and the field that it holds."""
        partners = self._report.consortium.partners
        firsts = {p.cells["name"]: p for p in partners}
        beside = {remark.cell: (p, "open") for p in partners for remark in p.open}
        return beside | {
            cell: (firsts.get(p.same_as, p) if p.same_as else p, field)
            for p in partners
            for field, cell in p.cells.items()
        }

    def found(self) -> Iterator[Obstacle]:
        """Yield the rules that no cell explains, then every partner with cells in doubt."""
        hanging: dict[Cell, list[Finding]] = {}
        for finding in having(self._report, Outcome.NOT_MET, Outcome.TO_CHECK):
            doubtful = finding.outcome is Outcome.TO_CHECK
            mine = [c for c in finding.answer.cells if doubtful and self._doubt(c, ()) is not None]
            for cell in mine:
                hanging.setdefault(cell, []).append(finding)
            explained = set(mine)
            left = [cell for cell in finding.answer.cells if cell not in explained]
            if left or not mine:
                yield self._rule_obstacle(finding, left)
        of_partners: dict[Cell, list[Cell]] = {}
        for cell in hanging:
            of_partners.setdefault(self._owners[cell][0].cells["name"], []).append(cell)
        for name, cells in of_partners.items():
            yield self._partner_obstacle(self._owners[name][0], cells, hanging)

    def _rule_obstacle(self, finding: Finding, cells: list[Cell]) -> Obstacle:
        """Return a rule with the cells that break it; what a minimum lacks stands in none.

        A rule on partners that are not allowed is listed under their names, others by their title.
        """
        counts, exactly = finding.answer.count is not None, finding.answer.exactly
        lacks = counts and not exactly and finding.outcome is Outcome.NOT_MET
        owners = [self._owners[cell][0].name for cell in cells if cell in self._owners]
        by_name = bool(owners) and not counts and finding.rule != CALL
        return Obstacle(
            finding.outcome,
            () if lacks else tuple(cells),
            tuple(dict.fromkeys(owners)) if by_name else (),
            (finding.answer.message,),
            title=None if by_name else finding.title,
            finding=finding,
        )

    def _partner_obstacle(
        self, partner: Partner, cells: list[Cell], hanging: Mapping[Cell, list[Finding]]
    ) -> Obstacle:
        findings = list({f.rule: f for cell in cells for f in hanging[cell]}.values())
        others = [f for f in findings if f.rule != minima_together.ID]
        doubts = [d for cell in cells if (d := self._doubt(cell, findings)) is not None]
        enough = next((d for d in doubts if self._decides(d, partner)), None)
        counts = all(doubt.settled == "counts" for doubt in doubts)
        return Obstacle(
            Outcome.TO_CHECK,
            tuple(cells),
            (partner.name,),
            tuple(dict.fromkeys(what for doubt in doubts for what in doubt.what)),
            () if counts else tuple(f.title for f in others or findings),
            None if enough is None else _IF.get(enough.settled, _IF["guess"]),
        )

    def _decides(self, doubt: _CellDoubt, partner: Partner) -> bool:
        """Return whether settling one cell, as it probably is, makes the consortium eligible."""
        return any((verb, partner.cells["name"]) in self._alone for verb in doubt.verbs)

    def _doubt(self, cell: Cell, findings: Iterable[Finding]) -> _CellDoubt | None:
        """Return what is not clear about a cell; None where it says one thing."""
        if cell not in self._owners:
            return None
        partner, field = self._owners[cell]
        if cell in self._problems:
            return _problem_doubt(self._problems[cell], field)
        doubt, may = None, partner.functions.may
        if cell in (left_open := {remark.cell: remark.text for remark in partner.open}):
            what = say('"{text}" was not understood', text=left_open[cell])
            doubt = _CellDoubt((what,), "open", ("confirm",))
        elif partner.twin_differs:
            doubt = _CellDoubt((say("its rows differ in country, type or role"),))
        elif cell == partner.cell("status") and partner.doubt is not None:
            doubt = _CellDoubt((partner.doubt,), "confirm", ("confirm",))
        elif cell == partner.cell("type") and partner.kinds and may:
            doubt = _CellDoubt((_may_count(partner, may, findings),), "counts", ("counts",))
        return doubt


def _problem_doubt(problem: Problem, field: str) -> _CellDoubt:
    what = problem.message
    if problem.near is not None:
        probably = say("probably {near}", near=problem.near)
        return _CellDoubt((what, probably), "guess", (_VERBS.get(field, field), "counts"))
    return _CellDoubt((what,))


def _may_count(partner: Partner, may: frozenset[str], findings: Iterable[Finding]) -> Message:
    """Return what an organisation may count as, among what the rules need."""
    counted_by = dict(zip(MINIMA[2:], FUNCTIONS, strict=True))
    needed = [counted_by[f.rule] for f in findings if f.rule in counted_by]
    counted = [f for f in FUNCTIONS if f in may and (not needed or f in needed)]
    return say(
        "{kind}: may count as {what}",
        kind=kind_words(partner.kinds),
        what=either(FUNCTIONS[function] for function in counted or sorted(may)),
    )


def _joined(found: Iterable[Obstacle]) -> Iterator[Obstacle]:
    """Yield the obstacles, those of partners with the same doubts joined into one."""
    groups: dict[object, list[Obstacle]] = {}
    for obstacle in found:
        said = (obstacle.what, obstacle.consequence)
        groups.setdefault(id(obstacle) if obstacle.finding else said, []).append(obstacle)
    for alike in groups.values():
        yield replace(
            alike[0],
            cells=tuple(cell for one in alike for cell in one.cells),
            names=tuple(name for one in alike for name in one.names),
            needed_for=tuple(dict.fromkeys(rule for one in alike for rule in one.needed_for)),
        )
