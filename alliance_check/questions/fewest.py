"""The fewest questions that decide a consortium, and the reply to hope for in each.

What a reply leads to is what the rules say of the consortium that it makes. A reply is the
favourable one when, together with those chosen, it leaves as little open as possible and makes
nothing not met.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from alliance_check.advice.changes import Change, read_change
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import Finding, Repair
from alliance_check.questions.judge import Chosen, Judge, changes_of
from alliance_check.questions.question import Point, Reply
from alliance_check.rules import minima_together, unique_organisations


def rules_touched(point: Point, judge: Judge) -> tuple[Finding, ...]:
    """Return the findings to check that some reply to this point would change.

    That all minima hold at once follows from the minima, and is named only on its own. Rows that
    differ in several fields agree only when all of them are replied to.
    """
    before = judge()
    open_now = before.having(Outcome.TO_CHECK)
    alone = [f for f in open_now if f.rule != minima_together.ID] or list(open_now)
    after = [{f.rule: _answered(f) for f in judge(r.changes).findings} for r in point.replies]
    return tuple(
        f
        for f in alone
        if (f.rule == unique_organisations.ID and point.about in f.answer.cells)
        or any(now.get(f.rule) != _answered(f) for now in after)
    )


def decisive_first(touched: Mapping[Point, Sequence[Finding]], judge: Judge) -> list[Point]:
    """Sort the points by what they decide: those that settle most rules come first."""
    now = judge().bad

    def weight(point: Point) -> tuple[int, int]:
        settled = max(len(now - judge(reply.changes).bad) for reply in point.replies)
        return -settled, -len(touched[point])

    return sorted(touched, key=weight)


def _answered(finding: Finding) -> object:
    answer = finding.answer
    return answer.outcome, answer.count, answer.cells, answer.message


def favourable(points: Sequence[Point], judge: Judge, chosen: Chosen) -> dict[Point, Reply]:
    """Choose a reply to every other point too, except where each would do harm."""
    found = dict(chosen)
    for point in (point for point in points if point not in chosen):
        best = _first_fine(point, judge, found)
        if best is not None:
            found[point] = best
    for point in (point for point in points if point not in chosen):
        if not judge.of(found).bad:
            break
        found = _better(point, judge, found)
    return found


def _first_fine(point: Point, judge: Judge, others: Chosen) -> Reply | None:
    """Return the first reply that breaks no rule and opens none."""
    now, before = judge.of(others), changes_of(others)
    for reply in point.replies:
        after = judge((*before, *reply.changes))
        if after.verdict is not Verdict.NOT_ELIGIBLE and after.bad <= now.bad:
            return reply
    return None


def _better(point: Point, judge: Judge, chosen: dict[Point, Reply]) -> dict[Point, Reply]:
    """Choose another reply to this point where that leaves less open."""
    best = chosen
    for reply in point.replies:
        trial = {**chosen, point: reply}
        after, left = judge.of(trial), judge.of(best)
        fewer = after.bad <= left.bad and after.open_cells < left.open_cells
        if after.verdict is not Verdict.NOT_ELIGIBLE and (after.bad < left.bad or fewer):
            best = trial
    return best


def smallest(
    points: Sequence[Point], judge: Judge, repairs: Iterable[Repair]
) -> dict[Point, Reply]:
    """Return the smallest set of points, with favourable replies, that leaves least open.

    A cheapest repair that is made of replies alone has as few changes as there can be. The other
    candidate is a set of which no point can be spared; of two sets as small it is taken, because
    it keeps the points that decide most, and *points* stand in that order.
    """
    whole = _spared(favourable(points, judge, {}), judge)
    found = [_simplified(whole, points, judge)]
    for repair in repairs:
        replied = _replied(points, judge, tuple(map(read_change, repair.changes)))
        if replied is not None:
            found.append(_spared(replied, judge))
    reached = min(len(judge.of(chosen).bad) for chosen in found)
    return min((c for c in found if len(judge.of(c).bad) == reached), key=len)


def _spared(chosen: dict[Point, Reply], judge: Judge) -> dict[Point, Reply]:
    """Drop the replies that settle nothing beyond what the others settle.

    Points of organisations of which most is open are tried first, since they cost the most to
    settle; then those that decide least, which stand last.
    """
    target = judge.of(chosen).bad
    open_of = [point.about for point in chosen]
    last_first = list(chosen)[::-1]
    order = sorted(last_first, key=lambda p: -open_of.count(p.about) if p.about else 0)
    kept = dict(chosen)
    for point in order:
        rest = {other: reply for other, reply in kept.items() if other is not point}
        if judge.of(rest).bad <= target:
            kept = rest
    return kept


def _simplified(
    chosen: dict[Point, Reply], points: Sequence[Point], judge: Judge
) -> dict[Point, Reply]:
    """Ask an organisation one question instead of several, where one does as well.

    The reply that it does not take part is tried last: nobody hopes for it.
    """
    target = judge.of(chosen).bad
    for about in dict.fromkeys(point.about for point in chosen if point.about is not None):
        own = [point for point in chosen if point.about == about]
        rest = {point: reply for point, reply in chosen.items() if point not in own}
        trials = ({**rest, p: r} for p, r in _single(points, about)) if len(own) > 1 else iter(())
        chosen = next((trial for trial in trials if judge.of(trial).bad <= target), chosen)
    return _spared(chosen, judge)


def _single(points: Sequence[Point], about: object) -> Iterator[tuple[Point, Reply]]:
    pairs = [(p, reply) for p in points if p.about == about for reply in p.replies]
    yield from sorted(pairs, key=lambda pair: pair[1].changes[0].verb == "drop")


def _replied(
    points: Sequence[Point], judge: Judge, changes: tuple[Change, ...]
) -> dict[Point, Reply] | None:
    """Return the replies that make the changes of a repair; None where no reply makes one."""
    owners = {
        (change.verb, change.cell): point
        for point in points
        for reply in point.replies
        for change in reply.changes
    }
    parts: dict[Point, list[Change]] = {}
    for change in changes:
        point = owners.get((change.verb, change.cell))
        if point is None:
            return None
        parts.setdefault(point, []).append(change)
    return _in_own_words({p: Reply(p.text, tuple(part)) for p, part in parts.items()}, judge)


def _in_own_words(chosen: dict[Point, Reply], judge: Judge) -> dict[Point, Reply] | None:
    """Replace each by one of its point's own replies; None where that is not as good."""
    for point in chosen:
        for reply in point.replies:
            trial = {**chosen, point: reply}
            if judge.of(trial).verdict is Verdict.ELIGIBLE:
                chosen = trial
                break
        else:
            return None
    return chosen
