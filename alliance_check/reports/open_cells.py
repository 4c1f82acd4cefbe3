"""The cells that could not be read, or on which a rule hangs: each once, and what it decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from alliance_check.model.consortium import Partner, Presence
from alliance_check.model.message import Message, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import CALL, Finding, Report
from alliance_check.model.sheet import Cell
from alliance_check.reports.words import not_understood


class OpenCell(NamedTuple):
    """A cell, whose it is, what is open about it, the way out, and the rules that hang on it."""

    cell: Cell | None
    partner: Partner | None
    what: Message
    hint: Message | None
    decides: tuple[Message, ...]


class Owners:
    """Whose each cell of a sheet is."""

    def __init__(self, report: Report) -> None:
        self._sheet = report.input.sheet
        self._of: dict[Cell, Partner] = {}
        for partner in reversed(report.consortium.partners):
            beside = (remark.cell for remark in partner.open)
            self._of.update(dict.fromkeys((*partner.cells.values(), *beside), partner))
        self._named = {str(cell): cell for cell in self._of}

    def of(self, cell: Cell) -> Partner | None:
        """Return the partner that a cell speaks of; None where it is nobody's."""
        return self._of.get(cell)

    def named_in(self, message: Message) -> Iterator[Cell]:
        """Yield the cells that a sentence names."""
        for _, value in message.values:
            if isinstance(value, Message):
                yield from self.named_in(value)
            elif isinstance(value, str) and value in self._named:
                yield self._named[value]

    def address(self, cell: Cell) -> str:
        """Return where a cell stands, without the sheet where it is that of the table."""
        return cell.address if cell.sheet == self._sheet else str(cell)


def open_cells(report: Report) -> list[OpenCell]:
    """Return every open cell, those first on which a rule hangs."""
    return sorted(_found(report, Owners(report)), key=lambda one: not one.decides)


def _found(report: Report, owners: Owners) -> Iterator[OpenCell]:
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
        partner = None if where is None else owners.of(where)
        yield OpenCell(where, partner, problem.message, problem.hint, _titles(rules))
    ways_out = {one.remark.cell: one.way_out for one in report.open_texts}
    for cell, findings in hanging.items():
        if cell not in unread:
            partner = owners.of(cell)
            what = _what(cell, partner, findings)
            yield OpenCell(cell, partner, what, ways_out.get(cell), _titles(findings))


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
