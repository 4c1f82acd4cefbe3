"""Asks every rule that the lot has a clause for, and draws the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    VET,
    Consortium,
    Group,
    Outcome,
    Partner,
    Presence,
    Verdict,
)
from alliance_check.model.message import say
from alliance_check.model.report import Answer, Caution, Finding, Standing
from alliance_check.rules import RULES
from alliance_check.rules._contents import contains
from alliance_check.rules._counting import claimant, claimants
from alliance_check.rules._rule import Rule
from alliance_check.rules._terms import Terms

_ORDER = (LABOUR, EDUCATION, HEI, VET)
_COUNTRIES = ("member_states", "associated", "excluded", "territories", "regions")
_ASKED = ("value", "unknown", "confidence")
_LOOKING_FURTHER = ("minima-together", "valid-charter")
"""Rules that ask more of a call than its countries and their own clause."""
_SILENT = {Outcome.NOT_CHECKED, Outcome.NOT_APPLICABLE}


class Judged(NamedTuple):
    """What was found of the same consortium, as strictly, under another call."""

    call: Call
    lot: Lot
    findings: tuple[Finding, ...]

    def answers(self, call: Call, lot: Lot) -> Mapping[str, Answer]:
        """Return the answers that stand under a call, because it asks the same."""
        if not _same(_COUNTRIES, self.call, call):
            return {}
        alike = (
            finding
            for finding in self.findings
            if finding.rule not in _LOOKING_FURTHER
            and (clause := lot.clauses.get(finding.rule)) is not None
            and _same(_ASKED, finding.clause, clause)
        )
        return {finding.rule: finding.answer for finding in alike}


def _same(names: Iterable[str], one: object, other: object) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in names)


def evaluate(
    consortium: Consortium,
    call: Call,
    lot: Lot,
    *,
    strict: bool = False,
    before: Judged | None = None,
) -> tuple[Finding, ...]:
    """Return one finding for every rule of the lot, in the order of the report.

    *strict* turns cautions into to-check, and not-checked where a column could have answered.
    What another call asked *before* in the same way is not asked again.
    """
    findings = []
    known = {} if before is None else before.answers(call, lot)
    everyone = claimants(consortium, call)
    for rule in RULES:
        clause = lot.clauses.get(rule.ID)
        if clause is not None and rule.ID in known:
            findings.append(Finding(rule.ID, rule.TITLE, known[rule.ID], clause))
        elif clause is not None:
            answer = _ask(rule, consortium, Terms(call, lot, clause, everyone))
            answer = _stricter(answer) if strict else answer
            findings.append(Finding(rule.ID, rule.TITLE, answer, clause))
    return tuple(findings)


def _ask(rule: Rule, consortium: Consortium, terms: Terms) -> Answer:
    """Ask a rule; where its clause is not known, claim nothing of what it would judge."""
    why = terms.clause.unknown
    if why is None:
        answer = rule.check(consortium, terms)
        return _with_doubt(answer) if terms.clause.confidence == "carried over" else answer
    message = say("not known for this call: {why}", why=why)
    if not contains(rule.ID, consortium, terms.call):
        return Answer(Outcome.NOT_APPLICABLE, message)
    return Answer(Outcome.TO_CHECK, message, hint=say("Ask the agency."))


def _with_doubt(answer: Answer) -> Answer:
    """Add the doubt of a clause that is carried over, where it judged something."""
    if answer.outcome in _SILENT:
        return answer
    doubt = say("carried over from the guides of other years; this year's was not at hand")
    return replace(answer, cautions=(*answer.cautions, Caution(doubt)))


def _stricter(answer: Answer) -> Answer:
    """Turn what is only cautioned, or not checked for want of a column, into to-check."""
    settled = answer.outcome in {Outcome.MET, Outcome.NOT_APPLICABLE}
    if answer.outcome is Outcome.NOT_CHECKED or (settled and answer.cautions):
        doubted = (cell for caution in answer.cautions for cell in caution.cells)
        cells = tuple(dict.fromkeys((*answer.cells, *doubted)))
        return replace(answer, outcome=Outcome.TO_CHECK, cells=cells)
    return answer


def verdict(findings: Iterable[Finding]) -> Verdict:
    """Return the verdict: any rule not met decides, then any to check."""
    outcomes = {finding.outcome for finding in findings}
    if Outcome.NOT_MET in outcomes:
        return Verdict.NOT_ELIGIBLE
    return Verdict.UNDECIDED if Outcome.TO_CHECK in outcomes else Verdict.ELIGIBLE


def with_all_possible(consortium: Consortium) -> Consortium | None:
    """Return the consortium with every possible partner confirmed; None where there is none."""
    if all(p.presence is not Presence.POSSIBLE for p in consortium.partners):
        return None
    confirmed = tuple(
        replace(p, presence=Presence.CONFIRMED) if p.presence is Presence.POSSIBLE else p
        for p in consortium.partners
    )
    return replace(consortium, partners=confirmed)


def standing(partner: Partner, call: Call) -> Standing:
    """Return what a partner is under a call, and what it counts or may count as."""
    counted = claimant(partner, call)
    counts = [] if counted is None else [f for f in _ORDER if counted.surely(f)]
    may = [] if counted is None else [f for f in _ORDER if counted.possibly(f) and f not in counts]
    states = {call.state(code) for code in partner.possible_countries}
    groups = {call.group(state) for state in states}
    return Standing(
        states.pop() if len(states) == 1 else None,
        groups.pop() if len(groups) == 1 else Group.UNKNOWN,
        tuple(counts),
        tuple(may),
    )
