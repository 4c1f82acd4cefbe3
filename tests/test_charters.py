"""The list of charter holders: read as it is published, and what it says of a university."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from alliance_check.evaluate import evaluate
from alliance_check.model.consortium import (
    Consortium,
    Holder,
    Listing,
    Partner,
    Said,
)
from alliance_check.model.errors import NoTable
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Finding
from alliance_check.model.sheet import Cell, Content
from alliance_check.parse import Dictionary, Reading, parse_all
from alliance_check.parse.cells.charters import CharterList, charter_list
from alliance_check.pipeline import Options, check_file
from alliance_check.rulebook import load_call
from alliance_check.vocabulary.types import functions_of
from tests.cli_runs import EIGHT, text_of
from tests.measured import calls
from tests.parsing import Rows, book, sheet

HEADER_2023 = (
    *("Proposal Number", "Erasmus Code", "PIC", "OID", "Organisation Legal Name", "Street"),
    *("Postal Code", "City", "Country", "Webpage", "ECHE Start Date", "ECHE End Date"),
)
HEADER_2024 = (
    *("Proposal Number", "Eramus Code", "PIC", "OID", "Legal Name", "Street", "Post Cd", "City"),
    *("Country Cd", "Website Url", "Erasmus Eche Start", "Erasmus Eche End"),
)
SHEET = ("Partner name", "Country", "Organisation type", "PIC", "OID", "Erasmus code")


def holder(**given: Content) -> tuple[Content, ...]:
    row: dict[str, Content] = {
        "code": "N  BERGEN01",
        "pic": "999974553",
        "oid": "E10000001",
        "name": "Universitetet i Bergen",
        "country": "NO",
        "start": "2021-03-01",
        "end": "2027-12-31",
    }
    row |= given
    return (
        *("101", row["code"], row["pic"], row["oid"], row["name"], "Street 1", "5020", "Bergen"),
        *(row["country"], "https://uib.no", row["start"], row["end"]),
    )


BERGEN = holder()


def looked_up(rows: Rows, *partner: Content) -> Partner:
    charters = charter_list(book(rows), Dictionary())
    reading = Reading(charters=charters)
    (one,) = parse_all(book([SHEET, partner]), reading)
    return one.parsed.consortium.partners[0]


def charter_finding(rows: Rows, *partners: Sequence[Content], call: str = "2023") -> Finding:
    reading = Reading(charters=charter_list(book(rows), Dictionary()))
    (one,) = parse_all(book([SHEET, *partners]), reading)
    rulebook = load_call(call)
    findings = evaluate(one.parsed.consortium, rulebook, rulebook.lots["innovation"])
    return next(f for f in findings if f.rule == "valid-charter")


UNI = ("Universitetet i Bergen", "Norway", "University")


@pytest.mark.parametrize(
    "names", [("Universitetet i Bergen", "Elsewhere"), ("Elsewhere", "Universitetet i Bergen")]
)
def test_only_a_university_in_the_list_is_proposed_as_full_partner(names: tuple[str, str]) -> None:
    lead, _, *others = EIGHT
    extra = [(name, "Norway", "University", "Associated partner") for name in names]
    listed = [HEADER_2023, BERGEN, holder(name=lead[0], pic="999999991", oid="", code="")]
    charters = charter_list(book(listed), Dictionary())
    options = Options(lot="innovation", call="2023", charters=charters)
    (report,) = check_file(text_of([lead, *others, *extra]).encode(), "p.csv", options)
    assert report.advice is not None
    row = 9 + names.index("Universitetet i Bergen")
    assert [repair.changes for repair in report.advice.repairs] == [(f"role:A{row}=full-partner",)]


@pytest.mark.parametrize("header", [HEADER_2023, HEADER_2024])
@pytest.mark.parametrize(
    "partner",
    [
        ("Anything", "Norway", "University", "999974553"),
        ("Anything", "Norway", "University", Decimal(999974553)),
        ("Anything", "Norway", "University", "", "e10000001"),
        ("Anything", "Norway", "University", "", "", "N BERGEN01"),
        ("Anything", "Norway", "University", "", "", "N\xa0 BERGEN01"),
        ("UNIVERSITETET I  BERGEN", "Norge", "University"),
    ],
)
def test_a_university_is_found_by_any_of_its_ids_or_by_name_and_country(
    header: tuple[str, ...], partner: tuple[Content, ...]
) -> None:
    found = looked_up([header, BERGEN], *partner).listing
    assert found is not None
    assert found.holders == (
        Holder("Universitetet i Bergen", date(2021, 3, 1), date(2027, 12, 31)),
    )


@pytest.mark.parametrize(
    "start", ["2021-03-01", "01/03/2021", "01.03.2021", Decimal(44256), "2021-03-01T00:00:00"]
)
def test_a_date_is_a_date_a_text_or_a_number_of_days(start: Content) -> None:
    found = looked_up([HEADER_2023, holder(start=start)], *UNI).listing
    assert found is not None
    assert found.holders[0].start == date(2021, 3, 1)


def test_the_first_row_may_be_empty_and_a_second_sheet_does_not_matter() -> None:
    made = book(sheet([("",), HEADER_2023, BERGEN], "List"), sheet([("Legend",)], "Notes"))
    assert len(charter_list(made, Dictionary()).by_country["NO"]) == 1


def test_a_column_of_codes_without_a_header_is_found() -> None:
    header = ("Proposal Number", "", *HEADER_2023[2:])
    found = looked_up([header, BERGEN], "Any", "Norway", "University", "", "", "N BERGEN01").listing
    assert found is not None
    assert found.holders


def test_a_pic_that_lost_its_zeros_is_found() -> None:
    found = looked_up(
        [HEADER_2023, holder(pic=Decimal(123456))], "Any", "Norway", "University", "000123456"
    )
    assert found.listing is not None
    assert found.listing.holders


def test_a_name_of_another_country_is_not_it() -> None:
    found = looked_up([HEADER_2023, BERGEN], "Universitetet i Bergen", "Sweden", "University")
    assert found.listing is not None
    assert not found.listing.holders


def test_names_like_it_are_given_and_never_taken() -> None:
    found = looked_up([HEADER_2023, BERGEN], "Universitet i Bergen", "Norway", "University").listing
    assert found is not None
    assert found.holders == ()
    assert found.near == ("Universitetet i Bergen",)


def test_who_is_no_university_is_not_looked_up() -> None:
    assert looked_up([HEADER_2023, BERGEN], "Firm", "Norway", "SME").listing is None


def test_a_workbook_that_is_no_such_list_is_refused() -> None:
    with pytest.raises(NoTable, match="charter list has no row with the headers"):
        charter_list(book([("Partner name", "Country"), ("A", "NO")]), Dictionary())


@pytest.mark.parametrize(
    ("start", "end", "outcome"),
    [
        ("2021-03-01", "2027-12-31", "met"),
        ("2023-05-03", "2027-12-31", "met"),
        ("2023-05-04", "2027-12-31", "to-check"),
        ("2021-03-01", "2023-05-03", "met"),
        ("2021-03-01", "2023-05-02", "not-met"),
        ("2021-03-01", "", "met"),
        ("", "2027-12-31", "to-check"),
    ],
)
def test_the_charter_must_be_valid_at_the_deadline(start: str, end: str, outcome: str) -> None:
    found = charter_finding([HEADER_2023, holder(start=start, end=end)], UNI)
    assert found.outcome.value == outcome


def test_a_renewed_charter_is_valid_by_any_of_its_entries() -> None:
    old = holder(start="2014-01-01", end="2021-01-01")
    assert charter_finding([HEADER_2023, old, BERGEN], UNI).outcome.value == "met"


def test_who_is_not_found_is_to_check_with_the_names_like_it() -> None:
    found = charter_finding([HEADER_2023, BERGEN], ("Universitet i Bergen", "Norway", "University"))
    assert found.outcome.value == "to-check"
    assert [str(cell) for cell in found.answer.cells] == ["Partners!A2"]
    assert "Universitetet i Bergen" in str(found.answer.hint)


def test_a_university_from_outside_needs_no_charter() -> None:
    found = charter_finding([HEADER_2023, BERGEN], ("Kyiv University", "Ukraine", "University"))
    assert found.outcome.value == "not-applicable"


HOLDS = Holder("x", date(2021, 1, 1), None)


@pytest.mark.parametrize(
    ("call", "until", "listing", "outcome"),
    [
        ("2023", date(2023, 5, 2), None, Outcome.NOT_MET),
        ("2023", date(2023, 5, 3), None, Outcome.MET),
        ("2026", date(2023, 5, 3), None, Outcome.NOT_MET),
        (
            "2023",
            date(2023, 5, 2),
            Listing((Holder("x", date(2021, 1, 1), None),)),
            Outcome.TO_CHECK,
        ),
        ("2023", date(2023, 5, 2), Listing(()), Outcome.NOT_MET),
    ],
)
def test_an_end_that_the_sheet_gives_is_compared_with_the_deadline(
    call: str, until: date, listing: Listing | None, outcome: Outcome
) -> None:
    university = Partner(
        row=2,
        name="x",
        cells={"name": Cell(None, 2, 1), "charter": Cell(None, 2, 2)},
        country="NO",
        kinds=("hei",),
        functions=functions_of(("hei",)),
        charter=Said.YES,
        charter_until=until,
        listing=listing,
    )
    book = load_call(call)
    findings = evaluate(
        Consortium((university,), columns=frozenset({"charter"})), book, book.lots["innovation"]
    )
    answer = next(f.answer for f in findings if f.rule == "valid-charter")
    assert answer.outcome is outcome
    assert answer.cells == (() if outcome is Outcome.MET else (Cell(None, 2, 2),))
    if listing is None and outcome is Outcome.NOT_MET:
        assert str(answer.message) == "a charter ends before the call's deadline"


def test_what_a_file_costs_does_not_grow_with_the_list() -> None:
    others = [
        holder(
            code=f"D  KOELN{n}",
            pic=str(900000000 + n),
            name=f"Hochschule {n}",
            oid="",
            country="DE",
        )
        for n in range(300)
    ]
    lists = [
        charter_list(book([HEADER_2023, BERGEN, *rows]), Dictionary()) for rows in ([], others)
    ]
    sheets = book([SHEET, (*UNI, "999974553"), ("Universitetet i Bergen", "Norway", "University")])

    def look_up(charters: CharterList) -> None:
        list(parse_all(sheets, Reading(charters=charters)))

    look_up(lists[0])  # what every first look-up loads
    short, long = (calls(partial(look_up, charters)) for charters in lists)
    assert long == short
