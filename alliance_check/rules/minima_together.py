"""All minimum numbers must hold at the same time, with one coordinator who may coordinate.

Each minimum alone may look safe while the consortium is not: one unread partner cannot fill two
open places, and one organisation cannot count as labour market actor and as education provider at
once. A body counted as labour market actor supplies neither the university nor the vocational
provider. Two possible coordinators cannot both take part. A partner whom another rule bars in some
reading fills no place in that reading; one that is barred in every reading, here by one rule and
there by another, is not met. The organisations are dealt out to the two groups in the best possible
way, once with every doubt settled against the consortium and once in its favour.

Not met: no reading and no way to deal them out meets all this. To check: some do and some do not,
or it needs one body as the university and the vocational provider at once. Not applicable: one
minimum alone is not met already.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from alliance_check.model.consortium import (
    FUNCTIONS,
    HEI,
    VET,
    Consortium,
)
from alliance_check.model.message import Message, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer, Count
from alliance_check.model.sheet import Cell
from alliance_check.rules.shared.base import Scope, Terms, everything
from alliance_check.rules.shared.claimants import Claimant
from alliance_check.rules.shared.joint import (
    Fit,
    at_best,
    barred_in_every_reading,
    best_reading,
    fit,
    may_lead,
    possible_coordinators,
    worst_fit,
)
from alliance_check.rules.shared.minima import from_outside, minima, way_to_settle

ID = "minima-together"
TITLE = "all minima at once"
SCOPE = Scope.CONSORTIUM
concerns = everything

_HINT = say(
    "Bring in one more organisation for the group that falls short; each organisation counts as "
    "labour market actor or as education provider, not as both."
)


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Deal the organisations out to the two groups, at worst and at best."""
    everyone, call, need = terms.claimants, terms.call, minima(terms.lot)
    outside = len(from_outside(consortium, terms))
    counts = (
        everyone.countries,
        Count(everyone.number.low, everyone.number.high + outside),
        *everyone.functions.values(),
    )
    outcomes = [count.at_least(number) for count, number in zip(counts, need, strict=True)]
    if Outcome.NOT_MET in outcomes:
        return Answer(Outcome.NOT_APPLICABLE, say("one minimum is not met on its own"))
    if barred := barred_in_every_reading(consortium, terms):
        message = say("one rule or another bars a partner in every reading of its cells")
        cells = tuple(partner.cell("country") for partner in barred)
        return Answer(Outcome.NOT_MET, message, cells=cells, hint=say("Leave this partner out."))
    worst = worst_fit([c for c in everyone if c.sure], need)
    met = worst is Fit.CLEAN and Outcome.TO_CHECK not in outcomes[:2]
    leads = possible_coordinators(consortium, terms)
    if met and (leads is None or any(may_lead(p, terms) for p in leads)):
        return Answer(Outcome.MET, say("every minimum holds with each organisation counted once"))
    # Whoever may come in addition from outside leaves fewer partners to find inside.
    inside = need._replace(partners=need.partners - outside)
    if fit(at_best(everyone), inside, call) is Fit.NONE:
        message = say("some organisation would have to count twice for every minimum to be met")
        return _not_met(everyone, message, _HINT)
    best = best_reading(consortium, terms, inside, leads)
    if best is Fit.NONE:
        hint = say(
            "Settle who coordinates and who takes part, or bring in one more full partner that "
            "leaves nothing open."
        )
        message = say("no reading of the cells named meets every minimum and has one coordinator")
        return _not_met(everyone, message, hint)
    return _to_check(consortium, terms, best)


def _unsure(everyone: Iterable[Claimant]) -> Iterator[Cell]:
    """Yield the cells that leave open whether somebody counts, or counts as something."""
    for claimant in everyone:
        for function in FUNCTIONS:
            if claimant.possibly(function) and not claimant.surely(function):
                yield from claimant.doubts_about(function)
    for claimant in everyone:
        yield from claimant.doubts


def _not_met(everyone: Sequence[Claimant], message: Message, hint: Message) -> Answer:
    cells = tuple(dict.fromkeys(_unsure(everyone)))
    named = cells or tuple(c.partner.cell("type") for c in everyone)
    return Answer(Outcome.NOT_MET, message, cells=named, hint=hint)


def _to_check(consortium: Consortium, terms: Terms, best: Fit) -> Answer:
    everyone = terms.claimants
    outside = (p.cell("country") for p in from_outside(consortium, terms))
    cells = tuple(dict.fromkeys((*_unsure(everyone), *outside)))
    if best is Fit.ONE_BODY_AS_BOTH:
        doubled = (c for c in everyone if c.possibly(HEI) and c.possibly(VET))
        both = (c.partner.cell("type") for c in doubled)
        message = say("holds only if one body counts as university and as vocational provider")
        hint = say("Bring in one more university or vocational provider as full partner.")
        cells = tuple(dict.fromkeys((*both, *cells)))
    else:
        message = say("holds in some readings of the cells named, but not in all")
        hint = way_to_settle(cells, everyone)
    return Answer(Outcome.TO_CHECK, message, cells=cells, hint=hint)
