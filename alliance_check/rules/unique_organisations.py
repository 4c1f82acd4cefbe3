"""An organisation counts once, however many rows it has.

Rows with the same PIC or OID are one organisation; where an id is missing, rows with the same name
and country are. That is a caution as long as the rows agree. Where they differ in country, type or
role, the sheet says two things at once and the rule is to check. Different PICs under one name are
two organisations, with a caution; one PIC beside two names that have nothing in common, or one name
in two cities, is one organisation or two, with a caution too. Never not met by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from alliance_check.model.consortium import Consortium
from alliance_check.model.message import say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer, Caution
from alliance_check.model.sheet import Cell
from alliance_check.rules.shared.base import Scope, Terms
from alliance_check.text.folding import fold

ID = "unique-organisations"
TITLE = "each organisation once"
SCOPE = Scope.PARTNER


def concerns(consortium: Consortium, terms: Terms) -> bool:
    """Return whether there is anything to judge."""
    return any(partner.same_as is not None for partner in consortium.partners)


def check(consortium: Consortium, terms: Terms) -> Answer:
    """Look for organisations that stand in more than one row."""
    firsts = [p for p in consortium.partners if p.same_as is None]
    rows: dict[Cell, list[Cell]] = defaultdict(list)
    for partner in consortium.partners:
        if partner.same_as is not None:
            rows[partner.same_as].append(partner.cell("name"))
    twice = tuple(
        Caution(say("one organisation in several rows, counted once"), (first, *others))
        for first, others in rows.items()
    )
    differing = [first.cell("name") for first in firsts if first.twin_differs]
    if differing:
        return Answer(
            Outcome.TO_CHECK,
            say("the rows of one organisation differ in country, type or role"),
            cells=tuple(cell for first in differing for cell in (first, *rows[first])),
            cautions=(*twice, *_namesakes(consortium)),
            hint=say("Keep one row of the organisation, or correct the PIC of the other."),
        )
    return Answer(
        Outcome.MET,
        say("each organisation is counted once"),
        cautions=(*twice, *_namesakes(consortium)),
    )


def _namesakes(consortium: Consortium) -> Iterator[Caution]:
    """Yield a caution for every name with more than one PIC, and for what may be one or two."""
    numbers: dict[str, list[Cell]] = defaultdict(list)
    doubles: dict[Cell, tuple[Cell, ...]] = {}
    names: dict[Cell, set[str]] = defaultdict(set)
    for partner in consortium.taking_part:
        name = partner.cells["name"]
        if partner.pic and fold(partner.name):
            numbers[fold(partner.name)].append(name)
        if partner.double is not None:
            first = partner.double.names[0]
            doubles[first] = partner.double.names
            names[first].add(fold(partner.name))
    said = say("one name with different PICs; counted as two organisations")
    yield from (Caution(said, tuple(cells)) for cells in numbers.values() if len(cells) > 1)
    for first, cells in doubles.items():
        said = say("one PIC with different names; counted as one organisation or two")
        if len(names[first]) == 1:
            said = say("one name in different cities; counted as one organisation or two")
        yield Caution(said, cells)
