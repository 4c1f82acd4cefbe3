"""What to change, how safe a yes is, and what would be if."""

from __future__ import annotations

from alliance_check.advice.applying import apply
from alliance_check.advice.changes import Change, read_change
from alliance_check.advice.comparing import Difference, differences
from alliance_check.advice.margins import margins
from alliance_check.advice.search import Search
from alliance_check.advice.wording import sentences
from alliance_check.advised import Advice, Margins, Repair
from alliance_check.calls import Call, Lot
from alliance_check.parse.basis import Basis, finished

__all__ = [
    "Advice",
    "Change",
    "Difference",
    "Margins",
    "Repair",
    "advise",
    "apply",
    "differences",
    "margins",
    "read_change",
]


def advise(basis: Basis, call: Call, lot: Lot, *, strict: bool = False) -> Advice:
    """Return what to change so that the consortium is eligible, and how much room there is."""
    consortium = finished(basis).consortium
    found = Search(basis, call, lot, strict=strict).found()
    repairs = tuple(
        Repair(
            plan.cost,
            tuple(map(str, plan.changes)),
            sentences(plan.changes, plan.missing, consortium, call),
        )
        for plan in found.plans
    )
    return Advice(margins(consortium, call, lot), repairs, found.none)
