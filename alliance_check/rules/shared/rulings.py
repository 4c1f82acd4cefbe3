"""Judge partners one by one: the worst reading of the worst partner decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import IntEnum
from typing import NamedTuple

from alliance_check.model.consortium import (
    Partner,
    Presence,
    Role,
    Said,
)
from alliance_check.model.message import Message
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer, Caution
from alliance_check.model.sheet import Cell

READABLE_ROLES = tuple(role for role in Role if role is not Role.UNKNOWN)


class Harm(IntEnum):
    """How bad it is that a partner takes part as it does."""

    NONE = 0
    CAUTION = 1
    DOUBT = 2
    BAR = 3


class Ruling(NamedTuple):
    """What speaks against a partner: how bad it is, what is said, and the field it is about."""

    partner: Partner
    harm: Harm
    message: Message
    field: str = "country"

    @property
    def cell(self) -> Cell:
        """The cell that speaks against it."""
        return self.partner.cell(self.field)


def over_readings(partner: Partner, harm: Callable[[str | None, Role], Harm]) -> Harm:
    """Return the harm of a partner over its possible countries, roles and presence.

    Barred in every reading is barred; barred in some is a doubt. A country that may be any is
    passed to *harm* as None.
    """
    roles = READABLE_ROLES if partner.role is Role.UNKNOWN else (partner.role,)
    harms = {harm(c, role) for c in partner.possible_countries or {None} for role in roles}
    worst, best = max(harms), min(harms)
    settled = worst is best and partner.presence is Presence.CONFIRMED
    return Harm.DOUBT if worst is Harm.BAR and not settled else worst


def judge_rulings(
    rulings: Iterable[Ruling], fine: Message, none: Message | None, way_out: Message
) -> Answer:
    """Answer for a rule: the worst ruling decides, milder ones stay as cautions.

    *none* is said when there is no ruling at all, and the rule does not apply; without it the rule
    is met.
    """
    everyone = list(rulings)
    bars = [r for r in everyone if r.harm is Harm.BAR]
    doubts = [r for r in everyone if r.harm is Harm.DOUBT]
    cautions = tuple(Caution(r.message, (r.cell,)) for r in everyone if r.harm is Harm.CAUTION)
    decisive = bars or doubts
    if not decisive:
        if not everyone and none is not None:
            return Answer(Outcome.NOT_APPLICABLE, none)
        return Answer(Outcome.MET, fine, cautions=cautions)
    return Answer(
        Outcome.NOT_MET if bars else Outcome.TO_CHECK,
        decisive[0].message,
        cells=tuple(dict.fromkeys(r.cell for r in decisive)),
        cautions=cautions,
        hint=way_out,
    )


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
    """Answer with the worst that a column of yes and no says; blank cells are one caution."""
    everyone = list(required)
    rulings = [
        Ruling(partner, Harm.BAR if sure and said is Said.NO else Harm.DOUBT, message, column)
        for wanted, message in ((Said.NO, words.missing), (Said.UNREAD, words.unread))
        for partner, sure, said in everyone
        if said is wanted
    ]
    answer = judge_rulings(rulings, fine=words.met, none=None, way_out=words.way_out)
    blank = tuple(a.partner.cell(column) for a in everyone if a.said is Said.BLANK)
    return replace(answer, cautions=(Caution(words.blank, blank),)) if blank else answer
