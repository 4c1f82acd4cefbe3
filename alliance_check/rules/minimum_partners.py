"""Enough applicants must take part: the coordinator and the full partners.

An organisation counts once, however many rows it has. Affiliated entities, associated partners
and subcontractors are no applicants; partners from third countries not associated come in
addition to the number, or may count where the clause leaves that open. A placeholder, a reserve
partner or an unread country or role may count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from alliance_check.model.consortium import Consortium
from alliance_check.model.message import Message, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer, Count
from alliance_check.model.sheet import Cell
from alliance_check.rules.shared.base import Scope, Terms, everything
from alliance_check.rules.shared.minima import from_outside, judge_minimum, obstacle, others_than

ID = "minimum-partners"
TITLE = "full partners"
SCOPE = Scope.CONSORTIUM
concerns = everything


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Count the applicants that count towards the minima."""
    everyone, outside = terms.claimants, from_outside(consortium, terms)
    inside = everyone.number
    hanging = [cell for c in everyone for cell in c.doubts]
    hanging += [partner.cell("country") for partner in outside]
    wrong = _wrong(consortium, terms)
    count = Count(inside.low, inside.high + len(outside))
    answer = judge_minimum(count, terms, hanging, wrong, _way_out)
    if not outside or answer.outcome is not Outcome.TO_CHECK:
        return answer
    question = terms.clause.open_question or ""
    hint = say(
        "Ask the agency, or bring in {missing} more from Member States or associated countries.",
        missing=terms.clause.number - count.low,
    )
    message = say("{message}; {question}", message=answer.message, question=question)
    return replace(answer, message=message, hint=hint)


def _wrong(consortium: Consortium, terms: Terms) -> Iterator[Cell]:
    """Yield the cells that keep partners from counting, or the names where none does."""
    others = [obstacle(p, terms.call, "name") for p in others_than(terms.claimants, consortium)]
    twins = [p.cell("name") for p in consortium.partners if p.same_as is not None]
    yield from (*others, *twins) or [c.partner.cell("name") for c in terms.claimants]


def _way_out(missing: int) -> Message:
    return say(
        "Bring in more full partners from Member States or associated countries, or make "
        "organisations in the sheet full partners; {missing} more needed.",
        missing=missing,
    )
