"""What a check does no more often than it must: counted, since seconds tell of the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from alliance_check.model.errors import UnreadableFile
from alliance_check.model.outcome import Verdict
from alliance_check.pipeline import Options, check_file
from alliance_check.readers import read, xml
from alliance_check.rulebook import newest
from alliance_check.rules.shared import counting
from alliance_check.vocabulary import two_names
from tests.benchmarks import inputs
from tests.sheets import raw_xlsx

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


def test_parts_that_many_workbooks_have_alike_are_parsed_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    xml.elements_of.cache_clear()
    parsed = calls_of(monkeypatch, xml, "_parse")
    for number in range(5):
        read(raw_xlsx(f'<row r="1"><c r="A1"><v>{number}</v></c></row>'), "p.xlsx")
    # The sheets and the texts of each; of the others links, workbook, its links and styles.
    assert len(parsed) == 2 * 5 + 4


@pytest.mark.parametrize(
    "styles",
    [
        '<fills><fill><patternFill patternType="solid"/><fgColor indexed="x"/></fill></fills>',
        "<fills>" * 600 + "</fills>" * 600,
        "<fills></fonts>",
        "",
    ],
)
def test_what_is_parsed_once_is_refused_each_time(styles: str) -> None:
    content = raw_xlsx("", styles=styles)
    outcomes = []
    for _ in range(3):
        try:
            outcomes.append(str(read(content, "p.xlsx")))
        except UnreadableFile as refused:
            outcomes.append(str(refused.message))
    assert len(set(outcomes)) == 1
    assert ("is damaged" in outcomes[0]) == bool(styles)
