"""The phrases that every output for people shares, as messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from alliance_check.model.call import Call, Clause
from alliance_check.model.message import Items, Message, count, listed, say
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import CALL, OVERRULED, Answer, Caution, Count, Finding, Report
from alliance_check.model.sheet import Cell, Problem
from alliance_check.reports.gate_words import day_words, gate_words
from alliance_check.reports.places import placed

VERDICTS: Mapping[Verdict | None, Message] = {
    Verdict.ELIGIBLE: say("ELIGIBLE"),
    Verdict.NOT_ELIGIBLE: say("NOT ELIGIBLE"),
    Verdict.UNDECIDED: say("UNDECIDED"),
    None: say("NOT JUDGED"),
}
"""The verdict at the head of a report; None where a file could not be judged."""
SMALL: Mapping[Verdict | None, Message] = {
    Verdict.ELIGIBLE: say("eligible"),
    Verdict.NOT_ELIGIBLE: say("not eligible"),
    Verdict.UNDECIDED: say("undecided"),
    None: say("not judged"),
}
"""The same inside a sentence."""
OUTCOMES = {
    Outcome.MET: say("met"),
    Outcome.NOT_MET: say("not met"),
    Outcome.TO_CHECK: say("to check"),
    Outcome.NOT_CHECKED: say("not checked"),
    Outcome.NOT_APPLICABLE: say("not applicable"),
}

_NO, _OPEN = Outcome.NOT_MET, Outcome.TO_CHECK
_MOST_NAMED = 12
"""How many partners that cannot be lost are named; all of more would be no news."""


def lot_name(report: Report) -> Message:
    """Return the lot's number and full name."""
    return say("Lot {number} {title}", number=report.lot.number, title=Message(report.lot.title))


def call_name(call: Call) -> Message:
    """Return the call with its deadline."""
    return say("call {call}, deadline {deadline}", call=call.id, deadline=deadline_words(call))


def call_origin(report: Report) -> Message | None:
    """Return which cell of the file names the call; None where none does."""
    origin = report.origins.get(CALL)
    if origin is None or origin in {"option", "configuration"}:
        return None
    return say("call named in {cell}", cell=origin)


def deadline_words(call: Call) -> Message:
    """Return day and hour of the deadline as people write them."""
    day, hour = day_words(call.deadline), f"{call.deadline:%H:%M}"
    return say("{day} {hour} (Brussels)", day=day, hour=hour)


def call_words(report: Report) -> Message:
    """Return the call that the verdict is about; both where none was named."""
    call, second = report.call.id, report.second_call
    if second is None:
        return say("call {call}", call=call)
    return say("calls {call} and {second}", call=call, second=second.call)


def one_call(report: Report) -> str:
    """Return the call that advice and margin are about, where two calls differ; else empty."""
    second = report.second_call
    return report.call.id if second is not None and second.differs else ""


def with_possible(report: Report) -> Message | None:
    """Return what possible partners would change; None where there are none."""
    if report.with_all_possible is None:
        return None
    verdict, call = SMALL[report.with_all_possible], one_call(report)
    if call:
        return say(
            "with all possible partners (call {call}): {verdict}", call=call, verdict=verdict
        )
    return say("with all possible partners: {verdict}", verdict=verdict)


def cite(clause: Clause) -> Message:
    """Return where a clause stands: the document, and its page or the name of its section."""
    title = Message(clause.source.title)
    if not clause.page:
        return title
    if clause.page[0].isdigit():
        return say("{document} p. {page}", document=title, page=clause.page)
    return say("{document}: {section}", document=title, section=clause.page)


def having(report: Report, *outcomes: Outcome) -> tuple[Finding, ...]:
    """Return the findings with one of these outcomes, grouped in the order given.

    That two calls differ stands first: it is what the verdict hangs on.
    """
    found = [f for o in outcomes for f in report.findings if f.outcome is o]
    return tuple(sorted(found, key=lambda finding: finding.rule != CALL))


