"""What to change, how safe a yes is, and what was changed, as JSON."""

from __future__ import annotations

from typing import Any

from alliance_check.model.report import Advice, Repair, WhatIf

Json = dict[str, Any]


def advice(found: Advice) -> Json:
    """Return the object of the advice.

    ``fewest`` is how many partners must leave to break a minimum, null where one is broken;
    ``example`` are such partners; ``none`` tells why nothing helps.
    """
    margins = found.margins
    return {
        "repairs": [_repair(repair) for repair in found.repairs],
        "none": None if found.none is None else str(found.none),
        "margins": dict(margins.room),
        "critical_partners": [str(cell) for cell in margins.critical],
        "fewest": margins.fewest or None,
        "example": [str(cell) for cell in margins.example],
    }


def what_if(made: WhatIf) -> Json:
    """Return the object of the changes with which the consortium was judged."""
    return {"changes": list(made.changes), "verdict_before": made.verdict_before.value}


def _repair(repair: Repair) -> Json:
    return {"cost": repair.cost, "changes": list(repair.changes), "text": repair.text}
