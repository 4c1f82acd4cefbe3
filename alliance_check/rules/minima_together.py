"""All minimum numbers must hold at the same time.

Each minimum alone may look safe while the consortium is not: one unread partner cannot fill two
open places, and one organisation cannot count as labour market actor and as education provider at
once. A body counted as labour market actor supplies neither the university nor the vocational
provider. The organisations are dealt out to the two groups in the best possible way, once with
every doubt settled against the consortium and once in its favour.

Not met: no reading and no way to deal them out meets all minima. To check: some do and some do
not, or it needs one body as the university and the vocational provider at once. Not applicable:
one minimum alone is not met already.
"""

from __future__ import annotations

from alliance_check.model.call import Lot
from alliance_check.model.consortium import EDUCATION, HEI, LABOUR, VET, Cell, Consortium, Outcome
from alliance_check.model.message import say
from alliance_check.model.report import Answer
from alliance_check.rules.shared.base import Scope, Terms, everything
from alliance_check.rules.shared.claimants import (
    Claimant,
    count_countries,
    count_function,
    count_partners,
)
from alliance_check.rules.shared.matching import Fit, Needs, best_fit
from alliance_check.rules.shared.minimum import FUNCTIONS, settle

ID = "minima-together"
TITLE = "all minima at once"
SCOPE = Scope.CONSORTIUM
concerns = everything

_MINIMA = {
    "minimum-labour-market-actors": LABOUR,
    "minimum-education-providers": EDUCATION,
    "higher-education-partner": HEI,
    "vet-partner": VET,
}


def check(consortium: Consortium, terms: Terms) -> Answer:  # noqa: ARG001 - every rule has both
    """Deal the organisations out to the two groups, at worst and at best."""
    everyone, lot = list(terms.claimants), terms.lot
    needs = Needs(*(_need(lot, rule) for rule in _MINIMA))
    counts = [count_function(everyone, function) for function in _MINIMA.values()]
    alone = [count.at_least(need) for count, need in zip(counts, needs, strict=True)]
    heads = [
        count_countries(everyone, terms.call).at_least(_need(lot, "minimum-countries")),
        count_partners(everyone).at_least(_need(lot, "minimum-partners")),
    ]
    if Outcome.NOT_MET in (*alone, *heads):
        return Answer(Outcome.NOT_APPLICABLE, say("one minimum by itself is not met"))
    worst = best_fit((c.partner.functions.sure for c in everyone if c.sure), needs)
    best = best_fit((c.partner.functions.sure | c.partner.functions.may for c in everyone), needs)
    if best is Fit.NONE:
        return _not_met(everyone)
    if worst is Fit.CLEAN and Outcome.TO_CHECK not in heads:
        return Answer(Outcome.MET, say("every minimum holds with each organisation counted once"))
    return _to_check(everyone, best)


def _need(lot: Lot, rule: str) -> int:
    """Return a minimum; 0 where it is not known, so that only the known ones are asked for."""
    clause = lot.clauses.get(rule)
    return 0 if clause is None or clause.unknown is not None else clause.number


def _unsure(everyone: list[Claimant]) -> tuple[Cell, ...]:
    """Return the cells of whoever may count, or may count as something, but need not."""
    cells = [
        cell
        for claimant in everyone
        for function in FUNCTIONS
        if claimant.possibly(function) and not claimant.surely(function)
        for cell in claimant.doubts_about(function)
    ]
    return tuple(dict.fromkeys([*cells, *(cell for one in everyone for cell in one.doubts)]))


def _not_met(everyone: list[Claimant]) -> Answer:
    return Answer(
        Outcome.NOT_MET,
        say("some organisation would have to count twice to reach every minimum"),
        cells=_unsure(everyone) or tuple(c.partner.cell("type") for c in everyone),
        hint=say(
            "Bring in one more organisation for the group that falls short; each organisation "
            "counts as labour market actor or as education provider, not as both."
        ),
    )


def _to_check(everyone: list[Claimant], best: Fit) -> Answer:
    if best is Fit.ONE_BODY_AS_BOTH:
        message = say("holds only with one body as university and vocational provider at once")
        hint = say("Bring in one more university or vocational provider as full partner.")
        doubled = (c for c in everyone if c.possibly(HEI) and c.possibly(VET))
        both = tuple(c.partner.cell("type") for c in doubled)
        cells = (*both, *_unsure(everyone))
    else:
        message = say("holds in some readings of the cells named, not in all")
        cells = _unsure(everyone)
        hint = settle(cells, everyone)
    return Answer(Outcome.TO_CHECK, message, cells=cells, hint=hint)
