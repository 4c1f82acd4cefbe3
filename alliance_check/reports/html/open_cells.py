"""Cells that are still to be settled, and what the sources leave open."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from alliance_check.model.message import count, listed, say
from alliance_check.model.report import Report
from alliance_check.reports.html.elements import codes, el
from alliance_check.reports.html.frame import Frame, folded, row, table
from alliance_check.reports.open_cells import OpenCell, open_cells
from alliance_check.reports.partner_words import called
from alliance_check.reports.words import cautions, places_of

_MOST = 15


def open_cells_of(report: Report, frame: Frame) -> Element:
    """Return the table of the open cells."""
    title, found = say("Open cells"), open_cells(report)
    if not found:
        number = len(report.consortium.partners)
        every = count(
            "None. Every filled cell of the {number} partner was read.",
            "None. Every filled cell of the {number} partners was read.",
            number=number,
        )
        return frame.section("open", title, None, el("p", every))
    rows = [_row(one) for one in found]
    head = (say("Partner"), say("Cell"), say("What is open"), say("What it decides"))

    def shown(some: Sequence[Element]) -> Element:
        return table("open-cells", head, some)

    intro = say("Until these cells are settled, the rules beside them stay open.")
    return frame.section("open", title, intro, *folded(rows, _MOST, shown))


def _row(one: OpenCell) -> Element:
    whose = one.partner
    who = say("no partner") if whose is None else el("b", called(whose), dir="auto")
    hint = el("b", one.hint) if one.hint is not None else None
    decides = listed(one.decides, len(one.decides)) if one.decides else say("no rule")
    return row(who, [one.cell], [one.what, " ", hint], decides)


def cautions_of(report: Report, frame: Frame) -> Element | None:
    """Return what the sources differ on where this sheet is touched by it."""
    found = list(cautions(report))
    if not found:
        return None
    items = (
        el("li", el("b", f.title), ": ", c.message, " ", *codes(places_of(c.cells)))
        for f, c in found
    )
    intro = say("The sources leave these open; they do not change the verdict.")
    return frame.section("cautions", say("Cautions"), intro, el("ul", *items))
