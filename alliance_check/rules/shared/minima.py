"""The minima of a lot: compare a count with one of them, and name the cells behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    VET,
    Consortium,
    Partner,
    Presence,
    Role,
)
from alliance_check.model.message import Message, listed, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Answer, Caution, Count
from alliance_check.model.sheet import Cell
from alliance_check.rules.shared.base import Terms
from alliance_check.rules.shared.claimants import (
    Claimant,
    claimant,
    surely_outside,
)

MINIMA = (
    "minimum-countries",
    "minimum-partners",
    "minimum-labour-market-actors",
    "minimum-education-providers",
    "higher-education-partner",
    "vet-partner",
)
"""The rules with a minimum, in the order of the fields of ``Minima``."""
_PLURALS = {
    LABOUR: say("labour market actors"),
    EDUCATION: say("education and training providers"),
    HEI: say("higher education institutions"),
    VET: say("vocational providers"),
}
_ONLY_ONE = {
    HEI: say(
        "the only higher education institution is also a vocational provider; no guide says "
        "whether one organisation may be both"
    ),
    VET: say(
        "the only vocational provider is also a higher education institution; no guide says "
        "whether one organisation may be both"
    ),
}


class Minima(NamedTuple):
    """How many there must be of each kind, or how many are missing."""

    countries: int = 0
    partners: int = 0
    labour: int = 0
    education: int = 0
    hei: int = 0
    vet: int = 0

    @property
    def other_education(self) -> int:
        """How many education providers are needed in addition to those of each kind."""
        return max(0, self.education - self.hei - self.vet)

    @property
    def functions(self) -> int:
        """How many organisations with a function there must be, where each has only one."""
        return self.labour + self.education + self.hei + self.vet

    @property
    def organisations(self) -> int:
        """How many organisations can be all of it."""
        return max(self.partners, self.countries, self.functions)


def minima(lot: Lot) -> Minima:
    """Return the minima of a lot; 0 where it has none or the number is not known."""
    clauses = map(lot.clauses.get, MINIMA)
    return Minima(*(0 if c is None or c.unknown is not None else c.number for c in clauses))


def judge_function(
    consortium: Consortium, terms: Terms, function: str, way_out: Callable[[int], Message]
) -> Answer:
    """Compare how many organisations count as *function* with the clause's number."""
    able = terms.claimants.able[function]
    unsure = [c for c in able if not c.surely(function)]
    hanging = (cell for c in unsure for cell in c.doubts_about(function))
    others = (obstacle(p, terms.call, "type") for p in others_than(able, consortium))
    count = terms.claimants.functions[function]
    answer = judge_minimum(count, terms, hanging, others, way_out)
    of_kinds = (c.sure and c.partner.kinds and not c.instead for c in unsure)
    if answer.outcome is Outcome.TO_CHECK and all(of_kinds):
        hint = _if_accepted(terms.clause.number - count.low, unsure, function)
        answer = replace(answer, hint=hint)
    cautions = (*_overruled(terms.claimants, function), *_both_kinds(terms.claimants, function))
    return replace(answer, cautions=cautions) if cautions else answer


def _if_accepted(missing: int, unsure: list[Claimant], function: str) -> Message:
    """Return how many of those whose kind may count would have to be accepted."""
    names = listed(f"{c.partner.name} ({c.partner.cell('type')})" for c in unsure)
    return say(
        "Met if at least {missing} of these {number} are accepted as {what}: {names}. A column "
        '"Counts as" can say so.',
        missing=missing,
        number=len(unsure),
        what=_PLURALS[function],
        names=names,
    )


def _overruled(everyone: Sequence[Claimant], function: str) -> Iterator[Caution]:
    """Yield a caution on bodies whose cell "Counts as" contradicts their type."""
    said = [c.partner.cell("counts_as") for c in everyone if function in c.partner.overruled]
    doubt = say("what it counts as contradicts the type of the organisation; the type is overruled")
    if said:
        yield Caution(doubt, tuple(said))


def _both_kinds(everyone: Sequence[Claimant], function: str) -> Iterator[Caution]:
    """Yield a caution where the only body of a kind is of the other kind as well."""
    if function not in _ONLY_ONE:
        return
    suppliers = [c for c in everyone if c.surely(function)]
    if len(suppliers) == 1 and all(suppliers[0].surely(kind) for kind in _ONLY_ONE):
        yield Caution(_ONLY_ONE[function], (suppliers[0].partner.cell("type"),))


def others_than(counted: Sequence[Claimant], consortium: Consortium) -> Iterator[Partner]:
    """Yield whoever takes part and is none of these."""
    known = {id(claimant.partner) for claimant in counted}
    yield from (partner for partner in consortium.taking_part if id(partner) not in known)


def obstacle(partner: Partner, call: Call, otherwise: str) -> Cell:
    """Return the cell that keeps a partner from counting: its country, its role or *otherwise*."""
    if claimant(partner, call) is not None:
        return partner.cell(otherwise)
    return partner.cell("country" if surely_outside(partner, call) else "role")


def from_outside(consortium: Consortium, terms: Terms) -> list[Partner]:
    """Return the full partners from third countries that may be among the number.

    There are none unless the source leaves that question open.
    """
    clause = terms.lot.clauses.get("minimum-partners")
    if clause is None or clause.open_question is None:
        return []
    return [
        partner
        for partner in consortium.taking_part
        if partner.role in {Role.FULL_PARTNER, Role.UNKNOWN}
        and surely_outside(partner, terms.call)
        and terms.admits([replace(partner, role=Role.FULL_PARTNER, presence=Presence.CONFIRMED)])
    ]


def judge_minimum(
    count: Count,
    terms: Terms,
    hanging: Iterable[Cell],
    others: Iterable[Cell],
    way_out: Callable[[int], Message],
) -> Answer:
    """Return the answer of a minimum.

    *hanging* are the cells that decide it, *others* those of the organisations that do not count;
    neither is looked at before it is needed.
    """
    need = terms.clause.number
    outcome = count.at_least(need)
    message = say("have {have}, need {need}", have=str(count), need=need)
    if outcome is Outcome.MET:
        return Answer(outcome, message, need, count)
    if outcome is Outcome.NOT_MET:
        cells, hint = tuple(dict.fromkeys([*hanging, *others])), way_out(need - count.high)
    else:
        cells = tuple(dict.fromkeys(hanging))
        hint = way_to_settle(cells, terms.claimants)
    return Answer(outcome, message, need, count, cells, hint=hint)


def way_to_settle(cells: Sequence[Cell], everyone: Iterable[Claimant]) -> Message:
    """Return how to settle the cells that decide a minimum."""
    left_open = {remark.cell for claimant in everyone for remark in claimant.partner.open}
    texts = [cell for cell in cells if cell in left_open]
    correct = say("Complete or correct the cells named, or settle who takes part.")
    if not texts:
        return correct
    remove = say(
        'Settle the text in {cells}: remove it, or call it "harmless" below [remarks] in the '
        "configuration.",
        cells=listed(texts, 3),
    )
    return remove if len(texts) == len(cells) else say("{a} {b}", a=remove, b=correct)
