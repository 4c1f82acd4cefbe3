"""What a question is made of: whom it is put to, what it is asked for, and what answers mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from alliance_check.advice import Change
from alliance_check.model.consortium import Cell, Verdict
from alliance_check.model.message import Message
from alliance_check.model.report import Finding


class Reply(NamedTuple):
    """A possible answer, and the changes by which a sheet would say so."""

    text: Message
    changes: tuple[Change, ...]


class Point(NamedTuple):
    """Something that is open, of one organisation or of the project, before it is judged.

    *text* says it to whoever keeps the sheet, *ask* to the organisation itself. The replies stand
    in the order in which they are hoped for.
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


@dataclass(frozen=True)
class Answer:
    """A reply with what it leads to: by itself, and beside the best replies to the first set."""

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
    """A point with the rules that it is asked for, and what each answer would mean."""

    point: Point
    asked_for: tuple[Finding, ...]
    answers: tuple[Answer, ...]
    first: bool
    """Whether it is in the smallest set that decides."""


@dataclass(frozen=True)
class Questions:
    """The questions about one consortium under one lot, those of the smallest set first.

    *enough* says whether the favourable answers to the first set make it eligible. Where they do
    not, *beyond* is what stays open or unmet, and *further* what else would be needed.
    """

    verdict: Verdict
    questions: tuple[Question, ...] = ()
    coordinator: Cell | None = None
    enough: bool = False
    beyond: tuple[Finding, ...] = ()
    further: tuple[Message, ...] = ()

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