def minimum_findings(report: Report) -> tuple[Finding, ...]:
    """Return the findings that count something of which at least so many are needed."""
    return tuple(
        f
        for f in report.findings
        if f.answer.count is not None and f.answer.need and not f.answer.exactly
    )


def spare(answer: Answer) -> Message | None:
    """Return how many of a minimum there are to spare, are missing, or are in doubt.

    >>> found = Answer(Outcome.TO_CHECK, say(""), need=5, count=Count(4, 6))
    >>> print(spare(found), spare(Answer(Outcome.NOT_MET, say(""), need=5, count=Count(2, 4))))
    1 in doubt 1–3 missing
    """
    if answer.count is None or answer.need is None or answer.exactly:
        return None
    least, most = answer.need - answer.count.high, answer.need - answer.count.low
    if most < 0:
        return say("{number} to spare", number=-most)
    if most == 0:
        return say("none to spare")
    if least > 0:
        return say("{number} missing", number=str(Count(least, most)))
    return say("{number} in doubt", number=most)


def cautions(report: Report) -> Iterator[tuple[Finding, Caution]]:
    """Yield every caution with its finding, each text and place once."""
    yield from _cautions(report.findings)


def _cautions(findings: Iterable[Finding]) -> Iterator[tuple[Finding, Caution]]:
    seen = set()
    for finding in findings:
        for caution in finding.answer.cautions:
            key = (str(caution.message), caution.cells)
            if key not in seen:
                seen.add(key)
                yield finding, caution


def caution_count(report: Report) -> Message | None:
    """Return how many cautions a yes has that its own words do not carry; None without any."""
    left = [c for _, c in cautions(report) if not c.in_verdict]
    number = len(left) if report.verdict is Verdict.ELIGIBLE else 0
    return count("{number} caution", "{number} cautions", number=number) if number else None


def verdict_words(report: Report) -> Message:
    """Return the verdict, with what must be said in the same breath.

    ``ELIGIBLE by the national agency's page; Programme Guide 2023 p. 279 lists …``
    ``UNDECIDED (gate passed: 1 waived by the coordinator)``
    ``ELIGIBLE under call 2023 · NOT ELIGIBLE under call 2026, the newest known``
    """
    newest = report.newest
    if report.call_verdict is not None and newest is not None:
        words = say(
            "{here} · {there}, the newest known",
            here=_verdict(report.call_verdict, report.findings, report.call.id),
            there=_verdict(newest.verdict, newest.findings, newest.call),
        )
    else:
        words = _verdict(report.verdict, report.findings)
    gate = None if report.verdict is Verdict.ELIGIBLE else gate_words(report)
    beside = listed(part for part in (gate, overruled_words(report)) if part is not None)
    return say("{verdict} ({beside})", verdict=words, beside=beside) if beside else words


def overruled_words(report: Report) -> Message | None:
    """Return how many words of the sheet a configuration reads otherwise, and which one it is."""
    found = overruled(report)
    if not found:
        return None
    return count(
        "{number} word overruled by {file}",
        "{number} words overruled by {file}",
        number=len(found),
        file=dict(found[0].message.values)["file"],
    )


def overruled(report: Report) -> list[Problem]:
    """Return the words of the sheet that a configuration reads otherwise than everybody does."""
    return [problem for problem in report.problems if problem.id == OVERRULED]


def not_understood(report: Report) -> list[Problem]:
    """Return what could not be understood of the sheet."""
    return [problem for problem in report.problems if problem.id != OVERRULED]


def verdict_in_full(report: Report) -> Message:
    """Return the verdict with the lot and the call, as one line."""
    words, lot = verdict_words(report), lot_name(report)
    if report.call_verdict is not None:
        return say("{verdict}, {lot}", verdict=words, lot=lot)
    return say("{verdict}, {lot}, {call}", verdict=words, lot=lot, call=call_words(report))


