"""What is said of the project, where it came from, and which of two sayings wins."""

from decimal import Decimal

import pytest

from alliance_check import check
from alliance_check.model.consortium import Amount, Gap
from alliance_check.model.outcome import Outcome
from alliance_check.model.sheet import Content
from alliance_check.parse import Reading
from tests.cli_runs import EIGHT, text_of
from tests.cli_runs import HEADER as NAMES
from tests.parsing import BREMEN, HEADER, NARVIK, Rows, parsed, problem_ids, sheet

GOOD = [HEADER, BREMEN, NARVIK]


def shares(*values: Content, header: str = "EU contribution", extra: str = "") -> Amount | None:
    rows: Rows = [
        (*HEADER[:3], header, "Role", "Status"),
        *((f"Org {n}", "DE", "SME", value, extra, "") for n, value in enumerate(values)),
    ]
    return parsed(rows).consortium.project.grant


def test_labels_on_a_sheet_of_their_own_are_read_with_their_cells() -> None:
    rows: Rows = [
        ("Duration (months)", Decimal(24)),
        ("Requested grant (EUR)", Decimal(950_000)),
        ("Total budget (EUR)", "1 187 500"),
    ]
    project = parsed(sheet(GOOD), sheet(rows, "Project")).consortium.project
    assert project.duration is not None
    assert project.grant is not None
    assert project.total is not None
    assert (project.duration.months, project.duration.origin) == (24, "Project!B1")
    assert project.grant.exact == 950_000
    assert project.grant.origin == "Project!B2"
    assert project.total.exact == 1_187_500


def test_labelled_cells_above_the_table_are_read() -> None:
    above = [("Duration:", "2 years"), ("Requested grant", "", "1m"), ()]
    project = parsed([*above, *GOOD]).consortium.project
    assert project.duration is not None
    assert project.duration.months == 24
    assert project.grant is not None
    assert project.grant.exact == 1_000_000


def test_a_label_and_its_value_may_stand_in_one_cell() -> None:
    project = parsed([("Duration: 36 months",), *GOOD]).consortium.project
    assert project.duration is not None
    assert project.duration.months == 36


def test_the_caller_overrules_the_workbook() -> None:
    reading = Reading(duration=36, grant=Decimal(1), total=Decimal(2))
    project = parsed([("Duration", "24 months"), *GOOD], reading=reading).consortium.project
    assert project.duration is not None
    assert project.grant is not None
    assert (project.duration.months, project.duration.origin) == (36, "option")
    assert project.grant.origin == "option"


def test_a_duration_that_cannot_be_read_is_a_problem_and_unread() -> None:
    found = parsed([("Duration", "2"), *GOOD])
    assert found.consortium.project.duration is not None
    assert found.consortium.project.duration.months is None
    assert problem_ids(found) == ["unread-duration Partners!B1"]


def test_two_labels_that_contradict_each_other_are_unread() -> None:
    found = parsed(
        sheet([("Duration", "24 months"), *GOOD]), sheet([("Duration", "3y")], "Project")
    )
    assert found.consortium.project.duration is not None
    assert found.consortium.project.duration.months is None
    assert problem_ids(found) == ["unread-duration Project!B1"]
    assert str(found.problems[0].message) == '"3y" contradicts Partners!B1'


def test_of_two_labels_the_one_that_cannot_be_read_is_the_problem() -> None:
    project = sheet([("Requested grant", "900 000"), ("Duration", "24 months")], "Project")
    found = parsed(sheet([("Requested grant", "much"), ("Duration", "24 m"), *GOOD]), project)
    assert problem_ids(found) == ["unread-grant Partners!B1"]
    assert str(found.problems[0].message) == '"much" cannot be read as an amount'
    grant = found.consortium.project.grant
    assert grant is not None
    assert (grant.low, grant.high, grant.gap, grant.origin) == (
        Decimal(0),
        None,
        Gap.UNREAD,
        "Partners!B1",
    )


def test_an_amount_below_an_unknown_label_is_the_most_that_the_grant_may_be() -> None:
    amounts = [("Amount", "900 000 EUR"), ("Amount in all", "1 200 000 EUR"), ("Amount", "EUR ?")]
    found = parsed([*amounts, *GOOD])
    grant = found.consortium.project.grant
    assert grant is not None
    assert (grant.low, grant.high, grant.origin) == (Decimal(0), Decimal(1_200_000), "Partners!B2")
    assert [str(cell) for cell in grant.cells] == ["Partners!B2"], "rules on the grant name it"
    assert problem_ids(found) == ["unread-label Partners!B2"]


def test_a_grant_in_another_currency_is_not_converted() -> None:
    found = parsed([("Requested grant (NOK)", "950000"), *GOOD])
    assert found.consortium.project.grant is not None
    assert found.consortium.project.grant.gap is Gap.UNREAD


