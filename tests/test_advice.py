"""What to change: the cheapest repair at the real minima, its words, and when there is none."""

from __future__ import annotations

import math
import random
from decimal import Decimal

import pytest

from alliance_check.advice.repair import advise
from alliance_check.model.outcome import Verdict
from alliance_check.parse import Given
from tests.consortia import (
    COUNTED,
    Row,
    advice_on,
    basis,
    chance_of,
    csv,
    lot_of,
    replayed,
    row,
    within_two,
)

NEEDS = {
    ("2023", "innovation"): (4, 8, 3, 3, 1, 1),
    ("2023", "skills"): (8, 12, 5, 5, 1, 1),
    ("2026", "stem"): (4, 8, 3, 3, 1, 1),
}
CHUNKS, EACH = 6, 90
FULL = "DE H c +|FR V f +|NO L f +|ES L f +|DE L f +|FR H f +|NO R f +|ES N f +"


def damaged(need: tuple[int, int, int, int, int, int], chance: random.Random) -> list[Row]:
    """Return a consortium at or near the minima, with up to two things wrong."""
    countries = chance.sample(COUNTED, need[0] + chance.choice((0, 0, 1)))
    kinds = [*"L" * need[2], "H", "V", *chance.choices("HV", k=need[3] - 2)]
    kinds += chance.choices("LHVNR", k=need[1] - len(kinds) + chance.choice((0, 0, 1, 3)))
    chance.shuffle(kinds)
    rows = [
        Row(countries[number % len(countries)], kind, "f" if number else "c", "+")
        for number, kind in enumerate(kinds)
    ]
    for _ in range(chance.choice((1, 2, 2))):
        number = chance.randrange(len(rows))
        damage = chance.choice(
            (
                *({"country": "?"}, {"kind": "?"}, {"status": "-"}, {"role": "a"}, {"role": "?"}),
                *({"kind": "R"}, {"kind": "N"}, {"country": "RU"}, {"role": "f"}, {"role": "c"}),
            )
        )
        rows[number] = rows[number]._replace(**damage)
    return rows


@pytest.mark.parametrize("chunk", range(CHUNKS))
@pytest.mark.parametrize("place", NEEDS, ids=" ".join)
def test_no_one_or_two_changes_are_cheaper_than_the_repair(
    place: tuple[str, str], chunk: int
) -> None:
    call, lot = lot_of(*place)
    for seed in range(chunk * EACH, (chunk + 1) * EACH):
        rows = damaged(NEEDS[place], chance_of(f"{place} {seed}"))
        made = basis(csv(rows))
        advice = advise(made, call, lot)
        expected = within_two(rows, NEEDS[place])
        shown = f"{place} {seed}: {' | '.join(' '.join(r) for r in rows)}"
        cost = min((r.cost for r in advice.repairs), default=math.inf if advice.none else 0)
        few = [r for r in advice.repairs if len(r.changes) <= 2]
        assert cost <= expected, f"{shown}: {cost} is given, {expected} is enough"
        assert not few or cost == expected, f"{shown}: {few[0].changes} cannot do, {expected}"
        for repair in advice.repairs:
            after = replayed(made, repair.changes, call, lot)
            assert after is Verdict.ELIGIBLE, f"{shown}: {repair.changes} gives {after}"


def changed(**rows: str) -> str:
    """Return the full consortium with other rows, by number, or further ones."""
    every = dict(enumerate(FULL.split("|"), start=2))
    every |= {int(number.removeprefix("row")): text for number, text in rows.items()}
    return csv(row(text) for text in every.values())


def repairs(text: str, call: str = "2023", lot: str = "innovation") -> list[tuple[str, ...]]:
    return [repair.changes for repair in advice_on(text, call, lot).repairs]


def test_nothing_is_to_be_changed_in_an_eligible_consortium() -> None:
    advice = advice_on(changed())
    assert (advice.repairs, advice.none) == ((), None)


