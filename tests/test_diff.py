"""``diff``: who and what changed between two sheets, and what that does to the verdict."""

from __future__ import annotations

import pytest

from tests.cli_runs import EIGHT, HEADER, SEVEN, UNREAD, Command, Row, text_of
from tests.comparing import ENTERPRISE, IDS, LOT, compared, edited, fields, only, sheets

# --- Who --------------------------------------------------------------------------------------


def test_partners_are_matched_by_pic_then_oid_then_name(command: Command) -> None:
    old: list[Row] = [
        ("Alpha", "Norway", "University", "Coordinator", "999984059", ""),
        ("Beta", "Germany", "SME", "Full partner", "", "E10000001"),
        ("Gamma", "France", "SME", "Full partner", "", ""),
        ("Delta", "Spain", "SME", "Full partner", "", ""),
    ]
    new: list[Row] = [
        ("GAMMA", "Italy", "SME", "Full partner", "", ""),
        ("Alpha", "Spain", "SME", "Full partner", "", "E10000001"),
        ("Beta", "Norway", "University", "Coordinator", "999 984 059", ""),
        ("Epsilon", "Spain", "SME", "Full partner", "", ""),
    ]
    found = only(compared(command, *sheets(command, old, new, IDS)))
    matches = [(p["before"]["name"], p["after"]["name"], p["matched_by"]) for p in found["changed"]]
    assert matches == [
        ("Gamma", "GAMMA", "name"),
        ("Beta", "Alpha", "oid"),
        ("Alpha", "Beta", "pic"),
    ]
    assert [(p["name"], p["cell"]) for p in found["removed"]] == [("Delta", "A5")]
    assert [(p["name"], p["cell"]) for p in found["added"]] == [("Epsilon", "A5")]


def test_a_pic_decides_where_an_oid_says_otherwise(command: Command) -> None:
    old = [("Alpha", "Norway", "SME", "Coordinator", "999984059", "E10000001")]
    new = [("Beta", "Norway", "SME", "Full partner", "999984059", "")]
    new.append(("Alpha", "Norway", "SME", "Coordinator", "", "E10000001"))
    found = only(compared(command, *sheets(command, old, new, IDS)))
    assert [(p["after"]["name"], p["matched_by"]) for p in found["changed"]] == [("Beta", "pic")]
    assert [p["name"] for p in found["added"]] == ["Alpha"]


def test_a_second_column_that_contradicts_the_country_is_part_of_what_it_says(
    command: Command,
) -> None:
    header = (HEADER[0], "Country", "Country code", *HEADER[2:])
    rows = [(name, country, "", *rest) for name, country, *rest in EIGHT]
    one, other = [*rows], [*rows]
    one[0], other[0] = ((*rows[0][:2], code, *rows[0][3:]) for code in ("SE", "DK"))
    (pair,) = only(compared(command, *sheets(command, one, other, header)))["changed"]
    (change,) = pair["fields"]
    texts = [change[side]["text"] for side in ("before", "after")]
    assert (change["field"], texts) == ("country", ["Norway; SE", "Norway; DK"])


def test_a_changed_partner_names_its_fields_with_both_values_and_both_cells(
    command: Command,
) -> None:
    new = edited(4, 1, "Sweeden", edited(4, 3, "Associated partner"))
    found = only(compared(command, *sheets(command, EIGHT, [ENTERPRISE, *new])))
    (pair,) = found["changed"]
    assert pair["before"] == {"name": "Kraftverk AS", "cell": "A6"}
    assert pair["after"] == {"name": "Kraftverk AS", "cell": "A7"}
    assert fields(pair) == {
        "country": ("NO", None, "B6", "B7"),
        "role": ("full-partner", "associated-partner", "D6", "D7"),
    }
    assert pair["fields"][0]["after"]["text"] == "Sweeden"
    assert found["unchanged"] == 7


def test_who_only_moved_or_is_only_written_otherwise_has_not_changed(command: Command) -> None:
    new = [*edited(0, 1, "Norge", edited(4, 2, "Small and medium-sized enterprise"))[::-1]]
    ran = command("diff", *sheets(command, EIGHT, new), *LOT)
    assert ran == (0, "No difference in what is read: 8 partners in both; Lot 1 ELIGIBLE.\n", "")


def test_one_unread_text_instead_of_another_is_a_change(command: Command) -> None:
    found = only(compared(command, *sheets(command, UNREAD, edited(8, 1, "Grmany", UNREAD))))
    assert fields(found["changed"][0]) == {"country": (None, None, "B10", "B10")}
    assert found["changed"][0]["fields"][0]["before"]["text"] == "Germny"


@pytest.mark.parametrize("name", ["TBD", "", "N.N.", "Werkhof GmbH"])
def test_rows_of_one_name_are_matched_in_their_order_and_equal_ones_first(
    command: Command, name: str
) -> None:
    same = [(name, country, "SME", "Full partner") for country in ("France", "Spain", "Italy")]
    removed = only(
        compared(command, *sheets(command, [*EIGHT[:4], *same], [*EIGHT[:4], *same[1:]]))
    )
    assert [p["fields"]["country"]["value"] for p in removed["removed"]] == ["FR"]
    assert (removed["added"], removed["changed"], removed["unchanged"]) == ([], [], 6)
    other = [(name, "Poland", "SME", "Full partner"), (name, "Malta", "SME", "Full partner")]
    changed = only(compared(command, *sheets(command, [*EIGHT[:4], *same], [*EIGHT[:4], *other])))
    assert [fields(pair)["country"][:2] for pair in changed["changed"]] == [
        ("FR", "PL"),
        ("ES", "MT"),
    ]
    assert [p["fields"]["country"]["value"] for p in changed["removed"]] == ["IT"]


