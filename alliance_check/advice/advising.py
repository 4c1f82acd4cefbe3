"""What to change, and how much room there is: the whole advice on one consortium."""

from __future__ import annotations

from alliance_check.advice.margins import margins
from alliance_check.advice.search import Search
from alliance_check.advice.wording import sentences
from alliance_check.model.advice import Advice, Repair
from alliance_check.model.call import Call, Lot
from alliance_check.parse.consortium.draft import finished
from alliance_check.parse.consortium.parsed import Basis


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
