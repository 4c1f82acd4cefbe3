"""SARIF, judged by the official validator and schema."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from alliance_check.model.report import Answer, Report, Result
from alliance_check.model.sheet import Cell
from tests.format_texts import BATCH, BROKEN, TRAPS, written
from tests.made_reports import (
    GUIDE,
    hostile,
    report,
)
from tests.outside_readers import sarif_multitool


def sarif_run(*results: Result) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(written("sarif", *results))["runs"][0]
    return run


@pytest.mark.parametrize(
    "results", [[report()], BATCH, [BROKEN], [hostile(sheet) for sheet in TRAPS]]
)
def test_the_official_validator_finds_no_error_in_sarif(
    results: Sequence[Result], tmp_path: Path
) -> None:
    found = sarif_multitool.validate(written("sarif", *results), tmp_path)
    # There is no home page to name yet. The validator says so, which shows that it has read it all.
    assert [one.rule for one in found] == ["SARIF2005"], found


def test_the_official_validator_does_find_what_is_wrong(tmp_path: Path) -> None:
    log = json.loads(written("sarif", report()))
    first, second = log["runs"][0]["results"][:2]
    first["ruleIndex"] = 99
    second["level"] = "fatal"
    rules = {one.rule for one in sarif_multitool.validate(json.dumps(log), tmp_path)}
    assert "schema" in rules
    second["level"] = "error"
    rules = {one.rule for one in sarif_multitool.validate(json.dumps(log), tmp_path)}
    assert "SARIF1009" in rules


def test_each_sarif_result_has_a_row_in_a_file_and_a_level() -> None:
    for result in sarif_run(*BATCH)["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]


def test_a_cell_is_the_logical_location_of_a_sarif_result() -> None:
    results = sarif_run(report())["results"]
    countries = next(one for one in results if one["ruleId"] == "minimum-countries")
    (location,) = countries["locations"]
    assert location["physicalLocation"]["region"] == {"startLine": 9}
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "Partners!C9"
    vet = next(one for one in results if one["ruleId"] == "vet-partner")
    assert len(vet["relatedLocations"]) == 7
    charter = next(one for one in results if one["ruleId"] == "valid-charter")
    assert charter["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}


def test_the_file_of_a_sarif_result_is_a_relative_reference() -> None:
    odd = replace(report(), input=replace(report().input, file="a b/50%: ø#?.xlsx"))
    assert sarif_run(odd)["artifacts"][0]["location"]["uri"] == "a%20b/50%25%3A%20%C3%B8%23%3F.xlsx"


def test_a_rule_that_holds_is_no_sarif_result_because_github_would_raise_an_alert() -> None:
    run = sarif_run(report())
    outcomes = {one["properties"]["outcome"] for one in run["results"]}
    assert outcomes == {
        *("not-met", "to-check", "problem", "caution", "not-checked", "setting", "idle-setting"),
    }
    (summary,) = run["properties"]["reports"]
    assert summary["verdict"] == "not-eligible"
    assert "minimum-partners" in summary["met"]


def test_every_sarif_rule_says_what_its_clause_says_and_where() -> None:
    rules = sarif_run(*BATCH)["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
    assert rules[0]["helpUri"] == GUIDE.url
    assert "Programme Guide 2023 p. 278" in rules[0]["help"]["markdown"]


def prints(one: Report) -> list[str]:
    found = [result["partialFingerprints"] for result in sarif_run(one)["results"]]
    return [each["primaryLocationLineHash"] for each in found]


def moved(one: Report, rows: int) -> Report:
    """Return the report on the same partners some rows further down."""

    def down(place: Cell) -> Cell:
        return Cell(place.sheet, place.row + rows, place.column)

    def answer(old: Answer) -> Answer:
        doubts = tuple(replace(c, cells=tuple(map(down, c.cells))) for c in old.cautions)
        return replace(old, cells=tuple(map(down, old.cells)), cautions=doubts)

    people = tuple(
        replace(p, cells={name: down(place) for name, place in p.cells.items()})
        for p in one.consortium.partners
    )
    return replace(
        one,
        consortium=replace(one.consortium, partners=people),
        findings=tuple(replace(f, answer=answer(f.answer)) for f in one.findings),
        problems=tuple(replace(p, cell=p.cell and down(p.cell)) for p in one.problems),
        settings=tuple(
            replace(s, remarks=tuple(r._replace(cell=down(r.cell)) for r in s.remarks))
            for s in one.settings
        ),
    )


def test_fingerprints_stay_while_rows_move_and_no_two_are_the_same() -> None:
    assert prints(moved(report(), 5)) == prints(report())
    assert len(set(prints(report()))) == len(prints(report()))
    twice = replace(report(), problems=report().problems * 2)
    assert len(set(prints(twice))) == len(prints(twice))


def test_a_link_in_a_sheet_is_no_link_in_a_sarif_message() -> None:
    for result in sarif_run(hostile("[x](https://evil.example)"))["results"]:
        assert not re.search(r"(?<!\\)\[[^\[\]]*[^\\]\]\(", result["message"]["text"])


def test_a_clause_in_two_lots_is_one_sarif_rule_that_quotes_both() -> None:
    second = replace(report(), lot=replace(report().lot, id="skills", number=2, title="Skills"))
    rules = sarif_run(report(), second)["tool"]["driver"]["rules"]
    text = next(rule for rule in rules if rule["id"] == "vet-partner")["help"]["text"]
    assert "Lot 1" in text
    assert "Lot 2" in text
