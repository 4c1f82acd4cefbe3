"""What a workbook says elsewhere than in the columns of its table: countries, words, groups."""

from __future__ import annotations

import pytest

from alliance_check.model.consortium import Role
from tests.parsing import parsed, partners, table_of

NAMES = ("ATU Sligo", "Saxion", "CIFP Bidasoa", "ENAIP Veneto")


def countries(*rows: tuple[str, ...], header: tuple[str, ...]) -> list[str | None]:
    return [partner.country for partner in partners(*rows, header=header)]


@pytest.mark.parametrize(
    "written", ["{} ({})", "{}, Sligo, {}", "{} – {}", "{}\nMain street 5\n{}", "{} [{}]"]
)
def test_names_carry_their_countries_where_no_column_holds_them(written: str) -> None:
    named = zip(NAMES, ("Ireland", "Netherlands", "Spain", "Italy"), strict=True)
    rows = [(written.format(*one), "University") for one in named]
    assert countries(*rows, header=("Partner", "Type")) == ["IE", "NL", "ES", "IT"]


def test_codes_may_stand_before_the_names() -> None:
    rows = [
        (f"{code} – {name}", "University") for code, name in zip(("IE", "NL"), NAMES, strict=False)
    ]
    assert countries(*rows, header=("Partner", "Type")) == ["IE", "NL"]


def test_a_blank_country_is_read_from_the_name() -> None:
    rows = [("ATU Sligo", "Ireland", "University"), ("Saxion (NL)", "", "University")]
    assert countries(*rows, header=("Partner", "Country", "Type")) == ["IE", "NL"]


def test_headings_say_the_country_and_hold_on_below_those_who_do_not_apply() -> None:
    header, own = ("Partner", "Type"), "University"
    rows = [("IRELAND",), ("ATU Sligo", own), ("SPAIN",), ("CIFP Bidasoa", own)]
    others = [("ASSOCIATED PARTNERS",), ("ITALY",), ("ENAIP Veneto", own)]
    found = partners(*rows, *others, header=header)
    assert [partner.country for partner in found] == ["IE", "ES", "IT"]
    assert [partner.role for partner in found][-1] is Role.ASSOCIATED_PARTNER


def test_a_country_in_the_first_row_of_its_group_holds_for_the_group() -> None:
    header = ("Country", "Partner", "Type")
    own = "University"
    grouped = [
        ("Ireland", "A One", own),
        ("", "B Two", own),
        ("Spain", "C Three", own),
        ("", "D Four", own),
    ]
    assert countries(*grouped, header=header) == ["IE", "IE", "ES", "ES"]
    again = [*grouped, ("Ireland", "E Five", own)]
    assert countries(*again, header=header) == ["IE", None, "ES", None, "IE"]


@pytest.mark.parametrize(
    "legend", [("IND = company",), ("HEI = university, IND = company",), ("IND", "Company")]
)
def test_a_legend_explains_an_abbreviation(legend: tuple[str, ...]) -> None:
    rows = [("Nord", "NO", "ZZQ"), ("Sør", "DE", "University")]
    explained = tuple(text.replace("IND", "ZZQ") for text in legend)
    found = parsed([("Partner", "Country", "Type"), *rows, (), explained]).consortium.partners
    assert [partner.kinds for partner in found] == [("enterprise",), ("hei",)]


def test_codes_in_small_letters_are_read_where_codes_stand() -> None:
    rows = [("Nord", "el", "SME"), ("Sør", "cy", "SME"), ("Vest", "it", "SME")]
    assert countries(*rows, header=("Partner", "Country", "Type")) == ["GR", "CY", "IT"]
    mixed = [("Nord", "el", "SME"), ("Sør", "Cyprus", "SME"), ("Vest", "Italy", "SME")]
    assert countries(*mixed, header=("Partner", "Country", "Type"))[0] is None


def test_an_unknown_header_above_types_and_roles_is_read_by_what_it_holds() -> None:
    header = ("Partner", "Country", "Snick", "Snack")
    rows = [("Nord", "NO", "SME", "Coordinator"), ("Sør", "DE", "University", "Partner")]
    found = partners(*rows, header=header)
    assert [(p.kinds, p.role) for p in found] == [
        (("enterprise",), Role.COORDINATOR),
        (("hei",), Role.FULL_PARTNER),
    ]
    notes = " ".join(map(str, table_of([header, *rows]).notes))
    assert '"Snick" was read as the type' in notes


