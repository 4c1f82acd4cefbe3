"""The cheapest changes to the grant, the duration and whatever else is said of the project.

There are few of them, so every set is tried on the consortium itself, the cheapest first, and
judged by all rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import product

from alliance_check.advice.changes import Change
from alliance_check.advice.fields import CHANGE, FILL, KEEP, Choice, combined
from alliance_check.advice.what_if import apply
from alliance_check.model.call import Clause, Lot
from alliance_check.model.consortium import (
    Consortium,
    Gap,
    Presence,
    Project,
)
from alliance_check.parse.cells.money import read_money
from alliance_check.parse.consortium.draft import Basis, finished
from alliance_check.vocabulary.project_words import read_ecosystems

_ECOSYSTEMS = ("Agri-food", "Construction", "Digital", "Health", "Tourism")
"""Names to give as an example; the list that the program reads has at least one of them."""


def cheapest_for_project(
    basis: Basis, consortium: Consortium, lot: Lot, fine: Callable[[Consortium], bool]
) -> list[Choice]:
    """Return the cheapest changes to the project that satisfy all rules; maybe none.

    *fine* judges a whole consortium by all rules of the lot.
    """
    found: list[Choice] = []
    project = consortium.project
    ways = (
        _durations(project, lot),
        _totals(project, lot),
        _shares(basis, consortium),
        _ecosystems(project),
    )
    several = map(combined, product(*([KEEP, *way] for way in ways)))
    for rest in sorted(several, key=lambda choice: choice.cost):
        if found and rest.cost > found[0].cost:
            break
        for grant in _grants(basis, project, lot, rest.changes):
            whole = combined((rest, grant))
            if not whole.changes or (found and whole.cost > found[0].cost):
                continue
            if fine(finished(apply(basis, whole.changes)).consortium):
                found = [choice for choice in found if choice.cost == whole.cost] + [whole]
                break
    return found


def limits(project: Project, lot: Lot) -> Iterator[Decimal]:
    """Yield the amount up to which a grant is beyond doubt, for each limit of the lot."""
    ceiling, rate = _known(lot, "grant-ceiling"), _known(lot, "co-financing-rate")
    if ceiling is not None:
        months = project.duration.months if project.duration else None
        below = [int(m) for m in ceiling.value if months is not None and int(m) <= months]
        yield Decimal(ceiling.value[str(max(below))] if below else min(ceiling.value.values()))
    if rate is not None and project.total is not None:
        yield project.total.low * rate.number / 100


def least_total(project: Project, lot: Lot) -> Decimal | None:
    """Return the lowest total budget that allows the grant; None unless a total is unread."""
    total, grant, rate = project.total, project.grant, _known(lot, "co-financing-rate")
    if total is None or total.gap is not Gap.UNREAD or grant is None or rate is None:
        return None
    needed = (grant.high or grant.low) * 100 / rate.number
    return max(needed, total.low).to_integral_value(ROUND_CEILING)


def _known(lot: Lot, rule: str) -> Clause | None:
    clause = lot.clauses.get(rule)
    return None if clause is None or clause.unknown is not None else clause


def _change(verb: str, value: object, cost: int) -> Choice:
    return Choice(cost, (Change(verb, None, str(value)),))


def _durations(project: Project, lot: Lot) -> Iterator[Choice]:
    clause, current = _known(lot, "duration"), project.duration
    for months in () if clause is None else clause.value:
        if current is None or current.months != months:
            unread = current is not None and current.months is None
            yield _change("duration", months, FILL if unread else CHANGE)


def _grants(
    basis: Basis, before: Project, lot: Lot, changes: tuple[Change, ...]
) -> Iterator[Choice]:
    """Yield the grant as it is, lowered to the limits, and set to the sum of the shares."""
    yield KEEP
    grant = before.grant
    if grant is None:
        return
    project = finished(apply(basis, changes)).consortium.project if changes else before
    most = list(limits(project, lot))
    shares = None if project.shares == project.grant else project.shares
    known = [a.high for a in (grant, shares) if a is not None and a.high is not None]
    values = [min([*most, *known])] if most or known else []
    if shares is not None and shares.exact is not None:
        values.append(min([shares.exact, *most]))
    unread = grant.gap is Gap.UNREAD and grant is not before.shares
    for value in dict.fromkeys(v.to_integral_value(ROUND_FLOOR) for v in values):
        if value >= 1 and value != grant.exact:
            yield _change("grant", f"{value:f}", FILL if unread else CHANGE)


def _totals(project: Project, lot: Lot) -> Iterator[Choice]:
    """Yield the total that could not be read, as high as the grant requires."""
    least = least_total(project, lot)
    if least is not None and project.grant is not None and project.grant.low:
        yield _change("total", f"{least:f}", FILL)


def _shares(basis: Basis, consortium: Consortium) -> Iterator[Choice]:
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
    foreign = any(entry.column.header.foreign for entry in row.money["share"])
    if grant != shares and left > 0 and not foreign:
        yield Choice(FILL, (Change("share", partner.cells["name"], f"{left:f}"),))


def _ecosystems(project: Project) -> Iterator[Choice]:
    """Yield one ecosystem where the sheet names several, or one that could not be read."""
    ecosystem = project.ecosystem
    if ecosystem is None or not (ecosystem.unread or len(ecosystem.names) > 1):
        return
    names = (*ecosystem.names, *_ECOSYSTEMS)
    name = next(name for name in names if read_ecosystems(name) == ((name,), False))
    yield _change("ecosystem", name, FILL if ecosystem.unread else CHANGE)
