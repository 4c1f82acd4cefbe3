"""Rows of one name whose ids say that they are several: the order of the rows decides nothing."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from decimal import Decimal
from functools import partial

import pytest

from alliance_check import check
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Report
from tests.cli_runs import EIGHT, text_of
from tests.measured import calls

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


def test_a_row_that_fits_one_of_two_organisations_of_its_name_belongs_to_it() -> None:
    rows = [of(FULL, "999999991", "E10000001"), of(FULL, "999999982"), of(FULL, "", "E10000002")]
    for order in itertools.permutations(rows):
        found = {(p.pic, p.oid) for p in judged(order).consortium.partners[8:] if not p.same_as}
        assert found == {("999999991", "E10000001"), ("999999982", "E10000002")}


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


# --- One organisation or two ---------------------------------------------------------------------

PIC = "999999938"
CAMERA = ("Camera Valle", "Italy", "SME", FULL)


def doubled(*rows: Sequence[str], others: int = 7) -> Report:
    """Judge some of eight partners, and two rows of one PIC beside names that are nothing alike."""
    first = [(*row, "", "") for row in EIGHT[:others]]
    text = text_of([*first, *((*row, PIC, "") for row in rows)], HEADER)
    return check(text.encode(), lot="innovation", call="2026")


def counted(report: Report, rule: str) -> tuple[int, int]:
    count = next(f.answer.count for f in report.findings if f.rule == rule)
    assert count is not None
    return count.low, count.high


@pytest.mark.parametrize("order", [1, -1])
def test_one_pic_beside_two_names_is_one_organisation_or_two(order: int) -> None:
    rows = [("Nokia Oyj", "Finland", "SME", FULL), CAMERA][::order]
    report = doubled(*rows)
    assert counted(report, "minimum-partners") == (8, 9)
    assert counted(report, "minimum-labour-market-actors") == (4, 5)
    assert counted(report, "minimum-countries") == (5, 6), "Finland or Italy, or both"
    assert report.verdict.value == "eligible", "eight are enough, whichever it is"


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("other", "rule", "low"),
    [
        (("Nokia Oyj", "Italy", "SME", ASSOCIATED), "minimum-partners", 7),
        (("Nokia Oyj", "Italy", "University", FULL), "minimum-labour-market-actors", 3),
        (("Nokia Oyj", "Norway", "SME", FULL), "minimum-countries", 4),
        (("Nokia Oyj", "Switzerland", "SME", FULL), "minimum-partners", 7),
    ],
)
def test_of_one_organisation_either_row_may_be_right(
    other: Sequence[str], rule: str, low: int, order: int
) -> None:
    assert counted(doubled(*[other, CAMERA][::order]), rule)[0] == low
    alone = doubled(CAMERA)
    assert counted(alone, rule)[0] == low + 1


def test_a_minimum_that_needs_both_names_both_cells() -> None:
    report = doubled(("Nokia Oyj", "Finland", "SME", FULL), CAMERA, others=6)
    partners = next(f for f in report.findings if f.rule == "minimum-partners")
    assert counted(report, "minimum-partners") == (7, 8)
    assert {str(cell) for cell in partners.answer.cells} == {"E8", "E9"}


def test_a_minimum_that_hangs_on_which_of_the_two_it_is_names_both_cells() -> None:
    university = ("Nokia Oyj", "Finland", "University", FULL)
    report = doubled(university, CAMERA, others=6)
    workers = next(f for f in report.findings if f.rule == "minimum-labour-market-actors")
    assert counted(report, "minimum-labour-market-actors") == (2, 3)
    assert {str(cell) for cell in workers.answer.cells} == {"E8", "E9"}


def test_what_holds_whichever_row_is_right_is_met() -> None:
    """Where it is the company, the body of both kinds teaches; where it is the school, it works."""
    kinds = (
        "University",
        "SME",
        "SME",
        "VET provider",
        "SME; VET provider",
        "EPLUS-RES",
        "EPLUS-RES",
    )
    lands = ("Norway", "Spain", "Italy", "France", "Norway", "Spain", "Italy")
    rows = [
        (f"Nordhaug {n}", land, kind, FULL if n else "Coordinator", "", "")
        for n, (kind, land) in enumerate(zip(kinds, lands, strict=True))
    ]
    rows += [("Nokia Oyj", "Finland", "VET provider", FULL, PIC, ""), (*CAMERA, PIC, "")]
    report = check(text_of(rows, HEADER).encode(), lot="innovation", call="2026")
    assert report.outcome("minima-together") is Outcome.MET
    assert report.verdict.value == "eligible"


def test_rules_other_than_the_minima_judge_both_rows_as_they_stand() -> None:
    russian = ("Nokia Oyj", "Russia", "SME", FULL)
    assert doubled(russian, CAMERA, others=8).outcome("excluded-countries") is Outcome.NOT_MET
    roles = [(*CAMERA[:3], "Coordinator"), ("Nokia Oyj", "Finland", "SME", FULL)]
    assert doubled(*roles, others=8).outcome("one-coordinator") is Outcome.NOT_MET


@pytest.mark.parametrize(("name", "partners"), [("Sintef", (8, 8)), ("Sintefs", (8, 9))])
def test_up_to_six_letters_may_be_the_short_form_of_any_name(
    name: str, partners: tuple[int, int]
) -> None:
    assert counted(doubled((name, *CAMERA[1:]), CAMERA), "minimum-partners") == partners


def test_a_row_without_a_city_belongs_to_its_name_whatever_is_doubtful_about_the_other() -> None:
    nokia = ("Nokia Oyj", "Finland", "SME", FULL, PIC, "Oulu")
    rows = [nokia, (*CAMERA, PIC, "Aosta"), (*CAMERA, "", "")]
    text = text_of([*((*row, "", "") for row in EIGHT[:7]), *rows], CITIES)
    report = check(text.encode(), lot="innovation", call="2026")
    assert counted(report, "minimum-partners") == (8, 9)


def test_one_oid_settles_that_two_names_beside_one_pic_are_one_organisation() -> None:
    first = [(*row, "", "") for row in EIGHT[:7]]
    rows = [(*row, PIC, "E10000001") for row in (("Nokia Oyj", *CAMERA[1:]), CAMERA)]
    report = check(text_of([*first, *rows], HEADER).encode(), lot="innovation", call="2026")
    assert counted(report, "minimum-partners") == (8, 8)
    assert not report.consortium.partners[7].double


def test_a_third_row_of_the_same_number_belongs_to_its_own_name() -> None:
    rows = [("Nokia Oyj", "Finland", "SME", FULL), CAMERA, ("Camera di Valle", *CAMERA[1:])]
    report = doubled(*rows)
    assert counted(report, "minimum-partners") == (8, 9)


@pytest.mark.parametrize(("names", "partners"), [(4, (8, 11)), (5, (8, 12)), (6, (8, 14))])
def test_a_name_is_compared_with_the_first_five_beside_its_number(
    names: int, partners: tuple[int, int]
) -> None:
    """The last name is like the one before it, which only among the first five is seen."""
    unlike = ("Nokia Oyj", "Brzeg Wschodni", "Calzature Ditta", "Hufvudsta Gym", "Xylem Plc")
    last = ("Camera Valle", "Camera di Valle")
    rows = [(name, "Italy", "SME", FULL) for name in (*unlike[: names - 1], *last)]
    assert counted(doubled(*rows), "minimum-partners") == partners


CITIES = ("Partner name", "Country", "Organisation type", "Role", "PIC", "City")


def in_cities(*rows: tuple[str, str]) -> Report:
    """Judge seven partners and rows of one name, each with a PIC and a city."""
    first = [(*row, "", "") for row in EIGHT[:7]]
    text = text_of([*first, *((*CAMERA, *row) for row in rows)], CITIES)
    return check(text.encode(), lot="innovation", call="2026")


@pytest.mark.parametrize(
    ("rows", "low", "high"),
    [
        ([("", "Aosta"), ("", "Torino")], 8, 9),
        ([("", "Aosta"), ("", "aosta")], 8, 8),
        ([("", "Aosta"), ("", "")], 8, 8),
        ([("", ""), ("", "Aosta"), ("", "Torino")], 8, 9),
        ([("", "Aosta"), ("", "Torino"), ("", "Torino")], 8, 9),
        ([("", "Aosta"), ("", "Torino"), ("", "Milano")], 8, 10),
        ([(PIC, "Aosta"), (PIC, "Torino")], 8, 8),
        ([(PIC, "Aosta"), ("999999841", "Torino")], 9, 9),
        ([(PIC, "Aosta"), ("", "Torino")], 8, 9),
    ],
    ids=str,
)
def test_one_name_in_two_cities_is_one_organisation_or_two(
    rows: list[tuple[str, str]], low: int, high: int
) -> None:
    for each in itertools.permutations(rows):
        assert counted(in_cities(*each), "minimum-partners") == (low, high)
    told = " ".join(
        str(caution.message) for f in in_cities(*rows).findings for caution in f.answer.cautions
    )
    assert ("one name in different cities" in told) is (low < high)


def test_the_advice_and_the_margin_count_what_surely_counts() -> None:
    nokia = ("Nokia Oyj", "Finland", "SME", FULL)
    safe = doubled(nokia, CAMERA)
    assert safe.advice is not None
    assert safe.advice.margins.room["minimum-partners"] == 0
    short = doubled(nokia, CAMERA, others=6)
    assert short.advice is not None
    assert [len(repair.changes) for repair in short.advice.repairs][:1] == [1], "one more is enough"


def test_a_number_that_stands_beside_every_name_costs_no_more_than_others() -> None:
    def judge(size: int) -> None:
        rows = [
            (f"{chr(97 + n % 26) * 9} {n}", "Norway", "SME", FULL, PIC, "") for n in range(size)
        ]
        assert counted(check(text_of(rows, HEADER).encode(), lot="innovation"), "minimum-partners")

    judge(8)
    small, large = (calls(partial(judge, size)) for size in (150, 300))
    assert large < 2.3 * small
