"""Every case of tests/cases gets what it deserves, on the way that everybody's sheet takes."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

import pytest

from alliance_check.model.consortium import (
    EDUCATION,
    HEI,
    LABOUR,
    Group,
)
from alliance_check.model.message import listed
from alliance_check.model.outcome import Outcome, Verdict
from alliance_check.model.report import Count, Finding
from alliance_check.reports.words import spare
from alliance_check.rulebook import calls, load_call
from tests.case_files import Case, cases, differences, report_on

CASES = cases()
MINIMA = [
    "minimum-countries",
    "minimum-partners",
    "minimum-labour-market-actors",
    "minimum-education-providers",
    "higher-education-partner",
    "vet-partner",
]
LOTS = [(call, lot) for call in calls() for lot in load_call(call).lots]


def unhelpful(case: Case, findings: Sequence[Finding]) -> Iterator[str]:
    """Yield every no without its cells or a way out, and every yes that names either."""
    for finding in findings:
        answer, rule = finding.answer, finding.rule
        if answer.outcome is Outcome.MET and (answer.hint or answer.cells):
            yield f"{rule}: met, so there is nothing to change and no cell to name"
        if answer.outcome is Outcome.NOT_MET and not (answer.cells or "project" in case.about):
            yield f"{rule}: name the cells that make it not met"
        open_or_not = answer.outcome in {Outcome.NOT_MET, Outcome.TO_CHECK}
        if open_or_not and not answer.hint and not case.about.get("strict"):
            yield f"{rule}: say what to change"


def spoken(case: Case) -> str:
    """Return what the rule of a case says there: its outcome, cells, message, way out, cautions."""
    findings = report_on(case, advice=False).findings
    answer = next((f.answer for f in findings if f.rule == case.rule), None)
    where = f"{case.name} ({case.call} {case.lot})"
    if answer is None:
        return f"{where}: no clause\n"
    lines = [
        f"{where}: {answer.outcome.value} {listed(c.address for c in answer.cells)}".rstrip(),
        f"    {answer.message}",
        *([f"    > {answer.hint}"] if answer.hint else []),
        *(f"    ! {c.message} {listed(x.address for x in c.cells)}" for c in answer.cautions),
    ]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("file", sorted({case.about["file"] for case in CASES}))
def test_a_rule_says_in_each_case_what_it_said(
    file: str, golden: Callable[[str, str], None]
) -> None:
    text = "".join(spoken(case) for case in CASES if case.about["file"] == file)
    golden(f"cases/{file.removesuffix('.toml')}.txt", text)


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_a_case_gets_what_it_deserves(case: Case) -> None:
    report = report_on(case)
    wrong = differences(case, report.findings)
    assert not wrong, f"{case.rule}: {'; '.join(wrong)}\n{case.sheet().decode()}"
    assert not list(unhelpful(case, report.findings))
    assert report.exit_code == case.expect["exit"]
    if "total" in case.expect:
        total = report.consortium.project.total
        assert total is not None
        assert total.exact == Decimal(case.expect["total"])


@pytest.mark.parametrize("rule", MINIMA)
@pytest.mark.parametrize(("call", "lot"), LOTS, ids=[f"{call} {lot}" for call, lot in LOTS])
def test_a_minimum_has_cases_below_at_and_above_it(rule: str, call: str, lot: str) -> None:
    need = load_call(call).lots[lot].clauses[rule].number
    counts = {
        case.expect["low"]
        for case in CASES
        if (case.rule, case.call, case.lot) == (rule, call, lot)
        and case.expect.get("low") == case.expect.get("high")
        and "low" in case.expect
    }
    missing = {need - 1, need, need + 1} - counts
    assert not missing, (
        f"write a case in tests/cases/{rule}.toml for {call} {lot} with low = high = "
        f"{sorted(missing)}: the consortium just below, at and above the minimum of {need}"
    )


def test_of_coordinators_none_is_said_to_be_spare_or_missing_as_of_a_minimum() -> None:
    for case in (case for case in CASES if case.rule == "one-coordinator"):
        found = report_on(case, advice=False).findings
        assert all(spare(f.answer) is None for f in found if f.rule == case.rule), case.id


def test_a_case_says_everything_that_it_must_say() -> None:
    for case in CASES:
        assert {"outcome", "verdict", "exit"} <= set(case.expect), f"{case.id}: say all three"


def test_no_case_is_written_twice() -> None:
    ids = [case.id for case in CASES]
    twice = {one for one in ids if ids.count(one) > 1}
    assert not twice, "give each case of a file its own name"


def case_named(name: str) -> Case:
    return next(case for case in CASES if case.name == name)


def test_the_report_says_what_comes_of_it_when_every_possible_partner_joins() -> None:
    reserve = report_on(case_named("the eighth is on the reserve list"))
    assert reserve.with_all_possible is Verdict.ELIGIBLE
    certain = report_on(case_named("8 partners, just enough"))
    assert certain.with_all_possible is None


def test_a_classification_says_what_counts_for_sure_and_what_may_count() -> None:
    report = report_on(case_named("an NGO beyond the minimum"))
    names = [partner.name for partner in report.consortium.partners]
    said = dict(zip(names, report.classifications, strict=True))
    assert said["Fjord University"].group is Group.ASSOCIATED
    assert said["Fjord University"].counts_as == (EDUCATION, HEI)
    assert said["Fjord University"].may_count_as == ()
    assert said["Fjord University"].as_partner == Count(1, 1)
    assert said["Stein Institute"].counts_as == ()
    assert said["Stein Institute"].may_count_as == (LABOUR,)
    apart = report_on(case_named("the eighth is an associated partner"))
    assert all(not s.may_count_as for s in apart.classifications)
    assert apart.classifications[names.index("Stein Institute")].as_partner == Count(0, 0)
    reserve = report_on(case_named("the eighth is on the reserve list"))
    assert reserve.classifications[names.index("Stein Institute")].as_partner == Count(0, 1)
