"""What a yes/no column says of those who must have something."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from alliance_check.model.consortium import Cell, Outcome, Partner, Said
from alliance_check.model.message import Message
from alliance_check.model.report import Answer, Caution


class Requirement(NamedTuple):
    """A partner that needs something, for sure or in some reading, and what its cell says."""

    partner: Partner
    sure: bool
    said: Said


class Wording(NamedTuple):
    """What is said when all have it, when one has not, when a cell is open, and the way out."""

    met: Message
    missing: Message
    blank: Message
    unread: Message
    way_out: Message


def judge_column(required: Iterable[Requirement], column: str, words: Wording) -> Answer:
    """Return the worst that the column says: a "no" is not met, a blank only a caution."""
    everyone = list(required)
    no = [a for a in everyone if a.said is Said.NO]
    unread = [a for a in everyone if a.said is Said.UNREAD]
    blank = [a.partner.cell(column) for a in everyone if a.said is Said.BLANK]
    cautions = (Caution(words.blank, tuple(blank)),) if blank else ()
    if any(a.sure for a in no):
        cells = _cells([a for a in no if a.sure], column)
        return Answer(
            Outcome.NOT_MET, words.missing, cells=cells, cautions=cautions, hint=words.way_out
        )
    if no or unread:
        message = words.missing if no else words.unread
        cells = _cells([*no, *unread], column)
        return Answer(Outcome.TO_CHECK, message, cells=cells, cautions=cautions, hint=words.way_out)
    return Answer(Outcome.MET, words.met, cautions=cautions)


def _cells(required: list[Requirement], column: str) -> tuple[Cell, ...]:
    return tuple(a.partner.cell(column) for a in required)