def test_a_reserve_partner_is_brought_in_before_a_new_one_is_sought() -> None:
    advice = advice_on(changed(row3="FR R f +", row10="FR V f -"))
    assert [repair.changes for repair in advice.repairs] == [("confirm:A10",)]
    assert advice.repairs[0].text == "Confirm Org 8 (A10), which is only possible so far."


def test_what_new_partners_must_be_and_from_where_is_said_in_words() -> None:
    (repair,) = advice_on(changed(row3="FR R f +", row4="DE L f +", row8="FR R f +")).repairs
    assert repair.cost == 4
    assert repair.changes == ("add:AT:vet",)
    assert repair.text == (
        "Add 1 vocational provider. New partners must come from countries other than France, "
        "Germany, Spain."
    )


def test_what_a_new_university_is_taken_to_be_is_said() -> None:
    (repair,) = advice_on(changed(row2="DE L c +", row7="FR V f +")).repairs
    assert repair.changes == ("add:AT:hei",)
    assert repair.text == (
        "Add 1 higher education institution. New partners may come from any Member State or "
        "associated country. It is assumed that new partners have a share of 0, and that a "
        "new university holds the charter."
    )


def test_what_new_partners_get_is_said_where_the_sheet_has_shares() -> None:
    lines = changed(row3="FR R f +").splitlines()
    text = "\n".join([f"{lines[0]},Grant", *(f"{line},100000" for line in lines[1:])])
    (repair,) = advice_on(text).repairs
    assert repair.text.endswith("It is assumed that new partners have a share of 0.")


def test_several_new_partners_are_named_in_the_plural() -> None:
    rows = [row("DE H c +"), row("FR V f +")]
    (repair, *_) = advice_on(csv(rows)).repairs
    assert "Add 3 labour market actors." in repair.text
    assert "Add 2 full partners of any kind." in repair.text


def test_a_cell_is_filled_in_only_with_what_it_resembles() -> None:
    text = changed().replace("Org 4,Germany,", "Org 4,Germny,")
    assert repairs(text) == [("country:A6=Germany",)]
    text = changed(row9="ES R f +").replace("Org 4,Germany,SME", "Org 4,Germany,Enterprize")
    (repair,) = advice_on(text).repairs
    assert repair.text.startswith('State in C6 that Org 4 is of the type "'), repair.text
    text = changed(row9="ES R f +").replace("Org 4,Germany,SME", "Org 4,Germany,Univresity")
    assert repairs(text) == [("add:AT:labour-market",)], "a university would not be enough here"


def test_a_country_that_resembles_none_is_to_be_filled_in_and_is_not_guessed() -> None:
    advice = advice_on(changed().replace("Org 4,Germany,", "Org 4,Zzyx,"))
    assert advice.repairs == ()
    assert str(advice.none) == (
        "Fill in the country in B6 first: what else to change depends on it."
    )
    text = changed(row10="RU L f +", row11="ES L a +").replace("Org 9,ES", "Org 9,Zzyx")
    assert repairs(text) == [("drop:A10",)], "nothing hangs on where an associated partner is from"


def test_what_a_name_says_is_the_only_type_that_is_proposed() -> None:
    text = changed(row3="FR R f +", row9="ES ? f +")
    assert ("type:A9=vet",) in repairs(text), "a name that says nothing leaves all types open"
    for name in ("Trade Union of Bakers", "University of Tal"):
        proposed = repairs(text.replace("Org 7,", f"{name},"))
        assert proposed == [("add:AT:vet",)], name


@pytest.mark.parametrize(("number", "search"), [(3, True), (4, False)])
def test_of_many_unread_types_none_is_guessed(number: int, *, search: bool) -> None:
    unread = {"row3": "FR ? f +", "row4": "NO ? f +", "row5": "ES ? f +", "row6": "DE ? f +"}
    advice = advice_on(changed(**dict(list(unread.items())[:number])))
    assert bool(advice.repairs) is search
    expected = "Fill in the type column (C3, C4, C5, C6): what else to change depends on it."
    assert search or str(advice.none) == expected


