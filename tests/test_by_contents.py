"""Columns that are known by what they hold, because no header says so."""

from __future__ import annotations

import pytest

from alliance_check.model.errors import NoTable
from tests.parsing import Rows, parsed, sheet, table_of

SEATS = (
    ("Legal entity", "Seat", "Kind", "Role"),
    ("Latgale Technical University", "Latvia", "HEI", "Coordinator"),
    ("Savon Puu Oy", "Finland", "Company", "Full partner"),
    ("Holztechnikum Salzach GmbH", "Austria", "Company", "Full partner"),
    ("Timber Trade Union", "Latvia", "Trade union", "Full partner"),
)
APPLICANTS = (
    ("Applicant", "Country", "Type", "Role"),
    *(row for row in SEATS[1:]),
)


def with_header(header: str, rows: Rows = SEATS, number: int = 1) -> Rows:
    """Return the rows with another header of one column."""
    top = [header if n == number else text for n, text in enumerate(rows[0])]
    return [top, *rows[1:]]


def with_column(header: str, texts: list[str], rows: Rows = SEATS) -> Rows:
    """Return the rows with one more column."""
    return [[*row, text] for row, text in zip(rows, [header, *texts], strict=True)]


def countries(rows: Rows) -> list[str | None]:
    """Return the country of each partner."""
    return [partner.country for partner in parsed(rows).consortium.partners]


@pytest.mark.parametrize(
    "header",
    [
        "Seat",
        "Heimat",
        "Established in",
        "Where from",
        "Where are you registered?",
        "City",
    ],
)
def test_countries_are_found_below_a_header_that_is_not_theirs(header: str) -> None:
    rows = with_header(header)
    assert countries(rows) == ["LV", "FI", "AT", "LV"]
    note = f'Column B "{header}" was read as the country, because of what it holds.'
    assert note in [str(note) for note in table_of(rows).notes]


def test_a_town_before_the_country_does_no_harm() -> None:
    rows = [
        ("Organisation", "Seat and country", "Profile", "Role"),
        ("Université des Trois Frontières", "Thionville, France", "University", "Coordinator"),
        ("Reciclaço Lda", "Setúbal, Portugal", "SME", "Partner"),
        ("Hotéis Lda", "Portugal (Madeira)", "SME", "Partner"),
        ("Gildehaus GmbH", "Trier", "SME", "Partner"),
        ("Condroz SA", "Ciney, Belgium", "SME", "Partner"),
    ]
    found = parsed(rows)
    assert [p.country for p in found.consortium.partners] == ["FR", "PT", "PT", None, "BE"]
    assert [str(problem.cell) for problem in found.problems] == ["Partners!B5"]


def test_names_are_found_below_a_header_that_is_not_theirs() -> None:
    found = parsed(APPLICANTS)
    names = [partner.name for partner in found.consortium.partners]
    assert names == [row[0] for row in SEATS[1:]]
    (note,) = table_of(APPLICANTS).notes
    assert str(note) == 'Column A "Applicant" was read as the name, because of what it holds.'


def test_names_and_countries_are_found_together() -> None:
    rows = with_header("Seat", APPLICANTS)
    assert countries(rows) == ["LV", "FI", "AT", "LV"]
    assert len(table_of(rows).notes) == 2


@pytest.mark.parametrize(
    "header",
    [
        *("Nationality", "Pilot country", "Country of the contact person", "Languages", "Zielland"),
        *("Parent company", "Market", "Pays d'intervention", "tbc"),
    ],
)
def test_countries_of_something_else_are_not_taken(header: str) -> None:
    with pytest.raises(NoTable, match="no country column"):
        table_of(with_header(header))


@pytest.mark.parametrize(("header", "taken"), [("Seat", True), ("Lang.", False), ("Code", False)])
def test_codes_are_countries_only_below_a_word_for_one(header: str, *, taken: bool) -> None:
    codes = ["LV", "FI", "DE", "FR"]
    rows = [SEATS[0], *([r[0], c, *r[2:]] for r, c in zip(SEATS[1:], codes, strict=True))]
    if taken:
        assert countries(with_header(header, rows)) == codes
    else:
        with pytest.raises(NoTable, match="no country column"):
            table_of(with_header(header, rows))


def test_two_columns_of_countries_are_both_named() -> None:
    rows = with_column("Place of business", ["Latvia", "Sweden", "Austria", "Latvia"])
    with pytest.raises(NoTable) as refused:
        table_of(rows)
    assert '"Seat" (B1), "Place of business" (E1) may each hold it' in str(refused.value)
    assert '--map "Seat=country"' in str(refused.value)


def test_a_column_of_which_too_little_is_a_country_is_not_taken() -> None:
    rows = [list(row) for row in SEATS]
    rows[2][1] = "Kuopio"
    with pytest.raises(NoTable, match="no country column"):
        table_of(rows)


