"""What single rows, and whole columns, say of the partners."""

from dataclasses import replace
from decimal import Decimal

import pytest

from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    VET,
    Functions,
    Partner,
    Presence,
    Role,
    Said,
)
from alliance_check.model.sheet import Fault
from alliance_check.rulebook import calls, load_call, territories
from tests.parsing import BREMEN, HEADER, NARVIK, Rows, parsed, partners, problem_ids, sheet

U, V, S = ("University", "VET provider", "SME")


def test_a_role_may_be_said_in_the_first_person() -> None:
    assert roles("We coordinate", "We join as partner") == ["coordinator", "full-partner"]
    assert roles("Nous coordonnons", "En tant que partenaire associé") == [
        "coordinator",
        "associated-partner",
    ]


def roles(*texts: str) -> list[str]:
    rows = [(f"Partner {text} {n}", "DE", S, text) for n, text in enumerate(texts)]
    return [p.role.value for p in partners(*rows)]


def presences(*texts: str) -> list[str]:
    rows = [(f"Org {n}", "DE", S, text) for n, text in enumerate(texts)]
    return [p.presence.value for p in partners(*rows, header=(*HEADER[:3], "Status"))]


def test_every_value_keeps_its_cell() -> None:
    (one,) = partners(("Narvik verft AS", "Norway", S, "Coordinator"))
    assert {name: str(cell) for name, cell in one.cells.items()} == {
        "name": "Partners!A2",
        "country": "Partners!B2",
        "type": "Partners!C2",
        "role": "Partners!D2",
        "status": "Partners!A2",
    }


def test_without_a_role_column_everybody_is_a_full_partner() -> None:
    found = parsed([HEADER[:3], ("A", "DE", S), ("B", "DE", S)])
    assert {p.role for p in found.consortium.partners} == {Role.FULL_PARTNER}
    assert "role" not in found.consortium.columns


def test_a_role_column_that_is_blank_throughout_is_no_column() -> None:
    found = parsed([HEADER, ("A", "DE", S, ""), ("B", "DE", S, " ")])
    assert "role" not in found.consortium.columns
    assert not found.problems


def test_where_only_the_coordinator_is_marked_the_others_are_full_partners() -> None:
    found = parsed([HEADER, ("A", "DE", S, "Lead"), ("B", "DE", S, ""), ("C", "DE", S, "")])
    assert [p.role for p in found.consortium.partners][1:] == [Role.FULL_PARTNER] * 2
    assert sum("Only the coordinator" in str(note) for note in found.notes) == 1
    assert not found.problems


def test_a_blank_beside_other_roles_is_unread() -> None:
    assert roles("Coordinator", "Full partner", "") == ["coordinator", "full-partner", "unknown"]


def test_an_unknown_role_is_unread_and_named() -> None:
    found = parsed([HEADER, ("A", "DE", S, "Coordinator"), ("B", "DE", S, "Friend")])
    assert found.consortium.partners[1].role is Role.UNKNOWN
    assert problem_ids(found) == ["unread-role Partners!D3"]


def test_a_blank_status_is_possible_where_others_are_said_to_be_confirmed() -> None:
    assert presences("confirmed", "", "invited", "declined") == [
        "confirmed",
        "possible",
        "possible",
        "declined",
    ]


def test_a_blank_status_is_confirmed_where_only_exceptions_are_marked() -> None:
    assert presences("", "reserve", "declined") == ["confirmed", "possible", "declined"]


def test_an_unknown_status_is_possible_and_named() -> None:
    found = parsed([(*HEADER[:3], "Status"), ("A", "DE", S, "orange")])
    assert found.consortium.partners[0].presence is Presence.POSSIBLE
    assert problem_ids(found) == ["unread-status Partners!D2"]


@pytest.mark.parametrize(("letters", "partner"), [(120, True), (121, False)])
def test_a_lone_text_among_the_partners_may_be_a_name_until_it_is_too_long_for_one(
    letters: int, *, partner: bool
) -> None:
    text = ("Letters of intent were sent in May and all of them came back signed " * 2)[:letters]
    found = parsed([HEADER, BREMEN, (text.strip().ljust(letters, "."),), NARVIK])
    assert len(found.consortium.partners) == 2 + partner, "a name left out would hide a partner"
    note = "Row 3: taken for a remark, not for a partner."
    assert (note in map(str, found.notes)) is not partner


@pytest.mark.parametrize("name", ["TBC", "tbd (VET, Spain)", "N.N.", "?", "", "to be confirmed"])
def test_a_placeholder_is_a_possible_partner(name: str) -> None:
    one, _ = partners((name, "Spain", V, ""), ("A", "DE", S, ""))
    assert one.presence is Presence.POSSIBLE
    assert str(one.cell("status")) == "Partners!A2"


