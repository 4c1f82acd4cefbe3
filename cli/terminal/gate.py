"""The block of the report for people that says what the gate let pass."""

from __future__ import annotations

from alliance_check.model.report import Report
from alliance_check.reports.gate_words import WAIVED, gate_lines

from .page import Page, Styled


def add_idle(page: Page, report: Report) -> None:
    """Add a line for each waiver that let nothing pass; what it passed is said with the verdict."""
    for line in gate_lines(report):
        if line.kind != WAIVED:
            sign = page.text("  ", Styled(page.sign("caution"), "yellow"), " ")
            page.paragraph(page.text(line.sentence), sign)


def add_gate(page: Page, report: Report) -> None:
    """Add a line for each waiver: what it let pass, or why it did not."""
    found = list(gate_lines(report))
    if not found:
        return
    page.heading("Gate")
    for line in found:
        name, style = ("other", "dim") if line.kind == WAIVED else ("caution", "yellow")
        sign = page.text("  ", Styled(page.sign(name), style), " ")
        title = [Styled(line.finding.title, "bold"), ": "] if line.finding else []
        page.paragraph(page.text(*title, line.sentence), sign)
