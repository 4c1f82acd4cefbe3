"""The gate: what a run answers to whoever waits for its exit code.

A waiver never changes a rule or the verdict. It passes what is to be checked, and only where it
covers everything that the finding hangs on; what is not met cannot be waived.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from alliance_check.model.message import listed, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Failure, Finding, Gate, Report, Result, Unused, Waiver
from alliance_check.model.sheet import Cell
from alliance_check.text.folding import fold

from ...exit_codes import NOT_ELIGIBLE, UNDECIDED, agreed, code_of_lots
from ...options.settings import EVERYTHING, GateTerms

GateGroup = tuple[GateTerms | None, list[Result]]
_Key = tuple[str, Waiver]
_PASSED: Mapping[str, frozenset[int]] = {
    EVERYTHING: frozenset(),
    "not-eligible": frozenset({UNDECIDED}),
    "never": frozenset({NOT_ELIGIBLE, UNDECIDED}),
}


def today() -> dt.date:
    """Return the date that the end of a waiver is compared with."""
    return dt.date.today()  # noqa: DTZ011 - the day where the person sits


def limited(code: int, fail_on: str) -> int:
    """Return an exit code after the limit; an error stays what it is.

    >>> limited(3, "not-eligible"), limited(1, "not-eligible"), limited(4, "never")
    (0, 1, 4)
    """
    return 0 if code in _PASSED[fail_on] else code


def apply_gate(groups: Sequence[GateGroup], day: dt.date) -> list[list[Result]]:
    """Add the gate's answer to the results; a group is what belongs to one exit code."""
    trials = [
        (terms, [_Trial(terms, r, day) if terms and isinstance(r, Report) else r for r in results])
        for terms, results in groups
    ]
    alive = {
        key
        for _, members in trials
        for member in members
        if isinstance(member, _Trial)
        for key in member.keys({*member.used, *member.refused, *member.late})
    }
    return [
        [m.report_with_gate(alive) if isinstance(m, _Trial) else m for m in members]
        for _, members in trials
    ]


def code_of(results: Sequence[Result]) -> int:
    """Return the exit code of the lots of one file after the gate."""
    gate = next((r.gate for r in results if isinstance(r, Report) and r.gate), None)
    if gate is None or any(isinstance(result, Failure) for result in results):
        return code_of_lots(results)
    return limited(agreed(map(_before_limit, results)), gate.fail_on)


def _before_limit(result: Result) -> int:
    """Return what the gate would answer if it failed on everything."""
    if isinstance(result, Failure) or result.gate is None:
        return result.exit_code
    return _code_without(result, {waiver.rule for waiver in result.gate.waived})


def _code_without(report: Report, waived: set[str]) -> int:
    if report.call_verdict is not None:
        return UNDECIDED
    outcomes = {f.outcome for f in report.all_findings if f.rule not in waived}
    if Outcome.NOT_MET in outcomes:
        return NOT_ELIGIBLE
    return UNDECIDED if Outcome.TO_CHECK in outcomes else 0