def test_unread_types_on_which_nothing_hangs_are_left_alone() -> None:
    unread = {f"row{number}": "FR ? a +" for number in (10, 11, 12, 13)}
    assert repairs(changed(**unread, row14="RU L f +")) == [("drop:A14",)]


def test_without_a_type_column_one_is_to_be_added() -> None:
    lines = [line.split(",") for line in changed(row3="FR R f +").splitlines()]
    text = "\n".join(",".join((*cells[:2], *cells[3:])) for cells in lines)
    assert str(advice_on(text).none).startswith(
        'Add a column "Type" that says what kind of organisation each'
    )


def test_a_lone_university_is_asked_about_before_a_new_partner_is_sought() -> None:
    text = changed(row3="FR H f +")
    (repair,) = advice_on(text).repairs
    assert (repair.cost, repair.changes) == (3, ("counts:A2=hei + vet",))
    assert repair.text == (
        "Does Org 0 (A2) count as vocational provider too? If it does, state so in a column "
        '"Counts as".'
    )
    assert repairs(changed(row3="FR H f +", row7="FR L f +", row9="ES R f +")) != [], "one of two"
    assert repairs(changed(row3="FR H f +", row10="FR V a +")) == [("role:A10=full-partner",)]


def test_whoever_may_not_take_part_is_left_out() -> None:
    assert repairs(changed(row10="RU L f +")) == [("drop:A10",)]


def test_from_2026_on_a_partner_from_far_away_becomes_an_associated_one() -> None:
    text = changed(row10="CH L f +")
    assert repairs(text) == []
    assert repairs(text, "2026") == [("role:A10=associated-partner",)]


def test_a_second_coordinator_becomes_a_full_partner() -> None:
    found = repairs(changed(row3="FR V c +"))
    assert ("role:A3=full-partner",) in found
    assert all(len(changes) == 1 for changes in found)


def test_without_a_coordinator_a_full_partner_becomes_it() -> None:
    (changes,) = repairs(changed(row2="DE H f +"))
    assert changes == ("role:A2=coordinator",)


def test_where_nobody_can_coordinate_that_is_said() -> None:
    advice = advice_on(csv([row("RU L c +")]))
    assert advice.repairs == ()
    assert str(advice.none) == "No organisation in the sheet could become the coordinator."


def test_more_than_twenty_changes_are_no_advice() -> None:
    kinds = "HVLLLLLVVHHL"
    rows = [Row(COUNTED[n], kind, "a", "-") for n, kind in enumerate(kinds)]
    advice = advice_on(csv([*rows, row("DE R c +")]), "2023", "skills")
    assert advice.repairs == ()
    assert str(advice.none) == "More than 20 changes are needed; begin with what is not met."


def test_rows_of_one_organisation_that_differ_are_made_to_agree() -> None:
    text = changed() + "\nOrg 3,Sweden,SME,Full partner,confirmed"
    lines = text.replace("Name,", "PIC,Name,").splitlines()
    pics = ["", *(f"99999990{number}," for number in (0, 1, 2, 3, 4, 5, 6, 7, 3))]
    made = "\n".join(pic + line for pic, line in zip(pics, lines, strict=True))
    found = repairs(made)
    assert ("country:B10=ES",) in found, "the second row is to say what the first one says"
    call, lot = lot_of("2023", "innovation")
    for changes in found:
        assert replayed(basis(made), changes, call, lot) is Verdict.ELIGIBLE


