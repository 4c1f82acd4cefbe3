"""The search itself: its bounds leave nothing out, and leave little to look at."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from alliance_check.advice import advise
from alliance_check.advice.options import Maker
from alliance_check.advice.solver import bounds
from alliance_check.advice.solver import solve as cover
from alliance_check.advice.solver.bounds import Bounds, State
from alliance_check.advice.solver.pose import problem_of
from alliance_check.advice.solver.problem import Problem
from alliance_check.model.call import Call, Lot
from alliance_check.parse.consortium.draft import finished
from tests.advising import COUNTED, Row, basis, chance_of, csv, lot_of, small

PLACES = {"innovation": ("2023", "innovation"), "skills": ("2023", "skills")}
HARD = {
    "many that may be anything": ("?N", "f?", "-"),
    "many that have the wrong role": ("?NV", "a", "+"),
    "many that would lead": ("?NV", "c?", "-"),
    "nothing that could be read": ("?", "?", "-"),
    "all but ready": ("HVLN", "f", "-"),
}
FEW = 60_000


class Blind:
    """Bounds that exclude nothing."""

    def __init__(self, _: Problem) -> None:
        self.least, self.hopeless = 0, False

    def __call__(self, *_: object) -> int:
        return 0

    def promise(self, *_: object) -> int:
        return 0


def rows_of(chance: random.Random, number: int) -> list[Row]:
    kinds, roles = chance.sample("LHVNR?", 3), chance.choice(("f", "fa", "a?", "fc", "c?"))
    return [
        Row(country, chance.choice(kinds), chance.choice(roles), chance.choice("+-"))
        for country in chance.choices([*COUNTED[:4], "?", "RU"], k=number)
    ]


def posed(rows: list[Row], call: Call, lot: Lot) -> Problem:
    made = basis(csv(rows))
    maker = Maker(made, finished(made).consortium, call, lot, strict=False)
    maker.lead = True
    return problem_of(maker.organisations(), lot, can_lead=False, asks_lead=True)


def cost(problem: Problem) -> int | None:
    return min((solution.cost for solution in cover.cheapest(problem)), default=None)


def problems(seeds: range, number: int) -> Iterator[tuple[int, Problem]]:
    for seed in seeds:
        chance = chance_of(f"search {seed}")
        call, lot = chance.choice((small(), lot_of("2023", "innovation")))
        yield seed, posed(rows_of(chance, chance.randrange(2, number)), call, lot)


@pytest.mark.parametrize("chunk", range(4))
def test_the_bounds_exclude_no_solution_that_is_cheaper(
    chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed, problem in problems(range(chunk * 20, chunk * 20 + 20), 7):
        found = cost(problem)
        monkeypatch.setattr(cover, "Bounds", Blind)
        every = cost(problem)
        monkeypatch.setattr(cover, "Bounds", Bounds)
        assert found == every, f"{seed}: {found}, without bounds {every}: see advice/prices.py"


@pytest.mark.parametrize("most", [3, 5, 8])
def test_nor_do_they_where_the_number_of_changes_is_limited(
    most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (cover, bounds):
        monkeypatch.setattr(module, "MOST_CHANGES", most)
    for seed, free in problems(range(25), 5):
        problem = free._replace(limited=True)
        found = cost(problem)
        monkeypatch.setattr(cover, "Bounds", Blind)
        every = cost(problem)
        monkeypatch.setattr(cover, "Bounds", Bounds)
        assert found == every, f"{seed}: {found}, without bounds {every}: see advice/bounds.py"


@pytest.mark.parametrize("place", PLACES)
def test_how_many_states_a_narrow_pass_keeps_decides_no_cost(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    call, lot = lot_of(*PLACES[place])
    for seed in range(25):
        made = basis(csv(rows_of(chance_of(f"full {place} {seed}"), 14)))
        costs = []
        for widths in ((40, 160), (1,), ()):
            monkeypatch.setattr(cover, "_NARROW", widths)
            costs.append({repair.cost for repair in advise(made, call, lot).repairs})
        assert costs[0] == costs[1] == costs[2], f"{place} {seed}: {costs}"


@pytest.mark.parametrize("name", HARD)
@pytest.mark.parametrize("place", PLACES)
def test_sixty_partners_leave_few_states_to_look_at(
    place: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds, roles, statuses = HARD[name]
    chance = chance_of(f"hard {name}")
    rows = [
        Row(c, chance.choice(kinds), chance.choice(roles), chance.choice(statuses))
        for c in chance.choices([*COUNTED[:12], "?"], k=60)
    ]
    asked = 0
    plain = Bounds.__call__

    def counted(self: Bounds, number: int, state: State) -> int:
        nonlocal asked
        asked += 1
        return plain(self, number, state)

    monkeypatch.setattr(Bounds, "__call__", counted)
    advise(basis(csv(rows)), *lot_of(*PLACES[place]))
    assert 0 < asked < FEW, f"{place}, {name}: {asked} states; are the bounds of any use?"
