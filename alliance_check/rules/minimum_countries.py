"""The applicants must come from enough different countries.

Counted are the EU Member States and the third countries associated to the programme, both
together, in which a coordinator or full partner is established. A country counts once, however
many partners it has; an outermost region or overseas territory counts as its Member State.
A partner whose country, role or presence is not known may or may not add a country.

Not counted: affiliated entities, associated partners, subcontractors, and every partner from a
third country not associated.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from alliance_check.model.call import Call
from alliance_check.model.consortium import Consortium
from alliance_check.model.message import Message, say
from alliance_check.model.report import Answer, Caution
from alliance_check.model.sheet import Cell
from alliance_check.rules.shared.base import Scope, Terms, everything
from alliance_check.rules.shared.claimants import Claimant
from alliance_check.rules.shared.minima import judge_minimum, obstacle, others_than
from alliance_check.vocabulary.countries import country

ID = "minimum-countries"
TITLE = "countries"
SCOPE = Scope.CONSORTIUM
concerns = everything


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Count the different countries of the applicants."""
    call, everyone = terms.call, terms.claimants
    sure = frozenset[str]().union(*(c.surely_from() for c in everyone))
    unsure = (c for c in everyone if not c.states <= sure or not c.sure_states)
    hanging = (cell for c in unsure for cell in _doubts(c))
    wrong = _wrong(consortium, terms, sure)
    answer = judge_minimum(everyone.countries, terms, hanging, wrong, _way_out)
    return replace(answer, cautions=_cautions(everyone, call))


def _doubts(claimant: Claimant) -> tuple[Cell, ...]:
    """Return the cells that leave open which country a claimant adds."""
    if len(claimant.states) > 1:
        return (*claimant.doubts, claimant.partner.cell("country"))
    return claimant.doubts or claimant.double_cells


def _wrong(consortium: Consortium, terms: Terms, sure: Container[str | None]) -> Iterator[Cell]:
    """Yield the cells that keep new countries from counting, or all countries where none does."""
    call, rest = terms.call, others_than(terms.claimants, consortium)
    new = [obstacle(p, call, "country") for p in rest if call.state(p.country) not in sure]
    yield from new or [c.partner.cell("country") for c in terms.claimants]


def _way_out(missing: int) -> Message:
    return say(
        "Bring in full partners from Member States or associated countries that are not yet in "
        "the consortium; {missing} more needed.",
        missing=missing,
    )


def _cautions(everyone: Sequence[Claimant], call: Call) -> tuple[Caution, ...]:
    found = [
        Caution(
            say(
                "no guide mentions {territory}; counted as {state}",
                territory=country(code),
                state=country(call.state(code) or ""),
            ),
            (c.partner.cell("country"),),
        )
        for c in everyone
        if (code := c.partner.country) is not None and code in call.unmentioned
    ]
    if everyone and all(c.states and not c.states & call.member_states for c in everyone):
        found.append(
            Caution(say("no applicant is from a Member State; no guide says whether one must be"))
        )
    return tuple(found)