@dataclass
class _Trial:
    """The waivers of one report, tried on each of its findings."""

    terms: GateTerms
    report: Report
    day: dt.date
    used: dict[Waiver, None] = field(default_factory=dict)
    refused: dict[Waiver, Unused] = field(default_factory=dict)
    late: dict[Waiver, None] = field(default_factory=dict)
    _written: dict[Waiver, Waiver] = field(default_factory=dict)
    """What stands in the configuration, for a waiver of a cell that was given a rule here."""

    def __post_init__(self) -> None:
        for finding in self.report.all_findings:
            about = self._about(finding)
            if about and finding.outcome is Outcome.NOT_MET:
                self._refuse(about, finding)
            elif about and finding.outcome is Outcome.TO_CHECK:
                self._try(about, finding)
        for waiver in self.refused:  # what passes under one call only does not pass
            self.used.pop(waiver, None)

    def _about(self, finding: Finding) -> list[Waiver]:
        """Return the waivers of a finding; one of a cell alone is about all that hangs on it."""
        named = [w for w in self.terms.waivers if w.rule == finding.rule]
        if finding.outcome is not Outcome.TO_CHECK:
            return named
        of_cells = {replace(w, rule=finding.rule): w for w in self.terms.waivers if not w.rule}
        self._written |= of_cells
        return [*named, *of_cells]

    def keys(self, waivers: Iterable[Waiver]) -> Iterator[_Key]:
        """Yield what tells waivers of several configurations apart."""
        return ((self.terms.place, self._written.get(waiver, waiver)) for waiver in waivers)

    def report_with_gate(self, alive: set[_Key]) -> Report:
        """Return the report; the first one reports a waiver that did nothing in the whole run."""
        idle = [w for w in self.terms.waivers if (self.terms.place, w) not in alive]
        alive.update(self.keys(idle))
        late = [w for w in idle if self._expired(w)]
        nothing = [Unused(w, say("there is nothing to waive")) for w in idle if w not in late]
        gate = Gate(
            limited(_code_without(self.report, {w.rule for w in self.used}), self.terms.fail_on),
            self.terms.fail_on,
            tuple(self.used),
            (*self.refused.values(), *nothing),
            (*self.late, *late),
        )
        return replace(self.report, gate=gate)

    def _expired(self, waiver: Waiver) -> bool:
        return waiver.until is not None and waiver.until < self.day

    def _refuse(self, about: Iterable[Waiver], finding: Finding) -> None:
        for waiver in about:
            if _covers_rule(waiver) or self._covered(waiver) & {*finding.answer.cells}:
                why = say("{rule} is not met, and that cannot be waived", rule=finding.title)
                self.refused[waiver] = Unused(waiver, why)

    def _try(self, about: Sequence[Waiver], finding: Finding) -> None:
        """Let a finding pass where live waivers cover every cell on which it hangs."""
        hangs_on = self._cells(finding)
        touching = [w for w in about if _covers_rule(w) or self._covered(w) & {*hangs_on}]
        live = [w for w in touching if not self._expired(w)]
        self.late.update(dict.fromkeys(w for w in touching if w not in live))
        covered = {cell for w in live for cell in self._covered(w)}
        left = [cell for cell in hangs_on if cell not in covered]
        if any(map(_covers_rule, live)) or (live and not left and not self._has_more(finding)):
            self.used.update(dict.fromkeys(live))
            return
        place = say("the finding hangs on {cells} too", cells=listed(left))
        more = place if left else say("the finding hangs on more than cells; waive the whole rule")
        self.refused.update({w: Unused(w, more) for w in live})

    def _cells(self, finding: Finding) -> tuple[Cell, ...]:
        cells = [*finding.answer.cells]
        if self.terms.strict:
            cells += [cell for caution in finding.answer.cautions for cell in caution.cells]
        return tuple(dict.fromkeys(cells))

    def _has_more(self, finding: Finding) -> bool:
        """Return whether something without a place makes the finding one to check."""
        doubts = finding.answer.cautions if self.terms.strict else ()
        return any(not caution.cells for caution in doubts)

    def _covered(self, waiver: Waiver) -> set[Cell]:
        partners = self.report.consortium.partners
        cells = {c for f in self.report.all_findings for c in self._cells(f)}
        if waiver.cell is not None:
            return {cell for cell in cells if waiver.cell in self._names(cell)}
        if waiver.partner is None:
            return set()
        named = [p for p in partners if fold(p.name) == fold(waiver.partner)]
        return {cell for partner in named for cell in partner.cells.values()}

    def _names(self, cell: Cell) -> tuple[str, ...]:
        """Return what a cell may be called; on the sheet of the partners its address alone."""
        own = cell.sheet is None or cell.sheet == self.report.input.sheet
        return (str(cell), cell.address) if own else (str(cell),)


def _covers_rule(waiver: Waiver) -> bool:
    return waiver.cell is None and waiver.partner is None
