"""Foreign layouts: exports with many consortia in one table, known by their headers."""

from __future__ import annotations

import pytest

from alliance_check.model.consortium import Role
from alliance_check.model.errors import WrongUsage
from alliance_check.model.sheet import Content
from alliance_check.parse import Named, Reading, parse_all
from tests.parsing import Rows, book, problem_ids

GRANT = (
    "EU Grant award in euros (This amount represents the grant awarded after the selection stage "
    "and is indicative.)"
)


def results_header(coordinator: str, partners: int = 2) -> tuple[str, ...]:
    """Return the header of a Project Results export in one of its two spellings."""
    groups = [
        f"Partner {n} {part}"
        for n in range(1, partners + 1)
        for part in ("name", "organisation type", "address", "region", "country", "website")
    ]
    kind = coordinator.replace("name", "type").replace("'s type", " organisation type")
    return (
        *("Programme", "Key Action", "Call year", "Project Identifier", "Project Title", GRANT),
        *(coordinator, kind, "Coordinator's address", "Coordinator's region"),
        *("Coordinator's country", "Coordinator's website", *groups),
    )


ONE: tuple[Content, ...] = (
    *("Erasmus+", "KA2", "2023", "101111111", "Green", "950000"),
    *("Fjordbyen universitet", "Higher education institution (tertiary level)", "", "", "NO", ""),
    *("Narvik verft AS", "Small and medium sized enterprise", "", "", "NO", ""),
    *("Solaris S.r.l.", "Large enterprise", "", "", "IT", ""),
)
TWO: tuple[Content, ...] = (
    *("Erasmus+", "KA2", "2023", "102222222", "Blue", ""),
    *("Technische Hochschule Lindental", "EPLUS-EDU-HEI", "", "", "DE", ""),
    *("Elektro Drava d.o.o.", "Enterprise", "", "", "Germny", ""),
)


def read(rows: Rows, **reading: str) -> list[Named]:
    return list(parse_all(book(rows), Reading(**reading)))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["Coordinating organisation name", "Coordinator's name"])
def test_each_project_of_a_results_export_is_a_consortium(name: str) -> None:
    one, two = read([results_header(name), ONE, TWO])
    assert (one.name, two.name) == ("101111111", "102222222")
    partners = one.parsed.consortium.partners
    assert [p.country for p in partners] == ["NO", "NO", "IT"]
    assert [p.role for p in partners] == [Role.COORDINATOR, Role.FULL_PARTNER, Role.FULL_PARTNER]
    assert [p.kinds for p in partners] == [("hei",), ("enterprise",), ("enterprise",)]


def test_a_cell_of_a_results_export_keeps_its_place() -> None:
    _, two = read([results_header("Coordinator's name"), ONE, TWO])
    assert [str(p.cells["name"]) for p in two.parsed.consortium.partners] == [
        "Partners!G3",
        "Partners!M3",
    ]
    assert problem_ids(two.parsed) == ["unread-country Partners!Q3"]


def test_grant_and_call_of_a_results_export_are_read() -> None:
    one, two = read([results_header("Coordinator's name"), ONE, TWO])
    grant = one.parsed.consortium.project.grant
    assert grant is not None
    assert (str(grant.exact), grant.origin) == ("950000", "Partners!F2")
    assert two.parsed.consortium.project.grant is None
    assert one.parsed.call == "2023"


def test_a_hundred_groups_of_partners_are_read() -> None:
    header = results_header("Coordinator's name", partners=100)
    groups = [cell for n in range(100) for cell in (f"P {n} Ltd", "SME", "", "", "FR", "")]
    (one,) = read([header, (*ONE[:12], *groups)])
    assert len(one.parsed.consortium.partners) == 101


CORDIS = (
    *("projectID", "projectAcronym", "organisationID", "vatNumber", "name", "shortName", "SME"),
    *("activityType", "street", "postCode", "city", "country", "order", "role"),
    *("ecContribution", "netEcContribution", "totalCost", "endOfParticipation", "active"),
)


def cordis(project: str, pic: str, name: str, kind: str, country: str, role: str) -> list[str]:
    return [
        *(project, "ACR", pic, "", name, "", "false", kind, "", "", "", country, "1", role),
        *("100000.5", "90", "200", "false", "true"),
    ]


def test_each_project_of_the_cordis_table_is_a_consortium() -> None:
    rows = [
        CORDIS,
        cordis("1", "999999001", "Uni", "HES", "EL", "coordinator"),
        cordis("2", "999999002", "Firmus", "PRC", "UK", "participant"),
        cordis("1", "999999003", "Office", "PUB", "FR", "thirdParty"),
        cordis("1", "999999004", "Club", "OTH", "FR", "associatedPartner"),
    ]
    one, two = read(rows)
    partners = one.parsed.consortium.partners
    assert (one.name, two.name) == ("1", "2")
    assert [p.country for p in partners] == ["GR", "FR", "FR"]
    assert [p.role for p in partners] == [
        Role.COORDINATOR,
        Role.AFFILIATED_ENTITY,
        Role.ASSOCIATED_PARTNER,
    ]
    assert [p.pic for p in partners] == ["999999001", "999999003", "999999004"]
    assert two.parsed.consortium.partners[0].functions.sure == {"labour-market"}
    grant = two.parsed.consortium.project.grant
    assert grant is not None
    assert str(grant.exact) == "100000.5"


def test_an_activity_type_of_higher_or_secondary_education_is_no_university_for_sure() -> None:
    (one,) = read([CORDIS, cordis("1", "", "Uni", "HES", "EL", "coordinator")])
    assert "hei" not in one.parsed.consortium.partners[0].functions.sure


def test_a_chosen_column_distinguishes_consortia() -> None:
    rows = [
        ("Bid", "Partner name", "Country"),
        ("x", "A", "DE"),
        ("y", "B", "FR"),
        ("x", "C", "NO"),
    ]
    assert [(n.name, len(n.parsed.consortium.partners)) for n in read(rows, by="bid")] == [
        ("x", 2),
        ("y", 1),
    ]


def test_a_column_that_is_not_there_is_wrong_usage_and_names_those_there_are() -> None:
    with pytest.raises(WrongUsage, match='no column "Bid"; there are "Partner name", "Country"'):
        read([("Partner name", "Country"), ("A", "DE")], by="Bid")
