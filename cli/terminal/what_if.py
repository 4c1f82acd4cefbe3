"""What a change would do: the difference of two reports, for people, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from alliance_check.model.message import Message, say
from alliance_check.model.report import Answer, Report, WhatIf
from alliance_check.reports.words import OUTCOMES, lot_name, small, verdict_words

from .page import Page, Styled

if TYPE_CHECKING:
    from alliance_check.compare.two_sheets import RuleChange


def add_what_if(page: Page, report: Report, made: WhatIf, style: str) -> None:
    """Add the verdict with the one before it, and the rules whose outcome or room changed."""
    before = small(made.verdict_before)
    earlier = f"as before ({before})" if report.verdict is made.verdict_before else f"was {before}"
    place = page.text(Styled(report.input.name, "bold"), f" · {lot_name(report)}")
    words = page.text(Styled(verdict_words(report), style), f"  {earlier}   ", place)
    page.paragraph(words, hang=2)
    if page.look.quiet:
        return
    page.paragraph(page.text(f"what if: {'; '.join(made.changes)}"), hang=2)
    for note in _assumed(made):
        page.paragraph(page.text(Styled(note, "dim")), hang=2)
    _add_differences(page, report, made)


def _assumed(made: WhatIf) -> Iterator[Message]:
    """Yield what is assumed where the sheet says nothing."""
    if any(change.startswith("add:") for change in made.changes):
        yield say(
            "A new partner is taken with a share of 0 and, if it is a university, with a charter."
        )


def _add_differences(page: Page, report: Report, made: WhatIf) -> None:
    from alliance_check.compare.two_sheets import rule_changes

    found = rule_changes(made.findings_before, report.findings)
    page.heading("What changes" if found else "No rule answers otherwise, and no margin changes.")
    for change in found:
        after = change.after
        name = "other" if after is None else after.outcome.value
        sign = page.text("  ", page.sign(name), " ")
        title = Styled(change.title, "bold")
        arrow = page.sign("arrow")
        words = f"{_answer_words(change.before)} {arrow} {_answer_words(after)}"
        page.paragraph(page.text(title, f": {words}", _margin(change, arrow)), sign)


def _answer_words(answer: Answer | None) -> str:
    if answer is None:
        return "the calls agree"  # no other rule comes or goes with a change
    return f"{OUTCOMES[answer.outcome]} ({answer.message})"


def _margin(change: RuleChange, arrow: str) -> str:
    before, after = (answer and answer.room for answer in (change.before, change.after))
    if before is None or after is None or before == after:
        return ""
    return f" · margin {before} {arrow} {after}"
