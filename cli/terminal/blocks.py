"""Blocks that several outputs for people share: the verdict, the waivers, the settings of texts."""

from __future__ import annotations

from collections.abc import Iterable

from alliance_check.model.message import Value, say
from alliance_check.model.report import Report
from alliance_check.reports.gate_words import WAIVED, gate_lines
from alliance_check.reports.text_words import HEEDED, setting_lines
from alliance_check.reports.words import (
    call_words,
    caution_count,
    verdict_words,
)

from .page import VERDICT_STYLES, Page, Styled


def add_verdict(page: Page, report: Report, *behind: object) -> None:
    """Add the verdict with the file, the lot and the call; *behind* stands beside the verdict."""
    words, beside = verdict_words(report), caution_count(report)
    style = VERDICT_STYLES[report.verdict]
    verdict = page.text(Styled(words, style), *behind)
    if beside is not None and not behind:
        verdict = page.text(verdict, " · ", Styled(beside, "yellow"))
    file = page.text(Styled(report.name, "bold"))
    lot = page.text(say("Lot {number}", number=report.lot.number), " · ", call_words(report))
    whole = page.text(verdict, "   ", file, " · ", lot)
    if whole.cell_len <= page.style.width:
        page.write(whole)
    elif len(str(words)) > 20:
        page.paragraph(verdict, hang=2)
        page.paragraph(page.text(file, " · ", lot), 2)
    else:
        page.paragraph(page.text(verdict, "   ", file), hang=2)
        page.paragraph(lot, 2)


def add_waivers(page: Page, report: Report, *, idle: bool = False) -> None:
    """Add a line for each waiver: what it let pass, or why it did not; or only the *idle* ones."""
    found = [line for line in gate_lines(report) if not (idle and line.kind == WAIVED)]
    if not found:
        return
    if not idle:
        page.heading(say("Gate"))
    for line in found:
        name, style = ("other", "dim") if line.kind == WAIVED else ("caution", "yellow")
        sign = page.bullet(name, style)
        title = [Styled(line.finding.title, "bold"), ": "] if line.finding else []
        page.paragraph(page.text(*title, line.sentence), sign)


def add_settings(page: Page, reports: Iterable[tuple[Value, Report]]) -> None:
    """Add a line for each setting of texts: what it settled and where, or why it settled nothing.

    Each of the *reports* comes with what its file is called; empty where there is but one.
    """
    found = {}
    for file, report in reports:
        for line in setting_lines(report):
            many = file and line.kind == HEEDED
            sentence = say("{file}: {what}", file=file, what=line.sentence)
            found[sentence if many else line.sentence] = line.kind
    for sentence, kind in found.items():
        name, style = ("other", "dim") if kind == HEEDED else ("caution", "yellow")
        page.paragraph(sentence, page.bullet(name, style))
