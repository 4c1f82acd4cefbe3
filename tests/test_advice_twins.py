"""Advice where one name stands in several rows, and where remarks were not understood."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from alliance_check.advice.changes import Change, read_change
from alliance_check.advice.repair import Search, advise
from alliance_check.advice.what_if import apply
from alliance_check.evaluate import evaluate, verdict
from alliance_check.model.outcome import Verdict
from alliance_check.model.report import Advice
from alliance_check.model.sheet import Cell
from alliance_check.parse import Given
from alliance_check.parse.consortium.draft import Basis, finished
from tests.consortia import basis, lot_of, replayed
from tests.test_twins import CASES, HEADER

OTHERS = (
    "Org 0,Norway,University,Coordinator",
    "Org 1,Germany,SME,Full partner",
    "Org 2,France,SME,Full partner",
    "Org 3,Spain,VET provider,Full partner",
    "Org 4,Germany,SME,Full partner",
    "Org 5,France,University,Full partner",
    "Org 6,Norway,SME,Full partner",
    "Org 7,Spain,SME,Full partner",
)
PLACE = ("2023", "innovation")
MORE = ("Org 8,Norway,University,Full partner", "Org 9,Norway,SME,Full partner")
UNASKED = {"partner-shares"}
"""A sheet without shares has nothing to say of them, which is to check when asked strictly."""


def with_remarks(remarks: dict[int, str], *more: str) -> Basis:
    """Return a good consortium that says all that is asked strictly, with some remarks."""
    lines = [f"{row},yes,{remarks.get(n, '')}" for n, row in enumerate((*OTHERS, *more))]
    given = Given(24, Decimal(900_000), Decimal(1_200_000))
    text = "\n".join(["Name,Country,Type,Role,ECHE,Comments", *lines])
    return basis(text, given)


def strict(made: Basis, changes: tuple[str, ...] = ()) -> tuple[Advice, Verdict]:
    """Return the advice on a consortium and the verdict on what changes make of it, strictly."""
    call, lot = lot_of(*PLACE)
    clauses = {rule: clause for rule, clause in lot.clauses.items() if rule not in UNASKED}
    lot = replace(lot, clauses=clauses)
    after = finished(apply(made, map(read_change, changes))).consortium
    found = verdict(evaluate(after, call, lot, strict=True))
    return advise(made, call, lot, strict=True), found


def changes(advice: Advice) -> list[tuple[str, ...]]:
    return [repair.changes for repair in advice.repairs]


def test_remarks_beside_a_partner_who_is_needed_are_answered_by_confirming_it() -> None:
    made = with_remarks({3: "blue folder"})
    advice, before = strict(made)
    assert before is Verdict.UNDECIDED, "the remark is all that is open"
    assert [(r.cost, r.changes) for r in advice.repairs] == [(1, ("confirm:A5",))]
    words = "Settle what F5 means for the partner: confirmed, or not."
    assert advice.repairs[0].text == words
    assert strict(made, ("confirm:A5",))[1] is Verdict.ELIGIBLE


def test_every_partner_who_is_needed_is_confirmed_where_remarks_stand_beside_several() -> None:
    advice, _ = strict(with_remarks({0: "blue folder", 5: "red folder"}))
    assert changes(advice) == [("confirm:A2", "confirm:A7")]


def test_no_repair_confirms_the_coordinator_where_the_minima_hold_without_it() -> None:
    advice, found = strict(with_remarks({0: "blue folder"}, *MORE))
    assert (changes(advice), found) == ([], Verdict.ELIGIBLE)


def test_no_repair_settles_remarks_about_a_partner_that_is_not_needed() -> None:
    lines = "Org 8,Italy,SME,Full partner"
    assert changes(strict(with_remarks({8: "blue folder"}, lines))[0]) == []
    advice, _ = strict(with_remarks({6: "blue folder", 8: "red folder"}, lines))
    assert changes(advice) in ([("confirm:A8",)], [("confirm:A10",)]), "one of them is enough"


def test_remarks_are_answered_where_nobody_is_strict_too() -> None:
    call, lot = lot_of(*PLACE)
    advice = advise(with_remarks({3: "blue folder"}), call, lot)
    assert changes(advice) == [("confirm:A5",)]


def named_twice(name: str, number: int) -> Basis:
    """Return partners of whom the last are rows of one name, as in the tests of twins."""
    rows = [f"{row},," for row in OTHERS[:number]] + [",".join(row) for row in CASES[name]]
    return basis("\n".join([",".join(HEADER), *rows]))


@pytest.mark.parametrize("number", [6, 8])
@pytest.mark.parametrize("name", CASES)
def test_rows_that_several_organisations_share_are_settled_by_one_cell(
    name: str, number: int
) -> None:
    made = named_twice(name, number)
    call, lot = lot_of(*PLACE)
    advice = advise(made, call, lot)
    if not replayed_bad(made, ()):
        assert (advice.repairs, advice.none) == ((), None)
        return
    assert [repair.cost for repair in advice.repairs] == [1], f"{name}: {changes(advice)}"
    for repair in advice.repairs:
        assert not replayed_bad(made, repair.changes), f"{name}: {repair.changes} settle nothing"


def replayed_bad(made: Basis, printed: tuple[str, ...]) -> bool:
    return replayed(made, printed, *lot_of(*PLACE)) is not Verdict.ELIGIBLE


def test_rows_that_differ_in_status_are_all_confirmed() -> None:
    lines = ["PIC,Name,Country,Type,Role,Status", *(f",{row},confirmed" for row in OTHERS[:7])]
    lines += [f"999999991,Hus,Spain,SME,Full partner,{s}" for s in ("confirmed", "reserve")]
    made = basis("\n".join(lines))
    advice = advise(made, *lot_of(*PLACE))
    assert changes(advice) == [("confirm:B10",)]
    assert not replayed_bad(made, advice.repairs[0].changes)


def says_why(made: Basis, *wrong: Change) -> str:
    """Return why there is no advice where the search finds nothing but changes that are wrong."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Search, "_changes", lambda *_: wrong)
        advice = advise(made, *lot_of(*PLACE))
    assert advice.repairs == (), "what does not come out eligible is not given"
    return str(advice.none)


def test_where_the_changes_that_are_found_leave_a_rule_open_it_is_named() -> None:
    made = basis("\n".join(["Name,Country,Type,Role", *OTHERS[:7]]))
    confirmed = says_why(made, Change("confirm", Cell(None, 3, 1)))
    assert confirmed == "None of the changes tried here settles full partners: have 7, need 8."


def test_where_the_changes_that_are_found_do_harm_that_is_said() -> None:
    leaderless = (OTHERS[0].replace("Coordinator", "Full partner"), *OTHERS[1:])
    made = basis("\n".join(["Name,Country,Type,Role", *leaderless]))
    assert says_why(made, Change("drop", Cell(None, 3, 1))) == (
        "The changes that were found do not help, because of full partners: have 7, need 8."
    )


def test_a_caution_that_alone_stands_in_the_way_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Search, "_changes", lambda *_: ())
    advice, _ = strict(with_remarks({}, "Org 8,SJ,SME,Full partner"))
    assert advice.repairs == ()
    assert str(advice.none) == (
        "None of the changes tried here settles countries: have 4, need 4; no guide mentions "
        "Svalbard and Jan Mayen; counted as Norway."
    )
