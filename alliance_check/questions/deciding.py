"""Which questions decide a consortium: the smallest set, and the reply to hope for in each.

Whatever is said of a reply is what the rules say of the consortium that it makes. A reply is the
favourable one when it leaves as little open as possible and bars nothing, beside those chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from alliance_check.advice import Change, read_change
from alliance_check.model.advice import Repair
from alliance_check.model.consortium import Outcome, Verdict
from alliance_check.model.report import Finding
from alliance_check.questions.judging import Chosen, Judge, changes_of
from alliance_check.questions.values import Point, Reply

_TOGETHER, _UNIQUE = "minima-together", "unique-organisations"


def rules_touched(point: Point, judge: Judge) -> tuple[Finding, ...]:
    """Return what is to check now and is answered otherwise after some reply.

    That all minima hold at once follows from the minima, and is asked for only on its own. Rows
    that differ in several fields agree only when all of them are replied to.
    """
    before = judge()
    open_now = before.having(Outcome.TO_CHECK)
    alone = [f for f in open_now if f.rule != _TOGETHER] or list(open_now)
    after = [{f.rule: _said(f) for f in judge(r.changes).findings} for r in point.replies]
    return tuple(
        f for f in alone if _on(f, point) or any(now.get(f.rule) != _said(f) for now in after)
    )


def _on(finding: Finding, point: Point) -> bool:
    return finding.rule == _UNIQUE and point.about in finding.answer.cells


def _said(finding: Finding) -> object:
    answer = finding.answer
    return answer.outcome, answer.count, answer.cells, answer.message


def favourable(points: Sequence[Point], judge: Judge, chosen: Chosen) -> dict[Point, Reply]:
    """Return a reply to each point beside those chosen; none where every reply would bar it."""
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


def _first_fine(point: Point, judge: Judge, beside: Chosen) -> Reply | None:
    """Return the first reply that bars nothing and opens nothing."""
    now, before = judge.of(beside), changes_of(beside)
    for reply in point.replies:
        after = judge((*before, *reply.changes))
        if after.verdict is not Verdict.NOT_ELIGIBLE and after.bad <= now.bad:
            return reply
    return None


def _better(point: Point, judge: Judge, chosen: dict[Point, Reply]) -> dict[Point, Reply]:
    """Return the replies with another one to this point where that leaves less open."""
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

    A cheapest repair that is made of replies alone has as few changes as there can be. Where there
    is none, it is a set of which no point can be spared.
    """
    found = []
    for repair in repairs:
        replied = _replied(points, judge, tuple(map(read_change, repair.changes)))
        if replied is not None:
            found.append(spared(replied, judge))
            if len(found[-1]) == repair.cost:
                return found[-1]
    whole = spared(favourable(points, judge, {}), judge)
    found.append(simplified(whole, points, judge))
    reached = min(len(judge.of(chosen).bad) for chosen in found)
    return min((c for c in found if len(judge.of(c).bad) == reached), key=len)


def spared(chosen: Chosen, judge: Judge) -> dict[Point, Reply]:
    """Return the replies without those that settle nothing beside the others.

    Points of organisations of which most is open are tried first: they cost the most to settle.
    """
    target = judge.of(chosen).bad
    open_of = [point.about for point in chosen]
    order = sorted(chosen, key=lambda p: -open_of.count(p.about) if p.about else 0)
    kept = dict(chosen)
    for point in order:
        rest = {other: reply for other, reply in kept.items() if other is not point}
        if judge.of(rest).bad <= target:
            kept = rest
    return kept


def simplified(
    chosen: dict[Point, Reply], points: Sequence[Point], judge: Judge
) -> dict[Point, Reply]:
    """Return the set with one reply for an organisation that has several, where one does as well.

    That it leaves is the last reply that is tried: it is not what anybody hopes for.
    """
    target = judge.of(chosen).bad
    for about in dict.fromkeys(point.about for point in chosen if point.about is not None):
        own = [point for point in chosen if point.about == about]
        rest = {point: reply for point, reply in chosen.items() if point not in own}
        trials = ({**rest, p: r} for p, r in _single(points, about)) if len(own) > 1 else iter(())
        chosen = next((trial for trial in trials if judge.of(trial).bad <= target), chosen)
    return spared(chosen, judge)


def _single(points: Sequence[Point], about: object) -> Iterator[tuple[Point, Reply]]:
    pairs = [(p, reply) for p in points if p.about == about for reply in p.replies]
    yield from sorted(pairs, key=lambda pair: pair[1].changes[0].verb == "drop")


def _replied(
    points: Sequence[Point], judge: Judge, changes: tuple[Change, ...]
) -> dict[Point, Reply] | None:
    """Return the replies that do what a repair does; None where it does anything else."""
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
    """Return the same with replies of the points themselves, one point after the other."""
    for point in chosen:
        for reply in point.replies:
            trial = {**chosen, point: reply}
            if judge.of(trial).verdict is Verdict.ELIGIBLE:
                chosen = trial
                break
        else:
            return None
    return chosen