def test_lot_and_call_may_come_from_the_sheet() -> None:
    found = parsed([("Lot", "Lot 2"), ("Call", "Erasmus+ 2026"), *GOOD])
    assert (found.lot, found.call) == ("skills", "2026")


def test_a_lot_that_is_none_is_a_problem() -> None:
    found = parsed([("Lot", "Lot 7"), *GOOD])
    assert found.lot is None
    assert problem_ids(found) == ["unread-lot Partners!B1"]


def test_shares_add_up_to_the_grant() -> None:
    grant = shares("100 000", Decimal("50000.01"))
    assert grant == Amount(
        Decimal("150000.01"),
        Decimal("150000.01"),
        "Partners!D2:D3",
        cells=grant.cells if grant else (),
    )


def test_a_budget_is_the_total_and_never_the_grant() -> None:
    found = parsed([(*HEADER, "Budget"), (*BREMEN, "900000"), (*NARVIK, "900000")])
    project = found.consortium.project
    assert project.grant is None
    assert project.total is not None
    assert project.total.exact == 1_800_000


def test_the_unit_of_a_column_is_applied() -> None:
    grant = shares("100", "50,5", header="Grant (k€)")
    assert grant is not None
    assert grant.exact == 150_500


def test_another_currency_in_a_header_makes_the_column_unread() -> None:
    found = parsed([(*HEADER, "Grant (NOK)"), (*BREMEN, "100"), (*NARVIK, "50")])
    grant = found.consortium.project.grant
    assert grant is not None
    assert grant.gap is Gap.UNREAD
    assert grant.high is None
    assert [p.id for p in found.problems] == ["unread-share", "unread-share"]


@pytest.mark.parametrize(
    ("header", "cells", "most"),
    [
        ("Funding slice", ("60000", "50000"), 110_000),
        ("Funding slice (k€)", ("100", "50"), 150_000),
        ("Funding slice", ("100000", ""), 100_000),
        ("Funding slice", ("100000", "some"), 100_000),
        ("Funding slice", ("some", ""), None),
        ("Funding slice (NOK)", ("100000", "50000"), None),
        ("Mascot", ("400000", "500000"), 900_000),
        ("Mascot", ("400000", "some"), None),
        ("Mascot", ("900000", ""), None),
        ("Mascot", ("4", "5"), None),
        ("Number of staff", ("400000", "500000"), None),
        ("", ("400000", "500000"), None),
    ],
)
def test_a_column_that_may_hold_the_shares_says_the_most_that_the_grant_may_be(
    header: str, cells: tuple[str, str], most: int | None
) -> None:
    grant = shares(*cells, header=header)
    assert (grant is None) is (most is None)
    if grant is not None:
        assert [grant.low, grant.high] == [0, most]
        assert list(map(str, grant.cells)) == ["Partners!D2", "Partners!D3"]


@pytest.mark.parametrize(
    ("sums", "place"), [(("200", "100"), "E2"), (("100", "200"), "F2"), (("100", "100"), "E2")]
)
def test_of_columns_that_may_hold_the_shares_the_highest_sum_counts(
    sums: tuple[str, str], place: str
) -> None:
    header = (*HEADER, "Funding slice", "Funding piece")
    grant = parsed([header, (*BREMEN, *sums)]).consortium.project.grant
    assert grant is not None
    assert grant.origin == f"Partners!{place}"


def test_a_blank_share_makes_the_sum_a_lower_bound() -> None:
    grant = shares("100", "", "-")
    assert grant is not None
    assert (int(grant.low), grant.high, grant.gap) == (100, None, Gap.BLANK)


def test_a_share_that_cannot_be_read_leaves_the_sum_open() -> None:
    grant = shares("100", "some")
    assert grant is not None
    assert (int(grant.low), grant.high, grant.gap) == (100, None, Gap.UNREAD)


@pytest.mark.parametrize("role", ["Associated partner", "Subcontractor"])
def test_who_gets_nothing_may_leave_the_share_blank(role: str) -> None:
    rows = [
        (*HEADER, "EU contribution"),
        (*BREMEN, "100000"),
        ("Solaris", "Italy", "SME", role, ""),
    ]
    grant = parsed(rows).consortium.project.grant
    assert grant is not None
    assert grant.exact == 100_000


def test_a_column_that_is_blank_throughout_is_no_column() -> None:
    found = parsed([(*HEADER, "EU contribution"), (*BREMEN, ""), (*NARVIK, "")])
    assert found.consortium.project.grant is None
    assert "share" not in found.consortium.columns


