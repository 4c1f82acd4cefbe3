"""What the texts beside one partner say of it, gathered until it is known what they change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from alliance_check.model.consortium import Presence, Role
from alliance_check.model.message import Message, say
from alliance_check.model.sheet import Cell, Remark
from alliance_check.parse.table.values import PartnerTable

_MOST = 5
_LONGEST = 40


@dataclass(slots=True)
class Remarks:
    """What the texts beside one partner say of it, each with its cell.

    *headed* are statuses by the header of a column, *withdrawn* are texts that say that the partner
    withdrew, *doubts* make it only possible, *open* are the texts that were not understood, *roles*
    are said by notes and titles, and *countries* are other seats than the one in the column of
    countries.
    """

    headed: list[tuple[Remark, Presence]] = field(default_factory=list)
    withdrawn: list[Remark] = field(default_factory=list)
    doubts: list[Remark] = field(default_factory=list)
    open: list[Remark] = field(default_factory=list)
    invited: list[Remark] = field(default_factory=list)
    roles: list[tuple[Remark, Role]] = field(default_factory=list)
    countries: list[tuple[Remark, str]] = field(default_factory=list)

    @property
    def applied(self) -> Iterator[Remark]:
        """The texts that change what is known of the partner."""
        yield from (*self.withdrawn, *self.doubts, *self.invited)
        for said in (*self.headed, *self.roles, *self.countries):
            yield said[0]


def comments(table: PartnerTable) -> Mapping[int, list[Remark]]:
    """Return the comments on the cells of each row, by its number."""
    found: dict[int, list[Remark]] = defaultdict(list)
    for (number, column), text in table.sheet.comments.items():
        if text.strip():
            cell = Cell(table.sheet.name, number, column)
            found[number].append(Remark(cell, text.strip(), comment=True))
    return found


DOUBTED = say("Only possible because of what is remarked: {value}.")
UNREAD = say("Remarks that were not understood: {value}.")


def quoted(remarks: Sequence[Remark]) -> str:
    """Return remarks with their cells, the first few of them.

    >>> quoted([Remark(Cell("Partners", 3, 6), "blue folder")])
    'Partners!F3 "blue folder"'
    """
    shown = ", ".join(
        f'{cell} "{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"}"'
        for cell, text, _ in remarks[:_MOST]
    )
    more = len(remarks) - _MOST
    return shown if more <= 0 else f"{shown} and {more} more"


def notes(every: Sequence[Remarks]) -> Iterator[Message]:
    """Yield which texts make a partner only possible, and which were not understood."""
    # A text about the whole list stands beside every partner, and is quoted once.
    doubts = list(dict.fromkeys(remark for remarks in every for remark in remarks.doubts))
    unread = list(dict.fromkeys(remark for remarks in every for remark in remarks.open))
    withdrawn = [remark for remarks in every for remark in remarks.withdrawn]
    if withdrawn:
        yield say("Withdrawn by what is remarked: {remarks}.", remarks=quoted(withdrawn))
    if doubts:
        yield DOUBTED.about(quoted(doubts))
    if unread:
        yield UNREAD.about(quoted(unread))
