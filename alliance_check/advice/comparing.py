"""What a change does to the answers of the rules: only those that differ are named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alliance_check.model.report import Answer, Finding


@dataclass(frozen=True)
class Difference:
    """A rule that answers otherwise, or has other room, after a change; None where it is absent."""

    rule: str
    title: str
    before: Answer | None
    after: Answer | None
    room_before: int | None = None
    room_after: int | None = None


def differences(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[Difference, ...]:
    """Return the rules whose outcome or room changed, in the order of the report.

    The room of a rule that counts is how many more there surely are than are needed.
    """
    old = {finding.rule: finding for finding in before}
    new = {finding.rule: finding for finding in after}
    found = []
    for rule in dict.fromkeys((*old, *new)):
        one, other = old.get(rule), new.get(rule)
        if _told(one) != _told(other):
            named = other or one
            found.append(
                Difference(
                    rule,
                    named.title if named else "",
                    one.answer if one else None,
                    other.answer if other else None,
                    _room(one),
                    _room(other),
                )
            )
    return tuple(found)


def _told(finding: Finding | None) -> object:
    return None if finding is None else (finding.outcome, _room(finding))


def _room(finding: Finding | None) -> int | None:
    answer = None if finding is None else finding.answer
    if answer is None or answer.count is None or answer.need is None:
        return None
    return answer.count.low - answer.need
