"""The blocks of the report for people that say what to change, and how safe a yes is."""

from __future__ import annotations

from alliance_check.model.report import Report
from alliance_check.reports.advice_words import margin, no_repair, repairs

from .page import Page, Styled


def add_repairs(page: Page, report: Report) -> None:
    """Add every cheapest set of changes that makes the consortium eligible, or why none does."""
    found, none = repairs(report), no_repair(report)
    if not found and not none:
        return
    page.heading("What to change" if len(found) < 2 else "What to change: any one of these")
    for number, text in enumerate(found, start=1):
        mark = page.sign("arrow") if len(found) == 1 else f"{number}."
        page.paragraph(page.text(text), page.text(f"  {mark} "))
        _add_replay(page, report, number - 1)
    if none:
        page.paragraph(page.text(none), 2)


def _add_replay(page: Page, report: Report, number: int) -> None:
    """Add how to try it out, for those who want to see everything."""
    if page.look.full and report.advice is not None:
        changes = report.advice.repairs[number].changes
        tried = " ".join(f'--what-if "{change}"' for change in changes)
        page.paragraph(page.text(Styled(tried, "dim")), 5, 7)


def add_margin(page: Page, report: Report) -> None:
    """Add how many may leave, and who may not."""
    found = list(margin(report))
    if not found:
        return
    page.heading("Margin")
    for line in found:
        page.paragraph(page.text(line), 2, 4)
