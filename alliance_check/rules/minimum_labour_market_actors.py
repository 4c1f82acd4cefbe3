"""Enough of the applicants must be labour market actors.

These are enterprises of any size and bodies that represent enterprises or workers: chambers,
trade unions, employers', trade, sectoral and professional associations. NGOs, networks, clusters,
skills councils, employment services, development agencies, hospitals and foundations may count, if
what they do is to represent the world of work; the sheet can say so in a column "Counts as".
Whether one body is also counted as education provider is left to `minima-together`.
"""

from __future__ import annotations

from alliance_check.model.consortium import LABOUR, Consortium
from alliance_check.model.message import Message, say
from alliance_check.model.report import Answer
from alliance_check.rules.shared.base import Scope, Terms, everything
from alliance_check.rules.shared.minima import judge_function

ID = "minimum-labour-market-actors"
TITLE = "labour market actors"
SCOPE = Scope.CONSORTIUM
concerns = everything


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Count the applicants that are labour market actors."""
    return judge_function(consortium, terms, LABOUR, _way_out)


def _way_out(missing: int) -> Message:
    return say(
        "Bring in more enterprises, chambers, trade unions or trade associations as full "
        "partners; {missing} more needed.",
        missing=missing,
    )
