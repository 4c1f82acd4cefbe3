"""The cheapest sets of changes that make a consortium eligible, each judged before it is given.

The minima and who may take part are settled by ``solver``, over what can become of each
organisation; money and time by ``project``, on what then comes out. Whatever is found is applied
and judged by all rules; what does not come out eligible is not given. Where it depends on cells
that only the partners can fill in, the advice is to fill them in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from alliance_check.advice.changes import TO_PROJECT, Change
from alliance_check.advice.fields import FILL, KEEP, likely_countries, unread_type
from alliance_check.advice.margins import margins
from alliance_check.advice.options import Organisation, Prospects, alignments, row_groups
from alliance_check.advice.problem import new_partners, problem_of
from alliance_check.advice.project import cheapest_for_project
from alliance_check.advice.sentences import notes, sentences
from alliance_check.advice.solver import (
    KINDS,
    MOST_CHANGES,
    Solution,
    TooMuchOpen,
    cheapest,
)
from alliance_check.advice.what_if import apply
from alliance_check.evaluate import evaluate
from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import (
    Consortium,
    Partner,
    Presence,
    Role,
)
from alliance_check.model.message import Message, listed, say
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Advice, Finding, Repair
from alliance_check.model.sheet import Cell
from alliance_check.parse.consortium.draft import Basis, finished
from alliance_check.rules.shared.minima import Minima

_MOST_UNREAD_TYPES = 3
"""With more partners of unread type than this, any reading that helps would be a guess."""
_MOST_ALONE = 40
"""How many changes are tried by themselves, where one is known to be enough."""
_BAD = {Outcome.NOT_MET, Outcome.TO_CHECK}


def advise(basis: Basis, call: Call, lot: Lot, *, strict: bool = False) -> Advice:
    """Return what to change so that the consortium is eligible, and how much room there is."""
    consortium = finished(basis).consortium
    search = Search(basis, call, lot, strict=strict)
    plans, none = search.cheapest()
    repairs = tuple(
        Repair(
            plan.cost,
            tuple(map(str, plan.changes)),
            sentences(plan.changes, plan.missing, consortium),
            notes(plan.changes, plan.missing, consortium, call),
        )
        for plan in plans
    )
    alone = tuple(map(str, search.alone(plans)))
    return Advice(margins(consortium, call, lot), repairs, none, alone)


class Plan(NamedTuple):
    """A set of changes that was judged eligible, and what its new partners must bring."""

    cost: int
    changes: tuple[Change, ...]
    missing: Minima


class Search:
    """The search for one consortium under one lot."""

    def __init__(self, basis: Basis, call: Call, lot: Lot, *, strict: bool = False) -> None:
        self._basis, self._call, self._lot, self._strict = basis, call, lot, strict
        self._before = finished(basis).consortium
        self._failed: list[Finding] = []
        self._leaderless = False

    def cheapest(self) -> tuple[list[Plan], Message | None]:
        """Return the cheapest plans; where there is none although one is needed, why."""
        bad = self._bad(self._before)
        if not bad:
            return [], None
        unread = self._unread({cell for finding in bad for cell in finding.answer.cells})
        if unread is not None:
            return [], unread
        try:
            plans = [*self.plans(), *self._plans_after_alignment()]
        except TooMuchOpen:
            return [], _TOO_MUCH
        if not plans:
            return [], self._why()
        least = min(plan.cost for plan in plans)
        kinds: dict[object, Plan] = {}
        for plan in plans:
            if plan.cost == least:
                kinds.setdefault(_kind(plan), plan)
        chosen = sorted(kinds.values(), key=lambda p: (len(p.changes), list(map(str, p.changes))))
        return chosen[:KINDS], None

    def alone(self, plans: Iterable[Plan]) -> Iterator[Change]:
        """Yield every change that is enough by itself, where one of these plans is one change.

        Plans that are alike stand for one another, so all partners have to be gone through.
        """
        single = {plan.changes[0]: plan.cost for plan in plans if len(plan.changes) == 1}
        if not single:
            return
        prospects = Prospects(self._basis, self._before, self._call, self._lot, strict=self._strict)
        tried = (
            option.changes[0]
            for organisation in prospects.organisations()
            for option in organisation.options
            if len(option.changes) == 1 and option.cost <= min(single.values())
        )
        for change in islice(tried, _MOST_ALONE):
            after = finished(apply(self._basis, [change])).consortium
            if change in single or not self._bad(after):
                yield change

    def _unread(self, decisive: set[Cell]) -> Message | None:
        """Return what has to be filled in first; None where a search makes sense.

        Only *decisive* cells count, those that a rule names: an associated partner may be of any
        type. A country that resembles none is not guessed.
        """
        rows = self._before.partners[: len(self._basis.partners)]
        types, countries = [], []
        for group in row_groups(rows):
            partner, each = rows[group.own[0]], [self._basis.partners[i] for i in group.all]
            if partner.presence is Presence.DECLINED:
                continue
            if unread_type(partner) and all(map(unread_type, each)):
                types += [partner] if partner.cell("type") in decisive else []
            if partner.country is None and all(p.country is None for p in each):
                known = likely_countries(self._basis, group.own[0])
                countries += [partner] if not known and partner.cell("country") in decisive else []
        if len(types) > _MOST_UNREAD_TYPES:
            return _fill_in_types(types, self._before.columns)
        if countries:
            cells = listed(str(partner.cell("country")) for partner in countries)
            return say(
                "Fill in the country in {cells} first: what else to change depends on it.",
                cells=cells,
            )
        return None

    def _plans_after_alignment(self) -> Iterator[Plan]:
        """Yield the plans that begin with making shared rows agree."""
        for first in alignments(self._basis, self._before.partners):
            basis = apply(self._basis, first)
            for plan in Search(basis, self._call, self._lot, strict=self._strict).plans():
                changes = (*first, *plan.changes)
                if len(changes) <= MOST_CHANGES:
                    yield plan._replace(cost=plan.cost + FILL * len(first), changes=changes)

    def plans(self) -> list[Plan]:
        """Return plans for the rows as they are, each judged eligible."""
        plans = self._plans_with_shares(clean=False)
        # Where money decides, a dearer plan without doubtful shares may spare another grant.
        money = not plans or any(change.verb in TO_PROJECT for change in plans[0].changes)
        if money and "share" in self._basis.columns:
            plans += self._plans_with_shares(clean=True)
        return plans

    def _plans_with_shares(self, *, clean: bool) -> list[Plan]:
        """Return the plans; *clean* admits only shares that are beyond doubt."""
        prospects = Prospects(
            self._basis, self._before, self._call, self._lot, strict=self._strict, clean=clean
        )
        organisations = prospects.organisations()
        lead = next((o for o in organisations if _can_lead(o)), None)
        if lead is None and prospects.needs_coordinator:
            prospects.lead = True
            organisations = prospects.organisations()
        problem = problem_of(
            organisations,
            self._lot,
            can_lead=lead is not None,
            needs_lead=prospects.needs_coordinator,
        )
        self._leaderless = problem.leaderless
        solutions = [] if problem.leaderless else cheapest(problem)
        return [plan for solution in solutions for plan in self._judged(solution, lead)]

    def _judged(self, solution: Solution, lead: Organisation | None) -> Iterator[Plan]:
        """Yield the plans of a solution that the rules find eligible."""
        changes = self._changes(solution, lead)
        basis = apply(self._basis, changes)
        after = finished(basis).consortium
        bad = self._bad(after)
        if bad:
            steps = cheapest_for_project(basis, after, self._lot, lambda c: not self._bad(c))
            self._failed += bad
        else:
            steps = [KEEP]
        for step in steps:
            whole = (*changes, *step.changes)
            if len(whole) <= MOST_CHANGES:
                yield Plan(solution.cost + step.cost, whole, solution.missing)

    def _changes(self, solution: Solution, lead: Organisation | None) -> tuple[Change, ...]:
        """Return the changes of a solution: in the order of the sheet, new partners last."""
        found = [change for option in solution.options for change in option.changes]
        if solution.promotes and lead is not None:
            found.append(Change("role", lead.partner.cells["name"], Role.COORDINATOR.value))
        found.sort(key=lambda change: (change.cell is None, change.cell or (), change.verb))
        counted = {option.country for option in solution.options if option.counted}
        return (*found, *new_partners(solution.missing, self._before, self._call, counted))

    def _bad(self, consortium: Consortium) -> list[Finding]:
        findings = evaluate(consortium, self._call, self._lot, strict=self._strict)
        return [finding for finding in findings if finding.outcome in _BAD]

    def _why(self) -> Message:
        """Return why there is no plan: no coordinator, too many changes, or a rule in the way."""
        if self._leaderless:
            return say("No organisation in the sheet could become the coordinator.")
        if not self._failed:
            return say(
                "More than {most} changes are needed; begin with what is not met.",
                most=MOST_CHANGES,
            )
        finding = self._failed[0]
        title, message = finding.title, finding.answer.message
        if self._strict and finding.answer.cautions:
            # Judged strictly, the first caution of a rule may be all that speaks against it.
            doubt = finding.answer.cautions[0].message
            message = say("{message}; {doubt}", message=message, doubt=doubt)
        if any(finding.rule == before.rule for before in self._bad(self._before)):
            return say(
                "None of the changes tried here settles {title}: {message}.",
                title=title,
                message=message,
            )
        return say(
            "The changes that were found do not help, because of {title}: {message}.",
            title=title,
            message=message,
        )


_TOO_MUCH = say(
    "Too many cells are open to search for changes. Fill in the type column first, then roles and "
    "statuses."
)


def _fill_in_types(partners: list[Partner], columns: frozenset[str]) -> Message:
    if "type" not in columns:
        return say(
            'Add a column "Type" that says what kind of organisation each partner is: what else to '
            "change depends on it."
        )
    cells = listed(str(partner.cell("type")) for partner in partners)
    return say(
        "Fill in the type column ({cells}): what else to change depends on it.",
        cells=cells,
    )


def _can_lead(organisation: Organisation) -> bool:
    """Return whether this organisation can simply be made the coordinator."""
    (option, *_), rows = organisation.options, organisation.rows
    full = organisation.partner.role is Role.FULL_PARTNER
    return organisation.settled and option.counted and full and len(rows) == 1


def _kind(plan: Plan) -> object:
    """Return what two plans of the same kind share: what is done, and how often."""
    named = {"type", "counts", "role", "duration", "add"}
    pairs = ((c.verb, c.value.rpartition(":")[2] if c.verb in named else "") for c in plan.changes)
    return tuple(sorted(pairs))
