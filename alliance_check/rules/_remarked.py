"""Remarks that nobody understood, beside partners without whom the minima would not hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from alliance_check.model.consortium import Cell, Consortium, Outcome, Role
from alliance_check.model.message import listed, say
from alliance_check.model.report import Answer, Caution
from alliance_check.rules._counting import Claimant

_MOST, _LONGEST = 5, 40
"""How many remarks are quoted, and how much of each."""


def remarked(
    consortium: Consortium,
    everyone: Iterable[Claimant],
    judged: Callable[[list[Claimant]], Answer],
) -> tuple[Caution, ...]:
    """Return the doubt about needed partners with such remarks; *judged* tells if minima hold.

    They are needed when the minima do not hold without them all, and so is the coordinator.
    """
    beside: dict[Cell, list[tuple[Cell, str]]] = defaultdict(list)
    for partner in consortium.partners:
        beside[partner.same_as or partner.cell("name")] += partner.remarks
    needed: list[Claimant] = []
    rest: list[Claimant] = []
    for one in everyone:
        (needed if beside[one.partner.cell("name")] else rest).append(one)
    led = any(one.partner.role is Role.COORDINATOR for one in needed)
    if not needed or (not led and judged(rest).outcome is Outcome.MET):
        return ()
    # What is remarked of nobody by name stands beside everyone, and is quoted once.
    every = (remark for one in needed for remark in beside[one.partner.cell("name")])
    remarks = list(dict.fromkeys(every))
    doubt = say(
        "what is remarked of partners who are needed was not understood, so it changed nothing: "
        "{remarks}",
        remarks=listed((f'"{text[:_LONGEST]}"' for _, text in remarks), _MOST),
    )
    return (Caution(doubt, tuple(cell for cell, _ in remarks)),)
