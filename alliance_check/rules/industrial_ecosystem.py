"""A proposal of the Blueprint lot must address exactly one industrial ecosystem.

It is one of those that the guide lists. More than one is not met; a name that is none of them as
it is written is to check; without any nothing is claimed.
"""

from __future__ import annotations

from alliance_check.model.consortium import Consortium
from alliance_check.model.message import listed, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer
from alliance_check.rules.shared.base import Scope, Terms

ID = "industrial-ecosystem"
TITLE = "industrial ecosystem"
SCOPE = Scope.CONSORTIUM


def concerns(consortium: Consortium, terms: Terms) -> bool:
    """Return whether there is anything to judge."""
    return consortium.project.ecosystem is not None


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Count the ecosystems that the sheet names."""
    ecosystem, need = consortium.project.ecosystem, terms.clause.number
    if ecosystem is None or not (ecosystem.names or ecosystem.unread):
        return Answer(Outcome.NOT_CHECKED, say("no industrial ecosystem is named"))
    cells = () if ecosystem.cell is None else (ecosystem.cell,)
    hint = say("Name {need} of the industrial ecosystems that the guide lists.", need=need)
    names = say("names {names}", names=listed(ecosystem.names))
    if len(ecosystem.names) > need:
        return Answer(Outcome.NOT_MET, names, cells=cells, hint=hint)
    if ecosystem.unread or len(ecosystem.names) < need:
        message = say("the ecosystem named could not be read as one of the guide's list")
        return Answer(Outcome.TO_CHECK, message, cells=cells, hint=hint)
    return Answer(Outcome.MET, names)
