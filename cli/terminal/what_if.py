"""What a change would do: the difference of two reports, for people, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_check.advice.changes import read_change
from alliance_check.model.message import Message, listed, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer, Report, WhatIf
from alliance_check.reports.words import OUTCOMES, SMALL, spare

from .blocks import add_verdict
from .page import Page, Styled

if TYPE_CHECKING:
    from alliance_check.compare.two_sheets import RuleChange


def add_what_if(page: Page, report: Report, made: WhatIf) -> None:
    """Add the verdict with the one before it, and the rules whose outcome or room changed."""
    earlier = say(", was {verdict}", verdict=SMALL[made.verdict_before])
    if report.verdict is made.verdict_before:
        earlier = say(", as before")
    add_verdict(page, report, earlier)
    if page.style.quiet:
        return
    changes = listed((_change(text, report) for text in made.changes), len(made.changes))
    page.paragraph(say("what if: {changes}", changes=changes), hang=2)
    if any(change.startswith("add:") for change in made.changes):
        assumed = say(
            "A new partner is taken with a share of 0 and, if it is a university, with a charter."
        )
        page.paragraph(Styled(assumed, "dim"), hang=2)
    _add_differences(page, report, made)


def _change(text: str, report: Report) -> Message:
    """Return a change with the name of the partner whose cell it gives."""
    cell = read_change(text).cell
    partners = report.consortium.partners
    names = [p.name for p in partners if cell is not None and p.cells["name"][1:] == cell[1:]]
    return say("{change} ({name})", change=text, name=names[0]) if names else say("{t}", t=text)


def _add_differences(page: Page, report: Report, made: WhatIf) -> None:
    from alliance_check.compare.two_sheets import rule_changes

    found = rule_changes(made.findings_before, report.findings)
    same = say("No rule answers otherwise, and no margin changes.")
    page.heading(say("What changes") if found else same)
    for difference in found:
        after = difference.after
        name = "other" if after is None else after.outcome.value
        sign = page.text("  ", page.sign(name), " ")
        title = Styled(difference.title, "bold")
        page.paragraph(page.text(title, ": ", _difference(difference, page.sign("arrow"))), sign)


def _difference(difference: RuleChange, arrow: str) -> Message:
    """Return how far a minimum was and is from what is needed; of other rules the outcome."""
    before, after = difference.before, difference.after
    rooms = [None if answer is None else spare(answer) for answer in (before, after)]
    if rooms[0] is not None and rooms[1] is not None:
        return say("{before} {arrow} {after}", before=rooms[0], arrow=arrow, after=rooms[1])
    words = say("{before} {arrow} {after}", before=_words(before), arrow=arrow, after=_words(after))
    if after is not None and after.outcome in {Outcome.NOT_MET, Outcome.TO_CHECK}:
        return say("{change} ({message})", change=words, message=after.message)
    return words


def _words(answer: Answer | None) -> Message:
    # Only that two calls differ comes or goes with a change.
    return say("the calls agree") if answer is None else OUTCOMES[answer.outcome]
