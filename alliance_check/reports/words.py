"""The few phrases that every output for people shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from alliance_check.model.call import Call, Clause
from alliance_check.model.consortium import Cell, Outcome, Problem, Verdict
from alliance_check.model.message import listed
from alliance_check.model.report import CALL, OVERRULED, Caution, Finding, Report
from alliance_check.reports.gate_words import day_words, gate_words
from alliance_check.reports.ranges import ranges

VERDICTS = {
    Verdict.ELIGIBLE: "ELIGIBLE",
    Verdict.NOT_ELIGIBLE: "NOT ELIGIBLE",
    Verdict.UNDECIDED: "UNDECIDED",
}
OUTCOMES = {
    Outcome.MET: "met",
    Outcome.NOT_MET: "not met",
    Outcome.TO_CHECK: "to check",
    Outcome.NOT_CHECKED: "not checked",
    Outcome.NOT_APPLICABLE: "not applicable",
}

_NO, _OPEN = Outcome.NOT_MET, Outcome.TO_CHECK


def small(verdict: Verdict) -> str:
    """Return the verdict inside a sentence."""
    return VERDICTS[verdict].lower()


def lot_name(report: Report) -> str:
    """Return the lot's number and full name."""
    return f"Lot {report.lot.number} {report.lot.title}"


def call_name(call: Call) -> str:
    """Return the call with its deadline."""
    return f"call {call.id}, deadline {deadline_words(call)}"


def deadline_words(call: Call) -> str:
    """Return day and hour of the deadline as people write them."""
    return f"{day_words(call.deadline)} {call.deadline:%H:%M} (Brussels)"


def call_words(report: Report) -> str:
    """Return the call that the verdict is about; both where none was named."""
    call, second = report.call.id, report.second_call
    return f"call {call}" if second is None else f"calls {call} and {second.call}"


def under_call(report: Report) -> str:
    """Return the call that something is said of, in brackets, where two do not say the same."""
    second = report.second_call
    return f" (call {report.call.id})" if second is not None and second.differs else ""


def with_possible(report: Report) -> str:
    """Return what possible partners would change; empty where there are none."""
    if report.with_all_possible is None:
        return ""
    return f"with all possible partners{under_call(report)}: {small(report.with_all_possible)}"


def cite(clause: Clause) -> str:
    """Return where a clause stands: the document, and its page or the name of its section."""
    if not clause.page:
        return clause.source.title
    between = " p. " if clause.page[0].isdigit() else ": "
    return f"{clause.source.title}{between}{clause.page}"


def having(report: Report, *outcomes: Outcome) -> tuple[Finding, ...]:
    """Return the findings with one of these outcomes, grouped in the order given.

    That two calls differ stands first: it is what the verdict hangs on.
    """
    found = [f for o in outcomes for f in report.findings if f.outcome is o]
    return tuple(sorted(found, key=lambda finding: finding.rule != CALL))


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


def verdict_words(report: Report) -> str:
    """Return the verdict, with what must be said in the same breath.

    ``ELIGIBLE by the national agency's page; Programme Guide 2023 p. 279 lists …``
    ``UNDECIDED (gate passed: 1 waived by the coordinator)``
    ``ELIGIBLE under call 2023 · NOT ELIGIBLE under call 2026, the newest known``
    """
    newest = report.newest
    if report.call_verdict is not None and newest is not None:
        here = _verdict(report.call_verdict, report.findings, f" under call {report.call.id}")
        there = _verdict(newest.verdict, newest.findings, f" under call {newest.call}")
        words = f"{here} · {there}, the newest known"
    else:
        words = _verdict(report.verdict, report.findings)
    gate = "" if report.verdict is Verdict.ELIGIBLE else gate_words(report)
    beside = [part for part in (gate, overruled_words(report)) if part]
    return f"{words} ({'; '.join(beside)})" if beside else words


