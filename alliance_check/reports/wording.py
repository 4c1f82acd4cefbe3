"""The few phrases that every output for people shares."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alliance_check.calls import Clause
from alliance_check.findings import Caution, Failure, Finding, Report
from alliance_check.model import Outcome, Verdict
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


def small(verdict: Verdict) -> str:
    """Return the verdict inside a sentence."""
    return VERDICTS[verdict].lower()


def lot_name(report: Report) -> str:
    """Return the lot's number and full name."""
    return f"Lot {report.lot.number} {report.lot.title}"


def cite(clause: Clause) -> str:
    """Return where a clause stands: the document and, where it has pages, the page."""
    return f"{clause.source.title} p. {clause.page}" if clause.page else clause.source.title


def having(report: Report, *outcomes: Outcome) -> tuple[Finding, ...]:
    """Return the findings with one of these outcomes, grouped in the order given."""
    return tuple(f for o in outcomes for f in report.findings if f.outcome is o)


def cautions(report: Report) -> Iterator[tuple[Finding, Caution]]:
    """Yield every caution with its finding, each text and place once."""
    seen = set()
    for finding in report.findings:
        for caution in finding.answer.cautions:
            key = (str(caution.message), caution.cells)
            if key not in seen:
                seen.add(key)
                yield finding, caution


def in_verdict(report: Report) -> str:
    """Return what the verdict line itself must carry, empty where nothing must."""
    parts = [
        f"{caution.message}{_places(caution)}"
        for _, caution in cautions(report)
        if caution.in_verdict
    ]
    return "; ".join(parts)


def _places(caution: Caution) -> str:
    places = ", ".join(ranges(caution.cells))
    return f" ({places})" if places and places not in str(caution.message) else ""


def newest_line(report: Report) -> str:
    """Return what the newest rulebook says; empty when the call is the newest."""
    newest = report.newest
    if newest is None:
        return ""
    start = f"call {newest.call}: "
    if newest.verdict is not report.verdict:
        return start + _with_reason(small(newest.verdict), newest.findings)
    if not newest.differs:
        if newest.verdict is Verdict.ELIGIBLE:
            return start + "same verdict"
        return start + f"{small(newest.verdict)}, same reason"
    return start + "same verdict, other rules: " + ", ".join(newest.differs)


def _with_reason(verdict: str, findings: Sequence[Finding]) -> str:
    for outcome in (Outcome.NOT_MET, Outcome.TO_CHECK):
        found = [f for f in findings if f.outcome is outcome]
        if found:
            more = f" and {len(found) - 1} more" if len(found) > 1 else ""
            return f"{verdict}, {said(found[0])}{more}"
    return verdict


def said(finding: Finding) -> str:
    """Return a finding as a clause of a sentence; a bare count needs the rule's title."""
    answer = finding.answer
    return str(answer.message) if answer.count is None else f"{finding.title}: {answer.message}"


def code_of(results: Sequence[Report | Failure]) -> int:
    """Return the exit code of the lots of one file: their common one, else undecided.

    A failure among them wins.
    """
    codes = {result.exit_code for result in results}
    broken = [r.exit_code for r in results if isinstance(r, Failure)]
    if broken:
        return broken[0]
    return codes.pop() if len(codes) == 1 else 3