@pytest.mark.parametrize("header", ["Full partner", "Beneficiary", "Full partner?"])
@pytest.mark.parametrize(("yes", "no"), [("x", ""), ("yes", "no")])
def test_who_is_not_ticked_as_full_partner_is_none_for_sure(header: str, yes: str, no: str) -> None:
    rows = [("Nord", "NO", "SME", yes), ("Sør", "DE", "SME", yes), ("Vest", "IT", "SME", no)]
    found = partners(*rows, header=("Partner", "Country", "Type", header))
    assert [p.role for p in found] == [Role.FULL_PARTNER, Role.FULL_PARTNER, Role.UNKNOWN]


@pytest.mark.parametrize("header", ["Member", "Legal entity", "Entity"])
def test_an_exception_in_a_column_of_answers_is_open_whatever_its_header(header: str) -> None:
    rows = [("Nord", "NO", "SME", "yes"), ("Sør", "DE", "SME", "yes"), ("Vest", "IT", "SME", "no")]
    found = partners(*rows, header=("Partner", "Country", "Type", header))
    assert [bool(p.open) for p in found] == [False, False, True]


@pytest.mark.parametrize("total", ["Subtotal universities", "Delsum Norge", "Zwischensumme DE"])
def test_subtotals_by_any_name_are_no_partners(total: str) -> None:
    header = ("Partner", "Country", "Type", "EU grant (€)")
    rows = [
        ("Nord", "NO", "SME", "100000"),
        (total, "", "", "100000"),
        ("Sør", "DE", "SME", "50000"),
    ]
    assert [p.name for p in partners(*rows, header=header)] == ["Nord", "Sør"]


def test_an_applicant_is_the_coordinator_alone_and_a_partner_beside_one() -> None:
    def roles(*said: str) -> list[Role]:
        rows = [(f"Nord {n} AS", "NO", "SME", role) for n, role in zip("XYZ", said, strict=False)]
        return [partner.role for partner in partners(*rows)]

    assert roles("Applicant", "Partner") == [Role.COORDINATOR, Role.FULL_PARTNER]
    assert roles("Coordinator", "Applicant") == [Role.COORDINATOR, Role.FULL_PARTNER]
    assert roles("Applicant", "Applicant") == [Role.UNKNOWN, Role.UNKNOWN]


@pytest.mark.parametrize(
    ("number", "name", "role"),
    [
        ("3a", "Saga AS", "Affiliated entity"),
        ("2.1", "Saga AS", "Affiliated entity"),
        ("9", "Saga AS", "Affiliated to no. 2"),
        ("9", "Saga AS", "Affiliated entity of P2"),
        ("9", "  ↳ Saga AS", "Affiliated entity"),
    ],
)
def test_an_affiliated_entity_names_its_beneficiary(number: str, name: str, role: str) -> None:
    header = ("No", "Partner", "Country", "Type", "Role")
    rows = [("1", "Sol AS", "NO", "SME", "Coordinator"), ("2", "Nord AS", "NO", "SME", "Partner")]
    third = ("3", "Vest AS", "NO", "SME", "Partner")
    found = partners(*rows, third, (number, name, "NO", "SME", role), header=header)
    by_number = {"3a": "Vest AS", "2.1": "Nord AS", "9": "Vest AS" if "↳" in name else "Nord AS"}
    assert found[-1].parent == by_number[number]
    for unnamed in ("Affiliated entity", "Affiliated to no. 7"):
        plain = partners(*rows, ("9", "Saga AS", "NO", "SME", unnamed), header=header)
        assert not plain[-1].parent, "there is no seventh"


@pytest.mark.parametrize(("group", "open_texts"), [("WP1", 0), ("T4.2", 0), ("Reply", 1)])
def test_ticks_below_a_work_package_are_tasks(group: str, open_texts: int) -> None:
    groups = ("", "", "", group, "", group, "")
    header = ("Partner", "Country", "Type", "PM", "Box", "PM", "Box")
    ticked = [(name, "Ireland", "University", "2", "", "3", "") for name in NAMES]
    ticked[0] = ("ATU Sligo", "Ireland", "University", "2", "x", "3", "")
    found = parsed([groups, header, *ticked]).consortium.partners
    assert [len(partner.open) for partner in found] == [open_texts, 0, 0, 0]


def test_a_trait_beside_the_type_is_no_second_type() -> None:
    header = ("Partner", "Country", "Type", "Non-profit?")
    rows = [(name, "Ireland", "University", "yes") for name in NAMES[:2]]
    rows += [(name, "Spain", "Company", "no") for name in NAMES[2:]]
    found = partners(*rows, header=header)
    assert [partner.kinds for partner in found] == [("hei",)] * 2 + [("enterprise",)] * 2
    assert not any(partner.open for partner in found)
