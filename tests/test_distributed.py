"""A table of dask is judged as one machine judges it, by one call a partition.

Real processes are slow to start: tests/with_tools/test_cluster.py has them.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any, cast

import dask
import dask.dataframe as dd
import pandas as pd
import pytest

from alliance_check import check_frame, distributed
from alliance_check.distributed import check_partitions
from alliance_check.frames import COLUMNS
from alliance_check.model.errors import WrongUsage
from tests.cli_runs import EIGHT, HEADER, SEVEN, UKRAINIAN, UNREAD
from tests.pages import snippet

BY = "Bid"
OPTIONS: list[dict[str, Any]] = [
    {},
    {"lot": "skills", "call": "2023", "strict": True},
    {"lot": "innovation", "duration": 24, "grant": 2_000_000, "total": 2_400_000},
]


def made(consortia: int, seed: int = 1) -> pd.DataFrame:
    """Return a table of consortia of some of the rows that are known, in a mixed order."""
    chance = random.Random(seed)  # noqa: S311 - the same choices at every run
    known = [*EIGHT, *SEVEN[:2], *UNREAD, UKRAINIAN, ("TBC", "Spain", "VET provider", "Partner")]
    rows = [
        (f"bid {number}", *row)
        for number in range(consortia)
        for row in chance.sample(known, chance.randint(3, len(known)))
    ]
    chance.shuffle(rows)
    return pd.DataFrame(rows, columns=[BY, *HEADER])


FRAME = made(20)


@pytest.fixture(autouse=True)
def _in_this_process() -> Iterator[None]:
    with dask.config.set({"scheduler": "synchronous", "dataframe.shuffle.method": "tasks"}):
        yield


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[pd.DataFrame]:
    """The tables with which check_frame is called, in this process."""
    tables: list[pd.DataFrame] = []

    def recorded(df: pd.DataFrame, **options: Any) -> pd.DataFrame:
        tables.append(df)
        return check_frame(df, **options)

    monkeypatch.setattr(distributed, "check_frame", recorded)
    return tables


def assert_same(ddf: dd.DataFrame, **options: Any) -> pd.DataFrame:
    """Compare the answer with that of one machine, value by value and type by type."""
    answer = check_partitions(ddf, by=BY, **options)
    found: pd.DataFrame = answer.compute()
    table = ddf.compute()
    whole = check_frame(table.reset_index() if table.index.name else table, by=BY, **options)
    pd.testing.assert_frame_equal(found.sort_index(kind="stable"), whole.sort_index(kind="stable"))
    assert found.dtypes.to_dict() == answer.dtypes.to_dict() == whole.dtypes.to_dict()
    assert (answer.index.name, answer.index.dtype) == (BY, whole.index.dtype)
    return found


@pytest.mark.parametrize("aligned", [True, False])
def test_there_is_one_call_a_partition_and_none_a_group(
    seen: list[pd.DataFrame], monkeypatch: pytest.MonkeyPatch, *, aligned: bool
) -> None:
    if aligned:
        monkeypatch.setattr(dd.DataFrame, "shuffle", None)
    frame = FRAME.assign(Number=range(len(FRAME)))
    indexed = frame.set_index(BY).sort_index(kind="stable")
    ddf = dd.from_pandas(indexed if aligned else frame, npartitions=4)
    check_partitions(ddf, by=BY, lot="1").compute()
    types, *parts = seen
    assert types.empty
    assert len(parts) == ddf.npartitions
    # A consortium is whole, and in the order of the table.
    assert sum(part[BY].nunique() for part in parts) == 20
    assert all(part.groupby(BY)["Number"].is_monotonic_increasing.all() for part in parts)


def test_a_partition_without_rows_has_an_answer_without_rows(seen: list[pd.DataFrame]) -> None:
    frame = FRAME[FRAME[BY] == "bid 3"]
    assert len(assert_same(dd.from_pandas(frame, npartitions=3), lot="2")) == 1
    assert sum(part.empty for part in seen[1:]) == 2
    parts = dd.from_map(lambda part: part, [frame[:0], frame, frame[:0]])
    assert len(assert_same(parts, lot="2")) == 1
    assert assert_same(dd.from_pandas(frame[:0], npartitions=1)).empty


def test_names_that_differ_in_spaces_alone_are_one_consortium() -> None:
    frame = FRAME.replace({BY: {"bid 7": "bid  8"}})
    assert len(assert_same(dd.from_pandas(frame, npartitions=4), lot="1")) == 19
    answer = check_partitions(dd.from_pandas(frame.set_index(BY), npartitions=4), by=BY)
    with pytest.raises(WrongUsage, match='"bid  8", with spaces'):
        answer.compute()


def test_the_use_on_spark_has_a_type_for_each_column() -> None:
    shown = snippet("spark")
    compile(shown, "docs/distributed.md", "exec")
    assert all(f'"{dtype}": ' in shown for dtype in COLUMNS.values())


def test_what_cannot_be_judged_is_refused_before_anything_is_computed() -> None:
    ddf = dd.from_pandas(FRAME, npartitions=2)
    with pytest.raises(WrongUsage, match="no column"):
        check_partitions(ddf, by="Proposal")
    with pytest.raises(WrongUsage, match="is no lot"):
        check_partitions(ddf, by=BY, lot="four")
    with pytest.raises(WrongUsage, match="for one of pandas there is check_frame"):
        check_partitions(cast("Any", FRAME), by=BY)


def test_without_dask_one_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dask.dataframe", None)
    monkeypatch.delitem(sys.modules, "alliance_check.distributed")
    with pytest.raises(ImportError, match=r'^alliance_check\.distributed needs .*check\[dask\]"$'):
        import_module("alliance_check.distributed")
