"""A table of many consortia in pandas: what its cells may hold, and what is answered."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_check import check_frame
from alliance_check.model.errors import NoTable, TooLarge, UnknownCall, WrongUsage
from alliance_check.model.report import CALL, Report
from alliance_check.pipeline import Options, check_file
from tests.cli_runs import EIGHT, HEADER, ROOT, SEVEN, UNREAD, text_of

LONG = ("Project", *HEADER)


def frame(**consortia: Sequence[Sequence[Any]]) -> pd.DataFrame:
    rows = [(name, *row) for name, members in consortia.items() for row in members]
    return pd.DataFrame(rows, columns=list(LONG))


def verdicts(df: pd.DataFrame, **options: Any) -> dict[str, str]:
    found = check_frame(df, by="Project", lot="innovation", **options)
    return dict(zip(found.index, found["verdict"], strict=True))


def test_each_consortium_has_one_row_with_its_verdict_in_the_order_of_the_table() -> None:
    found = check_frame(frame(b=EIGHT, a=SEVEN, c=UNREAD), by="Project", lot="1")
    assert list(found.index) == ["b", "a", "c"]
    assert found.index.name == "Project"
    assert list(found["exit code"]) == [0, 1, 3]
    assert list(found["problems"]) == [0, 0, 1]
    assert list(found["minimum-partners"]) == ["met", "not-met", "met"]
    assert list(found["minimum-partners low"]) == [8, 7, 8]
    assert list(found["minimum-partners high"]) == [8, 7, 9]


def test_the_rows_of_a_consortium_need_not_stand_together() -> None:
    whole = frame(a=EIGHT, b=SEVEN)
    mixed = whole.sort_values("Partner name", kind="stable")
    assert verdicts(mixed) == verdicts(whole)


def test_low_and_high_stand_beside_their_rule_in_the_order_of_the_report() -> None:
    names = list(check_frame(frame(a=EIGHT), by="Project", lot="1"))
    fixed = ["call", "lot", "verdict", "verdict of 2023", "verdict of 2026", "exit code"]
    assert names[:7] == [*fixed, "problems"]
    assert names[7:11] == [
        "minimum-countries",
        "minimum-countries low",
        "minimum-countries high",
        "minimum-partners",
    ]


def test_without_a_lot_there_is_one_row_for_each_lot_of_the_call() -> None:
    found = check_frame(frame(a=EIGHT), by="Project", call="2026")
    assert list(found.index) == ["a", "a", "a"]
    assert list(found["call"]) == ["2026"] * 3
    assert list(found["lot"]) == ["innovation", "skills", "stem"]


def test_without_by_a_table_is_one_consortium() -> None:
    found = check_frame(frame(a=EIGHT).drop(columns="Project"), lot="1")
    assert list(found["verdict"]) == ["eligible"]


def test_what_holds_for_every_consortium_reaches_the_rules() -> None:
    options: dict[str, Any] = {"duration": 24, "grant": 2_000_000, "total": 4_000_000}
    found = check_frame(frame(a=EIGHT), by="Project", lot="1", **options)
    assert list(found["grant-ceiling"]) == ["not-met"]
    cautioned = frame(a=[*EIGHT, ("Longyear Works", "Svalbard", "SME", "Full partner")])
    assert verdicts(cautioned) == {"a": "eligible"}
    assert verdicts(cautioned, strict=True) == {"a": "undecided"}


def test_a_partner_from_namibia_stays_one_and_a_missing_cell_is_empty() -> None:
    rows = [*EIGHT[:-1], ("Windhoek Works", "NA", "SME", "Full partner")]
    df = frame(a=rows, b=[*EIGHT[:-1], ("Nobody", None, np.nan, pd.NA)])
    found = check_frame(df, by="Project", lot="1")
    assert list(found["problems"]) == [0, 3]
    assert list(found["minimum-partners high"]) == [7, 8]


@pytest.mark.parametrize(
    "value",
    [
        999974553,
        999974553.0,
        "999974553",
        Decimal(999974553),
        np.int64(999974553),
        np.float64(999974553),
    ],
)
def test_a_number_is_read_alike_whatever_its_type(value: Any) -> None:
    df = frame(a=[*EIGHT, EIGHT[0]])
    df["PIC"] = pd.Series(
        [value, None, np.nan, pd.NA, pd.NaT, None, None, None, value], dtype=object
    )
    found = check_frame(df, by="Project", lot="1")
    assert list(found["problems"]) == [0]
    assert list(found["minimum-partners low"]) == [8], "both rows are one organisation by its PIC"


@pytest.mark.parametrize("value", [True, dt.date(2023, 5, 3), float("inf"), ["x"], 1e300])
def test_a_value_of_any_other_type_is_text(value: Any) -> None:
    df = frame(a=EIGHT)
    df["Role"] = pd.Series([value] * 8, dtype=object)
    assert list(check_frame(df, by="Project", lot="1")["problems"]) == [8]


def test_categories_and_the_other_types_of_pandas_are_read_like_text() -> None:
    df = frame(a=EIGHT, b=SEVEN)
    assert verdicts(df.astype("category")) == verdicts(df.astype("string")) == verdicts(df)


def test_the_index_holds_the_values_of_the_table_so_that_it_can_be_joined() -> None:
    df = frame(a=EIGHT)
    df["Project"] = 101111111
    assert list(check_frame(df, by="Project", lot="1").index) == [101111111]


def test_rows_without_a_consortium_are_not_lost() -> None:
    found = check_frame(frame(a=EIGHT).assign(Project=None), by="Project", lot="1")
    assert len(found) == 1


def test_a_table_that_would_be_read_in_part_only_is_refused() -> None:
    other = pd.DataFrame([("a", "Country", "Partner name", "Type", "Role")], columns=list(LONG))
    df = pd.concat([frame(a=EIGHT * 40), other, frame(b=SEVEN)])
    with pytest.raises(NoTable, match="another table begins far below"):
        check_frame(df, by="Project", lot="1")


def test_names_of_columns_are_the_headers_and_not_a_row_below_them() -> None:
    df = pd.DataFrame([HEADER, *EIGHT])
    with pytest.raises(NoTable, match="names of the columns"):
        check_frame(df, lot="1")


def test_what_cannot_be_answered_is_an_error_of_this_program() -> None:
    with pytest.raises(WrongUsage, match="no column"):
        check_frame(frame(a=EIGHT), by="Proposal", lot="1")
    with pytest.raises(WrongUsage, match="is no lot"):
        check_frame(frame(a=EIGHT), by="Project", lot="four")
    with pytest.raises(UnknownCall):
        check_frame(frame(a=EIGHT), by="Project", call="1999")
    with pytest.raises(TooLarge, match="columns"):
        check_frame(pd.DataFrame([range(20_000)]), lot="1")


CELLS = st.tuples(
    st.sampled_from(["Nord", "Süd AS", "tbc", "Lycée X", "Østlund", "Verft", ""]),
    st.sampled_from(["Norway", "DE", "France", "Spain", "NA", "UA", "Germny", "RU", ""]),
    st.sampled_from(["University", "VET provider", "SME", "Trade union", "NGO", "Guild", ""]),
    st.sampled_from(["Coordinator", "Full partner", "Associated partner", "guest", ""]),
)
CONSORTIUM = st.lists(CELLS.filter(any), min_size=1, max_size=14)


@settings(max_examples=60)
@given(st.lists(CONSORTIUM, min_size=1, max_size=4))
def test_each_consortium_gets_the_answer_that_its_own_file_gets(
    consortia: list[list[tuple[str, ...]]],
) -> None:
    named = {f"p{n}": rows for n, rows in enumerate(consortia)}
    found = check_frame(frame(**named), by="Project", lot="innovation")
    for name, rows in named.items():
        content = text_of([(name, *row) for row in rows], LONG).encode()
        (alone,) = check_file(content, "p.csv", Options(lot="innovation"))
        _is_what_its_own_file_gets(found, name, alone)


def test_organisations_that_may_be_one_keep_the_end_of_their_charter() -> None:
    header = [*LONG, "City", "ECHE valid until"]
    known = [("p", *row, "", "") for row in EIGHT if row[2] != "University"]
    for until in ("31.12.2020", "31.12.2027"):
        double = [
            ("p", "Lycée X", "France", "University", city, until) for city in ("Lyon", "Nice")
        ]
        rows = [*known, *((*one[:4], "Full partner", *one[4:]) for one in double)]
        found = check_frame(pd.DataFrame(rows, columns=header), by="Project", lot="innovation")
        (alone,) = check_file(text_of(rows, header).encode(), "p.csv", Options(lot="innovation"))
        _is_what_its_own_file_gets(found, "p", alone)


def _is_what_its_own_file_gets(found: pd.DataFrame, name: str, alone: Report) -> None:
    row = found.loc[name]
    assert row["verdict"] == alone.verdict.value
    assert row["problems"] == len(alone.problems)
    for finding in alone.findings:
        if finding.rule == CALL:  # a column of that name holds the call itself
            continue
        assert row[finding.rule] == finding.outcome.value, finding.rule
        count = finding.answer.count
        if count is not None:
            assert row[f"{finding.rule} low"] == count.low
            assert row[f"{finding.rule} high"] == count.high


def test_pandas_is_loaded_only_when_a_table_of_pandas_is_checked() -> None:
    code = "import sys, alliance_check; alliance_check.check; print('pandas' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert ran.stdout == "False\n"
