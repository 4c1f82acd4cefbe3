"""The columns of an answer to a table of pandas are the same whatever the table holds."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from alliance_check import check_frame
from alliance_check.frames import COLUMNS
from alliance_check.model.errors import UnknownCall, WrongUsage
from alliance_check.rules import RULES
from tests.cli_runs import EIGHT, HEADER, SEVEN, UNREAD

LONG = ["Project", *HEADER]
ROWS = [(n, *row) for n, rows in enumerate((EIGHT, SEVEN, UNREAD)) for row in rows]
FRAME = pd.DataFrame(ROWS, columns=LONG)
OPTIONS: list[dict[str, Any]] = [
    {},
    {"lot": "stem"},
    {"lot": "innovation"},
    {"lot": "skills", "call": "2023", "strict": True},
    {"call": "2026", "duration": 24, "grant": 2_000_000, "total": 4_000_000},
]


@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("length", [0, 1, len(ROWS)])
def test_every_answer_has_the_declared_columns(options: dict[str, Any], length: int) -> None:
    found = check_frame(FRAME.iloc[:length], by="Project", **options)
    assert {name: str(dtype) for name, dtype in found.dtypes.items()} == dict(COLUMNS)
    assert list(found) == list(COLUMNS)
    assert bool(length) is bool(len(found))
    assert (found.index.name, found.index.dtype) == ("Project", FRAME["Project"].dtype)


def test_each_rule_has_a_column_of_its_own() -> None:
    assert [name for name in COLUMNS if name in {rule.ID for rule in RULES}] == [
        rule.ID for rule in RULES
    ]


def test_what_a_lot_does_not_ask_is_missing() -> None:
    found = check_frame(FRAME, by="Project", lot="innovation", call="2026")
    assert found["pact-for-skills"].isna().all()
    assert found["minimum-partners"].notna().all()


@pytest.mark.parametrize("dtype", ["category", "string", "Int64", "float64", object])
def test_the_index_has_the_type_of_the_column_from_which_it_comes(dtype: Any) -> None:
    df = FRAME.astype({"Project": dtype})
    assert check_frame(df, by="project", lot="1").index.dtype == df["Project"].dtype
    assert check_frame(df[:0], by="project", lot="1").index.dtype == df["Project"].dtype


def test_an_empty_table_is_refused_for_the_same_options() -> None:
    with pytest.raises(WrongUsage, match="no column"):
        check_frame(FRAME[:0], by="Proposal", lot="1")
    with pytest.raises(WrongUsage, match="is no lot"):
        check_frame(FRAME[:0], by="Project", lot="four")
    with pytest.raises(UnknownCall):
        check_frame(FRAME[:0], by="Project", call="1999")
    with pytest.raises(WrongUsage, match="stem"):
        check_frame(FRAME[:0], by="Project", lot="stem", call="2023")


def test_an_empty_table_without_columns_holds_no_consortium() -> None:
    assert list(check_frame(pd.DataFrame())) == list(COLUMNS)
