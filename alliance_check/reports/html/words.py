"""The words that several sections of the page use."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alliance_check.model.consortium import (
    Cell,
    Group,
    Partner,
    Presence,
    Role,
    Verdict,
)
from alliance_check.model.message import Items, Message, listed, say
from alliance_check.model.report import Caution, Finding, Report

VERDICTS = {
    Verdict.ELIGIBLE: say("Eligible"),
    Verdict.NOT_ELIGIBLE: say("Not eligible"),
    Verdict.UNDECIDED: say("Undecided"),
}
NOT_JUDGED = say("Not judged")
ROLES = {
    Role.COORDINATOR: say("coordinator"),
    Role.FULL_PARTNER: say("full partner"),
    Role.AFFILIATED_ENTITY: say("affiliated entity"),
    Role.ASSOCIATED_PARTNER: say("associated partner"),
    Role.SUBCONTRACTOR: say("subcontractor"),
    Role.UNKNOWN: say("role not read"),
}
PRESENCES = {
    Presence.CONFIRMED: say("confirmed"),
    Presence.POSSIBLE: say("only possible"),
    Presence.DECLINED: say("declined"),
}
GROUPS = {
    Group.EU: say("Member State"),
    Group.ASSOCIATED: say("associated country"),
    Group.OTHER: say("third country not associated"),
    Group.EXCLUDED: say("excluded country"),
    Group.UNKNOWN: say("country not read"),
}


def carried(verdict: Verdict, findings: Sequence[Finding]) -> list[tuple[Finding, Caution]]:
    """Return the doubts without which a yes must not be said."""
    if verdict is not Verdict.ELIGIBLE:
        return []
    return [(f, c) for f in findings for c in f.answer.cautions if c.in_verdict]


def verdict_words(verdict: Verdict, findings: Sequence[Finding]) -> Message:
    """Return a verdict; of a yes that only one source gives, with that source."""
    words = VERDICTS[verdict]
    if doubts := carried(verdict, findings):
        # "national agency's page, 2023": the year stands elsewhere.
        source = doubts[0][0].clause.source.title.partition(",")[0]
        return say("{verdict} by the {source}", verdict=words, source=Message(source))
    return words


def called(partner: Partner) -> Message | str:
    """Return the name of a partner, or a word for one without."""
    return partner.name.strip() or say("(no name)")


def titles(findings: Sequence[Finding]) -> Items:
    """Return the rules of findings as a list in words."""
    return listed((f.title for f in findings), len(findings))


class Owners:
    """Whose each cell of a sheet is."""

    def __init__(self, report: Report) -> None:
        self._sheet = report.input.sheet
        self._of: dict[Cell, Partner] = {}
        for partner in reversed(report.consortium.partners):
            beside = (remark.cell for remark in partner.open)
            self._of.update(dict.fromkeys((*partner.cells.values(), *beside), partner))
        self._named = {str(cell): cell for cell in self._of}

    def of(self, cell: Cell) -> Partner | None:
        """Return the partner that a cell speaks of; None where it is nobody's."""
        return self._of.get(cell)

    def named_in(self, message: Message) -> Iterator[Cell]:
        """Yield the cells that a sentence names."""
        for _, value in message.values:
            if isinstance(value, Message):
                yield from self.named_in(value)
            elif isinstance(value, str) and value in self._named:
                yield self._named[value]

    def address(self, cell: Cell) -> str:
        """Return where a cell stands, without the sheet where it is that of the table."""
        return cell.address if cell.sheet == self._sheet else str(cell)
