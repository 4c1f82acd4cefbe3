"""Layouts that people really use: budgets by work package, tables on their side, forms."""

from decimal import Decimal

import pytest

from alliance_check.model.consortium import Amount, Gap
from alliance_check.model.errors import NoTable
from tests.parsing import HEADER, Rows, parsed, problem_ids, table_of

START = HEADER[:3]


def grant(rows: Rows) -> Amount:
    found = parsed(rows).consortium.project.grant
    assert found is not None
    return found


def test_a_grant_by_work_package_is_added_per_row() -> None:
    rows = [
        (*START, "Grant WP1", "Grant WP2"),
        ("A", "DE", "SME", "10000", "20000"),
        ("B", "DE", "SME", "5000", ""),
    ]
    assert grant(rows).exact == 35_000


def test_work_packages_below_a_group_heading_are_parts_of_it() -> None:
    rows = [
        ("", "", "", "EU contribution (k€)", "", ""),
        (*START, "WP1", "WP2", "Total"),
        ("A", "DE", "SME", "10", "20", "30"),
        ("B", "DE", "SME", "5", "5", "10"),
    ]
    found = parsed(rows)
    assert found.consortium.project.grant is not None
    assert found.consortium.project.grant.exact == 40_000
    assert not found.problems


def test_parts_that_do_not_add_up_to_the_whole_make_a_range_and_name_the_cells() -> None:
    rows = [
        (*START, "Grant WP1", "Grant WP2", "Grant"),
        ("A", "DE", "SME", "10000", "20000", "40000"),
    ]
    found = parsed(rows)
    assert found.consortium.project.grant is not None
    assert [found.consortium.project.grant.low, found.consortium.project.grant.high] == [
        30_000,
        40_000,
    ]
    assert problem_ids(found) == ["mismatch-share Partners!D2"]
    assert "D2, E2, F2" in str(found.problems[0].message)


def test_a_row_of_totals_that_says_otherwise_makes_a_range_and_is_named() -> None:
    rows = [
        (*START, "Grant"),
        ("A", "DE", "SME", "10000"),
        ("B", "DE", "SME", "20000"),
        ("Total", "", "", "50000"),
    ]
    found = parsed(rows)
    assert found.consortium.project.grant is not None
    assert [found.consortium.project.grant.low, found.consortium.project.grant.high] == [
        30_000,
        50_000,
    ]
    assert problem_ids(found) == ["mismatch-share Partners!D4"]


def test_a_row_of_totals_that_agrees_says_nothing() -> None:
    rows: Rows = [(*START, "Grant"), ("A", "DE", "SME", "10000"), ("Total", "", "", Decimal(10000))]
    assert not parsed(rows).problems


def test_a_part_that_cannot_be_read_leaves_the_sum_open() -> None:
    rows = [(*START, "Grant WP1", "Grant WP2"), ("A", "DE", "SME", "10", "some")]
    assert grant(rows).gap is Gap.UNREAD


def test_one_partner_a_column_is_refused_with_how_to_turn_it() -> None:
    rows = [
        ("Partner name", "Bremen", "Narvik", "Solaris"),
        ("Country", "DE", "NO", "IT"),
        ("Organisation type", "University", "SME", "SME"),
    ]
    with pytest.raises(NoTable, match=r"Partners!A1 has a partner in each column.*transposed"):
        table_of(rows)


def test_a_form_a_partner_is_refused_with_how_to_turn_it() -> None:
    block = [
        ("Organisation", "Bremen"),
        ("Country", "DE"),
        ("Organisation type", "University"),
        ("",),
    ]
    with pytest.raises(NoTable, match=r"Partners!A1 begins a form.*one table"):
        table_of([*block, *block])
