"""The minimum numbers: what there is, what is needed, and a bar that shows the range."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from alliance_check.model.message import say
from alliance_check.model.report import Finding, Report
from alliance_check.reports.html.drawings import bar, outcome_words, sample
from alliance_check.reports.html.elements import el
from alliance_check.reports.html.frame import Frame, row, table
from alliance_check.reports.words import minimum_findings, spare


def minima_of(report: Report, frame: Frame) -> Element | None:
    """Return the table of the minima; None where the lot has none."""
    found = minimum_findings(report)
    if not found:
        return None
    counts = (c for f in found if (c := f.answer.count) is not None)
    scale = max(*(c.high for c in counts), *(f.answer.need or 0 for f in found))
    head = (say("Minimum"), say("Have"), say("Need"), say("Range"), say("Spare"), say("Outcome"))
    whole = table("minima", head, [_minimum(f, scale) for f in found])
    title, intro = say("Minimum numbers"), say("One block is one partner or country.")
    return frame.section("minima", title, intro, whole, _legend())


def _minimum(finding: Finding, scale: int) -> Element:
    counted, need = finding.answer.count, finding.answer.need or 0
    if counted is None:
        return row(finding.title)
    return row(
        finding.title,
        el("b", str(counted)),
        str(need),
        bar(counted, need, scale),
        spare(finding.answer),
        outcome_words(finding.outcome),
    )


def _legend() -> Element:
    words = {
        "sure": say("counts for sure"),
        "possible": say("may count, depending on open cells"),
        "missing": say("missing"),
        "need": say("needed"),
    }
    return el("ul", *(el("li", sample(k), w) for k, w in words.items()), class_="legend")
