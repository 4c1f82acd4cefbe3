"""The project must last as long as the call says.

A length that the clause does not name is to check, because the guides say "normally". Without a
duration nothing is claimed; one that could not be read is to check.
"""

from __future__ import annotations

from alliance_check.model.consortium import Consortium
from alliance_check.model.message import either, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer
from alliance_check.rules.shared.base import Scope, Terms

ID = "duration"
TITLE = "duration"
SCOPE = Scope.CONSORTIUM


def concerns(consortium: Consortium, terms: Terms) -> bool:
    """Return whether there is anything to judge."""
    return consortium.project.duration is not None


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Compare the duration with the named lengths."""
    named = either(terms.clause.value)
    duration = consortium.project.duration
    if duration is None:
        message = say("no duration is given; the call names {named} months", named=named)
        return Answer(Outcome.NOT_CHECKED, message)
    cells = () if duration.cell is None else (duration.cell,)
    hint = say("Set the duration to {named} months, or ask the agency.", named=named)
    if duration.months is None:
        message = say("the duration could not be read; the call names {named} months", named=named)
        return Answer(Outcome.TO_CHECK, message, cells=cells, hint=hint)
    have = say("{months} months; the call names {named}", months=duration.months, named=named)
    if duration.months in terms.clause.value:
        return Answer(Outcome.MET, have)
    return Answer(Outcome.TO_CHECK, have, cells=cells, hint=hint)
