"""What a check does no more often than it must: counted, since seconds tell of the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from alliance_check.model.outcome import Verdict
from alliance_check.pipeline import Options, check_file
from alliance_check.rulebook import newest
from alliance_check.rules.shared import counting
from alliance_check.vocabulary import two_names
from tests.benchmarks import inputs

TWELVE = inputs.text(inputs.twelve()).encode()


def calls_of(patch: pytest.MonkeyPatch, module: Any, name: str) -> list[tuple[Any, ...]]:
    """Return a list to which each further call of a function in a module adds what it is given."""
    found: list[tuple[Any, ...]] = []
    original: Callable[..., Any] = getattr(module, name)

    def counted(*given: Any, **named: Any) -> Any:
        found.append(given)
        return original(*given, **named)

    patch.setattr(module, name, counted)
    return found


@pytest.mark.parametrize(
    ("name", "looked_at"),
    [
        ("Norheim Verft Sør AS", 0),
        ("Norheim Verft (Norge) AS", 0),
        ("Norheim Verft / Sørdal Smie", 2),
        ("Norheim Verft + Sørdal Smie", 2),
    ],
)
def test_only_the_parts_of_a_name_are_asked_whether_they_are_organisations(
    name: str, looked_at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    kinds = calls_of(monkeypatch, two_names, "read_kinds")
    two_names.names_two(name)
    assert len(kinds) == looked_at


def test_one_evaluation_counts_the_countries_once(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = calls_of(monkeypatch, counting, "count_countries")
    (report,) = check_file(TWELVE, "twelve.csv", Options(lot="innovation", call=newest()))
    assert report.verdict is Verdict.ELIGIBLE
    assert len(counted) == 1
