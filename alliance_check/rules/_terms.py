"""What a rule is asked under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alliance_check.model.call import Call, Clause, Lot
from alliance_check.rules._counting import Claimant


@dataclass(frozen=True)
class Terms:
    """What a rule is asked under: the call, the lot, and its own clause.

    *claimants* are those who count under the call; they are told once for all rules.
    """

    call: Call
    lot: Lot
    clause: Clause
    claimants: Sequence[Claimant]
