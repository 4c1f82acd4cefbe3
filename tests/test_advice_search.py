"""The search itself: its bound leaves nothing out, and it gives up before it takes long."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest

from alliance_check.advice import solver
from alliance_check.advice.changes import Change
from alliance_check.advice.options import Option, Prospects
from alliance_check.advice.problem import Layer, SearchProblem, problem_of
from alliance_check.advice.repair import advise
from alliance_check.advice.solver import State
from alliance_check.model.call import Call, Lot
from alliance_check.model.sheet import Cell
from alliance_check.parse.consortium.draft import finished
from alliance_check.rules.shared.minima import Minima
from tests.consortia import COUNTED, Row, basis, chance_of, csv, lot_of, small

PLACES = {"innovation": ("2023", "innovation"), "skills": ("2023", "skills")}
HARD = {
    "many that may be anything": ("?N", "f?", "-"),
    "many that have the wrong role": ("?NV", "a", "+"),
    "many that would lead": ("?NV", "c?", "-"),
    "nothing that could be read": ("?", "?", "-"),
    "all but ready": ("HVLN", "f", "-"),
}


def rows_of(chance: random.Random, number: int) -> list[Row]:
    kinds, roles = chance.sample("LHVNR?", 3), chance.choice(("f", "fa", "a?", "fc", "c?"))
    return [
        Row(country, chance.choice(kinds), chance.choice(roles), chance.choice("+-"))
        for country in chance.choices([*COUNTED[:4], "?", "RU"], k=number)
    ]


def problem_from(rows: list[Row], call: Call, lot: Lot) -> SearchProblem:
    made = basis(csv(rows))
    prospects = Prospects(made, finished(made).consortium, call, lot, strict=False)
    prospects.lead = True
    return problem_of(prospects.organisations(), lot, can_lead=False, needs_lead=True)


def cost(problem: SearchProblem) -> int | None:
    return min((solution.cost for solution in solver.cheapest(problem)), default=None)


def problems(seeds: range, number: int) -> Iterator[tuple[int, SearchProblem]]:
    for seed in seeds:
        chance = chance_of(f"search {seed}")
        call, lot = chance.choice((small(), lot_of("2023", "innovation")))
        yield seed, problem_from(rows_of(chance, chance.randrange(2, number)), call, lot)


@pytest.mark.parametrize("chunk", range(4))
def test_the_bound_excludes_no_solution_that_is_cheaper(
    chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seed, problem in problems(range(chunk * 20, chunk * 20 + 20), 7):
        found = cost(problem)
        with monkeypatch.context() as patched:
            patched.setattr(solver, "lower_bound", lambda _: lambda *_: 0)
            every = cost(problem)
        assert found == every, f"{seed}: {found}, without a bound {every}"


def test_of_equally_cheap_solutions_the_one_with_the_fewest_changes_comes_first() -> None:
    def change(verb: str) -> Change:
        return Change(verb, Cell(None, 2, 1))

    options = (Option(1, (change("confirm"),)), Option(3, (change("role"),), coordinates=True))
    problem = SearchProblem(
        (Layer(options, first=True),),
        Minima(),
        covered=frozenset(),
        lead=2,
        needs_lead=True,
    )
    found = [(len(s.options[0].changes) + s.promotes, s.cost) for s in solver.cheapest(problem)]
    assert found == [(1, 3), (2, 3)], "that a full partner becomes the coordinator is a change too"


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", HARD)
def test_sixty_partners_are_given_up_before_they_take_long(
    place: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds, roles, statuses = HARD[name]
    chance = chance_of(f"hard {name}")
    rows = [
        Row(c, chance.choice(kinds), chance.choice(roles), chance.choice(statuses))
        for c in chance.choices([*COUNTED[:12], "?"], k=60)
    ]
    looked_at = 0
    plain = solver.lower_bound

    def counted(problem: SearchProblem) -> Callable[[int, State], int]:
        bound = plain(problem)

        def count(number: int, state: State) -> int:
            nonlocal looked_at
            looked_at += 1
            return bound(number, state)

        return count

    monkeypatch.setattr(solver, "lower_bound", counted)
    advice = advise(basis(csv(rows)), *lot_of(*PLACES[place]))
    assert advice.repairs or advice.none
    # The last organisation is looked at in full before the states are counted.
    assert looked_at < 1.5 * solver.MOST_STATES, f"{place}, {name}: {looked_at} states"
