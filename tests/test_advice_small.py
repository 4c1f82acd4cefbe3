"""The cheapest repair against every way tried, under minima of 2 countries, 4 partners, 1 and 1."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

import pytest

from alliance_check.advice.repair import advise
from alliance_check.model.outcome import Verdict
from tests.consortia import Row, basis, chance_of, cheapest, csv, replayed, row, small

KINDS_OF_ROWS = [
    *("DE H f +", "DE L f +", "FR N f +", "DE ? f +", "? L f +", "FR H f -", "RU L f +"),
    *("DE H a +", "DE R f +", "CH L f +", "FR V ? +", "DE H c +", "FR L c -", "CH H c +"),
    *("? ? ? -", "RU H a -"),
]
NEED = (2, 4, 1, 1, 0, 0)
CHUNKS = 8
SAMPLES = 60


def consortia(chunk: int) -> Iterator[tuple[Row, ...]]:
    """Yield a share of all consortia of up to 3 rows, and some of 4 and 5."""
    rows = [row(text) for text in KINDS_OF_ROWS]
    few = itertools.chain.from_iterable(
        itertools.combinations_with_replacement(rows, size) for size in (1, 2, 3)
    )
    yield from itertools.islice(few, chunk, None, CHUNKS)
    chance = chance_of(chunk)
    for _ in range(SAMPLES):
        yield tuple(chance.choices(rows, k=chance.choice((4, 5))))


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_no_other_set_of_changes_is_cheaper_than_the_one_given(chunk: int) -> None:
    call, lot = small()
    for rows in consortia(chunk):
        made = basis(csv(rows))
        advice = advise(made, call, lot)
        expected = cheapest(rows, NEED)
        without = math.inf if advice.none else 0.0
        costs = {float(repair.cost) for repair in advice.repairs} or {without}
        assert costs == {expected}, (
            f"{_shown(rows)}: repairs cost {costs}, every way tried gives {expected}; "
            f"{[repair.changes for repair in advice.repairs]} {advice.none}"
        )
        for repair in advice.repairs:
            after = replayed(made, repair.changes, call, lot)
            assert after is Verdict.ELIGIBLE, f"{_shown(rows)}: {repair.changes} gives {after}"


def _shown(rows: Sequence[Row]) -> str:
    return " | ".join(" ".join(r) for r in rows)
