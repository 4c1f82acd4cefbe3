"""At least one applicant must be a higher education institution.

The guides say "should" in one place and "must" in another; a consortium without one is not safe
in any year, so it is not met. A body that is both university and vocational provider supplies
either kind; where it is the only supplier, a caution says so.
"""

from __future__ import annotations

from alliance_check.model.consortium import HEI, Consortium
from alliance_check.model.message import Message, count
from alliance_check.model.report import Answer
from alliance_check.rules.shared.base import Scope, Terms, everything
from alliance_check.rules.shared.minima import judge_function

ID = "higher-education-partner"
TITLE = "higher education institution"
SCOPE = Scope.CONSORTIUM
concerns = everything


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Count the applicants that are higher education institutions."""
    return judge_function(consortium, terms, HEI, _way_out)


def _way_out(missing: int) -> Message:
    return count(
        "Bring in {number} higher education institution from a Member State or associated "
        "country as full partner.",
        "Bring in {number} higher education institutions from Member States or associated "
        "countries as full partners.",
        number=missing,
    )
