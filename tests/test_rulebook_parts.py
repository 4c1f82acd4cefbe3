"""What a worker sends names the parts of a rulebook instead of copying them."""

from __future__ import annotations

import copyreg
import io
import pickle
from dataclasses import replace
from typing import Any

import pytest

from alliance_check.model.call import Call, Clause, Lot
from alliance_check.pipeline import check
from alliance_check.rulebook import Part, calls, load_call, reduced
from tests.cli_runs import text_of

CALL = load_call("2023")
LOT = CALL.lots["innovation"]
CLAUSE = LOT.clauses["minimum-partners"]


class _Pickler(pickle.Pickler):
    dispatch_table = copyreg.dispatch_table | dict.fromkeys((Call, Lot, Clause), reduced)


def received(packed: bytes) -> Any:
    return pickle.loads(packed)  # noqa: S301 - our own bytes


def sent(it: Any) -> bytes:
    target = io.BytesIO()
    _Pickler(target).dump(it)
    return target.getvalue()


@pytest.mark.parametrize("part", [CALL, LOT, CLAUSE])
def test_a_part_of_a_rulebook_of_the_package_arrives_as_itself(part: Part) -> None:
    assert received(sent(part)) is part


@pytest.mark.parametrize(
    "part", [replace(CALL, title="x"), replace(LOT, title="x"), replace(CLAUSE, value=9)]
)
def test_a_part_that_is_not_the_packages_own_arrives_as_it_is(part: Part) -> None:
    assert received(sent(part)) == part


def test_a_report_arrives_equal_and_in_less_than_half_the_bytes() -> None:
    report = check(text_of().encode(), lot="innovation")
    packed = sent(report)
    assert received(packed) == report
    assert received(packed).call is report.call
    assert 2 * len(packed) < len(pickle.dumps(report))


@pytest.mark.parametrize("call", calls())
def test_a_territory_counts_when_its_state_does(call: str) -> None:
    rules = load_call(call)
    named = rules.member_states | rules.associated | rules.excluded | rules.regions.keys()
    for country in named | rules.territories.keys():
        state = rules.territories.get(country, country)
        expected = state in rules.member_states or state in rules.associated
        assert rules.counts(country) is expected, f"{country} in call {call}: see Call.counted"
    assert not rules.counts(None)
