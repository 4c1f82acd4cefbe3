"""What several proposals say of one another."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from alliance_check.compare.proposals import across
from alliance_check.model.message import listed
from alliance_check.model.report import Observation, Report
from alliance_check.pipeline import Options, check_file
from tests.cli_runs import EIGHT, HEADER, SEVEN, TWELVE, text_of
from tests.measured import calls

Row = Sequence[str]
SIX: tuple[Row, ...] = tuple((f"Verft {n}", "NO", "SME", "Full partner") for n in range(6))
WITH_PIC = (*HEADER, "PIC")


def report(name: str, rows: Sequence[Row], header: Row = HEADER, lot: str = "innovation") -> Report:
    (found,) = check_file(text_of(rows, header).encode(), name, Options(lot=lot))
    return found


def one_of(name: str, *organisations: Row) -> Report:
    return report(name, organisations, WITH_PIC)


def of(kind: str, found: Sequence[Observation]) -> list[str]:
    return [said(one) for one in found if one.id == kind]


def said(one: Observation) -> str:
    """Return what is said, with at most four places."""
    return f"{one.message} ({listed(one.places, 4)})" if one.places else str(one.message)


NORD = ("Nord universitet", "Norway", "University", "Full partner", "999974553")


@pytest.mark.parametrize(
    ("field", "other", "said"),
    [
        ("country", ("Nord universitet", "Sweden"), "country in another file: Norway, Sweden"),
        ("name", ("Sud universitet", "Norway"), '"Nord universitet", "Sud universitet"'),
        ("type", ("Nord universitet", "Norway", "SME"), "type in another file: higher education"),
    ],
)
def test_a_pic_with_another_value_in_another_file_is_reported_with_both_cells(
    field: str, other: Row, said: str
) -> None:
    changed = (*other, *NORD[len(other) :])
    (line,) = of(f"another-{field}", across([one_of("a.csv", NORD), one_of("b.csv", changed)]))
    assert said in line
    column = {"country": "B", "name": "A", "type": "C"}[field]
    assert line.endswith(f"(a.csv {column}2, b.csv {column}2)")


def test_spellings_of_one_value_and_values_that_were_not_read_are_no_contradiction() -> None:
    same = ("NORD  Universitet", "NO", "HEI", "Coordinator", "999974553")
    blank = ("Nord universitet", "", "", "", "999974553")
    found = across([one_of("a.csv", NORD), one_of("b.csv", same), one_of("c.csv", blank)])
    assert {one.id for one in found} == {"proposals"}


def test_one_file_alone_says_nothing_across_files() -> None:
    assert across([]) == ()
    other = ("Nord universitet", "Sweden", *NORD[2:])
    assert across([one_of("a.csv", NORD, other)]) == ()


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (EIGHT, EIGHT, True),
        (EIGHT, tuple(reversed(EIGHT)), True),
        (EIGHT, (*EIGHT[:-1], TWELVE[-1]), True),
        (EIGHT, (*EIGHT[:-2], *TWELVE[-2:]), False),
        (TWELVE, TWELVE[:-2], True),
        (TWELVE, TWELVE[:-3], False),
        ((*TWELVE, *SIX), TWELVE, False),
        ((*TWELVE, *SIX), (*TWELVE, *SIX[2:]), True),
        ((*TWELVE, *SIX), (*TWELVE, *SIX[3:]), False),
        (EIGHT, SEVEN, True),
        (SEVEN, EIGHT, True),
        (EIGHT[:4], EIGHT[1:5], False),
    ],
)
def test_proposals_that_differ_in_a_fifth_of_their_partners_at_most_two_are_nearly_the_same(
    one: Sequence[Row],
    other: Sequence[Row],
    alike: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    found = of("near-twins", across([report("a.csv", one), report("b.csv", other)]))
    assert len(found) == alike
    if alike:
        assert found[0] == (
            "2 proposals in Lot 1 of call 2023 have nearly the same partners; of near-identical "
            "proposals only one is evaluated, Programme Guide 2023 p. 414 (a.csv, b.csv)"
        )


def test_proposals_in_different_lots_are_no_twins() -> None:
    found = across([report("a.csv", EIGHT), report("b.csv", EIGHT, lot="skills")])
    assert of("near-twins", found) == []


def test_proposals_judged_under_every_lot_are_listed_once() -> None:
    content = text_of(EIGHT).encode()
    every = [r for name in ("a.csv", "b.csv") for r in check_file(content, name, Options())]
    (line,) = of("near-twins", across(every))
    assert line.startswith("2 proposals in Lot 1, 2 of call 2023")


def test_the_proposals_of_an_organisation_are_counted_most_first() -> None:
    files = [report("a.csv", EIGHT), report("b.csv", EIGHT[:2]), report("c.csv", EIGHT[:1])]
    found = of("proposals", across(files))
    assert found[0] == (
        "Nordvik universitet takes part in 3 proposals, in 3 as coordinator "
        "(a.csv A2, b.csv A2, c.csv A2)"
    )
    assert found[1] == "Universität Steinfeld takes part in 2 proposals (a.csv A3, b.csv A3)"
    assert len(found) == 2


def test_an_organisation_is_known_again_without_its_pic_unless_two_share_the_name() -> None:
    bare, other = (*NORD[:4], ""), (*NORD[:4], "999888777")
    found = across([one_of("a.csv", NORD), one_of("b.csv", bare)])
    assert of("proposals", found)[0].startswith("Nord universitet takes part in 2 proposals")
    found = across([one_of("a.csv", NORD), one_of("b.csv", bare), one_of("c.csv", other)])
    assert of("proposals", found) == []


def test_placeholders_and_those_that_declined_take_part_in_nothing() -> None:
    header = (*HEADER, "Status")
    rows = [("tbc", *EIGHT[0][1:], ""), (*EIGHT[1], "declined"), (*EIGHT[2], "")]
    found = across([report("a.csv", rows, header), report("b.csv", rows, header)])
    assert [str(one.message).split(" takes")[0] for one in found] == ["Lycée des Métiers"]


def test_only_the_organisations_in_most_proposals_are_named() -> None:
    found = across([report("a.csv", TWELVE), report("b.csv", TWELVE)])
    assert of("proposals", found)[-1].startswith("2 more organisations take part")


def test_four_times_the_files_cost_about_four_times_the_work() -> None:
    made = report("a.csv", TWELVE)

    def files(number: int) -> list[Report]:
        fresh = []
        for n in range(number):
            rows = [(f"{row[0]} {n % 40}", *row[1:]) for row in TWELVE[:6]]
            rows += [(f"{row[0]} {n}", *row[1:]) for row in TWELVE[6:]]
            fresh.append(report(f"{n}.csv", rows))
        return fresh

    many = files(160)
    few = calls(lambda: across([*many[:40], made]))
    assert calls(lambda: across([*many, made])) < 5 * few, "it is not linear"
