"""Apply every rule that the lot has a clause for, and draw the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import (
    FUNCTIONS,
    Consortium,
    Group,
    Partner,
)
from alliance_check.model.message import Message, say
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import Answer, Caution, Classification, Count, Finding
from alliance_check.model.sheet import Cell
from alliance_check.rules import RULES
from alliance_check.rules.shared.base import Rule, Scope, Terms
from alliance_check.rules.shared.claimants import claimant, claimants
from alliance_check.rules.shared.counting import Claimants
from alliance_check.vocabulary.types import functions_of

_SILENT = {Outcome.NOT_CHECKED, Outcome.NOT_APPLICABLE}
_CARRIED_OVER = Caution(
    say("carried over from the guides of other years; this year's was not at hand")
)


def evaluate(
    consortium: Consortium, call: Call, lot: Lot, *, strict: bool = False
) -> tuple[Finding, ...]:
    """Return one finding for every rule of the lot, in the order of the report.

    *strict* turns cautions into to-check, and not-checked where cells are blank.
    """
    findings = []
    everyone = Claimants(claimants(consortium, call), call)
    admits = admission(consortium.columns, call, lot)
    for rule in RULES:
        clause = lot.clauses.get(rule.ID)
        if clause is not None:
            answer = answer_of(rule, consortium, Terms(call, lot, clause, everyone, admits))
            answer = _stricter(answer) if strict else answer
            findings.append(Finding(rule.ID, Message(rule.TITLE), answer, clause))
    return tuple(findings)


def admission(columns: frozenset[str], call: Call, lot: Lot) -> Callable[[Sequence[Partner]], bool]:
    """Return a test that no rule on single partners bars any of those that it is given."""
    nobody = Claimants((), call)
    applied = [
        (rule, clause)
        for rule in RULES
        if rule.SCOPE is Scope.PARTNER and (clause := lot.clauses.get(rule.ID)) is not None
    ]

    def admits(partners: Sequence[Partner]) -> bool:
        alone = Consortium(tuple(partners), columns=columns)
        answers = (
            answer_of(rule, alone, Terms(call, lot, clause, nobody, admits))
            for rule, clause in applied
        )
        return all(answer.outcome is not Outcome.NOT_MET for answer in answers)

    return admits


def answer_of(rule: Rule, consortium: Consortium, terms: Terms) -> Answer:
    """Ask a rule; where its clause is not known, claim nothing."""
    why = terms.clause.unknown
    if why is None:
        answer = rule.check(consortium, terms)
        return _with_doubt(answer) if terms.clause.confidence == "carried over" else answer
    message = say("not known for this call: {why}", why=why)
    if not rule.concerns(consortium, terms):
        return Answer(Outcome.NOT_APPLICABLE, message)
    return Answer(Outcome.TO_CHECK, message, hint=say("Ask the agency."))


def _with_doubt(answer: Answer) -> Answer:
    """Add the doubt of a clause that is carried over, where it judged something."""
    if answer.outcome in _SILENT:
        return answer
    return replace(answer, cautions=(*answer.cautions, _CARRIED_OVER))


def _stricter(answer: Answer) -> Answer:
    """Turn what is only cautioned, or not checked because of blank cells, into to-check.

    A column that is missing is no doubt about what is there, and stays not checked.
    """
    settled = answer.outcome in {Outcome.MET, Outcome.NOT_APPLICABLE}
    blank = answer.outcome is Outcome.NOT_CHECKED and answer.cells
    if blank or (settled and answer.cautions):
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


def classified(partners: Iterable[Partner], call: Call) -> tuple[Classification, ...]:
    """Return what each partner is under a call; partners that are alike share one answer."""
    known: dict[Classification, Classification] = {}
    found = (classify(partner, call) for partner in partners)
    return tuple(known.setdefault(one, one) for one in found)


def classify(partner: Partner, call: Call) -> Classification:
    """Return what a partner is under a call, and what it counts or may count as."""
    counted = claimant(partner, call)
    surely = tuple(f for f in FUNCTIONS if counted.surely(f)) if counted else ()
    maybe = [f for f in FUNCTIONS if counted.possibly(f) and f not in surely] if counted else ()
    states = {call.state(code) for code in partner.possible_countries}
    groups = {call.group(state) for state in states}
    return Classification(
        states.pop() if len(states) == 1 else None,
        groups.pop() if len(groups) == 1 else Group.UNKNOWN,
        surely,
        tuple(maybe),
        Count(0, 0) if counted is None else Count(int(counted.sure), 1),
    )


def for_one_partner(call: Call, lot: Lot, columns: frozenset[str], *, strict: bool) -> Lot:
    """Reduce a lot to the rules that look at each organisation by itself.

    A rule that rejects even a blameless company, such as one without its column under --strict, can
    be satisfied by no change to a partner and is left out.
    """
    kinds = ("enterprise",)
    company = Partner(
        row=None,
        name="a company",
        cells={"name": Cell(None, 1, 1)},
        country=min(call.member_states),
        kinds=kinds,
        functions=functions_of(kinds),
    )
    single = {rule.ID for rule in RULES if rule.SCOPE is Scope.PARTNER}
    lot = replace(lot, clauses={rule: c for rule, c in lot.clauses.items() if rule in single})
    findings = evaluate(Consortium((company,), columns=columns), call, lot, strict=strict)
    bad = {Outcome.NOT_MET, Outcome.TO_CHECK}
    return replace(lot, clauses={f.rule: f.clause for f in findings if f.outcome not in bad})
