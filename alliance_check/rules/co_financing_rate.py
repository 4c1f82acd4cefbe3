"""The grant must not exceed the co-financing rate of the estimated total budget.

The clause's value is a percentage. One euro of rounding is allowed. Without a grant or without a
total nothing is claimed.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from alliance_check.model.consortium import (
    Amount,
    Consortium,
    Gap,
)
from alliance_check.model.message import eur, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer
from alliance_check.rules.shared.base import Scope, Terms

ID = "co-financing-rate"
TITLE = "co-financing rate"
SCOPE = Scope.CONSORTIUM

_ROUNDING = Decimal(1)


def concerns(consortium: Consortium, terms: Terms) -> bool:
    """Return whether there is anything to judge."""
    return None not in {consortium.project.grant, consortium.project.total}


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Compare the grant with its share of the total budget."""
    grant, total = consortium.project.grant, consortium.project.total
    percent = terms.clause.number
    if grant is None:
        return Answer(Outcome.NOT_CHECKED, say("no requested grant is given"))
    if total is None:
        return Answer(Outcome.NOT_CHECKED, say("no total budget is given"))
    least = total.low * percent / 100
    most = None if total.high is None else total.high * percent / 100
    outcome = _compare(grant, total, least, most)
    way_out = say(
        "Lower the grant to {most}, or show a higher total budget.",
        most=eur(least if most is None else most),
    )
    return Answer(
        outcome,
        say(
            "requests {grant} of a total of {total}; at most {percent}%",
            grant=grant.words,
            total=total.words,
            percent=percent,
        ),
        cells=() if outcome is Outcome.MET else (*grant.cells, *total.cells),
        hint=way_out if outcome in {Outcome.NOT_MET, Outcome.TO_CHECK} else None,
        need_eur=most,
        have_eur=grant.exact,
    )


def _compare(grant: Amount, total: Amount, least: Decimal, most: Decimal | None) -> Outcome:
    """Compare, with the worse of the two reasons why an amount may be open."""
    gaps = {grant.gap, total.gap}
    gap = next((g for g in (Gap.UNREAD, Gap.BLANK) if g in gaps), Gap.NONE)
    highest = None if most is None else most + _ROUNDING
    return replace(grant, gap=gap).at_most(least + _ROUNDING, highest)
