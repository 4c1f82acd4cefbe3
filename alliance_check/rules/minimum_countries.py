"""The applicants must come from enough different countries.

Counted are the EU Member States and the third countries associated to the programme, both
together, in which a coordinator or full partner is established. A country counts once, however
many partners it has; an outermost region or overseas territory counts as its Member State.
A partner whose country, role or presence is not known may or may not add a country.

Not counted: affiliated entities, associated partners, subcontractors, and every partner from a
third country not associated.
"""

from __future__ import annotations

from dataclasses import replace

from alliance_check.calls import Call, Terms
from alliance_check.findings import Answer, Caution
from alliance_check.messages import Message, say
from alliance_check.model import Consortium
from alliance_check.rules._counting import Claimant, claimants, count_countries, taking_part
from alliance_check.rules._minimum import judged, obstacle

ID = "minimum-countries"
TITLE = "countries"


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Count the different countries of the applicants."""
    call = terms.call
    everyone = claimants(consortium, call)
    sure = {call.state(c.partner.country) for c in everyone if c.sure}
    unsure = [c for c in everyone if call.state(c.partner.country) not in sure]
    hanging = tuple(cell for c in unsure for cell in c.doubts)
    counted = {id(c.partner) for c in everyone}
    rest = [p for p in taking_part(consortium) if id(p) not in counted]
    new = tuple(obstacle(p, call, "country") for p in rest if call.state(p.country) not in sure)
    wrong = new or tuple(c.partner.cell("country") for c in everyone)
    count = count_countries(everyone, call)
    answer = judged(count, terms.clause.number, hanging, wrong, _way_out)
    return replace(answer, cautions=_cautions(everyone, call))


def _way_out(missing: int) -> Message:
    return say(
        "Bring in full partners from Member States or associated countries that are not yet in "
        "the consortium; {missing} more needed.",
        missing=missing,
    )


def _cautions(everyone: list[Claimant], call: Call) -> tuple[Caution, ...]:
    found = [
        Caution(
            say("no guide mentions Svalbard and Jan Mayen; counted as Norway"),
            (c.partner.cell("country"),),
        )
        for c in everyone
        if c.partner.country == "SJ"
    ]
    states = {call.state(c.partner.country) for c in everyone}
    if states and None not in states and not states & call.member_states:
        found.append(
            Caution(say("no applicant is from a Member State; no guide says whether one must be"))
        )
    return tuple(found)
