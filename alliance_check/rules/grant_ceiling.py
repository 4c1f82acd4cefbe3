"""The requested grant must not exceed the maximum for the project's length.

A length that the clause does not name has the ceiling of the longest named length below it.
A project shorter than all of them, or of unknown length, is judged as far as that goes: above the
highest ceiling that may apply is not met. The application exceeds a maximum; the consortium as
such is not wrong.
"""

from __future__ import annotations

from decimal import Decimal

from alliance_check.model.consortium import Consortium
from alliance_check.model.message import Message, eur, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer
from alliance_check.rules.shared.base import Scope, Terms

ID = "grant-ceiling"
TITLE = "grant ceiling"
SCOPE = Scope.CONSORTIUM


def concerns(consortium: Consortium, terms: Terms) -> bool:
    """Return whether there is anything to judge."""
    return consortium.project.grant is not None


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Compare the grant with the ceiling."""
    grant, duration = consortium.project.grant, consortium.project.duration
    ceilings = {int(months): Decimal(most) for months, most in terms.clause.value.items()}
    lowest, highest = _ceiling(duration.months if duration else None, ceilings)
    limit = _spoken_limit(lowest, highest)
    if grant is None:
        message = say("no requested grant is given; the maximum is {limit}", limit=limit)
        return Answer(Outcome.NOT_CHECKED, message, need_eur=highest)
    outcome = grant.at_most(lowest or Decimal(0), highest)
    hint = None
    if outcome is Outcome.NOT_MET:
        hint = say("Lower the grant to {most} or less, or change the duration.", most=eur(highest))
    elif outcome is Outcome.TO_CHECK:
        hint = say("State the grant and the duration, or correct the cells named.")
    return Answer(
        outcome,
        say("requests {grant}; the maximum is {limit}", grant=grant.words, limit=limit),
        cells=() if outcome is Outcome.MET else grant.cells,
        hint=hint,
        need_eur=highest,
        have_eur=grant.exact,
    )


def _ceiling(months: int | None, ceilings: dict[int, Decimal]) -> tuple[Decimal | None, Decimal]:
    """Return the lowest and the highest ceiling that may apply; None for no lowest one."""
    if months is None:
        return min(ceilings.values()), max(ceilings.values())
    below = [length for length in ceilings if length <= months]
    if below:
        ceiling = ceilings[max(below)]
        return ceiling, ceiling
    return None, ceilings[min(ceilings)]


def _spoken_limit(lowest: Decimal | None, highest: Decimal) -> Message:
    if lowest == highest:
        return say("{most}", most=eur(highest))
    if lowest is None:
        return say("{most} or less for so short a project", most=eur(highest))
    return say("{least} to {most}, depending on the duration", least=eur(lowest), most=eur(highest))