def test_two_partners_show_too_little() -> None:
    with pytest.raises(NoTable, match="no country column"):
        table_of(SEATS[:3])


@pytest.mark.parametrize(
    "names",
    [
        ["Anna Berg", "Ola Nord", "Eva Lind", "Jan Dahl"],
        ["Latgale University", "Latgale University", "Savon Oy", "Savon Oy"],
        ["a@b.example", "c@d.example", "e@f.example", "www.g.example"],
        ["12.11.2025", "13.11.2025", "14.11.2025", "15.11.2025"],
    ],
    ids=["persons", "repeated", "mails", "dates"],
)
def test_a_column_that_names_no_organisations_is_no_column_of_names(names: list[str]) -> None:
    rows = [APPLICANTS[0], *([n, *row[1:]] for n, row in zip(names, SEATS[1:], strict=True))]
    with pytest.raises(NoTable, match="no name column"):
        table_of(rows)


def test_a_budget_is_no_list_of_partners() -> None:
    budget = [
        ("Partner", "Seat", "Costs"),
        *((row[0], row[1], "120 000") for row in SEATS[1:]),
    ]
    with pytest.raises(NoTable, match="no country column"):
        table_of(budget)


def test_a_row_of_a_partner_is_never_a_header() -> None:
    rows = [
        ("Organisation", "Nationality", "Kind", "Role"),
        ("Savon Puu Oy", "Ruritania", "Company", "Partner"),
        *SEATS[1:],
    ]
    with pytest.raises(NoTable, match="no country column"):
        table_of(rows)


def test_a_table_known_by_its_headers_wins() -> None:
    whole = with_header("Country", SEATS[:3])
    table = table_of(sheet(SEATS, "First"), sheet(whole, "Second"))
    assert table.sheet.name == "Second"


def test_a_second_header_and_a_table_below_are_known_by_the_same_word() -> None:
    rows = [*SEATS[:3], SEATS[0], *SEATS[3:]]
    assert countries(rows) == ["LV", "FI", "AT", "LV"]


def test_a_header_that_is_repeated_is_no_partner_whatever_it_is_called() -> None:
    header = ("Szervezet", "Ország", "Szervezet jellege")
    known = [row[:3] for row in SEATS[1:]]
    rows = [header, *known, ("Associated partners", "", ""), header, *known]
    assert "type" in table_of(rows).columns
    found = parsed(rows).consortium.partners
    assert [partner.name for partner in found] == [row[0] for row in (*known, *known)]


@pytest.mark.parametrize("header", ["Status", "Statut", "Status im Konsortium"])
def test_roles_below_status_are_roles_where_no_header_says_role(header: str) -> None:
    found = parsed(with_header(header, SEATS, 3)).consortium.partners
    assert [partner.role.value for partner in found][:2] == ["coordinator", "full-partner"]
    confirmed = with_column("Status", ["confirmed"] * 4)
    assert "status" in table_of(confirmed).columns


def test_types_are_found_below_sector() -> None:
    rows = [
        ("Organisation", "Country", "Sector", "Position"),
        ("Shannon Estuary", "Ireland", "Higher education", "Coordinator"),
        ("Limerick Chamber", "Ireland", "Chamber of commerce", "Full partner"),
        ("Lumière du Val", "France", "Private company", "Full partner"),
    ]
    found = parsed(rows)
    assert [partner.kinds for partner in found.consortium.partners] == [
        ("hei",),
        ("working-life",),
        ("enterprise",),
    ]
    assert not found.problems


def test_fields_of_education_below_sector_are_no_types() -> None:
    rows = [
        ("Organisation", "Country", "Sector", "Role"),
        ("Shannon Estuary", "Ireland", "Higher education", "Coordinator"),
        ("Limerick Chamber", "Ireland", "VET", "Full partner"),
        ("Lumière du Val", "France", "VET", "Full partner"),
    ]
    assert [partner.kinds for partner in parsed(rows).consortium.partners] == [(), (), ()]


@pytest.mark.parametrize(
    ("positions", "roles"),
    [
        (("Coordinator", "Partner", "Partner"), ["coordinator", "full-partner", "full-partner"]),
        (("Project leader", "Project coordinator", "Partner"), ["full-partner"] * 3),
    ],
)
def test_positions_are_roles_where_one_partner_coordinates(
    positions: tuple[str, str, str], roles: list[str]
) -> None:
    rows = [
        ("Organisation", "Country", "Type", "Position"),
        ("Shannon Estuary", "Ireland", "University", positions[0]),
        ("Limerick Chamber", "Ireland", "SME", positions[1]),
        ("Lumière du Val", "France", "SME", positions[2]),
    ]
    assert [partner.role.value for partner in parsed(rows).consortium.partners] == roles