def test_a_placeholder_stays_possible_whatever_its_status_says() -> None:
    (one,) = partners(("TBC", "Spain", V, "confirmed"), header=(*HEADER[:3], "Status"))
    assert one.presence is Presence.POSSIBLE


def test_hidden_and_struck_rows_are_possible_and_reported() -> None:
    rows = [HEADER, ("A", "DE", S, ""), ("B", "DE", S, ""), ("C", "DE", S, "")]
    made = sheet(rows)
    marked = type(made)(
        made.name, made.rows, hidden_rows=frozenset({3}), struck=frozenset({(4, 1)})
    )
    found = parsed(marked)
    assert [p.presence.value for p in found.consortium.partners] == [
        "confirmed",
        "possible",
        "possible",
    ]
    notes = " ".join(map(str, found.notes))
    assert "Hidden, so only possible: row 3" in notes
    assert "Struck through, so only possible: row 4" in notes


@pytest.mark.parametrize(
    ("remark", "opens"),
    [
        *(
            ("statt Nevesport", 0),
            ("replaces Nevesport srl", 0),
            ("in sostituzione di Nevesport", 0),
        ),
        *(("statt Nord", 1), ("replaces Nevesport, perhaps", 1)),
    ],
)
def test_whoever_takes_the_place_of_a_struck_partner_is_in(remark: str, opens: int) -> None:
    rows = [
        (*HEADER[:3], "Notes"),
        ("Nevesport srl", "IT", S, ""),
        ("Alpin Sintesi srl", "IT", S, remark),
        ("Nord", "NO", S, ""),
    ]
    made = sheet(rows)
    struck = replace(made, struck=frozenset({(2, 1)}))
    assert sum(_doubts(p) for p in parsed(struck).consortium.partners[1:]) == opens
    assert sum(_doubts(p) for p in parsed(made).consortium.partners[1:]) == 1


def _doubts(partner: Partner) -> bool:
    return bool(partner.open) or partner.presence is not Presence.CONFIRMED


def test_a_coloured_row_is_reported_where_no_legend_says_why() -> None:
    made = sheet([HEADER, BREMEN, NARVIK])
    (note,) = parsed(replace(made, fills={(3, 1): "FFFF00"})).notes
    assert str(note) == "Coloured without a legend that says why: row 3."


def test_a_row_that_declined_raises_no_problems() -> None:
    found = parsed([(*HEADER[:3], "Status"), ("A", "Xy", "Zz", "declined"), ("B", "DE", S, "")])
    assert not found.problems


def test_an_unread_country_is_a_problem_with_a_suggestion() -> None:
    found = parsed([HEADER, ("A", "Germny", S, "")])
    (problem,) = found.problems
    assert found.consortium.partners[0].country is None
    assert problem_ids(found) == ["unread-country Partners!B2"]
    assert str(problem.hint).startswith("Germany")
    assert "Germny" in str(problem.message)


@pytest.mark.parametrize("text", ["", "nan", "n/a", "EU", "Germany/France", "Island of Man"])
def test_what_is_no_country_is_unread(text: str) -> None:
    assert partners(("A", text, S, ""))[0].country is None


def test_na_in_capitals_is_namibia() -> None:
    assert partners(("A", "NA", S, ""))[0].country == "NA"


def test_two_country_columns_that_contradict_each_other_leave_it_unread() -> None:
    header = ("Partner name", "Country", "Country code", "Organisation type")
    agree, differ, half = partners(
        ("A", "Norway", "NO", S),
        ("B", "Norway", "SE", S),
        ("C", "", "SE", S),
        header=header,
    )
    assert (agree.country, differ.country, half.country) == ("NO", None, "SE")
    assert str(half.cells["country"]) == "Partners!C4"


def test_a_fault_in_a_cell_is_a_problem_that_says_so() -> None:
    found = parsed(
        [
            HEADER,
            ("A", Fault("#REF!"), Fault("=B1", uncalculated=True), ""),
            (Fault("#N/A"), "DE", S),
        ]
    )
    assert [p.id for p in found.problems] == ["faulty-cell", "uncalculated-formula", "faulty-cell"]
    assert found.consortium.partners[1].presence is Presence.POSSIBLE


def test_without_a_type_column_one_problem_says_so() -> None:
    found = parsed([HEADER[:2], ("A", "DE"), ("B", "DE")])
    assert problem_ids(found) == ["no-type-column"]
    assert found.consortium.partners[0].functions.may == {LABOUR, EDUCATION, HEI, VET}


