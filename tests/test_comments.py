"""Comments, wherever they stand, and the rows over which a name is merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from alliance_check.model.report import Report
from alliance_check.pipeline import Options, check_file
from tests.cli_runs import EIGHT, HEADER
from tests.probed_sheets import commented

LAST = EIGHT[-1]


def judged(
    comments: Mapping[str, str],
    rows: Sequence[Sequence[str]] = (HEADER, *EIGHT),
    merged: Sequence[str] = (),
) -> Report:
    options = Options(lot="innovation", call="2026")
    return check_file(commented(rows, comments, merged), "p.xlsx", options)[0]


def test_a_comment_that_is_a_role_is_that_role() -> None:
    report = judged({"D9": "Associated partner"})
    assert report.consortium.partners[-1].role.value == "unknown", "the column says full partner"
    assert report.verdict.value == "undecided"
    without = [row[:3] for row in (HEADER, *EIGHT)]
    roles = [p.role.value for p in judged({"A9": "subcontractor"}, without).consortium.partners]
    assert roles == [*["full-partner"] * 7, "subcontractor"]


@pytest.mark.parametrize(
    ("place", "text"),
    [("A1", f"{LAST[0]} has withdrawn"), ("D1", "P8: not confirmed"), ("A1", f"{LAST[0]}: hm")],
)
def test_a_comment_on_the_header_is_about_whom_it_names(place: str, text: str) -> None:
    report = judged({place: text})
    assert report.verdict.value == "undecided"
    assert [str(cell) for cell in report.findings[1].answer.cells] == [f"Partners!{place}"]


@pytest.mark.parametrize("text", ["confirmed, invited, reserve or declined", "Choose one", "TBC"])
def test_a_comment_on_the_header_that_names_nobody_tells_how_to_fill_in(text: str) -> None:
    assert judged({"D1": text}).verdict.value == "eligible"


def test_a_comment_below_the_table_is_a_footnote() -> None:
    rows = [HEADER, *EIGHT, (), ("Last update 3.2.",)]
    assert judged({}, rows).verdict.value == "eligible"
    assert judged({"A11": f"{LAST[0]} not confirmed"}, rows).verdict.value == "undecided"
    assert judged({"A11": "two are not confirmed"}, rows).verdict.value == "undecided"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [("has left", "not-eligible"), ("ask Anna", "undecided"), ("c@d.no", "eligible")],
)
@pytest.mark.parametrize("merged", [["A9:A10"], ["A9:A10", "B9:B10", "C9:C10", "D9:D10"]])
def test_what_stands_beside_a_merged_name_is_beside_that_partner(
    text: str, verdict: str, merged: list[str]
) -> None:
    rows = [(*HEADER, "Notes"), *((*row, "met in Oslo") for row in EIGHT), ("", "", "", "", text)]
    report = judged({}, rows, merged)
    assert report.verdict.value == verdict
    assert len(report.consortium.partners) == len(EIGHT)


def test_a_comment_in_a_row_below_a_merged_name_is_beside_that_partner() -> None:
    rows = [(*HEADER, "Notes"), *((*row, "") for row in EIGHT), ("", "", "", "", "c@d.no")]
    assert judged({"E10": "has left"}, rows, ["A9:A10"]).verdict.value == "not-eligible"


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        ("Chamber of commerce (withdrew)", "undecided"),
        ("Chamber of commerce (tbc)", "undecided"),
        ("Chamber of commerce – has left", "undecided"),
        ("Chamber of commerce (confirmed)", "eligible"),
    ],
)
def test_a_status_behind_the_type_counts_as_one_behind_the_name(kind: str, verdict: str) -> None:
    assert judged({}, [HEADER, *EIGHT[:-1], (LAST[0], LAST[1], kind, LAST[3])]).verdict.value == (
        verdict
    )


def test_a_confirmation_behind_the_name_is_no_doubt() -> None:
    rows = [HEADER, *EIGHT[:-1], (f"{LAST[0]} (confirmed)", *LAST[1:])]
    assert judged({}, rows).verdict.value == "eligible"