def overruled_words(report: Report) -> str:
    """Return how many words of the sheet a configuration reads otherwise, and which one it is."""
    found = overruled(report)
    if not found:
        return ""
    file = dict(found[0].message.values)["file"]
    return f"{len(found)} {'word' if len(found) == 1 else 'words'} overruled by {file}"


def overruled(report: Report) -> list[Problem]:
    """Return the words of the sheet that a configuration reads otherwise than everybody does."""
    return [problem for problem in report.problems if problem.id == OVERRULED]


def not_understood(report: Report) -> list[Problem]:
    """Return what could not be understood of the sheet."""
    return [problem for problem in report.problems if problem.id != OVERRULED]


def verdict_in_full(report: Report) -> str:
    """Return the verdict with the lot and the call, as one line."""
    words = f"{verdict_words(report)}, {lot_name(report)}"
    return words if report.call_verdict is not None else f"{words}, {call_words(report)}"


def _verdict(verdict: Verdict, findings: Sequence[Finding], call: str = "") -> str:
    """Return a verdict with its call and, of a yes, the doubts that must stand beside it."""
    words = f"{VERDICTS[verdict]}{call}"
    carried = [(f, c) for f, c in _cautions(findings) if c.in_verdict]
    if verdict is not Verdict.ELIGIBLE or not carried:
        return words
    doubts = [f"{c.message}{with_places(c.cells, str(c.message))}" for _, c in carried]
    # "national agency's page, 2023" -> the year stands in the line below.
    source = carried[0][0].clause.source.title.partition(",")[0]
    return f"{words} by the {source}; {'; '.join(doubts)}"


def newest_line(report: Report) -> str:
    """Return what the newest rulebook says; empty when the call is the newest."""
    newest = report.newest
    if newest is None:
        return ""
    start, own = f"call {newest.call}: ", report.call_verdict or report.verdict
    if newest.verdict is Verdict.ELIGIBLE:
        same = own is Verdict.ELIGIBLE
        return start + ("same verdict" if same else small(newest.verdict))
    there = deciding(newest.verdict, newest.findings)
    here = {_reason(f) for f in deciding(own, report.findings)}
    if newest.verdict is own and {_reason(f) for f in there} == here:
        return start + f"{small(newest.verdict)}, same reason" + ("s" if len(there) > 1 else "")
    return start + _with_reason(newest.verdict, there, [f for f in there if _reason(f) not in here])


def deciding(verdict: Verdict, findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings that make this verdict: those not met, else those to check."""
    outcome = {Verdict.NOT_ELIGIBLE: _NO, Verdict.UNDECIDED: _OPEN}.get(verdict)
    return [f for f in findings if f.outcome is outcome]


def _reason(finding: Finding) -> tuple[str, str]:
    return finding.rule, said(finding)


def _with_reason(verdict: Verdict, found: Sequence[Finding], fresh: Sequence[Finding]) -> str:
    """Return the verdict with a reason, best one that is not also a reason of this report."""
    if not found:
        return small(verdict)
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    return f"{small(verdict)}, {said((*fresh, *found)[0])}{more}"


def said(finding: Finding) -> str:
    """Return a finding as a clause of a sentence, with its cells where it counts nothing."""
    answer = finding.answer
    places = "" if answer.count is not None else with_places(answer.cells, str(answer.message))
    return f"{finding.title}: {answer.message}{places}"


def with_places(cells: Sequence[Cell], sentence: str) -> str:
    """Return the cells in brackets, to follow a sentence that does not name them itself."""
    places = str(listed(places_of(cells)))
    return f" ({places})" if places and places not in sentence else ""


def places_of(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Return cells for people: as ranges, with the sheet named once before those on it.

    >>> places_of([Cell("P", 3, 2), Cell("P", 4, 3), Cell("P", 5, 3), Cell("Q", 1, 1)])
    ('P!B3', 'C4:C5', 'Q!A1')
    """
    found = []
    last = ""
    for place in ranges(cells):
        sheet, mark, address = place.rpartition("!")
        found.append(address if mark and sheet == last else place)
        last = sheet
    return tuple(found)
