"""The cheapest sets of changes that make a consortium eligible, each judged before it is given.

The minima and who may take part are settled by ``solver``, over what can become of each
organisation; money and time by ``project``, on what then comes out. Whatever is found is applied
and judged by all rules; what does not come out eligible is not given. Where what to change hangs
on cells that only the partners can fill in, that is the advice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from alliance_check.advice.changes import TO_PROJECT, Change
from alliance_check.advice.fields import FILL, likely_countries, unread_type
from alliance_check.advice.margins import margins
from alliance_check.advice.options import Options, Organisation, alignments, row_groups
from alliance_check.advice.project import ProjectSearch, Step
from alliance_check.advice.sentences import new_partners, notes, sentences
from alliance_check.advice.solver import (
    KINDS,
    MOST_CHANGES,
    Missing,
    Solution,
    TooMuchOpen,
    cheapest,
    problem_of,
)
from alliance_check.advice.what_if import apply
from alliance_check.evaluate import evaluate
from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import Cell, Consortium, Outcome, Partner, Presence, Role
from alliance_check.model.message import Message, listed, say
from alliance_check.model.report import Advice, Finding, Repair
from alliance_check.parse.consortium.draft import finished
from alliance_check.parse.consortium.parsed import Basis

MOST_UNREAD_TYPES = 3
"""With more partners of unread type than this, any reading that helps would be a guess."""
MOST_ALONE = 40
"""How many changes are tried by themselves, where one is known to be enough."""
_BAD = {Outcome.NOT_MET, Outcome.TO_CHECK}


def advise(basis: Basis, call: Call, lot: Lot, *, strict: bool = False) -> Advice:
    """Return what to change so that the consortium is eligible, and how much room there is."""
    consortium = finished(basis).consortium
    found = Search(basis, call, lot, strict=strict).found()
    repairs = tuple(
        Repair(
            plan.cost,
            tuple(map(str, plan.changes)),
            sentences(plan.changes, plan.missing, consortium),
            notes(plan.changes, plan.missing, consortium, call),
        )
        for plan in found.plans
    )
    alone = tuple(map(str, found.alone))
    return Advice(margins(consortium, call, lot), repairs, found.none, alone)


class Plan(NamedTuple):
    """A set of changes that was judged eligible, and what its new partners must bring."""

    cost: int
    changes: tuple[Change, ...]
    missing: Missing


class Plans(NamedTuple):
    """The cheapest plans; without any, why."""

    plans: tuple[Plan, ...]
    none: Message | None = None
    alone: tuple[Change, ...] = ()
    """The changes that do by themselves what a cheapest plan does, as far as they cost no more."""


class Search:
    """The search for one consortium under one lot."""

    def __init__(self, basis: Basis, call: Call, lot: Lot, *, strict: bool = False) -> None:
        self._basis, self._call, self._lot, self._strict = basis, call, lot, strict
        self._before = finished(basis).consortium
        self._failed: list[Finding] = []
        self._leaderless = False

    def found(self) -> Plans:
        """Return the cheapest plans; none where nothing has to be changed."""
        bad = self._bad(self._before)
        if not bad:
            return Plans(())
        unread = self._unread({cell for finding in bad for cell in finding.answer.cells})
        if unread is not None:
            return Plans((), unread)
        try:
            plans = [plan for first in self._alignments() for plan in self._after(first)]
        except TooMuchOpen:
            return Plans((), _TOO_MUCH)
        if not plans:
            return Plans((), self._why())
        least = min(plan.cost for plan in plans)
        kinds: dict[object, Plan] = {}
        for plan in plans:
            if plan.cost == least:
                kinds.setdefault(_kind(plan), plan)
        chosen = sorted(kinds.values(), key=lambda p: (len(p.changes), list(map(str, p.changes))))
        return Plans(tuple(chosen[:KINDS]), alone=tuple(self._alone(plans, least)))

    def _alone(self, plans: Iterable[Plan], least: int) -> Iterator[Change]:
        """Yield every change that is enough by itself, where a plan of one change is.

        Plans that are alike stand for one another, so all partners have to be gone through.
        """
        single = {plan.changes[0] for plan in plans if len(plan.changes) == 1}
        if not single:
            return
        options = Options(
            self._basis, self._before, self._call, self._lot, strict=self._strict, clean=False
        )
        tried = (
            option.changes[0]
            for organisation in options.organisations()
            for option in organisation.options
            if len(option.changes) == 1 and option.cost <= least
        )
        for change in islice(tried, MOST_ALONE):
            if change in single or not self._bad(self._apply([change])):
                yield change

    def _unread(self, decisive: set[Cell]) -> Message | None:
        """Return what has to be filled in first; None where a search makes sense.

        Only *decisive* cells count, those on which rules hang: an associated partner may be of any
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
        if len(types) > MOST_UNREAD_TYPES:
            return _fill_in_types(types, self._before.columns)
        if countries:
            cells = listed(str(partner.cell("country")) for partner in countries)
            return say(
                "Fill in the country in {cells} first: what else to change hangs on it.",
                cells=cells,
            )
        return None

    def _alignments(self) -> Iterator[tuple[Change, ...]]:
        """Yield what is done first about rows that several organisations share."""
        yield ()
        if any(p.same_as is not None for p in self._before.partners):
            yield from islice(alignments(self._basis, self._before.partners), 1, None)

    def _after(self, first: tuple[Change, ...]) -> list[Plan]:
        """Return the plans that begin with some changes."""
        if first:
            basis = apply(self._basis, first)
            other = Search(basis, self._call, self._lot, strict=self._strict)
            longer = (
                plan._replace(cost=plan.cost + FILL * len(first), changes=(*first, *plan.changes))
                for plan in other._after(())
            )
            return [plan for plan in longer if len(plan.changes) <= MOST_CHANGES]
        plans = self._plans(clean=False)
        # Where money decides, a dearer plan without doubtful shares may spare another grant.
        money = not plans or any(change.verb in TO_PROJECT for change in plans[0].changes)
        if money and "share" in self._basis.columns:
            plans += self._plans(clean=True)
        return plans

    def _plans(self, *, clean: bool) -> list[Plan]:
        options = Options(
            self._basis, self._before, self._call, self._lot, strict=self._strict, clean=clean
        )
        organisations = options.organisations()
        lead = next((o for o in organisations if _can_lead(o)), None)
        if lead is None and options.needs_coordinator:
            options.lead = True
            organisations = options.organisations()
        problem = problem_of(
            organisations,
            self._lot,
            can_lead=lead is not None,
            needs_lead=options.needs_coordinator,
        )
        self._leaderless = problem.leaderless
        solutions = [] if problem.leaderless else cheapest(problem)
        return [plan for solution in solutions for plan in self._judged(solution, lead)]

    def _judged(self, solution: Solution, lead: Organisation | None) -> Iterator[Plan]:
        """Yield the plans of a solution that the rules find eligible."""
        changes = self._changes(solution, lead)
        after = self._apply(changes)
        bad = self._bad(after)
        if bad:
            search = ProjectSearch(self._lot, lambda consortium: not self._bad(consortium))
            steps = search.cheapest(apply(self._basis, changes), after)
            self._failed += bad
        else:
            steps = [Step(0)]
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

    def _apply(self, changes: Iterable[Change]) -> Consortium:
        return finished(apply(self._basis, changes)).consortium

    def _bad(self, consortium: Consortium) -> list[Finding]:
        findings = evaluate(consortium, self._call, self._lot, strict=self._strict)
        return [finding for finding in findings if finding.outcome in _BAD]

    def _why(self) -> Message:
        """Return why there is no plan: no coordinator, too many changes, or a rule beyond all."""
        if self._leaderless:
            return say("No organisation in the sheet could become the coordinator.")
        if not self._failed:
            return say(
                "More than {most} changes are needed; begin with what is not met.",
                most=MOST_CHANGES,
            )
        finding = self._failed[0]
        named: dict[str, str | Message] = {
            "title": finding.title,
            "message": self._words(finding),
        }
        if any(finding.rule == before.rule for before in self._bad(self._before)):
            return say("No change that is tried here settles {title}: {message}.", **named)
        return say(
            "The changes that were found do not help, because of {title}: {message}.", **named
        )

    def _words(self, finding: Finding) -> Message:
        """Return what a rule says; judged strictly, its first caution may be all that speaks."""
        answer = finding.answer
        if not self._strict or not answer.cautions:
            return answer.message
        doubt = answer.cautions[0].message
        return say("{message}; {doubt}", message=answer.message, doubt=doubt)


_TOO_MUCH = say(
    "Too much of this sheet is open to search for what to change: fill in the type column first, "
    "then roles and statuses."
)


def _fill_in_types(partners: list[Partner], columns: frozenset[str]) -> Message:
    if "type" not in columns:
        return say(
            'Add a column "Type" that says what each partner is: what else to change hangs on it.'
        )
    cells = listed(str(partner.cell("type")) for partner in partners)
    return say(
        "Fill in the type column ({cells}): what else to change hangs on it.",
        cells=cells,
    )


def _can_lead(organisation: Organisation) -> bool:
    """Say whether nothing speaks against making this organisation the coordinator."""
    (option, *_), rows = organisation.options, organisation.rows
    full = organisation.partner.role is Role.FULL_PARTNER
    return organisation.settled and option.counted and full and len(rows) == 1


def _kind(plan: Plan) -> object:
    """Return what makes a plan differ in kind from others: what is done how often."""
    return tuple(sorted(map(_sort, plan.changes)))


def _sort(change: Change) -> tuple[str, str]:
    named = change.verb in {"type", "counts", "role", "duration", "add"}
    return change.verb, change.value.rpartition(":")[2] if named else ""
