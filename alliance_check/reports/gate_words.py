"""What the gate says of a report: a bracket behind the verdict, and a sentence for each waiver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from alliance_check.model.consortium import Outcome
from alliance_check.model.message import listed
from alliance_check.model.report import Finding, Gate, Report, Waiver

WAIVED, UNUSED, EXPIRED = "waived", "unused-waiver", "expired-waiver"
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_LIMITS = {"not-eligible": "it fails on not eligible only", "never": "--fail-on never"}


class GateLine(NamedTuple):
    """One sentence on one waiver; ``finding`` is what it lets pass, where it does."""

    kind: str
    waiver: Waiver
    sentence: str
    finding: Finding | None = None


def day_words(day: date) -> str:
    """Return a date; the month is English wherever the program runs.

    >>> day_words(date(2026, 3, 1))
    '1 March 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def gate_words(report: Report) -> str:
    """Return what stands behind a verdict on which the gate has something to say.

    ``gate passed: 1 waived by the coordinator, until 1 March 2026``
    """
    gate = report.gate
    if gate is None or report.exit_code == 0:
        return ""
    waived = _waived(gate)
    if gate.exit_code:
        return f"gate failed: {waived}, {_left(report, gate)}" if waived else ""
    limit = _LIMITS.get(gate.fail_on, "")
    enough = waived and not any(_open(report, gate))
    words = [waived] if enough else [word for word in (waived, limit) if word]
    return f"gate passed: {', '.join(words)}"


def gate_lines(report: Report) -> Iterator[GateLine]:
    """Yield what each waiver did or failed to do."""
    gate = report.gate
    if gate is None:
        return
    open_last = sorted(report.all_findings, key=lambda f: f.outcome is Outcome.TO_CHECK)
    findings = {finding.rule: finding for finding in open_last}
    for waiver in gate.waived:
        sentence = f"waived{_by([waiver])}: {waiver.reason}"
        yield GateLine(WAIVED, waiver, sentence, findings[waiver.rule])
    for unused in gate.unused:
        sentence = f"the waiver of {subject(unused.waiver)} has no effect: {unused.why}"
        yield GateLine(UNUSED, unused.waiver, sentence)
    for waiver in gate.expired:
        ended = "" if waiver.until is None else f" on {day_words(waiver.until)}"
        yield GateLine(EXPIRED, waiver, f"the waiver of {subject(waiver)} expired{ended}")


def subject(waiver: Waiver) -> str:
    """Return what a waiver is about: its rule, and the cell or partner that it is limited to.

    >>> subject(Waiver("valid-charter", "asked", cell="Partners!C7"))
    'valid-charter at Partners!C7'
    """
    place = f" at {waiver.cell}" if waiver.cell else ""
    whom = f" for {waiver.partner}" if waiver.partner else ""
    return f"{waiver.rule}{place}{whom}"


def _waived(gate: Gate) -> str:
    count = len({waiver.rule for waiver in gate.waived})
    return f"{count} waived{_by(gate.waived)}" if count else ""


def _by(waivers: Sequence[Waiver]) -> str:
    names = list(dict.fromkeys(waiver.by for waiver in waivers if waiver.by))
    days = sorted({waiver.until for waiver in waivers if waiver.until is not None})
    by = f" by {listed(names)}" if names else ""
    first = "the first " if len(days) > 1 else ""
    return by + (f", {first}until {day_words(days[0])}" if days else "")


def _open(report: Report, gate: Gate) -> tuple[int, int]:
    """Return how many rules are not met, and how many are to be checked and not waived.

    Where two calls differ, what is not met may hold under the other one.
    """
    waived = {waiver.rule for waiver in gate.waived}
    found = report.all_findings
    broken = {f.rule for f in found if f.outcome is Outcome.NOT_MET}
    to_check = {f.rule for f in found if f.outcome is Outcome.TO_CHECK} - waived
    return (0 if report.call_verdict is not None else len(broken)), len(to_check)


def _left(report: Report, gate: Gate) -> str:
    broken, to_check = _open(report, gate)
    return f"{broken} not met" if broken else f"{to_check} still to check"
