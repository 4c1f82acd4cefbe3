"""Rows of one name whose ids say that they are several: the order of the rows decides nothing."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal

import pytest

from alliance_check import check
from alliance_check.model.consortium import Outcome
from alliance_check.model.report import Report
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


def with_money(*rows: tuple[str, str, str]) -> Report:
    """Judge eight partners with 100 000 each, and further rows of one organisation."""
    header = ("Partner name", "Country", "Organisation type", "Role", "EU contribution")
    all_rows = [(*row, "100000") for row in EIGHT]
    all_rows += [("Hus AS", country, "SME", role, share) for country, role, share in rows]
    text = text_of(all_rows, header).encode()
    return check(text, lot="innovation", grant=800_000, total=1_000_000, duration=24)


MONEY = {
    "one without a share": [("Poland", FULL, ""), ("Poland", FULL, "100000")],
    "roles differ": [("Poland", FULL, "100000"), ("Poland", ASSOCIATED, "100000")],
    "a blank for an associated partner": [("Poland", FULL, "5000"), ("Poland", ASSOCIATED, "")],
    "a territory": [("Svalbard", FULL, "1000"), ("Norway", FULL, "")],
}


@pytest.mark.parametrize("name", MONEY)
def test_the_order_of_the_rows_changes_no_sum(name: str) -> None:
    found = [with_money(*rows) for rows in itertools.permutations(MONEY[name])]
    answers = {
        tuple((f.rule, f.outcome, f.answer.count, str(f.answer.message)) for f in report.findings)
        for report in found
    }
    assert len(answers) == 1, f"{name}: what the rules say hangs on which row comes first"


def test_an_organisation_in_two_rows_adds_at_least_the_smaller_share() -> None:
    report = with_money(("Poland", FULL, ""), ("Poland", FULL, "100000"))
    assert report.outcome("partner-shares") is Outcome.TO_CHECK, "900 000 are not 800 000"


def test_rows_of_one_organisation_that_differ_add_at_least_the_smaller_share_too() -> None:
    report = with_money(("Poland", FULL, "1000"), ("Poland", ASSOCIATED, "2000"))
    shares = report.consortium.project.shares
    assert shares is not None
    expected = (Decimal(801_000), Decimal(803_000))
    assert (shares.low, shares.high) == expected, "whatever it is, it takes part"


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
