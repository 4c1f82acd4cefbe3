"""What would be if: the same as in a sheet that says so; and what means nothing."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal

import pytest

from alliance_check.advice.changes import TO_CELLS, Change, read_change
from alliance_check.advice.what_if import apply
from alliance_check.compare.two_sheets import rule_changes
from alliance_check.evaluate import evaluate
from alliance_check.model.consortium import Presence
from alliance_check.model.errors import WrongUsage
from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Finding
from alliance_check.model.sheet import Cell
from alliance_check.parse import Given, Parsed
from alliance_check.parse.consortium.draft import finished, with_all_possible
from tests.consortia import basis, chance_of, lot_of

HEADER = (
    "Name",
    "Country",
    "Type",
    "Role",
    "Status",
    "Counts as",
    "ECHE",
    "PIC",
    "EU contribution",
)
COLUMN = {"country": 1, "type": 2, "role": 3, "confirm": 4, "counts": 5, "charter": 6, "share": 8}
CELLS: tuple[Sequence[str], ...] = (
    ("Norway", "DE", "France", "Italy", "Germny", "", "Russia", "Ukraine", "Réunion"),
    ("University", "VET provider", "SME", "NGO", "xqq", "Foundation"),
    ("Full partner", "Full partner", "Associated partner", "Affiliated entity", "qxx"),
    ("confirmed", "reserve", "declined", "hmm"),
    ("", "", "", "labour market actor", "vet", "xxq"),
    ("yes", "no", "perhaps"),
    ("999999991", "999999992", "", "", "", ""),
    ("50000", "60000", "", "0", "x"),
)
VALUES = {
    "country": ("Norway", "PL", "Réunion", "CH"),
    "type": ("vet", "hei", "SME", "NGO"),
    "role": ("full-partner", "associated-partner", "Subcontractor", "coordinator"),
    "counts": ("labour-market", "hei", "neither"),
    "charter": ("yes", "no"),
    "share": ("70000",),
    "confirm": ("",),
}
SEEDS = range(150)


def sheet(chance: random.Random) -> list[list[str]]:
    """Return the cells of a random partner sheet."""
    rows = [
        [f"Org {chance.randrange(12)}", *(chance.choice(cells) for cells in CELLS)]
        for _ in range(chance.randrange(4, 11))
    ]
    rows[0][3] = "Coordinator"
    rows[0][4] = rows[1][4] = "confirmed"
    rows[1][3] = "Full partner"
    return [list(HEADER), *rows]


def text(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(",".join(row) for row in rows)


def judged(parsed: Parsed) -> list[tuple[object, ...]]:
    """Return what the rules say, without where."""
    call, lot = lot_of("2023", "innovation")
    answers = [(f.rule, f.answer) for f in evaluate(parsed.consortium, call, lot)]
    return [(rule, a.outcome, a.count, a.need_eur, a.have_eur) for rule, a in answers]


@pytest.mark.parametrize("verb", VALUES)
def test_a_changed_cell_gives_what_the_edited_sheet_gives(verb: str) -> None:
    for seed in SEEDS:
        chance = chance_of(f"{verb} {seed}")
        rows = sheet(chance)
        number, value = chance.randrange(1, len(rows)), chance.choice(VALUES[verb])
        edited = [list(row) for row in rows]
        edited[number][COLUMN[verb]] = value or "confirmed"
        change = read_change(f"{verb}:A{number + 1}" + (f"={value}" if value else ""))
        have = finished(apply(basis(text(rows)), [change]))
        want = finished(basis(text(edited)))
        assert have.consortium == want.consortium, f"{change} in\n{text(rows)}"
        if rows[number][4] != "declined":
            assert set(have.problems) == set(want.problems), f"{change} in\n{text(rows)}"


def test_a_partner_left_out_is_as_if_its_row_were_deleted() -> None:
    for seed in SEEDS:
        chance = chance_of(f"drop {seed}")
        rows = sheet(chance)
        number = chance.randrange(3, len(rows))
        have = finished(apply(basis(text(rows)), [read_change(f"drop:A{number + 1}")]))
        want = finished(basis(text(rows[:number] + rows[number + 1 :])))
        assert judged(have) == judged(want), f"drop:A{number + 1} from\n{text(rows)}"


def test_an_added_partner_is_as_if_a_row_were_added() -> None:
    for seed in SEEDS:
        chance = chance_of(f"add {seed}")
        rows = sheet(chance)
        country, kind = chance.choice(("PL", "Norway", "CH")), chance.choice(("vet", "hei", "SME"))
        have = finished(apply(basis(text(rows)), [read_change(f"add:{country}:{kind}")]))
        share = "" if have.consortium.project.shares is None else "0"
        cells = ["Entirely new", country, kind, "Full partner", "confirmed", "", "yes", "", share]
        want = finished(basis(text([*rows, cells])))
        assert judged(have) == judged(want), f"add:{country}:{kind} to\n{text(rows)}"


def test_several_changes_are_made_one_after_the_other() -> None:
    rows = [list(HEADER), ["A", "NO", "University", "Coordinator", "confirmed", "", "", "", ""]]
    rows += [["B", "zz", "xqq", "Full partner", "reserve", "", "", "", ""]]
    changes = ["country:A3=Spain", "type:A3=vet", "confirm:A3", "grant=900000", "duration=24"]
    after = finished(apply(basis(text(rows)), map(read_change, changes))).consortium
    second = after.partners[1]
    assert (second.country, second.kinds, second.presence.value) == ("ES", ("vet",), "confirmed")
    assert after.project.grant is not None
    assert after.project.grant.exact == Decimal(900000)
    assert after.project.duration is not None
    assert after.project.duration.months == 24


def test_a_grant_that_is_changed_leaves_the_shares_unsaid() -> None:
    rows = [list(HEADER), ["A", "NO", "University", "Coordinator", "confirmed", "", "", "", "5000"]]
    after = finished(
        apply(basis(text(rows), Given(grant=Decimal(900_000))), [read_change("grant=800000")])
    )
    call, lot = lot_of("2023", "innovation")
    outcomes = {f.rule: f.outcome for f in evaluate(after.consortium, call, lot)}
    assert outcomes["partner-shares"] in {Outcome.NOT_APPLICABLE, Outcome.NOT_CHECKED}


def test_a_first_type_is_as_if_the_sheet_had_a_column_of_types() -> None:
    changes = map(read_change, ("type:A2=vet", "type:A3=SME"))
    have = finished(apply(basis("Name,Country\nA,Germny\nB,DE"), changes))
    want = finished(basis("Name,Country,Type\nA,Germny,vet\nB,DE,SME"))
    assert judged(have) == judged(want)
    assert have.problems == want.problems
    assert {problem.id for problem in have.problems} == {"unread-country"}


def test_what_stands_in_other_cells_of_a_row_stays_as_it_was_read() -> None:
    rows = ["Name,Country,Country code,Type,Pact for Skills", "A,Norway,SE,xqq,hmm"]
    have = finished(apply(basis("\n".join(rows)), [read_change("type:A2=SME")]))
    assert have.consortium.partners[0].country is None, "one cell says Norway, the other Sweden"
    want = finished(basis("\n".join(rows).replace("xqq", "SME")))
    assert have.problems == want.problems


def test_every_possible_partner_joins_even_where_its_rows_differ() -> None:
    rows = "Name,Country,Role,Status\nA,NO,Full partner,\nA,NO,Associated partner,\nB,DE,,reserve"
    made = basis(rows)
    assert Presence.POSSIBLE in {p.presence for p in finished(made).consortium.partners}
    assert {p.presence for p in with_all_possible(made).partners} == {Presence.CONFIRMED}


@pytest.mark.parametrize(("change", "ids"), [("charter", ["no-type-column"]), ("type", [])])
def test_only_a_type_settles_that_no_column_has_types(change: str, ids: list[str]) -> None:
    value = "SME" if change == "type" else "yes"
    made = apply(basis("Name,Country\nA,Norway\nB,DE"), [read_change(f"{change}:A2={value}")])
    assert [problem.id for problem in finished(made).problems] == ids


@pytest.mark.parametrize("column", [True, False])
def test_an_ecosystem_that_is_set_keeps_its_cell_where_the_sheet_has_one(*, column: bool) -> None:
    rows = ["Name,Country,Industrial ecosystem", "A,Norway,Space"] if column else ["Name,Country"]
    made = basis("\n".join([*rows, "B,DE"]))
    after = finished(apply(made, [read_change("ecosystem=Textile")])).consortium.project.ecosystem
    assert after is not None
    assert (after.names, after.unread) == (("Textile",), False)
    assert after.cell == (Cell(None, 2, 3) if column else None)


def test_ecosystems_that_are_set_have_no_cell_to_name_where_the_sheet_has_none() -> None:
    made = apply(basis("Name,Country\nB,DE"), [read_change("ecosystem=Textile; Digital")])
    found = evaluate(finished(made).consortium, *lot_of("2023", "skills"))
    answer = next(f.answer for f in found if f.rule == "industrial-ecosystem")
    assert (answer.outcome, answer.cells) == (Outcome.NOT_MET, ())


def test_the_role_of_one_row_leaves_those_of_blank_rows_as_they_were_read() -> None:
    rows = ["Name,Country,Role", "A,NO,Coordinator", "B,DE,", "C,FR,"]
    after = finished(apply(basis("\n".join(rows)), [read_change("role:A4=associated partner")]))
    roles = [partner.role.value for partner in after.consortium.partners]
    assert roles == ["coordinator", "full-partner", "associated-partner"]


@pytest.mark.parametrize(
    "written",
    [
        *("drop:A7", "drop:Partners!A7", "drop:'My partners'!A7", "add:PL:vet", "confirm:B12"),
        *("country:A7=Norway", "role:A7=associated-partner", "counts:A7=labour-market"),
        *("grant=1400000", "total=1800000", "duration=36", "type:'It''s = odd: yes'!AB7=vet"),
    ],
)
def test_a_change_is_written_as_it_is_read(written: str) -> None:
    assert str(read_change(written)) == written


def test_a_change_may_be_written_loosely() -> None:
    assert read_change(" country : a7 = Norway ") == Change("country", Cell(None, 7, 1), "Norway")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("lose:A7", "is not a change"),
        ("drop:A7=yes", "takes no value"),
        *((f"{verb}:A7", f"needs a value, as in {verb}:A7=") for verb in TO_CELLS),
        ("drop:A99", "no partner's name stands in A99"),
        ("drop:B2", "the name in that row stands in A2"),
        ("country:A2=Atlantis", "does not mean a country"),
        ("type:A2=wizard", "does not mean a type"),
        ("role:A2=king", "does not mean a role"),
        ("counts:A2=much", "does not mean one of"),
        ("grant=much", "does not mean an amount"),
        ("duration=2", "does not mean a length"),
        ("add:PL:wizard", "does not mean a country and a kind"),
        ("charter:A2=perhaps", "does not mean yes or no"),
    ],
)
def test_what_means_nothing_is_refused_with_what_would(written: str, says: str) -> None:
    made = basis("Name,Country,Type\nA,Norway,University\nB,DE,SME")
    with pytest.raises(WrongUsage, match=says):
        apply(made, [read_change(written)])


def test_only_rules_that_answer_otherwise_are_differences() -> None:
    call, lot = lot_of("2023", "innovation")
    made = basis("Name,Country,Type\nA,Norway,University\nB,DE,SME\nC,FR,SME")

    def findings(*changes: str) -> tuple[Finding, ...]:
        after = finished(apply(made, map(read_change, changes)))
        return evaluate(after.consortium, call, lot)

    assert rule_changes(findings(), findings()) == ()
    found = rule_changes(findings(), findings("drop:A4"))
    rooms = {
        change.rule: (change.before.room, change.after.room)
        for change in found
        if change.before is not None and change.after is not None
    }
    assert rooms == {
        "minimum-countries": (-1, -2),
        "minimum-partners": (-5, -6),
        "minimum-labour-market-actors": (-1, -2),
    }, "each minimum that C supplied has one less, and nothing else changed"
