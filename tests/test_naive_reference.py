"""The program against a judge that tries every reading, over thousands of random consortia."""

from __future__ import annotations

from collections import Counter

import pytest

from alliance_check.pipeline import Options, check_file
from tests import naive

CHUNKS = 20
EACH = 510
LEAST_SHARE = 0.15


def disagreements(made: naive.Case, expected: naive.Judgement) -> list[str]:
    """Return a line for each rule, and for the verdict, on which program and reference differ."""
    options = Options(
        lot=made.lot,
        call=made.call,
        duration=made.duration,
        grant=made.grant,
        total=made.total,
        # Advice has judges of its own; here it need only not fall over.
        advice=made.seed % 20 == 0,
    )
    (report,) = check_file(made.csv().encode(), "p.csv", options)
    answers = {finding.rule: finding.answer for finding in report.findings}
    lines, agreed = [], []
    for rule, want in expected.rules.items():
        have = answers[rule]
        counted = (have.count.low, have.count.high) if have.count else (None, None)
        wrong_count = rule in naive.MINIMA and counted != (want.low, want.high)
        allowed = have.outcome.value in (want.outcome, *want.also)
        agreed.append(have.outcome.value if allowed else want.outcome)
        if wrong_count or not allowed:
            lines.append(f"{rule}: the program says {have.outcome.value} {counted}, not {want}")
    if report.verdict.value != naive.verdict(agreed):
        others = {rule: answers[rule].outcome.value for rule in answers.keys() - expected.rules}
        lines.append(f"verdict: {report.verdict.value}, not {naive.verdict(agreed)}; also {others}")
    return lines


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_program_agrees_with_every_reading_tried_one_by_one(chunk: int) -> None:
    verdicts: Counter[str] = Counter()
    for seed in range(chunk * EACH, (chunk + 1) * EACH):
        made = naive.case(seed)
        expected = naive.judge(made)
        verdicts[expected.verdict] += 1
        wrong = disagreements(made, expected)
        assert not wrong, (
            f"python -m tests.naive {seed} shows this case; design and guides decide who is right\n"
            + "\n".join((*wrong, naive.shown(made)))
        )
    for verdict in ("eligible", "not-eligible", "undecided"):
        share = verdicts[verdict] / EACH
        assert share >= LEAST_SHARE, f"{verdict} is {share:.0%} of them: retune naive.CHANGES"


def test_at_least_ten_thousand_consortia_are_compared() -> None:
    assert CHUNKS * EACH >= 10_000, "raise CHUNKS or EACH: fewer leave corners untried"


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["enterprise", "enterprise", "hei", "vet"], "met"),
        (["enterprise", "enterprise", "hei", "enterprise vet"], "met"),
        (["enterprise", "enterprise", "hei vet", "hei"], "met"),
        (["enterprise", "enterprise", "hei vet", "research"], "to-check"),
        (["enterprise", "enterprise hei", "vet", "ngo"], "to-check"),
        (["enterprise", "enterprise hei", "vet", "research"], "not-met"),
        (["enterprise", "enterprise", "enterprise", "research"], "not-applicable"),
    ],
)
def test_the_reference_itself_judges_small_consortia_right(
    kinds: list[str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(naive.LOTS, ("2023", "innovation"), ((1, 4, 2, 1), {24: 1}))
    rows = [
        naive.Row(f"N {number}", "NO", tuple(each.split())) for number, each in enumerate(kinds)
    ]
    judged = naive.judge(naive.Case(0, "2023", "innovation", rows))
    assert judged.rules["minima-together"].outcome == expected
