"""What to change, and how safe a yes is, in the words that every output for people shares."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_check.model.consortium import Cell, Verdict
from alliance_check.model.message import ENGLISH, Items, Language, Message, listed, say
from alliance_check.model.report import Report

_MOST = 12
"""How many partners that cannot be lost are named; all of more would be no news."""


def repairs(report: Report, language: Language = ENGLISH) -> list[str]:
    """Return each cheapest set of changes as one text; empty where nothing is to be changed."""
    found = () if report.advice is None else report.advice.repairs
    return [" ".join(s.render(language) for s in repair.sentences) for repair in found]


def no_repair(report: Report, language: Language = ENGLISH) -> str:
    """Return why there is nothing that helps; empty where something does."""
    none = None if report.advice is None else report.advice.none
    return "" if none is None else none.render(language)


def margin(report: Report, language: Language = ENGLISH) -> Iterator[str]:
    """Yield what an eligible consortium can lose: a line of minima, then one of partners."""
    if report.verdict is not Verdict.ELIGIBLE or report.advice is None:
        return
    rooms = [message.render(language) for message in _rooms(report)]
    yield "; ".join(rooms)
    yield _partners(report).render(language)


def _rooms(report: Report) -> Iterator[Message]:
    room = {} if report.advice is None else report.advice.margins.room
    for finding in report.findings:
        answer = finding.answer
        if finding.rule not in room or answer.count is None:
            continue
        template = {
            0: "{what}: {have}, need {need}, none may go",
            1: "{what}: {have}, need {need}, one may go",
        }
        yield say(
            template.get(room[finding.rule], "{what}: {have}, need {need}, {room} may go"),
            have=answer.count.low,
            need=answer.need or 0,
            what=finding.title,
            room=room[finding.rule],
        )


def _partners(report: Report) -> Message:
    if report.advice is None:
        return say("nothing is known of the margin")
    margins = report.advice.margins
    names = {p.cells["name"]: p.name for p in report.consortium.partners}
    if margins.fewest > 1:
        return say(
            "No partner is indispensable; {number} who leave can break a minimum, such as {who}.",
            number=margins.fewest,
            who=_called(margins.example, names),
        )
    if margins.room.get("minimum-partners") == 0:
        return say("No full partner that counts can be lost, for none is to spare.")
    if len(margins.critical) > _MOST:
        return say(
            "{number} partners cannot be lost: without any one of them a minimum is not met.",
            number=len(margins.critical),
        )
    return say(
        "Cannot be lost, or a minimum is not met: {who}.", who=_called(margins.critical, names)
    )


def _called(cells: tuple[Cell, ...], names: dict[Cell, str]) -> Items:
    return listed((f"{names.get(c) or 'the partner'} ({c})" for c in cells), _MOST)
