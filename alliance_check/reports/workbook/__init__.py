"""A workbook to hand on: verdict, partners as they were read, findings, sources.

It is a new one; the sheet that was judged is never written to. Of a folder it holds a sheet of
verdicts and one of findings.
"""

from __future__ import annotations

from collections.abc import Sequence

from alliance_check.model.report import Observation, Report, Result
from alliance_check.reports.workbook.eligibility import add_eligibility
from alliance_check.reports.workbook.findings import add_findings, add_sources, add_verdicts
from alliance_check.reports.workbook.partners import add_partners
from alliance_check.reports.workbook.sheets import empty_book, saved


def render(results: Sequence[Result], *, batch: bool, across: Sequence[Observation] = ()) -> bytes:
    """Return the workbook of one report, or of many."""
    book = empty_book()
    first = results[0]
    if not batch and len(results) == 1 and isinstance(first, Report):
        add_eligibility(book, first)
        add_partners(book, first)
        add_findings(book, results, whose=False)
    else:
        add_verdicts(book, results, across)
        add_findings(book, results, whose=True)
    add_sources(book, results)
    return saved(book)