def test_an_unknown_type_may_count_as_anything_and_is_named() -> None:
    found = parsed([HEADER, ("A", "DE", "Zorp", "")])
    assert found.consortium.partners[0].functions.may == {LABOUR, EDUCATION, HEI, VET}
    assert problem_ids(found) == ["unread-type Partners!C2"]


def test_a_cell_of_several_kinds_is_the_best_of_them() -> None:
    (one,) = partners(("A", "DE", "University / SME", ""))
    assert one.functions.sure == {LABOUR, EDUCATION, HEI}


def test_a_type_of_which_a_part_is_unknown_is_unread_and_names_the_part() -> None:
    found = parsed([HEADER, ("A", "DE", "SME, zorp", "")])
    assert found.consortium.partners[0].functions.may == {LABOUR, EDUCATION, HEI, VET}
    assert problem_ids(found) == ["unread-type Partners!C2"]
    assert '"zorp"' in str(found.problems[0].message)


COUNTS = (*HEADER[:3], "Counts as")


def test_the_column_counts_as_overrules_the_type() -> None:
    ngo, neither, open_ = partners(
        ("A", "DE", "NGO", "labour market actor"),
        ("B", "DE", S, "neither"),
        ("C", "DE", S, ""),
        header=COUNTS,
    )
    assert ngo.functions == Functions(frozenset({LABOUR}))
    assert neither.functions == Functions()
    assert open_.functions.sure == {LABOUR}


def test_an_education_provider_by_the_column_is_still_of_the_kind_that_its_type_says() -> None:
    uni, adult = partners(
        ("A", "DE", U, "education provider"),
        ("B", "DE", "adult education", "education provider"),
        header=COUNTS,
    )
    assert uni.functions.sure == {EDUCATION, HEI}
    assert adult.functions == Functions(frozenset({EDUCATION}), frozenset({VET}))


def test_what_the_column_says_against_the_type_is_marked() -> None:
    plain, against, denied = partners(
        ("A", "DE", "NGO", "labour market actor"),
        ("B", "DE", S, "vet"),
        ("C", "DE", U, "neither"),
        header=COUNTS,
    )
    assert plain.overruled == frozenset()
    assert against.overruled == {EDUCATION, VET, LABOUR}
    assert denied.overruled == {EDUCATION}


def test_an_unread_counts_as_may_be_anything() -> None:
    found = parsed([COUNTS, ("A", "DE", S, "perhaps")])
    assert found.consortium.partners[0].functions.may == {LABOUR, EDUCATION, HEI, VET}
    assert problem_ids(found) == ["unread-counts-as Partners!D2"]


def test_the_charter_column_says_yes_no_blank_or_something_unread() -> None:
    found = parsed(
        [
            (*HEADER[:3], "ECHE"),
            ("A", "DE", U, "yes"),
            ("B", "DE", U, "no"),
            ("C", "DE", U, ""),
            ("D", "DE", U, "zorp"),
        ]
    )
    assert [p.charter for p in found.consortium.partners] == [
        Said.YES,
        Said.NO,
        Said.BLANK,
        Said.UNREAD,
    ]
    assert problem_ids(found) == ["unread-charter Partners!D5"]


def test_a_cell_of_the_pact_that_says_neither_yes_nor_no_is_unread_and_named() -> None:
    rows = [("A", "DE", S, "yes"), ("B", "DE", S, ""), ("C", "DE", S, "zorp")]
    found = parsed([(*HEADER[:3], "Pact for Skills"), *rows])
    assert [p.pact for p in found.consortium.partners] == [Said.YES, Said.BLANK, Said.UNREAD]
    assert problem_ids(found) == ["unread-pact Partners!D4"]


def test_a_charter_column_that_is_blank_throughout_is_no_column() -> None:
    (one,) = partners(("A", "DE", U, ""), header=(*HEADER[:3], "ECHE"))
    assert one.charter is Said.NO_COLUMN
    assert one.cell("charter") == one.cells["name"], "a finding points to what is there"


IDS = ("Partner name", "Country", "Organisation type", "PIC", "OID")


def test_a_pic_keeps_its_zeros_and_gets_those_it_lost() -> None:
    rows: Rows = [
        ("A", "DE", S, "000123456"),
        ("B", "DE", S, Decimal(999_974_553)),
        ("C", "DE", S, "1234"),
    ]
    assert [p.pic for p in partners(*rows, header=IDS)] == ["000123456", "999974553", "000001234"]


