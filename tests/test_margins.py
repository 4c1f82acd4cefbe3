"""How safe a yes is, against really leaving out every partner, every pair and every three."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace

import pytest

from alliance_check.advice.margins import margins
from alliance_check.evaluate import evaluate
from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import Consortium
from alliance_check.model.outcome import Outcome
from alliance_check.parse.consortium.draft import finished
from alliance_check.rules.shared.minima import MINIMA
from tests.consortia import COUNTED, Row, basis, chance_of, csv, lot_of, row

PLACES = {"innovation": 4, "skills": 8}
SEEDS = 40
SETTLED = "DE H c +|FR V f +|NO L f +|ES L f +|DE L f +|FR H f +|NO R f +|ES R f +"


def holds(consortium: Consortium, call: Call, lot: Lot) -> bool:
    """Say whether all minima are met."""
    rules = (*MINIMA, "minima-together")
    only = replace(lot, clauses={r: lot.clauses[r] for r in rules if r in lot.clauses})
    return all(f.outcome is Outcome.MET for f in evaluate(consortium, call, only))


def without(consortium: Consortium, leaving: Iterable[int]) -> Consortium:
    gone = set(leaving)
    stay = tuple(p for number, p in enumerate(consortium.partners) if number not in gone)
    return replace(consortium, partners=stay)


def safe(lot: str, seed: int) -> Consortium:
    """Return a consortium of which many meet the minima, with little room."""
    chance = chance_of(f"{lot} {seed}")
    call, terms = lot_of("2023", lot)
    while True:
        number = PLACES[lot] * 2 + chance.randrange(5)
        countries = chance.choices(chance.sample(COUNTED, PLACES[lot] + 3), k=number)
        rows = [Row(c, chance.choice("LLLHVVNR?"), "f", chance.choice("++++-")) for c in countries]
        found = finished(basis(csv(rows))).consortium
        double = [
            replace(p, functions=replace(p.functions, sure=p.functions.sure | extra))
            for p in found.partners
            for extra in [chance.choice((frozenset(), frozenset(), _BOTH[chance.randrange(2)]))]
        ]
        found = replace(found, partners=tuple(double))
        if holds(found, call, terms):
            return found


_BOTH = (frozenset({"labour-market"}), frozenset({"education", "hei", "vet"}))


@pytest.mark.parametrize("lot", PLACES)
def test_whoever_cannot_be_lost_is_named_and_nobody_else(lot: str) -> None:
    call, terms = lot_of("2023", lot)
    for seed in range(SEEDS):
        consortium = safe(lot, seed)
        named = set(margins(consortium, call, terms).critical)
        for number, partner in enumerate(consortium.partners):
            breaks = not holds(without(consortium, [number]), call, terms)
            assert breaks is (partner.cells["name"] in named), f"{lot} {seed}: {partner.name}"


@pytest.mark.parametrize("lot", PLACES)
def test_no_fewer_partners_can_break_a_minimum_than_is_said(lot: str) -> None:
    call, terms = lot_of("2023", lot)
    for seed in range(SEEDS):
        consortium = safe(lot, seed)
        found = margins(consortium, call, terms)
        everyone = range(len(consortium.partners))
        for size in range(1, min(found.fewest, 3)):
            for leaving in itertools.combinations(everyone, size):
                still = holds(without(consortium, leaving), call, terms)
                assert still, f"{lot} {seed}: {leaving} are fewer than {found.fewest}"
        cells = {p.cells["name"]: number for number, p in enumerate(consortium.partners)}
        example = [cells[cell] for cell in found.example]
        assert len(example) == found.fewest > 0
        assert not holds(without(consortium, example), call, terms), f"{lot} {seed}: {example}"


def test_the_room_of_each_minimum_is_what_is_there_beyond_it() -> None:
    consortium = finished(basis(csv(map(row, SETTLED.split("|"))))).consortium
    found = margins(consortium, *lot_of("2023", "innovation"))
    assert dict(found.room) == {
        "minimum-countries": 0,
        "minimum-partners": 0,
        "minimum-labour-market-actors": 0,
        "minimum-education-providers": 0,
        "higher-education-partner": 1,
        "vet-partner": 0,
    }
    assert len(found.critical) == len(consortium.partners), "8 of 8: nobody can be lost"
    assert (found.fewest, len(found.example)) == (1, 1)


def test_room_below_nothing_says_how_many_are_missing() -> None:
    consortium = finished(basis(csv(map(row, SETTLED.split("|")[:5])))).consortium
    found = margins(consortium, *lot_of("2023", "innovation"))
    assert found.room["minimum-partners"] == -3
    assert (found.critical, found.fewest, found.example) == ((), 0, ())


def test_a_possible_partner_holds_nothing_up() -> None:
    rows = [*map(row, SETTLED.split("|")), row("IT L f -")]
    found = margins(finished(basis(csv(rows))).consortium, *lot_of("2023", "innovation"))
    assert found.room["minimum-partners"] == 0
    assert "A10" not in map(str, found.critical)
