"""The grant must not exceed the co-financing rate of the estimated total budget.

The clause's value is a percentage. One euro of rounding is allowed. Without a grant or without a
total nothing is claimed.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from alliance_check.calls import Terms
from alliance_check.findings import Answer
from alliance_check.messages import say
from alliance_check.model import Consortium, Gap, Outcome
from alliance_check.rules._money import at_most, eur, spoken

ID = "co-financing-rate"
TITLE = "co-financing rate"

_ROUNDING = Decimal(1)


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Compare the grant with its share of the total budget."""
    grant, total = consortium.project.grant, consortium.project.total
    percent = terms.clause.number
    if grant is None or total is None:
        missing = "requested grant" if grant is None else "total budget"
        return Answer(
            Outcome.NOT_CHECKED,
            say("no {missing} is given; at most {percent} %", missing=missing, percent=percent),
        )
    least = total.low * percent / 100
    most = None if total.high is None else total.high * percent / 100
    gaps = {grant.gap, total.gap} - {Gap.NONE}
    gap = Gap.UNREAD if Gap.UNREAD in gaps else (gaps or {Gap.NONE}).pop()
    highest = None if most is None else most + _ROUNDING
    outcome = at_most(replace(grant, gap=gap), least + _ROUNDING, highest)
    return Answer(
        outcome,
        say(
            "requests {grant} of a total of {total}; at most {percent} %",
            grant=spoken(grant),
            total=spoken(total),
            percent=percent,
        ),
        cells=() if outcome is Outcome.MET else (*grant.cells, *total.cells),
        hint=say(
            "Lower the grant to {most}, or show a higher total budget.",
            most=eur(least if most is None else most),
        )
        if outcome in {Outcome.NOT_MET, Outcome.TO_CHECK}
        else None,
        need_eur=most,
        have_eur=grant.exact,
    )