def test_a_pic_that_is_none_is_a_problem() -> None:
    found = parsed([IDS, ("A", "DE", S, "12345678901"), ("B", "DE", S, "999999999")])
    assert [p.pic for p in found.consortium.partners] == ["", ""]
    assert problem_ids(found) == ["unread-pic Partners!D2", "unread-pic Partners!D3"]


@pytest.mark.parametrize(
    "text", ["2023-05-03", "03.05.2023", "3/5/2023", "2023-05-03 00:00:00", "3.5.23", "2023.5.3"]
)
def test_a_date_is_no_pic(text: str) -> None:
    found = parsed([IDS, ("A", "DE", "SME", text, "")])
    assert found.consortium.partners[0].pic == ""
    assert problem_ids(found) == ["unread-pic Partners!D2"]


@pytest.mark.parametrize("text", ["949-351-222", "949.351.222", "949 351 222"])
def test_a_pic_in_groups_of_three_is_no_date(text: str) -> None:
    assert [p.pic for p in partners(("A", "DE", "SME", text, ""), header=IDS)] == ["949351222"]


def test_the_same_pic_is_one_organisation() -> None:
    one, two = partners(("A", "DE", S, "123456789"), ("A dept", "DE", S, "123 456 789"), header=IDS)
    assert two.same_as == one.cells["name"]
    assert one.same_as is None
    assert not one.twin_differs


def test_the_same_oid_is_one_organisation() -> None:
    _, two = partners(("A", "DE", S, "", "E10000001"), ("B", "DE", S, "", "e10000001"), header=IDS)
    assert str(two.same_as) == "Partners!A2"


def test_ids_join_rows_in_a_chain() -> None:
    rows = [
        ("A", "DE", S, "123456789", ""),
        ("B", "DE", S, "", "E10000001"),
        ("C", "DE", S, "123456789", "E10000001"),
    ]
    assert [str(p.same_as or "") for p in partners(*rows, header=IDS)] == [
        "",
        "Partners!A2",
        "Partners!A2",
    ]


def test_the_same_name_and_country_is_one_organisation_where_an_id_is_missing() -> None:
    rows = [("NTNU", "NO", U, "123456789"), ("ntnu ", "Norway", U, ""), ("NTNU", "SE", U, "")]
    assert [str(p.same_as or "") for p in partners(*rows, header=IDS)] == ["", "Partners!A2", ""]


def test_different_pics_under_one_name_are_two_organisations() -> None:
    rows = [("A", "DE", S, "123456789"), ("A", "DE", S, "223456789"), ("A", "DE", S, "")]
    assert [str(p.same_as or "") for p in partners(*rows, header=IDS)] == ["", "", "Partners!A2"]


def test_placeholders_are_never_one_organisation() -> None:
    rows = [("TBC", "DE", S, ""), ("TBC", "DE", S, ""), ("", "DE", S, ""), ("", "DE", S, "")]
    assert all(p.same_as is None for p in partners(*rows, header=IDS))


def test_what_the_rows_of_one_organisation_disagree_on_is_unread() -> None:
    one, _ = partners(("A", "DE", S, "123456789"), ("A", "FR", U, "123456789"), header=IDS)
    assert one.country is None
    assert one.kinds == ()
    assert one.twin_differs
    assert one.presence is Presence.POSSIBLE


def test_an_organisation_of_which_one_row_declined_is_only_possible() -> None:
    header = ("Partner name", "Country", "Organisation type", "PIC", "Status")
    gone, there = partners(
        ("A", "DE", S, "123456789", "declined"),
        ("A", "DE", U, "123456789", "confirmed"),
        header=header,
    )
    assert there.presence is Presence.POSSIBLE
    assert there.same_as is None
    assert there.kinds == ("hei",)
    assert gone.same_as == there.cells["name"]


def test_an_organisation_of_which_every_row_declined_is_what_its_rows_say() -> None:
    header = (*HEADER[:3], "Status")
    one, two = partners(*[("A", "DE", U, "declined")] * 2, header=header)
    assert two.same_as == one.cells["name"]
    assert (one.country, one.kinds, one.presence) == ("DE", ("hei",), Presence.DECLINED)


def test_an_organisation_keeps_the_ids_and_the_doubt_that_any_of_its_rows_has() -> None:
    header = (*HEADER[:3], "PIC", "OID", "Status")
    one, _ = partners(
        ("A", "DE", S, "123456789", "", "confirmed"),
        ("A", "DE", S, "", "E10000001", "invited"),
        header=header,
    )
    (alone,) = partners(("A", "DE", S, "", "", "invited"), header=header)
    assert (one.pic, one.oid) == ("123456789", "E10000001")
    assert one.presence is Presence.POSSIBLE
    assert one.doubt == alone.doubt is not None


