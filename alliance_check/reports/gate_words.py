"""What the gate says of a report: a bracket behind the verdict, and a sentence for each waiver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from alliance_check.model.message import Message, listed, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Finding, Gate, Report, Waiver

WAIVED, UNUSED, EXPIRED = "waived", "unused-waiver", "expired-waiver"
_MONTHS = (
    *(say("January"), say("February"), say("March"), say("April"), say("May"), say("June")),
    *(say("July"), say("August"), say("September"), say("October")),
    *(say("November"), say("December")),
)
_LIMITS = {
    "not-eligible": say("it fails on not eligible only"),
    "never": say("--fail-on never"),
}


class GateLine(NamedTuple):
    """One sentence on one waiver; ``finding`` is what it lets pass, where it does."""

    kind: str
    waiver: Waiver
    sentence: Message
    finding: Finding | None = None


def day_words(day: date) -> Message:
    """Return a date as people write it.

    >>> print(day_words(date(2026, 3, 1)))
    1 March 2026
    """
    return say("{day} {month} {year}", day=day.day, month=_MONTHS[day.month - 1], year=day.year)


def gate_words(report: Report) -> Message | None:
    """Return what stands behind a verdict on which the gate has something to say.

    ``gate passed: 1 waived by the coordinator, until 1 March 2026``
    """
    gate = report.gate
    if gate is None or report.exit_code == 0:
        return None
    waived = _waived(gate)
    if gate.exit_code:
        if waived is None:
            return None
        broken, to_check = _open(report, gate)
        left = say("{number} still to check", number=to_check)
        if broken:
            left = say("{number} not met", number=broken)
        return say("gate failed: {waived}, {left}", waived=waived, left=left)
    limit = _LIMITS.get(gate.fail_on)
    enough = waived is not None and not any(_open(report, gate))
    words = [waived] if enough else [word for word in (waived, limit) if word is not None]
    return say("gate passed: {why}", why=listed(words))


def gate_lines(report: Report) -> Iterator[GateLine]:
    """Yield what each waiver did or failed to do."""
    gate = report.gate
    if gate is None:
        return
    open_last = sorted(report.all_findings, key=lambda f: f.outcome is Outcome.TO_CHECK)
    findings = {finding.rule: finding for finding in open_last}
    for waiver in gate.waived:
        what = say("waived by {name}", name=waiver.by) if waiver.by else say("waived")
        sentence = say("{what}: {reason}", what=_until(what, [waiver]), reason=waiver.reason)
        yield GateLine(WAIVED, waiver, sentence, findings[waiver.rule])
    for unused in gate.unused:
        about = subject(unused.waiver)
        sentence = say("the waiver of {what} has no effect: {why}", what=about, why=unused.why)
        yield GateLine(UNUSED, unused.waiver, sentence)
    for waiver in gate.expired:
        about = subject(waiver)
        sentence = say("the waiver of {what} expired", what=about)
        if waiver.until is not None:
            day = day_words(waiver.until)
            sentence = say("the waiver of {what} expired on {day}", what=about, day=day)
        yield GateLine(EXPIRED, waiver, sentence)


def subject(waiver: Waiver) -> Message:
    """Return what a waiver is about: its rule, and the cell or partner that it is limited to.

    >>> print(subject(Waiver("valid-charter", "asked", cell="Partners!C7")))
    valid-charter at Partners!C7
    """
    if waiver.cell and not waiver.rule:
        return say("{cell}", cell=waiver.cell)
    if waiver.cell:
        return say("{rule} at {cell}", rule=waiver.rule, cell=waiver.cell)
    if waiver.partner:
        return say("{rule} for {partner}", rule=waiver.rule, partner=waiver.partner)
    return say("{rule}", rule=waiver.rule)


def _waived(gate: Gate) -> Message | None:
    number = len({waiver.rule for waiver in gate.waived})
    if not number:
        return None
    what = say("{number} waived", number=number)
    if names := listed(dict.fromkeys(waiver.by for waiver in gate.waived if waiver.by)):
        what = say("{number} waived by {names}", number=number, names=names)
    return _until(what, gate.waived)


def _until(what: Message, waivers: Sequence[Waiver]) -> Message:
    """Return a sentence with the day until which waivers hold, where one ends."""
    days = sorted({waiver.until for waiver in waivers if waiver.until is not None})
    if not days:
        return what
    if len(days) == 1:
        return say("{what}, until {day}", what=what, day=day_words(days[0]))
    return say("{what}, the first until {day}", what=what, day=day_words(days[0]))


def _open(report: Report, gate: Gate) -> tuple[int, int]:
    """Return how many rules are not met, and how many are to be checked and not waived.

    Where two calls differ, what is not met may hold under the other one.
    """
    waived = {waiver.rule for waiver in gate.waived}
    found = report.all_findings
    broken = {f.rule for f in found if f.outcome is Outcome.NOT_MET}
    to_check = {f.rule for f in found if f.outcome is Outcome.TO_CHECK} - waived
    return (0 if report.call_verdict is not None else len(broken)), len(to_check)
