"""What became of a consortium between two sheets: partners, project, rules and verdict.

Partners are matched by PIC, then by OID, then by name; those alike in that, such as places still
to be filled, are matched in their order, equal rows first. So each is added, removed or matched
once. A partner that is only written otherwise, or stands in another row, has not changed.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from alliance_check.compare.statements import (
    FIELDS,
    NOTHING,
    Statement,
    Statements,
    project_statements,
    statements,
)
from alliance_check.model.errors import WrongUsage
from alliance_check.model.message import Items, Message, listed, say
from alliance_check.model.report import Answer, Finding, Report
from alliance_check.pipeline import Checked
from alliance_check.text.folding import fold

_MOST_NAMES = 10


class FieldChange(NamedTuple):
    """A field that says something else than before."""

    field: str
    before: Statement
    after: Statement


class RuleChange(NamedTuple):
    """A rule with another outcome or other room than before; None where there is no such rule."""

    rule: str
    title: Message
    before: Answer | None
    after: Answer | None


def rule_changes(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[RuleChange, ...]:
    """Return the rules whose outcome or room changed, in the order of the report."""
    titles = {finding.rule: finding.title for finding in (*before, *after)}
    old, new = ({f.rule: f.answer for f in findings} for findings in (before, after))
    changes = (RuleChange(rule, titles[rule], old.get(rule), new.get(rule)) for rule in titles)
    return tuple(one for one in changes if _decided(one.before) != _decided(one.after))


def _decided(answer: Answer | None) -> object:
    return answer and (answer.outcome, answer.room)


class Pair(NamedTuple):
    """One partner in both sheets: how it was matched, and what changed."""

    before: Statements
    after: Statements
    matched_by: str
    changes: tuple[FieldChange, ...]


class LotReports(NamedTuple):
    """The reports under one lot; None where a sheet was not judged under it."""

    before: Report | None
    after: Report | None

    @property
    def rules(self) -> tuple[RuleChange, ...]:
        """The rules whose outcome or room changed."""
        if self.before is None or self.after is None:
            return ()
        return rule_changes(self.before.findings, self.after.findings)

    @property
    def same(self) -> bool:
        """Whether the verdict and every rule answer as before, for the same lot and call."""
        if self.before is None or self.after is None:
            return False
        answers = [(r.call.id, r.lot.id, r.verdict) for r in (self.before, self.after)]
        return answers[0] == answers[1] and not self.rules


@dataclass(frozen=True)
class Comparison:
    """What became of one consortium; ``pairs`` are all partners that are in both sheets."""

    name: str
    added: tuple[Statements, ...]
    removed: tuple[Statements, ...]
    pairs: tuple[Pair, ...]
    project: tuple[FieldChange, ...]
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    judged: tuple[LotReports, ...]

    @property
    def changed(self) -> tuple[Pair, ...]:
        """The partners with a field that changed."""
        return tuple(pair for pair in self.pairs if pair.changes)

    @property
    def same(self) -> bool:
        """Whether both sheets say the same, and so does every rule."""
        partners = self.added or self.removed or self.changed
        rest = self.project or self.columns_added or self.columns_removed
        return not partners and not rest and all(judged.same for judged in self.judged)


@dataclass(frozen=True)
class Compared:
    """The consortia of two files by name, and those that only one of the files holds."""

    comparisons: tuple[Comparison, ...]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether both files say the same."""
        alike = all(comparison.same for comparison in self.comparisons)
        return alike and not self.added and not self.removed


def compare(old: Iterable[Checked], new: Iterable[Checked]) -> Compared:
    """Compare each consortium of two files, given all lots of each.

    Two files of one consortium each are compared, whatever those are called.

    :raises WrongUsage: when there are several, and none is in both files.
    """
    before, after = _by_name(old), _by_name(new)
    common = [name for name in after if name in before]
    if not common:
        if len(before) > 1 or len(after) > 1:
            raise WrongUsage(
                "No consortium is in both files: OLD holds {old}; NEW holds {new}.",
                old=_named(before),
                new=_named(after),
            )
        return Compared((_compared(*before.values(), *after.values()),))
    return Compared(
        tuple(_compared(before[name], after[name]) for name in common),
        tuple(name for name in after if name not in before),
        tuple(name for name in before if name not in after),
    )


