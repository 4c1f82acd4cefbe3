"""Rows of one name whose ids say that they are several: the order of the rows decides nothing."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from alliance_check import check
from alliance_check.findings import Report
from alliance_check.model import Outcome
from tests.cli_runs import EIGHT, text_of

HEADER = ("Partner name", "Country", "Organisation type", "Role", "PIC", "OID")
FULL, ASSOCIATED = "Full partner", "Associated partner"


def of(role: str, pic: str = "", oid: str = "", kind: str = "SME") -> tuple[str, ...]:
    return ("Hus AS", "Norway", kind, role, pic, oid)


def judged(rows: Sequence[Sequence[str]]) -> Report:
    others = [(*row, "", "") for row in EIGHT]
    return check(text_of([*others, *rows], HEADER).encode(), lot="innovation")


CASES = {
    "one fits two oids": [of(FULL, oid="E10000001"), of(ASSOCIATED, oid="E10000002"), of(FULL)],
    "one fits two pics": [of(FULL, "999999991"), of(FULL, "999999982"), of(ASSOCIATED)],
    "types differ": [of(FULL, "999999991"), of(FULL, "999999982"), of(FULL, kind="NGO")],
    "an oid beside two pics": [of(FULL, "999999991"), of(FULL, "999999982"), of(FULL, "", "E1")],
    "two without": [of(FULL, "999999991"), of(ASSOCIATED, "999999982"), of(FULL), of(FULL)],
    "chained ids": [of(FULL, "999999991", "E1"), of(FULL, "", "E1"), of(ASSOCIATED, "999999982")],
}


@pytest.mark.parametrize("name", CASES)
def test_the_order_of_the_rows_changes_no_answer(name: str) -> None:
    answers = set()
    for rows in itertools.permutations(CASES[name]):
        report = judged(rows)
        answers.add(tuple((f.rule, f.outcome, f.answer.count) for f in report.findings))
    assert len(answers) == 1, f"{name}: what the rules say hangs on which row comes first"


def test_a_row_that_may_be_any_of_two_leaves_the_other_one_open() -> None:
    report = judged(CASES["one fits two oids"])
    assert report.outcome("unique-organisations") is Outcome.TO_CHECK
    count = next(f.answer.count for f in report.findings if f.rule == "minimum-partners")
    assert count is not None
    assert (count.low, count.high) == (9, 10), "the second is a full partner if the row is its own"


def test_a_row_that_says_nothing_else_than_both_leaves_both_as_they_are() -> None:
    report = judged([of(FULL, "999999991"), of(FULL, "999999982"), of(FULL)])
    count = next(f.answer.count for f in report.findings if f.rule == "minimum-partners")
    assert count is not None
    assert (count.low, count.high) == (10, 10)
    assert report.outcome("unique-organisations") is Outcome.MET
