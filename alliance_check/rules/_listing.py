"""What the list of charter holders says of a university, at the deadline of a call."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from alliance_check.model.consortium import Holder, Partner, Said
from alliance_check.model.message import Message, listed, say
from alliance_check.rules._said import Words

_LOOK = say("Give its PIC or Erasmus code as the list has it, or ask it for its charter.")


def said_by_list(partner: Partner, deadline: date) -> Said:
    """Return yes, no or unread; without a list what the column says.

    A column that says no, or an end before the deadline, beside a list that says yes leaves it
    open.
    """
    said, until = partner.charter, partner.charter_until
    if until is not None:
        said = Said.YES if until >= deadline else Said.NO
    if partner.listing is None:
        return said
    holders = partner.listing.holders
    if any(_holds(holder, deadline) for holder in holders):
        return Said.UNREAD if said is Said.NO else Said.YES
    if said is Said.NO:
        return Said.NO
    ended = [holder for holder in holders if holder.end is not None and holder.end < deadline]
    return Said.NO if holders and len(ended) == len(holders) else Said.UNREAD


def _holds(holder: Holder, deadline: date) -> bool:
    started = holder.start is not None and holder.start <= deadline
    return started and (holder.end is None or holder.end >= deadline)


def words_of_list(partners: Iterable[Partner]) -> Words:
    """Return what is said where a list was looked into, with the names like those not found."""
    near = [name for p in partners if p.listing is not None for name in p.listing.near]
    return Words(
        met=say("every university holds a charter by the list of holders"),
        missing=say("a university holds no charter at the deadline"),
        blank=say("the sheet does not say whether this university holds the charter"),
        unread=say("a university is not in the list of charter holders as one at the deadline"),
        way_out=_way_out(near),
    )


def _way_out(near: list[str]) -> Message:
    if not near:
        return _LOOK
    return say("In the list there are: {names}. {look}", names=listed(near, 6), look=_LOOK)
