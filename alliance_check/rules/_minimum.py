"""Comparing a count with the minimum that a clause asks for, and naming the cells behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from alliance_check.calls import Call, Terms
from alliance_check.findings import Answer, Caution, Count
from alliance_check.messages import Message, listed, say
from alliance_check.model import EDUCATION, HEI, LABOUR, VET, Cell, Consortium, Outcome, Partner
from alliance_check.rules._counting import (
    Claimant,
    claimant,
    claimants,
    count_function,
    taking_part,
)


def judge_function(
    consortium: Consortium, terms: Terms, function: str, way_out: Callable[[int], Message]
) -> Answer:
    """Compare how many organisations count as *function* with the clause's number."""
    everyone = claimants(consortium, terms.call)
    unsure = [c for c in everyone if c.possibly(function) and not c.surely(function)]
    able = {id(c.partner) for c in everyone if c.possibly(function)}
    hanging = tuple(cell for c in unsure for cell in c.doubts_about(function))
    rest = [p for p in taking_part(consortium) if id(p) not in able]
    others = tuple(obstacle(p, terms.call, "type") for p in rest)
    count = count_function(everyone, function)
    answer = judged(count, terms.clause.number, hanging, others, way_out)
    if answer.outcome is Outcome.TO_CHECK and all(c.sure and c.partner.kinds for c in unsure):
        hint = _if_accepted(terms.clause.number - count.low, unsure, function)
        answer = replace(answer, hint=hint)
    return replace(answer, cautions=_overruled(everyone, function))


_ACCEPTED = {
    LABOUR: say("labour market actors"),
    EDUCATION: say("education and training providers"),
    HEI: say("higher education institutions"),
    VET: say("vocational providers"),
}


def _if_accepted(missing: int, unsure: list[Claimant], function: str) -> Message:
    """Return how many of those whose kind may count would have to be accepted."""
    names = listed(f"{c.partner.name} ({c.partner.cell('type')})" for c in unsure)
    return say(
        "Met if at least {missing} of these {number} are accepted as {what}: {names}. A column "
        "Counts as can say so.",
        missing=missing,
        number=len(unsure),
        what=_ACCEPTED[function],
        names=names,
    )


def _overruled(everyone: list[Claimant], function: str) -> tuple[Caution, ...]:
    """Return the doubt about those of whom the sheet says otherwise than their type does."""
    said = [c.partner.cell("counts_as") for c in everyone if function in c.partner.overruled]
    doubt = say("what it counts as contradicts the type of the organisation; the type is overruled")
    return (Caution(doubt, tuple(said)),) if said else ()


def obstacle(partner: Partner, call: Call, otherwise: str) -> Cell:
    """Return the cell that keeps a partner from counting: its country, its role or *otherwise*."""
    if claimant(partner, call) is not None:
        return partner.cell(otherwise)
    outside = partner.country is not None and not call.counts(partner.country)
    return partner.cell("country" if outside else "role")


def judged(
    count: Count,
    need: int,
    hanging: tuple[Cell, ...],
    others: tuple[Cell, ...],
    way_out: Callable[[int], Message],
) -> Answer:
    """Return the answer of a minimum.

    *hanging* are the cells that decide it, *others* those of the organisations that do not count.
    """
    outcome = count.at_least(need)
    message = say("have {have}, need {need}", have=str(count), need=need)
    if outcome is Outcome.MET:
        return Answer(outcome, message, need, count)
    if outcome is Outcome.NOT_MET:
        cells, hint = (*hanging, *others), way_out(need - count.high)
    else:
        cells, hint = hanging, say("Complete or correct the cells named, or settle who takes part.")
    return Answer(outcome, message, need, count, tuple(dict.fromkeys(cells)), hint=hint)