def test_a_territory_and_its_member_state_are_one_country_of_an_organisation() -> None:
    for countries, territory in (
        (("Greenland", "Denmark"), "GL"),
        (("Denmark", "Greenland"), "GL"),
        (("Aruba", "Netherlands"), "AW"),
    ):
        one, two = partners(*(("Nordhaug", country, S, "") for country in countries))
        assert two.same_as == one.cells["name"]
        assert not one.twin_differs
        assert one.country == territory, "the call may ask about the territory"


def test_the_territories_are_those_of_every_rulebook() -> None:
    for call in calls():
        assert load_call(call).territories == territories()


def test_a_yes_beside_a_no_says_nothing() -> None:
    header = (*HEADER[:3], "ECHE")
    one, _ = partners(("A", "DE", U, "yes"), ("A", "DE", U, "no"), header=header)
    assert one.charter is Said.UNREAD
    one, _ = partners(("A", "DE", U, ""), ("A", "DE", U, "yes"), header=header)
    assert one.charter is Said.YES, "a blank contradicts nothing"


def test_a_name_that_says_it_is_an_associated_partner_is_believed() -> None:
    header = HEADER[:3]
    one, two = partners(
        ("Kamer (associated partner)", "BE", S), ("Solaris – third party", "IT", S), header=header
    )
    assert [one.role, two.role] == [Role.ASSOCIATED_PARTNER, Role.SUBCONTRACTOR]


def test_a_name_that_contradicts_the_role_leaves_it_unread() -> None:
    (one,) = partners(("Kamer (associated partner)", "BE", S, "Full partner"))
    assert one.role is Role.UNKNOWN
    assert str(one.cells["role"]) == "Partners!A2"


@pytest.mark.parametrize("name", ["Kamer (reserve)", "Kamer (withdrawn)", "Kamer - invited"])
def test_a_name_that_says_it_is_not_sure_is_only_possible(name: str) -> None:
    (one,) = partners((name, "BE", S, ""))
    assert one.presence is Presence.POSSIBLE


def test_letters_in_brackets_are_no_status() -> None:
    (one,) = partners(("Universitetet (NO)", "NO", U, ""))
    assert one.presence is Presence.CONFIRMED


def test_a_remark_that_is_a_status_makes_a_partner_only_possible() -> None:
    header = (*HEADER[:3], "Comments")
    out, fine = partners(
        ("A", "DE", S, "invited 3.2."), ("B", "DE", S, "met in Oslo"), header=header
    )
    assert [out.presence, fine.presence] == [Presence.POSSIBLE, Presence.CONFIRMED]


@pytest.mark.parametrize("header", ["Organisation type", "Category", "Notes", "Mascot"])
def test_a_role_in_another_column_is_believed(header: str) -> None:
    head = ("Partner name", "Country", "Type of organisation", header)
    one, two = partners(("A", "BE", S, "Associated partner"), ("B", "DE", S, ""), header=head)
    assert [one.role, two.role] == [Role.ASSOCIATED_PARTNER, Role.FULL_PARTNER]
    assert str(one.cells["role"]) == "Partners!D2"


def test_a_role_in_another_column_that_contradicts_leaves_it_unread() -> None:
    head = (*HEADER, "Notes")
    (one,) = partners(("A", "BE", S, "Full partner", "affiliated entity"), header=head)
    assert one.role is Role.UNKNOWN


@pytest.mark.parametrize(
    "written", ["999999938.0", "PIC 999999938", "PIC: 999 999 938", "999999938 (validated)"]
)
def test_a_pic_is_read_with_what_programs_and_people_write_around_it(written: str) -> None:
    rows: Rows = [(*HEADER, "PIC"), (*BREMEN, "999999938"), (*NARVIK, written)]
    assert [p.pic for p in parsed(rows).consortium.partners] == ["999999938"] * 2


def test_a_column_that_asks_for_yes_or_no_holds_no_names() -> None:
    rows: Rows = [("Name", *HEADER[1:], "Partner?"), (*BREMEN, "yes"), (*NARVIK, "yes")]
    names = [partner.name for partner in parsed(rows).consortium.partners]
    assert names == [BREMEN[0], NARVIK[0]]


@pytest.mark.parametrize("row", [("X", "NO", S), ("Kraftverk", "Ja", S), ("Yes", "Yes", S)])
def test_the_only_column_of_names_or_countries_stays_one_whatever_it_holds(
    row: tuple[str, str, str],
) -> None:
    (one,) = partners(row, header=HEADER[:3])
    assert (one.cells["name"].column, one.cells["country"].column) == (1, 2)
