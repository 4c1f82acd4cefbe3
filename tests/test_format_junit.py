"""JUnit XML, read by junitparser and junit2html."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from alliance_check.model.outcome import Outcome
from alliance_check.model.report import Result
from tests.format_texts import BATCH, TRAPS, written
from tests.made_reports import (
    FINDINGS,
    hostile,
    report,
)
from tests.outside_readers import junit_readers

RESULTS = {
    Outcome.MET: "passed",
    Outcome.NOT_MET: "failure",
    Outcome.TO_CHECK: "error",
    Outcome.NOT_CHECKED: "skipped",
    Outcome.NOT_APPLICABLE: "skipped",
}


def test_junitparser_reads_one_case_a_rule_with_its_outcome() -> None:
    cases = junit_readers.cases(written("junit", report()))
    assert [case.name for case in cases] == [one.rule for one in FINDINGS]
    assert [case.result for case in cases] == [RESULTS[one.outcome] for one in FINDINGS]
    vet = next(case for case in cases if case.name == "vet-partner")
    assert (vet.kind, vet.message) == ("not-met", "vocational provider: have 0, need 1")
    assert "Partners!D2:D9" in vet.text
    assert "Bring in 1 more." in vet.text


def test_junit_has_a_suite_a_file_and_the_totals_that_junitparser_counts() -> None:
    text = written("junit", *BATCH)
    assert [case.suite for case in junit_readers.cases(text)][-1] == "broken.xlsx"
    stated, counted = junit_readers.totals(text)
    assert stated == counted


def test_junit_carries_cautions_problems_and_the_verdict_as_output() -> None:
    text = written("junit", report())
    excluded = next(c for c in junit_readers.cases(text) if c.name == "excluded-countries")
    assert "Svalbard" in excluded.output
    (output,) = junit_readers.outputs(text)
    assert output.startswith("NOT ELIGIBLE, Lot 1")
    assert "Germny" in output


@pytest.mark.parametrize("results", [BATCH, [hostile(sheet) for sheet in TRAPS]])
def test_junit2html_makes_a_page_of_it(results: Sequence[Result]) -> None:
    page = junit_readers.page(written("junit", *results))
    assert "minimum-countries" in page
    assert "<script>alert" not in page
