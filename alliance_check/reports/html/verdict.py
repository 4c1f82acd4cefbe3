"""The band of the verdict, and the facts below it.

Where two calls differ there are two bands of the same size, for neither is the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from alliance_check.model.message import Items, Message, listed, say
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import CALL, Caution, Finding, Report
from alliance_check.reports.gate_words import day_words, gate_words
from alliance_check.reports.html.drawings import verdict_mark
from alliance_check.reports.html.elements import Frame, Inside, el
from alliance_check.reports.places import placed
from alliance_check.reports.words import cautions, newest_line, overruled, with_possible

VERDICTS = {
    Verdict.ELIGIBLE: say("Eligible"),
    Verdict.NOT_ELIGIBLE: say("Not eligible"),
    Verdict.UNDECIDED: say("Undecided"),
}
NOT_JUDGED = say("Not judged")


def carried(verdict: Verdict, findings: Sequence[Finding]) -> list[tuple[Finding, Caution]]:
    """Return the doubts without which a yes must not be said."""
    if verdict is not Verdict.ELIGIBLE:
        return []
    return [(f, c) for f in findings for c in f.answer.cautions if c.in_verdict]


def verdict_by_source(verdict: Verdict, findings: Sequence[Finding]) -> Message:
    """Return a verdict; of a yes that only one source gives, with that source."""
    words = VERDICTS[verdict]
    if doubts := carried(verdict, findings):
        # "national agency's page, 2023": the year stands elsewhere.
        source = doubts[0][0].clause.source.title.partition(",")[0]
        return say("{verdict} by the {source}", verdict=words, source=Message(source))
    return words


def titles(findings: Sequence[Finding]) -> Items:
    """Return the rules of findings as a list in words."""
    return listed((f.title for f in findings), len(findings))


def verdict_of(report: Report, frame: Frame) -> tuple[Element, ...]:
    """Return the verdict with the sentence that gives its reason, and the facts of the check."""
    newest = report.newest
    if report.call_verdict is None or newest is None:
        line = newest_line(report)
        others = [] if line is None else [el("p", line, ".", class_="other")]
        bands = [_band(report.verdict, report.findings, frame, others)]
    else:
        bands = [
            _band(report.call_verdict, report.findings, frame, (), report.call.id),
            _band(newest.verdict, newest.findings, frame, (), newest.call),
        ]
    many = "bands" if len(bands) > 1 else None
    whole = el("div", *bands, class_=many, id=f"{frame.prefix}verdict")
    return whole, *_differ(report), _facts(report), *_beside(report)


def _band(
    verdict: Verdict,
    findings: Sequence[Finding],
    frame: Frame,
    others: Sequence[Element],
    call: str = "",
) -> Element:
    words = verdict_by_source(verdict, findings)
    above = el("span", say("Call {call}", call=call), " ", class_="call") if call else None
    return el(
        "div",
        verdict_mark(verdict, 52),
        el(
            "div",
            frame.title(above, words),
            *(el("p", placed(c.message, c.cells)) for _, c in carried(verdict, findings)),
            *(el("p", one) for one in _why(verdict, findings)),
            *others,
        ),
        class_=f"band {verdict.value}",
    )


def _why(verdict: Verdict, findings: Sequence[Finding]) -> Iterator[Message]:
    """Yield why this is the verdict, and what must be said in the same breath."""
    having = {o: [f for f in findings if f.outcome is o and f.rule != CALL] for o in Outcome}
    broken, open_ = having[Outcome.NOT_MET], having[Outcome.TO_CHECK]
    if verdict is Verdict.NOT_ELIGIBLE:
        yield say("Not met: {rules}.", rules=titles(broken))
        if open_:
            yield say("Not decided by the sheet: {rules}.", rules=titles(open_))
    elif verdict is Verdict.UNDECIDED:
        yield say("The sheet does not decide: {rules}.", rules=titles(open_))
    else:
        yield _yes(having[Outcome.MET], having[Outcome.NOT_CHECKED])


def _yes(met: Sequence[Finding], unchecked: Sequence[Finding]) -> Message:
    if not unchecked:
        return say("{met} rules met, none left unchecked.", met=len(met))
    return say(
        "{met} rules met; not checked, for the sheet does not show it: {rules}.",
        met=len(met),
        rules=titles(unchecked),
    )


def _differ(report: Report) -> Iterator[Element]:
    """Yield what to do where the two calls differ."""
    for finding in report.findings:
        if finding.rule == CALL:
            hint = finding.answer.hint
            text = say("The two calls differ and neither is named, so this is undecided.")
            yield el("p", text, " ", hint, class_="differ")


def _facts(report: Report) -> Element:
    second, call = report.second_call, report.call
    facts: list[tuple[Message, Inside]] = [
        (say("File"), report.name),
        (
            say("Lot"),
            say("Lot {number}, {title}", number=report.lot.number, title=Message(report.lot.title)),
        ),
    ]
    if second is None:
        facts += [(say("Call"), call.id), (say("Deadline"), day_words(call.deadline))]
    else:
        both = say("{call} and {second}", call=call.id, second=second.call)
        days = listed(day_words(day) for day in (call.deadline, second.deadline) if day)
        facts += [(say("Calls"), both), (say("Deadlines"), days)]
    number = len(list(cautions(report)))
    facts.append((say("Cautions"), str(number) if number else say("none")))
    pairs = (el("div", el("dt", name), el("dd", value)) for name, value in facts)
    return el("dl", *pairs, class_="facts")


def _beside(report: Report) -> Iterator[Element]:
    """Yield what a gate, a configuration or a what-if makes of the verdict."""
    lines = [with_possible(report), gate_words(report)]
    if report.what_if is not None:
        lines.append(
            say(
                "Judged with changes that the sheet does not have: {changes}. Without them: "
                "{verdict}.",
                changes=listed(report.what_if.changes, len(report.what_if.changes)),
                verdict=VERDICTS[report.what_if.verdict_before],
            )
        )
    lines += [problem.message for problem in overruled(report)]
    items = [el("li", line) for line in lines if line is not None]
    if items:
        yield el("ul", *items, class_="beside")
