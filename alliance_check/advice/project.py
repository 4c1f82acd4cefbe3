"""The cheapest changes to the grant, the duration and whatever else is said of the project.

There are few of them, so every set is tried on the consortium itself, the cheapest first, and
judged by all rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import product
from typing import NamedTuple

from alliance_check.advice.changes import Change
from alliance_check.advice.what_if import apply
from alliance_check.model.call import Lot
from alliance_check.model.consortium import Consortium, Gap, Presence, Project
from alliance_check.parse.cells.money import read_money
from alliance_check.parse.consortium.draft import finished
from alliance_check.parse.consortium.parsed import Basis
from alliance_check.vocabulary.ecosystems import read_ecosystems

_FILL, _CHANGE = 1, 2
_ONE = Decimal(1)
_ECOSYSTEMS = ("Agri-food", "Construction", "Digital", "Health", "Tourism")
"""Names to give as an example; the list that the program reads has at least one of them."""


class Step(NamedTuple):
    """One set of changes to the project, and what it costs."""

    cost: int
    changes: tuple[Change, ...] = ()


class ProjectSearch:
    """What can be changed about the project under one lot.

    *fine* judges a whole consortium by all rules of the lot.
    """

    def __init__(self, lot: Lot, fine: Callable[[Consortium], bool]) -> None:
        self._lot, self._fine = lot, fine

    def cheapest(self, basis: Basis, consortium: Consortium) -> list[Step]:
        """Return the cheapest sets of changes with which all rules are content; maybe none."""
        found: list[Step] = []
        for cost, changes in sorted(self._steps(basis, consortium), key=lambda step: step.cost):
            if found and cost > found[0].cost:
                break
            for grant in self._grants(basis, consortium, changes):
                whole = Step(cost + grant.cost, (*changes, *grant.changes))
                if not whole.changes or (found and whole.cost > found[0].cost):
                    continue
                if self._fine(finished(apply(basis, whole.changes)).consortium):
                    found = [s for s in found if s.cost == whole.cost] + [whole]
                    break
        return found

    def _steps(self, basis: Basis, consortium: Consortium) -> Iterator[Step]:
        """Yield every set of changes but for the grant, which hangs on them."""
        project = consortium.project
        ways = (
            [Step(0), *self._durations(project)],
            [Step(0), *self._totals(project)],
            [Step(0), *_shares(basis, consortium)],
            [Step(0), *_ecosystems(project)],
        )
        for chosen in product(*ways):
            yield Step(
                sum(step.cost for step in chosen),
                tuple(change for step in chosen for change in step.changes),
            )

    def _durations(self, project: Project) -> Iterator[Step]:
        clause = self._lot.clauses.get("duration")
        current = project.duration
        if clause is None or clause.unknown is not None:
            return
        for months in clause.value:
            if current is None or current.months != months:
                unread = current is not None and current.months is None
                change = Change("duration", None, str(months))
                yield Step(_FILL if unread else _CHANGE, (change,))

    def _grants(
        self, basis: Basis, consortium: Consortium, changes: tuple[Change, ...]
    ) -> Iterator[Step]:
        """Yield the grant as it is, lowered as far as the limits ask, and as the sum of shares."""
        yield Step(0)
        grant = consortium.project.grant
        if grant is None:
            return
        after = finished(apply(basis, changes)).consortium.project if changes else None
        project = after or consortium.project
        limits = list(self._limits(project))
        shares = None if project.shares == project.grant else project.shares
        known = [a.high for a in (grant, shares) if a is not None and a.high is not None]
        values = [min([*limits, *known])] if limits or known else []
        if shares is not None and shares.exact is not None:
            values.append(min([shares.exact, *limits]))
        own = grant.gap is Gap.UNREAD and grant is not consortium.project.shares
        for value in dict.fromkeys(v.to_integral_value(ROUND_FLOOR) for v in values):
            if value >= _ONE and value != grant.exact:
                yield Step(_FILL if own else _CHANGE, (Change("grant", None, f"{value:f}"),))

    def _totals(self, project: Project) -> Iterator[Step]:
        """Yield the total that could not be read, as high as the grant requires."""
        total, grant = project.total, project.grant
        rate = self._lot.clauses.get("co-financing-rate")
        if total is None or total.gap is not Gap.UNREAD or grant is None or not grant.low:
            return
        if rate is not None and rate.unknown is None:
            least = (grant.high or grant.low) * 100 / rate.number
            value = max(least, total.low).to_integral_value(ROUND_CEILING)
            yield Step(_FILL, (Change("total", None, f"{value:f}"),))

    def _limits(self, project: Project) -> Iterator[Decimal]:
        ceiling = self._lot.clauses.get("grant-ceiling")
        if ceiling is not None and ceiling.unknown is None:
            yield _ceiling(ceiling.value, project)
        rate = self._lot.clauses.get("co-financing-rate")
        if rate is not None and rate.unknown is None and project.total is not None:
            yield project.total.low * rate.number / 100


def _ceiling(ceilings: dict[str, int], project: Project) -> Decimal:
    """Return a grant that is beyond doubt for the duration, or for every one."""
    months = project.duration.months if project.duration else None
    below = [int(m) for m in ceilings if months is not None and int(m) <= months]
    most = ceilings[str(max(below))] if below else min(ceilings.values())
    return Decimal(most)


def _shares(basis: Basis, consortium: Consortium) -> Iterator[Step]:
    """Yield the one share that could not be read, as what the others leave of the grant."""
    shares, grant = consortium.project.shares, consortium.project.grant
    if shares is None or grant is None or shares.gap is not Gap.UNREAD:
        return
    unread = [
        (partner, row)
        for partner, row in zip(basis.partners, basis.rows, strict=True)
        if partner.presence is not Presence.DECLINED and read_money(row, "share").gap is Gap.UNREAD
    ]
    if len(unread) != 1:
        return
    partner, row = unread[0]
    left = grant.low - shares.low
    if (
        grant != shares
        and left > 0
        and not any(entry.column.header.foreign for entry in row.money["share"])
    ):
        yield Step(_FILL, (Change("share", partner.cells["name"], f"{left:f}"),))


def _ecosystems(project: Project) -> Iterator[Step]:
    """Yield one ecosystem where the sheet names several, or one that could not be read."""
    ecosystem = project.ecosystem
    if ecosystem is None or not (ecosystem.unread or len(ecosystem.names) > 1):
        return
    names = (*ecosystem.names, *_ECOSYSTEMS)
    name = next(name for name in names if read_ecosystems(name) == ((name,), False))
    yield Step(_FILL if ecosystem.unread else _CHANGE, (Change("ecosystem", None, name),))
