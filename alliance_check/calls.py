"""Judge a consortium under the call that is named, or under two where nobody names one.

The rules of the call that the founding page describes and those of the newest call are both judged
then. Where their verdicts differ, neither is the answer: a finding of its own says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from alliance_check import rulebook
from alliance_check.evaluate import evaluate, verdict
from alliance_check.model.call import Call, Clause, Lot
from alliance_check.model.consortium import Consortium
from alliance_check.model.message import Message, listed, say
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import CALL, Answer, Finding, Newest
from alliance_check.parse import Given, Parsed
from alliance_check.rules import RULES

DEFAULT_CALL = "2023"
"""The call that the founding page describes."""

Load = Callable[[str], Call]

_MOST = 3
_VERDICTS = {
    Verdict.ELIGIBLE: say("eligible"),
    Verdict.NOT_ELIGIBLE: say("not eligible"),
    Verdict.UNDECIDED: say("undecided"),
}
_DECIDING = {Verdict.NOT_ELIGIBLE: Outcome.NOT_MET, Verdict.UNDECIDED: Outcome.TO_CHECK}


class CallAndLots(NamedTuple):
    """The call and lots under which a consortium is judged, and where each was named."""

    call: Call
    lots: tuple[Lot, ...]
    origins: Mapping[str, str]


class Judgement(NamedTuple):
    """What the rules say under the call, and under the newest one.

    ``call_verdict`` is the verdict under the call alone, where the two calls differ.
    """

    findings: tuple[Finding, ...]
    verdict: Verdict
    newest: Newest | None
    call_verdict: Verdict | None = None


def call_and_lots(
    parsed: Parsed, call: str | None, lot: str | None, given: Given, load: Load
) -> CallAndLots:
    """Return the call and lots to judge under; *call* and *lot* are what the caller says.

    A lot that only one known call has names that call.

    :raises AllianceCheckError: when there is no such rulebook, or the call has no such lot.
    """
    origins = {}
    for name, said, read in (("call", call, parsed.call), ("lot", lot, parsed.lot)):
        if said is None and read is not None:
            origins[name] = str(parsed.basis.labels[name][0].cell)
    named = named_call_and_lots(call or parsed.call, lot or parsed.lot, given, load)
    return named._replace(origins={**named.origins, **origins})


def named_call_and_lots(call: str | None, lot: str | None, given: Given, load: Load) -> CallAndLots:
    """Return the call and lots to judge under, where the sheet names none.

    :raises AllianceCheckError: when there is no such rulebook, or the call has no such lot.
    """
    said = (("call", call), ("lot", lot))
    origins = {name: given.origin(name) for name, value in said if value is not None}
    if call is None and lot is not None and lot not in load(DEFAULT_CALL).lots:
        having = [known for known in rulebook.calls() if lot in load(known).lots]
        if len(having) == 1:
            call, origins["call"] = having[0], origins["lot"]
    under = load(call or DEFAULT_CALL)
    lots = (rulebook.find_lot(under, lot),) if lot else tuple(under.lots.values())
    return CallAndLots(under, lots, origins)


def judge(
    consortium: Consortium, under: CallAndLots, lot: Lot, newest: Call | None, *, strict: bool
) -> Judgement:
    """Judge a consortium under a call and, unless it is None, under the newest.

    Where the call was named nowhere, both decide.
    """
    call = under.call
    findings = evaluate(consortium, call, lot, strict=strict)
    found = verdict(findings)
    if newest is None or newest.id == call.id or lot.id not in newest.lots:
        return Judgement(findings, found, None)
    other = _newest(
        findings, newest, evaluate(consortium, newest, newest.lots[lot.id], strict=strict)
    )
    if CALL in under.origins or other.verdict is found:
        return Judgement(findings, found, other)
    finding = _difference(Newest(call.id, found, findings, other.differs), other, newest)
    return Judgement((finding, *findings), Verdict.UNDECIDED, other, found)


def _newest(findings: Sequence[Finding], newest: Call, then: tuple[Finding, ...]) -> Newest:
    """Return what the newest call says, and which rules answer differently there."""
    now, later = ({f.rule: f.outcome for f in found} for found in (findings, then))
    absent = Outcome.NOT_APPLICABLE
    both = [rule.ID for rule in RULES if rule.ID in now or rule.ID in later]
    differs = tuple(r for r in both if now.get(r, absent) is not later.get(r, absent))
    return Newest(newest.id, verdict(then), then, differs, newest.deadline)


def _difference(here: Newest, there: Newest, newest: Call) -> Finding:
    """Return the finding that the two calls differ, with the cells that decide it."""
    cells = dict.fromkeys(
        cell
        for side in (here, there)
        for finding in _deciding(side)
        if finding.rule in side.differs
        for cell in finding.answer.cells
    )
    answer = Answer(
        Outcome.TO_CHECK,
        say("{here}, {there}", here=_side(here), there=_side(there)),
        cells=tuple(cells),
        hint=say(
            "Name the call under which the consortium applies: --call {call} or --call {newest}.",
            call=here.call,
            newest=there.call,
        ),
    )
    clause = Clause(
        id=CALL,
        says="An application is judged by the rules of the call to which it is submitted.",
        source=newest.guide,
        page="",
        wording="must",
        confidence="interpretation",
    )
    return Finding(CALL, say("call"), answer, clause)


def _side(side: Newest) -> Message:
    """Return a verdict with its call and the rules that make it."""
    titles = [finding.title for finding in _deciding(side)]
    words, call = _VERDICTS[side.verdict], side.call
    if not titles:
        return say("{verdict} under call {call}", verdict=words, call=call)
    return say(
        "{verdict} under call {call} ({rules})",
        verdict=words,
        call=call,
        rules=listed(titles, _MOST),
    )


def _deciding(side: Newest) -> list[Finding]:
    outcome = _DECIDING.get(side.verdict)
    return [finding for finding in side.findings if finding.outcome is outcome]
