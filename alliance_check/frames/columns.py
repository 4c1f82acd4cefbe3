"""The columns of an answer: the same ones for every table, every call and every lot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from alliance_check import rulebook
from alliance_check.calls import DEFAULT_CALL
from alliance_check.rules import RULES, one_coordinator
from alliance_check.rules.shared.minima import MINIMA

COUNTING = frozenset({*MINIMA, one_coordinator.ID})
"""The rules that count something, lowest and highest."""


def _columns() -> Iterator[tuple[str, str]]:
    yield from (("call", "string"), ("lot", "string"), ("verdict", "string"))
    for call in dict.fromkeys((DEFAULT_CALL, rulebook.newest())):
        yield f"verdict of {call}", "string"
    yield from (("exit code", "int64"), ("problems", "int64"))
    for rule in RULES:
        yield rule.ID, "string"
        if rule.ID in COUNTING:
            yield from ((f"{rule.ID} low", "Int64"), (f"{rule.ID} high", "Int64"))


COLUMNS: Mapping[str, str] = dict(_columns())
"""The columns of every answer and their dtypes, whatever the table and the rules that it met."""
