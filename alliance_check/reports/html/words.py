"""The words that several sections of the page use."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_check.model.consortium import (
    Verdict,
)
from alliance_check.model.message import Items, Message, listed, say
from alliance_check.model.report import Caution, Finding

VERDICTS = {
    Verdict.ELIGIBLE: say("Eligible"),
    Verdict.NOT_ELIGIBLE: say("Not eligible"),
    Verdict.UNDECIDED: say("Undecided"),
}
NOT_JUDGED = say("Not judged")


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


def titles(findings: Sequence[Finding]) -> Items:
    """Return the rules of findings as a list in words."""
    return listed((f.title for f in findings), len(findings))
