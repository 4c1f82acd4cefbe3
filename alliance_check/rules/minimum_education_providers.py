"""Enough of the applicants must be education and training providers.

Counted are vocational providers and higher education institutions. Adult education, general
schools, networks of vocational providers, local authorities, foundations and providers that do not
say which kind they are may count, if vocational education is what they provide; a column "Counts
as" can say so.
Whether one body is also counted as labour market actor is left to `minima-together`.
"""

from __future__ import annotations

from alliance_check.model.consortium import EDUCATION, Consortium
from alliance_check.model.message import Message, say
from alliance_check.model.report import Answer
from alliance_check.rules.shared.base import Scope, Terms, everything
from alliance_check.rules.shared.minima import judge_function

ID = "minimum-education-providers"
TITLE = "education and training providers"
SCOPE = Scope.CONSORTIUM
concerns = everything


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Count the applicants that are education and training providers."""
    return judge_function(consortium, terms, EDUCATION, _way_out)


def _way_out(missing: int) -> Message:
    return say(
        "Bring in more vocational providers or higher education institutions as full partners; "
        "{missing} more needed.",
        missing=missing,
    )
