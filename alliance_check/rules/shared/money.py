"""Comparing amounts that may be ranges with limits that may be ranges."""

from __future__ import annotations

from decimal import Decimal

from alliance_check.model.consortium import Amount, Gap, Outcome
from alliance_check.model.message import Message, eur, say


def at_most(amount: Amount, lowest: Decimal, highest: Decimal | None) -> Outcome:
    """Compare an amount with a limit somewhere between *lowest* and *highest* EUR.

    Above every limit is not met, at or below the lowest is met. An amount that may pass the limit
    only because cells are blank claims nothing; whatever else is open is to check.
    """
    if highest is not None and amount.low > highest:
        return Outcome.NOT_MET
    if amount.high is not None and amount.high <= lowest:
        return Outcome.MET
    only_blank = amount.gap is Gap.BLANK and (highest is None or amount.low <= lowest)
    return Outcome.NOT_CHECKED if only_blank else Outcome.TO_CHECK


def spoken(amount: Amount) -> Message:
    """Return an amount for a message: one number, a range, or a lower bound and why."""
    if amount.exact is not None:
        return say("{low}", low=eur(amount.low))
    if amount.gap is Gap.BLANK:
        return say("at least {low} (some cells are blank)", low=eur(amount.low))
    if amount.high is None:
        return say("at least {low} (some cells could not be read)", low=eur(amount.low))
    return say("{low} to {high}", low=eur(amount.low), high=eur(amount.high))
