"""What a question is made of: whom it goes to, which rules need it, and what answers mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from alliance_check.advice.changes import Change
from alliance_check.model.message import Message, say
from alliance_check.model.outcome import Verdict
from alliance_check.model.report import Finding, Report
from alliance_check.model.sheet import Cell

COLUMNS = {
    "country": say("country"),
    "type": say("type"),
    "counts_as": say("counts as"),
    "role": say("role"),
    "status": say("status"),
    "charter": say("charter"),
    "pact": say("Pact for Skills"),
    "share": say("share of the grant"),
    "remark": say("remarks"),
}
"""The columns of partners by the field of a point, in words."""


class Reply(NamedTuple):
    """A possible answer, and the changes by which a sheet would say so."""

    text: Message
    changes: tuple[Change, ...]


class Point(NamedTuple):
    """Something that is open about one organisation or the project, before it is judged.

    *text* asks whoever keeps the sheet; *ask* asks the organisation, which does not have the file:
    it names no cell, and *said* is what stands there now. The likeliest reply comes first.
    """

    field: str
    about: Cell | None
    """The name cell of the organisation; None for the project."""
    name: str
    """What the organisation is called; empty where nobody knows yet, or for the project."""
    cell: Cell | None
    text: Message
    ask: Message
    replies: tuple[Reply, ...]
    said: str = ""


@dataclass(frozen=True)
class JudgedReply:
    """A reply with what it leads to: by itself, and with the best replies to the first set."""

    text: Message
    changes: tuple[str, ...]
    favourable: bool
    alone: Verdict
    together: Verdict | None
    """None where the first set has no other question."""
    settled: tuple[Finding, ...] = ()
    """What is to check now, and no longer when this alone is answered."""
    broken: tuple[Finding, ...] = ()
    """What is not met then: by itself, or, where that is open, together with the others."""


@dataclass(frozen=True)
class Question:
    """A point with the rules that need it, and what each answer would mean."""

    point: Point
    rules: tuple[Finding, ...]
    answers: tuple[JudgedReply, ...]
    first: bool
    """Whether it is in the smallest set that decides."""


class Contact(NamedTuple):
    """Whom to write to at an organisation, as far as the sheet says so."""

    person: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True)
class Questions:
    """The questions about one consortium under one lot, those of the smallest set first.

    *title* is that of the proposal, *contacts* are those of partners by their name cells.
    *enough* says whether the favourable answers to the first set make it eligible. Where they do
    not, *beyond* is what stays open or unmet, and *further* what else would be needed.
    """

    verdict: Verdict
    questions: tuple[Question, ...] = ()
    coordinator: Cell | None = None
    enough: bool = False
    beyond: tuple[Finding, ...] = ()
    further: tuple[Message, ...] = ()
    unread: Message | None = None
    """What to fill in first, where too much is unread for questions."""
    title: str = ""
    contacts: Mapping[Cell, Contact] = field(default_factory=dict)

    @property
    def rest(self) -> tuple[Question, ...]:
        """The questions outside the smallest set."""
        return tuple(question for question in self.questions if not question.first)

    @property
    def rest_matters(self) -> bool:
        """Whether an answer outside the first set can still undo what the first set decides."""
        answers = (answer for question in self.rest for answer in question.answers)
        return any(answer.together is not Verdict.ELIGIBLE for answer in answers)

    @property
    def first(self) -> tuple[Question, ...]:
        """The smallest set that decides."""
        return tuple(question for question in self.questions if question.first)


QuestionsByReport = Sequence[tuple[Report, Questions]]
"""The questions about the consortia of a file, with the report on each under each lot."""