def test_rows_that_differ_are_not_made_to_agree_on_what_nobody_understands() -> None:
    twice = csv([row("DE H c +"), row("DE ? f +")]).replace("Org 1", "Org 0")
    repairs = advice_on(twice).repairs
    assert repairs
    assert not any("xqq" in change for repair in repairs for change in repair.changes)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (Given(grant=Decimal(1_200_000), duration=24), {("grant=1000000",), ("duration=36",)}),
        (Given(grant=Decimal(1_600_000), duration=36), {("grant=1500000",)}),
        (Given(grant=Decimal(900_000), duration=30), {("duration=24",), ("duration=36",)}),
        (Given(grant=Decimal(900_000), total=Decimal(1_000_000)), {("grant=800000",)}),
        (Given(grant=Decimal(1_200_000)), {("grant=1000000",), ("duration=36",)}),
    ],
)
def test_money_and_time_are_settled_in_the_cheapest_way(
    given: Given, expected: set[tuple[str, ...]]
) -> None:
    call, lot = lot_of("2023", "innovation")
    advice = advise(basis(changed(), given), call, lot)
    assert {repair.changes for repair in advice.repairs} == expected
    assert {repair.cost for repair in advice.repairs} == {2}


def test_a_share_that_could_not_be_read_is_what_the_others_leave() -> None:
    lines = changed().splitlines()
    shares = ["EU contribution", *["100000"] * 7, "much"]
    text = "\n".join(f"{line},{share}" for line, share in zip(lines, shares, strict=True))
    call, lot = lot_of("2023", "innovation")
    advice = advise(basis(text, Given(grant=Decimal(800_000), duration=24)), call, lot)
    assert [repair.changes for repair in advice.repairs] == [("share:A9=100000",)]


def with_shares(text: str, *shares: str) -> str:
    lines = zip(text.splitlines(), ("EU contribution", *shares), strict=True)
    return "\n".join(f"{line},{share}" for line, share in lines)


def test_no_repair_sets_the_grant_that_is_set_already() -> None:
    text = with_shares(changed(), *["100000"] * 8)
    made = basis(text, Given(grant=Decimal(700_000), duration=24))
    (repair,) = advise(made, *lot_of("2023", "innovation")).repairs
    assert repair.changes == ("grant=800000",)
    assert repair.text == "Ask for a grant of EUR 800 000, to which the shares add up."


def test_no_repair_sets_a_grant_or_a_share_to_nothing() -> None:
    text = with_shares(changed(), *["0"] * 7, "much")
    advice = advise(basis(text, Given(duration=24)), *lot_of("2023", "innovation"))
    assert not any(change.endswith("=0") for r in advice.repairs for change in r.changes)
    text = with_shares(changed(), *["100000"] * 7, "much")
    given = Given(grant=Decimal(700_000), duration=24)
    advice = advise(basis(text, given), *lot_of("2023", "innovation"))
    assert not any(change.endswith("=0") for r in advice.repairs for change in r.changes)


def test_of_several_ecosystems_one_is_to_stay() -> None:
    rows = [Row(COUNTED[n], kind, "f", "+") for n, kind in enumerate("HVLLLLLVVHRR")]
    text = csv([rows[0]._replace(role="c"), *rows[1:]])
    named = f"Industrial ecosystem,Digital; Health\n\n{text}"
    (repair,) = advice_on(named, "2023", "skills").repairs
    assert repair.changes == ("ecosystem=Digital",)
    assert repair.text == "Keep only one industrial ecosystem, such as Digital."


def test_an_associated_partner_with_a_share_becomes_a_full_one_or_the_grant_is_lowered() -> None:
    lines = changed(row10="IT L a +").splitlines()
    shares = ["EU contribution", *["100000"] * 9]
    text = "\n".join(f"{line},{share}" for line, share in zip(lines, shares, strict=True))
    found = repairs(text)
    assert ("role:A10=full-partner",) in found
    assert all(len(changes) == 1 for changes in found)


def test_a_charter_cell_that_could_not_be_read_is_filled_in() -> None:
    lines = changed().splitlines()
    text = "\n".join([f"{lines[0]},ECHE", f"{lines[1]},perhaps", *(f"{x}," for x in lines[2:])])
    assert repairs(text) == [("charter:A2=yes",)]


def test_the_same_consortium_gets_the_same_advice_again() -> None:
    text = csv(damaged(NEEDS["2023", "innovation"], chance_of(7)))
    assert advice_on(text) == advice_on(text)
