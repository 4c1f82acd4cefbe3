"""The table of partners is found wherever it stands, or refused in one sentence."""

import pytest

from alliance_check.model.errors import NoHeaders, NoTable, WrongUsage
from tests.parsing import BREMEN, HEADER, NARVIK, parsed, sheet, table_of

GOOD = [HEADER, BREMEN, NARVIK]
WITHOUT_TYPES = [row[:2] for row in GOOD]


def test_title_rows_empty_rows_and_empty_columns_do_not_matter() -> None:
    moved = [("",), ("GreenVET consortium",), (), *(("", "", *row) for row in GOOD)]
    found = parsed(moved)
    assert table_of(moved).header_row == 4
    assert [str(p.cells["country"]) for p in found.consortium.partners] == [
        "Partners!D5",
        "Partners!D6",
    ]


def test_spaces_and_line_breaks_in_headers_do_not_matter() -> None:
    found = parsed([("  Partner\nname ", "Country\xa0", "ORGANISATION  TYPE"), BREMEN[:3]])
    assert found.consortium.partners[0].kinds == ("hei",)


def test_a_header_of_two_rows_is_read_together() -> None:
    found = table_of(
        [("Partner", "", "Budget"), ("Name", "Country", "EU contribution"), ("A", "DE", "1")]
    )
    assert found.header_row == 2
    assert {"name", "country", "share"} <= set(found.columns)


def test_the_name_of_a_contact_is_not_the_name_of_a_partner() -> None:
    found = table_of(
        [
            ("Contact person", "", "Organisation", ""),
            ("Name", "E-mail", "Name", "Country"),
            ("Kari Nordmann", "k@n.no", "Narvik verft AS", "Norway"),
        ]
    )
    assert found.columns["name"][0].number == 3


def test_an_organisation_beats_a_bare_name() -> None:
    found = table_of([("Name", "Organisation", "Country"), ("Kari", "Narvik verft", "NO")])
    assert found.columns["name"][0].number == 2
    assert '"Name" (A1)' in str(found.notes[0])


def test_a_visible_sheet_beats_a_hidden_one() -> None:
    found = table_of(sheet(GOOD, "Old", hidden=True), sheet(WITHOUT_TYPES, "New"))
    assert found.sheet.name == "New"
    assert "Old!A1" in " ".join(map(str, found.notes))


def test_a_hidden_sheet_is_better_than_none_and_is_noted() -> None:
    found = table_of(sheet([("Notes",)], "Front"), sheet(GOOD, "Back", hidden=True))
    assert found.sheet.name == "Back"
    assert "hidden" in str(found.notes[0])


def test_a_table_with_types_beats_one_without() -> None:
    assert table_of(sheet(WITHOUT_TYPES, "Contacts"), sheet(GOOD, "List")).sheet.name == "List"


def test_a_tie_names_both_sheets_whom_only_one_of_them_names_and_the_option() -> None:
    other = [*GOOD, ("Solaris", "IT", "SME")]
    with pytest.raises(NoTable, match=r'Two!A1, One!A1.*"Solaris" \(Two!A\d+\).*--sheet "Two"'):
        table_of(sheet(GOOD, "One"), sheet(other, "Two"))


def test_a_tie_of_lists_with_the_same_names_says_that_they_differ() -> None:
    other = [*GOOD[:-1], (*GOOD[-1][:-1], "Network")]
    with pytest.raises(NoTable, match=r"they do not say the same"):
        table_of(sheet(GOOD, "One"), sheet(other, "Two"))


def test_two_sheets_that_agree_are_one_list() -> None:
    turned = [GOOD[0], *reversed(GOOD[1:])]
    assert table_of(sheet(GOOD, "One"), sheet(turned, "Two")).sheet.name == "One"
    longer = [(*row, "a@b.example") for row in GOOD]
    assert table_of(sheet(GOOD, "One"), sheet(longer, "Two")).sheet.name == "Two"


def test_two_tables_on_one_sheet_are_a_tie() -> None:
    other = [("", "Country", "Partner name", "Organisation type"), ("", "IT", "Solaris", "SME")]
    with pytest.raises(NoTable, match=r"Partners!A1, Partners!A5.*leave one"):
        table_of([*GOOD, (), *other])


def test_the_option_decides_a_tie() -> None:
    found = table_of(sheet(GOOD, "One"), sheet(GOOD[:-1], "Two"), name="two")
    assert found.sheet.name == "Two"


def test_a_sheet_that_is_not_there_is_wrong_usage_and_names_those_there_are() -> None:
    with pytest.raises(WrongUsage, match='no sheet "Three"; there are "One"'):
        table_of(sheet(GOOD, "One"), name="Three")


def test_a_header_that_is_repeated_on_the_next_page_is_no_partner() -> None:
    found = parsed([*GOOD, HEADER, ("Solaris", "Italy", "SME", "Full partner")])
    assert [p.name for p in found.consortium.partners] == [BREMEN[0], NARVIK[0], "Solaris"]


