"""A rule that the advice and the questions do not know is obeyed by both all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest

from alliance_check import evaluate as evaluation
from alliance_check import rules
from alliance_check.advice.repair import advise
from alliance_check.evaluate import evaluate, verdict
from alliance_check.model.call import Call, Lot
from alliance_check.model.consortium import (
    Consortium,
    Partner,
    Presence,
    Role,
)
from alliance_check.model.message import say
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import Answer
from alliance_check.pipeline import Options, checked_file
from alliance_check.questions import questions
from alliance_check.rules import RULES
from alliance_check.rules.shared.base import Scope, Terms
from tests.consortia import basis, lot_of, replayed
from tests.test_advice import changed

Judge = Callable[[Consortium], tuple[Outcome, list[Partner]]]


def full(consortium: Consortium) -> list[Partner]:
    roles = {Role.COORDINATOR, Role.FULL_PARTNER}
    return [
        p for p in consortium.partners if p.role in roles and p.presence is not Presence.DECLINED
    ]


def half_from_one_country(consortium: Consortium) -> tuple[Outcome, list[Partner]]:
    """No more than half of the full partners may come from one country."""
    counted = Counter(p.country for p in full(consortium))
    most = max(counted.values(), default=0)
    return Outcome.NOT_MET if 2 * most > len(full(consortium)) else Outcome.MET, []


def no_zeta(consortium: Consortium) -> tuple[Outcome, list[Partner]]:
    """No partner of any role may be called Zeta: a rule that looks at the name alone."""
    found = [p for p in consortium.partners if p.name.startswith("Zeta")]
    if not found:
        return Outcome.MET, []
    sure = any(p.presence is Presence.CONFIRMED for p in found)
    return Outcome.NOT_MET if sure else Outcome.TO_CHECK, found


def never(_: Consortium) -> tuple[Outcome, list[Partner]]:
    return Outcome.NOT_MET, []


def with_rule(monkeypatch: pytest.MonkeyPatch, judge: Judge) -> tuple[Call, Lot]:
    """Put a rule into the tuple of rules and its clause into a lot."""

    def check(consortium: Consortium, _: Terms) -> Answer:
        outcome, partners = judge(consortium)
        cells = tuple(p.cells["name"] for p in partners)
        return Answer(outcome, say("the made-up rule speaks"), cells=cells)

    scope = Scope.PARTNER if judge is no_zeta else Scope.CONSORTIUM
    rule = SimpleNamespace(
        ID="made-up", TITLE="made-up rule", SCOPE=scope, concerns=lambda *_: True, check=check
    )
    for module in (evaluation, rules):
        monkeypatch.setattr(module, "RULES", (*RULES, rule))
    call, lot = lot_of("2023", "innovation")
    clause = replace(lot.clauses["minimum-partners"], id="made-up", value=1)
    made = replace(lot, clauses={**lot.clauses, "made-up": clause})
    return replace(call, lots={**call.lots, lot.id: made}), made


def test_no_repair_breaks_a_rule_of_the_whole_list(monkeypatch: pytest.MonkeyPatch) -> None:
    call, lot = with_rule(monkeypatch, half_from_one_country)
    made = basis(changed(row3="DE V f +", row4="DE L f +", row9="FR N f -"))
    advice = advise(made, call, lot)
    assert advice.repairs or advice.none
    for repair in advice.repairs:
        assert replayed(made, repair.changes, call, lot) is Verdict.ELIGIBLE


def test_a_rule_that_nothing_settles_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    call, lot = with_rule(monkeypatch, never)
    advice = advise(basis(changed()), call, lot)
    assert advice.repairs == ()
    assert str(advice.none) == (
        "None of the changes tried here settles made-up rule: the made-up rule speaks."
    )


def test_whom_a_rule_on_single_partners_bars_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    call, lot = with_rule(monkeypatch, no_zeta)
    made = basis(changed(row10="DE L f +").replace("Org 8", "Zeta"))
    assert [r.changes for r in advise(made, call, lot).repairs] == [("drop:A10",)]


@pytest.mark.parametrize("judge", [half_from_one_country, no_zeta, never])
def test_favourable_answers_satisfy_a_rule_that_nobody_knows(
    monkeypatch: pytest.MonkeyPatch, judge: Judge
) -> None:
    call, lot = with_rule(monkeypatch, judge)
    text = changed(row5="ES N f +", row10="IT L f -").replace("Org 8", "Zeta")
    options = Options(lot="innovation", call="2023", advice=False, rulebooks={"2023": call})
    (one,) = checked_file(text.encode(), "p.csv", options)
    found = questions(one)
    for question in found.questions:
        for answer in question.answers:
            assert replayed(one.basis, answer.changes, call, lot) is answer.alone
    assert found.enough is (judge is not never), judge.__name__
    assert verdict(evaluate(one.report.consortium, call, lot)) is one.report.verdict
