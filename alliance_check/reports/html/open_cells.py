"""Cells that could not be read, or on which a rule hangs, each once with what it decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from alliance_check.model.consortium import Cell, Outcome, Partner, Presence
from alliance_check.model.message import Message, count, listed, say
from alliance_check.model.report import CALL, Finding, Report
from alliance_check.reports.html.elements import codes, el
from alliance_check.reports.html.frame import Frame, folded, row, table
from alliance_check.reports.html.words import Owners, called
from alliance_check.reports.words import cautions, not_understood, places_of

_MOST = 15


class _Open(NamedTuple):
    """A cell, what is wrong with it, and the rules that hang on it."""

    cell: Cell | None
    what: Message
    hint: Message | None
    decides: tuple[Message, ...]


def open_cells_of(report: Report, frame: Frame) -> Element:
    """Return every open cell, those first on which a rule hangs."""
    title, owners = say("Open cells"), Owners(report)
    found = sorted(_found(report, owners), key=lambda one: not one.decides)
    if not found:
        number = len(report.consortium.partners)
        every = count(
            "None. Every filled cell of the {number} partner was read.",
            "None. Every filled cell of the {number} partners was read.",
            number=number,
        )
        return frame.section("open", title, None, el("p", every))
    rows = [_row(one, owners) for one in found]
    head = (say("Partner"), say("Cell"), say("What is open"), say("What it decides"))

    def shown(some: Sequence[Element]) -> Element:
        return table("open-cells", head, some)

    intro = say("Until these cells are settled, the rules beside them stay open.")
    return frame.section("open", title, intro, *folded(rows, _MOST, shown))


def _row(one: _Open, owners: Owners) -> Element:
    partner = owners.of(one.cell) if one.cell is not None else None
    who = say("no partner") if partner is None else el("b", called(partner), dir="auto")
    hint = el("b", one.hint) if one.hint is not None else None
    decides = listed(one.decides, len(one.decides)) if one.decides else say("no rule")
    return row(who, [one.cell], [one.what, " ", hint], decides)


def _found(report: Report, owners: Owners) -> Iterator[_Open]:
    hanging: dict[Cell, list[Finding]] = {}
    broken: dict[Cell, list[Finding]] = {}
    for finding in report.findings:
        if finding.outcome is Outcome.TO_CHECK and finding.rule != CALL:
            for cell in finding.answer.cells:
                hanging.setdefault(cell, []).append(finding)
        elif finding.outcome is Outcome.NOT_MET:
            for cell in finding.answer.cells:
                broken.setdefault(cell, []).append(finding)
    unread = set()
    for problem in not_understood(report):
        where = problem.cell
        unread.add(where)
        rules = () if where is None else (*hanging.get(where, ()), *broken.get(where, ()))
        yield _Open(where, problem.message, problem.hint, _titles(rules))
    ways_out = {one.remark.cell: one.way_out for one in report.open_texts}
    for cell, findings in hanging.items():
        if cell not in unread:
            what = _what(cell, owners.of(cell), findings)
            yield _Open(cell, what, ways_out.get(cell), _titles(findings))


def _titles(findings: Sequence[Finding]) -> tuple[Message, ...]:
    return tuple(finding.title for finding in findings)


def _what(cell: Cell, partner: Partner | None, findings: Sequence[Finding]) -> Message:
    """Return what is open about a cell that was read."""
    if partner is None:
        return findings[0].answer.message
    texts = {remark.cell: remark.text for remark in partner.open}
    if cell in texts:
        return say('"{text}" was not understood', text=texts[cell])
    if partner.presence is Presence.POSSIBLE and cell == partner.cell("status"):
        return say("the partner is only possible")
    if cell == partner.cell("type") and partner.functions.may:
        return say("what this kind of organisation counts as is left open")
    return findings[0].answer.message


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