def test_a_missing_country_column_is_refused_with_the_headers_and_the_nearest_guess() -> None:
    with pytest.raises(NoTable) as refusal:
        table_of([("Partner name", "Contry", "Organisation type"), ("A", "DE", "SME")])
    sentence = refusal.value.sentence
    assert "no country column" in sentence
    assert "Partners!A1" in sentence
    assert '"Contry" looks like "Country"' in sentence


def test_at_most_twenty_headers_are_named() -> None:
    with pytest.raises(NoTable, match="and 15 more"):
        table_of([("Partner name", *(f"x{n}" for n in range(34))), ("A",)])


def test_a_header_without_a_row_below_is_refused() -> None:
    with pytest.raises(NoTable, match="no row of partners"):
        table_of([HEADER, (), ("",)])


def test_a_file_without_any_header_says_what_it_needs() -> None:
    with pytest.raises(NoHeaders, match="no row has headers such as") as refusal:
        table_of([("Milestone", "Month"), ("Kick-off", "1")])
    assert refusal.value.code == "no-headers"


def test_a_file_whose_headers_are_partly_recognised_is_not_one_without_headers() -> None:
    with pytest.raises(NoTable) as refusal:
        table_of([("Partner name", "Städte"), ("A", "Bremen")])
    assert refusal.value.code == "no-table"


def test_rows_of_totals_are_no_partners() -> None:
    for total in ("Total", "Sum", "Sum totalt", "TOTAL:", "Summe"):
        found = parsed([(*HEADER, "Budget"), (*NARVIK, "10"), (total, "", "", "", "10")])
        assert len(found.consortium.partners) == 1, total
        assert "Row 3: taken for totals" in str(found.notes[0])


def test_a_total_in_another_column_is_seen_too() -> None:
    header = ("No", *HEADER, "Budget")
    found = parsed([header, ("1", *NARVIK, "10"), ("Total", "", "", "", "", "10")])
    assert len(found.consortium.partners) == 1


def test_a_company_called_total_with_a_country_is_a_partner() -> None:
    found = parsed([HEADER, ("Total", "France", "Large enterprise", "Full partner")])
    assert len(found.consortium.partners) == 1


def test_a_text_alone_in_a_row_is_a_remark_where_it_is_too_long_for_a_name() -> None:
    for length, number in ((120, 3), (121, 2)):
        found = parsed([HEADER, BREMEN, ("x" * length,), NARVIK])
        assert len(found.consortium.partners) == number, length


def test_a_remark_below_the_table_is_no_partner() -> None:
    found = parsed([*GOOD, (), ("All partners have signed a mandate",), ("* to be confirmed",)])
    assert len(found.consortium.partners) == 2
    assert "Rows 5, 6: taken for a remark" in str(found.notes[0])


def test_a_heading_between_partners_gives_the_role_of_those_below() -> None:
    found = parsed([HEADER[:3], BREMEN[:3], ("Associated partners",), ("Solaris", "Italy", "SME")])
    assert [p.role.value for p in found.consortium.partners] == [
        "full-partner",
        "associated-partner",
    ]
    assert str(found.consortium.partners[1].cells["role"]) == "Partners!A3"


def test_a_country_alone_between_partners_is_a_heading() -> None:
    found = parsed([HEADER, ("Germany",), BREMEN, ("Norway",), NARVIK])
    assert len(found.consortium.partners) == 2


def test_a_partner_of_whom_only_the_name_is_known_is_kept() -> None:
    found = parsed([HEADER, BREMEN, ("Elektro Drava d.o.o.",), NARVIK])
    assert [p.name for p in found.consortium.partners][1] == "Elektro Drava d.o.o."


def test_a_heading_that_is_not_understood_leaves_the_roles_below_unread() -> None:
    found = parsed(
        [HEADER[:3], BREMEN[:3], (), ("Letters of support from:",), ("Solaris", "Italy", "SME")]
    )
    assert [p.role.value for p in found.consortium.partners] == ["full-partner", "unknown"]
    assert [f"{p.id} {p.cell}" for p in found.problems] == ["unread-role Partners!A5"]


def test_the_type_of_an_organisation_beats_a_bare_type() -> None:
    found = table_of(
        [("Partner name", "Country", "Type", "Organisation type"), ("A", "DE", "x", "SME")]
    )
    assert found.columns["type"][0].number == 4


def test_a_second_table_far_below_is_refused_and_not_lost() -> None:
    many = [(f"Org {n}", "Germany", "SME", "Full partner") for n in range(310)]
    other = [("Country", "Partner name", "Organisation type"), ("Russia", "Firm", "SME")]
    with pytest.raises(NoTable, match=r"Partners!A313 another table begins"):
        table_of([HEADER, *many, (), *other])


@pytest.mark.parametrize("cells", [("Sum", "8 partnere"), ("Total", "8"), ("Gesamt", "8 Partner")])
def test_a_total_in_the_column_of_numbers_is_no_partner(cells: tuple[str, str]) -> None:
    rows = [
        ("No", "Partner name", "Country", "Organisation type"),
        ("1", "Nord", "NO", "SME"),
        ("2", "Sud", "ES", "SME"),
        (*cells, "", ""),
    ]
    found = parsed(rows)
    assert [partner.name for partner in found.consortium.partners] == ["Nord", "Sud"]
    assert "taken for totals" in str(found.notes[0])
