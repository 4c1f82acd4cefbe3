"""The report for people: verdict first, then why, then everything else."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_check.model.consortium import Outcome, Verdict
from alliance_check.model.report import Report, Result
from alliance_check.reports.words import (
    call_name,
    having,
    lot_name,
    newest_line,
    verdict_words,
    with_possible,
)

from .page import VERDICT_STYLES, Look, Page, Styled
from .sections import (
    add_beyond,
    add_cautions,
    add_gate,
    add_margin,
    add_minima,
    add_not_checked,
    add_partners,
    add_problems,
    add_repairs,
    add_why,
)
from .words import project_words


def render(results: Sequence[Result], look: Look, *, batch: bool = False, skipped: str = "") -> str:
    """Return the text of one report, or of a summary when there is more than one result.

    *skipped* tells how many files of a folder were passed over.
    """
    page = Page(look)
    reports = [result for result in results if isinstance(result, Report)]
    whole = len(results) == 1 and not batch
    if reports and (whole or all(report.what_if is not None for report in reports)):
        for report in reports:
            add_report(page, report)
        return page.result()
    from .summary import add_summary

    if look.full:
        for result in results:
            if isinstance(result, Report):
                add_report(page, result)
                page.heading("")
    add_summary(page, results, skipped)
    return page.result()


def add_report(page: Page, report: Report) -> None:
    """Add one whole report, or its verdict line alone; of a what-if only what it changes."""
    if report.what_if is not None:
        from .what_if import add_what_if

        add_what_if(page, report, report.what_if, VERDICT_STYLES[report.verdict])
        return
    _add_verdict(page, report)
    if page.look.quiet:
        return
    _add_second_lines(page, report)
    add_why(page, report)
    add_repairs(page, report)
    add_minima(page, report)
    add_margin(page, report)
    add_problems(page, report)
    add_cautions(page, report)
    add_gate(page, report)
    add_partners(page, report)
    add_not_checked(page, report)
    add_beyond(page)


def _add_verdict(page: Page, report: Report) -> None:
    words = verdict_words(report)
    style = VERDICT_STYLES[report.verdict]
    place = page.text(Styled(report.input.name, "bold"), f" · {lot_name(report)}")
    if len(words) > 20:
        page.paragraph(page.text(Styled(words, style)), hang=2)
        page.paragraph(place, 2)
    else:
        page.paragraph(page.text(Styled(words, style), "   ", place), hang=2)


def _add_second_lines(page: Page, report: Report) -> None:
    newest = newest_line(report)
    call = call_name(report.call) + (f" · {newest}" if newest else "")
    page.paragraph(page.text(call), hang=2)
    page.paragraph(page.text(Styled(_read(report), "dim")), hang=2)
    words = project_words(report.consortium.project)
    if words:
        page.paragraph(page.text(Styled(words, "dim")), hang=2)
    for note in report.input.notes:
        page.paragraph(page.text(Styled(f"note: {note}", "dim")), hang=2)
    possible, colon, verdict = with_possible(report).partition(": ")
    if verdict:
        styled = page.text(possible.capitalize(), colon, Styled(verdict, "bold"))
        page.paragraph(styled, hang=2)
    if report.verdict is Verdict.ELIGIBLE:
        page.paragraph(page.text(_extent(report)), hang=2)


def _read(report: Report) -> str:
    sheet = f"sheet {report.input.sheet}, " if report.input.sheet else ""
    partners = len(report.consortium.partners)
    noun = "partner" if partners == 1 else "partners"
    return f"read: {sheet}headers in row {report.input.header_row}, {partners} {noun} below"


def _extent(report: Report) -> str:
    shown = len(having(report, Outcome.MET))
    rules = "1 rule" if shown == 1 else f"{shown} rules"
    return (
        f"Eligible on the {rules} that this sheet can show; {len(report.not_checked)} not checked."
    )
