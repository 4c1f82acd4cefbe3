"""Questions and answers in words, the same in every output."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_check.model.consortium import Partner
from alliance_check.model.message import Message, Value, either, listed, say
from alliance_check.model.outcome import Verdict
from alliance_check.model.report import Finding, Report
from alliance_check.questions.question import JudgedReply, Point, Question, Questions
from alliance_check.reports.words import SMALL, cite

TOGETHER = say(
    "* marks the answer to hope for; with the others means: with the answers marked to the other "
    "questions of this list."
)
_ALONE = {**SMALL, Verdict.UNDECIDED: say("still open")}
_TOGETHER = {
    Verdict.ELIGIBLE: say("eligible with the others"),
    Verdict.NOT_ELIGIBLE: say("not eligible with the others"),
    Verdict.UNDECIDED: say("still open"),
}


_DECIDED = {
    Verdict.ELIGIBLE: say("nothing has to be asked; the report says how safe that is"),
    Verdict.NOT_ELIGIBLE: say("no answer would change that; the report says what to change"),
}


def headline(found: Questions) -> Message:
    """Return whether questions decide, and how many there are."""
    if found.verdict in _DECIDED:
        return _DECIDED[found.verdict]
    number = len(found.first)
    if found.unread is not None:
        return say("too much is unread for questions")
    if not number:
        return say("no question to a partner or to the coordinator would decide it")
    if not found.enough:
        return say("the questions below help, but their answers alone are not enough")
    if number == 1:
        return say("one question can decide it")
    return say("{number} questions can decide it", number=number)


def rest_title(found: Questions) -> Message:
    """Return the heading of the questions outside the first set."""
    if found.enough and not found.rest_matters:
        return say("More is open, but no longer matters after the answers marked above")
    return say("More is open")


def addressee(point: Point, found: Questions, report: Report) -> Message:
    """Return whom a question goes to."""
    if point.name:
        return say("{name} ({cell})", name=point.name, cell=str(point.about))
    leader = coordinator(found, report)
    if leader is None:
        return say("the coordinator")
    return say("{name} (coordinator)", name=leader.name or str(leader.cells["name"]))


def coordinator(found: Questions, report: Report) -> Partner | None:
    """Return the partner that coordinates; None where it is not clear which."""
    partners = report.consortium.partners
    return next((p for p in partners if p.cells["name"] == found.coordinator), None)


def cited(findings: tuple[Finding, ...]) -> Message:
    """Return the titles of rules with their clauses, each clause once."""
    places: dict[Message, list[Message]] = {}
    for finding in findings:
        places.setdefault(cite(finding.clause), []).append(finding.title)
    parts = (say("{rules} ({source})", rules=listed(t), source=s) for s, t in places.items())
    return say("{rules}", rules=listed(parts))


def meaning(answer: JudgedReply) -> Message:
    """Return what an answer leads to, with what is not met then."""
    joint = answer.alone is Verdict.UNDECIDED and answer.together is not None
    leads = _ALONE[answer.alone]
    if joint and answer.together is not None:
        leads = _TOGETHER[answer.together]
    if answer.broken:
        why = (
            say("{title}: {message}", title=f.title, message=f.answer.message)
            for f in answer.broken
        )
        return say("{leads} ({why})", leads=leads, why=listed(why))
    if answer.settled and leads == _ALONE[Verdict.UNDECIDED]:
        titles = listed(finding.title for finding in answer.settled)
        return say("{leads} (settles {titles})", leads=leads, titles=titles)
    return leads


def grouped(question: Question) -> Iterator[tuple[bool, Value, Message]]:
    """Yield the answers that mean the same as one: whether favourable, the texts, the meaning."""
    alike: dict[tuple[bool, Message], list[JudgedReply]] = {}
    for answer in question.answers:
        alike.setdefault((answer.favourable, meaning(answer)), []).append(answer)
    for (favourable, leads), answers in alike.items():
        yield favourable, either(answer.text for answer in answers), leads