def _named(names: Iterable[str]) -> Items:
    without = say("one without a name")
    return listed((f'"{name}"' if name else without for name in names), _MOST_NAMES)


def _by_name(checked: Iterable[Checked]) -> dict[str, list[Checked]]:
    found: dict[str, list[Checked]] = defaultdict(list)
    for one in checked:
        found[one.report.input.project].append(one)
    return dict(found)


def _compared(old: Sequence[Checked], new: Sequence[Checked]) -> Comparison:
    before, after = old[0].basis, new[0].basis
    pairs, removed, added = matched(statements(before), statements(after))
    project = changes(project_statements(before), project_statements(after))
    return Comparison(
        name=new[0].report.input.project,
        added=added,
        removed=removed,
        pairs=pairs,
        project=project,
        columns_added=tuple(f for f in FIELDS if f in after.columns - before.columns),
        columns_removed=tuple(f for f in FIELDS if f in before.columns - after.columns),
        judged=tuple(_judged([c.report for c in old], [c.report for c in new])),
    )


def _judged(old: Sequence[Report], new: Sequence[Report]) -> Iterator[LotReports]:
    """Yield the reports lot by lot; two that were judged under one lot each belong together."""
    if len(old) == len(new) == 1:
        yield LotReports(old[0], new[0])
        return
    before, after = ({report.lot.id: report for report in reports} for reports in (old, new))
    for lot in sorted(before | after, key=lambda lot: (before | after)[lot].lot.number):
        yield LotReports(before.get(lot), after.get(lot))


def changes(before: Statements, after: Statements) -> tuple[FieldChange, ...]:
    """Return the fields that mean something else than before, however they are written."""
    pairs = ((f, before.get(f, NOTHING), after.get(f, NOTHING)) for f in {**before, **after})
    return tuple(FieldChange(*pair) for pair in pairs if pair[1].meaning != pair[2].meaning)


_MatchKey = Callable[[Statements], object]


def matched(
    old: Sequence[Statements], new: Sequence[Statements]
) -> tuple[tuple[Pair, ...], tuple[Statements, ...], tuple[Statements, ...]]:
    """Return the pairs in the order of *new*, then those only in *old* and only in *new*."""
    left, there = dict(enumerate(old)), dict(enumerate(new))
    found: dict[int, Pair] = {}
    for by, same in _KEYS.items():
        for finer in _FINER:
            for one, other in _round(left, there, same, finer):
                before, after = left.pop(one), there.pop(other)
                found[other] = Pair(before, after, by, changes(before, after))
    pairs = tuple(found[number] for number in sorted(found))
    return pairs, tuple(left.values()), tuple(there.values())


def _round(
    old: Mapping[int, Statements], new: Mapping[int, Statements], same: _MatchKey, finer: _MatchKey
) -> list[tuple[int, int]]:
    """Return the rows that go together because both keys are the same, in their order."""
    waiting: dict[object, deque[int]] = defaultdict(deque)
    for number, stated in old.items():
        if same(stated) is not None:
            waiting[same(stated), finer(stated)].append(number)
    found = []
    for number, stated in new.items():
        queue = waiting.get((same(stated), finer(stated)))
        if queue:
            found.append((queue.popleft(), number))
    return found


def _name(stated: Statements) -> str:
    return fold(stated["name"].text)


_KEYS: Mapping[str, _MatchKey] = {
    "pic": lambda stated: stated["pic"].value or None,
    "oid": lambda stated: stated["oid"].value or None,
    "name": _name,
}
_FINER: tuple[_MatchKey, ...] = (
    lambda stated: tuple(statement.meaning for statement in stated.values()),
    lambda stated: (_name(stated), stated["country"].meaning),
    _name,
    lambda stated: stated["country"].meaning,
    lambda _: "",
)
"""What distinguishes partners that are alike by a key, the finest first."""
