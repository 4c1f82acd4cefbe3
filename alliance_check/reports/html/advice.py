"""What to change; of an eligible consortium, how many may leave."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from alliance_check.model.consortium import Cell, Outcome, Verdict
from alliance_check.model.message import Items, Message, count, listed, say
from alliance_check.model.report import CALL, Advice, Finding, Margins, Repair, Report
from alliance_check.reports.html.elements import el
from alliance_check.reports.html.frame import Frame
from alliance_check.reports.html.words import Owners, minima, spare, titles
from alliance_check.reports.words import having


def advice_of(report: Report, frame: Frame) -> Element | None:
    """Return what to change, or how safe a yes is; None where nobody asked."""
    advice = report.advice
    if advice is None:
        return None
    own = report.call_verdict or report.verdict
    if own is Verdict.ELIGIBLE:
        return _margin(report, advice.margins, frame)
    return _changes(report, advice, frame)


def _changes(report: Report, advice: Advice, frame: Frame) -> Element:
    owners = Owners(report)
    waiting = [f for f in having(report, Outcome.NOT_MET, Outcome.TO_CHECK) if f.rule != CALL]
    first, others = advice.repairs[:1], advice.repairs[1:]
    parts = [_steps(repair, owners, waiting) for repair in first]
    parts += [
        el("details", el("summary", say("Or instead")), _steps(repair, owners, waiting))
        for repair in others
    ]
    none = el("p", advice.none) if advice.none is not None else None
    intro = _together(first[0], report) if first else None
    return frame.section("changes", say("What to change"), intro, *parts, none)


def _together(repair: Repair, report: Report) -> Message:
    intro = count(
        "This change makes the consortium eligible.",
        "These changes together make the consortium eligible.",
        number=len(repair.changes),
    )
    if report.second_call is None:
        return intro
    return say("{intro} They are for call {call}.", intro=intro, call=report.call.id)


def _steps(repair: Repair, owners: Owners, waiting: Sequence[Finding]) -> Element:
    steps = [
        el("li", el("p", sentence), _helped(sentence, owners, waiting))
        for sentence in repair.sentences
    ]
    return el("ol", *steps, class_="steps")


def _helped(sentence: Message, owners: Owners, waiting: Sequence[Finding]) -> Element | None:
    """Return the rules that hang on a cell that a sentence names, or else on its partner."""
    cells = set(owners.named_in(sentence))
    partners = [owners.of(cell) for cell in cells]
    helped = [f for f in waiting if cells & set(f.answer.cells)] or [
        f for f in waiting if any(owners.of(cell) in partners for cell in f.answer.cells)
    ]
    return el("p", say("Helps: {rules}", rules=titles(helped)), class_="helps") if helped else None


def _margin(report: Report, margins: Margins, frame: Frame) -> Element:
    may_leave = max(margins.fewest - 1, 0)
    figure = el("p", el("b", str(may_leave)), el("span", say("may leave")), class_="figure")
    names = {p.cells["name"]: p.name for p in report.consortium.partners}
    words = [el("p", _most(margins, names)), el("p", say("Spare: {rooms}.", rooms=_rooms(report)))]
    return frame.section(
        "safe",
        say("How safe it is"),
        say("How many partners may still withdraw, whoever they are."),
        el("div", figure, el("div", *words), class_="margin"),
    )


def _rooms(report: Report) -> Items:
    counts = [(f.title, f.answer.count, f.answer.need or 0) for f in minima(report)]
    return listed(
        say("{title} {spare}", title=Message(title), spare=spare(found, need))
        for title, found, need in counts
        if found is not None
    )


def _most(margins: Margins, names: dict[Cell, str]) -> Message:
    if margins.fewest > 1:
        return say(
            "No partner is indispensable; {number} who leave can break a minimum, such as {who}.",
            number=margins.fewest,
            who=_called(margins.example, names),
        )
    if margins.room.get("minimum-partners") == 0:
        return say("No full partner that counts can be lost: none is to spare.")
    return say(
        "Without any one of these a minimum is not met: {who}.",
        who=_called(margins.critical, names),
    )


def _called(cells: tuple[Cell, ...], names: dict[Cell, str]) -> Items:
    named = (say("{name} ({cell})", name=names.get(cell, ""), cell=str(cell)) for cell in cells)
    return listed(named, len(cells))
