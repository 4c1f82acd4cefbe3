"""Which cells leave it open what organisations count as."""

from __future__ import annotations

from collections.abc import Iterable

from alliance_check.model.consortium import EDUCATION, HEI, LABOUR, VET, Cell
from alliance_check.rules._counting import Claimant

_FUNCTIONS = (LABOUR, EDUCATION, HEI, VET)


def unsure(everyone: Iterable[Claimant]) -> tuple[Cell, ...]:
    """Return the cells of whatever may count as something, but need not."""
    claimants = list(everyone)
    cells = [
        cell
        for claimant in claimants
        for function in _FUNCTIONS
        if claimant.possibly(function) and not claimant.surely(function)
        for cell in claimant.doubts_about(function)
    ]
    return tuple(dict.fromkeys([*cells, *(cell for one in claimants for cell in one.doubts)]))


def double(everyone: Iterable[Claimant]) -> tuple[Cell, ...]:
    """Return the cells of the bodies that may be university and vocational provider at once."""
    both = (one for one in everyone if one.possibly(HEI) and one.possibly(VET))
    return tuple(one.partner.cell("type") for one in both)
