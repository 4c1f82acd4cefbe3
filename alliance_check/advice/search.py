"""The cheapest sets of changes that make a consortium eligible, each judged before it is given.

The minima and who may take part are settled by `cover`, over what can become of each organisation;
money and time by `money`, on what then comes out. Whatever is found is applied and judged by all
rules; what does not come out eligible is not given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from alliance_check.advice.applying import apply
from alliance_check.advice.changes import TO_PROJECT, Change
from alliance_check.advice.fields import FILL
from alliance_check.advice.grouping import alignments
from alliance_check.advice.money import RULES as MONEY
from alliance_check.advice.money import Money, Step
from alliance_check.advice.options import Maker, Organisation
from alliance_check.advice.solver.pose import problem_of
from alliance_check.advice.solver.problem import MOST_CHANGES, Missing, Solution
from alliance_check.advice.solver.realise import Realiser
from alliance_check.advice.solver.solve import KINDS, TooMuchOpen, cheapest
from alliance_check.advice.suggesting import prefer_suggestions
from alliance_check.evaluate import evaluate
from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import Consortium, Outcome, Role
from alliance_check.model.message import Message, say
from alliance_check.model.report import Finding
from alliance_check.parse.consortium.draft import finished
from alliance_check.parse.consortium.parsed import Basis

_BAD = {Outcome.NOT_MET, Outcome.TO_CHECK}


TOO_MUCH_OPEN = say(
    "Too much of this sheet is open to search for what to change: fill in the type column first."
)


class Plan(NamedTuple):
    """A set of changes that was judged eligible, and the solution that it came from."""

    cost: int
    changes: tuple[Change, ...]
    missing: Missing


class Found(NamedTuple):
    """The cheapest plans; without any, why."""

    plans: tuple[Plan, ...]
    none: Message | None = None


class Search:
    """The search for one consortium under one lot."""

    def __init__(self, basis: Basis, call: Call, lot: Lot, *, strict: bool = False) -> None:
        self._basis, self._call, self._lot, self._strict = basis, call, lot, strict
        self._before = finished(basis).consortium
        self._money = Money(call, lot, strict=strict)
        self._failed: list[Finding] = []
        self._leaderless = False

    def found(self) -> Found:
        """Return the cheapest plans; none where nothing has to be changed."""
        if not self._bad(self._before):
            return Found(())
        try:
            plans = [plan for first in self._alignments() for plan in self._after(first)]
        except TooMuchOpen:
            return Found((), TOO_MUCH_OPEN)
        if not plans:
            return Found((), self._why())
        least = min(plan.cost for plan in plans)
        kinds: dict[object, Plan] = {}
        for plan in plans:
            if plan.cost == least:
                kinds.setdefault(_kind(plan), plan)
        chosen = sorted(kinds.values(), key=lambda p: (len(p.changes), list(map(str, p.changes))))
        return Found(tuple(self._preferred(plan) for plan in chosen[:KINDS]))

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
            plans = other._after(())
            longer = (
                plan._replace(cost=plan.cost + FILL * len(first), changes=(*first, *plan.changes))
                for plan in plans
            )
            return [plan for plan in longer if len(plan.changes) <= MOST_CHANGES]
        plans = self._plans(clean=False)
        if self._settles_money(plans) and "share" in self._basis.columns:
            plans += self._plans(clean=True)
        return plans

    def _settles_money(self, plans: Sequence[Plan]) -> bool:
        """Say whether money had to be settled, or could not be."""
        if plans:
            return any(change.verb in TO_PROJECT for change in plans[0].changes)
        return any(finding.rule in MONEY for finding in self._failed)

    def _plans(self, *, clean: bool) -> list[Plan]:
        maker = Maker(
            self._basis, self._before, self._call, self._lot, strict=self._strict, clean=clean
        )
        organisations = maker.organisations()
        lead = next((o for o in organisations if _can_lead(o)), None)
        if lead is None and maker.asks_coordinator:
            maker.lead = True
            organisations = maker.organisations()
        problem = problem_of(
            organisations,
            self._lot,
            can_lead=lead is not None,
            asks_lead=maker.asks_coordinator,
        )
        self._leaderless = problem.leaderless
        solutions = [] if problem.leaderless else cheapest(problem)
        realiser = Realiser(self._before, self._call, lead)
        return [plan for s in solutions for plan in self._judged(s, realiser)]

    def _judged(self, solution: Solution, realiser: Realiser) -> Iterator[Plan]:
        """Yield the plans of a solution that the rules find eligible."""
        changes = realiser.changes(solution)
        after = self._apply(changes)
        bad = self._bad(after)
        steps = [Step(0)]
        if any(finding.rule in MONEY for finding in bad):
            steps = self._money.cheapest(apply(self._basis, changes), after)
        for step in steps:
            whole = (*changes, *step.changes)
            bad = self._bad(self._apply(whole)) if step.changes else bad
            if not bad and len(whole) <= MOST_CHANGES:
                yield Plan(solution.cost + step.cost, whole, solution.missing)
        self._failed += bad

    def _apply(self, changes: Iterable[Change]) -> Consortium:
        return finished(apply(self._basis, changes)).consortium

    def _bad(self, consortium: Consortium) -> list[Finding]:
        findings = evaluate(consortium, self._call, self._lot, strict=self._strict)
        return [finding for finding in findings if finding.outcome in _BAD]

    def _preferred(self, plan: Plan) -> Plan:
        """Return the plan with what the cells resemble, where that does as well."""

        def eligible(changes: Sequence[Change]) -> bool:
            return not self._bad(self._apply(changes))

        return plan._replace(changes=prefer_suggestions(self._basis, plan.changes, eligible))

    def _why(self) -> Message:
        """Return why there is no plan: no coordinator, too many changes, or a rule beyond all."""
        if self._leaderless:
            return say("No organisation in the sheet could become the coordinator.")
        if not self._failed:
            return say(
                "No set of at most {most} changes makes this consortium eligible.",
                most=MOST_CHANGES,
            )
        finding = self._failed[0]
        named: dict[str, str | Message] = {"title": finding.title, "message": self._told(finding)}
        if any(finding.rule == before.rule for before in self._bad(self._before)):
            return say("No change that is tried here settles {title}: {message}.", **named)
        return say(
            "The changes that were found do not help, because of {title}: {message}.", **named
        )

    def _told(self, finding: Finding) -> Message:
        """Return what a rule says; asked strictly, its first caution may be all that speaks."""
        answer = finding.answer
        if not self._strict or not answer.cautions:
            return answer.message
        doubt = answer.cautions[0].message
        return say("{message}; {doubt}", message=answer.message, doubt=doubt)


def _can_lead(organisation: Organisation) -> bool:
    """Say whether nothing speaks against making this organisation the coordinator."""
    (option, *_), rows = organisation.options, organisation.rows
    full = organisation.partner.role is Role.FULL_PARTNER
    return organisation.settled and option.counted and full and len(rows) == 1


def _kind(plan: Plan) -> object:
    """Return what makes a plan differ in kind from others: what is done how often."""
    return tuple(sorted(map(_sort, plan.changes)))


def _sort(change: Change) -> tuple[str, str]:
    told = change.verb in {"type", "counts", "role", "duration", "add"}
    return change.verb, change.value.rpartition(":")[2] if told else ""
