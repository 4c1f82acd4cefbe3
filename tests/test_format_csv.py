"""The table of findings, read by pandas and by the strict reader of Python."""

from __future__ import annotations

import csv
import io

import pytest

from alliance_check.model.outcome import Outcome
from alliance_check.reports.csv_report import COLUMNS
from tests.format_texts import BATCH, written
from tests.made_reports import (
    FINDINGS,
    hostile,
    report,
)
from tests.outside_readers import tables


def test_csv_has_a_row_a_finding_and_the_same_columns_everywhere() -> None:
    text = written("csv", *BATCH)
    rows = tables.rows(text)
    assert tuple(rows[0]) == COLUMNS
    assert [row["finding"] for row in rows[: len(FINDINGS)]] == [one.rule for one in FINDINGS]
    assert {row["outcome"] for row in rows} >= {outcome.value for outcome in Outcome} | {
        "problem",
        "caution",
        "not-judged",
    }
    strict = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in strict} == {len(COLUMNS)}
    assert text.count("\r\n") == text.count("\n") == len(strict)


@pytest.mark.parametrize("sheet", ["=1", "+1", "-1", "@A1", "\t=1", "\r=1", " =1", "x;=1", '";=1'])
def test_no_cell_of_a_csv_is_a_formula_however_it_is_split(sheet: str) -> None:
    text = written("csv", hostile(sheet))
    for divider in ",;":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=divider):
            assert not [one for one in row if one.strip(' "')[:1] in {"=", "+", "-", "@"} and one]


def test_an_amount_in_csv_has_two_decimals() -> None:
    rows = tables.rows(written("csv", report()))
    money = next(row for row in rows if row["finding"] == "grant-ceiling")
    assert (money["need_eur"], money["have_eur"]) == ("1000000.00", "950000.50")