def test_a_partner_that_is_only_possible_makes_the_sum_a_range() -> None:
    rows = [
        (*HEADER[:3], "EU contribution"),
        ("A", "DE", "SME", "100000"),
        ("TBC", "DE", "SME", "50000"),
    ]
    grant = parsed(rows).consortium.project.grant
    assert grant is not None
    assert [grant.low, grant.high] == [100_000, 150_000]


def test_a_partner_that_declined_adds_nothing() -> None:
    rows = [
        (*HEADER[:3], "Status", "EU contribution"),
        ("A", "DE", "SME", "", "100000"),
        ("B", "DE", "SME", "declined", "50000"),
    ]
    grant = parsed(rows).consortium.project.grant
    assert grant is not None
    assert grant.exact == 100_000


def test_a_stated_grant_beats_the_sum_and_keeps_it_for_comparison() -> None:
    rows = [("Requested grant", "1m"), (*HEADER, "EU contribution"), (*BREMEN, "5"), (*NARVIK, "5")]
    project = parsed(rows).consortium.project
    assert project.grant is not None
    assert project.grant.exact == 1_000_000
    assert project.shares is not None
    assert project.shares.exact == 10


@pytest.mark.parametrize(
    ("text", "names", "unread"),
    [
        ("Textiles", ("Textile",), False),
        ("Aerospace & Defence", ("Aerospace & Defence",), False),
        ("Mobility, transport, automotive", ("Mobility-Transport-Automotive",), False),
        ("Health; Digital", ("Health", "Digital"), False),
        ("Health; Space", ("Health",), True),
        ("Space", (), True),
    ],
)
def test_ecosystems_are_read_by_the_names_of_the_guide(
    text: str, names: tuple[str, ...], *, unread: bool
) -> None:
    ecosystem = parsed([("Industrial ecosystem", text), *GOOD]).consortium.project.ecosystem
    assert ecosystem is not None
    assert (ecosystem.names, ecosystem.unread) == (names, unread)


def test_the_ecosystems_of_a_column_are_read_row_by_row() -> None:
    rows = [(*HEADER, "Industrial ecosystem"), (*BREMEN, "Textiles"), (*NARVIK, "Digital")]
    ecosystem = parsed(rows).consortium.project.ecosystem
    assert ecosystem is not None
    assert ecosystem.names == ("Textile", "Digital")
    assert str(ecosystem.cell) == "Partners!E2"


def test_a_grant_that_is_hardly_in_euros_is_open_up_to_its_thousandfold() -> None:
    found = parsed([("Requested grant", "1200"), *GOOD])
    grant = found.consortium.project.grant
    assert grant is not None
    assert [grant.low, grant.high] == [1200, 1_200_000]
    assert problem_ids(found) == ["small-grant Partners!B1"]
    assert "EUR 1 200" in str(found.problems[0].message)
    assert "thousands" in str(found.problems[0].message)


def test_shares_in_thousands_that_nobody_names_never_make_a_grant_fit() -> None:
    rows = [(*row, "200") for row in EIGHT]
    text = text_of(rows, (*NAMES, "EU contribution")).encode()
    report = check(text, lot="innovation", duration=24)
    assert report.outcome("grant-ceiling") is Outcome.TO_CHECK, "1 600 or 1 600 000"
    small = check(text.replace(b'"200"', b'"100"'), lot="innovation", duration=24)
    assert small.outcome("grant-ceiling") is Outcome.MET, "800 or 800 000: both are below"


@pytest.mark.parametrize("label", ["Requested grant (k€)", "Requested grant"])
def test_a_grant_with_its_unit_or_of_a_usual_size_says_nothing(label: str) -> None:
    amount = "1200" if "k" in label else "1 200 000"
    assert not problem_ids(parsed([(label, amount), *GOOD]))


def test_shares_that_add_up_to_very_little_are_said_to_be() -> None:
    rows: Rows = [
        (*HEADER[:3], "EU contribution"),
        ("A", "DE", "SME", "90"),
        ("B", "DE", "SME", "9"),
    ]
    assert problem_ids(parsed(rows)) == ["small-grant Partners!D2"]


def test_a_small_total_given_by_option_has_no_cell() -> None:
    assert problem_ids(parsed(GOOD, reading=Reading(total=Decimal(2000)))) == ["small-total"]


def test_a_sum_that_differs_is_reported_with_both_amounts() -> None:
    rows: Rows = [
        (*HEADER[:3], "EU contribution"),
        ("A", "DE", "SME", "120000"),
        ("B", "NO", "SME", "80000"),
        ("Sum", "", "", "230000"),
    ]
    found = parsed(rows)
    assert "the sum stated here is EUR 230 000, the rows add up to EUR 200 000" in [
        str(problem.message) for problem in found.problems
    ]
    grant = found.consortium.project.grant
    assert grant is not None
    assert "D4" in [cell.address for cell in grant.cells], "the grant hangs on that cell too"
