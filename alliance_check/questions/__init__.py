"""Questions that would decide an undecided consortium, and what each answer would mean.

Every question goes to one organisation, or to the coordinator where it is about the project or
about a partner that nobody knows yet. Where too much is unread, filling in the columns comes first.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from alliance_check.advice.repair import advise
from alliance_check.model.consortium import (
    Consortium,
    Presence,
    Role,
)
from alliance_check.model.message import Message, listed, say
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import Report
from alliance_check.model.sheet import Cell
from alliance_check.parse.consortium.draft import Basis, finished
from alliance_check.parse.table.values import text_of
from alliance_check.pipeline import Checked
from alliance_check.questions.bodies import bodies, contact_of
from alliance_check.questions.fewest import decisive_first, favourable, rules_touched, smallest
from alliance_check.questions.judge import Chosen, Judge, TooMuchUnread, changes_of
from alliance_check.questions.partner_points import partner_points
from alliance_check.questions.project_points import project_points
from alliance_check.questions.question import (
    COLUMNS,
    Contact,
    JudgedReply,
    Point,
    Question,
    Questions,
    QuestionsByReport,
    Reply,
)

__all__ = [
    "Contact",
    "JudgedReply",
    "Point",
    "Question",
    "Questions",
    "QuestionsByReport",
    "Reply",
    "questions",
]


def questions(checked: Checked) -> Questions:
    """Return the questions about one consortium under the lot under which it was judged."""
    report = checked.report
    if report.verdict is not Verdict.UNDECIDED:
        return Questions(report.verdict)
    if report.call_verdict is not None:  # no answer of a partner says which call it is
        return Questions(report.verdict, beyond=report.findings[:1])
    strict = checked.options.strict
    newest = None if report.second_call is None else checked.options.load(report.second_call.call)
    judge = Judge(checked.basis, report.call, report.lot, strict=strict, newest=newest)
    consortium = finished(checked.basis).consortium
    everyone = bodies(checked.basis, consortium)
    points = [
        *partner_points(checked.basis, everyone, report.call),
        *project_points(checked.basis, consortium.project, everyone, report.lot),
    ]
    try:
        judge.expect(sum(len(point.replies) for point in points))
        return _decided(points, judge, consortium, report)
    except TooMuchUnread:
        return Questions(
            report.verdict, coordinator=_coordinator(consortium), unread=_unread(points)
        )


def _decided(
    points: list[Point], judge: Judge, consortium: Consortium, report: Report
) -> Questions:
    """Return the questions, those of the smallest set first, then those that decide most."""
    touched = {point: rules for point in points if (rules := rules_touched(point, judge))}
    points = decisive_first(touched, judge)
    advice = report.advice or advise(judge.basis, judge.call, judge.lot, strict=judge.strict)
    first = smallest(points, judge, advice.repairs)
    every = favourable(points, judge, first)
    found = tuple(
        Question(
            point,
            touched[point],
            tuple(_judged(point, reply, judge, first, every) for reply in point.replies),
            point in first,
        )
        for point in sorted(points, key=lambda point: point not in first)
    )
    after = judge.of(first)
    decided = Questions(
        report.verdict,
        found,
        _coordinator(consortium),
        enough=after.verdict is Verdict.ELIGIBLE,
        title=_title(judge.basis),
        contacts={
            partner.cells["name"]: contact_of(row)
            for partner, row in zip(judge.basis.partners, judge.basis.rows, strict=True)
        },
    )
    if decided.enough:
        return decided
    return replace(
        decided,
        beyond=(*after.having(Outcome.NOT_MET), *after.having(Outcome.TO_CHECK)),
        further=_further(judge, first),
    )


def _title(basis: Basis) -> str:
    """Return what the workbook calls the proposal: its title, or else its acronym."""
    named = [*basis.labels.get("title", ()), *basis.labels.get("acronym", ())]
    return text_of(named[0].content) if named else ""


def _judged(point: Point, reply: Reply, judge: Judge, first: Chosen, every: Chosen) -> JudgedReply:
    before, alone = judge(), judge(reply.changes)
    others = {other: good for other, good in first.items() if other is not point}
    together = judge.of({**others, point: reply}) if others else None
    decided = alone if alone.verdict is not Verdict.UNDECIDED or together is None else together
    return JudgedReply(
        reply.text,
        tuple(map(str, reply.changes)),
        every.get(point) == reply,
        alone.verdict,
        None if together is None else together.verdict,
        tuple(f for f in before.having(Outcome.TO_CHECK) if f.rule not in alone.bad),
        decided.having(Outcome.NOT_MET),
    )


def _further(judge: Judge, first: Chosen) -> tuple[Message, ...]:
    """Return what else would have to change once the first set is answered."""
    after = judge.made(changes_of(first))
    advice = advise(after, judge.call, judge.lot, strict=judge.strict)
    if advice.repairs:
        return advice.repairs[0].sentences
    return () if advice.none is None else (advice.none,)


def _unread(points: list[Point]) -> Message:
    """Return which columns to fill in: those with several open cells, the emptiest first."""
    fields = Counter(point.field for point in points if point.about is not None)
    columns = listed(COLUMNS[field] for field, number in fields.most_common() if number > 1)
    return say(
        "Too much is unread to ask about each cell. Fill in these columns first: {columns}.",
        columns=columns,
    )


def _coordinator(consortium: Consortium) -> Cell | None:
    """Return the name cell of the only coordinator; None where there is none, or more."""
    found = [
        partner.cells["name"]
        for partner in consortium.partners
        if partner.role is Role.COORDINATOR
        and partner.same_as is None
        and partner.presence is not Presence.DECLINED
    ]
    return found[0] if len(found) == 1 else None