def test_a_status_a_share_and_a_charter_are_compared_as_they_are_read(command: Command) -> None:
    header = (*HEADER, "Status", "ECHE", "EU contribution (k€)")
    old = [(*row, "confirmed", "yes", "100") for row in EIGHT]
    new = [*old]
    new[1] = (*EIGHT[1], "reserve", "no", "120")
    new[2] = (*EIGHT[2], "Confirmed", "Yes", "100.0")
    (pair,) = only(compared(command, *sheets(command, old, new, header)))["changed"]
    assert fields(pair) == {
        "status": ("confirmed", "possible", "E3", "E3"),
        "charter": ("yes", "no", "F3", "F3"),
        "share": ("100000.00", "120000.00", "G3", "G3"),
    }


def test_a_new_column_is_named_and_changes_only_who_says_something_there(
    command: Command,
) -> None:
    old = command.sheet("old.csv", EIGHT)
    rows = [(*row, "999984059" if not number else "") for number, row in enumerate(EIGHT)]
    new = command.sheet("new.csv", rows, (*HEADER, "PIC"))
    found = only(compared(command, old, new))
    assert (found["columns_added"], found["columns_removed"]) == (["pic"], [])
    assert [fields(p) for p in found["changed"]] == [{"pic": ("", "999984059", None, "E2")}]
    back = only(compared(command, new, old))
    assert (back["columns_added"], back["columns_removed"]) == ([], ["pic"])


# --- What it does ------------------------------------------------------------------------------


def test_the_verdict_and_each_rule_that_answers_otherwise_are_named(command: Command) -> None:
    found = only(compared(command, *sheets(command, EIGHT, SEVEN), *LOT))
    (judged,) = found["lots"]
    place = {"call": "2023", "lot": "innovation"}
    assert judged["before"] == place | {"verdict": "eligible"}
    assert judged["after"] == place | {"verdict": "not-eligible"}
    outcomes = {
        r["id"]: (
            r["before"]["outcome"],
            r["after"]["outcome"],
            r["before"]["room"],
            r["after"]["room"],
        )
        for r in judged["rules"]
    }
    assert outcomes == {
        "minimum-partners": ("met", "not-met", 0, -1),
        "minimum-labour-market-actors": ("met", "met", 1, 0),
        "minima-together": ("met", "not-applicable", None, None),
    }


def test_without_a_lot_every_lot_of_the_call_is_compared(command: Command) -> None:
    found = only(compared(command, *sheets(command, EIGHT, SEVEN), "--call", "2026"))
    lots = [(j["before"]["lot"], j["after"]["lot"]) for j in found["lots"]]
    assert lots == [(lot, lot) for lot in ("innovation", "skills", "stem")]
    assert {j["after"]["call"] for j in found["lots"]} == {"2026"}


def test_what_the_sheets_say_of_the_project_is_compared(command: Command) -> None:
    for name, lot, months, grant in (
        ("old.csv", "Lot 1", "24 months", "950 000"),
        ("new.csv", "Lot 2", "2 years", "much"),
    ):
        labels = f"Lot;{lot}\nDuration;{months}\nGrant;{grant}\n\n"
        (command.folder / name).write_text(labels + text_of(), "utf-8")
    found = only(compared(command, "old.csv", "new.csv"))
    assert fields({"fields": found["project"]}) == {
        "lot": ("innovation", "skills", "B1", "B1"),
        "grant": ("950000.00", None, "B3", "B3"),
    }
    (judged,) = found["lots"]
    assert (judged["before"]["lot"], judged["after"]["lot"]) == ("innovation", "skills")
    assert not found["changed"]


def test_a_lot_that_only_one_sheet_was_judged_under_stays_visible(command: Command) -> None:
    command.sheet("new.csv", EIGHT)
    (command.folder / "old.csv").write_text("Lot;Lot 1\n\n" + text_of(), "utf-8")
    found = only(compared(command, "old.csv", "new.csv"))
    judged = [
        (j["before"] and j["before"]["verdict"], j["after"]["verdict"]) for j in found["lots"]
    ]
    assert judged == [("eligible", "eligible"), (None, "not-eligible")]
    said = " ".join(command("diff", "old.csv", "new.csv").out.split())
    assert "not judged → NOT ELIGIBLE" in said


# --- The same twice ----------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [EIGHT, SEVEN, UNREAD, (*EIGHT, EIGHT[0], ("", "", "SME", ""))])
def test_a_file_and_itself_have_no_difference(command: Command, rows: tuple[Row, ...]) -> None:
    name = command.sheet("p.csv", rows)
    document = compared(command, name, name)
    found = only(document)
    assert document["same"] is True
    empty = ("added", "removed", "changed", "project", "columns_added", "columns_removed")
    assert [found[key] for key in empty] == [[]] * 6
    assert [judged["rules"] for judged in found["lots"]] == [[], []]
    for form in ("terminal", "markdown"):
        said = " ".join(command("diff", name, name, "--format", form).out.split())
        assert f"No difference in what is read: {len(rows)} partners in both; Lot 1 " in said
