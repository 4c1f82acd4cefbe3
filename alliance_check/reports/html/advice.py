"""What to change; of an eligible consortium, how many may leave."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from alliance_check.model.message import Message, count, listed, say
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import CALL, Advice, Finding, Margins, Repair, Report
from alliance_check.reports.html.elements import Frame, el
from alliance_check.reports.html.verdict import titles
from alliance_check.reports.open_cells import Owners
from alliance_check.reports.words import having, margin, minimum_findings, spare


def advice_of(report: Report, frame: Frame) -> Element | None:
    """Return what to change, or how safe a yes is; None without advice."""
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
    notes = (el("p", note, class_="aside") for note in repair.notes)
    return el("div", el("ol", *steps, class_="steps"), *notes)


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
    rooms = ((f.title, spare(f.answer)) for f in minimum_findings(report))
    spares = listed(
        say("{title} {spare}", title=title, spare=room) for title, room in rooms if room is not None
    )
    return frame.section(
        "safe",
        say("How safe it is"),
        say("How many partners may still withdraw, whoever they are."),
        el(
            "div",
            figure,
            el("div", el("p", margin(report)), el("p", say("Spare: {rooms}.", rooms=spares))),
            class_="margin",
        ),
    )
