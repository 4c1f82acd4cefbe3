"""What one call found holds under another call that asks the same, and only there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from alliance_check.evaluate import Judged, evaluate
from alliance_check.model.call import Call
from alliance_check.model.consortium import Consortium
from alliance_check.pipeline import Options, check_file
from alliance_check.rulebook import load_call, newest
from alliance_check.rules import RULES

SHEETS = sorted((Path(__file__).parent.parent / "data" / "examples").glob("*.csv"))
LOT = "innovation"


def consortium_in(sheet: Path) -> Consortium:
    (report,) = check_file(sheet.read_bytes(), sheet.name, Options(lot=LOT))
    return report.consortium


def judged(consortium: Consortium, call: Call) -> Judged:
    return Judged(call, call.lots[LOT], evaluate(consortium, call, call.lots[LOT]))


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_findings_carried_to_the_newest_call_are_those_that_it_would_make(
    sheet: Path, *, strict: bool
) -> None:
    consortium, then = consortium_in(sheet), load_call(newest())
    for call in map(load_call, ("2023", "2026")):
        found = evaluate(consortium, call, call.lots[LOT], strict=strict)
        before = Judged(call, call.lots[LOT], found)
        lot = then.lots[LOT]
        carried = evaluate(consortium, then, lot, strict=strict, before=before)
        assert carried == evaluate(consortium, then, lot, strict=strict), (
            "a rule asks more of a call than its countries and its own clause: "
            "name it in _LOOKING_FURTHER of alliance_check/evaluate.py"
        )


def test_most_findings_of_2023_stand_under_2026() -> None:
    call, then = load_call("2023"), load_call("2026")
    before = judged(consortium_in(SHEETS[0]), call)
    assert len(before.answers(then, then.lots[LOT])) > len(before.findings) / 2


def test_no_finding_is_carried_to_a_call_with_other_countries() -> None:
    call = load_call("2023")
    before = judged(consortium_in(SHEETS[0]), call)
    other = replace(call, associated=call.associated - {"NO"})
    assert not before.answers(other, other.lots[LOT])


@pytest.mark.parametrize("change", [{"value": 99}, {"unknown": "lost"}, {"confidence": "low"}])
def test_no_finding_is_carried_to_another_clause(change: dict[str, object]) -> None:
    call = load_call("2023")
    before = judged(consortium_in(SHEETS[0]), call)
    lot = call.lots[LOT]
    rule = "minimum-partners"
    clauses = {**lot.clauses, rule: replace(lot.clauses[rule], **change)}  # type: ignore[arg-type]
    assert rule in before.answers(call, lot)
    assert rule not in before.answers(call, replace(lot, clauses=clauses))


def test_rules_that_look_further_are_rules() -> None:
    from alliance_check.evaluate import _LOOKING_FURTHER

    assert set(_LOOKING_FURTHER) <= {rule.ID for rule in RULES}