def _verdict(verdict: Verdict, findings: Sequence[Finding], call: str = "") -> Message:
    """Return a verdict with its call and, of a yes, the doubts that must stand beside it."""
    words = VERDICTS[verdict]
    if call:
        words = say("{verdict} under call {call}", verdict=words, call=call)
    carried = [(f, c) for f, c in _cautions(findings) if c.in_verdict]
    if verdict is not Verdict.ELIGIBLE or not carried:
        return words
    # "national agency's page, 2023" -> the year stands in the line below.
    source = carried[0][0].clause.source.title.partition(",")[0]
    return say(
        "{verdict} by the {source}; {doubts}",
        verdict=words,
        source=Message(source),
        doubts=listed(placed(c.message, c.cells) for _, c in carried),
    )


def newest_line(report: Report) -> Message | None:
    """Return what the newest rulebook says; None when the call is the newest."""
    newest = report.newest
    if newest is None:
        return None
    call, own = newest.call, report.call_verdict or report.verdict
    there, verdict = deciding(newest.verdict, newest.findings), SMALL[newest.verdict]
    if newest.verdict is Verdict.ELIGIBLE and own is Verdict.ELIGIBLE:
        return say("call {call}: same verdict", call=call)
    here = {_reason(f) for f in deciding(own, report.findings)}
    if there and newest.verdict is own and {_reason(f) for f in there} == here:
        return count(
            "call {call}: {verdict}, same reason",
            "call {call}: {verdict}, same reasons",
            number=len(there),
            call=call,
            verdict=verdict,
        )
    if not there:
        return say("call {call}: {verdict}", call=call, verdict=verdict)
    fresh = [f for f in there if _reason(f) not in here]
    reason = finding_words((*fresh, *there)[0])
    if len(there) == 1:
        return say("call {call}: {verdict}, {reason}", call=call, verdict=verdict, reason=reason)
    return say(
        "call {call}: {verdict}, {reason}, and {number} more",
        call=call,
        verdict=verdict,
        reason=reason,
        number=len(there) - 1,
    )


def deciding(verdict: Verdict, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that make this verdict: those not met, else those to check."""
    outcome = {Verdict.NOT_ELIGIBLE: _NO, Verdict.UNDECIDED: _OPEN}.get(verdict)
    return [f for f in findings if f.outcome is outcome]


def _reason(finding: Finding) -> tuple[str, str]:
    return finding.rule, str(finding_words(finding))


def finding_words(finding: Finding) -> Message:
    """Return a finding as a clause of a sentence, with its cells where it counts nothing."""
    answer = finding.answer
    cells = () if answer.count is not None else answer.cells
    title = finding.title
    return say("{title}: {message}", title=title, message=placed(answer.message, cells))


def margin(report: Report) -> Message | None:
    """Return which partners of an eligible consortium cannot be lost; None of any other."""
    if report.verdict is not Verdict.ELIGIBLE or report.advice is None:
        return None
    margins = report.advice.margins
    names = {p.cells["name"]: p.name for p in report.consortium.partners}
    if margins.fewest > 1:
        return say(
            "No partner is indispensable; {number} who leave can break a minimum, such as {who}.",
            number=margins.fewest,
            who=_called(margins.example, names),
        )
    if margins.room.get("minimum-partners") == 0:
        return say("No full partner that counts can be lost: none is to spare.")
    if len(margins.critical) > _MOST_NAMED:
        return say(
            "{number} partners cannot be lost: without any one of them a minimum is not met.",
            number=len(margins.critical),
        )
    return say(
        "Cannot be lost, or a minimum is not met: {who}.", who=_called(margins.critical, names)
    )


def _called(cells: tuple[Cell, ...], names: Mapping[Cell, str]) -> Items:
    return listed((_named(cell, names) for cell in cells), _MOST_NAMED)


def _named(cell: Cell, names: Mapping[Cell, str]) -> Message:
    name = names.get(cell)
    if not name:
        return say("the partner in {cell}", cell=str(cell))
    return say("{name} ({cell})", name=name, cell=str(cell))
